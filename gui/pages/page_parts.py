"""Small parts the tabs share."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from gui.core import icons


def menu_button(text: str, icon: str, fill: Callable[[QMenu], object]) -> QToolButton:
    """A button that opens a menu, filled anew each time."""
    made = QToolButton()
    made.setText(text)
    made.setIcon(icons.icon(icon))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setProperty("class", "button")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    menu = QMenu(made)
    menu.setToolTipsVisible(True)

    def refill() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(refill)
    # The menu takes the mouse: the button is not told that it went, and would look pressed from then on.
    menu.aboutToHide.connect(lambda: made.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False))
    made.setMenu(menu)
    return made
