"""Prints the pages of a shown PDF by painting them, page by page, without a temporary file."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.widgets.pdf.page_source import PageSource
from app.window.app_context import app_context_of
from app.window.debounce import debounce
from db.record import record
from db.records.documents import PrintUse

_DOTS = 300
"""Print resolution: enough for small print; a page stays under 40 MB while it is rendered."""


@record
class PrintResult:
    """What was printed, for the log of issued documents: pages of one copy, copies, and how.

    ``mono`` = without colour; ``use`` is the purpose, which the caller sets.
    """

    pages: int
    copies: int
    mono: bool
    both_sides: bool
    use: PrintUse = PrintUse.HANDOUT


class PrinterFailure(Exception):
    """Error for a print job that the printer did not accept."""

    happened = "プリンターが印刷を受け付けませんでした。"
    lost = "書類とデータは変わっていません。"
    todo = "プリンターの電源と接続を確かめて、もう一度印刷してください。"


def new_printer(pages: PageSource, *, mono: bool = True, both_sides: bool = True, copies: int = 1) -> QPrinter:
    """Return a printer set up for the pages: paper of the first one, colour, copies.

    ``both_sides`` counts only for more than one page; ``pages`` must be open.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    _apply_page_size(printer, pages.sizes[0])
    mode = QPrinter.ColorMode.GrayScale if mono else QPrinter.ColorMode.Color
    printer.setColorMode(mode)
    landscape = _is_landscape(pages.sizes[0])
    side = QPrinter.DuplexMode.DuplexShortSide if landscape else QPrinter.DuplexMode.DuplexLongSide
    printer.setDuplex(side if both_sides and len(pages.sizes) > 1 else QPrinter.DuplexMode.DuplexNone)
    printer.setCopyCount(copies)
    return printer


def ask_printer(
    pages: PageSource,
    parent: QWidget,
    *,
    title: str,
    copies: int = 1,
    both_sides: bool = True,
) -> QPrinter | None:
    """Let the user choose printer, copies, pages and sides; return None for やめる, and while the screen is locked.

    ``title`` is the name of the print job; ``copies`` and ``both_sides`` are proposed, and no colour.
    """
    printer = new_printer(pages, copies=copies, both_sides=both_sides)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"印刷　{title}")
    dialog.setOptions(
        QPrintDialog.PrintDialogOption.PrintPageRange
        | QPrintDialog.PrintDialogOption.PrintCollateCopies
        | QPrintDialog.PrintDialogOption.PrintShowPageSize
    )
    dialog.setMinMax(1, len(pages.sizes))
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    # A dialog of Windows lies in no window of Qt that could be covered.
    desk = app_context_of(parent)
    return printer if accepted and not (desk is not None and desk.is_screen_locked) else None


def chosen_pages(pages: PageSource, printer: QPrinter) -> list[int]:
    """Return the page numbers (from 0) of the chosen range, all if none was chosen."""
    count = len(pages.sizes)
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        first = max(1, printer.fromPage())
        last = min(count, printer.toPage() or count)
        return list(range(first - 1, last))
    return list(range(count))


class PrintJob(QObject):
    """Prints one page in each turn of the event loop, so that the window stays responsive.

    Signals: ``progressed(int, int)`` pages printed and to print, each copy counted unless the printer makes copies
    itself; at the end one of ``finished(PrintResult)``, ``failed(Exception)`` and ``stopped()``.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, source: PageSource, printer: QPrinter, parent: QObject | None = None):
        super().__init__(parent)
        self._source = source
        self._printer = printer
        pages = chosen_pages(source, printer)
        own_copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
        self._pages = pages
        self._queue = pages * own_copies
        self._done = 0
        self._under_way = False
        self._painter = QPainter()
        self._timer = debounce(self, self._next)

    def start(self) -> None:
        """Begin to print, or emit ``failed`` if no page was chosen or the printer does not accept the job."""
        if not self._queue or not self._painter.begin(self._printer):
            self.failed.emit(PrinterFailure())
            return
        self._under_way = True
        self._timer.start()

    def stop(self) -> None:
        """Cancel a running print job at once and emit ``stopped``; a page being rendered is dropped."""
        if self._under_way:
            self._end(withdraw=True)
            self.stopped.emit()

    def _end(self, *, withdraw: bool = False) -> None:
        """End the print job; with ``withdraw`` the printer drops what it has."""
        self._under_way = False
        self._timer.stop()
        self._source.cancel_pending()
        if withdraw:
            self._printer.abort()
        self._painter.end()

    def _next(self) -> None:
        """Ask for the next page, rendered for the printer; ``_paint`` gets it."""
        points = self._source.sizes[self._queue[self._done]]
        dots = min(_DOTS, self._printer.resolution())
        size = QSize(round(points.width() / 72 * dots), round(points.height() / 72 * dots))
        grey = self._printer.colorMode() == QPrinter.ColorMode.GrayScale
        self._source.draw(self._queue[self._done], size, self._paint, self._abort, grey=grey)

    def _paint(self, image: QImage) -> None:
        """Paint a rendered page on the printer, then go on to the next or emit ``finished``."""
        if not self._under_way:
            return
        points = self._source.sizes[self._queue[self._done]]
        if self._done:
            _apply_page_size(self._printer, points)
            if not self._printer.newPage():
                self._abort(PrinterFailure())
                return
        _paint_page(self._painter, self._printer, image, points)
        self._done += 1
        self.progressed.emit(self._done, len(self._queue))
        if not self._under_way:
            return
        if self._done == len(self._queue):
            self._end()
            self.finished.emit(self._result())
        else:
            self._timer.start()

    def _abort(self, problem: Exception) -> None:
        """Cancel the print, as an incomplete document is useless, and emit ``failed``; nothing if none is under way.

        Called when a page cannot be rendered or the printer fails.
        """
        if self._under_way:
            self._end(withdraw=True)
            self.failed.emit(problem)

    def _result(self) -> PrintResult:
        return PrintResult(
            pages=len(self._pages),
            copies=max(1, self._printer.copyCount()),
            mono=self._printer.colorMode() == QPrinter.ColorMode.GrayScale,
            both_sides=self._printer.duplex() != QPrinter.DuplexMode.DuplexNone,
        )


def _paint_page(painter: QPainter, printer: QPrinter, image: QImage, points: QSizeF) -> None:
    """Paint a page at real size, or reduced to fit if the paper is smaller; at the top, in the middle of the width."""
    if image.hasAlphaChannel():
        white = QImage(image.size(), QImage.Format.Format_RGB32)
        white.fill(0xFFFFFFFF)
        with QPainter(white) as under:
            under.drawImage(0, 0, image)
        image = white
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    painter.drawImage(_sheet_area(printer, points), image)


def _sheet_area(printer: QPrinter, points: QSizeF) -> QRect:
    """Return where a page of size ``points`` is printed on the sheet, in printer dots.

    It has its real size, or is reduced where the paper is smaller, and stands at the top, in the middle of the width.
    """
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    real = QSize(round(points.width() / 72 * printer.resolution()), round(points.height() / 72 * printer.resolution()))
    if real.width() > paper.width() + 2 or real.height() > paper.height() + 2:
        factor = min(paper.width() / real.width(), paper.height() / real.height())
        real = QSize(round(real.width() * factor), round(real.height() * factor))
    left = (paper.width() - real.width()) // 2
    return QRect(max(0, left), 0, real.width(), real.height())


def _is_landscape(points: QSizeF) -> bool:
    return points.width() > points.height()


def _apply_page_size(printer: QPrinter, points: QSizeF) -> None:
    upright = QSizeF(min(points.width(), points.height()), max(points.width(), points.height()))
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if _is_landscape(points) else QPageLayout.Orientation.Portrait
    printer.setPageSize(size)
    printer.setPageOrientation(orientation)
