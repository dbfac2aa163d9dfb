"""How the traits of records are found: periods, papers issued before, objections, notices, decisions."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text

from exporters.composing import NothingToWrite, Options, composed
from models.queries.selection.choices import Selection
from models.records import (
    AccountabilityCase,
    Document,
    DocumentRecord,
    Feedback,
    Finding,
    Recheck,
    Transfer,
    Verification,
)

MORNING = dt.datetime(2022, 3, 10, 9)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    for name in ("柳河镇", "石门乡"):
        made.unit(name)
    return made


def selected(bureau: Bureau, kind: str, **options: Any) -> dict[str, str]:
    """What came of every record that was looked at: in, or the reason; by the fact."""
    with bureau.workspace.reading() as session:
        try:
            found: Selection = composed(session, kind, Options(**({"date": day(3, 20)} | options))).selection
        except NothingToWrite as refusal:
            found = refusal.selection
        names = {
            row.uuid: row.fact for cls in (Finding, AccountabilityCase) for row in session.query(cls)
        }  # fmt: skip
    return {names[one.uuid]: "in" if one.taken else one.verdict.code for one in found.judged}


def issued(bureau: Bureau, kind: str, on: dt.date, *ids: int, state: str = "已印发", table: str = "finding") -> int:
    """A paper of a day that tells these records, as issuing leaves it."""
    paper = bureau.add(Document, kind=kind, title="旧件", state=state, dated_on=on)
    cls = Finding if table == "finding" else AccountabilityCase
    with bureau.workspace.writing("印发") as work:
        work.set(work.get(Document, paper), issued_at=dt.datetime.combine(on, dt.time(10)))
        for id_ in ids:
            uuid = work.get(cls, id_).uuid
            work.put(DocumentRecord, {"document_id": paper, "table": table, "record_uuid": uuid})
    return paper


def finding(bureau: Bureau, fact: str, **more: Any) -> int:
    return bureau.finding(fact, **({"unit_id": bureau.units["柳河镇"], "status": "整改中"} | more))


def test_without_a_period_a_bulletin_goes_on_from_the_last_one(bureau: Bureau) -> None:
    told = finding(bureau, "通报过", found_on=day(3, 4))
    finding(bureau, "漏报的", found_on=day(3, 5))
    finding(bureau, "当天的", found_on=day(3, 10))
    finding(bureau, "没有日期的", found_on=None)
    assert set(selected(bureau, "findings_bulletin").values()) == {"in"}
    paper = issued(bureau, "findings_bulletin", day(3, 10), told)
    assert selected(bureau, "findings_bulletin") == {
        "通报过": "reported", "漏报的": "before_period", "当天的": "in", "没有日期的": "in",
    }  # fmt: skip
    assert selected(bureau, "findings_bulletin", finding_ids=(told + 1,)) == {"漏报的": "in"}
    bureau.set(Document, paper, state="已撤回")
    assert set(selected(bureau, "findings_bulletin").values()) == {"in"}


def test_the_figures_of_a_bulletin_are_of_the_days_since_the_last_one(bureau: Bureau) -> None:
    """走访点位60个 of the whole season beside the 27 problems of the last weeks."""
    shops = [bureau.site(f"第{n}药店", "柳河镇") for n in range(1, 6)]
    team = bureau.team("第一督查组", 1)
    old = bureau.inspection(team, "柳河镇", starts_on=day(3, 1), ends_on=day(3, 2))
    new = bureau.inspection(team, "柳河镇", starts_on=day(3, 12), ends_on=day(3, 13))
    for shop in shops:
        bureau.visit(old, shop, on=day(3, 1))
    for shop in shops[:2]:
        bureau.visit(new, shop, on=day(3, 12))
    told = finding(bureau, "通报过", found_on=day(3, 1), inspection_id=old, site_id=shops[3])
    finding(bureau, "后来销号", found_on=day(3, 2), inspection_id=old, site_id=shops[4], status="已销号",
            closed_on=day(3, 14))  # fmt: skip
    finding(bureau, "新的", found_on=day(3, 12), inspection_id=new, site_id=shops[0], count=2)
    issued(bureau, "findings_bulletin", day(3, 10), told)
    lead = text(bureau.compose("findings_bulletin", date=day(3, 20)))
    assert "2022年3月12日至13日" in lead
    assert "走访点位2个，发现存在问题的点位1个、问题3个" in lead
    every = text(bureau.compose("findings_bulletin", date=day(3, 20), include=True))
    assert "2022年3月1日至13日" in every
    assert "走访点位5个，发现存在问题的点位3个、问题4个" in every


def test_the_last_bulletin_is_that_of_the_records_own_campaign(bureau: Bureau) -> None:
    told = finding(bureau, "本专项", found_on=day(3, 4))
    finding(bureau, "别的专项", found_on=day(3, 4), campaign_id=None)
    issued(bureau, "findings_bulletin", day(3, 10), told)
    assert selected(bureau, "findings_bulletin") == {"本专项": "reported", "别的专项": "in"}
    issued(bureau, "findings_bulletin", day(3, 25), told)  # dated after the paper that is written
    assert selected(bureau, "findings_bulletin")["别的专项"] == "in"


def test_what_was_closed_goes_by_its_closing_day(bureau: Bureau) -> None:
    for fact, found, closed in (
        ("期内销号", day(3, 1), day(3, 15)), ("期前销号", day(3, 1), day(3, 8)), ("没有销号日期", day(3, 15), None),
        ("期前发现未改", day(3, 1), None), ("期后发现", day(3, 19), None),
    ):  # fmt: skip
        status = "已销号" if "销号" in fact else "整改中"
        finding(bureau, fact, found_on=found, closed_on=closed, status=status)
    assert selected(bureau, "findings_bulletin", from_=day(3, 14), until=day(3, 18)) == {
        "期内销号": "in", "期前销号": "before_period", "没有销号日期": "in", "期前发现未改": "before_period",
        "期后发现": "after_period",
    }  # fmt: skip


def test_an_objection_is_asked_about_until_the_unit_answers_otherwise(bureau: Bureau) -> None:
    ids = {fact: finding(bureau, fact, status=status) for fact, status in (
        ("有异议", "待核查"), ("异议退回", "退回重改"), ("又报了", "待核查"), ("没有异议", "待核查"),
    )}  # fmt: skip
    for fact in ("有异议", "异议退回", "又报了"):
        bureau.feedback(ids[fact], outcome="异议(不属实)", reason="不属实", measures="已说明")
    bureau.feedback(ids["又报了"], outcome="已整改", measures="已补齐")
    assert selected(bureau, "findings_bulletin") == {
        "有异议": "objection", "异议退回": "objection_returned", "又报了": "in", "没有异议": "in",
    }  # fmt: skip
    with bureau.workspace.reading() as session:
        assert session.query(Feedback).count() == 4


def test_a_notice_is_not_sent_twice_unless_something_came_since(bureau: Bureau) -> None:
    facts = ("已发通知", "发后退回", "发后反弹", "发后改派", "还没发")
    ids = {fact: finding(bureau, fact, status="退回重改" if "退回" in fact else "整改中") for fact in facts}
    issued(bureau, "rectification_notice", day(3, 10), *(ids[fact] for fact in facts[:-1]))
    later = MORNING + dt.timedelta(days=2)
    steps: tuple[tuple[str, type, dict[str, Any]], ...] = (
        ("发后退回", Verification, {"verifier": "周敏", "method": "现场核查", "conclusion": "未整改到位"}),
        ("发后反弹", Recheck, {"on": day(3, 12), "result": "反弹"}),
        ("发后改派", Transfer, {"to_unit_id": bureau.units["石门乡"], "on": day(3, 12), "reason": "属地有误"}),
    )
    for fact, cls, values in steps:
        made = bureau.add(
            cls, finding_id=ids[fact], **values, **({"verified_on": day(3, 12)} if cls is Verification else {})
        )
        bureau.set(cls, made, created_at=later)
    found = selected(bureau, "rectification_notice", unit_ids=(bureau.units["柳河镇"],))
    assert found == {"已发通知": "notified", **dict.fromkeys(facts[1:], "in")}


def test_an_old_record_with_a_handing_day_and_a_units_own_are_asked_about(bureau: Bureau) -> None:
    finding(bureau, "补录的", status="已交办", backfilled=True, handed_on=day(3, 1))
    finding(bureau, "自查的", status="待交办", source_level="乡自查")
    finding(bureau, "要交办的", status="待交办")
    found = selected(bureau, "rectification_notice", unit_ids=(bureau.units["柳河镇"],))
    assert found == {"补录的": "backfilled", "自查的": "self_never_handed", "要交办的": "in"}


def test_a_report_asks_about_problems_of_its_days_that_belong_to_no_inspection(bureau: Bureau) -> None:
    trip = bureau.inspection(bureau.team("第一督查组", 1), "柳河镇")
    finding(bureau, "本次的", inspection_id=trip, source_level="市")
    finding(bureau, "未归入的")
    finding(bureau, "以前的", found_on=day(2, 1))
    finding(bureau, "别的单位的", unit_id=bureau.units["石门乡"])
    assert selected(bureau, "inspection_report") == {"本次的": "in", "未归入的": "unattached"}


DEALT: dict[str, Any] = {"name": "赵启文", "duty": "直接责任"}


def case(bureau: Bureau, fact: str, *measures: dict[str, Any], **more: Any) -> int:
    given = [{"measure": "批评教育", **one} for one in measures]
    values = {"unit_id": bureau.units["柳河镇"], "conduct_from": day(3, 1)} | more
    return bureau.case(fact, [DEALT | {"measures": tuple(given)}], **values)


def test_a_case_goes_by_the_day_of_its_decision(bureau: Bureau) -> None:
    for fact, decided in (
        ("早决定", day(2, 1)),
        ("期内决定", day(3, 15)),
        ("期后决定", day(3, 19)),
        ("未来决定", day(4, 1)),
    ):
        case(bureau, fact, {"decided_on": decided}, conduct_from=day(1, 5))
    case(bureau, "两次决定", {"decided_on": day(2, 1)}, {"decided_on": day(3, 15)})
    case(bureau, "说月份", {"decided_text": "3月"}, conduct_from=day(1, 5))
    case(bureau, "说将来", {"decided_text": "9月"})
    case(bureau, "没说", {})
    assert selected(bureau, "accountability_bulletin", from_=day(3, 1), until=day(3, 18)) == {
        "早决定": "decided_before", "期内决定": "in", "期后决定": "decided_after", "未来决定": "future_decision",
        "两次决定": "in", "说月份": "in", "说将来": "future_decision", "没说": "undated_decision",
    }  # fmt: skip


def test_a_bulletin_of_cases_goes_on_from_the_last_one_too(bureau: Bureau) -> None:
    told = case(bureau, "通报过", {"decided_on": day(3, 2)})
    case(bureau, "以前决定", {"decided_on": day(3, 3)})
    case(bureau, "新决定", {"decided_on": day(3, 12)})
    issued(bureau, "accountability_bulletin", day(3, 10), told, table="accountability_case")
    assert selected(bureau, "accountability_bulletin") == {
        "通报过": "reported", "以前决定": "decided_before", "新决定": "in",
    }  # fmt: skip


def test_a_case_of_which_nothing_was_decided_goes_by_its_conduct(bureau: Bureau) -> None:
    approved = {"approver": "方正明"}
    case(bureau, "期内", conduct_from=day(3, 15), **approved)
    case(bureau, "期前", conduct_from=day(1, 15), **approved)
    case(bureau, "说月份", conduct_from=None, period_text="3月下旬", **approved)
    case(bureau, "没有日期", conduct_from=None, **approved)
    with bureau.workspace.reading() as session:
        options = Options(date=day(3, 30), from_=day(3, 14), until=day(3, 30))
        with pytest.raises(NothingToWrite) as refusal:
            composed(session, "accountability_bulletin", options)
    reasons = {one.label.split()[-1]: [str(r) for r in one.verdict.reasons] for one in refusal.value.selection.judged}
    assert {fact: "facts_only" in found for fact, found in reasons.items()} == dict.fromkeys(reasons, True)
    assert ["before_period" in reasons["期前"], "no_day" in reasons["没有日期"]] == [True, True]
    assert not {"before_period", "after_period", "no_day"} & {*reasons["期内"], *reasons["说月份"]}


def test_a_party_with_a_later_measure_only_is_asked_about_like_one_with_none(bureau: Bureau) -> None:
    parties = [
        DEALT | {"measures": ({"measure": "批评教育", "decided_on": day(3, 2)},)},
        {"name": "钱守义", "duty": "直接责任", "measures": ({"measure": "批评教育", "decided_on": day(4, 2)},)},
    ]
    bureau.case("一人在后", parties, unit_id=bureau.units["柳河镇"])
    unit = {"name": "柳河镇", "is_unit": True, "unit_id": bureau.units["柳河镇"], "duty": "监管责任"}
    bureau.case("只有本单位", [parties[0], unit], unit_id=bureau.units["柳河镇"])
    bureau.case(
        "另行处理",
        [parties[0], DEALT | {"name": "孙立", "elsewhere": "主管单位另行处理"}],
        unit_id=bureau.units["柳河镇"],
    )
    assert selected(bureau, "accountability_bulletin") == {
        "一人在后": "unsettled", "只有本单位": "unsettled", "另行处理": "in",
    }  # fmt: skip
    taken = selected(bureau, "accountability_bulletin", include=True)
    assert taken == {"一人在后": "unsettled", "只有本单位": "in", "另行处理": "in"}
    assert selected(bureau, "accountability_bulletin", include=True, leave_out=("钱守义",))["一人在后"] == "in"


def test_examples_of_a_summary_are_what_a_bulletin_would_tell(bureau: Bureau) -> None:
    """What is disputed, or waits for others, is counted; named are those of which nothing is in doubt, told or not."""
    for fact, status in (("挂账的门店问题", "挂账协调"), ("有异议的门店问题", "待核查"), ("说过的门店问题", "整改中")):
        id_ = finding(bureau, fact, found_on=day(3, 4), status=status, kind="管控措施不到位")
        if "异议" in fact:
            bureau.feedback(id_, outcome="异议(不属实)", reason="不属实", measures="已说明")
        if "说过" in fact:
            bureau.set(Finding, id_, publicised=True)
    said = text(bureau.compose("period_summary", from_=day(3, 1), until=day(3, 20)))
    assert "（3个）" in said
    assert "说过的门店问题等。" in said
    assert "挂账的门店问题" not in said
    assert "有异议的门店问题" not in said
