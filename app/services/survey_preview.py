"""An online answer file as it would be taken in: every row with its outcome and the reason, nothing written.

Rows are recognised one by one by a keyed hash, because downloads are cumulative: the same file changes
nothing, next week's adds only what is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Literal

from app.intake.refusal import IntakeRefusal
from app.intake.survey_file import SurveyFile, read_survey_file
from app.intake.survey_judging import RowProblem
from app.intake.survey_keys import RowKeys, row_keys
from app.intake.survey_rows import SurveyRow
from app.intake.survey_source import SOURCE_WORDS
from app.rules.dates import short_date_plain
from app.services.refusal import Refusal
from app.services.surveys import event_with_survey
from db.records.events import Event
from db.records.surveys import Answer, AnswerSheet, EventSurvey
from db.store import Store
from db.tables import surveys

Outcome = Literal["新規", "重複", "確認が必要", "取り込まない"]
OUTCOMES: tuple[Outcome, ...] = ("新規", "重複", "確認が必要", "取り込まない")
_BROKEN = frozenset({"column_count_mismatch", "decode_error", "unclosed_quote", "nul_byte", "control_character"})
_AGAIN = frozenset({"resubmission", "double_submit"})
_BEFORE = "before_event"
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "utf-16-le": "UTF-16"}


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """What will happen with one data row (from 1; ``line`` is its line in the file) and why.

    ``reason`` asks a person to decide or says why the row stays out; ``note`` is only worth knowing.
    ``sheet`` is what would be written, None when nothing is.
    """

    row: int
    line: int
    outcome: Outcome
    reason: str = ""
    note: str = ""
    answered_at: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    sheet: AnswerSheet | None = None

    @property
    def id(self) -> int:
        """The row number, by which a list keeps its current row."""
        return self.row


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """A file as it would be taken in; nothing is written yet.

    ``dropped_columns`` hold a person's data and are not kept; ``unknown_columns`` are no question of this
    event; ``missing_questions`` are codes of questions without a column.
    """

    event: Event
    survey: EventSurvey
    file_name: str
    sha256: str
    source: str
    source_words: str
    encoding: str
    encoding_words: str
    header_row: int
    rows: tuple[RowOutcome, ...]
    dropped_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    missing_questions: tuple[str, ...]
    before_event: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def fresh(self) -> tuple[RowOutcome, ...]:
        """The rows that would be written."""
        return tuple(row for row in self.rows if row.sheet is not None)


def preview_import(store: Store, *, event_id: int, path: Path) -> ImportPreview:
    """Read ``path`` and judge every row against the event's questions and what was taken in before.

    Raises:
        Refusal: the event has no questions yet, or the file cannot be taken (the sentence says why).
    """
    event = event_with_survey(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してから取り込んでください。")
    try:
        data = path.read_bytes()
        found = read_survey_file(path, survey.questions, event_start=_start(event))
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise Refusal(f"{happened}。", todo) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error
    return ImportPreview(
        event=event,
        survey=survey,
        file_name=path.name,
        sha256=sha256(data).hexdigest(),
        source=found.source,
        source_words=SOURCE_WORDS[found.source],
        encoding=found.encoding,
        encoding_words=_ENCODINGS.get(found.encoding, found.encoding) or "Excelブック",
        header_row=found.header_row,
        rows=_Judge(store, event, survey, found).outcomes(),
        dropped_columns=found.dropped_columns,
        unknown_columns=found.unknown_columns,
        missing_questions=found.missing_questions,
        before_event=sum(1 for warning in found.warnings if warning.code == _BEFORE),
    )


def _start(event: Event) -> datetime | None:
    if event.event_date is None:
        return None
    return datetime.combine(event.event_date, time.fromisoformat(event.start_time))


class _Judge:
    """Decides what happens with each row of one file."""

    def __init__(self, store: Store, event: Event, survey: EventSurvey, found: SurveyFile) -> None:
        self._event = event
        self._survey = survey
        self._found = found
        # The survey's id is part of the text: one person's answers to two events must not be linkable.
        self._keys = row_keys(found, lambda text: store.keys.keyed_hash(f"survey {survey.id}\n{text}"))
        present = surveys.sheets(store.database, survey.id)
        self._known = {sheet.row_key for sheet in present if sheet.row_key}
        self._earlier = {sheet.respondent_key for sheet in present if sheet.respondent_key}
        self._again = {row: duplicate for duplicate in found.duplicates for row in duplicate.rows}

    def outcomes(self) -> tuple[RowOutcome, ...]:
        """Return every row of the file in its order."""
        return tuple(self._outcome(row) for row in self._found.rows)

    def _outcome(self, row: SurveyRow) -> RowOutcome:
        keys = self._keys[row.row]
        problems = [problem for problem in self._found.problems if problem.row == row.row]
        warnings = [warning for warning in self._found.warnings if warning.row == row.row]
        if keys.row_key in self._known:
            return self._made(row, "重複", reason="前に取り込んだ回答と同じです")
        if any(problem.code in _BROKEN for problem in problems):
            broken = _said(problem for problem in problems if problem.code in _BROKEN)
            shifted = any(problem.code == "column_count_mismatch" for problem in problems)
            danger = "列がずれている" if shifted else "答えを読み違える"
            return self._made(row, "取り込まない", reason=f"{broken}。{danger}おそれがあります")
        asked = [*problems, *(warning for warning in warnings if warning.code == _BEFORE)]
        reasons = [self._words(problem) for problem in asked if problem.code not in _AGAIN]
        reasons += self._submitted_again(row, keys)
        reasons = list(dict.fromkeys(reasons))
        note = _said(warning for warning in warnings if warning.code != _BEFORE)
        sheet = AnswerSheet(
            survey_id=self._survey.id,
            source="オンライン",
            answered_at=row.answered_at,
            row_key=keys.row_key,
            respondent_key=keys.respondent_key,
            answers=row.answers,
            extra=row.extra,
            problems=tuple(reasons),
        )
        outcome: Outcome = "確認が必要" if reasons else "新規"
        return self._made(row, outcome, reason="　".join(reasons), note=note, sheet=sheet)

    def _words(self, problem: RowProblem) -> str:
        if problem.code != _BEFORE or self._event.event_date is None:
            return problem.reason
        return f"開始（{short_date_plain(self._event.event_date)} {self._event.start_time}）より前の回答"

    def _submitted_again(self, row: SurveyRow, keys: RowKeys) -> list[str]:
        duplicate = self._again.get(row.row)
        if duplicate is not None:
            others = "、".join(str(other) for other in duplicate.rows if other != row.row)
            return [f"{others}行目と同じ人の再送信の可能性（{duplicate.reason}）"]
        if keys.respondent_key and keys.respondent_key in self._earlier:
            return ["前に取り込んだ回答と同じ人の再送信の可能性"]
        return []

    def _made(
        self, row: SurveyRow, outcome: Outcome, *, reason: str = "", note: str = "", sheet: AnswerSheet | None = None
    ) -> RowOutcome:
        return RowOutcome(
            row=row.row,
            line=row.line,
            outcome=outcome,
            reason=reason,
            note=note,
            answered_at=row.answered_at,
            answers=row.answers,
            sheet=sheet,
        )


def _said(found: Iterable[RowProblem]) -> str:
    return "　".join(dict.fromkeys(item.reason for item in found))
