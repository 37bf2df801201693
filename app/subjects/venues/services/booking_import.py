"""A list of bookings from the facility reservation system: judged and shown row by row first, then taken in, once.

- ``preview_bookings(store, path, columns=None) -> BookingPreview``; ``column_choices() -> …`` for a mapping by hand
- ``import_bookings(store, path, columns, seen_sha256, by, now) -> ImportedBookings``
- ``undo_booking_import(store, import_id, by, now) -> Saved``; ``list_booking_imports(store)``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import ForeignFile, source_key
from app.foreign_files.refusal import IntakeRefusal
from app.importing.column_maps import recall_columns
from app.importing.undoing import changes_of_import, take_back
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.venues.intake import BOOKING_FIELDS, ListedBooking, read_bookings
from app.subjects.venues.rules import overlap, place_words
from app.subjects.venues.services.bookings import matching_venue
from db.journal import Change
from db.records.applications import ColumnMap, ForeignImport
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.rows import by_id
from db.store import Store
from db.tables import applications, programme
from db.tables import events as event_table
from db.tables import venues as table

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
OUTCOMES: tuple[Outcome, ...] = ("新規", "更新", "重複", "確認が必要", "取り込まない")


@dataclass(frozen=True, kw_only=True)
class JudgedBooking:
    """One row of the file: what becomes of it and why; ``booking`` as it would be stored."""

    row: int
    outcome: Outcome
    reason: str
    booking: Booking | None
    event: Event | None
    place: str
    raw: tuple[str, ...]


class BookingJudge:
    """What the store knows, held against the rows of one file."""

    def __init__(self, store: Store) -> None:
        database = store.database
        started = [one for one in programme.programmes(database) if one.closed_on is None]
        self._hash = store.keys.keyed_hash
        self._places: Sequence[Venue] = table.venues(database)
        self._events = [event for one in started for event in event_table.all_of(database, one.id)]
        self._known = table.bookings(database)
        self._by_key = {row.row_key: row for row in self._known if row.row_key}
        self._seen: set[str] = set()

    def row(self, row: ListedBooking, raw: tuple[str, ...]) -> JudgedBooking:
        """Judge one row."""
        place = place_words(row.venue_name, row.room)
        reasons = [one.reason for one in row.problems]
        if row.broken or row.day is None or not row.venue_name:
            missing = [] if row.venue_name else ["施設が読めません"]
            missing += [] if row.day is not None else ["利用日が読めません"]
            return self._judged(
                row, "確認が必要", "。".join([*reasons, *missing]) or "この行は読めません", None, None, place, raw
            )
        key = self._key_of(row)
        if key in self._seen:
            return self._judged(row, "重複", "同じ予約が、このファイルの上の行にもあります", None, None, place, raw)
        self._seen.add(key)
        known = self._by_key.get(key)
        booking = self._booking(row, key, known)
        event = next((one for one in self._events if one.id == booking.event_id), None)
        if known is not None:
            same = booking == known
            return self._judged(
                row, "重複" if same else "更新", "" if same else _changes(known, booking), booking, event, place, raw
            )
        if row.state == "取消":
            return self._judged(row, "取り込まない", "取り消された予約です", None, event, place, raw)
        double = next(
            (one for one in self._known if one.state != "取消" and not one.row_key and overlap(one, booking)), None
        )
        if double is not None:
            reason = f"手で入れた予約（{double.start_time}–{double.end_time}）と重なります"
            return self._judged(row, "確認が必要", reason, booking, event, place, raw)
        return self._judged(row, "新規", "。".join(reasons), booking, event, place, raw)

    @staticmethod
    def _judged(
        row: ListedBooking, outcome: Outcome, reason: str, booking: Booking | None, event: Event | None, place: str,
        raw: tuple[str, ...],
    ) -> JudgedBooking:  # fmt: skip
        return JudgedBooking(
            row=row.row, outcome=outcome, reason=reason, booking=booking, event=event, place=place, raw=raw
        )

    def _booking(self, row: ListedBooking, key: str, known: Booking | None) -> Booking:
        """The booking of a row; what a file leaves open stays as it is known."""
        assert row.day is not None
        venue = matching_venue(self._places, row.venue_name, row.room)
        base = known or Booking(
            venue_name=row.venue_name, room=row.room, day=row.day, row_key=key, event_id=self._event_of(row)
        )
        return replace(
            base,
            venue_id=base.venue_id or (venue.id if venue is not None else None),
            start_time=row.start_time or base.start_time,
            end_time=row.end_time or base.end_time,
            state=row.state or base.state,  # type: ignore[arg-type]
            applied_on=row.applied_on or base.applied_on,
            approval_number=row.number or base.approval_number,
            approved_on=row.approved_on or base.approved_on,
            reduction=row.reduction or base.reduction,
            equipment=row.equipment or base.equipment,
            cancel_by=row.cancel_by or base.cancel_by,
            fee=base.fee if row.fee is None else row.fee,
            purpose=row.purpose or base.purpose,
            note=base.note or row.note,
        )

    def _event_of(self, row: ListedBooking) -> int | None:
        """The one event on that day at that venue, when there is exactly one and nothing else is booked for it."""
        taken = {one.event_id for one in self._known if one.state != "取消"}
        fitting = [
            one.id
            for one in self._events
            if one.event_date == row.day
            and one.status == "予定"
            and one.venue in ("", row.venue_name)
            and one.id not in taken
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _key_of(self, row: ListedBooking) -> str:
        """The keyed hash of what stays the same when a booking is exported again."""
        return self._hash("\n".join(("booking", row.venue_name, row.room, str(row.day), row.start_time)))


def _changes(before: Booking, after: Booking) -> str:
    """Say in words what an update changes."""
    named = {
        "state": "状態",
        "approval_number": "承認番号",
        "end_time": "終了",
        "cancel_by": "取消期限",
        "fee": "使用料",
    }
    changed = [words for name, words in named.items() if getattr(before, name) != getattr(after, name)]
    return "・".join(changed or ["ほかの項目"]) + "が変わります"


_ENCODINGS = {"cp932": "Shift_JIS", "utf-8-sig": "UTF-8"}
_TAKEN = ("新規", "更新")
_TARGET: Final = "会場予約"


@dataclass(frozen=True, kw_only=True)
class BookingPreview:
    """The file as read and judged; ``notices`` concern the whole file; ``columns`` as used (number to field).

    ``samples`` are the first values of the columns; ``remembered`` = the columns were once set by hand for this form.
    """

    file_name: str
    sha256: str
    source: str
    source_key: str
    encoding: str
    headings: tuple[str, ...]
    samples: tuple[str, ...]
    columns: Mapping[int, str]
    remembered: bool
    header_row: int
    rows: tuple[JudgedBooking, ...]
    notices: tuple[str, ...]

    @property
    def file_words(self) -> str:
        """What the file is: 「CSV・Shift_JIS・見出し 1行目」."""
        kind = f"CSV・{_ENCODINGS.get(self.encoding, self.encoding.upper())}" if self.encoding else "Excelブック"
        return f"{kind}・見出し {self.header_row}行目"

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which no row can be a booking, in words."""
        known = set(self.columns.values())
        room = () if known & {"venue", "room"} else (BOOKING_FIELDS["venue"],)
        return room if "day" in known else (*room, BOOKING_FIELDS["day"])

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def taken(self) -> tuple[JudgedBooking, ...]:
        """The rows that an import writes."""
        return tuple(row for row in self.rows if row.outcome in _TAKEN)


@dataclass(frozen=True, kw_only=True)
class ImportedBookings(Saved):
    """What an import wrote."""

    new: int
    updated: int


def preview_bookings(store: Store, *, path: Path, columns: Mapping[int, str] | None = None) -> BookingPreview:
    """Read a file and say what would become of each row; nothing is written.

    ``columns`` (number from 0 to field, "" = not taken) set by hand; None = as remembered for this form, else as the
    headings tell. A row is known again by venue, room, day and start: the same file twice changes nothing, a later one with another
    state or number updates the booking it brought before.

    Raises:
        Refusal: the file cannot be taken; the sentence says why.
    """
    try:
        file = read_foreign(path)
        key = source_key(file)
        known = recall_columns(store, source_key=key, target=_TARGET) if columns is None else None
        found = read_bookings(file, columns if known is None else known)
    except IntakeRefusal as refusal:
        # The reader of foreign files names the headings of applications.
        said = str(refusal).replace("「タイムスタンプ」や「氏名」", "「施設名」や「利用日」")
        happened, _, todo = said.partition("。")
        raise Refusal(f"{happened}。", todo or "ファイルを確かめて、選び直してください。") from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error
    judge = BookingJudge(store)
    raw = {row.row: row.cells for row in file.rows}
    return BookingPreview(
        file_name=path.name,
        sha256=file.sha256,
        source=file.source,
        source_key=key,
        encoding=file.encoding or "",
        headings=file.headings,
        samples=tuple(_sample(file, index) for index in range(len(file.headings))),
        columns={index: field for index, field in found.columns.items() if field},
        remembered=known is not None,
        header_row=file.header_row,
        rows=tuple(judge.row(row, tuple(raw.get(row.row, ()))) for row in found.rows),
        notices=tuple(one.reason for one in (*file.problems, *file.notices, *found.problems, *found.notices) if not one.row),
    )  # fmt: skip


def import_bookings(
    store: Store,
    *,
    path: Path,
    columns: Mapping[int, str] | None = None,
    seen_sha256: str = "",
    by: str,
    now: datetime,
) -> ImportedBookings:
    """Take in the rows that are new or changed, in one action that one undo takes back.

    Raises:
        Refusal: the file changed since it was shown, or cannot be taken.
    """
    preview = preview_bookings(store, path=path, columns=columns)
    if seen_sha256 and seen_sha256 != preview.sha256:
        raise Refusal(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )
    new, updated = preview.count("新規"), preview.count("更新")
    if not preview.taken:
        return ImportedBookings(
            said="新しい予約はありませんでした。何も変えていません。", can_undo=False, new=0, updated=0
        )
    record = ForeignImport(
        target="会場予約", file_name=preview.file_name, sha256=preview.sha256, source=preview.source,
        encoding=preview.encoding, at=now, by=by, new=new, updated=updated, duplicate=preview.count("重複"),
        needs_check=preview.count("確認が必要"), skipped=preview.count("取り込まない"),
    )  # fmt: skip
    with store.change(
        action=f"会場の予約を取り込み（{len(preview.taken)}件）", by=by, now=now, subject="bookings"
    ) as change:
        import_id = change.insert(record)
        if columns is not None:
            _remember(store, change, preview.source_key, columns, now)
        for row in preview.taken:
            if row.booking is not None:
                change.save(row.booking if row.booking.id else replace(row.booking, import_id=import_id))
    parts = [f"{new}件を加え" if new else "", f"{updated}件を更新し" if updated else ""]
    said = f"予約{'、'.join(part for part in parts if part)}ました。"
    return ImportedBookings(said=said, id=import_id, new=new, updated=updated)


def column_choices() -> tuple[tuple[str, str], ...]:
    """What a column may hold, as (field, words); the first stands for none."""
    return (("", "取り込まない"), *BOOKING_FIELDS.items())


def _sample(file: ForeignFile, index: int) -> str:
    """The first value of a column."""
    values = (row.cells[index].strip() for row in file.rows if index < len(row.cells))
    return next((value for value in values if value), "")


def _remember(store: Store, change: Change, key: str, columns: Mapping[int, str], now: datetime) -> None:
    """Use these columns again for every later list of this form."""
    present = applications.column_map(store.database, _TARGET, key)
    kept = {str(number): field for number, field in sorted(columns.items())}
    change.save(
        ColumnMap(
            id=present.id if present else 0, target=_TARGET, source_key=key, columns=kept, remembered_at=now,
        )
    )  # fmt: skip


def undo_booking_import(store: Store, *, import_id: int, by: str, now: datetime) -> Saved:
    """Take one import back: what it added goes, what it updated is as it was before.

    Raises:
        Refusal: it is gone, or one of its bookings was changed since (the later action is named).
    """
    found = by_id(store.database, ForeignImport, import_id)
    if found is None or found.target != "会場予約":
        raise Refusal("この取り込みは見つかりません。", "画面を開き直してください。")
    try:
        net = changes_of_import(store, found)
    except Refusal as refusal:
        # What to do instead is said for bookings here.
        raise Refusal(refusal.happened, "取り消す予約は、予約の一覧で1件ずつ取消にするか消してください。") from refusal
    count = sum(item.table == "bookings" for item in net)
    with store.change(
        action=f"会場の予約の取り込みを取り消し（{count}件）", by=by, now=now, subject="bookings"
    ) as change:
        take_back(store, change, net)
    return Saved(said=f"予約の取り込みを取り消しました（{count}件）。", id=import_id)


def list_booking_imports(store: Store) -> tuple[ForeignImport, ...]:
    """Return the lists of bookings taken in so far, newest first."""
    return tuple(applications.imports_for(store.database, "会場予約"))
