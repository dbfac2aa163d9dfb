"""What the menus of a tab offer: filters, columns, exports, and the deeds on the selected records.

A key shown here is the menu bar's or the table's own: it stands behind a tab and is not registered twice.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from gui.core import icons, theme
from gui.pages.page_spec import ListPage


def fill_filters(tab: ListPage, menu: QMenu) -> None:
    """Every column's filter, the shown columns first; those in force are ticked."""
    shown = tab.table.shown_columns()
    inforce = {f.key for f in tab.model.query.filters}
    for section in (*shown, *(n for n in range(len(tab.list.columns)) if n not in shown)):
        column = tab.list.columns[section]
        if column.filter:
            icon = icons.icon("check", theme.FOCUS) if column.key in inforce else icons.icon("filter")
            action = menu.addAction(icon, column.label)
            action.triggered.connect(partial(_ask_filter, tab, section, menu))
    menu.addSeparator()
    menu.addAction(icons.icon("x"), "清除全部筛选", tab.clear_filters)


def _ask_filter(tab: ListPage, section: int, menu: QMenu, _checked: bool = False) -> None:
    button = menu.parentWidget()  # a long menu stands anywhere on the screen
    assert button is not None
    tab.ask_filter(section, button.mapToGlobal(QPoint(0, button.height())))


def fill_columns(tab: ListPage, menu: QMenu) -> None:
    """Which columns are shown."""
    for section, column in enumerate(tab.list.columns):
        action = menu.addAction(column.label)
        action.setCheckable(True)
        action.setChecked(not tab.table.isColumnHidden(section))
        action.toggled.connect(partial(tab.table.show_column, column.key))
    menu.addSeparator()
    menu.addAction("恢复默认的列", tab.table.reset_columns)


def fill_actions(tab: ListPage, menu: QMenu) -> None:
    """What the list offers for its selected records; greyed where too few or too many are."""
    ids = tab.table.selected_ids()
    for action in tab.spec.actions:
        usable = bool(ids) and (action.several or len(ids) == 1)
        entry(menu, "arrow-right", action.label, partial(action.do, tab, ids), action.shortcut, usable=usable)


def fill_exports(tab: ListPage, menu: QMenu) -> None:
    """The tab's documents and ledgers; Ctrl+P is the first."""
    for n, (label, do) in enumerate(tab.spec.exports):
        entry(menu, "table-export" if "Excel" in label else "file-text", label, partial(do, tab), "" if n else "Ctrl+P")


def entry(menu: QMenu, icon: str, label: str, do: Callable[[], object], keys: str = "", *, usable: bool = True) -> None:
    """One entry with the key that does the same."""
    action = menu.addAction(icons.icon(icon), f"{label}\t{keys}" if keys else label)
    action.triggered.connect(lambda _checked=False: do())
    action.setEnabled(usable)


def context_menu(tab: ListPage, where: QPoint) -> None:
    """What the right button offers for the selected records."""
    menu, ids = QMenu(tab.table), tab.table.selected_ids()
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    one, some = len(ids) == 1, bool(ids)
    if tab.spec.record is not None:
        entry(menu, "edit", "打开", tab.open_form, "Enter", usable=one)
    if tab.spec.record is not None and not tab.spec.received:
        entry(menu, "plus", f"新增{tab.list.noun}", tab.new, "Ctrl+N")
        entry(menu, "copy", "以本条为样子新增", tab.copy_record, "Ctrl+D", usable=one)
        entry(menu, "list-check", "批量修改…", tab.edit_many, usable=len(ids) > 1)
        menu.addSeparator()
    fill_actions(tab, menu)
    entry(menu, "table-export", "复制为表格", tab.table.copy_rows, "Ctrl+C", usable=some)
    if tab.spec.imports:
        entry(menu, "file-import", "粘贴多行…", lambda: tab.paste(QApplication.clipboard().text()), "Ctrl+V")
    if tab.spec.record is not None and not tab.spec.received:
        menu.addSeparator()
        entry(menu, "trash", "移入回收站", tab.delete, "Del", usable=some)
    menu.popup(where)
