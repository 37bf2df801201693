"""How people, contacts, 段階, 補助金 and 受講歴 become rows in the details of a 団体 or a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.subjects.events.services.taking_part_view import PartLine
from app.subjects.register.services.organisation_differences import subsidy_words
from app.subjects.register.services.organisation_view import MemberLine, StageLine
from app.subjects.register.services.organisations import is_odd_phone
from app.subjects.register.services.people import RoleLine
from app.widgets.record_columns import Cell, Column
from db.records.organisations import Contact, Membership, Subsidy


def member_columns() -> tuple[Column, ...]:
    """氏名, 役職, how to reach the person."""
    return (
        Column(key="name", title="氏名", show=_member, stretch=True),
        Column(key="role", title="役職", show=_role, width=132),
        Column(key="contacts", title="連絡先", show=lambda line: _ways(line.contacts), width=168),
    )


def _member(line: MemberLine) -> Cell:
    return Cell(text=line.person.name, second=line.person.furigana, strong=True)


def _role(line: MemberLine) -> Cell:
    return Cell(text=line.person.role or "—", second=held_words(line.membership) if line.membership else "")


def _ways(contacts: Sequence[Contact]) -> Cell:
    if not contacts:
        return Cell(text="—", tone="second")
    first = contacts[0]
    more = f"ほか{len(contacts) - 1}件" if len(contacts) > 1 else ""
    return Cell(text=first.value, second=more)


def contact_columns(today: date) -> tuple[Column, ...]:
    """種類, the way itself, what for and until when."""
    return (
        Column(key="kind", title="種類", show=lambda row: Cell(text=row.kind, tone="second"), width=60),
        Column(key="value", title="連絡先", show=_value, stretch=True),
        Column(key="purpose", title="目的・廃棄予定日", show=lambda row: _purpose(row, today), width=196),
    )


def _value(row: Contact) -> Cell:
    odd = row.kind in ("電話", "FAX") and is_odd_phone(row.value)
    if odd:
        return Cell(text=row.value, second="番号の形を確かめてください", second_tone="amber")
    return Cell(text=row.value, second=row.note)


def _purpose(row: Contact, today: date) -> Cell:
    if row.dispose_on is None:
        return Cell(text=row.purpose, second="廃棄予定日なし")
    late = row.dispose_on < today
    return Cell(
        text=row.purpose,
        second=f"廃棄予定日 {short_date(row.dispose_on, today)}" + ("（過ぎています）" if late else ""),
        second_tone="amber" if late else "second",
    )


def stage_columns(today: date) -> tuple[Column, ...]:
    """The tool, its 段階 of now, when and where it was learnt; what was before stands under it."""
    return (
        Column(key="tool", title="ツール", show=lambda line: line.tool, width=132),
        Column(key="stage", title="段階", show=lambda line: _stage(line, today), stretch=True),
        Column(key="source", title="確かめた日", show=lambda line: _marked(line, today), width=196),
    )


def _stage(line: StageLine, today: date) -> Cell:
    before = [f"{mark.stage}　{short_date(mark.marked_on, today)}" for mark in line.history[1:]]
    return Cell(
        text=line.words,
        second=f"前：{'　←　'.join(before)}" if before else "",
        strong=bool(line.stage),
        tone="" if line.stage else "second",
    )


def _marked(line: StageLine, today: date) -> Cell:
    if not line.history:
        return Cell(text="—", tone="second")
    newest = line.history[0]
    return Cell(text=short_date(newest.marked_on, today), second=newest.source)


def subsidy_columns() -> tuple[Column, ...]:
    """年度 and 金額, or what stands there instead."""
    return (
        Column(key="year", title="年度", show=lambda row: fiscal_year_words(row.fiscal_year), width=132),
        Column(key="amount", title="金額", show=_amount, stretch=True),
    )


def _amount(row: Subsidy) -> Cell:
    return Cell(text=subsidy_words(row.amount, row.note), second=row.note if row.amount is not None else "")


def part_columns(today: date, *, people: bool) -> tuple[Column, ...]:
    """The events taken part in; ``people`` False = the details are those of one person, who need not be named."""
    return (
        Column(
            key="date",
            title="実施日",
            show=lambda line: short_date(line.event.event_date, today) if line.event.event_date else "日程未定",
            width=104,
        ),
        Column(key="event", title="実施回", show=_event, stretch=True),
        Column(
            key="people",
            title="参加した人" if people else "結果",
            show=_people if people else _outcome,
            width=228 if people else 132,
        ),
    )


def _event(line: PartLine) -> Cell:
    return Cell(text=line.event.full_title, kind=line.event.kind, second="この団体への派遣" if line.host else "")


def _people(line: PartLine) -> Cell:
    if not line.people:
        return Cell(text="—", tone="second")
    return Cell(text="\n".join(f"{one.name}　{one.outcome}" for one in line.people))


def _outcome(line: PartLine) -> Cell:
    return Cell(text="、".join(one.outcome for one in line.people))


def role_columns() -> tuple[Column, ...]:
    """役職, 団体 and the days."""
    return (
        Column(
            key="role",
            title="役職",
            show=lambda line: Cell(text=line.membership.role or "（役職なし）", strong=line.now),
            width=132,
        ),
        Column(key="organisation", title="団体", show=_place, stretch=True),
        Column(key="days", title="期間", show=lambda line: held_words(line.membership) or "—", width=168),
    )


def _place(line: RoleLine) -> Cell:
    if line.organisation is None:
        return Cell(text="—", tone="second")
    return Cell(text=line.organisation.name, second=line.organisation.branch)


def held_words(membership: Membership) -> str:
    """「R7.4.1 から」「R5.4.1〜R7.3.31」「R7.3.31 まで」, empty when no day is known."""
    began = _day(membership.from_on)
    ended = _day(membership.to_on)
    if began and ended:
        return f"{began}〜{ended}"
    return f"{began} から" if began else f"{ended} まで" if ended else ""


def _day(day: date | None) -> str:
    return f"{era_year_short(day)}.{day.month}.{day.day}" if day else ""
