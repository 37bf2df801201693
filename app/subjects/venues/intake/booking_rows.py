"""Reads a list of bookings exported by a facility reservation system: room, day, times, state, and what is doubtful."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow
from app.foreign_files.written_days import read_day
from app.subjects.register.intake.person_values import clean, read_amount
from app.subjects.venues.intake.booking_fields import BOOKING_FIELDS, booking_state, propose_booking_columns
from app.subjects.venues.intake.booking_shape import BookingRow, BookingTable
from app.subjects.venues.intake.booking_slots import SlotReading, read_slot, read_times

__all__ = ["BOOKING_FIELDS", "BookingRow", "BookingTable", "propose_booking_columns", "read_bookings"]


_FREE = frozenset({"無料", "免除", "全額免除", "全額減免", "なし"})


def read_bookings(file: ForeignFile, columns: Mapping[int, str] | None = None) -> BookingTable:
    """Read every row of ``file``; ``columns`` (column number to field) default to the proposal."""
    proposed = propose_booking_columns(file.headings) if columns is None else columns
    used = {index: field for index, field in proposed.items() if field}
    rows = tuple(_Row(file, used, row).read() for row in file.rows)
    whole = tuple(notice for notice in file.notices if not notice.row)
    return BookingTable(
        rows=rows,
        columns=dict(used),
        unmapped=tuple(h.strip() for index, h in enumerate(file.headings) if h.strip() and index not in used),
        problems=tuple(problem for row in rows for problem in row.problems),
        notices=(*whole, *(notice for row in rows for notice in row.notices)),
    )


class _Row:
    """Reads one row and notes what is odd in it."""

    def __init__(self, file: ForeignFile, columns: Mapping[int, str], row: ForeignRow) -> None:
        self._file = file
        self._row = row
        self._places = {field: index for index, field in sorted(columns.items(), reverse=True)}
        self._values = {field: clean(row.cells[i]) for field, i in self._places.items() if i < len(row.cells)}
        self._problems = [finding for finding in file.problems if finding.row == row.row]
        self._notices = [finding for finding in file.notices if finding.row == row.row]

    def read(self) -> BookingRow:
        """The row with everything that is doubtful in it."""
        values, row = self._values, self._row
        slot = self._slot()
        state = booking_state(values.get("state", ""))
        if values.get("state") and not state:
            self._object("state", f"状態「{values['state'][:20]}」がどれに当たるか分からない", "unknown_state")
        if not (values.get("venue") or values.get("room")):
            self._object("venue", "施設が空", "missing_required")
        fee = 0 if "".join(values.get("fee", "").split()) in _FREE else read_amount(values.get("fee", ""))
        if values.get("fee") and fee is None:
            self._object("fee", f"使用料「{values['fee'][:20]}」を数として読めない", "not_a_number")
        pairs = [[self._file.headings[i].strip(), cell] for i, cell in enumerate(row.cells[: len(self._file.headings)])]
        return BookingRow(
            row=row.row,
            place=row.place,
            raw=json.dumps([pair for pair in pairs if pair[1]], ensure_ascii=False),
            values=values,
            venue_name=values.get("venue", ""),
            room=values.get("room", ""),
            day=self._day("day", required=True),
            start_time=slot.start,
            end_time=slot.end,
            number=values.get("number", ""),
            state=state,
            applied_on=self._day("applied_on"),
            approved_on=self._day("approved_on"),
            cancel_by=self._day("cancel_by"),
            fee=fee,
            reduction=values.get("reduction", ""),
            purpose=values.get("purpose", ""),
            equipment=values.get("equipment", ""),
            note=values.get("note", ""),
            broken=bool(row.problem),
            problems=tuple(self._problems),
            notices=tuple(self._notices),
        )

    def _day(self, field: str, *, required: bool = False) -> date | None:
        reading = read_day(self._values.get(field, ""))
        if reading.problem:
            self._object(field, reading.problem, reading.code)
        elif required and reading.day is None and not self._row.problem:
            self._object(field, f"{BOOKING_FIELDS[field]}が空", "missing_required")
        return reading.day

    def _slot(self) -> SlotReading:
        values = self._values
        if values.get("start") or values.get("end"):
            field, slot = "start", read_times(values.get("start", ""), values.get("end", ""))
            if slot.problem and not values.get("end") and values.get("start"):
                slot = read_slot(values["start"])
        else:
            field, slot = "slot", read_slot(values.get("slot", ""))
        if slot.problem:
            self._object(field, slot.problem, "invalid_time")
        elif slot.assumed:
            reason = f"「{values[field][:10]}」を {slot.start}～{slot.end} と読んだ。施設の区分を確かめる"
            self._note(field, reason, "slot_hours_assumed")
        return slot

    def _object(self, field: str, reason: str, code: str) -> None:
        if not self._row.problem:
            self._problems.append(self._finding(field, reason, code))

    def _note(self, field: str, reason: str, code: str) -> None:
        self._notices.append(self._finding(field, reason, code))

    def _finding(self, field: str, reason: str, code: str) -> Finding:
        index = self._places.get(field)
        column = None if index is None else self._file.headings[index]
        return Finding(row=self._row.row, index=index, column=column, reason=reason, code=code)
