"""Choosing pictures for a paper: those its findings have already, or files."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Context
from gui.core.plain_text import set_tip
from gui.core.screen_fit import fit
from gui.documents.draft_session import Draft
from gui.documents.picture_row import ask_pictures, picture_list
from gui.lists.filters import button
from gui.widgets.picture_loading import load_picture
from gui.widgets.styled import label
from models.errors import Problem, Refusal
from models.paper import editing
from models.paper.elements import Paper, Photo, Photos
from models.paper.numbering import full_day
from models.queries.facts.documents import records_covered
from models.queries.facts.findings import AFTER, BEFORE, FindingFacts, findings_for_documents
from models.queries.figures.scope import Scope
from models.records import Attachment, Finding

SIDE = 132
"""Side of a picture, px."""
_WORDS = 22


class Shot(NamedTuple):
    """A picture for a paper and the words of the row it goes into."""

    photo: Photo
    row: str = ""


class Held(NamedTuple):
    """A picture that a finding of the paper has."""

    shot: Shot
    words: str
    attachment: Attachment


def held(context: Context, paper: Paper) -> list[Held]:
    """The pictures of the findings a paper states, before their rectification and after, finding by finding."""
    with context.workspace.reading() as session:
        ids = tuple(one.id for one in records_covered(session, paper, Finding.__tablename__))
        facts = findings_for_documents(session, Scope(finding_ids=ids), answers=True) if ids else []
    return [_held(one, picture) for one in facts for picture in sorted(one.photos, key=_place)]


def _place(picture: Attachment) -> int:
    return {BEFORE: 0, AFTER: 2}.get(picture.role, 1)


def _held(one: FindingFacts, picture: Attachment) -> Held:
    from exporters.composing.annexes import row_words

    role = picture.role if picture.role in (BEFORE, AFTER) else ""
    day = full_day(picture.taken_on) if picture.taken_on else ""
    below = row_words(one)
    words = f"{' '.join(filter(None, (picture.role, day))) or picture.name}\n{below[:_WORDS]}"
    return Held(Shot(Photo(picture.sha256, role), below), words, picture)


def rows_of(shots: Iterable[Shot]) -> Iterator[Photos]:
    """Pictures as rows: those of one finding side by side under its words."""
    for words, group in groupby(shots, key=lambda shot: shot.row):
        for row in editing.photo_rows([shot.photo for shot in group]):
            yield msgspec.structs.replace(row, caption=words)


def ask_photos(draft: Draft, parent: QWidget, *, several: bool) -> list[Shot]:
    """Ask for pictures: the findings' own where they have any, else files, which are kept with the document.

    Raises:
        Refusal: a file is no picture or cannot be kept.
    """
    found = held(draft.context, draft.paper)
    if found:
        dialog = PhotoChoice(draft.context, found, parent, several=several)
        if not dialog.exec():
            return []
        if not dialog.wants_files:
            return dialog.chosen()
    return _kept(draft, ask_pictures(draft.context, parent, several=several))


def _kept(draft: Draft, paths: Sequence[Path]) -> list[Shot]:
    """The pictures that can be kept; the others are told, file by file."""
    shots: list[Shot] = []
    refused: list[Problem] = []
    for path in paths:
        try:
            shots.append(Shot(draft.keep_photo(path)))
        except Refusal as refusal:
            refused += refusal.problems
    if refused and not shots:
        raise Refusal(*refused)
    if refused:
        error_reporting.refuse(Refusal(*refused))
    return shots


class PhotoChoice(QDialog):
    """The pictures the findings have; a button leads to the files."""

    def __init__(self, context: Context, found: Sequence[Held], parent: QWidget, *, several: bool) -> None:
        super().__init__(parent)
        self._found, self.wants_files = found, False
        self.setWindowTitle("选择照片")
        fit(self, 820, 600)
        self.list = picture_list("文稿所列问题的照片", SIDE, (48, 56))
        self.list.setWordWrap(True)
        modes = QAbstractItemView.SelectionMode
        self.list.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        for one in found:
            item = QListWidgetItem(one.words)
            load_picture(context, one.attachment, SIDE * 2, self, partial(_draw, item))
            set_tip(item, one.shot.row)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.list.addItem(item)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self._put = button("放入文稿", self.accept, "primary")
        self.list.itemSelectionChanged.connect(self._selected)
        line = QHBoxLayout()
        line.addWidget(button("从文件选…", self._to_files))
        line.addStretch(1)
        line.addWidget(self._put)
        line.addWidget(button("取消", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        many = "，按住 Ctrl 可以选几张" if several else ""
        column.addWidget(label(f"文稿所列问题的照片{many}。", wrap=True))
        column.addWidget(self.list, 1)
        column.addLayout(line)
        self._selected()

    def _selected(self) -> None:
        self._put.setEnabled(bool(self.list.selectedItems()))

    def _to_files(self) -> None:
        self.wants_files = True
        self.accept()

    def chosen(self) -> list[Shot]:
        """The chosen pictures in the order they are shown."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [self._found[row].shot for row in rows]


def _draw(item: QListWidgetItem, picture: QPixmap) -> None:
    item.setIcon(QIcon(picture))
