"""How a line of the telephone list is shown: 団体, numbers, people, and what the calls came to."""

from __future__ import annotations

from datetime import date

from app.subjects.calls.services.call_sheet import AGAIN, MESSAGE, NOT_NEEDED, NOT_YET, REACHED, CallLine, CallPerson
from app.widgets.moments import clock_of
from app.widgets.record_columns import Cell, Column
from db.records.calls import Call

RESULT = "result"
RESULT_WIDTH = 292
_ONE_LINE = 10
NO_PHONE = "番号なし"


def call_columns(today: date) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(key="name", title="団体", show=_name, widest=180, sortable=False),
        Column(key="phone", title="電話（中止連絡用）", show=_phone, width=140, sortable=False),
        Column(key="people", title="参加者", show=_people, stretch=True, sortable=False),
        Column(
            key=RESULT, title="結果・だれが・いつ", show=lambda line: result_cell(line.state, line.call, today),
            width=RESULT_WIDTH, sortable=False,
        ),
    )  # fmt: skip


def result_cell(state: str, call: Call | None, today: date) -> Cell:
    """「✓ 連絡済 8:21 山田」「8:29 林　不在　再架電 9:00」「○ 未連絡」."""
    if state == NOT_YET or call is None:
        # Some people of a 団体 may have been reached while the others were not tried.
        partly = f"一部 {call.outcome} {clock_of(call.at)} {call.by}" if call is not None else ""
        return Cell(text=NOT_YET, icon="circle", tone="second", second=partly)
    if state == REACHED:
        return Cell(
            text=REACHED, icon="check-circle-fill", tone="green", strong=True, aside=f"{clock_of(call.at)} {call.by}"
        )
    if state == NOT_NEEDED:
        return Cell(text=NOT_NEEDED, icon="prohibit", tone="second")
    return Cell(
        text=f"{clock_of(call.at)} {call.by}　{what_happened(call)}　{again_words(call, today)}".rstrip("　"),
        icon="phone-x", tone="amber", strong=True, second="" if call.outcome == MESSAGE else call.note,
    )  # fmt: skip


def what_happened(call: Call) -> str:
    """「不在」, or what was left as a message (「留守電」)."""
    if call.outcome == MESSAGE:
        return call.note or MESSAGE
    return "不在"


def again_words(call: Call, today: date) -> str:
    """「再架電 9:00」, with the day when it is another one."""
    if call.again_at is None:
        return ""
    day = "" if call.again_at.date() == today else f"{call.again_at.month}/{call.again_at.day} "
    return f"再架電 {day}{clock_of(call.again_at)}"


def person_state(person: CallPerson) -> str:
    """「（不在）」 behind a name, empty while all of the 団体 stand alike."""
    return {REACHED: "連絡済", AGAIN: "不在", MESSAGE: "伝言"}.get(person.state, person.state)


def _name(line: CallLine) -> Cell:
    return Cell(text=line.name, strong=True, tip=line.branch)


def _phone(line: CallLine) -> Cell:
    if not line.phones:
        return Cell(text=NO_PHONE, tone="amber", icon="warning-fill")
    if _each_alone(line):
        # A line each, beside the names.
        return Cell(text="\n".join(one.phones[0].number if one.phones else "—" for one in line.people), tip=_all(line))
    return Cell(text="\n".join(dict.fromkeys(one.number for one in line.phones)), tip=_all(line))


def _each_alone(line: CallLine) -> bool:
    """Whether the people are reached under numbers of their own."""
    return len(line.people) > 1 and any(one.phones for one in line.people)


def _all(line: CallLine) -> str:
    """Every number with whose it is, a line each."""
    return "\n".join(f"{one.number}　{one.whose}".rstrip("　") for one in line.phones)


def _people(line: CallLine) -> Cell:
    if len({person.state for person in line.people}) > 1:
        return Cell(text="\n".join(f"{one.name}（{person_state(one)}）" for one in line.people))
    names = [one.name for one in line.people]
    # Side by side while that is short; otherwise a line each, so that no name is torn.
    together = sum(map(len, names)) <= _ONE_LINE and not _each_alone(line)
    return Cell(text=("　" if together else "\n").join(names))
