"""事例発表 of an event: requests, answers, withdrawals, documents, and whether a document may name the 団体."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date, month_day, short_date, short_date_or
from app.calendar.periods import due_dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.file_format import TEXT_FORMATS
from app.documents.rules import (
    Matter,
    current_batch,
    fact_changes,
    is_issued,
    names_in_text,
    organisation_spellings,
    was_sent,
    with_names_seal,
)
from app.documents.services.document_context import event_document_context, letter_of
from app.documents.services.document_kind import DocumentSubject, document_kind, revision_of
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import HaltSource
from app.documents.services.notification_kinds import CONTRACTOR, NotificationKind, outgoing_in_effect
from app.event.rules.deadlines import REPORT
from app.event.rules.notification_facts import notified_place_words, time_and_place_facts
from app.event.rules.recruitment import GAZETTE, WEB_PAGE
from app.event.services.event_document import core_records_of, event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_notifications import TIME_AND_PLACE, notified_time_words
from app.event.services.event_records import EventCoreRecords, EventRecords, read_core_records, read_event_or_error
from app.event.services.tasks.follow_ups import FollowUp
from app.events.presentations import documents as papers
from app.events.presentations.documents import (
    ANSWER,
    AUDIENCE,
    CHANGED_ANSWER,
    CHANGED_LEAD,
    CHANGED_SUBJECT,
    CONSENT,
    CONTACT_SHEET,
    FEE,
    HANDLING,
    LEAD,
    LEAD_TO_CONTRACTOR,
    MATERIAL,
    OTHERS,
    PHOTOS_KEPT,
    PREPARING,
    REQUEST,
    SUBJECT,
    WITHDRAWING,
)
from app.events.presentations.rules import (
    DRAFT_DAYS,
    USE_LINES,
    USUAL_OPEN_DAYS,
    agenda_slot_of_example,
    names_of,
    request_doubts,
)
from app.programme.holds import backup_term
from app.programme.rules import PHOTOS, PRESENTERS, people_words, promise_text, retention_end
from app.programme.services import programme_of_event
from app.registers.register.services.unlinked_names import find_organisation_id
from db.engine import Database
from db.journal import Change
from db.name_key import name_key
from db.record import record
from db.records.documents import Outgoing
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Organisation
from db.records.presentations import Presentation, PresentationAnswer, PresentationUse
from db.records.submissions.materials import Material
from db.records.submissions.reports import ReportPhoto
from db.rows import row, rows
from db.store import Store
from db.tables import documents as paper_table
from db.tables import events, reports
from db.tables.organisations import contacts_not_erased

JOURNAL_SUBJECT = "presentations"
ANSWER_TASK = "事例発表の返事"


@record
class PresentationLine:
    """One 発表: the presenter's ``phone``, its state (``state_words``), and what it allows (``allowed_words``)."""

    presentation: Presentation
    phone: str
    state: str
    allowed: str

    @property
    def id(self) -> int:
        """Return the id of the 発表."""
        return self.presentation.id


@record
class PresentationsView:
    """The 発表 of one event, the event's handouts to choose from, and defaults for another one.

    ``proposed`` is a new 発表 with time slot and answer day; ``dispose_on`` the day of disposal of a 承諾書.
    """

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
    names = {one.id: one.name for one in rows(database, Organisation, id=ids)}
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
        dispose_on=retention_end(PRESENTERS, view.programme, event.event_date),
    )


def state_words(presentation: Presentation, today: date) -> str:
    """Return 「返事待ち 12/25(金)まで」「承諾 12/20(日)」「見合わせ 12/20(日)」「取りやめ 1/8(金)」."""
    if presentation.withdrawn_on is not None:
        return f"取りやめ　{short_date(presentation.withdrawn_on, today)}"
    if presentation.answer:
        word = "承諾" if presentation.answer.is_accepted else "見合わせ"
        return join_nonempty(word, short_date_or("", presentation.answered_on, today))
    return join_nonempty("返事待ち", fill_nonempty("{}まで", short_date_or("", presentation.answer_by, today)))


def allowed_words(presentation: Presentation) -> str:
    """Return 「資料を配る、報告書に要旨」, 「なし」 if the answer allows nothing, "" before there is an answer."""
    found = "、".join(line.short_name for line in USE_LINES if presentation.allows(line.use))
    return found or ("なし" if presentation.answer else "")


def save_presentation(context: ActionContext, *, presentation: Presentation) -> ActionResult:
    """Save a 発表 (``id`` 0 = new) as given, with its answer; only the stored phone number and handout stay.

    A typed name that clearly means one registered 団体 is linked to it.

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
    with context.change(
        f"{event.full_title}の事例発表（{presentation.presenter_name}）を{'直した' if known else '加えた'}",
        subject=JOURNAL_SUBJECT,
        event_id=event.id,
    ) as change:
        row_id = change.correct(known, presentation)
    return ActionResult(f"{presentation.presenter_name}への依頼を保存しました。", id=row_id)


def note_answer(
    context: ActionContext, *, presentation: Presentation, phone: str = "", is_new_consent: bool | None = None
) -> ActionResult:
    """Save the returned 承諾書: acceptance, presenter, material, the seven uses (unticked counts as no).

    Args:
        presentation: the 発表 with its answer.
        phone: the number, stored with the presenter's name as a contact of the event, until the day of disposal of
            the 承諾書, else that of the year. The contact is deleted by 見合わせる, or where neither number nor
            presenter is given.
        is_new_consent: after a withdrawn consent: True = a new consent, False = a correction of the old one; None =
            decided by its day, as only the user knows within a day.

    Raises:
        UserError: no answer, a day still to come, a number without day of disposal, a number to be shared without one,
            or a new consent dated before the withdrawal.
    """
    known = get_or_raise(context.database, Presentation, presentation.id)
    event = read_event_or_error(context.database, known.event_id)
    _check_answer(presentation, phone, context.today)
    programme = programme_of_event(context.store, event, on=context.today).programme
    if presentation.material_id not in (None, known.material_id):
        get_or_raise(context.database, Material, presentation.material_id)
    stands_again = _is_new_consent(known, presentation, is_new_consent)
    again = "新しい" if stands_again else ""
    with context.change(
        f"{event.full_title}の事例発表（{known.presenter_name}）の{again}承諾書を記録した",
        subject=JOURNAL_SUBJECT,
        event_id=event.id,
    ) as change:
        contact = _presenter_contact(context.database, known)
        kept = presentation.answer.is_accepted and bool(phone.strip() or presentation.presenter.strip())
        # A name without a number has its day of disposal, too.
        until = presentation.dispose_on or retention_end(PRESENTERS, programme, event.event_date)
        contact_id = _save_presenter_contact(change, contact, presentation, phone, until) if kept else None
        if contact is not None and not kept:
            change.delete(Contact, contact.id)
        answered = replace(
            presentation,
            contact_id=contact_id,
            withdrawn_on=None if stands_again else known.withdrawn_on,
            withdrawn_words="" if stands_again else known.withdrawn_words,
        )
        change.correct(known, answered)
    said = "承諾" if presentation.answer.is_accepted else "見合わせ"
    taken_back = known.withdrawn_on is not None and not stands_again
    rest = "取りやめの記録は、そのままです。" if taken_back else ""
    return ActionResult(f"{known.presenter_name}の返事（{said}）を記録しました。{rest}", id=known.id)


def _is_new_consent(stored: Presentation, presentation: Presentation, is_new_consent: bool | None) -> bool:
    """Return whether a consent came after a withdrawn one, which stays in the history.

    A correction of the old 承諾書 keeps its day, and restores no consent. Raises ``UserError`` for a new consent
    received before the withdrawal.
    """
    taken_back, day = stored.withdrawn_on, presentation.answered_on
    if taken_back is None or day is None or not presentation.answer.is_accepted:
        return False
    if is_new_consent is not None:
        if is_new_consent and day < taken_back:
            raise UserError(
                f"新しい承諾書を受けた日が、取りやめの日（{short_date(taken_back)}）より前です。",
                "日付を確かめるか、「前の承諾書の記録を直す」を選んでください。",
            )
        return is_new_consent
    return day > taken_back or (day == taken_back and day != stored.answered_on)


def _check_answer(presentation: Presentation, phone: str, today: date) -> None:
    """Raise ``UserError`` when an answer is incomplete or lies after today."""
    if not presentation.answer:
        raise UserError("返事が選ばれていません。", "引き受けるか、見合わせるかを選んでください。")
    if presentation.answered_on is None or presentation.answered_on > today:
        raise UserError("承諾書を受けた日が入っていないか、本日より後です。", "日付をご確認ください。")
    if phone.strip() and presentation.dispose_on is None:
        raise UserError("承諾書と電話番号の廃棄予定日が入っていません。", "電話番号を持つときは、日付が要ります。")
    if presentation.tell_number and presentation.answer.is_accepted and not phone.strip():
        raise UserError(
            "受託者へ伝えてよい電話番号が入っていません。",
            "番号を入力するか、「電話番号を、打合せのため運営の受託者へ伝える」の印を外してください。",
        )


def _presenter_contact(database: Database, stored: Presentation) -> Contact | None:
    """Return the stored number of the presenter, None if there is none; never that of another event."""
    return row(database, Contact, id=stored.contact_id, event_id=stored.event_id)


def _save_presenter_contact(
    change: Change, contact: Contact | None, presentation: Presentation, phone: str, dispose_on: date
) -> int:
    """Save the number as a contact of the event, so that a 中止 finds it; return its id."""
    who = presentation.presenter.strip()
    return change.update_or_insert(
        Contact,
        contact,
        event_id=presentation.event_id,
        value=phone.strip(),
        purpose=PRESENTERS.purpose,
        dispose_on=dispose_on,
        note=f"{who}（{presentation.presenter_name}）" if who else presentation.presenter_name,
    )


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
    with context.change(
        f"{event.full_title}の事例発表（{known.presenter_name}）の承諾の取りやめを記録した",
        subject=JOURNAL_SUBJECT,
        event_id=event.id,
    ) as change:
        change.update(Presentation, known.id, withdrawn_on=on, withdrawn_words=words.strip())
    return ActionResult(f"{known.presenter_name}の承諾の取りやめを記録しました。これからは使えません。", id=known.id)


def remove_presentation(context: ActionContext, *, presentation_id: int) -> ActionResult:
    """Delete a 発表 with the presenter's number; raises ``UserError`` when it is gone."""
    known = get_or_raise(context.database, Presentation, presentation_id)
    event = read_event_or_error(context.database, known.event_id)
    with context.change(
        f"{event.full_title}の事例発表（{known.presenter_name}）を外した", subject=JOURNAL_SUBJECT, event_id=event.id
    ) as change:
        contact = _presenter_contact(context.database, known)
        change.delete(Presentation, known.id)
        if contact is not None:
            change.delete(Contact, contact.id)
    return ActionResult(f"{known.presenter_name}の発表を外しました。", id=known.id)


def presentation_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return requests of planned events that wait for an answer by a day as follow-ups, due on that day (目安日)."""
    waiting = [
        (one, one.answer_by)
        for one in rows(database, Presentation, answer=PresentationAnswer.OPEN)
        if one.answer_by is not None and event_id in (None, one.event_id)
    ]
    ids = sorted({one.event_id for one, _due in waiting})
    planned = {one.id for one in rows(database, Event, id=ids, status=EventStatus.PLANNED)}
    return [
        FollowUp(
            task=ANSWER_TASK,
            event_id=one.event_id,
            label="事例発表の返事を確かめる",
            detail=one.presenter_name,
            due=due,
            basis="依頼状に書いた返事の期限です",
            rule="目安日",
            link=ActionLink("事例発表", event_id=one.event_id),
        )
        for one, due in waiting
        if one.event_id in planned
    ]


_NO_FEE = "謝礼はありません"
_MANUSCRIPT_KINDS = (GAZETTE, WEB_PAGE)
_PHOTO = "写真"
_MIN_NAME_LENGTH = 2
"""Length of a name from which it is also found inside other text; a shorter one counts only as a word of its own."""
_KEY_PREFIX = "発表:"
_TIME_FACT = "発表"
_TIME_AND_PLACE = (*TIME_AND_PLACE, _TIME_FACT)


def _texts(store: Store, event: Event, kind: str, on: date) -> Mapping[str, str]:
    """Return the texts of the request or the 承諾書 by part: saved ones, else the default as of ``on``."""
    scope = DocumentScope(event_id=event.id)
    defaults = request_passages(store, event, on) if kind == REQUEST else consent_passages(store, event, on)
    return passage_texts(store, scope, kind, defaults, revision=revision_of(store, scope, kind))


def _presentations_to_ask(records: EventCoreRecords) -> list[Presentation]:
    """Return those who have not answered; once all have, those who agreed, without declined or withdrawn ones."""
    asked = [one for one in records.presentations if not one.answer.is_declined and one.withdrawn_on is None]
    return [one for one in asked if not one.answer] or asked


def _next_batch(records: EventCoreRecords) -> tuple[list[Presentation], int]:
    """Return who gets the request now, and the ordinal of that letter (``DocumentKind.revision``).

    Who was notified, and would read nothing new, is left out while somebody else waits. An issued letter went to those
    of its day: later ones get a letter with its own 発信日, as do those who agreed to facts that have changed.
    With nobody left to notify it is the newest letter again, for all who have not answered, else all who agreed.
    """
    told = {act.key: act.told_on for act in records.notifications if act.is_notified and _KEY_PREFIX in act.key}
    lines = [one.matter_status for one in records.notification_lines if one.notification_kind.name == REQUEST]
    changed = {one.matter.key for one in lines if one.status == "変更あり"}
    done = {one.matter.key for one in lines if one.status in ("通知済", "見送り")} - changed
    unanswered = _presentations_to_ask(records)
    waiting = [one for one in unanswered if not one.answer and _matter_key(one) not in done]
    letter = max(
        (one for one in records.letters if one.document_kind == REQUEST),
        key=lambda letter: letter.revision,
        default=None,
    )
    left = [row for row in outgoing_in_effect(records.outgoing) if row.document_kind == REQUEST]
    revision = max([letter.revision if letter is not None else 1, *(row.record_number for row in left)])
    named = {key for row in left for key in row.facts}
    fresh = [one for one in waiting if _matter_key(one) not in named or _matter_key(one) in told]
    days = [*told.values(), *(one.answered_on for one in records.presentations if one.answered_on is not None)]
    # On the day of a later letter, recipients of an earlier one may have answered too.
    issued = letter.issued_on if letter is not None and is_issued(letter) else None
    gone = issued is not None and any(day > issued or (day == issued and revision == 1) for day in days)
    gone = gone or was_sent(letter, left, told)
    moved = [one for one in records.presentations if _is_moved(records, one)]
    written = {
        _matter_key(one)
        for one in moved
        if (said := _last_sent_facts(left, _matter_key(one))) and not fact_changes(said, _current_facts(records, one))
    }
    fresh += [one for one in moved if _matter_key(one) not in written]
    gone = gone or len(written) < len(moved)
    return current_batch(
        unanswered, not_notified=[*waiting, *moved], in_no_letter=fresh, revision=revision, newest_was_sent=gone
    )


def _is_moved(records: EventCoreRecords, presentation: Presentation) -> bool:
    """Return whether somebody's consent in effect was to a day, place or time that has changed."""
    return presentation.is_in_effect and bool(
        fact_changes(_agreed_facts(records, presentation), _current_facts(records, presentation))
    )


def _agreed_facts(records: EventCoreRecords, presentation: Presentation) -> Mapping[str, str]:
    """Return day, hours, place and time of a 発表 as last notified, else as issued before the answer."""
    acts = [act.facts for act in records.notifications if act.is_notified and act.key == _matter_key(presentation)]
    until = presentation.answered_on or date.max
    left = [
        row for row in outgoing_in_effect(records.outgoing) if row.document_kind == REQUEST and row.at.date() <= until
    ]
    said = acts[-1] if acts else _last_sent_facts(left, _matter_key(presentation))
    return {name: fact for name, fact in said.items() if name in _TIME_AND_PLACE}


def _last_sent_facts(outgoing: Iterable[Outgoing], key: str) -> Mapping[str, str]:
    """Return time and place as the last output with ``key`` told them; {} without one."""
    found = max((row for row in outgoing if key in row.facts), key=lambda row: row.id, default=None)
    if found is None:
        return {}
    return {name: fact for name, fact in found.facts[key].items() if name in _TIME_AND_PLACE}


def _current_facts(records: EventCoreRecords, presentation: Presentation) -> Mapping[str, str]:
    return {
        **time_and_place_facts(records.event, records.agenda),
        _TIME_FACT: join_nonempty(presentation.start_time, fill_nonempty("{}分", presentation.minutes), separator=" "),
    }


def _agreed_before(records: EventCoreRecords, presentations: Iterable[Presentation]) -> Mapping[int, tuple[str, str]]:
    """Return in words the day and place notified to those who agreed, where they changed."""
    told = {one.id: _agreed_facts(records, one) for one in presentations if _is_moved(records, one)}
    return {number: (notified_time_words(facts), notified_place_words(facts)) for number, facts in told.items()}


def _matter_key(presentation: Presentation) -> str:
    return f"{_KEY_PREFIX}{presentation.id}"


def _next_revision(store: Store, scope: DocumentScope) -> int:
    """Return the revision of the request that is made now; 1 while there is no 発表."""
    known = presentations_of_event(store.database, scope.event_id) if scope.event_id else []
    if known:
        return _next_batch(read_core_records(store, get_or_raise(store.database, Event, scope.event_id)))[1]
    return 1


def _required_presentations(store: Store, presentations: list[Presentation]) -> list[Presentation]:
    """Return the presentations with today's names, or raise that there are none."""
    if not presentations:
        raise UserError("発表をお願いする相手がまだありません。", "「事例発表」で加えると作成できます。")
    return with_current_names(store.database, presentations)


def request_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the default wording of the request; its two days for material come from event and contract."""
    view = programme_of_event(store, event, on=on)
    numbers = view.kind(event.kind)
    ordinal = fill_nonempty("第{}回 ", event.ordinal)
    material = "投影する資料またはチラシ。なくてもかまいません。"
    if days := _material_days(store, event, on):
        draft, confirmed = days
        material += f"使う場合は、{long_date(draft)}までに区へお送りください。{month_day(confirmed)}までに区が確かめ、"
        material += "結果をお知らせします。"
    lead = (
        f"日ごろから区政にご協力をいただき、ありがとうございます。つぎの{event.kind_words}で、貴会の取組を紹介していただきたく、"
        "お願いします。ご都合を同封の承諾書でお知らせください。お断りになっても、貴会の申込みや支援に影響はありません。"
    )
    contractor = view.contractor.name or "運営の受託者"
    passages = [
        Passage(SUBJECT, f"{ordinal}{event.kind_words}での事例の発表について（依頼）", lines=1),
        Passage(LEAD, lead, lines=5),
    ]
    if any(one.of_contractor for one in presentations_of_event(store.database, event.id)):
        who = numbers.lecturer
        to_contractor = (
            f"つぎの{event.kind_words}での{who}の発表について、{who}の承諾書を取りまとめ、届出としてご提出ください。"
        )
        passages.append(Passage(LEAD_TO_CONTRACTOR, to_contractor, lines=3))
    passages += _changed_passages(store, event, ordinal)
    return (
        *passages,
        Passage(AUDIENCE, f"{numbers.audience or '町会・自治会の役員など'}　{people_words(numbers)}", lines=1),
        Passage(MATERIAL, material, lines=4),
        Passage(FEE, f"{_NO_FEE}。"),
        Passage(HANDLING, "別紙「承諾書」で、使ってよい範囲をお選びください。選ばないものには使いません。"),
        Passage(ANSWER, "承諾書を郵送・FAX・持参または電話", lines=1),
        Passage(
            PREPARING,
            f"{contractor}（運営の受託者）が進行の打合せをします。承諾書で同意をいただいたときだけ、連絡先を伝えます。",
            lines=3,
        ),
    )


def _changed_passages(store: Store, event: Event, ordinal: str) -> Sequence[Passage]:
    """Return the passages in place of the request for those who agreed to a changed day or place.

    () where nobody agreed before the change.
    """
    if not any(one.is_in_effect for one in presentations_of_event(store.database, event.id)):
        return ()
    course = read_core_records(store, event)
    if not _agreed_before(course, course.presentations):
        return ()
    lead = (
        f"日ごろから区政にご協力をいただき、ありがとうございます。お引き受けいただいた{event.kind_words}での事例の発表について、"
        "つぎのとおり変更します。ご迷惑をおかけし、申し訳ありません。"
    )
    asked = (
        "変更後もお引き受けいただける場合は、お手続きは要りません。承諾書をあらためてお出しいただく必要はありません。\n"
        "ご都合がつかないときは、お早めに問合せ先へご連絡ください。"
    )
    return (
        Passage(CHANGED_SUBJECT, f"{ordinal}{event.kind_words}での事例の発表の変更について（お知らせ）", lines=1),
        Passage(CHANGED_LEAD, lead, lines=4),
        Passage(CHANGED_ANSWER, asked, lines=3),
    )


def _material_days(store: Store, event: Event, on: date) -> tuple[date, date] | None:
    """Return by when the material is wanted, and by when the ward confirms it (仕様書4 キ); None without either day."""
    if event.event_date is None:
        return None
    view = programme_of_event(store, event, on=on)
    period = view.kind(event.kind).material_period
    if not period:
        return None
    confirmed = due_dates(period, event.event_date, view.calendar).working
    return view.calendar.open_on_or_before(confirmed - timedelta(days=DRAFT_DAYS)), confirmed


def consent_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the default wording of the notes of the 承諾書."""
    programme = programme_of_event(store, event, on=on).programme
    kept = promise_text(
        PHOTOS,
        programme,
        "写真の元のデータ",
        backups=backup_term(store.database, on),
        end=retention_end(PHOTOS, programme, event.event_date),
    )
    return (
        Passage(
            WITHDRAWING,
            "あとで取りやめることもできます。掲載の前なら外し、載せたあとはホームページから外します。",
        ),
        Passage(PHOTOS_KEPT, f"{kept}消した記録をお見せできます。"),
        Passage(OTHERS, "ほかの会の写真、店の名前、会員の名前が資料にあるときは、区へお知らせください。"),
    )  # fmt: skip


def build_requests(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the letters to those who get the request now (``_next_batch``); raises ``UserError`` if there are none."""
    course = read_core_records(store, event)
    batch, revision = _next_batch(course)
    asked = _required_presentations(store, batch)
    context = event_document_context(store, event, REQUEST, now)
    return papers.request_letters(
        context,
        read_event_facts(store, event),
        _texts(store, event, REQUEST, context.issue_day),
        asked,
        version=revision,
        agreed_before=_agreed_before(course, batch),
    )


def build_consents(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the forms for who has not answered, else for who agreed; raises ``UserError`` if there is nobody."""
    asked = _required_presentations(store, _presentations_to_ask(read_core_records(store, event)))
    context = event_document_context(store, event, CONSENT, now)
    return papers.consent_forms(
        context, read_event_facts(store, event), _texts(store, event, CONSENT, now.date()), asked
    )


def build_contact_sheet(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the sheet with the numbers that the contractor may have.

    Raises:
        UserError: nobody allowed to share the number; no reason overrides this.
    """
    told = with_current_names(store.database, split_by_allowed_use(store.database, event.id, "tell_number")[0])
    phones = {one.id: one.value for one in contacts_not_erased(rows(store.database, Contact, event_id=event.id))}
    lines = [(one, phone) for one in told if (phone := phones.get(one.contact_id or 0))]
    if not lines:
        raise UserError(
            "電話番号を受託者へ伝えてよいとした承諾書がありません。", "打合せの日程は、区を通して相談してください。"
        )
    context = event_document_context(store, event, CONTACT_SHEET, now)
    return papers.contact_sheet(context, read_event_facts(store, event), lines=lines)


# blockers


def request_halts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
    """Return what must be settled before requests are issued.

    That is the answer day, what is asked, the slot in the 進行表, days of the material, and a fee without 起案. Nothing
    for an event that is not 予定 or has no day.
    """
    event = get_or_raise(store.database, Event, scope.event_id)
    if not presentations_of_event(store.database, event.id):
        return ()
    course = read_core_records(store, event)
    asked = [one for one in _next_batch(course)[0] if not one.answer or _is_moved(course, one)]
    if not asked or event.event_date is None or not event.status.is_planned:
        return ()
    return tuple(_request_halts(store, event, asked, today))


def _request_halts(store: Store, event: Event, presentations: Sequence[Presentation], today: date) -> Iterator[str]:
    """Yield what must be settled before these requests are issued."""
    calendar = programme_of_event(store, event, on=today).calendar
    letter = letter_of(store, DocumentScope(event_id=event.id), REQUEST, on=today)
    on = letter.issued_on if letter is not None and letter.issued_on is not None else today
    agenda = events.agenda(store.database, event.id)
    for one in presentations:
        yield from request_doubts(one, event, agenda, calendar, on)
    texts = _texts(store, event, REQUEST, today)
    days = _material_days(store, event, today)
    if days is not None and days[0] < on and long_date(days[0]) in texts.get(MATERIAL, ""):
        yield f"資料を送ってもらう日（{long_date(days[0])}）を過ぎています。「{MATERIAL}」の文を直してください。"
    formal = letter is not None and letter.form.is_formal
    if _NO_FEE not in texts.get(FEE, "") and not formal:
        yield "謝礼のある依頼は、起案（公文書）で出します。「発信・決裁」で公文書を選んでください。"


def _use_phrases(kind: str) -> Mapping[PresentationUse, str]:
    """Return the uses that a kind of document makes of a 発表, each in words (「発表の要旨を実施報告書に書くこと」)."""
    if kind == REPORT:
        return {
            "use_report": "発表の要旨を実施報告書に書くこと",
            "use_report_photo": "発表の写真を実施報告書に載せること",
        }
    return {"use_web": "発表の要旨を区のホームページなどに載せること", "use_web_photo": "発表の写真を載せること"}


def use_halts(kind: str) -> HaltSource:
    """Return the check of a kind of document: it names a 団体 whose 承諾書 does not allow that."""

    def halts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
        """Return a sentence for each consent that a document needs and that has not been given; () for none."""
        known = [one for one in presentations_of_event(store.database, scope.event_id or 0) if not one.of_contractor]
        if not known or all(one.allows(use) for one in known for use in _use_phrases(kind)):
            return ()
        said = _document_text(store, scope, kind, today)
        places = paper_table.venue_names(store.database)
        pictures = _picture_text(store, scope) if kind == REPORT else said if _PHOTO in said else ""
        return tuple(
            f"「{now.organisation_name}」から、{words}の承諾を受けていません。"
            for one, now in zip(known, with_current_names(store.database, known), strict=True)
            for use, words in _use_phrases(kind).items()
            if not one.allows(use) and _makes_use_of(names_of(one) | names_of(now), use, said, pictures, places)
        )

    return halts


def _makes_use_of(
    names: Collection[str], use: PresentationUse, text: str, picture_text: str, venue_names: Collection[str]
) -> bool:
    """Return whether a document names a 団体 or presenter for this use, in any spelling, except as a venue's name.

    A picture of a presenter shows the person without a name; what a 班 presents is no example.
    """
    if "photo" not in use:
        return _mentions_any(names, text, venue_names)
    return any(
        "事例" in line or ("発表" in line and "班" not in line) or _mentions_any(names, line, venue_names)
        for line in picture_text.splitlines()
    )


def _mentions_any(names: Collection[str], text: str, venue_names: Collection[str]) -> bool:
    whole = name_key(text)
    keys = {key for name in names if len(key := name_key(name)) > _MIN_NAME_LENGTH}
    for place in map(name_key, venue_names):
        if place not in keys and any(key in place for key in keys):
            whole = whole.replace(place, "。")
    return bool(names_in_text(names, text, place_names=venue_names)) or any(key in whole for key in keys)


def _picture_text(store: Store, scope: DocumentScope) -> str:
    ids = [one.id for one in reports.reports_of_event(store.database, scope.event_id or 0)]
    found = rows(store.database, ReportPhoto, report_id=ids)
    return "\n".join(f"{one.scene} {one.seen}" for one in found)


def _document_text(store: Store, scope: DocumentScope, kind: str, today: date) -> str:
    """Return every text of a document as it would be made now, "" if it cannot be."""
    from app.documents.pdf.printable import drawn_texts

    try:
        content = document_kind(kind).build(store, scope, datetime.combine(today, time()))
    except UserError:
        return ""
    return "\n".join(drawn_texts(content.blocks))


# notifications


def _notification_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the request for each 発表 as a matter to notify, without declined and withdrawn ones."""
    course = core_records_of(subject)
    return tuple(
        Matter(
            key=_matter_key(one),
            title=course.presenters.get(one.id, one.presenter_name) or one.presenter_name,
            facts={
                "宛先": with_names_seal("発表をお願いした団体", {one.id: (_spellings(course, one),)}),
                **_current_facts(course, one),
            },
            document_kind=REQUEST,
        )
        for one in course.presentations
        if not one.answer.is_declined and one.withdrawn_on is None
    )


def _spellings(course: EventCoreRecords, presentation: Presentation) -> tuple[str, ...]:
    """Return the spellings of the 団体 of a 発表, as it is called now and as it was written."""
    written = presentation.organisation_name
    return organisation_spellings(course.presenters.get(presentation.id, written), (written,))


def _facts_by_presentation(subject: DocumentSubject, _paper: str) -> Mapping[str, Mapping[str, str]]:
    """Return what letters issued now state, only for their recipients."""
    to = {_matter_key(one) for one in _next_batch(core_records_of(subject))[0]}
    return {one.key: one.facts for one in _notification_matters(subject) if one.key in to}


def _contact_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the contact sheet as a matter to notify; () until one was saved or printed.

    After a withdrawn consent the number is to be returned, too.
    """
    course = core_records_of(subject)
    if not any(row.document_kind == CONTACT_SHEET for row in course.outgoing):
        return ()
    told = {
        one.id: ([f"{name}／{one.presenter}／{phone}" for name in _spellings(course, one) or [""]],)
        for one in course.presentations
        if one.allows("tell_number") and (phone := course.contact_phones.get(one.contact_id or 0))
    }
    back = sum(one.tell_number and one.withdrawn_on is not None for one in course.presentations)
    facts = {
        "連絡先": with_names_seal(f"{len(told)}人", told),
        "承諾の取りやめ（連絡先を返してもらう）": f"{back}件",
        **time_and_place_facts(course.event, course.agenda),
    }
    return (Matter(key=CONTACT_SHEET, facts=facts, document_kind=CONTACT_SHEET),)


NOTIFICATIONS = (
    NotificationKind(
        document_names=(REQUEST,),
        usual_party="団体",
        matters=_notification_matters,
        outgoing_facts=_facts_by_presentation,
    ),
    NotificationKind(document_names=(CONTACT_SHEET,), usual_party=CONTRACTOR, matters=_contact_matters),
)


def _state_words(_store: Store, records: EventRecords, _today: date) -> str:
    """Return how many 発表 the event has and how many answered, as the state of the document; "" without 発表."""
    said = sum(bool(one.answer) for one in records.presentations)
    return f"{len(records.presentations)}件　返事 {said}件" if records.presentations else ""


def _has_presentations(_store: Store, records: EventRecords) -> bool:
    return bool(_presentations_to_ask(records))


def _has_contacts_to_share(_store: Store, records: EventRecords) -> bool:
    return any(one.allows("tell_number") for one in records.presentations)


_CANCELLATION_HINT = "発表をお願いした方には、「中止・変更の連絡」の電話一覧で知らせます。"
_NO_PRESENTATION_HINT = "発表をお願いする相手を加えると作成できます。"
DOCUMENTS = (
    event_document_kind(
        kind=REQUEST, formats=TEXT_FORMATS,
        group="募集・通知", event_role="配付", text_when_cancelled=_CANCELLATION_HINT,
        build=build_requests,
        ready=_has_presentations, state=_state_words,
        fits=lambda file: file.event.form.recruits, passages=request_passages,
        missing_words=_NO_PRESENTATION_HINT, todo="事例発表", goes_out=True, personal=True, worded_in_library=True,
        revision=_next_revision,
    ),
    event_document_kind(
        kind=CONSENT, group="募集・通知", event_role="配付", text_when_cancelled=_CANCELLATION_HINT,
        build=build_consents,
        ready=_has_presentations, state=_state_words,
        fits=lambda file: file.event.form.recruits, passages=consent_passages,
        missing_words=_NO_PRESENTATION_HINT, todo="事例発表", worded_in_library=True,
    ),
    event_document_kind(
        kind=CONTACT_SHEET, group="募集・通知", event_role="配付", text_when_cancelled=_CANCELLATION_HINT,
        build=build_contact_sheet, ready=_has_contacts_to_share,
        fits=lambda file: file.event.form.recruits,
        missing_words="承諾書で、電話番号を受託者へ伝えてよいとされたときに作成できます。", todo="事例発表",
        goes_out=True, personal=True, recipient="受託者",
    ),
)  # fmt: skip
DOCUMENT_HALTS = (
    (REQUEST, request_halts),
    *((kind, use_halts(kind)) for kind in (REPORT, *_MANUSCRIPT_KINDS)),
)
