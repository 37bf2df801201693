"""Saves 事例発表 of an event: requests, answers, withdrawals, and what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.programme.rules.retention import PRESENTERS, retention_end
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.services.event_records import read_event_or_error
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.events.presentations.rules import USE_LINES, USUAL_OPEN_DAYS, agenda_slot_of_example
from app.subjects.organisations.register.services.unlinked_names import find_organisation_id
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.events import Event
from db.records.organisations import Contact, Membership, Organisation, Person
from db.records.presentations import Presentation, PresentationUse
from db.records.submissions.materials import Material
from db.rows import by_id, rows
from db.store import Store
from db.tables import events
from db.tables.organisations import contacts_not_erased

JOURNAL_SUBJECT: Final = "presentations"
ANSWER_TASK: Final = "事例発表の返事"
_HEAD_ROLES: Final = ("会長", "代表", "理事長")


@frozen_record
class PresentationLine:
    """One 発表: ``phone`` of the presenter, its state, and what it allows, in words."""

    presentation: Presentation
    phone: str
    state: str
    allowed: str

    @property
    def id(self) -> int:
        """Return the id of the 発表."""
        return self.presentation.id


@frozen_record
class PresentationsView:
    """The 発表 of one event, its handouts to choose from, and defaults for another one."""

    event: Event
    lines: tuple[PresentationLine, ...]
    materials: tuple[Material, ...]
    proposed: Presentation
    dispose_on: date


def presentations_of_event(database: Database, event_id: int) -> list[Presentation]:
    """Return the 発表 of an event in the order of the requests."""
    return rows(database, Presentation, event_id=event_id)


def with_current_names(database: Database, presentations: Sequence[Presentation]) -> list[Presentation]:
    """Return the 発表 with the present names of their 団体; unregistered ones keep the typed name."""
    ids = sorted({one.organisation_id for one in presentations if one.organisation_id is not None})
    names = {one.id: one.name for one in rows(database, Organisation, id=ids)} if ids else {}
    return [
        replace(one, organisation_name=names.get(one.organisation_id or 0, one.organisation_name))
        for one in presentations
    ]


def split_by_allowed_use(
    database: Database, event_id: int, use: PresentationUse
) -> tuple[list[Presentation], list[Presentation]]:
    """Return the 発表 of an event that allow a use, and those that do not."""
    found = presentations_of_event(database, event_id)
    return [one for one in found if one.allows(use)], [one for one in found if not one.allows(use)]


def read_presentations(store: Store, *, event_id: int, today: date) -> PresentationsView:
    """Return the 発表 of one event; raises ``UserError`` when it is gone."""
    event = read_event_or_error(store.database, event_id)
    view = programme_of_event(store, event, on=today)
    phones = {one.id: one.value for one in contacts_not_erased(rows(store.database, Contact, event_id=event_id))}
    start, minutes = agenda_slot_of_example(event, events.agenda(store.database, event_id))
    return PresentationsView(
        event=event,
        lines=tuple(
            PresentationLine(
                presentation=one,
                phone=phones.get(one.contact_id or 0, ""),
                state=state_words(one, today),
                allowed=allowed_words(one),
            )
            for one in with_current_names(store.database, presentations_of_event(store.database, event_id))
        ),
        materials=tuple(rows(store.database, Material, event_id=event_id, order=("position", "id"))),
        proposed=Presentation(
            event_id=event_id,
            start_time=start,
            minutes=minutes,
            answer_by=view.calendar.add_open_days(today, USUAL_OPEN_DAYS),
        ),
        dispose_on=retention_end(PRESENTERS, view.programme),
    )


def state_words(presentation: Presentation, today: date) -> str:
    """Return 「返事待ち 12/25(金)まで」「承諾 12/20(日)」「取りやめ 1/8(金)」."""
    if presentation.withdrawn_on is not None:
        return f"取りやめ　{short_date(presentation.withdrawn_on, today)}"
    if presentation.answer:
        word = "承諾" if presentation.answer == "引き受ける" else "見合わせ"
        return join_nonempty(word, short_date(presentation.answered_on, today) if presentation.answered_on else "")
    return join_nonempty(
        "返事待ち", f"{short_date(presentation.answer_by, today)}まで" if presentation.answer_by else ""
    )


def allowed_words(presentation: Presentation) -> str:
    """Return 「使ってよいもの 資料を配る、報告書に要旨」; nothing is allowed before there is a 承諾書."""
    found = "、".join(line.short_name for line in USE_LINES if presentation.allows(line.use))
    return found or ("なし" if presentation.answer else "")


def current_head_of(store: Store, *, organisation_id: int) -> str:
    """Return 役職 and 氏名 of the registered head of a 団体, "" if there is none."""
    found = [
        one
        for one in rows(store.database, Membership, organisation_id=organisation_id)
        if one.to_on is None and one.role.startswith(_HEAD_ROLES)
    ]
    person = by_id(store.database, Person, found[-1].person_id) if found else None
    return join_nonempty(found[-1].role, person.name) if person is not None else ""


@deed
def save_presentation(context: ActionContext, *, presentation: Presentation) -> ActionResult:
    """Save the request for a 発表 (``id`` 0 = new); its answer stays.

    Raises:
        UserError: no event, nobody asked, or nothing asked for.
    """
    event = read_event_or_error(context.database, presentation.event_id)
    if not presentation.of_contractor and not presentation.organisation_name.strip():
        raise UserError("発表をお願いする団体が書かれていません。", "団体を選ぶか、名前を入力してください。")
    if not presentation.asked.strip():
        raise UserError("お願いする内容が書かれていません。", "何を話してもらうかを書いてください。依頼状に入ります。")
    if presentation.organisation_id is not None:
        get_or_raise(context.database, Organisation, presentation.organisation_id)
    elif not presentation.of_contractor:
        meant = find_organisation_id(context.database, presentation.organisation_name)
        presentation = replace(presentation, organisation_id=meant)
    known = get_or_raise(context.database, Presentation, presentation.id) if presentation.id else None
    if known is not None:
        presentation = replace(presentation, contact_id=known.contact_id, material_id=known.material_id)
    action = f"{event.full_title}の事例発表（{presentation.presenter_name}）を{'直した' if known else '加えた'}"
    with context.change(action, subject=JOURNAL_SUBJECT, event_id=event.id) as change:
        row_id = change.update_or_insert(Presentation, known, **corrections(known, presentation))
    return ActionResult(f"{presentation.presenter_name}への依頼を保存しました。", id=row_id)


@deed
def note_answer(
    context: ActionContext, *, presentation: Presentation, phone: str = "", anew: bool | None = None
) -> ActionResult:
    """Save the returned 承諾書: acceptance, presenter, material, the seven uses (unticked counts as no).

    Args:
        presentation: the 発表 with its answer.
        phone: the number, stored as a contact of the event with its purpose; "" deletes it.
        anew: after a withdrawn consent: True = a new consent, False = a correction of the old one; None = decided by
            its day, as only the user knows within a day.

    Raises:
        UserError: no answer, a day still to come, a number without day of disposal, a number to be shared without one,
            or a new consent dated before the withdrawal.
    """
    known = get_or_raise(context.database, Presentation, presentation.id)
    event = read_event_or_error(context.database, known.event_id)
    _check_answer(presentation, phone, context.today)
    if presentation.material_id not in (None, known.material_id):
        get_or_raise(context.database, Material, presentation.material_id or 0)
    stands_again = _is_new_consent(known, presentation, anew)
    again = "新しい" if stands_again else ""
    action = f"{event.full_title}の事例発表（{known.presenter_name}）の{again}承諾書を記録した"
    with context.change(action, subject=JOURNAL_SUBJECT, event_id=event.id) as change:
        contact = _presenter_contact(context.database, known)
        kept = presentation.answer == "引き受ける" and bool(phone.strip() or presentation.presenter.strip())
        contact_id = _save_presenter_contact(change, contact, presentation, phone) if kept else None
        if contact is not None and not kept:
            change.delete(Contact, contact.id)
        answered = replace(
            presentation,
            contact_id=contact_id,
            withdrawn_on=None if stands_again else known.withdrawn_on,
            withdrawn_words="" if stands_again else known.withdrawn_words,
        )
        change.update_or_insert(Presentation, known, **corrections(known, answered))
    said = "承諾" if presentation.answer == "引き受ける" else "見合わせ"
    taken_back = known.withdrawn_on is not None and not stands_again
    rest = "取りやめの記録は、そのままです。" if taken_back else ""
    return ActionResult(f"{known.presenter_name}の返事（{said}）を記録しました。{rest}", id=known.id)


def _is_new_consent(stored: Presentation, presentation: Presentation, anew: bool | None) -> bool:
    """Return whether a consent came after a withdrawn one, which stays in the history.

    A correction of the old 承諾書 keeps its day, and restores no consent.
    """
    taken_back, day = stored.withdrawn_on, presentation.answered_on
    if taken_back is None or day is None or presentation.answer != "引き受ける":
        return False
    if anew is not None:
        if anew and day < taken_back:
            raise UserError(
                f"新しい承諾書を受けた日が、取りやめの日（{short_date(taken_back)}）より前です。",
                "日付を確かめるか、「前の承諾書の記録を直す」を選んでください。",
            )
        return anew
    return day > taken_back or (day == taken_back and day != stored.answered_on)


def _check_answer(presentation: Presentation, phone: str, today: date) -> None:
    if not presentation.answer:
        raise UserError("返事が選ばれていません。", "引き受けるか、見合わせるかを選んでください。")
    if presentation.answered_on is None or presentation.answered_on > today:
        raise UserError("承諾書を受けた日が入っていないか、本日より後です。", "日付をご確認ください。")
    if phone.strip() and presentation.dispose_on is None:
        raise UserError("承諾書と電話番号の廃棄予定日が入っていません。", "電話番号を持つときは、日付が要ります。")
    if presentation.tell_number and presentation.answer == "引き受ける" and not phone.strip():
        raise UserError(
            "受託者へ伝えてよい電話番号が入っていません。",
            "番号を入力するか、「電話番号を、打合せのため運営の受託者へ伝える」の印を外してください。",
        )


def _presenter_contact(database: Database, stored: Presentation) -> Contact | None:
    """Return the stored number of the presenter, None if there is none; never that of another event."""
    found = rows(database, Contact, id=stored.contact_id, event_id=stored.event_id) if stored.contact_id else []
    return found[0] if found else None


def _save_presenter_contact(change: Change, contact: Contact | None, presentation: Presentation, phone: str) -> int:
    """Save the number as a contact of the event, so that a 中止 finds it."""
    who = presentation.presenter.strip()
    return change.update_or_insert(
        Contact,
        contact,
        event_id=presentation.event_id,
        value=phone.strip(),
        purpose=PRESENTERS.purpose,
        dispose_on=presentation.dispose_on,
        note=f"{who}（{presentation.presenter_name}）" if who else presentation.presenter_name,
    )


@deed
def withdraw_consent(context: ActionContext, *, presentation_id: int, on: date, words: str) -> ActionResult:
    """Record a withdrawn consent: nothing may be used from now on; the ticks stay on record.

    Raises:
        UserError: nothing was agreed to, a day still to come or before the consent, or no words.
    """
    known = get_or_raise(context.database, Presentation, presentation_id)
    if not known.is_in_effect:
        raise UserError("取りやめる承諾がありません。", "画面を開き直してください。")
    if on > context.today:
        raise UserError("取りやめの日が、本日より後です。", "日付をご確認ください。")
    if known.answered_on is not None and on < known.answered_on:
        raise UserError(
            f"取りやめの日が、承諾書を受けた日（{short_date(known.answered_on)}）より前です。",
            "あとから届いた承諾書が、いまの意思です。日付をご確認ください。",
        )
    if not words.strip():
        raise UserError(
            "取りやめの内容が書かれていません。", "だれから、どのように聞いたかを書いてください。記録に残ります。"
        )
    event = read_event_or_error(context.database, known.event_id)
    action = f"{event.full_title}の事例発表（{known.presenter_name}）の承諾の取りやめを記録した"
    with context.change(action, subject=JOURNAL_SUBJECT, event_id=event.id) as change:
        change.update(Presentation, known.id, withdrawn_on=on, withdrawn_words=words.strip())
    return ActionResult(f"{known.presenter_name}の承諾の取りやめを記録しました。これからは使えません。", id=known.id)


@deed
def remove_presentation(context: ActionContext, *, presentation_id: int) -> ActionResult:
    """Delete a 発表 with the presenter's number; raises ``UserError`` when it is gone."""
    known = get_or_raise(context.database, Presentation, presentation_id)
    event = read_event_or_error(context.database, known.event_id)
    action = f"{event.full_title}の事例発表（{known.presenter_name}）を外した"
    with context.change(action, subject=JOURNAL_SUBJECT, event_id=event.id) as change:
        contact = _presenter_contact(context.database, known)
        change.delete(Presentation, known.id)
        if contact is not None:
            change.delete(Contact, contact.id)
    return ActionResult(f"{known.presenter_name}の発表を外しました。", id=known.id)


def presentation_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return requests that wait for an answer as follow-ups, by the day in the letter, a 目安日."""
    waiting = [
        one
        for one in rows(database, Presentation, answer="")
        if one.answer_by is not None and event_id in (None, one.event_id)
    ]
    ids = sorted({one.event_id for one in waiting})
    planned = {one.id for one in rows(database, Event, id=ids, status="予定")} if ids else set()
    return [
        FollowUp(
            task=ANSWER_TASK,
            event_id=one.event_id,
            label="事例発表の返事を確かめる",
            detail=one.presenter_name,
            due=one.answer_by,
            basis="依頼状に書いた返事の期限です",
            rule="目安日",
            link=ActionLink("事例発表", event_id=one.event_id),
        )
        for one in waiting
        if one.event_id in planned and one.answer_by is not None
    ]
