"""The choices in words of a document that is exported: 问题归类, 详略, 版本; each remembered by kind of document."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from gui.core import theme
from gui.core.context import Context
from gui.dialogs.export_fields import CHOICES
from gui.forms.form import LABEL_WIDTH
from gui.widgets.styled import CalmCombo, label
from models.paper.kinds import Kind


class Choices(QGridLayout):
    """A box a choice the kind has; ``changed`` is called when one is chosen."""

    def __init__(self, context: Context, kind: Kind, changed: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self.boxes: dict[str, CalmCombo] = {}
        self.setSpacing(theme.SMALL)
        self.setColumnMinimumWidth(0, LABEL_WIDTH)
        self.setColumnStretch(1, 1)
        for key, (name, words) in CHOICES.items():
            if key in kind.options or key == "version":
                box = CalmCombo()
                for value, shown in words.items():
                    box.addItem(shown, value)
                box.setCurrentIndex(max(box.findData(context.state.get(f"export.{kind.key}.{key}")), 0))
                box.currentIndexChanged.connect(lambda _n: changed())
                self.boxes[key] = box
                self.addWidget(label(name, "field"), len(self.boxes), 0, Qt.AlignmentFlag.AlignRight)
                self.addWidget(box, len(self.boxes), 1)

    def given(self) -> dict[str, Any]:
        """What was chosen, remembered for the next document of the kind; what is left to the kind's own way is not."""
        for name, box in self.boxes.items():
            self._context.state.set(f"export.{self._kind.key}.{name}", box.currentData())
        return {name: box.currentData() for name, box in self.boxes.items() if box.currentData()}
