"""A document that came back, held against the paper it was made from and against its draft as it stands now."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

from exporters.docx.writer import write_docx
from exporters.returned import records
from exporters.returned.applying import apply
from exporters.returned.comparing import Change, changes
from exporters.returned.levels import numbered
from exporters.returned.reading import read
from exporters.returned.sent_copies import Sent, recall, remember
from models.domain.text.one_line import shortened
from models.errors import Refusal
from models.paper import editing, marks, masking
from models.paper.elements import Paper
from models.storage.data_folder import DataFolder

_SHOWN = 16
_FIELDS = {
    "title": "标题",
    "subtitle": "副标题",
    "addressees": "主送",
    "number": "发文字号",
    "date": "成文日期",
    "note": "附注",
    "copies": "抄送",
    "printer": "印发机关",
}


@dataclass(frozen=True, slots=True)
class ComeBack:
    """What a document brings.

    Attributes:
        sent: the paper it was made from.
        seen: the version of it that went out.
        changes: what was changed in it.
    """

    sent: Sent
    seen: Paper
    changes: tuple[Change, ...]

    def where(self, change: Change) -> str:
        """Where a change stands, in the clerk's words."""
        return _where(self.seen, change)

    def offers(self, session: Session, change: Change) -> tuple[records.Offer, ...]:
        """The records' fields that may be changed too."""
        return records.offers(session, self.sent.whole, change)

    def kept_as(self, folder: DataFolder, document: str) -> None:
        """Remember which document the paper became, so that the same file comes back to it again."""
        if self.sent.document != document:
            remember(folder, self.seen, msgspec.structs.replace(self.sent, document=document))

    def applied(self, now: Paper, taken: Sequence[Change]) -> tuple[Paper, tuple[Change, ...]]:
        """The internal version as it stands now with some of the changes, and those that found no place in it."""
        if not self.sent.public:
            return apply(now, taken)
        shown, missed = apply(masking.public(now), taken)
        return masking.internal(shown, now), missed


def come_back(folder: DataFolder, file: Path, photo: Callable[[str], Path]) -> ComeBack:
    """What a document brings.

    Args:
        folder: of the office's data.
        file: the .docx.
        photo: the file of a picture by its hash.

    Raises:
        Refusal: it cannot be read, or did not go out from here.
    """
    returned = read(file)
    if not returned.token:
        raise Refusal(
            f"“{file.name}”里没有督查通的记号，不是由督查通导出的文稿，不能取回；可以用“审读文稿”查看，或手工修改。"
        )
    sent = recall(folder, returned.token)
    seen = masking.public(sent.whole) if sent.public else sent.whole
    with tempfile.TemporaryDirectory(prefix="dct-") as place:
        again = Path(place) / "sent.docx"
        write_docx(seen, again, photo)
        lines = read(again).lines
    return ComeBack(sent, seen, changes(lines, returned.lines, numbered(seen)))


def _where(paper: Paper, change: Change) -> str:
    if change.mark.startswith(marks.FIELD):
        name = change.mark.removeprefix(marks.FIELD)
        return "署名" if name.startswith("organ") else _FIELDS.get(name, "版头")
    if change.mark.startswith(marks.ANNEX):
        return f"附件{int(change.mark.removeprefix(marks.ANNEX)) + 1}标题"
    if change.row:
        return "表格"
    for one in marks.all_blocks(paper):
        if one.mark == change.mark or marks.caption(one.mark) == change.mark.rpartition("_")[0]:
            place = f"附件{one.annex + 1}" if one.annex is not None else "正文"
            behind = "之后" if change.kind == "added" else ""
            return f"{place}第{one.at + 1}段“{shortened(editing.words_of(one.block), _SHOWN)}”{behind}"
    return "正文"
