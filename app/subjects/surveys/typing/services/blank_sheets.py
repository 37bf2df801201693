"""The sheets of an event as they are printed now, to hold a scan against.

Public functions: ``read_blank_sheets`` (``store`` first, the rest by keyword), ``draw_blank_sheets`` beside the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.papers.blocks import DocumentContent
from app.papers.scan_code import PageForm
from app.papers.services import papers
from app.subjects.surveys.questions.papers.questionnaire import KIND, LARGE_KIND
from app.subjects.surveys.questions.services.surveys import open_survey
from db.records.surveys import Question
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class BlankSheets:
    """The two forms of an event's sheet in words, before they are drawn; ``questions`` are those on them."""

    survey_id: int
    questions: tuple[Question, ...]
    contents: tuple[DocumentContent, ...]


@dataclass(frozen=True, kw_only=True)
class BlankSheet:
    """One form as it is printed: the PDF, and what each page says and where everything lies on it."""

    large: bool
    data: bytes
    pages: tuple[PageForm, ...]


def read_blank_sheets(store: Store, *, survey_id: int, now: datetime) -> BlankSheets:
    """Return what the usual and the large sheet of a survey say now.

    Raises:
        Refusal: there are no questions, or the totals are frozen.
    """
    survey = open_survey(store, survey_id)
    contents = tuple(papers.build_paper(store, event_id=survey.event_id, kind=kind, now=now) for kind in (KIND, LARGE_KIND))
    return BlankSheets(survey_id=survey.id, questions=survey.questions, contents=contents)


def draw_blank_sheets(sheets: BlankSheets) -> tuple[BlankSheet, ...]:
    """Draw the forms and note what lies where on them.

    Raises:
        Refusal: a character that no font has, named.
    """
    return tuple(_drawn(content) for content in sheets.contents)


def form_signs(blanks: Sequence[BlankSheet]) -> frozenset[int]:
    """Return the checksums by which pages of these forms are known."""
    return frozenset(page.code.form for blank in blanks for page in blank.pages)


def _drawn(content: DocumentContent) -> BlankSheet:
    from app.papers.fonts import bundled_fonts_folder
    from app.papers.pdf.printable import without_unseen
    from app.papers.pdf.questionnaire_form import page_forms
    from app.papers.pdf.typefaces import open_collection

    drawn = papers.render(content, format="pdf")
    pages = page_forms(without_unseen(content), open_collection(bundled_fonts_folder()))
    return BlankSheet(large=content.type_size > 14, data=drawn.data, pages=pages)
