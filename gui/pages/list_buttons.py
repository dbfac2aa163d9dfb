"""What stands over a list: its buttons 新增, 操作, 导入, 导出, and the line of what narrows it."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui.core import icons, theme
from gui.core.plain_text import set_tip
from gui.lists.filters import button
from gui.pages import list_menus
from gui.pages.page_parts import menu_button
from gui.pages.page_spec import ListPage
from gui.widgets.flow_layout import FlowLayout


def add_buttons(page: ListPage, layout: QHBoxLayout) -> None:
    """Put them behind what narrows the list.

    Args:
        page: whose list it is.
        layout: of the band.
    """
    if page.spec.record:
        new = button("新增", page.new, "primary")
        new.setIcon(icons.icon("plus", theme.PAPER))
        set_tip(new, f"新增{page.list.noun} (Ctrl+N)")
        layout.addWidget(new)
    if page.spec.begins:
        label, do = page.spec.begins
        begin = button(label, partial(do, page), "" if page.spec.record else "primary")
        if not page.spec.record:
            begin.setIcon(icons.icon("plus", theme.PAPER))
            set_tip(begin, "Ctrl+N")
        layout.addWidget(begin)
    if page.spec.actions and not page.spec.record:  # no form whose buttons would offer them
        layout.addWidget(menu_button("操作 ▾", "list-check", partial(list_menus.fill_actions, page)))
    if page.spec.imports:
        take = button("导入", page.import_)
        take.setIcon(icons.icon("file-import"))
        set_tip(take, "从 Excel 表格导入")
        layout.addWidget(take)
    if page.spec.exports:
        layout.addWidget(menu_button("导出 ▾", "file-export", partial(list_menus.fill_exports, page)))


def mark_bar() -> tuple[QFrame, FlowLayout]:
    """The line for what narrows the list, hidden as long as nothing does."""
    bar = QFrame()
    bar.setProperty("class", "band")
    flow = FlowLayout(bar, spacing=theme.SMALL)
    flow.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.TINY)
    bar.hide()
    return bar, flow
