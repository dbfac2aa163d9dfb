"""Hand edits survive a fresh composition, and the program says which no longer match the records."""

import datetime as dt
from dataclasses import replace as changed

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refusal
from models.paper import editing, merging
from models.paper.elements import Block, Colophon, Header, Origin, Paper, Paragraph, Signature, from_json, to_json
from models.paper.mismatch import Mismatch


def block(key: str, text: str, **more: object) -> Paragraph:
    return Paragraph(text=text, origin=Origin(key, (f"finding:{key}",), text), **more)


def paper(*blocks: Block, title: str = "关于2起问题的通报", **more: object) -> Paper:
    origins = (Origin("title", text=title), Origin("addressees", text="各乡镇"))
    return Paper(title=title, addressees=("各乡镇",), blocks=blocks, origins=origins, **more)


FRESH = paper(block("lead", "开头。"), block("a", "甲事。", level=1), block("b", "乙事。", level=1))


def told(edited: Paper, fresh: Paper) -> tuple[list[str], list[Mismatch]]:
    merged, found = merging.recompose(edited, fresh)
    return [editing.text_of(b) for b in merged.blocks], list(found)


def test_what_was_not_edited_follows_the_records() -> None:
    fresh = paper(block("lead", "新开头。"), block("b", "乙事改。"), block("c", "丙事。"), title="关于3起问题的通报")
    merged, found = merging.recompose(FRESH, fresh)
    assert [editing.text_of(b) for b in merged.blocks] == ["新开头。", "乙事改。", "丙事。"]
    assert merged.title == "关于3起问题的通报"
    assert found == ()


def test_an_edit_stays_and_is_silent_while_the_records_stand() -> None:
    edited = editing.replace_text(FRESH, 1, "甲事（改）。")
    assert editing.is_edited(edited.blocks[1])
    assert told(edited, FRESH) == (["开头。", "甲事（改）。", "乙事。"], [])


def test_an_edit_whose_record_changed_is_told_until_it_is_accepted() -> None:
    edited = editing.replace_text(FRESH, 1, "甲事（改）。")
    fresh = paper(FRESH.blocks[0], block("a", "甲事又一。"), FRESH.blocks[2])
    merged, found = merging.recompose(edited, fresh)
    assert [m.key for m in found] == ["a"]
    assert (found[0].kept, found[0].fresh, found[0].records) == ("甲事（改）。", "甲事又一。", ("finding:a",))
    assert "手工改过" in found[0].sentence
    assert merging.recompose(merged, fresh)[1] == found
    assert told(merging.accept(merged, found[0]), fresh) == (["开头。", "甲事（改）。", "乙事。"], [])


def test_an_edit_whose_record_is_gone_is_told_and_can_be_kept() -> None:
    edited = editing.replace_text(FRESH, 1, "甲事（改）。")
    fresh = paper(FRESH.blocks[0], FRESH.blocks[2])
    texts, found = told(edited, fresh)
    assert texts == ["开头。", "甲事（改）。", "乙事。"]
    assert [m.reason for m in found] == ["gone"]
    kept = merging.accept(merging.recompose(edited, fresh)[0], found[0])
    assert told(kept, fresh) == (texts, [])


def test_an_edit_the_records_caught_up_with_is_no_edit_any_more() -> None:
    edited = editing.replace_text(FRESH, 1, "甲事又一。")
    merged, found = merging.recompose(edited, paper(FRESH.blocks[0], block("a", "甲事又一。"), FRESH.blocks[2]))
    assert found == ()
    assert not editing.is_edited(merged.blocks[1])


def test_moves_additions_and_removals_stay() -> None:
    edited = editing.move(FRESH, 2, 1)
    edited = editing.add(edited, 1, Paragraph(text="手写一段。"))
    edited = editing.drop(edited, 3)
    fresh = paper(*FRESH.blocks, block("c", "丙事。"))
    texts, found = told(edited, fresh)
    assert texts == ["开头。", "手写一段。", "乙事。", "丙事。"]
    assert found == []


def test_a_new_block_stands_behind_the_one_it_follows() -> None:
    fresh = paper(block("z", "最前。"), FRESH.blocks[0], FRESH.blocks[1], block("m", "中间。"), FRESH.blocks[2])
    assert told(FRESH, fresh)[0] == ["最前。", "开头。", "甲事。", "中间。", "乙事。"]


def test_a_level_given_by_hand_stays_when_the_text_follows_the_records() -> None:
    edited = editing.restyle(FRESH, 1, 2)
    merged, _ = merging.recompose(edited, paper(FRESH.blocks[0], block("a", "甲事又一。", level=1), FRESH.blocks[2]))
    assert (merged.blocks[1].text, merged.blocks[1].level) == ("甲事又一。", 2)


def test_head_fields_are_the_clerks_once_changed() -> None:
    head = Header(organs=("县督查组",), number="")
    edited = editing.with_fields(
        msgspec.structs.replace(
            FRESH, header=head, colophon=Colophon(), signature=Signature(("县督查组",), dt.date(2022, 3, 5))
        ),
        {
            "title": "关于两起问题的通报",
            "number": "云防〔2022〕7号",
            "date": dt.date(2022, 3, 9),
            "copy_to": ("县委办",),
        },
    )
    assert edited.header.number == "云防〔2022〕7号"
    assert edited.signature.date == edited.colophon.print_date == dt.date(2022, 3, 9)
    merged, found = merging.recompose(edited, paper(*FRESH.blocks, title="关于3起问题的通报"))
    assert merged.title == "关于两起问题的通报"
    assert [m.key for m in found] == ["title"]
    assert merged.header.number == "云防〔2022〕7号"
    assert merging.recompose(merging.accept(merged, found[0]), paper(*FRESH.blocks, title="关于3起问题的通报"))[1] == ()


def test_a_field_the_paper_does_not_have_is_refused() -> None:
    with pytest.raises(Refusal, match="没有“colour”"):
        editing.with_fields(FRESH, {"colour": "red"})


keys = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(keys, keys, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_no_hand_written_text_is_ever_lost(
    before: list[str], after: list[str], steps: list[tuple[int, int, int]]
) -> None:
    edited = paper(*(block(key, f"{key}。") for key in before))
    fresh = paper(*(block(key, f"{key}新。") for key in after))
    written = 0
    for verb, one, other in steps:
        size = len(edited.blocks)
        if verb == 0 and size:
            written += 1
            edited = editing.replace_text(edited, one % size, f"手写{written}")
        elif verb == 1 and size:
            edited = editing.move(edited, one % size, other % size)
        elif verb == 2:
            written += 1
            edited = editing.add(edited, one % (size + 1), Paragraph(text=f"手写{written}"))
        elif verb == 3 and size:
            edited = editing.drop(edited, one % size)
    own = [b.text for b in edited.blocks if b.text.startswith("手写")]
    merged, found = merging.recompose(edited, fresh)
    texts = [b.text for b in merged.blocks]
    assert [t for t in texts if t.startswith("手写")] == own
    present = {editing.key_of(b) for b in merged.blocks}
    assert set(after) <= present | set(edited.dropped)
    assert not set(texts) & {f"{key}。" for key in before}
    assert {m.key for m in found} == {
        editing.key_of(b) for b in edited.blocks if b.origin and b.text.startswith("手写")
    }
    assert from_json(to_json(merged)) == merged
    assert merging.recompose(merged, fresh) == (merged, found)


def test_a_mismatch_shortens_a_long_text() -> None:
    found = Mismatch("a", "gone", "很" * 50, "")
    assert found.sentence.startswith("“" + "很" * 20 + "…”")
    assert changed(found, kept="短").sentence.startswith("“短”")
