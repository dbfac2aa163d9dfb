"""No phrase says what is not so: every shipped one over every state, and the requirements that are proposed."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text, texts

from models.domain.dictionaries import NEEDS, fits, phrases
from models.domain.findings.lifecycle import Status
from models.paper.kinds import KINDS
from models.records import Document, Phrase
from models.services import office_setup  # noqa: F401

CLAIMS = {
    re.compile("核实处理|已受到处理|有权机关依规"): "decided",
    re.compile("^逐条整改|尚未完成的问题|尚未整改的问题|未办结问题"): "open",
    re.compile("对已销号问题|整改中形成的办法"): "solved",
    re.compile("再次逾期"): "overdue",
    re.compile("上述问题交由|问题较多的点位"): "problems",
    re.compile("反馈的涉及你单位"): "above",
    re.compile("督查中发现你单位"): "own",
    re.compile("收到交办问题后|前期交办"): "handed",
    re.compile(r"\{开始日期\}至"): "dated",
}
"""What a phrase claims by its words, and what it must declare for it."""


def test_every_phrase_declares_what_it_claims() -> None:
    for phrase in phrases():
        assert set(phrase.needs) <= set(NEEDS), phrase.name
        if phrase.document_kind in ("inspection_report", "self_inspection_report") and phrase.slot == "lead":
            continue  # inspections have their days, a township's own report has its problems
        for claim, need in CLAIMS.items():
            if claim.search(phrase.text):
                assert need in phrase.needs, (phrase.document_kind, phrase.name)


def test_every_slot_has_a_lead_that_says_nothing_but_what_always_holds() -> None:
    for kind in KINDS:
        leads = [p for p in phrases() if (p.document_kind, p.slot) == (kind.key, "lead")]
        free = [p for p in leads if not p.needs]
        assert not leads or free or kind.key == "reminder", kind.key


def test_the_offices_own_words_fit_whatever_holds() -> None:
    assert fits("findings_bulletin", "requirements", "本县自己的要求。", frozenset())
    shipped = next(p for p in phrases() if p.needs)
    assert not fits(shipped.document_kind, shipped.slot, shipped.text, frozenset())
    assert fits(shipped.document_kind, shipped.slot, shipped.text, None)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.team("第一督查组", 1)
    return made


STATES = (Status.PENDING, Status.HANDED, Status.RECTIFYING, Status.VERIFYING, Status.RETURNED, Status.CLOSED,
          Status.SUSPENDED)  # fmt: skip


@pytest.mark.parametrize(("status", "source", "due"), list(product(STATES, ("县", "市"), (day(3, 10), day(3, 28)))))
def test_no_paper_of_one_problem_claims_what_is_not_so(bureau: Bureau, status: str, source: str, due: Any) -> None:
    from models.errors import Refusal

    more = {"review_on": due} if status == Status.SUSPENDED else {}
    if status == Status.CLOSED:
        more = {"closed_on": day(3, 9), "solved_count": 1}
    bureau.finding("甲项缺失", unit_id=bureau.units["柳河镇"], status=status, source_level=source, deadline=due,
                   requirement="补齐", handed_on=None if status == Status.PENDING else day(3, 3), **more)  # fmt: skip
    for kind in ("findings_bulletin", "rectification_notice", "reminder", "rectification_report", "rectification_plan",
                 "period_summary"):  # fmt: skip
        try:
            found = text(bureau.compose(kind, include=True))
        except Refusal:
            continue
        if status == Status.CLOSED:
            assert not re.search("逐条整改|尚未完成的问题|未办结问题|限期|再次逾期", found), (kind, found)
        if status == Status.PENDING and kind != "rectification_notice":
            assert "收到交办问题后" not in found, (kind, found)
        if due > day(3, 20) or status in (Status.CLOSED, Status.VERIFYING, Status.SUSPENDED):
            assert "已超过整改时限" not in found, (kind, found)
        if source == "市":
            assert "督查中发现你单位" not in found, (kind, found)
        assert "XX" not in found, (kind, found)


def test_an_inspection_that_found_nothing_asks_for_nothing(bureau: Bureau) -> None:
    bureau.inspection(1, "柳河镇")
    found = list(texts(bureau.compose("inspection_report")))
    assert "未发现问题" in found[0]
    assert "0个" not in "".join(found)
    assert not any("上述问题" in line or "意见建议" in line for line in found)


def test_cases_that_are_only_told_are_not_said_to_be_dealt_with(bureau: Bureau) -> None:
    party = {"name": "赵启文", "post": "副镇长", "unit_id": bureau.units["柳河镇"], "duty": "直接责任",
             "conduct": "擅自脱岗", "mention": "点名通报"}  # fmt: skip
    case = bureau.case("3月2日，赵启文擅自脱岗。", [party], unit_id=bureau.units["柳河镇"], title="赵启文脱岗的问题")
    found = text(bureau.compose("accountability_bulletin", case_ids=(case,)))
    assert "核实处理" not in found
    assert "移交有权机关" not in found
    assert "严守岗位纪律" in found
    assert "据实上报" not in found


def kept(bureau: Bureau, name: str, words: str, **more: Any) -> int:
    values = {"document_kind": "findings_bulletin", "slot": "requirements", "name": name, "text": words}
    return bureau.add(Phrase, **(values | more))


def test_requirements_are_picked_from_the_store_and_the_last_picks_proposed(bureau: Bureau) -> None:
    bureau.finding("甲项缺失", unit_id=bureau.units["柳河镇"])
    first = kept(bureau, "甲", "严防死守。把好入口。", default=True, position=1)
    second = kept(bureau, "乙", "错峰轮岗。每班留人。", position=2)
    assert "严防死守" in text(bureau.compose("findings_bulletin")), "what the office marked as its default"
    picked = text(bureau.compose("findings_bulletin", requirement_ids=(second,)))
    assert "错峰轮岗" in picked
    assert "严防死守" not in picked
    bureau.add(Document, kind="findings_bulletin", state="草稿", options={"requirement_ids": [second]})
    again = text(bureau.compose("findings_bulletin"))
    assert "错峰轮岗" in again
    assert "严防死守" not in again
    assert "工作要求" not in text(bureau.compose("findings_bulletin", requirement_ids=()))
    both = list(texts(bureau.compose("findings_bulletin", requirement_ids=(second, first))))
    assert both.index("（一）错峰轮岗。每班留人。") < both.index("（二）严防死守。把好入口。")


def test_what_is_proposed_goes_by_what_was_found(bureau: Bureau) -> None:
    bureau.finding("甲项缺失", unit_id=bureau.units["柳河镇"])
    few = text(bureau.compose("findings_bulletin"))
    assert "逐条整改，按时办结" in few
    assert "跟踪核查" not in few
    assert "行业主管部门要跟进" not in few
    bureau.finding("乙项缺失", unit_id=bureau.unit("青石镇"), department_id=bureau.unit("县教育局", "部门"),
                   rebound_count=1)  # fmt: skip
    more = text(bureau.compose("findings_bulletin"))
    assert "跟踪核查" in more
    assert "行业主管部门要跟进" in more
    assert "举一反三" in more
