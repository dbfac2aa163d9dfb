"""首页 of an answering unit: what wants a word, and what has not reached the county."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from gui.core.context import Context
from gui.core.plain_text import Label
from gui.pages.home_figures import Figure, FiguresPage
from models.queries.lists.listing import ALL

if TYPE_CHECKING:
    from models.queries.facts.exchange import Waiting

FIGURES: Final = (
    Figure("received", "overdue", "逾期未整改", urgent=True),
    Figure("received", "near", "临近时限"),
    Figure("received", "returned", "被退回", urgent=True),
    Figure("received", "empty", "未填"),
    Figure("received", "writing", "填写中"),
    Figure("received", "sent", "已上报"),
    Figure("answered", "unsent", "反馈未上报"),
    Figure("answered", "sent", "已报待回音"),
    Figure("answered", "arrived", "县里已收到"),
    Figure("received", ALL, "收到的问题"),
    Figure("own", "open", "自查未整改"),
    Figure("own", ALL, "自查问题"),
)

NOTHING_YET: Final = "还没有收到县里交办的问题。请把县里发来的任务包（.dct 文件）拖到窗口里，或按“导入任务包”。"

NOTHING_WRITTEN: Final = "还没有填写反馈。请在“收到的问题”里选一个问题，填好后按“上报反馈”。"


class UnitHome(FiguresPage):
    """The figures, the deeds a day begins with, and a line on what waits to be sent."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, FIGURES, parent)
        self._said = Label()
        self._said.setProperty("class", "muted")
        self._said.setWordWrap(True)
        self.column.insertWidget(2, self._said)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Count anew, in the background."""
        super().refresh()
        workspace = self.context.workspace

        def work() -> "Waiting":
            from models.queries.facts.exchange import waiting

            with workspace.reading() as session:
                return waiting(session)

        self.context.runner.quietly(work, self._tell)

    def _tell(self, waiting: "Waiting") -> None:
        said = []
        if waiting.unsent:
            said.append(f"有 {waiting.unsent} 条反馈已填好，还没有上报。")
        if waiting.plans:
            said.append(f"有 {waiting.plans} 条整改计划还没有上报。")
        if waiting.unconfirmed:
            said.append(f"有 {waiting.unconfirmed} 条已上报，县里还没有回音。")
        if waiting.last_sent_at:
            said.append(f"上次上报：{waiting.last_sent_at:%Y-%m-%d %H:%M}。")
        self._said.setText("".join(said) or (NOTHING_WRITTEN if waiting.received else NOTHING_YET))
