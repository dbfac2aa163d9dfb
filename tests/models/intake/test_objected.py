"""A workbook cannot close what the unit objects to: living findings by the step's own rule, old ones by this."""

import datetime as dt

import pytest
from sqlalchemy import select
from typing_in import filled

from models.intake.apply import apply
from models.intake.preview import Verdict, preview
from models.intake.workbook import read
from models.records import Feedback, Finding, Unit, Verification
from models.services import findings, records
from models.services.office_setup import found_office

D = dt.date
OBJECTION = {"整改结果": "异议", "责任人": "李安", "原因说明": "当日有登记"}
ANSWER = {
    "整改结果": "已整改", "整改措施": "已派人值守", "完成日期": D(2022, 3, 15), "责任人": "李安",
    "无佐证说明": "存镇档案",
}  # fmt: skip
CHECK = {"核查人": "周明", "核查方式": "现场核查", "核查日期": D(2022, 3, 16), "批准人": "赵立"}
CLOSES = {**CHECK, "核查结论": "已整改到位"}
OLD = {
    "台账编号": "2021-0005", "属地单位": "白石镇", "问题来源": "县", "问题类别": "其他", "问题事实": "去年的问题",
    "发现日期": D(2021, 9, 1),
}  # fmt: skip
ANOTHER = {**OLD, "台账编号": "2021-0006", "问题事实": "另一个"}


@pytest.fixture
def office(workspace):
    found_office(
        workspace, {"role": "county", "name": "云水县防控办", "short_name": "县防控办", "county_name": "云水县"}
    )
    records.create(workspace, Unit, {"name": "白石镇", "kind": "乡镇"})
    return workspace


@pytest.fixture
def living(office):
    with office.reading() as session:
        unit = session.scalars(select(Unit.id).where(Unit.name == "白石镇")).one()
    values = {"source_level": "县", "found_on": D(2022, 3, 5), "kind": "其他", "fact": "无登记", "unit_id": unit}
    id_ = records.create(office, Finding, values).id
    findings.take(office, id_, "hand_over", {"deadline": D(2022, 3, 14), "requirement": "立即整改"})
    return id_, serial_of(office, id_)


def serial_of(workspace, id_):
    with workspace.reading() as session:
        return session.get(Finding, id_).serial


def looked_at(workspace, path):
    with workspace.reading() as session:
        return preview(session, read(path), today=workspace.today)


def refused(found):
    return [(row.sheet.name, row.reasons[0].sentence) for row in found.rows if row.verdict is Verdict.REJECTED]


def every(workspace, cls):
    with workspace.reading() as session:
        return list(session.scalars(select(cls).order_by(cls.id)))


def test_a_living_finding_is_not_closed_over_the_objection_before_it(office, living, tmp_path):
    _, serial = living
    rows = {"整改反馈": [{"台账编号": serial, **OBJECTION}], "核查": [{"台账编号": serial, **CLOSES}]}
    found = looked_at(office, filled(tmp_path / "核查.xlsx", rows, office))
    assert [(sheet, "核查异议" in said) for sheet, said in refused(found)] == [("核查", True)]
    apply(office, found)
    assert [one.status for one in every(office, Finding)] == ["待核查"]
    assert every(office, Verification) == []


def test_nor_over_one_that_is_kept_already(office, living, tmp_path):
    id_, serial = living
    with office.writing("反馈") as work:
        given = {"outcome": "异议(不属实)", "person": "李安", "reason": "当日有登记"}
        findings.take_feedback(work, work.get(Finding, id_), given)
    rows = {"核查": [{"台账编号": serial, **CLOSES}]}
    found = looked_at(office, filled(tmp_path / "核查.xlsx", rows, office))
    assert [sheet for sheet, _ in refused(found)] == ["核查"]


@pytest.mark.parametrize(
    ("word", "status"), [("属实维持", "退回重改"), ("部分采纳", "退回重改"), ("不属实撤销", "撤销")]
)
def test_a_ruling_is_taken_in(office, living, tmp_path, word, status):
    _, serial = living
    check = {**CHECK, "核查结论": word, "核查意见": "调看监控核实"}
    rows = {"整改反馈": [{"台账编号": serial, **OBJECTION}], "核查": [{"台账编号": serial, **check}]}
    found = looked_at(office, filled(tmp_path / "核查.xlsx", rows, office))
    assert refused(found) == []
    apply(office, found)
    assert [one.status for one in every(office, Finding)] == [status]
    assert [one.conclusion for one in every(office, Verification)] == [word]


def test_an_old_finding_that_says_closed_over_its_objection_is_told_with_its_rows(office, tmp_path):
    rows = {
        "督查问题": [
            {**OLD, "状态": "已销号"},
            {**OLD, "台账编号": "2021-0006", "问题事实": "另一个", "状态": "已销号"},
        ],
        "整改反馈": [{"台账编号": "2021-0005", **OBJECTION}, {"台账编号": "2021-0006", **ANSWER}],
    }
    found = looked_at(office, filled(tmp_path / "补录.xlsx", rows))
    assert [sheet for sheet, _ in refused(found)] == ["督查问题", "整改反馈"]
    place = next(row.reasons[0].place for row in found.rows if row.verdict is Verdict.REJECTED)
    assert place.startswith("督查问题!")
    apply(office, found)
    assert [(one.serial, one.status) for one in every(office, Finding)] == [("2021-0006", "已销号")]
    assert [one.outcome for one in every(office, Feedback)] == ["已整改"]


def test_an_old_finding_whose_check_closes_the_objection_comes_in_without_that_check(office, tmp_path):
    rows = {
        "督查问题": [OLD],
        "整改反馈": [{"台账编号": "2021-0005", **OBJECTION, "上报时间": D(2022, 3, 10)}],
        "核查": [{"台账编号": "2021-0005", **CLOSES}],
    }
    found = looked_at(office, filled(tmp_path / "补录.xlsx", rows))
    assert [sheet for sheet, _ in refused(found)] == ["核查"]
    apply(office, found)
    assert [one.status for one in every(office, Finding)] == ["待核查"]


def test_an_old_finding_judged_or_answered_again_comes_in_whole(office, tmp_path):
    rows = {
        "督查问题": [OLD, ANOTHER],
        "整改反馈": [
            {"台账编号": "2021-0005", **OBJECTION, "上报时间": D(2022, 3, 10)},
            {"台账编号": "2021-0006", **OBJECTION, "上报时间": D(2022, 3, 9)},
            {"台账编号": "2021-0006", **ANSWER, "上报时间": D(2022, 3, 15)},
        ],
        "核查": [
            {"台账编号": "2021-0005", **CHECK, "核查结论": "不属实撤销"},
            {"台账编号": "2021-0006", **CHECK, "核查结论": "属实维持", "核查日期": D(2022, 3, 10)},
            {"台账编号": "2021-0006", **CLOSES},
        ],
    }
    found = looked_at(office, filled(tmp_path / "补录.xlsx", rows))
    assert refused(found) == []
    apply(office, found)
    assert [one.status for one in every(office, Finding)] == ["撤销", "已销号"]
