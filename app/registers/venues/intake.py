"""Reads a list exported from a facility reservation system: columns, room, day, times, state, doubtful values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date

from app.calendar.date_parsing import parse_time
from app.calendar.office_days import DateProblem
from app.common.join_nonempty import join_nonempty
from app.foreign_files.cells.answer_reading import is_nothing, parse_one_of
from app.foreign_files.cells.answer_words import BOOKING_FILLERS, BOOKING_STATES
from app.foreign_files.cells.contact_cells import RUNNING_NUMBER
from app.foreign_files.cells.date_parsing import parse_day
from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.cells.written_values import parse_amount
from app.foreign_files.foreign_shape import Finding, ForeignFile, ReadTable
from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.list_fields import field_labels, heading_patterns, list_fields
from app.registers.register.intake import OrganisationRowReader
from db.digits import is_digits, one_width
from db.record import FieldSpec, record
from db.records.venues import Booking

_FIELDS = list_fields(
    Booking,
    {
        "day": (
            FieldSpec(
                "利用時間帯",
                r"時間帯|利用時間|使用時間|時間区分|利用区分|使用区分|コマ|^区分$|^(?!.*(?:申|受付|承認|館|準備|所要|取消|行事|講[習座演]|開催|催し|本番|設営|片付)).*時間$",
                key="slot",
                match_order=90,
            ),
        )
    },
)
BOOKING_FIELDS = field_labels(_FIELDS)
"""Field key to its Japanese label, in the order in which a mapping screen shows them."""

_PATTERNS = heading_patterns(_FIELDS)

UNKNOWN_STATE, SLOT_REMARK = "unknown_state", "slot_remark"
NETWORK_WORDS = {
    **dict.fromkeys(("あり", "有り", "可", "○", "〇", "◯", "wi-fiあり", "wifiあり", "利用可", "使用可"), "有"),
    **dict.fromkeys(("なし", "無し", "不可", "×", "✕", "利用不可", "使用不可"), "無"),
    **dict.fromkeys(("未確認", "確認中"), "不明"),
}
"""What lists of venues write about the network, as our three words."""
FACILITY_WORDS = {
    **dict.fromkeys(("区立", "区施設", "区の施設", "区有施設"), "区立施設"),
    **dict.fromkeys(("その他", "民間", "民間施設", "区立以外"), "その他の施設"),
}
"""What they write about whose house it is."""


def propose_booking_columns(headings: Sequence[str]) -> dict[int, str]:
    """Guess the field of each column (number from 0) by its heading; of two 番号 columns that of the 承認 is taken."""
    found: dict[int, str] = {}
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        field = next((field for pattern, field in _PATTERNS if pattern.search(folded)), "") if folded else ""
        if field == "number" and field in found.values() and "承認" in folded:
            found = {place: known for place, known in found.items() if known != field}
        if field and field not in found.values():
            found[index] = field
    return found


@record
class ListedBooking:
    """One booking as exported; times "HH:MM", ``state`` one of ``BOOKING_STATES`` or "".

    ``values`` are the cells as typed; those that need no parsing go into the booking unchanged.
    """

    row: int
    spreadsheet_row: int
    values: Mapping[str, str] = field(repr=False)
    venue_name: str
    room: str
    day: date | None
    start_time: str
    end_time: str
    state: str
    applied_on: date | None
    approved_on: date | None
    cancel_by: date | None
    fee: int | None
    note: str
    is_broken: bool
    problems: tuple[Finding, ...]
    notices: tuple[Finding, ...]


_TIME_SEPARATOR = re.compile(r"\s*(?:~|〜|-|‐|―|–|—|−|ー|から|より|→)\s*")
_TIME_BRACKETS = re.compile(r"^.*?[(（]\s*(?=\d)|[)）].*$|まで$|(?<=:\d\d)\s*\(.*$|\(\d+時間\)$")
_WORDS_BESIDE_HOURS = re.compile(r"\d.*[(（](?!\s*\d+\s*時間\s*[)）])[^)）]+[)）]")
"""Brackets behind hours that hold more than how long they are."""
_ISO_TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}:\d{2})(?::\d{2})?")

_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_BESIDE_HOURS = re.compile(
    r"(?:[\d\s:時分半・,、~〜\-]|延長|延刻|準備|片付け?|設営|撤去|搬入|搬出|含む?|込み?|うち|利用|使用|入室|退室|入退室|開場|開始|終了|講習会?|本番|行事|午前|午後|夜間?|全日|[1-9]コマ|間|[のをはがとにも]|から|まで|あり)*"
)
"""What may stand in brackets beside hours: other hours, and what is done in them."""
_NO_SLOT = re.compile(r"同上|[〃?？※]|午前\s*[(（]?\s*1[2-9]|(?:午後|夜間?)\s*[(（]\s*(?:0?\d|1[01])[:時]")
"""Signs of a doubt, and a part of the day which the hours are not in."""

SLOT_HOURS = {
    "午前": ("09:00", "12:00"),
    "午後": ("13:00", "17:00"),
    "午前・午後": ("09:00", "17:00"),
    "午後・夜間": ("13:00", "21:30"),
    "夜間": ("18:00", "21:30"),
    "夜": ("18:00", "21:30"),
    "全日": ("09:00", "21:30"),
    "終日": ("09:00", "21:30"),
    "1日": ("09:00", "21:30"),
}
"""Usual hours of a named slot in the ward's halls; other venues may differ, so the assumption is reported."""


@record
class SlotReading:
    """Start and end as "HH:MM"; ``is_assumed`` when only a slot name was given, ``problem`` when unreadable."""

    start: str = ""
    end: str = ""
    is_assumed: bool = False
    problem: str = ""


def parse_slot(text: str) -> SlotReading:
    """Parse hours written in one cell (「13:00〜17:00」, 「午後」); an empty cell gives an empty reading."""
    plain = one_width(text).replace("\u301c", "~").strip()
    if not plain:
        return SlotReading()
    word = plain.replace(" ", "")
    if word in SLOT_HOURS:
        start, end = SLOT_HOURS[word]
        return SlotReading(start=start, end=end, is_assumed=True)
    if _NO_SLOT.search(plain) or not all(map(_BESIDE_HOURS.fullmatch, _BRACKETS.findall(plain))):
        return SlotReading(problem=f"利用時間「{text.strip()[:20]}」に、時刻のほかの言葉がある")
    bare = _TIME_BRACKETS.sub("", plain).strip() if re.search(r"\d", plain) else plain
    parts = [part for part in _TIME_SEPARATOR.split(bare) if part]
    if len(parts) == 2:
        start, end = (parse_clock(part.removesuffix("まで")) for part in parts)
        if start > end > "" and parts[0].startswith("午後") and is_digits(parts[1][0]):
            end = parse_clock(f"午後{parts[1]}")  # 午後1時～3時
        if start and end:
            return _ordered(start, end, text)
    return SlotReading(problem=f"利用時間「{text.strip()[:20]}」を読めない")


def parse_times(start: str, end: str) -> SlotReading:
    """Parse a start and an end given in two cells; ``problem`` says what is unreadable or the wrong way round."""
    if not start.strip() and not end.strip():
        return SlotReading()
    first, last = parse_clock(start), parse_clock(end)
    if (start.strip() and not first) or (end.strip() and not last):
        return SlotReading(start=first, end=last, problem=f"利用時間「{(start or end).strip()[:20]}」を読めない")
    return _ordered(first, last, f"{start}～{end}")


def parse_clock(text: str) -> str:
    """Return a time of day as "HH:MM", or an empty text when it is none."""
    plain = one_width(text).strip()
    match = _ISO_TIME.fullmatch(plain)
    try:
        return parse_time(match.group(1) if match else plain)
    except DateProblem:
        return ""


def _ordered(start: str, end: str, text: str) -> SlotReading:
    """Return start and end of the hours, with a problem where they do not end after they begin."""
    is_early = "" < start < _OPENS
    if is_early or "" < end <= start:
        why = "が、午前か午後か分からない" if is_early else "の終わりが始まりより前"
        return SlotReading(start=start, end=end, problem=f"利用時間「{text.strip()[:20]}」{why}")
    return SlotReading(start=start, end=end)


_OPENS = "07:00"
"""No hall opens earlier: 1時～5時 means the afternoon, perhaps."""
_UNDONE = re.compile("取り?消|キャンセル(?!料)|中止|変更|延期|返[上却]|辞退|→")
"""What says of a booking, beside its state, that it may not stand as it is written."""
_FREE = frozenset({"無料", "免除", "全額免除", "全額減免", "なし"})


KNOWN: Mapping[str, Callable[[str, str], bool]] = {
    "state": lambda _heading, text: bool(parse_one_of(text, BOOKING_STATES, BOOKING_FILLERS)),
    "slot": lambda _heading, text: not parse_slot(text).problem,
    "room": lambda _heading, text: is_plain("place", text),
}
"""Whether a cell of a field says something that the field knows."""


def read_bookings(file: ForeignFile, columns: Mapping[int, str] | None = None) -> ReadTable:
    """Read every row of ``file``; ``columns`` (column number to field) default to the proposed columns."""
    proposed = propose_booking_columns(file.headings) if columns is None else columns
    used = {index: field for index, field in proposed.items() if field}
    rows = tuple(_Row(file, used, row).read() for row in file.rows)
    return ReadTable(rows=rows, file_notices=tuple(notice for notice in file.notices if not notice.row))


class _Row(OrganisationRowReader):
    """Reads one row of a list of bookings, and records its findings; ``_kept`` is what its hours say besides."""

    _kept = ""

    def read(self) -> ListedBooking:
        """Return the row as a booking, with what is doubtful about it."""
        values, row = self._values, self._row
        slot = self._slot()
        state = parse_one_of(values.get("state", ""), BOOKING_STATES, BOOKING_FILLERS)
        if values.get("state") and not state:
            self._add_problem("state", f"状態「{values['state'][:20]}」がどれに当たるか分からない", UNKNOWN_STATE)
        place = f"{values.get('venue', '')}　{values.get('room', '')}"
        if not all(is_plain("place", told) for field in ("venue", "room") if (told := values.get(field))):
            self._add_problem("room", f"「{place.strip()[:20]}」が、1つの場所に決められない", UNKNOWN_STATE)
        for told in ("note", "purpose"):
            if _UNDONE.search(one_width(values.get(told, ""))):
                self._add_problem(told, f"{BOOKING_FIELDS[told]}に「{values[told][:20]}」とある", UNKNOWN_STATE)
        if (number := values.get("number")) and is_nothing(number):
            values["number"] = ""
        elif number and not RUNNING_NUMBER.fullmatch(one_width(number)):
            self._add_problem("number", f"承認番号の欄の「{number[:20]}」は、番号として読めない", UNKNOWN_STATE)
        if not (values.get("venue") or values.get("room")):
            self._add_problem("venue", "施設が空", "missing_required")
        fee = 0 if "".join(values.get("fee", "").split()) in _FREE else parse_amount(values.get("fee", ""))
        if values.get("fee") and fee is None:
            self._add_problem("fee", f"使用料「{values['fee'][:20]}」を数として読めない", "not_a_number")
        elif fee is not None and fee < 0:
            self._add_problem("fee", f"使用料が「{values['fee'][:20]}」になっている", "impossible_number")
            fee = None
        return ListedBooking(
            row=row.row,
            spreadsheet_row=row.spreadsheet_row,
            values=values,
            venue_name=values.get("venue", ""),
            room=values.get("room", ""),
            day=self._day("day", required=True),
            start_time=slot.start,
            end_time=slot.end,
            state=state,
            applied_on=self._day("applied_on"),
            approved_on=self._day("approved_on"),
            cancel_by=self._day("cancel_by"),
            fee=fee,
            note=join_nonempty(values.get("note", ""), self._kept),
            is_broken=bool(row.problem),
            problems=tuple(self._problems),
            notices=tuple(self._notices),
        )

    def _day(self, field: str, *, required: bool = False) -> date | None:
        """Return the day in a cell, None where it cannot be read, and record what is wrong with it.

        ``required``: an empty cell is a problem, too.
        """
        reading = parse_day(self._values.get(field, "").removesuffix("まで"))
        if reading.problem:
            self._add_problem(field, reading.problem, reading.code)
        elif required and reading.day is None and not self._row.problem:
            self._add_problem(field, f"{BOOKING_FIELDS[field]}が空", "missing_required")
        return reading.day

    def _slot(self) -> SlotReading:
        """Return the hours of the booking, from two columns or one, and record what is wrong with them."""
        values = self._values
        if values.get("start") or (values.get("end") and not values.get("slot")):
            field, slot = "start", parse_times(values.get("start", ""), values.get("end", ""))
            if slot.problem and not values.get("end") and values.get("start"):
                slot = parse_slot(values["start"])
        else:
            field, slot = "slot", parse_slot(values.get("slot", ""))
        if slot.problem:
            self._add_problem(field, slot.problem, "invalid_time")
        elif _WORDS_BESIDE_HOURS.search(values.get(field, "")):
            self._kept = f"{BOOKING_FIELDS[field]}：{values[field]}"
            self._add_notice(field, f"利用時間の欄の「{values[field][:40]}」は、時刻のほかも備考に残す", SLOT_REMARK)
        elif slot.is_assumed:
            reason = f"「{values[field][:10]}」を {slot.start}～{slot.end} と読んだ。施設の区分を確かめる"
            self._add_notice(field, reason, "slot_hours_assumed")
        return slot

    def _add_problem(self, field: str, reason: str, code: str) -> None:
        """Record a problem, unless the whole row is broken, which is reported already."""
        if not self._row.problem:
            super()._add_problem(field, reason, code)
