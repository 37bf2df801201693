"""The numbers at the door, 受付済 of 予定 as a bar, tablets and the keys: a column beside the list, or one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.subjects.events.reception.services.reception import Reception
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, key_cap, label, rule
from app.widgets.layouts import add, in_column, in_grid
from app.widgets.panel import Panel
from app.widgets.screen import row
from app.window import theme as t
from app.window.icons import picture
from app.window.painting import painting, stroke

PRIVACY = "来場者に見えるため、電話番号と配慮の内容は表示しません。配慮は「F8」か「配慮」を押している間だけ出ます。"
NAME_KEY, SUBSTITUTE_KEY, LATE_KEY = "F3", "F6", "F7"
KEYS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("番号", "Enter"), "", "受付済"),
    (("↑", "↓", "Space"), "", "選んで受付済"),
    (("F8",), "押している間", "配慮の内容"),
    ((SUBSTITUTE_KEY, LATE_KEY), "選んだ方の", "代理、遅刻"),
)


class CountBar(QWidget):
    """How many of the expected have come, as a bar. Signals: none."""

    def __init__(self, height: int = 14) -> None:
        super().__init__()
        self._share = 0.0
        self._height = height
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough to be read as a share."""
        return QSize(120, self._height)

    def show_share(self, came: int, expected: int) -> None:
        """Fill ``came`` of ``expected``."""
        self._share = came / expected if expected else 0.0
        self.setAccessibleName(f"{expected}人のうち{came}人")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        with painting(self) as painter:
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(stroke(t.ACCENT))
            painter.setBrush(t.PAGE)
            painter.drawRoundedRect(area, 3, 3)
            painter.fillRect(QRectF(0, 0, self.width() * min(self._share, 1.0), self.height()), t.ACCENT)


class DoorStrip(QWidget):
    """The same numbers in one line. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.came = label("", "h2")
        self.bar = CountBar(10)
        self.rest = label("")
        self.lent = label("", "second")
        in_column(FlowRow(self.came, self.bar, self.rest, self.lent, spacing=16), owner=self)

    def show_reception(self, door: Reception) -> None:
        """Show the numbers as they stand."""
        among = f"当日受付 {door.walk_ins}" + (f"・遅刻 {door.late}" if door.late else "")
        self.came.setText(f"受付済 {len(door.received)} / {door.expected}人")
        self.bar.show_share(len(door.received), door.expected)
        self.rest.setText(f"うち{among}　未受付 {len(door.waiting)}　欠席の連絡 {door.told_absent}")
        self.lent.setText(f"貸与 渡した {door.tablets.out}・未渡し {door.tablets.waiting}" if has_tablets(door) else "")


def has_tablets(door: Reception) -> bool:
    """Whether anything is lent today."""
    return bool(door.tablets.needed or door.tablets.spare)


def tablet_words(door: Reception) -> str:
    """「6台＋予備2台」."""
    return f"{door.tablets.needed}台" + (f"＋予備{door.tablets.spare}台" if door.tablets.spare else "")


class DoorSide(QWidget):
    """The numbers beside the list: 受付済 and 予定, tablets, and the keys of the door. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.came = label("0", "count")
        self.expected = label("/ 0人", "h1")
        self.bar = CountBar()
        self.among = _Numbers("うち当日受付", "うち遅刻")
        self.numbers = _Numbers("未受付", "欠席の連絡")
        counts = Panel()
        counts.setObjectName("counts")
        counts.setStyleSheet(f"QFrame#counts {{ border: 1px solid {t.ACCENT}; }}")
        counts.put(_large("受付済"), row(self.came, self.expected, None), self.bar, self.among, rule(), self.numbers)
        self.lent = _Numbers("渡した", "未渡し", "予備を渡した")
        self.tablets = Panel("貸与タブレット", note=" ")
        self.tablets.put(self.lent)
        self.keys = Panel("キーだけで受付")
        for caps, hint, what in KEYS:
            parts = [key_cap(cap) for cap in caps] + ([label(hint, "small")] if hint else [])
            self.keys.put(row(*parts, None, label(what), spacing=4))
        in_column(counts, self.tablets, self.keys, privacy_note(), None, owner=self, spacing=12)

    def show_reception(self, door: Reception) -> None:
        """Show the numbers as they stand."""
        self.came.setText(str(len(door.received)))
        self.came.setAccessibleName(f"受付済 {len(door.received)}人")
        self.expected.setText(f"/ {door.expected}人")
        self.bar.show_share(len(door.received), door.expected)
        self.among.show_numbers(door.walk_ins, door.late)
        self.numbers.show_numbers(len(door.waiting), door.told_absent)
        self.tablets.setVisible(has_tablets(door))
        self.tablets.note.setText(tablet_words(door))
        self.lent.show_numbers(door.tablets.out, door.tablets.waiting, door.tablets.spare_out)


def privacy_note() -> QVBoxLayout:
    """Why nothing private is seen here."""
    sign = QLabel()
    sign.setPixmap(picture("eye-slash", 16, t.SECOND))
    words = Paragraph(PRIVACY, role="small")
    line = row(spacing=6)
    add(line, (sign, 0, Qt.AlignmentFlag.AlignTop), (words, 1))
    return in_column(line)


def _large(text: str, *, bold: bool = False) -> QLabel:
    """A word or number that is read from a step away."""
    made = label(text)
    made.setStyleSheet(f"font-size: {t.points('h2')}pt; font-weight: {'bold' if bold else 'normal'};")
    return made


class _Numbers(QWidget):
    """Words at the left, numbers at the right. Signals: none."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        grid = in_grid(self, margins=(0, 0, 0, 0), down=8, wide=0)
        self.labels = []
        for line, each in enumerate(words):
            number = _large("0", bold=True)
            grid.addWidget(_large(each), line, 0)
            grid.addWidget(number, line, 1, Qt.AlignmentFlag.AlignRight)
            self.labels.append(number)
            self._name(number, each, 0)

    def show_numbers(self, *numbers: int) -> None:
        """Show the numbers in the order of the words."""
        for made, number in zip(self.labels, numbers, strict=True):
            made.setText(str(number))
            self._name(made, made.accessibleName().split(" ")[0], number)

    @staticmethod
    def _name(made: QLabel, words: str, number: int) -> None:
        made.setAccessibleName(f"{words} {number}")
