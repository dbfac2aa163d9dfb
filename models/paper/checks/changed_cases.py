"""Whether a case's text still says what the records say of its people, after it or they were changed."""

from collections.abc import Iterator

from models.domain.cases.discipline import PARTY_GROUP, STATE_GROUP, find_measure
from models.paper.checks.notices import Notice, Subject
from models.paper.editing import key_of, text_of


def changed(subject: Subject) -> Iterator[Notice]:
    """What the composed text told and the changed one tells no more, or what was recorded otherwise since then."""
    for at, block in enumerate(subject.paper.blocks):
        key = key_of(block)
        if not key.startswith("case:") or not block.origin:
            continue
        was, now = block.origin.text, text_of(block)
        stated = {
            word: (label, one.name)
            for one in reversed(subject.facts.people)
            if one.key == key and not one.left_out
            for label, word in one.stated
        }
        for word, (label, name) in stated.items():
            if now.count(word) < was.count(word) or (word not in now and _always_told(label, word)):
                sentence = f"“{name}”的{label}记录是“{word}”，正文里没有写到，请核对是改正文还是改记录。"
                yield Notice("told_otherwise", sentence, key, _case(block.origin.records), "warning", at)


def _always_told(label: str, word: str) -> bool:
    """Whether a text that was composed now would say it so: a 处分 by its name in the catalogue."""
    measure = find_measure(word) if label == "处理" else None
    return measure is not None and measure.name == word and measure.group in (PARTY_GROUP, STATE_GROUP)


def _case(records: tuple[str, ...]) -> str:
    return next((ref for ref in records if ref.startswith("accountability_case:")), "")
