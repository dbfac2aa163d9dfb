"""What a draft leaves out: listed, and ticked in where that is allowed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.dialogs.left_out import Ticks, ask
from gui.documents.draft_session import Draft
from models.queries.selection.choices import Selection


def choose(draft: Draft, say: Callable[[str], object], recompose: Callable[[], object], parent: QWidget) -> None:
    """List what the draft leaves out by now; with what the clerk ticked it is composed again."""

    def show(selection: Selection) -> None:
        if all(one.taken and not one.verdict.reasons for one in selection.judged):
            say("没有未写入的记录。")
            return
        kept = draft.options
        ticks = Ticks(dict(kept.get("ticks", {})), kept.get("approver", ""), tuple(kept.get("leave_out", ())))
        if (chosen := ask(draft.context, draft.paper.kind, selection, ticks, parent)) is not None:
            draft.options = {
                **kept, "ticks": chosen.reasons, "approver": chosen.approver, "leave_out": list(chosen.leave_out),
            }  # fmt: skip
            recompose()

    draft.select(show, say)
