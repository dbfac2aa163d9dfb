"""What a new record's form took over: marked, let go of where it does not fit, cleared by one click."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QObject

from gui.core.context import Context
from gui.forms.form import Form
from gui.widgets.notice import Notice
from models.domain import carry_over
from models.domain.carry_over import Bounds, Where
from models.queries.lookups import carrying, pickers
from models.records import Campaign, Finding, Inspection, Record, fields_of

Values = Mapping[str, Any]
CARRIED: Final = "沿用"
USUAL: Final = "默认"
PLACING: Final = (
    "site_id", "unit_id", "department_id", "campaign_id", "inspection_id", "team_id", "found_on", "on", "starts_on",
)  # fmt: skip
"""What tells where a record belongs."""
CHOSEN: Final = ("inspection_id", "team_id")
"""What says of a finding where it belongs once it was chosen: the inspection before the team."""
LYING: Final = ("site_id", "unit_id", "department_id")
"""What tells its place."""


NOWHERE: Final = Where()
NOTHING: Final[Values] = MappingProxyType({})


@dataclass(slots=True)
class Start:
    """What a new record starts with.

    Attributes:
        words: by field, where its value comes from; a field without a word is the program's own.
        of: where the record belongs that the values were taken over from, and what it is called.
        usual: shown again where a value that was taken over is let go of.
    """

    values: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    of: Where = NOWHERE
    named: str = ""
    usual: dict[str, Any] = field(default_factory=dict)

    def usually(self, values: Values) -> "Start":
        """With these values where nothing was taken over."""
        self.usual |= values
        self.values = {**values, **self.values}
        return self


def start_of(context: Context, cls: type[Record], last: Record | None, *, within: bool = False) -> Start:
    """What a new record takes over from the one before, and what follows from the 专项 in force.

    Args:
        context: for reading, and for the 专项 that is chosen.
        cls: of the record.
        last: the one entered before it.
        within: both belong to one parent, whose 专项 is theirs too.
    """
    table, declared, today = cls.__tablename__, fields_of(cls), context.workspace.today
    with context.workspace.reading() as session:
        campaign = None if within else pickers.campaign_now(session, context.state.get("campaign"))
        start = Start(named=last.title if last is not None else "")
        if last is not None:
            values = {name: getattr(last, name) for name in declared}
            start.of = carrying.where(session, table, values)
            same_day = last.created_at is not None and last.created_at.date() == today
            start.values = carry_over.taken_over(
                table, values, of=start.of, now=Where(campaign=campaign), same_day=same_day
            )
        start.words = dict.fromkeys(start.values, CARRIED)
        start.usual = {"campaign_id": campaign} if campaign is not None and "campaign_id" in declared else {}
        for name, value in ({} if within else _usual(session, cls, campaign, today)).items():
            if name in declared and name not in start.values:
                start.values[name] = value
                start.words |= {name: USUAL} if name != "campaign_id" else {}
        for name in _misfits(session, table, start, start.values, campaign):
            del start.values[name], start.words[name]
    return start


def _usual(session: Any, cls: type[Record], campaign: int | None, today: Any) -> dict[str, Any]:
    """What goes without saying: the 专项 in force, its basis document, the team where just one is at work."""
    found: dict[str, Any] = {"team_id": pickers.only_team(session, today), "campaign_id": campaign}
    if cls is Inspection:
        found["basis"] = _document(session, campaign)
    return {name: value for name, value in found.items() if value}


def _document(session: Any, campaign: Any) -> str:
    """The first document a 专项 rests on, as an inspection names it."""
    found = session.get(Campaign, campaign) if isinstance(campaign, int) else None
    lines = found.basis.strip().splitlines() if found is not None else []
    return lines[0][: fields_of(Inspection)["basis"].limit] if lines else ""


def _now(session: Any, table: str, start: Start, values: Values, campaign: int | None) -> tuple[Where, list[Bounds]]:
    """Where the new record is, and where the inspection and the team that were chosen in it belong."""
    now = carrying.where(session, table, {"campaign_id": campaign, **values})
    if table != Finding.__tablename__:
        return now, []
    typed = {name: values.get(name) for name in CHOSEN if name not in start.words}
    known = carrying.bounds(session, typed)
    chosen = [known[name] for name in CHOSEN if name in known]
    placed = any(values.get(name) and name not in start.words for name in LYING)
    own = values.get("campaign_id") not in (None, start.usual.get("campaign_id"))
    return carry_over.where_chosen(now, chosen, placed=placed, campaign=own), chosen


def _misfits(session: Any, table: str, start: Start, values: Values, campaign: int | None) -> tuple[str, ...]:
    now, chosen = _now(session, table, start, values, campaign)
    bounds = carrying.bounds(session, {name: values.get(name) for name in start.words})
    found: list[str] = []
    for word, of in ((CARRIED, start.of), (USUAL, Where(campaign=start.values.get("campaign_id")))):
        names = [name for name, told in start.words.items() if told == word]
        found += carry_over.misfits(table, names, of=of, now=now, bounds=bounds, chosen=chosen)
    if "team_id" in start.words and "team_id" not in found and _team_of(session, start, values) not in (
        None, values.get("team_id"),
    ):  # fmt: skip
        found.append("team_id")
    return tuple(found)


def _team_of(session: Any, start: Start, values: Values) -> int | None:
    """Whose the inspection was that was chosen in the form."""
    id_ = values.get("inspection_id") if "inspection_id" not in start.words else None
    found = session.get(Inspection, id_) if isinstance(id_, int) else None
    return found.team_id if found is not None else None


def copy_of(context: Context, record: Record, values: Values) -> Start:
    """A copy: what it must not take to another place or 专项 is watched as if it had been taken over."""
    table = record.__tablename__
    names = [name for name in carry_over.IN_A_COPY.get(table, {}) if values.get(name) not in (None, "", [])]
    with context.workspace.reading() as session:
        of = carrying.where(session, table, values)
    usual = {"campaign_id": values["campaign_id"]} if values.get("campaign_id") else {}
    return Start(dict(values), dict.fromkeys(names, CARRIED), of, record.title, usual)


class Carrying(QObject):
    """Watches one form: what was taken over goes where the place, the 专项 or the day typed is another."""

    def __init__(
        self, context: Context, form: Form, table: str, line: Notice | None = None, *, within: bool = False
    ) -> None:
        super().__init__(form)
        self._context, self._form, self._table, self._line = context, form, table, line
        self._within = within
        self._start = Start()
        self._seen: dict[str, Any] = {}
        self._dropped: list[str] = []
        form.edited.connect(self._look)

    def begin(self, start: Start) -> None:
        """The form shows a new record that starts so."""
        self._start, self._dropped = start, []
        self._form.mark_carried(start.words)
        self._seen = self._placing()
        self._tell()

    @property
    def origin(self) -> dict[str, Any]:
        """Where the record belongs that the form took over from, as a draft keeps it."""
        of = self._start.of
        return {"place": list(of.place), "campaign": of.campaign, "under": of.under}

    def resume(self, origin: Values = NOTHING, usual: Values = NOTHING) -> None:
        """The form shows a draft: what it took over is marked still.

        Args:
            origin: where it belongs; a draft without one, as of an earlier version, belongs where its values say.
            usual: shown again where a value is let go of.
        """
        values, _unread = self._form.read(name for name in self._form.carried if name in PLACING)
        with self._context.workspace.reading() as session:
            of = carrying.where(session, self._table, values)
        if origin:
            of = replace(of, place=tuple(origin["place"]), campaign=origin["campaign"], under=origin["under"])
        self.begin(Start(dict(values), dict(self._form.carried), of, usual=dict(usual)))

    def stop(self) -> None:
        """The form shows something else: nothing in it was taken over."""
        self._form.unmark(*self._form.carried)
        self._start, self._dropped = Start(), []
        self._tell()

    def _placing(self) -> dict[str, Any]:
        return {name: self._form[name].raw() for name in PLACING if name in self._form.cells}

    def _look(self) -> None:
        now = self._placing()
        if self._form.carried and now != self._seen:
            self._seen = now
            self.check()
        self._tell()

    def check(self) -> None:
        """Let go of what does not fit what stands in the form now, and say so; what must be typed gets the cursor."""
        values, _unread = self._form.read(self._placing())
        campaign = None if self._within else self._context.state.get("campaign")
        start = self._start
        start.words = dict(self._form.carried)
        with self._context.workspace.reading() as session:
            gone = _misfits(session, self._table, start, values, campaign)
            usual = dict(start.usual)
            if self._table == Inspection.__tablename__:
                usual["basis"] = _document(session, values.get("campaign_id"))
            if (team := _team_of(session, start, values)) != values.get("team_id"):
                usual["team_id"] = team
            now, _chosen = _now(session, self._table, start, values, campaign)
        self._follow(now.campaign)
        if gone:
            labels = [self._form.cells[name].field.label for name in gone]
            self._dropped += [label for label in labels if label not in self._dropped]
            self._form.let_go(gone, usual)
            self._form.mark_carried({name: USUAL for name in gone if name == "team_id" and usual.get(name)})
            self._seen = self._placing()
            cells = self._form.cells
            wanted = next((n for n in cells if n in gone and cells[n].field.required and not self._form[n].raw()), "")
            if wanted:
                self._form.go_to(wanted)
        self._tell()

    def _follow(self, campaign: int | None) -> None:
        """A 专项 that nobody typed is the chosen inspection's or team's."""
        start, name = self._start, "campaign_id"
        if self._table != Finding.__tablename__ or campaign is None or name not in self._form.cells:
            return
        if self._form[name].raw() == start.usual.get(name) != campaign:
            self._form[name].show_value(campaign)
            start.usual[name] = campaign
            self._seen = self._placing()

    def clear(self) -> None:
        """Nothing is taken over after all."""
        names = [name for name, word in self._form.carried.items() if word == CARRIED]
        self._form.let_go(names, self._start.usual)
        self._form.focus_first()

    def _tell(self) -> None:
        if self._line is None:
            return
        names = [name for name, word in self._form.carried.items() if word == CARRIED]
        named = f"（{self._start.named}）" if self._start.named else ""
        said = f"标“{CARRIED}”的取自上一条{named}，请核对。" if names else ""
        told = (f"{self._form.cells[n].field.label} {self._form[n].caption}" for n in names if n in self._form.folded)
        said += f"其中{'；'.join(told)}。" if names and any(n in self._form.folded for n in names) else ""
        if self._dropped:
            said += f"与上一条地方、专项或日期不同，没有沿用{'、'.join(self._dropped)}。"
        if said:
            self._line.say(said, *([("全部清除", self.clear)] if names else []))
        else:
            self._line.clear()
