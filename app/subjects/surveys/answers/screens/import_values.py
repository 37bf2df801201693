"""選択肢を当てる: texts that are no option of their question, each given to an option or left outside the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.subjects.surveys.answers.services.survey_mapping import StrangeText
from app.subjects.surveys.questions.rules.survey_questions import printed_number, printed_title
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import Paragraph, label
from db.records.surveys import Question

_LATER = "#later"
_MOST_TEXTS = 60


class ValuesDialog(DialogFrame):
    """One choice for every text. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        texts: Sequence[StrangeText],
        questions: Sequence[Question],
        chosen: Mapping[tuple[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "選択肢にない回答に選択肢を当てる",
            main="この当て方で確かめる",
            note="取り込んだあと、この実施回のつぎのファイルでも使います",
            width=760,
            parent=parent,
        )
        self._texts = tuple(texts)[:_MOST_TEXTS]
        self.boxes: dict[tuple[str, str], ChoiceBox] = {}
        self.put(
            Paragraph(
                "書き方の違いや、古い選択肢の言葉であることが確かなときだけ、当ててください。"
                "当てた言葉は、回答一覧の「確認すること」に残ります。",
                role="small",
            )
        )
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        by_code = {question.code: (place, question) for place, question in enumerate(questions, start=1)}
        for line, one in enumerate(self._texts):
            place, question = by_code[one.code]
            asked = Paragraph(f"{printed_number(question, place)} {printed_title(question)}", role="small")
            grid.addWidget(asked, line, 0)
            grid.addWidget(label(f"「{one.text}」　{one.count}件", "strong", wrap=True), line, 1)
            box = self._box(one, question, chosen.get((one.code, one.text), one.option))
            grid.addWidget(box, line, 2)
        self.put(inside)
        if len(texts) > _MOST_TEXTS:
            self.put(label(f"ほかに{len(texts) - _MOST_TEXTS}種類あります。選択肢にない回答として数えます。", "small"))
        self.body.addStretch(1)
        self.confirmed.connect(self.accept)
        if self.boxes:
            next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _box(self, one: StrangeText, question: Question, option: str | None) -> ChoiceBox:
        box = ChoiceBox()
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        box.setAccessibleName(f"「{one.text}」に当てる選択肢")
        if one.option is None:
            box.addItem("あとで決める", _LATER)
        box.addItem("選択肢にない回答として数える", "")
        for words in question.options:
            box.addItem(words, words)
        box.setCurrentIndex(max(0, box.findData(_LATER if option is None else option)))
        self.boxes[one.code, one.text] = box
        return box

    def values(self) -> dict[tuple[str, str], str]:
        """What was decided: an option, or an empty text for an answer outside the list."""
        found = {key: str(box.currentData()) for key, box in self.boxes.items()}
        return {key: option for key, option in found.items() if option != _LATER}
