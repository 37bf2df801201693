"""The manual as staff get it: a PDF of a few pages with every section and every picture in it."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader

from app.window.fonts import load_fonts
from build_spec.manual import MANUAL, write_pdf


@pytest.fixture(scope="module")
def printed(qapp, tmp_path_factory) -> PdfReader:
    target = tmp_path_factory.mktemp("manual") / "使い方.pdf"
    assert load_fonts() == ()
    write_pdf(MANUAL, target)
    return PdfReader(target)


def test_it_is_six_pages_of_a4_at_most(printed):
    assert 2 <= len(printed.pages) <= 6
    for page in printed.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_every_section_and_every_picture_of_the_manual_is_in_it(printed):
    text = MANUAL.read_text(encoding="utf-8")
    said = re.sub(r"\s", "", "".join(page.extract_text() for page in printed.pages))

    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert len(headings) == 10
    assert [heading for heading in headings if re.sub(r"\s", "", heading) not in said] == []
    assert sum(len(page.images) for page in printed.pages) == text.count("](pictures/")


def test_no_picture_reaches_beyond_the_page(printed):
    """A picture is set by its matrix; its right edge has to lie within the margins."""
    edges = []
    for page in printed.pages:
        page.extract_text(
            visitor_operand_before=lambda operator, _operands, matrix, _text: (
                edges.append((matrix[4], matrix[4] + matrix[0])) if operator == b"Do" else None
            )
        )

    assert edges
    assert all(30 < left < right < 565 for left, right in edges)


def test_printed_again_of_the_same_commit_it_is_the_same_file(tmp_path):
    """The folder that staff get is built twice alike: the clock and names by chance must not stand in it."""
    page = tmp_path / "page.md"
    page.write_text("# みほん\n\n本文です。\n", encoding="utf-8")
    for name in ("a.pdf", "b.pdf"):
        write_pdf(page, tmp_path / name)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert sorted(re.findall(rb"/FontName /(\w+)\+", (tmp_path / "a.pdf").read_bytes())) == [b"QAAAAA", b"QAAAAB"]
    assert b"/CreationDate" in (tmp_path / "a.pdf").read_bytes()
