"""How a composed document is told: in words for a clerk, as one object for programs."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.commands.command import SCHEMA, say
from models.errors import Refusal

# The window reads the commands' tables at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from exporters.composing import Kind
    from models.paper.checks.before_issue import Notice
    from models.paper.elements import Figure, Paper
    from models.queries.selection.choices import Judged, Selection

_LEVELS = {"error": "red", "warning": "amber"}


def document(
    kind: "Kind", paper: "Paper | None", out: Path | None, selection: "Selection", notices: Sequence["Notice"]
) -> dict[str, Any]:
    """The object of ``document --json``; without a paper where nothing was composed."""
    from models.paper.checks.spoken import spoken  # heavy: only once a paper is composed

    title = paper.title if paper else ""
    return {
        "schema": SCHEMA, "kind": kind.key, "title": title.replace("\n", ""), "out": str(out) if out else None,
        "included": [_record(one) for one in selection.included],
        "left_out": [_left(one) for one in selection.left_out],
        "figures": [_figure(one) for one in paper.figures] if paper else [],
        "findings": [finding(one, spoken(paper, one)) for one in notices] if paper else [],
    }  # fmt: skip


def _figure(one: "Figure") -> dict[str, Any]:
    return {"name": one.name, "value": one.value, "records": len(one.records), "where": one.key}


def _record(one: "Judged") -> dict[str, Any]:
    return {"table": one.table, "uuid": one.uuid, "label": one.label}


def _left(one: "Judged") -> dict[str, Any]:
    verdict = one.verdict
    return {**_record(one), "answer": str(verdict.answer), "reason": verdict.code, "words": one.words}


def finding(one: "Notice", where: str) -> dict[str, Any]:
    """What ``document`` and ``review`` say of one notice: its place in words, and by the part's key."""
    told = {"where": where, "words": one.sentence, "clause": one.clause, "key": one.key}
    return {"level": _LEVELS[one.severity], "code": one.code, **told}


def refused(given: Namespace, refusal: Refusal) -> dict[str, Any]:
    """The object of ``document --json`` where nothing was written: what was looked at, and why."""
    from exporters.composing import NothingToWrite, kind_of
    from models.queries.selection.choices import Selection

    selection = refusal.selection if isinstance(refusal, NothingToWrite) else Selection()
    return {**document(kind_of(given.kind), None, None, selection, ()), "error": refusal.sentence}


def left_out(selection: "Selection") -> str:
    """What was left out and why, and how it is written in; empty where nothing was."""
    from models.domain.documents.selection import Answer

    if not selection.summary:
        return ""
    asked = any(one.verdict.answer is Answer.ASK for one in selection.left_out)
    flag = "--case" if selection.left_out[0].table == "accountability_case" else "--finding"
    return f"{selection.summary}。" + (
        f"需要确认的可用 {flag} 点名写入，或加 --ask include 全部写入。" if asked else ""
    )


def say_people_left_out(notices: Sequence["Notice"]) -> None:
    """Whom a bulletin does not name: never in silence."""
    for one in notices:
        if one.code == "left_out":
            say(one.sentence)


def say_red(notices: Sequence["Notice"]) -> None:
    """What stands against issuing it; the document is written all the same."""
    for one in notices:
        if one.severity == "error":
            say(f"印发前须改正：{one.sentence}")
