"""督查通报 composed from records: counts, groups, merging, details."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import BULLETIN, bare
from paperwork import Bureau, day, text, texts

from models.errors import Refusal
from models.paper.checks.before_issue import before_issue
from models.paper.elements import from_json, to_json
from models.queries.figures import statistics
from models.queries.figures.scope import Scope
from models.records import Finding, Unit, Visit
from models.services import records


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.unit("石门乡", rank=2)
    inspection = made.inspection(made.team("第二督查组", 2), "柳河镇")
    rows = [
        ("惠民药店", "石门乡", "药店", "无员工测温记录", "测温不规范"),
        ("利康药店", "柳河镇", "药店", "无员工测温记录。", "测温不规范"),
        ("利康药店", "柳河镇", "药店", "消毒记录不规范", "通风消毒不规范"),
        ("凤栖小区", "柳河镇", "小区", "凤栖小区有播放设备但未播放", "宣传引导不到位"),
    ]
    sites: dict[str, int] = {}
    for number, (site, unit, kind, fact, like) in enumerate(rows):
        sites[site] = sites.get(site) or made.site(site, unit, kind)
        made.finding(fact, site_id=sites[site], inspection_id=inspection, kind=like, deadline=day(3, 25 + number % 3))
    made.visit(inspection, made.site("向阳小学", "柳河镇", "学校"))
    return made


def test_the_lead_tells_dates_and_counts_as_the_statistics_do(bureau: Bureau) -> None:
    lead = bureau.compose("findings_bulletin").blocks[0].text
    assert lead.startswith("2022年3月1日至4日，云岭县疫情防控指挥部办公室")
    with bureau.workspace.reading() as session:
        figures = [statistics.sites_visited(session), statistics.problem_sites(session), statistics.problems(session)]
    assert figures == [4, 3, 4]
    assert f"走访点位{figures[0]}个，发现存在问题的点位{figures[1]}个、问题{figures[2]}个" in lead


def test_by_unit_in_the_offices_order_with_a_sites_problems_joined(bureau: Bureau) -> None:
    lines = list(texts(bureau.compose("findings_bulletin")))
    assert lines[1:4] == [
        "一、存在的问题",
        "（一）柳河镇（3个问题）。利康药店无员工测温记录；消毒记录不规范。凤栖小区有播放设备但未播放。",
        "（二）石门乡（1个问题）。惠民药店无员工测温记录。",
    ]


def test_like_problems_of_several_sites_are_one(bureau: Bureau) -> None:
    lines = list(texts(bureau.compose("findings_bulletin", group_by="kind")))
    assert "（一）测温不规范（2个问题）。石门乡惠民药店、柳河镇利康药店均无员工测温记录。" in lines
    apart = list(texts(bureau.compose("findings_bulletin", group_by="kind", merge_like=False)))
    assert "（一）测温不规范（2个问题）。石门乡惠民药店无员工测温记录；柳河镇利康药店无员工测温记录。" in apart


def test_the_clerks_order_of_groups_wins(bureau: Bureau) -> None:
    found = [b.heading for b in bureau.compose("findings_bulletin", order=("石门乡",)).blocks if b.level == 2]
    assert found[:2] == ["石门乡（1个问题）。", "柳河镇（3个问题）。"]


def test_details_from_counts_to_single_sites(bureau: Bureau) -> None:
    brief = text(bureau.compose("findings_bulletin", detail="brief"))
    assert "惠民药店" not in brief
    assert "（二）石门乡（1个问题）。测温不规范1个。" in brief
    full = list(texts(bureau.compose("findings_bulletin", detail="full")))
    assert full[2:6] == [
        "（一）柳河镇（3个问题）。", "1.利康药店无员工测温记录；消毒记录不规范。", "2.凤栖小区有播放设备但未播放。",
        "（二）石门乡（1个问题）。",
    ]  # fmt: skip


def test_a_finding_for_many_says_its_number_once(bureau: Bureau) -> None:
    bureau.finding("部分商户未张贴提示标语", unit_id=bureau.units["石门乡"], count=12)
    bureau.finding("共发现未佩戴口罩等问题41个", unit_id=bureau.units["石门乡"], count=41)
    found = text(bureau.compose("findings_bulletin"))
    assert "部分商户未张贴提示标语（12个）；共发现未佩戴口罩等问题41个。" in found
    assert "石门乡（54个问题）" in found
    assert "问题57个" in found


def test_void_and_revoked_findings_stay_out(bureau: Bureau) -> None:
    gone = bureau.finding("不实的问题", unit_id=bureau.units["石门乡"])
    bureau.set(Finding, gone, status="撤销")
    assert "不实的问题" not in text(bureau.compose("findings_bulletin"))


def test_the_reply_is_due_on_the_latest_open_deadline_or_the_clerks_day(bureau: Bureau) -> None:
    assert "于3月27日前整改到位" in text(bureau.compose("findings_bulletin"))
    assert "于4月2日前整改到位" in text(bureau.compose("findings_bulletin", reply_by=day(4, 2)))
    late = text(bureau.compose("findings_bulletin", date=day(4, 30)))
    assert "XX" not in late
    assert "及时整改到位" in late


def test_filters_narrow_text_and_numbers_alike(bureau: Bureau) -> None:
    found = text(bureau.compose("findings_bulletin", unit_ids=(bureau.units["石门乡"],)))
    assert "利康药店" not in found
    assert "问题1个" in found
    with bureau.workspace.reading() as session:
        assert statistics.problems(session, Scope(unit_ids=(bureau.units["石门乡"],))) == 1


def test_the_annex_lists_every_problem_landscape(bureau: Bureau) -> None:
    annex = bureau.compose("findings_bulletin", annex_table=True).annexes[0]
    assert annex.landscape
    rows = annex.blocks[0].rows
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0][1:4] == ("石门乡", "惠民药店", "无员工测温记录")


def test_an_office_without_a_contact_prints_no_gap(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "d", contact="", phone="")
    made.unit("柳河镇")
    made.finding("值守人员不在岗", unit_id=made.units["柳河镇"])
    found = text(made.compose("findings_bulletin"))
    assert "XX" not in found
    assert "联系人" not in found


def test_nothing_to_write_about_is_refused(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="没有可以通报的督查问题"):
        bureau.compose("findings_bulletin", from_=day(3, 19))


def test_a_long_bulletin_comes_out_whole(tmp_path: Path) -> None:
    """Every site and every fact as records; all of them in the text, in order, and counted."""
    made = Bureau(tmp_path / "data")
    made.unit("某镇")
    facts = [(kind, fact, count) for kind, group in BULLETIN for fact, count in group]
    for kind, fact, count in facts:
        made.finding(fact, unit_id=made.units["某镇"], kind=kind, count=count)
    paper = made.compose("findings_bulletin", group_by="kind", order=tuple(kind for kind, _ in BULLETIN))
    found = bare(text(paper))
    places = [found.find(bare(fact)) for _, fact, _ in facts]
    assert -1 not in places
    assert places == sorted(places)
    assert f"问题{sum(count for *_, count in facts)}个" in found


def test_a_word_shared_by_site_and_fact_is_said_once(bureau: Bureau) -> None:
    site = bureau.site("向阳村卡点", "石门乡", "卡点")
    bureau.finding("卡点无人值守", site_id=site)
    found = text(bureau.compose("findings_bulletin"))
    assert "向阳村卡点无人值守" in found


def test_a_thousand_items_take_linear_time(bureau: Bureau) -> None:
    """Twice the items, no more than twice the statements; the texts grow by one clause an item."""
    from sqlalchemy import event

    def statements() -> int:
        seen: list[str] = []
        event.listen(bureau.workspace.store.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
        bureau.compose("findings_bulletin", annex_table=True)
        return len(seen)

    few = statements()
    with bureau.workspace.writing("批量") as work:
        work.bulk_add(Finding, [
            {"serial": f"2022-9{n:03d}", "status": "整改中", "fact": f"第{n}项记录不全", "kind": "测温不规范",
             "count": 1, "source_level": "县", "found_on": day(3, 3), "unit_id": bureau.units["石门乡"]}
            for n in range(1000)
        ])  # fmt: skip
    assert statements() <= 2 * few
    assert text(bureau.compose("findings_bulletin")).count("项记录不全") == 1000


wild = st.text(
    alphabet=st.sampled_from("无记录，。；、,;()（）“”\"'\n\t XX某0123456789年月日😀𠮷%&<>{}ab"),
    min_size=1,
    max_size=60,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wild,
    wild,
    st.sampled_from(["unit", "kind", "site_kind", "aspect", "team"]),
    st.sampled_from(["brief", "normal", "full"]),
)
def test_whatever_was_typed_comes_out_in_one_piece(
    bureau: Bureau, fact: str, kind: str, group_by: str, detail: str
) -> None:
    finding = bureau.finding(f"开头{fact}", unit_id=bureau.units["石门乡"], kind=f"类{kind}".replace("\n", ""))
    paper = bureau.compose("findings_bulletin", group_by=group_by, detail=detail)
    assert all("\n" not in line for line in texts(paper))
    assert from_json(to_json(paper)) == paper
    before_issue(paper)
    records.delete(bureau.workspace, Finding, [finding])


def test_the_problems_of_one_unit_go_by_kind(bureau: Bureau) -> None:
    paper = bureau.compose("findings_bulletin", unit_ids=(bureau.units["柳河镇"],))
    found = [block.heading for block in paper.blocks if block.level == 2]
    assert set(found[:3]) == {"测温不规范（1个问题）。", "通风消毒不规范（1个问题）。", "宣传引导不到位（1个问题）。"}


def test_an_office_not_named_as_a_county_still_has_units_below(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "data", county_name="", name="防汛指挥部办公室")
    made.set(Unit, made.root, name="防汛指挥部办公室")
    for name in ("柳河镇", "石门乡"):
        made.finding("巡堤记录不全", unit_id=made.unit(name))
    found = [block.heading for block in made.compose("findings_bulletin").blocks if block.level == 2]
    assert found[:2] == ["柳河镇（1个问题）。", "石门乡（1个问题）。"]


def test_findings_stand_in_the_order_of_their_serials_those_without_a_day_last(bureau: Bureau) -> None:
    unit = bureau.units["石门乡"]
    bureau.finding("全乡共性问题", unit_id=unit, found_on=None)
    for serial in ("10", "9"):
        bureau.finding(f"第{serial}条", unit_id=unit, serial=serial, kind="其他")
    found = text(bureau.compose("findings_bulletin", unit_ids=(unit,), group_by="unit"))
    assert found.index("第9条") < found.index("第10条") < found.index("全乡共性问题")


def test_what_was_written_down_kind_by_kind_keeps_that_order(bureau: Bureau) -> None:
    """Across the units, without a choice: the way of a bulletin that goes by subject, its statistics last."""
    made = [("宣传引导不到位", 2), ("制度执行不严", 3), ("管控措施不到位", 1)]
    for number, (kind, many) in enumerate(made):
        for place in range(many):
            unit = ("柳河镇", "石门乡")[place % 2]
            site = bureau.site(f"{'甲乙丙'[place]}{number}号店", unit)
            bureau.finding(f"{kind}之{place}", site_id=site, kind=kind, found_on=day(3, 9))
    bureau.finding("全县共发现台账不全41处", unit_id=bureau.root, kind="管控措施不到位", found_on=day(3, 9), count=41)
    paper = bureau.compose("findings_bulletin", from_=day(3, 9))
    found = [block.heading for block in paper.blocks if block.level == 2]
    assert found[:3] == ["宣传引导不到位（2个问题）。", "制度执行不严（3个问题）。", "管控措施不到位（42个问题）。"]
    assert "；全县共发现台账不全41处。" in text(paper)
    units = bureau.compose("findings_bulletin", from_=day(3, 9), group_by="unit")
    assert [block.heading for block in units.blocks if block.level == 2][2] == "全县（41个问题）。"


def test_a_sites_problems_stay_together_and_a_unit_is_named_once_for_its_sites(bureau: Bureau) -> None:
    rows = (("甲店", "未播放"), ("乙店", "未播放"), ("丙店", "门口未张贴"), ("丙店", "未播放"))
    sites = {name: bureau.site(name, "石门乡") for name, _ in rows}
    for name, fact in rows:
        bureau.finding(fact, site_id=sites[name], kind="宣传引导不到位", found_on=day(3, 9))
    found = text(bureau.compose("findings_bulletin", from_=day(3, 9), group_by="kind"))
    assert "石门乡甲店、乙店均未播放。石门乡丙店门口未张贴；未播放。" in found


def test_problems_with_marks_of_their_own_stand_apart_by_fuller_ones(bureau: Bureau) -> None:
    site = bureau.site("红旗商场", "石门乡")
    for fact in ("入口无人值守，顾客未扫码", "收银台未设一米线；无人引导。", "消毒记录缺3天"):
        bureau.finding(fact, site_id=site, found_on=day(3, 9))
    bureau.finding("测温枪损坏；未更换；登记本缺页", site_id=bureau.site("甲店", "石门乡"), count=3, found_on=day(3, 9))
    found = text(bureau.compose("findings_bulletin", from_=day(3, 9), group_by="unit"))
    assert (
        "红旗商场入口无人值守，顾客未扫码。收银台未设一米线；无人引导。消毒记录缺3天。"
        "石门乡甲店测温枪损坏；未更换；登记本缺页。"
    ) in found
    assert "（3个）" not in found


def test_a_site_named_after_its_place_is_not_led_by_it(bureau: Bureau) -> None:
    bureau.unit("桥头村", "村", "石门乡")
    for name, unit in (("桥头村卫生室", "桥头村"), ("县客运站", "石门乡")):
        bureau.finding("无消毒记录", site_id=bureau.site(name, unit), found_on=day(3, 9))
    found = text(bureau.compose("findings_bulletin", from_=day(3, 9), group_by="kind"))
    assert "石门乡桥头村卫生室、县客运站均无消毒记录" in found


def test_one_round_tells_how_the_work_goes_and_what_is_well_kept(bureau: Bureau) -> None:
    trip = bureau.inspection(1, "石门乡", overview="成立专班12个。", starts_on=day(3, 9), ends_on=day(3, 9))
    bureau.add(Visit, inspection_id=trip, site_id=bureau.site("乙卡点", "石门乡"), on=day(3, 9), clean=True,
               note="24小时值守")  # fmt: skip
    bureau.finding("无记录", site_id=bureau.site("甲店", "石门乡"), inspection_id=trip, found_on=day(3, 9))
    lines = list(texts(bureau.compose("findings_bulletin", from_=day(3, 9))))
    assert lines[1:5] == [
        "一、总体情况",
        "石门乡：成立专班12个。",
        "石门乡乙卡点24小时值守，现场督查未发现问题。",
        "二、存在的问题",
    ]
    bureau.inspection(1, "石门乡", overview="又一轮。", starts_on=day(3, 10), ends_on=day(3, 10))
    assert "总体情况" not in text(bureau.compose("findings_bulletin"))


def test_the_lead_says_whom_it_was_about_and_no_noughts(bureau: Bureau) -> None:
    bureau.finding("无预案", unit_id=bureau.units["石门乡"], found_on=day(3, 9))
    lead = bureau.compose("findings_bulletin", from_=day(3, 9)).blocks[0].text
    assert lead == (
        "2022年3月9日，云岭县疫情防控指挥部办公室对石门乡疫情防控工作落实情况开展督查，发现问题1个。现将有关问题通报如下。"
    )
    bureau.inspection(1, "柳河镇", starts_on=day(3, 9), ends_on=day(3, 9))
    lead = bureau.compose("findings_bulletin", from_=day(3, 9)).blocks[0].text
    assert "对柳河镇、石门乡疫情防控工作" in lead, "what was inspected and found clean counts as well"
    again = bureau.inspection(1, "石门乡", kind="回头看", starts_on=day(3, 12), ends_on=day(3, 12))
    bureau.finding("仍未补齐", unit_id=bureau.units["石门乡"], inspection_id=again, found_on=day(3, 12))
    assert "开展回头看，仍有问题1个。" in bureau.compose("findings_bulletin", from_=day(3, 12)).blocks[0].text


def test_a_bulletin_goes_to_the_kinds_of_units_there_are_where_the_settings_name_nobody(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "d", addressees="")
    made.finding("无预案")
    assert made.compose("findings_bulletin").addressees == ("各有关单位",)
    for name, kind in (("柳河镇", "乡镇"), ("东街街道", "街道"), ("县教育局", "部门")):
        made.unit(name, kind)
    assert made.compose("findings_bulletin").addressees == ("各乡镇人民政府、街道办事处，县直各有关单位",)
    assert made.compose("findings_bulletin", addressees=()).addressees == ()


def test_numbers_that_add_up_to_the_count_are_told(bureau: Bureau) -> None:
    bureau.finding("漏检快递27人、冷链4人", unit_id=bureau.units["石门乡"], count=31)
    assert "冷链4人。" in text(bureau.compose("findings_bulletin", unit_ids=(bureau.units["石门乡"],)))


def test_a_paper_narrowed_to_units_says_so_in_title_and_lead(bureau: Bureau) -> None:
    for name in ("柳河镇", "石门乡"):
        bureau.finding(f"{name}无预案", unit_id=bureau.units[name])
    paper = bureau.compose("findings_bulletin", unit_ids=(bureau.units["石门乡"],))
    assert paper.title == "关于石门乡疫情防控督查发现问题的通报"
    assert "对石门乡疫情防控工作" in paper.blocks[0].text
    summary = bureau.compose("period_summary", unit_ids=(bureau.units["石门乡"],))
    assert summary.title == "关于石门乡疫情防控督查工作情况的总结"
    assert bureau.compose("findings_bulletin").title == "关于疫情防控督查发现问题的通报"
