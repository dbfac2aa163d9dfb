"""Whether the measures a paper tells fit organ and person, and the duty its ground: amber, each with its article."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from models.domain.cases import duties
from models.queries.lookups.measure_doubts import doubted
from models.records import Disposition, Party

Told = tuple[str, str, str]
"""Code of the check, sentence, and the reference of the record it is about."""


def told(session: Session, dispositions: Iterable[Disposition], parties: Iterable[Party]) -> Iterator[Told]:
    """What to look at in the dispositions and parties of a paper."""
    for row in dispositions:
        party: Any = session.get(Party, row.party_id or 0)
        if party is not None:
            for code, problem in doubted(session, party, row):
                by = f"（{row.organ}）" if problem.field == "organ" else ""
                yield code, f"“{party.name}”的{row.measure}{by}：{problem.sentence}", f"disposition:{row.uuid}"
    for party in parties:
        if wrong := duties.wrong_duty(party.ground, party.duty, is_unit=party.is_unit):
            yield "duty_ground", f"“{party.name}”的责任：{wrong.sentence}", f"party:{party.uuid}"
