"""A PDF is one to be kept: PDF/A-2b by its rules (ISO 19005-2), described, dated by the paper, with bookmarks."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from app.documents.blocks import Heading, Letterhead, Paragraph, SeatCard, SheetBreak
from app.documents.pdf.output.pdf_archive import grey_and_colour_profile
from app.documents.pdf.output.pdf_encryption import encrypt_pdf
from app.documents.pdf.render import render_pdf
from tests.documents.pdf import everything_on_paper as papers
from tests.documents.pdf import letters_and_forms as others

ALL = (papers.report, others.letter, others.result_letter, others.roster, others.form)
MADE = {"title": "実施報告書　第2回", "created": "2026-09-24T15:20:31.5"}
ASSERTED = "http://www.aiim.org/pdfa/ns/id/"


_opened: list[pikepdf.Pdf] = []  # a part of a file goes with the file


@pytest.fixture(autouse=True)
def _close():
    yield
    while _opened:
        _opened.pop().close()


def opened(data: bytes, password: str = "") -> pikepdf.Pdf:
    _opened.append(pikepdf.open(io.BytesIO(data), password=password))
    return _opened[-1]


def made(build) -> bytes:
    return render_pdf(replace(build(), properties=MADE)).data


def described(paper: pikepdf.Pdf) -> dict[str, str]:
    """The entries of the XMP by their names."""
    root = ElementTree.fromstring(paper.Root.Metadata.read_bytes())
    return {one.tag: "".join(one.itertext()).strip() for one in root.iter() if "Description" not in one.tag}


@pytest.mark.parametrize("build", ALL)
def test_the_file_names_its_version_itself_and_what_it_conforms_to(build):
    data = made(build)
    paper = opened(data)
    found = described(paper)
    assert data.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in data[10:14])
    assert data.endswith(b"%%EOF\n")
    assert (found[f"{{{ASSERTED}}}part"], found[f"{{{ASSERTED}}}conformance"]) == ("2", "B")
    assert "/Filter" not in paper.Root.Metadata
    assert len(paper.trailer.ID) == 2
    assert str(paper.Root.Lang) == "ja-JP"
    assert paper.Root.ViewerPreferences.DisplayDocTitle is True
    assert "/Encrypt" not in paper.trailer
    assert not paper.check_pdf_syntax()


@pytest.mark.parametrize("build", ALL)
def test_every_stream_ends_on_a_line_of_its_own_and_has_the_length_it_says(build):
    data = made(build)
    assert len(re.findall(rb"[\r\n]endstream\n", data)) == data.count(b"endstream") > 0
    for found in re.finditer(rb"/Length ([0-9]+)[^>]*>>\s*\nstream\n", data):
        assert data[found.end() + int(found[1]) :].startswith(b"\nendstream")


@pytest.mark.parametrize("build", ALL)
def test_greys_have_a_profile_that_a_reader_of_profiles_takes(build):
    (intent,) = opened(made(build)).Root.OutputIntents
    profile = ImageCms.getOpenProfile(io.BytesIO(intent.DestOutputProfile.read_bytes())).profile
    assert intent.S == "/GTS_PDFA1"
    assert int(intent.DestOutputProfile.N) == 3
    assert (profile.xcolor_space, profile.connection_space, profile.device_class) == ("RGB ", "XYZ ", "mntr")


def test_the_profile_gives_the_colours_of_srgb():
    own = ImageCms.ImageCmsProfile(io.BytesIO(grey_and_colour_profile()))
    turned = ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    for colour in ((0, 0, 0), (255, 255, 255), (128, 128, 128), (255, 0, 0), (12, 200, 90), (30, 60, 250)):
        seen = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), turned).getpixel((0, 0))
        assert all(abs(one - other) <= 1 for one, other in zip(seen, colour, strict=True))


@pytest.mark.parametrize("build", ALL)
def test_nothing_is_drawn_that_archives_do_not_take(build):
    paper = opened(made(build))
    for one in paper.objects:
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            continue
        said = set(one.keys())
        assert not said & {"/SMask", "/BM", "/CA", "/ca", "/TR", "/HTP", "/JavaScript", "/JS", "/AA", "/PresSteps"}
        assert one.get("/Filter") != "/LZWDecode"
        assert one.get("/Subtype") not in ("/PS", "/Movie", "/Sound")
    for page in paper.pages:
        used = {str(operator) for _operands, operator in pikepdf.parse_content_stream(page)}
        assert not used & {"k", "K", "cs", "CS", "sh", "Do"}


@pytest.mark.parametrize("build", ALL)
def test_every_font_is_held_and_as_wide_as_the_file_says(build):
    fonts = [font for page in opened(made(build)).pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        held = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        assert int(font.FontDescriptor.Flags) & 0b100100 == 0b100  # symbolic: by the codes of the font itself
        assert "/Encoding" not in font
        (table,) = held["cmap"].tables
        scale = 1000 / held["head"].unitsPerEm
        for code, width in enumerate(font.Widths, start=int(font.FirstChar)):
            if name := table.cmap.get(code):
                assert abs(held["hmtx"][name][0] * scale - float(width)) <= 1


def test_the_date_is_that_of_the_paper_and_the_same_paper_is_the_same_file():
    first, again = made(papers.report), made(papers.report)
    later = render_pdf(replace(papers.report(), properties=MADE | {"created": "2026-09-25T09:00:00"})).data
    info, found = opened(first).docinfo, described(opened(first))
    assert first == again != later
    assert opened(first).trailer.ID[0] != opened(later).trailer.ID[0]
    assert str(info.CreationDate) == str(info.ModDate) == "D:20260924152031+09'00'"
    assert found["{http://ns.adobe.com/xap/1.0/}CreateDate"] == "2026-09-24T15:20:31+09:00"
    assert found["{http://purl.org/dc/elements/1.1/}title"] == str(info.Title) == MADE["title"]


def test_a_paper_without_a_time_gets_none():
    paper = opened(render_pdf(papers.content(Paragraph(text="見本"), properties={})).data)
    assert "/CreationDate" not in paper.docinfo
    assert "{http://ns.adobe.com/xap/1.0/}CreateDate" not in described(paper)


def test_what_asks_for_a_password_does_not_say_that_it_is_archived():
    paper = opened(encrypt_pdf(made(papers.report), "合言葉-2026"), "合言葉-2026")
    assert f"{{{ASSERTED}}}part" not in described(paper)
    assert described(paper)["{http://purl.org/dc/elements/1.1/}title"] == MADE["title"]


def lines_beside(paper: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """The bookmarks: rank, words, page from 0."""
    pages = {page.objgen: number for number, page in enumerate(paper.pages)}
    with paper.open_outline() as outline:
        found: list[tuple[int, str, int]] = []

        def walk(items, rank):
            for item in items:
                found.append((rank, item.title, pages[item.destination[0].objgen]))
                walk(item.children, rank + 1)

        walk(outline.root, 0)
    return found


def chapters(count: int) -> list[object]:
    parts: list[object] = []
    for number in range(1, count + 1):
        parts += [
            Heading(level=1, number=str(number), text=f"章{number}"),
            Heading(level=2, number="1", text=f"節{number}"),
            Paragraph(text="\n".join("文" for _ in range(30)), align="center"),
        ]
    return parts


def test_a_paper_of_several_pages_has_its_headings_as_bookmarks_and_opens_with_them_when_it_is_long():
    paper = opened(render_pdf(papers.content(*chapters(6))).data)
    assert len(paper.pages) > 3
    assert [(rank, words) for rank, words, _page in lines_beside(paper)] == [
        line for n in range(1, 7) for line in ((0, f"{n}　章{n}"), (1, f"(1)　節{n}"))
    ]
    assert paper.Root.PageMode == "/UseOutlines"
    shorter = opened(render_pdf(papers.content(*chapters(3))).data)
    assert 1 < len(shorter.pages) <= 3
    assert len(lines_beside(shorter)) == 6
    assert "/PageMode" not in shorter.Root or shorter.Root.PageMode != "/UseOutlines"
    assert lines_beside(opened(render_pdf(papers.content(*chapters(1))).data)) == []


def test_every_letter_of_a_bundle_has_a_bookmark_with_its_addressee():
    names = [f"見本{number}町会" for number in range(1, 14)]
    parts: list[object] = []
    for name in names:
        parts += [
            SheetBreak(sheet=name, page=True, restart=True),
            Letterhead(addressee=f"{name}\n　会長　見本　太郎　様", date="令和8年9月1日", sender=("練馬区",)),
            Paragraph(text="決定しました。"),
        ]
    paper = opened(render_pdf(papers.content(*parts[1:], look="letter")).data)
    assert lines_beside(paper) == [(0, f"{name} 会長　見本　太郎　様", page) for page, name in enumerate(names)]
    assert paper.Root.PageMode == "/UseOutlines"


def test_seat_cards_are_found_by_their_names():
    cards = tuple(SeatCard(name=f"見本　{number}郎") for number in range(5))
    paper = opened(render_pdf(papers.content(*cards, look="card")).data)
    assert [words for _rank, words, _page in lines_beside(paper)] == [card.name for card in cards]
