"""Where a notice stands, in words a clerk can follow."""

import re
from typing import Final

from models.paper.checks.notices import Notice
from models.paper.editing import key_of, words_of
from models.paper.elements import Block, Paper, Paragraph, Table

_NAMED: Final = {
    "title": "标题", "number": "发文字号", "header": "版头", "addressees": "主送", "signature": "署名和成文日期",
    "colophon": "版记", "": "全文",
}  # fmt: skip
_ANNEX = re.compile(r"annexes\.(\d+)(?:\.blocks\.(\d+))?")
_SHORT: Final = 16


def spoken(paper: Paper, notice: Notice) -> str:
    """正文第3段“一、柳河镇……”, 附件2第1段, 标题."""
    if notice.key in _NAMED:
        return _NAMED[notice.key]
    if 0 <= notice.at < len(paper.blocks):
        return _block("正文", paper.blocks, notice.at)
    if found := _ANNEX.fullmatch(notice.key):
        return _annexed(paper, int(found[1]), int(found[2]) if found[2] else None)
    for number, annex in enumerate(paper.annexes):
        for at, block in enumerate(annex.blocks):
            if key_of(block) == notice.key:
                return _annexed(paper, number, at)
    place = next((n for n, block in enumerate(paper.blocks) if key_of(block) == notice.key), None)
    return "全文" if place is None else _block("正文", paper.blocks, place)


def _annexed(paper: Paper, number: int, at: int | None) -> str:
    name = f"附件{number + 1}" if len(paper.annexes) > 1 else "附件"
    return f"{name}标题" if at is None else _block(name, paper.annexes[number].blocks, at)


def _block(part: str, blocks: tuple[Block, ...], at: int) -> str:
    kind = "段" if isinstance(blocks[at], Paragraph) else "张表" if isinstance(blocks[at], Table) else "排照片"
    same = [n for n, block in enumerate(blocks) if isinstance(block, type(blocks[at]))]
    words = words_of(blocks[at]).strip().replace("\n", " ")
    quoted = f"“{words[:_SHORT]}…”" if len(words) > _SHORT else f"“{words}”" if words else ""
    return f"{part}第{same.index(at) + 1}{kind}{quoted}"
