"""Printing papers without Word: the system's printer dialog, then the pages as the preview shows them."""

from collections.abc import Sequence

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from exporters.pages import Layout, Page
from exporters.pages.painting import begin, paint_sheet


def print_layouts(layouts: Sequence[Layout], title: str, parent: QWidget | None) -> bool:
    """Ask for printer, range, copies and both sides, then print one document or several; False if given up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    prepare(printer)
    total = sum(len(layout.pages) for layout in layouts)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印：{title}（共 {total} 页）")
    dialog.setMinMax(1, total)
    dialog.setFromTo(1, total)
    dialog.setPrintRange(QPrintDialog.PrintRange.AllPages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    if not dialog.exec():
        return False
    paint(printer, layouts)
    return True


def prepare(printer: QPrinter) -> None:
    """A4 on both sides, the whole sheet: the margins are the paper's own."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageSize

    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)


def paint(printer: QPrinter, layouts: Sequence[Layout]) -> int:
    """Paint the chosen pages, as many copies as the printer does not make itself; documents start on a front side.

    Returns:
        How many sides were printed.
    """
    both = printer.duplex() != QPrinter.DuplexMode.DuplexNone
    sides = _chosen(printer, layouts)
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst and not both:
        sides.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    painter = begin(printer)
    printed = 0
    for at, (layout, page) in enumerate(sides * copies):
        first = at % len(sides) == 0 or layout is not sides[at % len(sides) - 1][0]
        if at:
            printer.newPage()
        if first and both and printed % 2:
            printer.newPage()
            printed += 1
        paint_sheet(layout, page, painter)
        printed += 1
    painter.end()
    return printed


def _chosen(printer: QPrinter, layouts: Sequence[Layout]) -> list[tuple[Layout, Page]]:
    """The pages asked for, counted through all documents; all of them where no range was chosen."""
    sides = [(layout, page) for layout in layouts for page in layout.pages]
    ranges = printer.pageRanges()
    if printer.printRange() != QPrinter.PrintRange.PageRange or ranges.isEmpty():
        return sides
    return [side for number, side in enumerate(sides, 1) if ranges.contains(number)] or sides
