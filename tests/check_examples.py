"""For every check that reads a paper: one that has the fault, and one that has not. All invented."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from models.domain.findings.lifecycle import Status
from models.paper.checks.before_issue import Facts, FindingFact, PersonFact
from models.paper.elements import Annex, Block, Header, Mask, Origin, Paper, Paragraph, Photos, Signature

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
    "number_order": (
        lambda: (numbered("云防〔2022〕3号"), Facts(used=frozenset({1, 2, 3}))),
        lambda: (numbered("云防〔2022〕4号"), Facts(used=frozenset({1, 2, 3}))),
    ),
    "issue_order": (
        lambda: (paper(), Facts(issue=3, issues_used=frozenset({1, 2, 3}))),
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
    "untitled": (lambda: _headed("副镇长周立新的问题。"), lambda: _headed("副镇长周立新脱岗的问题。")),
    "half_masked": (lambda: _sealed("周立新值守"), lambda: _sealed("周某某值守")),
}  # fmt: skip
