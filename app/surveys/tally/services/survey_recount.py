"""Count the contractor's raw data file with this event's questions, beside its report; nothing is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.foreign_files.foreign_shape import ForeignFile
from app.surveys.answers.intake.survey_file import SurveyFile, interpret_answers, rows_after_merge
from app.surveys.answers.services.survey_decisions import (
    recall_assigned_columns,
    recall_text_mapping,
    remember_assigned_columns,
)
from app.surveys.answers.services.survey_import import RECOUNT
from app.surveys.answers.services.survey_preview import ImportPreview, preview_import
from app.surveys.questions.rules import OUTSIDE
from app.surveys.tally.rules import tally_answers
from app.surveys.tally.services.survey_comparison import RESPONSE_COUNT_KEY, ComparedRow, comparison_of_view
from app.surveys.tally.services.survey_tally import read_tally
from db.record import record
from db.records.surveys import SurveyImport
from db.store import Store

_MAX_NAMED = 12


@record
class RecountedRow(ComparedRow):
    """One printed row with the numbers of report (None = not typed), raw file, and own count."""

    recounted_count: int

    @property
    def is_different(self) -> bool:
        """Return whether report and raw file differ."""
        return self.contractor_count is not None and self.contractor_count != self.recounted_count


@record
class Recount:
    """The recount of a raw file.

    ``answer_count`` are all its rows, ``is_merged`` True = re-submissions and double clicks are counted once and
    trial answers not at all, which leaves ``counted_total`` rows. ``doubtful_count`` rows have something for a
    person to decide; ``missing_questions`` are titles of questions without a column. ``preview`` has the columns.
    """

    answer_count: int
    counted_total: int
    is_merged: bool
    doubtful_count: int
    rows: tuple[RecountedRow, ...]
    missing_questions: tuple[str, ...]
    preview: ImportPreview = field(repr=False)

    @property
    def compared_count(self) -> int:
        """Return how many rows have a number of the contractor's report."""
        return sum(1 for row in self.rows if row.contractor_count is not None)

    @property
    def differing_rows(self) -> tuple[RecountedRow, ...]:
        """Return the rows where report and raw file differ."""
        return tuple(row for row in self.rows if row.is_different)


def recount_file(
    store: Store,
    *,
    event_id: int,
    path: Path,
    file: ForeignFile | None = None,
    columns: Mapping[int, str] | None = None,
    typed: Mapping[str, Mapping[str, int]] | None = None,
    merged: bool = False,
) -> Recount:
    """Count the answers of ``path`` with the event's questions; nothing is written.

    ``file`` is the file as read already (None = it is read), ``columns`` are set by hand (None = as remembered),
    ``typed`` are the contractor's numbers on the screen by code and row (None = as saved).
    ``merged`` counts of each re-submission the later, of a double click one, and no trial answer; else every row
    counts.

    Raises:
        UserError: no questions yet, or the file is unusable or answers none of them.
    """
    preview = preview_import(store, event_id=event_id, path=path, file=file, columns=columns, by_hand=True)
    survey = preview.survey
    found = interpret_answers(
        preview.survey_file.file,
        survey.questions,
        assigned=recall_assigned_columns(store, source_key=preview.source_key) if columns is None else columns,
        mapping=recall_text_mapping(store, survey_id=survey.id),
    )
    rows = rows_after_merge(found) if merged else found.rows
    return Recount(
        answer_count=len(found.rows),
        counted_total=len(rows),
        is_merged=merged,
        doubtful_count=len({problem.row for problem in found.problems}),
        rows=_rows(store, event_id, found, entered_counts=typed, merged=merged),
        missing_questions=tuple(one.title for one in survey.questions if one.code in found.missing_questions),
        preview=preview,
    )


def _rows(
    store: Store,
    event_id: int,
    survey_file: SurveyFile,
    *,
    entered_counts: Mapping[str, Mapping[str, int]] | None,
    merged: bool,
) -> tuple[RecountedRow, ...]:
    """Return the counts of the file beside those of the contractor and the ward.

    ``entered_counts`` replace those of the contractor, None = as stored.
    """
    counted = rows_after_merge(survey_file) if merged else survey_file.rows
    given = {}
    for each in tally_answers(survey_file.questions, [row.answers for row in counted]):
        given.update({(each.question.code, row.text): row.count for row in each.rows()})
    compared = comparison_of_view(read_tally(store, event_id=event_id)).rows
    if entered_counts is not None:
        compared = tuple(
            replace(row, contractor_count=entered_counts.get(row.code, {}).get(row.text)) for row in compared
        )
    sheets = [row for row in compared if row.code == RESPONSE_COUNT_KEY]
    theirs = [row.contractor_count for row in sheets if row.contractor_count is not None]
    rows = [
        RecountedRow(
            code=RESPONSE_COUNT_KEY,
            label="",
            title="回収した枚数",
            text="全部",
            contractor_count=sum(theirs) if theirs else None,
            recounted_count=len(counted),
            own_count=sum(row.own_count for row in sheets),
        )
    ]
    seen = set()
    for row in compared:
        if row.code != RESPONSE_COUNT_KEY:
            seen.add((row.code, row.text))
            rows.append(RecountedRow(**vars(row), recounted_count=given.get((row.code, row.text), 0)))
    return tuple(_add_unlisted_rows(rows, given, seen))


def _add_unlisted_rows(
    rows: list[RecountedRow], counts: dict[tuple[str, str], int], seen: set[tuple[str, str]]
) -> list[RecountedRow]:
    """Add rows for unlisted answers that only the raw file has, behind the question's own rows; return ``rows``."""
    last = {row.code: place for place, row in enumerate(rows)}
    more = sorted(
        (
            (last[code], count)
            for (code, text), count in counts.items()
            if text == OUTSIDE and count and (code, text) not in seen and code in last
        ),
        reverse=True,
    )
    for place, count in more:
        made = replace(rows[place], text=OUTSIDE, contractor_count=None, recounted_count=count, own_count=0)
        rows.insert(place + 1, made)
    return rows


def record_recount(
    context: ActionContext,
    *,
    event_id: int,
    path: Path,
    file: ForeignFile | None = None,
    columns: Mapping[int, str] | None = None,
    typed: Mapping[str, Mapping[str, int]] | None = None,
    merged: bool = False,
) -> ActionResult:
    """Record in the import record that the raw file was counted, and the result; nothing is imported.

    Columns set by hand are remembered. The rest as ``recount_file``.

    Raises:
        UserError: as ``recount_file``, no number of the contractor's tally was typed to compare with, or no column
            of the file belongs to a question.
    """
    found = recount_file(
        context.store, event_id=event_id, path=path, file=file, columns=columns, typed=typed, merged=merged
    )
    if not found.compared_count:
        raise UserError(
            "受託者の集計の数が、まだ入力されていません。", "受託者の集計表の人数を入力してから、記録してください。"
        )
    if not found.preview.survey_file.answered_questions:
        raise UserError("設問に当たる列がありません。", "「列の対応」で、列と設問を合わせてください。")
    record = SurveyImport(
        survey_id=found.preview.survey.id,
        file_name=path.name,
        sha256=found.preview.survey_file.file.sha256,
        **context.signature,
        new=0,
        duplicate=0,
        needs_check=found.doubtful_count,
        skipped=found.answer_count,
        reason=recount_words(found),
    )
    with context.change(f"{RECOUNT}を記録", "surveys", event_id=event_id) as change:
        record_id = change.insert(record)
        if columns is not None:
            remember_assigned_columns(change, context, source_key=found.preview.source_key, columns=columns)
    told = f"差が{len(found.differing_rows)}件" if found.differing_rows else "差はありません"
    return ActionResult(f"{RECOUNT}を記録しました（{told}）。", record_id)


def recount_words(recount: Recount) -> str:
    """Return the text of the record, with the method and at most ``_MAX_NAMED`` differences, a line each."""
    how = (
        f"再送信・二度押し・試し送信を除いた{recount.counted_total}件"
        if recount.is_merged
        else f"全{recount.answer_count}件"
    )
    lines = [f"{RECOUNT}　{how}を数え、{recount.compared_count}か所を比べて、差は{len(recount.differing_rows)}か所"]
    for row in recount.differing_rows[:_MAX_NAMED]:
        title = f"{row.label} {row.title}".strip()
        lines.append(f"{title}「{row.text}」　受託者の集計 {row.contractor_count}、元データ {row.recounted_count}")
    if len(recount.differing_rows) > _MAX_NAMED:
        lines.append(f"ほか{len(recount.differing_rows) - _MAX_NAMED}か所")
    return "\n".join(lines)
