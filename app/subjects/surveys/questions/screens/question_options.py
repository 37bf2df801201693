"""What depends on a question's options: which excludes the others, which are added up, and who is asked a later one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.subjects.surveys.questions.rules.questionnaire_editing import renamed_options
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.widgets.flow_row import FlowRow
from app.widgets.form_fields import ChoiceBox
from app.widgets.labels import label
from app.window import theme as t
from db.records.surveys import Question, Role

_ROLES: tuple[tuple[Role | None, str], ...] = (
    (None, "肯定計"),
    ("satisfaction", "満足計（満足度の設問）"),
    ("understanding", "肯定計（理解度の設問）"),
    ("intent", "肯定計（活用の意向の設問）"),
)


_LINE = 14
_NARROW = 12
EVERYBODY = "全員に聞く"


def option_box(option: str) -> QCheckBox:
    """A box to tick with an option beside it, a long one in several lines."""
    lines = [option[at : at + _LINE] for at in range(0, len(option), _LINE)]
    box = QCheckBox("\n".join(lines))
    box.setProperty("option", option)
    box.setAccessibleName(option)
    return box


def option_of(box: QCheckBox) -> str:
    """The option that stands beside a box, letter for letter."""
    return str(box.property("option"))


def keep_narrow(box: ChoiceBox) -> None:
    """Let a list take the room there is: long texts are read in full when it folds down."""
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_NARROW)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class QuestionOptions(QWidget):
    """The exclusive option, the positive ones and what their sum is. Signals: ``edited()``."""

    edited = Signal()

    def __init__(self, *, label_width: int = t.LABEL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[str, ...] = ()
        self.exclusive = ChoiceBox()
        self.exclusive.setAccessibleName("ほかと一緒に選べない選択肢")
        keep_narrow(self.exclusive)
        self.role = ChoiceBox()
        self.role.setAccessibleName("足した人数の呼び方")
        for role, words in _ROLES:
            self.role.addItem(words, role)
        self.boxes: list[QCheckBox] = []
        self._flow = FlowRow(spacing=4)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        grid.setColumnStretch(1, 1)
        self._exclusive_label = label("一緒に選べない選択肢", wrap=True)
        self._exclusive_label.setFixedWidth(t.scaled(label_width))
        grid.addWidget(self._exclusive_label, 0, 0)
        grid.addWidget(self.exclusive, 0, 1)
        self._positive_label = label("足して示す選択肢", wrap=True)
        self._positive_label.setFixedWidth(t.scaled(label_width))
        self._positive_label.setContentsMargins(0, 6, 0, 0)
        grid.addWidget(self._positive_label, 1, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self._flow)
        self._hint = label("選んだ人を足してから割り、満足計や肯定計として示します", "small", wrap=True)
        column.addWidget(self._hint)
        grid.addLayout(column, 1, 1)
        self._role_label = label("足した人数の呼び方", wrap=True)
        self._role_label.setFixedWidth(t.scaled(label_width))
        grid.addWidget(self._role_label, 2, 0)
        grid.addWidget(self.role, 2, 1)
        self.exclusive.activated.connect(lambda _n: self.edited.emit())
        self.role.activated.connect(lambda _n: self.edited.emit())

    def show_values(self, options: tuple[str, ...], exclusive: str | None, positive: tuple[str, ...]) -> None:
        """Offer these options, with what is chosen among them."""
        self._options = options
        self.exclusive.clear()
        self.exclusive.addItem("なし", None)
        for option in options:
            self.exclusive.addItem(option, option)
        self.exclusive.setCurrentIndex(max(0, self.exclusive.findData(exclusive)))
        self._flow.clear()
        self.boxes = []
        for option in options:
            box = option_box(option)
            box.setChecked(option in positive)
            box.clicked.connect(lambda _on: self.edited.emit())
            self._flow.add(box)
            self.boxes.append(box)
        self._fold()

    def show_role(self, role: Role | None) -> None:
        """Show what the sum is called."""
        self.role.setCurrentIndex(max(0, self.role.findData(role)))

    def follow(self, options: tuple[str, ...]) -> None:
        """Other options were typed; what was chosen stays, also under another wording in the same place."""
        names = renamed_options(self._options, options)
        exclusive = self.exclusive_option()
        chosen = tuple(names[option] for option in self.positive() if option in names)
        self.show_values(options, names.get(exclusive) if exclusive is not None else None, chosen)

    def exclusive_option(self) -> str | None:
        """The option that excludes the others, or None."""
        chosen = self.exclusive.currentData()
        return chosen if isinstance(chosen, str) else None

    def positive(self) -> tuple[str, ...]:
        """The options whose people are added."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked())

    def chosen_role(self) -> Role | None:
        """What the sum is called; None without one."""
        found = next((role for role, _words in _ROLES if role == self.role.currentData()), None)
        return found if self.positive() else None

    def lock(self, *, multiple: bool, locked: bool) -> None:
        """The exclusive option belongs to 複数回答; after the first answer it stays."""
        self.exclusive.setVisible(multiple)
        self._exclusive_label.setVisible(multiple)
        self.exclusive.setEnabled(not locked)

    def _fold(self) -> None:
        some = bool(self.boxes)
        for part in (self._positive_label, self._flow, self._hint, self.role, self._role_label):
            part.setVisible(some)


class QuestionBranch(QWidget):
    """The earlier question that decides, and its options. Signals: ``edited()``."""

    edited = Signal()

    def __init__(self, *, label_width: int = t.LABEL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: tuple[Question, ...] = ()
        self.asked = ChoiceBox()
        self.asked.setAccessibleName("聞く相手")
        keep_narrow(self.asked)
        self.boxes: list[QCheckBox] = []
        self._flow = FlowRow(spacing=4)
        self._hint = label("選んだ人だけに聞きます。ほかの人は非該当になり、割合の母数に入りません", "small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, t.scaled(label_width))
        grid.setColumnStretch(1, 1)
        words = label("聞く相手")
        words.setMinimumHeight(t.scaled(t.FIELD))
        grid.addWidget(words, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.asked, 0, 1)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self._flow)
        column.addWidget(self._hint)
        grid.addLayout(column, 1, 1)
        self.asked.activated.connect(lambda _number: self._take_another())

    def show_branch(self, question: Question, earlier: Sequence[Question]) -> None:
        """Offer the earlier questions that have options, with what is chosen now."""
        self._earlier = tuple(one for one in earlier if one.type in ("SA", "MA"))
        numbers = {one.code: place for place, one in enumerate(earlier, start=1)}
        self.asked.clear()
        self.asked.addItem(EVERYBODY, "")
        for one in self._earlier:
            self.asked.addItem(f"問{numbers[one.code]} {printed_title(one)}", one.code)
        self.asked.setCurrentIndex(max(0, self.asked.findData(question.asked_of)))
        self._offer(question.asked_of_options)

    def asked_of(self) -> str:
        """The code of the question that decides, empty = everybody."""
        return str(self.asked.currentData() or "")

    def asked_of_options(self) -> tuple[str, ...]:
        """The options whose people are asked."""
        return tuple(option_of(box) for box in self.boxes if box.isChecked()) if self.asked_of() else ()

    def lock(self, locked: bool) -> None:
        """After the first answer who is asked stays."""
        self.asked.setEnabled(not locked)
        for box in self.boxes:
            box.setEnabled(not locked)

    def _take_another(self) -> None:
        self._offer(())
        self.edited.emit()

    def _offer(self, chosen: Sequence[str]) -> None:
        self._flow.clear()
        self.boxes = []
        asked = next((one for one in self._earlier if one.code == self.asked_of()), None)
        for option in asked.options if asked is not None else ():
            box = option_box(option)
            box.setChecked(option in chosen)
            box.clicked.connect(lambda _on: self.edited.emit())
            self._flow.add(box)
            self.boxes.append(box)
        for part in (self._flow, self._hint):
            part.setVisible(asked is not None)
