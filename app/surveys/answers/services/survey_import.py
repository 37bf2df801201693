"""Import online answers into an event in one action, and undo a whole import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents.services.issued_copies import note_withdrawn
from app.foreign_files.foreign_shape import ForeignFile
from app.surveys.answers.services.survey_decisions import (
    REPLACED_BY_RESUBMISSION,
    Decisions,
    describe_decisions,
    remember_assigned_columns,
    remember_text_mapping,
)
from app.surveys.answers.services.survey_preview import ImportPreview, preview_import
from app.surveys.questions.services.surveys import (
    TALLY_DOCUMENTS,
    delete_comment_marks,
    delete_second_entries,
    delete_tally_state,
)
from db.journal import Change
from db.record import record
from db.records.accounts import RowChange
from db.records.applications import READ_WHOLE
from db.records.surveys import EventSurvey, SurveyImport, SurveyResponse
from db.rows import by_id, rows
from db.store import Store
from db.tables import applications, journal, surveys

_MAX_NAMED = 20

RECOUNT = "受託者の元データの照合"
"""How the reason of a record begins that imported nothing but compared the contractor's raw data."""


@record
class ImportedAnswers(ActionResult):
    """The result of an import, with its preview for the screen.

    ``id`` is that of the import, 0 = nothing was imported.
    """

    preview: ImportPreview


def import_survey(
    context: ActionContext,
    *,
    event_id: int,
    path: Path,
    file: ForeignFile | None = None,
    columns: Mapping[int, str] | None = None,
    decisions: Decisions | None = None,
    reason: str = "",
    seen_sha256: str = "",
    few_columns: bool = False,
) -> ImportedAnswers:
    """Import every new row, doubtful ones marked, and correct earlier answers where that was decided.

    Where there is neither, nothing is written but that imports of the earlier reading were compared. ``file`` is the
    file as read for the preview (None reads it now). ``columns`` and ``decisions`` are what a person set by hand; once
    something is imported, ``columns`` and the texts assigned to options are remembered. ``seen_sha256`` is the hash of
    the file as the preview showed it; a file that changed since is rejected. ``few_columns`` True = somebody confirmed
    that more than a third of the questions has no column in this file. An import reopens fixed totals, with ``reason``.

    Raises:
        UserError: the totals are fixed and ``reason`` is empty, the file changed or is unusable, or it has
            columns for too few questions.
    """
    decided = decisions or Decisions()
    preview = preview_import(context.store, event_id=event_id, path=path, file=file, columns=columns, decisions=decided)
    survey = preview.survey
    if seen_sha256 and seen_sha256 != preview.survey_file.file.sha256:
        raise UserError(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )
    check_change_reason(survey, reason=reason)
    if preview.has_too_few_columns and not few_columns:
        raise few_columns_error(preview)
    fresh = preview.new_rows
    if not fresh and not preview.corrected_rows and preview.finished_imports:
        with context.change("取り込み済みの回答を、今の読み方と比べた", "surveys", event_id=event_id) as change:
            _mark_imports_compared(change, preview)
        said = "取り込み済みの回答を、今の読み方と比べました。違いはありません。新しい回答もありませんでした。"
        return ImportedAnswers(message=said, id=0, preview=preview)
    if not fresh and not preview.corrected_rows:
        return ImportedAnswers(message="新しい回答はありませんでした。何も変えていません。", id=0, preview=preview)
    count = len(fresh) + len(preview.corrected_rows)
    with context.change(f"オンライン回答を取り込み（{count}件）", "surveys", event_id=event_id) as change:
        import_id = change.insert(
            SurveyImport(
                survey_id=survey.id,
                file_name=preview.file_name,
                sha256=preview.survey_file.file.sha256,
                **context.signature,
                new=preview.count("新規"),
                duplicate=preview.count("重複"),
                needs_check=preview.count("確認が必要"),
                skipped=preview.count("取り込まない"),
                dropped_columns=preview.survey_file.dropped_columns,
                reason=_record(preview, decided, reason),
                reading=READ_WHOLE,
            )
        )
        _write_responses(context.store, change, preview, import_id)
        for row in preview.corrected_rows:
            change.update(SurveyResponse, row.corrected_id, answers=row.answers, row_key=row.row_key)
        _mark_imports_compared(change, preview)
        if columns is not None:
            remember_assigned_columns(change, context, source_key=preview.source_key, columns=columns)
        if decided.values:
            remember_text_mapping(change, context, survey=survey, values=decided.values)
        if survey.frozen_at is not None:
            # The fixed totals no longer match: they are open until somebody fixes them again.
            note = _change_note(context, survey, reason, count)
            change.update(EventSurvey, survey.id, frozen_at=None, frozen_by="", freeze_note=note, uncompared="")
            delete_tally_state(context.store, change, survey.id)
            note_withdrawn(
                context.store,
                change,
                TALLY_DOCUMENTS,
                since=survey.frozen_at,
                reason=reason.strip(),
                who=context.by,
                at=context.now,
                event_id=survey.event_id,
            )
    return ImportedAnswers(message=_result_words(preview), id=import_id, preview=preview)


def _mark_imports_compared(change: Change, preview: ImportPreview) -> None:
    """Mark compared imports of the old method as read by today's."""
    for import_id in preview.finished_imports:
        change.update(SurveyImport, import_id, reading=READ_WHOLE)


def _write_responses(store: Store, change: Change, preview: ImportPreview, import_id: int) -> None:
    """Insert the new responses, and no longer count the earlier ones that they replace."""
    replaced: set[int] = set()
    for row in preview.new_rows:
        if row.response is not None:
            change.insert(replace(row.response, import_id=import_id))
        replaced.update(row.replaced_ids)
    for sheet in surveys.responses(store.database, preview.survey.id):
        if sheet.id in replaced and sheet.counted:
            change.update(SurveyResponse, sheet.id, counted=False, decision=REPLACED_BY_RESUBMISSION)


def _result_words(preview: ImportPreview) -> str:
    """Return the message after an import, with the numbers of responses."""
    doubtful, left_out = preview.count("確認が必要"), len(preview.rows_left_out)
    parts = [f"{len(preview.new_rows)}件の回答を取り込みました。"] if preview.new_rows else []
    if preview.corrected_rows:
        parts.append(f"前に取り込んだ回答{len(preview.corrected_rows)}件を、今の読み方に直しました。")
    if left_out:
        parts.append(f"うち{left_out}件は集計に入れません。")
    if doubtful:
        parts.append(f"確認が必要な回答が{doubtful}件あります。")
    if preview.survey.frozen_at is not None:
        parts.append("集計の確定は解けています。確かめて、もう一度確定してください。")
    return "".join(parts)


def _record(preview: ImportPreview, decisions: Decisions, reason: str) -> str:
    """Return the reason of the import, the decisions, and the rows left out, a line each.

    At most ``_MAX_NAMED`` rows are named.
    """
    lines = [reason.strip()]
    words = describe_decisions(decisions, preview.doubt_counts())
    if words:
        lines.append(f"決めたこと：{words}")
    refused = [row for row in preview.rows if row.outcome == "取り込まない"]
    lines += [f"取り込まない：{row.spreadsheet_row}行目　{row.reason}" for row in refused[:_MAX_NAMED]]
    if len(refused) > _MAX_NAMED:
        lines.append(f"取り込まない：ほか{len(refused) - _MAX_NAMED}行")
    return join_nonempty(*lines, separator="\n")


def few_columns_error(preview: ImportPreview) -> UserError:
    """Return the error for a file with columns for too few questions."""
    asked = len(preview.survey.questions)
    return UserError(
        f"設問{asked}問のうち{len(preview.survey_file.missing_questions)}問に、ファイルの列がありません。",
        "列の対応を決めてから取り込んでください。ない設問を無回答として数えるときは、そのことを確かめてください。",
    )


def check_change_reason(survey: EventSurvey, *, reason: str) -> None:
    """Check that an import into fixed totals has a reason.

    Raises:
        UserError: the totals are fixed and ``reason`` is empty.

    """
    if survey.frozen_at is not None and not reason.strip():
        raise UserError(
            f"集計が確定しているため取り込めません（{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}）。",
            "加えるときは、理由を書いてください。",
        )


def _change_note(context: ActionContext, survey: EventSurvey, reason: str, count: int) -> str:
    """Return the survey's note with a line more: ``count`` answers were added after the totals were fixed, and why."""
    fixed = f"{dates.stamp_words(survey.frozen_at)}に{survey.frozen_by}が確定" if survey.frozen_at else ""
    stamp = f"{dates.stamp_words(context.now)}　{context.by}"
    line = f"{stamp}　確定後に{count}件を追加：{reason.strip()}（{fixed}、追加で確定を解除）"
    return join_nonempty(survey.freeze_note, line, separator="\n")


def unrestored_words(responses: Sequence[SurveyResponse], import_id: int) -> str:
    """Return sentences on how many earlier answers undoing an import cannot count again; "" = none.

    Their keys were erased.
    """
    if not any(one.import_id == import_id and one.counted and not one.respondent_key for one in responses):
        return ""
    lost = sum(
        one.decision == REPLACED_BY_RESUBMISSION and not one.respondent_key and (one.import_id or 0) < import_id
        for one in responses
    )
    words = f"再送信で置き換えた前の回答{lost}件は、照合の値を消したため、取り消しても集計に戻りません。"
    return f"{words}数えるときは、回答一覧で「集計に入れる」にしてください。" if lost else ""


def _changes_of_import(store: Store, survey_import: SurveyImport) -> list[RowChange] | None:
    """Return what an import changed, None if its journal entry is gone."""
    entry = applications.journal_entry_of_import(store.database, survey_import)
    return journal.net_changes(entry) if entry is not None else None


def undo_import(context: ActionContext, *, import_id: int) -> ActionResult:
    """Undo one import and remove its responses; later decisions about them stay in the journal.

    An answer of an earlier import that this one replaced counts again with its decision of then, unless its key was
    erased (``unrestored_words``); one that had been replaced before does not. Answers that it corrected become as
    before, unless changed since.

    Raises:
        UserError: no such import, or the totals are fixed.
    """
    found = by_id(context.database, SurveyImport, import_id)
    survey = by_id(context.database, EventSurvey, found.survey_id) if found else None
    if found is None or survey is None:
        raise UserError("この取り込みは見つかりません。", "一覧を開き直してください。")
    if survey.frozen_at is not None:
        raise UserError("集計が確定しているため、取り込みを取り消せません。", "先に確定を取り消してください。")
    taken = rows(context.database, SurveyResponse, import_id=import_id)
    lost = unrestored_words(surveys.responses(context.database, survey.id), import_id)
    changes = _changes_of_import(context.store, found)
    put_back = [
        item
        for item in (changes or ())
        if item.before is not None
        and item.after is not None
        and (
            item.table == "survey_imports"
            or (item.table == "answer_sheets" and item.before["answers"] != item.after["answers"])
        )
        and journal.is_row_equal(context.database, item.table, item.row_id, item.after)
    ]
    replaced = (
        {
            item.row_id: str(item.before.get("decision") or "")
            for item in changes
            if item.table == "answer_sheets"
            and item.before is not None
            and item.after is not None
            and item.before.get("counted")
            and not item.after.get("counted")
        }
        if changes is not None
        else None
    )
    with context.change(
        f"オンライン回答の取り込みを取り消し（{len(taken)}件）", "surveys", event_id=survey.event_id
    ) as change:
        ids = [sheet.id for sheet in taken]
        delete_comment_marks(context.store, change, survey_id=survey.id, sheet_ids=ids)
        delete_second_entries(context.store, change, sheet_ids=ids)
        gone = {sheet.respondent_key for sheet in taken if sheet.counted and sheet.respondent_key}
        for sheet in surveys.responses(context.database, survey.id):
            if (
                sheet.import_id != import_id
                and sheet.decision == REPLACED_BY_RESUBMISSION
                and sheet.respondent_key in gone
                and (replaced is None or sheet.id in replaced)
            ):
                change.update(SurveyResponse, sheet.id, counted=True, decision=(replaced or {}).get(sheet.id, ""))
        for sheet in taken:
            change.delete(SurveyResponse, sheet.id)
        for item in put_back:
            change.restore(item.table, item.row_id, item.before)
        change.delete(SurveyImport, import_id)
    if not taken:
        return ActionResult("照合の記録を消しました。", import_id)
    return ActionResult(f"取り込みを取り消しました（{len(taken)}件）。{lost}", import_id)
