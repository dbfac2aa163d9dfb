"""Ledgers as other offices write them: foot rows, answers without an outcome, words that are not ours."""

import datetime as dt

import pytest
from sqlalchemy import select
from typing_in import plain

from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.workbook import read
from models.records import AccountabilityCase, Disposition, Feedback, Finding, Party, Term, Unit
from models.services import records
from models.services.office_setup import found_office


@pytest.fixture
def office(workspace, clock):
    found_office(
        workspace, {"role": "county", "name": "云岭县防控办", "short_name": "县防控办", "county_name": "云岭县"}
    )
    clock.now = dt.datetime(2022, 3, 25, 9)
    return workspace


def imported(office, path):
    with office.reading() as session:
        found = preview(session, read(path), today=office.today)
    apply(office, found)
    return found


def findings(office):
    with office.reading() as session:
        return session.scalars(select(Finding).order_by(Finding.id)).all()


def answers(office):
    with office.reading() as session:
        return session.scalars(select(Feedback).order_by(Feedback.id)).all()


def test_foot_rows_are_told_and_no_finding(office, tmp_path) -> None:
    head = ["序号", "检查时间", "乡镇", "检查点位", "存在问题", "整改情况", "是否销号"]
    rows = [
        ["问题整改台账"], head,
        [1, "2022.3.6", "柳河镇", "柳河卫生院", "登记簿漏登3人", "已完成整改", "是"],
        [2, "2022.3.6", "青石镇", "高速口卡点", "扫码流于形式", "正在整改", "否"],
        ["合计", None, None, None, "共2个问题"], ["填表人：李芳", None, None, None, "审核人：王强"],
    ]  # fmt: skip
    result = imported(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    assert [(one.fact, one.status) for one in findings(office)] == [
        ("登记簿漏登3人", "已销号"), ("扫码流于形式", "整改中"),
    ]  # fmt: skip
    assert [one.outcome for one in answers(office)] == ["已整改", "正在推进"]
    assert any("第5行“合计”、第6行“填表人：李芳”" in note for note in result.notes)


def test_measures_without_any_outcome_stay_with_the_finding(office, tmp_path) -> None:
    rows = [["时间", "地点", "存在的问题", "整改措施"], ["2022-3-5", "柳河卫生院", "消毒记录不全", "已安排专人负责"]]
    result = imported(office, plain(tmp_path / "台账.xlsx", {"柳河镇": rows}))
    (one,) = findings(office)
    assert "已安排专人负责" in one.note
    assert answers(office) == []
    assert any("看不出整改结果" in note for note in result.notes)


def test_a_header_on_the_fortieth_row(office, tmp_path) -> None:
    rows = [[f"填表说明{n}"] for n in range(39)]
    rows += [["编号", "属地", "点位", "问题描述", "发现时间"], [1, "柳河镇", "服务中心", "值班缺岗", "2022-3-5"]]
    imported(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    assert [one.fact for one in findings(office)] == ["值班缺岗"]


def test_odd_words_enter_no_dictionary_and_are_kept(office, tmp_path) -> None:
    rows = [
        ["乡镇", "点位", "发现时间", "问题类型", "存在问题", "严重程度", "问题来源"],
        ["柳河镇", "柳河超市", "2022-3-5", "A类", "测试", "一般问题", "省第三督导组反馈"],
    ]
    with office.reading() as session:
        before = set(session.execute(select(Term.dictionary, Term.name)).tuples())
    result = imported(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    with office.reading() as session:
        assert set(session.execute(select(Term.dictionary, Term.name)).tuples()) == before
    (one,) = findings(office)
    assert (one.kind, one.severity, one.source_level) == ("其他", "", "省")
    assert one.note.splitlines() == ["问题类别原写：A类", "严重程度原写：一般问题"]
    assert any("“A类”字典里没有" in note for note in result.notes)


def test_a_ledger_that_is_called_as_a_list_of_problems_keeps_its_answers(office, tmp_path) -> None:
    rows = [["编号", "发现时间", "责任单位", "存在问题", "整改期限", "整改情况"]]
    rows += [["WT-01", "2022.3.5", "柳河镇", "测试", "3日内", "已整改"]]
    imported(office, plain(tmp_path / "台账.xlsx", {"问题台账": rows}))
    (one,) = findings(office)
    assert (one.deadline, one.status) == (dt.date(2022, 3, 8), "待核查")
    assert [answer.outcome for answer in answers(office)] == ["已整改"]


def test_no_unit_is_added_to_an_office_that_has_its_units(office, tmp_path) -> None:
    for name in ("柳河镇", "青石镇", "白塔镇", "望溪镇", "南坪镇", "云溪街道", "县卫生健康局", "公安局"):
        records.create(office, Unit, {"name": name, "kind": "乡镇"})
    with office.reading() as session:
        before = session.scalars(select(Unit.name)).all()
    spelled = ["柳河镇人民政府", "柳河", "卫健局", "云溪街道办", "红旗镇", "各乡镇", "柳河镇、青石镇"]
    rows = [["责任单位", "发现日期", "问题描述"], *([unit, "2022-3-5", f"事{n}"] for n, unit in enumerate(spelled))]
    result = imported(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    with office.reading() as session:
        assert session.scalars(select(Unit.name)).all() == before
        query = select(Finding.fact, Unit.name).join(Unit, Unit.id == Finding.unit_id)
        named = dict(session.execute(query).tuples().all())
    assert named == {"事0": "柳河镇", "事1": "柳河镇", "事2": "县卫生健康局", "事3": "云溪街道"}
    asked = [reason.sentence for row in result.rows for reason in row.reasons]
    assert [words in said for words, said in zip(("没有登记", "不是一个单位", "写了2个单位"), asked, strict=True)] == [
        True
    ] * 3


def test_an_accountability_ledger_with_unit_and_post_in_one_cell(office, tmp_path) -> None:
    rows = [
        ["问责情况统计表"],
        ["序号", "姓名", "性别", "单位及职务", "政治面貌", "问责事由", "问责方式", "处理时间", "处理机关", "文号"],
        [
            1,
            "孙立军",
            "男",
            "柳河镇党委副书记",
            "中共党员",
            "登记簿漏登",
            "给予党内警告处分、免职",
            "2022.3.10",
            "县纪委监委",
            "云纪〔2022〕1号",
        ],
        [2, "周小兰", "女", "柳河卫生院院长", "中共党员", "消毒不全", "诫勉谈话", "2022.3.11", "县纪委监委", ""],
    ]
    imported(office, plain(tmp_path / "问责.xlsx", {"统计表": rows}))
    with office.reading() as session:
        cases = session.scalars(select(AccountabilityCase).order_by(AccountabilityCase.id)).all()
        query = select(Party.name, Unit.name, Party.post, Party.duty, Party.note).join(Unit, Unit.id == Party.unit_id)
        people = session.execute(query.order_by(Party.id)).tuples().all()
        given = (
            session.execute(select(Party.name, Disposition.measure, Disposition.organ).join(Disposition)).tuples().all()
        )
        places = [session.get_one(Unit, case.unit_id).name for case in cases]
    assert [case.fact for case in cases] == ["登记簿漏登", "消毒不全"]
    assert places == ["柳河镇", "柳河卫生院"]
    assert [person[:3] for person in people] == [("孙立军", "柳河镇", "党委副书记"), ("周小兰", "柳河卫生院", "院长")]
    assert all(person[3] and "推断" in person[4] for person in people)
    assert set(given) == {
        ("周小兰", "诫勉谈话", "县纪委监委"),
        ("孙立军", "党内警告", "县纪委监委"),
        ("孙立军", "免职", "县纪委监委"),
    }


def test_the_words_around_a_measure_and_a_unit_as_a_party(office, tmp_path) -> None:
    rows = [
        ["案件标题", "发生单位", "违规事实", "姓名", "职务", "处理结果", "处理机关", "处理日期"],
        ["脱岗问题", "柳河镇", "无人值守", "周小兰", "院长", "给予党内严重警告处分", "县纪委监委", "2022.3.10"],
        ["脱岗问题", "柳河镇", "无人值守", "柳河镇党委", None, "通报批评", "县委", "2022.3.10"],
    ]
    imported(office, plain(tmp_path / "问责.xlsx", {"问责台账": rows}))
    with office.reading() as session:
        query = select(Party.name, Party.is_unit, Disposition.measure).join(Disposition)
        assert sorted(session.execute(query).tuples().all()) == [
            ("周小兰", False, "党内严重警告"),
            ("柳河镇党委", True, "通报批评"),
        ]
        assert len(session.scalars(select(AccountabilityCase)).all()) == 1
