"""The numbers beside the list: 受付済 and 予定, tablets, and the keys of the door."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.subjects.reception.screens.count_bar import CountBar
from app.subjects.reception.screens.door_strip import has_tablets, tablet_words
from app.subjects.reception.services.reception import Reception
from app.widgets.labels import Paragraph, key_cap, label
from app.widgets.panel import Panel
from app.widgets.screen import row
from app.window import theme as t
from app.window.icons import picture

PRIVACY = "来場者に見えるため、電話番号と配慮の内容は表示しません。配慮は「F8」か「配慮」を押している間だけ出ます。"
KEYS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("番号", "Enter"), "", "受付済"),
    (("↑", "↓", "Space"), "", "選んで受付済"),
    (("F8",), "押している間", "配慮の内容"),
    (("Esc",), "", "検索を消す"),
)


class DoorSide(QWidget):
    """The right column. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.came = label("0", "count")
        self.expected = label("/ 0人", "h1")
        self.bar = CountBar()
        self.numbers = _Numbers("未受付", "うち当日受付", "欠席の連絡")
        counts = Panel()
        counts.setObjectName("counts")
        counts.setStyleSheet(f"QFrame#counts {{ border: 1px solid {t.ACCENT}; }}")
        counts.put(_large("受付済"))
        counts.body.addLayout(row(self.came, self.expected, None))
        counts.put(self.bar)
        counts.put(self.numbers)
        self.lent = _Numbers("渡した", "未渡し", "予備を渡した")
        self.tablets = Panel("貸与タブレット", note=" ")
        self.tablets.put(self.lent)
        self.keys = Panel("キーだけで受付")
        for caps, hint, what in KEYS:
            parts = [key_cap(cap) for cap in caps] + ([label(hint, "small")] if hint else [])
            self.keys.body.addLayout(row(*parts, None, label(what), spacing=4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(counts)
        column.addWidget(self.tablets)
        column.addWidget(self.keys)
        column.addLayout(privacy_note())
        column.addStretch(1)

    def show_reception(self, door: Reception) -> None:
        """Show the numbers as they stand."""
        self.came.setText(str(len(door.received)))
        self.came.setAccessibleName(f"受付済 {len(door.received)}人")
        self.expected.setText(f"/ {door.expected}人")
        self.bar.show_share(len(door.received), door.expected)
        self.numbers.show_numbers(len(door.waiting), door.walk_ins, door.told_absent)
        self.tablets.setVisible(has_tablets(door))
        self.tablets.note.setText(tablet_words(door))
        self.lent.show_numbers(door.tablets.out, door.tablets.waiting, door.tablets.spare_out)


def privacy_note() -> QVBoxLayout:
    """Why nothing private is seen here."""
    sign = QLabel()
    sign.setPixmap(picture("eye-slash", 16, t.SECOND))
    words = Paragraph(PRIVACY, role="small")
    line = row(spacing=6)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    column = QVBoxLayout()
    column.addLayout(line)
    return column


def _large(text: str, *, bold: bool = False) -> QLabel:
    """A word or number that is read from a step away."""
    made = label(text)
    made.setStyleSheet(f"font-size: {t.points('h2')}pt; font-weight: {'bold' if bold else 'normal'};")
    return made


class _Numbers(QWidget):
    """Words at the left, numbers at the right. Signals: none."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
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
