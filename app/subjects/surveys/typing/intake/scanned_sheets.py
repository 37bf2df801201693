"""Reads a scan page by page and gives the sheets in it: their answers as far as they are beyond doubt, and their pictures.

What a page shows stays in memory for as long as somebody looks at it; nothing of it is written anywhere.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Final

from app.papers.scan_code import PageCode, PageForm, survey_sign
from app.subjects.surveys.typing.intake.page_fitting import FittedPage, Unfitted, fit_page
from app.subjects.surveys.typing.intake.page_ink import Print, ink_of, print_of
from app.subjects.surveys.typing.rules.read_scan import ReadScan, ScannedSheet, SheetPage
from app.subjects.surveys.typing.rules.scan_pile import PileRow, PileSheet, pile_of, said_of
from app.subjects.surveys.typing.rules.scanned_answers import QuestionInk, read_questions
from db.records.surveys import Question

_QUALITY: Final = 72
_SIGN: Final = 24
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")


class ScanReader:
    """Takes the pages of one scan in order, and then gives what is in it."""

    def __init__(
        self, *, survey_id: int, questions: Sequence[Question], forms: Mapping[bool, Sequence[PageForm]], prints: Mapping[PageCode, bytes]
    ) -> None:
        """``forms`` are the pages of the usual (False) and the large sheet (True), ``prints`` their grey pixels as printed."""
        self._survey = survey_sign(survey_id)
        self._questions = tuple(questions)
        self._forms = {form.code: form for pages in forms.values() for form in pages}
        self._counts = {large: len(pages) for large, pages in forms.items()}
        self._pixels = prints
        self._prints: dict[PageCode, Print] = {}
        self._rows: list[PileRow] = []
        self._pages: dict[int, SheetPage] = {}
        self._inks: dict[int, tuple[QuestionInk, ...]] = {}
        self._two_toned = False

    def take(self, pixels: bytes, width: int, height: int) -> None:
        """Read the next page from its grey pixels."""
        number = len(self._rows) + 1
        try:
            page = fit_page(pixels, width, height)
            if page.code in self._forms:
                self._keep(number, page)
        except Unfitted as problem:
            self._rows.append(PileRow(number=number, why=problem.why))
            return
        if page.code not in self._forms:
            same = page.code.survey == self._survey
            self._rows.append(PileRow(number=number, why="changed" if same else "other survey"))
            return
        sign = sha256(pixels).hexdigest()[:_SIGN].translate(_LETTERS)
        self._rows.append(PileRow(number=number, code=page.code, sign=sign))

    def take_unreadable(self) -> None:
        """Note a page that can't be opened."""
        self._rows.append(PileRow(number=len(self._rows) + 1, why="unreadable"))

    def _keep(self, number: int, page: FittedPage) -> None:
        form = self._forms[page.code]
        if page.code not in self._prints:
            self._prints[page.code] = print_of(self._pixels[page.code], form.areas)
        found = ink_of(page, self._prints[page.code])
        self._two_toned |= page.two_toned
        self._inks[number] = found
        target = io.BytesIO()
        page.picture.save(target, "JPEG", quality=_QUALITY)
        marked = {(ink.code, box.number) for ink in found for box in ink.boxes if box.state == "marked"}
        self._pages[number] = SheetPage(
            number=number, page=page.code.page, jpeg=target.getvalue(), areas=form.areas, marked=frozenset(marked)
        )

    def result(self, known: Collection[str]) -> ReadScan:
        """Return the sheets of the scan; those with a page whose sign is ``known`` are entered already and passed over."""
        pile = pile_of(self._rows, self._counts)
        fresh = [sheet for sheet in pile.sheets if set(sheet.scan.split()).isdisjoint(known)]
        made = tuple(self._sheet(place, sheet) for place, sheet in enumerate(fresh, start=1))
        return ReadScan(
            sheets=made,
            known=len(pile.sheets) - len(fresh),
            said=said_of(pile.left),
            pages=len(self._rows),
            two_toned=self._two_toned,
        )

    def _sheet(self, place: int, sheet: PileSheet) -> ScannedSheet:
        numbers = [sheet.pages[page].number for page in sorted(sheet.pages)]
        inks = {ink.code: ink for number in numbers for ink in self._inks[number]}
        return ScannedSheet(
            place=place,
            pages=tuple(self._pages[number] for number in numbers),
            answers=read_questions(self._questions, inks),
            scan=sheet.scan,
            missing=sheet.missing,
        )
