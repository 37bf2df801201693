"""Writes the locked versions of the third-party libraries into the page for the IT department.

Usage: python build_spec/parts_table.py (after the lock or docs/third-party.md was changed).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "for-it.md"
BEGIN = "<!-- 版の表：build_spec/parts_table.py が requirements.lock から作る -->\n"
END = "<!-- 版の表の終わり -->\n"
_NOTES = re.compile(r"（.*?）")


def table(papers: str, lock: str) -> str:
    """Return the locked rows of ``docs/third-party.md`` with their versions, as a table."""
    versions = dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    lines = ["| 部品と版 | 使用許諾 |", "| --- | --- |"]
    listed = papers.partition("## アプリに入っているもの")[2].partition("\n## ")[0]
    for line in listed.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 3:
            continue
        names = [name.strip() for name in _NOTES.sub("", cells[0]).split("、")]
        found = {name: versions.get(re.sub(r"[-_.]+", "-", name).lower()) for name in names}
        locked = [f"{name} {version}" for name, version in found.items() if version]
        if locked:
            lines.append(f"| {'、'.join(locked)} | {cells[2]} |")
    return "\n".join(lines) + "\n"


def with_table(page: str, written: str) -> str:
    """Return the page with ``written`` between the two marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE.name}: 版の表の印がありません。")
    return f"{before}{BEGIN}\n{written}\n{END}{after}"


def main() -> int:
    """Update the page."""
    papers = (PROJECT / "docs" / "third-party.md").read_text(encoding="utf-8")
    written = table(papers, (PROJECT / "requirements.lock").read_text(encoding="utf-8"))
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), written), encoding="utf-8")
    print(f"版の表を書きました: {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
