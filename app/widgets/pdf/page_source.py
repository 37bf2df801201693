"""Where the pages of a shown or printed PDF come from: drawn here, where it is our own, or by the child process, where
others made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from app.foreign_files.pdf_reading import LetGo, PdfFacts, ReceivedPdf, UnreadablePdf
from app.window.background_task import bound
from app.window.desk import Desk

Drawn = Callable[[QImage], object]
Refused = Callable[[Exception], object]


class PageSource(QObject):
    """The pages of one PDF. Signals: none.

    ``sizes`` of the pages in pt, known once it is open; ``beside`` = pages are drawn beside the window and come later.
    """

    beside = False

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sizes: tuple[QSizeF, ...] = ()

    def draw(self, number: int, size: QSize, drawn: Drawn, refused: Refused, *, grey: bool = False) -> None:  # noqa: ARG002
        """Draw a page (from 0) in so many dots; ``drawn`` gets it at once or when it comes, ``refused`` why not.

        ``grey``: colours are not wanted. Without a document there is no page.
        """
        refused(UnreadablePdf("empty"))

    def is_drawing(self, _number: int) -> bool:
        """Whether a page (from 0) is being drawn just now."""
        return False

    def forget(self) -> None:
        """Nothing of what was asked for and has not begun is wanted any more."""

    def rest(self) -> None:
        """Nobody looks at it for now."""

    def leave(self) -> None:
        """Nobody looks at it any more."""


class OwnPages(PageSource):
    """A PDF that this program drew itself, in memory; what others made is never opened so. Signals: none."""

    def __init__(self, data: bytes, parent: QObject) -> None:
        """Open ``data``; raises UnreadablePdf."""
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        count = self.document.pageCount() if self.document.status() == QPdfDocument.Status.Ready else 0
        if not count:
            self.leave()
            raise UnreadablePdf
        self.sizes = tuple(self.document.pagePointSize(number) for number in range(count))

    def draw(self, number: int, size: QSize, drawn: Drawn, refused: Refused, *, grey: bool = False) -> None:  # noqa: ARG002
        """As ``PageSource``: at once, in colours, with nothing behind what is drawn."""
        drawn(self.document.render(number, size))

    def leave(self) -> None:
        """As ``PageSource``."""
        self.document.close()
        self._buffer.close()
        self.sizes = ()


@dataclass(frozen=True)
class _Wanted:
    number: int
    size: QSize
    drawn: Drawn
    refused: Refused
    grey: bool


class ReceivedPages(PageSource):
    """A PDF of others: everything about it is asked of a child process, beside the window, one page after the other.

    Signals: none.
    """

    beside = True

    def __init__(self, desk: Desk, data: bytes, parent: QObject) -> None:
        """Get ready; ``open`` follows."""
        super().__init__(parent)
        self._desk = desk
        self._pdf = ReceivedPdf(data)
        self._waiting: list[_Wanted] = []
        self._page = -1
        self._at_work = False
        # Not by a method of this object: it has gone by then.
        self.destroyed.connect(self._pdf.leave)

    def open(self, opened: Callable[[PdfFacts], object], refused: Refused) -> None:
        """Open it beside the window: ``opened`` gets what it is, ``refused`` why it is not shown."""

        def came(facts: PdfFacts) -> None:
            self._at_work = False
            self.sizes = tuple(QSizeF(width, height) for width, height in facts.sizes)
            opened(facts)
            self._go_on()

        self._at_work = True
        self._desk.apart(bound(self._pdf.open), came, failed=partial(self._fail, refused), owner=self)

    def draw(self, number: int, size: QSize, drawn: Drawn, refused: Refused, *, grey: bool = False) -> None:
        """As ``PageSource``: it waits its turn."""
        self._waiting.append(_Wanted(number, size, drawn, refused, grey))
        self._go_on()

    def is_drawing(self, number: int) -> bool:
        """As ``PageSource``."""
        return self._at_work and self._page == number

    def forget(self) -> None:
        """As ``PageSource``."""
        self._waiting.clear()

    def rest(self) -> None:
        """The child goes; the next page starts another."""
        self.forget()
        self._pdf.rest()

    def leave(self) -> None:
        """The child goes."""
        self.forget()
        self._pdf.leave()

    def _go_on(self) -> None:
        if self._at_work or not self._waiting:
            return
        one = self._waiting.pop(0)
        self._page = one.number

        def came(image: QImage) -> None:
            self._at_work = False
            one.drawn(image)
            self._go_on()

        self._at_work = True
        self._desk.apart(
            bound(image_of, self._pdf, one.number, one.size, grey=one.grey),
            came,
            failed=partial(self._fail, one.refused),
            owner=self,
        )

    def _fail(self, refused: Refused, problem: Exception) -> None:
        self._at_work = False
        if not isinstance(problem, LetGo):
            refused(problem)
        self._go_on()


def image_of(pdf: ReceivedPdf, number: int, size: QSize, *, grey: bool = False) -> QImage:
    """Return a page (from 0) of a PDF of others as a picture, beside the window; raises UnreadablePdf."""
    page = pdf.draw(number, size.width(), size.height(), grey=grey)
    form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
    # A copy: the picture would read from bytes that nobody holds any more.
    return QImage(page.pixels, page.width, page.height, page.stride, form).copy()
