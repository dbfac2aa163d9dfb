"""A disk that fills up half-way through any file: one sentence, and nothing is left of the file."""

import errno
import os
from pathlib import Path

import pytest

from exporters.pages.pdf import write_pdf
from exporters.workbooks.shown import write_list
from exporters.workbooks.template import write_template
from models.errors import Refusal
from models.paper.elements import Paper

WRITERS = {
    "a.pdf": lambda path: write_pdf(Paper(title="关于某事的通报"), path),
    "b.xlsx": lambda path: write_template(None, path),
    "c.xlsx": lambda path: write_list(path, "清单", [("甲", 80)], [("乙",)]),
}


@pytest.fixture
def full_disk(monkeypatch):
    """The disk takes a hundred bytes of any file."""

    def write_bytes(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(bytes(data)[:100])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_left_of_it(qapp, full_disk, tmp_path, name):
    with pytest.raises(Refusal, match="磁盘空间不足"):
        WRITERS[name](tmp_path / name)
    assert list(tmp_path.iterdir()) == []
