"""Saves who presents an example at an event, and the number to call on a 中止 or change, for that purpose only."""

from __future__ import annotations

from dataclasses import replace

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.event.services.event_records import read_event_or_error
from app.programme.rules import PRESENTERS, retention_end
from app.programme.services import programme_of_event
from db.engine import Database
from db.records.organisations import Contact
from db.rows import rows

PURPOSE = PRESENTERS.purpose


def presenters_of(database: Database, event_id: int) -> list[Contact]:
    """Return the presenters of an event as stored contacts; ``note`` is the name."""
    return rows(database, Contact, event_id=event_id)


def save_presenter(context: ActionContext, *, contact: Contact) -> ActionResult:
    """Add a presenter of ``contact.event_id`` (``id`` 0) or save one; name and number stay exactly as typed.

    An unknown number may be empty. Every stored number has a purpose and a day of disposal (個人情報の保護に関する法律
    61条); a name without a number and a day gets that of the year's presenters.

    Raises:
        UserError: no event, no name, or a number without purpose or day of disposal.
    """
    event = read_event_or_error(context.database, contact.event_id)
    known = get_or_raise(context.database, Contact, contact.id) if contact.id else None
    if not contact.note.strip():
        raise UserError("発表者の氏名が書かれていません。", "氏名を入力してください。")
    if contact.value.strip() and not (contact.purpose.strip() and contact.dispose_on):
        raise UserError(
            "使う目的または廃棄予定日が書かれていません。", "電話番号を持つときは、両方を入力してください。"
        )
    if contact.dispose_on is None:
        programme = programme_of_event(context.store, event, on=context.today).programme
        contact = replace(contact, dispose_on=retention_end(PRESENTERS, programme, event.event_date))
    with context.change(
        f"{event.full_title}の事例発表者を{'直した' if contact.id else '加えた'}", "calls", event_id=event.id
    ) as change:
        row_id = change.correct(known, contact)
    return ActionResult(f"{contact.note}さんを発表者として保存しました。", row_id)


def remove_presenter(context: ActionContext, *, contact_id: int) -> ActionResult:
    """Delete a presenter with the number; raises ``UserError`` when it is gone."""
    found = get_or_raise(context.database, Contact, contact_id)
    event = read_event_or_error(context.database, found.event_id)
    with context.change(f"{event.full_title}の事例発表者を外した", "calls", event_id=event.id) as change:
        change.delete(Contact, contact_id)
    return ActionResult(f"{found.note}さんを発表者から外しました。", contact_id)
