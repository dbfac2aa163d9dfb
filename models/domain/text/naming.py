"""Names: of files as an office names them, and of people where they are masked."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import count

_BARRED = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
_MOST_BYTES = 200
_STEMS = "甲乙丙丁戊己庚辛壬癸"

_COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|"
    "太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|巫马|公西|颛孙|壤驷|公良|"
    "漆雕|乐正|宰父|谷梁|拓跋|夹谷|轩辕|令狐|段干|百里|呼延|东郭|南门|羊舌|微生|梁丘|左丘|西门|南荣|第五"
)


def file_name(title: str, *, number: str = "", suffix: str = "docx") -> str:
    """A file name such as 〔2022〕7号 关于……的通报.docx, allowed on Windows and Linux.

    Args:
        title: the document's title; line breaks vanish.
        number: 发文字号, whose code is left out as offices do.
        suffix: without the dot.
    """
    year_on = number[number.find("〔") :] if "〔" in number else number
    one_line = re.sub(r"[\r\n\t]+", "", title)
    return f"{safe_stem(f'{year_on} {one_line}', len(suffix) + 1)}.{suffix}"


def safe_stem(text: str, reserve: int = 0) -> str:
    """The text as a file name without ending: barred characters full-width, at most 200 bytes in UTF-8.

    Args:
        text: any text.
        reserve: bytes to keep free for the ending.
    """
    plain = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", text).translate(_BARRED)
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    cut = plain.encode()[: _MOST_BYTES - reserve].decode(errors="ignore").rstrip(" .")
    return f"_{cut}" if _RESERVED.fullmatch(cut) else cut or "未命名"


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the first of 名 (2).docx, 名 (3).docx … that is not taken; case does not tell files apart."""
    held = {one.casefold() for one in taken}
    if name.casefold() not in held:
        return name
    stem, dot, suffix = name.rpartition(".")
    base, ending = (stem, dot + suffix) if dot else (name, "")
    return next(one for n in count(2) if (one := f"{base} ({n}){ending}").casefold() not in held)


def surname(name: str) -> str:
    """The surname of a Chinese name, two characters where it is a compound one."""
    return name[:2] if len(name) > 2 and _COMPOUND.match(name) else name[:1]


def mask_name(name: str) -> str:
    """杨振华 → 杨某某, 杨华 → 杨某, 欧阳振华 → 欧阳某某; 阿不都·热合曼 → 阿某某.

    A name already masked stays; what is no Chinese name becomes 某某.
    """
    plain = re.sub(r"\s", "", name)
    if "某" in plain or not plain:
        return plain
    if not "\u3400" <= plain[0] <= "\u9fff":
        return "某某"
    family = surname(plain)
    return family + "某" * min(max(len(plain) - len(family), 1), 2)


def mask_names(names: Iterable[str]) -> dict[str, str]:
    """Masks for all people of one document; where two would read alike, their surname goes by 杨某甲, 杨某乙."""
    masks = {name: mask_name(name) for name in names}
    families: dict[str, list[str]] = {}
    for name, mask in masks.items():
        families.setdefault(mask.split("某")[0], []).append(name)
    for family, group in families.items():
        if len({masks[name] for name in group}) < len(group):
            masks |= {name: f"{family}某{_letter(place)}" for place, name in enumerate(group)}
    return masks


def masked_text(text: str, masks: Mapping[str, str], *, spaced: bool = False) -> str:
    """The text with every name in ``masks`` replaced, the longest first, in one pass.

    ``spaced`` also finds a name that is set apart by spaces, as tables have it: 张　伟.
    """
    within = set(text)
    names = sorted((name for name in masks if name and within.issuperset(name)), key=len, reverse=True)
    if not names:
        return text
    between = r"[ \u3000]*" if spaced else ""
    pattern = "|".join(f"({between.join(map(re.escape, name))})" for name in names)
    return re.sub(pattern, lambda found: masks[names[(found.lastindex or 1) - 1]], text)


def unmasked(text: str, names: Iterable[str]) -> str:
    """The text with 周某 or 周某某 written out as the one of ``names`` it can mean; left where it could be two."""
    families: dict[str, set[str]] = {}
    for name in filter(None, names):
        families.setdefault(f"{surname(name)}某", set()).add(name)
    meant = {mask: name for mask, (name, *more) in families.items() if not more and name not in text}
    if not meant:
        return text
    masks = "|".join(map(re.escape, meant))
    return re.sub(rf"({masks})[某{_STEMS}]?", lambda found: meant[found[1]], text)


def _letter(place: int) -> str:
    return _STEMS[place] if place < len(_STEMS) else str(place + 1)
