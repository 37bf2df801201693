"""Opens every workbook and Word file of the sample year in LibreOffice: each becomes pages, no cell shows an error.

It prints a table.

Forms that are filled in and saved by LibreOffice are read again as they come back.
"""

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

from app.actions.action_context import ActionContext  # noqa: E402
from app.commands.documents import documents_of_rows, kinds_for, scopes_of_all, write_documents  # noqa: E402
from app.contributions import register_contributions  # noqa: E402
from app.documents.services.document_kind import formats_of  # noqa: E402
from app.foreign_files.workbooks.form_workbook import read_form_workbook  # noqa: E402
from app.submissions.deliverables.intake import identify_form  # noqa: E402
from app.submissions.deliverables.rules.cell_values import parse_count  # noqa: E402
from app.submissions.deliverables.rules.submission_form import FIGURES, FORM_VERSION  # noqa: E402
from app.submissions.deliverables.services.submission_forms import TITLES  # noqa: E402
from tests.faults.tools import ToolMissing, need  # noqa: E402
from tests.support.demo import whole_demo_for_a_program  # noqa: E402
from tests.support.sample import BY, NOW, sample_store  # noqa: E402
from tests.support.submission_forms import filled as kit_filled  # noqa: E402

ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "Err:5", "###")
"""What stands in a cell whose formula fails, and in one whose number has no room."""
# The carried font bears a name of its own, the workbooks name it as Windows in Japanese does.
FONTS = f"""<?xml version="1.0"?>
<fontconfig>
  <dir>{PROJECT / "resources" / "fonts"}</dir>
  <alias binding="same"><family>BIZ UDPゴシック</family><prefer><family>Dejikatsu Gothic</family></prefer></alias>
  <alias binding="same"><family>ＭＳ 明朝</family><prefer><family>Noto Serif JP</family></prefer></alias>
  <alias binding="same"><family>ＭＳ ゴシック</family><prefer><family>Dejikatsu Gothic</family></prefer></alias>
  <alias binding="same"><family>Arial</family><prefer><family>Dejikatsu Gothic Rare</family></prefer></alias>
</fontconfig>
"""
EXCEPTIONS: dict[str, tuple[int, str]] = {
    "日程-案": (3, "28週の「週ごとの件数」は、ブックだけにあるシートで、2ページになる"),
    "事故等報告書（様式）": (2, "案内・記入欄・表が1枚ずつのシートで、シートは読み取りの場所になる"),
    "返還・廃棄証明書（様式）": (2, "案内・証明・記入例が1枚ずつのシートで、シートは読み取りの場所になる"),
    "教育実施報告書（様式）": (2, "案内・報告・受けた人・区使用欄が1枚ずつのシートで、シートは読み取りの場所になる"),
    "再委託先安全管理措置確認書（様式）": (
        2,
        "確認の表と区使用欄も1枚ずつのシートで、読み取りの場所になる",
    ),
    "物品持込許可申請書（様式）": (
        2,
        "物品の表と区使用欄も1枚ずつのシートで、読み取りの場所になる",
    ),
    "実施報告書-第": (2, "概要・実施内容・集計・比較が1枚ずつのシートで、表の列の幅が違うので1枚にできない"),
    "授受-情報授受簿": (2, "75％に縮めて8ページ。これより小さくすると、12列の字が7.5ポイントに満たない"),
}
"""Papers whose workbook takes more pages than its PDF and one: by how many, and why."""
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


def saved_again(books: list[Path], place: Path) -> None:
    """Let LibreOffice open workbooks and save them again, as somebody does who fills in a form with it."""
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
            "--outdir", str(place), *map(str, books),
        ],
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )  # fmt: skip


def forms_back(made: list[Path], place: Path) -> list[str]:
    """Fill the forms among what was made, save them with LibreOffice, read them again; name every form
    that is misread."""
    filled, saved = place / "filled", place / "saved"
    filled.mkdir()
    saved.mkdir()
    forms = [path for path in made if "（様式）" in path.name and f"-{FIGURES}（" in path.name]
    for number, path in enumerate(forms):
        (filled / f"{number}.xlsx").write_bytes(
            kit_filled(path.read_bytes(), {"申込": "１７人", "出席": 16, "欠席": 0})
        )
    saved_again(sorted(filled.iterdir()), saved)
    wrong = []
    for number, path in enumerate(forms):
        back = saved / f"{number}.xlsx"
        if not back.is_file():
            wrong.append(f"{path.stem}：保存できません")
            continue
        book = read_form_workbook(back.read_bytes())
        mark = identify_form(book, TITLES)
        cells = {key: book.names.get(f"様式_{key}") for key in ("申込", "出席", "欠席")}
        read = {key: parse_count(book.cell_at(cell).text).value for key, cell in cells.items() if cell is not None}
        if (mark.title, mark.version, read) != (FIGURES, FORM_VERSION, {"申込": "17", "出席": "16", "欠席": "0"}):
            wrong.append(f"{path.stem}：{mark.title} 第{mark.version}版 {read}")
    return wrong if forms else ["返ってくる様式が1つも作られていません"]


def word_files(place: Path) -> list[Opened]:
    """Write the papers of the sample year that have Word, as Word and PDF, open them, look at each."""
    register_contributions()
    store, papers, printed = sample_store(place / "year"), place / "papers", place / "printed"
    scopes = scopes_of_all(store, NOW)
    wanted = [*((one, kinds_for(store, scope=one)) for one in scopes), *documents_of_rows(store, scopes)]
    write_documents(
        ActionContext(store, BY, NOW),
        wanted=[(scope, tuple(kind for kind in kinds if "docx" in formats_of(kind))) for scope, kinds in wanted],
        formats=("pdf", "docx"),
        folder=papers,
        personal=True,
    )
    store.database.conn.close()
    printed.mkdir()
    books = sorted(papers.glob("*.docx"))
    open_all(books, printed)
    return [looked_at(book, printed / f"{book.stem}.pdf") for book in books]


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
    if found.as_pdf and found.pages > most_pages(found):
        found.wrong.append(f"{found.pages}ページ（{most_pages(found)}ページまで）")
    return found


def most_pages(found: Opened) -> int:
    """Return the pages a workbook may take: one more than its PDF."""
    more, _why = next((given for kind, given in EXCEPTIONS.items() if kind in found.name), (1, ""))
    return found.as_pdf + more


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


def has_libreoffice() -> bool:
    """Whether LibreOffice can open workbooks and Word files."""
    found = shutil.which("soffice")
    folder = Path(found).resolve().parent if found else Path()
    return found is not None and all((folder / f"lib{part}lo.so").is_file() for part in ("sc", "sw"))


def main() -> int:
    """Make the sample year's workbooks, open them all, print the table; exit 1 when one is not as it should be."""
    began = time.monotonic()
    try:
        need("LibreOffice", has_libreoffice, "libreoffice-calc", "libreoffice-writer")
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
        misread = forms_back(books, place)
        rows += word_files(place / "words")
    print(table(rows))
    print(f"返ってくる様式　{'LibreOfficeで保存したものを読めます' if not misread else '、'.join(misread)}")
    seconds = int(time.monotonic() - began)
    print(f"全体 {seconds // 60}分{seconds % 60}秒")
    return 1 if not rows or misread or any(row.wrong for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
