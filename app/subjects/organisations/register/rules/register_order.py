"""The order of the register, in which every paper of a year names 団体: never one by result."""

from __future__ import annotations

from collections.abc import Sequence

from db.records.organisations import Organisation


def in_register_order(organisations: Sequence[Organisation]) -> list[Organisation]:
    """Return all 団体 of the register by 支部, in the order in which it names these; those without one come last.

    支部 are called 「第10支部」 or by a place: neither is in order when it is sorted as text.
    """
    standing = sorted(organisations, key=lambda one: one.id)
    places = {name: place for place, name in enumerate(dict.fromkeys(one.branch.strip() for one in standing))}
    return sorted(standing, key=lambda one: (not one.branch.strip(), places[one.branch.strip()]))
