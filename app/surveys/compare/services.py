"""Compare the surveys of a year by event, together and with earlier years; 中間集計 and 実績の一行.

A total over events with the same question is evidence for the 提案書.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain, short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent, TallyChart
from app.documents.document_frame import Passage
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, keys_of
from app.event.rules.held_events import is_held
from app.event.services.event_facts import FrozenAttendance, frozen_attendances
from app.event.services.event_state import not_counted_words
from app.events.roster.rules import RecordCounts, record_counts
from app.programme.services import ProgrammeView, kinds_of_events, programmes, read_programme
from app.surveys.compare import documents as interim_totals
from app.surveys.compare.documents import KIND, InterimEvent, InterimFacts, InterimKind
from app.surveys.compare.intake import EarlierFile, read_earlier_counts
from app.surveys.compare.rules import ComparisonSource, asked_questions, combine_sources, earlier_source
from app.surveys.questions.rules import OUTSIDE, printed_title, was_asked
from app.surveys.questions.services.questionnaires import choose_kind_words, surveyed_kinds
from app.surveys.tally.documents import tally_chart, without_channels
from app.surveys.tally.rules import (
    COMPARABLE_KINDS,
    QuestionTally,
    count_responses,
    cross_rows,
    question_comparability,
    tally_answers,
)
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.record import frozen, group_by_key, record
from db.records.events import Event, EventResult
from db.records.programme import EventKind
from db.records.roster import Entry
from db.records.surveys import EarlierCounts, EarlierQuestion, EventSurvey, Question, QuestionRole, SurveyResponse
from db.records.year.proposal import EvidenceSort
from db.rows import rows
from db.store import Store
from db.tables import deadlines, events, roster, surveys

COUNT_EXPLANATION = "延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。"
# Staff write what the numbers mean; there is no default wording.
_PASSAGES = (Passage(part=interim_totals.REMARK, text="", lines=4),)


@record
class RecordSummary:
    """実績の一行 of a year: the whole line (``text``), the numbers by kind of event, and notes on them.

    ``rows`` are (name of the kind, its counts), ``("計", …)`` last; () while no event was held.
    """

    text: str
    rows: tuple[tuple[str, RecordCounts], ...]
    notes: tuple[str, ...]


def read_record_summary(store: Store, *, today: date, fiscal_year: int | None = None) -> RecordSummary:
    """Return 実績の一行 of everything of a year (None = the newest) held up to ``today``, from the rosters."""
    view = read_programme(store, fiscal_year=fiscal_year)
    year = events.events_of_year(store.database, view.programme.id)
    held = [event for event in year if is_held(event, today)]
    entries = group_by_key(
        (entry.event_id, entry) for entry in roster.entries_of(store.database, [event.id for event in held])
    )
    found = rows(store.database, EventResult, event_id=[event.id for event in held])
    results = {one.event_id: one for one in found}
    left_out = not_counted_words(store.database, year, today)
    return record_summary(view, year, entries, results, today, left_out=left_out)


def record_summary(
    view: ProgrammeView,
    events: Sequence[Event],
    entries: Mapping[int, Sequence[Entry]],
    results: Mapping[int, EventResult],
    today: date,
    *,
    left_out: str,
) -> RecordSummary:
    """Return 実績の一行 of those of ``events`` held up to ``today``, from rows already read.

    Args:
        view: the year. entries, results: by event, the roster and the recorded numbers of its day.
        left_out: the past events that are not counted (``left_out_words``), for the line, since it is copied alone.
    """

    def count(chosen: Sequence[Event]) -> RecordCounts:
        return record_counts(chosen, entries, results)

    held = [event for event in events if is_held(event, today)]
    held = [one for one in held if one.id not in results or not results[one.id].cut_short.is_left_out]
    kinds = [kind for kind in view.kinds if any(event.kind == kind.kind for event in held)]
    rows = [(one.name_in_text, count([event for event in held if event.kind == one.kind])) for one in kinds]
    whole = count(held)
    head = f"{fiscal_year_words(view.programme.fiscal_year)}（{long_date_plain(today)}現在）"
    if not held:
        return RecordSummary(
            text=f"{head}　結果を記録した回はまだない。{left_out}" if left_out else f"{head}　実施した回はまだない。",
            rows=(),
            notes=(),
        )
    times = "、".join(f"{name}{found.events}回" for name, found in rows)
    part = f"（名簿のある{whole.roster_events}回分）" if whole.typed_events and whole.roster_events else ""
    people, once = whole.counted(whole.people).minimum_words("人"), whole.counted(whole.groups).minimum_words("団体")
    visits = whole.counted(whole.visits).words("人")
    groups = whole.counted_groups(whole.group_visits).words("団体")
    said = f"延べ人数{visits}・実人数{people}{part}、延べ団体{groups}・実団体{once}{part}。{COUNT_EXPLANATION}"
    if whole.is_typed_only:
        why = "回ごとに数えた合計。名簿の記録がないため、実人数・実団体は数えていない"
        said = f"延べ人数{visits}、延べ団体{groups}（{why}）。"
    line = f"{head}　{times}　計{whole.events}回　{said}出席の記録による。{left_out}"
    return RecordSummary(text=line, rows=(*rows, ("計", whole)), notes=_notes(whole))


def _notes(counts: RecordCounts) -> tuple[str, ...]:
    """Return the sentences on how people and organisations were counted."""
    notes = []
    if counts.is_typed_only:
        notes.append(f"{counts.typed_events}回とも人数だけの記録のため、実人数と実団体は数えていない。")
    elif counts.typed_events and counts.roster_events:
        notes.append(
            f"実人数と実団体は、名簿で出席を記録した{counts.roster_events}回（延べ{counts.visits_from_roster}人）だけで数えた。"
            f"ほかの{counts.typed_events}回は人数だけの記録のため、延べにだけ入れた。"
        )
    if counts.unknown_events:
        notes.append(f"出席者数の記録がない{counts.unknown_events}回は入っていない。")
    if counts.unnamed:
        notes.append(f"氏名未定のまま出席した{counts.unnamed}人は、別々の人として数えた。")
    return tuple(notes)


@frozen
class _SurveyedEvent:
    """Record of one event with its survey and the responses that count.

    ``attendance`` is 出席 as recorded now, ``rate_attendance`` that of the 回収率, of fixed totals the one of then.
    """

    event: Event
    survey: EventSurvey
    responses: tuple[SurveyResponse, ...]
    attendance: int | None
    rate_attendance: int | None

    def question_with_code(self, code: str) -> Question | None:
        """Return its question with ``code``, or None."""
        return next((one for one in self.survey.questions if one.code == code), None)


def has_answers(store: Store, *, programme_id: int, as_of: date) -> bool:
    """Return whether there are responses of a year's events, not cancelled, up to and including ``as_of``."""
    held = [
        event
        for event in events.events_of_year(store.database, programme_id)
        if event.status.counts and event.event_date is not None and event.event_date <= as_of
    ]
    asked = surveys.surveys_by_event(store.database, held).values()
    return any(deadlines.response_counts(store.database, [one.id for one in asked]).values())


def read_interim(store: Store, *, as_of: date, fiscal_year: int | None) -> InterimFacts:
    """Return the totals over every event of a year (None = the newest) held up to and including ``as_of``.

    Raises:
        UserError: there are no responses yet.

    """
    year = read_programme(store, fiscal_year=fiscal_year)
    held = []
    waiting = []
    of_year = [
        event
        for event in events.events_of_year(store.database, year.programme.id)
        if event.event_date is not None and event.event_date <= as_of and event.status.counts
    ]
    by_event = surveys.surveys_by_event(store.database, of_year)
    fixed = frozen_attendances(store.database, by_event.values())
    kinds_by_event = kinds_of_events(store.database, of_year)
    for event in of_year:
        surveyed = _surveyed_event(store, event, by_event.get(event.id), fixed)
        if surveyed is not None:
            held.append(surveyed)
        elif kinds_by_event[event.id].has_survey and is_held(event, as_of):
            waiting.append(event.full_title)
    if not held:
        raise UserError("集計する回答がまだありません。", "回答が入ってから作成してください。")
    by_kind = [(kind, [one for one in held if one.event.kind == kind.kind]) for kind in year.kinds]
    kinds = tuple(_kind(kind, part) for kind, part in by_kind if part)
    return InterimFacts(
        as_of=as_of,
        kinds=kinds,
        unasked_kinds=tuple(one for one in year.kinds if not one.has_survey),
        events_without_answers=tuple(waiting),
        record_line=read_record_summary(store, today=as_of, fiscal_year=fiscal_year).text,
    )


def _surveyed_event(
    store: Store, event: Event, survey: EventSurvey | None, fixed: Mapping[int, FrozenAttendance]
) -> _SurveyedEvent | None:
    """Return the event with the responses that count, None without any; ``fixed`` are those of fixed totals."""
    if survey is None:
        return None
    counted = tuple(sheet for sheet in surveys.responses(store.database, survey.id) if sheet.counted)
    if not counted:
        return None
    result = events.result(store.database, event.id)
    attended = result.attended if result else None
    of_then = fixed.get(survey.id)
    return _SurveyedEvent(event, survey, counted, attended, of_then.attended if of_then is not None else attended)


def _kind(kind: EventKind, surveyed: Sequence[_SurveyedEvent]) -> InterimKind:
    """Return the tallies of all events of one kind, summed up by question; of free texts only how many there are."""
    codes = dict.fromkeys(question.code for one in reversed(surveyed) for question in one.survey.questions)
    charts: list[TallyChart] = []
    sums: dict[str, QuestionTally] = {}
    written: list[tuple[str, int]] = []
    for place, code in enumerate(codes, 1):
        newest = next(found for one in reversed(surveyed) if (found := one.question_with_code(code)) is not None)
        total, note = _combined_tally(newest, surveyed)
        if newest.type.is_text:
            written.append((f"問{place}　{printed_title(newest)}", total.answered_count))
            continue
        chart = without_channels(tally_chart(total, place))
        charts.append(replace(chart, code=f"問{place}", note=chart.note + note))
        if newest.role and total.sum_label:
            sums[newest.role] = total
    return InterimKind(
        kind=kind.kind,
        name=kind.name,
        events=tuple(_event(one) for one in surveyed),
        charts=tuple(charts),
        sums_by_role=sums,
        free_text_counts=tuple(written),
    )


def _combined_tally(newest: Question, surveyed: Sequence[_SurveyedEvent]) -> tuple[QuestionTally, str]:
    """Return one question over all events that asked the same, with a note on the others."""
    asked = []
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
    """Return the tally of one event, with its satisfaction and return rate."""
    counted = count_responses(surveyed.survey.questions, surveyed.responses, attendance=surveyed.rate_attendance)
    by_role = {found.question.role: found for found in counted.questions if found.sum_label}
    return InterimEvent(
        event=surveyed.event,
        attendance=surveyed.attendance,
        rate_attendance=surveyed.rate_attendance,
        paper=counted.paper,
        online=counted.online,
        rate=counted.return_rate,
        frozen_on=surveyed.survey.frozen_at.date() if surveyed.survey.frozen_at else None,
        satisfaction=by_role.get(QuestionRole.SATISFACTION),
    )


def build_interim(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of the year's events held up to the scope's day (None = today).

    Raises:
        UserError: there are no responses yet, or no such year.

    """
    context = document_context_of(store, scope, KIND, now)
    facts = read_interim(store, as_of=scope.as_of or now.date(), fiscal_year=scope.fiscal_year)
    (remark,) = passage_texts(store, scope, KIND, _PASSAGES).values()
    return interim_totals.interim_totals(context, facts, remark=remark)


def _ready(store: Store, subject: DocumentSubject) -> bool:
    """Return whether the year has answers up to the last day that the document counts."""
    programme_id = keys_of(store, subject.scope)["programme_id"] or 0
    return has_answers(store, programme_id=programme_id, as_of=subject.scope.as_of or date.max)


DOCUMENT = DocumentKind(
    kind=KIND,
    build=build_interim,
    is_ready=_ready,
    missing_words="アンケートの回答が入ると作成できます。",
    todo="アンケート",
    state_words=lambda _store, subject, today: f"{short_date(subject.scope.as_of or today, today)} までの回",
    passages=lambda _store, _scope, _on: _PASSAGES,
    goes_out=True,
)


EVIDENCE_KIND = "年度の集計"
_KEY_SEPARATOR = "|"


@record
class YearOption:
    """One option of one question over the year.

    ``key`` identifies it; ``kind`` is the name of its kind; ``question`` has its number before it (「問2　…」);
    ``percent`` is as printed, "" = too few people (参考値). ``is_preliminary`` = totals of an event of the kind are
    not fixed yet.
    """

    key: str
    kind: str
    question: str
    option: str
    count: int
    base: int
    percent: str = ""
    is_preliminary: bool = False

    @property
    def id(self) -> str:
        """Return its key, by which a list keeps its position."""
        return self.key


def read_year_options(store: Store, *, fiscal_year: int) -> tuple[YearOption, ...]:
    """Return every option of the questions asked in a year, also those nobody chose; () without responses."""
    try:
        # Up to its last day: a future event has no answers yet.
        facts = read_interim(store, as_of=date(fiscal_year + 1, 3, 31), fiscal_year=fiscal_year)
    except UserError:
        return ()
    return tuple(one for kind in facts.kinds for one in _options_of_kind(fiscal_year, kind))


def _options_of_kind(fiscal_year: int, kind: InterimKind) -> list[YearOption]:
    """Return every option of one kind's questions, with its count, as it can be cited in a proposal."""
    unfixed = any(one.frozen_on is None for one in kind.events)
    return [
        YearOption(
            key=_KEY_SEPARATOR.join((str(fiscal_year), kind.kind, chart.title, row.text)),
            kind=kind.name,
            question=f"{chart.code}　{chart.title}",
            option=row.text,
            count=row.count,
            base=chart.base,
            percent="" if chart.reference_only else row.percent,
            is_preliminary=unfixed,
        )
        for chart in kind.charts
        for row in chart.rows
        if row.kind in ("option", "other", "exclusive")
    ]


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the current sums of the options with these keys; those that no longer exist are left out."""
    years = {one.fiscal_year: one.id for one in programmes(store)}
    wanted = {int(key.split(_KEY_SEPARATOR, 1)[0]) for key in keys}
    known = {one.key: one for year in wanted if year in years for one in read_year_options(store, fiscal_year=year)}
    return {
        key: CurrentEvidence(
            sort=EvidenceSort.TALLY,
            said=f"{one.question.split('　')[0]}「{one.option}」",
            count=f"{one.count}人／{one.base}人" + fill_nonempty("（{}％）", one.percent),
            source=f"{one.kind}アンケート　年度の集計　{one.question.split('　')[0]}"
            f"{'（確定前の回を含む）' if one.is_preliminary else ''}",
            day=None,
            programme_id=years[int(key.split(_KEY_SEPARATOR, 1)[0])],
        )
        for key in keys
        if (one := known.get(key)) is not None
    }


SOURCE = EvidenceSource(kind=EVIDENCE_KIND, read=read_evidence, is_total=True)


NOT_FROZEN, SOME_NOT_FROZEN = "（確定前）", "（確定前の回を含む）"
"""Suffixes for totals that are not fixed yet."""


@record
class YearSource:
    """Record of one comparable column.

    ``key`` identifies it (「回12」「前3」「計」); ``earlier_id`` is the id of its earlier year, else 0.
    """

    key: str
    source: ComparisonSource
    earlier_id: int = 0


@record
class YearView:
    """The surveys of one kind and year to compare.

    ``sources`` are the years before it oldest first, then the events with answers by date, then all these together.
    ``kinds`` are all that can be compared; ``kind`` is the key of this one, ``kind_name`` its name, both "" where there
    is none. ``questions`` are the SA and MA questions of the last event that has a survey; ``numbers`` their places on
    the paper by code (「問2」). ``earlier`` are the stored earlier years of the kind, newest first.
    """

    fiscal_year: int
    kind: str
    kind_name: str
    kinds: tuple[EventKind, ...]
    sources: tuple[YearSource, ...]
    questions: tuple[Question, ...]
    numbers: dict[str, str]
    earlier: tuple[EarlierCounts, ...]


def _compared_kinds(view: ProgrammeView, asked: Iterable[Event]) -> tuple[EventKind, ...]:
    """Return the kinds of a year that have a survey, or whose events ``asked`` once, in the order of the year."""
    asked_kinds = {event.kind for event in asked}
    return tuple(one for one in view.kinds if one in view.surveyed_kinds or one.kind in asked_kinds)


def _kind_name(kinds: Iterable[EventKind], kind: str) -> str:
    return next((one.name for one in kinds if one.kind == kind), kind)


def read_year(store: Store, *, kind: str = "", fiscal_year: int | None = None) -> YearView:
    """Return everything of one kind and year (None = the newest) to compare; an unknown kind or "" = the first."""
    view = read_programme(store, fiscal_year=fiscal_year)
    programme = view.programme
    of_year = events.events_of_year(store.database, programme.id)
    by_event = surveys.surveys_by_event(store.database, of_year)
    kinds = _compared_kinds(view, (event for event in of_year if event.id in by_event))
    if kind not in [one.kind for one in kinds]:
        kind = kinds[0].kind if kinds else ""
    name = _kind_name(kinds, kind)
    parts = []
    newest: tuple[Question, ...] = ()
    for event in of_year:
        survey = by_event.get(event.id)
        if event.kind != kind or survey is None or not event.status.counts:
            continue
        newest = survey.questions
        answers = [sheet.answers for sheet in surveys.responses(store.database, survey.id) if sheet.counted]
        if answers:
            counted = asked_questions(tally_answers(survey.questions, answers))
            label = event.full_title + ("" if survey.frozen_at else NOT_FROZEN)
            source = ComparisonSource(label=label, response_count=len(answers), questions=counted)
            parts.append(YearSource(key=f"回{event.id}", source=source))
    sources = []
    earlier = tuple(one for one in surveys.earlier_counts(store.database) if one.kind == kind)
    # Seen from an older year, those typed for a later one are not earlier.
    for one in reversed([one for one in earlier if one.fiscal_year < programme.fiscal_year]):
        label = f"{fiscal_year_words(one.fiscal_year)}　{name}"
        sources.append(YearSource(key=f"前{one.id}", source=earlier_source(one, label), earlier_id=one.id))
    sources += parts
    if parts:
        mark = SOME_NOT_FROZEN if any(part.source.label.endswith(NOT_FROZEN) for part in parts) else ""
        label = f"{fiscal_year_words(programme.fiscal_year)}　{name}の計{mark}"
        sources.append(YearSource(key="計", source=combine_sources(label, [part.source for part in parts])))
    return YearView(
        fiscal_year=programme.fiscal_year,
        kind=kind,
        kind_name=name,
        kinds=kinds,
        sources=tuple(sources),
        questions=tuple(one for one in newest if one.type.has_options),
        numbers={one.code: f"問{place}" for place, one in enumerate(newest, 1)},
        earlier=earlier,
    )


def read_earlier_file(store: Store, *, path: Path, kind: str, fiscal_year: int | None = None) -> EarlierFile:
    """Return the content of a list of earlier totals, by the questions of ``fiscal_year`` (None = the newest).

    Raises:
        IntakeRefusal: the file is unusable.

    """
    return read_earlier_counts(path, read_year(store, kind=kind, fiscal_year=fiscal_year).questions)


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
    """Store the totals of an earlier year, new (``earlier_id`` 0) or replacing ``earlier_id``.

    Args:
        sheets: how many responses. events_held: how many 回 they sum up, None = unknown. source: where the numbers
            come from.

    Raises:
        UserError: no such kind, a year that is not earlier, one that is stored already, or impossible numbers.

    """
    this_year = read_programme(context.store).programme.fiscal_year
    present = surveys.earlier_counts(context.database)
    kinds = _kinds_with(context.store, kind)
    known_before = any((one.id, one.kind) == (earlier_id, kind) for one in present)
    if kind not in [one.kind for one in kinds] and not known_before:
        raise UserError(f"「{kind}」にはアンケートの定めがありません。", choose_kind_words(kinds))
    name = _kind_name(kinds, kind)
    if fiscal_year >= this_year:
        raise UserError(
            f"{fiscal_year_words(fiscal_year)}は、前の年度ではありません。",
            f"{fiscal_year_words(this_year)}より前の年度を選んでください。",
        )
    if any(one.fiscal_year == fiscal_year and one.kind == kind and one.id != earlier_id for one in present):
        raise UserError(
            f"{fiscal_year_words(fiscal_year)}の{name}の集計は、もう入っています。", "一覧から開いて直してください。"
        )
    kept = tuple(replace(one, counts=dict(one.counts)) for one in questions if one.counts)
    _check(kept, sheets)
    known = next((one for one in present if one.id == earlier_id), None)
    words = f"{fiscal_year_words(fiscal_year)}の{name}の集計"
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


def _kinds_with(store: Store, kind: str) -> tuple[EventKind, ...]:
    """Return the kinds with a survey of the newest year that has ``kind`` among them, else of the newest."""
    years = [surveyed_kinds(store), *(surveyed_kinds(store, fiscal_year=one.fiscal_year) for one in programmes(store))]
    return next((kinds for kinds in years if any(one.kind == kind for one in kinds)), years[0])


def _check(questions: Sequence[EarlierQuestion], response_count: int) -> None:
    """Raise ``UserError`` when the counts of an earlier year cannot be.

    That is: none at all, no response, n above the responses, a count below 0 or above n, or an SA whose counts do not
    add up to n.
    """
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
        if one.type.takes_one and sum(one.counts.values()) != one.base:
            total = sum(one.counts.values())
            raise UserError(
                f"「{title}」の人数を足すと{total}人で、ｎ（{one.base}）と合いません。",
                "無回答の人数が抜けていないか確かめてください。",
            )


def remove_earlier(context: ActionContext, *, earlier_id: int) -> ActionResult:
    """Remove the totals of an earlier year; raises ``UserError`` when they do not exist."""
    found = get_or_raise(context.database, EarlierCounts, earlier_id)
    name = _kind_name(read_programme(context.store, with_names=False).kinds, found.kind)
    words = f"{fiscal_year_words(found.fiscal_year)}の{name}の集計"
    with context.change(f"{words}を削除", "surveys") as change:
        change.delete(EarlierCounts, earlier_id)
    return ActionResult(f"{words}を削除しました。", earlier_id)


def template_rows(questions: Sequence[Question]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the list template, one for each option of each question, 無回答 last.

    Each is (code, printed title, option, "", ""): people and n are left empty.
    """
    rows = []
    for question in questions:
        names = [name for name in cross_rows(question) if name != OUTSIDE]
        rows += [(question.code, printed_title(question), name, "", "") for name in names]
    return tuple(rows)
