"""Remarks on most rows of a list are reported once for their column, so that they hide no others."""

from __future__ import annotations

from collections.abc import Iterable

from app.foreign_files.foreign_shape import Finding
from db.record import record

_MIN_COUNT = 5

CommonKind = tuple[int | None, str]
"""Column and code of a remark on a whole column."""


@record
class CommonRemarks:
    """Remarks on whole columns: ``sentences`` for the file; ``kinds`` of the findings they replace."""

    sentences: tuple[str, ...]
    kinds: frozenset[CommonKind]

    def covers(self, finding: Finding) -> bool:
        """Return whether a finding is covered by a remark on its column."""
        return (finding.index, finding.code) in self.kinds


def common_remarks(findings: Iterable[Finding], rows: int) -> CommonRemarks:
    """Return the remarks shared by more than half of ``rows`` (and at least five), each with its count."""
    groups: dict[CommonKind, dict[int, Finding]] = {}
    for finding in findings:
        if finding.row:
            groups.setdefault((finding.index, finding.code), {})[finding.row] = finding
    common = {key: found for key, found in groups.items() if len(found) >= _MIN_COUNT and len(found) * 2 > rows}
    sentences = []
    for found in common.values():
        first = next(iter(found.values()))
        column = f"列「{' '.join(first.column.split())}」　" if first.column else ""
        sentences.append(f"{column}{first.reason}（{len(found)}行）")
    return CommonRemarks(sentences=tuple(sentences), kinds=frozenset(common))
