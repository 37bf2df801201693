"""Preview of an application file: its columns, every row with outcome and reason, and the list of rows left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import Final, Literal

from app.common.text_rules import mask_personal_numbers
from app.events.applications.intake.application_fields import DROPPED
from app.events.applications.intake.unclear_answers import AnswerQuestion
from app.events.applications.rules import ApplicationChange, ApplicationFacts, Outcome
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.applications.services.application_writing import ContactRule
from app.foreign_files.foreign_shape import ForeignFile, left_out_lines
from app.importing.column_choices import COUNTED, OpenColumn, open_columns
from app.importing.list_target import choose_columns, first_value
from db.record import record
from db.records.events import Event
from db.records.organisations import Organisation
from db.store import Store

Decision = Literal["", "取り込む", "取り込まない", "辞退として取り込む"]
IMPORT_AS_DECLINED: Final = "辞退として取り込む"
"""Decision to keep an application with its place, which nobody takes."""


@record
class RowCorrection:
    """A clerk's corrections of one row; None = as in the file, which itself is never changed.

    Attributes:
        organisation_name: a typed 団体, registered or not; ``organisation_id`` a chosen one.
        companions: 同行者 of this row.
        note: what is added to the 備考 of the place.
        answers: by field (photo, device, status) the meaning of unreadable words in this row; takes precedence over the
            answer for all equal words.
        reason: why a row with a possible 個人番号 is imported all the same.
    """

    organisation_id: int | None = None
    organisation_name: str | None = None
    name: str | None = None
    furigana: str | None = None
    people: int | None = None
    phone: str | None = None
    companions: tuple[str, ...] | None = None
    care: str | None = None
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    decision: Decision = ""
    reason: str = ""

    def settles(self, field_key: str) -> bool:
        """Return whether it answers for its row what equal words of a field mean."""
        if field_key == "organisation":
            return {self.organisation_id, self.organisation_name} != {None}
        return field_key in self.answers


@record
class MappedColumn:
    """One column of the file: number from 0, heading, our field ("" = not used), and its first value."""

    index: int
    heading: str
    field: str
    sample: str


@record
class WishChoice:
    """One wish text: number of rows, the events it may mean, and the chosen one.

    ``event_id`` 0 = not to be imported, None = not decided yet; ``is_manual`` = chosen by a clerk, now or before.
    """

    text: str
    count: int
    candidates: tuple[int, ...]
    event_id: int | None
    is_manual: bool = False


@record
class PreviewRow(ApplicationFacts):
    """One row of the file (``row`` from 1, ``line`` its line or sheet row): what it says, and its outcome.

    Attributes:
        reason: why it is not simply new; ``note`` is only worth knowing.
        organisation_text: as written, or as corrected, as is ``name``.
        organisation: the registered 団体; ``similar_organisations`` those it may mean.
        event_ids: events it would be entered for.
        changes: what it changes in a place held before.
        is_taken: it would be written now; ``new_entry_count`` places it would add.
        joined_line: the line of the file before it that is of the same person and holds the place; 0 = none.
        people_text, device_text: as written in the file; ``people``, ``device`` as read.
        doubtful_fields: fields with a question that is not answered.
        is_importable: the clerk's 「取り込む」 would import it.
        decide_singly: it is decided by itself; ``is_numbered`` with a reason.
        unclear_answers: unreadable words by field; ``answers`` what was answered for this row.
    """

    row: int
    line: int
    outcome: Outcome
    reason: str
    note: str = ""
    received_at: datetime | None = None
    way: str = ""
    organisation_text: str = ""
    organisation: Organisation | None = None
    similar_organisations: tuple[Organisation, ...] = ()
    device_text: str = ""
    people_text: str = ""
    event_ids: tuple[int, ...] = ()
    new_entry_count: int = 0
    joined_line: int = 0
    changes: tuple[ApplicationChange, ...] = ()
    is_corrected: bool = False
    is_importable: bool
    is_taken: bool = False
    doubtful_fields: tuple[str, ...] = ()
    decide_singly: bool = False
    is_numbered: bool = False
    unclear_answers: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> int:
        """Return the row number, by which a list keeps its current row."""
        return self.row

    @property
    def organisation_name(self) -> str:
        """Return the 団体 as registered, else as written."""
        return self.organisation.name if self.organisation else self.organisation_text

    def change_of(self, key: str) -> ApplicationChange | None:
        """Return the change of one field, or None."""
        return next((change for change in self.changes if change.key == key), None)


@record
class ApplicationPreview:
    """An application file as it would be imported; nothing is written yet.

    Attributes:
        notices: what to look at about the whole file; ``readings``: how it was read, which asks for nothing.
        needs_event: neither an event nor a column of wishes says where the rows belong.
        needs_columns: sentence without 「。」 that the column of names is missing; "" = it is there.
        days_without_year: days whose year is asked once; () where only one is possible.
        questions: questions that are asked once.
        rows_without_application: lines that are no application (sums, remarks, section titles), each with the reason.
        compared_imports: imports of an earlier reader of which no row is left to decide.
    """

    event: Event | None
    events: tuple[Event, ...]
    file_name: str
    file: ForeignFile = field(repr=False)
    mapped: FileColumns
    wishes: tuple[WishChoice, ...]
    rows: tuple[PreviewRow, ...]
    notices: tuple[str, ...]
    readings: tuple[str, ...]
    rule: ContactRule
    needs_event: bool
    needs_columns: str
    days_without_year: tuple[str, ...]
    questions: tuple[AnswerQuestion, ...] = ()
    rows_without_application: tuple[PreviewRow, ...]
    compared_imports: tuple[int, ...] = ()

    def headings_of(self, field: str) -> list[str]:
        """Return the headings of the columns of a field, "" = of no field of ours."""
        return [column.heading for column in self.mapped.columns if column.field == field]

    def count(self, outcome: str) -> int:
        """Return how many rows have an outcome."""
        return self._counts[outcome]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)

    @property
    def all_rows(self) -> tuple[PreviewRow, ...]:
        """Return every line of the file as Excel shows it, in its order."""
        return tuple(sorted((*self.rows, *self.rows_without_application), key=lambda row: row.line))

    @cached_property
    def rows_to_import(self) -> tuple[PreviewRow, ...]:
        """Return the rows that would be written."""
        return tuple(row for row in self.rows if row.is_taken)

    @cached_property
    def rows_left_out(self) -> tuple[PreviewRow, ...]:
        """Return the rows that would not be written and are no repetition, which a clerk may have to follow up."""
        return tuple(row for row in self.rows if not row.is_taken and row.outcome in ("確認が必要", "取り込まない"))

    @cached_property
    def new_entry_count(self) -> int:
        """Return how many places the imported rows would add."""
        return sum(row.new_entry_count for row in self.rows_to_import)


def rows_without_application(file: ForeignFile) -> tuple[PreviewRow, ...]:
    """Return the lines below the headings that are no application, without repeated headings.

    Each is 取り込まない with its text as reason; its ``row`` is minus the line, as it is no data row.
    """
    return tuple(
        PreviewRow(
            row=-line.spreadsheet_row,
            line=line.spreadsheet_row,
            outcome="取り込まない",
            reason=words,
            is_importable=False,
        )
        for line, words in left_out_lines(file, "申込")
    )


@record
class FileColumns:
    """The columns of one file; ``fields`` maps column number to field, for used columns.

    ``is_remembered``: they were set by hand before; ``open_columns`` have content that no field took.
    """

    fields: dict[int, str]
    columns: tuple[MappedColumn, ...]
    is_remembered: bool
    key: str
    open_columns: tuple[OpenColumn, ...]


def map_file(
    store: Store,
    file: ForeignFile,
    columns: Mapping[int, str] | None,
    known: Mapping[str, Callable[[str, str], bool]] | None = None,
) -> FileColumns:
    """Return what each column of ``file`` holds: set by hand (``columns``), else remembered, else proposed.

    A hidden column is proposed for nothing. ``columns`` None = not set by hand, ``known`` as in
    ``open_columns`` (None = no field is asked).
    """
    kept = choose_columns(store, file, APPLICATIONS_TARGET, columns)
    # A hidden column is somebody's own note, so it is used only when a clerk says so.
    unseen = {index for index in file.hidden_columns if index not in kept.decided}
    fields = {index: "" if index in unseen else kept.fields.get(index, "") for index in range(len(file.headings))}
    shown = tuple(_mapped_column(file, index, field) for index, field in fields.items() if _is_real_column(file, index))
    used = {index: field for index, field in fields.items() if field not in ("", COUNTED)}
    # One question about pictures is about taking and publishing them.
    alone = () if "photo" in used.values() else (index for index, field in used.items() if field == "publication")
    return FileColumns(
        fields=used | dict.fromkeys(alone, "photo"),
        columns=shown,
        is_remembered=kept.remembered,
        key=kept.source_key,
        open_columns=open_columns(file, fields, kept.decided, APPLICATIONS_TARGET.answer_fields, known or {}),
    )


def _is_real_column(file: ForeignFile, index: int) -> bool:
    """Return False for an empty heading over empty cells (a comma at the end of every line)."""
    return bool(file.headings[index].strip()) or any(map(str.strip, file.texts_in(index)))


def _mapped_column(file: ForeignFile, index: int, field: str) -> MappedColumn:
    heading = " ".join(file.headings[index].split()) or f"（{index + 1}列目）"
    return MappedColumn(index=index, heading=heading, field=field, sample=first_value(file, index))


TITLE = "取り込まない申込"
_OWN_HEADINGS = ("行", "結果", "理由")


def left_out_table(
    preview: ApplicationPreview, rows: Sequence[PreviewRow] | None = None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return headings and rows: 行, 結果, 理由, then the columns of the file as they came.

    Columns with personal data that is not kept are left out here too, and a possible 個人番号 is masked.

    Args:
        rows: None = the rows left out that a clerk may have to follow up.
    """
    shown = [column for column in preview.mapped.columns if column.field != DROPPED]
    cells = {row.row: row.cells for row in preview.file.rows}
    width = len(preview.file.headings)
    wanted = preview.rows_left_out if rows is None else rows
    surplus = max((len(cells.get(row.row, ())) - width for row in wanted), default=0)
    headings = (
        *_OWN_HEADINGS,
        *_unique_headings([column.heading for column in shown]),
        *(f"余分な列{n}" for n in range(1, surplus + 1)),
    )
    found = []
    for row in wanted:
        own = tuple(map(mask_personal_numbers, cells.get(row.row, ())))
        found.append(
            (
                str(row.line),
                row.outcome,
                row.reason,
                *(own[column.index] if column.index < len(own) else "" for column in shown),
                *(own[at] if at < len(own) else "" for at in range(width, width + surplus)),
            )
        )
    return headings, tuple(found)


def _unique_headings(headings: Sequence[str]) -> list[str]:
    """Return the headings made different: a repeated one is 「氏名（2）」, one named as our own columns 「行（1）」."""
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        found.append(f"{heading}（{seen[heading]}）" if seen[heading] > 1 or heading in _OWN_HEADINGS else heading)
    return found
