"""Names of persons and units that are one character off a name the paper or the office has."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from models.domain.text import pinyin
from models.paper.checks.notices import Mend, Notice, Place, Subject
from models.paper.checks.placeholders import SURNAMES
from models.paper.checks.texts import plain

_POSTS = (
    "书记|镇长|乡长|县长|区长|市长|局长|主任|科长|股长|站长|所长|院长|校长|园长|组长|队长|部长|处长|司长|经理|董事长|支书|会计|委员|"
    "常委|主席|专员|民警|医生|护士|教师|科员|干事|办事员|文书|店主|业主|负责人|联络员|网格员|村医|职工|党员|干部|司机|保安|厨师|村民|点位长"
)
_AFTER = r"(?=[，。、；：（）()\s“”《任在对未因将被等同和与及于是的作系受给擅检存履分主参]|$|到|脱|离|私|违|擅|负|兼)"
_PERSON = re.compile(
    rf"(?P<post>[一-鿿]{{0,8}}(?:{_POSTS}))(?P<name>[{''.join(sorted(SURNAMES))}][一-鿿]{{1,2}}?){_AFTER}"
)
_COMRADE = re.compile(rf"(?P<post>)(?P<name>[{''.join(sorted(SURNAMES))}][一-鿿]{{1,2}})(?=同志)")
_GIVEN = re.compile(
    rf"(?:给予|责令|责成|免去|解聘|对)(?P<name>[{''.join(sorted(SURNAMES))}][一-鿿]{{1,2}}?)"
    r"(?=党内|政务|进行|作出|予以|诫勉|警告|记过|降级|撤职|开除|通报批评|批评教育)"
)
"""Who was given a measure: named without the post he was told with."""
_PLACE = re.compile(r"([一-鿿]{2})(镇|乡|街道|村|社区|县|局)(?![一-鿿]{0,2}[长])")
_NO_STEM: Final = frozenset(
    "各该全本我某每乡镇村两其他一二三四五六七八九十这那个多等和与及的为对在到从由县区市是有并将所属向按"
)
_PAIRED: Final = (
    frozenset("东西南北中上下前后左右大小新老旧甲乙丙丁戊里外内高低长短一二三四五六七八九十"),
    frozenset("省市州县区旗乡镇村"),
    frozenset("党纪政监组宣统人协法检"),
)
"""Characters that tell neighbours apart: 东岭村 and 西岭村 are two villages, 镇党委 and 镇纪委 two organs."""
_LONG: Final = 6
_MANY: Final = 2
_COUNTED: Final = 300
"""Names that are counted in the whole text; more are counted where they stand beside a post."""
_BEFORE: Final = frozenset("对在由和与及到赴的是为向从县区市给将把被让请乡镇督查导组往")
"""Characters after which a place's name begins."""


def persons(subject: Subject) -> Iterator[Notice]:
    """周立鑫 where the paper says 周立新 elsewhere, or the office knows a 周立新 and no 周立鑫."""
    found = [(place, one) for place in subject.written() for one in _persons(place.text)]
    whole = "\n".join(place.text for place in subject.places)
    names = dict.fromkeys(name for _place, (_post, name) in found)
    parties = {one.name for one in subject.facts.people}
    posts: dict[str, set[str]] = {}
    for _place, (post, name) in found:
        posts.setdefault(name, set()).add(post)
    said = Counter(name for _place, (_post, name) in found)
    times = {name: whole.count(name) for name in names} if len(names) <= _COUNTED else dict(said)
    told: set[str] = set()
    near = _neighbours(names)
    slips = {name: r for name in names if (r := next((o for o in near[name] if _slips(name, o, times, posts)), ""))}
    if len(slips) > _MANY:  # names that share a character of their generation
        slips = {name: right for name, right in slips.items() if pinyin.index(name) == pinyin.index(right)}
    for place, (_post, name) in found:
        right = "" if name in subject.facts.names else slips.get(name, "") or _known(name, subject.facts.names)
        if right and name not in told and name not in parties:
            told.add(name)
            sentence = f"“{name}”与“{right}”只差一个字，请核对姓名是否写错。"
            yield _near(place, "name_near", sentence, Mend(name, right))
    yield from _given(subject, set(names), told)


def _given(subject: Subject, names: set[str], told: set[str]) -> Iterator[Notice]:
    """书记周立鑫未到岗……给予周立新警告处分: who is told with his post and who was given a measure are one."""
    for place in subject.written():
        here = {name for _post, name in _persons(place.text)}
        given = {found["name"] for found in _GIVEN.finditer(place.text) if "某" not in found["name"]}
        for name in sorted(given - names - told):
            right = next((o for o in sorted(here - given - told) if o[0] == name[0] and one_off(name, o)), "")
            if right:
                sentence = f"“{name}”与“{right}”只差一个字，请核对姓名是否写错。"
                yield _near(place, "name_near", sentence, Mend(name, right))


def _neighbours(names: Iterable[str]) -> dict[str, list[str]]:
    """For each name those that differ in one character; a long list of names is gone through once."""
    shapes: dict[tuple[int, str], list[str]] = {}
    names = list(names)
    for name in names:
        for at in range(len(name)):
            shapes.setdefault((at, name[:at] + "*" + name[at + 1 :]), []).append(name)
    found: dict[str, list[str]] = {name: [] for name in names}
    for alike in shapes.values():
        for name in alike:
            found[name] += [other for other in alike if other != name]
    return found


def _persons(text: str) -> Iterator[tuple[str, str]]:
    for pattern in (_PERSON, _COMRADE):
        for found in pattern.finditer(text):
            if "某" not in found["name"]:
                yield found["post"], found["name"]


def _slips(name: str, other: str, times: dict[str, int], posts: dict[str, set[str]]) -> bool:
    """Whether a name looks like a slip of another: rarer, or of the very same post."""
    if name == other or not one_off(name, other):
        return False
    if len(name) > 2 and times[name] == 1 < times[other]:
        return True
    same = {post[-4:] for post in posts[name] if len(post) > 3} & {post[-4:] for post in posts[other]}
    return bool(same) and times[name] <= times[other] and (len(name) > 2 or name[0] == other[0])


def _known(name: str, known: frozenset[str]) -> str:
    if len(name) < 3 or name in known:
        return ""
    return next((one for one in sorted(known) if len(one) == len(name) and one_off(name, one)), "")


def one_off(one: str, other: str) -> bool:
    """Whether two words of one length differ in just one character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def units(subject: Subject) -> Iterator[Notice]:
    """柳合镇 beside 柳河镇; an organ's name with one character changed."""
    texts = [(place, plain(place.text)) for place in subject.written() if not place.annexed]
    seen: set[tuple[str, str]] = set()
    for place, wrong, right in (*_places(texts, subject.facts.organs), *_organs(subject)):
        if (place.key, wrong) not in seen:
            seen.add((place.key, wrong))
            sentence = f"“{wrong}”与“{right}”只差一个字，请核对单位名称是否写错。"
            yield _near(place, "unit_near", sentence, Mend(wrong, right))


def _places(texts: Iterable[tuple[Place, str]], organs: frozenset[str]) -> Iterator[tuple[Place, str, str]]:
    """Short names of places that stand once, beside one that stands more often or is known."""
    found = []
    ahead: dict[str, set[str]] = {}
    for place, text in texts:
        for one in _PLACE.finditer(text):
            if not _NO_STEM & set(one[1]):
                found.append((place, one[0]))
                before = text[one.start() - 1 : one.start()]
                ahead.setdefault(one[0], set()).add(before if _is_han(before) and before not in _BEFORE else "")
    times = Counter(name for _place, name in found)
    known = {one for one in organs if len(one) <= 4}
    near = _neighbours({*known, *times})
    for place, name in found:
        if name in known or times[name] > 1 or any(name in organ for organ in organs):
            continue
        others = (o for o in near[name] if o in known or times[o] > 1)
        alike = (o for o in others if not _told_apart(name, o) and ahead[name] & ahead.get(o, {"", *ahead[name]}))
        right = next(alike, "")
        if right:
            yield place, name, right


def _told_apart(one: str, other: str) -> bool:
    return any(a != b and {a, b} <= group for a, b in zip(one, other, strict=True) for group in _PAIRED)


def _organs(subject: Subject) -> Iterator[tuple[Place, str, str]]:
    """Long names of the paper's own organs, and of those the office knows, with one character changed."""
    paper = subject.paper
    own = [*paper.header.organs, *paper.addressees, *(paper.signature.organs if paper.signature else ())]
    names = {one.removesuffix("文件") for one in (*own[:_COUNTED], *subject.facts.organs) if len(one) >= _LONG}
    places = list(subject.written())
    starts, whole = [0], ""
    whole = "\n".join(place.text for place in places)
    for place in places:
        starts.append(starts[-1] + len(place.text) + 1)
    for name in names:
        for at in _windows(whole, name):
            window = whole[at : at + len(name)]
            inside = window[0] == name[0] and window[-1] == name[-1]
            if (
                inside
                and window not in names
                and one_off(window, name)
                and not _told_apart(window, name)
                and _is_han(window)
            ):
                yield places[bisect_right(starts, at) - 1], window, name


def _windows(whole: str, name: str) -> Iterator[int]:
    """Where a text has half of a name, so that the other half may be the name's but for one character."""
    middle = len(name) // 2
    for half, shift in ((name[:middle], 0), (name[middle:], middle)):
        at = whole.find(half)
        while at >= 0:
            if at >= shift:
                yield at - shift
            at = whole.find(half, at + 1)


def _is_han(text: str) -> bool:
    return bool(text) and all("\u3400" <= char <= "\u9fff" for char in text)


def _near(place: Place, code: str, sentence: str, mend: Mend) -> Notice:
    return Notice(code, sentence, place.key, place.record, "warning", place.at, mend=mend)


_RANKED = re.compile(
    r"(副?(?:书记|镇长|乡长|县长|区长|局长|主任|科长|股长|站长|所长|院长|校长|部长|处长|支书))$|(委员|会计|科员|干事|专员)$"
)


def posts(subject: Subject) -> Iterator[Notice]:
    """镇长周立新 here and 副镇长周立新 there: one post twice, as chief and as deputy."""
    held: dict[str, dict[str, Place]] = {}
    for place in subject.places:
        for post, name in _persons(place.text):
            if found := _RANKED.search(post):
                held.setdefault(name, {}).setdefault(found[0], place)
    for name, told in held.items():
        for post in told:
            if f"副{post}" in told and len(name) > 1:
                place = told[f"副{post}"]
                sentence = f"“{name}”一处写“{post}”，一处写“副{post}”，请核对职务。"
                yield Notice("post_differs", sentence, place.key, place.record, "warning", place.at)
