"""A number put into a text by hand is found again with its records, however the text is edited afterwards."""

import pytest

from models.paper import editing
from models.paper.elements import Origin, Paper, Paragraph, Table
from models.paper.figures import figure_at, sources
from models.paper.typed_figures import NamedFigure, with_figure

PROBLEMS = NamedFigure("问题数（2022年3月）", 41, "41", (("finding:a", 40), ("finding:b", 1)))
SHARE = NamedFigure("整改率", 66.7, "66.7%", (("finding:a", 3),))


def paper(text: str) -> Paper:
    return Paper(kind="free_paper", title="通知", blocks=(Paragraph(text, heading="情况。", level=2),))


def test_it_stands_in_the_text_and_knows_its_records() -> None:
    made = with_figure(paper("发现问题个。"), 0, 4, PROBLEMS)
    (block,) = made.blocks
    assert isinstance(block, Paragraph)
    assert block.text == "发现问题41个。"
    figure = figure_at(made, editing.key_of(block), len("情况。发现问题4"))
    assert figure is not None
    assert (figure.name, figure.value, figure.weights) == ("问题数（2022年3月）", 41, (40, 1))
    assert sources(made, figure) == ("finding:a", "finding:b")


def test_a_second_one_and_an_edit_between_keep_both() -> None:
    made = with_figure(paper("发现问题个。"), 0, 4, PROBLEMS)
    made = editing.replace_text(made, 0, "目前发现问题41个，整改率。")
    made = with_figure(made, 0, len("目前发现问题41个，整改率"), SHARE)
    (block,) = made.blocks
    assert isinstance(block, Paragraph)
    assert block.text == "目前发现问题41个，整改率66.7%。"
    key = editing.key_of(block)
    found = [figure_at(made, key, len("情况。") + block.text.index(one)) for one in ("41", "66.7")]
    assert [one.name for one in found if one] == ["问题数（2022年3月）", "整改率"]
    assert [one.weights for one in found if one] == [(40, 1), ()]
    assert made.counted == ("finding:a", "finding:b")


def test_a_number_before_others_moves_them() -> None:
    made = with_figure(paper("问题个。"), 0, 2, PROBLEMS)
    made = with_figure(made, 0, 0, SHARE)
    (block,) = made.blocks
    assert isinstance(block, Paragraph)
    assert block.text == "66.7%问题41个。"
    figure = figure_at(made, editing.key_of(block), len("情况。66.7%问题4"))
    assert figure is not None
    assert figure.shown == "41"


def test_keys_are_not_given_twice_and_a_table_takes_none() -> None:
    taken = Paragraph("一段。", origin=Origin("typed:1", text="一段。"))
    made = Paper(kind="free_paper", blocks=(taken, Paragraph("二段。"), Table((), ())))
    assert editing.key_of(with_figure(made, 1, 0, PROBLEMS).blocks[1]) == "typed:2"
    with pytest.raises(TypeError):
        with_figure(made, 2, 0, PROBLEMS)
