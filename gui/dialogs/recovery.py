"""At the start: the data cannot be read, and what the clerk may go on with."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.core.plain_text import MessageBox

if TYPE_CHECKING:
    from models.storage.backup import Contents
    from models.storage.data_folder import DataFolder

FILES = "督查通备份 (*.dcb *.db);;所有文件 (*)"


def find_newest(folder: "DataFolder", progress: "Callable[[int, int], None] | None" = None) -> "Contents | None":
    """The newest snapshot that nothing is wrong with, and what it holds and lacks."""
    from models.storage import backup

    path = backup.newest_sound(folder)
    return backup.prove(folder, path, progress) if path else None


def ask_for_backup(parent: QWidget, sentence: str, found: "Contents | None", folder: "DataFolder") -> Path | None:
    """Offer the newest sound backup, or another file; None where the clerk wants neither now."""
    from models.storage import attachments
    from models.storage.backup import in_words

    box = MessageBox(parent, QMessageBox.Icon.Warning, sentence)
    kept = "损坏的文件会原样保留在数据文件夹里。" if folder.database.exists() else ""
    newest = None
    if found is None:
        box.setInformativeText(f"本机没有找到完好的备份。如有存在 U 盘上的备份，请选择它。{kept}")
    else:
        told = f"最近一份完好的备份是 {found.made_at:%Y-%m-%d %H:%M} 的，里面有{in_words(found)}。"
        if found.lacking:
            told += f"缺 {attachments.in_words(found.lacking)}，这些附件恢复不了。"
        box.setInformativeText(f"{told}此后录入的内容需要补录。{kept}")
        newest = box.addButton("恢复这份备份", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(newest)
    other = box.addButton("选择其他备份…", QMessageBox.ButtonRole.ActionRole)
    leave = box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(leave)
    box.exec()
    if newest is not None and found is not None and box.clickedButton() is newest:
        return found.path
    if box.clickedButton() is other:
        return choose_backup(parent, folder.backups)
    return None


def choose_backup(parent: QWidget, start: Path) -> Path | None:
    """Ask for a backup file."""
    name, _ = QFileDialog.getOpenFileName(parent, "选择备份文件", str(start), FILES)
    return Path(name) if name else None
