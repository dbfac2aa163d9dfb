"""Whether a case's text that was changed by hand still says what the records say of its people."""

from collections.abc import Iterator

from models.paper.checks.notices import Notice, Subject
from models.paper.editing import is_edited, key_of, text_of


def changed(subject: Subject) -> Iterator[Notice]:
    """A measure, organ, day or post that the composed text told and the changed one tells no more, or less often."""
    for at, block in enumerate(subject.paper.blocks):
        key = key_of(block)
        if not key.startswith("case:") or not block.origin or not is_edited(block):
            continue
        was, now = block.origin.text, text_of(block)
        found: dict[str, str] = {}
        for one in subject.facts.people:
            if one.key == key and not one.left_out:
                found |= {word: f"“{one.name}”的{label}" for label, word in one.stated if word not in found}
        for word, what in found.items():
            if now.count(word) < was.count(word):
                sentence = f"{what}记录是“{word}”，正文改过以后没有写到，请核对是改正文还是改记录。"
                yield Notice("told_otherwise", sentence, key, _case(block.origin.records), "warning", at)


def _case(records: tuple[str, ...]) -> str:
    return next((ref for ref in records if ref.startswith("accountability_case:")), "")
