"""The life of a booking: 仮予約 → 申請 → 承認（番号） → 減免 → 備品・鍵 → 取消期限 → 片付け, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.calendar.dates import short_date
from db.records.venues import Booking

RESERVED, APPLIED, APPROVED, CANCELLED = "仮予約", "申請中", "承認", "取消"
CANCEL_STEP = "取消期限"
NO_REDUCTION = "なし"
KEPT = "使うことを確認"


@dataclass(frozen=True, kw_only=True)
class BookingStep:
    """One step: done or not, and what is known of it (day, number). ``wanted`` False = nothing to do there."""

    name: str
    done: bool
    words: str
    wanted: bool = True


def is_open(booking: Booking, today: date) -> bool:
    """Whether the room may still have to be given back: ahead, not 取消, and nobody settled that it is used."""
    return booking.state != CANCELLED and booking.day >= today and KEPT not in booking.note


def booking_steps(booking: Booking, today: date) -> tuple[BookingStep, ...]:
    """Return the seven steps in order with what is known of each."""
    applied = booking.applied_on is not None or booking.state in (APPLIED, APPROVED)
    approved = booking.state == APPROVED
    cancel_by = booking.cancel_by
    return (
        BookingStep(name="仮予約", done=booking.state != CANCELLED, words=_day(booking.reserved_on, today)),
        BookingStep(name="申請", done=applied, words=_day(booking.applied_on, today)),
        BookingStep(name="承認", done=approved, words=_both(booking.approval_number, _day(booking.approved_on, today))),
        BookingStep(name="減免", done=bool(booking.reduction.strip()), words=booking.reduction),
        BookingStep(
            name="備品・鍵",
            done=bool(booking.equipment.strip() or booking.key_note.strip()),
            words=_both(booking.equipment, f"鍵 {booking.key_note}" if booking.key_note else ""),
        ),
        BookingStep(
            name=CANCEL_STEP,
            done=cancel_by is not None and (KEPT in booking.note or booking.day < today),
            words=_day(cancel_by, today),
            wanted=cancel_by is not None,
        ),
        BookingStep(
            name="片付け", done=booking.cleared_on is not None,
            words=_both(_day(booking.cleared_on, today), booking.cleared_by),
        ),
    )  # fmt: skip


def next_step(booking: Booking, today: date) -> BookingStep | None:
    """Return the first step that is still to be done, or None (all done, or 取消)."""
    if booking.state == CANCELLED:
        return None
    return next((step for step in booking_steps(booking, today) if step.wanted and not step.done), None)


def state_words(booking: Booking) -> str:
    """「承認 第12号」「仮予約」「片付け済」: where the booking stands, for a list."""
    if booking.cleared_on is not None and booking.state != CANCELLED:
        return "片付け済"
    return _both(booking.state, booking.approval_number if booking.state == APPROVED else "")


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


def _both(*parts: str) -> str:
    return " ".join(part for part in parts if part)
