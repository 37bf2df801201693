"""The preview of a document: its PDF pages with buttons for page and zoom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.foreign_files.pdf_reading import PdfInfo, UnreadablePdf
from app.widgets.buttons import Button, MoreButton
from app.widgets.labels import label, small_label, styled_frame
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState
from app.widgets.pdf.pdf_pages import PageMark, PdfPages
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.failure_messages import failure_of


class PdfPreview(QWidget):
    """Shows a PDF held in memory.

    Signals: ``page_changed(int, int)`` page in view (from 1) and number of pages, 0 and 0 without a document;
    ``pages_shown()`` the pages of a received PDF, or its error, are shown.
    """

    page_changed = Signal(int, int)
    pages_shown = Signal()

    def __init__(
        self,
        *,
        title: str = "印刷されるとおりの見本",
        empty: str = "",
        compact: bool = False,
    ):
        """Create the preview; ``compact`` has one zoom button only, for use beside a list or a form."""
        super().__init__()
        self._aside = compact
        self.pages = PdfPages()
        self.title = label(title, "strong")
        self.note = small_label()
        self.back = Button(
            "前のページ", lambda: self.pages.go_to_page(self.pages.page() - 1), kind="icon", icon_name="caret-left"
        )
        self.on = Button(
            "つぎのページ", lambda: self.pages.go_to_page(self.pages.page() + 1), kind="icon", icon_name="caret-right"
        )
        self.count = label("", "body")
        self.smaller = Button("縮小", self.pages.zoom_out, kind="icon", icon_name="magnifying-glass-minus")
        self.larger = Button("拡大", self.pages.zoom_in, kind="icon", icon_name="magnifying-glass-plus")
        self.width_button = Button("幅に合わせる", self.pages.fit_width)
        self.zoom_buttons = self.smaller, self.larger, self.width_button
        self.width_sign = Button(
            "幅に合わせる", self.pages.fit_width, kind="icon", icon_name="arrows-out-line-horizontal"
        )
        head = styled_frame("dialoghead")
        self._line = line = in_row(self.title, (self.note, 1), owner=head, spacing=8, margins=(16, 6, 16, 6))
        self._more: MoreButton | None = None
        for part in (self.back, self.count, self.on, self.smaller, self.larger, self.width_button, self.width_sign):
            line.addWidget(part)
        self.width_sign.hide()
        self.enlarge = Button(
            "大きく見る・幅に合わせる", self._toggle_size, kind="icon", icon_name="magnifying-glass-plus"
        )
        line.addWidget(self.enlarge)
        for part in (self.back, self.on, self.smaller, self.larger, self.width_button) if compact else (self.enlarge,):
            part.hide()
        self._none = EmptyState(empty)
        self._none.setContentsMargins(16, 0, 16, 0)
        self.warning = NoteBox(tone="amber", small=True)
        column = in_column(head, self.warning, owner=self, spacing=0)
        # The layout first: a stack without a parent would show its first page as a window of its own.
        self._stack = PageLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.pages)
        self.pages.page_changed.connect(self._show_page)
        self._show_page(0, 0)
        self.setMinimumWidth(t.scaled(320))

    def fold_zoom(self, more: MoreButton) -> None:
        """Place 「…」 at the end of the head; the buttons for the size are entries of it (``zoom_buttons``)."""
        self._more = more
        self._line.addWidget(more)
        for button in self.zoom_buttons:
            button.move_into(self)

    def show_pdf(self, data: bytes, *, title: str = "") -> None:
        """Show a PDF that this program made, or an error in its place; ``title`` "" stays as it is."""
        if title:
            self.title.setText(title)
        try:
            self.pages.show_pdf(data)
        except UnreadablePdf as problem:
            self.clear(failure_of(problem).as_one_text())
            return
        self.warning.show_text("")
        self._stack.setCurrentWidget(self.pages)

    def show_received(
        self,
        app_context: AppContext,
        data: bytes,
        *,
        title: str = "",
        note: str = "",
        on_shown: Callable[[], object] | None = None,
    ) -> None:
        """Show a PDF of others, opened in the background; one that can't be shown shows an error in its place.

        ``title`` "" stays as it is, ``note`` "" clears the note. ``on_shown`` is called only when its pages are shown.
        """
        if title:
            self.title.setText(title)
        self.note.setText(note)

        def opened(facts: PdfInfo) -> None:
            """Show the opened file and emit ``pages_shown``."""
            self.warning.show_text(facts.warning)
            self._stack.setCurrentWidget(self.pages)
            self._fit_buttons()
            if on_shown is not None:
                on_shown()
            self.pages_shown.emit()

        def refused(problem: Exception) -> None:
            """Show why the file can't be opened, in place of its pages, and emit ``pages_shown``."""
            self.clear(failure_of(problem).as_one_text())
            self.pages_shown.emit()

        self.clear("受け取ったファイルを開いています。")
        self.pages.show_received(app_context, data, on_opened=opened, on_failed=refused)

    def clear(self, sentence: str = "") -> None:
        """Show a sentence instead of pages; "" = the one shown there last."""
        self.warning.show_text("")
        self.pages.clear()
        if sentence:
            self._none.show_text(sentence)
        self._stack.setCurrentWidget(self._none)

    def show_loading(self) -> None:
        """Show 「見本を作成しています。」 instead of pages."""
        self.clear("見本を作成しています。")

    def show_marks(self, marks: Sequence[PageMark]) -> None:
        """Draw numbered frames over the pages."""
        self.pages.show_marks(marks)

    def page_count(self) -> int:
        """Return the number of pages shown."""
        return self.pages.page_count()

    def words(self) -> str:
        """Return the sentence shown instead of pages, or ""."""
        return self._none.words() if self._stack.currentWidget() is self._none else ""

    def _show_page(self, page: int, count: int) -> None:
        """Show which page is shown and what can be done; emit ``page_changed``."""
        self.count.setText(f"{page} / {count}" if count else "")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < count)
        for button in (self.smaller, self.larger, self.width_button, self.width_sign, self.enlarge):
            button.setEnabled(count > 0)
        self.page_changed.emit(page, count)
        self._fit_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Replace the text of the last button by an icon if the header is too narrow."""
        super().resizeEvent(event)
        self._fit_buttons()

    def _toggle_size(self) -> None:
        if self.pages.fits_width:
            self.pages.zoom_in()
            self.pages.zoom_in()
        else:
            self.pages.fit_width()

    def _fit_buttons(self) -> None:
        """In a narrow preview, show a sign in place of the button for the width, and hide a title without room."""
        if self._aside or self._more:
            beside = (self.back, self.on, self._more) if self._more else (self.enlarge,)
            named = sum(part.sizeHint().width() + 8 for part in (self.title, self.count, *beside)) + 32
            self.title.setVisible(self.width() >= named)
            return
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
