"""Right of the menus: which 专项 is shown, and who is working today."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QToolButton, QWidget
from sqlalchemy import select

from gui.core import theme
from gui.core.context import Context
from gui.core.plain_text import set_tip
from gui.pages.page_parts import menu_button
from models.records import Campaign

OPERATORS_KEPT = 12


class OfficeToolbar(QWidget):
    """The 专项 filter and the operator's name."""

    campaignChanged = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._campaigns: list[tuple[int, str]] = []
        self._campaign: QToolButton = menu_button("", "flag", self._fill_campaigns)
        self._operator: QToolButton = menu_button("", "user", self._fill_operators)
        set_tip(self._campaign, "只看一个专项")
        set_tip(self._operator, "操作人，记入操作日志")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.MEDIUM, 0)
        layout.setSpacing(theme.SMALL)
        for part in (self._campaign, self._operator):
            part.setProperty("class", "flat")
            layout.addWidget(part)
        self.refresh()

    def refresh(self) -> None:
        """Read the campaigns again."""
        with self._context.workspace.reading() as session:
            rows = session.execute(
                select(Campaign.id, Campaign.name).where(Campaign.deleted_at.is_(None)).order_by(Campaign.id.desc())
            )
            self._campaigns = [(row[0], row[1]) for row in rows]
        chosen = self._context.state.get("campaign")
        name = next((name for id_, name in self._campaigns if id_ == chosen), "全部专项")
        self._campaign.setText(f"{name} ▾")
        self._operator.setText(f"{self._context.workspace.operator or '选择操作人'} ▾")

    def _fill_campaigns(self, menu: QMenu) -> None:
        self._choice(menu, "全部专项", None)
        for id_, name in self._campaigns:
            self._choice(menu, name, id_)

    def _choice(self, menu: QMenu, label: str, id_: int | None) -> None:
        action = menu.addAction(label)
        action.setCheckable(True)
        action.setChecked(self._context.state.get("campaign") == id_)
        action.triggered.connect(lambda _on=False: self._choose(id_))

    def _choose(self, id_: int | None) -> None:
        self._context.state.set("campaign", id_)
        self.refresh()
        self.campaignChanged.emit(id_)

    def _fill_operators(self, menu: QMenu) -> None:
        for name in operators(self._context):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name == self._context.workspace.operator)
            action.triggered.connect(lambda _on=False, name=name: self.work_as(name))
        menu.addSeparator()
        menu.addAction("换一个人…").triggered.connect(lambda _on=False: self._ask())

    def _ask(self) -> None:
        name, given = QInputDialog.getText(self, "操作人", "操作人姓名：")
        if given and name.strip():
            self.work_as(name.strip()[:30])

    def work_as(self, name: str) -> None:
        """Note who works from now on."""
        remember_operator(self._context, name)
        self.refresh()


def operators(context: Context) -> list[str]:
    """The names used so far, the last one first."""
    kept: list[Any] = context.state.get("operators", [])
    return [str(name) for name in kept]


def remember_operator(context: Context, name: str) -> None:
    """Work under this name, today and by default."""
    context.workspace.operator = name
    others = [one for one in operators(context) if one != name]
    context.state.set("operators", [name, *others][:OPERATORS_KEPT])
    context.state.set("operator_day", context.workspace.today.isoformat())


def _first_operator(context: Context, parent: QWidget) -> list[str]:
    """Nobody worked in this window yet, as in an office made from the command line: its contact, else who says so."""
    office = context.workspace.office()
    if office is not None and office.contact:
        return [office.contact]
    name, given = QInputDialog.getText(parent, "操作人", "您的姓名，记入操作日志：")
    return [name.strip()[:30]] if given and name.strip() else []


def pick_operator(context: Context, parent: QWidget) -> None:
    """Once a day ask who is working; where only one person ever did, take that name."""
    names = operators(context) or _first_operator(context, parent)
    today = context.state.get("operator_day") == context.workspace.today.isoformat()
    if today or len(names) == 1:
        remember_operator(context, names[0])
    elif names:
        name, given = QInputDialog.getItem(parent, "操作人", "今天由谁操作：", names, 0, True)
        remember_operator(context, name.strip()[:30] if given and name.strip() else names[0])
