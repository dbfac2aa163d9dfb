"""For every check that reads a paper: one that has the fault, and one that has not. All invented."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from models.domain.findings.lifecycle import Status
from models.paper.checks.before_issue import Facts, FindingFact, PersonFact
from models.paper.elements import (
    Annex,
    Block,
    Colophon,
    Column,
    Header,
    Mask,
    Origin,
    Paper,
    Paragraph,
    Photos,
    Signature,
    Table,
)

DAY = dt.date(2022, 3, 20)
ORGAN = "云岭县疫情防控指挥部办公室"
Example = tuple[Paper, Facts]


def block(key: str, text: str, *records: str, heading: str = "", level: int = 0) -> Paragraph:
    """A paragraph as composed."""
    return Paragraph(text=text, heading=heading, level=level, origin=Origin(key, records, heading + text))


def typed(text: str, heading: str = "", level: int = 0) -> Paragraph:
    """A paragraph as the clerk typed it."""
    return Paragraph(text=text, heading=heading, level=level)


LEAD = block("lead:1", "现将有关情况通报如下。")


def paper(*blocks: Block | str, **more: Any) -> Paper:
    """A bulletin without a fault, with a lead and what is given after it."""
    body = (LEAD, *(typed(one) if isinstance(one, str) else one for one in blocks))
    values: dict[str, Any] = {
        "kind": "findings_bulletin", "title": "关于督查情况的通报", "addressees": ("各乡镇人民政府",), "blocks": body,
        "header": Header((ORGAN,), number="云防〔2022〕1号"), "signature": Signature((ORGAN,), DAY),
    }  # fmt: skip
    return Paper(**(values | more))


def only(*blocks: Block, **more: Any) -> Paper:
    """The bulletin with these blocks and no other."""
    return paper(blocks=blocks, **more)


def plan(*told: str) -> Paper:
    """A 整改方案 of one problem with what it tells of it."""
    return paper(block("finding:1", "登记本缺页。", "finding:1", level=3), *told, kind="rectification_plan")


def numbered(number: str) -> Paper:
    return paper(header=Header((ORGAN,), number=number))


def finding(n: int, status: Status = Status.HANDED, **more: Any) -> FindingFact:
    return FindingFact(f"finding:{n}", f"2022-000{n}", status, **more)


def told(n: int, text: str, level: int = 0) -> Paragraph:
    return block(f"finding:{n}", text, f"finding:{n}", level=level)


def case(n: int, text: str, *records: str) -> Paragraph:
    return block(f"case:{n}", text, *records, heading=f"第{n}起问题。", level=1)


def group(says: int) -> Paragraph:
    return block("group:1", "", "finding:1", heading=f"登记不规范（{says}个问题）", level=1)


NOTHING = Facts()
ZHOU = PersonFact("party:1", "周立新", "case:1")
TWO = Facts(findings=(finding(1), finding(2)))
LATE = Facts(findings=(finding(1, deadline=dt.date(2022, 3, 1)),))
NOTICE = {"kind": "rectification_notice", "title": "整改通知书"}


def _people(text: str, person: PersonFact) -> Example:
    return paper(case(1, text, "party:1")), Facts(people=(person,))


def _rewritten(text: str) -> Example:
    """A case composed with 政务记过 by 县监委, and what somebody made of it."""
    was = case(1, "3月1日，县监委给予周立新政务记过处分。", "accountability_case:1", "party:1")
    one = PersonFact("party:1", "周立新", "case:1", stated=(("处理", "政务记过"), ("决定机关", "县监委")))
    return paper(Paragraph(text=text, heading=was.heading, level=1, origin=was.origin)), Facts(people=(one,))


def _headed(heading: str) -> Example:
    return paper(block("case:1", "周立新未到岗。", "party:1", heading=heading, level=1)), Facts(people=(ZHOU,))


def _sealed(caption: str) -> Example:
    shots = Annex("照片", (Photos((), caption),))
    mask = Mask("周立新", "周某某", ("case:1",))
    return paper(case(1, "周某某未到岗。"), masks=(mask,), consent=True, annexes=(shots,)), NOTHING


def _annexed(*serials: int) -> Example:
    rows = tuple(told(n, f"第{n}个点位未登记。") for n in serials)
    return paper(told(1, "未登记。"), annexes=(Annex("问题清单", rows),)), TWO


def _grown(text: str) -> Example:
    item = Paragraph(text=text, level=3, origin=Origin("finding:1", ("finding:1",), "未登记。"))
    return paper(group(1), item), Facts(findings=(finding(1),))


def _typed(number: int) -> Example:
    lead = Paragraph(text=f"督查发现问题{number}个。", origin=Origin("lead:1", (), "督查发现问题2个。"))
    return only(lead, told(1, "未登记。"), told(2, "未消毒。")), TWO


def words(wrong: str, right: str) -> tuple[Callable[[], Example], Callable[[], Example]]:
    """A paragraph with the fault and the same one without."""
    return lambda: (paper(wrong), NOTHING), lambda: (paper(right), NOTHING)


def heads(wrong: dict[str, Any], right: dict[str, Any]) -> tuple[Callable[[], Example], Callable[[], Example]]:
    """The bulletin with other parts around its text."""
    return lambda: (paper("未登记。", **wrong), NOTHING), lambda: (paper("未登记。", **right), NOTHING)


def known(*organs: str, names: tuple[str, ...] = ()) -> Facts:
    return Facts(organs=frozenset(organs), names=frozenset(names))


def rows(*cells: tuple[str, ...], titles: tuple[str, ...] = ("序号", "单位", "问题数")) -> Paper:
    return paper(Table(tuple(Column(title) for title in titles), cells))


def _header(**more: str) -> dict[str, Any]:
    return {"header": Header((ORGAN,), number="云防〔2022〕1号", **more)}


def _colophon(*copies: str, printed: dt.date = DAY) -> dict[str, Any]:
    return {"colophon": Colophon(copies, ORGAN, printed)}


_FOUR = ("一、提高认识", "二、压实责任", "三、严格督查", "四、按时报送")
_LIST = tuple(f"{one}。各单位要抓好落实。" for one in _FOUR)
_ANNEX = {"annexes": (Annex("问题清单", (typed("甲药店未登记。"),)),)}
_LONG = "各乡镇要逐条对照检查，逐项落实整改措施，确保整改到位"


def _edited(text: str) -> Example:
    """A problem's paragraph after the clerk's hand."""
    was = Origin("finding:1", ("finding:1",), "柳河镇药店缺口罩14只。" if "镇" in text else "药店缺口罩14只。")
    return paper(Paragraph(text=text, origin=was)), NOTHING


def _parts(total: int) -> Example:
    return only(*map(typed, (f"督查发现问题{total}个。", "一、柳河镇（问题4个）", "二、青石镇（问题3个）"))), NOTHING


def _cases_typed(number: int) -> Example:
    told = ("一、周立新脱岗问题。", "二、陈国强酒驾问题。")
    return only(typed(f"现将{number}起问题通报如下。"), *map(typed, told)), NOTHING


EXAMPLES_OF_WORDS: dict[str, tuple[Callable[[], Example], Callable[[], Example]]] = {
    "told_organ": words("县卫健局给予周立新政务记过处分。", "县监委给予县卫健局干部周立新政务记过处分。"),
    "told_person": words(
        "桥头村村委会主任周立新受到政务撤职处分。", "桥头村村委会主任周立新受到政务记过处分，镇长陈国强被批评教育。"
    ),
    "told_unclear": words("周立新受到记过处分。", "县教育局给予周立新记过处分，陈国强受到党内严重警告处分。"),
    "title_stop": heads({"title": "关于督查情况的通报。"}, {"title": "关于“回头看”、督查情况的通报"}),
    "type_missing": heads({"title": "关于督查发现的问题"}, {"title": "关于督查情况的通报（第3期）"}),
    "type_wrong": heads({"title": "关于督查情况的请示"}, {"title": "关于督查情况的通报"}),
    "type_differs": words("特此报告。", "特此通报。"),
    "report_asks": heads(
        {"kind": "inspection_report", "title": "关于督查情况的报告", "blocks": (typed("以上意见妥否，请批示。"),)},
        {"kind": "inspection_report", "title": "关于督查情况的报告"},
    ),
    "addressee_unknown": (
        lambda: (paper(addressees=("县卫建局",)), known("县卫健局")),
        lambda: (paper(addressees=("县卫健局", "各乡镇人民政府", "市疫情防控指挥部办公室")), known("县卫健局")),
    ),
    "addressee_twice": heads({"addressees": ("县卫健局", "县卫健局")}, {"addressees": ("县卫健局", "县教育局")}),
    "copied_too": heads(
        {"addressees": ("县卫健局",), **_colophon("县卫健局，县教育局。")},
        {"addressees": ("县卫健局",), **_colophon("县委办公室，县教育局。")},
    ),
    "two_superiors": heads(
        {**_header(), "header": Header((ORGAN,), number="云防〔2022〕1号", signers=("方正明",)),
         "addressees": ("市指挥部办公室", "市应急管理局")},
        {**_header(), "header": Header((ORGAN,), number="云防〔2022〕1号", signers=("方正明",)),
         "addressees": ("县委", "县政府")},
    ),
    "signature_differs": heads(
        {"signature": Signature(("云岭县疫情防控督查组",), DAY)}, {"signature": Signature((ORGAN,), DAY)}
    ),
    "urgency_unknown": heads(_header(urgency="十万火急"), _header(urgency="特急")),
    "secrecy_form": heads(_header(secrecy="秘密1年"), _header(secrecy="秘密★1年")),
    "copy_number_form": heads(_header(copy_number="1"), _header(copy_number="000001")),
    "annex_missing": words("具体问题见附件。", "具体问题如下。"),
    "annex_unmentioned": (
        lambda: (paper("未登记。", **_ANNEX), NOTHING), lambda: (paper("未登记（见附件）。", **_ANNEX), NOTHING),
    ),
    "question": words("柳河镇药店7家？", "柳河镇药店7家。"),
    "count_told": (
        lambda: _cases_typed(3),
        lambda: _cases_typed(2),
    ),
    "count_listed": words("主要有三个方面：一是未登记；二是未消毒。", "主要有两个方面：一是未登记；二是未消毒。"),
    "count_below": (
        lambda: (paper("提出以下五项要求：", *_LIST), NOTHING), lambda: (paper("提出以下四项要求：", *_LIST), NOTHING),
    ),
    "count_parts": (lambda: _parts(8), lambda: _parts(7)),
    "parts_exceed": words("发现问题9个，其中管控类6个、台账类5个。", "发现问题11个，其中管控类6个、台账类5个。"),
    "parts_differ": words("逾期未办9个（柳河镇5个、青石镇3个）。", "逾期未办8个（柳河镇5个、青石镇3个）。"),
    "sum_differs": words("柳河镇3个、青石镇4个，共8个。", "柳河镇3个、青石镇4个，共7个。"),
    "percent": words("发现问题40个，已整改30个，整改率85%。", "发现问题40个，已整改30个，整改率75%。"),
    "table_total": (
        lambda: (rows(("1", "柳河镇", "3"), ("2", "青石镇", "4"), ("合计", "", "8")), NOTHING),
        lambda: (rows(("1", "柳河镇", "3"), ("2", "青石镇", "4"), ("合计", "", "7")), NOTHING),
    ),
    "ordinal": (
        lambda: (paper(*_LIST[:2], _LIST[3]), NOTHING), lambda: (paper(*_LIST), NOTHING),
    ),
    "ordinal_form": words("一.各单位要抓好落实。", "一、各单位要抓好落实。"),
    "heading_empty": (
        lambda: (paper("一、存在问题", "二、有关要求", "按时报送。"), NOTHING),
        lambda: (paper("一、存在问题", "药店未登记。", "二、有关要求", "按时报送。"), NOTHING),
    ),
    "row_twice": (
        lambda: (rows(("1", "柳河镇惠民药店", "未登记"), ("2", "柳河镇惠民药店", "未登记")), NOTHING),
        lambda: (rows(("1", "柳河镇惠民药店", "未登记"), ("2", "青石镇惠民药店", "未登记")), NOTHING),
    ),
    "period_differs": (
        lambda: (only(typed("2022年下半年，督查情况如下。"), title="关于2022年上半年督查情况的通报"), NOTHING),
        lambda: (only(typed("2022年上半年，督查情况如下。"), title="关于2022年上半年督查情况的通报"), NOTHING),
    ),
    "number_typed": (lambda: _edited("药店缺口罩15只。"), lambda: _edited("药店缺少口罩14只。")),
    "named_over": (
        lambda: (_edited("青石镇药店缺口罩14只。")[0], known("柳河镇", "青石镇")),
        lambda: (_edited("柳河镇药店尚缺口罩14只。")[0], known("柳河镇", "青石镇")),
    ),
    "ordinal_inside": words("一是未登记；二是未消毒；四是未测温。", "一是3月底前登记；二是未消毒；三是未测温。"),
    "ordinal_row": (
        lambda: (rows(("1", "柳河镇", "3"), ("3", "青石镇", "4")), NOTHING),
        lambda: (rows(("1", "柳河镇", "3"), ("2", "青石镇", "4")), NOTHING),
    ),
    "day_impossible": words("2月30日检查发现，未登记。", "2月28日检查发现，未登记。"),
    "period_reversed": words("3月10日至5日、3月10日至3月5日开展督查。", "3月5日至3月10日开展督查。"),
    "weekday": words("3月5日（星期三）检查。", "3月5日（星期六）检查。"),
    "day_form": words("2022年03月05日检查。", "2022年3月5日检查。"),
    "fact_later": words("3月25日，督查组检查发现药店未登记。", "3月15日，督查组检查发现药店未登记。"),
    "dated_before_fact": (
        lambda: (paper(told(1, "未登记。")), Facts(findings=(finding(1, found_on=dt.date(2022, 3, 22)),))),
        lambda: (paper(told(1, "未登记。")), Facts(findings=(finding(1, found_on=dt.date(2022, 3, 2)),))),
    ),
    "dated_before_last": (
        lambda: (paper(), Facts(last_issued=("云防〔2022〕6号", dt.date(2022, 3, 22)))),
        lambda: (paper(), Facts(last_issued=("云防〔2022〕6号", dt.date(2022, 3, 12)))),
    ),
    "printed_before": heads(_colophon(printed=dt.date(2022, 3, 12)), _colophon(printed=dt.date(2022, 3, 21))),
    "told_closed": (
        lambda: (paper(told(1, "药店未登记，已销号。")), Facts(findings=(finding(1, Status.RECTIFYING),))),
        lambda: (paper(told(1, "药店未登记，已销号。")), Facts(findings=(finding(1, Status.CLOSED),))),
    ),
    "told_open": (
        lambda: (paper("问题2022-0001仍未整改。"), Facts(named=(finding(1, Status.CLOSED),))),
        lambda: (paper("问题2022-0001仍未整改。"), Facts(named=(finding(1),))),
    ),
    "asked_often": (lambda: (paper(), Facts(asked=(("柳河镇", 4),))), lambda: (paper(), NOTHING)),
    "name_near": words(
        "副镇长周立新未到岗。副镇长周立鑫脱岗。副镇长周立新检讨。", "副镇长周立新未到岗。副镇长陈国强脱岗。"
    ),
    "post_differs": words("柳河镇镇长周立新未到岗。副镇长周立新检讨。", "柳河镇镇长周立新未到岗。镇长周立新检讨。"),
    "unit_near": words("柳河镇未登记。柳合镇未消毒。柳河镇未测温。", "柳河镇未登记。青石镇未消毒。柳河镇未测温。"),
    "personal_number": words("周立新（13912345678）脱岗。", "周立新脱岗。"),
    "unpaired": words("药店（柳河镇未登记。", "药店（柳河镇）未登记。"),
    "half_width": words("药店未登记,未测温。", "药店未登记，未测温1,286次。"),
    "mark_twice": words("药店未登记，。", "药店未登记。"),
    "stray_space": words("各乡镇要逐条 对照检查，逐项落实整改措施。", "各乡镇要逐条对照检查，逐项落实整改措施。"),
    "no_stop": words(_LONG, f"{_LONG}。"),
    "repeated": (
        lambda: (paper(f"{_LONG}。", f"{_LONG}。"), NOTHING), lambda: (paper(f"{_LONG}。", "按时报送。"), NOTHING),
    ),
    "sentence_twice": words(f"{_LONG}。按时报送。{_LONG}。", f"{_LONG}。按时报送。"),
    "word_twice": words("各乡镇要认真认真对照检查。", "各乡镇要认真对照检查。"),
    "miswritten": words("工作布署不到位。", "工作部署不到位，周末登记不全。"),
}  # fmt: skip

EXAMPLES: dict[str, tuple[Callable[[], Example], Callable[[], Example]]] = {
    "title": (lambda: (paper(title=" "), NOTHING), lambda: (paper(), NOTHING)),
    "title_long": (
        lambda: (paper(title="关于" + "全县重点场所疫情防控措施落实情况" * 6 + "的通报"), NOTHING),
        lambda: (paper(title="关于全县重点场所疫情防控措施落实情况的通报"), NOTHING),
    ),
    "empty": (lambda: (only(), NOTHING), lambda: (paper(), NOTHING)),
    "blank": (lambda: (paper(" "), NOTHING), lambda: (paper("未登记。"), NOTHING)),
    "annex_title": (
        lambda: (paper(annexes=(Annex("", (typed("甲药店"),)),)), NOTHING),
        lambda: (paper(annexes=(Annex("问题清单", (typed("甲药店"),)),)), NOTHING),
    ),
    "addressees": (lambda: (paper(addressees=(), kind="reminder"), NOTHING), lambda: (paper(), NOTHING)),
    "signature": (lambda: (paper(signature=None), NOTHING), lambda: (paper(), NOTHING)),
    "number_missing": (lambda: (numbered(""), NOTHING), lambda: (numbered("云防〔2022〕1号"), NOTHING)),
    "number_form": (lambda: (numbered("云防[2022]07号"), NOTHING), lambda: (numbered("云防〔2022〕1号"), NOTHING)),
    "number_year": (lambda: (numbered("云防〔2021〕1号"), NOTHING), lambda: (numbered("云防〔2022〕1号"), NOTHING)),
    "number_twice": (
        lambda: (numbered("云防〔2022〕3号"), Facts(used=frozenset({1, 2, 3}))),
        lambda: (numbered("云防〔2022〕4号"), Facts(used=frozenset({1, 2, 3}))),
    ),
    "number_gap": (
        lambda: (numbered("云防〔2022〕6号"), Facts(used=frozenset({1, 2, 3}))),
        lambda: (numbered("云防〔2022〕4号"), Facts(used=frozenset({1, 2, 3}))),
    ),
    "issue_twice": (
        lambda: (paper(), Facts(issue=3, issues_used=frozenset({1, 2, 3}))),
        lambda: (paper(), Facts(issue=4, issues_used=frozenset({1, 2, 3}))),
    ),
    "issue_gap": (
        lambda: (paper(), Facts(issue=7, issues_used=frozenset({1, 2, 3}))),
        lambda: (paper(), Facts(issue=4, issues_used=frozenset({1, 2, 3}))),
    ),
    "brackets": (
        lambda: (paper("按照云防[2022]06号文件办理。"), NOTHING),
        lambda: (paper("按照云防〔2022〕6号文件办理。"), NOTHING),
    ),
    "placeholder": (
        lambda: (paper("XX镇未登记。"), NOTHING),
        lambda: (paper("某企业X射线机未登记，杨某某在场。"), NOTHING),
    ),
    "nameless": (lambda: (paper("某镇未登记。"), NOTHING), lambda: (paper("柳河镇杨某某未登记。"), NOTHING)),
    "count_cases": (
        lambda: (paper(case(1, "未到岗。"), case(2, "脱岗。"), title="关于3起问题的通报"), NOTHING),
        lambda: (paper(case(1, "未到岗。"), case(2, "脱岗。"), title="关于2起问题的通报"), NOTHING),
    ),
    "count_problems": (
        lambda: (only(block("lead:1", "督查发现问题5个。"), told(1, "未登记。"), told(2, "未消毒。")), TWO),
        lambda: (only(block("lead:1", "督查发现问题2个。"), told(1, "未登记。"), told(2, "未消毒。")), TWO),
    ),
    "count_solved": (
        lambda: (only(block("lead:1", "督查发现问题2个，已解决2个。"), told(1, "甲。"), told(2, "乙。")), TWO),
        lambda: (only(block("lead:1", "督查发现问题2个，已解决0个。"), told(1, "甲。"), told(2, "乙。")), TWO),
    ),
    "count_group": (
        lambda: (paper(group(2), told(1, "未登记。", 3)), Facts(findings=(finding(1),))),
        lambda: (paper(group(1), told(1, "未登记。", 3)), Facts(findings=(finding(1),))),
    ),
    "count_grown": (lambda: _grown("未登记。未消毒。未测温。"), lambda: _grown("未登记。")),
    "count_annex": (lambda: _annexed(1, 2), lambda: _annexed(1)),
    "count_typed": (lambda: _typed(3), lambda: _typed(2)),
    "impossible": (
        lambda: (paper("走访点位10个，其中存在问题的点位12个。"), NOTHING),
        lambda: (paper("走访点位12个，其中存在问题的点位10个。"), NOTHING),
    ),
    "deadline": (lambda: (paper("请于3月15日前报送。"), NOTHING), lambda: (paper("请于3月25日前报送。"), NOTHING)),
    "deadline_recorded": (
        lambda: (paper(told(1, "未登记。"), **NOTICE), LATE),
        lambda: (paper(told(1, "未登记。"), kind="reminder"), LATE),
    ),
    "closed": (
        lambda: (paper(told(1, "未登记。"), **NOTICE), Facts(findings=(finding(1, Status.CLOSED),))),
        lambda: (paper(told(1, "未登记。"), **NOTICE), Facts(findings=(finding(1),))),
    ),
    "answered": (
        lambda: (paper(told(1, "仍未反馈。")), Facts(findings=(finding(1, answered=True),))),
        lambda: (paper(told(1, "仍未反馈。")), Facts(findings=(finding(1),))),
    ),
    "plan_measures": (lambda: (plan("责任人：周立新。"), NOTHING), lambda: (plan("整改措施：补登。"), NOTHING)),
    "plan_person": (lambda: (plan("整改措施：补登。"), NOTHING), lambda: (plan("责任人：周立新。"), NOTHING)),
    "name_missing": (lambda: _people("该同志未到岗。", ZHOU), lambda: _people("周立新未到岗。", ZHOU)),
    "unsettled": (
        lambda: _people("周立新未到岗。", PersonFact("party:1", "周立新", "case:1", settled=False)),
        lambda: _people("周立新未到岗。", ZHOU),
    ),
    "left_out": (
        lambda: _people("有关人员未到岗。", PersonFact("party:1", "周立新", "case:1", left_out=True)),
        lambda: _people("周立新未到岗。", ZHOU),
    ),
    "left_out_named": (
        lambda: _people("周立新未到岗。", PersonFact("party:1", "周立新", "case:1", left_out=True)),
        lambda: _people("周立新未到岗。", ZHOU),
    ),
    "name_differs": (
        lambda: _people("周立新未到岗，周立鑫脱岗。", ZHOU),
        lambda: _people("周立新未到岗，周立新脱岗。", ZHOU),
    ),
    "told_otherwise": (
        lambda: _rewritten("3月1日，县监委给予周立新政务记大过处分。"),
        lambda: _rewritten("3月1日，经研究，县监委决定给予周立新政务记过处分。"),
    ),
    "untitled": (lambda: _headed("副镇长周立新的问题。"), lambda: _headed("副镇长周立新脱岗的问题。")),
    "half_masked": (lambda: _sealed("周立新值守"), lambda: _sealed("周某某值守")),
} | EXAMPLES_OF_WORDS  # fmt: skip
