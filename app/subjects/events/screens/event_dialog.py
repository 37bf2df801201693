"""Type an event, new or known: the form at the left, what follows from it at the right."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.subjects.events.screens.draft_view import DraftView
from app.subjects.events.screens.event_fields import draft_from, event_fields, lecturer_word, shown_for, values_of
from app.subjects.events.services.event_changes import create_event, update_event
from app.subjects.events.services.event_drafts import DraftCheck, EventDraft, check_event_draft, draft_of
from app.widgets.dialog_frame import CAN_UNDO, ask_before
from app.widgets.form import Form
from app.widgets.labels import rule
from app.widgets.saving_dialog import SavingDialog
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.desk import Desk, with_store
from db.records.events import Event
from db.records.programme import Kind

_WAIT_MS = 150
_WIDE = 1120
_EXCHANGE = "意見交換会"


class EventDialog(SavingDialog):
    """One event. Signals: those of ``SavingDialog``."""

    def __init__(
        self, desk: Desk, *, event: Event | None = None, kind: Kind = "講習会", parent: QWidget | None = None
    ) -> None:
        """``event`` is given to change one that exists; ``kind`` is the kind a new one starts with."""
        super().__init__(
            desk,
            "内容を変える" if event else "実施回を追加する",
            event.full_title if event else "",
            main="変更を保存する" if event else "実施回を追加する",
            note=CAN_UNDO,
            parent=parent,
        )
        self._event = event
        dated = event is not None and event.event_date is not None
        self.form = Form(
            event_fields(editing=event is not None, dated=dated), fiscal_year=desk.fiscal_year, label_width=120
        )
        self._narrow = parent is not None and parent.window().width() < t.FOLD_NARROW
        self.view = DraftView(today=desk.today(), fiscal_year=desk.fiscal_year, narrow=self._narrow)
        self._start = draft_of(event) if event else EventDraft(kind=kind, subject="", network="不明", hands_on=True)
        self._lay_out()
        self.form.set_values(values_of(self._start))
        if event is not None:
            self.view.reason.show_values(how=event.exception_kind, reason=event.exception_reason)
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._check)
        self.form.changed.connect(self._on_change)
        self.confirmed.connect(self._save)
        self._fit_kind()
        self._untouched = self.form.values()
        self._check()
        self.form.go_to("subject" if event is None else "venue")

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        padded = QHBoxLayout(holder)
        padded.setContentsMargins(24, 16, 12, 16)
        padded.addWidget(self.form)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(scrolling(holder), 55 if self._narrow else 46)
        across.addWidget(rule(upright=True))
        self._beside = scrolling(self.view)
        across.addWidget(self._beside, 45 if self._narrow else 54)
        self.body.addLayout(across, 1)

    def draft(self) -> EventDraft:
        """The draft as typed now."""
        part = self.view.reason
        before = self._event
        asked = not part.isHidden()
        return draft_from(
            self.form.values(),
            organisation_id=before.organisation_id if before else None,
            reason=part.reason() if asked else (before.exception_reason if before else ""),
            how=part.how() if asked else (before.exception_kind if before else ""),
        )

    def fit(self) -> None:
        """As large as the window allows: form and deadlines scroll apart."""
        parent = self.parentWidget()
        owner = parent.window() if parent is not None else None
        room = owner.size() if owner is not None else self.size()
        self.resize(min(_WIDE, max(room.width() - 32, 800)), min(720, max(room.height() - 64, 440)))

    def reject(self) -> None:
        """Ask before typed words are thrown away."""
        if self.form.values() == self._untouched or not self.cancel.isEnabled():
            super().reject()
            return
        question = ask_before(
            self,
            title="入力をやめる",
            text="入力した内容は、まだ保存していません。閉じると消えます。",
            verb="保存せずに閉じる",
            then=lambda: super(EventDialog, self).reject(),
        )
        question.cancel.set_words("入力をつづける")

    def _on_change(self, key: str) -> None:
        if key == "kind":
            self._fit_kind()
        self._soon.start()

    def _fit_kind(self) -> None:
        kind: Kind = self.form.value("kind")
        for key, on in shown_for(kind).items():
            self.form.show_field(key, on)
        if kind == _EXCHANGE and not self.form.value("subject"):
            self.form.set_values({"subject": _EXCHANGE})
        elif kind != _EXCHANGE and self.form.value("subject") == _EXCHANGE:
            self.form.set_values({"subject": ""})
        self.form.editor("lecturer").setAccessibleName(lecturer_word(kind))

    def _check(self) -> None:
        self.desk.read(
            with_store(
                check_event_draft,
                draft=self.draft(),
                today=self.desk.today(),
                event_id=self._event.id if self._event else None,
                fiscal_year=self.desk.fiscal_year,
            ),
            self._show_check,
        )

    def _asked(self) -> str:
        part = self.view.reason
        return "" if part.isHidden() else part.asked()

    def _show_check(self, check: DraftCheck) -> None:
        self.view.show_check(check)

    def _save(self) -> None:
        if not self.form.check_all():
            return
        if not self.view.reason.isHidden() and not self.view.reason.check():
            self._beside.ensureWidgetVisible(self.view.reason)
            return
        if self._event is None:
            self.send(
                with_store(
                    create_event,
                    draft=self.draft(),
                    asked=self._asked(),
                    fiscal_year=self.desk.fiscal_year,
                    **self.desk.signed,
                )
            )
        else:
            self.send(
                with_store(
                    update_event, event_id=self._event.id, draft=self.draft(), asked=self._asked(), **self.desk.signed
                )
            )
