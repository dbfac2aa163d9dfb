"""问责通报: a lead, one numbered case after another, closing requirements.

A case reads as such bulletins do: the heading names unit, post, person and fault; then what was
done when and what came of it, who was dealt with how, when and by whom, and the leaders held responsible.
"""

from collections.abc import Sequence
from dataclasses import replace

from exporters.composing import holds
from exporters.composing.case_text import Case
from exporters.composing.frame import Body, Frame, paragraph, paragraphs
from exporters.composing.selection import chosen_cases, nothing
from exporters.composing.stated import Count
from exporters.composing.wording import clause, plain_day
from models.domain.documents.mentions import left_out, ticked_in
from models.paper import kinds
from models.paper.elements import Paragraph
from models.paper.figures import CASES
from models.paper.numbering import chinese_numeral, full_day
from models.queries.facts.cases import CaseFacts, PartyFacts

KIND = kinds.BY_KEY["accountability_bulletin"]
_TURN = "各单位要从上述问题中吸取教训，落实以下要求。"


def compose(frame: Frame) -> Body:
    """The bulletin of the cases that were decided and not made known yet, and of those the clerk ticked.

    Raises:
        Refusal: there is no case to write about.
    """
    cases = [_printed(frame, one) for one in chosen_cases(frame)]
    if not cases:
        raise nothing(frame, "没有可以通报的问责案件，请先登记处理决定和决定日期，或调整筛选条件。")
    frame.use_campaign_of(one.case.campaign_id for one in cases)
    words = _words(frame, cases)
    frame.holds = holds.of_cases(cases, dated=bool(words["from"] and words["until"]))
    blocks = (
        *paragraphs("lead", frame.phrase("lead", words)),
        *(Case(frame, one).block(numbered=len(cases) > 1) for one in cases),
        *_requirements(frame, words),
        *frame.closing(words),
    )
    return Body(_title(frame, _number(cases)), blocks, campaign_id=frame.options.campaign_id)


def _title(frame: Frame, count: Count) -> str:
    work = f"{frame.campaign}工作" if frame.campaign else "工作"
    theme = clause(frame.options.theme)
    return f"关于{frame.units}{count}起{work}{'中' + theme if theme else ''}典型问题的通报"


def _printed(frame: Frame, one: CaseFacts) -> CaseFacts:
    """A case with the parties its text names: all but those left out by 通报方式 or by the clerk."""
    ticked = ticked_in(one.case.code, frame.options.leave_out)

    def out(facts: PartyFacts) -> bool:
        party, dealt = facts.party, bool(facts.dispositions)
        return left_out(party.name, party.mention, dealt=dealt, ticked=ticked, elsewhere=party.elsewhere)

    return replace(one, parties=tuple(facts for facts in one.parties if not out(facts)))


def _number(cases: Sequence[CaseFacts]) -> Count:
    """一起, 5起."""
    refs = [f"accountability_case:{one.case.uuid}" for one in cases]
    return Count(len(refs), CASES, refs, [1] * len(refs), shown="一" if len(refs) == 1 else "", printed=True)


def _words(frame: Frame, cases: list[CaseFacts]) -> dict[str, object]:
    days = [d for one in cases for d in (one.case.conduct_from, one.case.conduct_until) if d]
    first = frame.options.from_ or min(days, default=None)
    last = frame.options.until or max(days, default=None)
    return frame.words(
        few=frame.units,
        case_count=_number(cases),
        **{"from": full_day(first) if first else ""},
        until="" if last is None else plain_day(last) if first and first.year == last.year else full_day(last),
        deadline=frame.deadline(None),
    )


def _requirements(frame: Frame, words: dict[str, object]) -> tuple[Paragraph, ...]:
    """一是……二是…… as running text: a numbered heading would read as one more case."""
    texts = frame.phrase("requirements", words)
    if len(texts) == 1:
        return (paragraph("requirement:1", texts[0]),)
    return (
        *([paragraph("requirements", _TURN)] if texts else []),
        *paragraphs("requirement", (f"{chinese_numeral(n)}是{text}" for n, text in enumerate(texts, 1))),
    )
