"""Names of files that come from others: mended or barred."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.text.file_names import mended, why_barred


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("照片\\1.jpg", "1.jpg"), ("../照片.png", "照片.png"),
        ("C:\\a\\b.pdf", "b.pdf"), ("现场\n照片.jpg", "现场照片.jpg"),
        ("零宽\u200b.jpg", "零宽.jpg"), ("几点?.jpg", "几点？.jpg"), ("现场.jpg:evil.exe", "现场.jpg：evil.exe"),
        ("孤立\ud800.jpg", "孤立.jpg"),
    ],
)  # fmt: skip
def test_a_name_is_mended(name, plain):
    assert mended(name) == plain


@pytest.mark.parametrize(
    "name", ["台账.2022.xlsx", "现场照片.jpg", "说明", "v1.2.docx", "www.gov.cn.png", "CONTRACT.pdf", "com.pdf", "exe"]
)
def test_a_plain_name_is_not_barred(name):
    assert why_barred(name) == ""


HIDDEN = ("a.jpg.exe", "a.EXE", "a.exe ", "a.exe.", "a\u202egpj.exe", "a\u200e.pdf", "", ".", "..", " a.pdf", "a. exe")


@pytest.mark.parametrize("name", [*HIDDEN, "CON", "com1.txt", "LPT¹.txt", "a.docm", "a.url"])
def test_a_name_that_could_run_is_barred(name):
    assert why_barred(name)


PAGES = "公告.html 公告.HTM 邮件.mht 页面.ｍｈｔｍｌ 笔记.one 笔记.onepkg 图.svg 图.svgz 说明.xhtml"


@pytest.mark.parametrize("name", PAGES.split())
def test_a_page_that_runs_scripts_is_barred(name):
    """A browser runs what stands in it as if the clerk had started it."""
    assert "网页或笔记" in why_barred(name)


@pytest.mark.parametrize("name", ["html", "one.pdf", "网页.html.png"])
def test_a_name_that_speaks_of_a_page_is_none(name):
    assert why_barred(name) == ""


@given(st.text(max_size=40))
def test_mending_twice_changes_nothing_and_leads_nowhere(name):
    once = mended(name)
    assert mended(once) == once
    assert not set(once) & set("/\\\0\n")
