"""What the window of an answering unit shows: 首页, 收到的问题, 整改反馈."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QHBoxLayout

from gui.core.context import Context
from gui.core.operation import Operation
from gui.pages.list_page import RecordTab
from gui.pages.page_spec import Action, ListPage, TabSpec
from gui.pages.page_specs import documents, ledger
from models.records import RECORDS

if TYPE_CHECKING:
    from gui.forms.panels.record_panel import RecordPanel


def _withdraw(tab: ListPage, ids: list[int]) -> None:
    from models.services import unit_answers

    for id_ in ids:
        if not Operation(partial(unit_answers.withdraw, tab.context.workspace, id_), tab.window()).run():
            return
    tab.context.status(f"已撤回 {len(ids)} 轮反馈，可用 Ctrl+Z 恢复。")


PROBLEMS: Final = (
    TabSpec(
        "received", "县里交办", lambda: RECORDS["finding"],
        "县里发来的任务包，用“收发 › 导入任务包”导入，或直接拖到窗口上，问题就列在这里。", "乡镇使用",
        exports=(
            *documents("received"),
            ledger("findings_ledger"),
        ),
        watches=frozenset({"feedback", "plan", "extension", "site"}), received=True,
    ),
    TabSpec(
        "own", "自查问题", lambda: RECORDS["finding"],
        "本单位自己排查发现的问题登记在这里，用于排查起底报告，不报给县里。", "乡镇使用",
        exports=(
            *documents("own"), ledger("findings_ledger"),
        ),
        watches=frozenset({"feedback", "site"}),
    ),
)  # fmt: skip
ANSWERS: Final = TabSpec(
    "answered", "整改反馈", lambda: RECORDS["feedback"],
    "在“收到的问题”里填写的反馈列在这里。填好后用“收发 › 上报反馈”写出反馈包，交给县里。", "乡镇使用",
    exports=documents("answered"),
    actions=(Action("撤回", _withdraw),),
    watches=frozenset({"finding"}), received=True,
)  # fmt: skip


class UnitTab(RecordTab):
    """A list at an answering unit: the county's records are only ever answered."""

    def _add_buttons(self, layout: QHBoxLayout) -> None:
        super()._add_buttons(layout)
        if self.spec.received and self.spec.record:
            new = layout.itemAt(layout.count() - (2 if self.spec.exports else 1))
            if new is not None and (widget := new.widget()) is not None:
                widget.hide()

    def make_form(self) -> "RecordPanel":
        """The form of what is listed here."""
        from gui.forms.panels.answer_panel import AnswerPanel, OwnPanel

        return (AnswerPanel if self.spec.received else OwnPanel)(self.context, self._right)

    def show_record(self, id_: int | None) -> None:
        """Show a record; a feedback is shown by the problem it answers."""
        super().show_record(self._finding_of(id_) if self.list.name == "feedback" else id_)

    def _finding_of(self, feedback_id: int | None) -> int | None:
        from models.records import Feedback

        if feedback_id is None:
            return None
        with self.context.workspace.reading() as session:
            feedback = session.get(Feedback, feedback_id)
        return feedback.finding_id if feedback else None

    def new(self, values: dict[str, Any] | None = None) -> None:
        """Add what this unit found itself."""
        if self.spec.received:
            self.context.status("县里交办的问题由任务包带来。本单位发现的问题，请在“自查问题”里新增。")
        else:
            super().new(values)

    def copy_record(self) -> None:
        """Copy what this unit found itself."""
        if not self.spec.received:
            super().copy_record()

    def delete(self) -> None:
        """Delete what this unit found itself."""
        if self.spec.received:
            self.context.status("县里交办的问题和已填的反馈不能删除。还没有上报的反馈可以“撤回”。")
        else:
            super().delete()

    def edit_many(self) -> None:
        """Change what this unit found itself."""
        if not self.spec.received:
            super().edit_many()


def unit_tab(context: Context, spec: TabSpec) -> UnitTab:
    """A list of the unit's."""
    return UnitTab(context, spec)
