"""The public version of papers about problems: who is masked in a case is masked where a problem names them too."""

from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, texts

from models.paper.masking import public


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    for rank, name in enumerate(("柳河镇", "石门乡"), 1):
        made.unit(name, rank=rank)
    return made


def party(bureau: Bureau, name: str, **more: Any) -> dict[str, Any]:
    talk = ({"measure": "诫勉谈话", "decided_on": day(2, 25)},)
    return {"name": name, "unit_id": bureau.units["柳河镇"], "duty": "直接责任", "measures": talk} | more


def shown(bureau: Bureau, kind: str) -> str:
    unit = bureau.units["柳河镇"]
    paper = bureau.compose(kind, unit_ids=(unit,), annex_table=True, date=day(3, 10), include=True)
    return "\n".join(texts(public(paper)))


@pytest.mark.parametrize("kind", ["findings_bulletin", "rectification_notice", "reminder", "rectification_report"])
def test_a_party_of_another_case_is_masked_in_a_problem(bureau: Bureau, kind: str) -> None:
    people = [party(bureau, "李国强"), party(bureau, "王芳"), party(bureau, "孙大为", public_name=True)]
    bureau.case("未到岗。", people, unit_id=bureau.units["柳河镇"])
    known = {"unit_id": bureau.units["柳河镇"], "status": "整改中", "deadline": day(3, 9)}
    bureau.finding("值守人员李国 强、王芳、孙大为均未到岗", requirement="由李国强负责整改", **known)
    told = shown(bureau, kind)
    assert "李国" not in told
    assert "李某某、王某、孙大为均未到岗" in told


def test_a_short_name_may_be_a_word_in_another_unit(bureau: Bureau) -> None:
    bureau.case("未到岗。", [party(bureau, "高明", unit_id=bureau.units["石门乡"])], unit_id=bureau.units["石门乡"])
    bureau.finding("做法并不高明", unit_id=bureau.units["柳河镇"], status="整改中")
    assert "做法并不高明" in shown(bureau, "findings_bulletin")
