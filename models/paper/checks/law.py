"""What law and office rules say of a paper: whom it may order, its length, reports, ranking, secrets, approval.

Everything here is a warning the clerk may pass over, but secrets, which have no place on this computer. The
articles: 《党政机关公文处理工作条例》(2012) 15 and 16; 《整治形式主义为基层减负若干规定》(2024) 1; 《政府督查工作条例》
(国务院令第733号) 16, 21, 23; 《保守国家秘密法》(2024) 22, 31.
"""

import re
from collections.abc import Iterator
from typing import Final

from models.domain.documents.document_types import type_of
from models.paper.checks.notices import NUMBER, TITLE, Notice, Place, Subject
from models.paper.elements import Paper, Paragraph
from models.paper.kinds import BULLETINS, BY_KEY

_COORDINATING: Final = re.compile(r"(领导小组|指挥部|委员会|协调小组|联席会议|工作专班|专班)(办公室)?$")
_EMERGENCY: Final = re.compile(
    r"(疫情|传染病|防汛|抗旱|防火|防灭火|抗震|救灾|抗灾|应急|突发|地质灾害|抢险|救援).*指挥部"
)
_GOVERNED: Final = re.compile(r"党委|党工委|县委|区委|市委|人民政府|县政府|区政府|市政府|办事处|各(?:乡|镇|街道)")
_ORDER: Final = re.compile(r"必须|务必|责令|限期|不得|严禁|要严格|要切实|要立即|要认真|应当|请于")
_BASIS: Final = re.compile(
    r"经[^，。；]{1,24}(?:同意|批准|审定|授权)|受[^，。；]{1,16}(?:委托|授权)|转发"
    r"|(?:根据|依据|依照|按照)[^，。；]{0,12}《[^》]*(?:法|条例|规定|办法|预案|决定)》"
)
_WHOLE: Final = re.compile(r"综合|总结|规划|纲要|工作报告|方案|要点")
_SPECIAL: Final = 4_000
_OTHERS: Final = 5_000
_WORK_SHEETS: Final = frozenset({"reminder", "rectification_plan", "period_summary"})
_IMPLEMENTING: Final = re.compile(
    r"贯彻(?:执行|落实)[^。；]{0,6}情况[^。；]{0,16}(?:报送|上报|报至|报我|报县|报市|书面报)|(?:报送|上报)[^。；]{0,16}贯彻(?:执行|落实)"
)
_PERIODICAL: Final = re.compile(r"周报|旬报|月报|季报|第?[一二三四]季度|\d{1,2}月份|每周|每月|(?:第[\d一二三四五]+周)")
_RANKING: Final = re.compile(
    r"排名|名次|倒数第|位列(?:全[县市区])?第|位居(?:全[县市区])?第|列全[县市区]第|[前后末][一二三四五十\d]+[名位]|末位"
)
_REVIEW: Final = re.compile(r"(?P<days>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<work>工作)?日内[^。；]{0,16}复核")
GOVERNMENTS_OWN: Final = frozenset({"政府督查组", "指定部门"})
"""督查性质 that the regulation on government inspection is about (articles 7 and 8)."""
_GOVERNMENT: Final = re.compile(r"(人民政府|政府督查室|政府办公室)$")
_SECRET: Final = ("绝密", "机密", "秘密")
_STAR: Final = re.compile(r"★\s*(?:\d+\s*(?:年|个月|月|天|日)|长期)|(?:内部|公开|秘密|机密|绝密)\s*★")


def _text(paper: Paper) -> str:
    return "\n".join(block.heading + block.text for block in paper.blocks if isinstance(block, Paragraph))


def _organ(paper: Paper) -> str:
    organs = paper.signature.organs if paper.signature else paper.header.organs
    return organs[0] if organs else ""


def _body(subject: Subject) -> Iterator[Place]:
    return (place for place in subject.places if place.at >= 0)


def ordering(subject: Subject) -> Iterator[Notice]:
    """An office that only coordinates gives orders to lower party committees and governments without a basis.

    An emergency headquarters has its power by law (突发事件应对法 19, 20), as has one whose campaign names its law.
    """
    paper, organ = subject.paper, _organ(subject.paper)
    found = type_of(paper.title)
    if found and found.direction != "down":
        return
    if not _COORDINATING.search(organ) or _EMERGENCY.search(organ) or subject.facts.legal_basis.strip():
        return
    if not _GOVERNED.search("、".join(paper.addressees)) or _BASIS.search(paper.title + _text(paper)):
        return
    place = next((one for one in _body(subject) if _ORDER.search(one.text)), None)
    if place is not None:
        sentence = (
            "议事协调机构不得向下级党委、政府提出指令性要求：请写明依据（“经…同意”或法律依据），或由政府办公室转发。"
        )
        yield Notice("order_basis", sentence, place.key, place.record, "warning", place.at)


def length(subject: Subject) -> Iterator[Notice]:
    """Longer than the rule's general limit; comprehensive papers and work sheets have none."""
    paper = subject.paper
    if paper.format == "plain" or paper.kind in _WORK_SHEETS or _WHOLE.search(paper.title):
        return
    count = len("".join(_text(paper).split()))
    limit = _SPECIAL if (paper.kind in BY_KEY and not BY_KEY[paper.kind].blank) or "专项" in paper.title else _OTHERS
    if count > limit:
        yield Notice("length", f"正文有{count}字，一般不超过{limit}字，请精简，或把清单改作附件。")


def reports_asked(subject: Subject) -> Iterator[Notice]:
    """Lower levels are asked to report how the paper is carried out."""
    for place in _body(subject):
        if _IMPLEMENTING.search(place.text):
            sentence = "公文一般不提出报送贯彻落实情况的要求，确有必要再写。"
            yield Notice("reports_asked", sentence, place.key, place.record, "warning", place.at)


def ranking(subject: Subject) -> Iterator[Notice]:
    """Units are ranked by month or quarter."""
    if not _PERIODICAL.search(subject.paper.title + subject.paper.subtitle):
        return
    for place in _body(subject):
        if found := _RANKING.search(place.text):
            sentence = f"不得按月、按季度开展排名，“{found[0]}”请删去。"
            yield Notice("ranking", sentence, place.key, place.record, "warning", place.at)


def signer(subject: Subject) -> Iterator[Notice]:
    """A paper of the clerk's own, or of another office, that goes up and names nobody who signs."""
    paper = subject.paper
    found = type_of(paper.title)
    if paper.kind in BY_KEY and not BY_KEY[paper.kind].blank:
        return  # composed: with the signer of the office's settings, where it has one
    if found and found.upward and paper.format == "general" and not any(one.strip() for one in paper.header.signers):
        yield Notice("signer_missing", f"{found.name}是上行文，请填写签发人。", NUMBER)


def review_days(subject: Subject) -> Iterator[Notice]:
    """Another time than thirty days for asking that a conclusion be reviewed."""
    for place in _body(subject):
        for found in _REVIEW.finditer(place.text):
            if found["work"] or found["days"] not in ("30", "三十"):
                sentence = "对督查结论申请复核的期限是30日，通知书只能另定核对事实的期限，请改写。"
                yield Notice("review_days", sentence, place.key, place.record, "warning", place.at)


def approval(subject: Subject) -> Iterator[Notice]:
    """A bulletin that makes units known, without who approved it and when.

    Of inspections that are the government's own, or where the government itself issues it: the regulation does not
    reach others (27).
    """
    paper = subject.paper
    own = subject.facts.authorities & GOVERNMENTS_OWN or _GOVERNMENT.search(_organ(paper))
    if paper.kind not in BULLETINS or not own:
        return
    lacking = [
        name for name, there in (("批准人", paper.approver.strip()), ("批准日期", paper.approved_on)) if not there
    ]
    if lacking:
        yield Notice("unapproved", f"点名通报、追责建议须经批准，请在“版头和版记”里填写{'和'.join(lacking)}。", NUMBER)


def inspections(subject: Subject) -> Iterator[Notice]:
    """An inspection of the government's own without its approval: a gap, it stands against nothing."""
    for name, lacking in subject.facts.unapproved:
        yield Notice("inspection_unapproved", f"督查活动{name}没有填写{lacking}，请在督查活动里补上。")


def secrets(subject: Subject) -> Iterator[Notice]:
    """A state secret in the program; ★ or a copy number on a paper that is open."""
    paper = subject.paper
    level = paper.header.secrecy.strip()
    if level.startswith(_SECRET):
        sentence = f"标有“{level[:2]}”的公文不能在这台电脑上起草，登记簿里只留文号和日期，标题和正文请删去。"
        yield Notice("secret", sentence, NUMBER, severity="error")
    elif paper.header.copy_number.strip():
        yield Notice("copy_number_open", "份号只用于涉密公文，请删去。", NUMBER)
    if "★" in level and not level.startswith(_SECRET):
        yield Notice("star_open", f"公开的公文不能标“★”，密级栏写着“{level}”，请删去。", NUMBER, severity="error")
    for place in subject.places:
        if found := _STAR.search(place.text):
            sentence = f"公开的公文里不能标“★”，“{found[0]}”请删去。"
            yield Notice("star_open", sentence, place.key or TITLE, place.record, "error", place.at)
