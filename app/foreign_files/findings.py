"""What is doubtful or worth knowing in one place of a foreign file: the shared word of all readers of this floor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One doubtful place: ``row`` counts data rows from 1 (0 = the whole file), ``index`` columns from 0 (None = whole row).

    ``column`` is the heading as the file has it, ``reason`` a Japanese sentence for staff without any value that
    says something about a person's needs, ``code`` a fixed English word for programs.
    """

    row: int
    index: int | None
    column: str | None
    reason: str
    code: str
