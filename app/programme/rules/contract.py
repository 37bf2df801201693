"""The contract of a year: which 契約変更 is in force, first day, tax, doubtful values, and amounts in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from app.calendar.wareki import fiscal_year_words
from app.programme.rules.validity import row_in_force
from db.records.programme import Contractor, ContractTerms, Programme

PERIOD_FIELDS: Final = ("term_end", "proposal_period", "payment_period")
"""Fields that every 契約変更 states in full."""
MONEY_FIELDS: Final = ("amount", "tax_rate", "tax")
SPECIFICATION_FIELDS: Final = ("specification", "specification_on")
CHANGING_TOGETHER: Final = (MONEY_FIELDS, SPECIFICATION_FIELDS)
"""Groups of fields that change together; the first of each says whether a 契約変更 contains the group."""

_YEAR_IN_TITLE = re.compile(r"(令和|平成)\s*(元|[0-9]+)\s*年度")
_REGISTRATION = re.compile(r"T[0-9]{13}")


def contract_on(base: Programme, terms: Iterable[ContractTerms], on: date | None) -> Programme:
    """Return the contract with the dates, periods, amount and 仕様書 in force on a day.

    Args:
        base: the contract as it was made. terms: what each 契約変更 made of it.
        on: the day; None = with every change.
    """
    rows = tuple(terms)
    held = row_in_force(rows, on)
    if held is None:
        return base
    values: dict[str, Any] = {name: getattr(held, name) for name in PERIOD_FIELDS}
    for names in CHANGING_TOGETHER:
        said = change_in_force(rows, names, on)
        if said is not None:
            values |= {name: getattr(said, name) for name in names}
    return replace(base, **values)


def change_in_force(terms: Iterable[ContractTerms], names: tuple[str, ...], on: date | None) -> ContractTerms | None:
    """Return the 契約変更 in force on a day for fields that change together; None = the original contract."""
    return row_in_force((row for row in terms if getattr(row, names[0]) not in (None, "")), on)


def term_start(programme: Programme) -> date | None:
    """Return the first day of 履行期間, the day after 契約確定日 (仕様書3); None while that is not known."""
    return programme.contract_date + timedelta(days=1) if programme.contract_date else None


def tax_amount(programme: Programme) -> int | None:
    """Return the tax in the amount: as stated, else by its rate, rounded down to a yen."""
    if programme.amount is None or programme.tax is not None:
        return programme.tax if programme.amount is not None else None
    return programme.amount * programme.tax_rate // (100 + programme.tax_rate)


def net_amount(programme: Programme) -> int | None:
    """Return the amount without tax, or None if unknown."""
    tax = tax_amount(programme)
    return None if programme.amount is None or tax is None else programme.amount - tax


def yen_text(amount: int | None) -> str:
    """Return 「2,970,000円」, or "" if unknown."""
    return "" if amount is None else f"{amount:,}円"


def tax_words(programme: Programme) -> str:
    """Return 「税抜 2,700,000円 消費税（10％）270,000円」, marked 計算 if the tax is computed; "" without an
    amount.
    """
    if programme.amount is None:
        return ""
    by_rate = "・税率から計算" if programme.tax is None else ""
    return (
        f"税抜 {yen_text(net_amount(programme))}　消費税（{programme.tax_rate}％{by_rate}）"
        f"{yen_text(tax_amount(programme))}"
    )


def contract_doubts(programme: Programme, contractor: Contractor) -> tuple[str, ...]:
    """Return warnings about the values of a contract, a sentence each."""
    found = []
    named = _YEAR_IN_TITLE.search(unicodedata.normalize("NFKC", programme.title))
    if named is not None and fiscal_year_words(programme.fiscal_year) != f"{named[1]}{named[2]}年度":
        found.append(
            f"契約件名は{named[1]}{named[2]}年度ですが、この年度は{fiscal_year_words(programme.fiscal_year)}です。"
        )
    if programme.contract_date is not None and programme.contract_date >= programme.term_end:
        found.append("契約確定日が、履行期間の末日と同じかあとになっています。")
    if programme.amount is not None and programme.tax is not None:
        counted = tax_amount(replace(programme, tax=None)) or 0
        if abs(counted - programme.tax) > 1:
            found.append(
                f"消費税額{yen_text(programme.tax)}は、{programme.tax_rate}％で計算した{yen_text(counted)}と違います。"
            )
    number = contractor.registration_number
    if number and _REGISTRATION.fullmatch(unicodedata.normalize("NFKC", number).strip()) is None:
        found.append(f"登録番号「{number}」は、Tと13桁の数字になっていません。")
    return tuple(found)
