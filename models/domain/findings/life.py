"""Do the records of one finding, or of one case, fit together? Pure: the caller hands in what it read.

`queries.lives` reads them, `queries.soundness` tells what does not fit, and no deed may make it so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.domain.cases.stages import Stage
from models.domain.findings.lifecycle import OPEN, UNCOUNTED, Status
from models.domain.findings.outcomes import Outcome, outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """A feedback that is kept; ``due`` unless it came when none was wanted."""

    id: int
    round: int
    outcome: str
    due: bool = True

    @property
    def moves(self) -> bool:
        """Whether it was due and took the finding to verification."""
        found = outcome(self.outcome)
        return self.due and found is not None and found.moves


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verification that is kept, the feedback it names, and the finding that feedback answers.

    ``of`` is 0 where the feedback it names is deleted, None where it names none.
    """

    id: int
    round: int
    feedback_id: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What is kept of one finding.

    ``foreign`` is another office's finding, whose status comes from there; ``split`` one that was written as
    part of another; ``rebounds`` the 回头看 that found it back.
    """

    id: int
    serial: str
    status: str
    count: int = 1
    solved_count: int = 0
    rebound_count: int = 0
    fixed_on_spot: bool = False
    backfilled: bool = False
    self_found: bool = False
    foreign: bool = False
    split: bool = False
    rebounds: int = 0
    answers: tuple[Answer, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLife:
    """What is kept of one case: ``settled`` counts dispositions and parties dealt with elsewhere."""

    code: str
    stage: str
    settled: int
    backfilled: bool = False
    dropped: bool = False


def faults(life: Life) -> list[str]:
    """Everything that does not fit, as sentences that name the finding."""
    found = [*_pointers(life)]
    if life.foreign:
        return found
    found += _twice(life)
    found += _counts(life)
    if life.self_found:
        return found + list(_own_closing(life))
    return found + (list(_unverified(life)) + list(_unfounded(life)) if not life.backfilled else [])


def case_faults(case: CaseLife) -> list[str]:
    """A decision without what was decided."""
    if case.backfilled or case.settled or (case.stage == Stage.FILED and case.dropped):
        return []
    if case.stage not in (Stage.DECIDED, Stage.EXECUTED, Stage.PUBLICISED, Stage.FILED):
        return []
    return [f"案件{case.code}现为“{case.stage}”，没有处理，也没有注明另行处理。"]


def _pointers(life: Life) -> Iterator[str]:
    for one in life.verdicts:
        if one.of == 0:
            yield f"问题{life.serial}第{one.round}轮核查所指的反馈已经删去。"
        elif one.of not in (None, life.id):
            yield f"问题{life.serial}第{one.round}轮核查所指的是别的问题的反馈。"


def _twice(life: Life) -> Iterator[str]:
    for number, times in sorted(Counter(one.round for one in life.verdicts).items()):
        if times > 1:
            yield f"问题{life.serial}第{number}轮有{times}次核查。"
    if life.backfilled or life.self_found:
        return
    # What was set right on the spot is a round of its own; 1.0.0 began the one after it at 1 again.
    rounds = Counter(one.round for one in life.answers if one.moves and not _on_spot(life, one))
    for number, times in sorted(rounds.items()):
        if times > 1:
            yield f"问题{life.serial}第{number}轮有{times}份送核查的反馈。"


def _counts(life: Life) -> Iterator[str]:
    if not life.backfilled and life.rebound_count != life.rebounds:
        yield f"问题{life.serial}的反弹次数是{life.rebound_count}，回头看里的反弹有{life.rebounds}次。"
    if life.solved_count > life.count and life.status not in UNCOUNTED:
        yield f"问题{life.serial}共{life.count}个，已整改却记了{life.solved_count}个。"
    if life.backfilled or life.split:
        return
    if life.status == Status.CLOSED and life.solved_count < life.count:
        yield f"问题{life.serial}已销号，共{life.count}个，已整改只记了{life.solved_count}个。"
    part = any(one.due and outcome(one.outcome) is Outcome.PART for one in life.answers)
    if life.solved_count and not part and life.status in OPEN:
        yield f"问题{life.serial}记有已整改{life.solved_count}个，没有“部分完成”的反馈。"


def _own_closing(life: Life) -> Iterator[str]:
    solved = any((found := outcome(one.outcome)) is not None and found.solves for one in life.answers)
    if life.status == Status.CLOSED and not solved and not life.backfilled:
        yield f"自查问题{life.serial}已办结，没有整改情况。"


def _on_spot(life: Life, answer: Answer) -> bool:
    return life.fixed_on_spot and outcome(answer.outcome) is Outcome.ON_SPOT


def _verified(life: Life, answer: Answer) -> bool:
    return any(answer.id == one.feedback_id or answer.round == one.round for one in life.verdicts)


def _unverified(life: Life) -> Iterator[str]:
    """An answer that wants a verification, in a finding that is past it."""
    moving = [one for one in life.answers if one.moves]
    waiting = moving[:-1] if life.status in (Status.VERIFYING, Status.VOID) else moving
    for one in waiting:
        if not _verified(life, one) and not _on_spot(life, one):
            words = f"第{one.round}轮反馈报的是“{one.outcome}”，没有核查。"
            yield f"问题{life.serial}现为“{life.status}”，{words}"


def _unfounded(life: Life) -> Iterator[str]:
    """A status without the record that brought it about."""
    last = next((one for one in reversed(life.answers) if one.moves), None)
    if life.status == Status.VERIFYING and (last is None or _verified(life, last)):
        yield f"问题{life.serial}现为“待核查”，没有等着核查的反馈。"
    ended = life.status in (Status.CLOSED, Status.RETURNED, Status.REVOKED)
    on_spot = life.status == Status.CLOSED and last is not None and _on_spot(life, last)
    if ended and not on_spot and (last is None or not _verified(life, last)):
        lacking = "没有核查，也不是当场整改或补录" if life.status == Status.CLOSED else "没有作出这一结论的核查"
        yield f"问题{life.serial}现为“{life.status}”，{lacking}。"
