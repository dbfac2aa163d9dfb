"""What a draft leaves out: listed, and ticked in where that is allowed."""

from typing import TYPE_CHECKING

from gui.dialogs.left_out import Ticks, ask
from models.queries.selection.choices import Selection

if TYPE_CHECKING:
    from gui.documents.window import DocumentWindow


def choose(window: "DocumentWindow") -> None:
    """List what the draft leaves out by now; with what the clerk ticked it is composed again."""
    draft = window.draft

    def show(selection: Selection) -> None:
        if all(one.taken and not one.verdict.reasons for one in selection.judged):
            window.say("没有未写入的记录。")
            return
        kept = draft.options
        ticks = Ticks(dict(kept.get("ticks", {})), kept.get("approver", ""), tuple(kept.get("leave_out", ())))
        if (chosen := ask(draft.context, draft.paper.kind, selection, ticks, window)) is not None:
            draft.options = {
                **kept, "ticks": chosen.reasons, "approver": chosen.approver, "leave_out": list(chosen.leave_out),
            }  # fmt: skip
            window.recompose()

    draft.select(show, window.say)
