"""The seven kinds beside the bulletins: parts, order, facts, and the rubric all nine are held against."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pictures
import pytest
from invented import ADVICE, OVERVIEW, PLAN, SELF_INSPECTION, SHORTCOMINGS, bare
from paperwork import Bureau, day, text, texts
from sqlalchemy import select

from exporters.composing import KINDS
from models.errors import Refusal
from models.paper.checks.before_issue import before_issue
from models.paper.elements import Paper, Paragraph
from models.queries.figures import statistics
from models.queries.figures.scope import Scope
from models.records import AccountabilityCase, Disposition, Finding, Inspection
from models.services import cases, documents, records

ROWS = (
    ("惠民药店", "药店", "无员工测温记录", "测温不规范", "思想认识"),
    ("利康药店", "药店", "无员工测温记录。", "测温不规范", "思想认识"),
    ("康健诊所", "诊所", "消毒记录不规范", "通风消毒不规范", "组织领导"),
    ("凤栖小区", "小区", "凤栖小区未播放宣传内容", "宣传引导不到位", "宣传引导"),
)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1, leader="孙立群", leader_post="党委书记", deputy="吴巧玲", deputy_post="副镇长")
    inspection = made.inspection(
        made.team("第二督查组", 2), "柳河镇", overview="该镇成立指挥部，印发方案。\n一是部署及时。召开会议3次",
        advice="一是压实责任。主要领导到点位检查。\n二是补充物资",
    )  # fmt: skip
    made.findings = []
    for number, (site, kind, fact, like, aspect) in enumerate(ROWS):
        place = made.site(site, "柳河镇", kind)
        made.findings.append(made.finding(
            fact, site_id=place, inspection_id=inspection, deadline=day(3, 10 + 5 * number), requirement="完善记录",
            kind=like, aspect=aspect, status="整改中", source_level="县", advice="" if number else "配备体温枪",
        ))  # fmt: skip
    return made


def answer(bureau: Bureau, place: int, **more: Any) -> None:
    values = {"outcome": "已整改", "measures": "已设登记表", "finished_on": day(3, 6), "person": "吴明"}
    bureau.feedback(bureau.findings[place], **(values | more), submitted_at=dt.datetime(2022, 3, 6))


def close(bureau: Bureau, place: int) -> None:
    done = {"status": "已销号", "closed_on": day(3, 8), "submitted_on": day(3, 6), "solved_count": 1}
    bureau.set(Finding, bureau.findings[place], **done)


def found_by_itself(bureau: Bureau) -> None:
    """The findings are the township's own: 乡自查."""
    for finding in bureau.findings:
        bureau.set(Finding, finding, source_level="乡自查")


def town(bureau: Bureau) -> dict[str, Any]:
    return {"unit_ids": (bureau.units["柳河镇"],)}


def headings(paper: Paper, level: int = 1) -> list[str]:
    return [b.heading for b in paper.blocks if isinstance(b, Paragraph) and b.level == level]


def test_a_notice_goes_to_one_unit_with_what_is_open(bureau: Bureau) -> None:
    close(bureau, 0)
    paper = bureau.compose("rectification_notice", annex_table=True, **town(bureau))
    assert "1.利康药店无员工测温记录。整改要求：完善记录。整改时限：3月15日。" in list(texts(paper))
    assert paper.addressees == ("柳河镇人民政府",)
    assert paper.colophon.copy_to == ()
    assert paper.format == "letter"
    rows = paper.annexes[0].blocks[0].rows
    assert [row[2] for row in rows] == ["利康药店", "康健诊所", "凤栖小区"]
    assert rows[0][3:] == ("无员工测温记录", "完善记录", "3月15日")
    assert "3个问题" in paper.blocks[0].text
    assert "于3月25日前整改到位" in text(paper)


def test_advice_given_alike_stands_once_with_the_units_it_is_for_in_their_order(bureau: Bureau) -> None:
    team = bureau.team("第三督查组", 3)
    for rank, name in ((3, "石门乡"), (2, "青石镇"), (4, "云山乡")):
        bureau.unit(name, rank=rank)
        advice = "一是值班安排上墙。二是公布电话。"
        bureau.inspection(team, name, overview=f"{name}召开会议2次。", advice=advice)
    found = text(bureau.compose("inspection_report"))
    assert "关于柳河镇等4个单位疫情防控工作督查情况的报告" in found
    assert [found.count(point) for point in ("压实责任", "值班安排上墙", "公布电话")] == [1, 1, 1]
    assert "（二）对青石镇、石门乡、云山乡的建议\n一是值班安排上墙。二是公布电话。\n" in found
    told = [found.index(f"{name}疫情防控工作开展情况") for name in ("柳河镇", "青石镇", "石门乡", "云山乡")]
    assert told == sorted(told)


def test_what_others_did_is_not_in_a_town_s_own_report(bureau: Bureau) -> None:
    found_by_itself(bureau)
    bureau.inspection(bureau.team("第三督查组", 3), "石门乡", overview="石门乡召开会议2次。")
    assert "石门乡" not in text(bureau.compose("self_inspection_report"))


def test_a_notice_to_two_units_is_refused(bureau: Bureau) -> None:
    bureau.unit("石门乡")
    bureau.finding("值守人员不在岗", unit_id=bureau.units["石门乡"])
    with pytest.raises(Refusal, match="一个单位一份"):
        bureau.compose("rectification_notice")


def test_a_reminder_tells_how_late_and_how_near(bureau: Bureau) -> None:
    paper = bureau.compose("reminder", annex_table=True, **town(bureau))
    states = [row[-1] for row in paper.annexes[0].blocks[0].rows]
    assert states == ["已逾期10天", "已逾期5天", "今日到期"]
    lines = list(texts(paper))
    assert "2个疫情防控问题已超过整改时限" in lines[0]
    assert lines[1] == "1.惠民药店无员工测温记录。整改时限：3月10日，已逾期10天，未反馈。"
    assert "1个疫情防控问题即将到期" in lines[3]
    assert lines[4].startswith("3.康健诊所")
    with pytest.raises(Refusal, match="不需要催办"):
        bureau.compose("reminder", date=day(3, 1))


def test_an_inspection_report_has_its_three_parts(bureau: Bureau) -> None:
    paper = bureau.compose("inspection_report")
    assert headings(paper) == ["工作开展情况", "存在的问题", "意见建议"]
    lines = list(texts(paper))
    assert lines[0].startswith("2022年3月1日至4日，第二督查组采取“四不两直”、实地走访等方式，对柳河镇疫情防控工作")
    assert "进行了督查，发现问题4个" in lines[0]
    assert "走访点位" not in lines[0]
    assert "一是部署及时。召开会议3次。" in lines
    at = lines.index("对柳河镇提出以下意见建议。")
    assert lines[at + 1 : at + 4] == [
        "一是压实责任。主要领导到点位检查。", "二是补充物资。", "建议柳河镇配备体温枪。",
    ]  # fmt: skip


def test_an_inspection_report_of_several_towns_has_a_part_each(bureau: Bureau) -> None:
    bureau.unit("石门乡", rank=2)
    bureau.inspection(
        bureau.team("第三督查组", 3), "石门乡", overview="该乡开展排查3轮。", starts_on=day(3, 6), ends_on=day(3, 7)
    )
    paper = bureau.compose("inspection_report")
    assert headings(paper, 2)[:2] == ["柳河镇疫情防控工作开展情况", "石门乡疫情防控工作开展情况"]
    assert paper.title == "关于柳河镇、石门乡疫情防控工作督查情况的报告"


def test_a_rectification_report_goes_problem_by_problem(bureau: Bureau) -> None:
    answer(bureau, 0, post="店长", next_steps="每日抽查一次", lessons="全镇药店已对照检查")
    close(bureau, 0)
    answer(bureau, 1, outcome="部分完成", done=2, total=5, finished_on=None, measures="已补2份记录")
    lines = list(texts(bureau.compose("rectification_report", **town(bureau))))
    assert "已完成1个" in lines[0]
    assert lines[2] == (
        "（一）惠民药店无员工测温记录。整改情况：已设登记表。2022年3月6日整改到位，已销号。责任人：店长吴明。"
    )
    assert lines[3].endswith("整改情况：已补2份记录。部分完成（5个中已完成2个）。责任人：吴明。")
    assert lines[4] == "（三）正在整改，尚未反馈的问题（2个）。康健诊所消毒记录不规范；凤栖小区未播放宣传内容。"
    assert lines[7:9] == ["一是每日抽查一次。", "二是对尚未完成的问题，明确专人负责，按计划推进，完成一项、上报一项。"]
    assert "举一反三方面，全镇药店已对照检查。" in lines


def test_a_plan_names_measures_deadline_and_person(bureau: Bureau) -> None:
    bureau.plan(bureau.findings[0], "设立登记表", due_text="立即整改", person="吴明", post="店长")
    bureau.plan(bureau.findings[1], "补齐记录", due_on=day(3, 28))
    paper = bureau.compose("rectification_plan", **town(bureau))
    lines = list(texts(paper))
    assert paper.title == "柳河镇疫情防控督查问题整改方案"
    assert lines[1:7] == [
        "1.惠民药店无员工测温记录。", "整改措施：设立登记表。", "完成时限：立即整改。责任人：店长吴明。",
        "2.利康药店无员工测温记录。", "整改措施：补齐记录。", "完成时限：3月28日。责任人：副镇长吴巧玲。",
    ]  # fmt: skip
    gaps = [(n.code, n.record) for n in before_issue(paper) if n.code.startswith("plan_")]
    with bureau.workspace.reading() as session:
        refs = [f"finding:{session.get(Finding, one).uuid}" for one in bureau.findings]
    assert gaps == [("plan_measures", refs[2]), ("plan_measures", refs[3])]
    assert "XX" not in "".join(lines)
    assert lines[7:9] == ["3.康健诊所消毒记录不规范。", "完成时限：3月20日。责任人：副镇长吴巧玲。"]


def test_a_self_inspection_report_goes_by_aspect(bureau: Bureau) -> None:
    found_by_itself(bureau)
    answer(bureau, 0, next_steps="每日抽查一次")
    answer(bureau, 1, next_steps="月底前补齐")
    bureau.finding("不是自查发现的", unit_id=bureau.units["柳河镇"], source_level="县")
    paper = bureau.compose("self_inspection_report", merge_like=False, **town(bureau))
    lines = list(texts(paper))
    assert headings(paper, 2)[:3] == ["思想认识方面。", "组织领导方面。", "宣传引导方面。"]
    assert "（一）思想认识方面。一是柳河镇惠民药店无员工测温记录；二是柳河镇利康药店无员工测温记录。" in lines
    assert "下步打算：一是每日抽查一次；二是月底前补齐。" in lines
    assert "不是自查发现的" not in text(paper)
    assert "共发现问题4个" in lines[0]


def test_a_units_own_report_speaks_of_itself_and_to_its_county(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "u", role="unit", name="柳河镇人民政府", short_name="柳河镇", county_name="云岭县")
    made.unit("柳河镇")
    made.finding("卡点值守记录不全", unit_id=made.units["柳河镇"], self_found=True, aspect="纪律作风")
    paper = made.compose("self_inspection_report")
    assert paper.addressees == ()
    assert paper.title == "柳河镇关于疫情防控排查起底工作情况的报告"
    assert "我镇组织力量" in paper.blocks[0].text


def test_a_summary_has_the_figures_of_the_statistics(bureau: Bureau) -> None:
    close(bureau, 0)
    with bureau.workspace.reading() as session:
        places = [session.get(Finding, one).site_id for one in bureau.findings]
        (inspection,) = session.scalars(select(Inspection.id))
    for finding, place in zip(bureau.findings, places, strict=True):
        bureau.set(Finding, finding, source_level="县")
        bureau.visit(inspection, place)
    bureau.finding("上级交办的", unit_id=bureau.units["柳河镇"], source_level="市", status="已销号", count=3)
    paper = bureau.compose("period_summary", from_=day(1, 1), until=day(3, 20), annex_table=True)
    with bureau.workspace.reading() as session:
        total = statistics.summary(session, day(3, 20), Scope(from_=day(1, 1), until=day(3, 20)))
    found = text(paper)
    for words in (
        f"督查{total.inspections}次", f"走访点位{total.sites_visited}个", f"发现问题{total.problems}个",
        f"存在问题的点位{total.problem_sites}个", f"已整改问题{total.solved}个",
        f"提出整改建议{total.suggestions}条",
        "上级反馈问题3个，已全部整改。", f"尚有{total.unsolved}个问题未整改到位",
    ):  # fmt: skip
        assert words in found, words
    assert (total.problems, total.solved, total.suggestions, total.from_above_closed) == (4, 1, 3, 3)
    assert "%" not in found
    assert headings(paper) == ["工作开展情况", "存在的主要问题", "下一步工作打算"]
    assert paper.annexes[0].blocks[0].rows == (("柳河镇", "4", "1", "3", "1", "—", "—"),)


def everything(bureau: Bureau) -> list[Paper]:
    answer(bureau, 0, next_steps="每日抽查一次")
    party = {"name": "赵启文", "unit_id": bureau.units["柳河镇"], "post": "副镇长", "duty": "直接责任",
             "measures": ({"measure": "批评教育", "decided_on": day(3, 3)},)}  # fmt: skip
    bureau.case("赵启文未到岗。", [party], unit_id=bureau.units["柳河镇"])
    for finding, measures in zip(bureau.findings, ("设立登记表", "补齐记录", "每日消毒", "循环播放"), strict=True):
        bureau.plan(finding, measures, person="吴明")
    typed = {"title": "关于做好汛期值守的通知", "text": "各单位要落实值班制度。\n一、值班安排\n昼夜有人在岗。"}
    papers = {
        kind: bureau.compose(kind, **(typed if kind == "free_paper" else town(bureau)))
        for kind in KINDS
        if kind not in ("self_inspection_report", "correction")
    }
    found_by_itself(bureau)
    papers["self_inspection_report"] = bureau.compose("self_inspection_report", **town(bureau))
    papers["correction"] = corrected(bureau)
    return [papers[kind] for kind in KINDS]


def corrected(bureau: Bureau) -> Paper:
    """The correction of an issued bulletin whose case was appealed against."""
    with bureau.workspace.reading() as session:
        case, disposition = session.query(AccountabilityCase).one(), session.query(Disposition).one()
        paper = documents.numbered(session, bureau.compose("accountability_bulletin"))
    kept = documents.draft(bureau.workspace, paper)
    documents.issue(bureau.workspace, kept.id, despite_warnings=True)
    cases.take(bureau.workspace, case.id, "amend", {"stage_reason": "经复查，原处理过重"})
    records.update(bureau.workspace, Disposition, disposition.id, disposition.version, {"measure": "提醒谈话"})
    return bureau.compose("correction")


def test_the_rubric_holds_for_every_kind(bureau: Bureau) -> None:
    papers = everything(bureau)
    assert [paper.kind for paper in papers] == list(KINDS)
    for paper in papers:
        lines = [line for line in texts(paper) if "|" not in line]
        whole = "\n".join(lines)
        assert not re.search(r"XX|None|nan|\{\w+\}|，，|。。|；。|、、|，。|：。|（）", whole), (paper.kind, whole)
        assert not re.search(r"[,;:?!]", re.sub(r"\d[,:]\d", "", whole)), paper.kind
        assert all(line.endswith(("。", "：")) or len(line) < 32 for line in lines), paper.kind
        assert not [line for line, times in Counter(lines).items() if times > 1], paper.kind
        assert not re.search(r"0\d月|月0\d日", whole), paper.kind
        sentences = Counter(
            s for s in re.findall(r"[^。；]{12,}[。；]", whole) if "时限" not in s and "责任人" not in s
        )
        assert max(sentences.values()) == 1, (paper.kind, sentences.most_common(1))
        keys = [b.origin.key for b in paper.blocks]
        assert len(keys) == len(set(keys)), paper.kind
        levels = [b.level for b in paper.blocks if isinstance(b, Paragraph) and b.level]
        assert not levels or levels[0] in (1, 3), paper.kind


def test_every_kind_is_offered_with_its_name_and_options(bureau: Bureau) -> None:
    from exporters.composing import Options, kind_of

    assert len(KINDS) == 11
    for key, kind in KINDS.items():
        assert kind.key == key
        assert kind_of(kind.name) is kind
        assert set(kind.options) <= set(Options.__struct_fields__), key
    with pytest.raises(Refusal, match="没有“通告”这个文种"):
        kind_of("通告")


@pytest.mark.parametrize("given", ["云防指办[2022]第07号", "7", "〔2022〕7号"])
def test_a_number_is_taken_as_the_clerk_writes_it(bureau: Bureau, given: str) -> None:
    assert bureau.compose("inspection_report", format="general", number=given).header.number == "云防指办〔2022〕7号"


def test_a_number_that_is_none_is_refused(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="不是发文字号"):
        bureau.compose("findings_bulletin", number="第七号")


def test_the_letter_and_the_plain_form_drop_what_they_do_not_have(bureau: Bureau) -> None:
    letter = bureau.compose("findings_bulletin", format="letter")
    assert letter.header.mark_suffix == ""
    plain = bureau.compose("findings_bulletin", format="plain")
    assert plain.header.organs == ()
    assert plain.colophon is None
    joint = bureau.compose(
        "findings_bulletin", organs=("云岭县卫生健康局",), signers=("方正明", "许静"), secrecy="秘密"
    )
    assert joint.header.organs == ("云岭县疫情防控指挥部办公室", "云岭县卫生健康局")
    assert joint.header.upward
    assert joint.signature.organs[1] == "云岭县卫生健康局"


def test_a_long_plan_comes_out_whole(tmp_path: Path) -> None:
    """Each problem with its measure and deadline, in the order they were written down."""
    made = Bureau(tmp_path / "p")
    made.unit("某街道", "街道", deputy="周平")
    for problem, measures, due in PLAN:
        finding = made.finding(problem, unit_id=made.units["某街道"], found_on=day(3, 2), status="整改中")
        made.plan(finding, measures, due_text=due)
    paper = made.compose("rectification_plan", unit_ids=(made.units["某街道"],))
    stand_in_order(paper, [words for item in PLAN for words in item])


def test_a_long_self_inspection_comes_out_whole(tmp_path: Path) -> None:
    """Eight aspects, each with problems and plans."""
    made = Bureau(tmp_path / "s", role="unit", name="某镇人民政府", short_name="某镇")
    made.unit("某镇")
    for aspect, problem, plan in SELF_INSPECTION:
        finding = made.finding(problem, unit_id=made.units["某镇"], self_found=True, aspect=aspect)
        made.feedback(finding, outcome="正在推进", measures="按计划推进", next_steps=plan, person="周平")
    paper = made.compose("self_inspection_report")
    stand_in_order(paper, [words for item in SELF_INSPECTION for words in item])


def stand_in_order(paper: Paper, wanted: Iterable[str]) -> None:
    """Assert that the paper holds all these words, one after the other."""
    whole, at = bare(text(paper)), 0
    for words in map(bare, wanted):
        assert words in whole[at:], words
        at = whole.index(words, at) + len(words)


def test_pictures_before_and_after_stand_side_by_side(bureau: Bureau) -> None:
    from models.services import attachments

    answer(bureau, 0)
    with bureau.workspace.reading() as session:
        finding = session.get(Finding, bureau.findings[0])
    before = attachments.attach(bureau.workspace, finding, pictures.png(), "前.png", role="整改前")
    attachments.attach(bureau.workspace, finding, pictures.png(seed=1), "后.png", role="整改后")
    attachments.attach(bureau.workspace, finding, b"%PDF", "记录.pdf", role="佐证材料")
    paper = bureau.compose("rectification_report", photos=True, **town(bureau))
    rows = paper.annexes[0].blocks
    assert [[photo.caption for photo in row.photos] for row in rows] == [["整改前", "整改后"]]
    assert rows[0].caption == "惠民药店：无员工测温记录"
    assert before.id
    assert bureau.compose("rectification_report", **town(bureau)).annexes == ()


def test_the_choices_survive_being_kept() -> None:
    from exporters.composing import Options, from_data, to_data

    options = Options(number="7", date=day(3, 20), unit_ids=(1, 2), group_by="kind", sealed=False, copy_to=())
    kept = to_data(options)
    assert from_data(kept) == options
    assert set(kept) == {"number", "date", "unit_ids", "group_by", "sealed", "copy_to"}
    assert to_data(Options()) == {}


def test_a_long_inspection_report_comes_out_whole(tmp_path: Path) -> None:
    """A county's report: its overview, its problems and its advice, each line in the order it was written."""
    made = Bureau(tmp_path / "i", county_name="某市", name="某市防疫指挥部办公室")
    made.unit("某县", "乡镇")
    inspection = made.inspection(
        made.team("第二督查组", 2), "某县", overview="\n".join(OVERVIEW), advice="\n".join(ADVICE),
        methods=["听取汇报", "实地走访"],
    )  # fmt: skip
    for problem, kind in SHORTCOMINGS:
        made.finding(problem, unit_id=made.units["某县"], inspection_id=inspection, kind=kind)
    paper = made.compose("inspection_report", order=tuple(kind for _, kind in SHORTCOMINGS))
    lines = (*OVERVIEW, *(problem for problem, _ in SHORTCOMINGS), *ADVICE)
    stand_in_order(paper, (re.sub(r"^[一二三四]是", "", line) for line in lines))
    assert headings(paper) == ["工作开展情况", "存在的问题", "意见建议"]
    assert "采取听取汇报、实地走访等方式" in paper.blocks[0].text


@pytest.mark.parametrize("kind", ["rectification_notice", "reminder", "rectification_report", "rectification_plan"])
def test_items_that_stand_for_several_come_to_the_total(bureau: Bureau, kind: str) -> None:
    bureau.set(Finding, bureau.findings[0], fact="抽查5笔销售均未登记", count=5)
    answer(bureau, 0)
    found = text(bureau.compose(kind, **town(bureau)))
    assert "惠民药店抽查5笔销售均未登记（计5个问题）。" in found
    assert "（5个）" not in found


def test_a_summary_without_inspections_counts_none(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇")
    made.finding("无预案", site_id=made.site("惠民药店", "柳河镇"))
    lines = list(texts(made.compose("period_summary")))
    assert lines[0].startswith("2022年3月2日，云岭县疫情防控指挥部办公室疫情防控督查发现问题1个。")
    assert lines[2] == "（一）督查走访。涉及点位1个。"
    assert "0次" not in "".join(lines)


def test_what_is_to_be_done_at_once_says_so_and_no_day(bureau: Bureau) -> None:
    bureau.set(Finding, bureau.findings[0], deadline_kind="立即", deadline=day(3, 2))
    assert "整改时限：立即。" in text(bureau.compose("rectification_notice", **town(bureau)))


def test_a_mark_typed_with_its_last_word_is_not_given_it_twice(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "data", mark="云岭县疫情防控指挥部办公室文件")
    bureau.unit("柳河镇")
    bureau.finding("未登记", unit_id=bureau.units["柳河镇"])
    header = bureau.compose("findings_bulletin").header
    assert (header.organs, header.mark_suffix) == (("云岭县疫情防控指挥部办公室",), "文件")
