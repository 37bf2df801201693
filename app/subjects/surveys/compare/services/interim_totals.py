"""アンケート中間集計 over all events held up to a day, and 実績の一行."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain, short_date
from app.calendar.wareki import fiscal_year_words
from app.documents.blocks import DocumentContent, TallyChart
from app.documents.document_frame import Passage
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of, year_of
from app.programme.rules.event_kinds import surveyed_kinds
from app.programme.services.programme import read_programme
from app.subjects.events.event.rules.held_events import is_held
from app.subjects.events.event.services.event_state import not_counted_words
from app.subjects.events.roster.rules.counts import RecordCounts, record_counts
from app.subjects.surveys.compare import documents as interim_totals
from app.subjects.surveys.compare.documents import KIND, InterimEvent, InterimFacts, InterimKind
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import QuestionTally, was_asked
from app.subjects.surveys.tally.documents.report_survey import tally_chart, without_channels
from app.subjects.surveys.tally.rules.cross_table import COMPARABLE_KINDS, question_comparability
from app.subjects.surveys.tally.rules.tally import count_responses
from db.frozen_record import frozen_record
from db.records.events import Event, EventResult
from db.records.roster import Entry
from db.records.surveys import EventSurvey, Question, SurveyResponse
from db.rows import rows
from db.store import Store
from db.tables import deadlines, events, roster, surveys

_WORDS = {"講習会": "講習会", "派遣": "アドバイザー派遣", "意見交換会": "意見交換会"}
COUNT_EXPLANATION = "延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。"
_KINDS = surveyed_kinds()
# Staff write what the numbers mean; there is no default wording.
_PASSAGES: Final = (Passage(part=interim_totals.REMARK, text="", lines=4),)


@frozen_record
class RecordSummary:
    """The line, the numbers by kind of event with the total last, and notes on them."""

    text: str
    rows: tuple[tuple[str, RecordCounts], ...]
    notes: tuple[str, ...]


def read_record_summary(store: Store, *, today: date, fiscal_year: int | None = None) -> RecordSummary:
    """Return the line for everything of a year held up to ``today``, from the attendance of the rosters."""
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    year = events.events_of_year(store.database, programme.id)
    held = [event for event in year if is_held(event, today)]
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in roster.all_entries(store.database):
        entries[entry.event_id].append(entry)
    found = rows(store.database, EventResult, event_id=[event.id for event in held]) if held else ()
    results = {one.event_id: one for one in found}
    left_out = not_counted_words(store.database, year, today)
    return record_summary(programme.fiscal_year, year, entries, results, today, left_out=left_out)


def record_summary(
    fiscal_year: int,
    events: Sequence[Event],
    entries: Mapping[int, Sequence[Entry]],
    results: Mapping[int, EventResult],
    today: date,
    *,
    left_out: str,
) -> RecordSummary:
    """Return the line for those of ``events`` held up to ``today``, from rows already read.

    Args:
        entries, results: by event, the roster and the recorded numbers of its day.
        left_out: the past events that are not counted (``left_out_words``), for the line, since it is copied alone.
    """

    def count(chosen: Sequence[Event]) -> RecordCounts:
        return record_counts(chosen, entries, results)

    held = [event for event in events if is_held(event, today)]
    kinds = [kind for kind in _WORDS if any(event.kind == kind for event in held)]
    rows = [(_WORDS[kind], count([event for event in held if event.kind == kind])) for kind in kinds]
    whole = count(held)
    head = f"{fiscal_year_words(fiscal_year)}（{long_date_plain(today)}現在）"
    if not held:
        return RecordSummary(
            text=f"{head}　結果を記録した回はまだない。{left_out}" if left_out else f"{head}　実施した回はまだない。",
            rows=(),
            notes=(),
        )
    times = "、".join(f"{name}{found.events}回" for name, found in rows)
    part = f"（名簿のある{whole.roster_events}回分）" if whole.typed_events else ""
    people, once = whole.counted(whole.people).minimum_words("人"), whole.counted(whole.groups).minimum_words("団体")
    visits = whole.counted(whole.visits).words("人")
    groups = whole.counted_groups(whole.group_visits).words("団体")
    line = (
        f"{head}　{times}　計{whole.events}回　延べ人数{visits}・実人数{people}{part}、"
        f"延べ団体{groups}・実団体{once}{part}。{COUNT_EXPLANATION}出席の記録による。{left_out}"
    )
    return RecordSummary(text=line, rows=(*rows, ("計", whole)), notes=_notes(whole))


def _notes(counts: RecordCounts) -> tuple[str, ...]:
    notes = []
    if counts.typed_events:
        notes.append(
            f"実人数と実団体は、名簿で出席を記録した{counts.roster_events}回（延べ{counts.visits_from_roster}人）だけで数えた。"
            f"ほかの{counts.typed_events}回は人数だけの記録のため、延べにだけ入れた。"
        )
    if counts.unknown_events:
        notes.append(f"出席者数の記録がない{counts.unknown_events}回は入っていない。")
    if counts.unnamed:
        notes.append(f"氏名未定のまま出席した{counts.unnamed}人は、別々の人として数えた。")
    return tuple(notes)


@dataclass(frozen=True)
class _SurveyedEvent:
    """One event with its survey and the responses that count."""

    event: Event
    survey: EventSurvey
    responses: tuple[SurveyResponse, ...]
    attendance: int | None

    def question_with_code(self, code: str) -> Question | None:
        """Return its question with ``code``, or None."""
        return next((one for one in self.survey.questions if one.code == code), None)


def has_answers(store: Store, *, programme_id: int, as_of: date) -> bool:
    """Return whether there are responses of a year's events up to ``as_of``."""
    known = surveys.all_surveys(store.database)
    sheets = deadlines.response_counts(store.database, [one.id for one in known])
    answered = {one.event_id for one in known if sheets.get(one.id)}
    return any(
        event.id in answered
        and event.kind in _KINDS
        and event.status != "中止"
        and event.event_date is not None
        and event.event_date <= as_of
        for event in events.events_of_year(store.database, programme_id)
    )


def read_interim(store: Store, *, as_of: date, fiscal_year: int | None) -> InterimFacts:
    """Return the totals over every event of a year (None = the newest) held up to and including ``as_of``.

    Raises:
        UserError: there are no responses yet.

    Raises:
        UserError: nothing came back yet.
    """
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    by_event = {one.event_id: one for one in surveys.all_surveys(store.database)}
    held: list[_SurveyedEvent] = []
    waiting = []
    for event in events.events_of_year(store.database, programme.id):
        if event.kind not in _KINDS or event.event_date is None or event.event_date > as_of or event.status == "中止":
            continue
        survey = by_event.get(event.id)
        present = tuple(surveys.responses(store.database, survey.id)) if survey is not None else ()
        counted = tuple(sheet for sheet in present if sheet.counted)
        if survey is None or not counted:
            waiting.append(event.full_title)
            continue
        result = events.result(store.database, event.id)
        held.append(_SurveyedEvent(event, survey, counted, result.attended if result else None))
    if not held:
        raise UserError("集計する回答がまだありません。", "回答が入ってから作成してください。")
    kinds = tuple(_kind(kind, part) for kind in _KINDS if (part := [one for one in held if one.event.kind == kind]))
    return InterimFacts(
        as_of=as_of,
        kinds=kinds,
        events_without_answers=tuple(waiting),
        record_line=read_record_summary(store, today=as_of, fiscal_year=fiscal_year).text,
    )


def _kind(kind: str, surveyed: Sequence[_SurveyedEvent]) -> InterimKind:
    codes = dict.fromkeys(question.code for one in reversed(surveyed) for question in one.survey.questions)
    charts: list[TallyChart] = []
    sums: dict[str, QuestionTally] = {}
    written: list[tuple[str, int]] = []
    for place, code in enumerate(codes, 1):
        newest = next(found for one in reversed(surveyed) if (found := one.question_with_code(code)) is not None)
        total, note = _combined_tally(newest, surveyed)
        if newest.type == "FA":
            written.append((f"問{place}　{printed_title(newest)}", total.answered_count))
            continue
        chart = without_channels(tally_chart(total, place))
        charts.append(replace(chart, code=f"問{place}", note=chart.note + note))
        if newest.role and total.sum_label:
            sums[newest.role] = total
    return InterimKind(
        kind=kind,
        events=tuple(_event(one) for one in surveyed),
        charts=tuple(charts),
        sums_by_role=sums,
        free_text_counts=tuple(written),
    )


def _combined_tally(newest: Question, surveyed: Sequence[_SurveyedEvent]) -> tuple[QuestionTally, str]:
    """Return one question over all events that asked the same, with a note on the others."""
    asked: list[SurveyResponse] = []
    outside = 0
    worded, changed, missing = [], [], []
    for one in surveyed:
        own = one.question_with_code(newest.code)
        standing = question_comparability(newest, own)
        if own is None:
            missing.append(one.event.full_title)
            continue
        if standing not in COMPARABLE_KINDS:
            changed.append(one.event.full_title)
            continue
        if standing == "文が違う":
            worded.append(one.event.full_title)
        in_branch = [sheet for sheet in one.responses if was_asked(own, sheet.answers, one.survey.questions)]
        outside += len(one.responses) - len(in_branch)
        asked += in_branch
    # Each event's questionnaire has decided already who was asked.
    (total,) = count_responses([replace(newest, asked_of="", asked_of_options=())], asked).questions
    words = (
        ("設問文が違うが合わせて数えた回", worded),
        ("選択肢や聞き方が違うため入れていない回", changed),
        ("聞いていない回", missing),
    )
    note = "".join(f"{word}：{'、'.join(names)}。" for word, names in words if names)
    return replace(total, question=newest, not_asked_count=outside), note


def _event(surveyed: _SurveyedEvent) -> InterimEvent:
    counted = count_responses(surveyed.survey.questions, surveyed.responses, attendance=surveyed.attendance)
    by_role = {found.question.role: found for found in counted.questions if found.sum_label}
    return InterimEvent(
        event=surveyed.event,
        attendance=surveyed.attendance,
        paper=counted.paper,
        online=counted.online,
        rate=counted.return_rate,
        frozen_on=surveyed.survey.frozen_at.date() if surveyed.survey.frozen_at else None,
        satisfaction=by_role.get("satisfaction"),
        intent=by_role.get("intent"),
    )


def build_interim(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of the year's events held up to the scope's day (None = today).

    Raises:
        UserError: there are no responses yet, or no such year.

    Raises:
        UserError: nothing came back yet, or there is no such year.
    """
    context = document_context_of(store, year_of(store, scope, on=now.date()), scope, KIND, now)
    facts = read_interim(store, as_of=scope.as_of or now.date(), fiscal_year=scope.fiscal_year)
    (remark,) = merge_passages(store.database, keys=keys_of(store, scope), kind=KIND, defaults=_PASSAGES)
    return interim_totals.interim_totals(context, facts, remark=remark.text)


def _ready(store: Store, subject: DocumentSubject) -> bool:
    programme_id = keys_of(store, subject.scope)["programme_id"] or 0
    return has_answers(store, programme_id=programme_id, as_of=subject.scope.as_of or date.max)


DOCUMENT: Final = DocumentKind(
    kind=KIND,
    about="年度",
    group="年度",
    build=build_interim,
    is_ready=_ready,
    missing_words="アンケートの回答が入ると作成できます。",
    todo="アンケート",
    state_words=lambda _store, subject, today: f"{short_date(subject.scope.as_of or today, today)} までの回",
    passages=lambda _store, _scope, _on: _PASSAGES,
    goes_out=True,
)
