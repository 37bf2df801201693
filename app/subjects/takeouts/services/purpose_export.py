"""A list of one event taken out for a purpose: its columns and nothing else, with its rows in the log and the ledger.

- ``read_purpose(store, event_id, purpose) -> PurposeSheet`` what would leave, to be seen before
- ``export_for_purpose(store, event_id, purpose, path, …, takeout, by, now) -> ExportedList``
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from app.papers.services.leaving import Way
from app.papers.services.list_export import ExportedList, export_list
from app.refusal import Refusal
from app.subjects.roster.services.roster import read_roster
from app.subjects.roster.services.roster_numbers import number_roster
from app.subjects.takeouts.rules.export_purposes import NUMBER, PURPOSES, ExportPurpose
from app.subjects.takeouts.services.purpose_rows import ROWS
from app.subjects.takeouts.services.takeouts import PAPER, check_takeout
from db.records.protection import Takeout
from db.store import Store

ENCRYPTED = "ファイルのパスワード（AES、鍵長256）"
DAY_END = time(17, 15)


@dataclass(frozen=True, kw_only=True)
class PurposeSheet:
    """What leaves for a purpose: headings, rows, how many people they speak of, and where the event is held."""

    purpose: ExportPurpose
    title: str
    event_title: str
    venue: str
    day: date | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people: int

    @property
    def words(self) -> str:
        """「17人」, how much it is."""
        return f"{self.people}人"


def read_purpose(store: Store, *, event_id: int, purpose: str) -> PurposeSheet:
    """Return what would leave for a purpose, as it stands now.

    Raises:
        Refusal: there is no such purpose, or the event is gone.
    """
    wanted = _purpose(purpose)
    roster = read_roster(store, event_id=event_id)
    rows = ROWS[wanted.name](store, roster)
    return PurposeSheet(
        purpose=wanted,
        title=f"{wanted.name}の一覧",
        event_title=roster.event.full_title,
        venue=roster.event.venue,
        day=roster.event.event_date,
        columns=wanted.columns,
        rows=tuple(rows),
        people=len(roster.coming),
    )


def export_for_purpose(
    store: Store,
    *,
    event_id: int,
    purpose: str,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    takeout: Takeout | None = None,
    by: str,
    now: datetime,
) -> ExportedList:
    """Write the list of a purpose to ``path``; log it, and where people's data go out, write the ledger in the same step.

    Args:
        takeout: the row of the 持出し管理簿 as filled in (approver, destination, medium, due back), None where it
            stays in the office; contents, purpose, time, copies and encryption are put in here.

    Raises:
        Refusal: nobody is on the roster, the ledger is not complete, or as ``export_list`` refuses.
    """
    sheet = read_purpose(store, event_id=event_id, purpose=purpose)
    if not sheet.rows:
        raise Refusal("出力する行がありません。", "名簿に参加者を入れてから出力してください。")
    row = None
    if takeout is not None and sheet.purpose.personal:
        row = replace(
            takeout,
            event_id=event_id,
            contents=f"{sheet.title}（{sheet.words}分：{'・'.join(sheet.purpose.takes)}）",
            purpose=takeout.purpose or sheet.purpose.name,
            taken_at=now,
            encryption=ENCRYPTED if way == "暗号化して保存" else takeout.encryption,
        )
        check_takeout(row)
    if NUMBER in sheet.columns:
        # What leaves with numbers on it keeps them, as the printed 受付名簿 does.
        number_roster(store, event_id=event_id, by=by, now=now)
    return export_list(
        store,
        title=sheet.title,
        columns=sheet.columns,
        rows=sheet.rows,
        path=path,
        personal=sheet.purpose.personal,
        way=way,
        password=password,
        reason=reason,
        overwrite=overwrite,
        words=f"{sheet.words}　用途 {sheet.purpose.name}",
        event_id=event_id,
        takeout=row,
        by=by,
        now=now,
    )


def blank_takeout(sheet: PurposeSheet, *, taken_by: str, now: datetime) -> Takeout:
    """Return the row of the ledger to fill in: to the venue, back by the end of the day of the event."""
    purpose = sheet.purpose
    back = datetime.combine(max(sheet.day, now.date()), DAY_END) if sheet.day is not None else None
    return Takeout(
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
        raise Refusal(
            f"「{name}」という用途はありません。",
            f"つぎの中から選んでください：{'、'.join(one.name for one in PURPOSES)}",
        )
    return found
