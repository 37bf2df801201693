"""Pages with one centred column: for errors, restoring, waiting, and messages to be read once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from app.data_folder.screens.start_page import product_line
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import (
    IconLabel,
    Paragraph,
    heading,
    label,
    second_label,
    show_text_or_hide,
    styled_frame,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import Part, add, in_column, in_row
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.debounce import debounce

_COLUMN = 880
_MORE_AFTER_MS = 3000


class CentredPage(QWidget):
    """Page with the product name at the top, ``body`` in the middle, ``foot`` for the buttons. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        outer = in_column(self._top(), owner=self, spacing=0)
        inside = QWidget()
        across = in_row(owner=inside, margins=(t.PAGE_X, 20, t.PAGE_X, 16))
        column = QWidget()
        column.setMaximumWidth(t.scaled(_COLUMN))
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body = in_column(owner=column, spacing=14)
        add(across, None, (column, 100), None)
        self.area = in_scroll_area(inside)
        outer.addWidget(self.area, 1)
        self._footer = styled_frame("footer")
        middle = in_row(owner=self._footer, margins=(t.PAGE_X, 12, t.PAGE_X, 12))
        held = QWidget()
        held.setMaximumWidth(t.scaled(_COLUMN))
        self.foot = in_row(owner=held, spacing=12)
        add(middle, None, (held, 100), None)
        self._footer.hide()
        outer.addWidget(self._footer)

    def _top(self) -> QFrame:
        """Build and return the bar at the top with the product's name and the user."""
        top = styled_frame("dialoghead")
        top.setStyleSheet(f'QFrame[kind="dialoghead"] {{ background: {t.PAPER_TINT}; }}')
        self._user_sign = IconLabel("user-circle", 18, t.INK)
        self._user = label("")
        in_row(
            (product_line(self.devicePixelRatioF()), 1),
            self._user_sign,
            self._user,
            owner=top,
            margins=(t.PAGE_X, 0, t.PAGE_X, 0),
        )
        self.show_user("")
        top.setFixedHeight(t.scaled(t.TOP_BAR))
        return top

    def show_user(self, words: str) -> None:
        """Show the name of the user at the top right; empty hides it."""
        show_text_or_hide(self._user, words)
        self._user_sign.setVisible(bool(words))

    def focus_first_field(self) -> None:
        """Set the focus to the first field when the page is shown; does nothing unless overridden."""

    def add(self, *parts: Part) -> None:
        """Add widgets to the column (``body``)."""
        add(self.body, *parts)

    def add_buttons(self, *parts: QWidget | None) -> None:
        """Add buttons to the foot, which is hidden until then; None adds a stretch."""
        for part in parts:
            if part is None:
                self.foot.addStretch(1)
            else:
                self.foot.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._footer.show()


class WaitingPage(CentredPage):
    """Page shown while something takes its time, with a moving bar and no buttons. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.add(None)
        self._words = wrapped_label("", "h2")
        self._words.setMinimumWidth(360)
        self.add(self._words)
        bar = with_accessible_name(QProgressBar(), "進んでいます")
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.add(bar)
        self._more_label = second_label()
        self._more_label.setMinimumHeight(self._more_label.fontMetrics().height() * 3)
        self.add(self._more_label)
        self.body.addStretch(2)
        self._if_long = ""
        self._more_timer = debounce(self, self._show_more, _MORE_AFTER_MS)

    def show_work(self, words: str, *, if_long: str = "") -> None:
        """Show what is being done; ``if_long`` appears below it after three seconds."""
        self._words.setText(words)
        self._more_label.setText("")
        self._if_long = if_long
        if if_long:
            self._more_timer.start()
        else:
            self._more_timer.stop()

    def words(self) -> str:
        """Return the text of what is being done."""
        return self._words.text()

    def _show_more(self) -> None:
        """Show the words for a long wait, once three seconds have passed."""
        self._more_label.setText(self._if_long)


class NotesPage(CentredPage):
    """Page with messages to be read once, and the sentence that saved data are unchanged.

    Signals: ``done()`` 閉じる was pressed.
    """

    done = Signal()

    def __init__(self, title: str, sentences: Sequence[str]):
        super().__init__()
        self.add(heading(title))
        for sentence in sentences:
            self.add(Paragraph(sentence))
        self.add(Paragraph("保存済みのデータはそのままです。"), None)
        self.close_button = Button("閉じる", self.done.emit, kind="main", tall=True)
        self.add_buttons(None, self.close_button)
        self.close_button.setFocus()


def show_notes(parent: QWidget, sentences: Sequence[str], title: str) -> DialogFrame:
    """Show the messages in a dialog over ``parent``, which 閉じる closes; return it at once, already open."""
    dialog = DialogFrame(title, cancel="閉じる", width=620, parent=parent)
    for sentence in sentences:
        dialog.put(Paragraph(sentence))
    dialog.body.addStretch(1)
    dialog.cancel.setDefault(True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
