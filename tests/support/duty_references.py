"""The documents and settings pages that the list of duties names, each with the words that it should contain."""

from __future__ import annotations

from typing import NamedTuple

from app.common.file_locations import resources_folder


class DutyReference(NamedTuple):
    """One reference: the duty's number, what it names and the words that should stand there ("" = any)."""

    id: str
    name: str
    words: str


def duty_references(mark: str) -> list[DutyReference]:
    """Return the references of all rows with this mark, in order: "p" for documents, "g" for settings pages."""
    found = []
    lines = (resources_folder() / "duties" / "rows.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        number, _basis, _said, where, _reason = (part.strip() for part in f"{line} ".split(" |", 4))
        for place in where.split(";"):
            sort, _colon, name = place.strip().partition(":")
            if sort == mark:
                kind, _mark, words = name.strip().partition("›")
                found.append(DutyReference(number.removeprefix("*"), kind, words))
    return found
