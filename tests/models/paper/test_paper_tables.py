"""Rows and columns of a table edited by hand; the counting column counts by itself."""

import pytest

from models.paper import tables
from models.paper.elements import Column, Table

BASE = Table(
    (Column("序号", 0.4, "center"), Column("单位", 1.0), Column("问题", 2.0)),
    (("1", "甲镇", "无记录"), ("2", "乙镇", "未消毒"), ("3", "丙镇", "未戴口罩")),
    keys=("finding:a", "finding:b", "finding:c"),
)


def units(table: Table) -> list[str]:
    return [row[1] for row in table.rows]


def numbers(table: Table) -> list[str]:
    return [row[0] for row in table.rows]


def test_a_cell_is_changed() -> None:
    changed = tables.with_cell(BASE, 1, 2, "未测温")
    assert changed.rows[1] == ("2", "乙镇", "未测温")
    assert changed.keys == BASE.keys


def test_a_row_is_put_in_and_the_numbers_follow() -> None:
    changed = tables.insert_row(BASE, 1, ("", "丁村"))
    assert units(changed) == ["甲镇", "丁村", "乙镇", "丙镇"]
    assert numbers(changed) == ["1", "2", "3", "4"]
    assert changed.keys == ("finding:a", "", "finding:b", "finding:c")


def test_rows_are_taken_out_and_the_numbers_follow() -> None:
    changed = tables.drop_rows(BASE, {0, 2})
    assert changed.rows == (("1", "乙镇", "未消毒"),)
    assert changed.keys == ("finding:b",)


@pytest.mark.parametrize(("at", "to", "order"), [(0, 2, ["乙镇", "丙镇", "甲镇"]), (2, 0, ["丙镇", "甲镇", "乙镇"])])
def test_a_row_is_moved_with_its_record(at: int, to: int, order: list[str]) -> None:
    changed = tables.move_row(BASE, at, to)
    assert units(changed) == order
    assert numbers(changed) == ["1", "2", "3"]
    assert changed.keys[to] == BASE.keys[at]


def test_columns_are_renamed_added_and_taken_out() -> None:
    changed = tables.insert_column(tables.retitle_column(BASE, 1, "责任单位"), 3, "备注")
    assert [column.title for column in changed.columns] == ["序号", "责任单位", "问题", "备注"]
    assert changed.columns[3].width == pytest.approx(3.4 / 3, abs=0.01)
    assert changed.rows[0] == ("1", "甲镇", "无记录", "")
    assert tables.drop_column(changed, 0).rows[0] == ("甲镇", "无记录", "")


def test_a_new_table_counts_its_rows() -> None:
    made = tables.blank(("序号", "名称"), 2)
    assert made.rows == (("1", ""), ("2", ""))
    assert made.columns[0].align == "center"
    assert made.columns[0].width < made.columns[1].width
    assert tables.insert_column(Table((), ()), 0, "名称").columns[0].width == 1.0


def test_a_row_of_totals_has_no_number_and_a_table_without_the_column_is_left_alone() -> None:
    totals = tables.insert_row(BASE, 3, ("合计", "", "3个"))
    assert numbers(tables.drop_rows(totals, {0})) == ["1", "2", "合计"]
    plain = Table((Column("单位"),), (("甲",),))
    assert tables.counting(plain) is None
    assert tables.insert_row(plain, 0).rows == (("",), ("甲",))


def test_short_rows_are_filled_up() -> None:
    ragged = Table((Column("甲"), Column("乙")), (("1",),))
    assert tables.with_cell(ragged, 0, 1, "二").rows == (("1", "二"),)


def test_the_text_keeps_caption_titles_and_rows_apart() -> None:
    table = Table((Column("甲"), Column("乙")), (("一\n行", "二\t格"),), caption="表")
    assert tables.text_of(table) == "表\n甲\t乙\n一\v行\t二 格"


def test_cells_of_a_spreadsheet_are_pasted_and_missing_rows_added() -> None:
    changed = tables.pasted(BASE, (2, 1), [["丁镇", "无台账", "多出来的"], ["戊镇"]])
    assert changed.rows[2:] == (("3", "丁镇", "无台账"), ("4", "戊镇", ""))
    assert changed.keys == ("finding:a", "finding:b", "finding:c", "")


def test_a_table_gets_a_name() -> None:
    assert tables.with_caption(BASE, "问题清单").caption == "问题清单"
