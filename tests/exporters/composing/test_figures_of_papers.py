"""Every number a composed paper states is kept with its name, its place and the records behind it."""

import re
from pathlib import Path

import pytest
from paperwork import Bureau, day, text
from sqlalchemy import select

from models.domain.documents.selection import may_compose
from models.paper.editing import text_of
from models.paper.elements import Paper
from models.paper.figures import parts, sources
from models.paper.kinds import NAMES
from models.records import Finding, base

ROWS = (
    ("惠民药店", "柳河镇", "员工无测温记录", 1, "已销号", "县"),
    ("利康药店", "柳河镇", "消毒台账缺失", 20, "整改中", "县"),
    ("凤栖小区", "柳河镇", "出入口未查验健康码", 1, "退回重改", "县"),
    ("东风超市", "石门乡", "冷链食品未贴追溯标签", 4, "整改中", "县"),
    ("东风超市", "石门乡", "冷链食品未贴追溯标签", 2, "待核查", "市"),
    ("向阳小学", "石门乡", "晨检记录漏填", 3, "整改中", "乡自查"),
)
COUNTED = re.compile(r"(?<![\d.年月第])(\d+(?:\.\d+)?%?)(?=个|次|条|期|起|天|人|%)")


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    trip = made.inspection(made.team("第一督查组", 1), "柳河镇", advice="一是压实责任。\n二是备足物资。")
    for site, unit, fact, count, status, source in ROWS:
        place = made.site(site, unit)
        made.visit(trip, place)
        one = made.finding(
            fact, site_id=place, unit_id=made.unit(unit), count=count, status=status, source_level=source,
            inspection_id=trip, deadline=day(3, 10), requirement="立即整改", closed_on=day(3, 9),
            submitted_on=day(3, 9),
        )  # fmt: skip
        if count == 4:
            made.feedback(one, measures="逐件补贴标签", outcome="部分完成", total=4, done=1)
    for name in ("周一", "吴二"):
        dealt = {"measure": "诫勉", "organ": "县纪委", "decided_on": day(3, 5)}
        made.case(
            f"{name}脱岗",
            [{"name": name, "post": "副镇长", "duty": "直接责任", "measures": (dealt,)}],
            unit_id=made.unit("柳河镇"),
            title="脱岗",
            conduct_from=day(3, 1),
        )
    return made


def compose(bureau: Bureau, kind: str) -> Paper:
    unit = {"unit_ids": (bureau.units["石门乡"],)} if kind in ("rectification_notice", "reminder") else {}
    more = {"include": True} if kind != "accountability_bulletin" else {}
    return bureau.compose(kind, annex_table=True, photos=True, **unit, **more)


KINDS = [kind for kind in NAMES if may_compose(kind, "county") and kind not in ("free_paper", "correction")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_count_has_its_figure_at_its_place(bureau: Bureau, kind: str) -> None:
    paper = compose(bureau, kind)
    composed = {key: was for key, was, _ in parts(paper)}
    places = set()
    for figure in paper.figures:
        assert composed[figure.key][figure.at :].startswith(figure.shown), figure
        assert figure.records or not figure.value, figure
        if figure.weights:
            assert sum(figure.weights) == figure.value, figure
        places.add((figure.key, figure.at))
    for key, was in composed.items():
        for found in COUNTED.finditer(was):
            assert (key, found.start()) in places, (key, was, found[0])
    assert paper.figures or kind == "rectification_plan", text(paper)


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_behind_a_figure_is_there(bureau: Bureau, kind: str) -> None:
    paper = compose(bureau, kind)
    tables = {cls.__tablename__: cls for cls in base.Record.__subclasses__()}
    with bureau.workspace.reading() as session:
        for ref in {ref for figure in paper.figures for ref in sources(paper, figure)}:
            table, _, uuid = ref.partition(":")
            assert session.scalar(select(tables[table].id).where(tables[table].uuid == uuid)), ref


@pytest.mark.parametrize("kind", KINDS)
def test_no_mark_of_a_number_is_left_in_a_paper(bureau: Bureau, kind: str) -> None:
    paper = compose(bureau, kind)
    everything = [*(text_of(b) for b in paper.blocks), paper.title, *(o.text for o in paper.origins)]
    everything += [text_of(b) for annex in paper.annexes for b in annex.blocks]
    assert not [t for t in everything if any(ord(c) >= 0x100000 for c in t)]


def test_problems_are_counted_finding_by_finding(bureau: Bureau) -> None:
    paper = compose(bureau, "findings_bulletin")
    lead = next(f for f in paper.figures if f.name == "问题数" and f.key == "lead:1")
    with bureau.workspace.reading() as session:
        rows = session.scalars(select(Finding).where(Finding.source_level == "县")).all()
    assert dict(zip(sources(paper, lead), lead.weights, strict=True)) == {
        f"finding:{one.uuid}": one.count for one in rows
    }  # fmt: skip
