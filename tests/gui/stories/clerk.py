"""What a clerk's hands do: type, press a key, wait for the program."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


def write(edit, text: str) -> None:
    """Latin letters and digits key by key; Chinese as the input method commits it."""
    edit.setFocus()
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(edit, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(edit, event)


def come_back(qtbot, window) -> None:
    """From a dialog that was closed to the window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """One key."""
    QTest.keyClick(widget, key, modifier)


def fill_finding(panel, site: str, kind: str, fact: str, found_on: str = "") -> None:
    """A finding as it is typed: initials and Enter where the program knows the word."""
    form = panel.form
    if found_on:
        form["found_on"].edit.clear()
        write(form["found_on"].edit, found_on)
        press(form["found_on"].edit, ENTER)
    for name, typed in (("site_id", site), ("kind", kind)):
        form[name].edit.clear()
        write(form[name].edit, typed)
        press(form[name].edit, ENTER)
    write(form["fact"].edit, fact)
