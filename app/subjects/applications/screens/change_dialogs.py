"""An application is changed, and a place without a name gets one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.subjects.applications.screens.typing_fields import TypingFields
from app.subjects.applications.services.application_typing import TypedApplication, change_application, name_entry
from app.subjects.applications.services.applications import ApplicationLine
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field, Unreadable
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.store import Store


class _SavingDialog(DialogFrame):
    """A dialog that closes once its service has saved. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, title: str, subject: str, *, main: str, width: int, parent: QWidget | None) -> None:
        super().__init__(title, subject, main=main, note=CAN_UNDO, width=width, parent=parent)
        self._desk = desk
        self.problem = NoteBox(tone="amber")
        self.put(self.problem)
        self.confirmed.connect(self.save)

    def save(self) -> None:
        """Save what was typed."""

    def write(self, change: Callable[[Store], object]) -> None:
        """Write ``change`` and close when it is saved."""
        self.wait(True)
        self._desk.write(change, self._done, owner=self, failed=self._refuse)

    def _done(self, _saved: object) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)


class ChangeDialog(_SavingDialog):
    """The same fields as for a telephone application. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, event_id: int, line: ApplicationLine, parent: QWidget | None = None) -> None:
        subject = f"{line.organisation_name}　{line.name}".strip()
        super().__init__(desk, "申込を直す", subject, main="保存する", width=680, parent=parent)
        self._event_id = event_id
        self._line = line
        self.fields = TypingFields(desk)
        self.put(self.fields)
        self.put(label("氏名とふりがなは、団体の名簿でも同じように直ります。", "small", wrap=True))
        self.body.addStretch(1)
        first = line.entries[0]
        self.fields.show_typed(
            TypedApplication(
                event_id=event_id,
                organisation_name=line.organisation_name,
                person_id=line.person.id if line.person else None,
                name=line.name,
                furigana=line.person.furigana if line.person else line.application.furigana,
                role=first.role,
                device=first.device,
                people=max(1, sum(entry.state not in ("辞退", "落選") for entry in line.entries)),
                care=first.care,
                way=line.application.way if line.application.way != "当日" else "",
                phone=line.phone,
            ),
            line.organisation,
        )
        self.fields.finished.connect(self.main.click)

    def save(self) -> None:
        """Save the fields; what they do not show is kept."""
        from dataclasses import replace

        try:
            typed = self.fields.typed(self._event_id)
        except Unreadable as problem:
            self.problem.say(str(problem))
            return
        kept = replace(
            typed,
            role=self._line.entries[0].role,
            received_at=self._line.application.received_at,
            note=self._line.application.note,
        )
        self.write(with_store(change_application, application_id=self._line.id, typed=kept, **self._desk.signed))


class NameDialog(_SavingDialog):
    """The name of one place. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, entry_id: int, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, "氏名を入れる", subject, main="名簿に入れる", width=560, parent=parent)
        self._entry_id = entry_id
        self.form = Form(
            (
                Field(key="name", label="氏名", width=260),
                Field(key="furigana", label="ふりがな", optional=True, width=260),
                Field(key="role", label="役職", optional=True, width=180),
            )
        )
        self.put(self.form)
        self.body.addStretch(1)
        self.form.go_to("name")

    def save(self) -> None:
        """Save the name."""
        if self.form.check_all():
            self.write(with_store(name_entry, entry_id=self._entry_id, **self.form.values(), **self._desk.signed))
