"""Dialogs to answer the rights of a handout, and to reuse it in another event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.subjects.submissions.materials.rules.rights import QUESTIONS, STATES, blocked_words, rights_blocking_reuse
from app.subjects.submissions.materials.services.material_rights import ReuseTarget, answer_rights, reuse_material
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, bind_action
from db.records.submissions.materials import USAGE_RIGHTS, Material
from db.store import Store

_HELD: Final = (
    "「確認中」と「許諾なし」「承諾なし」は印刷を、「使えない」はほかの実施回での使用を止めます。"
    "それでも使うときは理由を書くと進められます。理由は履歴に残ります。"
)
_REASONS: Final = {right: f"{right}_理由" for right in USAGE_RIGHTS}


class RightsDialog(FormDialog):
    """Dialog for 許諾, 生成AI, 次年度再利用 of one handout; signals are those of ``FormDialog``."""

    def __init__(self, app_context: AppContext, material: Material, *, parent: QWidget) -> None:
        fields: list[Field] = []
        for right in USAGE_RIGHTS:
            choices = (("", "未確認"), *((state, state) for state in STATES[right]))
            fields += [
                Field(
                    right,
                    right,
                    "choice",
                    choices=choices,
                    width=200,
                    hint=QUESTIONS[right],
                    optional=True,
                ),
                Field(_REASONS[right], "理由・条件", width=420, optional=True),
            ]
        known = material.rights
        shown: dict[str, Any] = {right: known[right].state if right in known else "" for right in USAGE_RIGHTS}
        shown |= {_REASONS[right]: known[right].reason if right in known else "" for right in USAGE_RIGHTS}

        def answer(values: dict[str, Any]) -> Callable[[Store], ActionResult]:
            answers = {right: (values[right], values[_REASONS[right]]) for right in USAGE_RIGHTS if values[right]}
            return bind_action(app_context, answer_rights, material_id=material.id, answers=answers)

        super().__init__(
            app_context,
            "資料の権利",
            material.title,
            main="権利を保存する",
            fields=fields,
            values=shown,
            change=answer,
            width=720,
            parent=parent,
        )
        self.body.insertWidget(self.body.count() - 1, wrapped_label(_HELD, "small"))


class ReuseDialog(FormDialog):
    """Dialog to reuse a handout that was 確認済 in another event; signals are those of ``FormDialog``."""

    def __init__(
        self,
        app_context: AppContext,
        material: Material,
        targets: Sequence[ReuseTarget],
        *,
        on_saved: Callable[[int, int], None],
        parent: QWidget,
    ) -> None:
        """``on_saved`` is called with the event and the new handout."""
        fields = (
            Field(
                "event",
                "使う実施回",
                "choice",
                width=420,
                choices=tuple((str(one.event_id), one.words) for one in targets),
            ),
            Field("reason", "使う理由", "lines", lines=2, optional=True),
        )
        super().__init__(
            app_context,
            "ほかの実施回で使う",
            material.title,
            main="この実施回で使う",
            fields=fields,
            change=lambda typed: bind_action(
                app_context,
                reuse_material,
                material_id=material.id,
                event_id=int(typed["event"]),
                reason=typed["reason"] or "",
            ),
            on_saved=lambda saved: on_saved(int(self.form.value("event")), saved.id),
            width=720,
            parent=parent,
        )
        held = rights_blocking_reuse(material.rights)
        said = blocked_words(material.title, held, material.rights, action="理由がないと使えません") if held else ""
        self.form.show_field("reason", on=bool(held))
        follows = "確認済の版がその実施回の第1版になり、そこでもう一度確認します。権利も引き継ぎます。"
        for part in (*((NoteBox(said, "amber"),) if held else ()), wrapped_label(follows, "small")):
            self.body.insertWidget(self.body.count() - 1, part)
