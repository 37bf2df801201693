"""Start the next year with the settings of the last one, and close or reopen a year by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.programme.rules.contract_values import with_values
from app.programme.services.programme import read_programme, start_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.services.event_records import read_records_of_year
from app.subjects.events.event.services.tasks.deadlines import read_year, tasks_of_year
from app.subjects.year.dates.services.next_numbers import confirmed_values
from db.frozen_record import frozen_record
from db.records.programme import Contractor, DocumentSetting, KindNumbers, Office, Programme
from db.store import Store


@frozen_record
class YearDraft:
    """A year before it is started, with the settings of the last one and dates a year later.

    ``confirmed`` are the numbers (keys of ``contract_values``) that come from the next 仕様書 instead.
    """

    programme: Programme
    numbers: tuple[KindNumbers, ...]
    office: Office
    contractor: Contractor
    document_settings: tuple[DocumentSetting, ...]
    confirmed: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """Return the year in words (「令和9年度」)."""
        return fiscal_year_words(self.programme.fiscal_year)


@frozen_record
class YearClosing:
    """A year that may be closed, with its open tasks in words, by date."""

    programme: Programme
    open_duties: tuple[str, ...]


def next_year_draft(store: Store, *, today: date) -> YearDraft:
    """Return the settings of the newest year as of ``today``, with every date a year later.

    Numbers confirmed from the next 仕様書 replace this year's. What is unknown of the new contract (契約番号,
    契約金額, 契約確定日, 仕様書の版, 契約書との照合, 会計の締切) is empty; 団体 and people belong to no year.

    Raises:
        UserError: no year was started.
    """
    view = read_programme(store, on=today)
    confirmed = confirmed_values(store, programme_id=view.programme.id)
    programme, numbers = with_values(*next_year_values(view), {key: one.value for key, one in confirmed.items()})
    return YearDraft(
        programme=programme,
        numbers=numbers,
        office=view.office,
        contractor=view.contractor,
        document_settings=view.document_settings,
        confirmed=frozenset(confirmed),
    )


def next_year_values(view: ProgrammeView) -> tuple[Programme, tuple[KindNumbers, ...]]:
    """Return contract and numbers for the year after ``view`` without its 仕様書, with dates a year later."""
    last = view.programme
    year = last.fiscal_year + 1
    programme = replace(
        last,
        id=0,
        fiscal_year=year,
        title=last.title.replace(fiscal_year_words(last.fiscal_year), fiscal_year_words(year)),
        contract_date=None,
        term_end=_a_year_later(last.term_end),
        clauses_checked="未確認",
        contract_number="",
        amount=None,
        tax=None,
        specification="",
        specification_on=None,
        accounts_due=None,
        closed_on=None,
        closed_reason="",
    )
    numbers = (
        replace(
            row,
            id=0,
            window_start=_a_year_later(row.window_start),
            window_end=_a_year_later(row.window_end),
            valid_from=None,
            reason="",
        )
        for row in view.numbers.values()
    )
    return programme, tuple(numbers)


@deed
def start_year(context: ActionContext, *, draft: YearDraft) -> ActionResult:
    """Start a further year; undo is possible while nothing refers to it.

    Raises:
        UserError: the year was already started, or an invalid number.

    Raises:
        UserError: the year was already started, or a number can't be counted with.
    """
    return start_programme(
        context,
        programme=draft.programme,
        numbers=draft.numbers,
        office=draft.office,
        contractor=draft.contractor,
        document_settings=draft.document_settings,
    )


def read_closing(store: Store, *, fiscal_year: int, today: date) -> YearClosing:
    """Return what closing a year would remove from home; raises ``UserError`` when there is no such year."""
    year = read_year(store, today, fiscal_year=fiscal_year)
    tasks = tasks_of_year(read_records_of_year(store, year.view.programme.id), year)
    return YearClosing(
        programme=year.view.programme,
        open_duties=tuple(
            join_nonempty(short_date(task.due, today), task.event_title, task.label)
            for task in tasks
            if task.is_open and not task.is_own_check
        ),
    )


@deed
def close_year(context: ActionContext, *, fiscal_year: int, day: date, reason: str) -> ActionResult:
    """Close a year by hand, which removes its tasks from home; its records stay readable and printable.

    Raises:
        UserError: no reason, a day in the future, or a year that is closed or does not exist.
    """
    year = read_programme(context.store, fiscal_year=fiscal_year).rows.base
    words = fiscal_year_words(fiscal_year)
    if not reason.strip():
        raise UserError("年度を閉じる理由が書かれていません。", "理由を書いてください。設定と履歴に残ります。")
    if day > context.today:
        raise UserError(f"{long_date(day)}は、まだ来ていません。", "本日までの日を入力してください。")
    if year.closed_on is not None:
        raise UserError(f"{words}は、もう閉じています（{long_date(year.closed_on)}）。", "画面を開き直してください。")
    with context.change(f"{words}を閉じた", "programme") as change:
        change.update(Programme, year.id, closed_on=day, closed_reason=reason.strip())
    return ActionResult(f"{words}を閉じました。記録はそのまま残っています。", year.id)


@deed
def reopen_year(context: ActionContext, *, fiscal_year: int) -> ActionResult:
    """Reopen a closed year, whose tasks return to home.

    Raises:
        UserError: the year is not closed, or does not exist.

    Raises:
        UserError: the year is not closed, or not there.
    """
    year = read_programme(context.store, fiscal_year=fiscal_year).rows.base
    words = fiscal_year_words(fiscal_year)
    if year.closed_on is None:
        raise UserError(f"{words}は閉じていません。", "画面を開き直してください。")
    with context.change(f"{words}をもう一度開いた", "programme") as change:
        change.update(Programme, year.id, closed_on=None, closed_reason="")
    return ActionResult(f"{words}をもう一度開きました。済んでいない期限は、ホームに戻ります。", year.id)


def _a_year_later(day: date) -> date:
    """Return the same day of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
