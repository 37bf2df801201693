"""Files of scanned sheets for tests: the event's own printed sheet, filled in as said, brought by a copier as a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image

from app.papers.fonts import bundled_fonts_folder
from app.papers.pdf.questionnaire_form import page_forms
from app.papers.pdf.typefaces import open_collection
from app.papers.scan_code import PageForm
from app.papers.services import papers
from app.subjects.surveys.questions.papers.questionnaire import KIND
from db.store import Store
from tests.support.scans import BALL, Copier, Hand, HandPen, as_pdf, printed_pages
from tests.support.survey_sheets import AFTER

GOOD: Final = Copier(skew=0.6, noise=4, paper=246)
CONTENTED: Final = {
    "position": "1", "satisfaction": "2", "understanding": "1", "pace": "3", "length": "3",
    "useful": "13", "tools": "1", "obstacles": "7", "intent": "2",
}  # fmt: skip
"""The answers of ``survey_sheets.answered`` as printed numbers."""


class Printed:
    """The sheet of an event as it was printed, to be filled in."""

    def __init__(self, store: Store, event_id: int, kind: str = KIND) -> None:
        content = papers.build_paper(store, event_id=event_id, kind=kind, now=AFTER)
        self.pdf = papers.render(content, format="pdf").data
        self.forms: tuple[PageForm, ...] = page_forms(content, open_collection(bundled_fonts_folder()))
        self.pages = printed_pages(self.pdf)

    def filled(
        self,
        answers: Mapping[str, str] = CONTENTED,
        *,
        written: Sequence[str] = (),
        kind: str = "tick",
        pen: HandPen = BALL,
        seed: int = 0,
        copier: Copier = GOOD,
    ) -> list[Image.Image]:
        """Return the scanned pages of one sheet: ticks by printed number, ``written`` are codes with something written."""
        found = []
        for page, form in zip(self.pages, self.forms, strict=True):
            filled = page.copy()
            hand = Hand(filled, Random(seed))
            for area in form.areas:
                if area.kind == "box" and area.number in answers.get(area.code, ""):
                    hand.mark(area, kind, pen)
                elif area.kind in ("other", "room", "number") and area.code in written:
                    hand.write(area, pen)
            found.append(copier.scan(filled))
        return found


def scan_file(path: Path, *pages: Image.Image, quality: int = 80) -> Path:
    """Write a PDF as a copier does."""
    path.write_bytes(as_pdf(pages, quality=quality))
    return path
