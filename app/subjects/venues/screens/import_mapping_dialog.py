"""列の対応: which column of a list of bookings holds what, set by hand and remembered for this form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.subjects.venues.services.booking_import import BookingPreview, column_choices
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label, rule
from app.widgets.note_box import NoteBox
from app.window import theme as t

_NEEDED = ("venue", "room")


class BookingMappingDialog(DialogFrame):
    """One line a column.

    Signals: ``settled(object)`` the columns as ``dict[int, str]``; those of ``DialogFrame``.
    """

    settled = Signal(object)

    def __init__(self, preview: BookingPreview, parent: QWidget | None = None) -> None:
        super().__init__(
            "列の対応", preview.file_name, main="この対応で読み直す", note="取り込むと、同じ形のファイルでつぎも使います。", width=760,
            parent=parent,
        )  # fmt: skip
        self.problem = NoteBox(tone="amber")
        self.boxes: list[ChoiceBox] = []
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, t.scaled(t.LABEL))
        grid.setColumnStretch(2, 1)
        for place, words in enumerate(("ファイルの列", "取り込む先", "最初の値")):
            grid.addWidget(label(words, "small"), 0, place)
        grid.addWidget(rule(), 1, 0, 1, 3)
        for index, (heading, sample) in enumerate(zip(preview.headings, preview.samples, strict=True)):
            name = heading.strip() or f"{index + 1}列目"
            box = ChoiceBox()
            box.setAccessibleName(f"{name}の取り込む先")
            box.setMinimumWidth(t.scaled(200))
            for value, words in column_choices():
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(preview.columns.get(index, ""))))
            box.currentIndexChanged.connect(lambda _number: self._check())
            self.boxes.append(box)
            grid.addWidget(label(name, wrap=True), index + 2, 0)
            grid.addWidget(box, index + 2, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(sample, "second", wrap=True), index + 2, 2)
        self.put(self.problem)
        self.put(holder)
        self.confirmed.connect(self._settle)
        self._check()

    def columns(self) -> dict[int, str]:
        """What each column holds; "" = not taken."""
        return {index: str(box.currentData()) for index, box in enumerate(self.boxes)}

    def _check(self) -> None:
        """A booking needs a venue and a day; one field stands in one column only."""
        chosen = [field for field in self.columns().values() if field]
        twice = sorted({box.currentText() for box in self.boxes if chosen.count(str(box.currentData())) > 1})
        missing = [] if any(field in chosen for field in _NEEDED) else ["施設"]
        missing += [] if "day" in chosen else ["利用日"]
        if missing:
            self.problem.say(f"「{'」「'.join(missing)}」の列が決まっていません。取り込む先を選んでください。")
        elif twice:
            self.problem.say(f"「{'」「'.join(twice)}」に2つ以上の列が当てられています。1つにしてください。")
        else:
            self.problem.say("")
        self.main.setEnabled(not missing and not twice)

    def _settle(self) -> None:
        self.accept()
        self.settled.emit(self.columns())
