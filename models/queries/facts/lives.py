"""What is kept of findings and cases, read for `rules.life`: by a deed from its session, by `check` from the file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.domain.findings.life import Answer, CaseLife, Life, Verdict

Ask = Callable[[str], Iterable[Sequence[Any]]]
"""Runs a query and gives its rows."""
_ALIVE = "deleted_at IS NULL"


def asking(session: Session) -> Ask:
    """Queries in a session, with what it is about to write."""

    def ask(query: str) -> Iterable[Sequence[Any]]:
        session.flush()
        return session.execute(text(query)).tuples()

    return ask


def lives(ask: Ask, finding_id: int | None = None) -> Iterator[Life]:
    """The life of one finding, or of all that are not deleted."""
    one = "" if finding_id is None else f" AND finding_id = {int(finding_id)}"
    answers: dict[int, list[Answer]] = defaultdict(list)
    query = f"SELECT finding_id, id, round, outcome, unexpected FROM feedback WHERE {_ALIVE}{one} ORDER BY id"
    for owner, id_, number, outcome, unexpected in ask(query):
        answers[owner].append(Answer(id_, number, outcome, not unexpected))
    verdicts: dict[int, list[Verdict]] = defaultdict(list)
    for owner, *told in ask(
        "SELECT v.finding_id, v.id, v.round, v.feedback_id, CASE WHEN f.deleted_at IS NULL THEN f.finding_id ELSE 0 END"
        f" FROM verification v LEFT JOIN feedback f ON f.id = v.feedback_id WHERE v.{_ALIVE}"
        f"{one.replace('finding_id', 'v.finding_id')} ORDER BY v.id"
    ):
        verdicts[owner].append(Verdict(*told))
    query = f"SELECT finding_id, count(*) FROM recheck WHERE {_ALIVE} AND result = '反弹'{one} GROUP BY 1"
    rebounds = {row[0]: row[1] for row in ask(query)}
    for row in ask(
        "SELECT id, serial, status, count, solved_count, rebound_count, fixed_on_spot, backfilled, self_found,"
        " base_version > 0, split_from_id IS NOT NULL"
        f" FROM finding WHERE {_ALIVE}{one.replace('finding_id', 'id')} ORDER BY id"
    ):
        id_, serial, status, count, solved, rebounds_told, *flags = row
        on_spot, backfilled, self_found, foreign, split = map(bool, flags)
        yield Life(
            id_, serial, status, count, solved, rebounds_told, on_spot, backfilled, self_found, foreign, split,
            rebounds.get(id_, 0), tuple(answers[id_]), tuple(verdicts[id_]),
        )  # fmt: skip


def case_lives(ask: Ask, case_id: int | None = None) -> Iterator[CaseLife]:
    """The life of one case, or of all that are not deleted."""
    one = "" if case_id is None else f" AND c.id = {int(case_id)}"
    for code, stage, backfilled, reason, settled in ask(
        "SELECT c.code, c.stage, c.backfilled, c.stage_reason,"
        " (SELECT count(*) FROM party p LEFT JOIN disposition d ON d.party_id = p.id AND d.deleted_at IS NULL"
        "  WHERE p.case_id = c.id AND p.deleted_at IS NULL AND (d.id IS NOT NULL OR p.elsewhere <> ''))"
        f" FROM accountability_case c WHERE c.{_ALIVE}{one} ORDER BY c.id"
    ):
        yield CaseLife(code, stage, settled, bool(backfilled), bool(reason))
