"""Exports a list of one event for a purpose, with its rows in the log and the 持出し管理簿."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.user_error import UserError
from app.documents.event_facts import devices_words
from app.documents.services.file_saving import SaveWay
from app.documents.services.list_export import ExportedList, export_list
from app.subjects.events.dispatches.services.contact_consent import check_outgoing_contents
from app.subjects.events.event.rules.expected_attendance import headcount_totals
from app.subjects.events.event.services.expected_counts import expected_of_event
from app.subjects.events.roster.rules.roster_numbers import missing_roster_numbers
from app.subjects.events.roster.services.roster import Roster, RosterRow, assign_roster_numbers, read_roster
from app.subjects.settings.checkouts.rules import NUMBER, PURPOSES, ExportPurpose
from app.subjects.settings.checkouts.services.checkouts import PAPER, check_checkout
from db.frozen_record import frozen_record
from db.records.organisations import Contact
from db.records.protection import Checkout
from db.store import Store
from db.tables import organisations

CARE_MARK = "●"
_NO_ROLE = "役職なし・不明"
Rows = list[tuple[str, ...]]
ENCRYPTED = "ファイルのパスワード（AES、鍵長256）"
DAY_END = time(17, 15)


def _photo(row: RosterRow) -> str:
    return "撮影不可" if row.entry.photo == "不可" else ""


def _check_in_rows(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    """Return rows in the order and with the numbers of the 受付名簿, assigned now if it was never issued."""
    coming = missing_roster_numbers([row.entry for row in roster.rows], organisations.all_organisations(store.database))
    numbers = {row.entry.id: row.entry.number or coming.get(row.entry.id, 0) for row in roster.check_in_rows}
    return [
        (
            str(numbers[row.entry.id] or ""), row.organisation_name, row.branch, row.name, row.furigana, row.role,
            row.entry.device, str(row.entry.group_number or ""), row.entry.seat,
            CARE_MARK if row.entry.care.strip() else "", _photo(row),
        )
        for row in sorted(roster.check_in_rows, key=lambda row: numbers[row.entry.id])
    ]  # fmt: skip


def _name_tag_rows(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    return [
        (row.name, row.furigana, row.organisation_name, _photo(row))
        for row in roster.check_in_rows
        if row.person is not None and not row.is_erased
    ]


def _call_list_rows(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    return [
        (row.organisation_name, row.branch, row.name, _contact(store, row, "電話"), _contact(store, row, "メール"))
        for row in roster.coming_rows
    ]


def _contact(store: Store, row: RosterRow, kind: str) -> str:
    """Return a contact of the person, else of the 団体."""
    found: Sequence[Contact] = ()
    if row.entry.person_id is not None:
        found = organisations.contacts_not_erased(organisations.contacts_of_person(store.database, row.entry.person_id))
    own = [one.value for one in found if one.kind == kind]
    if not own and row.organisation is not None:
        of_group = organisations.contacts_of_organisation(store.database, row.organisation.id)
        own = [one.value for one in organisations.contacts_not_erased(of_group) if one.kind == kind]
    return "、".join(dict.fromkeys(own))


def _headcount_rows(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    totals = headcount_totals(expected_of_event(store.database, roster.event))
    return [
        ("参加予定人数", f"{totals.people}人"),
        ("団体数", f"{totals.organisations}団体"),
        ("持参する端末", devices_words(totals.own_devices, totals.unknown_devices)),
        ("貸与する端末", devices_words(totals.lent_devices, totals.unknown_devices)),
        *([("端末　未確認", f"{totals.unknown_devices}人")] if totals.unknown_devices else []),
        ("配慮の必要な方", f"{totals.care_count}件"),
    ]


def _ward_rows(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    applied: Counter[tuple[str, str]] = Counter()
    came: Counter[tuple[str, str]] = Counter()
    for row in roster.rows:
        key = (row.organisation_name or "団体なし", row.branch)
        applied[key] += not row.entry.walk_in and row.entry.substitute_for is None
        came[key] += row.entry.attendance == "出席"
    return [(name, branch, f"{count}人", f"{came[name, branch]}人") for (name, branch), count in applied.items()]


def _lecturer_rows(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    people = roster.coming_rows
    roles = Counter(row.role or _NO_ROLE for row in people)
    devices = Counter(
        {"持参": "端末を持参", "貸与": "端末を貸与"}.get(row.entry.device, "端末は未定") for row in people
    )
    cares = sum(bool(row.entry.care.strip()) for row in people)
    rows = [
        ("参加予定人数", f"{len(people)}人"),
        *((f"役職　{role}", f"{count}人") for role, count in roles.most_common()),
    ]
    rows += [(words, f"{count}人") for words, count in sorted(devices.items())]
    return [*rows, ("配慮の必要な方", f"{cares}人")]


ROW_BUILDERS: Final[Mapping[str, Callable[[Store, Roster], Rows]]] = {
    "受付用": _check_in_rows, "名札用": _name_tag_rows, "中止連絡用": _call_list_rows, "人数連絡用": _headcount_rows,
    "区内報告用": _ward_rows,
    "講師への参考": _lecturer_rows,
}  # fmt: skip
"""Function that builds the rows, by the name of the purpose."""


@frozen_record
class PurposeList:
    """The list to export: headings, rows, number of people in it, and the venue of the event."""

    purpose: ExportPurpose
    title: str
    event_title: str
    venue: str
    day: date | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people_count: int

    @property
    def words(self) -> str:
        """Return the size of the list as words, 「17人」."""
        return f"{self.people_count}人"


def read_purpose_list(store: Store, *, event_id: int, purpose: str) -> PurposeList:
    """Return the list that would be exported for a purpose now.

    Raises:
        UserError: there is no such purpose, or the event is gone.
    """
    wanted = _purpose(purpose)
    roster = read_roster(store, event_id=event_id)
    rows = ROW_BUILDERS[wanted.name](store, roster)
    return PurposeList(
        purpose=wanted,
        title=f"{wanted.name}の一覧",
        event_title=roster.event.full_title,
        venue=roster.event.venue,
        day=roster.event.event_date,
        columns=wanted.columns,
        rows=tuple(rows),
        people_count=len(roster.coming_rows),
    )


@deed
def export_for_purpose(
    context: ActionContext,
    *,
    event_id: int,
    purpose: str,
    path: Path,
    way: SaveWay = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    checkout: Checkout | None = None,
) -> ExportedList:
    """Write the list of a purpose to ``path``, with a log row and, for personal data leaving the office, a ledger row.

    Args:
        checkout: the row of the 持出し管理簿 as filled in (approver, destination, medium, due back), None where it
            stays in the office; contents, purpose, time, copies and encryption are added here.

    Raises:
        UserError: nobody is on the roster, the ledger row is incomplete, or as in ``export_list``.
    """
    sheet = read_purpose_list(context.store, event_id=event_id, purpose=purpose)
    if not sheet.rows:
        raise UserError("出力する行がありません。", "名簿に参加者を入れてから出力してください。")
    row = None
    if checkout is not None and sheet.purpose.names_people:
        row = replace(
            checkout,
            event_id=event_id,
            contents=f"{sheet.title}（{sheet.words}分：{'・'.join(sheet.purpose.personal_data)}）",
            purpose=checkout.purpose or sheet.purpose.name,
            taken_at=context.now,
            encryption=ENCRYPTED if way == "暗号化して保存" else checkout.encryption,
        )
        check_checkout(row)
    to = f"{row.destination}　{row.taken_by}　{reason}" if row is not None else reason
    check_outgoing_contents(context.store, event_id=event_id, recipient=to, contents="・".join(sheet.columns))
    if NUMBER in sheet.columns:
        # What leaves with numbers on it keeps them, as the printed 受付名簿 does.
        assign_roster_numbers(context, event_id=event_id)
    return export_list(
        context,
        title=sheet.title,
        columns=sheet.columns,
        rows=sheet.rows,
        path=path,
        personal=sheet.purpose.names_people,
        way=way,
        password=password,
        reason=reason,
        overwrite=overwrite,
        words=f"{sheet.words}　用途 {sheet.purpose.name}",
        event_id=event_id,
        takeout=row,
    )


def blank_checkout(sheet: PurposeList, *, taken_by: str, now: datetime) -> Checkout:
    """Return the ledger row to fill in: to the venue, due back by the end of the event's day."""
    purpose = sheet.purpose
    back = datetime.combine(max(sheet.day, now.date()), DAY_END) if sheet.day is not None else None
    return Checkout(
        contents="",
        taken_at=now,
        taken_by=taken_by,
        purpose=purpose.name,
        destination=sheet.venue if purpose.destination == "会場" else purpose.destination,
        medium=PAPER,
        due_back_at=back,
    )


def _purpose(name: str) -> ExportPurpose:
    found = next((one for one in PURPOSES if one.name == name), None)
    if found is None:
        raise UserError(
            f"「{name}」という用途はありません。",
            f"つぎの中から選んでください：{'、'.join(one.name for one in PURPOSES)}",
        )
    return found
