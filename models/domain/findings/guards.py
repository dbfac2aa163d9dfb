"""Guards of a finding's steps that hold what is given against what the record says."""

from datetime import date

from models.domain.state_machine import Values, blank
from models.errors import Problem


def answerers_changed(facts: Values, given: Values) -> Problem | None:
    """A finding that is reassigned goes to somebody else."""
    fields = ("unit_id", "department_id")
    same = all(blank(given.get(f)) or given.get(f) == facts.get(f) for f in fields)
    return Problem("unit_id", "责任单位没有变化，请选择新的责任单位。") if same else None


def approver_is_another(_facts: Values, given: Values) -> Problem | None:
    """Nobody approves an extension of their own."""
    same = given.get("approver") == given.get("applicant") and not blank(given.get("approver"))
    return Problem("approver", "“批准人”不能是申请人本人。") if same else None


def deadline_moves_on(facts: Values, given: Values) -> Problem | None:
    """An extension ends after the deadline in force."""
    old, new = facts.get("deadline"), given.get("new_deadline")
    wrong = isinstance(old, date) and isinstance(new, date) and new <= old
    return Problem("new_deadline", "“延期至”须晚于现有时限，请核对。") if wrong else None


def time_to_resume(facts: Values, given: Values) -> Problem | None:
    """Before the review day a reason is wanted."""
    review, today = facts.get("review_on"), facts.get("today")
    if not blank(given.get("reason")) or (review is not None and today is not None and review <= today):
        return None
    return Problem("reason", "未到研判日期，请填写“恢复整改的依据”。")
