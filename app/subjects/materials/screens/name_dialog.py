"""Name a handout, or change its name; and give a reason where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.saved import Saved
from app.subjects.materials.services.materials import add_material, change_material, withdraw_result
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.materials import Material, MaterialVersion


class _OneForm(DialogFrame):
    """A dialog with one short form, saved by one service. Signals: those of ``DialogFrame``."""

    def __init__(
        self, desk: Desk, title: str, subject: str, *, main: str, fields: tuple[Field, ...],
        parent: QWidget | None,
    ) -> None:  # fmt: skip
        super().__init__(title, subject, main=main, note=CAN_UNDO, width=640, parent=parent)
        self._desk = desk
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.form = Form(fields, fiscal_year=desk.fiscal_year)
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._check)
        self.form.go_to(fields[0].key)

    def _save(self) -> None:
        """Write what is typed; subclasses say how."""

    def _check(self) -> None:
        self.problem.say("")
        if self.form.check_all():
            self.wait(True)
            self._save()

    def end(self, _saved: Saved) -> None:
        """The change is saved."""
        self.wait(False)
        self.accept()

    def refuse(self, problem: Exception) -> None:
        """Say why nothing was saved."""
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()


class NameDialog(_OneForm):
    """Adds a handout to an event, or renames one. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        desk: Desk,
        *,
        event_id: int,
        event_title: str,
        material: Material | None = None,
        then: Callable[[int], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``then(material_id)`` follows a handout that was added."""
        fields = (
            Field(key="title", label="資料の名前", width=400, hint="スライド、操作の手引き など"),
            Field(key="note", label="メモ", optional=True, width=400),
        )
        super().__init__(
            desk, "資料の名前を直す" if material else "資料を加える", event_title,
            main="この名前にする" if material else "資料を加える", fields=fields, parent=parent,
        )  # fmt: skip
        self._event_id = event_id
        self._material = material
        self._then = then
        if material is not None:
            self.form.set_values({"title": material.title, "note": material.note})

    def _save(self) -> None:
        # Bound beforehand: the desk keeps the word ``title`` for itself.
        values = self.form.values()
        if self._material is not None:
            change = partial(change_material, material_id=self._material.id, **values)
            self._desk.write(with_store(change, **self._desk.signed), self.end, failed=self.refuse)
        else:
            add = partial(add_material, event_id=self._event_id, **values)
            self._desk.write(with_store(add, **self._desk.signed), self._added, failed=self.refuse)

    def _added(self, saved: Saved) -> None:
        self.end(saved)
        if self._then is not None:
            self._then(saved.id)


class WithdrawDialog(_OneForm):
    """Takes the result of a version back, with the reason that stays in the history. Signals: as ``DialogFrame``."""

    def __init__(self, desk: Desk, *, title: str, version: MaterialVersion, parent: QWidget | None = None) -> None:
        fields = (Field(key="reason", label="取り消す理由", kind="lines", lines=2, hint="履歴に残ります。"),)
        super().__init__(
            desk, f"{version.result}を取り消す", f"{title}　第{version.version}版", main=f"{version.result}を取り消す",
            fields=fields, parent=parent,
        )  # fmt: skip
        self._version_id = version.id

    def _save(self) -> None:
        self._desk.write(
            with_store(
                withdraw_result, version_id=self._version_id, reason=self.form.value("reason"), **self._desk.signed
            ),
            self.end,
            failed=self.refuse,
        )
