"""The block of a ledger: its rows with their corrections, counts for each page, and who confirms each page."""

from __future__ import annotations

from db.record import record

EMPTY = "この年度の記入はない。"


@record
class LedgerRowOnPaper:
    """One row of the printed ledger.

    ``struck`` are the indexes of cells whose value was corrected since: it stays readable. ``correction`` rows follow
    the row they correct. ``cancelled`` = the whole row is struck out. ``counts`` are the labels under which it is
    counted.
    """

    cells: tuple[str, ...]
    struck: frozenset[int] = frozenset()
    correction: bool = False
    cancelled: bool = False
    counts: tuple[str, ...] = ()


@record
class LedgerSheet:
    """A ledger on A4 landscape, its rows by number, complete on every page.

    ``title`` and ``about`` (year, day, basis, who keeps it) are printed on every page, ``handling`` in a box beside
    them. ``titles`` and ``widths`` (mm) are those of the columns, 番号 the first; ``numbers`` the indexes of those
    that hold numbers. ``totals`` are counted under each page: the label, and whether row numbers are listed. ``boxes``
    are to be filled in on each page: label and words.
    """

    title: str
    about: str
    handling: str
    titles: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[LedgerRowOnPaper, ...]
    numbers: frozenset[int] = frozenset()
    totals: tuple[tuple[str, bool], ...] = ()
    note: str = ""
    boxes: tuple[tuple[str, str], ...] = ()


def totals_words(sheet: LedgerSheet, rows: tuple[LedgerRowOnPaper, ...], *, where: str) -> str:
    """Return 「この頁　12行（記入11件、訂正1件）　重要情報 5件　受領未確認 1件（No 11）」."""
    corrections = sum(row.correction for row in rows)
    cancelled = sum(row.cancelled and not row.correction for row in rows)
    entered = len(rows) - corrections - cancelled
    parts = [f"記入{entered}件", f"訂正{corrections}件"] + ([f"取消{cancelled}件"] if cancelled else [])
    said = [f"{where}　{len(rows)}行（{'、'.join(parts)}）"]
    for label, numbered in sheet.totals:
        counted = [row.cells[0] for row in rows if label in row.counts]
        names = f"（No {'、'.join(counted)}）" if numbered and counted else ""
        said.append(f"{label} {len(counted)}件{names}")
    return "　".join(said)
