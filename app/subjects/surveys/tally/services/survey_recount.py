"""The contractor's raw data file counted once more with this event's questions, beside its report; nothing is taken in.

Public functions (``store`` first, the rest by keyword; ``record_recount`` also ``by`` and ``now``):
``recount_file``, ``record_recount``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.surveys.answers.intake.survey_file import SurveyFile, rows_if_merged, survey_of
from app.subjects.surveys.answers.services.survey_decisions import keep_assigned, recall_assigned, recall_values
from app.subjects.surveys.answers.services.survey_import import RECOUNT
from app.subjects.surveys.answers.services.survey_preview import ImportPreview, preview_import
from app.subjects.surveys.questions.rules.tally_result import OUTSIDE
from app.subjects.surveys.tally.rules.tally import tally_answers
from app.subjects.surveys.tally.services.survey_comparison import comparison_of
from app.subjects.surveys.tally.services.survey_tally import tally_survey
from app.subjects.surveys.typing.services.survey_entry import SHEETS
from db.frozen_record import frozen_record
from db.records.surveys import EventSurvey, SurveyImport
from db.store import Store

_SHEETS_TITLE = "回収した枚数"
_ALL = "全部"
_MOST_NAMED = 12


@frozen_record
class RecountedRow:
    """One printed row: what the contractor's report says (None = not typed in), what its raw file gives, and ours."""

    code: str
    label: str
    title: str
    text: str
    theirs: int | None
    recounted: int
    ours: int

    @property
    def differs(self) -> bool:
        """Whether report and raw file do not say the same."""
        return self.theirs is not None and self.theirs != self.recounted


@frozen_record
class Recount:
    """The raw file counted anew.

    ``answers`` are all its rows, ``merged`` True = re-submissions, double clicks and trial answers are counted once or
    not at all, which leaves ``counted`` rows. ``doubtful`` rows have something that a person would decide; ``missing``
    are titles of questions without a column. ``preview`` tells the columns.
    """

    survey: EventSurvey
    file_name: str
    sha256: str
    answers: int
    counted: int
    merged: bool
    doubtful: int
    rows: tuple[RecountedRow, ...]
    missing: tuple[str, ...]
    preview: ImportPreview = field(repr=False)

    @property
    def compared(self) -> int:
        """How many rows have a number of the contractor's report."""
        return sum(1 for row in self.rows if row.theirs is not None)

    @property
    def differing(self) -> tuple[RecountedRow, ...]:
        """The rows where report and raw file do not say the same."""
        return tuple(row for row in self.rows if row.differs)


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
    """Count the answers of ``path`` with the event's questions; writes nothing.

    ``file`` is the file as read already, ``columns`` are set by hand, ``typed`` are the contractor's numbers as they
    stand on the screen (None = as saved). ``merged`` counts of each re-submission the later, of a double click one,
    and no trial answer; else every row counts.

    Raises:
        Refusal: no questions yet, or the file cannot be taken or answers none of them.
    """
    preview = preview_import(store, event_id=event_id, path=path, file=file, columns=columns, by_hand=True)
    survey = preview.survey
    found = survey_of(
        preview.file,
        survey.questions,
        assigned=recall_assigned(store, source_key=preview.source_key) if columns is None else columns,
        values=recall_values(store, survey_id=survey.id),
    )
    rows = rows_if_merged(found) if merged else found.rows
    return Recount(
        survey=survey,
        file_name=path.name,
        sha256=preview.sha256,
        answers=len(found.rows),
        counted=len(rows),
        merged=merged,
        doubtful=len({problem.row for problem in found.problems}),
        rows=_rows(store, event_id, found, typed=typed, merged=merged),
        missing=tuple(one.title for one in survey.questions if one.code in found.missing_questions),
        preview=preview,
    )


def _rows(
    store: Store,
    event_id: int,
    found: SurveyFile,
    *,
    typed: Mapping[str, Mapping[str, int]] | None,
    merged: bool,
) -> tuple[RecountedRow, ...]:
    counted = rows_if_merged(found) if merged else found.rows
    given: dict[tuple[str, str], int] = {}
    for each in tally_answers(found.questions, [row.answers for row in counted]):
        given.update({(each.question.code, row.text): row.count for row in each.rows()})
    compared = comparison_of(tally_survey(store, event_id=event_id)).rows
    if typed is not None:
        compared = tuple(replace(row, theirs=typed.get(row.code, {}).get(row.text)) for row in compared)
    sheets = [row for row in compared if row.code == SHEETS]
    theirs = [row.theirs for row in sheets if row.theirs is not None]
    rows = [
        RecountedRow(
            code=SHEETS,
            label="",
            title=_SHEETS_TITLE,
            text=_ALL,
            theirs=sum(theirs) if theirs else None,
            recounted=len(counted),
            ours=sum(row.ours for row in sheets),
        )
    ]
    seen: set[tuple[str, str]] = set()
    for row in compared:
        if row.code != SHEETS:
            seen.add((row.code, row.text))
            rows.append(
                RecountedRow(
                    code=row.code,
                    label=row.label,
                    title=row.title,
                    text=row.text,
                    theirs=row.theirs,
                    recounted=given.get((row.code, row.text), 0),
                    ours=row.ours,
                )
            )
    return tuple(_with_outside(rows, given, seen))


def _with_outside(
    rows: list[RecountedRow], given: dict[tuple[str, str], int], seen: set[tuple[str, str]]
) -> list[RecountedRow]:
    """Answers outside the list stand in the raw file although none of ours do: after the question's own rows."""
    last = {row.code: place for place, row in enumerate(rows)}
    more = sorted(
        (
            (last[code], code, count)
            for (code, text), count in given.items()
            if text == OUTSIDE and count and (code, text) not in seen and code in last
        ),
        reverse=True,
    )
    for place, code, count in more:
        own = rows[place]
        made = RecountedRow(
            code=code, label=own.label, title=own.title, text=OUTSIDE, theirs=None, recounted=count, ours=0
        )
        rows.insert(place + 1, made)
    return rows


@deed
def record_recount(
    act: Act,
    *,
    event_id: int,
    path: Path,
    file: ForeignFile | None = None,
    columns: Mapping[int, str] | None = None,
    typed: Mapping[str, Mapping[str, int]] | None = None,
    merged: bool = False,
) -> Saved:
    """Keep in the import record that the raw file was counted and how it came out; its answers are not taken in.

    Columns set by hand are remembered. The rest as ``recount_file``.

    Raises:
        Refusal: as ``recount_file``, or no number of the contractor's tally was typed in to compare with.
    """
    found = recount_file(
        act.store, event_id=event_id, path=path, file=file, columns=columns, typed=typed, merged=merged
    )
    if not found.compared:
        raise Refusal(
            "受託者の集計の数が、まだ入力されていません。", "受託者の集計表の人数を入力してから、記録してください。"
        )
    if not found.preview.matched:
        raise Refusal("設問に当たる列がありません。", "「列の対応」で、列と設問を合わせてください。")
    record = SurveyImport(
        survey_id=found.survey.id,
        file_name=found.file_name,
        sha256=found.sha256,
        at=act.now,
        by=act.by,
        new=0,
        duplicate=0,
        needs_check=found.doubtful,
        skipped=found.answers,
        reason=recount_words(found),
    )
    with act.change(f"{RECOUNT}を記録", "surveys", event_id=found.survey.event_id) as change:
        record_id = change.insert(record)
        if columns is not None:
            keep_assigned(act.store, change, source_key=found.preview.source_key, columns=columns, now=act.now)
    told = f"差が{len(found.differing)}件" if found.differing else "差はありません"
    return Saved(f"{RECOUNT}を記録しました（{told}）。", record_id)


def recount_words(found: Recount) -> str:
    """What the record says: how it was counted and every difference, a line each."""
    how = f"再送信・二度押し・試し送信を除いた{found.counted}件" if found.merged else f"全{found.answers}件"
    lines = [f"{RECOUNT}　{how}を数え、{found.compared}か所を比べて、差は{len(found.differing)}か所"]
    for row in found.differing[:_MOST_NAMED]:
        title = f"{row.label} {row.title}".strip()
        lines.append(f"{title}「{row.text}」　受託者の集計 {row.theirs}、元データ {row.recounted}")
    if len(found.differing) > _MOST_NAMED:
        lines.append(f"ほか{len(found.differing) - _MOST_NAMED}か所")
    return "\n".join(lines)
