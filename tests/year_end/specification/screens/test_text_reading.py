"""A PDF with text is read page after page; a picture of one, or another kind of file, is refused in words."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.actions.user_error import UserError
from app.year_end.specification.rules import split_paragraphs
from app.year_end.specification.screens import read_specification_file
from tests.support.foreign_reports import register_foreign_face
from tests.support.specification import THIS_YEAR


def _pdf(path, lines):
    face = register_foreign_face()
    canvas = Canvas(str(path))
    for place, line in enumerate(lines):
        if place % 15 == 0 and place:
            canvas.showPage()
        canvas.setFont(face, 10)
        canvas.drawString(40, 780 - place % 15 * 18, line)
    canvas.save()


def test_the_words_of_a_pdf_give_the_same_clauses_as_the_text(qapp, tmp_path):
    _pdf(tmp_path / "仕様書.pdf", THIS_YEAR.splitlines())
    found = read_specification_file(path=tmp_path / "仕様書.pdf")
    assert [one.clause for one in split_paragraphs(found.text)] == [one.clause for one in split_paragraphs(THIS_YEAR)]
    assert (found.file.data[:5], found.file.media_type) == (b"%PDF-", "application/pdf")


@pytest.mark.parametrize(
    ("name", "data"), [("壊れた.pdf", b"%PDF-1.4 broken"), ("仕様書.docx", b"PK"), ("空.txt", b"")]
)
def test_what_cannot_be_read_is_refused(qapp, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=r"読め|開け"):
        read_specification_file(path=tmp_path / name)
