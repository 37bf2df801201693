"""代理の方: the name of who comes instead; number, 班 and 端末 go with the place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.saved import Saved
from app.subjects.roster.services.entries import EntryRow, people_to_pick
from app.subjects.roster.services.entry_changes import substitute
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.organisations import Person


class SubstituteDialog(DialogFrame):
    """Puts somebody else into the place of one entry. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, row: EntryRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "代理の方を入れる", row.spoken, main="代理の方を入れる", note=CAN_UNDO, width=640, parent=parent
        )
        self._desk = desk
        self._row = row
        self._known: tuple[Person, ...] = ()
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.form = Form(
            (
                Field(
                    key="name",
                    label="代理の方の氏名",
                    width=300,
                    hint="この団体に登録のある方は、途中まで入力すると候補が出ます。",
                ),
                Field(key="furigana", label="ふりがな", optional=True, width=300),
                Field(key="role", label="役職", optional=True, width=200),
            ),
            label_width=144,
        )
        self.form.changed.connect(self._fill)
        self.put(self.form)
        self.put(label(_told(row), "small", wrap=True))
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        desk.read(with_store(people_to_pick, entry_id=row.id), self._offer)
        self.form.go_to("name")

    def _offer(self, people: tuple[Person, ...]) -> None:
        """Propose the other people of the 団体."""
        self._known = people
        completer = QCompleter(sorted({one.name for one in people}), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated[str].connect(lambda _name: self._fill("name"))  # type: ignore[index]
        box = self.form.editor("name")
        if isinstance(box, QLineEdit):
            box.setCompleter(completer)

    def _fill(self, key: str) -> None:
        """A known name brings its reading and 役職, where nothing was typed yet."""
        if key != "name":
            return
        found = [one for one in self._known if one.name == self.form.value("name")]
        if len(found) == 1:
            person = found[0]
            given = {"furigana": person.furigana, "role": person.role}
            self.form.set_values({name: text for name, text in given.items() if not self.form.value(name)})

    def _save(self) -> None:
        self.problem.say("")
        if not self.form.check_all():
            return
        found = [one for one in self._known if one.name == self.form.value("name")]
        person_id = found[0].id if len(found) == 1 else None
        self.wait(True)
        self._desk.write(
            with_store(
                substitute, entry_id=self._row.id, person_id=person_id, **self.form.values(), **self._desk.signed
            ),
            self._end,
            failed=self._fail,
        )

    def _end(self, _saved: Saved) -> None:
        self.wait(False)
        self.accept()

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()


def _told(row: EntryRow) -> str:
    """What goes with the place and what does not."""
    entry = row.entry
    parts = [f"番号 {entry.number}番"] if entry.number is not None else []
    parts += [f"{entry.group_number}班"] if entry.group_number is not None else []
    parts += [f"端末 {entry.device}"] if entry.device else []
    taken = f"代理の方が引き継ぐもの：{'、'.join(parts)}。" if parts else ""
    return f"{taken}{row.row.name}さんは欠席連絡になります。配慮と撮影の希望は引き継ぎません。"
