"""届出の予定: what a 団体 told in advance takes effect on its day, its name, its 会長 and the ways to reach it alike.

- ``save_planned_change`` · ``remove_planned_change``
- ``due_changes(store, today)`` – what is due, without what was taken back (``held_changes``): that waits for a word;
  ``apply_due_changes(act) -> Saved`` – the register takes it over
- ``planned_change_follow_ups(database, today)`` for the one source of due dates
- ``changed_chairs(store) -> ChangedChairs`` – whose 会長 changed since the last letter to them
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.written_texts import refuse_unwritable
from app.subjects.events.event.rules.recruitment import TO_PRESIDENTS
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.organisations.register.services.organisation_differences import CHAIR
from app.subjects.organisations.register.services.organisations import PURPOSES, required_organisation
from app.subjects.organisations.register.services.people import hand_on_role
from app.subjects.organisations.register.services.renaming import follow_name
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.journal import Change
from db.mapping import TABLE_OF
from db.records.organisations import Contact, Membership, Organisation, Person, PlannedChange
from db.records.papers import Letter, Outgoing
from db.rows import rows
from db.store import Store
from db.tables import organisations as table
from db.tables import register
from db.tables.journal import image_of, undoing_changes

PLANNED: Final = "届出の予定"
SUBJECT: Final = "organisations"


@deed
def save_planned_change(act: Act, *, planned: PlannedChange, take_over: bool = False) -> Saved:
    """Keep what a 団体 told in advance (``id`` 0 = new); it takes effect on its day, by itself when the program is
    opened.

    Args:
        take_over: the register takes it over at once, also where that was undone before.

    Raises:
        Refusal: nothing is said, it cannot be printed, the 団体 is gone, the register took it over already, or it is to
            be taken over before its day.
    """
    organisation = required_organisation(act.database, planned.organisation_id)
    if not planned.value.strip():
        raise Refusal(f"変更後の{planned.what}が書かれていません。", "届出のとおりに入力してください。")
    known = get_or_refuse(act.database, PlannedChange, planned.id) if planned.id else None
    if known is not None and known.applied_on is not None:
        raise Refusal("この届出は、もう登録に反映しています。", "団体の登録を直してください。")
    names = {planned.what: planned.value, "ふりがな": planned.furigana} if planned.what in ("名称", "会長") else {}
    refuse_unwritable(names, {planned.what: planned.value, "覚え": planned.note})
    if take_over and planned.from_on > act.today:
        raise Refusal("替わる日がまだ来ていません。", "替わる日になると、開いたときに登録へ反映します。")
    action = "団体の届出を保存して登録に反映した" if take_over else "団体の届出の予定を保存した"
    with act.change(action, SUBJECT) as change:
        row_id = change.keep(PlannedChange, known, **corrections(known, planned))
        if take_over:
            _apply(change, act.database, planned)
            change.update(PlannedChange, row_id, applied_on=act.today)
    if take_over:
        return Saved(f"「{organisation.name}」の{planned.what}を登録に反映しました。", row_id)
    if held_changes(act.database, rows(act.database, PlannedChange, id=row_id)):
        return Saved(f"「{organisation.name}」の{planned.what}は、反映を元に戻したままです。", row_id)
    when = "つぎに開いたとき" if planned.from_on <= act.today else f"{planned.from_on.month}/{planned.from_on.day}"
    return Saved(f"「{organisation.name}」の{planned.what}は、{when}に登録へ反映します。", row_id)


@deed
def remove_planned_change(act: Act, *, planned_id: int) -> Saved:
    """Take back what was told; what the register took over stays. Raises ``Refusal`` when it is gone."""
    found = get_or_refuse(act.database, PlannedChange, planned_id)
    with act.change("団体の届出の予定を消した", SUBJECT) as change:
        change.delete(PlannedChange, found.id)
    return Saved(f"{found.what}の届出の予定を消しました。", found.id)


def due_changes(store: Store, *, today: date) -> tuple[PlannedChange, ...]:
    """Return what was told in advance and is due, by day; what somebody took back does not come again by itself."""
    waiting = rows(store.database, PlannedChange, applied_on=None, order=("from_on", "id"))
    due = [one for one in waiting if one.from_on <= today]
    held = held_changes(store.database, due)
    return tuple(one for one in due if one.id not in held)


def held_changes(database: Database, waiting: Sequence[PlannedChange]) -> frozenset[int]:
    """Return the ids of those that the register had taken over until that was undone, and that nobody changed since.

    Only the journal knows it: undo brings the row back as it was before.
    """
    table_name = TABLE_OF[PlannedChange]
    open_ids = {one.id for one in waiting if one.applied_on is None}
    found = set()
    for change in undoing_changes(database, table_name) if open_ids else ():
        was, now = change.before or {}, change.after or {}
        if change.row_id not in open_ids or not was.get("applied_on") or now.get("applied_on"):
            continue
        open_ids.discard(change.row_id)
        stands = image_of(database, table_name, change.row_id)
        # A column that came with a later shape says nothing of whether somebody changed the row.
        if stands is not None and all(now[name] == stands[name] for name in now.keys() & stands.keys()):
            found.add(change.row_id)
    return frozenset(found)


@deed
def apply_due_changes(act: Act) -> Saved:
    """Let the register take over everything that is due, in one action.

    Raises:
        Refusal: nothing is due.
    """
    due = due_changes(act.store, today=act.today)
    if not due:
        raise Refusal("反映する届出はありません。", "替わる日になると、開いたときに反映します。")
    with act.change(f"団体の届出{len(due)}件を登録に反映した", SUBJECT) as change:
        for one in due:
            _apply(change, act.database, one)
            change.update(PlannedChange, one.id, applied_on=act.today)
    names = list(dict.fromkeys(required_organisation(act.database, one.organisation_id).name for one in due))
    more = f" ほか{len(names) - 1}団体" if len(names) > 1 else ""
    return Saved(
        f"替わる日になった届出{len(due)}件を登録に反映しました（{names[0]}{more}）。"
        f"違うときは元に戻し、「届出の予定」を直してください。",
        due[0].id,
    )


def _apply(change: Change, database: Database, one: PlannedChange) -> None:
    if one.what == "名称":
        before = required_organisation(database, one.organisation_id)
        follow_name(change, database, before, one.value, since=one.from_on)
        values = {"name": one.value} | ({"furigana": one.furigana} if one.furigana.strip() else {})
        change.update(Organisation, one.organisation_id, **values)
    elif one.what == "会長":
        members = table.people(database, one.organisation_id)
        hand_on_role(
            change,
            database,
            CHAIR,
            held_by=[each for each in members if each.role == CHAIR],
            members=members,
            person=Person(organisation_id=one.organisation_id, name=one.value, furigana=one.furigana, role=CHAIR),
            on=one.from_on,
        )
    else:
        # One that was erased has its day behind it: the new number would fall due with it at once.
        contacts = table.not_erased(table.contacts_of_organisation(database, one.organisation_id))
        known = next((row for row in contacts if row.kind == one.what), None)
        if known is not None:
            change.update(Contact, known.id, value=one.value)
        else:
            contact = Contact(organisation_id=one.organisation_id, kind=one.what, value=one.value, purpose=PURPOSES[0])
            change.insert(contact)


def planned_change_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """What will change or should have; no name of a person and no address stands on home."""
    waiting = register.waiting_changes(database)
    held = held_changes(database, [one for one, _name in waiting if one.from_on <= today])
    return [
        FollowUp(
            task=PLANNED,
            event_id=None,
            label=f"{name}の{one.what}を登録に反映するか決める"
            if one.id in held
            else f"{name}の{one.what}が{'替わる' if one.what == CHAIR else '変わる'}",
            detail="反映を元に戻した" if one.id in held else "替わる日に登録へ反映",
            due=one.from_on,
            basis="目安日。団体からの届出",
            rule="届出の日",
            asked=Asked("団体", organisation_id=one.organisation_id),
        )
        for one, name in waiting
    ]


@frozen_record
class ChangedChair:
    """One 団体 whose 会長 changed: on which day (None = unknown), from whom and to whom ("" = nobody)."""

    organisation: Organisation
    on: date
    before: str
    after: str


@frozen_record
class ChangedChairs:
    """Whose 会長 changed since the last letter to the 会長 left; ``since`` None = none has left yet, then
    since ever."""

    since: date | None
    rows: tuple[ChangedChair, ...]


def changed_chairs(store: Store) -> ChangedChairs:
    """Return the 団体 whose 会長 began after the last 会長あて案内文 left the house, in the order of the register."""
    database = store.database
    since = _last_letter(database)
    held = rows(database, Membership, role=CHAIR, order=("organisation_id", "id"))
    begun = [one for one in held if one.from_on is not None and (since is None or one.from_on > since)]
    people = {one.id: one.name for one in rows(database, Person, id={one.person_id for one in held})} if held else {}
    known = (
        {one.id: one for one in rows(database, Organisation, id={one.organisation_id for one in begun})}
        if begun
        else {}
    )
    found = []
    for one in begun:
        before = _before(held, one)
        # A first 会長 in the register is no change of hands.
        if one.to_on is None and before and one.organisation_id in known and one.from_on is not None:
            found.append(
                ChangedChair(
                    organisation=known[one.organisation_id],
                    on=one.from_on,
                    before=people.get(before.person_id, "登録のない人"),
                    after=people.get(one.person_id, ""),
                )
            )
    return ChangedChairs(since=since, rows=tuple(found))


def _before(held: Sequence[Membership], new: Membership) -> Membership | None:
    """Who held it in the same 団体 until then."""
    ended = [
        one
        for one in held
        if one.organisation_id == new.organisation_id
        and one.id != new.id
        and one.to_on is not None
        and new.from_on is not None
        and one.to_on <= new.from_on
    ]
    return max(ended, key=lambda one: one.to_on or date.min, default=None)


def _last_letter(database: Database) -> date | None:
    """The day on which a 会長あて案内文 left last: printed, saved or 施行."""
    days = [row.at.date() for row in rows(database, Outgoing, document_kind=TO_PRESIDENTS) if row.way != "取消"]
    days += [row.issued_on for row in rows(database, Letter, document_kind=TO_PRESIDENTS) if row.issued_on is not None]
    return max(days, default=None)
