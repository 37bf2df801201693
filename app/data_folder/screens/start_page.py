"""The frame of a start page: sidebar, heading, a scrolling middle, buttons at the foot.

The sidebar shows the product, the progress, and a link to the sample data.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.main_window.side_bar import PRODUCT
from app.widgets.buttons import Button
from app.widgets.labels import IconLabel, Paragraph, label, second_label, small_label, styled_frame, wrapped_label
from app.widgets.layouts import Part, add, fix_size, in_column, in_row
from app.widgets.screen import in_scroll_area
from app.widgets.step_block import paint_step
from app.window import theme as t
from app.window.icons import product_sign
from app.window.painting import frame_area, painting

WIDTH = 296
SAFETY_NOTE = "入力したものは、データフォルダーの中だけに、暗号化して保存します。外へは送りません。"
_WIDE_MARGIN, _MARGIN = 40, 24


class StepMark(QWidget):
    """Circle that marks a step: its number, or a tick when it is done. Signals: none."""

    def __init__(self, number: int):
        super().__init__()
        self._number = number
        self._state = "open"
        fix_size(self)

    def set_state(self, state: str) -> None:
        """Set the ``state`` of the step: done, here (the current one) or open (still to come)."""
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the circle."""
        return QSize(t.scaled(32), t.scaled(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle with its number, or with a tick when done; it is filled when done or current."""
        with painting(self) as painter:
            done = self._state == "done"
            filled = done or self._state == "here"
            paint_step(
                painter,
                frame_area(self),
                None if done else self._number,
                line=t.ACCENT if filled else t.CONTROL,
                fill=t.ACCENT if filled else t.PAGE,
                ink=t.PAGE if filled else t.INK_SECONDARY,
                tick=18,
            )


class StepList(QWidget):
    """Vertical list of steps, each with its title and a smaller second line. Signals: none."""

    def __init__(self, steps: Sequence[tuple[str, str]]):
        super().__init__()
        self._titles = []
        self._marks = []
        column = in_column(owner=self, spacing=20)
        for number, (title, second) in enumerate(steps, 1):
            mark = StepMark(number)
            name = wrapped_label(title)
            words = in_column(name, small_label(second), spacing=2)
            line = in_row((mark, 0, Qt.AlignmentFlag.AlignTop), (words, 1), spacing=12)
            column.addLayout(line)
            self._titles.append(name)
            self._marks.append(mark)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Mark the current step (from 0); those before it are done."""
        for number, (name, mark) in enumerate(zip(self._titles, self._marks, strict=True)):
            state = "here" if number == current else "done" if number < current else "open"
            mark.set_state(state)
            name.setFont(t.font("body", bold=state == "here"))
            colour = {"here": t.ACCENT, "done": t.INK, "open": t.INK_SECONDARY}[state]
            name.setStyleSheet(f"color: {colour};")
            said = {"here": "いまの段", "done": "済", "open": "これから"}[state]
            name.setAccessibleName(f"{name.text()}　{said}")


WHAT_IT_IS = "町会・自治会などのデジタル活用を支援する事業の、自治体職員用の管理ソフトです。"


class StartSidebar(QFrame):
    """Sidebar of a start page: product, subtitle, steps (title and second line), note on safety, 見本データで試す.

    ``sample`` False leaves that button out. Signals: none.
    """

    def __init__(self, subtitle: str, *, steps: Sequence[tuple[str, str]] = (), sample: bool = True):
        super().__init__()
        self.setProperty("kind", "sidebar")
        self.setFixedWidth(t.scaled(WIDTH))
        column = in_column(
            product_line(self.devicePixelRatioF()),
            Paragraph(subtitle, role="second"),
            28,
            owner=self,
            spacing=8,
            margins=(28, 24, 24, 28),
        )
        self.steps = StepList(steps) if steps else None
        if self.steps is not None:
            column.addWidget(self.steps)
        self.inside = in_column(spacing=8)
        add(column, self.inside, None)
        sign = IconLabel("lock-simple", 16, t.INK_SECONDARY)
        safe = in_row((sign, 0, Qt.AlignmentFlag.AlignTop), (Paragraph(SAFETY_NOTE, role="small"), 1), spacing=8)
        add(column, safe, 4)
        self.sample_button = Button("見本データで試す", icon_name="folder-open")
        column.addWidget(self.sample_button)
        self.sample_button.setVisible(sample)


def product_line(ratio: float) -> QHBoxLayout:
    """Return a row with the product's icon and name."""
    sign = QLabel()
    sign.setPixmap(product_sign(22, ratio=ratio))
    name = label(PRODUCT)
    name.setProperty("role", "product")
    return in_row(sign, name, None, spacing=10)


class StartPage(QWidget):
    """Page of the start; in a narrow window (``theme.is_narrow``) the sidebar becomes a strip above.

    ``body`` takes the parts, ``foot`` the buttons. Signals: ``sample_asked()``.
    """

    sample_asked = Signal()

    def __init__(self, sidebar: StartSidebar, title: str):
        super().__init__()
        self.sidebar = sidebar
        self._offers_sample = not sidebar.sample_button.isHidden()
        sidebar.sample_button.chosen.connect(self.sample_asked)
        down = in_column(spacing=0)
        in_row(sidebar, (down, 1), owner=self, spacing=0)
        self._strip = self._make_strip()
        down.addWidget(self._strip)
        self.title = label(title, "h1")
        self.count = label("", "second")
        self.hint = second_label()
        self._head = in_row(self.title, self.count, (self.hint, 1), spacing=16)
        down.addLayout(self._head)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setSpacing(16)
        self.area = in_scroll_area(inside)
        down.addWidget(self.area, 1)
        self._footer = styled_frame("footer")
        self.foot = QHBoxLayout(self._footer)
        self.foot.setSpacing(12)
        self._footer.hide()
        down.addWidget(self._footer)
        self._fold(narrow=False)

    def _make_strip(self) -> QFrame:
        """Return the strip that stands above the page in place of the sidebar in a narrow window."""
        strip = styled_frame("dialoghead")
        strip.setStyleSheet(f'QFrame[kind="dialoghead"] {{ background: {t.PAPER_TINT}; }}')
        self.strip_sample = Button("見本データで試す", self.sample_asked.emit, icon_name="folder-open", low=True)
        in_row(
            (product_line(self.devicePixelRatioF()), 1),
            self.strip_sample,
            owner=strip,
            margins=(_MARGIN, 6, _MARGIN, 6),
        )
        self.strip_sample.setVisible(self._offers_sample)
        return strip

    def focus_first_field(self) -> None:
        """Set the focus to the first field when the page is shown; does nothing unless overridden."""

    def add(self, *parts: Part) -> None:
        """Add widgets to the middle (``body``)."""
        add(self.body, *parts)

    def add_buttons(self, *parts: QWidget | None) -> None:
        """Add buttons to the foot, which is hidden until then; None adds a stretch."""
        for part in parts:
            if part is None:
                self.foot.addStretch(1)
            else:
                self.foot.addWidget(part)
        self._footer.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show sidebar or strip according to the logical width."""
        super().resizeEvent(event)
        self._fold(narrow=t.is_narrow(self.width()))

    def _fold(self, *, narrow: bool) -> None:
        """Show the strip in place of the sidebar where the window is narrow, with smaller margins."""
        margin = _MARGIN if narrow else _WIDE_MARGIN
        self.sidebar.setVisible(not narrow)
        self._strip.setVisible(narrow)
        self._head.setContentsMargins(margin, 12 if narrow else 26, margin, 4)
        self.body.setContentsMargins(margin, 8, margin, 16)
        self.foot.setContentsMargins(margin, 10 if narrow else 16, margin, 10 if narrow else 16)
