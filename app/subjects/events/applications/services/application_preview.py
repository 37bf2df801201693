"""A file of applications as it would be taken in: its columns, every row with outcome and reason, and the rows left out
as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import Final, Literal

from app.common.text_rules import mask_personal_numbers
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.list_target import choose_columns, first_value
from app.importing.row_target import left_out_lines
from app.subjects.events.applications.intake.application_fields import DROPPED, FIELDS
from app.subjects.events.applications.intake.unclear_answers import AnswerKey
from app.subjects.events.applications.rules import ApplicationChange, Outcome
from app.subjects.events.applications.services.application_target import APPLICATIONS_TARGET
from app.subjects.events.applications.services.application_writing import ContactRule
from db.fast_dataclass import fast_dataclass
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.organisations import Organisation
from db.store import Store

Decision = Literal["", "取り込む", "取り込まない", "辞退として取り込む"]
IMPORT_AS_DECLINED: Final = "辞退として取り込む"
"""The decision that keeps an application with its place, which nobody takes."""


@frozen_record
class RowCorrection:
    """What a clerk set right in one row; None = as the file has it. The file itself is never touched.

    ``organisation_name`` is a 団体 as it was typed, of the register or not; ``organisation_id`` one that was chosen.
    ``companions`` are who else comes of this row; ``answers`` are by field (photo, device, status) what a person said
    of words that nobody can read, before what was said of all equal ones. ``reason`` says why a row with what may be a
    個人番号 is taken in all the same.
    """

    organisation_id: int | None = None
    organisation_name: str | None = None
    name: str | None = None
    furigana: str | None = None
    people: int | None = None
    phone: str | None = None
    companions: tuple[str, ...] | None = None
    care: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    decision: Decision = ""
    reason: str = ""


@frozen_record
class MappedColumn:
    """One column of the file: number from 0, heading, our field ("" = not taken), and why it is not taken."""

    index: int
    heading: str
    field: str
    label: str
    note: str
    sample: str


@frozen_record
class WishChoice:
    """One text wished for: in how many rows, the events it may mean, and the one it means (0 = not taken in, None =
    open)."""

    text: str
    count: int
    candidates: tuple[int, ...]
    event_id: int | None
    is_manual: bool = False


@frozen_record
class AnswerQuestion:
    """Equal words of one question that a person answers once: ``names`` are those of its rows, ``answer`` "" = open."""

    key: AnswerKey
    heading: str
    words: str
    names: tuple[str, ...]
    choices: tuple[str, ...]
    answer: str

    @property
    def id(self) -> AnswerKey:
        """What tells it from the others when the file is judged anew."""
        return self.key


@fast_dataclass
@frozen_record
class PreviewRow:
    """One row of the file (``row`` from 1, ``line`` its line or sheet row) and what will become of it.

    ``reason`` says why it is not simply new, ``note`` is only worth knowing. ``name`` and 団体 are as written or as
    mended; ``organisation`` is the one of the register, ``near`` those it may mean. ``importable`` True = a clerk's
    「取り込む」 would take it in; ``event_ids`` are the events it would be entered for. ``alone`` rows are decided one
    by one, ``numbered`` ones with a reason. ``companions`` come along, ``unsure`` are the words that nobody can read,
    each with its field, and ``answers`` what was said of them for this row.
    """

    row: int
    line: int
    outcome: Outcome
    reason: str
    note: str = ""
    received_at: datetime | None = None
    is_date_only: bool = False
    way: str = ""
    receipt_number: str = ""
    organisation_text: str = ""
    organisation: Organisation | None = None
    similar_organisations: tuple[Organisation, ...] = ()
    name: str = ""
    furigana: str = ""
    role: str = ""
    device: str = ""
    device_text: str = ""
    photo: str = ""
    people: int = 1
    people_text: str = ""
    care: str = ""
    phone: str = ""
    wishes: tuple[str, ...] = ()
    event_ids: tuple[int, ...] = ()
    new_entry_count: int = 0
    changes: tuple[ApplicationChange, ...] = ()
    is_corrected: bool = False
    is_importable: bool
    is_taken: bool = False
    doubtful_fields: tuple[str, ...] = ()
    decide_singly: bool = False
    is_numbered: bool = False
    companions: tuple[str, ...] = ()
    unclear_answers: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> int:
        """The row number, by which a list keeps its current row."""
        return self.row

    @property
    def organisation_name(self) -> str:
        """The 団体 as registered, else as written."""
        return self.organisation.name if self.organisation else self.organisation_text

    def change_of(self, key: str) -> ApplicationChange | None:
        """The change of one field, or None."""
        return next((change for change in self.changes if change.key == key), None)


@frozen_record
class ApplicationPreview:
    """A file as it would be taken in; nothing is written yet.

    ``remembered`` True = the columns were set by hand before. ``dropped`` are headings with personal data that is not
    kept, ``unmapped`` those of columns that no field of ours takes. ``notices`` concern the whole file. ``others`` are
    lines that are no application (sums, remarks, section titles), each with why. ``days_without_year`` are the days
    whose year is asked once, ``asked`` the answers that are asked once. ``compared`` are imports by the reading of
    before of which no row is left to decide about. ``needs_event`` True = neither an event nor a column of wishes says
    where the rows belong.
    """

    event: Event | None
    events: tuple[Event, ...]
    file_name: str
    sha256: str
    source: str
    source_words: str
    source_key: str
    encoding: str
    encoding_words: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[MappedColumn, ...]
    is_remembered: bool
    dropped: tuple[str, ...]
    unmapped: tuple[str, ...]
    wishes: tuple[WishChoice, ...]
    rows: tuple[PreviewRow, ...]
    notices: tuple[str, ...]
    rule: ContactRule
    needs_event: bool
    needs_columns: str
    lost_characters: int
    days_without_year: tuple[str, ...]
    questions: tuple[AnswerQuestion, ...] = ()
    mapping: Mapping[int, str] = field(default_factory=dict, repr=False)
    rows_without_application: tuple[PreviewRow, ...]
    compared_imports: tuple[int, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return self._counts[outcome]

    def count_of(self, outcome: str) -> int:
        """How many rows end that way, by the word alone."""
        return self._counts[outcome]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)

    @property
    def all_rows(self) -> tuple[PreviewRow, ...]:
        """Every line of the file as a person sees it in Excel, in its order."""
        return tuple(sorted((*self.rows, *self.rows_without_application), key=lambda row: row.line))

    @property
    def rows_to_import(self) -> tuple[PreviewRow, ...]:
        """The rows that would be written."""
        return tuple(row for row in self.rows if row.is_taken)

    @property
    def rows_left_out(self) -> tuple[PreviewRow, ...]:
        """The rows that would not be written and are no repetition: what a person may have to follow up."""
        return tuple(row for row in self.rows if not row.is_taken and row.outcome in ("確認が必要", "取り込まない"))

    @property
    def new_entry_count(self) -> int:
        """How many places the rows taken in would add."""
        return sum(row.new_entry_count for row in self.rows_to_import)


def rows_without_application(file: ForeignFile) -> tuple[PreviewRow, ...]:
    """The lines below the headings that are no application, each named with what it says; headings that
    come again not."""
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


@frozen_record
class FileColumns:
    """The columns of one file: ``fields`` column number to field, without those that are not taken."""

    fields: dict[int, str]
    columns: tuple[MappedColumn, ...]
    is_remembered: bool
    dropped: tuple[str, ...]
    unmapped: tuple[str, ...]
    key: str


def map_file(store: Store, file: ForeignFile, columns: Mapping[int, str] | None) -> FileColumns:
    """Return what each column of ``file`` holds; ``columns`` given by hand win over what was remembered."""
    proposed = APPLICATIONS_TARGET.propose_columns(file)
    kept = choose_columns(store, file, APPLICATIONS_TARGET, columns)
    chosen = kept.fields if columns is not None or kept.remembered else None
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
    shown = tuple(_mapped_column(file, index, field) for index, field in fields.items() if _is_real_column(file, index))
    return FileColumns(
        fields={index: field for index, field in fields.items() if field},
        columns=shown,
        is_remembered=kept.remembered,
        dropped=tuple(column.heading for column in shown if column.field == DROPPED),
        unmapped=tuple(column.heading for column in shown if not column.field),
        key=kept.source_key,
    )


def _is_real_column(file: ForeignFile, index: int) -> bool:
    """An empty heading over empty cells (a comma at the end of every line) is no column."""
    return bool(file.headings[index].strip()) or any(row.cells[index].strip() for row in file.rows if not row.problem)


def _mapped_column(file: ForeignFile, index: int, field: str) -> MappedColumn:
    hidden = index in file.hidden_columns and not field
    if field == DROPPED:
        label, note = "読み込まない", "この事業に要らない個人情報"
    elif not field:
        label, note = "読み込まない", "隠れた列" if hidden else ""
    else:
        known = FIELDS.get(field)
        label, note = (known.label, known.note) if known else (field, "")
    heading = " ".join(file.headings[index].split()) or f"（{index + 1}列目）"
    return MappedColumn(
        index=index, heading=heading, field=field, label=label, note=note, sample=first_value(file, index)
    )


TITLE = "取り込まない申込"
_OWN_HEADINGS = ("行", "結果", "理由")


def left_out_table(
    file: ForeignFile, preview: ApplicationPreview, rows: Sequence[PreviewRow] | None = None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return headings and rows: 行, 結果, 理由, then the columns of the file exactly as they came.

    Columns with personal data that is not kept are left out here too. ``rows`` None = those not taken in that a
    person may have to follow up.
    """
    shown = [column for column in preview.columns if column.field != DROPPED]
    cells = {row.row: row.cells for row in file.rows}
    width = len(file.headings)
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
    """Headings that stand twice get their number, so that each column keeps its own."""
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        found.append(f"{heading}（{seen[heading]}）" if seen[heading] > 1 or heading in _OWN_HEADINGS else heading)
    return found
