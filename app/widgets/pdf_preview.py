"""The preview of a document: the PDF itself with its pages, drawn from memory, zoom, and the way to the printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
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
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState
from app.window import theme as t
from app.window.failure_messages import failure_of

_MARGIN = 12
_KEPT_IMAGES = 10
_WIDEST_FIT = 1.5
_POINTS_TO_PIXELS = 96 / 72
_READABLE = 0.45
_CLOSE = 0.72
_GROUNDS = {"red": t.RED, "accent": t.ACCENT, "green": t.GREEN, "amber": t.AMBER}
MarkTone = Literal["red", "accent", "green", "amber"]
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class UnreadablePdf(Exception):
    """The bytes are not a PDF that can be shown."""

    happened = "このPDFは表示できません。ファイルが途中で切れているか、パスワードが付いています。"
    lost = "受け取ったファイルはそのまま残っています。"
    todo = "送り主にもう一度送ってもらうか、別のアプリで開けるか確かめてください。"


@dataclass(frozen=True, kw_only=True)
class PageMark:
    """A frame with a number over a page: page from 1, place in pt from the top left of the page.

    ``tone`` is its colour; ``dashed`` = only read from the page, not confirmed; ``strong`` = the one looked at now.
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


class PdfPages(QAbstractScrollArea):
    """Scrolls through the pages; never writes a file.

    Signals: ``page_changed(int, int)`` page in view (from 1) and number of pages;
    ``zoom_changed(float)`` 1.0 = real size; ``pressed_at(int, float, float)`` the page that was clicked, and where
    on it in pt from its top left. PageUp/PageDown turn pages, Ctrl+plus/minus/0 zoom.
    """

    page_changed = Signal(int, int)
    zoom_changed = Signal(float)
    pressed_at = Signal(int, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self._zoom = 0.0
        # Asked of the library once: it lets one thread in at a time, and another may be reading a long paper.
        self._sizes: tuple[QSizeF, ...] = ()
        self._images: dict[tuple[int, int], QImage] = {}
        self._marks: tuple[PageMark, ...] = ()
        self._page = 0
        self._followed: PageMark | None = None
        self._close = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_page())
        self.setAccessibleName("印刷されるとおりの見本")

    # what a screen does

    def show_pdf(self, data: bytes) -> None:
        """Show the PDF in ``data``; raises UnreadablePdf."""
        self.document.close()
        self._buffer.close()
        self._images.clear()
        self._followed = None
        self._bytes = QByteArray(data)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if self.document.status() != QPdfDocument.Status.Ready or self.document.pageCount() < 1:
            self.clear()
            raise UnreadablePdf
        self._sizes = tuple(self.document.pagePointSize(number) for number in range(self.document.pageCount()))
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell_page()
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self.document.close()
        self._buffer.close()
        self._sizes = ()
        self._images.clear()
        self._page = 0
        self._lay_out()
        self.page_changed.emit(0, 0)
        self.viewport().update()

    def show_marks(self, marks: Sequence[PageMark]) -> None:
        """Lay marks over the pages; the PDF itself is not touched."""
        self._marks = tuple(marks)
        self.viewport().update()

    def page_count(self) -> int:
        """Number of pages."""
        return len(self._sizes)

    def page(self) -> int:
        """The page in view, from 1."""
        return self._page

    def go_to_page(self, page: int) -> None:
        """Scroll to the top of a page (from 1)."""
        if 1 <= page <= self.page_count():
            self.verticalScrollBar().setValue(round(self._top_of(page - 1)) - _MARGIN)
            self._tell_page()

    def show_place(self, mark: PageMark) -> None:
        """Bring a place of a page into sight; where the page is drawn too small to be read, it is drawn larger."""
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
        self._tell_page()
        self.viewport().update()

    def place_at(self, at: QPointF) -> tuple[int, float, float] | None:
        """The page under a point of the viewport, and where on it in pt; None beside the pages."""
        factor = self._scale() * _POINTS_TO_PIXELS
        for number in range(self.page_count()):
            area = self._rect_of(number)
            if area.contains(at):
                return number + 1, (at.x() - area.x()) / factor, (at.y() - area.y()) / factor
        return None

    def zoom(self) -> float:
        """The zoom in use; 1.0 = real size."""
        return self._scale()

    def fit_width(self) -> None:
        """As wide as there is room."""
        self._let_go()
        self._set_zoom(0.0)

    def zoom_in(self) -> None:
        """The next larger step."""
        self._let_go()
        self._set_zoom(next((z for z in ZOOMS if z > self._scale() + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self._let_go()
        self._set_zoom(next((z for z in reversed(ZOOMS) if z < self._scale() - 0.01), ZOOMS[0]))

    def _let_go(self) -> None:
        """Somebody chose a zoom: it stays, whatever place is looked at."""
        self._followed, self._close = None, False

    # geometry

    def _set_zoom(self, zoom: float) -> None:
        page = max(1, self._page)
        self._zoom = zoom
        self._images.clear()
        self._lay_out()
        self.go_to_page(page)
        self.zoom_changed.emit(self._scale())
        self.viewport().update()

    def _widest(self) -> float:
        return max((size.width() for size in self._sizes), default=595.0)

    def _scale(self) -> float:
        if self._zoom:
            return self._zoom
        room = self.viewport().width() - 2 * _MARGIN
        return min(_WIDEST_FIT, max(0.2, room / (self._widest() * _POINTS_TO_PIXELS)))

    def _size_of(self, number: int) -> QSize:
        points = self._sizes[number]
        factor = self._scale() * _POINTS_TO_PIXELS
        return QSize(round(points.width() * factor), round(points.height() * factor))

    def _top_of(self, number: int) -> float:
        return _MARGIN + sum(self._size_of(n).height() + _MARGIN for n in range(number))

    def _rect_of(self, number: int) -> QRectF:
        need = self._size_of(number)
        left = max(_MARGIN, (self.viewport().width() - need.width()) / 2)
        return QRectF(
            left - self.horizontalScrollBar().value(),
            self._top_of(number) - self.verticalScrollBar().value(),
            need.width(),
            need.height(),
        )

    def _lay_out(self) -> None:
        height = round(self._top_of(self.page_count()))
        width = round(self._widest() * _POINTS_TO_PIXELS * self._scale()) + 2 * _MARGIN
        down = self.verticalScrollBar()
        down.setPageStep(self.viewport().height())
        down.setSingleStep(48)
        down.setRange(0, max(0, height - self.viewport().height()))
        across = self.horizontalScrollBar()
        across.setPageStep(self.viewport().width())
        across.setRange(0, max(0, width - self.viewport().width()) if self._zoom else 0)

    def _tell_page(self) -> None:
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

    def _image(self, number: int) -> QImage:
        need = self._size_of(number)
        ratio = self.devicePixelRatioF()
        key = (number, round(need.width() * ratio))
        if key not in self._images:
            while len(self._images) >= _KEPT_IMAGES:
                self._images.pop(next(iter(self._images)))
            pixels = QSize(round(need.width() * ratio), round(need.height() * ratio))
            drawn = self.document.render(number, pixels)
            drawn.setDevicePixelRatio(ratio)
            self._images[key] = drawn
        return self._images[key]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self.viewport())
        view = QRectF(self.viewport().rect())
        painter.fillRect(view, QColor(t.UNDER_PAGES))
        for number in range(self.page_count()):
            area = self._rect_of(number)
            if area.intersects(view):
                painter.fillRect(area, QColor(t.PAGE))
                painter.drawImage(area.topLeft(), self._image(number))
                painter.setPen(QPen(QColor(t.CONTROL), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
                self._paint_marks(painter, number, area.topLeft())
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.ACCENT), 2))
            painter.drawRect(view.adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_marks(self, painter: QPainter, number: int, corner: QPointF) -> None:
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
            colour = QColor(_GROUNDS[mark.tone])
            pen = QPen(colour, 3 if mark.strong else 1.2 if mark.dashed else 2)
            if mark.dashed and not mark.strong:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)
            if mark.words:
                dot = QRectF(0, 0, 18, 18)
                dot.moveCenter(QPointF(min(frame.right() + 8, self.viewport().width() - 11), frame.top()))
                painter.setBrush(colour)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(dot)
                painter.setPen(QColor(t.PAGE))
                painter.setFont(t.font("small", bold=True))
                painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, mark.words)

    # keys and wheel

    def hideEvent(self, event: QHideEvent) -> None:
        """What was drawn goes with the screen that is left: megabytes for each page, drawn again in no time."""
        super().hideEvent(event)
        self._images.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        if self._close:
            self._zoom, self._close = 0.0, False
        if not self._zoom:
            self._images.clear()
        self._lay_out()
        if self._followed is not None:
            self.show_place(self._followed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp / PageDown turn pages; Ctrl with plus, minus, 0 zooms."""
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
        """A click tells its place on the page."""
        super().mouseReleaseEvent(event)
        place = self.place_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if place is not None:
            self.pressed_at.emit(*place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)


class PdfPreview(QWidget):
    """Shows a PDF held in memory and prints it.

    Signals: ``page_changed(int, int)``; ``printed(Printed)`` after the pages went to the printer, to
    be written into the log of what left; ``print_failed(Exception)``; ``printing(int, int)``.
    """

    page_changed = Signal(int, int)
    printed = Signal(object)
    print_failed = Signal(object)
    printing = Signal(int, int)

    def __init__(
        self,
        *,
        title: str = "印刷されるとおりの見本",
        note: str = "",
        empty: str = "まだ表示する書類がありません。",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._data = b""
        self.pages = PdfPages()
        self.title = label(title, "strong")
        self.note = label(note, "small", wrap=True)
        self.back = Button("前のページ", self._page_back, kind="icon", icon_name="caret-left")
        self.on = Button("つぎのページ", self._page_on, kind="icon", icon_name="caret-right")
        self.count = label("", "body")
        self.smaller = Button("縮小", self.pages.zoom_out, kind="icon", icon_name="magnifying-glass-minus")
        self.larger = Button("拡大", self.pages.zoom_in, kind="icon", icon_name="magnifying-glass-plus")
        self.width_button = Button("幅に合わせる", self.pages.fit_width)
        self.width_sign = Button(
            "幅に合わせる", self.pages.fit_width, kind="icon", icon_name="arrows-out-line-horizontal"
        )
        head = QFrame()
        head.setProperty("kind", "dialoghead")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        line.addWidget(self.title)
        line.addWidget(self.note, 1)
        for part in (self.back, self.count, self.on, self.smaller, self.larger, self.width_button, self.width_sign):
            line.addWidget(part)
        self.width_sign.hide()
        self._none = EmptyState(empty)
        self._none.setContentsMargins(16, 0, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        # The layout first: a stack without a parent would show its first page as a window of its own.
        self._stack = PageLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.pages)
        self.pages.page_changed.connect(self._tell_page)
        self._tell_page(0, 0)
        self.setMinimumWidth(t.scaled(320))

    def show_pdf(self, data: bytes, *, title: str = "", note: str = "") -> None:
        """Show the PDF in ``data``; one that can't be read says so in place."""
        if title:
            self.title.setText(title)
        if note:
            self.note.setText(note)
        try:
            self.pages.show_pdf(data)
        except UnreadablePdf as problem:
            self._data = b""
            self.clear(failure_of(problem).in_one())
            return
        self._data = data
        self._stack.setCurrentWidget(self.pages)

    def clear(self, sentence: str = "") -> None:
        """Show a sentence instead of pages."""
        self.pages.clear()
        self._data = b""
        if sentence:
            self._none.say(sentence)
        self._stack.setCurrentWidget(self._none)

    def say_waiting(self) -> None:
        """While the document is being drawn."""
        self.clear("見本を作成しています。")

    def show_marks(self, marks: Sequence[PageMark]) -> None:
        """Lay numbered frames over the pages."""
        self.pages.show_marks(marks)

    def page_count(self) -> int:
        """Number of pages shown."""
        return self.pages.page_count()

    def words(self) -> str:
        """The sentence shown instead of pages, or empty."""
        return self._none.words() if self._stack.currentWidget() is self._none else ""

    def print_out(self, *, title: str, mono: bool = True, copies: int = 1) -> None:
        """Ask for the printer and print what is shown; ``printed`` follows."""
        from app.widgets.pdf_printing import PrintRun, ask_printer

        if not self.page_count():
            return
        printer = ask_printer(self.pages.document, self, title=title, mono=mono, copies=copies)
        if printer is None:
            return
        run = PrintRun(self.pages.document, printer, self)
        run.progressed.connect(self.printing)
        run.finished.connect(self.printed)
        run.failed.connect(self.print_failed)
        for end in (run.finished, run.failed, run.stopped):
            end.connect(run.deleteLater)
        run.start()

    def _page_back(self) -> None:
        self.pages.go_to_page(self.pages.page() - 1)

    def _page_on(self) -> None:
        self.pages.go_to_page(self.pages.page() + 1)

    def _tell_page(self, page: int, count: int) -> None:
        self.count.setText(f"{page} / {count}" if count else "")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < count)
        for button in (self.smaller, self.larger, self.width_button, self.width_sign):
            button.setEnabled(count > 0)
        self.page_changed.emit(page, count)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words of the head do not fit, the last button is a sign."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        parts = (self.title, self.back, self.count, self.on, self.smaller, self.larger, self.width_button)
        # Also an empty note has a width of its own.
        note = self.note.minimumSizeHint().width() + 8
        need = sum(part.sizeHint().width() + 8 for part in parts) + 32 + note
        narrow = 0 < self.width() < need
        self.width_button.setVisible(not narrow)
        self.width_sign.setVisible(narrow)
        # A title that would be cut gives way: what is shown is chosen beside the preview.
        words = self.width_button.sizeHint().width() - self.width_sign.sizeHint().width()
        self.title.setVisible(not narrow or self.width() >= need - words)
