"""Nothing is merged or overwritten that is not proved the same; every merge is named, and the counts add up."""

import pytest
from sqlalchemy import func, select
from typing_in import filled, plain

from exporters.workbooks import write_ledger
from models.errors import Refusal
from models.intake.apply import apply
from models.intake.pasted import book as pasted_book
from models.intake.preview import preview
from models.intake.rows import Verdict
from models.intake.workbook import read
from models.queries.integrity import check
from models.records import AccountabilityCase, Change, Finding, Member, Party, Plan, Team, Unit
from models.services import records
from models.services.office_setup import found_office
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

HEAD = ["编号", "属地", "检查地点", "发现日期", "问题描述", "整改时限", "整改状态"]
LIU, QING = "柳河镇", "青石镇"


def row(number, unit, place, day, fact, due="2022-3-9", status="整改中"):
    return [number, unit, place, day, fact, due, status]


FIRST = [
    row(n, LIU, "便民中心", "2022-3-4", fact, status="已销号") for n, fact in enumerate(("甲事", "乙事", "丙事"), 1)
]
SECOND = [row(n, QING, "便民中心", "2022-3-7", fact) for n, fact in enumerate(("甲事", "乙事", "丙事"), 1)]


@pytest.fixture
def office(workspace):
    found_office(
        workspace, {"role": "county", "name": "云岭县防控办", "short_name": "县防控办", "county_name": "云岭县"}
    )
    return workspace


def ledger(path, rows, head=HEAD, sheet="Sheet1"):
    return plain(path, {sheet: [head, *rows]})


def looked_at(workspace, path, **answers):
    with workspace.reading() as session:
        return preview(session, read(path), today=workspace.today, answers=answers.get("answers", {}))


def taken(workspace, path, **answers):
    found = looked_at(workspace, path, **answers)
    if found.writes:
        apply(workspace, found)
    return found


def counted(found):
    return {str(v): found.count(v) for v in Verdict if found.count(v)}


def of_findings(found):
    return {v: n for v, n in found.counts()["督查问题"].items() if n}


def everything(workspace, cls=Finding):
    with workspace.reading() as session:
        return session.scalars(select(cls).where(cls.deleted_at.is_(None)).order_by(cls.id)).all()


def test_a_second_ledger_numbered_from_one_leaves_the_first_alone(office, tmp_path):
    taken(office, ledger(tmp_path / "柳河镇台账.xlsx", FIRST))
    before = [(f.serial, f.unit_id, f.found_on, f.status, f.version) for f in everything(office)]
    found = taken(office, ledger(tmp_path / "青石镇台账.xlsx", SECOND))
    assert of_findings(found) == {"新增": 3}
    after = everything(office)
    assert [(f.serial, f.unit_id, f.found_on, f.status, f.version) for f in after[:3]] == before
    assert [f.status for f in after[3:]] == ["整改中"] * 3
    assert len({f.serial for f in after}) == 6


def test_equal_wordings_at_different_places_stay_apart(office, tmp_path):
    shops = ("好又多超市", "惠民药店", "永安诊所")
    rows = [row(n, LIU, shop, "2022.3.5", "员工未佩戴口罩") for n, shop in enumerate(shops, 1)]
    rows.append(row(4, LIU, "永安诊所", "2022.3.5", "消毒记录不全"))
    path = ledger(tmp_path / "台账.xlsx", rows)
    assert of_findings(taken(office, path)) == {"新增": 4}
    assert len({f.site_id for f in everything(office)}) == 3
    assert counted(taken(office, path)) == {"相同": 4}


def test_a_ledger_without_places_counts_its_rows_and_twice_adds_nothing(office, tmp_path):
    rows = [["柳河镇", "2022-3-5", "员工未佩戴口罩"], ["柳河镇", "2022-3-5", "员工未佩戴口罩"]]
    head = ["属地", "发现日期", "问题描述"]
    path = ledger(tmp_path / "台账.xlsx", rows, head)
    assert of_findings(taken(office, path)) == {"新增": 2}
    assert counted(taken(office, path)) == {"相同": 2}
    again = ledger(tmp_path / "台账0322.xlsx", [rows[0], *rows], head)
    assert of_findings(taken(office, again)) == {"新增": 1, "相同": 2}
    assert len(everything(office)) == 3


def test_a_row_inserted_on_top_doubles_nothing(office, tmp_path):
    taken(office, ledger(tmp_path / "台账.xlsx", FIRST))
    rows = [row(1, LIU, "卫生院", "2022-3-9", "新事"), *([n + 1, *rest] for n, *rest in FIRST)]
    found = taken(office, ledger(tmp_path / "台账(1).xlsx", rows))
    assert of_findings(found) == {"新增": 1, "相同": 3}


def test_a_row_without_unit_and_day_closes_nobodys(office, tmp_path):
    taken(office, ledger(tmp_path / "一.xlsx", [row(1, LIU, "超市", "2022-3-5", "员工未佩戴口罩")]))
    bare = plain(
        tmp_path / "二.xlsx",
        {"Sheet1": [["序号", "存在问题", "整改时限", "整改状态"], [1, "员工未佩戴口罩", "2022-4-8", "已销号"]]},
    )
    found = taken(office, bare)
    assert counted(found) == {"待确认": 1}
    assert "属地单位" in found.rows[0].reasons[0].sentence
    (kept,) = everything(office)
    assert kept.status == "整改中"
    answered = taken(office, bare, answers={("Sheet1", 2): "new"})
    assert of_findings(answered) == {"新增": 1}
    assert [f.status for f in everything(office)] == ["整改中", "已销号"]


@pytest.mark.parametrize(
    "other",
    [
        row(1, LIU, "超市", "2022-3-5", "员工未佩戴口罩"),
        row(1, LIU, None, "2022-3-5", "员工未佩戴口罩"),
        row(1, LIU, "超市", None, "员工未佩戴口罩"),
        row(1, LIU, "超市", "2022-3-8", "员工未佩戴口罩"),
        row(1, LIU, "超市", "2022-3-5", "员工未佩戴口罩2人"),
    ],
)
def test_what_is_nearly_the_same_in_another_file_is_asked(office, tmp_path, other):
    taken(office, ledger(tmp_path / "甲.xlsx", [row(1, LIU, "超市", "2022-3-5", "员工未佩戴口罩")]))
    path = ledger(tmp_path / "乙.xlsx", [[*other[:5], "2022-3-20", "整改中"]])
    found = looked_at(office, path)
    assert counted(found) == {"待确认": 1}
    with pytest.raises(Refusal, match="先确认"):
        apply(office, found)
    assert len(everything(office)) == 1
    same = looked_at(office, path, answers={("Sheet1", 2): "same"})
    assert same.rows[0].verdict is not Verdict.UNSURE
    assert of_findings(taken(office, path, answers={("Sheet1", 2): "new"})) == {"新增": 1}


def test_what_was_confirmed_as_the_same_shows_old_and_new_and_is_remembered(office, tmp_path):
    taken(office, ledger(tmp_path / "甲.xlsx", [row(1, LIU, "超市", "2022-3-5", "员工未佩戴口罩")]))
    path = ledger(tmp_path / "乙.xlsx", [row(1, LIU, "超市", "2022-3-5", "员工未佩戴口罩", "2022-3-20")])
    found = taken(office, path, answers={("Sheet1", 2): "same"})
    (changed,) = found.rows
    assert ("整改时限", "2022-03-09", "2022-03-20") in changed.differences
    assert "整改时限：2022-03-09 → 2022-03-20" in found.in_words(done=False)
    assert "柳河镇，超市，2022-03-05，员工未佩戴口罩" in found.in_words(done=False)
    assert counted(taken(office, path)) == {"相同": 1}


def test_a_changed_row_of_the_same_file_changes_its_record(office, tmp_path):
    taken(office, ledger(tmp_path / "台账3月8日.xlsx", FIRST))
    rows = [row(1, LIU, "便民中心", "2022-3-4", "甲事", "2022-3-12", "已销号"), *FIRST[1:]]
    found = taken(office, ledger(tmp_path / "台账3月15日.xlsx", rows))
    assert of_findings(found) == {"变更": 1, "相同": 2}
    assert len(everything(office)) == 3


def test_two_rows_that_are_one_are_named_and_add_up(office, tmp_path):
    rows = [*FIRST, row(9, LIU, "便民中心", "2022-3-4", "甲事。", status="已销号")]
    found = taken(office, ledger(tmp_path / "台账.xlsx", rows))
    assert found.read == 4 == sum(of_findings(found).values())
    assert of_findings(found) == {"新增": 3, "合并": 1}
    assert "与第2行是同一条问题" in found.in_words(done=True)
    assert counted(taken(office, tmp_path / "台账.xlsx")) == {"相同": 3, "合并": 1}


def test_two_rows_that_are_one_and_contradict_each_other_are_not_taken(office, tmp_path):
    rows = [FIRST[0], row(9, LIU, "便民中心", "2022-3-4", "甲事", "2022-4-1", "已销号")]
    found = looked_at(office, ledger(tmp_path / "台账.xlsx", rows))
    assert of_findings(found) == {"新增": 1, "不能导入": 1}
    assert "“整改时限”不同" in found.in_words(done=False)


def test_another_offices_number_is_not_ours(office, tmp_path, pristine):
    import shutil

    taken(office, ledger(tmp_path / "台账.xlsx", FIRST))
    shutil.copytree(pristine, tmp_path / "别处")
    other = Workspace(Store(DataFolder(tmp_path / "别处")), clock=office.clock)
    found_office(other, {"role": "county", "name": "青川县防控办", "short_name": "县防控办"})
    taken(other, ledger(tmp_path / "另.xlsx", SECOND))
    with other.reading() as session:
        write_ledger(session, "findings_ledger", tmp_path / "他县.xlsx", today=other.today)
    assert {f.serial for f in everything(other)} == {f.serial for f in everything(office)}
    found = taken(office, tmp_path / "他县.xlsx")
    assert of_findings(found) == {"新增": 3}
    new = everything(office)[3:]
    assert {f.unit_id for f in new}.isdisjoint(f.unit_id for f in everything(office)[:3])
    assert [f.note for f in new] == [f"原编号：{f.serial}" for f in everything(other)]
    plans = {"整改计划": [{"台账编号": "2022-0001", "整改措施": "改"}]}
    asked = looked_at(office, filled(tmp_path / "他处填的.xlsx", plans))
    assert counted(asked) == {"待确认": 1}
    assert counted(taken(office, tmp_path / "他处填的.xlsx", answers={("整改计划", 2): "same"})) == {"新增": 1}
    assert len(everything(office, Plan)) == 1
    other.store.close()


def test_our_own_ledger_comes_back_whatever_was_typed_into_it(office, tmp_path):
    import openpyxl

    taken(office, ledger(tmp_path / "台账.xlsx", FIRST))
    with office.reading() as session:
        write_ledger(session, "findings_ledger", tmp_path / "导出.xlsx", today=office.today)
    book = openpyxl.load_workbook(tmp_path / "导出.xlsx")
    page = book.worksheets[0]
    places = {cell.value: cell.column_letter for cell in page[3]}
    assert page.column_dimensions[places["记录标识"]].hidden
    page[f"{places['问题事实']}4"] = "改写过的事实"
    page[f"{places['发现日期']}4"] = "2022-3-2"
    page[f"{places['点位']}4"] = "卫生院"
    book.save(tmp_path / "导出.xlsx")
    found = taken(office, tmp_path / "导出.xlsx")
    assert of_findings(found) == {"变更": 1, "相同": 2}
    assert everything(office)[0].fact == "改写过的事实"
    page[f"{places['台账编号']}5"] = "2022-0099"
    book.save(tmp_path / "导出.xlsx")
    assert "不能靠导入改动" in looked_at(office, tmp_path / "导出.xlsx").in_words(done=False)


def test_a_row_of_a_deleted_record_is_asked(office, tmp_path):
    taken(office, ledger(tmp_path / "台账.xlsx", FIRST))
    with office.reading() as session:
        write_ledger(session, "findings_ledger", tmp_path / "导出.xlsx", today=office.today)
    gone = everything(office)[0]
    records.delete(office, Finding, [gone.id])
    found = looked_at(office, tmp_path / "导出.xlsx")
    assert of_findings(found) == {"相同": 2, "待确认": 1}
    (doubt,) = [r for r in found.doubts if r.sheet.name == "督查问题"]
    assert "已经删除" in doubt.told
    assert of_findings(taken(office, tmp_path / "导出.xlsx", answers={doubt.line.key: "new"})) == {"相同": 2, "新增": 1}


def test_a_pasted_row_is_asked_again_each_time(office):
    text = "属地单位\t发现日期\t问题事实\n白石镇\t2022-3-5\t未佩戴口罩\n"
    for wanted in ("新增", "待确认"):
        with office.reading() as session:
            found = preview(session, pasted_book(text), today=office.today)
        assert of_findings(found) == {wanted: 1}
        if found.writes:
            apply(office, found)


CASES = ["案件标题", "发生单位", "违规事实", "姓名", "工作单位", "责任类型", "处理结果", "处理日期"]


def test_cases_of_two_ledgers_with_one_number_stay_two(office, tmp_path):
    head = ["案件编号", *CASES]
    for unit in (LIU, QING):
        rows = [
            [1, "卡点脱岗问题", unit, "卡点无人值守", name, unit, "直接责任", "诫勉谈话", "2022-3-1"]
            for name in ("赵一", "钱二")
        ]
        found = taken(office, plain(tmp_path / f"{unit}问责台账.xlsx", {"问责台账": [head, *rows]}))
        assert found.counts()["问责案件"] | {} == {
            "新增": 1, "变更": 0, "相同": 0, "合并": 1, "待确认": 0, "不能导入": 0,
        }  # fmt: skip
    assert len(everything(office, AccountabilityCase)) == 2
    assert len(everything(office, Party)) == 4
    assert taken(office, tmp_path / f"{LIU}问责台账.xlsx").writes is False
    assert len(everything(office, Party)) == 4


def test_a_case_of_another_file_is_asked_and_its_persons_wait(office, tmp_path):
    line = ["卡点脱岗问题", LIU, "卡点无人值守", "赵一", LIU, "直接责任", "诫勉谈话", "2022-3-1"]
    taken(office, plain(tmp_path / "甲.xlsx", {"问责台账": [CASES, line]}))
    other = plain(tmp_path / "乙.xlsx", {"问责台账": [CASES, [*line[:3], "孙三", *line[4:]]]})
    assert counted(looked_at(office, other)) == {"待确认": 3}
    found = taken(office, other, answers={("问责台账", 2): "same"})
    assert found.counts()["责任人员"]["新增"] == 1
    assert len(everything(office, AccountabilityCase)) == 1


def test_a_namesake_in_a_roster_without_units_is_asked(office, tmp_path):
    rows = {
        "督查组": [{"组名": "第一督查组"}],
        "单位": [{"单位名称": LIU, "单位类别": "乡镇"}],
        "成员": [{"督查组": "第一督查组", "姓名": "王伟", "抽调单位": LIU, "组内角色": "成员"}],
    }
    taken(office, filled(tmp_path / "名册.xlsx", rows, office))
    bare = {"成员": [{"督查组": "第一督查组", "姓名": "王伟", "组内角色": "组长"}]}
    found = looked_at(office, filled(tmp_path / "另一份.xlsx", bare, office))
    assert counted(found) == {"待确认": 1}
    assert [m.role for m in everything(office, Member)] == ["成员"]


def test_a_village_without_its_township_is_asked_a_township_is_known(office, tmp_path):
    rows = [{"单位名称": LIU, "单位类别": "乡镇"}, {"单位名称": "新民村", "单位类别": "村", "上级单位": LIU}]
    taken(office, filled(tmp_path / "单位.xlsx", {"单位": rows}))
    again = [{"单位名称": LIU, "单位类别": "乡镇"}, {"单位名称": "新民村", "单位类别": "村"}]
    found = looked_at(office, filled(tmp_path / "别的.xlsx", {"单位": again}))
    assert counted(found) == {"相同": 1, "待确认": 1}
    assert len([u for u in everything(office, Unit) if u.name == "新民村"]) == 1


def test_an_undone_import_comes_in_again(office, tmp_path):
    from models.services import undo

    path = ledger(tmp_path / "台账.xlsx", FIRST)
    taken(office, path)
    with office.reading() as session:
        operation = session.scalars(select(Change.operation).order_by(Change.id.desc())).first()
    undo.undo(office, operation)
    assert everything(office) == []
    assert of_findings(taken(office, path)) == {"新增": 3}
    assert check(office.store.folder) == []
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Team)) == 0


def test_a_sheet_per_township_gives_its_rows_the_unit_of_its_name(office, tmp_path):
    head = ["序号", "时间", "地点", "存在的问题"]
    sheets = {
        name: [
            [f"{name}问题清单"],
            head,
            *([n, 44625 + n, f"{name}卫生院", f"{fact}"] for n, fact in enumerate("甲乙丙")),
        ]
        for name in (LIU, QING, "云溪街道", "经开区")
    }
    path = plain(tmp_path / "清单.xlsx", sheets)
    assert of_findings(taken(office, path)) == {"新增": 12}
    assert len({f.unit_id for f in everything(office)}) == 4
    assert counted(taken(office, path)) == {"相同": 12}
