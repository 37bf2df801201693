"""An online answer file as it would be taken in: every row with its outcome and the reason, nothing written.

Rows are recognised one by one by a keyed hash, because downloads are cumulative: the same file changes
nothing, next week's adds only what is new.

Public functions: ``read_answer_file`` (needs no store), ``preview_import``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path

from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.refusal import IntakeRefusal
from app.foreign_files.sources import SOURCE_WORDS
from app.refusal import Refusal
from app.subjects.surveys.answers.intake.survey_assigning import source_key
from app.subjects.surveys.answers.intake.survey_file import NO_QUESTION_FOUND, SurveyFile, read_answers, survey_of
from app.subjects.surveys.answers.services.survey_decisions import Decisions, Kind
from app.subjects.surveys.answers.services.survey_mapping import (
    AnswerColumn,
    StrangeText,
    answer_columns,
    recall_assigned,
    recall_values,
    strange_texts,
)
from app.subjects.surveys.answers.services.survey_outcomes import OUTCOMES, Outcome, RowOutcome
from app.subjects.surveys.answers.services.survey_row_judging import judge_rows
from app.subjects.surveys.questions.services.surveys import event_with_survey
from db.records.events import Event
from db.records.surveys import EventSurvey, Question
from db.store import Store
from db.tables import surveys

__all__ = ["OUTCOMES", "ImportPreview", "Outcome", "RowOutcome", "preview_import", "read_answer_file"]

_BEFORE = "before_event"
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "utf-16-le": "UTF-16"}


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """A file as it would be taken in; nothing is written yet.

    ``dropped_columns`` hold a person's data (or were left out by hand) and are not kept; ``unknown_columns`` are no
    question of this event; ``missing_questions`` are codes of questions without a column. ``columns`` are the columns
    with their use, ``remembered`` True = set by hand before; ``likely`` columns look like a question with other
    words. ``strange`` are texts outside the lists, ``notices`` concern the whole file. ``matched`` is how many
    questions have a column.
    """

    event: Event
    survey: EventSurvey
    file: ForeignFile = field(repr=False)
    file_name: str
    sha256: str
    source: str
    source_words: str
    source_key: str = field(repr=False)
    encoding: str
    encoding_words: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[RowOutcome, ...]
    columns: tuple[AnswerColumn, ...]
    remembered: bool
    dropped_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    missing_questions: tuple[str, ...]
    matched: int
    strange: tuple[StrangeText, ...] = ()
    notices: tuple[str, ...] = ()
    before_event: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def fresh(self) -> tuple[RowOutcome, ...]:
        """The rows that would be written."""
        return tuple(row for row in self.rows if row.sheet is not None)

    @property
    def left_out(self) -> tuple[RowOutcome, ...]:
        """The rows that would be written and not counted, because a person decided so."""
        return tuple(row for row in self.fresh if not row.counted)

    @property
    def likely(self) -> tuple[AnswerColumn, ...]:
        """Columns that are likely a question whose words differ."""
        return tuple(column for column in self.columns if any(one.likely for one in column.suggestions))

    def doubtful(self) -> Counter[Kind]:
        """How many of the rows that would be written have a doubt of each kind, decided or not."""
        return Counter(kind for row in self.fresh for kind in {doubt.kind for doubt in row.doubts})


def read_answer_file(path: Path, questions: tuple[Question, ...] = (), *, sheet: str = "") -> ForeignFile:
    """Read a file away from the store; a workbook is read by a child process.

    Raises:
        Refusal: the file cannot be taken; the sentence says why and what to do.
    """
    try:
        return read_answers(path, questions, sheet=sheet)
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise Refusal(f"{happened}。", todo) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error


def preview_import(
    store: Store,
    *,
    event_id: int,
    path: Path,
    file: ForeignFile | None = None,
    columns: Mapping[int, str] | None = None,
    decisions: Decisions | None = None,
    by_hand: bool = False,
) -> ImportPreview:
    """Judge every row of ``path`` against the event's questions and what was taken in before.

    ``file`` is the file as read already (None reads it now). ``columns`` set by hand win over remembered ones.
    ``by_hand`` True lets a file through in which no question has a column when some column looks like one: a
    person is there to set the columns.

    Raises:
        Refusal: the event has no questions yet, the file cannot be taken, or it answers none of the questions.
    """
    event = event_with_survey(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してから取り込んでください。")
    file = file or read_answer_file(path, survey.questions)
    key = source_key(file)
    remembered = recall_assigned(store, source_key=key) if columns is None else None
    decided = _with_remembered(store, survey, decisions or Decisions())
    found = survey_of(
        file,
        survey.questions,
        event_start=_start(event),
        assigned=remembered if columns is None else columns,
        values=decided.values,
    )
    preview = ImportPreview(
        event=event,
        survey=survey,
        file=file,
        file_name=path.name,
        sha256=file.sha256,
        source=found.source,
        source_words=SOURCE_WORDS[found.source],
        source_key=key,
        encoding=found.encoding,
        encoding_words=_ENCODINGS.get(found.encoding, found.encoding) or "Excelブック",
        header_row=found.header_row,
        sheet=file.sheet,
        sheets=file.sheets,
        rows=judge_rows(
            store,
            event=event,
            survey=survey,
            found=found,
            present=surveys.sheets(store.database, survey.id),
            decisions=decided,
        ),
        columns=answer_columns(found),
        remembered=remembered is not None,
        dropped_columns=found.dropped_columns,
        unknown_columns=found.unknown_columns,
        missing_questions=found.missing_questions,
        matched=found.answered_questions,
        strange=strange_texts(found, decided.values),
        notices=found.notices,
        before_event=sum(1 for warning in found.warnings if warning.code == _BEFORE),
    )
    _refuse_strangers(found, preview, by_hand=by_hand)
    return preview


def _with_remembered(store: Store, survey: EventSurvey, decisions: Decisions) -> Decisions:
    """The decisions of this sitting over those remembered for this event's texts."""
    return replace(decisions, values=recall_values(store, survey_id=survey.id) | dict(decisions.values))


def _refuse_strangers(found: SurveyFile, preview: ImportPreview, *, by_hand: bool) -> None:
    if found.answered_questions or (by_hand and preview.likely):
        return
    happened, _, todo = NO_QUESTION_FOUND.partition("ので、")
    raise Refusal(f"{happened}。", todo)


def _start(event: Event) -> datetime | None:
    if event.event_date is None:
        return None
    return datetime.combine(event.event_date, time.fromisoformat(event.start_time))
