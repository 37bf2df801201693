"""Record a 契約変更 (numbers, dates and periods valid from a day on), and preview moved deadlines.

Issued documents stay as they are: a document takes the numbers of its event's day and the names of its own 発信日.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.programme.services.programme import contract_change_rows
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.services.event_records import read_records_of_year
from app.subjects.events.event.services.tasks.deadlines import read_year, tasks_of_year
from app.subjects.events.event.services.tasks.task import Task
from db.frozen_record import frozen_record
from db.records.programme import ContractTerms, KindNumbers, Programme
from db.store import Store

_NAMED = 3
_Key = tuple[object, ...]


@frozen_record
class MovedDeadline:
    """One open deadline before and after; None = no deadline."""

    title: str
    label: str
    task: str
    old: date | None
    new: date | None


@frozen_record
class ContractChangeResult(ActionResult):
    """A 契約変更 that was saved; ``moves`` are the open deadlines that it moves, by date."""

    moves: tuple[MovedDeadline, ...]


def preview_contract_change(
    store: Store,
    *,
    programme_id: int,
    numbers: Sequence[KindNumbers] = (),
    terms: Programme | None = None,
    valid_from: date,
    today: date,
) -> tuple[MovedDeadline, ...]:
    """Return the open deadlines that a 契約変更 would move, by date; nothing is written.

    Args:
        numbers, terms, valid_from: as for ``record_contract_change``; the reason is not needed yet.

    Raises:
        UserError: an invalid number, or the day is outside the year or taken.
    """
    rows = contract_change_rows(
        store, programme_id=programme_id, numbers=numbers, terms=terms, valid_from=valid_from, reason=None
    )
    return _moves(store, programme_id, rows, today)


@deed
def record_contract_change(
    context: ActionContext,
    *,
    programme_id: int,
    numbers: Sequence[KindNumbers] = (),
    terms: Programme | None = None,
    valid_from: date,
    reason: str,
    number: str = "",
) -> ContractChangeResult:
    """Record one 契約変更, valid for events on ``valid_from`` and later.

    Args:
        numbers: the kinds that change.
        terms: 履行期間末 and the periods of 提案書 and 支払 where they change.
        reason: kept in 設定 and 履歴.
        number: that of the change (第1号変更契約), as typed.

    Raises:
        UserError: nothing changes, an invalid number, no reason, or a day outside the year or taken.
    """
    rows = contract_change_rows(
        context.store,
        programme_id=programme_id,
        numbers=numbers,
        terms=terms,
        valid_from=valid_from,
        reason=reason,
        number=number.strip(),
    )
    if not rows:
        raise UserError("変わった数がありません。", "変わるところを入力してから保存してください。")
    what = "、".join([*(f"{one.kind}の数" for one in numbers), *(["契約の内容"] if terms is not None else [])])
    today = context.today
    moves = _moves(context.store, programme_id, rows, today)
    with context.change(f"契約変更で{what}を変えた", "programme") as change:
        ids = [change.insert(row) for row in rows]
    said = f"{what}を、{long_date(valid_from)}から適用します。{_move_words(moves, today)}"
    return ContractChangeResult(message=said, id=ids[0], moves=moves)


def contract_change_words(view: ProgrammeView) -> tuple[str, ...]:
    """Return every dated change of a year in words, earliest first."""
    rows = view.rows
    found = [
        *((row.valid_from, f"{row.kind}の数", row.reason) for row in rows.numbers),
        *((row.valid_from, "契約の内容", row.reason) for row in rows.terms),
        *((row.valid_from, "所属・担当者", row.reason) for row in rows.offices),
        *((row.valid_from, "受託者", row.reason) for row in rows.contractors),
        *((row.valid_from, f"{row.document_kind}の宛先・形式", row.reason) for row in rows.document_settings),
    ]
    dated = sorted((day, what, why) for day, what, why in found if day is not None)
    return tuple(f"{long_date(day)}から　{what}　理由：{why}" for day, what, why in dated)


def _moves(
    store: Store, programme_id: int, rows: Iterable[KindNumbers | ContractTerms], today: date
) -> tuple[MovedDeadline, ...]:
    """Compute the year's open deadlines as they are and with ``rows`` added, from one reading."""
    year = read_year(store, today, programme_id=programme_id)
    if year.view.programme.closed_on is not None:
        return ()
    files = read_records_of_year(store, programme_id)
    changed = replace(year, view=year.view.with_change(rows, today))
    before, after = (_open(tasks_of_year(files, one)) for one in (year, changed))
    keys = [*before, *(key for key in after if key not in before)]
    found = [_moved(before.get(key), after.get(key)) for key in keys if _due(before.get(key)) != _due(after.get(key))]
    return tuple(sorted(found, key=lambda row: row.new or row.old or date.max))


def _open(tasks: Iterable[Task]) -> Mapping[_Key, Task]:
    return {(task.event_id, task.task, task.step_id, task.material_id): task for task in tasks if task.is_open}


def _due(task: Task | None) -> date | None:
    return task.due if task is not None else None


def _moved(old: Task | None, new: Task | None) -> MovedDeadline:
    shown = new or old
    assert shown is not None
    return MovedDeadline(title=shown.event_title, label=shown.label, task=shown.task, old=_due(old), new=_due(new))


def _move_words(moves: Sequence[MovedDeadline], today: date) -> str:
    if not moves:
        return "動いた期限はありません。"
    named = [
        f"{row.title}{'の' if row.title else ''}{row.task}　{_day(row.old, today)}→{_day(row.new, today)}"
        for row in moves[:_NAMED]
    ]
    rest = f"、ほか{len(moves) - _NAMED}件" if len(moves) > _NAMED else ""
    return f"期限{len(moves)}件が動きました（{'、'.join(named)}{rest}）。"


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else "なし"
