"""Which records a document is composed from: the table of ``rules.selection`` with the clerk's ticks."""

from collections.abc import Sequence

from exporters.composing.frame import Frame
from models.errors import Refusal
from models.queries.facts.cases import CaseFacts
from models.queries.facts.findings import FindingFacts, facts_of
from models.queries.selection.cases import select_cases
from models.queries.selection.choices import Selection
from models.queries.selection.findings import select_findings
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


def chosen_cases(frame: Frame) -> list[CaseFacts]:
    """The cases that stand in the bulletin, each as of its date; the frame keeps what was left out."""
    found = select_cases(frame.session, frame.choice)
    frame.selection = found
    return list(found.cases)


def nothing(frame: Frame, sentence: str) -> NothingToWrite:
    """The refusal of a document with nothing in it, with the reasons and their counts."""
    return NothingToWrite(sentence, frame.selection)
