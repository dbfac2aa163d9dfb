"""Who may decide which measure, and about whom: every answer a warning with its article, never a block.

Only what is plainly impossible is refused: a person's measure for a unit, a unit's for a person.
Sources: 公职人员政务处分法 arts. 2, 3, 15, 22, 23; 公务员法 57, 61–64; 监察法 15, 52; 人社部发〔2023〕58号;
国有企业管理人员处分条例 7, 8; 党纪处分条例 36.
"""

import re
from collections.abc import Iterable
from typing import Final

from models.domain.cases.discipline import (
    BARE,
    ENTERPRISE_GROUP,
    INSTITUTION_GROUP,
    OFFICE_GROUP,
    PARTY_GROUP,
    STATE_GROUP,
    Measure,
    find_measure,
)
from models.domain.cases.ranking import organ_level
from models.errors import Problem

PARTY_MEMBER: Final = "中共党员"
PROBATIONARY: Final = "预备党员"
PUBLIC_OFFICIAL: Final = "公职人员"
CIVIL_SERVANT: Final = "公务员"
VILLAGE_CADRE: Final = "村(社区)干部"
TEMPORARY: Final = "临聘人员"
INSTITUTION_MANAGER: Final = "事业单位管理人员"
INSTITUTION_STAFF: Final = "事业单位工作人员"
ENTERPRISE_MANAGER: Final = "国企管理人员"
_ALSO: Final = {
    PUBLIC_OFFICIAL: {CIVIL_SERVANT, INSTITUTION_MANAGER, ENTERPRISE_MANAGER},
    INSTITUTION_MANAGER: {PUBLIC_OFFICIAL},
    INSTITUTION_STAFF: {INSTITUTION_MANAGER, "医务人员", "教职工", PUBLIC_OFFICIAL},
    ENTERPRISE_MANAGER: {PUBLIC_OFFICIAL},
}
"""Identities that are another one too, or may be it as far as anybody wrote down."""

PARTY_COMMITTEE, BRANCH, DISCIPLINE, SUPERVISION = "党委（党组）", "党支部", "纪委", "监察机关"
ORGANISATION, EMPLOYER, JUSTICE, COMMAND = "组织部门", "机关、单位", "司法机关", "指挥部"
KINDS: Final = (PARTY_COMMITTEE, BRANCH, DISCIPLINE, SUPERVISION, ORGANISATION, EMPLOYER, JUSTICE, COMMAND)
"""The kinds of organ `Measure.deciders` names."""
_BY_NAME: Final = (
    (DISCIPLINE, r"纪委|纪工委|纪检|纪律检查"),
    (SUPERVISION, r"监委|监察(?!支队|大队|中队)"),
    (ORGANISATION, r"组织部"),
    (BRANCH, r"支部"),
    (COMMAND, r"指挥部|领导小组|专班|督查组|工作组|[防控指]办"),
    (
        PARTY_COMMITTEE,
        r"党委|党组|党工委|党总支|(?:[县市省旗州]|(?<!社)区)委(?!.*部|.*办|.*委员会)"
        r"|(?:中共|中国共产党)(?!.*(?:纪律检查|支部)).*委员会$",
    ),
    (JUSTICE, r"公安|法院|检察院|司法机关"),
    (
        EMPLOYER,
        r"政府|局|办事处|管委会|委员会|办公室|中心|院|校|园|站|所|公司|集团|厂|店|社|单位|部门|卫健委|发改委|居委|村委"
        r"|[镇乡]$|街道$",
    ),
)
_TOWN: Final = re.compile(r"([镇乡]|街道)$")
_FOR_VILLAGE: Final = frozenset({"政务警告", "政务记过", "政务记大过"})
_INSTITUTION: Final = re.compile(r"医院|卫生院|学校|中学|小学|幼儿园|中心$|研究|事业")
_OWN_WORDS: Final = {STATE_GROUP: "政务", OFFICE_GROUP: "机关", INSTITUTION_GROUP: "事业单位", ENTERPRISE_GROUP: "国企"}
_STATE_LAW: Final = "公职人员政务处分法第二条、第三条"
_TALKS: Final = "由党组织、所在机关单位或监察机关作出（公务员法第五十七条、监察法第五十二条）"
_RULES: Final = {
    PARTY_GROUP: "党纪处分由党委（党组）、党支部或纪委作出（中国共产党纪律处分条例）",
    STATE_GROUP: f"政务处分由监察机关作出（{_STATE_LAW}）",
    OFFICE_GROUP: f"监察机关作出的叫政务处分（{_STATE_LAW}，公务员法第六十一条）",
    INSTITUTION_GROUP: f"监察机关作出的叫政务处分（{_STATE_LAW}，人社部发〔2023〕58号）",
    ENTERPRISE_GROUP: f"监察机关作出的叫政务处分（{_STATE_LAW}，国有企业管理人员处分条例）",
    "组织处理": "由党委（党组）、组织部门或任免机关决定，纪委监委可以建议（组织处理规定，未核原文）",
    "谈话提醒": _TALKS,
    "诫勉": _TALKS,
}


def organ_kinds(name: str) -> frozenset[str]:
    """What kinds of organ a name may be; none where it says nothing, and then nobody is warned."""
    found = {kind for kind, word in _BY_NAME if re.search(word, name)}
    if found - {EMPLOYER, JUSTICE}:
        # 县纪委监委办公室 is the commission's, 县防控办 the command's; only 党委政府 is two.
        found = found if "政府" in name else found - {EMPLOYER, JUSTICE}
    return frozenset(found | ({PARTY_COMMITTEE} if _TOWN.search(name) else set()))


def impossible(measure: Measure, *, is_unit: bool) -> tuple[Problem, ...]:
    """What nobody can mean: a person's measure for a unit, or the reverse."""
    if is_unit and measure.applies_to == "person":
        return (Problem("measure", f"“{measure.name}”只适用于个人，不能用于单位。"),)
    if not is_unit and measure.applies_to == "unit":
        return (Problem("measure", f"“{measure.name}”只适用于单位，不能用于个人。"),)
    return ()


def doubts(
    name: str, measure: Measure | None, identities: Iterable[str], *, is_unit: bool = False, organ: str = ""
) -> tuple[Problem, ...]:
    """What to look at before this measure is given by this organ to this party, each with its article.

    Args:
        name: as the clerk wrote it.
        measure: of that name, None where the catalogue has none.
        identities: of the person; none are known where they are empty, and then nothing is said of them.
        is_unit: the party is a unit.
        organ: 决定机关, empty where not known.
    """
    held = frozenset(one.replace("（", "(").replace("）", ")") for one in identities)
    if measure is None:
        return which(name, held, organ)
    found = [] if is_unit else [_wrong_person(measure, held)]
    return tuple(one for one in (*found, _wrong_organ(measure, held, organ)) if one is not None)


def which(name: str, held: frozenset[str], organ: str) -> tuple[Problem, ...]:
    """Of 警告, 记过 and the like: whose it is, with the names that fit organ and person first."""
    grade = name.strip().removesuffix("处分")
    if grade not in BARE:
        return ()
    names = "、".join(f"“{one.name}”" for one in _meant(grade, held, organ))
    return (Problem("measure", f"“{name}”没有写明是哪一种处分，请改写为{names}（公职人员政务处分法第二条、第三条）。"),)


def _meant(grade: str, held: frozenset[str], organ: str) -> list[Measure]:
    """The measures of that grade; of those only the ones that fit organ and person, where any does."""
    names = (f"{word}{grade}" for word in ("党内", *_OWN_WORDS.values()))
    pool = [one for one in map(find_measure, names) if one is not None]
    pool = [one for one in pool if _may(one, organ)] or pool
    return [one for one in pool if not held or _is_for(one, held)] or pool


def _may(measure: Measure, organ: str) -> bool:
    kinds = organ_kinds(organ)
    return not kinds or not measure.deciders or bool(kinds & set(measure.deciders))


def _is_for(measure: Measure, held: frozenset[str]) -> bool:
    return not measure.whom or any(one in held or held & _ALSO.get(one, set()) for one in measure.whom)


def _wrong_organ(measure: Measure, held: frozenset[str], organ: str) -> Problem | None:
    if _may(measure, organ):
        return _too_high(measure, organ)
    grade = next((one for one in BARE if measure.name.removesuffix(one) in ("党内", *_OWN_WORDS.values())), "")
    right = [one for one in _meant(grade, held, organ) if _may(one, organ)] if grade else []
    named = "应为" + "或".join(f"“{one.name}”" for one in _likely(right, organ)) if right else "请核对决定机关"
    rule = _RULES.get(measure.group) or f"由{'、'.join(measure.deciders)}作出（{measure.source}）"
    return Problem("organ", f"{named}，{rule}。")


def _likely(found: list[Measure], organ: str) -> list[Measure]:
    """Of what an employer may give, a hospital's or a school's is 事业单位, a company's 国企, else the office's."""
    groups = {one.group for one in found}
    if len(groups) < 2 or PARTY_GROUP in groups or STATE_GROUP in groups:
        return found
    if _INSTITUTION.search(organ):
        group = INSTITUTION_GROUP
    else:
        group = ENTERPRISE_GROUP if re.search("公司|集团|企业", organ) else OFFICE_GROUP
    return [one for one in found if one.group == group] or found


def _too_high(measure: Measure, organ: str) -> Problem | None:
    """扣发补贴 is for the county or the township (公职人员政务处分法 art. 22)."""
    if measure.whom == (VILLAGE_CADRE,) and organ and re.search("村|居委", organ) and organ_level(organ) == 4:
        return Problem("organ", "由县级或者乡镇人民政府决定（公职人员政务处分法第二十二条）。")
    return None


def _wrong_person(measure: Measure, held: frozenset[str]) -> Problem | None:
    if not held or _is_for(measure, held):
        return _of_a_manager(measure, held)
    rules = {PARTY_GROUP: _no_member, STATE_GROUP: _no_official}
    if rule := rules.get(measure.group):
        return rule(measure, held)
    wanted = "或".join(f"“{one}”" for one in measure.whom)
    return Problem("measure", f"“{measure.name}”适用于{wanted}，当事人身份里没有（{measure.source}）。")


def _of_a_manager(measure: Measure, held: frozenset[str]) -> Problem | None:
    """管理人员 of a public institution have the six kinds, others four (人社部发〔2023〕58号)."""
    if measure.name == "降低岗位等级" and INSTITUTION_MANAGER in held:
        return Problem("measure", f"事业单位管理人员适用降级、撤职，不用“降低岗位等级”（{measure.source}）。")
    return None


def _no_member(measure: Measure, held: frozenset[str]) -> Problem:
    if PROBATIONARY in held:
        return Problem(
            "measure",
            "预备党员不给予党纪处分，应为批评教育、延长预备期或取消预备党员资格（中国共产党纪律处分条例第三十六条）。",
        )
    return Problem("measure", f"“{measure.name}”是党纪处分，当事人身份里没有“{PARTY_MEMBER}”（{measure.source}）。")


def _no_official(measure: Measure, held: frozenset[str]) -> Problem | None:
    if VILLAGE_CADRE in held:
        if measure.name in _FOR_VILLAGE:
            return None
        return Problem(
            "measure",
            f"对村（社区）干部的政务处分只有警告、记过、记大过，没有“{measure.name}”（公职人员政务处分法第二十二条）。",
        )
    if TEMPORARY in held:
        only = "" if measure.name in _FOR_VILLAGE else "，而且只有警告、记过、记大过"
        return Problem(
            "measure",
            f"临聘人员只有属于依法履行公职的才适用政务处分{only}"
            "（监察法第十五条第六项、公职人员政务处分法第二十三条）。",
        )
    return Problem(
        "measure", f"“{measure.name}”是政务处分，当事人身份里没有“{PUBLIC_OFFICIAL}”（公职人员政务处分法第二条）。"
    )
