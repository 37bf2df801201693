"""Dialog to link 団体 typed in the grid to registered ones, or to register them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.events.headcount.services.headcount_view import HeadcountView
from app.subjects.events.headcount.services.typed_organisations import (
    NEW_ORGANISATION,
    Answer,
    UnknownOrganisation,
    settle_organisations,
)
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.app_context import AppContext

_DECIDE_LATER = ""


class OrganisationsDialog(SavingDialog):
    """One choice for each name. Signals: those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, view: HeadcountView, parent: QWidget) -> None:
        super().__init__(app_context, "団体を確かめる", view.title, main="決める", width=720, parent=parent)
        self._event_id = view.event_id
        self._unknown = view.unknown_organisations
        self.put(
            Paragraph(
                "団体の名簿にない名前です。似た名前の団体があるときは、同じ団体かを選んでください。"
                "人数の表の名前は、入力したまま残ります。"
            )
        )
        self.form = Form(
            tuple(
                Field(str(number), one.name, "choice", width=360, choices=_choices(one))
                for number, one in enumerate(view.unknown_organisations)
            ),
            label_width=240,
        )
        # A similar name needs a decision; without one, a new 団体 is the default.
        self.form.set_values(
            {
                str(number): _DECIDE_LATER if one.similar else NEW_ORGANISATION
                for number, one in enumerate(view.unknown_organisations)
            }
        )
        self.put(self.form, None)
        self.form.changed.connect(lambda _key: self._follow())
        self.form.go_to("0")
        self._follow()

    def answers(self) -> dict[str, Answer]:
        """Return the choices by name, without names left for later."""
        chosen = {one.name: str(self.form.value(str(number))) for number, one in enumerate(self._unknown)}
        return {
            name: NEW_ORGANISATION if answer == NEW_ORGANISATION else int(answer)
            for name, answer in chosen.items()
            if answer != _DECIDE_LATER
        }

    def _follow(self) -> None:
        count = len(self.answers())
        self.set_main(f"{count}団体を決める" if count else "決める", enabled=bool(count))

    def _save(self) -> None:
        self.run_action(settle_organisations, event_id=self._event_id, answers=self.answers())


def _choices(organisation: UnknownOrganisation) -> tuple[tuple[str, str], ...]:
    near = tuple((str(each.id), f"{each.name}　{each.branch}".rstrip("　") + "と同じ") for each in organisation.similar)
    first = ((_DECIDE_LATER, "選んでください"),) if organisation.similar else ((_DECIDE_LATER, "あとで決める"),)
    return (*first, *near, (NEW_ORGANISATION, "新しい団体として名簿に加える"))
