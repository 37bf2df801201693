"""配慮の手配 and 撮影の可否 of an event.

Orders to others (手話通訳 …) are notifications, so that a move of the event has to be notified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import join_nonempty
from app.documents.event_facts import formal_title
from app.documents.rules import Matter, shown_fact
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import NotificationKind
from app.event.rules.care_needs import CareCount, care_count, needs_care
from app.event.rules.notification_facts import ORDER, order_key, time_and_place_facts
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.event.services.event_document import core_records_of, event_records_of
from app.event.services.event_records import EventCoreRecords, read_event_or_error
from app.events.applications.services.application_writing import reopen_care
from app.events.roster.services.entry_changes import CARE_AGAIN
from app.events.roster.services.entry_names import entry_label, required_entry
from app.events.roster.services.roster import RosterRow, read_roster
from db.fields import changed_fields
from db.journal import Change
from db.record import record
from db.records.documents import Notification
from db.records.events import AgendaItem, Event
from db.records.roster import Arrangement, ArrangementKind, Entry, PhotoConsent
from db.rows import rows
from db.store import Store
from db.tables import roster as table

ORDER_KIND = "手配の依頼"
ORDER_RECIPIENT = "手配先"


_SIGNS: tuple[tuple[ArrangementKind, tuple[str, ...]], ...] = (
    (ArrangementKind.SIGN_LANGUAGE, ("手話",)),
    (ArrangementKind.WRITTEN_SUMMARY, ("筆記", "字幕", "文字通訳")),
    (ArrangementKind.LARGE_PRINT, ("拡大", "大きな字", "大きい字", "文字を大き", "弱視", "見えにく", "見えづら")),
    (
        ArrangementKind.SEAT,
        (
            ArrangementKind.SEAT,
            "車いす",
            "車椅子",
            "車イス",
            "前方",
            "前の方",
            "出入口",
            "段差",
            "聞こえにく",
            "難聴",
            "耳が",
        ),
    ),
)


def note_order(change: Change, context: ActionContext, arrangement: Arrangement) -> None:
    """Record inside ``change`` that an arrangement was ordered on its day, with its facts; nothing if it was not."""
    if arrangement.ordered_on is None:
        return
    event = read_event_or_error(context.database, arrangement.event_id)
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=ORDER,
            key=order_key(arrangement.id),
            title=_title(arrangement),
            facts=_order_facts(arrangement) | time_and_place_facts(event, agenda_of(context.store, event)),
            told_on=arrangement.ordered_on,
            told_to=arrangement.ordered_to or ORDER_RECIPIENT,
            told_how=ORDER_KIND,
            told_by=context.by,
            **context.signature,
        )
    )


def withdraw_order(store: Store, change: Change, arrangement: Arrangement, *, reason: str) -> None:
    """Withdraw inside ``change`` the notifications of the order of an arrangement; nothing if there are none."""
    withdraw_notifications(store, change, arrangement.event_id, order_key(arrangement.id), reason)


def withdraw_notifications(store: Store, change: Change, event_id: int, key: str, reason: str) -> None:
    """Withdraw the notifications of an event with this ``key`` (order or tablets) that are in effect."""
    for act in notifications_in_effect(store, event_id, key):
        change.update(Notification, act.id, withdrawn=True, withdrawn_reason=reason)


def notifications_in_effect(store: Store, event_id: int, key: str) -> list[Notification]:
    """Return the notifications of an event with this ``key`` (order or tablets) that are not withdrawn."""
    return rows(store.database, Notification, event_id=event_id, key=key, withdrawn=False)


def agenda_of(store: Store, event: Event) -> list[AgendaItem]:
    """Return the agenda of an event in its order."""
    return rows(store.database, AgendaItem, event_id=event.id, order=("position", "id"))


def _title(arrangement: Arrangement) -> str:
    """Return 「手話通訳　派遣センター」: kind and supplier of an arrangement, without supplier the kind alone."""
    return join_nonempty(arrangement.kind, arrangement.ordered_to)


def _order_facts(arrangement: Arrangement) -> dict[str, str]:
    return {"依頼の内容": join_nonempty(arrangement.kind, arrangement.content.strip())}


def notified_keys(records: EventCoreRecords) -> set[str]:
    """Return the keys of the notifications of an event that are not withdrawn."""
    return {act.key for act in records.notifications if not act.withdrawn}


def order_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return every order with its present facts, except those recorded before orders were notifications.

    () for a cancelled event: its telephone list has the suppliers beside the 団体.
    """
    course = core_records_of(subject)
    told = notified_keys(course) if course.event.status.counts else set()
    return tuple(
        Matter(
            key=order_key(one.id),
            title=_title(one),
            document_kind=ORDER,
            facts=_order_facts(one) | time_and_place_facts(course.event, course.agenda),
        )
        for one in course.arrangements
        if one.ordered_on is not None and order_key(one.id) in told
    )


def order_message(subject: DocumentSubject, matter: Matter) -> str:
    """Return the message to a supplier: what it is about, and the present facts."""
    record = event_records_of(subject)
    lines = [
        (
            f"{formal_title(record.event, record.kind)}の{matter.title or matter.document_kind}について、"
            f"現在の内容をお知らせします。"
        )
    ]
    return "\n".join([*lines, *(f"{name}　{shown_fact(fact)}" for name, fact in matter.facts.items() if fact)])


NOTIFICATIONS = (
    NotificationKind(
        document_names=(ORDER,),
        usual_party=ORDER_RECIPIENT,
        matters=order_matters,
        text=order_message,
    ),
)


CONSENT_WORDS: dict[PhotoConsent, str] = {
    PhotoConsent.GIVEN: "撮影可",
    PhotoConsent.REFUSED: "撮影不可",
    PhotoConsent.CONDITIONAL: "条件つき",
    PhotoConsent.UNKNOWN: "未確認",
}


@record
class CareRow:
    """One person with a 配慮 (``row`` None = an arrangement for the whole event), suggested and existing
    arrangements.
    """

    row: RosterRow | None
    proposed: tuple[ArrangementKind, ...]
    arrangements: tuple[Arrangement, ...]

    @property
    def is_nothing_needed(self) -> bool:
        """Return whether 「手配不要」 was recorded for the person (by an arrangement of that content)."""
        return any(one.content == NO_ARRANGEMENT_NEEDED for one in self.arrangements)

    @property
    def is_settled(self) -> bool:
        """Return whether there is an arrangement (手配不要 counts) and all of them are settled."""
        return bool(self.arrangements) and all(one.settled_on is not None for one in self.arrangements)


@record
class CareView:
    """The 配慮 of one event: people with a 配慮 or an arrangement by number, then arrangements for the whole event.

    ``count`` is how many people have a 配慮, and of how many it is settled.
    """

    rows: tuple[CareRow, ...]
    count: CareCount


def read_arrangements(store: Store, *, event_id: int) -> CareView:
    """Return the 配慮 and arrangements of one event; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    made = table.arrangements(store.database, event_id)
    with_care = [
        row for row in roster.rows if needs_care(row.entry) or any(one.entry_id == row.entry.id for one in made)
    ]
    with_care.sort(key=lambda row: (row.entry.number is None, row.entry.number or 0))
    rows = [
        CareRow(
            row=row,
            proposed=proposed_kinds(row.entry.care),
            arrangements=tuple(one for one in made if one.entry_id == row.entry.id),
        )
        for row in with_care
    ]
    # Earlier versions left the mark of somebody who was removed from the roster; it says nothing of the event.
    general = tuple(one for one in made if one.entry_id is None and one.content != NO_ARRANGEMENT_NEEDED)
    if general:
        rows.append(CareRow(row=None, proposed=(), arrangements=general))
    count = care_count([row.entry for row in roster.rows], made)
    return CareView(rows=tuple(rows), count=count)


def add_arrangement(context: ActionContext, *, arrangement: Arrangement) -> ActionResult:
    """Save a new arrangement; if it was ordered, its order is recorded as notified.

    Raises:
        UserError: the event is gone, or the entry belongs to another one.
    """
    event = read_event_or_error(context.database, arrangement.event_id)
    arrangement = _settled_if_refused(context, arrangement)
    if arrangement.entry_id is not None and required_entry(context.store, arrangement.entry_id).event_id != event.id:
        raise UserError("この方は、ほかの実施回の名簿にあります。", "一覧を開き直してください。")
    with context.change(f"{event.full_title}：{arrangement.kind}の手配を加えた", "roster", event_id=event.id) as change:
        row_id = change.insert(replace(arrangement, id=0))
        note_order(change, context, replace(arrangement, id=row_id))
    return ActionResult(f"{arrangement.kind}の手配を加えました。", row_id)


def change_arrangement(context: ActionContext, *, arrangement: Arrangement) -> ActionResult:
    """Save an edited arrangement; another order date or supplier is noted as a new order, no date withdraws the order.

    Raises:
        UserError: the arrangement is gone.
    """
    before = _required_arrangement(context.store, arrangement.event_id, arrangement.id)
    arrangement = _settled_if_refused(context, arrangement)
    event = read_event_or_error(context.database, before.event_id)
    with context.change(f"{event.full_title}：{arrangement.kind}の手配を変えた", "roster", event_id=event.id) as change:
        change.update(Arrangement, before.id, **changed_fields(before, arrangement))
        if arrangement.ordered_on is None:
            withdraw_order(context.store, change, before, reason="依頼日を消した")
        elif (arrangement.ordered_on, arrangement.ordered_to) != (before.ordered_on, before.ordered_to):
            note_order(change, context, arrangement)
    return ActionResult(f"{arrangement.kind}の手配を保存しました。", arrangement.id)


def _settled_if_refused(context: ActionContext, arrangement: Arrangement) -> Arrangement:
    """Return the arrangement as settled today if it says why it could not be made."""
    if not arrangement.refused_because.strip() or arrangement.settled_on is not None:
        return arrangement
    return replace(arrangement, settled_on=context.today, settled_by=context.by)


def settle_arrangement(context: ActionContext, *, event_id: int, arrangement_id: int) -> ActionResult:
    """Record that the user checked an arrangement as settled today."""
    found = _required_arrangement(context.store, event_id, arrangement_id)
    event = read_event_or_error(context.database, event_id)
    with context.change(f"{event.full_title}：{found.kind}の手配を済にした", "roster", event_id=event_id) as change:
        change.update(Arrangement, found.id, settled_on=context.today, settled_by=context.by)
    return ActionResult(f"{found.kind}の手配を済にしました。", found.id)


def reopen_arrangement(context: ActionContext, *, event_id: int, arrangement_id: int) -> ActionResult:
    """Set a settled arrangement back to open."""
    found = _required_arrangement(context.store, event_id, arrangement_id)
    event = read_event_or_error(context.database, event_id)
    with context.change(
        f"{event.full_title}：{found.kind}の手配を手配中に戻した", "roster", event_id=event_id
    ) as change:
        change.update(Arrangement, found.id, settled_on=None, settled_by="", refused_because="")
    return ActionResult(f"{found.kind}の手配を、手配中に戻しました。", found.id)


def remove_arrangement(context: ActionContext, *, event_id: int, arrangement_id: int) -> ActionResult:
    """Delete an arrangement and withdraw the record of its order."""
    found = _required_arrangement(context.store, event_id, arrangement_id)
    event = read_event_or_error(context.database, event_id)
    with context.change(f"{event.full_title}：{found.kind}の手配を削除した", "roster", event_id=event_id) as change:
        change.delete(Arrangement, found.id)
        withdraw_order(context.store, change, found, reason="手配を削除した")
    return ActionResult(f"{found.kind}の手配を削除しました。", found.id)


def mark_nothing_needed(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Record that a 配慮 was reviewed and needs no arrangement; it counts as settled.

    Raises:
        UserError: something is arranged for the entry already.
    """
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    if any(one.entry_id == entry_id for one in table.arrangements(context.database, event.id)):
        raise UserError("この方には、もう手配があります。", "手配が要らなくなったときは、手配を削除してください。")
    with context.change(
        f"{event.full_title}：{entry_label(entry)}の配慮を手配不要にした", "roster", event_id=event.id
    ) as change:
        row_id = change.insert(
            Arrangement(
                event_id=event.id,
                entry_id=entry_id,
                content=NO_ARRANGEMENT_NEEDED,
                settled_on=context.today,
                settled_by=context.by,
            )
        )
    return ActionResult("手配不要にしました。", row_id)


def set_care(context: ActionContext, *, entry_id: int, care: str) -> ActionResult:
    """Correct the text of a 配慮; an empty text means that nothing is needed."""
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    with context.change(
        f"{event.full_title}：{entry_label(entry)}の配慮の内容を変えた", "roster", event_id=event.id
    ) as change:
        again = reopen_care(change, context.database, entry, care)
        change.update(Entry, entry_id, care=care.strip())
    return ActionResult(f"配慮の内容を保存しました。{CARE_AGAIN if again else ''}", entry_id)


def _required_arrangement(store: Store, event_id: int, arrangement_id: int) -> Arrangement:
    for one in table.arrangements(store.database, event_id):
        if one.id == arrangement_id:
            return one
    raise UserError("この手配は、もうありません。", "一覧を開き直してください。")


def set_photo_consent(context: ActionContext, *, entry_ids: Sequence[int], photo: PhotoConsent) -> ActionResult:
    """Record for these entries whether they may be photographed ("" = not asked yet), as one action.

    All should be of one event; the action is logged for that of the first.

    Raises:
        UserError: nobody was selected, or an entry is gone.
    """
    if not entry_ids:
        raise UserError("どなたも選ばれていません。", "一覧で選んでから押してください。")
    found = [required_entry(context.store, each) for each in dict.fromkeys(entry_ids)]
    event = read_event_or_error(context.database, found[0].event_id)
    with context.change(
        f"{event.full_title}：{len(found)}人の撮影の可否を{CONSENT_WORDS[photo]}にした", "roster", event_id=event.id
    ) as change:
        for entry in found:
            change.update(Entry, entry.id, photo=photo)
    return ActionResult(f"{len(found)}人を{CONSENT_WORDS[photo]}にしました。", event.id)


def proposed_kinds(care: str) -> tuple[ArrangementKind, ...]:
    """Return the arrangements that the text of a 配慮 suggests, at least その他; the clerk decides."""
    found = tuple(kind for kind, signs in _SIGNS if any(sign in care for sign in signs))
    return found or (ArrangementKind.OTHER,)
