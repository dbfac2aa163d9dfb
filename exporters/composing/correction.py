"""更正通报: what an issued 问责通报 says of somebody that was changed on appeal, and what holds instead."""

import datetime as dt
from collections.abc import Sequence

from exporters.composing.case_text import key_of
from exporters.composing.dispositions import Wording, by_day, predicate
from exporters.composing.frame import Body, Frame, paragraph, paragraphs
from exporters.composing.selection import nothing
from exporters.composing.wording import clause
from models.errors import Refusal
from models.paper import kinds
from models.paper.elements import Block
from models.paper.numbering import full_day
from models.queries.facts.amendments import AmendedCase, AmendedParty, to_correct
from models.queries.selection.corrections import select_corrections
from models.records import AccountabilityCase, Disposition, Document, Party

KIND = kinds.BY_KEY["correction"]


def compose(frame: Frame) -> Body:
    """The correction of one issued bulletin, with its 文号.

    Raises:
        Refusal: no issued bulletin states what was changed since, or several do and none was chosen.
    """
    document = _corrected(frame)
    frame.selection = found = select_corrections(frame.session, frame.choice, document)
    if not found.cases:
        raise nothing(frame, f"{_named(document)}写的处理没有变更，不用更正。")
    frame.use_campaign_of(one.case.campaign_id for one in found.cases)
    words = frame.words(source=_told(document))
    several = len(found.cases) > 1
    blocks: tuple[Block, ...] = (
        *paragraphs("lead", frame.phrase("lead", words)),
        *(_case(frame, one, numbered=several) for one in found.cases),
        *frame.closing(words),
    )
    return Body(f"关于更正{_named(document)}有关内容的通报", blocks, campaign_id=frame.options.campaign_id)


def _corrected(frame: Frame) -> Document:
    """The bulletin chosen, else the only one there is to correct.

    Raises:
        Refusal: there is none, or there are several.
    """
    if frame.options.corrects:
        chosen = frame.session.get(Document, frame.options.corrects)
        if chosen is None:
            raise Refusal("要更正的通报已经不在发文登记里，请重新选择。")
        return chosen
    found = to_correct(frame.session, frame.options.case_ids)
    if not found:
        raise Refusal("已印发的问责通报里没有写着后来申诉变更的处理，不用更正。")
    if len(found) > 1:
        raise Refusal(
            f"有 {len(found)} 份通报写着已变更的处理：{'、'.join(map(_named, found))}，"
            "请在案件表单上按“起草更正通报…”逐份起草，命令行用 --corrects 写明文号。"
        )
    return found[0]


def _named(document: Document) -> str:
    return f"{document.number}文件" if document.number else f"《{document.title}》"


def _told(document: Document) -> str:
    """2022年3月10日印发的《关于……的通报》（云防指办〔2022〕7号）."""
    day = f"{full_day(document.dated_on)}印发的" if document.dated_on else ""
    return f"{day}《{document.title}》{f'（{document.number}）' if document.number else ''}"


def _case(frame: Frame, one: AmendedCase, *, numbered: bool) -> Block:
    """One case: each party with what was said and what holds instead."""
    names = [party.party.name for party in one.parties]
    text = "".join(_party(frame, one.case, party) for party in one.parties)
    records = [one.case, *(r for p in one.parties for r in (p.party, *p.after))]
    heading = f"{clause(one.case.title)}。" if clause(one.case.title) else f"{'、'.join(names)}的处理。"
    return paragraph(key_of(one.case), text, records, heading=heading, level=1, numbered=numbered)


def _party(frame: Frame, case: AccountabilityCase, one: AmendedParty) -> str:
    said = f"原通报“{_dealt(frame, case, one.party, one.before)}”" if one.before else ""
    if not one.after:
        return f"{said}，原处理已撤销，现予更正。"
    holds = f"“{_dealt(frame, case, one.party, one.after)}”"
    return f"{said}，现更正为{holds}。" if said else f"补充通报{holds}。"


def _dealt(frame: Frame, case: AccountabilityCase, party: Party, dispositions: Sequence[Disposition]) -> str:
    """2022年3月8日，县纪委给予张三党内警告处分."""
    wording = Wording(frame.days, frame.county)
    who = party.name if party.is_unit else frame.places.person(
        party.unit_id or case.unit_id, party.post, party.name, former=party.former
    )  # fmt: skip
    texts: list[str] = []
    for time, group in by_day(dispositions):
        day = full_day(time) if isinstance(time, dt.date) else time or ""
        act = predicate(wording, "" if texts else who, group, [party.name])
        texts.append(f"{day}，{act}" if day else act)
    return "；".join(texts)
