"""How a bulletin says what became of somebody: 受到党内警告处分，免去其……职务; 梁原镇纪委给予其……处分."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from exporters.composing.wording import Days, clause, plain_day
from models.domain.cases.discipline import BARE, Measure, find_measure, print_order
from models.domain.cases.ranking import organs_key
from models.domain.text.said_days import first_day
from models.paper.numbering import chinese_numeral
from models.records import Disposition

_TAKEN = re.compile(
    r"(免去|撤销|解除|取消|扣发|扣减|扣除|停发|延长|暂停|停止|终止|罢免|降低|吊销|注销|收回|追缴|调整(?=职务|岗位))"
)
"""What is taken from somebody: 免去李某副书记职务, 受到……处分，免去其副书记职务."""
_TO_DO = re.compile(r"(责令|责成)")
_MOVED = re.compile(r"(调离|调整|移送|移交|除名)")
_ON = re.compile(r"((?:党纪|政务)?立案|行政拘留|刑事拘留|拘留|逮捕|采取|留置|取保候审|停职|降职|降级|处以|改组)")
_WHOM = re.compile(r"(约谈|集体约谈|辞退|解聘|清退|按程序解聘|劝退)")
_VERBS = (_TAKEN, _TO_DO, _MOVED, _ON, _WHOM)
_PRONOUN = re.compile(r"其|[两二三四五六七八九十]+人")
_ITS = r"\1其"
_COME_WITH = {"处以": re.compile("罚款|行政罚款"), "责令": re.compile("停业|停产")}
_TALK = re.compile(r"谈话|约谈|诫勉|教育|警示|训诫|提醒")
_MANNER = re.compile(r"^(按程序|依法|依规|限期|予以|进行|给予)+")
_PERIOD = r"(?:[一二三四五六七八九十两半\d]+(?:年|个?月|年半|年零\w+|日|天|万?元))"
_SPAN = re.compile(rf"{_PERIOD}+")
_CHECKED = re.compile(r"(责令|责成)?(?:作出|作|做出)?(深刻|书面|深刻书面)?检[查讨]")
"""责令检查, 责成作出书面检查, 书面检查: all said as an order to write one."""
_ORDERED = re.compile("被(?:责令|责成)|被(?=停职检查)")
_ANNOUNCED = re.compile(r"在?全[县区市旗]通报(批评)?")
_ORGANS_OWN = {
    "被停职检查": "责令{who}停职检查",
    "被免职": "免去{who}职务",
    "被降职": "给予{who}降职处理",
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
    return tuple((d.measure, d.detail, d.organ, decided(d), d.publicised_widely, d.instruction) for d in dispositions)


def decided(disposition: Disposition) -> dt.date | str | None:
    """When something was decided, as it is printed: the day, else the time in the clerk's words; None for neither."""
    return disposition.decided_on or clause(disposition.decided_text) or None


def by_day(dispositions: Sequence[Disposition]) -> list[tuple[dt.date | str | None, list[Disposition]]]:
    """The dispositions by time, each one's in printing order; those without a time join the first.

    Times in words stand where the first day they may mean stands; those that name no month come last.
    """
    times = sorted({time for d in dispositions if (time := decided(d))}, key=lambda time: _begins(time, dispositions))
    groups: dict[dt.date | str | None, list[Disposition]] = {time: [] for time in times} or {None: []}
    first = next(iter(groups))
    for one in dispositions:
        groups[decided(one) or first].append(one)
    return [(time, sorted(group, key=_order)) for time, group in groups.items()]


def _begins(time: dt.date | str, dispositions: Sequence[Disposition]) -> dt.date:
    """The day a time is put in order by; words without a year are of the year of the days beside them."""
    if isinstance(time, dt.date):
        return time
    years = [d.decided_on.year for d in dispositions if d.decided_on]
    return first_day(time, None, min(years, default=dt.date.max.year)) or dt.date.max


def _order(disposition: Disposition) -> tuple[object, ...]:
    """县 before 镇, 党组织 before others; of one organ 党纪 before 政务 before what the clerk wrote next."""
    rank = organs_key([disposition.organ]) if disposition.organ else (-1, -1)
    return *rank, print_order(_measure(disposition.measure))


def predicate(wording: Wording, subject: str, group: Sequence[Disposition], names: Sequence[str] = ()) -> str:
    """One day's dispositions of one subject, without the day.

    Args:
        wording: what the sentences of one case share.
        subject: who is dealt with; empty where named already, so that the text goes on with 受到….
        group: the dispositions.
        names: the bare names of the subject's persons, which 具体内容 need not say again; several are 均.
    """
    pronoun = "其" if len(names) < 2 else f"{chinese_numeral(len(names))}人"
    every = "均" if len(names) > 1 else ""
    titled = subject not in ("", "、".join(names))
    texts: list[str] = []
    for organ, run in groupby(group, key=lambda d: d.organ):
        said = _phrases(run, names, wording.county)
        who = subject if not texts else ""
        cause, act = _cause(said[0])
        if not organ:
            texts.append(f"{who}{every}{_suffered(said)}")
        elif cause or (titled and who and _TAKEN.match(act)):
            texts.append(f"{who}{every}{cause}被{organ}{_suffered([act, *said[1:]])}")
        else:
            texts.append(f"{organ}{_imposed(said, who.removeprefix(organ) or pronoun, pronoun)}")
    return "，".join(texts)


def _cause(phrase: str) -> tuple[str, str]:
    """因涉嫌危险驾驶罪 and 移送司法机关; most have none."""
    cause, _, act = phrase.rpartition("被")
    return (cause, act) if phrase.startswith(("因", "被")) else ("", phrase)


def _phrases(dispositions: Iterable[Disposition], names: Sequence[str], county: str) -> list[str]:
    """Each measure as it is suffered, 受到党内警告处分 or 被免去副书记职务; what was made known joins it with 并."""
    found: list[str] = []
    for one in dispositions:
        if found and _ANNOUNCED.fullmatch(one.measure):
            found[-1] += f"并{one.measure}"
            continue
        found += _said(one, _unnamed(clause(one.detail), names))
        if one.publicised_widely and found[-1].endswith("通报批评"):
            found[-1] = f"{found[-1].removesuffix('通报批评')}全{county}通报批评"
        elif one.publicised_widely:
            found[-1] += f"并全{county}通报"
    return found


def told(text: str, name: str, disposition: Disposition) -> bool:
    """Whether a text of the clerk's says already that somebody was given this, on this day where it has one."""
    cores = [_bare(phrase) for phrase in _measures(disposition)]
    time = decided(disposition)
    day = plain_day(time) if isinstance(time, dt.date) else time or ""
    sentences = re.split("[。；]", text)
    return any(name in one and day in one and all(core in one for core in cores) for one in sentences)


def _measures(disposition: Disposition) -> list[str]:
    """The measure as it is suffered; of several written into one cell each."""
    parts = re.split("[、，；+]", disposition.measure)
    known = all(find_measure(part.removesuffix("处分")) or _is_act(part) for part in parts)
    return [_named(_measure(part), part) for part in (parts if known else [disposition.measure])]


def _said(disposition: Disposition, detail: str) -> list[str]:
    """The measure with its particulars; particulars that tell of something else are a phrase of their own."""
    *before, text = _measures(disposition)
    found = [*before, *_detailed(disposition.measure, text, detail)]
    word = disposition.instruction
    return [_ORDERED.sub(f"被{word}", one, count=1) for one in found] if word else found


def _detailed(measure: str, text: str, detail: str) -> list[str]:
    core = _bare(text)
    if not detail or detail in text:
        return [text]
    if _SPAN.fullmatch(detail):
        return [f"{text.removesuffix('处分')}{detail}处分" if text.endswith("处分") else f"{text}{detail}"]
    if found := re.fullmatch(r"因?(涉嫌\w+?)(?:[，被已]|依法)*(移[送交].+)?", detail):
        because = "" if found[1].endswith(("线索", "问题")) else "因"
        return [f"{because}{found[1]}{'被' + found[2] if found[2] else text}"]
    if measure in detail or core in detail or detail.startswith("给予"):
        return [_passive(detail)]
    if not _is_act(detail):
        return [f"{text}（{detail}）"]
    act = _passive(re.sub(r"^(被?\w{2,4}?)其", r"\1", detail))
    return [act] if _MANNER.sub("", _bare(act))[:1] in measure else [text, act]


def _named(measure: Measure, name: str) -> str:
    """The catalogue's wording for its own names; one the clerk put otherwise is said as he put it."""
    if name.removesuffix("处分") in BARE:
        return f"受到{name.removesuffix('处分')}处分"
    if found := _CHECKED.fullmatch(name):
        return f"被{found[1] or '责令'}作出{found[2] or ''}检查"
    if name in (measure.name, f"{measure.name}处分") and measure.wording:
        return measure.wording
    if measure.wording and _SPAN.fullmatch(name.removeprefix(measure.name)):
        return measure.wording.replace(measure.name, name)
    if measure.wording and (measure.name.endswith(name) or (measure.wording.endswith("处分") and "处分" not in name)):
        return measure.wording if measure.name.endswith(name) else f"受到{name}处分"
    return _passive(name)


def _passive(text: str) -> str:
    """What somebody suffers: 被免去……, 被辞退, 被处以罚款……, 受到……."""
    if text.startswith(("被", "受到", "引咎")):
        return text
    if found := next((before for before, of in _COME_WITH.items() if of.match(text)), ""):
        return f"被{found}{text}"
    return f"被{text}" if _is_act(text) or _ANNOUNCED.match(text) else f"受到{text.removeprefix('给予')}"


def _is_act(text: str) -> bool:
    plain = _MANNER.sub("", text)
    return text.startswith(("被", "受到")) or any(verb.match(plain) for verb in _VERBS)


def _bare(text: str) -> str:
    return re.sub(r"^(被|受到)", "", text).removesuffix("处分")


def _suffered(phrases: Sequence[str]) -> str:
    """受到党内警告、政务记过处分，免去其副书记职务，并被调离岗位."""
    found: list[str] = []
    for last, phrase in pairwise(("", *phrases)):
        act = phrase.removeprefix("被")
        if last.startswith("受到") and phrase.startswith("受到") and _alike(last, phrase):
            found[-1] = f"{found[-1].removesuffix('处分')}、{phrase.removeprefix('受到')}"
        elif found and phrase.startswith("涉嫌"):
            found.append(f"其{phrase}")
        elif found and act != phrase and _TAKEN.match(act):
            found.append(act if "其" in act else _TAKEN.sub(_ITS, act, count=1))
        else:
            found.append(phrase)
    return _in_turn(found, bool(_TAKEN.match(found[-1])) or found[-1].startswith("其"))


def _imposed(phrases: Sequence[str], who: str, pronoun: str) -> str:
    """给予张某党内警告、政务记过处分，并责令其作出书面检查; the organ stands before it."""
    found = [_by_organ(phrases[0], who)]
    for last, phrase in pairwise(phrases):
        said = _by_organ(phrase, pronoun)
        if found[-1].startswith("给予") and said.startswith("给予") and _alike(last, phrase):
            found[-1] = f"{found[-1].removesuffix('处分')}、{said.removeprefix('给予' + pronoun)}"
        else:
            found.append(said)
    return _in_turn(found)


def _in_turn(clauses: Sequence[str], closed: bool = False) -> str:
    """甲，乙，并丙; without 并 where the last is ``closed`` or has one of its own."""
    *before, last = clauses
    return "，".join([*before, last if closed or not before or "并" in last else f"并{last}"])


def _alike(last: str, phrase: str) -> bool:
    """Whether two may share one verb: both a 处分 or neither, and nothing said behind the first."""
    return last.endswith("处分") == phrase.endswith("处分") and not re.search(r"并|（", last)


def _by_organ(phrase: str, who: str) -> str:
    """A phrase from the side of the organ: 免去李某副书记职务, 对其进行诫勉谈话, 将其移送司法机关."""
    if phrase in _ORGANS_OWN:
        return _ORGANS_OWN[phrase].format(who=who)
    if phrase.startswith("受到"):
        return _said_to(phrase.removeprefix("受到"), who)
    if phrase.startswith("涉嫌"):
        return f"将{who}{phrase.replace('被', '', 1)}"
    cause, act = _cause(phrase)
    return cause.replace("因", f"因{who}", 1) + _done(act, who)


def _said_to(text: str, who: str) -> str:
    if re.search(r"处分|处理$|处罚$", text):
        return f"给予{who}{text}"
    return f"对{who}{'进行' if _TALK.search(text) else '予以'}{text}"


def _done(act: str, who: str) -> str:
    """What an organ did, with whom it did it to."""
    manner = _MANNER.match(act)
    plain = act[manner.end() :] if manner else act
    before = re.sub("予以|进行|给予", "", manner[0]) if manner else ""
    if "其" in plain:
        return before + plain.replace("其", who, 1)
    if found := (_TAKEN.match(plain) or _TO_DO.match(plain)):
        return f"{before}{found[0]}{who}{plain[found.end() :]}"
    if _MOVED.match(plain):
        return f"{before}将{who}{plain}"
    if _WHOM.fullmatch(plain):
        by_name = f"对{who}进行{plain}" if "谈" in plain else f"将{who}{plain}"
        return before + (by_name if _PRONOUN.fullmatch(who) else f"{plain}{who}")
    return f"{before}对{who}{'' if _ON.match(plain) else '予以'}{plain}"


def _unnamed(detail: str, names: Sequence[str]) -> str:
    """免去李某村党支部书记职务 without the name of whom it is said: the sentence puts it there itself."""
    for name in filter(None, names):
        detail = re.sub(
            rf"((?:{'|'.join(verb.pattern for verb in _VERBS)})|^)(了|对)?{re.escape(name)}(同志)?的?", r"\1", detail
        )
    return detail


def _measure(name: str) -> Measure:
    return find_measure(name) or Measure(name, "")
