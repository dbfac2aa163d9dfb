"""How a bulletin says what became of somebody: 受到党内警告处分，免去其……职务; 梁原镇纪委给予其……处分."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporters.documents.writing import Days, clause
from models.paper.numbering import chinese_numeral
from models.records import Disposition
from models.rules.discipline import Measure, find_measure, print_order
from models.rules.ranking import organ_rank

_ACTION = re.compile(r"(免去|撤销|解除|取消|调离|调整|扣发|暂停|停止|责令|责成|移送|终止|罢免|降低)")
_MANNER = re.compile(r"(按程序|依法|依规|予以|进行|作出)")
_SPAN = re.compile(r"^[一二两三半十\d]+(年|个月|年半|年零.+)$")
_ANNOUNCED = re.compile(r"在?全[县区市旗]通报(批评)?")
_SUFFERED = re.compile(r"责令|责成|免去|解除|移送|移交|调整|撤销|给予|全[县区市旗]通报")
_TALK = re.compile(r"谈话|批评|教育|警示")
_BY_ORGAN = {
    "被约谈": "约谈{who}",
    "被停职检查": "责令{who}停职检查",
    "被调离岗位": "将{who}调离岗位",
    "被免职": "免去{who}职务",
    "被降职": "给予{who}降职处理",
    "被按程序解聘": "按程序解聘{who}",
    "被移送司法机关": "将{who}移送司法机关",
    "被改组": "对{who}予以改组",
    "引咎辞职": "同意{who}引咎辞职",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What the sentences of one case share: the dates already named and the word after 全."""

    days: Days
    county: str = "县"


def signature(dispositions: Iterable[Disposition]) -> tuple[tuple[object, ...], ...]:
    """What makes two parties' dispositions the same, so that 均 may join them."""
    return tuple((d.measure, d.detail, d.organ, d.decided_on, d.publicised_widely) for d in dispositions)


def by_day(dispositions: Sequence[Disposition]) -> list[tuple[dt.date | None, list[Disposition]]]:
    """The dispositions by day, each day's in printing order; those without a day join the first."""
    days = sorted({d.decided_on for d in dispositions if d.decided_on})
    groups: dict[dt.date | None, list[Disposition]] = {day: [] for day in days} or {None: []}
    first = next(iter(groups))
    for one in dispositions:
        groups[one.decided_on or first].append(one)
    return [(day, sorted(group, key=_order)) for day, group in groups.items()]


def _order(disposition: Disposition) -> tuple[object, ...]:
    measure = _measure(disposition)
    return organ_rank(disposition.organ) if disposition.organ else -1, print_order(measure)


def predicate(wording: Wording, subject: str, group: Sequence[Disposition], names: Sequence[str] = ()) -> str:
    """One day's dispositions of one subject, without the day.

    Args:
        wording: what the sentences of one case share.
        subject: who is dealt with; empty where named already, so that the text goes on with 受到….
        group: the dispositions.
        names: the bare names of the subject's persons, which 具体内容 need not say again; several are 均.
    """
    texts: list[str] = []
    organ = ""
    pronoun = "其" if len(names) < 2 else f"{chinese_numeral(len(names))}人"
    for disposition in group:
        who = subject if not texts else pronoun
        detail = _unnamed(clause(disposition.detail), names)
        if texts and _ANNOUNCED.fullmatch(disposition.measure):
            texts[-1] += f"并{disposition.measure}"
            continue
        if disposition.organ:
            new = disposition.organ if disposition.organ != organ else "并"
            text = f"{new}{_by_organ(disposition, detail, who or pronoun)}"
        else:
            text = _passive(disposition, detail, bool(texts))
            if not texts:
                text = f"{subject}{'均' if len(names) > 1 else ''}{text}"
        organ = disposition.organ
        texts.append(text + (f"并全{wording.county}通报" if disposition.publicised_widely else ""))
    return _merged("，".join(texts))


def _unnamed(detail: str, names: Sequence[str]) -> str:
    """免去李某村党支部书记职务 without the name of whom it is said: the sentence puts it there itself."""
    for name in filter(None, names):
        detail = re.sub(rf"({_ACTION.pattern}|^)(了|对)?{re.escape(name)}(同志)?的?", r"\1", detail)
    return detail


def _merged(text: str) -> str:
    """受到党内警告处分，受到政务记过处分 → 受到党内警告、政务记过处分."""
    return re.sub(r"受到([^，。]+?)处分，受到(?=[^，。]+?处分)", r"受到\1、", text)


def _measure(disposition: Disposition) -> Measure:
    return find_measure(disposition.measure) or Measure(disposition.measure, "")


def _wording(disposition: Disposition, detail: str) -> str:
    """受到党内警告处分, 被责令作出书面检查; measures of the office's own as they are named."""
    return _detailed(_named(_measure(disposition), disposition.measure), detail)


def _named(measure: Measure, name: str) -> str:
    """The catalogue's wording for its own names; one the clerk put otherwise is said as he put it."""
    if measure.wording and _SPAN.match(name.removeprefix(measure.name)):
        return measure.wording.replace(measure.name, name)
    if name != measure.name or not measure.wording:
        if _SUFFERED.match(name) or _ACTION.match(name):
            return f"被{name}"
        if name.endswith("处分") or not measure.wording:
            return f"受到{name}"
    return measure.wording


def _detailed(text: str, detail: str) -> str:
    if not detail or _is_action(detail) or detail in text:
        return text
    if _SPAN.match(detail):
        return f"{text.removesuffix('处分')}{detail}处分" if text.endswith("处分") else f"{text}{detail}"
    return f"{text}（{detail}）"


def _is_action(detail: str) -> bool:
    return bool(_ACTION.match(detail) or _MANNER.match(detail) or detail.startswith(("被", "受到")))


def _passive(disposition: Disposition, detail: str, later: bool) -> str:
    text = _wording(disposition, detail)
    if not _is_action(detail):
        return f"并{text}" if later and not text.startswith("受到") else text
    act = _act(detail, later)
    return f"{text}，{_act(detail, True)}" if text.endswith("处分") else act


def _act(detail: str, later: bool) -> str:
    """免去其副书记职务 as it follows a sentence, 被免去副书记职务 as it begins one."""
    if detail.startswith(("被", "受到")):
        return f"并{detail}" if later else detail
    if later:
        return detail if "其" in detail or not _ACTION.match(detail) else _ACTION.sub(r"\1其", detail, count=1)
    return "被" + re.sub(r"^(\w{2,4}?)其", r"\1", detail)


def _by_organ(disposition: Disposition, detail: str, who: str) -> str:
    text = _wording(disposition, detail)
    punished = text.endswith("处分")
    said = f"给予{who}{text.removeprefix('受到')}" if punished else _ordered(text, who)
    if not _is_action(detail):
        return said
    return f"{said}，{_act(detail, True)}" if punished else _done(detail, who)


def _done(detail: str, who: str) -> str:
    """What an organ did, with whom it did it to: 免去李某村党支部书记职务."""
    text = re.sub(r"^(被|受到)", "", detail)
    if "其" in text:
        return text.replace("其", who, 1)
    if _ACTION.match(text):
        return _ACTION.sub(rf"\1{who}", text, count=1)
    return f"对{who}{text}"


def _ordered(text: str, who: str) -> str:
    if text in _BY_ORGAN:
        return _BY_ORGAN[text].format(who=who)
    if found := re.match(r"被(责令|责成)", text):
        return f"{found[1]}{who}{text[3:]}"
    plain = re.sub(r"^(受到|被)", "", text)
    return f"对{who}{'进行' if _TALK.search(plain) else '予以'}{plain}"
