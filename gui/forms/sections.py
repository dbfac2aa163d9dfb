"""How each record's fields are laid out: sections in reading order. What is not named comes last, folded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from models.records import Record, fields_of


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; ``folded`` ones start closed."""

    title: str
    names: tuple[str, ...]
    folded: bool = False


def _of(title: str, names: str, *, folded: bool = False) -> Section:
    return Section(title, tuple(names.split()), folded)


SECTIONS: Final[Mapping[str, tuple[Section, ...]]] = {
    "finding": (
        _of("发现", "found_on source_level site_id unit_id kind severity fact count department_id"),
        _of("来源与分类", "inspection_id team_id aspect source_number campaign_id serial", folded=True),
        _of("要求", "deadline_kind deadline_days deadline requirement advice note"),
    ),
    "accountability_case": (
        _of("案情", "title unit_id place conduct_from conduct_until period_text consequence fact"),
        _of("来源", "finding_ids source campaign_id code", folded=True),
        _of("建议与移交", "proposer proposed_on approver approved_on receiving_organ handed_on note", folded=True),
    ),
    "party": (
        _of(
            "",
            "name unit_id post duty former identities conduct public_name is_unit elsewhere mention note person_id",
        ),
    ),
    "disposition": (
        _of(
            "",
            "measure organ decided_on decided_text effective_on effect_end detail basis document_number"
            " publicised_widely",
        ),
    ),
    "team": (_of("", "name number campaign_id starts_on ends_on area_ids duties note"),),
    "member": (_of("", "team_id name role unit_id post phone joined_on left_on note person_id"),),
    "inspection": (
        _of("活动", "starts_on ends_on team_id unit_id kind campaign_id methods basis code"),
        _of("情况", "overview advice note"),
    ),
    "visit": (_of("", "inspection_id site_id on clean member_ids note"),),
    "shift": (_of("", "on team_id member_ids area_ids vehicle note"),),
    "unit": (
        _of("", "name short_name kind parent_id rank"),
        _of("负责人与联系", "leader leader_post deputy deputy_post contact phone"),
        _of("变更", "former_names closed_on merged_into_id note", folded=True),
    ),
    "person": (_of("", "name unit_id post phone identities former_posts note"),),
    "site": (_of("", "name kind unit_id department_id address contact phone note"),),
    "campaign": (_of("", "name starts_on ends_on basis active"),),
    "measure": (_of("", "name group form months months_entered source secondary position"),),
}


def sections_of(cls: type[Record], leaving_out: frozenset[str] = frozenset()) -> list[Section]:
    """The visible fields of a record in sections; every field is in exactly one."""
    visible = [name for name, field in fields_of(cls).items() if not field.hidden and name not in leaving_out]
    planned = SECTIONS.get(cls.__tablename__, ())
    sections, placed = [], set()
    for section in planned:
        names = tuple(name for name in section.names if name in visible)
        placed |= set(names)
        if names:
            sections.append(Section(section.title, names, section.folded))
    rest = tuple(name for name in visible if name not in placed)
    if rest:
        sections.append(Section("其他" if planned else "", rest, bool(planned)))
    return sections
