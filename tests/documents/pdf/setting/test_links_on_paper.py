"""Addresses and telephone numbers of papers to people can be opened, and are found where a reader of the page goes."""

import io
from dataclasses import replace

import pikepdf
import pytest

from app.documents.blocks import Paragraph
from app.documents.pdf.output.pdf_archive import PdfDescription
from app.documents.pdf.output.pdf_joining import JoinPart, join_pdfs
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting.links import find_links
from tests.documents.pdf.everything_on_paper import content
from tests.support.sample_papers import sample_papers

OF_PEOPLE = ("開催通知", "会長あて案内文", "募集チラシ", "当日のしおり", "当日のしおり（拡大版）", "アンケート用紙")


def links_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for page in pdf.pages for one in page.get("/Annots", [])]


def link_elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", [])
    kids = [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if not isinstance(kid, int)]
    own = [element] if element.get("/S") == "/Link" else []
    return own + [found for kid in kids if "/S" in kid for found in link_elements(kid)]


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_every_link_has_its_element_its_words_and_its_place_on_the_page(kind):
    paper = next(one for one in sample_papers() if one.kind == kind)
    with pikepdf.open(io.BytesIO(render_pdf(paper).data)) as pdf:
        found = links_of(pdf)
        assert "tel:03-0000-0000" in {str(one.A.URI) for one in found}
        assert not [one for one in found if "2026" in str(one.A.URI)], "nobody telephones a FAX"
        parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        by_number = {int(parents[place]): parents[place + 1] for place in range(0, len(parents), 2)}
        assert sorted(by_number) == list(range(len(pdf.pages) + len(found)))
        elements = link_elements(pdf.Root.StructTreeRoot.K)
        assert len(elements) == len(found)
        for one in found:
            element = by_number[int(one.StructParent)]
            (held,) = [kid for kid in element.K if not isinstance(kid, int) and kid.get("/Type") == "/OBJR"]
            assert (held.Obj.objgen, element.P.S) == (one.objgen, element.P.get("/S"))
            assert str(one.Contents).partition("　")[2] in str(one.A.URI)
            assert int(one.F) == 4, "printed, as PDF/A wants it"
        for page in pdf.pages:
            width, height = (float(one) for one in page.MediaBox[2:])
            for left, low, right, high in ([float(one) for one in link.Rect] for link in page.get("/Annots", [])):
                assert 0 < left < right < width
                assert 0 < low < high < height


def test_a_web_page_mail_and_telephone_are_found_but_no_fax_and_no_day():
    says = "https://example.jp/a?b=1。メール kyodo@example.jp、電話　03-1111-2222　FAX　03-1111-3333、2026-09-10、R8-01"
    found = find_links((Paragraph(says),)).find(says)
    assert [(says[one.start : one.end], one.target.uri) for one in found] == [
        ("https://example.jp/a?b=1", "https://example.jp/a?b=1"),
        ("kyodo@example.jp", "mailto:kyodo@example.jp"),
        ("03-1111-2222", "tel:03-1111-2222"),
    ]
    assert find_links((Paragraph("FAX 03-1111-3333 だけ"),)) is None


def test_a_long_address_that_is_broken_opens_as_a_whole():
    address = "https://example.jp/" + "mihon/" * 6 + "answer"
    finder = find_links((Paragraph(f"回答は {address} から"),))
    (found,) = finder.find(f"回答は {address[:40]}")
    assert found.target.uri == address
    assert finder.find(address[40:]) == []
    both = find_links((Paragraph(f"{address}a {address}b"),))
    assert both.find(f"回答は {address[:40]}") == [], "it may be either"


def test_a_paper_of_the_office_has_no_links_and_brackets_in_an_address_are_kept():
    inner = content(Paragraph("電話　03-1111-2222、https://example.jp/a"))
    outer = replace(inner, outgoing=True, look="letter")
    with pikepdf.open(io.BytesIO(render_pdf(inner).data)) as pdf:
        assert links_of(pdf) == []
    odd = replace(outer, blocks=(Paragraph("https://example.jp/a(1)/b"),))
    with pikepdf.open(io.BytesIO(render_pdf(odd).data)) as pdf:
        assert [str(one.A.URI) for one in links_of(pdf)] == ["https://example.jp/a(1)/b"]


def test_in_a_joined_file_each_copy_has_links_of_its_own():
    guide = next(one for one in sample_papers() if one.kind == "当日のしおり")
    data = render_pdf(guide).data
    description = PdfDescription(title="当日資料一式", subject="", author="", created=None)
    parts = [JoinPart(data=data, copies=2, bookmark="しおり"), JoinPart(data=data, pages=range(1, 2))]
    joined = join_pdfs(parts, description)
    with pikepdf.open(io.BytesIO(joined.data)) as pdf, pikepdf.open(io.BytesIO(data)) as alone:
        found = links_of(pdf)
        assert len(found) == 2 * len(links_of(alone)) > 0
        assert len({one.objgen for one in found}) == len(found)
        parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        by_number = {int(parents[place]): parents[place + 1] for place in range(0, len(parents), 2)}
        for one in found:
            (held,) = [kid for kid in by_number[int(one.StructParent)].K if not isinstance(kid, int)]
            assert held.Obj.objgen == one.objgen
        assert [int(page.StructParents) for page in pdf.pages] == sorted(
            {int(page.StructParents) for page in pdf.pages}
        )
