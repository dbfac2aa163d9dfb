"""What an import asks once for all rows: the 问题类别 and 问题来源 that a ledger does not have."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from gui.core.context import Context
from gui.core.plain_text import Label
from models.domain.findings import completeness
from models.queries.lookups import pickers
from models.records import Finding, fields_of

LATER = "{}，以后补填"


class Lacking(QWidget):
    """One line with a choice for each field that rows came without; ``chosen`` is called when one is made."""

    def __init__(self, context: Context, chosen: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._chosen = context, chosen
        self.choices: dict[str, QComboBox] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self.hide()

    def given(self) -> dict[str, str]:
        """What the clerk chose for all; a field left for later is not in it."""
        return {name: box.currentText() for name, box in self.choices.items() if box.currentIndex() > 0}

    def ask(self, lacking: Mapping[str, int]) -> None:
        """Ask for these fields; what was asked before keeps its answer."""
        for name, rows in lacking.items():
            if name not in self.choices:
                self._add(name, rows)
        self.setVisible(bool(self.choices))

    def _add(self, name: str, rows: int) -> None:
        label = completeness.LABELS[name]
        box = QComboBox()
        box.setAccessibleName(label)
        box.addItem(LATER.format(completeness.STAND_INS[name]))
        with self._context.workspace.reading() as session:
            box.addItems(pickers.entries(session, fields_of(Finding)[name].term))
        box.activated.connect(lambda _index: self._chosen())
        self.choices[name] = box
        at = self._row.count() - 1
        self._row.insertWidget(at, Label(f"{rows} 行没有“{label}”，都记为"))
        self._row.insertWidget(at + 1, box)
