"""The strip under the tabs of a page: the most urgent notice in one line, the others below it on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.widgets.buttons import Button, link_button
from app.widgets.labels import IconLabel, Paragraph
from app.widgets.layouts import in_column, in_row, row_of
from app.widgets.screen import clear_layout
from app.window import theme as t
from app.window.announce import announce
from app.window.icons import icon
from db.record import record

NoticeTone = Literal["red", "amber", "quiet", "done"]
_ORDER: tuple[NoticeTone, ...] = get_args(NoticeTone)
_SIGN: dict[NoticeTone, tuple[str, str]] = {
    "red": ("warning-octagon-fill", t.RED),
    "amber": ("clock-fill", t.AMBER),
    "quiet": ("info", t.INK_SECONDARY),
    "done": ("check-circle-fill", t.GREEN),
}


@record
class Notice:
    """One notice of a page.

    Attributes:
        text: one sentence, strong parts between 「**」.
        tone: amber = the ward has to do it today, or the act of the page waits for it; red = a contract or a law has
            let its day run out; quiet = it is only so; done = it is settled.
        link: text of the link at the right end, "" = none.
    """

    text: str
    tone: NoticeTone = "quiet"
    link: str = ""
    on_click: Callable[[], object] | None = None

    @property
    def id(self) -> str:
        """Return what keeps it chosen in a list that is read again."""
        return f"{self.link}{self.text}"


class NoticeStrip(QFrame):
    """Shows the most urgent of several notices in one line; 「ほか 2件」 opens the others downwards. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        self._notices: tuple[Notice, ...] = ()
        self._rest = QWidget()
        self._rest.hide()
        self._first_line = in_column()
        self._lines = in_column(owner=self._rest, spacing=4)
        self.more = Button("", kind="link", icon_name="caret-right")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_rest)
        first = in_row((self._first_line, 1), (self.more, 0, Qt.AlignmentFlag.AlignVCenter), spacing=16)
        in_column(first, self._rest, owner=self, spacing=4, margins=(t.PAGE_X, 6, t.PAGE_X, 6))
        self.hide()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show the notices, the most urgent first and else in their order; none hides the strip."""
        shown = tuple(sorted(notices, key=lambda one: _ORDER.index(one.tone)))
        if shown == self._notices:
            return
        self._notices = shown
        for layout in (self._first_line, self._lines):
            clear_layout(layout)
        for number, notice in enumerate(shown):
            (self._lines if number else self._first_line).addWidget(_notice_line(notice))
        self.more.set_words(f"ほか {len(shown) - 1}件" if len(shown) > 1 else "")
        if len(shown) < 2:
            self.more.setChecked(False)
        self.setVisible(bool(shown))
        if not shown:
            return
        self.setProperty("tone", shown[0].tone)
        self.style().polish(self)
        if shown[0].tone != "quiet" and self.isVisible():
            announce(self, self.words())

    def _show_rest(self, is_open: bool) -> None:
        """Show or hide the other notices below the first."""
        self.more.setIcon(icon("caret-down" if is_open else "caret-right", t.ACCENT))
        self._rest.setVisible(is_open)

    def words(self) -> str:
        """Return all notices as text, a line each."""
        return "\n".join(notice.text.replace("**", "") for notice in self._notices)


def _notice_line(notice: Notice) -> QWidget:
    """Return the line of a notice: its sign, its words, and its link at the right end."""
    name, colour = _SIGN[notice.tone]
    return row_of(
        (IconLabel(name, 16, colour), 0, Qt.AlignmentFlag.AlignVCenter),
        (Paragraph(notice.text), 1),
        *([link_button(notice.link, notice.on_click)] if notice.link else []),
        spacing=10,
    )
