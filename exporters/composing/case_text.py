"""One case of a 问责通报: the heading, what was done, who was dealt with how, and the leaders held responsible."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from exporters.composing.dispositions import Wording, by_day, decided, predicate, signature, told
from exporters.composing.frame import Frame, paragraph
from exporters.composing.wording import bare, clause, dated, plain_day, retold, says, sentence, tidy
from models.domain.cases.duties import told_duty
from models.domain.cases.ranking import leaders_key, organs_key
from models.domain.documents.mentions import times_named, without
from models.domain.text.naming import surname, unmasked
from models.paper.elements import Paragraph
from models.queries.facts.cases import CaseFacts, PartyFacts
from models.queries.lookups.masked_names import case_key
from models.queries.lookups.places import overlap
from models.records import AccountabilityCase, Disposition, Party

DIRECT = "直接责任"
_SOME = re.compile(
    "党员|干部|职工|工作人员|(值班|值守|当班|带班|驻村|包村)(人员|干部|领导)|部分|多名|个别|有关|相关|领导班子|医护人员|医务人员|教职工|群众"
    r"|[\d一二两三四五六七八九十]+名"
)
"""How a title opens that names its people itself: only the unit stands before 干部职工聚集打牌."""
_SHORT = 30
"""The longest fault that a heading names, in characters."""
_LONG = 50
"""The longest list of persons that a heading names one by one, in characters."""
_PLACE = re.compile(
    "[^未不擅违在对到往组参瞒接聚落履管排督防工因私外酒酗拒编虚谎漏脱离随带允放失监巡让为与同将把被向从给以使用造伪]{2,8}?"
    "(出口|入口|路口|卡点|卡口|查验点|检查站|服务区|收费站|车站|机场|码头|隔离点|采样点|接种点|市场|超市|商场|广场|小区|医院|"
    "卫生院|卫生室|诊所|药店|学校|中学|小学|幼儿园|公司|工地|景区|水库|大坝|堤防|林场|宾馆|酒店|敬老院|养老院|大厅)"
)
"""How a title opens that speaks of a place by its name."""


def _left(one: PartyFacts, fact: str, names: Sequence[str]) -> PartyFacts:
    """A party with what the fact itself does not tell of its dispositions."""
    own = without(fact, one.party.name, names)
    return replace(one, dispositions=tuple(d for d in one.dispositions if not told(own, one.party.name, d)))


def _one_organ(dispositions: Sequence[Disposition]) -> tuple[dt.date | str, str] | None:
    """Day and organ of dispositions that one organ decided at one time, so that it need not be named again."""
    found = {(decided(d), d.organ) for d in dispositions}
    day, organ = found.pop() if len(found) == 1 else (None, "")
    return (day, organ) if day and organ else None


def _retold(text: str, failing: str) -> bool:
    """对采样人员培训不到位 is not told by 采样人员防护不到位: half of the words are not enough for a failing."""
    return retold(text, failing, 0.75)


def _duty(party: Party) -> str:
    return told_duty(party.duty, party.note or "")


def _failing(party: Party) -> str:
    """What somebody did or failed to do, without the name before it."""
    return tidy(clause(party.conduct)).removeprefix(party.name)


def _within(part: str, whole: str) -> bool:
    """Whether the characters of a part stand in the whole in their order: 街道主任 in 街道党工委书记、主任."""
    rest = iter(whole)
    return all(mark in rest for mark in part)


def _by_others(words: str) -> str:
    """由县纪委监委另案处理: who else deals with somebody, where the clerk's words do not begin so themselves."""
    return words if words.startswith(("由", "已", "另")) else f"由{words}"


def key_of(case: AccountabilityCase) -> str:
    """The key of the paragraph that tells a case."""
    return case_key(case.uuid)


class Case:
    """One case as a paragraph."""

    def __init__(self, frame: Frame, facts: CaseFacts) -> None:
        self.places, self.days = frame.places, frame.days
        self.case, self.whole = facts.case, facts
        self.names = [one.party.name for one in facts.parties]
        parties = tuple(_left(one, tidy(facts.case.fact), self.names) for one in facts.parties)
        self.facts = facts = replace(facts, parties=parties)
        # In a city's bulletin a case of one of its counties was made known in that county.
        county = re.match(r"\w{1,4}?(县|区)", self.places.path(self.case.unit_id)) if frame.county == "市" else None
        self.wording = Wording(frame.days, county[1] if county else frame.county)
        direct = [p for p in facts.parties if _duty(p.party) in ("", DIRECT)] or list(facts.parties[:1])
        self.principals = self._ranked(direct)
        self.leaders = self._ranked([p for p in facts.parties if p not in direct and not self._all_told(p)])
        units = {self.places.path(id_) for id_ in (self.case.unit_id, *(p.party.unit_id for p in facts.parties)) if id_}
        self.only = units.pop() if len(units) == 1 else ""
        self.said = self.heading = self.opening = ""
        self.decided: dt.date | str | None = None

    def block(self, *, numbered: bool) -> Paragraph:
        """The heading and the text in one paragraph."""
        heading = self._heading()
        self.said = self.heading = heading
        parts = [
            self._fact(),
            *self._own_conduct(),
            *self._only_responsible(),
            *self._principal_sentences(),
            self._leader_sentence(),
        ]
        records = [self.case, *(r for p in self.whole.parties for r in (p.party, *p.dispositions))]
        return paragraph(
            key_of(self.case), "".join(filter(None, parts)), records, heading=heading, level=1, numbered=numbered
        )

    def _all_told(self, one: PartyFacts) -> bool:
        """Whether the fact itself tells all there is of a leader: what was done to him, and what for."""
        dealt = any(p.party is one.party and p.dispositions for p in self.whole.parties)
        return dealt and not one.dispositions and _retold(self.case.fact, one.party.conduct)

    def _ranked(self, parties: Sequence[PartyFacts]) -> list[PartyFacts]:
        """People by post, whatever their rows, a unit before its people; equal ones as the clerk put them."""

        def place(one: PartyFacts) -> tuple[int, bool, int, int]:
            return leaders_key(self.places.path(one.party.unit_id), one.party.post, is_unit=one.party.is_unit)

        return sorted(parties, key=place)

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
        if self.names.count(party.name) > 1:
            return False  # Two of one name: only the whole unit and post tells which of them is meant.
        if party.is_unit or not posts:
            return self._named(party)
        before = self.said.split(party.name)[:-1]
        return any(text.endswith(posts) for text in before)

    def _named(self, party: Party) -> bool:
        return times_named(self.said, party.name, self.names) > 0

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
        first = self._first()
        who = self._leading(first) if first else self.places.path(self.case.unit_id)
        fault = clause(first.conduct) if first else ""
        if 0 < len(fault) <= _SHORT and "，" not in fault:
            return f"{who}{fault}"
        self.opening = self._opened()
        return self.opening or who

    def _opened(self) -> str:
        """The fact's first sentence where it reads as a title; the text goes on after it."""
        opening, _, rest = tidy(self.case.fact).partition("。")
        titled = 0 < len(opening) <= _SHORT and not re.search(r"[，；：\d]", opening) and not dated(opening)
        return opening if titled and rest.strip() and self.places.opens(opening, self.case.unit_id) else ""

    def _first(self) -> Party | None:
        """Whom the heading speaks of: the first of those directly responsible who was dealt with, else the first."""
        dealt = [p.party for p in self.whole.parties if p.dispositions]
        people = [p.party for p in self.principals]
        return next((one for one in people if one in dealt), people[0] if people else None)

    def _leading(self, first: Party) -> str:
        """Those directly responsible who were dealt with or share the first one's failing.

        Of many the first, and how many they are: 镇长张某等5人.
        """
        dealt = [p.party for p in self.whole.parties if p.dispositions]
        alike = [p.party for p in self.principals if _failing(first) and _failing(p.party) == _failing(first)]
        people = [p for p in self.principals if (p.party in dealt or p.party in alike) and not p.party.is_unit]
        if first.is_unit or len(people) < 2:
            return self.who(first)
        together = self._together(people)
        return together if len(together) <= _LONG else f"{self.who(people[0].party)}等{len(people)}人"

    def _completed(self, title: str) -> str:
        """The title with unit, post and name before the fault, each once however much of it the clerk wrote.

        A name masked by hand is written out as in the text below; where it goes out masked, both are masked alike.
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
        for person in (p.party for p in self.principals if not p.party.is_unit):
            if shared := overlap(self.who(person).removesuffix(person.name), title):
                return self.who(person) + title[shared:]
        first = self._first()
        unit_id = (first and first.unit_id) or self.case.unit_id
        place = self.places.path(unit_id)
        who = self.who(first) if first else place
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
        fact = sentence(tidy(case.fact).removeprefix(f"{self.opening}。") if self.opening else case.fact)
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
        """What the fact has not told of those directly responsible; one failing once, with all whose it is."""
        groups: dict[str, list[PartyFacts]] = {}
        # Whom the heading speaks of comes first: 田某脱岗 before the deputy head who did not check.
        for one in sorted(self.principals, key=lambda p: p.party.name not in self.heading):
            groups.setdefault(bare(_failing(one.party)), []).append(one)
        found = []
        before = self.said
        # Failings of several may differ in one word, the village; only one person's may be told in other words.
        told_already = says if len(groups) > 1 else _retold
        for parties in groups.values():
            conduct = _failing(parties[0].party)
            if conduct and not told_already(before, conduct):
                found.append(f"{self._together(parties)}{conduct}。")
                self.said += found[-1]
        return found

    def _only_responsible(self) -> list[str]:
        """Those directly responsible whom neither the text so far nor a measure will name: they are named here."""
        silent = [p for p in self.principals if not p.dispositions and not p.party.elsewhere and not self._stands(p)]
        duties: dict[str, list[PartyFacts]] = {}
        for one in silent:
            duties.setdefault(_duty(one.party), []).append(one)
        found = []
        for duty, parties in duties.items():
            names = self._together(parties)
            every = "均" if len(parties) > 1 else ""
            found.append(f"{names}{every}负有{duty}。" if duty else f"涉及{names}。")
            self.said += found[-1]
        return found

    def _stands(self, one: PartyFacts) -> bool:
        """Whether the text names somebody: each of two who bear one name, a unit with what it failed to do."""
        party = one.party
        if self.names.count(party.name) > 1:
            return self.who(party) in self.said
        if party.is_unit and not _failing(party):
            return self.heading.startswith((self.who(party), party.name))
        return self._named(party)

    def _principal_sentences(self) -> list[str]:
        """Each principal's dispositions, by organ and post; those dealt with alike in one sentence."""
        alike: dict[tuple[object, ...], list[PartyFacts]] = {}
        for one in self.principals:
            if one.dispositions or one.party.elsewhere:
                alike.setdefault((signature(one.dispositions), one.party.elsewhere), []).append(one)
        found: list[str] = []
        last = None
        for parties in sorted(alike.values(), key=lambda some: organs_key(d.organ for d in some[0].dispositions)):
            if dealt := self._dealt(parties):
                here = _one_organ(parties[0].dispositions)
                again = f"同日，{here[1]}" if here else "同日，"
                if here and here == last and dealt.startswith(again):
                    found[-1] = f"{found[-1].removesuffix('。')}，{dealt.removeprefix(again)}"
                else:
                    found.append(dealt)
                last = here
                self.said += dealt
            if elsewhere := [text for p in parties if (text := self._elsewhere(p.party))]:
                found, last = [*found, *elsewhere], None
                self.said += "".join(elsewhere)
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
        if not words or bare(party.name + words) in bare(without(self.said, party.name, self.names)):
            return ""
        return f"{self._short(party)}{_by_others(words)}。"

    def _leader_sentence(self) -> str:
        """Leaders held responsible, those with the same fault together and the fault once."""
        groups: dict[tuple[str, str], list[PartyFacts]] = {}
        for one in self.leaders:
            fault = _failing(one.party)
            groups.setdefault((bare(fault), "" if fault else _duty(one.party)), []).append(one)
        parts = [self._held(parties) for parties in groups.values()]
        return f"{'；'.join(parts)}。" if parts else ""

    def _held(self, parties: list[PartyFacts]) -> str:
        """What is held against leaders, then what became of them, those dealt with alike together."""
        party = parties[0].party
        texts = [f"{self._together(parties)}{_failing(party) or self._duty(party, len(parties))}"]
        self.said += texts[0]
        alike: dict[tuple[object, ...], list[PartyFacts]] = {}
        for one in parties:
            alike.setdefault((signature(one.dispositions), clause(one.party.elsewhere)), []).append(one)
        for some in alike.values():
            texts += self._outcome(some, "、".join(p.party.name for p in some) if len(alike) > 1 else "")
        return "，".join(texts)

    @staticmethod
    def _duty(party: Party, people: int) -> str:
        return f"{'均' if people > 1 else ''}负有{party.duty}"

    def _outcome(self, parties: list[PartyFacts], names: str) -> list[str]:
        """Their measures day by day, and who deals with them elsewhere; ``names`` where others stand beside them."""
        texts: list[str] = []
        people = [p.party.name for p in parties]
        for day, dispositions in by_day(parties[0].dispositions):
            if dispositions:
                text = predicate(self.wording, "" if texts else names, dispositions, people)
                texts.append(f"{self._day(day, inside=True)}{text}")
        if words := clause(parties[0].party.elsewhere):
            texts.append(f"{'' if texts else names}{_by_others(words)}")
        return texts

    def _day(self, day: dt.date | str | None, inside: bool = False) -> str:
        """The day of a decision with its comma, or its time in words; 同日 where the day was just named."""
        if day is None:
            return ""
        text = day if isinstance(day, str) else "同日" if day == self.decided else self.days.day(day)
        self.decided = day
        return text if inside else f"{text}，"
