"""A text as one line."""

import pytest

from models.domain.text.one_line import one_line, shortened


@pytest.mark.parametrize(("text", "line"), [
    ("", ""), ("店内没有记录。", "店内没有记录。"), ("第一段\r\n 第二段\t末", "第一段 第二段 末"),
    ("  空 格　多  ", "空 格 多"),
])  # fmt: skip
def test_line_breaks_and_runs_of_spaces_become_one_space(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(("text", "shown"), [("一二三", "一二三"), ("一二三四", "一二三…"), ("一\n二 三", "一 二…")])
def test_a_longer_text_ends_in_an_ellipsis(text: str, shown: str) -> None:
    assert shortened(text, 3) == shown
