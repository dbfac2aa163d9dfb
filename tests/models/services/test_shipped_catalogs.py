"""What an update ships for the first time reaches an office that exists, and nothing of the office's own is touched."""

import dataclasses
import datetime as dt
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.domain import dictionaries
from models.domain.cases import discipline
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


def measure(workspace: Workspace, name: str) -> Measure:
    with workspace.reading() as session:
        return session.scalars(select(Measure).where(Measure.name == name)).one()


def test_a_measure_that_changes_is_renewed_value_by_value_but_for_the_offices_edits(old: Workspace) -> None:
    free = measure(old, "免职")
    records.update(old, Measure, free.id, free.version, {"months": 6})
    shipped_catalogs.bring(old)
    assert (measure(old, "免职").months, measure(old, "免职").form) == (6, "第二种")
    warned = measure(old, "政务警告")
    assert (warned.deciders, warned.whom, warned.certainty) == (["监察机关"], ["公职人员"], "法律原文")
    assert measure(old, "开除党籍").months is None
    assert measure(old, "机关记过").months == 12
    with old.reading() as session:
        lines = [line for line in updates.unseen(session).lines if line["name"] == Measure.noun]
    assert [line["new"].split(" ")[0] for line in lines] == ["增加", "更新", "保留"]
    assert lines[2]["new"] == "保留 1 条：免职"


def test_a_later_pack_renews_only_what_is_as_it_was_shipped(old: Workspace, monkeypatch) -> None:
    shipped_catalogs.bring(old)
    noted, warned = measure(old, "政务记过"), measure(old, "政务警告")
    records.update(old, Measure, noted.id, noted.version, {"source": "本县文件"})
    pack = tuple(
        dataclasses.replace(one, source="新法第一条", months=9) if one.name in ("政务记过", "政务警告") else one
        for one in discipline.measures()
    )
    monkeypatch.setattr(discipline, "measures", lambda: pack)
    shipped_catalogs.bring(old)
    assert (measure(old, "政务警告").source, measure(old, "政务警告").months) == ("新法第一条", 9)
    assert (measure(old, "政务记过").source, measure(old, "政务记过").months) == ("本县文件", 9)
    assert warned.id == measure(old, "政务警告").id
    version = measure(old, "政务警告").version
    shipped_catalogs.bring(old)
    assert measure(old, "政务警告").version == version


def test_what_1_0_shipped_of_measures_is_what_its_folder_holds(old: Workspace) -> None:
    with old.reading() as session:
        rows = session.scalars(select(Measure)).all()
    for shipped in catalog(shipped_catalogs.MEASURES_OF_1_0):
        (row,) = [one for one in rows if one.name == shipped["name"]]
        assert {name: getattr(row, name) for name in shipped} == shipped


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


LEAD = "rectification_report/lead/按通知"


def lead_of(workspace: Workspace) -> Phrase:
    with workspace.reading() as session:
        where = (Phrase.document_kind == "rectification_report", Phrase.slot == "lead", Phrase.name == "按通知")
        return session.scalars(select(Phrase).where(*where)).one()


def test_a_shipped_phrase_that_was_kept_gets_its_new_wording(old: Workspace) -> None:
    assert dictionaries.keyed(lead_of(old).text) in map(dictionaries.keyed, catalog("replaced_phrases")[LEAD])
    shipped_catalogs.bring(old)
    shipped = {f"{p.document_kind}/{p.slot}/{p.name}": p.text for p in dictionaries.phrases()}
    assert lead_of(old).text == shipped[LEAD]
    with old.reading() as session:
        assert session.scalars(select(Change.id).where(Change.record_uuid == lead_of(old).uuid)).first()


def test_a_phrase_the_office_edited_stays_and_is_told(old: Workspace) -> None:
    records.update(old, Phrase, lead_of(old).id, lead_of(old).version, {"text": "本镇自己的写法。"})
    shipped_catalogs.bring(old)
    assert lead_of(old).text == "本镇自己的写法。"
    with old.reading() as session:
        line = next(one for one in updates.unseen(session).lines if one["name"] == "常用语“按通知”")
    assert (line["old"], line["new"]) == ("手工改过", "保留")


def test_every_replaced_phrase_is_one_that_is_shipped_now() -> None:
    shipped = {f"{p.document_kind}/{p.slot}/{p.name}": p.text for p in dictionaries.phrases()}
    for key, old_texts in catalog("replaced_phrases").items():
        assert shipped[key] not in old_texts
