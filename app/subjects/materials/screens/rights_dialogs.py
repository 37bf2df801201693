"""What may be done with a handout: its rights answered, and its use in another event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.saved import Saved
from app.subjects.materials.rules.rights import QUESTIONS, STATES, held_reuse, held_words
from app.subjects.materials.services.material_rights import ReusePlace, answer_rights, reuse_material
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.materials import RIGHTS, Material

_HELD: Final = (
    "「確認中」と「許諾なし」「承諾なし」は印刷を、「使えない」はほかの実施回での使用を止めます。"
    "それでも使うときは理由を書くと進められます。理由は履歴に残ります。"
)
_REASONS: Final = {right: f"{right}_理由" for right in RIGHTS}


class _Dialog(DialogFrame):
    """One form saved by one service. Signals: those of ``DialogFrame``."""

    writes = True

    def __init__(
        self, desk: Desk, title: str, subject: str, fields: Sequence[Field], *, main: str, parent: QWidget | None
    ) -> None:
        super().__init__(title, subject, main=main, note=CAN_UNDO, width=720, parent=parent)
        self._desk = desk
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.form = Form(tuple(fields), fiscal_year=desk.fiscal_year)
        self.put(self.form)
        self.confirmed.connect(self._check)

    def _save(self) -> None:
        """Write what is typed; subclasses say how."""

    def _check(self) -> None:
        self.problem.say("")
        if self.form.check_all():
            self.wait(True)
            self._save()

    def _end(self, _saved: Saved) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()


class RightsDialog(_Dialog):
    """許諾, 生成AI, 次年度再利用 of one handout. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, material: Material, *, parent: QWidget | None = None) -> None:
        fields: list[Field] = []
        for right in RIGHTS:
            choices = (("", "未確認"), *((state, state) for state in STATES[right]))
            fields += [
                Field(
                    key=right,
                    label=right,
                    kind="choice",
                    choices=choices,
                    width=200,
                    hint=QUESTIONS[right],
                    optional=True,
                ),
                Field(key=_REASONS[right], label="理由・条件", width=420, optional=True),
            ]
        super().__init__(desk, "資料の権利", material.title, fields, main="権利を保存する", parent=parent)
        self._material = material
        self.put(label(_HELD, "small", wrap=True))
        self.body.addStretch(1)
        known = material.rights
        self.form.set_values(
            {right: known[right].state if right in known else "" for right in RIGHTS}
            | {_REASONS[right]: known[right].reason if right in known else "" for right in RIGHTS}
        )
        self.form.go_to(RIGHTS[0])

    def _save(self) -> None:
        values = self.form.values()
        answers = {right: (values[right], values[_REASONS[right]]) for right in RIGHTS if values[right]}
        self._desk.write(
            with_store(answer_rights, material_id=self._material.id, answers=answers, **self._desk.signed),
            self._end,
            failed=self._refuse,
        )


class ReuseDialog(_Dialog):
    """A handout that was 確認済 goes to another event. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        desk: Desk,
        material: Material,
        places: Sequence[ReusePlace],
        *,
        then: Callable[[int, int], None],
        parent: QWidget | None = None,
    ) -> None:
        """``then`` is told the event and the handout that was made there."""
        fields = (
            Field(
                key="event",
                label="使う実施回",
                kind="choice",
                width=420,
                choices=tuple((str(one.event_id), one.words) for one in places),
            ),
            Field(key="reason", label="使う理由", kind="lines", lines=2, optional=True),
        )
        super().__init__(desk, "ほかの実施回で使う", material.title, fields, main="この実施回で使う", parent=parent)
        self._material, self._then = material, then
        held = held_reuse(material.rights)
        if held:
            said = held_words(material.title, held, material.rights, act="理由がないと使えません")
            self.put(NoteBox(said, tone="amber"))
        else:
            self.form.show_field("reason", on=False)
        self.put(
            label(
                "確認済の版がその実施回の第1版になり、そこでもう一度確認します。権利も引き継ぎます。",
                "small",
                wrap=True,
            )
        )
        self.body.addStretch(1)
        self.form.go_to("event")

    def _save(self) -> None:
        values = self.form.values()
        event_id = int(values["event"])

        def end(saved: Saved) -> None:
            self._end(saved)
            self._then(event_id, saved.id)

        self._desk.write(
            with_store(
                reuse_material,
                material_id=self._material.id,
                event_id=event_id,
                reason=values["reason"] or "",
                **self._desk.signed,
            ),
            end,
            failed=self._refuse,
            owner=self,
        )
