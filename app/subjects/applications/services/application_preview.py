"""A file of applications as it would be taken in: every row with its outcome and the reason, nothing written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from app.subjects.applications.rules.application_changes import FieldChange
from app.subjects.applications.rules.application_words import Outcome
from app.subjects.applications.services.application_contacts import ContactRule
from db.records.events import Event
from db.records.organisations import Organisation

Decision = Literal["", "取り込む", "取り込まない"]


@dataclass(frozen=True, kw_only=True)
class Mend:
    """What a clerk set right in one row; None = as the file has it. The file itself is never touched."""

    organisation_id: int | None = None
    name: str | None = None
    furigana: str | None = None
    people: int | None = None
    decision: Decision = ""


@dataclass(frozen=True, kw_only=True)
class MappedColumn:
    """One column of the file: number from 0, heading, our field ("" = not taken), and why it is not taken."""

    index: int
    heading: str
    field: str
    label: str
    note: str = ""
    sample: str = ""


@dataclass(frozen=True, kw_only=True)
class WishChoice:
    """One text wished for: in how many rows, the events it may mean, and the one it means (0 = not taken in, None = open)."""

    text: str
    count: int
    candidates: tuple[int, ...]
    event_id: int | None
    by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """One row of the file (``row`` from 1, ``line`` its line or sheet row) and what will become of it.

    ``reason`` says why it is not simply new, ``note`` is only worth knowing. ``name`` and 団体 are as written or as
    mended; ``organisation`` is the one of the register, ``near`` those it may mean. ``importable`` True = a clerk's
    「取り込む」 would take it in; ``event_ids`` are the events it would be entered for.
    """

    row: int
    line: int
    outcome: Outcome
    reason: str = ""
    note: str = ""
    received_at: datetime | None = None
    date_only: bool = False
    way: str = ""
    receipt_number: str = ""
    organisation_text: str = ""
    organisation: Organisation | None = None
    near: tuple[Organisation, ...] = ()
    name: str = ""
    furigana: str = ""
    role: str = ""
    device: str = ""
    device_text: str = ""
    people: int = 1
    people_text: str = ""
    care: str = ""
    phone: str = ""
    wishes: tuple[str, ...] = ()
    event_ids: tuple[int, ...] = ()
    new_places: int = 0
    changes: tuple[FieldChange, ...] = ()
    mended: bool = False
    importable: bool = True
    taken: bool = False
    odd_fields: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """The row number, by which a list keeps its current row."""
        return self.row

    @property
    def organisation_name(self) -> str:
        """The 団体 as registered, else as written."""
        return self.organisation.name if self.organisation else self.organisation_text

    def changed(self, key: str) -> FieldChange | None:
        """The change of one field, or None."""
        return next((change for change in self.changes if change.key == key), None)


@dataclass(frozen=True, kw_only=True)
class ApplicationPreview:
    """A file as it would be taken in; nothing is written yet.

    ``remembered`` True = the columns were set by hand before. ``dropped`` are headings with personal data that is
    not kept, ``unmapped`` those of columns that no field of ours takes. ``notices`` concern the whole file.
    ``needs_event`` True = neither an event nor a column of wishes says where the rows belong.
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
    remembered: bool
    dropped: tuple[str, ...]
    unmapped: tuple[str, ...]
    wishes: tuple[WishChoice, ...]
    rows: tuple[PreviewRow, ...]
    notices: tuple[str, ...]
    rule: ContactRule
    keeps_contacts: bool
    needs_event: bool = False
    needs_columns: str = ""
    lost_characters: int = 0
    mapping: Mapping[int, str] = field(default_factory=dict, repr=False)

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def taken(self) -> tuple[PreviewRow, ...]:
        """The rows that would be written."""
        return tuple(row for row in self.rows if row.taken)

    @property
    def left_out(self) -> tuple[PreviewRow, ...]:
        """The rows that would not be written and are no repetition: what a person may have to follow up."""
        return tuple(row for row in self.rows if not row.taken and row.outcome in ("確認が必要", "取り込まない"))

    @property
    def new_people(self) -> int:
        """How many places the rows taken in would add."""
        return sum(row.new_places for row in self.taken)
