"""Widget that shows the pages of a PDF in memory: scrolling, zoom, and marks over them.

Our own documents are rendered at once; a PDF of others is opened and rendered by a child process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from app.foreign_files.pdf_reading import PdfInfo, UnreadablePdf
from app.widgets.pdf.page_source import OwnPages, PageSource, ReceivedPages
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.app_context import AppContext
from app.window.debounce import debounce
from app.window.failure_messages import failure_of
from app.window.painting import paint_disc, paint_focus, paint_text, stroke, theme_colour
from db.record import record

_MARGIN = 12
_KEPT_IMAGES = 10
_WIDEST_FIT = 1.5
_POINTS_TO_PIXELS = 96 / 72
_READABLE = 0.45
_CLOSE = 0.72
_LATE_MS = 400
"""Time after which a page shows that it is being read; shown sooner, the text would flicker."""
_LATE = "ページを読み込んでいます"
_GROUNDS = {"red": t.RED, "accent": t.ACCENT, "green": t.GREEN, "amber": t.AMBER}
MarkTone = Literal["red", "accent", "green", "amber"]
_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


@record
class PageMark:
    """A frame over a page (from 1), placed and sized in pt from its top left; ``words`` is its number, "" = none.

    ``tone`` is its colour; ``dashed`` = only read from the page, not confirmed; ``strong`` = the current one.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    words: str = ""
    tone: MarkTone = "red"
    dashed: bool = False
    strong: bool = False


@spoken_as(QAccessible.Role.Document)
class PdfPages(QAbstractScrollArea):
    """Scrolls through the pages; never writes a file.

    Signals: ``page_changed(int, int)`` page in view (from 1) and number of pages, 0 and 0 without a document;
    ``pressed_at(int, float, float)`` the page that was clicked, and where
    on it in pt from its top left. PageUp/PageDown turn pages, Ctrl+plus/minus/0 zoom.
    """

    page_changed = Signal(int, int)
    pressed_at = Signal(int, float, float)

    def __init__(self) -> None:
        super().__init__()
        self.source = PageSource(self)
        self._zoom = 0.0
        self._sizes: tuple[QSizeF, ...] = ()
        # By page, each with the width it was asked for in: while a sharper one comes, the one before is stretched.
        self._images: dict[int, tuple[int, QImage]] = {}
        self._asked: list[tuple[int, int]] = []
        self._unseen: dict[int, str] = {}
        self._late = debounce(self, self.viewport().update, _LATE_MS)
        self._marks: tuple[PageMark, ...] = ()
        self._page = 0
        self._followed: PageMark | None = None
        self._close = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._emit_page)
        self.setAccessibleName("印刷されるとおりの見本")

    # what a screen does

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF that this program made; raises ``UnreadablePdf``."""
        self._close_source()
        try:
            source = OwnPages(data, self)
        except UnreadablePdf:
            self.clear()
            raise
        self._set_source(source)

    def show_received(
        self,
        app_context: AppContext,
        data: bytes,
        *,
        on_opened: Callable[[PdfInfo], object],
        on_failed: Callable[[Exception], object],
    ) -> None:
        """Show a PDF of others; ``on_opened`` is called when its pages are known, or ``on_failed``.

        Neither is called if something else is shown meanwhile.
        """
        self.clear()
        source = self.source = ReceivedPages(app_context, data, self)

        def came(facts: PdfInfo) -> None:
            """Show the pages once the file was opened."""
            if source is self.source:
                self._set_source(source)
                on_opened(facts)
                if not self.isVisible():
                    source.suspend()

        source.open(came, lambda problem: on_failed(problem) if source is self.source else None)

    def _set_source(self, source: PageSource) -> None:
        """Show the pages of a source from the first page on, and emit ``page_changed``."""
        self.source, self._sizes = source, source.sizes
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._emit_page()
        if self.isVisible():
            self._request_pages(self._visible_pages())
        self.viewport().update()

    def _close_source(self) -> None:
        """Close the source, drop its images and error texts, and stop following a mark; the marks stay."""
        self.source.close()
        self.source.deleteLater()
        self.source = PageSource(self)
        self._images.clear()
        self._unseen.clear()
        self._asked = []
        self._followed = None

    def clear(self) -> None:
        """Show no document; emit ``page_changed``."""
        self._close_source()
        self._sizes = ()
        self._page = 0
        self._lay_out()
        self.page_changed.emit(0, 0)
        self.viewport().update()

    def show_marks(self, marks: Sequence[PageMark]) -> None:
        """Draw marks over the pages; the PDF itself is not changed."""
        self._marks = tuple(marks)
        self.viewport().update()

    def page_count(self) -> int:
        """Return the number of pages."""
        return len(self._sizes)

    def page(self) -> int:
        """Return the current page, from 1 (0 = no document)."""
        return self._page

    def go_to_page(self, page: int) -> None:
        """Scroll to the top of a page (from 1); a number without a page is ignored."""
        if 1 <= page <= self.page_count():
            self.verticalScrollBar().setValue(round(self._top_of(page - 1)) - _MARGIN)
            self._emit_page()

    def show_mark(self, mark: PageMark) -> None:
        """Scroll to a mark, again after each change of size; where the pages are too small to be read, zoom in.

        The zoom changes only while the pages are fitted to the width.
        """
        if not 1 <= mark.page <= self.page_count():
            return
        self._followed = mark
        if not self._zoom and self._scale() < _READABLE:
            self._set_zoom(_CLOSE)
            self._close = True
        factor = self._scale() * _POINTS_TO_PIXELS
        room = self.viewport()
        top = self._top_of(mark.page - 1) + mark.y * factor
        down = self.verticalScrollBar()
        if not down.value() + _MARGIN <= top <= down.value() + room.height() - mark.height * factor - _MARGIN:
            down.setValue(round(top - room.height() / 3))
        across = self.horizontalScrollBar()
        left = _MARGIN + mark.x * factor
        if not across.value() <= left <= across.value() + room.width() - mark.width * factor - _MARGIN:
            across.setValue(round(left - (room.width() - mark.width * factor) / 2))
        self._emit_page()
        self.viewport().update()

    def position_at(self, at: QPointF) -> tuple[int, float, float] | None:
        """Return the page at a point of the viewport and the position on it in pt; None beside the pages."""
        factor = self._scale() * _POINTS_TO_PIXELS
        for number in range(self.page_count()):
            area = self._rect_of(number)
            if area.contains(at):
                return number + 1, (at.x() - area.x()) / factor, (at.y() - area.y()) / factor
        return None

    def zoom(self) -> float:
        """Return the zoom; 1.0 = real size."""
        return self._scale()

    @property
    def fits_width(self) -> bool:
        """Return whether the zoom follows the width."""
        return not self._zoom

    def fit_width(self) -> None:
        """Fit the pages to the width from now on."""
        self._leave_mark_zoom()
        self._set_zoom(0.0)

    def zoom_in(self) -> None:
        """Zoom to the next larger step of ``ZOOMS``; no longer fitted to the width."""
        self._leave_mark_zoom()
        self._set_zoom(next((z for z in ZOOMS if z > self._scale() + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Zoom to the next smaller step of ``ZOOMS``; no longer fitted to the width."""
        self._leave_mark_zoom()
        self._set_zoom(next((z for z in reversed(ZOOMS) if z < self._scale() - 0.01), ZOOMS[0]))

    def _leave_mark_zoom(self) -> None:
        """Stop following a mark, so that the zoom chosen by the user stays."""
        self._followed, self._close = None, False

    # geometry

    def _set_zoom(self, zoom: float) -> None:
        """Set the zoom (0.0 = fitted to the width), and stay on the page."""
        page = max(1, self._page)
        self._zoom = zoom
        self._lay_out()
        self.go_to_page(page)
        self.viewport().update()

    def _widest_page(self) -> float:
        """Return the width of the widest page in points, of A4 without pages."""
        return max((size.width() for size in self._sizes), default=595.0)

    def _scale(self) -> float:
        """Return the zoom now used, 1.0 = real size; fitted to the width it is 0.2 to 1.5."""
        if self._zoom:
            return self._zoom
        # Room for the bar is left also where there is none: a page that just fits would otherwise call the bar, get
        # narrower, fit without it, get wider, and so on for ever.
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width() - 2 * _MARGIN
        return min(_WIDEST_FIT, max(0.2, room / (self._widest_page() * _POINTS_TO_PIXELS)))

    def _size_of(self, number: int) -> QSize:
        """Return the size of a page (from 0) on the screen at the present zoom."""
        points = self._sizes[number]
        factor = self._scale() * _POINTS_TO_PIXELS
        return QSize(round(points.width() * factor), round(points.height() * factor))

    def _top_of(self, number: int) -> float:
        """Return how far below the top of the whole document a page (from 0) begins."""
        return _MARGIN + sum(self._size_of(n).height() + _MARGIN for n in range(number))

    def _rect_of(self, number: int) -> QRectF:
        """Return where a page (from 0) stands in the viewport, as scrolled now."""
        need = self._size_of(number)
        left = max(_MARGIN, (self.viewport().width() - need.width()) / 2)
        return QRectF(
            left - self.horizontalScrollBar().value(),
            self._top_of(number) - self.verticalScrollBar().value(),
            need.width(),
            need.height(),
        )

    def _lay_out(self) -> None:
        """Set the ranges of the scroll bars for all pages below each other at the present zoom."""
        height = round(self._top_of(self.page_count()))
        width = round(self._widest_page() * _POINTS_TO_PIXELS * self._scale()) + 2 * _MARGIN
        down = self.verticalScrollBar()
        down.setPageStep(self.viewport().height())
        down.setSingleStep(48)
        down.setRange(0, max(0, height - self.viewport().height()))
        across = self.horizontalScrollBar()
        across.setPageStep(self.viewport().width())
        across.setRange(0, max(0, width - self.viewport().width()) if self._zoom else 0)

    def _emit_page(self) -> None:
        """Emit ``page_changed`` if another page is in view."""
        count = self.page_count()
        if not count:
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = next(
            (n + 1 for n in range(count) if self._top_of(n) + self._size_of(n).height() + _MARGIN > middle),
            count,
        )
        if page != self._page:
            self._page = page
            self.page_changed.emit(page, count)
        self.viewport().update()

    # drawing

    def _visible_pages(self) -> list[int]:
        view = QRectF(self.viewport().rect())
        return [number for number in range(self.page_count()) if self._rect_of(number).intersects(view)]

    def _pixels_of(self, number: int) -> QSize:
        """Return the size of a page (from 0) in device pixels at the present zoom."""
        need, ratio = self._size_of(number), self.devicePixelRatioF()
        return QSize(round(need.width() * ratio), round(need.height() * ratio))

    def _request_pages(self, seen: list[int]) -> None:
        """Request the visible pages at their present size; other requests are dropped.

        Of a PDF of others the page after them is requested, too.
        """
        ahead = [seen[-1] + 1] if self.source.is_asynchronous and seen and seen[-1] + 1 < self.page_count() else []
        wanted = [(number, self._pixels_of(number).width()) for number in (*seen, *ahead)]
        if wanted == self._asked:
            return
        before, self._asked = set(self._asked), wanted
        self.source.cancel_pending()
        for number, width in wanted:
            kept = self._images.get(number)
            if number in self._unseen or (kept is not None and kept[0] == width):
                continue
            if (number, width) in before and self.source.is_drawing(number):
                continue
            self._late.start()
            self.source.draw(
                number,
                self._pixels_of(number),
                partial(self._keep_image, self.source, number, width),
                partial(self._keep_error_text, self.source, number),
            )

    def _keep_image(self, source: PageSource, number: int, width: int, image: QImage) -> None:
        """Keep the image of a page of the source shown; of pages out of sight only so many that ten are kept in all."""
        if source is not self.source:
            return
        self._images.pop(number, None)
        wanted = {page for page, _ in self._asked}
        # What is in sight stays, however many small pages that are: nobody asks for them again.
        spare = [page for page in self._images if page not in wanted]
        for page in spare[: max(0, len(self._images) + 1 - _KEPT_IMAGES)]:
            self._images.pop(page)
        self._images[number] = (width, image)
        self.viewport().update()

    def _keep_error_text(self, source: PageSource, number: int, problem: Exception) -> None:
        if source is self.source:
            told = failure_of(problem)
            self._unseen[number] = f"{told.happened}\n{told.lost}{told.todo}"
            self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the visible pages with their frames and marks, and request those not rendered at this size yet."""
        seen = self._visible_pages()
        self._request_pages(seen)
        with QPainter(self.viewport()) as painter:
            view = QRectF(self.viewport().rect())
            painter.fillRect(view, t.PAGE_BACKDROP)
            for number in seen:
                area = self._rect_of(number)
                painter.fillRect(area, t.PAGE)
                self._paint_page(painter, number, area)
                painter.setPen(stroke(t.CONTROL))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
                self._paint_marks(painter, number, area.topLeft())
            if self.hasFocus():
                paint_focus(painter, view.adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, number: int, area: QRectF) -> None:
        """Draw the image of a page, scaled until one of the right size is there; before it a waiting or error text."""
        kept, words = self._images.get(number), self._unseen.get(number, "")
        if words or kept is None:
            if words or not self._late.isActive():
                painter.setPen(t.INK_SECONDARY)
                painter.setFont(t.font("body"))
                shown = area.intersected(QRectF(self.viewport().rect())).adjusted(16, 16, -16, -16)
                painter.drawText(shown, _CENTRED, words or _LATE)
            return
        width, drawn = kept
        need = self._pixels_of(number)
        if (width, drawn.width()) == (need.width(), need.width()):
            drawn.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(area.topLeft(), drawn)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            drawn.setDevicePixelRatio(1.0)
            painter.drawImage(area, drawn)

    def _paint_marks(self, painter: QPainter, number: int, corner: QPointF) -> None:
        """Draw the frames of the marks on a page (from 0), each with its number in a dot beside it."""
        factor = self._scale() * _POINTS_TO_PIXELS
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            if mark.page != number + 1:
                continue
            frame = QRectF(
                corner.x() + mark.x * factor,
                corner.y() + mark.y * factor,
                mark.width * factor,
                mark.height * factor,
            )
            colour = theme_colour(_GROUNDS[mark.tone])
            pen = QPen(colour, 3 if mark.strong else 1.2 if mark.dashed else 2)
            if mark.dashed and not mark.strong:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)
            if mark.words:
                dot = QRectF(0, 0, 18, 18)
                dot.moveCenter(QPointF(min(frame.right() + 8, self.viewport().width() - 11), frame.top()))
                paint_disc(painter, dot, Qt.PenStyle.NoPen, colour)
                paint_text(painter, dot, mark.words, t.font("small", bold=True), t.PAGE, "center")

    # keys and wheel

    def hideEvent(self, event: QHideEvent) -> None:
        """Discard rendered pages when hidden: megabytes each, and quickly rendered again."""
        super().hideEvent(event)
        self._images.clear()
        self._asked = []
        if self._sizes:
            self.source.suspend()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pages out for the new width, and scroll to the followed mark again."""
        super().resizeEvent(event)
        if self._close:
            self._zoom, self._close = 0.0, False
        self._lay_out()
        if self._followed is not None:
            self.show_mark(self._followed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the page on PageUp, PageDown, Home and End; zoom on Ctrl with plus, minus, 0."""
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        acts = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Semicolon: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
        }
        key = Qt.Key(event.key())
        if held and key in acts:
            acts[key]()
        elif key == Qt.Key.Key_PageDown:
            self.go_to_page(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to_page(self._page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to_page(1)
        elif key == Qt.Key.Key_End:
            self.go_to_page(self.page_count())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit ``pressed_at`` for a click with the left button on a page."""
        super().mouseReleaseEvent(event)
        place = self.position_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if place is not None:
            self.pressed_at.emit(*place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)
