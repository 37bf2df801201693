"""Asks of 団体 typed in the table of numbers which they are: one of the register, or a new one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.events.headcount.services.headcount_view import HeadcountView
from app.subjects.events.headcount.services.typed_organisations import (
    NEW,
    Answer,
    UnknownOrganisation,
    settle_organisations,
)
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.desk import Desk

_LATER = ""


class OrganisationsDialog(SavingDialog):
    """One choice for each name. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: HeadcountView, parent: QWidget) -> None:
        super().__init__(desk, "団体を確かめる", view.title, main="決める", width=720, parent=parent)
        self._event_id = view.event_id
        self._unknown = view.unknown
        self.put(
            Paragraph(
                "団体の名簿にない名前です。似た名前の団体があるときは、同じ団体かを選んでください。"
                "人数の表の名前は、入力したまま残ります。"
            )
        )
        self.form = Form(
            tuple(
                Field(str(number), one.name, "choice", width=360, choices=_choices(one))
                for number, one in enumerate(view.unknown)
            ),
            label_width=240,
        )
        # A near name is a question: only where none is near, the new 団体 is the likely answer.
        self.form.set_values({str(number): _LATER if one.near else NEW for number, one in enumerate(view.unknown)})
        self.put(self.form, None)
        self.form.changed.connect(lambda _key: self._follow())
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
        self.do(settle_organisations, event_id=self._event_id, answers=self.answers())


def _choices(one: UnknownOrganisation) -> tuple[tuple[str, str], ...]:
    near = tuple((str(each.id), f"{each.name}　{each.branch}".rstrip("　") + "と同じ") for each in one.near)
    first = ((_LATER, "選んでください"),) if one.near else ((_LATER, "あとで決める"),)
    return (*first, *near, (NEW, "新しい団体として名簿に加える"))
