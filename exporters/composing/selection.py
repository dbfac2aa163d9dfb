"""Which records a document is composed from: the table of ``documents.selection`` with the clerk's ticks."""

from collections.abc import Sequence
from dataclasses import replace

from exporters.composing.frame import Frame
from models.domain.documents.selection import Trait
from models.errors import Refusal
from models.queries.facts.cases import CaseFacts
from models.queries.facts.findings import FindingFacts, facts_of
from models.queries.selection.cases import select_cases
from models.queries.selection.choices import Selection
from models.queries.selection.findings import judge_findings, select_findings
from models.records import Inspection


class NothingToWrite(Refusal):
    """No record may stand in the document; ``selection`` says why of each."""

    def __init__(self, sentence: str, selection: Selection) -> None:
        self.selection = selection
        super().__init__(f"{sentence}{selection.summary}。" if selection.summary else sentence)


def chosen_findings(
    frame: Frame, *, answers: bool = False, inspections: Sequence[Inspection] = ()
) -> list[FindingFacts]:
    """The findings that stand in the document, by day and serial; the frame keeps what was left out.

    Args:
        frame: the composition.
        answers: also read plans, feedbacks, verifications and pictures.
        inspections: those a report tells of.
    """
    frame.selection = select_findings(frame.session, frame.choice, inspections)
    return facts_of(frame.session, frame.selection.ids, answers=answers)


def exemplary(frame: Frame, facts: Sequence[FindingFacts]) -> frozenset[str]:
    """The uuids of findings that may stand as examples: by the bulletin's rule, told before or not, of any day."""
    uuids = [one.finding.uuid for one in facts]
    if frame.role == "unit":
        return frozenset(uuids)  # a unit writes no bulletin
    choice = replace(frame.choice, kind="findings_bulletin", ticks={}, include=False)
    judged = judge_findings(frame.session, choice, uuids).judged
    return frozenset(one.uuid for one in judged if set(one.verdict.reasons) <= _NO_MATTER)


_NO_MATTER = frozenset({Trait.REPORTED, Trait.BEFORE_PERIOD, Trait.AFTER_PERIOD, Trait.UNDATED})
"""What keeps a finding out of a bulletin and not from being an example."""


def chosen_cases(frame: Frame) -> list[CaseFacts]:
    """The cases that stand in the bulletin, each as of its date; the frame keeps what was left out."""
    found = select_cases(frame.session, frame.choice)
    frame.selection = found
    return list(found.cases)


def nothing(frame: Frame, sentence: str) -> NothingToWrite:
    """The refusal of a document with nothing in it, with the reasons and their counts."""
    return NothingToWrite(sentence, frame.selection)
