"""The changes of a contract as one history, with day, 契約変更, reason, and each item before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from app.history.services.history_words import field_name, is_shown, value_words
from app.programme.rules.contract import MONEY_FIELDS, PERIOD_FIELDS, SPECIFICATION_FIELDS, contract_on, tax_amount
from app.programme.rules.validity import row_in_force
from app.programme.services.programme import DatedRow
from app.programme.services.programme_view import YearRows
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF, to_row
from db.records.programme import Contractor, DocumentSetting, KindNumbers, Office, Programme

_OF_THE_ROW: Final = frozenset({"id", "programme_id", "valid_from", "reason", "number", "kind", "document_kind"})
_CONTRACT: Final = (*PERIOD_FIELDS, *MONEY_FIELDS, *SPECIFICATION_FIELDS)
_CONTRACT_ITSELF: Final = "契約"
_NO_CHANGE: Final = "内容は前と同じ"


@frozen_record
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
            for item in _items(subject, row, _before(mine, row.valid_from))
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.day))


def changes_of_contract(rows: YearRows) -> tuple[ChangedItem, ...]:
    """Return only the changes of the contract and its numbers, without offices and document settings.

    Args:
        rows: all rows of the year's settings.

    Args:
        rows: all rows of the year's settings.
    """
    mine = {_CONTRACT_ITSELF, *(row.kind for row in rows.numbers)}
    return tuple(one for one in contract_history(rows) if one.subject in mine)


def _subjects(rows: YearRows) -> Iterable[tuple[str, Sequence[KindNumbers | Office | Contractor | DocumentSetting]]]:
    for kind in dict.fromkeys(row.kind for row in rows.numbers):
        yield kind, [row for row in rows.numbers if row.kind == kind]
    yield "受託者", rows.contractors
    yield "所属・担当者", rows.offices
    for paper in dict.fromkeys(row.document_kind for row in rows.document_settings):
        yield f"{paper}の宛先・形式", [row for row in rows.document_settings if row.document_kind == paper]


def _before(rows: Sequence[DatedRow], day: date) -> DatedRow | None:
    return row_in_force(rows, day - timedelta(days=1))


def _items(subject: str, row: Any, before: Any) -> list[ChangedItem]:
    now, then = to_row(row), to_row(before) if before is not None else {}
    table = TABLE_OF[type(row)]
    changed = [
        (field_name(table, name), _value_words(name, then.get(name)), _value_words(name, now.get(name)))
        for name in now
        if name not in _OF_THE_ROW and is_shown(name) and (now[name] or "") != (then.get(name) or "")
    ]
    return _named(subject, row.valid_from, getattr(row, "number", ""), row.reason, changed)


def _of_contract(rows: YearRows) -> list[ChangedItem]:
    """Return changed dates, periods, amount and 仕様書, each compared with the day before."""
    found = []
    for row in rows.terms:
        before = _plain(contract_on(rows.base, rows.terms, row.valid_from - timedelta(days=1)))
        after = _plain(contract_on(rows.base, rows.terms, row.valid_from))
        changed = [
            (field_name("contract_terms", name), _value_words(name, before[name]), _value_words(name, after[name]))
            for name in _CONTRACT
            if before[name] != after[name]
        ]
        found += _named(_CONTRACT_ITSELF, row.valid_from, row.number, row.reason, changed)
    return found


def _plain(programme: Programme) -> dict[str, Any]:
    """Return the contract as columns, with the tax by the rate where none was typed."""
    return to_row(replace(programme, tax=tax_amount(programme)))


def _named(
    subject: str, day: date, number: str, reason: str, changed: Sequence[tuple[str, str, str]]
) -> list[ChangedItem]:
    return [
        ChangedItem(day=day, number=number, reason=reason, subject=subject, item=item, old=old, new=new)
        for item, old, new in changed or [(_NO_CHANGE, "", "")]
    ]


def _value_words(name: str, value: Any) -> str:
    if name == "tax_rate" and value is not None:
        return f"{value}％"
    return value_words(name, value)
