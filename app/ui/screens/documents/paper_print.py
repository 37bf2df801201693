"""Prints one finished paper from memory; what the screen shows meanwhile may change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from app.ui.widgets import pdf_printing
from app.ui.widgets.pdf_printing import Printed, PrintRun


def print_paper(
    data: bytes,
    *,
    title: str,
    parent: QWidget,
    printed: Callable[[Printed], None],
    failed: Callable[[Exception], None],
    copies: int = 1,
    both_sides: bool = True,
) -> None:
    """Ask for printer, pages, copies and sides (black and white first), then print ``data`` page by page.

    ``copies`` and ``both_sides`` are what is chosen at first.
    ``printed`` follows when the pages went to the printer, ``failed`` when it took none; やめる calls neither.
    """
    document = QPdfDocument(parent)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    printer = pdf_printing.ask_printer(document, parent, title=title, mono=True, copies=copies, both_sides=both_sides)
    if printer is None:
        document.deleteLater()
        return
    run = PrintRun(document, printer, document)
    run.finished.connect(printed)
    run.failed.connect(failed)
    for end in (run.finished, run.failed, run.stopped):
        end.connect(document.deleteLater)
    run.start()
