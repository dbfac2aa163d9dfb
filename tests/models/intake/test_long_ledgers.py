"""What a long ledger, or a long text in one, must not cost."""

from pathlib import Path
from typing import Any

import pytest
from typing_in import plain

from models.intake import preview, workbook
from models.services.office_setup import found_office
from models.services.unit_of_work import Workspace

HEAD = ["属地", "检查地点", "发现日期", "问题描述"]


def test_rows_are_not_looked_through_again_for_each_finding(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No finding here is an objection that somebody closed: none has anything to be refused."""
    found_office(workspace, {"role": "county", "name": "云岭县防控办", "short_name": "县防控办"})
    rows = [["柳河镇", f"{n}店", "2022-3-4", f"第{n}事"] for n in range(20)]
    looked: list[Any] = []
    monkeypatch.setattr(preview._Previewer, "_refuse_closing", lambda _self, entries: looked.append(entries))
    book = workbook.read(plain(tmp_path / "台账.xlsx", {"Sheet1": [HEAD, *rows]}))
    with workspace.reading() as session:
        preview.preview(session, book, today=workspace.today)
    assert looked == []


def test_a_text_of_thousands_of_characters_is_never_taken_for_a_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths: list[int] = []
    squeezed = workbook.squeezed
    monkeypatch.setattr(workbook, "squeezed", lambda header: (lengths.append(len(header)), squeezed(header))[1])
    workbook.read(plain(tmp_path / "台账.xlsx", {"Sheet1": [HEAD, ["柳河镇", "店", "2022-3-4", "长" * 30_000]]}))
    assert max(lengths) < 1000
