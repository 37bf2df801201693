"""A thousand random scanned sheets: marks of every kind, copiers of every kind, and no answer proposed that is not there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from tests.faults.report import Report
from tests.support.scan_rounds import try_sheets

NAME = "scans"
SAYS = "いろいろな印とコピー機の用紙1,000枚を読み取り、書かれていない答えを1つも提案しないことを確かめます。"
SHEETS = 1000
_A_ROUND = 100


def run(report: Report) -> bool:
    """Try them in rounds, say each, and end with the sum."""
    drawing = QGuiApplication.instance() or QGuiApplication([])
    good = True
    for start in range(0, SHEETS, _A_ROUND):
        with tempfile.TemporaryDirectory(prefix="desk-scans-") as place:
            tally = try_sheets(Path(place), _A_ROUND, seed=70_000 + start)
        report.say(*tally.lines())
        report.say(*(f"誤り {one}" for one in tally.wrong))
        good = good and not tally.wrong
    del drawing
    return good
