"""One document being edited: its paper, what was done to it, and the draft it is kept in."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from exporters.draft_stamp import DRAFT
from exporters.pages import Layout, laying_out
from gui.core import error_reporting
from gui.core.context import Context
from models.domain.documents.states import DocumentState
from models.errors import Refusal
from models.paper import figures, masking, merging
from models.paper.checks.before_issue import Notice
from models.paper.checks.mending import mended
from models.paper.elements import Paper, Photo
from models.paper.mismatch import Mismatch
from models.paper.titles import issue_of
from models.queries.selection.choices import Selection
from models.records import Attachment, Document
from models.services import documents, office_setup
from models.storage.attachments import path_of

if TYPE_CHECKING:
    from exporters.composing import Composed

STEPS = 200
"""How many edits can be taken back."""


PAUSE = 1500
"""Milliseconds without a key after which typing is a new step."""


RESTING = 8_000
"""Milliseconds without an edit after which the draft is kept by itself."""


SLICE = 0.012
"""Seconds of laying out between two looks at what the clerk does."""


class Step(NamedTuple):
    """One edit: its name, the part it was made in, and the paper on the other side of it."""

    label: str
    part: str
    paper: Paper


class Draft(QObject):
    """A paper with its undo steps; every edit is a new paper, laid out a moment after the last key.

    ``whole`` is the internal version, which is what is kept; ``paper`` the version the clerk looks at: it
    is shown, edited, laid out, printed, copied and exported, and an edit of it is written back into ``whole``.

    ``document_id`` is None until it is saved the first time. An issued document is read only.
    ``stepped`` names the part where an edit was taken back or done again, ``kept`` that it was saved by itself.
    ``recounted`` tells which numbers followed when a part was taken out.
    """

    changed = Signal()
    stepped = Signal(str)
    laidOut = Signal(object)
    saved = Signal(object)
    kept = Signal()
    recounted = Signal(str)

    def __init__(self, context: Context, paper: Paper, options: dict[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.whole = self.paper = paper
        self.options = options
        self.document_id: int | None = None
        self.uuid = ""
        self.version: int | None = None
        self.issued_at: dt.datetime | None = None
        self.stamped = True
        self.state: str = DocumentState.DRAFT
        self.mismatches: tuple[Mismatch, ...] = ()
        self._kept = paper
        self._kept_options = dict(options)
        self._fresh = paper
        if self.public:
            self.paper = masking.public(paper)
        self._past: list[Step] = []
        self._future: list[Step] = []
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self.lay_out)
        self._laying: Iterator[Layout | None] = iter(())
        self._slices = QTimer(self, singleShot=True, interval=0)
        self._slices.timeout.connect(self._lay_on)
        self._resting = QTimer(self, singleShot=True, interval=RESTING)
        self._resting.timeout.connect(self._keep)

    @classmethod
    def of_document(cls, context: Context, document_id: int, parent: QObject | None = None) -> "Draft":
        """The draft or issued document of that id.

        Raises:
            Refusal: it holds no text (补录).
        """
        with context.workspace.reading() as session:
            document = session.get(Document, document_id)
            if document is None or not document.content:
                raise Refusal("这条发文只登记了文号和标题，没有正文。")
            paper = documents.paper_as_it_is(session, document)
        draft = cls(context, paper, dict(document.options), parent)
        draft._remember(document)
        return draft

    def _remember(self, document: Document) -> None:
        self.document_id, self.version, self.state = document.id, document.version, document.state
        self.uuid = document.uuid
        self.issued_at = document.issued_at

    @property
    def read_only(self) -> bool:
        """Whether it is issued, withdrawn or void."""
        return self.state != DocumentState.DRAFT

    @property
    def dirty(self) -> bool:
        """Whether something is not saved yet."""
        changed = self.whole != self._kept or self.options != self._kept_options
        return not self.read_only and (self.document_id is None or changed)

    @property
    def stamp(self) -> str:
        """What every page is stamped with: 草稿 before issue, where the clerk did not take it off for signing."""
        return DRAFT if self.stamped and not self.read_only else ""

    def put_stamp(self, *, on: bool) -> None:
        """Stamp the pages, or take the stamp off for signing; the next draft that is opened has it again."""
        if on != self.stamped:
            self.stamped = on
            self.changed.emit()
            self._later.start()

    # ---- versions

    @property
    def public(self) -> bool:
        """Whether the clerk looks at the public version; the choice is kept with the draft."""
        return masking.wants_public(self.options)

    def look_at(self, *, public: bool) -> None:
        """Look at the public version, or at the internal one."""
        if public != self.public:
            self.options = {**self.options, "version": "public" if public else "internal"}
            self._show(self.whole)

    @property
    def hides(self) -> bool:
        """Whether the two versions differ."""
        return masking.public(self.whole) != msgspec.structs.replace(self.whole, masks=())

    # ---- editing

    def edit(self, label: str, paper: Paper, part: str = "", *, typed: bool = False) -> None:
        """Put another paper in the place of this one; one step to take back.

        Args:
            label: the edit's name, for the clerk.
            paper: the paper after it.
            part: where it was made; taking it back goes there.
            typed: letters typed in one part without a pause are one step together.
        """
        if not self.read_only and paper != self.paper:
            whole = masking.internal(paper, self.whole) if self.public else paper
            recounted = figures.followed(whole) if len(whole.dropped) > len(self.whole.dropped) else whole
            self._put(label, recounted, part, typed=typed)
            if told := figures.recounted(whole, recounted):
                self.recounted.emit(told)

    def _put(self, label: str, whole: Paper, part: str = "", *, typed: bool = False) -> None:
        """An edit of the internal version, whichever is looked at."""
        if self.read_only or whole == self.whole:
            return
        last = self._past[-1] if self._past else None
        joins = typed and self._typing.isActive() and last is not None and (last.label, last.part) == (label, part)
        if not joins:
            self._past.append(Step(label, part, self.whole))
            del self._past[:-STEPS]
        self._future.clear()
        if typed:
            self._typing.start()
        else:
            self._typing.stop()
        self._show(whole)

    def undo(self) -> str:
        """Take the last edit back; its name, empty where there is none."""
        return self._step(self._past, self._future)

    def redo(self) -> str:
        """Do the edit taken back last again."""
        return self._step(self._future, self._past)

    def _step(self, source: list[Step], other: list[Step]) -> str:
        if not source:
            return ""
        label, part, paper = source.pop()
        other.append(Step(label, part, self.whole))
        self._typing.stop()
        self._show(paper)
        self.stepped.emit(part)
        return label

    def _show(self, whole: Paper) -> None:
        self.whole = whole
        self.paper = masking.public(whole) if self.public else whole
        self.changed.emit()
        self._later.start()
        self._resting.start()

    # ---- pages

    @property
    def waits(self) -> bool:
        """Whether the pages do not show the last edit yet."""
        return self._later.isActive() or self._slices.isActive()

    def photo(self, sha256: str) -> Path:
        """Where a picture of the paper lies."""
        return path_of(self.context.folder, sha256)

    def lay_out(self) -> None:
        """Lay the paper out, a few pages at a time.

        On the screen's thread, because a raw font of Qt's may be used only where it was made; keys and
        paint come in between, and unchanged paragraphs keep their lines.
        """
        self._laying = laying_out(self.paper, self.photo, stamp=self.stamp)
        self._lay_on()

    def _lay_on(self) -> None:
        until = perf_counter() + SLICE
        for layout in self._laying:
            if layout is not None:
                self.laidOut.emit(layout)
            elif perf_counter() > until:
                self._slices.start()
                return

    def keep_photo(self, source: Path) -> Photo:
        """Keep a picture with the document, which is saved first where it never was.

        Raises:
            Refusal: it cannot be kept, or the draft cannot be saved.
        """
        from gui.forms.photo_scaling import scale_for
        from models.services import attachments

        if self.document_id is None:
            self.save()
        workspace = self.context.workspace
        with workspace.reading() as session:
            document = session.get_one(Document, self.document_id)
        scale = scale_for(workspace.office())
        ready = self.context.runner.aside(lambda: attachments.prepared(*attachments.read(source), scale))
        done = attachments.attach_all(workspace, document, [ready], role=documents.PHOTO)
        with workspace.reading() as session:
            return Photo(session.get_one(Attachment, done.id).sha256)

    # ---- records

    def save(self) -> None:
        """Keep the paper in its draft.

        Raises:
            Refusal: it cannot be saved; nothing typed is lost.
        """
        workspace, issue = self.context.workspace, issue_of(self.whole.title)
        if self.document_id is None:
            done = documents.draft(
                workspace, self.whole, issue=issue, options=self.options, campaign_id=self.options.get("campaign_id")
            )
            self.document_id = done.id
        else:
            done = documents.save(
                workspace, self.document_id, self.version, self.whole, issue=issue, options=self.options
            )
        self._kept, self._kept_options = self.whole, dict(self.options)
        self.reread()
        self.saved.emit(done)

    def _keep(self) -> None:
        """Keep the draft while the clerk rests; what stands against it is said when it is saved by hand."""
        if self.dirty and not self.context.runner.busy:
            with suppress(Refusal):
                self.save()
                self.kept.emit()

    def reread(self) -> None:
        """Read version and state of the record again."""
        with self.context.workspace.reading() as session:
            document = session.get(Document, self.document_id)
        assert document is not None
        self._remember(document)
        self.changed.emit()

    def recompose(
        self, done: Callable[[tuple[Mismatch, ...], Selection], object], refused: Callable[[str], object]
    ) -> None:
        """Compose again from the records as they stand; what was edited by hand stays.

        ``done`` is told what of it no longer fits the records, and what was left out; ``refused`` why nothing was done.
        """

        def land(made: "Composed") -> None:
            self._fresh = made.paper
            paper, self.mismatches = merging.recompose(self.whole, made.paper)
            self._put("按最新记录更新", figures.followed(paper))
            done(self.mismatches, made.selection)

        self._compose("正在按最新记录更新…", land, lambda error: refused(error.sentence))

    def select(self, done: Callable[[Selection], object], refused: Callable[[str], object]) -> None:
        """Find which records would stand in the document by now, and which would not; changes nothing."""
        from exporters.composing import NothingToWrite

        def told(error: Refusal) -> None:
            if isinstance(error, NothingToWrite):
                done(error.selection)
            else:
                refused(error.sentence)

        self._compose("正在查找未写入的记录…", lambda made: done(made.selection), told)

    def _compose(self, title: str, done: Callable[["Composed"], object], refused: Callable[[Refusal], object]) -> None:
        from exporters.composing import composed, from_data

        workspace, kind, options = self.context.workspace, self.whole.kind, from_data(self.options)

        def work(_progress: object) -> "Composed":
            with workspace.reading() as session:
                return composed(session, kind, options)

        def failed(error: BaseException) -> None:
            if isinstance(error, Refusal):
                refused(error)
            else:
                error_reporting.tell(error)

        self.context.runner.run(title, work, done, failed)

    def accept(self, mismatch: Mismatch) -> None:
        """The clerk has seen what the records say now and keeps the text."""
        self.mismatches = tuple(m for m in self.mismatches if m != mismatch)
        self._put("保留手工修改", merging.accept(self.whole, mismatch))

    def take(self, mismatch: Mismatch) -> None:
        """The clerk gives the edit up for what the records say now."""
        self.mismatches = tuple(m for m in self.mismatches if m != mismatch)
        self._put("改用现在的记录", merging.take(self.whole, self._fresh, mismatch))

    def mend(self, notice: Notice, part: str) -> None:
        """Do what a notice proposes: one step of the draft, or a name the office knows from now on.

        Raises:
            Refusal: the name cannot be kept.
        """
        if notice.mend is not None and notice.mend.keep:
            office_setup.know_addressee(self.context.workspace, notice.mend.keep)
        else:
            self._put("改正", mended(self.whole, notice), part)

    def notices(self, gap_reason: str = "") -> tuple[Notice, ...]:
        """What the check before issue says of the saved draft."""
        with self.context.workspace.reading() as session:
            document = session.get(Document, self.document_id)
            return documents.check(session, document, gap_reason) if document is not None else ()
