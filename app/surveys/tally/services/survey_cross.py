"""Cross tables of a survey: one question by another, or by the events of the year, and which are printed."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.surveys.questions.rules import REFERENCE_BASE, printed_title
from app.surveys.questions.services.surveys import get_surveyed_event
from app.surveys.tally.documents import CROSS_KIND, CrossFacts, PrintedCrossTable
from app.surveys.tally.rules import (
    COMPARABLE_KINDS,
    SMALL_CELL_PEOPLE,
    AskedResponses,
    CrossTable,
    PercentBase,
    PrintedCross,
    QuestionPair,
    closes_loop,
    cross_by_event,
    cross_note,
    cross_questions,
    print_cross,
    question_comparability,
    role_and_age_warning,
)
from app.surveys.tally.services.confirmed_tallies import tally_state
from app.surveys.tally.services.survey_tally import counted_words, facts_beside_survey
from db.record import frozen, group_by_key, record
from db.records.documents import DocumentPassage
from db.records.events import Event
from db.records.surveys import EventSurvey, Question
from db.store import Store
from db.tables import documents, events, surveys

_UNMASKED = "伏せない"
_TABLE = "表"
_PERCENT_BASES: tuple[PercentBase, ...] = ("", "row", "column")


@record
class CrossChoice:
    """The choice of a table, with the codes of row and column question (column empty = the year's events).

    ``is_whole_year`` counts all events of the kind this year instead of the one; ``percent_base`` is the base of
    percentages.
    """

    row: str
    column: str = ""
    is_whole_year: bool = False
    percent_base: PercentBase = ""

    @property
    def key(self) -> str:
        """Return the choice as the text in which it is stored (「Q1|Q2|回|row」)."""
        return "|".join((self.row, self.column, "年度" if self.is_whole_year else "回", self.percent_base))


@record
class CrossView:
    """One cross table as the screen shows it.

    ``questions`` are those that can be crossed, as (code, 「問2」, title). ``chosen_tables`` are those chosen for
    クロス集計表, ``is_masked_on_document`` whether small cells are hidden there. ``internal_reason`` says why this
    table may not leave the ward (empty = it may). ``warning`` says when 役割 and 年代 together could identify people.
    """

    event: Event
    choice: CrossChoice
    questions: tuple[tuple[str, str, str], ...]
    table: CrossTable
    printed: PrintedCross
    note: str
    row_title: str
    column_title: str
    chosen_tables: tuple[CrossChoice, ...]
    is_masked_on_document: bool
    internal_reason: str
    warning: str


@frozen
class _SurveyedEvent:
    """One event with its survey and the answers that count, by channel."""

    event: Event
    survey: EventSurvey
    asked_responses: tuple[AskedResponses, ...]


def read_cross(store: Store, *, event_id: int, choice: CrossChoice | None = None, masked: bool = False) -> CrossView:
    """Return one cross table; ``masked`` hides its small cells.

    Without ``choice``, or where a question of it is gone, it is 満足度 (else the first question) by the first other.

    Raises:
        UserError: there are no questions yet, or none that can be crossed.
    """
    event, survey = _survey(store, event_id)
    usable = [question for question in survey.questions if question.type.has_options]
    if not usable:
        raise UserError(
            "選択肢のある設問がないため、クロス集計はできません。", "単一回答または複数回答の設問があると使えます。"
        )
    chosen = choice if choice is not None and _is_usable(choice, usable) else _first_choice(usable)
    table, more = _count_table(store, event, survey, chosen)
    printed = print_cross(table, percent_base=chosen.percent_base, masked=masked)
    texts = documents.passages_of_document(store.database, CROSS_KIND, event_id=event_id)
    return CrossView(
        event=event,
        choice=chosen,
        questions=tuple((one.code, _label(survey, one.code), printed_title(one)) for one in usable),
        table=table,
        printed=printed,
        note=cross_note(table, printed, percent_base=chosen.percent_base, masked=masked) + more,
        row_title=_title(survey, chosen.row),
        column_title=_title(survey, chosen.column),
        chosen_tables=_chosen(texts),
        is_masked_on_document=not _unmasked_reason(texts),
        internal_reason=_internal_reason(store, event, survey, chosen, table),
        warning=role_and_age_warning(survey.questions, table.total),
    )


def has_chosen_tables(store: Store, *, event_id: int) -> bool:
    """Return whether at least one table was chosen for クロス集計表 whose questions are there."""
    texts = documents.passages_of_document(store.database, CROSS_KIND, event_id=event_id)
    survey = surveys.survey_of_event(store.database, event_id) if _chosen(texts) else None
    return survey is not None and bool(_usable_choices(texts, survey))


def chosen_cross_tables(store: Store, *, event_id: int) -> CrossFacts:
    """Return the tables chosen for クロス集計表, small cells hidden unless decided otherwise.

    Tables with a question that is gone are left out.

    Raises:
        UserError: no usable table was chosen, or one may not leave the ward and the document is not internal.
    """
    event, survey = _survey(store, event_id)
    texts = documents.passages_of_document(store.database, CROSS_KIND, event_id=event_id)
    choices = _usable_choices(texts, survey)
    if not choices:
        raise UserError(
            "クロス集計表に載せる表が選ばれていません。", "「集計」のクロス集計で、載せる表を選んでください。"
        )
    reason = _unmasked_reason(texts)
    tables = []
    for choice in choices:
        table, more = _count_table(store, event, survey, choice)
        if not reason:
            _reject_internal(store, event, survey, choice, table)
        printed = print_cross(table, percent_base=choice.percent_base, masked=not reason)
        note = cross_note(table, printed, percent_base=choice.percent_base, masked=not reason) + more
        tables.append(
            PrintedCrossTable(
                row_title=_title(survey, choice.row),
                column_title=_title(survey, choice.column),
                scope=f"今年度の{event.kind_words}の全回"
                if choice.is_whole_year or not choice.column
                else event.full_title,
                printed=printed,
                note=note,
            )
        )
    return CrossFacts(
        event=facts_beside_survey(store, event, survey),
        survey=survey,
        tables=tuple(tables),
        counted_words=counted_words(survey),
        unmasked_reason=reason,
        warning=role_and_age_warning(survey.questions, max((_people(one) for one in tables), default=0)),
    )


def choose_cross(context: ActionContext, *, event_id: int, choice: CrossChoice, on: bool) -> ActionResult:
    """Add a table to クロス集計表, or remove it.

    Raises:
        UserError: its questions do not exist, or it may not leave the ward and the document is not internal.
    """
    event, survey = _survey(context.store, event_id)
    texts = documents.passages_of_document(context.database, CROSS_KIND, event_id=event_id)
    if on:
        if not _is_usable(choice, [question for question in survey.questions if question.type.has_options]):
            raise UserError("この表の設問が見つかりません。", "設問を選び直してください。")
        if not _unmasked_reason(texts):
            _reject_internal(
                context.store, event, survey, choice, _count_table(context.store, event, survey, choice)[0]
            )
    present = [text for text in texts if text.part == _TABLE and text.text == choice.key]
    action = "クロス集計表に表を載せた" if on else "クロス集計表から表を外した"
    with context.change(action, "surveys", event_id=event_id) as change:
        if on and not present:
            change.insert(DocumentPassage(event_id=event_id, document_kind=CROSS_KIND, part=_TABLE, text=choice.key))
        elif not on:
            for text in present:
                change.delete(DocumentPassage, text.id)
    said = "クロス集計表に載せました。" if on else "クロス集計表から外しました。"
    return ActionResult(said, event_id)


def set_masking(context: ActionContext, *, event_id: int, masked: bool, reason: str = "") -> ActionResult:
    """Hide cells of one or two people on クロス集計表 (the default), or show them for internal use.

    The ``reason`` for showing them is stored; while they are hidden it is ignored.

    Raises:
        UserError: shown without a reason, or hidden while a chosen table may not leave the ward at all.
    """
    get_or_raise(context.database, Event, event_id)
    words = reason.strip()
    if masked and has_chosen_tables(context.store, event_id=event_id):
        _reject_all_internal(context.store, event_id)
    if not masked and not words:
        raise UserError(
            "2人以下の欄を伏せずに出すときは、理由が必要です。", "使い道（区の内部での検討など）を書いてください。"
        )
    present = next(
        (
            text
            for text in documents.passages_of_document(context.database, CROSS_KIND, event_id=event_id)
            if text.part == _UNMASKED
        ),
        None,
    )
    action = "クロス集計表の2人以下の欄を伏せる" if masked else "クロス集計表の2人以下の欄を伏せない"
    with context.change(action, "surveys", event_id=event_id) as change:
        if not masked:
            change.update_or_insert(
                DocumentPassage, present, event_id=event_id, document_kind=CROSS_KIND, part=_UNMASKED, text=words
            )
        elif present is not None:
            change.delete(DocumentPassage, present.id)
    said = "2人以下の欄を伏せて出します。" if masked else "2人以下の欄も出します。区の内部だけで使ってください。"
    return ActionResult(said, event_id)


def _people(cross_table: PrintedCrossTable) -> int:
    return int(cross_table.printed.lines[-1][1][-1].people)


def _unmasked_reason(texts: Sequence[DocumentPassage]) -> str:
    """Return the reason for which a document shows everything and stays internal; "" if it may leave."""
    return next((text.text for text in texts if text.part == _UNMASKED), "")


def _reject_all_internal(store: Store, event_id: int) -> None:
    """Raise ``UserError`` if any table chosen for クロス集計表 may not leave the ward."""
    event, survey = _survey(store, event_id)
    texts = documents.passages_of_document(store.database, CROSS_KIND, event_id=event_id)
    for choice in _usable_choices(texts, survey):
        _reject_internal(store, event, survey, choice, _count_table(store, event, survey, choice)[0])


def _reject_internal(store: Store, event: Event, survey: EventSurvey, choice: CrossChoice, table: CrossTable) -> None:
    """Raise ``UserError`` if a table may not leave the ward."""
    reason = _internal_reason(store, event, survey, choice, table)
    if reason:
        name = f"{_title(survey, choice.row)}　×　{_title(survey, choice.column)}"
        raise UserError(
            f"「{name}」の表は区の外に出せません。{reason}",
            "区の内部で使うときは、理由を書いて「伏せずに出す」にすると、「区の内部用」として作れます。",
        )


def _internal_reason(store: Store, event: Event, survey: EventSurvey, choice: CrossChoice, table: CrossTable) -> str:
    """Return why a table may not leave the ward, as a sentence, else "".

    Few responses, totals that are still open, or hidden cells that could be computed.
    """
    if table.is_published:
        return ""
    if table.total < REFERENCE_BASE:
        return (
            f"回収が{table.total}件で、{REFERENCE_BASE}件に満たないためです（公表した集計と合わせると、"
            f"誰の回答か分かるおそれ）。"
        )
    growing = _open_answers_reason(store, event, survey, choice)
    if growing:
        return f"{growing}ためです。あとから回答が増えると、前に出した表との差から、増えた分の回答が分かります。"
    return _deducible_reason(store, event, survey, choice, table)


def _deducible_reason(store: Store, event: Event, survey: EventSurvey, choice: CrossChoice, table: CrossTable) -> str:
    """Return which published data would reveal hidden cells of a table; "" for none."""
    others = _published_pairs(store, event, except_choice=choice, own_event_id=event.id)
    wanted = frozenset((choice.row, choice.column))
    if any(pair == wanted for pair, scope in others if scope not in ("", _scope(event, choice))):
        return "同じ2問の表を、別の範囲（回・年度）でも出すことになっていて、差し引くと伏せた欄が分かるためです。"
    branches = {frozenset((one.code, one.asked_of)) for one in survey.questions if one.asked_of}
    if closes_loop(wanted, {*branches, *(pair for pair, _scope_of in others)}):
        return "ほかのクロス集計表や分岐の設問と合わせると、伏せた欄が分かるおそれがあるためです。"
    if table.hidden_cells_of_table() is None:
        return f"{SMALL_CELL_PEOPLE}人以下の欄を伏せても、公表した集計から逆算できるためです。"
    return ""


def _open_answers_reason(store: Store, event: Event, survey: EventSurvey, choice: CrossChoice) -> str:
    """Return what could still add answers (a second print would reveal them by the difference), or ""."""
    if not choice.is_whole_year:
        return "" if survey.frozen_at is not None else "集計が確定していない"
    of_year = events.events_of_year(store.database, event.programme_id)
    by_event = surveys.surveys_by_event(store.database, of_year)
    of_the_year = [(one, by_event.get(one.id)) for one in of_year if one.kind == event.kind and one.status.counts]
    ahead = [one for one, found in of_the_year if one.status.is_planned and (found is None or found.frozen_at is None)]
    counting = [one for one, found in of_the_year if one not in ahead and found is not None and found.frozen_at is None]
    if ahead:
        return f"今年度の{event.kind_words}に、これから実施する回が{len(ahead)}回ある"
    return f"集計が確定していない回がある（{'、'.join(one.full_title for one in counting)}）" if counting else ""


def _scope(event: Event, choice: CrossChoice) -> str:
    """Return the key of the scope of a table: 「年度」, or 「回12」 with the id of the event."""
    return "年度" if choice.is_whole_year else f"回{event.id}"


def _published_pairs(
    store: Store, event: Event, *, except_choice: CrossChoice, own_event_id: int
) -> list[tuple[QuestionPair, str]]:
    """Return the pairs of questions in tables chosen for クロス集計表 of this kind and year, with their scope.

    Left out are documents for internal use, tables by events, and ``except_choice`` of the event ``own_event_id``.
    """
    found = []
    for other in events.events_of_year(store.database, event.programme_id):
        if other.kind != event.kind:
            continue
        texts = documents.passages_of_document(store.database, CROSS_KIND, event_id=other.id)
        if _unmasked_reason(texts):
            continue
        found += [
            (frozenset((one.row, one.column)), _scope(other, one))
            for one in _chosen(texts)
            if one.column and (other.id, one) != (own_event_id, except_choice)
        ]
    return found


def _survey(store: Store, event_id: int) -> tuple[Event, EventSurvey]:
    """Return the event and its survey, in a fixed tally as fixed; raises ``UserError`` without a survey."""
    event = get_or_raise(store.database, Event, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        get_surveyed_event(store, event_id)
        raise UserError("この実施回の設問がまだありません。", "設問を用意してください。")
    kept = tally_state(store, survey)
    return (kept.event if kept is not None else event), survey


def _chosen(texts: Sequence[DocumentPassage]) -> tuple[CrossChoice, ...]:
    """Return the cross tables chosen for the document, read from its stored texts."""
    found = []
    for text in texts:
        parts = text.text.split("|")
        if text.part == _TABLE and len(parts) == 4 and parts[3] in _PERCENT_BASES:
            share = _PERCENT_BASES[_PERCENT_BASES.index(parts[3])]
            found.append(
                CrossChoice(row=parts[0], column=parts[1], is_whole_year=parts[2] == "年度", percent_base=share)
            )
    return tuple(found)


def _usable_choices(texts: Sequence[DocumentPassage], survey: EventSurvey) -> list[CrossChoice]:
    """Return the cross tables chosen for the document whose questions are there."""
    usable = [question for question in survey.questions if question.type.has_options]
    return [choice for choice in _chosen(texts) if _is_usable(choice, usable)]


def _is_usable(choice: CrossChoice, usable: Sequence[Question]) -> bool:
    """Return whether both questions of the table (or one alone) can still be used and are different."""
    codes = {question.code for question in usable}
    return choice.row in codes and choice.column in codes | {""} and choice.row != choice.column


def _first_choice(usable: Sequence[Question]) -> CrossChoice:
    """Return the table shown at first: satisfaction (else the first question) by the first other; alone, by events."""
    row = next((question for question in usable if question.asks_satisfaction), usable[0])
    column = next((question for question in usable if question.code != row.code), None)
    return CrossChoice(row=row.code, column=column.code if column else "", is_whole_year=column is None)


def _count_table(store: Store, event: Event, survey: EventSurvey, choice: CrossChoice) -> tuple[CrossTable, str]:
    """Return the table, and the note on events left out and on open totals (none for one event alone)."""
    by_code = {question.code: question for question in survey.questions}
    row = by_code[choice.row]
    column = by_code.get(choice.column)
    wanted = [row] if column is None else [row, column]
    if column is not None and not choice.is_whole_year:
        return cross_questions(row, column, _asked_by_channel(store, survey)), ""
    held, left_out = _events_of_year(store, event, wanted)
    open_ones = [one.event.full_title for one in held if one.survey.frozen_at is None]
    words = (("設問が違うため入れていない回", left_out), ("集計が確定していない回", open_ones))
    more = "".join(f"{word}：{'、'.join(names)}。" for word, names in words if names)
    if column is None:
        by_event = {
            one.event.full_title: (
                one.survey.questions,
                [sheet for _own, sheets in one.asked_responses for sheet in sheets],
            )
            for one in held
        }
        return cross_by_event(row, by_event), more
    return cross_questions(row, column, [part for one in held for part in one.asked_responses]), more


def _events_of_year(
    store: Store, event: Event, questions: Sequence[Question]
) -> tuple[list[_SurveyedEvent], tuple[str, ...]]:
    """Return the events of this kind with comparable questions, by date, and the titles of the others.

    Events without counted responses, and others that were cancelled, are in neither.
    """
    held, left_out = [], []
    of_year = events.events_of_year(store.database, event.programme_id)
    by_event = surveys.surveys_by_event(store.database, of_year)
    for other in of_year:
        found = by_event.get(other.id)
        is_off = not other.status.counts and other.id != event.id
        if found is None or other.kind != event.kind or is_off:
            continue
        asked = _asked_by_channel(store, found)
        if not asked:
            continue
        codes = {question.code: question for question in found.questions}
        if all(
            question_comparability(question, codes.get(question.code)) in COMPARABLE_KINDS for question in questions
        ):
            held.append(_SurveyedEvent(other, found, asked))
        else:
            left_out.append(other.full_title)
    return held, tuple(left_out)


def _asked_by_channel(store: Store, survey: EventSurvey) -> tuple[AskedResponses, ...]:
    """Return the counted responses, paper and online apart, as アンケート集計表 prints both."""
    parts = group_by_key(
        (sheet.source, sheet.answers) for sheet in surveys.responses(store.database, survey.id) if sheet.counted
    )
    return tuple((survey.questions, sheets) for sheets in parts.values())


def _label(survey: EventSurvey, code: str) -> str:
    return next((f"問{place}" for place, one in enumerate(survey.questions, 1) if one.code == code), "")


def _title(survey: EventSurvey, code: str) -> str:
    """Return number and title of a question (「問3　満足度」), 「実施回」 for a code of none."""
    question = next((one for one in survey.questions if one.code == code), None)
    return f"{_label(survey, code)}　{printed_title(question)}" if question is not None else "実施回"
