"""Dialog with the text of a request to the contractor (提出のお願い（文案）), ready to copy."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.calendar.dates import long_date, long_date_plain
from app.common.join_nonempty import join_nonempty
from app.documents.event_facts import formal_title
from app.documents.rules.clause_numbers import with_known_numbers
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.rules.basis import full_clause
from app.subjects.events.event.rules.target_dates import INVOICE, NOTICE
from app.subjects.events.event.services.tasks.task import CORRECTION, Task
from app.widgets.dialogs.common_dialogs import TextToCopyDialog
from app.window.app_context import AppContext, bind_action, with_store

# Reason of a requested day that is no deadline of the contract.
_REASONS: Mapping[str, str] = {
    CORRECTION: "",
    NOTICE: "検査を履行期間内に終えるためのお願いです。",
    INVOICE: "支払の手続を出納閉鎖までに終えるためのお願いです。",
}


class RequestDraftDialog(TextToCopyDialog):
    """Dialog with the draft of one request. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, task: Task, parent: QWidget) -> None:
        super().__init__(
            app_context,
            "提出のお願い（文案）",
            task.event_title,
            copy_words="文面をコピーする",
            text_name="文案",
            parent=parent,
        )
        self._task = task
        self.show_subject(request_subject(task))
        self.text_copied.connect(self._note_copied)
        app_context.read(
            with_store(read_programme, fiscal_year=task.fiscal_year or None, on=app_context.today()), self._fill
        )

    def _note_copied(self, text: str) -> None:
        event_id, year = self._task.event_id, self._task.fiscal_year
        scope = DocumentScope(event_id=event_id) if event_id else DocumentScope(fiscal_year=year or None)
        kind = f"{self._task.task}のお願い"
        self.note_copied(
            bind_action(self.app_context, note_copied_text, scope=scope, kind=kind, text=text, to="受託者")
        )

    def _fill(self, year: ProgrammeView) -> None:
        self.text.setPlainText(request_text(self._task, year, user_name=self.app_context.user_name))


def request_subject(task: Task) -> str:
    """Return the subject line of the request."""
    return f"{_formal_event_name(task)}　{_requested_item(task)}について（お願い）".strip("　")


def request_text(task: Task, year: ProgrammeView, *, user_name: str) -> str:
    """Return the text of the request, signed by ``user_name``; dates stand with their clause."""
    contractor, office = year.contractor, year.office
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    lines = [
        contractor.name or "（受託者名）",
        responsible,
        "",
        "いつもお世話になっております。",
        f"{office.ward}{office.section}の{user_name}です。",
        "",
        _opening(task),
        "",
        f"1　実施回　{_event(task)}",
        f"2　提出物　{_requested_item(task)}",
        f"3　{_date_name(task)}　{_date_words(task)}",
        "",
        _closing(task),
        "ご不明な点がありましたら、下記までご連絡ください。",
        "",
        join_nonempty(office.section, office.unit, separator=" "),
        user_name,
        join_nonempty(f"電話 {office.phone}" if office.phone else "", office.email),
    ]
    return with_known_numbers("\n".join(lines).strip() + "\n", year.programme)


def _requested_item(task: Task) -> str:
    """Return what is asked for, without the internal count of received items (「0 / 2点」)."""
    named = task.detail if task.material_id is not None else ""
    return join_nonempty(task.label.removesuffix("の提出"), named, separator=" ")


def _formal_event_name(task: Task) -> str:
    """Return the event's name as outgoing documents print it, or empty."""
    return formal_title(task.event) if task.event is not None else ""


def _event(task: Task) -> str:
    if task.event_date is None:
        return _formal_event_name(task) or "全事業"
    return f"{_formal_event_name(task)}（{long_date_plain(task.event_date)}実施）"


def _date_name(task: Task) -> str:
    return "提出期限" if task.is_contract_duty else "提出していただきたい日"


def _date_words(task: Task) -> str:
    """Return the date with its clause; a 目安日 that has passed is left out."""
    if task.provisional_words:
        return task.provisional_words
    if not task.is_contract_duty and task.days_left < 0:
        return "お早めにお願いいたします"
    rests = [f"{full_clause(task.clause)}　{task.rule}"] if task.is_contract_duty and task.clause else []
    if task.is_contract_duty and task.working is not None and task.working > task.due:
        rests.append(f"休日の場合　{long_date(task.working)}")
    return long_date(task.due) + (f"（{'。'.join(rests)}）" if rests else "")


def _opening(task: Task) -> str:
    if task.bucket == "期限超過":
        return "つぎの提出物の期限が過ぎております。提出の見込みの日をお知らせいただき、ご提出をお願いいたします。"
    return "つぎの提出物について、ご提出をお願いいたします。"


def _closing(task: Task) -> str:
    if task.is_contract_duty:
        return "すでにお送りいただいている場合は、行き違いをお許しください。"
    why = _REASONS.get(task.task, "区の確認を期限までに終えるためのお願いです。")
    return f"{why}むずかしい場合は、お送りいただける日をお知らせください。"
