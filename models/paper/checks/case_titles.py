"""Whether the heading of each case says what was done wrong, and not only by whom."""

import re
from collections.abc import Iterator

from models.paper.checks.notices import Notice, Subject
from models.paper.editing import key_of
from models.paper.elements import Paragraph

_ENDING = re.compile("的?(违规|违纪|违规违纪)?问题。?$|。$")
_MANY = re.compile(r"等[\d一二三四五六七八九十两]+(人|个单位)$")


def titles(subject: Subject) -> Iterator[Notice]:
    """A heading that ends with the name of a person or unit: 柳河镇的问题, 镇长张某的问题."""
    paper, facts = subject.paper, subject.facts
    for at, block in enumerate(paper.blocks):
        key = key_of(block)
        if not isinstance(block, Paragraph) or not key.startswith("case:") or not block.heading:
            continue
        names = {name for one in facts.people if one.key == key for name in (one.name, *one.also)} | facts.units
        names |= {mask.shown for mask in paper.masks if mask.name in names}
        said = _ENDING.sub("", block.heading)
        if said.endswith(tuple(names)) or _MANY.search(said):
            case = next((ref for ref in (block.origin.records if block.origin else ()) if "case:" in ref), "")
            sentence = f"“{said}的问题”没有写明是什么问题，请在案件上填写“案件标题”，如“……不到位的问题”。"
            yield Notice("untitled", sentence, key, case, "warning", at)
