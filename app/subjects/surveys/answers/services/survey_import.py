"""Online answers into an event, written in one action, and one import taken back as a whole.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``preview_import`` (of ``app.subjects.surveys.answers.services.survey_preview``), ``check_reason``, ``import_survey``,
``undo_import``; ``unrestored(sheets, import_id)`` says what taking one back does not bring back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar import dates
from app.common.together import together
from app.foreign_files.foreign_shape import ForeignFile
from app.papers.services.issued_copies import note_withdrawn
from app.subjects.surveys.answers.services.survey_decisions import (
    REPLACED,
    Decisions,
    decisions_in_words,
    keep_assigned,
    keep_values,
)
from app.subjects.surveys.answers.services.survey_preview import ImportPreview, preview_import
from app.subjects.surveys.questions.services.confirmed_tallies import TALLY_PAPERS, lift_tally
from app.subjects.surveys.questions.services.surveys import drop_marks, drop_second_entries
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.accounts import RowChange
from db.records.applications import READ_WHOLE
from db.records.surveys import AnswerSheet, EventSurvey, SurveyImport
from db.rows import by_id
from db.store import Store
from db.tables import applications, journal, surveys

_MOST_NAMED = 20

RECOUNT: Final = "受託者の元データの照合"
"""How the reason of a record begins that took nothing in: the contractor's raw data, counted once more."""


@frozen_record
class ImportedAnswers(Saved):
    """The import as written, with its preview for the screen."""

    preview: ImportPreview


@deed
def import_survey(
    act: Act,
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
    """Take every new row in, doubtful ones marked; a file that brings nothing new writes nothing.

    ``file`` is the file as read for the preview (None reads it now), ``columns`` and ``decisions`` what a person set
    by hand; both are remembered. ``seen_sha256`` is the hash of the file as the preview showed it; a file that
    changed since is not taken. ``few_columns`` True = somebody confirmed that more than a third of the questions has no
    column in this file. New rows open fixed totals again, with ``reason``.

    Raises:
        Refusal: the totals are frozen and ``reason`` is empty, the file changed, it cannot be taken, or it has columns
            for too few of the questions.
    """
    decided = decisions or Decisions()
    preview = preview_import(act.store, event_id=event_id, path=path, file=file, columns=columns, decisions=decided)
    survey = preview.survey
    if seen_sha256 and seen_sha256 != preview.sha256:
        raise Refusal(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )
    check_reason(survey, reason=reason)
    if preview.too_few and not few_columns:
        raise too_few_columns(preview)
    fresh = preview.fresh
    if not fresh and not preview.put_right and preview.compared:
        with act.change("取り込み済みの回答を、今の読み方と比べた", "surveys", event_id=event_id) as change:
            _note_compared(change, preview)
        said = "取り込み済みの回答を、今の読み方と比べました。違いはありません。新しい回答もありませんでした。"
        return ImportedAnswers(said=said, id=0, preview=preview)
    if not fresh and not preview.put_right:
        return ImportedAnswers(said="新しい回答はありませんでした。何も変えていません。", id=0, preview=preview)
    count = len(fresh) + len(preview.put_right)
    with act.change(f"オンライン回答を取り込み（{count}件）", "surveys", event_id=event_id) as change:
        import_id = change.insert(
            SurveyImport(
                survey_id=survey.id,
                file_name=preview.file_name,
                sha256=preview.sha256,
                at=act.now,
                by=act.by,
                new=preview.count("新規"),
                duplicate=preview.count("重複"),
                needs_check=preview.count("確認が必要"),
                skipped=preview.count("取り込まない"),
                dropped_columns=preview.dropped_columns,
                reason=_record(preview, decided, reason),
                reading=READ_WHOLE,
            )
        )
        _write_sheets(act.store, change, preview, import_id)
        for row in preview.put_right:
            change.update(AnswerSheet, row.puts_right, answers=row.answers, row_key=row.row_key)
        _note_compared(change, preview)
        if columns is not None:
            keep_assigned(act.store, change, source_key=preview.source_key, columns=columns, now=act.now)
        if decided.values:
            keep_values(act.store, change, survey=survey, values=decided.values, now=act.now)
        if survey.frozen_at is not None:
            # What was fixed is no longer what stands there: the totals are open until somebody fixes them again.
            note = _note(survey, act.now, act.by, reason, count)
            change.update(EventSurvey, survey.id, frozen_at=None, frozen_by="", freeze_note=note)
            lift_tally(act.store, change, survey.id)
            note_withdrawn(
                act.store,
                change,
                TALLY_PAPERS,
                since=survey.frozen_at,
                reason=reason.strip(),
                who=act.by,
                at=act.now,
                event_id=survey.event_id,
            )
    return ImportedAnswers(said=_said(preview), id=import_id, preview=preview)


def _note_compared(change: Change, preview: ImportPreview) -> None:
    """What was taken in by the reading of before and is held against today's counts as read by it."""
    for import_id in preview.compared:
        change.update(SurveyImport, import_id, reading=READ_WHOLE)


def _write_sheets(store: Store, change: Change, preview: ImportPreview, import_id: int) -> None:
    replaced: set[int] = set()
    for row in preview.fresh:
        if row.sheet is not None:
            change.insert(replace(row.sheet, import_id=import_id))
        replaced.update(row.replaces)
    for sheet in surveys.sheets(store.database, preview.survey.id):
        if sheet.id in replaced and sheet.counted:
            change.update(AnswerSheet, sheet.id, counted=False, decision=REPLACED)


def _said(preview: ImportPreview) -> str:
    doubtful, left_out = preview.count("確認が必要"), len(preview.left_out)
    parts = [f"{len(preview.fresh)}件の回答を取り込みました。"] if preview.fresh else []
    if preview.put_right:
        parts.append(f"前に取り込んだ回答{len(preview.put_right)}件を、今の読み方に直しました。")
    if left_out:
        parts.append(f"うち{left_out}件は集計に入れません。")
    if doubtful:
        parts.append(f"確認が必要な回答が{doubtful}件あります。")
    if preview.survey.frozen_at is not None:
        parts.append("集計の確定は解けています。確かめて、もう一度確定してください。")
    return "".join(parts)


def _record(preview: ImportPreview, decisions: Decisions, reason: str) -> str:
    """The reason of the import, what was decided, and the rows that stayed out, a line each."""
    lines = [reason.strip()]
    words = decisions_in_words(decisions, preview.doubtful())
    if words:
        lines.append(f"決めたこと：{words}")
    refused = [row for row in preview.rows if row.outcome == "取り込まない"]
    lines += [f"取り込まない：{row.line}行目　{row.reason}" for row in refused[:_MOST_NAMED]]
    if len(refused) > _MOST_NAMED:
        lines.append(f"取り込まない：ほか{len(refused) - _MOST_NAMED}行")
    return together(*lines, by="\n")


def too_few_columns(preview: ImportPreview) -> Refusal:
    """Why a file with columns for so few of the questions is not simply taken in."""
    asked = len(preview.survey.questions)
    return Refusal(
        f"設問{asked}問のうち{len(preview.missing_questions)}問に、ファイルの列がありません。",
        "列の対応を決めてから取り込んでください。ない設問を無回答として数えるときは、そのことを確かめてください。",
    )


def check_reason(survey: EventSurvey, *, reason: str) -> None:
    """Refuse an import into frozen totals that comes without a reason.

    Raises:
        Refusal: the totals are frozen and ``reason`` is empty.
    """
    if survey.frozen_at is not None and not reason.strip():
        raise Refusal(
            f"集計が確定しているため取り込めません（{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}）。",
            "加えるときは、理由を書いてください。",
        )


def _note(survey: EventSurvey, now: datetime, by: str, reason: str, count: int) -> str:
    fixed = f"{dates.stamp_words(survey.frozen_at)}に{survey.frozen_by}が確定" if survey.frozen_at else ""
    line = f"{dates.stamp_words(now)}　{by}　確定後に{count}件を追加：{reason.strip()}（{fixed}、追加で確定を解除）"
    return together(survey.freeze_note, line, by="\n")


def unrestored(sheets: Sequence[AnswerSheet], import_id: int) -> str:
    """Return in words which earlier answers do not count again when an import is taken back: the sums that say whose
    they are were erased. "" = it brings all of them back."""
    if not any(one.import_id == import_id and one.counted and not one.respondent_key for one in sheets):
        return ""
    lost = sum(
        one.decision == REPLACED and not one.respondent_key and (one.import_id or 0) < import_id for one in sheets
    )
    words = f"再送信で置き換えた前の回答{lost}件は、照合の値を消したため、取り消しても集計に戻りません。"
    return f"{words}数えるときは、回答一覧で「集計に入れる」にしてください。" if lost else ""


def _put_right_by(store: Store, imported: SurveyImport) -> list[RowChange]:
    """What an import changed in earlier sheets and imports by comparing readings, as far as nothing changed since."""
    entry = applications.journal_entry_of_import(store.database, imported)
    if entry is None:
        return []
    return [
        item
        for item in journal.net_changes(entry)
        if item.before is not None
        and item.after is not None
        and (
            item.table == "survey_imports"
            or (item.table == "answer_sheets" and item.before["answers"] != item.after["answers"])
        )
        and journal.stands_as(store.database, item.table, item.row_id, item.after)
    ]


@deed
def undo_import(act: Act, *, import_id: int) -> Saved:
    """Take one import back: its sheets go, whatever was decided about them since stays in the journal.

    An answer of an earlier import that counted no longer because of this one counts again, unless its sum was erased
    (``unrestored``).

    Raises:
        Refusal: the totals were frozen since.
    """
    found = by_id(act.database, SurveyImport, import_id)
    survey = by_id(act.database, EventSurvey, found.survey_id) if found else None
    if found is None or survey is None:
        raise Refusal("この取り込みは見つかりません。", "一覧を開き直してください。")
    if survey.frozen_at is not None:
        raise Refusal("集計が確定しているため、取り込みを取り消せません。", "先に確定を解いてください。")
    taken = surveys.sheets_of_import(act.database, import_id)
    lost = unrestored(surveys.sheets(act.database, survey.id), import_id)
    put_back = _put_right_by(act.store, found)
    with act.change(
        f"オンライン回答の取り込みを取り消し（{len(taken)}件）", "surveys", event_id=survey.event_id
    ) as change:
        ids = [sheet.id for sheet in taken]
        drop_marks(act.store, change, survey_id=survey.id, sheet_ids=ids)
        drop_second_entries(act.store, change, sheet_ids=ids)
        gone = {sheet.respondent_key for sheet in taken if sheet.counted and sheet.respondent_key}
        for sheet in surveys.sheets(act.database, survey.id):
            if sheet.import_id != import_id and sheet.decision == REPLACED and sheet.respondent_key in gone:
                change.update(AnswerSheet, sheet.id, counted=True, decision="")
        for sheet in taken:
            change.delete(AnswerSheet, sheet.id)
        for item in put_back:
            change.restore(item.table, item.row_id, item.before)
        change.delete(SurveyImport, import_id)
    if not taken:
        return Saved("照合の記録を消しました。", import_id)
    return Saved(f"取り込みを取り消しました（{len(taken)}件）。{lost}", import_id)
