"""The year's contract and its settings: start it, read it, change its numbers, people and closed days.

Public functions (all take ``store`` first, the rest by keyword; writes also ``by`` and ``now``):

- ``preset(name="r8") -> YearPreset`` – the numbers of 令和8年度, to show before anything is saved
- ``start_programme(programme, numbers, office, contractor) -> Saved``
- ``read_programme() -> ProgrammeView``; ``office_calendar() -> OfficeCalendar``
- ``change_programme(programme)``, ``change_numbers(numbers)``, ``set_office(office)``,
  ``set_contractor(contractor)``, ``set_paper_setting(setting)`` ``-> Saved``
- ``add_closed_day(day, reason)``, ``remove_closed_day(closed_day_id)`` ``-> Saved``
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.rules import dates, periods, presets
from app.rules.calendar import OfficeCalendar
from app.services.refusal import Refusal
from app.services.saved import Saved
from db.records.programme import ClosedDay, Contractor, Kind, KindNumbers, Office, PaperSetting, Programme
from db.store import Store
from db.tables import programme as table


@dataclass(frozen=True, kw_only=True)
class YearPreset:
    """The contract as known in advance: shown at the first start, each number open to change."""

    programme: Programme
    numbers: tuple[KindNumbers, ...]
    office: Office


@dataclass(frozen=True, kw_only=True)
class ProgrammeView:
    """The whole of the year's settings; ``numbers`` by kind in the order of the specification."""

    programme: Programme
    numbers: Mapping[Kind, KindNumbers]
    office: Office
    contractor: Contractor
    closed_days: tuple[ClosedDay, ...]
    paper_settings: tuple[PaperSetting, ...]


def preset(name: str = "r8") -> YearPreset:
    """Return the preset called ``name`` ("r8" = 令和8年度); raises ``Refusal`` for any other."""
    if name != "r8":
        raise Refusal(f"「{name}」という年度の初期値はありません。", "令和8年度は r8 です。")
    return YearPreset(programme=presets.programme_r8(), numbers=presets.kind_numbers_r8(), office=presets.office_r8())


def start_programme(
    store: Store,
    *,
    programme: Programme,
    numbers: Iterable[KindNumbers],
    office: Office,
    contractor: Contractor | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Save the year's contract with its numbers and who we are; the programme gets a new id.

    Raises:
        Refusal: the year was already started, or a period cannot be read.
    """
    started = table.newest(store.database)
    if started is not None and started.fiscal_year == programme.fiscal_year:
        raise Refusal(
            f"{dates.fiscal_year_words(programme.fiscal_year)}は、もう始まっています。", "設定から数を直せます。"
        )
    given = tuple(numbers)
    _check_periods(programme.proposal_period, programme.payment_period)
    for row in given:
        _check_periods(row.headcount_period, row.material_period, row.report_period)
    words = f"{dates.fiscal_year_words(programme.fiscal_year)}を始めた"
    # A barrier: the first Ctrl+Z must not take the whole year away.
    with store.change(action=words, by=by, now=now, subject="programme", barrier=True) as change:
        programme_id = change.insert(replace(programme, id=0))
        for row in given:
            change.insert(replace(row, id=0, programme_id=programme_id))
        for single, present in ((office, table.office(store.database)), (contractor, table.contractor(store.database))):
            if single is not None:
                change.save(replace(single, id=present.id if present else 0))
    return Saved(said=f"{dates.fiscal_year_words(programme.fiscal_year)}を始めました。", id=programme_id)


def read_programme(store: Store) -> ProgrammeView:
    """Return the year's settings; raises ``Refusal`` before a year was started."""
    database = store.database
    programme = _present(table.newest(database))
    return ProgrammeView(
        programme=programme,
        numbers={row.kind: row for row in table.numbers(database, programme.id)},
        office=table.office(database) or Office(),
        contractor=table.contractor(database) or Contractor(),
        closed_days=tuple(table.closed_days(database)),
        paper_settings=tuple(table.paper_settings(database)),
    )


def office_calendar(store: Store) -> OfficeCalendar:
    """Return the office calendar with the closed days the office added."""
    return OfficeCalendar({row.day: row.reason for row in table.closed_days(store.database)})


def change_programme(store: Store, *, programme: Programme, by: str, now: datetime) -> Saved:
    """Save the contract's own dates, periods and settings (the row with ``programme.id``)."""
    _check_periods(programme.proposal_period, programme.payment_period)
    _present(table.newest(store.database))
    with store.change(action="契約の内容を変えた", by=by, now=now, subject="programme") as change:
        change.save(programme)
    return Saved(said="契約の内容を保存しました。", id=programme.id)


def change_numbers(store: Store, *, numbers: KindNumbers, by: str, now: datetime) -> Saved:
    """Save the numbers of one kind; every deadline follows them at once.

    Raises:
        Refusal: a period cannot be read, or the window or the people run backwards.
    """
    _check_periods(numbers.headcount_period, numbers.material_period, numbers.report_period)
    if numbers.window_end < numbers.window_start:
        raise Refusal("期間の終わりが、始まりより前になっています。", "二つの日付を確かめてください。")
    if numbers.people_max < numbers.people_min:
        raise Refusal("人数の上限が、下限より小さくなっています。", "二つの人数を確かめてください。")
    with store.change(action=f"{numbers.kind}の数を変えた", by=by, now=now, subject="programme") as change:
        row_id = change.save(numbers)
    return Saved(said=f"{numbers.kind}の数を保存しました。期限はこの数で計算し直しています。", id=row_id)


def set_office(store: Store, *, office: Office, by: str, now: datetime) -> Saved:
    """Save who we are, as it stands on outgoing papers."""
    present = table.office(store.database)
    with store.change(action="所属・担当者を変えた", by=by, now=now, subject="programme") as change:
        row_id = change.save(replace(office, id=present.id if present else 0))
    return Saved(said="所属・担当者を保存しました。", id=row_id)


def set_contractor(store: Store, *, contractor: Contractor, by: str, now: datetime) -> Saved:
    """Save the contractor and its 業務責任者."""
    present = table.contractor(store.database)
    with store.change(action="受託者の情報を変えた", by=by, now=now, subject="programme") as change:
        row_id = change.save(replace(contractor, id=present.id if present else 0))
    return Saved(said="受託者の情報を保存しました。", id=row_id)


def add_closed_day(store: Store, *, day: date, reason: str, by: str, now: datetime) -> Saved:
    """Add a day on which the office is closed; raises ``Refusal`` when it already is."""
    words = dates.long_date(day)
    already = office_calendar(store).closed_reason(day)
    if already is not None:
        raise Refusal(f"{words}は、もう閉庁日です（{already}）。", "ほかの日を選んでください。")
    with store.change(action=f"閉庁日に{words}を加えた", by=by, now=now, subject="programme") as change:
        row_id = change.insert(ClosedDay(day=day, reason=reason))
    return Saved(said=f"{words}を閉庁日に加えました。期限はこの日を除いて計算し直しています。", id=row_id)


def remove_closed_day(store: Store, *, closed_day_id: int, by: str, now: datetime) -> Saved:
    """Take back a closed day that was added; raises ``Refusal`` when it is no longer there."""
    row = table.closed_day(store.database, closed_day_id)
    if row is None:
        raise Refusal("この閉庁日は、もうありません。", "画面を開き直してください。")
    words = dates.long_date(row.day)
    with store.change(action=f"閉庁日から{words}を除いた", by=by, now=now, subject="programme") as change:
        change.delete(ClosedDay, closed_day_id)
    return Saved(said=f"{words}を閉庁日から除きました。期限を計算し直しています。", id=closed_day_id)


def set_paper_setting(store: Store, *, setting: PaperSetting, by: str, now: datetime) -> Saved:
    """Save how one kind of outgoing paper is addressed (one row per kind)."""
    present = table.paper_setting(store.database, setting.document_kind)
    action = f"{setting.document_kind}の宛先・形式を変えた"
    with store.change(action=action, by=by, now=now, subject="programme") as change:
        row_id = change.save(replace(setting, id=present.id if present else 0))
    return Saved(said=f"{setting.document_kind}の宛先・形式を保存しました。", id=row_id)


def _check_periods(*texts: str) -> None:
    """Refuse a period that the deadline rules cannot read, in the rule's own words."""
    for text in texts:
        try:
            periods.parse_period(text)
        except periods.PeriodProblem as problem:
            raise Refusal(str(problem)) from problem


def _present(programme: Programme | None) -> Programme:
    if programme is None:
        raise Refusal("年度がまだ始まっていません。", "はじめの設定で、年度と契約の数を決めてください。")
    return programme
