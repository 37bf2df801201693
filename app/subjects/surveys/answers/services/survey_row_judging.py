"""Judges every row of an answer file against the file itself and against what was taken in before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.calendar.dates import short_date_plain
from app.subjects.surveys.answers.intake.survey_file import SurveyFile
from app.subjects.surveys.answers.intake.survey_judging import RowProblem
from app.subjects.surveys.answers.intake.survey_keys import RowKeys, row_keys
from app.subjects.surveys.answers.intake.survey_rows import SurveyRow
from app.subjects.surveys.answers.services.survey_decisions import KEEP_ONE, Decisions, Doubt, Settled, kind_of, settle
from app.subjects.surveys.answers.services.survey_outcomes import Outcome, RowOutcome
from db.records.events import Event
from db.records.surveys import AnswerSheet, EventSurvey
from db.store import Store

_BROKEN = frozenset({"column_count_mismatch", "decode_error", "unclosed_quote", "nul_byte", "control_character"})
_AGAIN = frozenset({"resubmission", "double_submit"})
_BEFORE = "before_event"
_DECIDED = "option_decided"
_GIVEN = "選択肢を当てた"


def judge_rows(
    store: Store,
    *,
    event: Event,
    survey: EventSurvey,
    found: SurveyFile,
    present: Sequence[AnswerSheet],
    decisions: Decisions,
) -> tuple[RowOutcome, ...]:
    """Return every row of ``found`` in its order; ``present`` are the sheets of the survey so far."""
    judge = _Judge(store, event, survey, found, present, decisions)
    return tuple(judge.outcome(row) for row in found.rows)


class _Judge:
    """Decides what happens with each row of one file."""

    def __init__(
        self,
        store: Store,
        event: Event,
        survey: EventSurvey,
        found: SurveyFile,
        present: Sequence[AnswerSheet],
        decisions: Decisions,
    ) -> None:
        self._event = event
        self._survey = survey
        self._decisions = decisions
        # The survey's id is part of the text: one person's answers to two events must not be linkable.
        self._keys = row_keys(found, lambda text: store.keys.keyed_hash(f"survey {survey.id}\n{text}"))
        self._known = {sheet.row_key for sheet in present if sheet.row_key}
        self._earlier: dict[str, list[AnswerSheet]] = {}
        self._moments: dict[object, list[AnswerSheet]] = {}
        for sheet in present:
            if sheet.respondent_key:
                self._earlier.setdefault(sheet.respondent_key, []).append(sheet)
            if sheet.row_key and sheet.answered_at is not None:
                self._moments.setdefault(sheet.answered_at, []).append(sheet)
        self._named = {row.row: _name(row) for row in found.rows}
        self._again = {row: duplicate for duplicate in found.duplicates for row in duplicate.rows}
        self._problems = _by_row(found.problems)
        self._warnings = _by_row(found.warnings)

    def outcome(self, row: SurveyRow) -> RowOutcome:
        """What becomes of one row."""
        keys = self._keys[row.row]
        problems = self._problems.get(row.row, [])
        if keys.row_key in self._known:
            return self._made(row, "重複", reason="前に取り込んだ回答と同じです")
        if any(problem.code in _BROKEN for problem in problems):
            broken = _said(problem for problem in problems if problem.code in _BROKEN)
            shifted = any(problem.code == "column_count_mismatch" for problem in problems)
            danger = "列がずれている" if shifted else "答えを読み違える"
            return self._made(row, "取り込まない", reason=f"{broken}。{danger}おそれがあります")
        return self._fresh(row, keys, problems)

    def _fresh(self, row: SurveyRow, keys: RowKeys, problems: list[RowProblem]) -> RowOutcome:
        warnings = self._warnings.get(row.row, [])
        asked = [*problems, *(warning for warning in warnings if warning.code == _BEFORE)]
        doubts = [
            Doubt(kind=kind_of(problem.code), reason=self._words(problem))
            for problem in asked
            if problem.code not in _AGAIN
        ]
        same, replaces = self._same_person(row, keys)
        doubts = list(dict.fromkeys([*doubts, *same]))
        given = [warning.reason for warning in warnings if warning.code == _DECIDED]
        note = _said(warning for warning in warnings if warning.code not in (_BEFORE, _DECIDED))
        settled = settle(doubts, row.row, self._decisions)
        decision = settled.decision or (_GIVEN if given and not settled.open else "")
        reasons = tuple(dict.fromkeys([*(doubt.reason for doubt in doubts), *given]))
        keeps = self._decisions.alike.get("再送信") == KEEP_ONE and settled.counted and not settled.open
        sheet = AnswerSheet(
            survey_id=self._survey.id,
            source="オンライン",
            answered_at=row.answered_at,
            row_key=keys.row_key,
            respondent_key=keys.respondent_key,
            answers=row.answers,
            extra=row.extra,
            problems=reasons,
            counted=settled.counted,
            decision=decision,
        )
        return self._made(
            row,
            "確認が必要" if settled.open else "新規",
            reason="　".join(reasons),
            note=note,
            sheet=sheet,
            doubts=tuple(doubts),
            settled=Settled(counted=settled.counted, decision=decision),
            replaces=replaces if keeps else (),
        )

    def _words(self, problem: RowProblem) -> str:
        if problem.code != _BEFORE or self._event.event_date is None:
            return problem.reason
        return f"開始（{short_date_plain(self._event.event_date)} {self._event.start_time}）より前の回答"

    def _same_person(self, row: SurveyRow, keys: RowKeys) -> tuple[list[Doubt], tuple[int, ...]]:
        """The doubts that another answer is the same person's, and the earlier sheets that this one would replace."""
        doubts: list[Doubt] = []
        duplicate = self._again.get(row.row)
        if duplicate is not None:
            others = "、".join(self._named[other] for other in duplicate.rows if other != row.row)
            word = "二度押し" if duplicate.kind == "double_submit" else "再送信"
            reason = f"{others}の回答と同じ人の{word}の可能性（{duplicate.reason}）"
            doubts.append(Doubt(kind=kind_of(duplicate.kind), reason=reason, spare=row.row != duplicate.keep))
        earlier = [sheet for sheet in self._earlier.get(keys.respondent_key, []) if sheet.counted]
        if earlier:
            # Downloads are cumulative, but a file may be taken in out of turn: the time of sending decides.
            late = any(_is_later(sheet, row) for sheet in earlier)
            reason = "前に取り込んだ回答と同じ人の再送信の可能性"
            doubts.append(Doubt(kind="再送信", reason=reason, spare=late))
            return doubts, () if late else tuple(sheet.id for sheet in earlier)
        if row.answered_at is not None and any(
            dict(sheet.answers) == dict(row.answers) for sheet in self._moments.get(row.answered_at, [])
        ):
            reason = "前に取り込んだ回答と日時も答えも同じ（同じ回答を別の形のファイルで取り込むおそれ）"
            doubts.append(Doubt(kind="同じ回答", reason=reason, spare=True))
        return doubts, ()

    def _made(
        self,
        row: SurveyRow,
        outcome: Outcome,
        *,
        reason: str = "",
        note: str = "",
        sheet: AnswerSheet | None = None,
        doubts: tuple[Doubt, ...] = (),
        settled: Settled | None = None,
        replaces: tuple[int, ...] = (),
    ) -> RowOutcome:
        settled = settled or Settled()
        return RowOutcome(
            row=row.row,
            line=row.line,
            outcome=outcome,
            reason=reason,
            note=note,
            answered_at=row.answered_at,
            answers=row.answers,
            doubts=doubts,
            decision=settled.decision,
            counted=settled.counted,
            sheet=sheet,
            replaces=replaces,
        )


def _name(row: SurveyRow) -> str:
    """「9/30 15:40」: by its time an answer is found again in every list; a line number means nothing later."""
    stamp = row.answered_at
    return f"{stamp.month}/{stamp.day} {stamp:%H:%M}" if stamp is not None else f"データ{row.row}行目"


def _is_later(sheet: AnswerSheet, row: SurveyRow) -> bool:
    return sheet.answered_at is not None and row.answered_at is not None and sheet.answered_at > row.answered_at


def _by_row(found: Iterable[RowProblem]) -> dict[int, list[RowProblem]]:
    rows: dict[int, list[RowProblem]] = {}
    for problem in found:
        rows.setdefault(problem.row, []).append(problem)
    return rows


def _said(found: Iterable[RowProblem]) -> str:
    return "　".join(dict.fromkeys(item.reason for item in found))
