"""What a page of a past moment shows then and now, in words; parses a typed moment."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from app.calendar.date_parsing import parse_date, parse_time
from app.calendar.dates import long_date, short_date
from app.calendar.office_days import DateProblem
from app.event.rules.participation import AWAITED, is_coming
from db.digits import one_width
from db.record import record
from db.records.events import Event
from db.records.roster import Entry

_MOMENT_SEPARATOR = re.compile(r"\s+|(?<=[日)])(?=\d|午)|T")
_MOMENT_SUFFIX = re.compile(r"\s*(時点|現在|頃|ごろ)$")
_INPUT_HINT = "9/25 17:00、9/25、R8.9.25 午後5時 のように入力してください。"
END_OF_DAY = time(23, 59, 59, 999999)
"""Time of a typed day without a time, so that it includes all that was done on it."""


def parse_moment(text: str, fiscal_year: int, *, shown_moment: datetime | None = None) -> datetime:
    """Return the last instant of the typed minute or day.

    Args:
        text: a day, a day with a time, or a time alone, in any usual form; 「時点」 behind it is ignored.
        fiscal_year: year of a day without a year (令和8年度 = 2026).
        shown_moment: the moment shown now, whose day is used for a time alone.

    Raises:
        DateProblem: with a sentence for the user.
    """
    plain = _MOMENT_SUFFIX.sub("", one_width(text).strip())
    if not plain:
        raise DateProblem(f"時点が入力されていません。{_INPUT_HINT}")
    for between in reversed(list(_MOMENT_SEPARATOR.finditer(plain))):
        try:
            clock = parse_time(plain[between.end() :])
        except DateProblem:
            continue
        return _end_of_minute(
            datetime.combine(parse_date(plain[: between.start()], fiscal_year), time.fromisoformat(clock))
        )
    try:
        return datetime.combine(parse_date(plain, fiscal_year), END_OF_DAY)
    except DateProblem as problem:
        if shown_moment is None:
            raise
        try:
            clock = parse_time(plain) if ":" in plain or "時" in plain else ""
        except DateProblem:
            clock = ""
        if not clock:
            raise DateProblem(str(problem)) from None
        return _end_of_minute(datetime.combine(shown_moment.date(), time.fromisoformat(clock)))


def _end_of_minute(minute: datetime) -> datetime:
    return minute.replace(second=59, microsecond=999999)


def entry_state_words(entry: Entry | None) -> str:
    """Return the state of a place in one word: 参加予定, 欠席連絡, 当日受付, 出席, 欠席, 補欠 …; 「なし」 for none."""
    if entry is None:
        return "なし"
    if entry.attendance.is_present:
        return "当日受付" if entry.walk_in else "遅れて出席" if entry.late else "出席"
    if entry.attendance.is_absent:
        return "欠席"
    if entry.absent_told_at is not None and entry.state.is_coming:
        return "欠席連絡"
    if is_coming(entry):
        return AWAITED if entry.awaits_answer else "参加予定" if entry.state.is_chosen else "申込"
    return entry.state


NOT_YET = "—"
SAME = "同じ"


@record
class StateWords:
    """The state of a deadline or recruitment step as label, and its style.

    ``style`` is done, late, passed (a past 目安日), open, or none (not there then).
    """

    text: str
    style: str


@record
class DueLine:
    """One deadline then and now. ``due_words`` is the date then, 「9/25(金) → 9/28(月)」 if it moved.

    Fewer days left is no change.
    """

    label: str
    owner: str
    basis: str
    due_words: str
    then: StateWords
    now: StateWords
    is_changed: bool


@record
class CountThenAndNow:
    """One number then and now; None = nothing to count yet."""

    label: str
    unit: str
    then: int | None
    now: int | None

    @property
    def is_changed(self) -> bool:
        """Return whether it differs now."""
        return self.then != self.now

    @property
    def difference(self) -> str:
        """Return 「+1人」「−2人」, empty if nothing changed or there was nothing to count."""
        if self.then is None or self.now is None or not self.is_changed:
            return ""
        return f"{'+' if self.now > self.then else '−'}{abs(self.now - self.then)}{self.unit}"


@record
class PersonLine:
    """One place of the roster then and now.

    Attributes:
        id: of the entry.
        organisation, name: 「old → new」 where they differ.
        then, now: its state in one word (「なし」 = not on the roster).
        other_changes: what else differs, "" = nothing, or it was not there at both.
        is_replaced: another person or 団体 of another name has it; a corrected name is none.
    """

    id: int
    organisation: str
    name: str
    then: str
    now: str
    other_changes: str
    is_replaced: bool = False

    @property
    def is_changed(self) -> bool:
        """Return whether its state, its person or anything in ``other_changes`` differs now, not a corrected name."""
        return self.then != self.now or self.is_replaced or bool(self.other_changes)


@record
class LaterChange:
    """One change after the moment: time, user, action, and old → new."""

    seq: int
    at: datetime
    by: str
    action: str
    words: str
    is_undone: bool


@record
class AsOfView:
    """Everything the page of a past moment of an event shows.

    Attributes:
        seq: the last journal step that counts; ``moment`` its instant or the typed moment.
        event: as it was then, None if it did not exist yet (then ``head_then`` and ``state_then`` are "").
        head_then, head_now: day, hours and place; ``state_then``, ``state_now`` the state of the event.
        earlier_step, later_step: steps of 「前の変更」 and 「つぎの変更」, None at the ends.
        known_from: the first known moment.
        erased: day and action of the erasure that limits it (None = the records begin there).
        next_disposal: when the next contacts are disposed of.
        is_too_early: the requested moment lies before ``known_from``, which is shown instead.
    """

    event_id: int
    title: str
    kind: str
    fiscal_year: int
    seq: int
    moment: datetime
    now: datetime
    event: Event | None
    head_then: str
    head_now: str
    state_then: str
    state_now: str
    deadlines: tuple[DueLine, ...]
    counts: tuple[CountThenAndNow, ...]
    people: tuple[PersonLine, ...]
    changes: tuple[LaterChange, ...]
    earlier_step: int | None
    later_step: int | None
    known_from: datetime
    erased: tuple[date, str] | None
    next_disposal: date | None
    is_too_early: bool
    step_count: int

    @property
    def known_from_reason(self) -> str:
        """Return why nothing before ``known_from`` is known, and what is disposed of next."""
        told = "記録の始まりです。情報を消すと、消した分は前の時点にも出ません。今は、消したものはありません。"
        if self.erased is not None:
            day, action = self.erased
            told = (
                f"{long_date(day)}に情報を消しました（{action}）。"
                f"消した分は前の時点にも出ないため、その前は組み立てません。"
            )
        if self.next_disposal is not None:
            told += f"つぎに消す予定は、連絡先の{short_date(self.next_disposal, self.now.date())}です。"
        return told

    @property
    def changed_people(self) -> tuple[PersonLine, ...]:
        """Return the lines of ``people`` that changed (``PersonLine.is_changed``)."""
        return tuple(one for one in self.people if one.is_changed)

    @property
    def people_count_then(self) -> int:
        """Return how many were on the roster then."""
        return sum(one.then != entry_state_words(None) for one in self.people)


def current_deadline_text(line: DueLine) -> str:
    """Return the present state of a deadline in words where it has changed, has passed since, or is not yet due.

    Else (done, or overdue then too): 同じ where the words are those of then, otherwise the first word of the state with
    「（状態は同じ）」.
    """
    if line.is_changed or line.now.style == "open" or line.now.style != line.then.style:
        return line.now.text
    if line.now.text == line.then.text:
        return SAME
    return f"{line.now.text.partition('　')[0]}　（状態は同じ）"


def count_words(line: CountThenAndNow) -> tuple[str, str]:
    """Return a number then and now with its unit (「12人」), 「—」 where there was nothing to count."""
    return tuple(NOT_YET if one is None else f"{one:,}{line.unit}" for one in (line.then, line.now))  # type: ignore[return-value]


def entry_change_text(then: str, now: str, more: str) -> str:
    """Return 「参加予定 → 欠席連絡」, or the state alone if it is the same; ``more`` (other changes) follows."""
    place = f"{then} → {now}" if then != now else then
    return f"{place}　{more}" if more else place
