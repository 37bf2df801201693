"""Papers put one behind the other are still tagged, described, found by bookmarks and fit for archives."""

import io
from dataclasses import replace
from datetime import datetime

import pikepdf
import pytest

from app.documents.pdf.output.pdf_archive import PdfDescription
from app.documents.pdf.output.pdf_joining import ForeignPdfError, JoinedPdf, JoinPart, join_pdfs
from app.documents.pdf.render import render_pdf
from tests.documents.pdf import everything_on_paper as papers
from tests.documents.pdf import letters_and_forms as others

SAID = PdfDescription(title="R8-講06-当日セット", subject="", author="", created=datetime(2026, 12, 1, 9, 5))


@pytest.fixture(scope="module")
def report():
    return render_pdf(replace(papers.report(), properties={})).data


@pytest.fixture(scope="module")
def roster():
    return render_pdf(replace(others.roster(), properties={})).data


def length(data):
    with pikepdf.open(io.BytesIO(data)) as paper:
        return len(paper.pages)


@pytest.fixture
def opened():
    kept = []

    def give(joined: JoinedPdf) -> pikepdf.Pdf:
        kept.append(pikepdf.open(io.BytesIO(joined.data)))
        return kept[-1]

    yield give
    for one in kept:
        one.close()


def marks(pdf):
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return [(one.title, pages[one.destination[0].objgen], len(one.children)) for one in outline.root]


def numbers_drawn(page):
    return [
        int(operands[1].MCID)
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
    ]


def elements(node, above=None):
    """Every element under one, with its parent."""
    yield node, above
    for kid in node.get("/K", []):
        if not isinstance(kid, int) and "/S" in kid:
            yield from elements(kid, node)


def test_every_page_also_of_a_further_copy_has_elements_of_its_own(opened, report, roster):
    parts = [JoinPart(data=roster, copies=2, bookmark="受付名簿"), JoinPart(data=report, bookmark="実施報告書")]
    joined = join_pdfs(parts, SAID, whole_sheets=True)
    pdf = opened(joined)
    assert (
        joined.pages == len(pdf.pages) == sum(number + number % 2 for number in map(length, (roster, roster, report)))
    )
    root = pdf.Root.StructTreeRoot
    assert [str(one.T) for one in root.K.K] == ["受付名簿", "受付名簿", "実施報告書"]
    held = dict(zip((int(one) for one in root.ParentTree.Nums[::2]), root.ParentTree.Nums[1::2], strict=True))
    said = list(elements(root.K))
    assert all(above is None or one.P.objgen == above.objgen for one, above in said)
    drawn = 0
    for page in pdf.pages:
        numbers = numbers_drawn(page)
        drawn += len(numbers)
        if not numbers:  # the empty back of a sheet
            continue
        owners = held[int(page.obj.StructParents)]
        assert sorted(numbers) == list(range(len(owners)))
        for number, owner in enumerate(owners):
            kids = [owner.K] if isinstance(owner.K, int) else list(owner.K)
            own = [kid for kid in kids if isinstance(kid, int) and owner.Pg.objgen == page.objgen]
            own += [
                int(kid.MCID)
                for kid in kids
                if not isinstance(kid, int) and "/MCID" in kid and kid.Pg.objgen == page.objgen
            ]
            assert number in own
    leaves = sum(isinstance(kid, int) or "/MCID" in kid for one, _above in said for kid in one.get("/K", []))
    assert leaves == drawn
    assert {str(one.S)[1:] for one, _above in said} >= {"Document", "Part", "H1", "H2", "Table", "TR", "TH", "TD"}


def test_the_whole_is_described_and_each_paper_has_its_bookmark(opened, report, roster):
    parts = [JoinPart(data=roster, copies=3, bookmark="受付名簿"), JoinPart(data=report, bookmark="実施報告書")]
    pdf = opened(join_pdfs(parts, SAID))
    metadata = pdf.Root.Metadata
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata.read_bytes()
    assert "/Filter" not in metadata
    assert str(pdf.docinfo.Title) == SAID.title
    assert SAID.title.encode() in metadata.read_bytes()
    assert str(pdf.docinfo.CreationDate) == "D:20261201090500+09'00'"
    assert (str(pdf.Root.Lang), pdf.Root.ViewerPreferences.DisplayDocTitle, pdf.Root.MarkInfo.YesMeaning) == (
        "ja-JP",
        True,
        True,
    )
    (intent,) = pdf.Root.OutputIntents
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    assert marks(pdf)[0] == ("受付名簿", 0, 0)
    assert marks(pdf)[1][:2] == ("実施報告書", 3 * length(roster))
    assert not pdf.check_pdf_syntax()


def test_pages_of_one_paper_can_be_parts_of_their_own(opened, report):
    left = length(report) - 1
    parts = [
        JoinPart(data=report, bookmark="はじめ", pages=range(1)),
        JoinPart(data=report, pages=range(1, left + 1)),
    ]
    pdf = opened(join_pdfs(parts, SAID, whole_sheets=True))
    assert len(pdf.pages) == 2 + left + left % 2
    assert len(pdf.Root.StructTreeRoot.K.K) == 2
    rows = [one for one, _above in elements(pdf.Root.StructTreeRoot.K) if one.S == "/TR"]
    assert rows
    assert all(len(one.K) for one in rows)


def test_a_file_from_elsewhere_is_not_let_in(roster):
    elsewhere = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(elsewhere)
    for data in (elsewhere.getvalue(), b"%PDF"):
        with pytest.raises(ForeignPdfError) as found:
            join_pdfs([JoinPart(data=roster, bookmark="受付名簿"), JoinPart(data=data)], SAID)
        assert found.value.number == 1
