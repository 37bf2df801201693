"""Cites the clauses of the 特記事項 and of laws by what they ask.

Their numbers stand in ``resources/clauses.txt``, a table each; those of a 仕様書 stand in the definition of its year.
"""

from __future__ import annotations

import re
from functools import cache

from app.common.file_locations import resources_folder


@cache
def clause_table() -> dict[str, str]:
    """Return the number of every clause (「特18(5)」) by what it asks, in the order of the tables."""
    text = (resources_folder() / "clauses.txt").read_text(encoding="utf-8")
    return {asks: number for number, asks in re.findall(r"^([^#|\n]+) \|.*\| (.+)$", text, re.MULTILINE)}


@cache
def clause_of(*asked: str) -> str:
    """Return the short citation of the clauses that ask this: 「特13・特18(5)」, 「民法140条・143条」."""
    cited = "・".join(clause_table()[one] for one in asked)
    law = re.match(r"\D{2,}", cited)
    return cited.replace(f"・{law[0]}", "・") if law else cited
