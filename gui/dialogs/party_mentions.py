"""How each person is named of whom nothing was decided: asked one by one where a case is not written in for them."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.widgets.styled import CalmCombo, label
from models.domain.dictionaries import terms
from models.domain.documents.selection import Trait
from models.queries.facts.cases import cases_for_documents
from models.queries.selection.cases import unsettled
from models.queries.selection.choices import Judged
from models.records import Party
from models.services import records

LATER: Final = "这次不写入"
"""Left out of this document; what is to become of the person later is left open."""
_OPEN: Final = "请选择"
_MOST: Final = 4
"""Rows in sight; more are scrolled to."""


class _Asked(NamedTuple):
    case: str
    party: Party
    box: CalmCombo


class PartyMentions(QWidget):
    """One row a person: the case, the name, and 通报方式 to choose; nothing where nobody is asked about."""

    def __init__(self, context: Context, rows: Iterable[Judged]) -> None:
        super().__init__()
        self._context = context
        wanted = {one.id: one for one in rows if Trait.UNSETTLED in one.verdict.reasons}
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.TINY)
        self._grid.setColumnStretch(0, 1)
        self.asked = [self._row(*one) for one in self._people(list(wanted))]
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.setFixedHeight(min(len(self.asked), _MOST) * theme.ROW + theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("下列人员没有处理，也没有通报方式，请逐人选择：", "muted"))
        column.addWidget(scroll)
        self.setVisible(bool(self.asked))

    def _people(self, ids: list[int]) -> Iterable[tuple[str, Party]]:
        if not ids:
            return
        with self._context.workspace.reading() as session:
            for facts in cases_for_documents(session, ids):
                for party in unsettled(facts):
                    yield facts.case.code, party

    def _row(self, code: str, party: Party) -> _Asked:
        box = CalmCombo()
        box.setAccessibleName(f"{party.name}的通报方式")
        mentions = [one.name for one in terms() if one.dictionary == "mention"]
        for words in (_OPEN, *mentions, LATER):
            box.addItem(words)
        at = self._grid.rowCount()
        self._grid.addWidget(label(" ".join(filter(None, (code, party.name, party.post)))), at, 0)
        self._grid.addWidget(box, at, 1)
        return _Asked(code, party, box)

    def left_out(self) -> tuple[str, ...]:
        """Whom the clerk leaves out of this document, each after the case's number."""
        return tuple(f"{one.case}:{one.party.name}" for one in self.asked if one.box.currentText() == LATER)

    def keep(self) -> None:
        """Write the 通报方式 that were chosen on the persons.

        Raises:
            Refusal: one of them cannot be written.
        """
        for one in self.asked:
            if one.box.currentText() not in (_OPEN, LATER):
                given = {"mention": one.box.currentText()}
                records.update(self._context.workspace, Party, one.party.id, one.party.version, given)
