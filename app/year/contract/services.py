"""契約変更 with the deadlines that it moves, what was changed since the contract, and the 契約台帳.

A 契約変更 is valid from a day on and leaves issued documents as they are: a document takes the numbers of its event's
day and the names of its own 発信日.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date_or
from app.common.and_others import and_others
from app.documents.blocks import DocumentContent
from app.documents.document_frame import table_day
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_scope import DocumentScope, year_at
from app.event.services.event_records import read_records_of_year
from app.event.services.tasks.deadlines import read_year, tasks_of_year
from app.event.services.tasks.task import Task
from app.history.services import field_name, is_shown, value_words
from app.programme.rules import (
    CHANGING_TOGETHER,
    PERIOD_FIELDS,
    contract_on,
    row_in_force,
)
from app.programme.services import (
    ProgrammeView,
    YearRows,
    contract_change_rows,
)
from app.year.contract.documents import KIND, DatedChange, contract_register
from db.mapping import TABLE_OF, to_row
from db.record import record
from db.records.programme import Contractor, ContractTerms, DocumentSetting, EventKind, Office, Programme
from db.store import Store

_NAMED = 3
_Key = tuple[object, ...]


@record
class MovedDeadline:
    """Record of one open deadline before and after a 契約変更.

    ``title`` is that of its event, "" for the year; ``label`` says what to do and ``task`` is the task's name. ``old``
    or ``new`` is None where it appears or ends.
    """

    title: str
    label: str
    task: str
    old: date | None
    new: date | None


@record
class ContractChangeResult(ActionResult):
    """A 契約変更 that was saved; ``moves`` are the open deadlines that it moves, by date."""

    moves: tuple[MovedDeadline, ...]


def preview_contract_change(
    store: Store,
    *,
    programme_id: int,
    numbers: Sequence[EventKind] = (),
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


def record_contract_change(
    context: ActionContext,
    *,
    programme_id: int,
    numbers: Sequence[EventKind] = (),
    terms: Programme | None = None,
    valid_from: date,
    reason: str,
    number: str = "",
) -> ContractChangeResult:
    """Record one 契約変更, valid for events on ``valid_from`` and later.

    Args:
        numbers: the kinds of event that change, each with the id of the row that was edited.
        terms: the contract with its changed dates, periods, amount or 仕様書; None = only the numbers change.
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
    what = "、".join([*(f"{one.name}の数" for one in numbers), *(["契約の内容"] if terms is not None else [])])
    today = context.today
    moves = _moves(context.store, programme_id, rows, today)
    with context.change(f"契約変更で{what}を変えた", "programme") as change:
        ids = [change.insert(row) for row in rows]
    said = f"{what}を、{long_date(valid_from)}から適用します。{_move_words(moves, today)}"
    return ContractChangeResult(message=said, id=ids[0], moves=moves)


def contract_change_words(view: ProgrammeView) -> tuple[str, ...]:
    """Return every dated change of a year's settings as a line, earliest first; also those to come.

    「令和8年10月1日（木）から　講習会の数　理由：…」; what exactly changed is not said.
    """
    rows = view.rows
    found = [
        *((row.valid_from, f"{row.name}の数", row.reason) for row in rows.numbers),
        *((row.valid_from, "契約の内容", row.reason) for row in rows.terms),
        *((row.valid_from, "所属・担当者", row.reason) for row in rows.offices),
        *((row.valid_from, "受託者", row.reason) for row in rows.contractors),
        *((row.valid_from, f"{row.document_kind}の宛先・形式", row.reason) for row in rows.document_settings),
    ]
    dated = sorted((day, what, why) for day, what, why in found if day is not None)
    return tuple(f"{long_date(day)}から　{what}　理由：{why}" for day, what, why in dated)


def _moves(
    store: Store, programme_id: int, rows: Iterable[EventKind | ContractTerms], today: date
) -> tuple[MovedDeadline, ...]:
    """Return the year's open deadlines that ``rows`` would move, by date; none in a closed year."""
    year = read_year(store, today, programme_id=programme_id)
    if year.view.programme.closed_on is not None:
        return ()
    files = read_records_of_year(store, programme_id)
    changed = replace(year, view=year.view.with_change(rows, today))
    before, after = (
        {
            (task.event_id, task.task, task.step_id, task.material_id): task
            for task in tasks_of_year(files, one)
            if task.is_open
        }
        for one in (year, changed)
    )
    keys = [*before, *(key for key in after if key not in before)]
    found = [_moved(before.get(key), after.get(key)) for key in keys if _due(before.get(key)) != _due(after.get(key))]
    return tuple(sorted(found, key=lambda row: row.new or row.old or date.max))


def _due(task: Task | None) -> date | None:
    return task.due if task is not None else None


def _moved(old: Task | None, new: Task | None) -> MovedDeadline:
    """Return the record of how one deadline moves; one of ``old`` and ``new`` may be None: it appears or ends."""
    shown = new or old
    assert shown is not None
    return MovedDeadline(title=shown.event_title, label=shown.label, task=shown.task, old=_due(old), new=_due(new))


def _move_words(moves: Sequence[MovedDeadline], today: date) -> str:
    """Return the deadlines that moved as a sentence, the first three in full; one that says so if none moved."""
    if not moves:
        return "動いた期限はありません。"
    named = [
        f"{row.title}{'の' if row.title else ''}{row.task}　{_day(row.old, today)}→{_day(row.new, today)}"
        for row in moves[:_NAMED]
    ]
    rest = and_others(moves, _NAMED)
    return f"期限{len(moves)}件が動きました（{'、'.join(named)}{rest}）。"


def _day(day: date | None, today: date) -> str:
    """Return a day in short (「12/8(火)」), 「なし」 for None."""
    return short_date_or("なし", day, today)


_OF_THE_ROW = frozenset({"id", "programme_id", "valid_from", "reason", "number", "kind", "document_kind"})
_CONTRACT = (*PERIOD_FIELDS, *(name for names in CHANGING_TOGETHER for name in names))
_CONTRACT_ITSELF = "契約"


@record
class ChangedItem:
    """One item of one change; ``subject`` is what it belongs to (講習会, 契約, 受託者 …).

    ``old`` and ``new`` are in words. ``number`` is that of the 契約変更, "" = none.
    """

    day: date
    number: str
    reason: str
    subject: str
    item: str
    old: str
    new: str


def contract_history(rows: YearRows) -> tuple[ChangedItem, ...]:
    """Return every item that changed within a year, by day, with its earlier value.

    Args:
        rows: all rows of the year's settings.
    """
    found = [
        *_of_contract(rows),
        *(
            item
            for subject, mine in _subjects(rows)
            for row in mine
            if row.valid_from is not None
            for item in _items(subject, row, row_in_force(mine, row.valid_from - timedelta(days=1)))
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.day))


def named_history(rows: YearRows) -> tuple[ChangedItem, ...]:
    """Return ``contract_history`` to be shown: a kind of event by its last name, as its key may be an earlier one.

    Args:
        rows: all rows of the year's settings.
    """
    names = {row.kind: row.name for row in rows.numbers}
    return tuple(replace(one, subject=names.get(one.subject, one.subject)) for one in contract_history(rows))


def changes_of_contract(rows: YearRows) -> tuple[ChangedItem, ...]:
    """Return only the changes of the contract and its numbers, without offices and document settings.

    Args:
        rows: all rows of the year's settings.
    """
    mine = {_CONTRACT_ITSELF, *(row.kind for row in rows.numbers)}
    return tuple(one for one in contract_history(rows) if one.subject in mine)


def _subjects(rows: YearRows) -> Iterable[tuple[str, Sequence[EventKind | Office | Contractor | DocumentSetting]]]:
    """Yield each subject with its rows, which are valid from different days on."""
    for kind in dict.fromkeys(row.kind for row in rows.numbers):
        yield kind, [row for row in rows.numbers if row.kind == kind]
    yield "受託者", rows.contractors
    yield "所属・担当者", rows.offices
    for paper in dict.fromkeys(row.document_kind for row in rows.document_settings):
        yield f"{paper}の宛先・形式", [row for row in rows.document_settings if row.document_kind == paper]


def _items(subject: str, row: Any, before: Any) -> list[ChangedItem]:
    """Return an item for each shown field in which ``row`` differs from ``before`` (None = empty); one if none does."""
    now, then = to_row(row), to_row(before) if before is not None else {}
    table = TABLE_OF[type(row)]
    changed = [
        (field_name(table, name), _value_words(table, name, then.get(name)), _value_words(table, name, now[name]))
        for name in now
        if name not in _OF_THE_ROW and is_shown(table, name) and (now[name] or "{}") != (then.get(name) or "{}")
    ]
    return _named(subject, row.valid_from, getattr(row, "number", ""), row.reason, changed)


def _of_contract(rows: YearRows) -> list[ChangedItem]:
    """Return changed dates, periods, amount and 仕様書, each compared with the day before."""
    found, table = [], TABLE_OF[ContractTerms]
    for row in rows.terms:
        before = to_row(contract_on(rows.base, rows.terms, row.valid_from - timedelta(days=1)))
        after = to_row(contract_on(rows.base, rows.terms, row.valid_from))
        changed = [
            (field_name(table, name), _value_words(table, name, before[name]), _value_words(table, name, after[name]))
            for name in _CONTRACT
            if before[name] != after[name]
        ]
        found += _named(_CONTRACT_ITSELF, row.valid_from, row.number, row.reason, changed)
    return found


def _named(
    subject: str, day: date, number: str, reason: str, changed: Sequence[tuple[str, str, str]]
) -> list[ChangedItem]:
    return [
        ChangedItem(day=day, number=number, reason=reason, subject=subject, item=item, old=old, new=new)
        for item, old, new in changed or [("内容は前と同じ", "", "")]
    ]


def _value_words(table: str, name: str, value: Any) -> str:
    """Return a value in words as ``value_words`` does, the tax rate with ％."""
    if name == "tax_rate" and value is not None:
        return f"{value}％"
    return value_words(table, name, value)


def build_register(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return 契約台帳 of a year as of ``now``, with changes up to then; raises ``UserError`` for an unknown year."""
    view = year_at(store, scope, now)
    context = document_context_of(store, scope, KIND, now)
    changes = [
        DatedChange(
            day=table_day(one.day),
            number=one.number,
            item=f"{one.subject}　{one.item}",
            old=one.old,
            new=one.new,
            reason=one.reason,
        )
        for one in named_history(view.rows)
        if one.day <= now.date()
    ]
    return contract_register(context, view.kinds, changes)


DOCUMENTS = (DocumentKind(kind=KIND, build=build_register, missing_words="", todo="契約"),)
