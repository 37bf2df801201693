"""Letters to people are set in twelve points or more, however full they are; marks and page numbers are no text."""

from __future__ import annotations

from collections import Counter

import pypdfium2
from pypdfium2 import raw

from app.documents.pdf.render import render_pdf
from tests.support.sample_papers import sample_papers

TO_PEOPLE = (
    "決定通知",
    "開催通知",
    "落選通知",
    "中止通知",
    "辞退受理通知",
    "会長あて案内文",
    "支部長あて依頼文",
    "事例発表の依頼",
    "派遣不採択通知",
)
NO_TEXT = set("案見本0123456789/")


def sizes_of(data):
    """How many characters stand in which size, without blanks."""
    found = Counter()
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for number in range(text.count_chars()):
                sign = text.get_text_range(number, 1)
                if sign.strip():
                    found[round(raw.FPDFText_GetFontSize(text.raw, number), 1), sign] += 1
            text.close()
    return found


def test_nothing_in_a_letter_to_people_is_smaller_than_twelve_points():
    letters = {paper.kind: paper for paper in sample_papers() if paper.kind in TO_PEOPLE}
    assert set(letters) == set(TO_PEOPLE)
    for kind, paper in letters.items():
        small = {sign: size for (size, sign), _count in sizes_of(render_pdf(paper).data).items() if size < 12}
        assert set(small) <= NO_TEXT, (kind, small)
