"""Columns of the lists of 団体 and people, and the sections of their details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date, short_date_or, short_date_plain
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.registers.register.services.organisation_differences import subsidy_words
from app.registers.register.services.organisation_view import MemberLine, StageHistoryLine
from app.registers.register.services.organisations import OrganisationRow, is_undialable
from app.registers.register.services.participation_history import EventParticipation
from app.registers.register.services.people import RoleLine
from app.registers.register.services.search import PersonHit, former_name_text
from app.widgets.buttons import inline_button
from app.widgets.labels import label, with_accessible_name
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import export_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.pages import ensure_visible
from db.fields import field_label
from db.name_key import name_key
from db.records.events import Event
from db.records.organisations import Contact, Membership, Organisation, Person, PlannedChange, Subsidy
from db.records.year.rights import MistakeReport


def organisation_columns(today: date) -> tuple[Column, ...]:
    """Return the columns 団体名, 会長, 世帯数, 人, 受講; in the Excel export every fact has its own column."""
    return (
        Column(
            "name",
            field_label(Organisation, "name"),
            _name,
            stretch=True,
            sort=lambda row: name_key(row.organisation.furigana or row.organisation.name),
            export_parts=(
                export_column(Organisation, "branch", lambda row: row.organisation),
                export_column(Organisation, "name", lambda row: row.organisation),
                export_column(Organisation, "furigana", lambda row: row.organisation),
            ),
        ),
        Column("chair", "会長", _chair, width=120, min_list_width=360),
        Column(
            "households",
            "世帯数",
            _households,
            align="right",
            width=76,
            sort=lambda row: row.organisation.households,
            min_list_width=420,
        ),
        Column(
            "people",
            "人",
            lambda row: f"{row.people_count}" if row.people_count else "—",
            align="right",
            width=48,
            sort=lambda row: row.people_count,
            min_list_width=560,
        ),
        Column(
            "events",
            "受講",
            lambda row: _events(row, today),
            width=112,
            sort=lambda row: row.last_day,
            min_list_width=680,
            export_parts=(
                ExportColumn("受講した回数", lambda row: str(row.event_count)),
                ExportColumn(
                    "最後の実施日",
                    lambda row: short_date(row.last_day, today) if row.last_day else "",
                ),
            ),
        ),
    )


def _name(row: OrganisationRow) -> Cell:
    """Return the cell of the name; below it the former name by which it was found, else ふりがな."""
    return Cell(row.organisation.name, former_name_text(row.former_name) or row.organisation.furigana)


def _chair(row: OrganisationRow) -> Cell:
    return Cell(row.chair) if row.chair else Cell("—", tone="second")


def _households(row: OrganisationRow) -> Cell:
    """Return the cell with the number of households or the text typed in its place; 「—」 = unknown."""
    one = row.organisation
    if one.households_text:
        return Cell(one.households_text)
    return Cell(f"{one.households:,}") if one.households is not None else Cell("—", tone="second")


def _events(row: OrganisationRow, today: date) -> Cell:
    """Return the cell of how many events the 団体 attended (「3回」), the latest day below; 「—」 for none."""
    if not row.event_count:
        return Cell("—", tone="second")
    return Cell(f"{row.event_count}回", short_date(row.last_day, today) if row.last_day else "")


def person_columns() -> tuple[Column, ...]:
    """Return the columns 氏名, 団体, 役職 and latest event."""
    return (
        Column(
            "name",
            field_label(Person, "name"),
            lambda hit: Cell(hit.person.name, hit.person.furigana),
            stretch=True,
            export_parts=(
                export_column(Person, "name", lambda hit: hit.person),
                export_column(Person, "furigana", lambda hit: hit.person),
            ),
        ),
        Column(
            "organisation",
            "団体",
            _organisation_cell,
            stretch=True,
            export_parts=(
                ExportColumn(field_label(Organisation, "branch"), lambda hit: hit.branch),
                ExportColumn("団体", lambda hit: hit.organisation_name),
            ),
        ),
        Column("role", field_label(Person, "role"), lambda hit: hit.person.role or "—", width=92, min_list_width=400),
        Column(
            "last",
            "最後の申込・参加",
            lambda hit: hit.last_event or "—",
            width=220,
            sortable=False,
            min_list_width=620,
        ),
    )


def _organisation_cell(hit: PersonHit) -> Cell:
    """Return the cell of the person's 団体 with its 支部 below, or 「団体の登録なし」."""
    if hit.organisation is None:
        return Cell("団体の登録なし", tone="second")
    return Cell(hit.organisation_name, hit.branch)


def member_columns() -> tuple[Column, ...]:
    """Return the columns 氏名, 役職 and contacts of the people of a 団体."""
    return (
        Column("name", field_label(Person, "name"), _member, stretch=True),
        Column("role", field_label(Person, "role"), _role, width=132),
        Column("contacts", "連絡先", lambda line: _contacts_cell(line.contacts), width=168),
    )


def _member(line: MemberLine) -> Cell:
    return Cell(line.person.name, line.person.furigana, strong=True)


def _role(line: MemberLine) -> Cell:
    return Cell(line.person.role or "—", term_of_role_words(line.membership) if line.membership else "")


def _contacts_cell(contacts: Sequence[Contact]) -> Cell:
    """Return the cell with the first contact, and below how many more there are (「ほか2件」); 「—」 without any."""
    if not contacts:
        return Cell("—", tone="second")
    return Cell(contacts[0].value, and_others(contacts, 1, "ほか{}件"))


def contact_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of contacts: 種類, the value, its purpose and until when it is kept."""
    return (
        Column("kind", "種類", lambda row: Cell(row.kind, tone="second"), width=60),
        Column("value", field_label(Contact, "value"), _value, stretch=True),
        Column("purpose", "目的・廃棄予定日", lambda row: _purpose(row, today), width=196),
    )


def _value(row: Contact) -> Cell:
    """Return the cell of a contact with its note below; a number that can't be dialled has a warning in its place.

    One that ended says since when.
    """
    if row.ended_on is not None:
        return Cell(row.value, f"{short_date_plain(row.ended_on)}から別の連絡先", tone="second")
    odd = row.kind.is_number and is_undialable(row.value)
    if odd:
        return Cell(row.value, "番号の形を確かめてください", second_tone="amber")
    return Cell(row.value, row.note)


def _purpose(row: Contact, today: date) -> Cell:
    if row.dispose_on is None:
        return Cell(row.purpose, "廃棄予定日なし")
    late = row.dispose_on < today
    return Cell(
        row.purpose,
        f"廃棄予定日 {short_date(row.dispose_on, today)}" + ("（過ぎています）" if late else ""),
        second_tone="amber" if late else "second",
    )


def stage_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of 段階: tool, current 段階 with earlier ones below, when and where it was learnt."""
    return (
        Column("tool", "ツール", lambda line: line.tool, width=132),
        Column("stage", "段階", lambda line: _stage(line, today), stretch=True),
        Column("source", "確かめた日", lambda line: _mark_cell(line, today), width=196),
    )


def _stage(line: StageHistoryLine, today: date) -> Cell:
    """Return the cell of the present 段階 (「2 試行」) with the earlier ones and their days below."""
    before = [f"{mark.stage}　{short_date(mark.marked_on, today)}" for mark in line.history[1:]]
    return Cell(
        line.words,
        fill_nonempty("前：{}", "　←　".join(before)),
        strong=bool(line.stage),
        tone="" if line.stage else "second",
    )


def _mark_cell(line: StageHistoryLine, today: date) -> Cell:
    """Return the cell of the day of the newest mark, below it from where it is known; 「—」 without a mark."""
    if not line.history:
        return Cell("—", tone="second")
    newest = line.history[0]
    return Cell(short_date(newest.marked_on, today), newest.source)


def subsidy_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of 補助金: 年度, name with its days, progress, and 金額 or the text in its place."""
    return (
        Column("year", field_label(Subsidy, "fiscal_year"), lambda row: fiscal_year_words(row.fiscal_year), width=104),
        Column(
            "name",
            "補助金",
            lambda row: Cell(row.name, subsidy_days(row, today)),
            stretch=True,
        ),
        Column(
            "state",
            field_label(Subsidy, "state"),
            lambda row: Cell(row.state, short_date(row.state_on, today) if row.state_on else ""),
            width=104,
        ),
        Column("amount", field_label(Subsidy, "amount"), _amount, width=104),
    )


def subsidy_days(row: Subsidy, today: date) -> str:
    """Return 「申請 6/30(火)まで　実績報告 R9 3/31(水)まで」 as far as the days are known."""
    days = (("申請", row.apply_by), ("実績報告", row.report_by))
    return "　".join(f"{name} {short_date(day, today)}まで" for name, day in days if day is not None)


def _amount(row: Subsidy) -> Cell:
    """Return the cell of the amount (「30,000円」) with the note below, or of the note in its place."""
    return Cell(subsidy_words(row.amount, row.note), row.note if row.amount is not None else "")


def planned_columns(today: date, is_suspended: Callable[[PlannedChange], bool]) -> tuple[Column, ...]:
    """Return the columns 替わる日, 何が, 変更後 of planned changes; applied and suspended ones are marked as such."""
    return (
        Column(
            "on",
            field_label(PlannedChange, "from_on"),
            lambda row: Cell(short_date(row.from_on, today), strong=row.applied_on is None),
            width=104,
        ),
        Column("what", "何が", lambda row: row.what, width=72),
        Column(
            "value",
            field_label(PlannedChange, "value"),
            lambda row: Cell(row.value, _taken_over(row, today, is_suspended=is_suspended(row))),
            stretch=True,
        ),
    )


def _taken_over(row: PlannedChange, today: date, *, is_suspended: bool) -> str:
    """Return when a planned change took effect, or that this was undone, with its note."""
    done = fill_nonempty("{} に反映済", short_date_or("", row.applied_on, today))
    if is_suspended:
        done = "反映を元に戻した"
    return join_nonempty(done, row.note)


def participation_columns(today: date, *, show_people: bool) -> tuple[Column, ...]:
    """Return the columns of the events applied for, attended or held for a 団体.

    ``show_people`` False shows only the results, without names (details of one person).
    """
    return (
        Column(
            "date",
            field_label(Event, "event_date"),
            lambda line: short_date(line.event.event_date, today) if line.event.event_date else "日程未定",
            width=104,
        ),
        Column("event", "実施回", _event, stretch=True),
        Column(
            "people",
            "参加した人" if show_people else "結果",
            _people if show_people else _outcome,
            width=228 if show_people else 132,
        ),
    )


def _event(line: EventParticipation) -> Cell:
    """Return the cell of the event, which says below if it was held for this 団体 alone."""
    event = line.event
    return Cell(event.full_title, f"この団体への{event.kind_words}" if line.is_host else "", kind=event.kind)


def _people(line: EventParticipation) -> Cell:
    """Return the cell of the people entered for the event, each with what became of it."""
    if not line.people:
        return Cell("—", tone="second")
    return Cell("\n".join(f"{one.name}　{one.outcome}" for one in line.people))


def _outcome(line: EventParticipation) -> Cell:
    return Cell("、".join(one.outcome for one in line.people))


def role_columns() -> tuple[Column, ...]:
    """Return the columns 役職, 団体 and the days of a role."""
    return (
        Column(
            "role",
            field_label(Membership, "role"),
            lambda line: Cell(line.membership.role or "（役職なし）", strong=line.is_current),
            width=132,
        ),
        Column("organisation", "団体", _role_organisation_cell, stretch=True),
        Column("days", "期間", lambda line: term_of_role_words(line.membership) or "—", width=168),
    )


def report_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of what somebody said is wrong, who said so, and what was done."""
    return (
        Column(
            "day", field_label(MistakeReport, "received_on"), lambda one: short_date(one.received_on, today), width=110
        ),
        Column("about", field_label(MistakeReport, "about"), lambda one: Cell(one.about, one.said_by), stretch=True),
        Column(
            "done",
            field_label(MistakeReport, "done"),
            lambda one: Cell(one.done or "まだ", short_date_or("", one.done_on, today), strong=one.done_on is None),
            width=150,
        ),
    )


def _role_organisation_cell(line: RoleLine) -> Cell:
    if line.organisation is None:
        return Cell("—", tone="second")
    return Cell(line.organisation.name, line.organisation.branch)


def term_of_role_words(membership: Membership) -> str:
    """Return 「R7.4.1 から」「R5.4.1〜R7.3.31」「R7.3.31 まで」, empty when no day is known."""
    began = _day(membership.from_on)
    ended = _day(membership.to_on)
    if began and ended:
        return f"{began}〜{ended}"
    return f"{began} から" if began else fill_nonempty("{} まで", ended)


def _day(day: date | None) -> str:
    """Return a day in short 和暦 (R7.4.1), "" for None."""
    return f"{era_year_short(day)}.{day.month}.{day.day}" if day else ""


class DetailSection(QWidget):
    """Widget with a heading and a list that is as tall as its rows.

    Enter and F2 open a row, Delete removes it. Signals: none.
    """

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        *,
        empty: str,
        add: str = "",
        on_open: Callable[[Any], object] | None = None,
        on_remove: Callable[[Any], object] | None = None,
        unit: str = "件",
    ):
        """Create the section; ``on_open`` gets the row to open, None from the button ``add``, ``on_remove`` a row."""
        super().__init__()
        self._title = title
        self._unit = unit
        self.heading = label(title, "strong")
        self.table = FittedTable(f"organisations/{name}", columns, title=title, empty=empty, head=False, unit=unit)
        self.add = with_accessible_name(inline_button(add), f"{title}　{add}")
        if on_open is not None:
            self.table.opened.connect(on_open)
        if on_open is not None and add:
            self.add.chosen.connect(partial(on_open, None))
            self.table.edit_asked.connect(lambda row: on_open(row) if row is not None else None)
        if on_remove is not None:
            self.table.delete_asked.connect(lambda rows: on_remove(rows[0]))
        ensure_visible(self.add, seen=bool(add))
        in_column(
            in_row(self.heading, self.add, None, spacing=12), self.table, owner=self, spacing=4, margins=(0, 4, 0, 0)
        )

    def show_rows(self, rows: Sequence[Any], *, may_write: bool) -> None:
        """Show the rows with their count in the heading; the button that adds one only with ``may_write``."""
        self.heading.setText(f"{self._title}　{len(rows)}{self._unit}" if rows else self._title)
        self.add.setVisible(bool(self.add.text()) and may_write)
        self.table.show_rows(rows)
