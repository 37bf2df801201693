"""Online answers into an event: preview every row's outcome, then write all of it in one action.

Rows are recognised one by one by a keyed hash, because downloads are cumulative: the same file changes
nothing, next week's adds only what is new.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Literal

from app.intake.refusal import IntakeRefusal
from app.intake.survey_file import SurveyFile, read_survey_file
from app.intake.survey_rows import SurveyRow, respondent_text, row_fingerprint_text
from app.rules import dates
from app.services.refusal import Refusal
from app.services.saved import Saved
from app.services.surveys import event_with_survey
from db.records.events import Event
from db.records.surveys import AnswerSheet, EventSurvey, SurveyImport
from db.store import Store
from db.tables import surveys

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """What will happen with one data row (from 1) and why."""

    row: int
    outcome: Outcome
    reason: str
    sheet: AnswerSheet | None = None


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """A file as it would be taken in; nothing is written yet."""

    event: Event
    survey: EventSurvey
    file_name: str
    sha256: str
    source: str
    encoding: str
    rows: tuple[RowOutcome, ...]
    dropped_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    missing_questions: tuple[str, ...]

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return sum(1 for row in self.rows if row.outcome == outcome)


@dataclass(frozen=True, kw_only=True)
class Imported(Saved):
    """The import as written, with its preview for the screen."""

    preview: ImportPreview


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
        raise Refusal(str(refusal)) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error
    return ImportPreview(
        event=event,
        survey=survey,
        file_name=path.name,
        sha256=sha256(data).hexdigest(),
        source=found.source,
        encoding=found.encoding,
        rows=_judge(store, survey, found),
        dropped_columns=found.dropped_columns,
        unknown_columns=found.unknown_columns,
        missing_questions=found.missing_questions,
    )


def _start(event: Event) -> datetime | None:
    if event.event_date is None:
        return None
    return datetime.combine(event.event_date, time.fromisoformat(event.start_time))


def _judge(store: Store, survey: EventSurvey, found: SurveyFile) -> tuple[RowOutcome, ...]:
    present = surveys.sheets(store.database, survey.id)
    known = {sheet.row_key for sheet in present if sheet.row_key}
    earlier = {sheet.respondent_key for sheet in present if sheet.respondent_key}
    again = {row: duplicate for duplicate in found.duplicates for row in duplicate.rows}
    seen: Counter[str] = Counter()
    outcomes = []
    for row in found.rows:
        text = row_fingerprint_text(row)
        seen[text] += 1
        # The same answer twice in one file is two rows; the second gets a key of its own.
        row_key = store.keys.keyed_hash(f"row\x1f{survey.id}\x1f{text}\x1f{seen[text]}")
        if row_key in known:
            outcomes.append(RowOutcome(row=row.row, outcome="重複", reason="前に取り込んだ回答と同じです。"))
            continue
        respondent = respondent_text(row)
        respondent_key = store.keys.keyed_hash(f"who\x1f{survey.id}\x1f{respondent}") if respondent else ""
        reasons = [*row.problems, *row.warnings]
        if row.row in again:
            others = "、".join(str(other) for other in again[row.row].rows if other != row.row)
            reasons.append(f"{others}行目と同じ人の再送信の可能性（{again[row.row].reason}）")
        elif respondent_key and respondent_key in earlier:
            reasons.append("前に取り込んだ回答と同じ人の再送信の可能性")
        reasons = list(dict.fromkeys(reasons))
        sheet = _sheet(survey, row, row_key, respondent_key, tuple(reasons))
        outcome: Outcome = "確認が必要" if reasons else "新規"
        outcomes.append(RowOutcome(row=row.row, outcome=outcome, reason="　".join(reasons), sheet=sheet))
    return tuple(outcomes)


def _sheet(
    survey: EventSurvey, row: SurveyRow, row_key: str, respondent_key: str, problems: tuple[str, ...]
) -> AnswerSheet:
    return AnswerSheet(
        survey_id=survey.id,
        source="オンライン",
        answered_at=row.answered_at,
        row_key=row_key,
        respondent_key=respondent_key,
        answers=row.answers,
        extra=row.extra,
        problems=problems,
    )


def import_survey(store: Store, *, event_id: int, path: Path, reason: str = "", by: str, now: datetime) -> Imported:
    """Take every new row in, doubtful ones marked; a file that brings nothing new writes nothing.

    Raises:
        Refusal: the totals are frozen and ``reason`` is empty, or the file cannot be taken.
    """
    preview = preview_import(store, event_id=event_id, path=path)
    survey = preview.survey
    if survey.frozen_at is not None and not reason.strip():
        raise Refusal(
            f"集計が確定しているため取り込めません（{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}）。",
            "加えるときは、理由を書いてください。",
        )
    fresh = [row for row in preview.rows if row.sheet is not None]
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
            change.update(EventSurvey, survey.id, freeze_note=_note(survey, now, by, reason, len(fresh)))
    return Imported(said=f"{len(fresh)}件の回答を取り込みました。", id=import_id, preview=preview)


def _note(survey: EventSurvey, now: datetime, by: str, reason: str, count: int) -> str:
    line = f"{dates.stamp_words(now)}　{by}　確定後に{count}件を追加：{reason.strip()}"
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
        for sheet in taken:
            change.delete(AnswerSheet, sheet.id)
        change.delete(SurveyImport, import_id)
    return Saved(said=f"取り込みを取り消しました（{len(taken)}件）。", id=import_id)
