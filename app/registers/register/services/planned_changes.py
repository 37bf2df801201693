"""届出の予定: changes of name, 会長 or contacts that a 団体 announced in advance, applied on their day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.and_others import and_others
from app.common.contacts import contacts_in_force
from app.common.text_rules import check_writable_texts
from app.documents.services.notification_kinds import outgoing_in_effect
from app.event.rules.recruitment import TO_PRESIDENTS
from app.event.services.tasks.follow_ups import FollowUp
from app.registers.register.services.contacts import add_contact
from app.registers.register.services.organisation_differences import CHAIR
from app.registers.register.services.organisations import PURPOSES, get_organisation
from app.registers.register.services.people import transfer_role
from app.registers.register.services.renaming import update_name_copies
from db.engine import Database
from db.journal import Change
from db.mapping import TABLE_OF
from db.record import record
from db.records.documents import Letter, Outgoing
from db.records.organisations import Contact, ContactKind, Membership, Organisation, Person, PlannedChange
from db.rows import rows, rows_by_id
from db.store import Store
from db.tables import organisations as table
from db.tables import register
from db.tables.journal import image_of, undoing_changes

PLANNED_SUBJECT = "届出の予定"
SUBJECT = "organisations"


def save_planned_change(context: ActionContext, *, planned: PlannedChange, take_over: bool = False) -> ActionResult:
    """Save a change announced by a 団体 (``id`` 0 = new); it is applied on its day when the program is opened.

    Args:
        take_over: apply it to the register at once, even if that was undone before.

    Raises:
        UserError: nothing was entered, it cannot be printed, the 団体 is gone, it was applied already, or it is to be
            applied before its day.
    """
    organisation = get_organisation(context.database, planned.organisation_id)
    if not planned.value.strip():
        raise UserError(f"変更後の{planned.what}が書かれていません。", "届出のとおりに入力してください。")
    known = get_or_raise(context.database, PlannedChange, planned.id) if planned.id else None
    if known is not None and known.applied_on is not None:
        raise UserError("この届出は、もう登録に反映しています。", "団体の登録を直してください。")
    names = (
        {planned.what: planned.value, "ふりがな": planned.furigana}
        if planned.what.is_name or planned.what.is_president
        else {}
    )
    check_writable_texts(names, {planned.what: planned.value, "覚え": planned.note})
    if take_over and planned.from_on > context.today:
        raise UserError("替わる日がまだ来ていません。", "替わる日になると、開いたときに登録へ反映します。")
    action = "団体の届出を保存して登録に反映した" if take_over else "団体の届出の予定を保存した"
    with context.change(action, SUBJECT) as change:
        row_id = change.correct(known, planned)
        if take_over:
            _apply(change, context.database, planned)
            change.update(PlannedChange, row_id, applied_on=context.today)
    if take_over:
        return ActionResult(f"「{organisation.name}」の{planned.what}を登録に反映しました。", row_id)
    if suspended_changes(context.database, rows(context.database, PlannedChange, id=row_id)):
        return ActionResult(f"「{organisation.name}」の{planned.what}は、反映を元に戻したままです。", row_id)
    when = "つぎに開いたとき" if planned.from_on <= context.today else f"{planned.from_on.month}/{planned.from_on.day}"
    return ActionResult(f"「{organisation.name}」の{planned.what}は、{when}に登録へ反映します。", row_id)


def remove_planned_change(context: ActionContext, *, planned_id: int) -> ActionResult:
    """Delete an announced change; what was applied stays. Raises ``UserError`` when it is gone."""
    found = get_or_raise(context.database, PlannedChange, planned_id)
    with context.change("団体の届出の予定を消した", SUBJECT) as change:
        change.delete(PlannedChange, found.id)
    return ActionResult(f"{found.what}の届出の予定を消しました。", found.id)


def read_due_changes(store: Store, *, today: date) -> tuple[PlannedChange, ...]:
    """Return the announced changes that are due, by day, without those whose application was undone."""
    waiting = rows(store.database, PlannedChange, applied_on=None, order=("from_on", "id"))
    due = [one for one in waiting if one.from_on <= today]
    held = suspended_changes(store.database, due)
    return tuple(one for one in due if one.id not in held)


def suspended_changes(database: Database, planned_changes: Sequence[PlannedChange]) -> frozenset[int]:
    """Return the ids of changes that were applied, then undone, and not edited since.

    Only the journal knows this, because undo restores the row as it was before.
    """
    table_name = TABLE_OF[PlannedChange]
    open_ids = {one.id for one in planned_changes if one.applied_on is None}
    found = set()
    for change in undoing_changes(database, table_name) if open_ids else ():
        was, now = change.before or {}, change.after or {}
        if change.row_id not in open_ids or not was.get("applied_on") or now.get("applied_on"):
            continue
        open_ids.discard(change.row_id)
        stands = image_of(database, table_name, change.row_id)
        # A column added by a later migration does not show that somebody changed the row.
        if stands is not None and all(now[name] == stands[name] for name in now.keys() & stands.keys()):
            found.add(change.row_id)
    return frozenset(found)


def apply_due_changes(context: ActionContext) -> ActionResult:
    """Apply all due changes to the register in one action.

    Raises:
        UserError: nothing is due.
    """
    due = read_due_changes(context.store, today=context.today)
    if not due:
        raise UserError("反映する届出はありません。", "替わる日になると、開いたときに反映します。")
    with context.change(f"団体の届出{len(due)}件を登録に反映した", SUBJECT) as change:
        for one in due:
            _apply(change, context.database, one)
            change.update(PlannedChange, one.id, applied_on=context.today)
    names = list(dict.fromkeys(get_organisation(context.database, one.organisation_id).name for one in due))
    more = and_others(names, 1, " ほか{}団体")
    return ActionResult(
        f"替わる日になった届出{len(due)}件を登録に反映しました（{names[0]}{more}）。"
        f"違うときは元に戻し、「届出の予定」を直してください。",
        due[0].id,
    )


def _apply(change: Change, database: Database, planned: PlannedChange) -> None:
    """Write a planned change (name, 会長 or a contact) to the register, within an open change.

    Of contacts the first of this kind that was not erased gets the new value; without one, a contact is added.
    """
    if planned.what.is_name:
        before = get_organisation(database, planned.organisation_id)
        update_name_copies(change, database, before, planned.value, since=planned.from_on)
        values = {"name": planned.value} | ({"furigana": planned.furigana} if planned.furigana.strip() else {})
        change.update(Organisation, planned.organisation_id, **values)
    elif planned.what.is_president:
        members = table.people(database, planned.organisation_id)
        transfer_role(
            change,
            database,
            CHAIR,
            holders=[each for each in members if each.role == CHAIR],
            members=members,
            person=Person(
                organisation_id=planned.organisation_id, name=planned.value, furigana=planned.furigana, role=CHAIR
            ),
            on=planned.from_on,
        )
    else:
        # One that was erased has its day behind it: the new number would fall due with it at once.
        contacts = table.contacts_of_organisation(database, planned.organisation_id)
        kind = ContactKind(planned.what)
        present = next(
            iter(contacts_in_force(contacts, kind, PURPOSES[0])),
            Contact(organisation_id=planned.organisation_id, kind=kind, value="", purpose=PURPOSES[0]),
        )
        add_contact(change, contacts, replace(present, id=0, value=planned.value), planned.from_on)


def planned_change_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return follow-ups for coming and overdue changes, without names of people or addresses."""
    waiting = register.planned_changes(database)
    held = suspended_changes(database, [one for one, _name in waiting if one.from_on <= today])
    return [
        FollowUp(
            task=PLANNED_SUBJECT,
            label=f"{name}の{one.what}を登録に反映するか決める"
            if one.id in held
            else f"{name}の{one.what}が{'替わる' if one.what.is_president else '変わる'}",
            detail="反映を元に戻した" if one.id in held else "替わる日に登録へ反映",
            due=one.from_on,
            basis="目安日。団体からの届出",
            rule="届出の日",
            link=ActionLink("団体", organisation_id=one.organisation_id),
        )
        for one, name in waiting
    ]


@record
class ChairChange:
    """One 団体 whose 会長 changed: from which day, from whom and to whom.

    ``former_chair`` is 「登録のない人」 and ``new_chair`` "" for somebody who is no longer in the register.
    """

    organisation: Organisation
    on: date
    former_chair: str
    new_chair: str


@record
class ChairChanges:
    """Changes of 会長 since the last letter to the 会長 was sent; ``since`` None = no letter yet, all changes."""

    since: date | None
    rows: tuple[ChairChange, ...]


def read_chair_changes(store: Store) -> ChairChanges:
    """Return the 団体 whose present 会長 took office after the last 会長あて案内文 was sent, in register order.

    Left out is a 会長 whose first day is not known or before whom no other is recorded.
    """
    database = store.database
    since = _last_letter(database)
    held = rows(database, Membership, role=CHAIR, order=("organisation_id", "id"))
    begun = [one for one in held if one.from_on is not None and (since is None or one.from_on > since)]
    people = {one.id: one.name for one in rows(database, Person, id={one.person_id for one in held})}
    known = rows_by_id(database, Organisation, id={one.organisation_id for one in begun})
    found = []
    for one in begun:
        before = _previous_membership(held, one)
        # A first 会長 in the register is no change of hands.
        if one.to_on is None and before and one.organisation_id in known and one.from_on is not None:
            found.append(
                ChairChange(
                    organisation=known[one.organisation_id],
                    on=one.from_on,
                    former_chair=people.get(before.person_id, "登録のない人"),
                    new_chair=people.get(one.person_id, ""),
                )
            )
    return ChairChanges(since=since, rows=tuple(found))


def _previous_membership(memberships: Sequence[Membership], new: Membership) -> Membership | None:
    """Return the last membership of the role that ended before ``new`` began in the same 団体, or None."""
    ended = [
        one
        for one in memberships
        if one.organisation_id == new.organisation_id
        and one.id != new.id
        and one.to_on is not None
        and new.from_on is not None
        and one.to_on <= new.from_on
    ]
    return max(ended, key=lambda one: one.to_on or date.min, default=None)


def _last_letter(database: Database) -> date | None:
    """Return the day a 会長あて案内文 was last printed, saved or 施行 and not withdrawn, or None."""
    days = [row.at.date() for row in outgoing_in_effect(rows(database, Outgoing, document_kind=TO_PRESIDENTS))]
    days += [row.issued_on for row in rows(database, Letter, document_kind=TO_PRESIDENTS) if row.issued_on is not None]
    return max(days, default=None)
