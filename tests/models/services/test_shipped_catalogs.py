"""What an update ships for the first time reaches an office that exists, and nothing of the office's own is touched."""

import datetime as dt
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.domain import dictionaries
from models.domain.catalogs import catalog
from models.queries import updates
from models.records import Change, Measure, Office, Phrase, Term, UpdateNote
from models.services import office_setup, records, shipped_catalogs, undo
from models.services.unit_of_work import Workspace
from models.storage.engine import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "storage"))
from stored import DATA, unpack

NEW = {"ruling/属实维持", "ruling/部分采纳", "ruling/不属实撤销"}


@pytest.fixture
def old(tmp_path: Path) -> Workspace:
    folder, _ = unpack(DATA / "schema_0001.zip", tmp_path / "旧 数据")
    return Workspace(Store(folder), "王晓燕", clock=lambda: dt.datetime(2027, 1, 5, 9))


def terms(workspace: Workspace) -> list[str]:
    with workspace.reading() as session:
        found = session.execute(select(Term.dictionary, Term.name).where(Term.deleted_at.is_(None)))
        return [f"{row.dictionary}/{row.name}" for row in found]


def test_a_folder_of_1_0_gets_what_1_1_ships_and_reads_it_in_the_note(old: Workspace) -> None:
    before = terms(old)
    shipped_catalogs.bring(old)
    added = set(terms(old)) - set(before)
    assert added == {f"{t.dictionary}/{t.name}" for t in dictionaries.terms()} - set(before) >= NEW
    with old.reading() as session:
        note = updates.unseen(session)
        assert note is not None
        line = next(line for line in note.lines if line["name"] == Term.noun)
        assert line["new"].startswith(f"增加 {len(added)} 条：")
        assert {"未定时限", "挂账"} <= set(session.scalars(select(Phrase.name)))


def test_nothing_is_done_twice(old: Workspace) -> None:
    shipped_catalogs.bring(old)
    found = terms(old)
    with old.reading() as session:
        notes, changes = session.scalar(select(func.count(UpdateNote.id))), session.scalar(select(func.max(Change.id)))
    shipped_catalogs.bring(old)
    with old.reading() as session:
        assert session.scalar(select(func.count(UpdateNote.id))) == notes
        assert session.scalar(select(func.max(Change.id))) == changes
    assert terms(old) == found


def test_what_the_office_renamed_and_deleted_stays_so(old: Workspace) -> None:
    with old.reading() as session:
        first, second = session.scalars(
            select(Term).where(Term.dictionary == "finding_kind").order_by(Term.id).limit(2)
        ).all()
        measure = session.scalars(select(Measure).limit(1)).one()
    records.update(old, Term, first.id, first.version, {"name": "本县自己的叫法"})
    records.delete(old, Term, [second.id])
    records.update(old, Measure, measure.id, measure.version, {"source": "本县文件"})
    shipped_catalogs.bring(old)
    assert {f"finding_kind/{first.name}", f"finding_kind/{second.name}"} & set(terms(old)) == set()
    assert "finding_kind/本县自己的叫法" in terms(old)
    with old.reading() as session:
        assert session.scalars(select(Measure.source).where(Measure.name == measure.name)).all() == ["本县文件"]


def test_what_the_office_wrote_itself_is_not_added_again(old: Workspace) -> None:
    records.create(old, Term, {"dictionary": "ruling", "name": "部分采纳"})
    shipped_catalogs.bring(old)
    assert terms(old).count("ruling/部分采纳") == 1


def test_taken_back_it_does_not_come_again(old: Workspace) -> None:
    before = terms(old)
    shipped_catalogs.bring(old)
    with old.reading() as session:
        step = session.scalars(select(Change.operation).order_by(Change.id.desc()).limit(1)).one()
    undo.undo(old, step)
    assert terms(old) == before
    shipped_catalogs.bring(old)
    assert terms(old) == before


def test_a_new_default_phrase_is_not_printed_beside_the_offices_own(old: Workspace, monkeypatch) -> None:
    fresh = dictionaries.PhraseBlock("reminder", "lead", "新开头", "请抓紧整改。", default=True)
    monkeypatch.setattr(dictionaries, "phrases", lambda: (fresh,))
    shipped_catalogs.bring(old)
    with old.reading() as session:
        assert session.scalars(select(Phrase.default).where(Phrase.name == "新开头")).all() == [False]


def test_a_new_office_has_everything_and_is_told_nothing(workspace: Workspace) -> None:
    office_setup.found_office(workspace, {"role": "county", "name": "云水县指挥部办公室", "short_name": "指挥部办公室"})
    found = terms(workspace)
    assert found == [f"{t.dictionary}/{t.name}" for t in dictionaries.terms()]
    with workspace.reading() as session:
        term = session.scalars(select(Term).where(Term.name == "部分采纳")).one()
    records.update(workspace, Term, term.id, term.version, {"name": "部分属实"})
    shipped_catalogs.bring(workspace)
    assert len(terms(workspace)) == len(found)
    with workspace.reading() as session:
        assert updates.latest(session) is None
        assert session.scalars(select(Office)).one().settings


def test_what_1_0_shipped_is_what_its_folder_holds(old: Workspace) -> None:
    assert sorted(terms(old)) == catalog(shipped_catalogs.BEFORE_IT_WAS_KEPT)["term"]
