"""What all kinds have in common: the office's header and tail, phrases filled in, blocks with their origins."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.composing import narrowing, phrasing
from exporters.composing.filling import filled
from exporters.composing.options import Options
from exporters.composing.stated import plain
from exporters.composing.wording import Days, clause, listed, ours
from models.domain.documents import numbering
from models.domain.documents.selection import may_compose
from models.domain.state_machine import Role
from models.errors import Refusal
from models.paper.editing import ADDRESSEES, TITLE, composed, composed_annex, joined
from models.paper.elements import (
    Annex,
    Block,
    Colophon,
    Fonts,
    Format,
    Header,
    Origin,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from models.paper.kinds import Kind
from models.paper.numbering import chinese_numeral, full_day
from models.paper.titles import with_issue
from models.queries.figures.breakdown import top_units
from models.queries.lookups.places import Places
from models.queries.selection.choices import Choice, Selection
from models.records import Campaign, Office, Peer, Record, Team


@dataclass(frozen=True)
class Body:
    """What a kind composes; the frame puts the office's header and tail around it.

    ``mark_suffix`` stands after the organ's name in the mark of 文件格式; ``organ`` issues it instead of the office
    itself, which then has no number of its own to give.
    """

    title: str
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    addressees: tuple[str, ...] = ()
    campaign_id: int | None = None
    note: str = ""
    mark_suffix: str = "文件"
    organ: str = ""


@dataclass
class Frame:
    """One composition: the session it reads with, the choices, the office.

    ``holds`` is what holds of the records, for the phrases (``dictionaries.NEEDS``); None where a kind does not tell.
    ``requirement_ids`` are those of the store that stand in the document.
    """

    session: Session
    kind: Kind
    options: Options
    date: dt.date
    days: Days = field(default_factory=Days)
    selection: Selection = field(default_factory=Selection)
    holds: frozenset[str] | None = None
    requirement_ids: tuple[int, ...] = ()

    @cached_property
    def office(self) -> Office:
        """本机构.

        Raises:
            Refusal: the first-run page was not answered.
        """
        office = self.session.scalars(select(Office)).first()
        if office is None:
            raise Refusal("请先在设置里填写本机构的名称。")
        return office

    @cached_property
    def role(self) -> Role:
        """Of the office at this PC."""
        return "unit" if self.office.role == "unit" else "county"

    def allow(self) -> None:
        """Refuse what cannot be composed at all.

        Raises:
            Refusal: an office of this role does not write this kind, or the period is the wrong way round or reaches
                beyond the document's date.
        """
        if not may_compose(self.kind.key, self.role):
            raise Refusal(f"{self.kind.name}由县级指挥部办公室起草，本单位不能起草。")
        for name, day in (("截止", self.options.until), ("开始", self.options.from_)):
            if day and day > self.date:
                raise Refusal(f"{name}日期{full_day(day)}晚于成文日期{full_day(self.date)}，请核对。")
        if self.options.from_ and self.options.until and self.options.until < self.options.from_:
            raise Refusal("截止日期早于开始日期，请核对。")

    @cached_property
    def choice(self) -> Choice:
        """What decides which records stand in the document."""
        options = self.options
        return Choice(
            self.kind.key, self.role, self.date, options.scope, options.case_ids, options.ticks, options.include,
            options.approver, options.leave_out,
        )  # fmt: skip

    @cached_property
    def superior(self) -> str:
        """The office that gave the problems: for a unit the one it is paired with, else this office itself.

        Empty where a unit is paired with none: a name is never made up.
        """
        if self.office.role != "unit":
            return self.office.name
        query = select(Peer.name).where(Peer.role == "county", Peer.deleted_at.is_(None))
        return self.session.scalars(query).first() or ""

    @cached_property
    def places(self) -> Places:
        """What units are called."""
        places = Places.load(self.session)
        if self.role == "county":
            return places
        names = {self.office.name, self.office.short_name}
        own = {id_ for id_, unit in places.units.items() if id_ == self.office.unit_id or unit.name in names}
        return dataclasses.replace(places, own=places.own | own)  # 我镇 needs not say its name before its villages

    @cached_property
    def tops(self) -> dict[int, tuple[int, str]]:
        """Every unit's forebear right under the county, as id and name."""
        return top_units(self.session)

    @cached_property
    def ours(self) -> str:
        """我镇, 我乡, 我街道, 我局: how an answering unit calls itself in its own papers."""
        return ours(self.office.short_name or self.office.name)

    @cached_property
    def county(self) -> str:
        """The word after 全: 县, 区 or 市."""
        name = self.office.county_name
        return name[-1] if name and name[-1] in "县区市旗" else "县"

    @property
    def campaign(self) -> str:
        """The campaign's name without 工作 at its end; empty where the office keeps none."""
        return self.season.name.removesuffix("工作") if self.season else ""

    @cached_property
    def season(self) -> Campaign | None:
        """The campaign the paper is about: the one chosen, else the current one; None where the office keeps none."""
        wanted = self.options.campaign_id
        query = select(Campaign).where(Campaign.deleted_at.is_(None))
        query = query.where(Campaign.id == wanted) if wanted else query.where(Campaign.active)
        return self.session.scalars(query.order_by(Campaign.id.desc())).first()

    def use_campaign_of(self, campaign_ids: Iterable[int | None]) -> None:
        """Name the campaign most of the records belong to, where the clerk chose none."""
        known = [id_ for id_ in campaign_ids if id_]
        if not self.options.campaign_id and known:
            most = max(set(known), key=known.count)
            self.options = msgspec.structs.replace(self.options, campaign_id=most)
            self.__dict__.pop("season", None)

    def words(self, **more: object) -> dict[str, object]:
        """Values for the placeholders that every kind knows."""
        office = self.office
        return {
            "campaign": self.campaign,
            "office": office.name,
            "county": office.county_name,
            "unit": self.ours if office.role == "unit" else "",
            "team": listed(self.team_names) or "督查组",
            "contact": office.contact,
            "phone": office.phone,
            **more,
        }

    @cached_property
    def team_names(self) -> tuple[str, ...]:
        """The teams the clerk narrowed the paper to."""
        query = select(Team.name).where(Team.id.in_(self.options.team_ids)).order_by(Team.number, Team.id)
        return tuple(self.session.scalars(query))

    @cached_property
    def units(self) -> str:
        """The units the clerk narrowed the paper to, as its title names them; empty where there is no such filter."""
        chosen = sorted(self.options.unit_ids, key=self.places.place)
        return narrowing.units([self.places.called(unit) for unit in chosen])

    @property
    def teams(self) -> str:
        """The teams the clerk narrowed the paper to, as its title names them."""
        return narrowing.teams(self.team_names)

    def phrase(self, slot: str, words: Mapping[str, object]) -> list[str]:
        """The phrases of a slot that stand in the document, filled in; a lead says which teams it was narrowed to."""
        given = getattr(self.options, slot, "")
        found = [] if given else phrasing.chosen(self.session, self.kind.key, slot, self.options, self.holds)
        if slot == phrasing.REQUIREMENTS:
            self.requirement_ids = tuple(one.id for one in found if one.id is not None)
        texts = [given] if given else [one.text for one in found]
        if slot == "lead" and not given and not any("{督查组" in text or "{team" in text for text in texts):
            words = {**words, "office": f"{words.get('office', '')}{self.teams}"}
        told = (self._filled(line, words) for text in texts for line in text.splitlines() if line.strip())
        lines = [line for line in told if line]  # of 联系人 nothing is left where the office has none
        if slot == "lead":
            self.days.heard("".join(lines))
        return lines

    def named_phrase(self, slot: str, name: str, words: Mapping[str, object]) -> str:
        """The phrase of that name, the office's own before the shipped one; empty where none of it holds."""
        return self._filled(phrasing.named(self.session, self.kind.key, slot, name, self.holds), words)

    def _filled(self, text: str, words: Mapping[str, object]) -> str:
        return filled(text, words, self.campaign, self.county)

    def deadline(self, latest: dt.date | None) -> str:
        """The day an answer is wanted by, for {deadline}."""
        return self.day(self.options.reply_by or latest)

    def day(self, day: dt.date | None) -> str:
        """3月15日, with the year where it is not the document's; empty for none."""
        return Days(self.date.year).day(day) if day else ""

    def requirements(self, words: Mapping[str, object]) -> tuple[Paragraph, ...]:
        """The requirement phrases as points."""
        return points("requirement", [(text, ()) for text in self.phrase("requirements", words)])

    def closing(self, words: Mapping[str, object]) -> tuple[Paragraph, ...]:
        """The closing phrases as running text."""
        return tuple(paragraphs("closing", self.phrase("closing", words)))

    def paper(self, body: Body) -> Paper:
        """The body in the office's frame."""
        options, office = self.options, self.office
        organ = body.organ or office.name
        form = options.format or self.kind.format
        title = options.title or with_issue(body.title, options.issue)
        addressees = self._addressees(body)
        return Paper(
            kind=self.kind.key,
            format=form,
            fonts=msgspec.convert(office.fonts or {}, Fonts),
            header=self._header(form, body),
            title=title,
            addressees=addressees,
            blocks=body.blocks,
            signature=Signature((organ, *options.organs), self.date, options.sealed and form != "plain"),
            note=body.note,
            approver=options.approver,
            approved_on=options.approved_on,
            annexes=tuple(composed_annex(annex) for annex in body.annexes),
            colophon=None if form == "plain" else self._colophon(),
            origins=(Origin(TITLE, text=title), Origin(ADDRESSEES, text=joined(addressees))),
        )

    def _header(self, form: Format, body: Body) -> Header:
        options, office = self.options, self.office
        if form == "plain":
            return Header()
        default = (office.signer,) if self.kind.upward and form == "general" and office.signer else ()
        # A mark that was typed with its 文件 is not given it twice.
        mark = (office.mark or office.name).removesuffix(body.mark_suffix)
        name = body.organ or (office.name if form == "letter" else mark)
        return Header(
            organs=(name, *options.organs),
            mark_suffix=body.mark_suffix if form == "general" else "",
            number=self.number,
            signers=default if options.signers is None else options.signers,
            copy_number=options.copy_number,
            secrecy=options.secrecy,
            urgency=options.urgency,
        )

    @cached_property
    def number(self) -> str:
        """The document number whole: 云防指办〔2022〕7号.

        Raises:
            Refusal: what was given is no document number.
        """
        given = self.options.number.strip()
        if not given:
            return ""
        try:
            return str(numbering.completed(given, self.office.number_code, self.date.year))
        except ValueError as error:
            raise Refusal(f"“{given}”{error}") from error

    def _addressees(self, body: Body) -> tuple[str, ...]:
        if self.options.addressees is not None:
            return self.options.addressees
        if body.addressees or self.kind.format == "plain":
            return body.addressees
        if not self.kind.upward:
            return several(self.office.addressees) or self._everybody()
        return (
            tuple(filter(None, (self.superior,)))
            if self.office.role == "unit"
            else (f"{self.county}委", f"{self.county}政府")
        )

    def _everybody(self) -> tuple[str, ...]:
        """To whom a county's bulletin goes where its settings name nobody: the kinds of units it keeps."""
        kinds = {unit.kind for unit in self.places.units.values() if unit.deleted_at is None}
        organs = {"乡镇": "乡镇人民政府", "街道": "街道办事处"}
        seats = "、".join(name for kind, name in organs.items() if kind in kinds)
        offices = f"{self.county}直各有关单位" if "部门" in kinds else ""
        return ("，".join(filter(None, (f"各{seats}" if seats else "", offices))) or "各有关单位",)

    def _colophon(self) -> Colophon:
        office = self.office
        # What goes to one unit is not copied to those whom the office's bulletins are copied to.
        usual = () if self.kind.format == "letter" else several(office.copy_to)
        copies = usual if self.options.copy_to is None else self.options.copy_to
        return Colophon(copies, office.printer or office.name, self.date)


def several(text: str) -> tuple[str, ...]:
    """A settings text of several units: one a line, or apart by 、 or ；."""
    return tuple(clause(part) for part in re.split(r"[\n；;]", text) if clause(part))


HEADING = 24
"""The longest first sentence that may stand as a heading, in characters."""


def points(key: str, texts: Sequence[tuple[str, Iterable[Record | None]]]) -> tuple[Paragraph, ...]:
    """Several points, each with its records: （一） with the first sentence as its heading (7.3.3, 楷体).

    Where one of them has no sentence short enough for a heading they are 一是 二是, one alone plain text.
    """
    if all(len(plain(text.partition("。")[0])) <= HEADING for text, _ in texts):
        return tuple(
            paragraph(f"{key}:{n}", text.partition("。")[2], records, heading=text.partition("。")[0] + "。", level=2)
            for n, (text, records) in enumerate(texts, 1)
        )
    return tuple(
        paragraph(f"{key}:{n}", (f"{chinese_numeral(n)}是" if len(texts) > 1 else "") + text, records)
        for n, (text, records) in enumerate(texts, 1)
    )


def references(records: Iterable[Record | None]) -> tuple[str, ...]:
    """Records as an origin names them: table:uuid, each once."""
    return tuple(dict.fromkeys(f"{r.__tablename__}:{r.uuid}" for r in records if r is not None))


def paragraph(
    key: str,
    text: str = "",
    records: Iterable[Record | None] = (),
    *,
    heading: str = "",
    level: int = 0,
    numbered: bool = True,
) -> Paragraph:
    """A paragraph that knows where it came from."""
    base = Paragraph(text=text, heading=heading, level=level, numbered=numbered)
    return composed(base, key, references(records))


def paragraphs(key: str, texts: Iterable[str], records: Sequence[Record | None] = ()) -> list[Paragraph]:
    """Running text, one paragraph a text, each with its place in its key."""
    return [paragraph(f"{key}:{n}", text, records) for n, text in enumerate(texts, 1)]


def heading(key: str, text: str, level: int = 1) -> Paragraph:
    """A heading of its own paragraph."""
    return paragraph(key, heading=text, level=level)


def table(key: str, base: Table, records: Iterable[Record | None] = ()) -> Table:
    """A table that knows where it came from; with a record for every row, each row knows its own."""
    refs = references(records)
    keys = refs if len(refs) == len(base.rows) else ()
    return composed(msgspec.structs.replace(base, keys=keys), key, refs)
