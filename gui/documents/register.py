"""What is done with an issued document, from the list and from its window: signed copy, withdrawing, declaring void."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import file_opening, theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.operation import Operation
from gui.forms.photo_scaling import scale_for
from gui.lists.filters import button
from gui.widgets.styled import label, say
from models.domain.documents.states import DocumentState
from models.errors import Refusal
from models.paper.kinds import BULLETINS
from models.queries.facts import documents as register
from models.records import Attachment, Document
from models.services import attachments, documents, handing_over

TYPES = "扫描件 (*.pdf *.jpg *.jpeg *.png)"


class Reason(QDialog):
    """Asks why, and does it with one button; what stands against it is said under the text."""

    def __init__(
        self, verb: str, told: str, deed: Callable[[str], object], parent: QWidget | None, other: str = ""
    ) -> None:
        super().__init__(parent)
        self._deed = deed
        self.setWindowTitle(verb)
        self.setMinimumWidth(440)
        head = label(told, wrap=True)
        self.text = TextInput()
        self.text.setAccessibleName("原因")
        self.text.setPlaceholderText("原因")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(96)
        self._wrong = label(name="wrong", wrap=True, shown=False)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button(verb, self.accept, "primary"))
        line.addWidget(button(other or f"不{verb}", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        for part in (head, self.text, self._wrong):
            column.addWidget(part)
        column.addLayout(line)

    def ask(self, more: QWidget) -> None:
        """Ask something more above the buttons."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, more)

    def accept(self) -> None:
        """Do it, or say what stands against it."""
        do = Operation(lambda: self._deed(self.text.toPlainText()), self)
        if do.on_failure(lambda refusal: say(self._wrong, refusal.sentence)).run():
            super().accept()


def _of(context: Context, document_id: int) -> tuple[Document, Attachment | None]:
    with context.workspace.reading() as session:
        document = session.get_one(Document, document_id)
        return document, register.scans(session, [document]).get(document.uuid)


def show_scan(context: Context, document_id: int, parent: QWidget) -> str:
    """Open the signed and sealed copy: a picture in the viewer, a PDF with the system's program.

    Returns:
        What to tell the clerk, as all deeds here; empty where there is nothing to tell.

    Raises:
        Refusal: there is none yet.
    """
    document, scan = _of(context, document_id)
    if scan is None:
        raise Refusal(f"{document.number or '这份发文'}还没有附签章扫描件。")
    from gui.widgets.picture_viewer import Viewer

    if scan.media_type.startswith("image/"):
        Viewer(context, [scan], 0, parent).exec()
        return ""
    # Scans never travel: only this office can have put it there.
    return file_opening.open_outside(context, scan, parent, ask=False)


def attach_scan(context: Context, document_id: int, parent: QWidget) -> str:
    """Ask for the signed and sealed copy and keep it; one that takes another's place wants a reason.

    Raises:
        Refusal: the document is a draft, or the file cannot be kept.
    """
    document, old = _of(context, document_id)
    if document.state == DocumentState.DRAFT:
        raise Refusal("草稿还没有印发，请先印发再附签章扫描件。")
    start = context.state.folder("attach")
    name, _ = QFileDialog.getOpenFileName(parent, "选择签章扫描件", str(start), TYPES)
    if not name:
        return ""
    context.state.use_folder("attach", Path(name).parent)

    def keep(reason: str = "") -> None:
        workspace, scale = context.workspace, scale_for(context.workspace.office())
        ready = context.runner.aside(lambda: attachments.prepared(*attachments.read(Path(name)), scale))
        documents.attach_scan(workspace, document_id, ready, reason=reason)

    if old is None:
        keep()
    else:
        told = f"{document.number}已有签章扫描件“{old.name}”。更换后原件仍留在这份发文名下。"
        if not Reason("更换", told, keep, parent).exec():
            return ""
    return f"{document.number}的签章扫描件已存入。"


def withdraw(context: Context, document_id: int, parent: QWidget) -> str:
    """Ask why and call the issued document back.

    Raises:
        Refusal: it is not issued.
    """
    return _end(context, document_id, parent, _Ending("撤回", (DocumentState.ISSUED,), documents.withdraw))


def void(context: Context, document_id: int, parent: QWidget) -> str:
    """Ask why and declare the document void.

    Raises:
        Refusal: it is a draft or void already.
    """
    states = (DocumentState.ISSUED, DocumentState.WITHDRAWN)
    return _end(context, document_id, parent, _Ending("作废", states, documents.void))


class _Ending(NamedTuple):
    """A way a document ends: its verb, the states it may be in, the deed."""

    verb: str
    states: Sequence[str]
    deed: Callable[..., object]


def _end(context: Context, document_id: int, parent: QWidget, ending: _Ending) -> str:
    verb = ending.verb
    document, _scan = _of(context, document_id)
    if document.state not in ending.states:
        raise Refusal(f"这份发文是“{document.state}”，不能{verb}。")
    name = f"{document.number}《{document.title}》".replace("\n", "")
    unknown = "；只由它通报过的问题和案件不再记为“已通报”" if document.kind in BULLETINS else ""
    told = f"{verb}{name}：文号不再重用，正文留存{unknown}。"

    with context.workspace.reading() as session:
        handed = len(handing_over.handed_by(session, document))
    back = QCheckBox(f"由它交办、尚未签收的 {handed} 个问题退回“待交办”")

    def ended(reason: str) -> None:
        ending.deed(context.workspace, document_id, reason, document.version, take_back=back.isChecked())

    dialog = Reason(verb, told, ended, parent)
    if handed:
        dialog.ask(back)
    return f"已{verb}：{document.number}" if dialog.exec() else ""
