"""A workbook put on the disk."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.output import replacing

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def save(workbook: "Workbook", target: Path) -> None:
    """Write a workbook whole.

    It is made in memory first: openpyxl leaves its own complaints behind when a disk is full half-way.

    Raises:
        Refusal: the file cannot be written there.
    """
    made = io.BytesIO()
    workbook.save(made)
    with replacing(target) as beside:
        beside.write_bytes(made.getbuffer())
