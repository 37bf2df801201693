"""What was found stands once, with what became of it: two lines of one number would say two things."""

from __future__ import annotations

import re
from collections import Counter

ROW = re.compile(r"^\| ([A-Z]{1,2}\d+) \| ([^|]+) \|", re.MULTILINE)
STATES = {"mended", "no fault", "partly", "mended in part", "left", "taken back", "Wine's own"}


def test_each_number_stands_once_with_its_state(project_folder):
    rows = ROW.findall((project_folder / "docs" / "findings.md").read_text(encoding="utf-8"))
    assert [number for number, times in Counter(number for number, _ in rows).items() if times > 1] == []
    assert {state for _, state in rows} <= STATES
    assert len(rows) > 250
