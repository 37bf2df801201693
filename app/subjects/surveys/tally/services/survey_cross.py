"""Cross tables of a survey: one question by another, or by the events of the year, and which go onto paper.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``read_cross``, ``crosses_of_paper``, ``has_crosses``, ``choose_cross``, ``set_masking``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.services.confirmed_tallies import tally_state
from app.subjects.surveys.questions.services.surveys import event_with_survey
from app.subjects.surveys.tally.papers.cross_report import KIND, CrossFacts, CrossOnPaper
from app.subjects.surveys.tally.rules.cross_table import (
    COMPARABLE,
    Asked,
    CrossTable,
    PrintedCross,
    Share,
    cross,
    cross_by_event,
    cross_note,
    printed_cross,
    question_standing,
    who_and_age_warning,
)
from app.subjects.surveys.tally.services.survey_tally import counted_words
from db.records.events import Event
from db.records.papers import PaperText
from db.records.surveys import EventSurvey, Question
from db.store import Store
from db.tables import events, papers, surveys

_UNMASKED = "伏せない"
_TABLE = "表"
_SHARES: tuple[Share, ...] = ("", "row", "column")


@dataclass(frozen=True, kw_only=True)
class CrossChoice:
    """Which table: the code of the question in the rows, that in the columns (empty = the events of the year).

    ``year`` counts all events of the kind this year instead of the one; ``share`` of what percentages are taken.
    """

    row: str
    column: str = ""
    year: bool = False
    share: Share = ""

    @property
    def key(self) -> str:
        """The choice as it is kept."""
        return "|".join((self.row, self.column, "年度" if self.year else "回", self.share))


@dataclass(frozen=True, kw_only=True)
class CrossView:
    """One cross table as the screen shows it.

    ``questions`` are those that can be crossed, as (code, 「問2」, title). ``left_out`` names events of the year whose
    question was another one. ``on_paper`` are the tables chosen for クロス集計表, ``masked_on_paper`` whether small
    cells are hidden there. ``warning`` says when 役割 and 年代 together could tell who answered.
    """

    event: Event
    choice: CrossChoice
    questions: tuple[tuple[str, str, str], ...]
    table: CrossTable
    printed: PrintedCross
    note: str
    row_title: str
    column_title: str
    left_out: tuple[str, ...]
    on_paper: tuple[CrossChoice, ...]
    masked_on_paper: bool
    warning: str


@dataclass(frozen=True)
class _Held:
    """One event with its survey and the answers that count."""

    event: Event
    survey: EventSurvey
    asked: Asked


def read_cross(store: Store, *, event_id: int, choice: CrossChoice | None = None, masked: bool = False) -> CrossView:
    """Return one cross table; without a ``choice`` 満足度 by the first other question.

    Raises:
        Refusal: there are no questions yet, or none that could be crossed.
    """
    event, survey = _survey(store, event_id)
    usable = [question for question in survey.questions if question.type in ("SA", "MA")]
    if not usable:
        raise Refusal(
            "選択肢のある設問がないため、クロス集計はできません。", "単一回答または複数回答の設問があると使えます。"
        )
    chosen = choice if choice is not None and _fits(choice, usable) else _first_choice(usable)
    table, left_out, more = _counted(store, event, survey, chosen)
    printed = printed_cross(table, share=chosen.share, masked=masked)
    texts = papers.passages_of_paper(store.database, KIND, event_id=event_id)
    return CrossView(
        event=event,
        choice=chosen,
        questions=tuple((one.code, _label(survey, one.code), printed_title(one)) for one in usable),
        table=table,
        printed=printed,
        note=cross_note(table, printed, share=chosen.share, masked=masked) + more,
        row_title=_title(survey, chosen.row),
        column_title=_title(survey, chosen.column),
        left_out=left_out,
        on_paper=_chosen(texts),
        masked_on_paper=all(text.part != _UNMASKED for text in texts),
        warning=who_and_age_warning(survey.questions, table.total),
    )


def has_crosses(store: Store, *, event_id: int) -> bool:
    """Whether at least one table was chosen for クロス集計表."""
    return bool(_chosen(papers.passages_of_paper(store.database, KIND, event_id=event_id)))


def crosses_of_paper(store: Store, *, event_id: int) -> CrossFacts:
    """Return the tables chosen for クロス集計表, small cells hidden unless somebody said otherwise.

    Raises:
        Refusal: no table was chosen yet.
    """
    event, survey = _survey(store, event_id)
    texts = papers.passages_of_paper(store.database, KIND, event_id=event_id)
    usable = [question for question in survey.questions if question.type in ("SA", "MA")]
    choices = [choice for choice in _chosen(texts) if _fits(choice, usable)]
    if not choices:
        raise Refusal(
            "クロス集計表に載せる表が選ばれていません。", "「集計」のクロス集計で、載せる表を選んでください。"
        )
    reason = next((text.text for text in texts if text.part == _UNMASKED), "")
    tables = []
    for choice in choices:
        table, _left_out, more = _counted(store, event, survey, choice)
        printed = printed_cross(table, share=choice.share, masked=not reason)
        note = cross_note(table, printed, share=choice.share, masked=not reason) + more
        tables.append(
            CrossOnPaper(
                row_title=_title(survey, choice.row),
                column_title=_title(survey, choice.column),
                scope=f"今年度の{event.kind}の全回" if choice.year or not choice.column else event.full_title,
                printed=printed,
                note=note,
            )
        )
    return CrossFacts(
        event=event,
        survey=survey,
        tables=tuple(tables),
        counted_words=counted_words(survey),
        unmasked_reason=reason,
        warning=who_and_age_warning(survey.questions, max((_people(one) for one in tables), default=0)),
    )


def choose_cross(store: Store, *, event_id: int, choice: CrossChoice, on: bool, by: str, now: datetime) -> Saved:
    """Put a table onto クロス集計表, or take it off again.

    Raises:
        Refusal: the questions of the table are not there.
    """
    _event, survey = _survey(store, event_id)
    if not _fits(choice, [question for question in survey.questions if question.type in ("SA", "MA")]):
        raise Refusal("この表の設問が見つかりません。", "設問を選び直してください。")
    present = [
        text for text in papers.passages_of_paper(store.database, KIND, event_id=event_id)
        if text.part == _TABLE and text.text == choice.key
    ]  # fmt: skip
    action = "クロス集計表に表を載せた" if on else "クロス集計表から表を外した"
    with store.change(action=action, by=by, now=now, subject="surveys", event_id=event_id) as change:
        if on and not present:
            change.insert(PaperText(event_id=event_id, document_kind=KIND, part=_TABLE, text=choice.key))
        elif not on:
            for text in present:
                change.delete(PaperText, text.id)
    said = "クロス集計表に載せました。" if on else "クロス集計表から外しました。"
    return Saved(said=said, id=event_id)


def set_masking(store: Store, *, event_id: int, masked: bool, reason: str = "", by: str, now: datetime) -> Saved:
    """Hide cells of one or two people on クロス集計表 (the usual way), or show them for use inside the ward.

    Raises:
        Refusal: shown without a reason.
    """
    event_with_survey(store, event_id)
    words = reason.strip()
    if not masked and not words:
        raise Refusal(
            "2人以下の欄を伏せずに出すときは、理由が必要です。", "使い道（区の内部での検討など）を書いてください。"
        )
    present = next(
        (text for text in papers.passages_of_paper(store.database, KIND, event_id=event_id) if text.part == _UNMASKED),
        None,
    )
    action = "クロス集計表の2人以下の欄を伏せる" if masked else "クロス集計表の2人以下の欄を伏せない"
    with store.change(action=action, by=by, now=now, subject="surveys", event_id=event_id) as change:
        if not masked:
            row_id = present.id if present else 0
            change.save(PaperText(id=row_id, event_id=event_id, document_kind=KIND, part=_UNMASKED, text=words))
        elif present is not None:
            change.delete(PaperText, present.id)
    said = "2人以下の欄を伏せて出します。" if masked else "2人以下の欄も出します。区の内部だけで使ってください。"
    return Saved(said=said, id=event_id)


def _people(one: CrossOnPaper) -> int:
    last = one.printed.lines[-1][1][-1]
    return 0 if last.hidden else int(last.people)


def _survey(store: Store, event_id: int) -> tuple[Event, EventSurvey]:
    event = event_with_survey(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    kept = tally_state(store, survey)
    return (kept.event if kept is not None else event), survey


def _chosen(texts: Sequence[PaperText]) -> tuple[CrossChoice, ...]:
    found = []
    for text in texts:
        parts = text.text.split("|")
        if text.part == _TABLE and len(parts) == 4 and parts[3] in _SHARES:
            share = _SHARES[_SHARES.index(parts[3])]
            found.append(CrossChoice(row=parts[0], column=parts[1], year=parts[2] == "年度", share=share))
    return tuple(found)


def _fits(choice: CrossChoice, usable: Sequence[Question]) -> bool:
    codes = {question.code for question in usable}
    return choice.row in codes and choice.column in codes | {""} and choice.row != choice.column


def _first_choice(usable: Sequence[Question]) -> CrossChoice:
    row = next((question for question in usable if question.role == "satisfaction"), usable[0])
    column = next((question for question in usable if question.code != row.code), None)
    return CrossChoice(row=row.code, column=column.code if column else "", year=column is None)


def _counted(
    store: Store, event: Event, survey: EventSurvey, choice: CrossChoice
) -> tuple[CrossTable, tuple[str, ...], str]:
    """Return the table, the events left out, and what the note says of them and of totals that are not fixed."""
    by_code = {question.code: question for question in survey.questions}
    row = by_code[choice.row]
    column = by_code.get(choice.column)
    wanted = [row] if column is None else [row, column]
    if column is not None and not choice.year:
        return cross(row, column, [_asked(store, survey)]), (), ""
    held, left_out = _year(store, event, wanted)
    open_ones = [one.event.full_title for one in held if one.survey.frozen_at is None]
    words = (("設問が違うため入れていない回", left_out), ("集計が確定していない回", open_ones))
    more = "".join(f"{word}：{'、'.join(names)}。" for word, names in words if names)
    if column is None:
        return cross_by_event(row, {one.event.full_title: one.asked for one in held}), left_out, more
    return cross(row, column, [one.asked for one in held]), left_out, more


def _year(store: Store, event: Event, wanted: Sequence[Question]) -> tuple[list[_Held], tuple[str, ...]]:
    """The events of this kind whose questions were the same, by date; the others by name."""
    held, left_out = [], []
    by_event = {one.event_id: one for one in surveys.all_surveys(store.database)}
    for other in events.all_of(store.database, event.programme_id):
        found = by_event.get(other.id)
        if found is None or other.kind != event.kind:
            continue
        asked = _asked(store, found)
        if not asked[1]:
            continue
        codes = {question.code: question for question in found.questions}
        if all(question_standing(question, codes.get(question.code)) in COMPARABLE for question in wanted):
            held.append(_Held(other, found, asked))
        else:
            left_out.append(other.full_title)
    return held, tuple(left_out)


def _asked(store: Store, survey: EventSurvey) -> Asked:
    return survey.questions, [sheet.answers for sheet in surveys.sheets(store.database, survey.id) if sheet.counted]


def _label(survey: EventSurvey, code: str) -> str:
    return next((f"問{place}" for place, one in enumerate(survey.questions, start=1) if one.code == code), "")


def _title(survey: EventSurvey, code: str) -> str:
    question = next((one for one in survey.questions if one.code == code), None)
    return f"{_label(survey, code)}　{printed_title(question)}" if question is not None else "実施回"
