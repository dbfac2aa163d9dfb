"""The numbers of a paper after an edit: found again, told where typed over, following what was taken out."""

import time

import msgspec
import pytest

from models.paper import editing, figures
from models.paper.editing import TITLE, composed, text_of
from models.paper.elements import Figure, Origin, Paper, Paragraph, from_json, to_json

LEAD = "共走访点位12个，发现问题3个。"
ITEMS = (("finding:a", 1), ("finding:b", 2))


def item(ref: str, text: str) -> Paragraph:
    return composed(Paragraph(text=text, level=3), ref, (ref,))


def figure(name: str, value: int, key: str, at: int, **more: object) -> Figure:
    return Figure(name, value, key, str(value), at, (0, 1), (1, 2), True, **more)  # type: ignore[arg-type]


@pytest.fixture
def paper() -> Paper:
    lead = composed(Paragraph(text=LEAD), "lead:1")
    title = "关于3个问题的通报"
    return Paper(
        kind="findings_bulletin",
        title=title,
        blocks=(
            lead,
            composed(Paragraph(heading="柳河镇（3个问题）。", level=2), "group:柳河镇"),
            item("finding:a", "药店无测温记录。"),
            item("finding:b", "超市两处未消毒。"),
        ),
        origins=(Origin(TITLE, text=title),),
        counted=("finding:a", "finding:b", "site:s"),
        figures=(
            figure("问题数", 3, TITLE, title.index("3")),
            Figure("走访点位数", 12, "lead:1", "12", LEAD.index("12"), (2,)),
            figure("问题数", 3, "lead:1", LEAD.index("3个。")),
            figure("柳河镇问题数", 3, "group:柳河镇", 4),
        ),
    )


def test_a_figure_is_kept_with_its_paper_and_an_old_paper_has_none(paper: Paper) -> None:
    assert from_json(to_json(paper)) == paper
    old = {name: value for name, value in msgspec.to_builtins(paper).items() if name not in ("figures", "counted")}
    assert from_json(msgspec.json.encode(old)).figures == ()


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (LEAD, ("12", "3")),
        ("各组共走访点位12个，发现问题3个。", ("12", "3")),
        ("共走访点位15个，发现问题3个。", ("15", "3")),
        ("共走访点位12个，发现各类问题130个，均已交办。", ("12", "130")),
        ("发现问题3个。", (None, "3")),
    ],
)
def test_a_figure_is_found_again_after_an_edit(paper: Paper, typed: str, where: tuple[str | None, str]) -> None:
    edited = editing.replace_text(paper, 0, typed)
    found = [figures.present(one, LEAD, typed) for one in figures.figures_of(edited, "lead:1")]
    assert tuple(typed[slice(*place)] if place else None for place in found) == where


def test_a_click_finds_the_figure_under_it(paper: Paper) -> None:
    edited = editing.replace_text(paper, 0, "近日，" + LEAD)
    found = figures.figure_at(edited, "lead:1", ("近日，" + LEAD).index("12") + 1)
    assert found is not None
    assert figures.sources(edited, found) == ("site:s",)
    assert figures.figure_at(edited, "lead:1", 0) is None


def test_a_number_typed_over_is_told_with_both_values(paper: Paper) -> None:
    edited = editing.replace_text(paper, 0, LEAD.replace("问题3个", "问题5个"))
    assert [(one.shown, said) for one, said in figures.typed_over(edited)] == [("3", "5")]
    assert not list(figures.typed_over(paper))


def test_counts_follow_an_item_that_is_taken_out_and_one_that_is_put_back(paper: Paper) -> None:
    short = figures.followed(editing.drop(paper, 3))
    assert short.title == "关于1个问题的通报"
    assert [text_of(block) for block in short.blocks] == [
        "共走访点位12个，发现问题1个。", "柳河镇（1个问题）。", "药店无测温记录。"
    ]  # fmt: skip
    assert not any(editing.is_edited(block) for block in short.blocks)
    assert figures.recounted(paper, short) == "问题数由3改为1、柳河镇问题数由3改为1"
    back = figures.followed(msgspec.structs.replace(short, blocks=(*short.blocks, paper.blocks[3])))
    assert (back.title, back.blocks) == (paper.title, paper.blocks)


def test_what_the_clerk_typed_around_a_number_stays_and_what_he_typed_over_it_too(paper: Paper) -> None:
    typed = editing.replace_text(paper, 0, "近日，" + LEAD)
    assert text_of(figures.followed(editing.drop(typed, 3)).blocks[0]) == "近日，共走访点位12个，发现问题1个。"
    over = editing.replace_text(paper, 0, LEAD.replace("问题3个", "问题5个"))
    assert "问题5个" in text_of(figures.followed(editing.drop(over, 3)).blocks[0])


def test_a_longer_number_moves_those_behind_it(paper: Paper) -> None:
    lead = composed(Paragraph(text="发现问题10个，走访点位7个。"), "lead:1")
    many = Figure("问题数", 10, "lead:1", "10", 4, (0, 1), (3, 7), True)
    sites = Figure("走访点位数", 7, "lead:1", "7", 12, (2,))
    made = msgspec.structs.replace(paper, blocks=(lead, *paper.blocks[2:]), figures=(many, sites))
    after = figures.followed(editing.drop(made, 2))
    assert text_of(after.blocks[0]) == "发现问题3个，走访点位7个。"
    assert [text_of(after.blocks[0])[f.at : f.at + len(f.shown)] for f in after.figures] == ["3", "7"]


def test_a_summary_counts_more_than_it_lists(paper: Paper) -> None:
    summary = msgspec.structs.replace(paper, kind="period_summary")
    short = editing.drop(summary, 3)
    assert figures.followed(short) == short


def test_one_case_left_is_written_as_a_word() -> None:
    title = "关于2起典型问题的通报"
    cases = tuple(composed(Paragraph(heading=f"{n}问题。", level=1), f"case:{n}", (f"accountability_case:{n}",))
                  for n in "ab")  # fmt: skip
    made = Paper(
        kind="accountability_bulletin", title=title, blocks=cases, origins=(Origin(TITLE, text=title),),
        counted=("accountability_case:a", "accountability_case:b"),
        figures=(Figure(figures.CASES, 2, TITLE, "2", 2, (0, 1), (1, 1), True),),
    )  # fmt: skip
    assert figures.followed(editing.drop(made, 1)).title == "关于一起典型问题的通报"


def test_a_number_of_a_table_is_found_by_its_row_and_a_long_one_at_once() -> None:
    rows = [f"{n}\t点位{n}\t{n % 7 + 1}" for n in range(3000)]
    composed_, at = "\n".join(["", "序号\t点位\t数", *rows]), 0
    kept: list[Figure] = []
    for n in range(3000):
        at = composed_.index(f"\n{n}\t点位{n}\t", at) + len(f"\n{n}\t点位{n}\t")
        kept.append(Figure("同类问题数", n % 7 + 1, "table:x", str(n % 7 + 1), at))
    now = composed_.replace("\t点位5\t6", "\t点位5\t66").replace("\n2\t点位2\t3", "\n2\t某点位\t3")
    began = time.perf_counter()
    said = [now[slice(*place)] if (place := figures.present(one, composed_, now)) else "" for one in kept]
    assert time.perf_counter() - began < 5
    assert (said[5], said[2]) == ("66", "3")
    assert all(text == one.shown for n, (text, one) in enumerate(zip(said, kept, strict=True)) if n != 5)
    shorter = composed_.replace("\n4\t点位4\t5", "")
    assert figures.present(kept[4], composed_, shorter) is None
    assert figures.present(kept[3], composed_, shorter) is not None
