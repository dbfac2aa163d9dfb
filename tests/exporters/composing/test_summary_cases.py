"""What a summary counts beside problems: those held responsible, letters to units, the rest of what is partly done."""

from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text

from models.records import Document, Finding

PERIOD = {"from_": day(3, 1), "until": day(3, 20)}


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.finding("值守人员不在岗", unit_id=made.units["柳河镇"])
    return made


def decided(
    bureau: Bureau, *people: tuple[str, int], stage: str = "决定", measure: str = "诫勉谈话", **more: Any
) -> None:
    """A case with people given 诫勉谈话 on days of March."""
    bureau.case("脱岗。", [
        {"name": name, "unit_id": bureau.units["柳河镇"], "duty": "直接责任", **more,
         "measures": ({"measure": measure, "organ": "县纪委监委", "decided_on": day(3, on)},)}
        for name, on in people
    ], unit_id=bureau.units["柳河镇"], stage=stage)  # fmt: skip


def test_those_held_responsible_in_the_period_are_counted_once(bureau: Bureau) -> None:
    decided(bureau, ("陆一", 5), ("程二", 6))
    decided(bureau, ("莫三", 7))
    decided(bureau, ("阮四", 25))
    decided(bureau, ("沈五", 8), stage="线索")
    found = text(bureau.compose("period_summary", **PERIOD))
    assert "对2起问题问责3人（诫勉谈话3人）。" in found


def test_units_are_told_apart_from_people_and_nothing_is_told_of_nobody(bureau: Bureau) -> None:
    assert "问责" not in text(bureau.compose("period_summary", **PERIOD))
    decided(bureau, ("柳河镇", 5), is_unit=True, measure="通报批评")
    assert "对1起问题问责1个单位。" in text(bureau.compose("period_summary", **PERIOD))


def test_letters_that_went_out_are_counted_by_kind(bureau: Bureau) -> None:
    for number, kind in enumerate(("rectification_notice", "rectification_notice", "reminder"), 1):
        bureau.add(
            Document, kind=kind, title="通知", state="已印发", dated_on=day(3, number), number=f"云防〔2022〕{number}号"
        )
    found = text(bureau.compose("period_summary", **PERIOD))
    assert "发出整改通知书2份、催办单1份" in found
    narrowed = text(bureau.compose("period_summary", unit_ids=(bureau.units["柳河镇"],), **PERIOD))
    assert "发出" not in narrowed


def test_of_what_is_partly_done_only_the_rest_is_past_its_day(bureau: Bureau) -> None:
    late = bureau.finding(
        "四处配电箱无门", unit_id=bureau.units["柳河镇"], count=4, deadline=day(3, 10), status="整改中"
    )
    bureau.set(Finding, late, solved_count=3)
    found = text(bureau.compose("period_summary", annex_table=True, **PERIOD))
    assert "尚有2个问题未整改到位，其中超过整改时限的1个（柳河镇1个）。" in found


def test_a_period_without_anything_of_its_own_counts_nothing(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "d", role="unit", name="柳河镇人民政府", short_name="柳河镇")
    made.unit("柳河镇")
    made.finding("值守人员不在岗", unit_id=made.units["柳河镇"], status="整改中")
    found = text(made.compose("period_summary", **PERIOD))
    assert "XX" not in found
    assert "未发现问题" not in found
    assert "上级反馈问题1个" in found
