"""Measures as a text itself tells them: by an organ that may not, of a village cadre, or without saying whose 处分.

For papers of others and for what a clerk wrote by hand; what was composed is held against its records
(`models.queries.selection.measures`). Sources: 公职人员政务处分法 2, 3, 22; 公务员法 61; 监察法 52.
"""

import re
from collections.abc import Iterator

from models.domain.cases.authority import EMPLOYER, VILLAGE_CADRE, doubts, organ_kinds, which
from models.domain.cases.discipline import BARE, PARTY_GROUP, STATE_GROUP, Measure, find_measure, measures
from models.paper.checks.notices import Notice, Place, Subject
from models.paper.checks.texts import plain

_GIVEN = re.compile(r"(?P<organ>[^，。；：、\s]{2,40}?)(?:决定)?(?:给予|作出)(?P<what>[^。；]{2,60}?处分)")
_DAY = re.compile(r"^(?:\d+年)?(?:\d+月(?:\d+日)?)?(?:同日)?")
_VILLAGE = re.compile(
    r"(?:村|社区)(?:党(?:总?支部|委)|村?委会|居委会|两委)?(?:副?书记|副?主任|委员)[^。；，]{1,40}?"
    r"(?P<what>政务(?:降级|撤职|开除))处分"
)
_BARE = re.compile(
    r"(?P<before>[^，。；、\s]{0,30})(?:(?:受到|被给予)[^，。；]{0,20}?|给予[^，。；、的]{1,20}?)"
    rf"(?<!政务)(?<!行政)(?<!机关)(?<!党内)(?<!严重)(?P<what>{'|'.join(BARE)})处分(?!的|以上|以下)"
)
"""Of somebody: 依规给予警告处分 and 受到记过处分的，不得评优 tell a rule, not a decision."""


def told(subject: Subject) -> Iterator[Notice]:
    """Who gave it, whom, and whose it is."""
    for place in subject.written():
        text = plain(place.text)
        yield from _by_wrong_organs(place, text)
        for name in dict.fromkeys(one["what"] for one in _VILLAGE.finditer(text)):
            for problem in doubts(name, find_measure(name), (VILLAGE_CADRE,)):
                yield Notice("told_person", problem.sentence, place.key, place.record, "warning", place.at)
        for one in _BARE.finditer(text):
            yield from _unclear(place, one)


def _by_wrong_organs(place: Place, text: str) -> Iterator[Notice]:
    for one in _GIVEN.finditer(text):
        organ = _organ(one["organ"])
        for measure in _measures(one["what"]) if organ else ():
            for problem in doubts(measure.name, measure, (), organ=organ):
                sentence = f"“{organ}”给予“{measure.name}”处分：{problem.sentence}"
                yield Notice("told_organ", sentence, place.key, place.record, "warning", place.at)


def _organ(text: str) -> str:
    """Who stands before 给予: 县监委 of 3月1日县监委对张某, nobody of 对县卫健局张某."""
    return re.split("[对将因依]", re.split("[被由经]", _DAY.sub("", text))[-1])[0].strip()


def _measures(text: str) -> list[Measure]:
    """党内警告 and 政务记过 of 张三党内警告、政务记过处分."""
    return [one for one in measures() if one.group in (PARTY_GROUP, STATE_GROUP) and one.name in text]


def _unclear(place: Place, found: re.Match[str]) -> Iterator[Notice]:
    """A bare 记过, unless an employer gave it: then it is the employer's own."""
    organ = _organ(found["before"]) if "给予" in found[0] else ""
    if EMPLOYER not in organ_kinds(organ):
        for problem in which(found["what"], frozenset(), organ):
            yield Notice("told_unclear", problem.sentence, place.key, place.record, "warning", place.at)
