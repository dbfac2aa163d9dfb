"""Asking where a file or a folder goes; what may not be written there is said at once, and asked again."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from exporters.output import checked, checked_folder
from gui.core import error_reporting
from models.errors import Refusal
from models.storage.data_folder import DataFolder

KINDS = {".docx": "Word 文档 (*.docx)", ".pdf": "PDF (*.pdf)", ".xlsx": "Excel 工作簿 (*.xlsx)"}


def ask_file(parent: QWidget, title: str, proposed: Path, suffixes: Sequence[str], data: DataFolder) -> Path | None:
    """A place that was checked, with its suffix; None where the clerk wants none."""
    kinds = ";;".join(KINDS[suffix] for suffix in suffixes)
    while True:
        name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
        if not name:
            return None
        try:
            target = checked(Path(name), suffixes, data.root)
        except Refusal as refusal:
            error_reporting.refuse(refusal, parent)
            continue
        # The dialog asked about the name as it was typed.
        added = target.name != Path(name).name
        if not (added and target.exists()) or error_reporting.ask(parent, f"已经有“{target.name}”，替换它吗？", "替换"):
            return target


def ask_folder(parent: QWidget, title: str, start: Path | str, data: DataFolder) -> Path | None:
    """A folder that was checked; None where the clerk wants none."""
    while True:
        name = QFileDialog.getExistingDirectory(parent, title, str(start))
        if not name:
            return None
        try:
            return checked_folder(Path(name), data.root)
        except Refusal as refusal:
            error_reporting.refuse(refusal, parent)
