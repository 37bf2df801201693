"""Asks which registered 団体 are meant by names that were written before they were registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import join_nonempty
from app.subjects.organisations.register.services.unlinked_names import (
    AS_NEW_ORGANISATION,
    LinkAnswer,
    UnlinkedName,
    link_names,
)
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.app_context import AppContext
from db.records.organisations import Organisation

_DECIDE_LATER: Final = ""
_MAX_NAMES: Final = 30


class UnlinkedNamesDialog(SavingDialog):
    """Offers one choice for each written name. Signals: those of ``SavingDialog``.

    Unambiguous names have their 団体 chosen already, so that one press links everything.
    """

    def __init__(self, app_context: AppContext, names: Sequence[UnlinkedName], parent: QWidget) -> None:
        super().__init__(
            app_context, "名簿にない団体名", f"{len(names)}団体", main="結び付ける", width=760, parent=parent
        )
        self._names = tuple(names[:_MAX_NAMES])
        rest = len(names) - len(self._names)
        self.put(
            Paragraph(
                "申込などに書かれたまま、団体の名簿と結び付いていない団体名です。同じ団体を選ぶと、申込・参加・派遣が"
                "その団体のものになります。書かれた名前は、申込の記録に残ります。"
                + (f"ほかに{rest}団体あります（ここで決めると、つぎに出ます）。" if rest else "")
            )
        )
        self.form = Form(
            tuple(
                Field(
                    str(number),
                    "／".join(one.spellings),
                    "choice",
                    width=380,
                    choices=_organisation_options(one),
                    hint=_description(one),
                )
                for number, one in enumerate(self._names)
            ),
            label_width=260,
        )
        self.form.set_values(
            {
                str(number): str(one.organisation.id) if one.organisation is not None else _DECIDE_LATER
                for number, one in enumerate(self._names)
            }
        )
        self.put(self.form, None)
        self.form.changed.connect(lambda _key: self._update_button())
        self.form.go_to("0")
        self._update_button()

    def answers(self) -> dict[str, LinkAnswer]:
        """Return the choices by name key; names left for later are not included."""
        chosen = {one.key: str(self.form.value(str(number))) for number, one in enumerate(self._names)}
        return {
            key: AS_NEW_ORGANISATION if answer == AS_NEW_ORGANISATION else int(answer)
            for key, answer in chosen.items()
            if answer != _DECIDE_LATER
        }

    def _update_button(self) -> None:
        count = len(self.answers())
        self.set_main(f"{count}団体を結び付ける" if count else "結び付ける", enabled=bool(count))

    def _save(self) -> None:
        self.run_action(link_names, answers=self.answers())


def _organisation_options(unlinked_name: UnlinkedName) -> tuple[tuple[str, str], ...]:
    known = (unlinked_name.organisation,) if unlinked_name.organisation is not None else unlinked_name.similar
    first = (_DECIDE_LATER, "選んでください" if unlinked_name.similar else "あとで決める")
    return (
        first,
        *((str(each.id), f"{_organisation_text(each)}と同じ") for each in known),
        (AS_NEW_ORGANISATION, f"「{unlinked_name.name}」を新しく加える"),
    )


def _organisation_text(organisation: Organisation) -> str:
    return f"{organisation.name}（{organisation.branch}）" if organisation.branch else organisation.name


def _description(unlinked_name: UnlinkedName) -> str:
    if not unlinked_name.people_to_merge:
        return unlinked_name.locations_text
    named = "、".join(unlinked_name.people_to_merge[:3]) + ("ほか" if len(unlinked_name.people_to_merge) > 3 else "")
    return join_nonempty(
        unlinked_name.locations_text,
        f"名簿と同じ氏名の{len(unlinked_name.people_to_merge)}人（{named}）は1件にまとめます",
    )
