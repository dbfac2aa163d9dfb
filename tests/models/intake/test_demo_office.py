"""The demo office: believable on any day, its history made by the steps a clerk takes."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.demo.office import fill
from models.domain.findings.lifecycle import Status
from models.errors import Refusal
from models.queries.facts.findings import findings_for_documents
from models.queries.figures.scope import Scope
from models.queries.lookups.last_written import last_day
from models.records import (
    AccountabilityCase,
    Attachment,
    Change,
    Finding,
    Member,
    Office,
    Shift,
    Site,
    Team,
    Unit,
    Visit,
)
from models.services.unit_of_work import Workspace
from models.storage import attachments as files
from models.storage import picture_metadata
from models.storage.data_folder import DataFolder
from models.storage.engine import Store


def demo_on(folder: Path, day: dt.datetime) -> Workspace:
    workspace = Workspace(Store(DataFolder(folder)), operator="试用", clock=lambda: day)
    fill(workspace)
    return workspace


@pytest.fixture(scope="module", params=["2024-02-29 10:00", "2026-01-01 00:30"])
def demo(request, tmp_path_factory):
    workspace = demo_on(tmp_path_factory.mktemp("演示 数据"), dt.datetime.fromisoformat(request.param))
    yield workspace
    workspace.store.close()


def count(workspace, cls, *where):
    with workspace.reading() as session:
        return session.scalar(select(func.count()).select_from(cls).where(*where))


def test_it_is_as_large_as_promised(demo):
    assert count(demo, Unit, Unit.kind.in_(("乡镇", "街道"))) == 12
    assert (count(demo, Team), count(demo, Site), count(demo, Finding)) == (4, 60, 120)
    assert count(demo, AccountabilityCase) == 8
    assert count(demo, Office, Office.demo.is_(True)) == 1
    assert count(demo, Member) == 21


def test_a_dozen_findings_have_pictures_before_and_after(demo):
    with demo.reading() as session:
        shown = session.execute(select(Attachment.owner_table, Attachment.role)).all()
        facts = findings_for_documents(session, Scope(), answers=True)
        sizes = {one.sha256: one.size for one in session.scalars(select(Attachment))}
    # Two of them were sent back once and answered with a picture again.
    assert Counter(shown) == {("finding", "整改前"): 12, ("feedback", "整改后"): 14}
    paired = [one for one in facts if one.photo("整改前") and one.photo("整改后")]
    assert len(paired) == 12
    assert len(sizes) == 24
    assert sum(sizes.values()) < 600_000
    folder = demo.store.folder
    assert not [hash_ for hash_ in sizes if not files.sound(folder, hash_)]
    assert all(picture_metadata.look(files.path_of(folder, hash_).read_bytes()).format == "jpeg" for hash_ in sizes)


def test_findings_stand_in_every_status_and_tell_different_things(demo):
    with demo.reading() as session:
        assert set(session.scalars(select(Finding.status))) == set(Status)
        assert len(set(session.scalars(select(Finding.fact)))) == 120


def test_the_roster_covers_the_month_and_visits_are_partly_clean(demo):
    days = 29 if demo.today.month == 2 else 31
    with demo.reading() as session:
        assert len(set(session.scalars(select(Shift.on)))) == days
    assert 0 < count(demo, Visit, Visit.clean.is_(True)) < count(demo, Visit)


def test_nothing_happens_in_the_future_and_history_goes_forward(demo):
    with demo.reading() as session:
        moments = list(session.scalars(select(Change.at).where(Change.table == "finding").order_by(Change.id)))
        assert moments == sorted(moments)
        assert max(moments) <= demo.now
        assert max(session.scalars(select(Finding.found_on))) <= demo.today


def test_a_folder_with_data_is_left_alone(demo):
    with pytest.raises(Refusal, match="已有数据"):
        fill(demo)


def test_what_was_written_last_was_written_now(demo):
    """Else a clock that is right is doubted as soon as the demo's last entry is two months back."""
    with demo.reading() as session:
        assert last_day(session) == demo.today
