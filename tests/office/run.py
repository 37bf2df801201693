"""Opens every workbook of the sample year in LibreOffice: each becomes pages, no cell shows an error; prints a table."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from tests.faults.tools import ToolMissing, need  # noqa: E402
from tests.support.demo import whole_demo_for_a_program  # noqa: E402

ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "Err:5", "###")
"""What stands in a cell whose formula fails, and in one whose number has no room."""
# The carried font bears a name of its own, the workbooks name it as Windows in Japanese does.
FONTS = f"""<?xml version="1.0"?>
<fontconfig>
  <dir>{PROJECT / "resources" / "fonts"}</dir>
  <alias binding="same"><family>BIZ UDPゴシック</family><prefer><family>Dejikatsu Gothic</family></prefer></alias>
</fontconfig>
"""
AT_ONCE = 40
SECONDS = 600


@dataclass
class Opened:
    """One workbook: its pages in LibreOffice, those of the same paper as PDF (0 = it has none), what is wrong."""

    name: str
    pages: int = 0
    as_pdf: int = 0
    wrong: list[str] = field(default_factory=list)


def call(*words: object) -> tuple[int, str, str]:
    """Call the program as a command."""
    called = [sys.executable, "-m", "app", *map(str, words)]
    ended = subprocess.run(called, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)
    return ended.returncode, ended.stdout, ended.stderr


def open_all(books: list[Path], place: Path) -> None:
    """Let LibreOffice open the workbooks and print each to a PDF in ``place``, in the font that they name."""
    home = place / "home"
    home.mkdir()
    (home / "fonts.conf").write_text(FONTS, encoding="utf-8")
    for first in range(0, len(books), AT_ONCE):
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
                "--outdir", str(place), *map(str, books[first : first + AT_ONCE]),
            ],
            env={**os.environ, "HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf")},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )  # fmt: skip


def looked_at(book: Path, printed: Path) -> Opened:
    """Count the pages and look for errors on them."""
    found = Opened(book.stem)
    paper = book.with_suffix(".pdf")
    if paper.is_file():
        found.as_pdf = len(PdfReader(paper).pages)
    if not printed.is_file():
        found.wrong.append("開けません")
        return found
    pages = [page.extract_text() for page in PdfReader(printed).pages]
    found.pages = len(pages)
    found.wrong += errors_in(pages)
    return found


def errors_in(pages: list[str]) -> list[str]:
    """Name the errors that stand on pages."""
    if not any(page.strip() for page in pages):
        return ["何も書かれていません"]
    return [f"{number}ページに「{error}」" for number, text in enumerate(pages, 1) for error in ERRORS if error in text]


def table(rows: list[Opened]) -> str:
    """One line a workbook, and the sums."""
    lines = ["  LibreOffice  PDF  帳票"]
    for row in rows:
        as_pdf = row.as_pdf or "–"
        lines.append(
            f"  {row.pages:>11}  {as_pdf:>3}  {row.name}{'　不合格: ' if row.wrong else ''}{'、'.join(row.wrong)}"
        )
    return "\n".join([*lines, f"ブック {len(rows)}件、不合格 {sum(bool(row.wrong) for row in rows)}件"])


def main() -> int:
    """Make the sample year's workbooks, open them all, print the table; exit 1 when one is not as it should be."""
    began = time.monotonic()
    try:
        need("LibreOffice（表計算）", lambda: shutil.which("soffice") is not None, "libreoffice-calc")
    except ToolMissing as missing:
        print(missing)
        return 1
    with tempfile.TemporaryDirectory(prefix="desk-office-") as folder:
        place = Path(folder)
        made = whole_demo_for_a_program(call, place / "見本")
        books = sorted(path for path in made if path.suffix == ".xlsx")
        (place / "printed").mkdir()
        open_all(books, place / "printed")
        rows = [looked_at(book, place / "printed" / f"{book.stem}.pdf") for book in books]
    print(table(rows))
    seconds = int(time.monotonic() - began)
    print(f"全体 {seconds // 60}分{seconds % 60}秒")
    return 1 if not rows or any(row.wrong for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
