"""A new office has its own copies of everything the program brings, and can be founded but once."""

import pytest
from sqlalchemy import func, select

from models.domain import dictionaries
from models.domain.cases import discipline
from models.errors import Refusal
from models.records import Campaign, Finding, Holiday, Measure, Office, Phrase, Term, Unit
from models.services import records, undo
from models.services.office_setup import found_office

COUNTY = {"role": "county", "name": "云岭县防控办", "short_name": "县防控办", "county_name": "云岭县"}


def count(workspace, cls):
    with workspace.reading() as session:
        return session.scalar(select(func.count()).select_from(cls))


def test_it_starts_with_dictionaries_measures_holidays_and_phrases(workspace):
    found_office(workspace, COUNTY, "防汛")
    assert count(workspace, Term) == len(dictionaries.terms())
    assert count(workspace, Phrase) == len(dictionaries.phrases())
    assert count(workspace, Measure) == len(discipline.measures())
    assert count(workspace, Holiday) > 100
    with workspace.reading() as session:
        assert session.scalars(select(Campaign.name)).all() == ["防汛"]
        office, root = session.scalars(select(Office)).one(), session.scalars(select(Unit)).one()
    assert (root.name, root.kind, office.unit_id) == ("云岭县", "县", root.id)
    assert office.epoch


@pytest.mark.parametrize(("name", "county"), [("云岭县防汛指挥部办公室", "云岭县"), ("指挥部办公室", "")])
def test_the_county_is_the_one_in_the_offices_name(workspace, name, county):
    found_office(workspace, {"role": "county", "name": name, "short_name": name})
    with workspace.reading() as session:
        assert session.scalars(select(Office.county_name)).one() == county
        assert session.scalars(select(Unit.name)).one() == (county or name)


@pytest.mark.parametrize(("name", "kind"), [("柳河镇", "乡镇"), ("东城街道", "街道"), ("县教育局", "部门")])
def test_an_answering_unit_is_its_own_root(workspace, name, kind):
    found_office(workspace, {"role": "unit", "name": f"{name}", "short_name": name})
    with workspace.reading() as session:
        assert session.scalars(select(Unit)).one().kind == kind


def test_once_only_and_never_without_a_name(workspace):
    with pytest.raises(Refusal, match="单位全称"):
        found_office(workspace, {**COUNTY, "name": ""})
    assert count(workspace, Term) == 0
    found_office(workspace, COUNTY)
    with pytest.raises(Refusal, match="已有本机构"):
        found_office(workspace, COUNTY)


def test_the_founding_is_never_taken_back_nor_offered(workspace):
    done = found_office(workspace, COUNTY)
    with workspace.reading() as session:
        assert undo.latest(session) is None
        assert "不能撤销" in undo.offered(session)[0][1]
    with pytest.raises(Refusal, match="本机构已经建立"):
        undo.undo(workspace, done.operation)
    later = records.create(workspace, Campaign, {"name": "防汛"})
    with workspace.reading() as session:
        assert undo.latest(session).operation == later.operation


@pytest.fixture
def nameless(workspace):
    """An office whose records came before anyone said what it is called: its own unit bears the office's name."""
    found_office(workspace, {"role": "county", "name": "指挥部办公室", "short_name": "指挥部办公室"})
    with workspace.reading() as session:
        root = session.scalars(select(Unit.id)).one()
    for name, kind in (("云河县", "县"), ("柳河镇", "乡镇")):
        records.create(workspace, Unit, {"name": name, "kind": kind, "parent_id": root})
    return workspace


def name_it(workspace, **values):
    with workspace.reading() as session:
        office = session.scalars(select(Office)).one()
    records.update(workspace, Office, office.id, office.version, values)


def tree(workspace):
    with workspace.reading() as session:
        units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.deleted_at.is_(None)))}
        office = session.scalars(select(Office)).one()
        shown = {
            unit.name: (unit.kind, units[unit.parent_id].name if unit.parent_id else "") for unit in units.values()
        }
        return units[office.unit_id].name, shown


def test_a_county_that_came_with_the_records_becomes_the_offices_unit(nameless):
    name_it(nameless, name="云河县疫情防控指挥部办公室")
    assert tree(nameless) == ("云河县", {"云河县": ("县", ""), "柳河镇": ("乡镇", "云河县")})


def test_the_unit_it_had_stays_below_it_where_records_name_it(nameless):
    with nameless.reading() as session:
        root = session.scalars(select(Unit.id).where(Unit.name == "指挥部办公室")).one()
    records.create(nameless, Finding, {"unit_id": root, "fact": "无人值守", "found_on": nameless.today})
    name_it(nameless, county_name="云河县")
    assert tree(nameless) == (
        "云河县",
        {"云河县": ("县", ""), "柳河镇": ("乡镇", "云河县"), "指挥部办公室": ("部门", "云河县")},
    )


def test_a_name_that_tells_no_county_changes_no_unit(nameless):
    name_it(nameless, name="防汛指挥部办公室")
    assert tree(nameless)[0] == "指挥部办公室"


def test_without_such_a_unit_the_offices_own_takes_the_countys_name(workspace):
    found_office(workspace, {"role": "county", "name": "指挥部办公室", "short_name": "指挥部办公室"})
    name_it(workspace, name="云河县防汛抗旱指挥部办公室")
    assert tree(workspace) == ("云河县", {"云河县": ("县", "")})
    name_it(workspace, county_name="云水县")
    assert tree(workspace) == ("云水县", {"云水县": ("县", "")})
