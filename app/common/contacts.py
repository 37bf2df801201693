"""Says when two contacts are the same one, and which of somebody's contacts are in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from db.digits import one_width
from db.name_key import digits_of
from db.records.organisations import Contact, ContactKind
from db.redactions import is_redacted_text

_HYPHENS = re.compile(r"[‐‑‒–—―−]|(?<=\d)ー")
_UNREAD = re.compile(r"〒|(?<!\d)\s+|\s+(?!\d)")
"""What no sign of an address is: its mark, and blanks that part no two numbers."""
_LETTER_O = re.compile(r"(?<![A-Za-z])[OoＯｏ](?=[\d-])|(?<=[\d-])[OoＯｏ](?![A-Za-z])")
_LOST_ZERO = (9, 10)


def phone_digits(text: str) -> str:
    """Return the digits of a telephone number, with the zero that +81 or a spreadsheet took away; "" without any."""
    digits = digits_of(_LETTER_O.sub("0", text))
    if digits.startswith("81") and one_width(text).lstrip(" (").startswith("+"):
        return "0" + digits[2:].removeprefix("0")
    return "0" + digits if len(digits) in _LOST_ZERO and not digits.startswith("0") else digits


def same_contact(kind: ContactKind, one: str, other: str) -> bool:
    """Return whether two texts are one contact: numbers by their digits, mail and addresses by all their signs."""
    return _compared_text(kind, one) == _compared_text(kind, other)


def contacts_in_force(
    contacts: Iterable[Contact], kind: ContactKind | str, purpose: str = "", day: date | None = None
) -> list[Contact]:
    """Return the contacts of one kind that are in force, those for ``purpose`` first, then the newer ones.

    Ended and erased ones are not, and none whose 廃棄予定日 lies before ``day``. The first is the one to use.
    """
    standing = [
        one
        for one in contacts
        if one.kind == kind
        and one.ended_on is None
        and not is_redacted_text(one.value)
        and (day is None or one.dispose_on is None or one.dispose_on >= day)
    ]
    return sorted(standing, key=lambda one: (purpose not in one.purpose, -one.id))


def _compared_text(kind: ContactKind, value: str) -> str:
    if kind.is_number and (digits := phone_digits(value)):
        return digits
    plain = _UNREAD.sub("", _HYPHENS.sub("-", one_width(value)).strip())
    return plain.casefold() if kind.is_mail else plain
