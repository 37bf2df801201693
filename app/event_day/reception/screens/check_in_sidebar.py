"""Numbers of the check-in (受付済 of 予定 as a bar, tablets) and its keys, as a column or in one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.common.join_nonempty import fill_nonempty
from app.event_day.reception.services import Reception
from app.widgets.flow_row import FlowRow
from app.widgets.labels import IconLabel, Paragraph, key_cap, label, separator
from app.widgets.layouts import add, in_column, in_grid
from app.widgets.panel import Panel
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.painting import paint_box, painting, stroke

PRIVACY = (
    "来場者に見えるため、電話番号と配慮の内容は表示しません。配慮と本人のことばは、「F8」か印を押している間だけ出ます。"
)
NAME_KEY, SUBSTITUTE_KEY, LATE_KEY = "F3", "F6", "F7"
KEY_HINTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("番号", "Enter"), "", "受付済"),
    (("↑", "↓", "Space"), "", "選んで受付済"),
    (("F8",), "押している間", "配慮・ことば"),
    ((SUBSTITUTE_KEY, LATE_KEY), "選んだ方の", "代理、遅刻"),
)


class CountBar(QWidget):
    """Bar of how many of the expected people have come. Signals: none."""

    def __init__(self, height: int = 14):
        super().__init__()
        self._share = 0.0
        self._height = height
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a width that is readable as a share."""
        return QSize(120, self._height)

    def show_share(self, came: int, expected: int) -> None:
        """Fill ``came`` of ``expected``."""
        self._share = came / expected if expected else 0.0
        self.setAccessibleName(f"{expected}人のうち{came}人")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        with painting(self) as painter:
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_box(painter, area, stroke(t.ACCENT), t.PAGE, radius=3)
            painter.fillRect(QRectF(0, 0, self.width() * min(self._share, 1.0), self.height()), t.ACCENT)


class CheckInSummaryLine(QWidget):
    """The numbers of the check-in in one line. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.came = label("", "h2", figure=True)
        self.bar = CountBar(10)
        self.rest = label("")
        self.lent = label("", "second")
        in_column(FlowRow(self.came, self.bar, self.rest, self.lent, spacing=16), owner=self)

    def show_reception(self, reception: Reception) -> None:
        """Show how many came, are missing, and have tablets, in one line."""
        among = f"当日受付 {reception.walk_in_count}" + fill_nonempty("・遅刻 {}", reception.late_count)
        self.came.setText(f"受付済 {len(reception.received)} / {reception.expected_count}人")
        self.bar.show_share(len(reception.received), reception.expected_count)
        self.rest.setText(f"うち{among}　未受付 {len(reception.waiting)}　欠席 {reception.absent_count}")
        self.lent.setText(
            f"貸与 渡した {reception.tablets.handed_out}・未渡し {reception.tablets.waiting}"
            if has_tablets(reception)
            else ""
        )


def check_in_counts(reception: Reception) -> str:
    """Return 「受付済 3 / 14人　未受付 11人」, as it is said aloud."""
    came, awaited = len(reception.received), len(reception.waiting)
    return f"受付済 {came} / {reception.expected_count}人　未受付 {awaited}人"


def has_tablets(reception: Reception) -> bool:
    """Return whether any tablet is to be lent today, or is in reserve."""
    return bool(reception.tablets.needed or reception.tablets.spare)


def tablet_words(reception: Reception) -> str:
    """Return 「6台＋予備2台」."""
    return f"{reception.tablets.needed}台" + fill_nonempty("＋予備{}台", reception.tablets.spare)


class CheckInSidebar(QWidget):
    """Column beside the list: 受付済 and 予定, tablets, and the keys. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.came = label("0", "count")
        self.expected = label("/ 0人", "h1", figure=True)
        self.bar = CountBar()
        self.among = _NumberList("うち当日受付", "うち遅刻")
        self.numbers = _NumberList("未受付", "欠席")
        counts = Panel()
        counts.setObjectName("counts")
        counts.setStyleSheet(f"QFrame#counts {{ border: 1px solid {t.ACCENT}; }}")
        counts.put(
            _large_label("受付済"),
            widget_row(self.came, self.expected, None),
            self.bar,
            self.among,
            separator(),
            self.numbers,
        )
        self.lent = _NumberList("渡した", "未渡し", "予備を渡した")
        self.tablets = Panel("貸与タブレット", note=" ")
        self.tablets.put(self.lent)
        self.keys = Panel("キーだけで受付")
        for caps, hint, what in KEY_HINTS:
            parts = [key_cap(cap) for cap in caps] + ([label(hint, "small")] if hint else [])
            self.keys.put(widget_row(*parts, None, label(what), spacing=4))
        in_column(counts, self.tablets, self.keys, privacy_note(), None, owner=self, spacing=12)

    def show_reception(self, reception: Reception) -> None:
        """Show how many came, are missing, and have tablets."""
        self.came.setText(str(len(reception.received)))
        self.came.setAccessibleName(f"受付済 {len(reception.received)}人")
        self.expected.setText(f"/ {reception.expected_count}人")
        self.bar.show_share(len(reception.received), reception.expected_count)
        self.among.show_numbers(reception.walk_in_count, reception.late_count)
        self.numbers.show_numbers(len(reception.waiting), reception.absent_count)
        self.tablets.setVisible(has_tablets(reception))
        self.tablets.note.setText(tablet_words(reception))
        self.lent.show_numbers(
            reception.tablets.handed_out, reception.tablets.waiting, reception.tablets.spare_handed_out
        )


def privacy_note() -> QVBoxLayout:
    """Build the note that says why no private data is shown."""
    sign = IconLabel("eye-slash", 16, t.INK_SECONDARY)
    words = Paragraph(PRIVACY, role="small")
    line = widget_row(spacing=6)
    add(line, (sign, 0, Qt.AlignmentFlag.AlignTop), (words, 1))
    return in_column(line)


def _large_label(text: str, *, bold: bool = False) -> QLabel:
    """Return a label that is readable from a step away."""
    made = label(text)
    made.setStyleSheet(f"font-size: {t.points('h2')}pt; font-weight: {'bold' if bold else 'normal'};")
    return made


class _NumberList(QWidget):
    """List with words at the left and numbers at the right. Signals: none."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        grid = in_grid(self, margins=(0, 0, 0, 0), down=8, wide=0)
        self.labels = []
        for line, each in enumerate(words):
            number = _large_label("0", bold=True)
            grid.addWidget(_large_label(each), line, 0)
            grid.addWidget(number, line, 1, Qt.AlignmentFlag.AlignRight)
            self.labels.append(number)
            self._set_accessible_name(number, each, 0)

    def show_numbers(self, *numbers: int) -> None:
        """Show the numbers in the order of the words."""
        for made, number in zip(self.labels, numbers, strict=True):
            made.setText(str(number))
            self._set_accessible_name(made, made.accessibleName().split(" ")[0], number)

    @staticmethod
    def _set_accessible_name(made: QLabel, words: str, number: int) -> None:
        made.setAccessibleName(f"{words} {number}")
