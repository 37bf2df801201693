"""The preview of a document: the PDF itself with its pages, zoom, and the way to the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.empty_state import EmptyState
from app.widgets.labels import label
from app.widgets.pdf_pages import PageMark, PdfPages, UnreadablePdf
from app.window import theme as t
from app.window.failure_messages import failure_of


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
        self._stack = QStackedLayout()
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
        note = self.note.minimumSizeHint().width() + 8 if self.note.text() else 8
        need = sum(part.sizeHint().width() + 8 for part in parts) + 32 + note
        narrow = 0 < self.width() < need
        self.width_button.setVisible(not narrow)
        self.width_sign.setVisible(narrow)
        # A title that would be cut gives way: what is shown is chosen beside the preview.
        words = self.width_button.sizeHint().width() - self.width_sign.sizeHint().width()
        self.title.setVisible(not narrow or self.width() >= need - words)
