"""A phrase filled in: what is not known, or is 0, is left out with the words around it."""

import re
from collections.abc import Mapping

from exporters.composing.wording import tidy
from models.domain.dictionaries import fill, keyed

_UNKNOWN = (
    (("contact", "phone"), re.compile(r"联系人：\{contact\}(；电话：\{phone\})?。?|[；，]?电话：\{phone\}。?"), ""),
    (("methods",), re.compile(r"采取\{methods\}等方式[，,]"), ""),
    (("deadline",), re.compile(r"于\{deadline\}前"), "及时"),
    (("source_paper",), re.compile(r"(按照|根据|收到)\{source_paper\}(要求|后)?[，,]?"), ""),
    (("office",), re.compile(r"将整改情况书面报\{office\}(?=。)"), "书面报告整改情况"),
    (("office",), re.compile(r"(按照|根据)\{office\}(交办)?要求[，,]?|报(送)?\{office\}(?=。)|\{office\}(?=交办)"), ""),
)  # fmt: skip
"""What a phrase says of somebody or something that nobody knows, and what stands there instead."""
_NONE = (
    ("problem_count", re.compile(r"(?<=，)共?发现问题\{problem_count\}个(，已(完成|解决|整改)\{solved_count\}个)?")),
    ("problem_site_count", re.compile(r"(存在问题的点位|有问题的点位)\{problem_site_count\}个[、，]")),
    ("inspection_count", re.compile(r"共开展(?=\{campaign\}督查)|(?<=督查)\{inspection_count\}次，")),
    ("solved_count", re.compile(r"，已(完成|解决|整改)\{solved_count\}个")),
)
"""What a phrase says of a figure; left out where it is 0, of problems 未发现问题, which is news."""
_VISITED = re.compile(r"，共?(先后)?走访点位\{site_count\}个(，其中存在问题的(点位)?\{problem_site_count\}个)?")
"""What a lead says of the places visited; left out where no visit was written down."""


def filled(text: str, words: Mapping[str, object], campaign: str, county: str) -> str:
    """The phrase as it is printed.

    Args:
        text: with placeholders by name or key.
        words: their values; ``few`` the units that stand in the place of 全县.
        campaign: the 专项, empty where the office keeps none.
        county: the word after 全: 县, 区, 市 or 旗.
    """
    text = keyed(text)
    for names, unknown, instead in _UNKNOWN:
        if not all(map(words.get, names)):
            text = unknown.sub(instead, text)
    if "、" not in str(words.get("methods") or ""):
        text = text.replace("{methods}等方式", "{methods}方式")
    if words.get("from") == words.get("until"):
        text = text.replace("{from}至{until}", "{from}")
    if not campaign:
        text = text.replace("{campaign}", "")
    if not words.get("site_count", 1):
        text = _VISITED.sub("", text)
    for name, part in _NONE:
        if words.get(name) == 0:
            text = part.sub("未发现问题" if name == "problem_count" else "", text)
    if few := words.get("few"):
        text = text.replace("对全县", f"对{few}").replace("现将{case_count}起", f"现将{few}{{case_count}}起")
        text = text.replace("共开展{campaign}督查", f"对{few}共开展{{campaign}}督查")
    text = re.sub("(我|全)县", rf"\1{county}", text)
    return tidy(fill(text, words))
