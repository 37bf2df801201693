"""The consumption tax of a contract, and the number by which an invoice is known."""

from __future__ import annotations

import re
from dataclasses import replace

from db.digits import one_width
from db.records.programme import Programme

_IN_NUMBER = re.compile(r"[\s‐‑‒–—―−ー-]+")
_REGISTRATION = re.compile(r"T[0-9]{13}")


def tax_amount(programme: Programme) -> int | None:
    """Return the tax in the amount: as stated, else by its rate, rounded down to a yen; None if no amount is known."""
    if programme.amount is None:
        return None
    return (
        programme.amount * programme.tax_rate // (100 + programme.tax_rate) if programme.tax is None else programme.tax
    )


def net_amount(programme: Programme) -> int | None:
    """Return the amount without tax, or None if unknown."""
    tax = tax_amount(programme)
    return None if programme.amount is None or tax is None else programme.amount - tax


def yen_text(amount: int | None) -> str:
    """Return 「2,970,000円」, or "" if unknown."""
    return "" if amount is None else f"{amount:,}円"


def tax_doubt(programme: Programme) -> str:
    """Return a warning that the stated tax is not that of amount and rate by more than a yen, or ""."""
    counted = tax_amount(replace(programme, tax=None))
    if counted is None or programme.tax is None or abs(counted - programme.tax) <= 1:
        return ""
    return f"消費税額{yen_text(programme.tax)}は、{programme.tax_rate}％で計算した{yen_text(counted)}と違います。"


def with_own_tax(agreed: Programme, before: Programme) -> Programme:
    """Return a contract without the tax that was stated for another amount or rate: it is computed then."""
    is_former = agreed.tax == before.tax and (agreed.amount, agreed.tax_rate) != (before.amount, before.tax_rate)
    return replace(agreed, tax=None) if is_former and tax_doubt(agreed) else agreed


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


def plain_registration_number(text: str) -> str:
    """Return a 登録番号 without width, blanks and hyphens, T and 13 digits if it is one."""
    return _IN_NUMBER.sub("", one_width(text)).upper()


def is_registration_number(text: str) -> bool:
    """Return whether a text is T with 13 digits, in any writing."""
    return _REGISTRATION.fullmatch(plain_registration_number(text)) is not None
