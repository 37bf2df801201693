"""Compare the surveys of a year, each event, all together, and earlier years as typed or imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.programme.rules.event_kinds import surveyed_kinds
from app.programme.services.programme import read_programme
from app.subjects.surveys.compare.intake import EarlierFile, read_earlier_counts
from app.subjects.surveys.compare.rules import Source, asked_questions, combine_sources, earlier_source
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import OUTSIDE
from app.subjects.surveys.tally.rules.cross_table import cross_rows
from app.subjects.surveys.tally.rules.tally import tally_answers
from db.frozen_record import frozen_record
from db.records.surveys import EarlierCounts, EarlierQuestion, Question
from db.store import Store
from db.tables import events, surveys

KINDS = surveyed_kinds()
NOT_FROZEN, SOME_NOT_FROZEN = "（確定前）", "（確定前の回を含む）"
"""Suffixes for totals that are not fixed yet."""


@frozen_record
class YearSource:
    """One comparable column; ``key`` identifies it, ``earlier_id`` its earlier year, else 0."""

    key: str
    source: Source
    earlier_id: int = 0


@frozen_record
class YearView:
    """The surveys of one kind, earlier years oldest first, then the events by date, then all together.

    ``questions`` are the newest questions with options; ``numbers`` their places on the paper by code (「問2」).
    """

    fiscal_year: int
    kind: str
    sources: tuple[YearSource, ...]
    questions: tuple[Question, ...]
    numbers: dict[str, str]
    earlier: tuple[EarlierCounts, ...]


def read_year(store: Store, *, kind: str = KINDS[0], fiscal_year: int | None = None) -> YearView:
    """Return everything of one kind that can be compared."""
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    by_event = {one.event_id: one for one in surveys.all_surveys(store.database)}
    parts: list[YearSource] = []
    newest: tuple[Question, ...] = ()
    for event in events.events_of_year(store.database, programme.id):
        survey = by_event.get(event.id)
        if event.kind != kind or survey is None:
            continue
        newest = survey.questions
        answers = [sheet.answers for sheet in surveys.responses(store.database, survey.id) if sheet.counted]
        if answers:
            counted = asked_questions(tally_answers(survey.questions, answers))
            label = event.full_title + ("" if survey.frozen_at else NOT_FROZEN)
            source = Source(label=label, response_count=len(answers), questions=counted)
            parts.append(YearSource(key=f"回{event.id}", source=source))
    sources = []
    earlier = tuple(one for one in surveys.earlier_counts(store.database) if one.kind == kind)
    for one in reversed(earlier):
        label = f"{fiscal_year_words(one.fiscal_year)}　{kind}"
        sources.append(YearSource(key=f"前{one.id}", source=earlier_source(one, label), earlier_id=one.id))
    sources += parts
    if parts:
        mark = SOME_NOT_FROZEN if any(part.source.label.endswith(NOT_FROZEN) for part in parts) else ""
        label = f"{fiscal_year_words(programme.fiscal_year)}　{kind}の計{mark}"
        sources.append(YearSource(key="計", source=combine_sources(label, [part.source for part in parts])))
    return YearView(
        fiscal_year=programme.fiscal_year,
        kind=kind,
        sources=tuple(sources),
        questions=tuple(one for one in newest if one.type in ("SA", "MA")),
        numbers={one.code: f"問{place}" for place, one in enumerate(newest, 1)},
        earlier=earlier,
    )


def read_earlier_file(store: Store, *, path: Path, kind: str, fiscal_year: int | None = None) -> EarlierFile:
    """Return the content of a list of earlier totals; nothing is saved.

    Raises:
        IntakeRefusal: the file is unusable.

    Raises:
        IntakeRefusal: the file can't be taken.
    """
    return read_earlier_counts(path, read_year(store, kind=kind, fiscal_year=fiscal_year).questions)


@deed
def save_earlier(
    context: ActionContext,
    *,
    fiscal_year: int,
    kind: str,
    sheets: int,
    questions: Sequence[EarlierQuestion],
    events_held: int | None = None,
    source: str = "",
    note: str = "",
    earlier_id: int = 0,
) -> ActionResult:
    """Store the totals of an earlier year, new or replacing ``earlier_id``.

    Raises:
        UserError: no such kind, a year that is not earlier, one that is stored already, or impossible numbers.

    Raises:
        UserError: no such kind, a year that is not earlier, one that is kept already, or numbers that can't be.
    """
    this_year = read_programme(context.store).programme.fiscal_year
    present = surveys.earlier_counts(context.database)
    if kind not in KINDS:
        raise UserError(f"「{kind}」にはアンケートの定めがありません。", "講習会か意見交換会を選んでください。")
    if fiscal_year >= this_year:
        raise UserError(
            f"{fiscal_year_words(fiscal_year)}は、前の年度ではありません。",
            f"{fiscal_year_words(this_year)}より前の年度を選んでください。",
        )
    if any(one.fiscal_year == fiscal_year and one.kind == kind and one.id != earlier_id for one in present):
        raise UserError(
            f"{fiscal_year_words(fiscal_year)}の{kind}の集計は、もう入っています。", "一覧から開いて直してください。"
        )
    kept = tuple(replace(one, counts=dict(one.counts)) for one in questions if one.counts)
    _check(kept, sheets)
    known = next((one for one in present if one.id == earlier_id), None)
    words = f"{fiscal_year_words(fiscal_year)}の{kind}の集計"
    with context.change(f"{words}を保存", "surveys") as change:
        row_id = change.update_or_insert(
            EarlierCounts,
            known,
            fiscal_year=fiscal_year,
            kind=kind,
            events=events_held,
            sheets=sheets,
            questions=kept,
            source=source.strip(),
            note=note.strip(),
        )
    return ActionResult(f"{words}（{len(kept)}問）を保存しました。", row_id)


def _check(questions: Sequence[EarlierQuestion], response_count: int) -> None:
    todo = "前の年度の集計表を確かめてください。"
    if not questions:
        raise UserError("人数がまだ1つも入っていません。", todo)
    if response_count < 1:
        raise UserError("回収数が入っていません。", todo)
    for one in questions:
        title = one.title
        if one.base > response_count:
            raise UserError(f"「{title}」のｎ（{one.base}）が、回収数（{response_count}）より多くなっています。", todo)
        if any(count < 0 or count > one.base for count in one.counts.values()):
            raise UserError(f"「{title}」に、ｎ（{one.base}）より多い人数があります。", todo)
        if one.type == "SA" and sum(one.counts.values()) != one.base:
            total = sum(one.counts.values())
            raise UserError(
                f"「{title}」の人数を足すと{total}人で、ｎ（{one.base}）と合いません。",
                "無回答の人数が抜けていないか確かめてください。",
            )


@deed
def remove_earlier(context: ActionContext, *, earlier_id: int) -> ActionResult:
    """Remove the totals of an earlier year; raises ``UserError`` when they do not exist."""
    found = get_or_raise(context.database, EarlierCounts, earlier_id)
    words = f"{fiscal_year_words(found.fiscal_year)}の{found.kind}の集計"
    with context.change(f"{words}を削除", "surveys") as change:
        change.delete(EarlierCounts, earlier_id)
    return ActionResult(f"{words}を削除しました。", earlier_id)


def template_rows(questions: Sequence[Question]) -> tuple[tuple[str, ...], ...]:
    """Return the list template, a row for each option with the question's code, 無回答 last, people empty."""
    rows = []
    for question in questions:
        names = [name for name in cross_rows(question) if name != OUTSIDE]
        rows += [(question.code, printed_title(question), name, "", "") for name in names]
    return tuple(rows)
