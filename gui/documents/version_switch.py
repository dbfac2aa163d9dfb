"""内部版 or 公开版: the switch above the pages, which the whole window follows; and the stamp of a draft."""

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gui.core import theme
from gui.core.plain_text import Label, set_tip
from gui.documents.draft_session import Draft

INTERNAL, PUBLIC = "内部版", "公开版"
_TOLD = {
    INTERNAL: "姓名都写全名。预览、修改、打印、导出都是这一版。",
    PUBLIC: "未勾选“公开全名”的姓名已隐去。预览、修改、打印、导出都是这一版。",
}
_SAME = "文中没有要隐去的姓名，公开版与内部版相同。"


def name_of(*, public: bool) -> str:
    """What a version is called on the stamp and in file names."""
    return PUBLIC if public else INTERNAL


class VersionBar(QFrame):
    """Two buttons, one of them down, and what the version is."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._group = QButtonGroup(self)
        self._told = Label()
        self._told.setProperty("class", "note")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.TINY)
        line.setSpacing(0)
        self.buttons = {name: self._button(name) for name in (INTERNAL, PUBLIC)}
        for one in self.buttons.values():
            line.addWidget(one)
        line.addSpacing(theme.MEDIUM)
        line.addWidget(self._told, 1)
        self.stamp = QCheckBox("盖“草稿”戳")
        self.stamp.setChecked(True)
        set_tip(self.stamp, "印发前打印、导出的每一页右上角盖“草稿”戳；送领导签批的，可以去掉。")
        self.stamp.toggled.connect(lambda on: self._draft.put_stamp(on=on))
        line.addWidget(self.stamp)
        draft.changed.connect(self.show_version)
        self.show_version()

    def _button(self, name: str) -> QPushButton:
        one = QPushButton(name)
        one.setCheckable(True)
        one.setProperty("class", "segment")
        set_tip(one, _TOLD[name])
        one.clicked.connect(lambda _on: self._draft.look_at(public=name == PUBLIC))
        self._group.addButton(one)
        return one

    def show_version(self) -> None:
        """Show which version is looked at."""
        name = name_of(public=self._draft.public)
        self.buttons[name].setChecked(True)
        told = _SAME if self._draft.public and not self._draft.hides else _TOLD[name]
        self._told.setText(told)
        set_tip(self._told, told)
        self.stamp.setVisible(not self._draft.read_only)
