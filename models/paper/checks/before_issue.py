"""What stands against issuing a document: read from the paper and from what its records say.

Pure: the action hands in the paper and the `Facts` it collected. Each notice names the block and the
record at fault, so that the preview can show the place and one click can open the record.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from models.domain.documents.numbering import document_number, numbering_sentence
from models.domain.findings.lifecycle import Status
from models.paper.checks.named_people import people
from models.paper.checks.notices import Facts, FindingFact, Notice, PersonFact, Place, Severity
from models.paper.checks.stated_figures import stated
from models.paper.editing import key_of, records_of
from models.paper.elements import Block, Paper, Paragraph, Photos, Table
from models.paper.half_masked import half_masked
from models.paper.kinds import BY_KEY
from models.paper.titles import break_title

__all__ = ["Facts", "FindingFact", "Notice", "PersonFact", "Severity", "before_issue"]

NOTHING_KNOWN: Final = Facts()
MOST_TITLE_LINES: Final = 4
TITLE, NUMBER, ADDRESSEES, SIGNATURE = "title", "number", "addressees", "signature"
NUMBERED: Final = frozenset({"general", "letter"})

_PLACEHOLDER = re.compile(
    r"[XＸ]{2,}|(?<![A-Za-z])x{2,}(?![A-Za-z])|×{2,}|[*＊]{2,}|_{3,}|\{\w+\}|（?待填写?）?|某某某"
)
_NAMELESS = re.compile(r"(?P<before>.?)某{1,2}(?P<after>.?)")
_PLACE_WORDS = "省市县区镇乡村街社局委办站院校厂店厅组所单公小药酒商"
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米"
    "贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫"
    "乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸"
    "籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习"
    "宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠"
    "须丰巢关蒯相查后荆红游竺权逯盖益桓公苟肖闫付邸代覃"
) - frozenset("于从那通和向时边都终所查后相步常")
_WRONG_BRACKETS = re.compile(r"[\[(（【［{]\s*((?:19|20)\d{2})\s*[\])）】］}]\s*(第?)(\d{1,5})\s*号")
_RIGHT_NUMBER = re.compile(r"[^\s〔〕]+〔(\d{4})〕([1-9]\d*)号")
_DUE = re.compile(r"于(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日前")
_ANNEX = re.compile(r"annexes\.\d+")
_SILENT = re.compile(r"(?<!后)(?:仍|尚|均|至今|一直)?未(?:按时|及时|按要求)?(?:反馈|报送整改|上报整改)")
_STILL_OPEN = re.compile(r"未整改|正在整改|尚未反馈|逾期未")


def before_issue(paper: Paper, facts: Facts = NOTHING_KNOWN) -> tuple[Notice, ...]:
    """Everything to look at before a paper is issued, errors first, each in the paper's order."""
    places = tuple(_places(paper))
    found = [
        *_head(paper),
        *_number(paper, facts),
        *_issue(facts),
        *(n for place in places for n in _placeholders(place)),
        *(n for place in places for n in _nameless(place)),
        *_brackets(places),
        *_blank(paper, places),
        *stated(paper, places, facts),
        *_deadlines(paper, places, facts),
        *people(paper, places, facts),
        *_closed(paper, places, facts),
        *_answered(places, facts),
        *_half_masked(paper),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda n: (n.severity != "error",)))


def _places(paper: Paper) -> Iterator[Place]:
    yield Place(TITLE, paper.title)
    yield Place(ADDRESSEES, "、".join(paper.addressees))
    for at, block in enumerate(paper.blocks):
        yield Place(key_of(block) or f"blocks.{at}", _text(block), at, records_of(block))
    for number, annex in enumerate(paper.annexes):
        yield Place(f"annexes.{number}", annex.title)
        for at, block in enumerate(annex.blocks):
            yield Place(key_of(block) or f"annexes.{number}.blocks.{at}", _text(block), -1, records_of(block))


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.heading + block.text
    if isinstance(block, Table):
        return "\n".join(" ".join(row) for row in block.rows)
    assert isinstance(block, Photos)
    return block.caption


def _head(paper: Paper) -> Iterator[Notice]:
    if not paper.title.strip():
        yield Notice("title", "标题是空的，请填写。", TITLE, severity="error")
    if len(break_title(paper.title)) > MOST_TITLE_LINES:
        yield Notice("title_long", f"标题超过{MOST_TITLE_LINES}行，请精简。", TITLE)
    if not paper.blocks:
        yield Notice("empty", "正文是空的。", severity="error")
    if paper.format != "plain" and not paper.addressees:
        yield Notice("addressees", "没有写主送机关。", ADDRESSEES)
    if paper.signature is None or not any(o.strip() for o in paper.signature.organs):
        yield Notice("signature", "没有发文机关署名和成文日期。", SIGNATURE, severity="error")


def _number(paper: Paper, facts: Facts) -> Iterator[Notice]:
    text = paper.header.number.strip()
    if not text:
        if paper.format in NUMBERED:
            yield Notice("number_missing", "没有发文字号，请填写。", NUMBER, severity="error")
        return
    found = _RIGHT_NUMBER.fullmatch(text)
    if not found:
        yield Notice("number_form", f"发文字号“{text}”写法不对，{_meant(text)}", NUMBER, severity="error")
        return
    if paper.signature and int(found[1]) != paper.signature.date.year:
        yield Notice(
            "number_year", f"发文字号是{found[1]}年的，成文日期是{paper.signature.date.year}年，请核对。", NUMBER
        )
    sentence = numbering_sentence(int(found[2]), facts.used) if facts.used or int(found[2]) > 1 else ""
    if sentence:
        yield _out_of_order("number_order", sentence, NUMBER, facts)


def _issue(facts: Facts) -> Iterator[Notice]:
    if facts.issue is None:
        return
    sentence = numbering_sentence(facts.issue, facts.issues_used)
    if sentence:
        yield _out_of_order("issue_order", "期号：" + sentence.replace("号", "期"), TITLE, facts)


def _out_of_order(code: str, sentence: str, key: str, facts: Facts) -> Notice:
    """A number that is not the next one: with a reason it may be passed over."""
    if facts.gap_reason.strip():
        return Notice(code, sentence, key)
    return Notice(code, f"{sentence}确要使用的，请写明原因。", key, severity="error")


def _meant(text: str) -> str:
    try:
        return f"应写作“{document_number(text)}”。"
    except ValueError:
        return "应写作“代字〔2022〕7号”的样子。"


def _placeholders(place: Place) -> Iterator[Notice]:
    for found in dict.fromkeys(_PLACEHOLDER.findall(place.text)):
        yield Notice(
            "placeholder", f"“{_around(place.text, found)}”里的“{found}”还没有填写。", place.key, _first(place),
            "error", place.at,
        )  # fmt: skip


def _nameless(place: Place) -> Iterator[Notice]:
    """某 where a name is due: 某镇, 书记某某; 杨某某 is a masked name."""
    for found in _NAMELESS.finditer(place.text):
        masked = found["before"] in _SURNAMES and found["after"] not in _PLACE_WORDS
        compound = place.text[max(found.start() - 1, 0) : found.start() + 1] in {"欧阳", "司马", "上官", "诸葛", "夏侯"}
        if not masked and not compound and found[0].strip("某"):
            around = _around(place.text, found[0])
            yield Notice("nameless", f"“{around}”里的“某”应写明名称。", place.key, _first(place), "warning", place.at)


def _around(text: str, part: str) -> str:
    at = text.find(part)
    return text[max(at - 8, 0) : at + len(part) + 8].replace("\n", " ")


def _first(place: Place) -> str:
    return place.records[0] if place.records else ""


def _brackets(places: Iterable[Place]) -> Iterator[Notice]:
    for place in places:
        for found in _WRONG_BRACKETS.finditer(place.text):
            right = f"〔{found[1]}〕{int(found[3])}号"
            yield Notice(
                "brackets", f"文号“{found[0]}”应写作“{right}”。", place.key, _first(place), "warning", place.at
            )


def _blank(paper: Paper, places: Iterable[Place]) -> Iterator[Notice]:
    """Paragraphs and titles of attachments that nobody wrote."""
    for place in places:
        if not place.text.strip() and _ANNEX.fullmatch(place.key):
            yield Notice("annex_title", "附件没有标题，请填写。", place.key, severity="error")
        elif not place.text.strip() and place.at >= 0 and isinstance(paper.blocks[place.at], Paragraph):
            yield Notice("blank", "有一段是空的，请填写或删去。", place.key, _first(place), "warning", place.at)


def _deadlines(paper: Paper, places: Iterable[Place], facts: Facts) -> Iterator[Notice]:
    """Deadlines that are past before the document is dated; a reminder is about just these."""
    if paper.signature is None or paper.kind == "reminder":
        return
    dated = paper.signature.date
    places = tuple(places)
    for place in places:
        for year, month, number in _DUE.findall(place.text):
            day = _day(int(year or dated.year), int(month), int(number))
            if day is not None and day < dated:
                sentence = f"期限{day.month}月{day.day}日早于成文日期{dated.month}月{dated.day}日，请核对。"
                yield Notice("deadline", sentence, place.key, _first(place), "error", place.at)
    if paper.kind != "rectification_notice":
        return
    for one in sorted(facts.findings, key=lambda one: one.serial):
        if one.deadline and one.deadline < dated and one.status not in (Status.CLOSED, Status.VERIFYING):
            place = _where(places, one.ref)
            said = f"{one.deadline.month}月{one.deadline.day}日"
            sentence = f"问题{one.serial}的整改时限{said}早于成文日期，请核对或先办延期。"
            yield Notice("deadline", sentence, place.key, one.ref, "warning", place.at)


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _where(places: Iterable[Place], ref: str) -> Place:
    """The place that speaks of a record most closely: its own paragraph, not the lead that is about all of them."""
    holding = (place for place in places if ref in place.records)
    return min(holding, key=lambda place: len(place.records), default=Place("", ""))


def _half_masked(paper: Paper) -> Iterator[Notice]:
    """A person masked in one part of the paper and named in full in another."""
    for name, shown, key, at, where in half_masked(paper):
        sentence = f"“{name}”在别处隐去，写作“{shown}”，{where}里却是全名，公开前请核对。"
        yield Notice("half_masked", sentence, key, "", "warning", at)


def _closed(paper: Paper, places: tuple[Place, ...], facts: Facts) -> Iterator[Notice]:
    """A closed finding listed as open."""
    for one in facts.findings:
        if one.status is not Status.CLOSED:
            continue
        place = _where(places, one.ref)
        alone = len([r for r in place.records if r.startswith("finding:")]) == 1
        if ((kind := BY_KEY.get(paper.kind)) and kind.of_open) or (alone and _STILL_OPEN.search(place.text)):
            sentence = f"问题{one.serial}已销号，不应再列为未整改。"
            yield Notice("closed", sentence, place.key, one.ref, "error", place.at)


def _answered(places: tuple[Place, ...], facts: Facts) -> Iterator[Notice]:
    """未反馈 said of a problem that was answered, or answered and returned."""
    told = {one.ref: one for one in facts.findings if one.answered}
    for place in places:
        if not _SILENT.search(place.text):
            continue
        for ref in place.records:
            if one := told.get(ref):
                sentence = f"问题{one.serial}已经反馈过，不应再写“{_SILENT.findall(place.text)[0]}”，请改写。"
                yield Notice("answered", sentence, place.key, ref, "error", place.at)
