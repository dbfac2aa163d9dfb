"""收发: files handed to the window, whichever way: each goes to the dialog that shows what it would do."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.core.context import Context
from gui.core.error_reporting import refuse
from gui.dialogs.import_workbook import ImportDialog
from gui.exchange.incoming import is_unit, kind_of
from gui.exchange.preview import PackagePreview
from models.errors import Refusal

FILES = "数据包和反馈表 (*.dct *.xlsx);;所有文件 (*)"
NO_USE = "不是数据包，也不是 Excel 表格，没有导入。照片和材料请拖到问题的“附件”里。"


def ask_and_take(context: Context, parent: QWidget) -> None:
    """Ask for packages and show what they would do."""
    start = str(context.state.folder("package"))
    names, _ = QFileDialog.getOpenFileNames(parent, "选择要导入的数据包", start, FILES)
    if names:
        context.state.use_folder("package", Path(names[0]).parent)
        receive(context, [Path(name) for name in names], parent)


def show(context: Context, paths: Sequence[Path], parent: QWidget) -> None:
    """Preview packages, one after the other."""
    if paths:
        PackagePreview(context, paths, parent).exec()


def receive(context: Context, paths: Iterable[Path], parent: QWidget) -> None:
    """Take what was dropped or chosen where it belongs.

    Packages and filled sheets go to their preview, other workbooks to the import; anything else gets a sentence.
    """
    kinds = {path: kind_of(path) for path in paths}
    show(context, [path for path, kind in kinds.items() if kind in ("package", "sheet")], parent)
    for path in (path for path, kind in kinds.items() if kind == "workbook"):
        _import(context, path, parent)
    strangers = [path.name for path, kind in kinds.items() if not kind]
    if strangers:
        refuse(Refusal(f"“{'”“'.join(strangers[:3])}”{'等' if len(strangers) > 3 else ''}{NO_USE}"), parent)


def _import(context: Context, path: Path, parent: QWidget) -> None:
    if is_unit(context):
        refuse(Refusal(f"“{path.name}”是 Excel 表格。本单位只导入县里的任务包和回执（.dct 文件）。"), parent)
    else:
        ImportDialog(context, path, parent).exec()
