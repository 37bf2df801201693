"""議会・照会への回答, with each question, the answer, and the numbers as they were on that day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain, short_date
from app.documents.blocks import DocumentContent
from app.documents.file_format import TEXT_FORMATS
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.programme.services import read_programme
from app.year_end.summary.documents import ANSWERS_KIND, answers_document
from app.year_end.summary.rules import (
    EVENTS,
    FIRST,
    GROUPS_ONCE,
    ITEMS,
    PEOPLE_ONCE,
    UNITS,
    KindFigures,
    YearSummary,
)
from app.year_end.summary.services.typed_numbers import SUBJECT
from app.year_end.summary.services.year_summary import read_summary
from db.record import record
from db.records.year.summary import AnswerFigure, YearAnswer
from db.rows import rows
from db.store import Store

SATISFIED = "満足計"
_FROM_ROSTERS, _FROM_EVENTS, _FROM_SHEETS = "出席の記録（名簿）", "実施の記録", "アンケートの集計"
_FROM_RECORDS = "出席の記録"
"""The source of numbers of which some were typed without a roster."""
_PART = re.compile("（名簿のある[0-9]+回分）$")


@record
class QuotableNumber:
    """One number that an answer may quote, with its row (「講習会」, 「計」), its name, and the figure.

    ``key`` is 「講習会/延べ人数」, of a total 「/延べ人数」.
    """

    key: str
    row: str
    item: str
    figure: AnswerFigure


def quotable_numbers(found: YearSummary) -> tuple[QuotableNumber, ...]:
    """Return every known number of a year that an answer may quote, by kind, totals last."""
    listed = []
    for one in (*found.kinds, found.total):
        for item in ITEMS:
            found_number = one.printable_number(item)
            if found_number is None or not found_number.has_number:
                continue
            figure = AnswerFigure(
                title=_title(one, item), value=found_number.words(UNITS[item]), source=_source_of(one, item)
            )
            listed.append(QuotableNumber(key=f"{one.kind or ''}/{item}", row=one.name, item=item, figure=figure))
    asked = found.satisfaction
    if asked.responses:
        value = f"{asked.satisfied}人（{asked.responses}件中{asked.share}％）"
        figure = AnswerFigure(title=SATISFIED, value=value, source=_FROM_SHEETS)
        listed.append(QuotableNumber(key=f"/{SATISFIED}", row=found.total.name, item=SATISFIED, figure=figure))
    return tuple(listed)


def _source_of(figures: KindFigures, item: str) -> str:
    """Return where a number comes from; who is counted once is known only of the events with a roster."""
    counts = figures.counts
    if item == EVENTS:
        return _FROM_EVENTS
    if not counts.typed_events:
        return _FROM_ROSTERS
    if item in (PEOPLE_ONCE, GROUPS_ONCE, FIRST):
        return f"{_FROM_RECORDS}（名簿のある{counts.roster_events}回分）"
    return _FROM_RECORDS


def _title(figures: KindFigures, item: str) -> str:
    return f"{figures.name}の{item}" if figures.kind is not None else f"全体の{item}"


def given_before(answers: Iterable[YearAnswer], figures: Sequence[AnswerFigure], *, differs: bool) -> str:
    """Return what was answered before of some numbers, the newest answer of each: where it differs, or is the same."""
    newest: dict[str, tuple[YearAnswer, str]] = {}
    for one in sorted(answers, key=lambda one: (one.day, one.id)):
        newest |= {figure.title: (one, figure.value) for figure in one.figures}
    return "".join(
        f"{long_date_plain(before.day)}現在の{figure.title}は{value}と回答しています。"
        if differs
        else f"{figure.title}は、{short_date(before.asked_on)}に{before.asked_by}へ同じ数を答えています。"
        for figure in figures
        if figure.title in newest
        for before, value in (newest[figure.title],)
        if (value != figure.value) == differs
    )


def proposed_words(figures: Sequence[AnswerFigure], day: date, answers: Iterable[YearAnswer] = ()) -> str:
    """Return a sentence that states some numbers and their day, and which are of a part only; "" for none.

    What one of ``answers`` said otherwise is named, so that who asks next is not left with two numbers.
    """
    if not figures:
        return ""
    parts = [_PART.search(one.source) for one in figures]
    said = "、".join(
        f"{one.title}は{one.value}{part[0] if part else ''}" for one, part in zip(figures, parts, strict=True)
    )
    return f"{long_date_plain(day)}現在、{said}です。{given_before(answers, figures, differs=True)}"


def answer_to_copy(answer: YearAnswer) -> str:
    """Return an answer as a text to paste, with question, words, and each number with its source."""
    figures = [f"・{figure.title}　{figure.value}　出どころ：{figure.source}" for figure in answer.figures]
    told = f"（{long_date_plain(answer.day)}現在の数）"
    return "\n".join([f"問い　{answer.question}", f"答え　{answer.answer}", *figures, told])


def read_answers(store: Store, *, fiscal_year: int | None = None) -> tuple[YearAnswer, ...]:
    """Return the answers given in a year (None = the newest year), newest first."""
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    return tuple(rows(store.database, YearAnswer, programme_id=programme.id, order=("-asked_on", "-id")))


def save_answer(
    context: ActionContext,
    *,
    fiscal_year: int,
    question: str,
    asked_by: str,
    asked_on: date,
    quoted: Sequence[str],
    answer: str,
) -> ActionResult:
    """Store an answer with the numbers it quotes, as the records have them now.

    Args:
        quoted: the keys of ``quotable_numbers``.

    Raises:
        UserError: question, answer or who asked is missing, no number is chosen or one does not exist any more,
            or the day of the question is in the future.
    """
    for words, what, todo in (
        (question, "問い", "何を聞かれたかを書いてください。"),
        (asked_by, "聞いた人", "議員の名、照会の元など、だれが聞いたかを書いてください。"),
        (answer, "答え", "数を選ぶと、文の案が入ります。"),
    ):
        if not words.strip():
            raise UserError(f"{what}が書かれていません。", todo)
    if asked_on > context.today:
        raise UserError("聞かれた日が先の日付です。", "本日までの日を入れてください。")
    found = read_summary(context.store, today=context.today, fiscal_year=fiscal_year)
    known = {one.key: one.figure for one in quotable_numbers(found)}
    if not quoted or set(quoted) - set(known):
        raise UserError("答えに使った数が選ばれていないか、いまはない数です。", "数を選び直してください。")
    row = YearAnswer(
        programme_id=found.programme_id,
        question=question.strip(),
        asked_by=asked_by.strip(),
        asked_on=asked_on,
        figures=tuple(known[key] for key in quoted),
        answer=answer.strip(),
        day=context.today,
        **context.signature,
    )
    with context.change("照会への回答を残した", SUBJECT) as change:
        row_id = change.insert(row)
    return ActionResult(f"{short_date(asked_on, context.today)}の照会への回答を残しました。", row_id)


def remove_answer(context: ActionContext, *, answer_id: int) -> ActionResult:
    """Delete an answer to an inquiry; raises ``UserError`` when it does not exist."""
    get_or_raise(context.database, YearAnswer, answer_id)
    with context.change("照会への回答を削除した", SUBJECT) as change:
        change.delete(YearAnswer, answer_id)
    return ActionResult("照会への回答を削除しました。", answer_id)


def build_answers(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of a year's questions up to the scope's day (None = today).

    Raises:
        UserError: there is none.
    """
    day = scope.as_of or now.date()
    context = document_context_of(store, scope, ANSWERS_KIND, now)
    answers = [one for one in read_answers(store, fiscal_year=context.programme.fiscal_year) if one.asked_on <= day]
    if not answers:
        raise UserError("照会への回答がまだありません。", "「年度」の「照会への回答」で、回答を残してください。")
    corrected = corrected_figures(store, answers, fiscal_year=context.programme.fiscal_year)
    return answers_document(context, answers, day, corrected)


def corrected_figures(store: Store, answers: Sequence[YearAnswer], *, fiscal_year: int) -> dict[tuple[int, str], str]:
    """Return quoted numbers whose value on their day differs by today's records.

    The key is the answer and the title of the number; a number that is unknown now is 「記録なし」. One whose kind is
    called otherwise now is left out, since its title says no more which kind it was of.
    """
    found: dict[tuple[int, str], str] = {}
    for day in dict.fromkeys(one.day for one in answers):
        summary = read_summary(store, today=day, fiscal_year=fiscal_year)
        now = {one.figure.title: one.figure.value for one in quotable_numbers(summary)}
        titles = {_title(one, item) for one in (*summary.kinds, summary.total) for item in ITEMS} | {SATISFIED}
        found |= {
            (one.id, figure.title): now.get(figure.title, "記録なし")
            for one in answers
            if one.day == day
            for figure in one.figures
            if figure.title in titles and figure.value != now.get(figure.title)
        }
    return found


def _ready(store: Store, subject: DocumentSubject) -> bool:
    """Return whether there are answers asked up to the day of the document."""
    until = subject.scope.as_of or date.max
    return any(one.asked_on <= until for one in read_answers(store, fiscal_year=subject.scope.fiscal_year))


DOCUMENT = DocumentKind(
    kind=ANSWERS_KIND,
    formats=TEXT_FORMATS,
    build=build_answers,
    is_ready=_ready,
    missing_words="「年度」の「照会への回答」で回答を残すと作成できます。",
    todo="年度まとめ",
    state_words=lambda _store, subject, today: f"{short_date(subject.scope.as_of or today, today)} まで",
)
