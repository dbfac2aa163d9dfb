"""Every write the clerk asks for in the window: what is done, what follows, and how a refusal is shown.

Who shows the records learns of a write from the workspace's listeners, the window's part that began it too; that
part shows the outcome itself and leaves its listener out (`is_begun_by`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from PySide6.QtWidgets import QWidget

from gui.core import error_reporting
from models.errors import Problem, Refusal, Stale

T = TypeVar("T")
_initiators: Final[list[QWidget]] = []
"""Who began what is being written now; one operation may begin another."""


class Fields(Protocol):
    """A form: it shows problems under its fields."""

    def complain(self, problems: Iterable[Problem]) -> Sequence[Problem]:
        """Show each problem at its field; those that have none there come back."""


class Line(Protocol):
    """A line over a form."""

    def say(self, sentence: str, /, *, grave: bool) -> Any:
        """Show a sentence."""


def is_begun_by(widget: QWidget) -> bool:
    """Whether what is being written now was begun there."""
    return any(one is widget for one in _initiators)


class Operation(Generic[T]):
    """One write: ``Operation(work, initiator).on_success(show).run()``.

    A refusal is shown in a box where nothing else is asked for; anything else that is raised is a fault of ours and
    goes on to the error report.
    """

    def __init__(self, work: Callable[[], T], initiator: QWidget | None = None) -> None:
        """Of what is done, and the part of the window that asks for it."""
        self._work, self._initiator = work, initiator
        self._success: Callable[[T], object] = lambda _result: None
        self._stale: Callable[[], object] | None = None
        self._failure: Callable[[Refusal], object] = self._box

    def on_success(self, show: Callable[[T], object]) -> Self:
        """Call this with what the work gave."""
        self._success = show
        return self

    def on_failure(self, show: Callable[[Refusal], object]) -> Self:
        """Call this with the refusal in place of the box."""
        self._failure = show
        return self

    def on_stale(self, show: Callable[[], object]) -> Self:
        """Call this where the record has moved on since it was read."""
        self._stale = show
        return self

    def say_failure(self, say: Callable[[str], object]) -> Self:
        """Say the sentence there; several problems come in the box."""
        return self.on_failure(lambda refusal: self._box(refusal) if refusal.problems[1:] else say(refusal.sentence))

    def show_failure(self, form: Fields, line: Line) -> Self:
        """Show each problem at its field, the rest in the line over the form."""
        return self.on_failure(lambda refusal: show_problems(refusal.problems, form, line))

    def run(self) -> bool:
        """Do it; whether it was done."""
        try:
            result = self._do()
        except Refusal as refusal:
            if isinstance(refusal, Stale) and self._stale is not None:
                self._stale()
            else:
                self._failure(refusal)
            return False
        self._success(result)
        return True

    def _do(self) -> T:
        if self._initiator is None:
            return self._work()
        _initiators.append(self._initiator)
        try:
            return self._work()
        finally:
            _initiators.pop()

    def _box(self, refusal: Refusal) -> None:
        error_reporting.refuse(refusal, self._initiator)


def show_problems(problems: Iterable[Problem], form: Fields, line: Line) -> None:
    """Show each problem at its field, the rest in the line over the form."""
    if homeless := form.complain(problems):
        line.say("".join(problem.sentence for problem in homeless), grave=True)
