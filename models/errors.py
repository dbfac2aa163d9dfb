"""The two kinds of trouble: the clerk's to mend, and a version that has moved on.

Everything else that is raised is our own fault and ends in the fault report.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: ``field`` is the record's field name, empty when it is no single field's."""

    field: str
    sentence: str


class Refusal(Exception):  # noqa: N818 - refusing is the program working as it should
    """A deed was refused; the sentences say in Chinese what to do about it."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem("", p) if isinstance(p, str) else p for p in problems)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """All sentences in one line, for the status bar and the command line."""
        return "".join(p.sentence for p in self.problems)


class Stale(Refusal):
    """The record was changed since it was read; nothing was written."""
