"""What a PDF says of its own order: headings, paragraphs and cells, in the order in which a reader of the page goes."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest

from app.documents.blocks import Bullets, Column, KeyValues, Paragraph, SeatCard, Table, Title
from app.documents.pdf.render import render_pdf
from tests.documents.pdf import everything_on_paper as papers
from tests.documents.pdf import letters_and_forms as others
from tests.documents.pdf.everything_on_paper import content
from tests.support.sample_papers import sample_papers

_opened: list[pikepdf.Pdf] = []
Element = tuple[str, str, int]


@pytest.fixture(autouse=True)
def _close():
    yield
    while _opened:
        _opened.pop().close()


def said(paper) -> tuple[list[Element], dict[str, str]]:
    """Return every element (kind, text, depth) in order, and what is drawn outside them by its kind."""
    pdf = pikepdf.open(io.BytesIO(render_pdf(paper).data))
    _opened.append(pdf)
    texts, outside = marked_texts(pdf)
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(element, depth: int) -> Iterator[Element]:
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        page = pages[element.Pg.objgen] if "/Pg" in element else None
        own = [(page, int(kid)) for kid in kids if isinstance(kid, int)]
        own += [(pages[kid.Pg.objgen], int(kid.MCID)) for kid in kids if not isinstance(kid, int) and "/MCID" in kid]
        yield str(element.S)[1:], "".join(texts[place] for place in own), depth
        for kid in kids:
            if not isinstance(kid, int) and "/S" in kid:
                yield from walk(kid, depth + 1)

    return list(walk(pdf.Root.StructTreeRoot.K, 0)), outside


def marked_texts(pdf: pikepdf.Pdf) -> tuple[dict[tuple[int, int], str], dict[str, str]]:
    texts: dict[tuple[int, int], str] = {}
    outside: dict[str, str] = {}
    for number, page in enumerate(pdf.pages):
        letters = {name: letters_of(font) for name, font in page.Resources.Font.items()}
        stack: list[object] = []
        font = ""
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                known = name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
                stack.append((number, int(operands[1].MCID)) if known else str(operands[0]))
                if known:
                    texts.setdefault(stack[-1], "")
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                font = str(operands[0])
            elif name in ("Tj", "TJ"):
                shown = (
                    [operands[0]] if name == "Tj" else [one for one in operands[0] if isinstance(one, pikepdf.String)]
                )
                text = "".join(letters[font][code] for part in shown for code in bytes(part))
                (place,) = [one for one in stack if one != "/Span"]
                if isinstance(place, tuple):
                    texts[place] += text
                else:
                    outside[str(place)] = outside.get(str(place), "") + text
        assert stack == []
    return texts, outside


def letters_of(font) -> dict[int, str]:
    found = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}


@pytest.mark.parametrize("build", [papers.report, others.letter, others.result_letter, others.roster, others.form])
def test_everything_drawn_is_either_read_once_or_said_to_be_no_text(build):
    elements, outside = said(build())
    kinds = {kind for kind, _text, _depth in elements}
    assert elements[0][0] == "Document"
    assert kinds <= {"Document", "H1", "H2", "H3", "H4", "P", "Table", "TR", "TH", "TD", "L", "LI", "LBody", "Link"}
    assert not {text for kind, text, _depth in elements if kind in ("Document", "Table", "TR", "L", "LI")} - {""}
    assert all(text for kind, text, _depth in elements if kind in ("H1", "H2", "H3", "H4", "P"))
    assert set(outside) <= {"/Artifact"}


def test_header_footer_and_page_number_are_no_part_of_the_text():
    paper = content(Paragraph(text="本文です。"))
    elements, outside = said(paper)
    assert [text for _kind, text, _depth in elements if text] == ["本文です。"]
    for text in (paper.header_left, paper.header_right, paper.footer_left, paper.footer_right, "1 / 1"):
        assert text in outside["/Artifact"]


def test_a_table_is_read_row_by_row_and_its_repeated_heading_once():
    columns = (Column(title="No", width=20), Column(title="団体", width=145))
    rows = tuple((str(number), f"団体{number}") for number in range(1, 61))
    elements, _outside = said(content(Table(columns=columns, rows=rows)))
    assert [kind for kind, _text, _depth in elements].count("Table") == 1
    assert [text for kind, text, _depth in elements if kind == "TH"] == ["No", "団体"]
    assert [text for kind, text, _depth in elements if kind == "TD"] == [cell for row in rows for cell in row]
    assert [depth for kind, _text, depth in elements if kind == "TR"] == [2] * 61


def test_a_paragraph_over_two_pages_is_one_and_a_label_heads_its_value():
    long = "どれだけ長い文も、ひとつの段落として読まれる。" * 120
    elements, _outside = said(content(KeyValues(rows=(("会場", "見本会館"),)), Paragraph(text=long)))
    assert [(kind, text) for kind, text, _depth in elements if text] == [
        ("TH", "会場"),
        ("TD", "見本会館"),
        ("P", long),
    ]


def test_a_card_that_says_the_same_on_both_halves_is_read_once():
    elements, _outside = said(content(SeatCard(name="見本　太郎", organisation="見本町会"), look="card"))
    assert [text for _kind, text, _depth in elements if text] == ["見本町会見本　太郎"]


def test_the_report_of_a_lecture_is_read_in_the_order_of_its_page():
    (report,) = [paper for paper in sample_papers() if paper.kind == "実施報告書" and "講" in paper.file_stem]
    elements, _outside = said(report)
    heads = [text for kind, text, _depth in elements if kind == "H2"]
    read = [text for _kind, text, _depth in elements if text]
    figures = [
        read.index(next(text for text in read if text.startswith(label)))
        for label in ("出席者", "参加団体", "アンケート回収", "満足計")
    ]
    assert [head[0] for head in heads] == [str(number) for number in range(1, len(heads) + 1)]
    assert read.index("実施報告書") < figures[0]
    assert figures == list(range(figures[0], figures[0] + 4)), "label, number and small print of a figure together"
    assert figures[-1] < read.index(heads[0])


def alts(paper) -> list[str]:
    """Return what each picture says to who cannot see it, in the order of reading."""
    pdf = pikepdf.open(io.BytesIO(render_pdf(paper).data))
    _opened.append(pdf)
    return [str(one.Alt) for one in pdf.Root.StructTreeRoot.K.K if one.get("/S") == "/Figure"]


def test_a_short_list_is_a_list_of_items_and_a_second_one_another():
    elements, _outside = said(
        content(Bullets(items=("名簿", "筆記用具")), Paragraph(text="そのほか。"), Bullets(items=("水筒",)))
    )
    assert [(kind, text) for kind, text, _depth in elements if kind != "Document"] == [
        ("L", ""),
        ("LI", ""),
        ("LBody", "・名簿"),
        ("LI", ""),
        ("LBody", "・筆記用具"),
        ("P", "そのほか。"),
        ("L", ""),
        ("LI", ""),
        ("LBody", "・水筒"),
    ]


def test_the_subject_of_a_letter_is_one_heading_on_two_lines():
    elements, _outside = said(others.letter())
    assert [text for kind, text, _depth in elements if kind == "H1"] == [
        "".join((title.text, title.subtitle)) for title in others.letter().blocks if isinstance(title, Title)
    ]


def test_what_is_handed_out_has_headings_in_order_and_its_code_says_the_address_in_words():
    kinds = ("当日のしおり", "募集チラシ", "アンケート用紙", "参加申込書")
    papers_of = {paper.kind: paper for paper in reversed(sample_papers()) if paper.kind in kinds}
    assert set(papers_of) == set(kinds)
    for kind, paper in papers_of.items():
        elements, _outside = said(paper)
        headings = [one for one in elements if one[0] in ("H1", "H2")]
        assert headings[0][0] == "H1", kind
        assert [one for one, _text, _depth in headings].count("H1") == 1, kind
        assert all(text for _kind, text, _depth in headings), kind
    folded, _outside = said(papers_of["当日のしおり"])
    texts = [text for kind, text, _depth in folded if kind == "H2"]
    assert "困ったとき" in texts
    assert "きょうの流れ" in texts
    questions = [text for kind, text, _depth in said(papers_of["アンケート用紙"])[0] if kind == "H2"]
    assert questions[0].startswith("問1")
    flyer = papers_of["募集チラシ"]
    (address,) = [one.url for one in flyer.blocks if getattr(one, "url", "")]
    assert alts(flyer) == [f"二次元コード　{address}"]
    assert address in "".join(text for _kind, text, _depth in said(flyer)[0]), "who cannot scan it types it"


def test_the_back_of_a_folded_sheet_is_read_after_its_inside():
    folded = next(paper for paper in sample_papers() if paper.kind == "当日のしおり")
    sheet = next(one for one in folded.blocks if hasattr(one, "back"))
    texts = "".join(text for _kind, text, _depth in said(folded)[0])
    places = [
        texts.index(next(part.heading for part in panel.parts if getattr(part, "heading", "")))
        for panel in (sheet.left, sheet.right, sheet.back)
        if any(getattr(part, "heading", "") for part in panel.parts)
    ]
    assert places == sorted(places)


def test_every_page_of_a_ledger_is_a_table_with_its_headings():
    ledger = next(one for one in sample_papers() if one.kind == "情報授受簿")
    elements, _outside = said(ledger)
    tables = [place for place, (kind, _text, _depth) in enumerate(elements) if kind == "Table"]
    assert len(tables) > 1
    for start, end in zip(tables, [*tables[1:], len(elements)], strict=True):
        assert "TH" in {kind for kind, _text, _depth in elements[start:end]}


def test_the_questions_of_a_long_sheet_are_its_bookmarks_and_a_certificate_has_its_title_as_heading():
    sheet = next(one for one in sample_papers() if one.kind == "アンケート用紙（拡大版）")
    with pikepdf.open(io.BytesIO(render_pdf(sheet).data)) as pdf, pdf.open_outline() as outline:
        assert [one.title.partition("　")[0] for one in outline.root][:3] == ["問1", "問2", "問3"]
    certificate = next(one for one in sample_papers() if one.kind == "受講証")
    elements, _outside = said(certificate)
    assert {text for kind, text, _depth in elements if kind == "H1"} <= {"受講証", "参加証"}
    assert [kind for kind, _text, _depth in elements].count("H1") == len(certificate.blocks)
