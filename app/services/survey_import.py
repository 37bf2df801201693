"""Online answers into an event, written in one action, and one import taken back as a whole.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``preview_import`` (of ``app.services.survey_preview``), ``check_reason``, ``import_survey``, ``undo_import``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.rules import dates
from app.services.refusal import Refusal
from app.services.saved import Saved
from app.services.sheet_marks import drop_marks
from app.services.survey_preview import ImportPreview, preview_import
from db.records.surveys import AnswerSheet, EventSurvey, SurveyImport
from db.store import Store
from db.tables import surveys

__all__ = ["ImportPreview", "Imported", "check_reason", "import_survey", "preview_import", "undo_import"]


@dataclass(frozen=True, kw_only=True)
class Imported(Saved):
    """The import as written, with its preview for the screen."""

    preview: ImportPreview


def import_survey(
    store: Store,
    *,
    event_id: int,
    path: Path,
    reason: str = "",
    seen_sha256: str = "",
    by: str,
    now: datetime,
) -> Imported:
    """Take every new row in, doubtful ones marked; a file that brings nothing new writes nothing.

    New rows open fixed totals again, with ``reason``.

    ``seen_sha256`` is the hash of the file as the preview showed it; a file that changed since is not taken.

    Raises:
        Refusal: the totals are frozen and ``reason`` is empty, the file changed, or it cannot be taken.
    """
    preview = preview_import(store, event_id=event_id, path=path)
    survey = preview.survey
    if seen_sha256 and seen_sha256 != preview.sha256:
        raise Refusal(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )
    check_reason(survey, reason=reason)
    fresh = preview.fresh
    if not fresh:
        return Imported(said="新しい回答はありませんでした。何も変えていません。", id=0, preview=preview)
    with store.change(
        action=f"オンライン回答を取り込み（{len(fresh)}件）", by=by, now=now, subject="surveys", event_id=event_id
    ) as change:
        import_id = change.insert(
            SurveyImport(
                survey_id=survey.id,
                file_name=preview.file_name,
                sha256=preview.sha256,
                at=now,
                by=by,
                new=preview.count("新規"),
                duplicate=preview.count("重複"),
                needs_check=preview.count("確認が必要"),
                skipped=preview.count("取り込まない"),
                dropped_columns=preview.dropped_columns,
                reason=reason.strip(),
            )
        )
        for row in fresh:
            if row.sheet is not None:
                change.insert(replace(row.sheet, import_id=import_id))
        if survey.frozen_at is not None:
            # What was fixed is no longer what stands there: the totals are open until somebody fixes them again.
            note = _note(survey, now, by, reason, len(fresh))
            change.update(EventSurvey, survey.id, frozen_at=None, frozen_by="", freeze_note=note)
    doubtful = preview.count("確認が必要")
    rest = f"確認が必要な回答が{doubtful}件あります。" if doubtful else ""
    if survey.frozen_at is not None:
        rest += "集計の確定は解けています。確かめて、もう一度確定してください。"
    return Imported(said=f"{len(fresh)}件の回答を取り込みました。{rest}", id=import_id, preview=preview)


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
    return "\n".join(part for part in (survey.freeze_note, line) if part)


def undo_import(store: Store, *, import_id: int, by: str, now: datetime) -> Saved:
    """Take one import back: its sheets go, whatever was decided about them since stays in the journal.

    Raises:
        Refusal: the totals were frozen since.
    """
    found = surveys.find_import(store.database, import_id)
    survey = surveys.find_survey(store.database, found.survey_id) if found else None
    if found is None or survey is None:
        raise Refusal("この取り込みは見つかりません。", "一覧を開き直してください。")
    if survey.frozen_at is not None:
        raise Refusal("集計が確定しているため、取り込みを取り消せません。", "先に確定を解いてください。")
    taken = surveys.sheets_of_import(store.database, import_id)
    with store.change(
        action=f"オンライン回答の取り込みを取り消し（{len(taken)}件）",
        by=by, now=now, subject="surveys", event_id=survey.event_id,
    ) as change:  # fmt: skip
        drop_marks(store, change, survey_id=survey.id, sheet_ids=[sheet.id for sheet in taken])
        for sheet in taken:
            change.delete(AnswerSheet, sheet.id)
        change.delete(SurveyImport, import_id)
    return Saved(said=f"取り込みを取り消しました（{len(taken)}件）。", id=import_id)
