"""状態を変える: 決定, 補欠, 落選, 辞退 or back again by hand, with the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.saved import Saved
from app.subjects.roster.services.entries import EntryRow
from app.subjects.roster.services.entry_changes import restore_entry, set_state
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of

_WORDS = {
    "決定": "決定　参加できる方",
    "補欠": "補欠　空きが出たときの、いちばん後ろの順",
    "落選": "落選",
    "辞退": "辞退　本人または団体からの申し出",
    "申込": "申込　まだ決めていない",
}
_ASK = frozenset({"決定", "補欠", "落選"})
_BACK = "戻す"


class StateDialog(DialogFrame):
    """Sets the state of one place. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, row: EntryRow, parent: QWidget | None = None) -> None:
        super().__init__("状態を変える", row.spoken, main="状態を変える", note=CAN_UNDO, width=640, parent=parent)
        self._desk = desk
        self._row = row
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.put(label(f"いまは「{row.status_words}」です。", "second", wrap=True))
        others = tuple((state, words) for state, words in _WORDS.items() if state != row.entry.state)
        if row.entry.state == "辞退":
            others = ((_BACK, "辞退を取り消す　もとの枠に戻す"), *others)
        self.form = Form(
            (
                Field(key="state", label="変えたあと", kind="choice", choices=others, width=360),
                Field(key="reason", label="理由", kind="lines", lines=2),
            ),
            label_width=112,
        )
        self.form.set_values({"state": others[0][0]})
        self.form.changed.connect(lambda _key: self._say_reason())
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self._say_reason()
        self.form.go_to("state")

    def _say_reason(self) -> None:
        asked = self.form.value("state") in _ASK
        self.form.set_hint("reason", "参加者決定の記録に残ります。" if asked else "書かなくてもかまいません。")
        self.form.show_field("reason", self.form.value("state") != _BACK)

    def _save(self) -> None:
        self.problem.say("")
        values = self.form.values()
        if values["state"] in _ASK and not str(values["reason"]).strip():
            self.form.set_problem("reason", "理由がまだ入力されていません。")
            self.form.go_to("reason")
            return
        self.wait(True)
        if values["state"] == _BACK:
            self._desk.write(
                with_store(restore_entry, entry_id=self._row.id, **self._desk.signed), self._end, failed=self._fail
            )
            return
        self._desk.write(
            with_store(set_state, entry_id=self._row.id, **values, **self._desk.signed), self._end, failed=self._fail
        )

    def _end(self, _saved: Saved) -> None:
        self.wait(False)
        self.accept()

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()
