"""Three-way merge of a 当日持出しファイル: state at checkout, at the venue, and in the office now."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from app.calendar.dates import clock_time
from app.common.join_nonempty import fill_nonempty
from db.records.roster import Entry, TabletLoan

Verdict = Literal["変わりなし", "済", "入れる", "食い違い"]
ATTENDANCE_FIELDS = ("attendance", "attended_at", "absent_told_at", "state", "walk_in", "late")


def merge_verdict(at_checkout: Any, venue: Any, office: Any) -> Verdict:
    """Return what the import of a 当日持出しファイル does with one value.

    変わりなし = unchanged at the venue; 済 = the office has the same value already; 入れる = only the venue changed it;
    食い違い = both did, and a person chooses.
    """
    if venue == at_checkout:
        return "変わりなし"
    if office == venue:
        return "済"
    return "入れる" if office == at_checkout else "食い違い"


def attendance_merge_verdict(at_checkout: Entry, venue: Entry, office: Entry) -> Verdict:
    """Return the merge verdict of an attendance; 出席 on both sides is one attendance at the earlier time."""
    found = merge_verdict(attendance_values(at_checkout), attendance_values(venue), attendance_values(office))
    return (
        arrival_merge_verdict(venue, office) if found == "食い違い" and attended_on_both_sides(venue, office) else found
    )


def attended_on_both_sides(venue: Entry, office: Entry) -> bool:
    """Return whether both sides say 出席 and differ only in the time."""
    states = {
        tuple(getattr(one, name) for name in ATTENDANCE_FIELDS if name != "attended_at") for one in (venue, office)
    }
    return venue.attendance.is_present and len(states) == 1


def arrival_merge_verdict(venue: Entry, office: Entry) -> Verdict:
    """Return 入れる if the venue has the earlier or the only time; else the office has it already."""
    if venue.attended_at is None:
        return "済"
    return "入れる" if office.attended_at is None or venue.attended_at < office.attended_at else "済"


def loan_merge_verdict(venue: TabletLoan, office: TabletLoan) -> Verdict | None:
    """Return the verdict of a tablet that both sides handed to the same person; None if they did not.

    It was handed over once, at the earlier time, and is returned if one side has it returned.
    """
    if venue.out_at is None or office.out_at is None:
        return None
    news = venue.out_at < office.out_at or (venue.back_at is not None and office.back_at is None)
    return "入れる" if news else "済"


def attendance_values(entry: Entry) -> tuple[Any, ...]:
    """Return the values that check-in may change about an attendance, to be compared together."""
    return tuple(getattr(entry, name) for name in ATTENDANCE_FIELDS)


def attendance_words(entry: Entry) -> str:
    """Return an entry's attendance in words: 「出席 13:42」「出席 13:55（遅刻）」「欠席」「未受付」「遅刻の連絡」.

    Who did not come and has no place is named by the state of the entry (補欠), before 欠席の連絡 and 欠席.
    """
    if entry.attendance.is_present:
        return f"出席 {time_words(entry.attended_at)}".strip() + ("（遅刻）" if entry.late else "")
    if not entry.state.is_coming:
        return entry.state
    if entry.absent_told_at is not None:
        return "欠席の連絡"
    return entry.attendance or ("遅刻の連絡" if entry.late else "未受付")


def loan_words(loan: TabletLoan | None, borrower: str) -> str:
    """Return 「未渡し」「13:42に渡した（9番）」「15:50に返却」, 「割当てなし」 for None.

    ``borrower`` says who has it, "" = not said.
    """
    if loan is None:
        return "割当てなし"
    if loan.back_at is not None:
        return f"{time_words(loan.back_at)}に返却"
    who = fill_nonempty("（{}）", borrower)
    return f"{time_words(loan.out_at)}に渡した{who}" if loan.out_at is not None else f"未渡し{who}"


def time_words(at: datetime | None) -> str:
    """Return 「13:42」, or "" for None."""
    return clock_time(at) if at is not None else ""
