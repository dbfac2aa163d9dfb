"""After an edit in the editor no number stands over another number of items without the check saying so."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from paperwork import Bureau, day

from models.paper import editing, tables
from models.paper.checks.before_issue import Notice
from models.paper.checks.counting import number_of
from models.paper.elements import Paper, Paragraph
from models.records import Document
from models.services import documents

COUNTS = frozenset({"count_cases", "count_problems", "count_group", "count_solved", "count_grown", "count_typed",
                    "count_annex", "impossible"})  # fmt: skip
ROWS = (
    ("惠民药店", "柳河镇", "无员工测温记录", 1), ("利康药店", "柳河镇", "消毒台账缺失三天", 2),
    ("凤栖小区", "柳河镇", "出入口未查验健康码", 1), ("东风超市", "石门乡", "冷链食品未贴追溯标签", 1),
)  # fmt: skip


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    for rank, name in enumerate(("柳河镇", "石门乡"), 1):
        made.unit(name, rank=rank)
    trip = made.inspection(made.team("第一督查组", 1), "柳河镇")
    for site, unit, fact, count in ROWS:
        place = made.site(site, unit)
        made.visit(trip, place)
        made.finding(fact, site_id=place, unit_id=made.units[unit], count=count, inspection_id=trip, status="整改中",
                     deadline=day(3, 10), requirement="立即整改")  # fmt: skip
    return made


def checked(bureau: Bureau, paper: Paper) -> list[Notice]:
    document = Document(kind=paper.kind, options={}, gap_reason="", hashes={})
    document.content = documents.to_json(paper)
    with bureau.workspace.reading() as session:
        return [n for n in documents.check(session, document) if n.code in COUNTS]


def codes(bureau: Bureau, paper: Paper) -> set[tuple[str, str]]:
    return {(n.code, n.severity) for n in checked(bureau, paper)}


def at(paper: Paper, words: str) -> int:
    return next(n for n, block in enumerate(paper.blocks) if words in editing.text_of(block))


def one_unit(bureau: Bureau, kind: str) -> Paper:
    return bureau.compose(kind, unit_ids=(bureau.units["柳河镇"],))


@pytest.mark.parametrize("kind", ["rectification_notice", "reminder", "rectification_plan", "rectification_report",
                                  "findings_bulletin", "inspection_report", "period_summary"])  # fmt: skip
def test_a_paper_nobody_edited_has_nothing_against_its_numbers(bureau: Bureau, kind: str) -> None:
    for paper in (bureau.compose(kind, unit_ids=(bureau.units[name],)) for name in ("柳河镇",)):
        assert checked(bureau, paper) == [], kind
    if kind in ("findings_bulletin", "inspection_report"):
        for detail in ("brief", "normal", "full"):
            assert checked(bureau, bureau.compose(kind, detail=detail)) == [], detail


@pytest.mark.parametrize("kind", ["rectification_notice", "reminder", "rectification_plan"])
def test_an_item_deleted_or_added_makes_the_lead_red(bureau: Bureau, kind: str) -> None:
    paper = one_unit(bureau, kind)
    wanted = {("count_problems", "error")}
    fewer = editing.drop(paper, at(paper, "出入口未查验"))
    assert codes(bureau, fewer) == wanted
    assert "写问题4个，所列问题合计3个" in checked(bureau, fewer)[0].sentence
    more = editing.add(paper, at(paper, "出入口未查验"), Paragraph("新增一项问题。", level=3))
    assert codes(bureau, more) == wanted
    behind = editing.add(paper, at(paper, "出入口未查验") + 1, Paragraph("另有一项问题（2个问题）。", level=3))
    assert "合计6个" in checked(bureau, behind)[0].sentence


@pytest.mark.parametrize("kind", ["rectification_notice", "reminder", "findings_bulletin", "rectification_report",
                                  "inspection_report", "rectification_plan"])  # fmt: skip
@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
def test_what_the_text_tells_no_more_may_not_stand_in_an_attachment(bureau: Bureau, kind: str, detail: str) -> None:
    options = {"annex_table": True, "detail": detail, "unit_ids": (bureau.units["柳河镇"],)}
    paper = bureau.compose(kind, **options)
    assert "count_annex" not in {n.code for n in checked(bureau, paper)}
    if detail == "full" and kind in ("rectification_notice", "reminder", "findings_bulletin"):
        fewer = editing.drop(paper, at(paper, "出入口未查验"))
        (said,) = [n for n in checked(bureau, fewer) if n.code == "count_annex"]
        assert (said.severity, said.key) == ("error", "annexes.0")
        assert "还列着正文里没有的1条问题（2022-0003）" in said.sentence
        rows = fewer.annexes[0].blocks[0].keys
        gone = tables.drop_rows(fewer.annexes[0].blocks[0], {n for n, key in enumerate(rows) if said.record in key})
        mended = editing.replace(fewer, 0, gone, 0)
        assert "count_annex" not in {n.code for n in checked(bureau, mended)}


def test_all_items_deleted_leave_a_number_over_nothing(bureau: Bureau) -> None:
    paper = one_unit(bureau, "rectification_notice")
    for words in ("无员工测温", "消毒台账", "出入口未查验"):
        paper = editing.drop(paper, at(paper, words))
    assert "所列问题合计0个" in checked(bureau, paper)[0].sentence


def test_a_chinese_numeral_is_a_number_too(bureau: Bureau) -> None:
    paper = one_unit(bureau, "rectification_notice")
    lead = editing.text_of(paper.blocks[0])
    right = editing.replace_text(paper, 0, lead.replace("4个", "四个"))
    assert codes(bureau, right) == set()
    wrong = editing.replace_text(paper, 0, lead.replace("4个", "五个"))
    assert codes(bureau, wrong) == {("count_problems", "error"), ("count_typed", "warning")}
    assert [number_of(text) for text in ("十", "十二", "二十", "三十一", "一百零三", "两", "7")] == [
        10, 12, 20, 31, 103, 2, 7,
    ]  # fmt: skip


def test_group_headings_follow_what_stands_under_them(bureau: Bureau) -> None:
    paper = bureau.compose("findings_bulletin", detail="full")
    fewer = editing.drop(paper, at(paper, "出入口未查验"))
    assert codes(bureau, fewer) == {("count_problems", "error"), ("count_group", "error")}
    moved = editing.move(paper, at(paper, "出入口未查验"), at(paper, "冷链食品"))
    assert codes(bureau, moved) == {("count_group", "error")}
    assert len(checked(bureau, moved)) == 2
    nothing = editing.drop(paper, at(paper, "冷链食品"))
    assert any("“石门乡”写1个问题，所列问题合计0个" in n.sentence for n in checked(bureau, nothing))


def test_a_clause_taken_out_of_running_text_is_missed(bureau: Bureau) -> None:
    paper = bureau.compose("findings_bulletin")
    group = at(paper, "出入口未查验")
    block = paper.blocks[group]
    shorter = block.text.replace("；凤栖小区出入口未查验健康码", "")
    assert shorter != block.text
    fewer = editing.replace_text(paper, group, shorter)
    assert codes(bureau, fewer) == {("count_problems", "error"), ("count_group", "error")}
    reworded = editing.replace_text(paper, group, block.text.replace("出入口未查验健康码", "门岗未核验来访人员"))
    assert codes(bureau, reworded) == set()
    longer = editing.replace_text(paper, group, block.text.replace("。", "；新华书店未设登记点。"))
    assert codes(bureau, longer) == {("count_grown", "warning")}
    followed = editing.replace_text(fewer, group, shorter, block.heading.replace("4", "3"))
    followed = editing.replace_text(followed, 0, editing.text_of(followed.blocks[0]).replace("问题5个", "问题4个"))
    assert codes(bureau, followed) == {("count_typed", "warning")}


def test_cases_in_figures_and_in_chinese_numerals(bureau: Bureau) -> None:
    for name in ("赵启文", "孙立群", "周平"):
        party = {"name": name, "unit_id": bureau.units["石门乡"], "post": "干部", "duty": "直接责任",
                 "measures": ({"measure": "批评教育", "decided_on": day(3, 3)},)}  # fmt: skip
        bureau.case(f"{name}未到岗。", [party], unit_id=bureau.units["石门乡"], stage="决定")
    paper = bureau.compose("accountability_bulletin")
    assert codes(bureau, paper) == set()
    fewer = editing.drop(paper, at(paper, "周平"))
    assert [n.key for n in checked(bureau, fewer)] == ["title", "lead:1"]
    four = msgspec.structs.replace(paper, title=paper.title.replace("3起", "四起"))
    assert codes(bureau, four) == {("count_cases", "error"), ("count_typed", "warning")}
    three = msgspec.structs.replace(paper, title=paper.title.replace("3起", "三起"))
    assert codes(bureau, three) == set()


def test_a_number_typed_over_is_told_with_both_values(bureau: Bureau) -> None:
    paper = bureau.compose("findings_bulletin")
    lead = editing.text_of(paper.blocks[0])
    assert "走访点位4个" in lead
    over = checked(bureau, editing.replace_text(paper, 0, lead.replace("走访点位4个", "走访点位40个")))
    assert [(n.code, n.severity) for n in over] == [("count_typed", "warning")]
    assert "走访点位4个”，现在写“40个”" in over[0].sentence


def test_a_number_typed_over_in_an_item_is_told_too(bureau: Bureau) -> None:
    paper = one_unit(bureau, "rectification_notice")
    place = at(paper, "计2个问题")
    block = paper.blocks[place]
    assert isinstance(block, Paragraph)
    edited = editing.replace_text(paper, place, block.text.replace("计2个问题", "计3个问题"))
    told = [n.sentence for n in checked(bureau, edited) if n.code == "count_typed"]
    assert told == ["数字手工改过：生成时是“同类问题数2”，现在写“3”，请核对。"]


def test_impossible_totals_are_red(bureau: Bureau) -> None:
    paper = bureau.compose("findings_bulletin")
    lead = editing.text_of(paper.blocks[0])
    sites = editing.replace_text(paper, 0, lead.replace("走访点位4个", "走访点位3个"))
    assert ("impossible", "error") in codes(bureau, sites)
    solved = editing.replace_text(paper, 0, lead.replace("问题5个", "问题5个，已解决6个"))
    assert ("impossible", "error") in codes(bureau, solved)
    apart = editing.replace_text(paper, 0, lead.replace("问题5个", "问题5个。上级反馈问题9个，已整改9个"))
    assert "impossible" not in {code for code, _ in codes(bureau, apart)}


def test_a_red_number_stops_the_issue(bureau: Bureau) -> None:
    paper: Any = one_unit(bureau, "rectification_notice")
    paper = editing.with_fields(editing.drop(paper, at(paper, "出入口未查验")), {"number": "云防指办〔2022〕1号"})
    draft = documents.draft(bureau.workspace, paper).id
    with pytest.raises(documents.Refusal, match="所列问题合计3个"):
        documents.issue(bureau.workspace, draft, despite_warnings=True)
