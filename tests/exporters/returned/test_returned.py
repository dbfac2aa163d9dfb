"""What was changed in a Word document that came back is found, each change and nothing else, and taken over."""

import datetime as dt
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_editing import WordFile

from exporters.docx.writer import write_docx
from exporters.returned.applying import apply
from exporters.returned.comparing import Change, changes
from exporters.returned.levels import numbered
from exporters.returned.reading import Line, read
from exporters.returned.records import mapped
from models.errors import Refusal
from models.paper.editing import composed
from models.paper.elements import Annex, Colophon, Column, Header, Paper, Paragraph, Signature, Table
from models.paper.marks import BLOCK

ORGAN = "云岭县防汛指挥部办公室"
DAY = dt.date(2022, 6, 6)


def said(key: str, text: str = "", heading: str = "", level: int = 0) -> Paragraph:
    return composed(Paragraph(text=text, heading=heading, level=level), key, (f"finding:{key}",))


PAPER = Paper(
    kind="findings_bulletin",
    title="关于青石镇等单位防汛准备情况督查的通报",
    header=Header(organs=(ORGAN,), number="云防汛办〔2022〕7号"),
    addressees=("各乡镇人民政府", "县直各单位"),
    blocks=(
        said("lead", "6月1日至5日，督查组发现问题3个，现通报如下。"),
        said("h1", heading="存在的问题", level=1),
        said("f1", "青石镇值班表上的9名人员有2名不在岗。", "值班不落实。", 2),
        said("f2", "柳河镇物资台账缺5月记录。", "台账不全。", 2),
        said("f3", "白塔镇编织袋只有200条。\n救生衣数量不足。", "物资不足。", 2),
        composed(
            Table(
                (Column("单位"), Column("问题"), Column("时限")),
                (("青石镇", "值班", "6月10日"), ("柳河镇", "台账", "6月12日"), ("白塔镇", "物资", "6月15日")),
                caption="问题清单",
                keys=("finding:a", "finding:b", "finding:c"),
            ),
            "table",
        ),
        said("close", "请各单位于6月15日前书面反馈。"),
    ),
    signature=Signature((ORGAN,), DAY),
    annexes=(Annex("检查点位名单", (said("a1", "红旗水库、东河堤防。"),)),),
    colophon=Colophon(("县委办公室", "县政府办公室"), ORGAN, DAY),
)


@pytest.fixture
def word(tmp_path: Path) -> WordFile:
    write_docx(PAPER, tmp_path / "paper.docx")
    return WordFile(tmp_path / "paper.docx")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Line, ...]:
    path = tmp_path_factory.mktemp("sent") / "sent.docx"
    write_docx(PAPER, path)
    return read(path).lines


def found(sent: tuple[Line, ...], path: Path) -> tuple[Change, ...]:
    return changes(sent, read(path).lines, numbered(PAPER))


def told(all_: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.before, one.after) for one in all_]


def test_nothing_changed_is_no_change(sent, word) -> None:
    assert found(sent, word.save()) == ()


def test_a_number_in_a_sentence(sent, word) -> None:
    word.replace("9名", "8名")
    (one,) = found(sent, word.save())
    assert (one.kind, one.after) == ("text", "（一）值班不落实。青石镇值班表上的8名人员有2名不在岗。")
    paper, missed = apply(PAPER, [one])
    assert not missed
    assert paper.blocks[2] == msgspec.structs.replace(
        PAPER.blocks[2], text="青石镇值班表上的8名人员有2名不在岗。", heading="值班不落实。"
    )


def test_a_heading_and_a_second_line(sent, word) -> None:
    word.replace("物资不足。", "物资储备不足。")
    word.replace("救生衣数量不足", "救生衣数量严重不足")
    paper, missed = apply(PAPER, found(sent, word.save()))
    assert not missed
    assert (paper.blocks[4].heading, paper.blocks[4].text) == (
        "物资储备不足。", "白塔镇编织袋只有200条。\n救生衣数量严重不足。",
    )  # fmt: skip


def test_title_addressees_number_date_copies(sent, word) -> None:
    for old, new in (
        ("防汛准备情况", "防汛备汛情况"), ("县直各单位", "县直各有关单位"), ("〔2022〕7号", "〔2022〕8号"),
        ("6月6日", "6月7日"), ("县政府办公室", "县政府办公室，县人大办公室"),
    ):  # fmt: skip
        word.replace(old, new)
    all_ = found(sent, word.save())
    assert {one.kind for one in all_} == {"header"}
    paper, missed = apply(PAPER, all_)
    assert not missed
    assert paper.title == "关于青石镇等单位防汛备汛情况督查的通报"
    assert paper.addressees == ("各乡镇人民政府", "县直各有关单位")
    assert paper.header.number == "云防汛办〔2022〕8号"
    assert paper.signature is not None
    assert paper.signature.date == dt.date(2022, 6, 7)
    assert paper.colophon is not None
    assert paper.colophon.copy_to == ("县委办公室", "县政府办公室", "县人大办公室")


def test_moved_added_and_deleted_paragraphs(sent, word) -> None:
    word.move("台账不全", "救生衣")
    word.add("台账不全", "（四）责任不清。北坡镇没有明确包片领导。")
    word.delete("请各单位于")
    all_ = found(sent, word.save())
    assert sorted(one.kind for one in all_) == ["added", "deleted", "moved"]
    paper, missed = apply(PAPER, all_)
    assert not missed
    headings = [one.heading for one in paper.blocks if isinstance(one, Paragraph)]
    assert headings == ["", "存在的问题", "值班不落实。", "物资不足。", "台账不全。", "责任不清。"]
    assert "close" in paper.dropped


def test_an_ordinal_typed_anew_is_no_change(sent, word) -> None:
    word.move("台账不全", "救生衣")
    word.replace("（三）物资不足。", "（二）物资不足。")
    word.replace("（二）台账不全。", "（三）台账不全。")
    assert {one.kind for one in found(sent, word.save())} == {"moved"}


def test_rows_of_a_table(sent, word) -> None:
    word.row("6月10日").xpath(".//w:t")[1].text = "值守"
    gone = word.row("6月12日")
    gone.getparent().remove(gone)
    paper, missed = apply(PAPER, found(sent, word.save()))
    assert not missed
    table = paper.blocks[5]
    assert isinstance(table, Table)
    assert table.rows == (("青石镇", "值守", "6月10日"), ("白塔镇", "物资", "6月15日"))
    assert table.keys == ("finding:a", "finding:c")


def test_tracked_changes_are_taken_as_made_with_their_author(sent, word) -> None:
    word.track("只有200条", "仅有150条", "周主任")
    (one,) = found(sent, word.save())
    assert (one.kind, one.by) == ("text", "周主任")
    assert one.after.endswith("白塔镇编织袋仅有150条。")


def test_comments_are_told_beside_their_paragraph(sent, word) -> None:
    word.comment("台账不全", "请核实时间", "周主任")
    (one,) = found(sent, word.save())
    assert (one.kind, one.after, one.by) == ("comment", "请核实时间", "周主任")
    assert one.before.startswith("（二）台账不全。")


def test_in_an_attachment(sent, word) -> None:
    word.replace("红旗水库", "红旗水库、石桥水库")
    paper, missed = apply(PAPER, found(sent, word.save()))
    assert not missed
    assert paper.annexes[0].blocks[0].text == "红旗水库、石桥水库、东河堤防。"


@pytest.mark.libreoffice
def test_the_same_after_another_program_wrote_it_anew(sent, word, tmp_path) -> None:
    word.replace("9名", "8名")
    word.move("台账不全", "救生衣")
    word.add("台账不全", "（四）责任不清。北坡镇没有明确包片领导。")
    word.row("6月12日").getparent().remove(word.row("6月12日"))
    word.replace("6月6日", "6月7日")
    word.track("只有200条", "仅有150条", "周主任")
    before = told(found(sent, word.save()))
    path = word.path
    for number in range(2):
        place = tmp_path / str(number)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(place), str(path)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        path = place / path.name
    assert sorted(told(found(sent, path))) == sorted(before)


@st.composite
def _edits(draw: st.DrawFn) -> tuple[list[int], dict[int, str]]:
    order = draw(st.permutations(range(6)))
    kept = order[: draw(st.integers(2, 6))]
    changed = draw(st.dictionaries(st.sampled_from(kept), st.sampled_from(["甲处改动", "乙处改动"]), max_size=3))
    return list(kept), changed


@given(_edits())
@settings(deadline=None)
def test_any_order_with_any_words_is_taken_over_whole(edit) -> None:
    order, changed = edit
    sent = [Line(f"{BLOCK}{at:012x}", f"第{at}段，内容各不相同{at * 7}。") for at in range(6)]
    new = [Line(sent[at].mark, sent[at].text + changed.get(at, "")) for at in order]
    all_ = changes(sent, new, {})
    assert sorted(one.mark for one in all_ if one.kind == "deleted") == sorted(
        sent[at].mark for at in range(6) if at not in order
    )
    assert {one.mark: one.after for one in all_ if one.kind == "text"} == {
        sent[at].mark: sent[at].text + words for at, words in changed.items()
    }
    lines = [one.mark for one in sent if one.mark not in {c.mark for c in all_ if c.kind == "deleted"}]
    for one in (c for c in all_ if c.kind == "moved"):
        lines.remove(one.mark)
        lines.insert(lines.index(one.anchor) + 1 if one.anchor else 0, one.mark)
    assert lines == [sent[at].mark for at in order]


@pytest.mark.parametrize(
    ("before", "after", "piece", "wanted"),
    [
        ("青石镇9名人员不在岗。", "青石镇8名人员不在岗。", "9名", "8名"),
        ("镇长张建国未到岗。", "镇长张建平未到岗。", "张建国", "张建平"),
        ("3月5日检查发现。", "3月6日检查发现。", "3月5日", "3月6日"),
        ("青石镇9名人员不在岗。", "青石镇9名人员全部不在岗。", "9名", None),
        ("青石镇9名人员不在岗。", "青石镇人员不在岗。", "9名", None),
    ],
)
def test_what_became_of_a_piece(before: str, after: str, piece: str, wanted: str | None) -> None:
    assert mapped(before, after, piece) == wanted


@pytest.mark.parametrize(
    ("data", "said_"), [(b"", "不是 .docx"), (b"PK\x03\x04", "不是 .docx"), (b"%PDF-1.7", "不是 .docx")]
)
def test_what_is_no_word_document_is_one_sentence(tmp_path: Path, data: bytes, said_: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(Refusal, match=said_):
        read(tmp_path / "a.docx")
