"""区の年中行事: the ward's own days of a year, each a 目安日; open ones are shown on home."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.text_rules import check_writable_texts
from app.programme.services.programme import read_programme
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.events.schedules.rules.ward_days import accounts_row, is_accounts_title, usual_ward_days
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.records.schedules import WardDay
from db.records.year.completion import Payment
from db.rows import by_id, row, rows
from db.store import Store
from db.tables.schedules import open_ward_days

WARD_DAY: Final = "区の年中行事"
WARD_DAYS_SUBJECT: Final = "deadlines"


@frozen_record
class WardCalendar:
    """The ward's own days of one year by date; ``has_accounts_day`` = 会計の締切 is known and among them."""

    programme_id: int
    year_text: str
    rows: tuple[WardDay, ...]
    has_accounts_day: bool

    @property
    def open_count(self) -> int:
        """Return how many are still to be done."""
        return sum(one.done_on is None for one in self.rows)


def read_ward_days(store: Store, *, fiscal_year: int | None = None) -> WardCalendar:
    """Return the ward's own days of a year (None = the newest), done ones included."""
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    paid = row(store.database, Payment, programme_id=programme.id)
    accounts = accounts_row(programme, paid.paid_on if paid is not None else None)
    found = rows(store.database, WardDay, programme_id=programme.id)
    shown = [*found, accounts] if accounts is not None else found
    return WardCalendar(
        programme_id=programme.id,
        year_text=fiscal_year_words(programme.fiscal_year),
        rows=tuple(sorted(shown, key=lambda one: (one.day, one.id))),
        has_accounts_day=accounts is not None,
    )


@deed
def save_ward_day(context: ActionContext, *, ward_day: WardDay) -> ActionResult:
    """Save one day (``id`` 0 = a new one).

    Raises:
        UserError: it has no title, or is 会計の締切, which is set in the contract only.
    """
    if not ward_day.title.strip():
        raise UserError("何の日かが書かれていません。", "例：予算要求 部への提出")
    if is_accounts_title(ward_day.title):
        raise UserError("会計の締切は、設定の「契約」に入力します。", "入力すると、区の年中行事と年間計画にも出ます。")
    check_writable_texts({"行事": ward_day.title, "担当": ward_day.owner}, {"根拠": ward_day.basis})
    with context.change(f"区の年中行事「{ward_day.title}」を保存した", WARD_DAYS_SUBJECT) as change:
        known = by_id(context.database, WardDay, ward_day.id)
        row_id = change.update_or_insert(WardDay, known, **corrections(known, ward_day))
    day = short_date(ward_day.day, context.today)
    return ActionResult(f"「{ward_day.title}」を{day}に置きました。期日が近づくとホームに出ます。", row_id)


@deed
def add_usual_ward_days(context: ActionContext, *, fiscal_year: int | None = None) -> ActionResult:
    """Add the usual rows whose titles the year lacks, with dates to be corrected.

    Raises:
        UserError: none is missing.
    """
    view = read_programme(context.store, fiscal_year=fiscal_year)
    programme = view.programme
    known = {one.title for one in rows(context.database, WardDay, programme_id=programme.id)}
    usual = [
        one for one in usual_ward_days(programme.id, programme.fiscal_year, view.calendar) if one.title not in known
    ]
    if not usual:
        raise UserError("例の行は、すべて入っています。", "行を選んで「直す」で日付を変えられます。")
    with context.change("区の年中行事に例の行を入れた", WARD_DAYS_SUBJECT) as change:
        ids = [change.insert(one) for one in usual]
    return ActionResult(f"例の行を{len(ids)}件入れました。日付を区の通知で確かめて直してください。", ids[0])


@deed
def finish_ward_day(context: ActionContext, *, ward_day_id: int, done_on: date | None = None) -> ActionResult:
    """Record that it is done on a day (default: today); raises ``UserError`` for a day to come."""
    found = get_or_raise(context.database, WardDay, ward_day_id)
    day = done_on or context.today
    if day > context.today:
        raise UserError("済んだ日が先の日付です。", "本日までの日を入れてください。")
    with context.change(f"区の年中行事「{found.title}」を済にした", WARD_DAYS_SUBJECT) as change:
        change.update(WardDay, found.id, done_on=day, done_by=context.by)
    return ActionResult(f"「{found.title}」を{short_date(day, context.today)}に済としました。", found.id)


@deed
def reopen_ward_day(context: ActionContext, *, ward_day_id: int) -> ActionResult:
    """Make it open again."""
    found = get_or_raise(context.database, WardDay, ward_day_id)
    with context.change(f"区の年中行事「{found.title}」を未了に戻した", WARD_DAYS_SUBJECT) as change:
        change.update(WardDay, found.id, done_on=None, done_by="")
    return ActionResult(f"「{found.title}」を未了に戻しました。", found.id)


@deed
def remove_ward_day(context: ActionContext, *, ward_day_id: int) -> ActionResult:
    """Delete a row."""
    found = get_or_raise(context.database, WardDay, ward_day_id)
    with context.change(f"区の年中行事「{found.title}」を消した", WARD_DAYS_SUBJECT) as change:
        change.delete(WardDay, found.id)
    return ActionResult(f"「{found.title}」を消しました。", found.id)


def ward_day_follow_ups(database: Database, _today: date) -> list[FollowUp]:
    """Return the ward's own days of open years that are not done, as follow-ups."""
    return [
        FollowUp(
            task=WARD_DAY,
            event_id=None,
            label=one.title,
            detail=one.owner if one.owner.startswith("担当") else f"担当 {one.owner}" if one.owner else "",
            due=one.day,
            basis=f"目安日。区の年中行事{f'（{one.basis}）' if one.basis else ''}",
            rule="目安日",
            link=ActionLink("区の年中行事", ward_day_id=one.id),
        )
        for one in open_ward_days(database)
    ]
