"""What a 整改方案 must tell of every problem: what will be done about it, and who answers for it."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.notices import Notice, Subject
from models.paper.editing import key_of, text_of

_TOLD: Final = (
    ("plan_measures", "error", "整改措施", re.compile(r"整改措施[：:]\s*[^。\s]")),
    ("plan_person", "warning", "责任人", re.compile(r"责任(?:人|领导)[：:]\s*[^。\s]")),
)
_SHOWN: Final = 18


def gaps(subject: Subject) -> Iterator[Notice]:
    """A problem without 整改措施 or 责任人, in its own paragraph and those up to the next problem."""
    paper = subject.paper
    if paper.kind != "rectification_plan":
        return
    starts = [at for at, block in enumerate(paper.blocks) if key_of(block).startswith("finding:")]
    for start, end in zip(starts, [*starts[1:], len(paper.blocks)], strict=True):
        text = "".join(text_of(block) for block in paper.blocks[start:end])
        for code, severity, what, pattern in _TOLD:
            if not pattern.search(text):
                problem, key = text_of(paper.blocks[start]).rstrip("。"), key_of(paper.blocks[start])
                shown = problem[:_SHOWN] + ("……" if problem[_SHOWN:] else "")
                sentence = f"“{shown}”没有写{what}，请填写整改计划后重新生成，或在这里补写“{what}：……”。"
                yield Notice(code, sentence, key, key, "error" if severity == "error" else "warning", start)
