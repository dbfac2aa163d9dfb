"""One editor for each kind of field, made from what the record declares about it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from gui.core.context import Context
from gui.forms.editors.base import Editor
from gui.forms.editors.choices import ChoiceEditor, ChoicesEditor, CodedEditor, Dictionary, FlagEditor
from gui.forms.editors.days import DayEditor, MomentEditor
from gui.forms.editors.lines import LineEditor, NumberEditor, PhoneEditor, TextEditor
from gui.forms.editors.pick import Finder, MeasureEditor, NameEditor, RefEditor, RefsEditor
from models.domain import dictionaries
from models.paper import kinds
from models.records.fields import Codes, Field

CODED: Mapping[Codes, Mapping[str, str]] = {
    "dictionary": dictionaries.LABELS,
    "document_kind": kinds.NAMES,
    "slot": kinds.SLOTS,
    "office_role": {"county": "县级指挥部办公室", "unit": "乡镇或部门"},
}
"""What the keys of the program's own are called, by ``Field.codes``: the clerk sees and picks the name."""

__all__ = ["Editor", "editor_for", "pair_days"]


SOON = {"starts_on": 45, "joined_on": 45}
"""Days that have been, or come within so many days."""
SPANS = {"ends_on": "starts_on", "left_on": "joined_on", "conduct_until": "conduct_from"}
"""Days that end what another one begins."""


def editor_for(context: Context, name: str, field: Field, parent: QWidget | None = None) -> Editor:
    """The editor of a field.

    Args:
        context: workspace and dictionaries.
        name: the field's attribute; days that come within some weeks are known by it.
        field: as the record declares it.
        parent: widget that owns the editor.
    """
    made = _MAKERS[_kind(field)](context, field, parent)
    if isinstance(made, DayEditor):
        made.leeway = 0 if field.past else SOON.get(name)
    return made


def pair_days(editors: Mapping[str, Editor]) -> None:
    """Let the days that end something know the day it begins."""
    for end, start in SPANS.items():
        ending, beginning = editors.get(end), editors.get(start)
        if isinstance(ending, DayEditor) and isinstance(beginning, DayEditor):
            ending.start = beginning


def _kind(field: Field) -> str:
    return field.editor or (field.suggests and "suggested") or (field.codes and "coded") or field.kind


_Maker = Callable[[Context, Field, QWidget | None], Editor]
_MAKERS: dict[str, _Maker] = {
    "line": lambda _context, field, parent: LineEditor(field, parent),
    "phone": lambda _context, field, parent: PhoneEditor(field, parent),
    "text": lambda _context, field, parent: TextEditor(field, parent),
    "number": lambda _context, field, parent: NumberEditor(field, parent),
    "flag": lambda _context, field, parent: FlagEditor(field, parent),
    "day": lambda context, field, parent: DayEditor(field, lambda: context.workspace.today, parent),
    "moment": lambda context, field, parent: MomentEditor(field, lambda: context.workspace.today, parent),
    "choice": lambda context, field, parent: ChoiceEditor(field, Dictionary(context, field.term), parent),
    "choices": lambda context, field, parent: ChoicesEditor(Dictionary(context, field.term), parent),
    "ref": lambda context, field, parent: RefEditor(field, Finder(context, field.target), parent),
    "refs": lambda context, field, parent: RefsEditor(field, Finder(context, field.target), parent),
    "suggested": lambda context, field, parent: ChoiceEditor(field, Dictionary(context, field.suggests), parent),
    "coded": lambda _context, field, parent: CodedEditor(field, CODED[field.codes], parent),
    "measure": lambda context, field, parent: MeasureEditor(field, context, parent),
    "person": lambda context, field, parent: NameEditor(field, Finder(context, "person"), parent),
}
