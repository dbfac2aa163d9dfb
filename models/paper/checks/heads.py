"""What a title says the paper is (文种), and whether the text says the same."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.notices import TITLE, Mend, Notice, Place, Subject
from models.paper.checks.texts import plain
from models.paper.kinds import BY_KEY

TYPES: Final = (
    "通知书", "督办单", "催办单", "提醒单", "提醒函", "督办函", "交办单", "建议书", "决定书", "告知书",
    "任务书", "责任书", "通知", "通报", "通告", "公告", "公报", "报告", "请示", "批复", "复函", "函", "意见",
    "决定", "决议", "纪要", "议案", "命令", "方案", "计划", "总结", "办法", "细则", "规定", "规则", "制度",
    "规程", "条例", "要点", "预案", "规划", "清单", "台账", "汇报", "简报", "专报", "快报", "周报", "月报",
    "说明", "名单", "讲话", "倡议书", "须知", "指南", "要情", "情况反映",
)  # fmt: skip
"""What a title may end with: the fifteen types of article 8, and the papers a notice brings or an office works with."""
OF_KIND: Final = {
    "findings_bulletin": ("通报",),
    "accountability_bulletin": ("通报",),
    "rectification_notice": ("通知书", "通知", "函", "交办单", "督办单"),
    "reminder": ("催办单", "提醒单", "督办单", "函", "提醒函", "督办函", "通知", "通知书"),
    "inspection_report": ("报告", "通报"),
    "rectification_report": ("报告", "函", "复函", "汇报"),
    "rectification_plan": ("方案", "计划", "清单", "台账"),
    "self_inspection_report": ("报告", "汇报"),
    "period_summary": ("总结", "报告", "通报"),
}
_SAME: Final = {
    "通知书": "通知",
    "复函": "函",
    "提醒函": "函",
    "督办函": "函",
    "函告": "函",
    "函复": "函",
    "函达": "函",
}
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
_STOPS = "。，、；：！？.,;:!?…"
_SAYS = re.compile(
    r"特此(通知|通报|报告|请示|函告|函复|函达|批复|公告|通告|复函)"
    r"|(?:现|现将|现就|特)[^。；\n]{0,60}?(通报|报告|通知|请示|函告|函复|通告|公告|批复)(?:如下|于后)"
)
_ASKS = re.compile(
    r"(?:当否|妥否|可否|是否妥当|以上请示)[，,]?[^。\n]{0,6}(?:请|望|敬请)[^。\n]{0,8}(?:批示|批复|审批|审定|指示)"
)
_TITLE_MARKS = re.compile("[，；！？,;!?]")


def type_of(title: str) -> str:
    """The type a title ends with, before a 期号 in brackets; empty where it ends with none."""
    bare = bare_title(title)
    return next((name for name in sorted(TYPES, key=len, reverse=True) if bare.endswith(name)), "")


def bare_title(title: str) -> str:
    """A title on one line, without what stands in brackets at its end and without a stop."""
    bare = re.sub(r"\s", "", title).rstrip(_STOPS)
    while _TAIL.search(bare):
        bare = _TAIL.sub("", bare).rstrip(_STOPS)
    return bare


def title_type(subject: Subject) -> Iterator[Notice]:
    """文种 missing in the title, or another than this kind of paper has; a stop after it."""
    paper = subject.paper
    title = re.sub(r"\s", "", paper.title)
    if not title:
        return
    if title[-1] in _STOPS:
        mend = Mend(field="title", value=paper.title.rstrip().rstrip(_STOPS), label=f"删去“{title[-1]}”")
        yield Notice("title_stop", f"标题末尾不用标点，请删去“{title[-1]}”。", TITLE, mend=mend)
    elif found := _TITLE_MARKS.search(plain(title)):
        yield Notice("title_stop", f"标题里不用“{found[0]}”，请核对。", TITLE)
    said, meant = type_of(title), OF_KIND.get(paper.kind, ())
    if not said:
        yield Notice("type_missing", "标题末尾没有写明文种，如“通报”“通知”“报告”。", TITLE)
    elif meant and said not in meant:
        name = BY_KEY[paper.kind].name
        yield Notice("type_wrong", f"标题写“{said}”，{name}的文种一般是“{meant[0]}”，请核对。", TITLE)


def type_said(subject: Subject) -> Iterator[Notice]:
    """特此报告 under a title that says 通报; what asks for an answer inside a report."""
    said = type_of(subject.paper.title)
    for place in subject.places:
        if place.at < 0:
            continue
        text = plain(place.text)
        if said == "报告" and (found := _ASKS.search(text)):
            sentence = f"报告不得夹带请示事项，“{found[0]}”请删去，或另写请示。"
            yield Notice("report_asks", sentence, place.key, place.record, at=place.at)
        yield from _differs(place, text, said)


def _differs(place: Place, text: str, said: str) -> Iterator[Notice]:
    for found in _SAYS.finditer(text):
        told = found[1] or found[2]
        if said and _SAME.get(told, told) != _SAME.get(said, said) and _SAME.get(said, said) in _FIFTEEN:
            right = found[0].replace(told, {"函": "函告"}.get(said, _SAME.get(said, said)))
            sentence = f"标题的文种是“{said}”，文中写“{found[0][-12:]}”，请核对。"
            yield Notice("type_differs", sentence, place.key, place.record, at=place.at, mend=Mend(found[0], right))


_FIFTEEN: Final = frozenset({"通知", "通报", "报告", "请示", "函", "批复", "公告", "通告"})


_PERIOD = re.compile(
    r"(?:(?P<year>20\d{2})年)?(?P<part>上半年|下半年|第?[一二三四1-4]季度|前三季度|全年)|(?P<only>20\d{2})年(?:度)?(?!\d)"
)


def periods(subject: Subject) -> Iterator[Notice]:
    """2022年上半年 in the title and 2022年下半年 or 2021年上半年 in the lead."""
    said = _period(plain(subject.paper.title))
    lead = next((place for place in subject.places if place.at == 0), None)
    if said is None or lead is None:
        return
    for found in _PERIOD.finditer(plain(lead.text)):
        if not found["part"]:
            continue
        year, part = found["year"] or "", found["part"].removeprefix("第")
        if (said[1] and part != said[1]) or (said[0] and year and year != said[0]):
            sentence = (
                f"标题写“{''.join(filter(None, (said[0] and said[0] + '年', said[1])))}”，开头写“{found[0]}”，请核对。"
            )
            yield Notice("period_differs", sentence, lead.key, lead.record, at=lead.at)
        return


def _period(title: str) -> tuple[str, str] | None:
    found = _PERIOD.search(title)
    if found is None:
        return None
    return found["year"] or found["only"] or "", (found["part"] or "").removeprefix("第")
