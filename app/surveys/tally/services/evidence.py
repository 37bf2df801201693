"""A free answer as evidence for the 提案書, in words that may be quoted and without names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.registers.register.rules import personal_flags
from app.registers.register.services.search import name_finder
from app.surveys.questions.rules import printed_title
from app.surveys.tally.rules import Comment
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.records.events import Event
from db.records.surveys import CommentMark, EventSurvey, SurveyResponse
from db.records.year.proposal import EvidenceSort
from db.rows import rows, rows_by_id
from db.store import Store

KIND = "自由記述"


def evidence_key(sheet_id: int, code: str) -> str:
    """Return the key of one written answer, from its response and the code of its question (「12:Q5」)."""
    return f"{sheet_id}:{code}"


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return by key the written answers as they can be quoted now, or why they can't.

    Answers that are gone, empty, or of a response that does not count are left out.
    """
    database = store.database
    wanted = [(int(key.split(":", 1)[0]), key.split(":", 1)[1]) for key in keys]
    sheets = rows_by_id(database, SurveyResponse, id=[sheet_id for sheet_id, _code in wanted])
    surveys = rows_by_id(database, EventSurvey, id=list({one.survey_id for one in sheets.values()}))
    events = rows_by_id(database, Event, id=[one.event_id for one in surveys.values()])
    marks = {(one.sheet_id, one.question_code): one for one in rows(database, CommentMark, survey_id=list(surveys))}
    finder = name_finder(store, sheets.values())
    found = {}
    for sheet_id, code in wanted:
        sheet = sheets.get(sheet_id)
        answer = sheet.answers.get(code) if sheet is not None else None
        if sheet is None or answer is None or not sheet.counted or not (answer.text or answer.other):
            continue
        survey = surveys[sheet.survey_id]
        event = events[survey.event_id]
        text = answer.text or answer.other
        flags = personal_flags(text, finder=finder)
        comment = Comment(sheet_id=sheet_id, number=0, text=text, flags=flags, mark=marks.get((sheet_id, code)))
        question = next((one for one in survey.questions if one.code == code), None)
        asked = f"「{printed_title(question)}」" if question is not None else ""
        found[evidence_key(sheet_id, code)] = CurrentEvidence(
            sort=EvidenceSort.QUOTE,
            said=f"「{comment.quoted_words}」" if comment.quoted_words else "（引用しない記入）",
            source=f"{event.full_title} アンケート{asked}",
            day=event.event_date,
            programme_id=event.programme_id,
            not_quotable_reason=""
            if comment.quoted_words
            else "この記入は、まだ引用できません。「自由記述の分類」で、引用する文を決めてください。",
        )
    return found


SOURCE = EvidenceSource(kind=KIND, read=read_evidence)
