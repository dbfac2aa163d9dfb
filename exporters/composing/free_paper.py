"""自由公文: a paper of any type from a blank page, in the form and with the closing words its type has."""

import dataclasses
from typing import Final

import msgspec

from exporters.composing.frame import Body, Frame, paragraph
from exporters.composing.options import Options
from models.domain.documents.document_types import BY_NAME, OTHER, DocumentType, type_of
from models.errors import Problem, Refusal
from models.paper import kinds
from models.paper.editing import composed
from models.paper.elements import Annex, Block, Paragraph
from models.paper.typed_text import TypedText, taken_apart

KIND = kinds.BY_KEY["free_paper"]
_BODY: Final = "text"


def compose(frame: Frame) -> Body:
    """What was typed so far; an empty paragraph waits where nothing was.

    The type is the one chosen, else the one the title ends with; it says format, addressees, seal and mark.

    Raises:
        Refusal: a type was asked for that there is none of, or there is no title.
    """
    options = frame.options
    given = options.title.strip()
    typed = taken_apart(options.text, given, options.addressees or ())
    title = given or typed.title
    if not title:
        raise Refusal(Problem("title", "请填写标题，如“关于开展某项工作的通知”。"))
    found = _type(options.document_type, title)
    frame.kind = dataclasses.replace(frame.kind, upward=found.upward, format=found.format)
    frame.options = _as_usual(options, found, typed)
    return Body(
        title,
        _blocks(frame, typed, found),
        tuple(_annex(at, annex) for at, annex in enumerate(typed.annexes)),
        typed.addressees,
        options.campaign_id,
        _contact(frame) if found.contact else "",
        found.mark_suffix,
    )


def _type(asked: str, title: str) -> DocumentType:
    if asked and asked not in BY_NAME:
        raise Refusal(f"没有“{asked}”这个文种，可选：{'、'.join(BY_NAME)}。")
    return BY_NAME[asked] if asked else type_of(title) or OTHER


def _as_usual(options: Options, found: DocumentType, typed: TypedText) -> Options:
    """The choices with what the type has by itself where the clerk chose nothing."""
    addressees = options.addressees
    if addressees is None and not typed.addressees and not (found.addressed and found.direction in ("up", "down")):
        addressees = ()  # whom a letter goes to only the clerk knows
    return msgspec.structs.replace(options, addressees=addressees, sealed=options.sealed and found.sealed)


def _blocks(frame: Frame, typed: TypedText, found: DocumentType) -> tuple[Block, ...]:
    words = frame.words()
    lead = frame.phrase("lead", words) if frame.options.lead else []
    body = (*(Paragraph(text) for text in lead), *typed.blocks) or (Paragraph(),)
    kept = [_kept(f"{_BODY}:{at}", block) for at, block in enumerate(body, 1)]
    return (*kept, *_closing(frame, found, kept, words))


def _kept(key: str, block: Block) -> Block:
    """A part that knows its place, so that only what is edited later counts as edited by hand."""
    return block if block == Paragraph() else composed(block, key)


def _closing(frame: Frame, found: DocumentType, body: list[Block], words: dict[str, object]) -> tuple[Block, ...]:
    """The closing words of the type, unless the text ends with them already."""
    if frame.options.closing:
        return frame.closing(words)
    text = frame.named_phrase("closing", found.name, words) if found.name else ""
    last = body[-1]
    said = isinstance(last, Paragraph) and text and last.text.endswith(text)
    return () if not text or said else (paragraph("closing:1", text),)


def _annex(at: int, annex: Annex) -> Annex:
    blocks = tuple(_kept(f"annex{at}:{n}", block) for n, block in enumerate(annex.blocks, 1))
    return msgspec.structs.replace(annex, blocks=blocks)


def _contact(frame: Frame) -> str:
    """Whom to ask, for the note of a request; empty where the office has named nobody."""
    office = frame.office
    if not office.contact:
        return ""
    return f"联系人：{office.contact}" + (f"，电话：{office.phone}" if office.phone else "")
