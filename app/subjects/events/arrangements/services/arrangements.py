"""配慮の手配: saves arrangements until they are settled, the text of a 配慮, and 撮影の可否."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.subjects.events.arrangements.services.notified_orders import note_order, withdraw_order
from app.subjects.events.event.rules.care_needs import CareCount, care_count, needs_care, proposed_kinds
from app.subjects.events.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.subjects.events.event.services.event_records import read_event_or_error
from app.subjects.events.roster.services.entry_names import entry_label, required_entry
from app.subjects.events.roster.services.roster import RosterRow, read_roster
from db.fields import changed_fields
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.roster import Arrangement, ArrangementKind, Entry, PhotoConsent
from db.store import Store
from db.tables import roster as table

CONSENT_WORDS: dict[PhotoConsent, str] = {"可": "撮影可", "不可": "撮影不可", "": "未確認"}


@frozen_record
class CareRow:
    """One person with a 配慮 (``row`` None = an arrangement for the whole event), suggested and existing
    arrangements.
    """

    row: RosterRow | None
    proposed: tuple[ArrangementKind, ...]
    arrangements: tuple[Arrangement, ...]

    @property
    def is_nothing_needed(self) -> bool:
        """Return whether it was recorded that no arrangement is needed."""
        return any(one.content == NO_ARRANGEMENT_NEEDED for one in self.arrangements)

    @property
    def is_settled(self) -> bool:
        """Return whether something is arranged and nothing is open."""
        return bool(self.arrangements) and all(one.settled_on is not None for one in self.arrangements)


@frozen_record
class CareView:
    """The 配慮 of one event: people in the order of the list, then arrangements for the whole event."""

    event: Event
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
    general = tuple(one for one in made if one.entry_id is None)
    if general:
        rows.append(CareRow(row=None, proposed=(), arrangements=general))
    count = care_count([row.entry for row in roster.rows], made)
    return CareView(event=roster.event, rows=tuple(rows), count=count)


@deed
def add_arrangement(context: ActionContext, *, arrangement: Arrangement) -> ActionResult:
    """Save a new arrangement; an ordered one is recorded as notified, with its facts (``notified_orders``).

    Raises:
        UserError: the event is gone, or the entry belongs to another one.
    """
    event = read_event_or_error(context.database, arrangement.event_id)
    if arrangement.entry_id is not None and required_entry(context.store, arrangement.entry_id).event_id != event.id:
        raise UserError("この方は、ほかの実施回の名簿にあります。", "一覧を開き直してください。")
    action = f"{event.full_title}：{arrangement.kind}の手配を加えた"
    with context.change(action, "roster", event_id=event.id) as change:
        row_id = change.insert(replace(arrangement, id=0))
        note_order(context.store, change, replace(arrangement, id=row_id), who=context.by, at=context.now)
    return ActionResult(f"{arrangement.kind}の手配を加えました。", row_id)


@deed
def change_arrangement(context: ActionContext, *, arrangement: Arrangement) -> ActionResult:
    """Save an edited arrangement; another order date or supplier makes it a new order."""
    before = _required_arrangement(context.store, arrangement.event_id, arrangement.id)
    event = read_event_or_error(context.database, before.event_id)
    action = f"{event.full_title}：{arrangement.kind}の手配を変えた"
    with context.change(action, "roster", event_id=event.id) as change:
        change.update(Arrangement, before.id, **changed_fields(before, arrangement))
        if arrangement.ordered_on is None:
            withdraw_order(context.store, change, before, reason="依頼日を消した")
        elif (arrangement.ordered_on, arrangement.ordered_to) != (before.ordered_on, before.ordered_to):
            note_order(context.store, change, arrangement, who=context.by, at=context.now)
    return ActionResult(f"{arrangement.kind}の手配を保存しました。", arrangement.id)


@deed
def settle_arrangement(
    context: ActionContext, *, event_id: int, arrangement_id: int, on: date | None = None
) -> ActionResult:
    """Record that the user checked an arrangement as settled ``on`` that day (default: today)."""
    found = _required_arrangement(context.store, event_id, arrangement_id)
    event = read_event_or_error(context.database, event_id)
    action = f"{event.full_title}：{found.kind}の手配を済にした"
    with context.change(action, "roster", event_id=event_id) as change:
        change.update(Arrangement, found.id, settled_on=on or context.today, settled_by=context.by)
    return ActionResult(f"{found.kind}の手配を済にしました。", found.id)


@deed
def reopen_arrangement(context: ActionContext, *, event_id: int, arrangement_id: int) -> ActionResult:
    """Set a settled arrangement back to open."""
    found = _required_arrangement(context.store, event_id, arrangement_id)
    event = read_event_or_error(context.database, event_id)
    action = f"{event.full_title}：{found.kind}の手配を手配中に戻した"
    with context.change(action, "roster", event_id=event_id) as change:
        change.update(Arrangement, found.id, settled_on=None, settled_by="")
    return ActionResult(f"{found.kind}の手配を、手配中に戻しました。", found.id)


@deed
def remove_arrangement(context: ActionContext, *, event_id: int, arrangement_id: int) -> ActionResult:
    """Delete an arrangement."""
    found = _required_arrangement(context.store, event_id, arrangement_id)
    event = read_event_or_error(context.database, event_id)
    action = f"{event.full_title}：{found.kind}の手配を削除した"
    with context.change(action, "roster", event_id=event_id) as change:
        change.delete(Arrangement, found.id)
        withdraw_order(context.store, change, found, reason="手配を削除した")
    return ActionResult(f"{found.kind}の手配を削除しました。", found.id)


@deed
def mark_nothing_needed(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Record that a 配慮 was reviewed and needs no arrangement; it counts as settled.

    Raises:
        UserError: something is arranged for the entry already.
    """
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    if any(one.entry_id == entry_id for one in table.arrangements(context.database, event.id)):
        raise UserError("この方には、もう手配があります。", "手配が要らなくなったときは、手配を削除してください。")
    action = f"{event.full_title}：{entry_label(entry)}の配慮を手配不要にした"
    with context.change(action, "roster", event_id=event.id) as change:
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


@deed
def set_care(context: ActionContext, *, entry_id: int, care: str) -> ActionResult:
    """Correct the text of a 配慮; an empty text means that nothing is needed."""
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    action = f"{event.full_title}：{entry_label(entry)}の配慮の内容を変えた"
    with context.change(action, "roster", event_id=event.id) as change:
        change.update(Entry, entry_id, care=care.strip())
    return ActionResult("配慮の内容を保存しました。", entry_id)


def _required_arrangement(store: Store, event_id: int, arrangement_id: int) -> Arrangement:
    for one in table.arrangements(store.database, event_id):
        if one.id == arrangement_id:
            return one
    raise UserError("この手配は、もうありません。", "一覧を開き直してください。")


@deed
def set_photo_consent(context: ActionContext, *, entry_ids: Sequence[int], photo: PhotoConsent) -> ActionResult:
    """Record for these entries of one event whether they may be photographed ("" = not asked yet).

    Raises:
        UserError: nobody was selected, or an entry is gone.
    """
    if not entry_ids:
        raise UserError("どなたも選ばれていません。", "一覧で選んでから押してください。")
    found = [required_entry(context.store, each) for each in dict.fromkeys(entry_ids)]
    event = read_event_or_error(context.database, found[0].event_id)
    action = f"{event.full_title}：{len(found)}人の撮影の可否を{CONSENT_WORDS[photo]}にした"
    with context.change(action, "roster", event_id=event.id) as change:
        for entry in found:
            change.update(Entry, entry.id, photo=photo)
    return ActionResult(f"{len(found)}人を{CONSENT_WORDS[photo]}にしました。", event.id)
