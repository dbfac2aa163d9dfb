"""The installed program proves itself: an office is filled, written out, read back, saved, restored and shown.

For whoever builds or installs it; every file stays in the folder for looking at.
"""

import datetime as dt
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale

from models.storage.data_folder import DataFolder

DATA = "自检 数据"
REPORT = "self-check.txt"
FAILED = 3

Step = Callable[[DataFolder, Path], str]


def self_check(out: Path) -> int:
    """Take every step in a fresh data folder below ``out``; returns 0, or 3 when one failed.

    ``out/self-check.txt`` says what was done, and at the first failure what went wrong.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / DATA, ignore_errors=True)
    folder = DataFolder(out / DATA)
    lines: list[str] = []
    try:
        for step in (_office, _papers, _backup, _soundness, _window):
            lines.append(step(folder, out))
    except Exception:
        lines.append(traceback.format_exc())
        return FAILED
    finally:
        (out / REPORT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _office(folder: DataFolder, _out: Path) -> str:
    from models.demo.office import fill
    from models.services.unit_of_work import Workspace
    from models.storage.engine import Store

    folder.prepare()
    store = Store(folder)
    try:
        return fill(Workspace(store, operator="自检"))
    finally:
        store.close()


def _papers(folder: DataFolder, out: Path) -> str:
    """Write a bulletin as Word and as PDF and a ledger as Excel; read the first and the last back."""
    from docx import Document

    from exporters.composing import compose
    from exporters.docx.writer import write_docx
    from exporters.pages import write_pdf
    from exporters.workbooks import write_ledger
    from gui.shell.application import application
    from models.services.unit_of_work import Workspace
    from models.spreadsheets.reading import sheets
    from models.storage.engine import Store

    application()
    word, page, ledger = out / "督查通报.docx", out / "督查通报.pdf", out / "问题整改台账.xlsx"
    store = Store(folder)
    try:
        with Workspace(store, operator="自检").reading() as session:
            paper = compose(session, "findings_bulletin")
            write_ledger(session, "findings_ledger", ledger)
    finally:
        store.close()
    write_docx(paper, word)
    write_pdf(paper, page)
    paragraphs = len(Document(str(word)).paragraphs)
    rows = len(sheets(ledger)[0].rows)
    _expect(paragraphs > 5 and rows > 5, "Word 或 Excel 文件读回来是空的")
    _expect(page.read_bytes().startswith(b"%PDF"), "PDF 文件不完整")
    return f"Word {paragraphs} 段，Excel {rows} 行，PDF {page.stat().st_size} 字节。"


def _backup(folder: DataFolder, out: Path) -> str:
    from models.storage import backup

    now = dt.datetime.now()
    packed = backup.pack(folder, out / "备份", now)
    held = backup.restore(folder, packed, now)
    return f"备份并恢复：{backup.in_words(held)}。"


def _soundness(folder: DataFolder, _out: Path) -> str:
    from models.queries.integrity import check

    faults = check(folder)
    _expect(not faults, "；".join(faults))
    return "数据完好。"


def _window(folder: DataFolder, out: Path) -> str:
    """Open the window on the office and take its pictures; the standard dialogs must speak Chinese."""
    from gui.shell.application import run

    pictures = out / "screenshots"
    code = run(folder, pictures)
    taken = list(pictures.glob("*.png"))
    _expect(code == 0 and len(taken) >= 5, f"窗口没有正常打开和关闭（{code}），截图 {len(taken)} 张")
    translation = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_zh_CN.qm"
    _expect(translation.is_file(), "缺少标准对话框的中文")
    return f"窗口截图 {len(taken)} 张，{QLocale.system().name()}。"


def _expect(condition: bool, sentence: str) -> None:
    if not condition:
        raise AssertionError(sentence)
