"""Asks of 団体 typed in the table of numbers which they are: one of the register, or a new one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.saved import Saved
from app.subjects.headcount.services.headcount_view import HeadcountView
from app.subjects.headcount.services.typed_organisations import NEW, Answer, UnknownOrganisation, settle_organisations
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of

_LATER = ""


class OrganisationsDialog(DialogFrame):
    """One choice for each name. Signals: those of ``DialogFrame``."""

    writes = True

    def __init__(self, desk: Desk, view: HeadcountView, parent: QWidget | None = None) -> None:
        super().__init__("団体を確かめる", view.title, main="決める", note=CAN_UNDO, width=720, parent=parent)
        self._desk = desk
        self._event_id = view.event_id
        self._unknown = view.unknown
        self.problem = NoteBox(tone="red")
        self.put(
            Paragraph(
                "団体の名簿にない名前です。似た名前の団体があるときは、同じ団体かを選んでください。"
                "人数の表の名前は、入力したまま残ります。"
            )
        )
        self.put(self.problem)
        self.form = Form(
            tuple(
                Field(key=str(number), label=one.name, kind="choice", width=360, choices=_choices(one))
                for number, one in enumerate(view.unknown)
            ),
            label_width=240,
        )
        # A near name is a question: only where none is near, the new 団体 is the likely answer.
        self.form.set_values({str(number): _LATER if one.near else NEW for number, one in enumerate(view.unknown)})
        self.put(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(lambda _key: self._follow())
        self.confirmed.connect(self._save)
        self.form.go_to("0")
        self._follow()

    def answers(self) -> dict[str, Answer]:
        """What was chosen, by name; names left for later are not in it."""
        chosen = {one.name: str(self.form.value(str(number))) for number, one in enumerate(self._unknown)}
        return {name: NEW if answer == NEW else int(answer) for name, answer in chosen.items() if answer != _LATER}

    def _follow(self) -> None:
        count = len(self.answers())
        self.set_main(f"{count}団体を決める" if count else "決める", enabled=bool(count))

    def _save(self) -> None:
        self.problem.say("")
        self.wait(True)
        self._desk.write(
            with_store(settle_organisations, event_id=self._event_id, answers=self.answers(), **self._desk.signed),
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


def _choices(one: UnknownOrganisation) -> tuple[tuple[str, str], ...]:
    near = tuple((str(each.id), f"{each.name}　{each.branch}".rstrip("　") + "と同じ") for each in one.near)
    first = ((_LATER, "選んでください"),) if one.near else ((_LATER, "あとで決める"),)
    return (*first, *near, (NEW, "新しい団体として名簿に加える"))
