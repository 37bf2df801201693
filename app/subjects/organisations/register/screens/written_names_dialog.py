"""Asks which 団体 of the register the names are that were written before it knew them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.common.together import together
from app.subjects.organisations.register.services.written_names import (
    NEW,
    Answer,
    WrittenName,
    link_written_names,
)
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.desk import Desk
from db.records.organisations import Organisation

_LATER: Final = ""
_MOST: Final = 30


class WrittenNamesDialog(SavingDialog):
    """One choice for each written name. Signals: those of ``SavingDialog``.

    What a name means beyond doubt is chosen already: one press links everything.
    """

    def __init__(self, desk: Desk, names: Sequence[WrittenName], parent: QWidget) -> None:
        super().__init__(desk, "名簿にない団体名", f"{len(names)}団体", main="結び付ける", width=760, parent=parent)
        self._names = tuple(names[:_MOST])
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
                    choices=_choices(one),
                    hint=_about(one),
                )
                for number, one in enumerate(self._names)
            ),
            label_width=260,
        )
        self.form.set_values(
            {
                str(number): str(one.organisation.id) if one.organisation is not None else _LATER
                for number, one in enumerate(self._names)
            }
        )
        self.put(self.form, None)
        self.form.changed.connect(lambda _key: self._follow())
        self.form.go_to("0")
        self._follow()

    def answers(self) -> dict[str, Answer]:
        """What was chosen, by key; names left for later are not in it."""
        chosen = {one.key: str(self.form.value(str(number))) for number, one in enumerate(self._names)}
        return {key: NEW if answer == NEW else int(answer) for key, answer in chosen.items() if answer != _LATER}

    def _follow(self) -> None:
        count = len(self.answers())
        self.set_main(f"{count}団体を結び付ける" if count else "結び付ける", enabled=bool(count))

    def _save(self) -> None:
        self.do(link_written_names, answers=self.answers())


def _choices(one: WrittenName) -> tuple[tuple[str, str], ...]:
    known = (one.organisation,) if one.organisation is not None else one.near
    first = (_LATER, "選んでください" if one.near else "あとで決める")
    return (first, *((str(each.id), f"{_named(each)}と同じ") for each in known), (NEW, f"「{one.name}」を新しく加える"))


def _named(organisation: Organisation) -> str:
    return f"{organisation.name}（{organisation.branch}）" if organisation.branch else organisation.name


def _about(one: WrittenName) -> str:
    if not one.joins:
        return one.where
    named = "、".join(one.joins[:3]) + ("ほか" if len(one.joins) > 3 else "")
    return together(one.where, f"名簿と同じ氏名の{len(one.joins)}人（{named}）は1件にまとめます")
