"""Who a letter goes to: a 団体 or one person, the people it concerns, and the postal address."""

from __future__ import annotations

from dataclasses import dataclass

UNNAMED = "氏名未定"


@dataclass(frozen=True, kw_only=True)
class LetterPerson:
    """One person a letter concerns; ``name`` empty = a place without a name yet. ``state`` 「補欠（1番）」 or empty."""

    name: str
    role: str = ""
    device: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One letter's addressee; names exactly as registered.

    ``key`` tells it again («o12» a 団体, «e34» an entry). ``person`` empty writes to the 団体 itself (御中).
    ``waiting`` says that somebody in it is 補欠. ``line`` is the whole addressee when it is no 団体 (「各支部長　様」).
    """

    key: str
    organisation: str = ""
    person: str = ""
    role: str = ""
    people: tuple[LetterPerson, ...] = ()
    branch: str = ""
    postal_code: str = ""
    address: str = ""
    waiting: bool = False
    line: str = ""

    @property
    def named(self) -> str:
        """The 団体 and the person in one line, for lists."""
        return self.line or "　".join(part for part in (self.organisation, self.role, self.person) if part)


def person_line(addressee: Addressee, honorific: str) -> str:
    """Return 「会長　髙﨑 千鶴子　様」, or empty for a 団体."""
    if not addressee.person:
        return ""
    return "　".join(part for part in (addressee.role, addressee.person, honorific) if part)


def address_lines(addressee: Addressee, honorific: str) -> str:
    """Return the addressee as it stands at the head of a letter."""
    if addressee.line:
        return addressee.line
    if not addressee.person:
        return f"{addressee.organisation}　御中"
    return f"{addressee.organisation}\n　{person_line(addressee, honorific)}".lstrip("\n")


def window_lines(addressee: Addressee) -> tuple[str, ...]:
    """Return postal code and address as a window envelope shows them; nothing without an address."""
    code = f"〒{addressee.postal_code}" if addressee.postal_code else ""
    return tuple(line for line in (code, addressee.address) if line) if addressee.address else ()


def people_lines(people: tuple[LetterPerson, ...]) -> tuple[tuple[str, str], ...]:
    """Return 「髙﨑 千鶴子　様（会長）」 and 「端末　貸与」 for each; places without a name are counted in one line."""
    rows = []
    for one in people:
        if one.name:
            role = f"（{one.role}）" if one.role else ""
            device = f"端末　{one.device}" if one.device else ""
            rows.append((f"{one.name}　様{role}", one.state or device))
    unnamed = sum(not one.name for one in people)
    if unnamed:
        rows.append((f"{UNNAMED}　{unnamed}人", ""))
    return tuple(rows)
