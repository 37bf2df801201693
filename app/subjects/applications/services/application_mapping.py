"""Which column of a file of applications holds what: as set by hand, as remembered, or as proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.foreign_files.foreign_shape import ForeignFile, source_key
from app.importing.column_maps import recall_columns
from app.subjects.applications.intake.application_fields import APPLICATION_FIELDS, DROPPED, propose_columns
from app.subjects.applications.services.application_preview import MappedColumn
from db.store import Store

NOTES: Mapping[str, str] = {
    "receipt_number": "文字のまま", "received_at": "先着順に使用", "way": "電子・電話・FAX", "organisation": "名簿と照合",
    "name": "書かれたまま", "furigana": "書かれたまま", "device": "持参／貸与", "care": "受付では内容を隠す",
    "people": "氏名未定の席も確保", "status": "取下げは取り込まない", "phone": "連絡先", "email": "連絡先",
    "fax": "連絡先", "address": "連絡先", "photo": "撮影不可は名札に",
}  # fmt: skip
CONTACT_FIELDS = ("phone", "fax", "email", "address", "contact_phone")


@dataclass(frozen=True, kw_only=True)
class FileColumns:
    """The columns of one file: ``fields`` column number to field, without those that are not taken."""

    fields: dict[int, str]
    columns: tuple[MappedColumn, ...]
    remembered: bool
    dropped: tuple[str, ...]
    unmapped: tuple[str, ...]
    key: str


def map_file(store: Store, file: ForeignFile, columns: Mapping[int, str] | None) -> FileColumns:
    """Return what each column of ``file`` holds; ``columns`` given by hand win over what was remembered."""
    key = source_key(file)
    proposed = propose_columns(file.headings, file.service, file.groups)
    known = recall_columns(store, source_key=key) if columns is None else None
    chosen = columns if columns is not None else known
    fields: dict[int, str] = {}
    for index in range(len(file.headings)):
        field = proposed.get(index, "") if chosen is None or index not in chosen else chosen[index]
        # A hidden column is somebody's own note: it is taken only when a person says so.
        if chosen is None and index in file.hidden_columns:
            field = ""
        # What the programme does not need stays out, whatever was remembered.
        if proposed.get(index) == DROPPED and field != DROPPED and chosen is None:
            field = DROPPED
        fields[index] = field
    shown = tuple(_column(file, index, field) for index, field in fields.items() if _is_column(file, index))
    return FileColumns(
        fields={index: field for index, field in fields.items() if field},
        columns=shown,
        remembered=known is not None,
        dropped=tuple(column.heading for column in shown if column.field == DROPPED),
        unmapped=tuple(column.heading for column in shown if not column.field),
        key=key,
    )


def _is_column(file: ForeignFile, index: int) -> bool:
    """An empty heading over empty cells (a comma at the end of every line) is no column."""
    return bool(file.headings[index].strip()) or any(row.cells[index].strip() for row in file.rows if not row.problem)


def _column(file: ForeignFile, index: int, field: str) -> MappedColumn:
    hidden = index in file.hidden_columns and not field
    if field == DROPPED:
        label, note = "読み込まない", "この事業に要らない個人情報"
    elif not field:
        label, note = "読み込まない", "隠れた列" if hidden else ""
    else:
        label, note = APPLICATION_FIELDS.get(field, field), NOTES.get(field, "")
    sample = next((row.cells[index].strip() for row in file.rows if not row.problem and row.cells[index].strip()), "")
    heading = " ".join(file.headings[index].split()) or f"（{index + 1}列目）"
    return MappedColumn(index=index, heading=heading, field=field, label=label, note=note, sample=sample[:40])
