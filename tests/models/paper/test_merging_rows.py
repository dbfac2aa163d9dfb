"""An edited table, attachment or row of pictures, and the records that move on."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.paper import editing, merging, tables
from models.paper.elements import Annex, Column, Paper, Paragraph, Photo, Photos, Table, from_json, to_json
from models.paper.masking import Mask, public
from models.queries.facts.documents import covered

TITLES = ("序号", "单位", "问题")


def listed(*facts: str, titles: tuple[str, ...] = TITLES, caption: str = "") -> Table:
    """A composed table: "a 无记录" is the record finding:a with the problem 无记录."""
    told = [fact.split() for fact in facts]
    rows = tuple((str(n), f"{key}镇", *rest) for n, (key, *rest) in enumerate(told, 1))
    keys = tuple(f"finding:{key}" for key, *_ in told)
    base = Table(tuple(Column(title) for title in titles), rows, caption, keys=keys)
    return editing.composed(base, "table:problems", keys)


def paper(table: Table | None, *annexes: Annex) -> Paper:
    own = () if table is None else (editing.composed_annex(Annex("问题清单", (table,), landscape=True)),)
    return Paper(title="通报", annexes=(*own, *annexes))


def table_of(whole: Paper) -> Table:
    found = whole.annexes[0].blocks[0]
    assert isinstance(found, Table)
    return found


def edited(whole: Paper, table: Table) -> Paper:
    return editing.replace(whole, 0, table, annex=0)


def facts(whole: Paper) -> list[str]:
    return [row[2] for row in table_of(whole).rows]


OLD = paper(listed("a 无记录", "b 未消毒", "c 未戴口罩"))


def test_only_the_edited_cell_is_kept_and_all_else_follows_the_records() -> None:
    mine = edited(OLD, tables.with_cell(table_of(OLD), 1, 1, "乙镇卫生院"))
    merged, found = merging.recompose(mine, paper(listed("a 无测温记录", "b 消毒不到位", "d 无台账")))
    assert table_of(merged).rows == (
        ("1", "a镇", "无测温记录"), ("2", "乙镇卫生院", "消毒不到位"), ("3", "d镇", "无台账"),
    )  # fmt: skip
    assert found == ()


def test_a_cell_both_sides_changed_is_named_until_it_is_seen_to() -> None:
    mine = edited(OLD, tables.with_cell(table_of(OLD), 1, 2, "未消杀"))
    fresh = paper(listed("a 无记录", "b 消毒不到位", "c 未戴口罩"))
    merged, found = merging.recompose(mine, fresh)
    assert [(m.key, m.reason, m.records) for m in found] == [("table:problems#finding:b", "changed", ("finding:b",))]
    assert found[0].kept == "b镇　未消杀"
    assert found[0].now == "2　b镇　消毒不到位"
    assert facts(merged)[1] == "未消杀"
    assert merging.recompose(merged, fresh) == (merged, found)
    kept = merging.accept(merged, found[0])
    assert merging.recompose(kept, fresh) == (kept, ())
    taken = merging.take(merged, fresh, found[0])
    assert facts(taken)[1] == "消毒不到位"
    assert merging.recompose(taken, fresh) == (taken, ())
    assert not editing.is_edited(table_of(taken))


def test_an_edited_row_whose_record_is_gone_is_named_and_an_unedited_one_goes() -> None:
    mine = edited(OLD, tables.with_cell(table_of(OLD), 1, 2, "未消杀"))
    fresh = paper(listed("c 未戴口罩"))
    merged, found = merging.recompose(mine, fresh)
    assert facts(merged) == ["未消杀", "未戴口罩"]
    assert [m.reason for m in found] == ["gone"]
    assert merging.recompose(merged, fresh) == (merged, found)
    kept = merging.accept(merged, found[0])
    assert table_of(kept).keys == ("", "finding:c")
    assert merging.recompose(kept, fresh) == (kept, ())
    assert facts(merging.take(merged, fresh, found[0])) == ["未戴口罩"]


def test_rows_added_moved_and_taken_out_stay_so() -> None:
    mine = tables.insert_row(tables.drop_rows(tables.move_row(table_of(OLD), 2, 0), {1}), 2, ("", "丁村", "手写"))
    fresh = paper(listed("a 无记录", "b 消毒不到位", "c 未戴口罩", "d 无台账"))
    merged, found = merging.recompose(edited(OLD, mine), fresh)
    assert table_of(merged).rows == (
        ("1", "c镇", "未戴口罩"), ("2", "d镇", "无台账"), ("3", "b镇", "消毒不到位"), ("4", "丁村", "手写"),
    )  # fmt: skip
    assert found == ()
    assert covered(merged) == (("finding", "c"), ("finding", "d"), ("finding", "b"))


def test_what_the_clerk_calls_columns_and_table_stays() -> None:
    mine = msgspec.structs.replace(tables.retitle_column(table_of(OLD), 1, "责任单位"), caption="手写表名")
    merged, _ = merging.recompose(edited(OLD, mine), paper(listed("a 改过", caption="表")))
    assert [column.title for column in table_of(merged).columns] == ["序号", "责任单位", "问题"]
    assert table_of(merged).caption == "手写表名"
    assert facts(merged) == ["改过"]


@pytest.mark.parametrize(
    "mine",
    [tables.insert_column(table_of(OLD), 3, "备注"), tables.drop_column(table_of(OLD), 1)],
)
def test_a_table_of_other_columns_is_kept_whole_and_named(mine: Table) -> None:
    fresh = paper(listed("a 改过"))
    merged, found = merging.recompose(edited(OLD, mine), fresh)
    assert table_of(merged).rows == mine.rows
    assert [m.key for m in found] == ["table:problems"]
    assert found[0].now == ""
    assert table_of(merging.take(merged, fresh, found[0])) == table_of(fresh)
    assert merging.recompose(merging.accept(merged, found[0]), fresh)[1] == ()


def test_a_table_whose_rows_stand_for_no_records_is_one_part() -> None:
    def figures(count: str) -> Table:
        return editing.composed(Table((Column("单位"), Column("数")), (("甲", count),)), "table:units")

    mine = edited(paper(figures("3")), tables.with_cell(figures("3"), 0, 0, "甲镇"))
    assert table_of(merging.recompose(mine, paper(figures("3")))[0]).rows == (("甲镇", "3"),)
    merged, found = merging.recompose(mine, paper(figures("4")))
    assert table_of(merged).rows == (("甲镇", "3"),)
    assert [m.sentence for m in found] == ["“表格，1行”是手工改过的，改过之后记录有变化，请核对。"]


# ---- attachments


def test_a_title_given_by_hand_stays_and_the_table_follows() -> None:
    mine = editing.change_annex(OLD, 0, title="督查发现问题一览表", landscape=False)
    merged, found = merging.recompose(mine, paper(listed("a 改过")))
    assert (merged.annexes[0].title, merged.annexes[0].landscape) == ("督查发现问题一览表", False)
    assert facts(merged) == ["改过"]
    assert found == ()


def test_attachments_of_the_clerks_own_stay_where_they_were_put() -> None:
    mine = editing.add_annex(OLD, 0, Annex("督查组分工", (Paragraph("手写。"),)))
    merged, found = merging.recompose(mine, paper(listed("a 改过"), editing.composed_annex(Annex("照片"))))
    assert [annex.title for annex in merged.annexes] == ["督查组分工", "问题清单", "照片"]
    assert editing.move_annex(merged, 0, 2).annexes[2].title == "督查组分工"
    assert found == ()


def test_an_attachment_taken_out_does_not_come_back() -> None:
    mine = editing.drop_annex(OLD, 0)
    assert mine.dropped == ("annex:问题清单",)
    assert merging.recompose(mine, OLD)[0].annexes == ()
    own = editing.add_annex(mine, 0, Annex("手写"))
    assert editing.drop_annex(own, 0) == mine


def test_of_an_attachment_the_records_no_longer_make_only_the_edits_stay() -> None:
    assert merging.recompose(OLD, paper(None))[0].annexes == ()
    mine = editing.change_annex(OLD, 0, title="手改的标题")
    merged, found = merging.recompose(mine, paper(None))
    assert [(a.title, a.blocks) for a in merged.annexes] == [("手改的标题", ())]
    assert [(m.key, m.reason) for m in found] == [("annex:问题清单", "gone")]
    assert merging.recompose(merging.accept(merged, found[0]), paper(None))[1] == ()
    assert merging.take(merged, paper(None), found[0]).annexes == ()
    cell = edited(OLD, tables.with_cell(table_of(OLD), 0, 2, "手改"))
    merged, found = merging.recompose(cell, paper(None))
    assert facts(merged) == ["手改", "未消毒", "未戴口罩"]
    assert [(m.key, m.reason) for m in found] == [("table:problems", "gone")]
    assert merging.take(merged, paper(None), found[0]).annexes[0].blocks == ()


# ---- pictures


def shots(*photos: Photo, caption: str = "药店：无记录") -> Photos:
    return editing.composed(Photos(photos, caption), "photos:a", ("finding:a",))


BEFORE, AFTER = Photo("1" * 64, "整改前"), Photo("2" * 64, "整改后")


def test_pictures_put_in_by_hand_stay_and_are_named_when_the_records_get_others() -> None:
    old = Paper(blocks=(shots(BEFORE),))
    mine = editing.replace(old, 0, Photos((BEFORE, Photo("3" * 64, "整改后")), "药店：无记录"))
    assert editing.is_edited(mine.blocks[0])
    assert merging.recompose(mine, old) == (mine, ())
    fresh = Paper(blocks=(shots(BEFORE, AFTER),))
    merged, found = merging.recompose(mine, fresh)
    assert merged.blocks[0].photos[1].sha256 == "3" * 64
    assert [m.kept for m in found] == ["药店：无记录"]
    assert merging.take(merged, fresh, found[0]).blocks == fresh.blocks


def test_pictures_without_words_are_named_by_their_number() -> None:
    assert editing.words_of(Photos((BEFORE, AFTER))) == "图片，2张"


def test_captions_and_titles_of_a_public_version_are_masked() -> None:
    photos = Photos((Photo("1" * 64, "马友良药店"),), "马友良药店")
    whole = Paper(blocks=(photos,), annexes=(editing.composed_annex(Annex("问题清单")),))
    whole = editing.change_annex(whole, 0, title="马友良问题清单")
    shown = public(msgspec.structs.replace(whole, masks=(Mask("马友良", "马某某"),)))
    assert "马友良" not in to_json(shown).decode()


# ---- the head


def test_the_issue_number_is_no_edit_of_the_title() -> None:
    old = Paper(title="关于督查情况的通报", origins=(editing.Origin("title", text="关于督查情况的通报"),))
    mine = editing.with_fields(old, {"title": "关于督查情况的通报（第3期）"})
    fresh = Paper(title="关于甲镇的通报", origins=(editing.Origin("title", text="关于甲镇的通报"),))
    merged, found = merging.recompose(mine, fresh)
    assert merged.title == "关于甲镇的通报（第3期）"
    assert found == ()


def test_title_and_addressees_of_the_records_can_be_taken() -> None:
    def headed(title: str, to: str) -> Paper:
        origins = (editing.Origin("title", text=title), editing.Origin("addressees", text=to))
        return Paper(title=title, addressees=(to,), origins=origins)

    mine = editing.with_fields(headed("旧题", "甲镇"), {"title": "手写题（第2期）", "addressees": ("手写镇",)})
    fresh = headed("新题", "乙镇")
    merged, found = merging.recompose(mine, fresh)
    assert [m.key for m in found] == ["title", "addressees"]
    for mismatch in found:
        merged = merging.take(merged, fresh, mismatch)
    assert (merged.title, merged.addressees) == ("新题（第2期）", ("乙镇",))
    assert merging.recompose(merged, fresh) == (merged, ())


# ---- whatever is done

records = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 9)), max_size=10)


@given(records, records, steps)
def test_no_cell_written_by_hand_is_ever_lost(before: list[str], after: list[str], done: list[tuple[int, int, int]]):
    old, fresh = paper(listed(*(f"{k} 旧{k}" for k in before))), paper(listed(*(f"{k} 新{k}" for k in after)))
    table = table_of(old)
    for n, (verb, one, other) in enumerate(done):
        size = len(table.rows)
        if verb == 0 and size:
            table = tables.with_cell(table, one % size, 2, f"手写{n}")
        elif verb == 1 and size:
            table = tables.move_row(table, one % size, other % size)
        elif verb == 2:
            table = tables.insert_row(table, one % (size + 1), ("", "丁村", f"手写{n}"))
        elif verb == 3 and size:
            table = tables.drop_rows(table, {one % size})
    mine = edited(old, table)
    merged, found = merging.recompose(mine, fresh)
    assert [f for f in facts(merged) if f.startswith("手写")] == [f for f in facts(mine) if f.startswith("手写")]
    assert [row[0] for row in table_of(merged).rows] == [str(n) for n in range(1, len(facts(merged)) + 1)]
    dropped = {f"finding:{key}" for key in before} - set(table.keys)
    assert {f"finding:{key}" for key in after} - dropped <= set(table_of(merged).keys)
    assert not {f"旧{key}" for key in before} & set(facts(merged))
    assert from_json(to_json(merged)) == merged
    assert merging.recompose(merged, fresh) == (merged, found)
    for mismatch in found:
        merged = merging.accept(merged, mismatch)
    assert merging.recompose(merged, fresh) == (merged, ())
