"""The papers beside the start file: PDFs of a few pages with every line and every picture in them, and no row torn."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QTextBlock, QTextDocument

from app.widgets.manual.page_breaks import PAGE_BREAK_MARK, PagePlan, laid_out_with_breaks, with_page_breaks
from app.window.fonts import load_fonts
from build_spec import manual
from build_spec.manual import DEFINITION, FOR_IT, MANUAL, trials

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def folder(qapp, tmp_path_factory) -> Path:
    """Write them in a process of their own, as the build does: what other tests drew leaves other letters here."""
    target = tmp_path_factory.mktemp("papers")
    subprocess.run([sys.executable, str(Path(manual.__file__)), str(target)], check=True, cwd=PROJECT)
    return target


@pytest.fixture(scope="module")
def printed(folder) -> PdfReader:
    return PdfReader(folder / "使い方.pdf")


@pytest.fixture(scope="module")
def for_it(folder) -> PdfReader:
    return PdfReader(folder / "情報システム担当へ.pdf")


@dataclass(frozen=True)
class Read:
    """The words of a paper page by page, and the left and right edge of each of its pictures.

    To read a page costs more than to print it, so both are read at once.
    """

    pages: list[str] = field(default_factory=list)
    edges: list[tuple[float, float]] = field(default_factory=list)


@pytest.fixture(scope="module")
def read(printed) -> Read:
    return read_whole(printed)


@pytest.fixture(scope="module")
def said(read) -> str:
    return "".join(read.pages)


@pytest.fixture(scope="module")
def said_for_it(for_it) -> list[str]:
    return read_whole(for_it).pages


@pytest.fixture(scope="module")
def said_of_definitions(folder) -> list[str]:
    return read_whole(PdfReader(folder / "定義ファイルの書き方.pdf")).pages


def read_whole(paper: PdfReader) -> Read:
    found = Read()

    def see(operator, _operands, matrix, _text) -> None:
        # A picture is set by its matrix.
        if operator == b"Do":
            found.edges.append((matrix[4], matrix[4] + matrix[0]))

    for page in paper.pages:
        found.pages.append(re.sub(r"\s", "", page.extract_text(visitor_operand_before=see)))
    return found


def cells(markdown: str) -> list[str]:
    """What a reader has to find again: every line, every cell of a table, without marks and gaps."""
    text = re.sub(r"<!--.*?-->|!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    parts = [part for line in text.splitlines() if not set(line) <= set("|- `") for part in line.split("|")]
    plain = [re.sub(r"^(#+|\d+\.|- \[ \]|-) |\*\*|`|\\(?=\\)|\s", "", part.strip()) for part in parts]
    # Qt tells a PDF no sign beyond the first plane.
    return [
        piece for part in plain for piece in re.split("[\U00010000-\U0010ffff]", re.sub(r"\s|\\", "", part)) if piece
    ]


def test_every_line_of_the_papers_is_in_them(said, said_for_it, said_of_definitions):
    for held, markdown in (
        (said, MANUAL.read_text("utf-8")),
        ("".join(said_for_it), FOR_IT.read_text("utf-8") + trials()),
        ("".join(said_of_definitions), DEFINITION.read_text("utf-8")),
    ):
        said = held.replace("\\", "")
        pictured = set(re.findall(r"!\[([^\]]*)\]", markdown))
        wanted = [one for one in cells(markdown) if one not in pictured]
        assert len(wanted) > 100
        assert [one for one in wanted if one not in said] == []


def test_a_command_in_the_page_for_the_it_department_is_copied_whole(folder):
    """Each of its lines is one line of the paper, with every sign, read as a viewer copies it."""
    paper = pypdfium2.PdfDocument(folder / "情報システム担当へ.pdf")
    copied = {line.strip() for page in paper for line in page.get_textpage().get_text_range().splitlines()}
    paper.close()
    blocks = re.findall(r"^```\n(.*?)^```", FOR_IT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    typed = [line.strip() for block in blocks for line in block.splitlines()]

    assert len(typed) > 20
    assert [line for line in typed if line not in copied] == []


def test_the_page_for_the_it_department_ends_with_the_trials_on_two_pcs(said_for_it):
    said = "".join(said_for_it)

    assert all(f"{number}" in said for number in range(1, 22))
    assert all(len(page) > 200 for page in said_for_it)
    assert "2台のパソコンで確かめる21項目" in said
    assert "クリップボードの履歴（Win＋V）" in said
    assert len(said_for_it) <= 10


def test_a_paper_that_the_manual_names_lies_beside_the_program(folder):
    named = re.findall(r"`([^`]+\.(?:pdf|md|html))`", MANUAL.read_text(encoding="utf-8"))

    assert named
    assert [name for name in named if not (folder / name).is_file()] == []


def test_readme_says_how_long_the_manual_is(printed):
    (said,) = re.findall(r"(\d+)ページ）にあります", (manual.PROJECT / "README.md").read_text(encoding="utf-8"))
    assert int(said) == len(printed.pages)


@pytest.mark.parametrize("points", [7, 8, 9, 10, 11])
def test_nothing_is_torn_and_no_heading_stands_alone_at_the_foot(qapp, points):
    rows = "".join(
        f"| {number} | 一行目の言葉が続いて二行目になるように、長く長く書かれた言葉 |\n" for number in range(20)
    )
    lines = "".join(
        f"段落{number}。一行目の言葉が続いて二行目になるように、長く長く書かれた言葉。\n\n" for number in range(9)
    )
    text = (
        f"# 題\n\n## 表\n\n| 番号 | こと |\n| --- | --- |\n{rows}\n{lines}## 表2\n\n| 甲 | 乙 |\n| --- | --- |\n"
        f"| い | ろ |\n\n{lines}## 打つもの\n\n```\n一\n二\n三\n```\n\nおわり"
    )
    laid: list[PagePlan] = []

    def lay(plan: PagePlan) -> QTextDocument:
        def fill(plain: str) -> QTextDocument:
            document = QTextDocument()
            document.setDefaultFont(QFont("Noto Sans JP", points))
            document.setMarkdown(plain)
            return document

        document = laid_out_with_breaks(plan, fill)
        document.setPageSize(QSizeF(300, 240))
        laid.append(plan)
        return document

    document = with_page_breaks(text, lay)

    def pages(block: QTextBlock) -> set[float]:
        place, height = document.documentLayout().blockBoundingRect(block), document.pageSize().height()
        return {place.top() // height, (place.bottom() - 1) // height}

    heads = laid[-1].text.count("| 番号 |")
    assert laid[-1].text.count(PAGE_BREAK_MARK) == heads - 1 > 1
    assert document.toPlainText().count("番号") == heads
    assert laid[-1].blocks
    typed: set[float] = set()
    block = document.begin()
    while block.isValid():
        assert len(pages(block)) == 1, block.text()
        if block.blockFormat().headingLevel():
            assert pages(block) == pages(block.next())
        typed |= pages(block) if block.text() in ("一", "二", "三") else set()
        block = block.next()
    assert len(typed) == 1
    assert [document.toPlainText().count(f"\n{number}\n") for number in range(20)] == [1] * 20


def test_it_is_fourteen_pages_of_a4_at_most_and_none_is_empty(printed, read):
    assert 2 <= len(printed.pages) <= 14
    assert all(len(words) > 100 for words in read.pages)
    for page in printed.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_every_section_and_every_picture_of_the_manual_is_in_it(printed, said):
    text = MANUAL.read_text(encoding="utf-8")

    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert len(headings) > 20
    assert [heading for heading in headings if re.sub(r"\s", "", heading) not in said] == []
    assert sum(len(page.images) for page in printed.pages) == text.count("](pictures/")


def test_the_first_page_is_the_quick_card_and_the_contents_name_the_page_of_each_chapter(read):
    pages = read.pages
    card, contents, *_rest = pages

    assert card.startswith("早見表デジ活デスク")
    assert "1年と1日の流れ" not in card
    for title in re.findall(r"^## (\d.+)$", MANUAL.read_text("utf-8"), re.MULTILINE):
        plain = re.sub(r"\s", "", title)
        (digits,) = re.findall(re.escape(plain) + r"(?!\d{1,2}月)(\d{1,2})", contents)[:1]
        # The number of the next chapter may follow that of the page without a gap.
        numbers = {int(digits[0]), int(digits)} & {*range(2, len(pages) + 1)}
        assert any(plain in pages[number - 1] for number in numbers), title
    assert [f"{number}/{len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_no_picture_reaches_beyond_the_page(read):
    """The right edge has to lie within the margins."""
    assert read.edges
    assert all(30 < left < right < 565 for left, right in read.edges)


@pytest.mark.usefixtures("qapp")
def test_printed_again_of_the_same_commit_it_is_the_same_file(tmp_path):
    """The folder that staff get is built twice alike: the clock and names by chance must not stand in it."""
    page = tmp_path / "page.md"
    page.write_text("# みほん\n\n本文です。\n", encoding="utf-8")
    assert load_fonts() == ()
    for name in ("a.pdf", "b.pdf"):
        manual.write_pdf(page.read_text(encoding="utf-8"), tmp_path / name, title="みほん", base=tmp_path)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    # The letters before a font's name differ from process to process, as does the order in which fonts are found.
    named = re.findall(rb"/FontName /([\w+-]+)", (tmp_path / "a.pdf").read_bytes())
    assert sorted(named) == [b"QAAAAA+BIZUDPGothic-Bold", b"QAAAAB+BIZUDPGothic-Regular"]
    assert b"/CreationDate" in (tmp_path / "a.pdf").read_bytes()
