"""Workbooks taken in: every row told apart, one transaction, twice is harmless, old records in any status."""

import datetime as dt
import shutil
import zipfile

import pytest
from sqlalchemy import func, select
from typing_in import filled, plain

from exporters.workbooks import write_ledger
from models.errors import Refusal, Stale
from models.intake.apply import apply
from models.intake.pasted import book as pasted_book
from models.intake.preview import preview
from models.intake.rows import Verdict
from models.intake.workbook import of_rows, read
from models.queries.integrity import check
from models.records import (
    AccountabilityCase,
    Change,
    Disposition,
    Document,
    Feedback,
    Finding,
    OpeningFigures,
    Party,
    Plan,
    Site,
    Term,
    Unit,
    Verification,
    Visit,
)
from models.services import findings, records
from models.services.office_setup import found_office

D = dt.date
CASE = "白石镇副镇长在值班中脱岗的问题"
ROWS = {
    "单位": [
        {"单位名称": "新民村", "单位类别": "村", "上级单位": "白石镇"},
        {"单位名称": "白石镇", "单位类别": "乡镇"},
    ],
    "点位": [{"点位名称": "安康诊所", "点位类别": "诊所", "属地单位": "白石镇"}],
    "督查组": [{"组名": "第一督查组", "组号": 1, "督查范围": "白石镇、新民村"}],
    "成员": [{"督查组": "第一督查组", "姓名": "周明", "组内角色": "组长", "电话": 13812345678}],
    "督查活动": [
        {"活动编号": "D1", "督查组": "1", "开始日期": D(2022, 3, 1), "被督查单位": "白石镇", "督查类型": "专项"}
    ],
    "走访点位": [{"活动编号": "D1", "点位": "安康诊所", "走访日期": D(2022, 3, 1), "走访人员": "周明"}],
    "督查问题": [
        {
            "台账编号": "2022-0007", "活动编号": "D1", "点位": "安康诊所", "发现日期": "3月1日", "问题来源": "县",
            "问题类别": "台账记录不规范", "问题事实": "无消毒记录\n第二行😀", "整改时限": "立即整改",
        },
        {
            "属地单位": "白石镇", "发现日期": 44621, "问题类别": "本县自定类别", "问题事实": "无员工测温记录",
            "同类问题数": 41, "问题来源": "市",
        },
        {"台账编号": "2021-0003", "属地单位": "白石镇", "问题事实": "去年的问题", "状态": "挂账协调"},
    ],
    "整改计划": [{"台账编号": "2022-0007", "整改措施": "补记", "完成时限": "长期坚持", "责任人": "李安"}],
    "整改反馈": [
        {
            "台账编号": "2022-0007", "整改结果": "已整改", "整改措施": "已补记", "完成日期": D(2022, 3, 3),
            "责任人": "李安",
        }
    ],
    "核查": [
        {
            "台账编号": "2022-0007", "核查人": "周明", "核查方式": "现场核查", "核查日期": D(2022, 3, 4),
            "核查结论": "已整改到位", "批准人": "赵立",
        }
    ],
    "问责案件": [{"案件标题": CASE, "发生单位": "白石镇", "违规事实": "2月3日夜间脱岗", "后果": "造成不良影响"}],
    "责任人员": [
        {
            "案件编号": CASE, "姓名或单位名称": "钱某", "所在单位": "白石镇", "职务": "副镇长", "已离任": "是",
            "责任类型": "直接责任",
        }
    ],
    "处理": [
        {"案件编号": CASE, "责任人员": "钱某", "处理措施": "党内严重警告处分", "决定日期": D(2022, 2, 10)},
        {"案件编号": CASE, "责任人员": "钱某", "处理措施": "免职", "具体内容": "免去副镇长职务"},
    ],
    "发文": [
        {"文种": "督查通报", "发文字号": "云防指办[2022]3号", "标题": "关于某事的通报", "成文日期": D(2022, 2, 15)}
    ],
}  # fmt: skip


@pytest.fixture
def office(workspace):
    values = {"role": "county", "name": "云岭县防控办", "short_name": "县防控办", "county_name": "云岭县"}
    found_office(workspace, values)
    return workspace


def looked_at(workspace, path):
    with workspace.reading() as session:
        return preview(session, read(path), today=workspace.today)


def taken(workspace, path):
    found = looked_at(workspace, path)
    if found.writes:
        apply(workspace, found)
    return found


def one(workspace, cls, **where):
    with workspace.reading() as session:
        return session.scalars(select(cls).filter_by(**where)).one()


def total(workspace, cls):
    with workspace.reading() as session:
        return session.scalar(select(func.count()).select_from(cls))


def reasons(found):
    return [(r.place, r.sentence) for row in found.rows for r in row.reasons]


def test_every_sheet_comes_in_and_links_up(office, tmp_path):
    found = taken(office, filled(tmp_path / "填好.xlsx", ROWS))
    assert reasons(found) == []
    closed = one(office, Finding, serial="2022-0007")
    assert (closed.status, closed.backfilled, closed.closed_on) == ("已销号", True, D(2022, 3, 4))
    assert closed.found_on == D(2022, 3, 1)
    assert closed.deadline_kind == "立即"
    assert closed.fact == "无消毒记录\n第二行😀"
    assert closed.unit_id == one(office, Site, name="安康诊所").unit_id == one(office, Unit, name="白石镇").id
    assert closed.visit_id == one(office, Visit).id
    assert one(office, Unit, name="新民村").parent_id == closed.unit_id
    assert one(office, Feedback).submitted_at == dt.datetime(2022, 3, 3)
    assert one(office, Verification).feedback_id == one(office, Feedback).id
    assert one(office, Plan).due_text == "长期坚持"
    assert one(office, Document).number == "云防指办〔2022〕3号"


def test_what_has_no_status_starts_where_its_rows_show_and_old_ones_say_what_they_lack(office, tmp_path):
    taken(office, filled(tmp_path / "填好.xlsx", ROWS))
    fresh = one(office, Finding, fact="无员工测温记录")
    assert (fresh.status, fresh.backfilled, fresh.count, fresh.serial) == ("待交办", False, 41, "2022-0008")
    old = one(office, Finding, serial="2021-0003")
    assert (old.status, old.backfilled) == ("挂账协调", True)
    assert {"发现日期", "问题类别", "协调责任人"} <= set(old.missing.split("、"))


def test_a_case_with_dispositions_is_decided_and_effects_are_computed(office, tmp_path):
    taken(office, filled(tmp_path / "填好.xlsx", ROWS))
    assert one(office, AccountabilityCase).stage == "决定"
    assert one(office, Party).former is True
    assert one(office, Disposition, measure="党内严重警告").effect_end == D(2023, 8, 9)
    assert one(office, Disposition, measure="免职").detail == "免去副镇长职务"


def test_a_village_named_with_its_township_is_put_below_it(office, tmp_path):
    facts = [
        {**ROWS["督查问题"][1], "属地单位": name, "问题事实": name}
        for name in ("石桥镇双柳村", "石桥镇", "东街街道北门社区")
    ]
    found = taken(office, filled(tmp_path / "填好.xlsx", {"督查问题": facts}))
    assert reasons(found) == []
    town, village = one(office, Unit, name="石桥镇"), one(office, Unit, name="双柳村")
    assert (village.parent_id, village.kind, town.kind) == (town.id, "村", "乡镇")
    assert one(office, Finding, fact="石桥镇双柳村").unit_id == village.id
    assert one(office, Unit, name="北门社区").parent_id == one(office, Unit, name="东街街道").id
    assert taken(office, tmp_path / "填好.xlsx").writes is False


@pytest.mark.parametrize(
    ("typed", "kept", "months"),
    [("严重警告", "党内严重警告", True), ("责成作出书面检查", "责成作出书面检查", False), ("辞退", "辞退", False)],
)
def test_a_measure_shortened_is_known_one_put_otherwise_stays(office, tmp_path, typed, kept, months):
    rows = {**ROWS, "处理": [{**ROWS["处理"][0], "处理措施": typed}]}
    assert reasons(taken(office, filled(tmp_path / "填好.xlsx", rows))) == []
    found = one(office, Disposition)
    assert (found.measure, found.effect_end is not None) == (kept, months)


def test_a_party_without_a_duty_is_taken_in_with_one_that_is_marked(office, tmp_path):
    parties = [{k: v for k, v in row.items() if k != "责任类型"} for row in ROWS["责任人员"]]
    unit = {"案件编号": CASE, "姓名或单位名称": "北关镇党委"}
    found = taken(office, filled(tmp_path / "填好.xlsx", {**ROWS, "责任人员": [*parties, unit]}))
    assert reasons(found) == []
    assert [note for note in found.notes if "按职务推断" in note] == [
        f"{len(parties) + 1} 名责任人员没有“责任类型”，按职务推断，备注里已注明，请核对。"
    ]
    with office.reading() as session:
        kept = session.scalars(select(Party).order_by(Party.id)).all()
    assert all(one.duty and "责任类型为推断" in one.note for one in kept)
    assert [one.is_unit for one in kept if one.name == "北关镇党委"] == [True]


def test_a_measure_that_does_not_fit_is_taken_in_and_told(office, tmp_path):
    rows = {**ROWS, "处理": [{**ROWS["处理"][0], "处理措施": "记过", "决定机关": "县卫健局"}]}
    found = taken(office, filled(tmp_path / "填好.xlsx", rows))
    assert reasons(found) == []
    assert one(office, Disposition).measure == "记过"
    (told,) = [note for note in found.notes if note.startswith("处理请核对")]
    assert "钱某的记过：“记过”没有写明是哪一种处分" in told
    assert "“机关记过”" in told


def test_twice_adds_nothing(office, tmp_path):
    path = filled(tmp_path / "填好.xlsx", ROWS)
    taken(office, path)
    changes = total(office, Change)
    again = taken(office, path)
    assert again.count(Verdict.SAME) == len(again.rows) == sum(len(rows) for rows in ROWS.values())
    assert total(office, Change) == changes
    assert check(office.store.folder) == []


def test_a_changed_cell_is_shown_and_written(office, tmp_path):
    taken(office, filled(tmp_path / "填好.xlsx", ROWS))
    changed = {**ROWS, "点位": [{**ROWS["点位"][0], "地址": "街口"}]}
    found = taken(office, filled(tmp_path / "改过.xlsx", changed))
    assert [(r.title, r.changes) for r in found.rows if r.verdict is Verdict.CHANGED] == [
        ("安康诊所", {"address": ("", "街口")})
    ]
    assert one(office, Site).address == "街口"


def test_a_word_the_dictionary_lacks_is_added_a_fixed_one_is_not(office, tmp_path):
    bad = {**ROWS, "督查问题": [*ROWS["督查问题"], {"属地单位": "白石镇", "问题事实": "x", "问题来源": "联合国"}]}
    found = taken(office, filled(tmp_path / "填好.xlsx", bad))
    assert [place for place, _ in reasons(found)] == ["督查问题!B5"]
    assert one(office, Term, name="本县自定类别").dictionary == "finding_kind"


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ({"问题事实": "长" * 30_000, "属地单位": "白石镇"}, "L2", "最多 20000 个字"),
        ({"问题事实": "甲", "发现日期": "二月三十"}, "I2", "没有2月30日"),
        ({"问题事实": "甲", "发现日期": "说不清"}, "I2", "不是日期"),
        ({"问题事实": "甲", "发现日期": D(2023, 1, 1)}, "I2", "晚于今天"),
        ({"问题事实": "甲", "同类问题数": "很多"}, "N2", "不是整数"),
        ({"属地单位": "白石镇"}, "L2", "请填写“问题事实”"),
        ({"问题事实": "甲", "状态": "不知道"}, "Y2", "没有“不知道”这一项"),
        ({"问题事实": "甲", "活动编号": "D99"}, "D2", "没有找到督查活动“D99”"),
        ({"问题事实": "甲", "点位": "无主点位"}, "F2", "请填写属地单位"),
    ],
)
def test_a_row_that_will_not_do_names_its_cell(office, tmp_path, row, cell, words):
    found = looked_at(office, filled(tmp_path / "坏行.xlsx", {"督查问题": [row]}))
    assert found.hopeless
    place, sentence = reasons(found)[0]
    assert place == f"督查问题!{cell}"
    assert words in sentence


def test_rows_of_a_rejected_record_are_rejected_with_it_and_the_rest_comes_in(office, tmp_path):
    rows = {
        "督查问题": [
            {"台账编号": "2022-0001", "属地单位": "白石镇", "问题事实": "坏", "发现日期": "说不清"},
            {"台账编号": "2022-0002", "属地单位": "白石镇", "问题事实": "好"},
        ],
        "整改计划": [{"台账编号": "2022-0001", "整改措施": "改"}, {"台账编号": "2022-0002", "整改措施": "改"}],
    }
    found = taken(office, filled(tmp_path / "半好.xlsx", rows))
    assert [place for place, _ in reasons(found)] == ["督查问题!I2", "整改计划!A2"]
    assert (total(office, Finding), total(office, Plan)) == (1, 1)
    assert any("白石镇" in note for note in found.notes)


def test_the_same_number_for_another_problem_gives_it_a_number_of_its_own(office, tmp_path):
    taken(office, filled(tmp_path / "填好.xlsx", ROWS))
    other = {
        "督查问题": [
            {"台账编号": "2022-0007", "属地单位": "白石镇", "问题事实": "别的事", "发现日期": D(2022, 1, 1)},
        ],
        "整改计划": [{"台账编号": "2022-0007", "整改措施": "改"}],
    }  # fmt: skip
    found = taken(office, filled(tmp_path / "撞号.xlsx", other))
    assert reasons(found) == []
    new = one(office, Finding, fact="别的事")
    assert (new.serial, new.note) == ("2022-0009", "原编号：2022-0007")
    assert one(office, Plan, measures="改").finding_id == new.id
    assert one(office, Finding, serial="2022-0007").fact == ROWS["督查问题"][0]["问题事实"]


def exported(office, path, **cells):
    """The office's own ledger with these cells of a finding typed over."""
    import openpyxl

    with office.reading() as session:
        write_ledger(session, "findings_ledger", path, today=office.today)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    places = {cell.value: cell.column for cell in page[3]}
    for row in range(4, page.max_row + 1):
        if page.cell(row, places["台账编号"]).value == cells["台账编号"]:
            for header, value in cells.items():
                page.cell(row, places[header], value)
    book.save(path)
    return path


def test_a_status_of_a_living_finding_is_not_changed_by_an_import(office, tmp_path):
    taken(office, filled(tmp_path / "填好.xlsx", ROWS))
    living = exported(office, tmp_path / "台账.xlsx", 台账编号="2022-0008", 状态="已销号")
    assert "不能靠导入改动" in reasons(looked_at(office, living))[0][1]


def handed_over(office):
    values = {
        "source_level": "县", "found_on": office.today, "kind": "其他", "fact": "现场无人值守",
        "unit_id": one(office, Unit).id, "count": 1,
    }  # fmt: skip
    id_ = records.create(office, Finding, values).id
    findings.take(office, id_, "hand_over", {"deadline": office.today, "requirement": "立即整改"})
    return one(office, Finding, id=id_)


ANSWER = {
    "整改结果": "已整改", "整改措施": "已派人值守", "完成日期": D(2022, 3, 16), "责任人": "李安",
    "无佐证说明": "照片存镇档案",
}  # fmt: skip
CHECK = {
    "核查人": "周明", "核查方式": "现场核查", "核查日期": D(2022, 3, 16), "核查结论": "已整改到位", "批准人": "赵立",
}  # fmt: skip


def test_answers_and_checks_of_living_findings_go_through_the_steps(office, tmp_path):
    finding = handed_over(office)
    rows = {"整改反馈": [{"台账编号": finding.serial, **ANSWER}], "核查": [{"台账编号": finding.serial, **CHECK}]}
    path = filled(tmp_path / "反馈.xlsx", rows, office)
    assert reasons(taken(office, path)) == []
    after = one(office, Finding)
    assert (after.status, after.backfilled, after.submitted_on) == ("已销号", False, office.today)
    assert taken(office, path).count(Verdict.SAME) == 2


def test_a_guard_of_the_lifecycle_holds_in_an_import_too(office, tmp_path):
    finding = handed_over(office)
    rows = {"整改反馈": [{"台账编号": finding.serial, **ANSWER, "责任人": ""}]}
    found = looked_at(office, filled(tmp_path / "缺项.xlsx", rows, office))
    assert reasons(found) == [("整改反馈!G2", "请先选择“责任人”。")]


def test_a_preview_does_not_outlive_a_change(office, tmp_path):
    found = looked_at(office, filled(tmp_path / "填好.xlsx", ROWS))
    records.create(office, Unit, {"name": "别处新增", "kind": "其他"})
    with pytest.raises(Stale, match="重新预览"):
        apply(office, found)
    assert total(office, Finding) == 0


def test_headers_in_any_order_with_blanks_titles_merged_cells_and_other_names(office, tmp_path):
    path = plain(
        tmp_path / "老台账.xlsx",
        {
            "Sheet1": [
                ["某县问题台账"],
                ["序号", " 问题描述* ", "发现时间（必填）", "责 任 单 位", "整改状态", "无关列"],
                [1, "甲事", "2022年3月5日", "白石镇", "已整改", "x"],
                [2, "乙事", "3.6", None, "整改中", "x"],
            ]
        },
    )
    import openpyxl

    book = openpyxl.load_workbook(path)
    book["Sheet1"].merge_cells("A1:F1")
    book["Sheet1"].merge_cells("D3:D4")
    book.save(path)
    found = taken(office, path)
    assert reasons(found) == []
    assert "“无关列”列不认识" in "".join(found.notes)
    second = one(office, Finding, fact="乙事")
    assert (second.status, second.found_on) == ("整改中", D(2022, 3, 6))
    assert second.unit_id == one(office, Unit, name="白石镇").id


def test_formulas_count_as_what_they_showed(office, tmp_path):
    path = plain(tmp_path / "公式.xlsx", {"单位": [["单位名称", "单位类别"], ['="白石"&"镇"', "乡镇"]]})
    assert "请填写“单位名称”" in reasons(looked_at(office, path))[0][1]


def bad_files(tmp_path):
    word = tmp_path / "其实是文档.xlsx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    other = tmp_path / "别的.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    contents = {
        "空.xlsx": b"", "文字.xlsx": "台账".encode(), "旧.xls": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "密码.xlsx": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "断.xlsx": b"PK\x03\x04half",
    }  # fmt: skip
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("没有.xlsx", "没有找到文件"), ("空.xlsx", "是空文件"), ("文字.xlsx", "没有认出列名"),
        ("旧.xls", "已损坏"), ("密码.xlsx", "打开密码"), ("断.xlsx", "已损坏"), ("其实是文档.xlsx", "Word 文档"),
        ("别的.xlsx", "另存为 .xlsx"), (".", "是文件夹"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_gets_a_sentence(tmp_path, name, words):
    with pytest.raises(Refusal, match=words):
        read(bad_files(tmp_path) / name)


def test_wrong_headers_get_a_sentence(tmp_path):
    with pytest.raises(Refusal, match="缺少“问题事实”列"):
        read(plain(tmp_path / "错列.xlsx", {"督查问题": [["台账编号", "属地单位"], ["1", "白石镇"]]}))
    with pytest.raises(Refusal, match="没有认出列名"):
        read(plain(tmp_path / "别的表.xlsx", {"Sheet1": [["甲", "乙"], ["1", "2"]]}))


def test_a_truncated_workbook_gets_a_sentence(tmp_path):
    whole = filled(tmp_path / "整.xlsx", ROWS).read_bytes()
    for length in (len(whole) // 3, len(whole) - 40):
        (tmp_path / "断.xlsx").write_bytes(whole[:length])
        with pytest.raises(Refusal, match="已损坏"):
            read(tmp_path / "断.xlsx")


def test_pasted_rows_with_and_without_a_header(office):
    text = "县\t\t\t白石镇\t3.5\t其他\t门口无人值守\n"
    for source in (text, "属地单位\t发现日期\t问题事实\n白石镇\t2022-3-5\t另一件\n"):
        with office.reading() as session:
            found = preview(session, pasted_book(source), today=office.today)
        assert reasons(found) == []
        apply(office, found)
    with office.reading() as session:
        assert set(session.scalars(select(Finding.found_on))) == {D(2022, 3, 5)}


def test_namesake_villages_are_told_apart(office):
    units = [
        ["单位名称", "单位类别", "上级单位"],
        ["甲镇", "乡镇", ""], ["乙镇", "乡镇", ""], ["新民村", "村", "甲镇"], ["新民村", "村", "乙镇"],
    ]  # fmt: skip
    with office.reading() as session:
        apply(office, preview(session, of_rows("x", "单位", units), today=office.today))
    for name, wrong in (("新民村", True), ("乙镇新民村", False)):
        rows = [["属地单位", "问题事实"], [name, "事"]]
        with office.reading() as session:
            found = preview(session, of_rows("x", "督查问题", rows), today=office.today)
        assert bool(reasons(found)) is wrong


def test_nothing_is_half_written_when_the_disk_is_full(office, tmp_path, monkeypatch):
    found = looked_at(office, filled(tmp_path / "填好.xlsx", ROWS))
    from models.services import unit_of_work

    insert, calls = unit_of_work._insert, []

    def full(session, cls, rows):
        calls.append(cls)
        if len(calls) > 12:
            raise OSError(28, "No space left on device")
        insert(session, cls, rows)

    monkeypatch.setattr(unit_of_work, "_insert", full)
    with pytest.raises(OSError, match="No space"):
        apply(office, found)
    assert total(office, Finding) == total(office, Site) == 0


@pytest.fixture(autouse=True)
def _tidy(tmp_path):
    yield
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.parametrize(("told", "kept"), [("是", "通报"), ("否", "宣布执行"), ("", "宣布执行")])
def test_a_stage_of_version_1_0_is_still_understood(office, tmp_path, told, kept):
    rows = {**ROWS, "问责案件": [{**ROWS["问责案件"][0], "阶段": "影响期满", "已通报": told}]}
    path = filled(tmp_path / "填好.xlsx", rows)
    assert reasons(taken(office, path)) == []
    assert one(office, AccountabilityCase).stage == kept
    assert taken(office, path).writes is False
    assert check(office.store.folder) == []


def test_a_workbook_of_1_0_says_nothing_of_consent(workspace):
    """隐去名字 is read without a word of complaint; neither 否 nor a blank makes anybody's name public."""
    records.create(workspace, Unit, {"name": "白石镇", "kind": "乡镇"})
    rows = [["案件编号", "姓名或单位名称", "责任类型", "隐去名字", "公开全名"]]
    rows += [[CASE, "钱一民", "直接责任", "是", ""], [CASE, "孙二民", "直接责任", "否", ""]]
    rows += [[CASE, "李三民", "直接责任", "", "是"]]
    cases = [["案件标题", "发生单位", "违规事实"], [CASE, "白石镇", "2月3日夜间脱岗"]]
    book = of_rows("x", "问责案件", cases)
    book.lines |= of_rows("x", "责任人员", rows).lines
    assert book.notes == []
    with workspace.reading() as session:
        found = preview(session, book, today=workspace.today)
    apply(workspace, found)
    with workspace.reading() as session:
        told = {p.name: p.public_name for p in session.scalars(select(Party))}
    assert told == {"钱一民": False, "孙二民": False, "李三民": True}


def test_the_template_asks_for_consent_and_no_more_for_the_older_mark(tmp_path):
    from models.intake import sheets

    written = [c.label for c in sheets.BY_TABLE["party"].written]
    assert ("公开全名" in written, "隐去名字" in written) == (True, False)


FINDING = {
    "问题事实": "无人值守",
    "发现日期": D(2022, 3, 1),
    "属地单位": "白石镇",
    "问题类别": "值守",
    "问题来源": "县",
}


def without(*names):
    return {name: value for name, value in FINDING.items() if name not in names}


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (FINDING, "待交办"),
        (without("问题类别", "问题来源"), "待交办"),
        (without("发现日期"), "草稿"),
        (without("属地单位"), "草稿"),
        ({**FINDING, "问题事实": None, "台账编号": "2022-0009"}, "草稿"),
        ({**FINDING, "状态": "草稿"}, "草稿"),
        ({**FINDING, "问题来源": "群众举报"}, "草稿"),
        ({**FINDING, "问题来源": "群众举报", "状态": "已交办"}, "已交办"),
        ({**FINDING, "是否销号": "否"}, "待交办"),
        ({**FINDING, "是否销号": "否", "整改时限": D(2022, 3, 20)}, "已交办"),
        ({**without("属地单位"), "是否销号": "否", "整改时限": D(2022, 3, 20)}, "草稿"),
        ({**FINDING, "是否销号": "是"}, "已销号"),
        ({**FINDING, "是否销号": "√"}, "已销号"),
    ],
)
def test_where_a_row_without_a_status_starts(office, tmp_path, row, status):
    path = plain(tmp_path / "台账.xlsx", {"督查问题": [list(row), list(row.values())]})
    found = taken(office, path)
    assert reasons(found) == []
    assert one(office, Finding).status == status
    assert taken(office, path).writes is False
    assert check(office.store.folder) == []


def test_what_was_not_given_is_told_once_and_marked(office, tmp_path):
    rows = [without("问题类别", "问题来源"), {**without("问题类别"), "问题事实": "无记录"}]
    path = filled(tmp_path / "台账.xlsx", {"督查问题": rows})
    found = looked_at(office, path)
    assert found.lacking == {"kind": 2, "source_level": 1}
    assert "2 行没有“问题类别”，记为“其他”，标记待补。" in found.notes
    assert "1 行没有“问题来源”，记为“县”，标记待补。" in found.notes
    assert found.ending == ""
    apply(office, found)
    kept = one(office, Finding, fact="无人值守")
    assert (kept.kind, kept.source_level, kept.missing) == ("其他", "县", "问题类别、问题来源")


def test_what_the_clerk_said_for_all_is_taken_without_a_mark(office, tmp_path):
    path = filled(tmp_path / "台账.xlsx", {"督查问题": [without("问题类别", "问题来源")]})
    with office.reading() as session:
        found = preview(session, read(path), today=office.today, usual={"kind": "值守", "source_level": "市"})
    assert "1 行没有“问题类别”，记为“值守”。" in found.notes
    apply(office, found)
    kept = one(office, Finding)
    assert (kept.kind, kept.source_level, kept.missing) == ("值守", "市", "")


def test_the_import_ends_with_what_is_only_a_draft(office, tmp_path):
    rows = [FINDING, {**without("发现日期"), "问题事实": "甲"}, {**without("属地单位"), "问题事实": "乙"}]
    rows += [{**FINDING, "问题事实": "丙", "问题来源": "群众举报"}, {**FINDING, "问题事实": "丁", "状态": "草稿"}]
    found = taken(office, filled(tmp_path / "台账.xlsx", {"督查问题": rows}))
    assert found.ending == (
        "其中 2 行缺发现日期、属地单位或点位，记为草稿；1 行是群众举报，核实后送交办，先记为草稿；"
        "1 行填的状态就是草稿，不计入。"
    )
    assert found.in_words(done=True).endswith(found.ending)
    assert found.as_json()["drafts"] == found.ending


OPENING = {"开始日期": D(2022, 1, 1), "结束日期": D(2022, 2, 28), "走访点位数": "300多个", "问题数": 41, "已整改数": 30}


def test_opening_figures_come_in_before_the_first_record_and_never_twice(office, tmp_path):
    rows = {**ROWS, "督查问题": ROWS["督查问题"][:2], "期初数": [{**OPENING, "单位": "白石镇", "来源": "总结"}]}
    found = taken(office, filled(tmp_path / "填好.xlsx", rows))
    assert reasons(found) == []
    kept = one(office, OpeningFigures)
    assert (kept.problems, kept.solved, kept.sites_visited, kept.source) == ("41", "30", "300余", "总结")
    assert kept.unit_id == one(office, Unit, name="白石镇").id
    assert kept.campaign_id is not None
    assert [row.verdict for row in looked_at(office, filled(tmp_path / "再来.xlsx", rows)).rows if not row.reasons]
    assert total(office, OpeningFigures) == 1


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({"问题数": "约40"}, "问题数", "30余"),
        ({"已整改数": 42}, "已整改数", "多于"),
        ({"结束日期": D(2022, 3, 31)}, "结束日期", "2022年3月1日"),
    ],
)
def test_an_opening_figure_that_will_not_do_names_its_cell(office, tmp_path, change, cell, words):
    rows = {**ROWS, "期初数": [OPENING | change]}
    ((place, sentence),) = reasons(looked_at(office, filled(tmp_path / "填好.xlsx", rows)))
    assert place.startswith("期初数!")
    assert words in sentence
    assert cell in sentence
