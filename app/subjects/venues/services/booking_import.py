"""A list of bookings from the facility reservation system: shown row by row first, then taken in, once.

- ``preview_bookings(store, path, columns=None) -> BookingPreview``; ``column_choices() -> …`` for a mapping by hand
- ``import_bookings(store, path, columns, seen_sha256, by, now) -> ImportedBookings``
- ``undo_booking_import(store, import_id, by, now) -> Saved``; ``list_booking_imports(store)``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import ForeignFile, source_key
from app.foreign_files.refusal import IntakeRefusal
from app.importing.column_maps import recall_columns
from app.importing.undoing import changes_of_import, take_back
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.venues.intake.booking_rows import BOOKING_FIELDS, read_bookings
from app.subjects.venues.services.booking_judging import BookingJudge, JudgedBooking
from db.journal import Change
from db.records.applications import ColumnMap, ForeignImport
from db.rows import by_id
from db.store import Store
from db.tables import applications

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
