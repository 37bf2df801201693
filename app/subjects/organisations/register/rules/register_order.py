"""The order of the register, in which every document of a year lists 団体; never an order by result."""

from __future__ import annotations

from collections.abc import Sequence

from db.records.organisations import Organisation


def in_register_order(organisations: Sequence[Organisation]) -> list[Organisation]:
    """Return all 団体 grouped by 支部, in the order in which the register first names each; without 支部 last.

    支部 are called 「第10支部」 or by a place, so sorting them as text would be wrong.
    """
    standing = sorted(organisations, key=lambda one: one.id)
    places = {name: place for place, name in enumerate(dict.fromkeys(one.branch.strip() for one in standing))}
    return sorted(standing, key=lambda one: (not one.branch.strip(), places[one.branch.strip()]))
