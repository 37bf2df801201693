"""What a later application of the same person changes, field by field, old → new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

CONTACT_KINDS: Final = (("phone", "電話"), ("fax", "FAX"), ("email", "メール"), ("address", "住所"))

_NOT_IN_LISTS: Final = frozenset({"care", "phone", "fax", "email", "address"})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What one application says about taking part; ``device`` is 持参, 貸与 or empty, contacts as written."""

    role: str = ""
    device: str = ""
    care: str = ""
    people: int = 1
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that a later application changes; ``old`` empty = nothing was there."""

    key: str
    label: str
    old: str
    new: str

    @property
    def words(self) -> str:
        """「端末　持参→貸与」; the content of 配慮 and contacts stays out of lists."""
        if self.key in _NOT_IN_LISTS:
            return f"{self.label}が{'変わります' if self.old else '加わります'}"
        return f"{self.label}　{self.old or '（空）'}→{self.new}"


def changes_between(old: Facts, new: Facts) -> tuple[FieldChange, ...]:
    """Return what ``new`` changes in ``old``; what the later application leaves empty is kept as it was."""
    found = []
    for key, label in (("role", "役職"), ("device", "端末"), ("care", "配慮")):
        before, after = str(getattr(old, key)).strip(), str(getattr(new, key)).strip()
        if after and after != before:
            found.append(FieldChange(key=key, label=label, old=before, new=after))
    if new.people != old.people:
        found.append(FieldChange(key="people", label="人数", old=f"{old.people}人", new=f"{new.people}人"))
    for key, label in CONTACT_KINDS:
        before, after = str(getattr(old, key)).strip(), str(getattr(new, key)).strip()
        if after and _contact_key(after) != _contact_key(before):
            found.append(FieldChange(key=key, label=label, old=before, new=after))
    return tuple(found)


def merged(old: Facts, new: Facts) -> Facts:
    """Return the facts after the later application: its own where it says something, else those from before."""
    kept = {key: getattr(old, key) for key in vars(old) if not str(getattr(new, key)).strip()}
    return replace(new, **kept)


def is_later(received_at: datetime | None, latest: datetime | None) -> bool:
    """Whether an application counts as the later one; without a time the one read later does."""
    return received_at is None or latest is None or received_at >= latest


def _contact_key(text: str) -> str:
    """Telephone numbers alike in their digits are one; anything else as written, without spaces."""
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return digits if len(digits) >= 9 and "@" not in text else "".join(text.split()).casefold()
