"""The question whether the clause numbers match the signed contract; 「まだ」 is a valid answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.widgets.forms.form_fields import Field, RadioEditor
from app.widgets.labels import wrapped_label
from app.widgets.layouts import in_column

SAME, DIFFERENT, UNKNOWN = "一致", "相違", "未確認"
_FIELD = Field(
    "clauses_checked",
    "仕様書の項番",
    "radio",
    choices=((SAME, "一致する"), (DIFFERENT, "違うところがある"), (UNKNOWN, "契約書が未着")),
)
_ANSWER_TEXTS = {
    SAME: "この項番を、期限の根拠と書類に使います。",
    DIFFERENT: "上の表の項番を、契約書のとおりに直してください。",
    UNKNOWN: "「未確認」と記録し、書類には項番を印刷しません。契約書が届いたら「設定」の「契約条件」で確かめられます。",
}


class ClauseQuestion(QFrame):
    """The question with its answers. Signals: ``answered(str)`` 一致, 相違 or 未確認."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self.setProperty("tone", "amber")
        self.choice = RadioEditor(_FIELD)
        self._said = wrapped_label("", "small")
        in_column(
            wrapped_label("仕様書の項番（仕4(1)ア など）は、契約書の番号と一致しますか", "strong"),
            wrapped_label(
                "番号は、仕様書に出てくる順に補ったものです。外へ出す書類の前に、1度だけ確かめます。",
                "small",
            ),
            self.choice,
            self._said,
            owner=self,
            spacing=4,
            margins=(16, 10, 16, 10),
        )
        self.choice.edited.connect(self._on_answer)
        self.show_answer(UNKNOWN)

    def answer(self) -> str:
        """Return 一致, 相違 or 未確認."""
        return str(self.choice.value() or UNKNOWN)

    def show_answer(self, answer: str) -> None:
        """Show a stored answer."""
        self.choice.show_value(answer)
        self._said.setText(_ANSWER_TEXTS.get(answer, _ANSWER_TEXTS[UNKNOWN]))

    def _on_answer(self) -> None:
        self._said.setText(_ANSWER_TEXTS[self.answer()])
        self.answered.emit(self.answer())
