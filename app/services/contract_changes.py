"""契約変更: numbers, dates and periods that hold from a day on, and which open deadlines move because of it.

- ``agree_numbers(store, numbers, valid_from, reason, by, now) -> Agreed``
- ``agree_terms(store, programme, valid_from, reason, by, now) -> Agreed``

Issued papers stay as they are: a paper takes the numbers of its event's day and the names of its own 発信日.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.rules.dates import short_date
from app.services.deadlines import all_tasks
from app.services.programme import change_numbers, change_programme
from app.services.saved import Saved
from app.services.task import Task
from db.records.programme import KindNumbers, Programme
from db.store import Store

_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class MovedDeadline:
    """One open deadline before and after; None where there was none, or is none any more."""

    title: str
    task: str
    old: date | None
    new: date | None


@dataclass(frozen=True, kw_only=True)
class Agreed(Saved):
    """A 契約変更 that was saved; ``moves`` are the open deadlines that move because of it, by date."""

    moves: tuple[MovedDeadline, ...] = ()


def agree_numbers(
    store: Store, *, numbers: KindNumbers, valid_from: date, reason: str, by: str, now: datetime
) -> Agreed:
    """Let the numbers of one kind hold for the events of ``valid_from`` and later.

    Raises:
        Refusal: as ``app.services.programme.change_numbers``.
    """
    return _agreed(
        store,
        lambda: change_numbers(store, numbers=numbers, valid_from=valid_from, reason=reason, by=by, now=now),
        now.date(),
    )


def agree_terms(store: Store, *, programme: Programme, valid_from: date, reason: str, by: str, now: datetime) -> Agreed:
    """Let 履行期間末 and the periods of 提案書 and 支払 hold from ``valid_from`` on.

    Raises:
        Refusal: as ``app.services.programme.change_programme``.
    """
    return _agreed(
        store,
        lambda: change_programme(store, programme=programme, valid_from=valid_from, reason=reason, by=by, now=now),
        now.date(),
    )


def _agreed(store: Store, save: Callable[[], Saved], today: date) -> Agreed:
    before = _open(store, today)
    saved = save()
    after = _open(store, today)
    keys = [*before, *(key for key in after if key not in before)]
    moves = sorted(
        (_moved(before.get(key), after.get(key)) for key in keys if _due(before.get(key)) != _due(after.get(key))),
        key=lambda row: row.new or row.old or date.max,
    )
    return Agreed(said=f"{saved.said}{_words(moves, today)}", id=saved.id, moves=tuple(moves))


def _open(store: Store, today: date) -> dict[tuple[object, ...], Task]:
    return {
        (task.fiscal_year, task.event_id, task.task, task.step_id, task.material_id): task
        for task in all_tasks(store, today=today)
        if task.open
    }


def _due(task: Task | None) -> date | None:
    return task.due if task is not None else None


def _moved(old: Task | None, new: Task | None) -> MovedDeadline:
    shown = new or old
    assert shown is not None
    return MovedDeadline(title=shown.event_title, task=shown.task, old=_due(old), new=_due(new))


def _words(moves: list[MovedDeadline], today: date) -> str:
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
