"""No page with three lines on it: lines close up first; what is one glance is not parted; small print stays in its
place."""

import io
import itertools
from dataclasses import replace

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Bullets, Column, Figure, Heading, KeyFigures, Paragraph, SheetBreak, Table
from app.documents.pdf import render
from app.documents.pdf.blocks.forms import key_figures
from app.documents.pdf.blocks.questionnaire_form import question_pages
from app.documents.pdf.render import layout_of, numbered_sheets, render_pdf
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.sizes import MM, NORMAL, PAGE_EDGE
from app.documents.pdf.typesetting.typefaces import open_collection
from tests.documents.pdf.everything_on_paper import content
from tests.support.in_full import some
from tests.support.sample_papers import sample_papers


def collection():
    return open_collection()


def test_every_letter_of_the_sample_year_to_a_participant_takes_one_page():
    letters = [paper for paper in sample_papers() if paper.kind in ("決定通知", "開催通知")]
    assert len(letters) >= 6
    assert {sheet.pages for paper in letters for sheet in numbered_sheets(paper, collection())} == {1}


def test_the_first_page_of_a_drafting_holds_the_decision_and_each_annex_stands_alone():
    """One annex is open and one is not (公開／非公開), so that each is a page that can be taken away."""
    drafts = [paper for paper in sample_papers() if paper.kind == "起案資料"]
    assert len(drafts) >= 3
    for paper in drafts:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(paper).data)).pages]
        assert all(words in pages[0] for words in ("決定の内容", "理由", "根拠", "案文および別紙", "決裁日"))
        letters = [number for number, text in enumerate(pages) if "（公印省略）" in text]
        listed = [number for number, text in enumerate(pages) if text.count("様（") > 0]
        assert 0 not in letters
        assert not set(letters) & set(listed), "who gets the letter is no part of its text"


def test_no_page_of_a_large_questionnaire_is_turned_for_one_question():
    large = [paper for paper in sample_papers() if paper.kind == "アンケート用紙（拡大版）"]
    assert len(large) >= 2
    for paper in large:
        on_pages = list(question_pages(paper, collection()).values())
        assert on_pages[-1] > 2
        assert on_pages.count(on_pages[-1]) >= 2


@pytest.mark.parametrize("lines", range(36, 46))
def test_lines_that_run_over_by_a_little_close_up_to_one_page(lines):
    text = "\n".join("文" for _ in range(lines))
    paper = content(Heading(level=1, number="1", text="概要"), Paragraph(text=text, align="center"))
    sheets = numbered_sheets(paper, collection())
    assert len(sheets) == 1 or lines > 43


def test_a_timetable_is_not_parted():
    columns = (Column(title="時刻", width=25), Column(title="内容", width=140))
    rows = tuple((f"14:{number:02d}", f"内容{number}番") for number in range(0, 35, 5))
    for filler in some(range(20, 40), of=3):
        text = "\n".join("文" for _ in range(filler))
        paper = content(
            Paragraph(text=text, align="center"), Table(columns=columns, rows=rows), Paragraph(text="文" * 4000)
        )
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(paper).data)).pages]
        assert [page.count("番") for page in pages if "番" in page] == [7]


@pytest.mark.parametrize("rows", range(36, 48))
def test_a_long_table_does_not_end_with_a_row_or_two_on_a_page_of_their_own(rows):
    columns = (Column(title="No", width=15), Column(title="内容", width=150))
    lines = tuple((str(number), f"内容{number}番") for number in range(1, rows + 1))
    paper = content(Table(columns=columns, rows=lines), Paragraph(text="文" * 3000))
    pages = [page.extract_text().count("番") for page in PdfReader(io.BytesIO(render_pdf(paper).data)).pages]
    counted = [count for count in pages if count]
    assert sum(counted) == rows
    assert counted[-1] >= 3


@pytest.mark.parametrize(
    "note",
    [
        "LINE公式アカウント・ホームページ",
        "回収15件中　73.3％（参考値）",
        "電話による配信の状況の確認と引継ぎ",
        "申込10人",
    ],
)
def test_small_print_of_a_figure_folds_and_stays_clear_of_the_lines_beside_it(note, monkeypatch):
    paper = content()
    layout = layout_of(paper, collection(), NORMAL)
    drawn: list[tuple[float, float]] = []

    def text(self, x, y, words, style, anchor="left", **_more):
        if y > 16 and words:
            width = self.width(words, style)
            drawn.append((x - width / 2, x + width / 2))
            assert style.size >= 7.0

    monkeypatch.setattr(Pen, "text", text)
    monkeypatch.setattr(Pen, "rule", lambda *_: None)
    monkeypatch.setattr(Pen, "vertical_rule", lambda *_: None)
    figures = tuple(Figure(label="見本", value="1", unit="件", note=note) for _ in range(5))
    (piece,) = key_figures(KeyFigures(figures=figures), layout)
    piece.draw(Pen(Canvas(io.BytesIO()), collection(), layout.paper))
    share = layout.text_width / 5
    for left, right in drawn:
        place = int((left + right) / 2 // share)
        assert place * share + 1.4 <= left
        assert right <= (place + 1) * share - 1.4


def test_a_paper_without_small_print_keeps_its_height():
    paper = content()
    layout = layout_of(replace(paper), collection(), NORMAL)
    (piece,) = key_figures(KeyFigures(figures=(Figure(label="見本", value="1", unit="件"),)), layout)
    assert piece.height == pytest.approx(20.6)


def _ink_of_furniture(content, monkeypatch):
    """Where the header, the foot and the marks of every page begin and end, in mm from the upper edge, with the height
    of the page."""
    found = []
    furniture = render.draw_page_frame

    def noted(pen, part, number, pages):
        write, box = pen.text, pen.box

        def text(x, y, words, style, anchor="left", **more):
            if words:
                found.append((words, y - 0.88 * style.size / MM, y + 0.12 * style.size / MM, pen.paper.height))
            write(x, y, words, style, anchor, **more)

        def boxed(x, y, width, height, *rest, **more):
            found.append(("□", y, y + height, pen.paper.height))
            box(x, y, width, height, *rest, **more)

        pen.text, pen.box = text, boxed
        furniture(pen, part, number, pages)
        del pen.text, pen.box

    with monkeypatch.context() as patched:
        patched.setattr(render, "draw_page_frame", noted)
        render.render_pdf(content)
    return found


def test_no_mark_and_no_foot_stands_where_a_printer_leaves_the_edge_white(monkeypatch):
    looks = {}
    for paper in sample_papers():
        looks.setdefault((paper.look, bool(paper.stamp)), paper)
    assert {"letter", "form", "report", "roster", "ledger", "wall", "sheet", "card"} <= {look for look, _stamp in looks}
    for paper in looks.values():
        marked = replace(paper, sample=True)
        outside = [
            one for one in _ink_of_furniture(marked, monkeypatch) if one[1] < PAGE_EDGE or one[2] > one[3] - PAGE_EDGE
        ]
        assert outside == [], paper.kind


@pytest.mark.parametrize("stamp", ["様式・受託者確認前", "様式・受託者確認前　根拠の出典が変更"])
def test_marks_stand_beside_the_words_of_the_head(monkeypatch, stamp):
    paper = next(one for one in sample_papers() if one.kind == "提案書の様式")
    spans = []
    furniture = render.draw_page_frame

    def noted(pen, part, number, pages):
        write, box = pen.text, pen.box

        def text(x, y, words, style, anchor="left", **more):
            if words in (part.header_left, part.header_right) and words:
                wide = pen.width(words, style)
                spans.append((x - wide if anchor == "right" else x, wide))
            write(x, y, words, style, anchor, **more)

        def boxed(x, y, width, height, *rest, **more):
            spans.append((x, width))
            box(x, y, width, height, *rest, **more)

        pen.text, pen.box = text, boxed
        furniture(pen, part, number, pages)
        del pen.text, pen.box

    monkeypatch.setattr(render, "draw_page_frame", noted)
    render.render_pdf(replace(paper, stamp=stamp, sample=True))
    first = sorted(spans[: len(spans) // 2])
    assert len(first) >= 3
    assert all(left + wide < right for (left, wide), (right, _) in itertools.pairwise(first))


@pytest.mark.parametrize("lines", range(26, 38))
def test_a_table_of_seven_rows_goes_over_to_the_next_page_whole(lines):
    rows = tuple((f"項目{number}", f"{number}人") for number in range(1, 8))
    table = Table(columns=(Column(title="項目", width=60), Column(title="人数", width=60)), rows=rows)
    parts = (Paragraph(text="\n".join("文" for _ in range(lines)), align="center"), table, Paragraph(text="文" * 900))
    pages = [sheet.sheet for sheet in numbered_sheets(content(*parts), collection())]
    holding = [page for page in pages if any(placed.piece.tag.kind == "TR" for placed in page.placed)]
    assert len(holding) == 1


def _paper_of(*blocks):
    return numbered_sheets(content(*blocks, look="form"), collection())


def test_no_paper_ends_with_a_page_of_a_few_lines():
    """Rows to write in do not close up: what would be left over takes rows of the page before."""
    columns = (Column("No", 10), Column("記入", 155))
    rows = tuple((str(number), "") for number in range(19))
    moved = []
    for lines in range(1, 6):
        rest = [Paragraph(f"{number}行目の記録") for number in range(lines)]
        sheets = [one.sheet for one in _paper_of(Table(columns, rows, min_row_height=12.9), *rest)]
        over = [piece for piece, _top, _place in sheets[-1].placed if piece.heading is not None]
        assert len(sheets) == 1 or sheets[-1].y - sheets[-1].paper.top >= 36.0, lines
        moved += [len(over)] if len(sheets) > 1 else []
    assert moved
    assert set(moved) <= {3, 4}, "no more than it takes, and never a row alone"


def test_a_table_that_runs_over_by_a_fifth_of_a_page_is_set_closer():
    columns = (Column("No", 10), Column("すること", 155))
    rows = tuple((str(number), "決めたこと") for number in range(44))
    sheets = _paper_of(Heading(1, "1", "一覧"), Table(columns, rows))
    assert len(sheets) == 1


def test_a_page_that_a_paper_asks_for_may_hold_a_few_lines():
    sheets = _paper_of(Paragraph("本文"), SheetBreak(sheet="宛先一覧", page=True), Paragraph("1通"))
    assert [len(one.sheet.placed) for one in sheets] == [1, 1]


def test_neither_the_first_nor_the_last_of_a_list_stands_alone_on_its_page():
    items = ("会場を確かめる", "資料を印刷する", "名簿を持つ")
    below = [Paragraph(f"{number}行目のあと") for number in range(30)]
    for lines in range(28, 36):
        above = [Paragraph(f"{number}行目の記録") for number in range(lines)]
        paper = content(*above, Bullets(items=items), *below, look="form")
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(paper).data)).pages]
        assert [found for page in pages if (found := sum(words in page for words in items))] == [3], lines


def test_the_sample_mark_stands_clear_of_the_first_question_of_a_page():
    papers = [paper for paper in sample_papers() if paper.kind.startswith("アンケート用紙")]
    assert papers
    for paper in papers:
        for mark in (paper, replace(paper, state_mark="中止")):
            for one in numbered_sheets(mark, collection())[1:]:
                _piece, top, _place = one.sheet.placed[0]
                bottom = PAGE_EDGE + 0.2 + (6.2 if mark.state_mark else 5.1)
                assert top >= bottom + 1.5
