"""问责通报: a lead, one numbered case after another, closing requirements.

A case reads as such bulletins do: the heading names unit, post, person and fault; then what was
done when and what came of it, who was dealt with how, when and by whom, and the leaders held responsible.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from exporters.documents.dispositions import Wording, by_day, predicate, signature, told
from exporters.documents.frame import Body, Frame, Kind, paragraph
from exporters.documents.writing import bare, clause, dated, plain_day, retold, says, sentence, tidy
from models.errors import Refusal
from models.paper.elements import Mask, Paragraph
from models.paper.numbering import chinese_numeral, full_day
from models.queries.casework import CaseFacts, PartyFacts, cases_for_documents
from models.queries.places import overlap
from models.records import AccountabilityCase, Party
from models.rules.naming import mask_names, surname, unmasked
from models.rules.ranking import people_key

KIND = Kind(
    "accountability_bulletin",
    "general",
    ("number", "issue", "date", "theme", "case_ids", "from_", "until", "unit_ids", "masked", "addressees"),
)
DIRECT = "直接责任"
_SOME = re.compile(
    "党员|干部|职工|工作人员|(值班|值守|当班|带班|驻村|包村)(人员|干部|领导)|部分|多名|个别|有关|相关|领导班子|医护人员|医务人员|教职工|群众"
    r"|[\d一二两三四五六七八九十]+名"
)
"""How a title opens that names its people itself: only the unit stands before 干部职工聚集打牌."""
_LONG = 50
"""The longest list of persons that a heading names one by one, in characters."""
_PLACE = re.compile(
    "[^未不擅违在对到往组参瞒接聚落履管排督防工因私外酒酗拒编虚谎漏脱离随带允放失监巡让为与同将把被向从给以使用造伪]{2,8}?"
    "(出口|入口|路口|卡点|卡口|查验点|检查站|服务区|收费站|车站|机场|码头|隔离点|采样点|接种点|市场|超市|商场|广场|小区|医院|"
    "卫生院|卫生室|诊所|药店|学校|中学|小学|幼儿园|公司|工地|景区|水库|大坝|堤防|林场|宾馆|酒店|敬老院|养老院|大厅)"
)
"""How a title opens that speaks of a place by its name."""
_TURN = "各单位要从上述问题中吸取教训，落实以下要求。"


def compose(frame: Frame) -> Body:
    """The bulletin of the chosen cases, or of all in the period that have been dealt with.

    Raises:
        Refusal: there is no case to write about.
    """
    chosen = frame.options.case_ids
    cases = cases_for_documents(frame.session, chosen, frame.options.scope)
    cases = [one for one in cases if chosen or one.settled]
    if not cases:
        raise Refusal("没有可以通报的问责案件，请先录入责任人员和处理情况，或调整筛选条件。")
    frame.speak_of(one.case.campaign_id for one in cases)
    words = _words(frame, cases)
    lead = [paragraph(f"lead:{n}", text) for n, text in enumerate(frame.phrase("lead", words), 1)]
    blocks = (
        *lead,
        *(Case(frame, one).block(numbered=len(cases) > 1) for one in cases),
        *_requirements(frame, words),
        *frame.closing(words),
    )
    return Body(_title(frame, len(cases)), blocks, masks=_masks(frame, cases), campaign_id=frame.options.campaign_id)


def _title(frame: Frame, count: int) -> str:
    work = f"{frame.campaign}工作" if frame.campaign else "工作"
    theme = clause(frame.options.theme)
    return f"关于{_number(count)}起{work}{'中' + theme if theme else ''}典型问题的通报"


def _left(one: PartyFacts, fact: str) -> PartyFacts:
    """A party with what the fact itself does not tell of its dispositions."""
    return replace(one, dispositions=tuple(d for d in one.dispositions if not told(fact, one.party.name, d)))


def _number(count: int) -> str:
    """一起, 5起."""
    return "一" if count == 1 else str(count)


def _words(frame: Frame, cases: list[CaseFacts]) -> dict[str, object]:
    days = [d for one in cases for d in (one.case.conduct_from, one.case.conduct_until) if d]
    first = frame.options.from_ or min(days, default=None)
    last = frame.options.until or max(days, default=None)
    return frame.words(
        case_count=_number(len(cases)),
        **{"from": full_day(first) if first else ""},
        until="" if last is None else plain_day(last) if first and first.year == last.year else full_day(last),
        deadline=frame.deadline(None),
    )


def _requirements(frame: Frame, words: dict[str, object]) -> tuple[Paragraph, ...]:
    """一是……二是…… as running text: a numbered heading would read as one more case."""
    texts = frame.phrase("requirements", words)
    if len(texts) == 1:
        return (paragraph("requirement:1", texts[0]),)
    return (
        *([paragraph("requirements", _TURN)] if texts else []),
        *(paragraph(f"requirement:{n}", f"{chinese_numeral(n)}是{text}") for n, text in enumerate(texts, 1)),
    )


def _masks(frame: Frame, cases: list[CaseFacts]) -> tuple[Mask, ...]:
    """The masks of all persons marked so, told apart within a case."""
    found = []
    for one in cases:
        people = [p.party for p in one.parties if not p.party.is_unit and "某" not in p.party.name]
        chosen = [p.name for p in people if p.masked or frame.options.masked == "all"]
        place = (_key(one.case),)
        found += [Mask(name, shown, place) for name, shown in mask_names(chosen).items() if name != shown]
    return tuple(found)


def _within(part: str, whole: str) -> bool:
    """Whether the characters of a part stand in the whole in their order: 街道主任 in 街道党工委书记、主任."""
    rest = iter(whole)
    return all(mark in rest for mark in part)


def _key(case: AccountabilityCase) -> str:
    return f"case:{case.uuid}"


class Case:
    """One case as a paragraph."""

    def __init__(self, frame: Frame, facts: CaseFacts) -> None:
        self.places, self.days = frame.places, frame.days
        self.case, self.whole = facts.case, facts
        parties = tuple(_left(one, tidy(facts.case.fact)) for one in facts.parties)
        self.facts = facts = replace(facts, parties=parties)
        # In a city's bulletin a case of one of its counties was made known in that county.
        county = re.match(r"\w{1,4}?(县|区)", self.places.path(self.case.unit_id)) if frame.county == "市" else None
        self.wording = Wording(frame.days, county[1] if county else frame.county)
        direct = [p for p in facts.parties if p.party.duty in ("", DIRECT)] or list(facts.parties[:1])
        self.principals = self._ranked(direct)
        self.leaders = self._ranked([p for p in facts.parties if p not in direct and not self._all_told(p)])
        units = {self.places.path(id_) for id_ in (self.case.unit_id, *(p.party.unit_id for p in facts.parties)) if id_}
        self.only = units.pop() if len(units) == 1 else ""
        self.said = ""
        self.decided: dt.date | None = None

    def block(self, *, numbered: bool) -> Paragraph:
        """The heading and the text in one paragraph."""
        heading = self._heading()
        self.said = heading
        parts = [self._fact(), *self._own_conduct(), *self._principal_sentences(), self._leader_sentence()]
        records = [self.case, *(r for p in self.whole.parties for r in (p.party, *p.dispositions))]
        return paragraph(
            _key(self.case), "".join(filter(None, parts)), records, heading=heading, level=1, numbered=numbered
        )

    def _all_told(self, one: PartyFacts) -> bool:
        """Whether the fact itself tells all there is of a leader: what was done to him, and what for."""
        dealt = any(p.party is one.party and p.dispositions for p in self.whole.parties)
        return dealt and not one.dispositions and retold(self.case.fact, one.party.conduct)

    def _ranked(self, parties: Sequence[PartyFacts]) -> list[PartyFacts]:
        def key(one: PartyFacts) -> tuple[object, ...]:
            party = one.party
            return party.position, people_key(self.places.path(party.unit_id), party.post)

        return sorted(parties, key=key)

    def who(self, party: Party) -> str:
        """Unit, post and name; the name alone where the text has named the person already."""
        if party.is_unit:
            return self.places.path(party.unit_id) if self.places.name(party.unit_id) == party.name else party.name
        return self.places.person(party.unit_id or self.case.unit_id, party.post, party.name, former=party.former)

    def _short(self, party: Party) -> str:
        return "".join(self._placed(party))

    def _placed(self, party: Party) -> tuple[str, str]:
        """Unit, and post with name; no unit where the text has introduced the person, 该镇 where it is the only one."""
        who, place = self.who(party), self.places.path(party.unit_id)
        if self._introduced(party):
            return "", party.name
        if party.is_unit or not place or not who.startswith(place):
            return "", who
        known = self.only == place and place in self.said
        return (self.places.this(place) if known else place), who.removeprefix(place)

    def _introduced(self, party: Party) -> bool:
        """Whether the text has named the person with the post, so that the name alone will do."""
        posts = tuple(part for part in re.split(r"[、，兼]", party.post) if part)
        if party.is_unit or not posts:
            return party.name in self.said
        before = self.said.split(party.name)[:-1]
        return any(text.endswith(posts) for text in before)

    def _together(self, parties: Sequence[PartyFacts]) -> str:
        """甲、乙, the unit of several once; where a post itself holds 、 the people stand apart by ，."""
        names: list[str] = []
        last = ""
        for unit, name in (self._placed(one.party) for one in parties):
            names.append(name if unit == last else unit + name)
            last = unit
        return ("，" if any("、" in name for name in names) else "、").join(names)

    def _heading(self) -> str:
        title = clause(self.case.title)
        title = self._completed(title) if title else self._untitled()
        return f"{title}。" if title.endswith("问题") else f"{title}的问题。"

    def _untitled(self) -> str:
        first = self.principals[0].party if self.principals else None
        who = self._leading(first) if first else self.places.path(self.case.unit_id)
        fault = clause(first.conduct) if first else ""
        return f"{who}{fault}" if 0 < len(fault) <= 30 and "，" not in fault else who

    def _leading(self, first: Party) -> str:
        """Those directly responsible who were dealt with; of many the first, and how many they are: 镇长张某等5人."""
        dealt = [p.party for p in self.whole.parties if p.dispositions and not p.party.is_unit]
        people = [p for p in self.principals if p.party in dealt]
        if first.is_unit or len(people) < 2:
            return self.who(first)
        together = self._together(people)
        return together if len(together) <= _LONG else f"{self.who(people[0].party)}等{len(people)}人"

    def _completed(self, title: str) -> str:
        """The title with unit, post and name before the fault, each once however much of it the clerk wrote.

        A name the clerk masked is written out as in the text below; where it goes out masked, both are masked alike.
        """
        people = [p.party for p in (*self.principals, *self.leaders) if not p.party.is_unit]
        title = unmasked(title, [party.name for party in people])
        named = min((p for p in people if p.name in title), key=lambda p: title.index(p.name), default=None)
        if named:
            before, _, fault = title.partition(named.name)
            return f"{self.who(named)}{fault}" if _within(before, self.who(named)) else title
        return self._led(title, hidden=any(f"{surname(p.name)}某" in title for p in people))

    def _led(self, title: str, *, hidden: bool) -> str:
        """A title that names nobody in full, led by the person; one that opens with a unit speaks of the unit."""
        first = self.principals[0].party if self.principals else None
        unit_id = (first and first.unit_id) or self.case.unit_id
        place = self.places.path(unit_id)
        who = self.who(first) if first else place
        if first and not first.is_unit and (shared := overlap(who.removesuffix(first.name), title)):
            return who + title[shared:]
        if shared := overlap(place, title):
            return place + title[shared:]
        if hidden or says(title, who) or self.places.opens(title, unit_id) or self._of_a_place(title):
            return title
        return place + title if not first or _SOME.match(title) else self._leading(first) + title

    def _of_a_place(self, title: str) -> bool:
        """Whether a title speaks of a place, 城东高速出口漏检车辆, before which no person is put."""
        return bool(self.case.place and title.startswith(self.case.place)) or bool(_PLACE.match(title))

    def _fact(self) -> str:
        """When, where, what was done and what came of it."""
        case = self.case
        fact = sentence(case.fact)
        consequence = clause(case.consequence)
        if fact and consequence and not says(fact, consequence):
            fact = f"{clause(fact)}，{consequence}。"
        if case.place and not says(self.said + fact, case.place):
            fact = f"在{clause(case.place).removeprefix('在')}，{fact}"
        when = self._when(fact)
        since = self.case.conduct_from or self.case.conduct_until
        self.days.heard(fact, since.year if since else None)
        self.said += fact
        return f"{when}，{fact}" if when else fact

    def _when(self, fact: str) -> str:
        case = self.case
        if case.period_text:
            return "" if says(fact, case.period_text) else clause(case.period_text)
        days = [d for d in (case.conduct_from, case.conduct_until) if d]
        if not days or dated(fact) or any(plain_day(d) in fact for d in days):
            return ""
        return self.days.span(case.conduct_from, case.conduct_until)

    def _own_conduct(self) -> list[str]:
        """What the text has not yet said of those directly responsible."""
        found = []
        for one in self.principals:
            conduct = clause(one.party.conduct)
            if conduct and not retold(self.said, conduct):
                found.append(f"{self._short(one.party)}{conduct.removeprefix(one.party.name)}。")
                self.said += found[-1]
        return found

    def _principal_sentences(self) -> list[str]:
        """Each principal's dispositions; those dealt with alike in one sentence."""
        found = []
        for _, group in groupby(self.principals, key=lambda p: (signature(p.dispositions), p.party.elsewhere)):
            parties = list(group)
            if dealt := self._dealt(parties):
                found.append(dealt)
                self.said += dealt
            found += [text for p in parties if (text := self._elsewhere(p.party))]
            self.said += "".join(found)
        return found

    def _dealt(self, parties: Sequence[PartyFacts]) -> str:
        """What became of people dealt with alike, day after day, in one sentence."""
        names = self._together(parties)
        texts: list[str] = []
        for day, dispositions in by_day(parties[0].dispositions):
            if dispositions:
                text = predicate(self.wording, "" if texts else names, dispositions, [p.party.name for p in parties])
                texts.append(f"{self._day(day)}{text}")
        return f"{'；'.join(texts)}。" if texts else ""

    def _elsewhere(self, party: Party) -> str:
        words = clause(party.elsewhere)
        if not words or bare(party.name + words) in bare(self.said):
            return ""
        return f"{self._short(party)}{'' if words.startswith(('由', '已', '另')) else '由'}{words}。"

    def _leader_sentence(self) -> str:
        """Leaders held responsible, the same fault and the same measure together."""

        def alike(one: PartyFacts) -> tuple[object, ...]:
            duty = one.party.duty if not one.party.conduct else ""
            return clause(one.party.conduct), duty, signature(one.dispositions), one.party.elsewhere

        parts = []
        for _, group in groupby(self.leaders, key=alike):
            parties = list(group)
            parts.append(self._held(parties))
        return f"{'；'.join(parts)}。" if parts else ""

    def _held(self, parties: list[PartyFacts]) -> str:
        party = parties[0].party
        names = self._together(parties)
        together = len(parties) > 1
        fault = tidy(clause(party.conduct)).removeprefix(party.name)
        texts = [f"{names}{fault or ('均' if together else '') + '负有' + party.duty}"]
        for day, dispositions in by_day(parties[0].dispositions):
            if dispositions:
                text = predicate(self.wording, "", dispositions, [p.party.name for p in parties])
                texts.append(f"{self._day(day, inside=True)}{text}")
        if party.elsewhere and not parties[0].dispositions:
            words = clause(party.elsewhere)
            texts.append(words if words.startswith(("由", "已", "另")) else f"由{words}")
        self.said += texts[0]
        return "，".join(texts)

    def _day(self, day: dt.date | None, inside: bool = False) -> str:
        """The day of a decision with its comma; 同日 where it was just named."""
        if day is None:
            return ""
        text = "同日" if day == self.decided else self.days.day(day)
        self.decided = day
        return text if inside else f"{text}，"
