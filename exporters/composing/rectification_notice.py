"""整改通知书: to one unit, its problems with what is wanted by when, how and when to answer."""

from collections.abc import Sequence

from exporters.composing import annexes, holds
from exporters.composing.duties import addressee, due_items, due_table, one_unit
from exporters.composing.frame import Body, Frame, paragraph, paragraphs
from exporters.composing.grouping import records_of
from exporters.composing.period import figures, latest_deadline, scope_of
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.stated import of_findings
from exporters.composing.wording import clause, listed
from models.paper import kinds
from models.paper.elements import Annex, Block
from models.queries.facts.findings import FindingFacts

KIND = kinds.BY_KEY["rectification_notice"]
USUAL = "通知"


def compose(frame: Frame) -> Body:
    """The notice of one unit's findings that are to be handed over or wait for an answer.

    Raises:
        Refusal: nothing is to be done there, or the findings are of several units.
    """
    scope = scope_of(frame)
    facts = chosen_findings(frame, answers=True)
    if not facts:
        raise nothing(frame, "没有需要交办的问题，请调整单位、日期等筛选条件。")
    unit_id = one_unit(frame, facts)
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    deadline = frame.deadline(latest_deadline(frame, facts))
    words = figures(frame, scope, facts, deadline=deadline)
    words |= {"unit": addressee(frame, unit_id), "problem_count": of_findings("问题数", facts)}
    frame.holds = holds.of_problems(frame, facts, dated=True)
    words["source"] = listed(f"{one.finding.source_level}级" for one in facts if one.finding.source_level)
    records = records_of(facts)
    leads = _on_its_basis(frame, frame.phrase("lead", words))
    blocks: list[Block] = [paragraph(f"lead:{n}", text, records if n == 1 else ()) for n, text in enumerate(leads, 1)]
    blocks += due_items(frame, facts)
    blocks += paragraphs("requirement", frame.phrase("requirements", words))
    blocks += frame.closing(words)
    season = frame.season
    issuer = season.notice_issuer.strip() if season else ""
    return Body(
        f"关于限期整改{frame.campaign}督查发现问题的{season.notice_type if season and season.notice_type else USUAL}",
        tuple(blocks),
        (*_table(frame, facts), *annexes.pictures(frame, facts)),
        addressees=(addressee(frame, unit_id),),
        campaign_id=frame.options.campaign_id,
        organ="" if issuer == frame.office.name else issuer,
    )


def _on_its_basis(frame: Frame, leads: list[str]) -> list[str]:
    """The lead after the law the campaign rests on, unless the clerk's own lead names it (政府督查工作条例 27)."""
    basis = clause(frame.season.legal_basis) if frame.season else ""
    if not basis or not leads or basis in leads[0]:
        return leads
    given = basis if basis.startswith(("根据", "依据", "按照")) else f"根据{basis}"
    return [f"{given}，{leads[0]}", *leads[1:]]


def _table(frame: Frame, facts: Sequence[FindingFacts]) -> tuple[Annex, ...]:
    return (Annex("督查发现问题清单", (due_table(frame, facts),)),) if frame.options.annex_table else ()
