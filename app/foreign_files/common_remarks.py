"""A remark that stands on most rows of a list is one about its column: said once, so that it drowns no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.foreign_files.foreign_shape import Finding
from db.frozen_record import frozen_record

_MIN_COUNT = 5

CommonKind = tuple[int | None, str]
"""Column and code of what is said for the whole column."""


@frozen_record
class CommonRemarks:
    """``sentences`` for the whole file; ``kinds`` are the findings that they stand for."""

    sentences: tuple[str, ...]
    kinds: frozenset[CommonKind]

    def covers(self, finding: Finding) -> bool:
        """Whether a finding was said for its column."""
        return (finding.index, finding.code) in self.kinds


def common_remarks(findings: Iterable[Finding], rows: int) -> CommonRemarks:
    """What more than half of ``rows`` (and five at least) have in common, each with its count."""
    groups: dict[CommonKind, dict[int, Finding]] = {}
    for finding in findings:
        if finding.row:
            groups.setdefault((finding.index, finding.code), {})[finding.row] = finding
    common: Mapping[CommonKind, dict[int, Finding]] = {
        key: found for key, found in groups.items() if len(found) >= _MIN_COUNT and len(found) * 2 > rows
    }
    sentences = []
    for found in common.values():
        first = next(iter(found.values()))
        column = f"列「{' '.join(first.column.split())}」　" if first.column else ""
        sentences.append(f"{column}{first.reason}（{len(found)}行）")
    return CommonRemarks(sentences=tuple(sentences), kinds=frozenset(common))
