"""直す: one row of the file set right before it is taken in; the file itself stays as it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.applications.screens.organisation_finder import OrganisationFinder
from app.subjects.applications.services.application_preview import Mend, PreviewRow
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row as side_by_side
from app.window.desk import Desk

_TAKE: Final = "取り込む"
_LEAVE: Final = "取り込まない"


class MendDialog(DialogFrame):
    """One row. Signals: those of ``DialogFrame``; after ``confirmed`` see ``mend``."""

    def __init__(self, desk: Desk, shown: PreviewRow, present: Mend, parent: QWidget | None = None) -> None:
        super().__init__(
            "行を直す", f"{shown.line}行目　{shown.organisation_name}　{shown.name}".strip(),
            main="この内容にする", note="ファイルそのものは変わりません。まだ保存もしません。", width=680, parent=parent,
        )  # fmt: skip
        self._shown = shown
        self._present = present
        self.put(NoteBox(shown.reason, tone="amber" if shown.outcome == "確認が必要" else "accent"))
        self.finder = OrganisationFinder(desk)
        self.finder.show_organisation(shown.organisation, shown.organisation_text)
        self.form = Form(
            (
                Field(key="name", label="氏名", optional=True, width=280, hint=_hint_of_name(shown)),
                Field(key="furigana", label="ふりがな", optional=True, width=280),
                Field(key="people", label="人数", kind="number", width=72, unit="人", least=1, most=30,
                      hint=f"ファイルでは「{shown.people_text}」" if shown.people_text.strip() else ""),
                Field(key="decision", label="この行を", kind="radio", choices=((_TAKE, _TAKE), (_LEAVE, _LEAVE))),
            )
        )  # fmt: skip
        self._build()
        self.form.set_values(
            {
                "name": shown.name,
                "furigana": shown.furigana,
                "people": shown.people,
                "decision": _LEAVE if present.decision == _LEAVE else _TAKE,
            }
        )
        self.confirmed.connect(self._confirm)

    def _build(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        name = label("団体")
        name.setFixedWidth(self.form.layout().columnMinimumWidth(0) if self.form.layout() else 152)  # type: ignore[union-attr]
        line = side_by_side(name, 8)
        line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.finder, 1)
        column.addLayout(line)
        self.put(holder)
        if self._shown.near and self._shown.organisation is None:
            self.finder.offer(self._shown.near)
        self.put(self.form)
        self.body.addStretch(1)
        target = self.finder.line if "organisation" in self._shown.odd_fields else self.form.editor("name")
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def mend(self) -> Mend:
        """What was set right: only what differs from the file."""
        values = self.form.values()
        chosen = self.finder.organisation
        before = self._shown.organisation
        if chosen is not None and (before is None or chosen.id != before.id):
            organisation_id: int | None = chosen.id
        else:
            organisation_id = self._present.organisation_id
        return Mend(
            organisation_id=organisation_id,
            name=_changed(values["name"], self._shown.name, self._present.name),
            furigana=_changed(values["furigana"], self._shown.furigana, self._present.furigana),
            people=values["people"]
            if values["people"] != self._shown.people or "people" in self._shown.odd_fields
            else self._present.people,
            decision=_LEAVE if values["decision"] == _LEAVE else _TAKE,
        )

    def _confirm(self) -> None:
        if self.form.check_all():
            self.accept()


def _changed(value: str, shown: str, present: str | None) -> str | None:
    return value if value != shown else present


def _hint_of_name(shown: PreviewRow) -> str:
    return "失われた文字は、申込書や電話で確かめて入力します。" if "name" in shown.odd_fields else ""
