"""A list as it is shown, as a workbook: for 操作日志, which no ledger covers."""

from collections.abc import Sequence
from pathlib import Path

from exporters.workbooks.page import Column, Page, write
from exporters.workbooks.saving import save

PIXELS = 7.0
"""Of the screen's list to a character of the sheet."""


def write_list(
    target: Path, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[object]], note: str = ""
) -> None:
    """Write rows under their heads; ``columns`` are labels with their widths on the screen, px.

    Raises:
        Refusal: the file cannot be written there.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    heads = [Column(label, max(8.0, width / PIXELS), "wrap") for label, width in columns]
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    write(workbook, Page(name, name, heads, texts, note))
    save(workbook, target)
