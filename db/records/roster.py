"""The roster of an event, with entries, selections, groups, needs and lent tablets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from db.fast_dataclass import fast_dataclass
from db.frozen_record import frozen_record
from db.name_key import organisation_key

EntryState = Literal["申込", "決定", "補欠", "落選", "辞退"]
Attendance = Literal["", "出席", "欠席"]
Device = Literal["", "持参", "貸与"]
PhotoConsent = Literal["", "可", "不可"]
SelectionMethod = Literal["先着順", "区の調整", "抽選"]
ArrangementKind = Literal["手話通訳", "要約筆記", "拡大資料", "席", "その他"]


@fast_dataclass
@frozen_record
class Entry:
    """One place in one event, of a named person or one still unnamed (``person_id`` None = 氏名未定).

    Attributes:
        organisation_name: what was written when the 団体 is not in the register.
        number: the number on the 受付名簿, given once and kept.
        admission: the 入場番号 on its letter.
        waiting_order: counts 補欠 from 1.
        absent_told_at: when an absence was reported before the day.
        substitute_for: the entry whose place this one took.
        moved_to: the entry in another event that its person has instead.
        late: 遅刻, reported before and kept when the person has come.
        doubtful: says in words what somebody still has to check.
        care: 配慮, never shown at the check-in.
    """

    id: int = 0
    event_id: int
    application_id: int | None = None
    person_id: int | None = None
    organisation_id: int | None = None
    organisation_name: str = ""
    role: str = ""
    state: EntryState = "申込"
    applied_at: datetime | None = None
    way: str = ""
    device: Device = ""
    care: str = ""
    photo: PhotoConsent = ""
    number: int | None = None
    admission: int | None = None
    group_number: int | None = None
    seat: str = ""
    waiting_order: int | None = None
    walk_in: bool = False
    attendance: Attendance = ""
    attended_at: datetime | None = None
    absent_told_at: datetime | None = None
    absent_note: str = ""
    late: bool = False
    substitute_for: int | None = None
    moved_to: int | None = None
    doubtful: str = ""
    note: str = ""

    @property
    def organisation_key(self) -> int | str:
        """Return the key by which its 団体 is counted; "" = none."""
        return organisation_key(self.organisation_id, self.organisation_name)


@frozen_record
class SelectionLine:
    """The result of one entry in a selection, with its place in the order and the reason in words.

    The data it was based on are kept, so that it can be run again after the roster has changed:
    ``applied_at``, ``application_id``, ``organisation`` (a key, never shown), ``named``, ``missed`` (not
    chosen before). ``draw`` is the entry's own number of a 抽選, ``organisation_draw`` that of its 団体.
    """

    entry_id: int
    order: int
    draw: str = ""
    result: str
    why: str = ""
    applied_at: datetime | None = None
    application_id: int | None = None
    organisation: str = ""
    organisation_draw: str = ""
    named: bool = True
    missed: bool = False


@frozen_record
class Selection:
    """One selection of participants, kept so that it can be shown and a 抽選 repeated with the same result."""

    id: int = 0
    event_id: int
    method: SelectionMethod
    seed: str = ""
    capacity: int
    organisation_limit: int | None = None
    organisations_first: bool = False
    not_chosen_first: bool = False
    reason: str = ""
    lines: tuple[SelectionLine, ...] = ()
    made_at: datetime
    by: str


@frozen_record
class TableGroup:
    """One 班 of a 意見交換会 with its facilitator (from the 受託者's 配置表).

    ``notes`` is the number of its sticky notes, None = not counted. ``composition`` says in words who was in
    it (「5人・4団体」) where the roster does not know.
    """

    id: int = 0
    event_id: int
    number: int
    facilitator: str = ""
    note: str = ""
    notes: int | None = None
    composition: str = ""


@frozen_record
class GroupWish:
    """Two entries to keep in one 班 (``together``) or in different ones."""

    id: int = 0
    event_id: int
    first_entry_id: int
    second_entry_id: int
    together: bool = False


@frozen_record
class Arrangement:
    """An arrangement for a 配慮 (手話, 要約筆記 …) with the day it was ordered and the day it was settled."""

    id: int = 0
    event_id: int
    entry_id: int | None = None
    kind: ArrangementKind = "その他"
    content: str = ""
    ordered_on: date | None = None
    ordered_to: str = ""
    phone: str = ""
    settled_on: date | None = None
    settled_by: str = ""
    note: str = ""


@frozen_record
class Tablet:
    """One tablet of the ward for lending on the day."""

    id: int = 0
    number: str
    name: str = ""
    note: str = ""
    retired_on: date | None = None


@frozen_record
class TabletLoan:
    """The loan of one tablet to one entry of an event, with return, initialisation and check."""

    id: int = 0
    tablet_id: int
    event_id: int
    entry_id: int | None = None
    out_at: datetime | None = None
    back_at: datetime | None = None
    initialised_at: datetime | None = None
    checked_by: str = ""
    note: str = ""
