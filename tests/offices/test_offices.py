"""Every office is typed in through the workbook and each of its papers says what the list wants, and nothing else."""

import pytest

from models.paper.kinds import NAMES
from tests.offices.awaited import awaited
from tests.offices.office import Desk, InventedOffice
from tests.offices.whole import offices

ALL = list(offices())


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 25
    # A free paper is what the clerk writes, a correction what became of a bulletin that was issued before.
    of_records = set(NAMES) - {"free_paper", "correction"}
    assert {paper.kind for office in ALL for paper in office.papers} == of_records
    assert len({office.name for office in ALL}) == len(ALL)


@pytest.mark.parametrize("office", ALL, ids=lambda office: office.name)
def test_the_papers_say_the_facts_and_nothing_else(office: InventedOffice, tmp_path) -> None:
    desk = Desk(office, tmp_path)
    assert not desk.left
    amiss = []
    for expected in office.papers:
        score, _ = desk.score(expected)
        name = expected.name or expected.kind
        amiss += [f"{name}: {one}" for one in score.amiss()]
    desk.close()
    assert [one for one in amiss if not awaited(one)] == []
