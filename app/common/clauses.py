"""Cites the clauses of the 特記事項 and of laws by what they ask.

Their numbers stand in ``resources/clauses``, one table each; those of a 仕様書 stand in the definition of its year.
"""

from __future__ import annotations

import re
from functools import cache

from app.common.file_locations import resources_folder
from db.record import record


@record
class Clause:
    """One clause: its short citation (「特18(5)」), its heading in the original ("" = it has none), what it asks."""

    number: str
    heading: str
    asks: str


@cache
def clause_table() -> tuple[Clause, ...]:
    """Return the clauses of all tables in their order."""
    lines = (
        [part.strip() for part in line.split("|")]
        for path in sorted((resources_folder() / "clauses").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    return tuple(Clause(number=number, heading=heading, asks=asks) for number, heading, asks in lines)


@cache
def clause_of(*asked: str) -> str:
    """Return the short citation of the clauses that ask this: 「特13・特18(5)」, 「民法140条・143条」."""
    numbers = {one.asks: one.number for one in clause_table()}
    cited = "・".join(numbers[one] for one in asked)
    law = re.match(r"\D{2,}", cited)
    return cited.replace(f"・{law[0]}", "・") if law else cited
