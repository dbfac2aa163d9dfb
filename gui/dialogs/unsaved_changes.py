"""The question at closing, where something is typed and not saved."""

from enum import Enum, auto

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.core.plain_text import MessageBox


class CloseChoice(Enum):
    """What to do with unsaved forms."""

    SAVE = auto()
    DRAFT = auto()
    STAY = auto()


def ask_closing(parent: QWidget, titles: list[str]) -> CloseChoice:
    """Ask once for all unsaved forms; their drafts are kept in any case."""
    told = f"“{'”“'.join(titles)}”里有还没有保存的内容。"
    box = MessageBox(parent, QMessageBox.Icon.Question, told, "留作草稿的内容，下次打开时仍在原处。")
    save = box.addButton("保存后退出", QMessageBox.ButtonRole.AcceptRole)
    draft = box.addButton("留作草稿退出", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("返回", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is save:
        return CloseChoice.SAVE
    return CloseChoice.DRAFT if box.clickedButton() is draft else CloseChoice.STAY
