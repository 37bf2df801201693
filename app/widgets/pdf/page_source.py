"""Sources of PDF pages: rendered in this process for our own PDFs, in a child process for those of others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from app.foreign_files.pdf_reading import PdfInfo, ReadingCancelled, ReceivedPdf, UnreadablePdf
from app.window.app_context import AppContext
from app.window.background_task import bind_arguments
from db.record import frozen

OnDrawn = Callable[[QImage], object]
OnFailed = Callable[[Exception], object]


class PageSource(QObject):
    """Renders the pages of one PDF. Signals: none.

    ``sizes`` of the pages in pt are known once it is open, () before; ``is_asynchronous`` = pages are rendered in the
    background. This base class holds no page; ``OwnPages`` and ``ReceivedPages`` do.
    """

    is_asynchronous = False

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.sizes: tuple[QSizeF, ...] = ()

    def draw(self, number: int, size: QSize, on_drawn: OnDrawn, on_failed: OnFailed, *, grey: bool = False) -> None:  # noqa: ARG002
        """Render a page (from 0) at ``size`` dots; ``on_drawn`` gets it, now or later, ``on_failed`` the error.

        ``grey``: colours are not needed. Without a document there is no page.
        """
        on_failed(UnreadablePdf("empty"))

    def is_drawing(self, _number: int) -> bool:
        """Return whether a page (from 0) is being rendered now."""
        return False

    def cancel_pending(self) -> None:
        """Drop all requests that have not started; here there are none."""

    def suspend(self) -> None:
        """Release resources while the pages are hidden; does nothing unless overridden."""

    def close(self) -> None:
        """Release everything; does nothing unless overridden."""


class OwnPages(PageSource):
    """A PDF that this program made, in memory; those of others are never opened this way. Signals: none."""

    def __init__(self, data: bytes, parent: QObject):
        """Open ``data``; raises ``UnreadablePdf``."""
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        count = self.document.pageCount() if self.document.status() == QPdfDocument.Status.Ready else 0
        if not count:
            self.close()
            raise UnreadablePdf
        self.sizes = tuple(self.document.pagePointSize(number) for number in range(count))

    def draw(self, number: int, size: QSize, on_drawn: OnDrawn, on_failed: OnFailed, *, grey: bool = False) -> None:  # noqa: ARG002
        """Render a page (from 0) at once, in colour even if ``grey``, on a transparent background."""
        on_drawn(self.document.render(number, size))

    def close(self) -> None:
        """Close the document; it has no pages any more."""
        self.document.close()
        self._buffer.close()
        self.sizes = ()


@frozen
class _PageRequest:
    """A page (from 0) that waits to be drawn at ``size`` dots, and the functions that get its image or the error."""

    number: int
    size: QSize
    on_drawn: OnDrawn
    on_failed: OnFailed
    grey: bool


class ReceivedPages(PageSource):
    """A PDF of others, opened and rendered in a child process in the background, one page after the other.

    Signals: none.
    """

    is_asynchronous = True

    def __init__(self, app_context: AppContext, data: bytes, parent: QObject):
        """Prepare for ``data``; call ``open`` next."""
        super().__init__(parent)
        self._app_context = app_context
        self._pdf = ReceivedPdf(data)
        self._waiting: list[_PageRequest] = []
        self._page = -1
        self._at_work = False
        # Not by a method of this object: it has gone by then.
        self.destroyed.connect(self._pdf.cancel)

    def open(self, on_opened: Callable[[PdfInfo], object], on_failed: OnFailed) -> None:
        """Open it in the background: ``on_opened`` gets its properties, ``on_failed`` the error."""

        def came(facts: PdfInfo) -> None:
            """Take in the sizes of the pages, call ``on_opened``, and render what was asked for."""
            self._at_work = False
            self.sizes = tuple(QSizeF(width, height) for width, height in facts.sizes)
            on_opened(facts)
            self._draw_next()

        self._at_work = True
        self._app_context.run_in_background(
            bind_arguments(self._pdf.open), came, on_failed=partial(self._fail, on_failed), owner=self
        )

    def draw(self, number: int, size: QSize, on_drawn: OnDrawn, on_failed: OnFailed, *, grey: bool = False) -> None:
        """Queue a page (from 0) for rendering at ``size`` dots; ``on_drawn`` or ``on_failed`` is called later.

        Neither is called if the page is dropped (``cancel_pending``) or the reading cancelled.
        """
        self._waiting.append(_PageRequest(number, size, on_drawn, on_failed, grey))
        self._draw_next()

    def is_drawing(self, number: int) -> bool:
        """Return whether the child process renders this page (from 0) now."""
        return self._at_work and self._page == number

    def cancel_pending(self) -> None:
        """Drop the pages that wait to be rendered."""
        self._waiting.clear()

    def suspend(self) -> None:
        """End the child process; the next page starts another."""
        self.cancel_pending()
        self._pdf.suspend()

    def close(self) -> None:
        """End the child process."""
        self.cancel_pending()
        self._pdf.cancel()

    def _draw_next(self) -> None:
        """Draw the next page that waits, if none is being drawn."""
        if self._at_work or not self._waiting:
            return
        one = self._waiting.pop(0)
        self._page = one.number

        def came(image: QImage) -> None:
            """Pass the image on and render the next page."""
            self._at_work = False
            one.on_drawn(image)
            self._draw_next()

        self._at_work = True
        self._app_context.run_in_background(
            bind_arguments(draw_received_page, self._pdf, one.number, one.size, grey=one.grey),
            came,
            on_failed=partial(self._fail, one.on_failed),
            owner=self,
        )

    def _fail(self, on_failed: OnFailed, problem: Exception) -> None:
        """Report a failure, unless the reading was cancelled, and draw the next page."""
        self._at_work = False
        if not isinstance(problem, ReadingCancelled):
            on_failed(problem)
        self._draw_next()


def draw_received_page(pdf: ReceivedPdf, number: int, size: QSize, *, grey: bool = False) -> QImage:
    """Return a page (from 0) of a PDF of others as an image, on a worker thread; raises ``UnreadablePdf``."""
    page = pdf.draw(number, size.width(), size.height(), grey=grey)
    form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
    # A copy: the picture would read from bytes that nobody holds any more.
    return QImage(page.pixels, page.width, page.height, page.stride, form).copy()
