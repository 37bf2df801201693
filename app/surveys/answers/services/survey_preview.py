"""Preview an online answer file with the outcome of every row and the reason; nothing is written.

Rows are recognised one by one by a keyed hash, because downloads are cumulative: the same file changes nothing, next
week's adds only what is new. Earlier imported answers that today's method reads differently are shown with both
readings; a person decides, and answers changed since are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, Literal

from app.actions.user_error import UserError
from app.calendar.dates import short_date_plain
from app.common.join_nonempty import join_nonempty
from app.foreign_files.foreign_shape import Finding, ForeignFile, left_out_lines, row_words, source_key
from app.foreign_files.intake_refusal import IntakeRefusal
from app.surveys.answers.intake.survey_file import (
    NO_QUESTION_FOUND,
    RowKeys,
    SurveyFile,
    interpret_answers,
    previous_row_keys,
    read_answers,
    row_keys,
)
from app.surveys.answers.intake.survey_rows import SurveyRow
from app.surveys.answers.services.question_fits import QuestionFit, read_question_fits
from app.surveys.answers.services.survey_decisions import (
    COUNT,
    KEEP_ONE,
    LEAVE_ROW_OUT,
    MISREAD,
    UNDECIDED,
    AnswerColumn,
    AnswerDoubt,
    Decisions,
    DoubtKind,
    RowResult,
    UnlistedText,
    answer_columns,
    decide_row,
    doubt_kind_of,
    recall_assigned_columns,
    recall_text_mapping,
    treatment_words,
    unlisted_texts,
)
from app.surveys.data_entry.rules import OF_SAME_PERSON, sent_at_words
from app.surveys.questions.rules import printed_number
from app.surveys.questions.services.surveys import get_surveyed_event
from db.engine import Database
from db.mapping import to_columns
from db.record import group_by_key, record
from db.records.applications import READ_WHOLE
from db.records.events import Event
from db.records.surveys import Answer, EventSurvey, Question, ResponseSource, SurveyImport, SurveyResponse
from db.rows import rows
from db.store import Store
from db.tables import surveys
from db.tables.journal import images_of

_MAX_LENGTH = 40


class MisreadResponses:
    """Compares the responses of old-method imports with today's reading of their rows.

    ``mark_found`` is called for each row that is such a response, ``finished_imports`` after the last.
    """

    def __init__(self, database: Database, survey: EventSurvey, responses: Sequence[SurveyResponse]):
        """``responses`` are the responses of the survey so far."""
        self._database = database
        self._questions = survey.questions
        found = rows(database, SurveyImport, survey_id=survey.id)
        self._imports = {one.id for one in found if one.reading != READ_WHOLE}
        self._responses_by_import: dict[int, set[int]] = {}
        for sheet in responses:
            if sheet.import_id in self._imports:
                self._responses_by_import.setdefault(sheet.import_id, set()).add(sheet.id)
        self._found: set[int] = set()
        self._undecided_imports: set[int] = set()
        self._images: dict[int, list[dict[str, Any]]] | None = None

    def mark_found(self, response: SurveyResponse, *, is_undecided: bool) -> None:
        """Record that the file holds an answer again; ``is_undecided`` = nobody has decided it."""
        self._found.add(response.id)
        if is_undecided and response.import_id is not None:
            self._undecided_imports.add(response.import_id)

    def finished_imports(self) -> tuple[int, ...]:
        """Return the ids of old imports whose responses were all found again and decided."""
        return tuple(
            one
            for one, sheets in sorted(self._responses_by_import.items())
            if sheets
            <= self._found
            - {sheet for one in self._undecided_imports for sheet in self._responses_by_import.get(one, ())}
        )

    def difference_words(self, response: SurveyResponse, current: Mapping[str, Answer]) -> str:
        """Return stored and current reading of each question in which they differ, in one line.

        Like 「読みちがえの疑い　…（問3　前は「…」、今は「…」）」. "" where both are equal, where somebody changed the
        stored one, or where today's method imported it.
        """
        if response.import_id not in self._imports:
            return ""
        parts = [
            f"{printed_number(question, number)}　前は「{_answer_text(was)}」、今は「{_answer_text(answer)}」"
            for number, question in enumerate(self._questions, 1)
            if (answer := current.get(question.code)) is not None
            and answer != (was := response.answers.get(question.code, Answer()))
        ]
        if not parts or not self._is_unchanged(response):
            return ""
        return f"読みちがえの疑い　取り込んだときの読み方と違います（{'、'.join(parts)}）"

    def _is_unchanged(self, response: SurveyResponse) -> bool:
        """Return whether a response still has the answers with which it was imported."""
        if self._images is None:
            self._images = images_of(self._database, "answer_sheets")
        images = self._images.get(response.id, [])
        return bool(images) and images[0].get("answers") == to_columns(response)["answers"]


def _answer_text(answer: Answer) -> str:
    """Return an answer as one line of text, cut to a fixed length; 「無回答」 for an empty one."""
    found = join_nonempty(
        "、".join(answer.chosen), answer.other, "、".join(answer.out_of_list), answer.text, separator="、"
    )
    shown = " ".join(found.split())
    return (shown if len(shown) <= _MAX_LENGTH else f"{shown[:_MAX_LENGTH]}…") or "無回答"


Outcome = Literal["新規", "重複", "確認が必要", "取り込まない"]
NOT_COUNTED = "集計に入れない"
"""What a new row is called that is stored and not counted."""
OUTCOMES = ("新規", NOT_COUNTED, "重複", "確認が必要", "取り込まない")
_BROKEN_CODES = frozenset({"column_count_mismatch", "decode_error", "unclosed_quote", "nul_byte", "control_character"})
_DUPLICATE_CODES = frozenset({"resubmission", "double_submit"})
_OPTION_DECIDED = "option_decided"
_BEFORE = "before_event"


@record
class RowOutcome:
    """The outcome of one data row (from 1) and why.

    ``reason`` asks a person to decide or says why the row is left out; ``note`` is only worth knowing. ``doubts``
    are for a person to decide, ``decision`` is the decision, ``counted`` False = it is stored and not counted.
    ``response`` is what would be written, None when nothing is. ``replaced_ids`` are earlier responses that it
    replaces. ``corrected_id`` is the id of an earlier response that gets today's ``answers``.
    """

    row: int
    spreadsheet_row: int
    outcome: Outcome
    reason: str = ""
    note: str = ""
    answered_at: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    doubts: tuple[AnswerDoubt, ...] = ()
    decision: str = ""
    counted: bool = True
    response: SurveyResponse | None = None
    replaced_ids: tuple[int, ...] = ()
    corrected_id: int = 0
    row_key: str = ""

    @property
    def id(self) -> int:
        """Return the row number, by which a list keeps its current row."""
        return self.row

    @property
    def word(self) -> str:
        """Return the outcome as a list and its chips say it: of a new row that is not counted ``NOT_COUNTED``."""
        return NOT_COUNTED if self.outcome == "新規" and not self.counted else self.outcome


@record
class JudgedRows:
    """The judged rows of a file; ``finished_imports`` are old-method imports with nothing left to decide.

    ``non_answer_rows`` are lines that were counted as answers then and are none: headings in the middle, or a
    second row of them.
    """

    rows: tuple[RowOutcome, ...]
    finished_imports: tuple[int, ...]
    non_answer_rows: tuple[int, ...]


def judge_rows(
    store: Store,
    *,
    event: Event,
    survey: EventSurvey,
    survey_file: SurveyFile,
    responses: Sequence[SurveyResponse],
    decisions: Decisions,
) -> JudgedRows:
    """Judge every row of ``survey_file`` in order; ``responses`` are the responses so far."""
    judge = _Judge(store, event, survey, survey_file, responses, decisions)
    rows = tuple(judge.judge_row(row) for row in survey_file.rows)
    return JudgedRows(rows=rows, finished_imports=judge.finished_imports(), non_answer_rows=judge.non_answer_rows())


class _Judge:
    """Judges each row of one file with ``judge_row``; ``finished_imports`` is asked after the last."""

    def __init__(
        self,
        store: Store,
        event: Event,
        survey: EventSurvey,
        survey_file: SurveyFile,
        responses: Sequence[SurveyResponse],
        decisions: Decisions,
    ):
        self._event = event
        self._survey = survey
        self._decisions = decisions
        # The survey's id is part of the text: one person's answers to two events must not be linkable.
        self._keys = row_keys(survey_file, lambda text: store.keys.keyed_hash(f"survey {survey.id}\n{text}"))
        self._by_row_key = {sheet.row_key: sheet for sheet in responses if sheet.row_key}
        self._previous_keys = self._read_previous_keys(survey_file, store)
        self._misread = MisreadResponses(store.database, survey, responses)
        self._by_respondent: dict[str, list[SurveyResponse]] = {}
        self._by_sent_time: dict[object, list[SurveyResponse]] = {}
        for sheet in responses:
            if sheet.respondent_key:
                self._by_respondent.setdefault(sheet.respondent_key, []).append(sheet)
            if sheet.row_key and sheet.answered_at is not None:
                self._by_sent_time.setdefault(sheet.answered_at, []).append(sheet)
        self._has_erased_keys = any(sheet.import_id is not None and not sheet.row_key for sheet in responses)
        self._missing = frozenset(survey_file.missing_questions)
        self._row_names = {row.row: _name(row) for row in survey_file.rows}
        self._duplicates_by_row = {row: duplicate for duplicate in survey_file.duplicates for row in duplicate.rows}
        self._problems = _by_row(survey_file.problems)
        self._warnings = _by_row(survey_file.warnings)

    def _read_previous_keys(self, survey_file: SurveyFile, store: Store) -> dict[int, str]:
        """Return the keys by the old method, needed only where a row is new to today's."""
        if not self._by_row_key or all(keys.row_key in self._by_row_key for keys in self._keys.values()):
            return {}
        return previous_row_keys(
            survey_file.file, lambda text: store.keys.keyed_hash(f"survey {self._survey.id}\n{text}")
        )

    def judge_row(self, row: SurveyRow) -> RowOutcome:
        """Return what the import would do with one row: take it in as new or doubtful, know it, or leave it out."""
        keys = self._keys[row.row]
        problems = self._problems.get(row.row, [])
        known = self._by_row_key.get(keys.row_key) or self._by_row_key.get(self._previous_keys.get(row.row, ""))
        if known is not None:
            return self._judge_known(row, keys, known)
        if self._is_known_with_fewer_columns(row, keys):
            words = "前に取り込んだ回答と同じです。このファイルに列のない設問の答えは、前のまま残します"
            return self._row_outcome(row, "重複", reason=words)
        if any(problem.code in _BROKEN_CODES for problem in problems):
            broken = _join_reasons(problem for problem in problems if problem.code in _BROKEN_CODES)
            shifted = any(problem.code == "column_count_mismatch" for problem in problems)
            danger = "列がずれている" if shifted else "答えを読み違える"
            return self._row_outcome(row, "取り込まない", reason=f"{broken}。{danger}おそれがあります")
        return self._judge_new(row, keys, problems)

    def _judge_known(self, row: SurveyRow, keys: RowKeys, known: SurveyResponse) -> RowOutcome:
        """Return the outcome of a known answer, to be decided where today's reading differs."""
        otherwise = self._misread.difference_words(known, row.answers)
        alone = self._decisions.by_row.get(row.row)
        way = self._decisions.by_kind.get(MISREAD, UNDECIDED)
        if alone is not None:
            way = COUNT if alone.counted else LEAVE_ROW_OUT
        self._misread.mark_found(known, is_undecided=bool(otherwise) and way == UNDECIDED)
        if not otherwise:
            return self._row_outcome(row, "重複", reason="前に取り込んだ回答と同じです")
        doubts = (AnswerDoubt(kind=MISREAD, reason=otherwise),)
        if way == UNDECIDED:
            return self._row_outcome(row, "確認が必要", reason=otherwise, doubts=doubts)
        settled = RowResult(decision=treatment_words(MISREAD, way))
        made = self._row_outcome(row, "重複", reason=f"{otherwise}　{settled.decision}", doubts=doubts, settled=settled)
        return replace(made, corrected_id=known.id, row_key=keys.row_key) if way == COUNT else made

    def non_answer_rows(self) -> tuple[int, ...]:
        """Return the lines that the old method counted as answers and that are none."""
        return tuple(sorted(-row for row, key in self._previous_keys.items() if row < 0 and key in self._by_row_key))

    def finished_imports(self) -> tuple[int, ...]:
        """Return the old-method imports with nothing left to decide, once all rows are judged."""
        return self._misread.finished_imports()

    def _is_known_with_fewer_columns(self, row: SurveyRow, keys: RowKeys) -> bool:
        """Return whether this file lacks questions, and the same submission was imported with them.

        The same is one with this person, time and answers to the questions that both have.
        """
        if not self._missing or not keys.respondent_key or row.answered_at is None:
            return False
        sent = (one for one in self._by_respondent.get(keys.respondent_key, ()) if one.answered_at == row.answered_at)
        return any(self._has_same_answers(one, row) for one in sent)

    def _has_same_answers(self, response: SurveyResponse, row: SurveyRow) -> bool:
        """Return whether both answer equally every question that has a column in this file."""
        known, told = (
            {code: answer for code, answer in one.answers.items() if code not in self._missing}
            for one in (response, row)
        )
        return known == told

    def _judge_new(self, row: SurveyRow, keys: RowKeys, problems: list[Finding]) -> RowOutcome:
        """Return the outcome of a row that was not imported before: 新規, or 確認が必要 while a doubt is open.

        It holds the response as it would be written, with doubts and decision.
        """
        warnings = self._warnings.get(row.row, [])
        asked = [*problems, *(warning for warning in warnings if warning.code == _BEFORE)]
        doubts = [
            AnswerDoubt(kind=doubt_kind_of(problem.code), reason=self._problem_text(problem))
            for problem in asked
            if problem.code not in _DUPLICATE_CODES
        ]
        same, replaces = self._same_person(row, keys)
        doubts = list(dict.fromkeys([*doubts, *same]))
        given = [warning.reason for warning in warnings if warning.code == _OPTION_DECIDED]
        note = _join_reasons(warning for warning in warnings if warning.code not in (_BEFORE, _OPTION_DECIDED))
        settled = decide_row(doubts, row.row, self._decisions)
        decision = settled.decision or ("選択肢を当てた" if given and not settled.is_open else "")
        reasons = tuple(dict.fromkeys([*(doubt.reason for doubt in doubts), *given]))
        keeps = self._decisions.by_kind.get("再送信") == KEEP_ONE and settled.counted and not settled.is_open
        sheet = SurveyResponse(
            survey_id=self._survey.id,
            source=ResponseSource.ONLINE,
            answered_at=row.answered_at,
            row_key=keys.row_key,
            respondent_key=keys.respondent_key,
            answers=row.answers,
            extra=row.extra,
            problems=reasons,
            counted=settled.counted,
            decision=decision,
        )
        return self._row_outcome(
            row,
            "確認が必要" if settled.is_open else "新規",
            reason="　".join(reasons),
            note=note,
            response=sheet,
            doubts=tuple(doubts),
            settled=RowResult(counted=settled.counted, decision=decision),
            replaces=replaces if keeps else (),
        )

    def _problem_text(self, problem: Finding) -> str:
        if problem.code != _BEFORE or self._event.event_date is None:
            return problem.reason
        return f"開始（{short_date_plain(self._event.event_date)} {self._event.start_time}）より前の回答"

    def _same_person(self, row: SurveyRow, keys: RowKeys) -> tuple[list[AnswerDoubt], tuple[int, ...]]:
        """Return doubts that another answer is from the same person, and the responses it would replace."""
        doubts = []
        duplicate = self._duplicates_by_row.get(row.row)
        # Of a double sending whose other answers were each left out by hand nothing is to be asked any more.
        left_out = {number for number, one in self._decisions.by_row.items() if not one.counted}
        if duplicate is not None and not {row.row, *left_out}.issuperset(duplicate.rows):
            others = "、".join(self._row_names[other] for other in duplicate.rows if other != row.row)
            word = "二度押し" if duplicate.kind == "double_submit" else "再送信"
            reason = f"{others}{OF_SAME_PERSON}{word}の可能性（{duplicate.reason}）"
            doubts.append(
                AnswerDoubt(kind=doubt_kind_of(duplicate.kind), reason=reason, is_spare=row.row != duplicate.keep)
            )
        earlier = [sheet for sheet in self._by_respondent.get(keys.respondent_key, []) if sheet.counted]
        if earlier:
            # Downloads are cumulative, but files may be imported out of order: the time of submission decides.
            late = any(
                (sheet.answered_at is not None and row.answered_at is not None and sheet.answered_at > row.answered_at)
                for sheet in earlier
            )
            reason = "前に取り込んだ回答と同じ人の再送信の可能性"
            doubts.append(AnswerDoubt(kind="再送信", reason=reason, is_spare=late))
            return doubts, () if late else tuple(sheet.id for sheet in earlier)
        if self._has_erased_keys:
            doubts.append(
                AnswerDoubt(
                    kind="同じ回答",
                    reason="前に取り込んだ回答の照合の値は、保つ期間が終わり消去した（同じ回答か、見分けられない）",
                    is_spare=True,
                )
            )
        elif row.answered_at is not None and any(
            self._has_same_answers(sheet, row) for sheet in self._by_sent_time.get(row.answered_at, [])
        ):
            reason = "前に取り込んだ回答と日時も答えも同じ（同じ回答を別の形のファイルで取り込むおそれ）"
            doubts.append(AnswerDoubt(kind="同じ回答", reason=reason, is_spare=True))
        return doubts, ()

    def _row_outcome(
        self,
        row: SurveyRow,
        outcome: Outcome,
        *,
        reason: str = "",
        note: str = "",
        response: SurveyResponse | None = None,
        doubts: tuple[AnswerDoubt, ...] = (),
        settled: RowResult | None = None,
        replaces: tuple[int, ...] = (),
    ) -> RowOutcome:
        """Build the outcome of a row, with its answers and what was decided about it."""
        settled = settled or RowResult()
        return RowOutcome(
            row=row.row,
            spreadsheet_row=row.spreadsheet_row,
            outcome=outcome,
            reason=reason,
            note=note,
            answered_at=row.answered_at,
            answers=row.answers,
            doubts=doubts,
            decision=settled.decision,
            counted=settled.counted,
            response=response,
            replaced_ids=replaces,
        )


def _name(row: SurveyRow) -> str:
    """Return when the row was answered, by which an answer is found; without a time 「5行目」."""
    return sent_at_words(row.answered_at) if row.answered_at is not None else f"{row.spreadsheet_row}行目"


def _by_row(problems: Iterable[Finding]) -> dict[int, list[Finding]]:
    return group_by_key((problem.row, problem) for problem in problems)


def _join_reasons(problems: Iterable[Finding]) -> str:
    return "　".join(dict.fromkeys(item.reason for item in problems))


@record
class ImportPreview:
    """The preview of an import; nothing is written yet.

    ``columns`` are the columns with their use, ``fits`` how surely each question has its column, ``is_remembered``
    True = set by hand before. ``unlisted_texts`` are texts outside the lists, ``notices`` concern the whole file.
    ``finished_imports`` are old-method imports with nothing left to decide.
    """

    event: Event
    survey: EventSurvey
    survey_file: SurveyFile = field(repr=False)
    file_name: str
    source_key: str = field(repr=False)
    rows: tuple[RowOutcome, ...]
    columns: tuple[AnswerColumn, ...]
    is_remembered: bool
    unlisted_texts: tuple[UnlistedText, ...] = ()
    notices: tuple[str, ...] = ()
    before_event_count: int = 0
    fits: tuple[QuestionFit, ...] = ()
    finished_imports: tuple[int, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have that outcome."""
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def non_answer_lines(self) -> tuple[RowOutcome, ...]:
        """Return the lines that are no answer (a sum, a rule, a remark), each with its text."""
        return tuple(
            RowOutcome(
                row=-line.spreadsheet_row, spreadsheet_row=line.spreadsheet_row, outcome="取り込まない", reason=words
            )
            for line, words in left_out_lines(self.survey_file.file, "回答")
        )

    @property
    def new_rows(self) -> tuple[RowOutcome, ...]:
        """Return the rows that the import would write."""
        return tuple(row for row in self.rows if row.response is not None)

    @property
    def corrected_rows(self) -> tuple[RowOutcome, ...]:
        """Return the rows whose earlier answers would be corrected."""
        return tuple(row for row in self.rows if row.corrected_id)

    @property
    def rows_to_decide(self) -> tuple[RowOutcome, ...]:
        """Return the rows with a doubt for a person, decided or not."""
        return tuple(row for row in self.rows if row.doubts)

    @property
    def rows_left_out(self) -> tuple[RowOutcome, ...]:
        """Return the rows that would be written but not counted by decision."""
        return tuple(row for row in self.new_rows if not row.counted)

    @property
    def likely_columns(self) -> tuple[AnswerColumn, ...]:
        """Return columns that are likely a question in other words."""
        return tuple(column for column in self.columns if any(one.is_likely for one in column.suggestions))

    @property
    def has_too_few_columns(self) -> bool:
        """Return whether more than a third of the questions has no column, which suggests a wrong file.

        Questions for personal data do not count.
        """
        asked = [question for question in self.survey.questions if not question.personal]
        missing = [question for question in asked if question.code in self.survey_file.missing_questions]
        return len(missing) * 3 > len(asked)

    def doubt_counts(self) -> Counter[DoubtKind]:
        """Return how many rows have a doubt of each kind, decided or not."""
        return Counter(kind for row in self.rows_to_decide for kind in {doubt.kind for doubt in row.doubts})


def read_answer_file(path: Path, questions: tuple[Question, ...] = (), *, sheet: str = "") -> ForeignFile:
    """Read a file without the store; a workbook is read by a child process.

    Raises:
        UserError: the file is unusable; the sentence says why and what to do.

    """
    try:
        return read_answers(path, questions, sheet=sheet)
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise UserError(f"{happened}。", todo) from refusal
    except OSError as error:
        raise UserError("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error


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
    """Judge every row of ``path`` against the event's questions and earlier imports.

    ``file`` is the file as read already (None reads it now). ``columns`` set by hand override remembered ones.
    ``by_hand`` True accepts a file in which no question has a column, for a person to set the columns.
    ``decisions`` are those made on doubtful rows and texts, None = none yet.

    Raises:
        UserError: the event has no questions yet, the file is unusable, or it answers none of the questions.
    """
    event = get_surveyed_event(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise UserError("この実施回の設問がまだありません。", "設問を用意してから取り込んでください。")
    file = file or read_answer_file(path, survey.questions)
    key = source_key(file)
    remembered = recall_assigned_columns(store, source_key=key) if columns is None else None
    decided = decisions or Decisions()
    decided = replace(decided, values=recall_text_mapping(store, survey_id=survey.id) | dict(decided.values))
    found = interpret_answers(
        file,
        survey.questions,
        event_start=_start(event),
        assigned=remembered if columns is None else columns,
        mapping=decided.values,
    )
    judged = judge_rows(
        store,
        event=event,
        survey=survey,
        survey_file=found,
        responses=surveys.responses(store.database, survey.id),
        decisions=decided,
    )
    preview = ImportPreview(
        event=event,
        survey=survey,
        survey_file=found,
        file_name=path.name,
        source_key=key,
        rows=judged.rows,
        finished_imports=judged.finished_imports,
        columns=answer_columns(found),
        is_remembered=remembered is not None,
        unlisted_texts=unlisted_texts(found, decided.values),
        notices=(*found.notices, *_former_answers_notice(judged.non_answer_rows)),
        fits=read_question_fits(found),
        before_event_count=sum(1 for warning in found.warnings if warning.code == _BEFORE),
    )
    _reject_other_survey(preview, by_hand=by_hand)
    return preview


def _former_answers_notice(lines: Sequence[int]) -> tuple[str, ...]:
    """Return a notice on lines that were wrongly counted as answers; only a person removes them."""
    if not lines:
        return ()
    words = f"{row_words(lines)}は見出しの行です。前の取り込みでは回答として数えています。"
    return (f"{words}回答一覧で、すべて無回答か選択肢にない回答を「集計に入れない」にしてください。",)


def _reject_other_survey(preview: ImportPreview, *, by_hand: bool) -> None:
    """Raise ``UserError`` if no column holds a question of this survey and none was chosen by hand."""
    if preview.survey_file.answered_questions or (by_hand and preview.columns):
        return
    happened, _, todo = NO_QUESTION_FOUND.partition("ので、")
    raise UserError(f"{happened}。", todo)


def _start(event: Event) -> datetime | None:
    """Return when the event begins, None without a day."""
    if event.event_date is None:
        return None
    return datetime.combine(event.event_date, time.fromisoformat(event.start_time))
