"""The totals of an event's survey, on screen and in the report, with the free texts as decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar import dates
from app.common.gc_paused import pause_gc
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import Figure, TallyChart
from app.documents.event_facts import EventFacts
from app.event.services.event_facts import planned_facts, read_event_facts
from app.foreign_files.tables.heading_roles import heading_role
from app.programme.services import kind_of_event
from app.registers.register.rules import NameFinder, personal_flags
from app.registers.register.services.search import name_finder
from app.surveys.data_entry.services import ON_BEHALF, purpose_of
from app.surveys.questions.rules import COUNTED_BY_WARD, asks_who, other_option_of, printed_title, who_counted
from app.surveys.questions.services.surveys import SurveyView, get_open_survey, read_survey
from app.surveys.tally.documents import CommentGroup, CommentList, ReportSurvey, tally_chart, without_channels
from app.surveys.tally.rules import (
    EDITED,
    Comment,
    QuestionTally,
    Tally,
    ThemeGroup,
    correction_words,
    count_responses,
    group_comments,
    left_out_words,
)
from app.surveys.tally.services import confirmed_tallies
from app.surveys.tally.services.confirmed_tallies import TallyState
from db.query_cache import cached_queries
from db.record import group_by_key, record
from db.records.accounts import RowChange
from db.records.events import Event
from db.records.programme import Programme
from db.records.surveys import CommentTheme, EventSurvey, QuestionRole, SurveyImport, SurveyResponse
from db.rows import by_id
from db.store import Store
from db.tables import surveys

NOT_FROZEN_WORD = "未確定"
"""The word beside totals that may still change."""
_SURVEY_TABLE = "event_surveys"
_ANSWER_TABLES = frozenset({"answer_sheets", "survey_imports"})
_SECOND = "second_entries"


_OF_PEOPLE = ("mail", "name", "organisation", "personal")


@record
class QuestionComments:
    """The written answers to a free question, or the texts beside その他.

    ``label`` is 「問10」, ``base`` the n of the question.
    """

    code: str
    label: str
    title: str
    themes: tuple[CommentTheme, ...]
    comments: tuple[Comment, ...]

    @property
    def theme_groups(self) -> tuple[ThemeGroup, ...]:
        """Return the comments by theme; without themes all in one group."""
        return group_comments(self.themes, self.comments)


def read_comments(
    store: Store, survey: EventSurvey, tallies: tuple[QuestionTally, ...], responses: tuple[SurveyResponse, ...]
) -> tuple[QuestionComments, ...]:
    """Return the comments of every free-text question, and of those where somebody wrote beside その他.

    Args:
        tallies: the counted questions.
        responses: all responses of the survey, of which some count.
    """
    counted = [sheet for sheet in responses if sheet.counted]
    marks = {(mark.question_code, mark.sheet_id): mark for mark in surveys.comment_marks(store.database, survey.id)}
    themes = group_by_key((theme.question_code, theme) for theme in surveys.comment_themes(store.database, survey.id))
    places = {question.code: place for place, question in enumerate(survey.questions, 1)}
    found = []
    for one in tallies:
        question = one.question
        if not question.type.is_text and not one.texts:
            continue
        comments = []
        for number, text in enumerate(one.texts, 1):
            sheet = counted[text.response_place - 1]
            comments.append(
                Comment(
                    sheet_id=sheet.id,
                    number=number,
                    text=text.text,
                    source=sheet.source,
                    flags=text.flags,
                    masked=text.masked,
                    mark=marks.get((question.code, sheet.id)),
                )
            )
        title = printed_title(question)
        found.append(
            QuestionComments(
                code=question.code,
                label=f"問{places[question.code]}",
                title=title if question.type.is_text else f"{title}　{other_option_of(question)}の記入",
                themes=tuple(themes[question.code]),
                comments=tuple(comments),
            )
        )
    return tuple(found)


@record
class TallyView:
    """The totals with charts, ready for the screen.

    ``comments`` are the free texts with decisions. ``flags`` are undecided ones that may identify their authors:
    (「問10」, text, why). Fixed totals are shown with the event and the 出席 of that time;
    ``changed_since_frozen`` names what of these has changed.
    """

    survey_view: SurveyView
    tally: Tally
    charts: tuple[TallyChart, ...]
    flags: tuple[tuple[str, str, str], ...]
    comments: tuple[QuestionComments, ...] = ()
    changed_since_frozen: tuple[str, ...] = ()


@pause_gc()
@cached_queries
def read_tally(store: Store, *, event_id: int) -> TallyView:
    """Return the tally of an event; free texts with a telephone number, address or known name are flagged.

    Raises:
        UserError: the event has no questions.
    """
    return tally_with_quoted_flags(store, read_survey(store, event_id=event_id))[0]


def tally_with_quoted_flags(store: Store, view: SurveyView) -> tuple[TallyView, tuple[str, ...]]:
    """Return the tally of a survey already read, and what may identify people in quoted words.

    The second part is about documents after all decisions (empty = nothing).

    Raises:
        UserError: no questions were chosen yet.
    """
    if view.survey is None:
        raise UserError("この実施回の設問がまだありません。", "設問を用意してください。")
    survey = view.survey
    view, differing = _as_frozen(store, view, survey)
    finder = name_finder(store, view.responses)
    counted = count_responses(survey.questions, view.responses, attendance=view.attendance, finder=finder)
    comments = read_comments(store, survey, counted.questions, view.responses)
    flags = tuple(
        (one.label, comment.text, "、".join(comment.flags))
        for one in comments
        for comment in one.comments
        if comment.quote_decision == "確認が必要"
    )
    found = TallyView(
        survey_view=view,
        tally=counted,
        charts=_charts(survey, counted),
        flags=flags,
        comments=comments,
        changed_since_frozen=differing,
    )
    return found, quoted_personal_flags(found, finder)


def _as_frozen(store: Store, view: SurveyView, survey: EventSurvey) -> tuple[SurveyView, tuple[str, ...]]:
    """Return a survey with the context of its fixed totals, and what has changed since."""
    kept = confirmed_tallies.tally_state(store, survey)
    if kept is None:
        return view, ()
    now = TallyState(event=view.event, programme=view.programme, attendance=view.attendance)
    differing = confirmed_tallies.tally_difference_words(kept, now)
    return replace(view, event=kept.event, attendance=kept.attendance), differing


def report_survey_without_comments(
    store: Store, survey: EventSurvey, event: Event, attendance: int | None, year: Programme
) -> ReportSurvey | None:
    """Return the totals of a survey without free texts, for comparison, or None while nothing is counted.

    ``attendance`` is how many came, None = unknown; of fixed totals it is that of then.
    """
    sheets = tuple(surveys.responses(store.database, survey.id))
    view = SurveyView(event=event, survey=survey, responses=sheets, imports=(), attendance=attendance, programme=year)
    view, _differing = _as_frozen(store, view, survey)
    counted = count_responses(survey.questions, sheets, attendance=view.attendance)
    return report_survey_of(TallyView(survey_view=view, tally=counted, charts=_charts(survey, counted), flags=()))


def question_label(survey: EventSurvey, code: str) -> str:
    """Return 「問3」, the place on the paper of the question with that code, or the code of one that is gone."""
    codes = [question.code for question in survey.questions]
    return f"問{codes.index(code) + 1}" if code in codes else code


def _charts(survey: EventSurvey, counted: Tally) -> tuple[TallyChart, ...]:
    return tuple(
        replace(tally_chart(one), code=question_label(survey, one.question.code))
        for one in counted.questions
        if not one.question.type.is_text
    )


def report_survey_of(tally_view: TallyView) -> ReportSurvey | None:
    """Return counted totals as a report prints them, or None while nothing is counted."""
    survey, counted = tally_view.survey_view.survey, tally_view.tally
    if survey is None or not counted.base:
        return None
    by_role = {one.question.role: one for one in counted.questions if one.question.role and one.sum_label}
    return ReportSurvey(
        paper=counted.paper,
        online=counted.online,
        response_count=counted.base,
        rate=fill_nonempty("{}％", counted.return_rate),
        counted_words=counted_words(survey),
        attendance=counted.attendance,
        charts=tuple(without_channels(chart) for chart in tally_view.charts),
        comments=tuple(printed_comments(one) for one in tally_view.comments),
        satisfaction=_figure(survey, by_role.get(QuestionRole.SATISFACTION), "満足計"),
        intent=_figure(survey, by_role.get(QuestionRole.INTENT), "活用の意向あり"),
        anonymity=_anonymity_words(survey, tally_view.survey_view.imports),
    )


def _anonymity_words(survey: EventSurvey, imports: Iterable[SurveyImport]) -> str:
    """Return what is known of those who answered, by what was asked and by the columns that came and were left out."""
    asked = "・".join(question_label(survey, one.code) for one in survey.questions if asks_who(one))
    dropped = dict.fromkeys(heading for one in imports for heading in one.dropped_columns)
    came = "」「".join(one for one in dropped if heading_role(one) in _OF_PEOPLE)
    said = fill_nonempty("{}で、回答した人または団体を尋ねた。", asked)
    said += fill_nonempty("オンラインの回答に「{}」の欄があった。その内容は残していない。", came)
    return said or "無記名で実施し、氏名および連絡先は収集していない。"


def intent_question_label(tally_view: TallyView) -> str:
    """Return the printed number（「問9」）of the question behind 活用の意向あり, or "" where none is asked."""
    if tally_view.survey_view.survey is None:
        return ""
    asked = next((one.question for one in tally_view.tally.questions if one.question.asks_intent), None)
    return question_label(tally_view.survey_view.survey, asked.code) if asked is not None else ""


def counted_words(survey: EventSurvey) -> str:
    """Return who counted, and whether the totals are fixed (「集計　受託者（R8.9.18）　確定 R8.9.20」)."""
    who = who_counted(survey)
    purpose, agreement = purpose_of(survey)
    if purpose == ON_BEHALF and who == COUNTED_BY_WARD:
        who = f"区（代行・協議 {agreement}）"
    day = f"（{document_frame.table_day(survey.counted_on)}）" if survey.counted_on else ""
    state = f"確定 {document_frame.table_day(survey.frozen_at.date())}" if survey.frozen_at else NOT_FROZEN_WORD
    return f"集計　{who}{day}{correction_words(survey)}　{state}"


def printed_comments(question_comments: QuestionComments) -> CommentList:
    """Return the quotable free texts of a question as printed, by theme where grouped."""
    groups: tuple[CommentGroup, ...] = ()
    if question_comments.themes:
        groups = tuple(
            CommentGroup(name=group.name, count=len(group.comments), lines=_lines(group.comments))
            for group in question_comments.theme_groups
        )
    return CommentList(
        code=question_comments.label,
        title=question_comments.title,
        lines=tuple(words for _number, words in _lines(question_comments.comments)),
        numbers=tuple(number for number, _words in _lines(question_comments.comments)),
        written_count=len(question_comments.comments),
        groups=groups,
        left_out_words=left_out_words(question_comments.comments),
    )


def _lines(comments: tuple[Comment, ...]) -> tuple[tuple[int, str], ...]:
    """Return number and words of the comments that may be quoted; edited words end with 「（表記を整えた）」."""
    return tuple(
        (comment.number, comment.quoted_words + (EDITED if comment.is_edited else ""))
        for comment in comments
        if comment.quoted_words
    )


def quoted_personal_flags(tally_view: TallyView, finder: NameFinder | None) -> tuple[str, ...]:
    """Return what may identify people in quoted words, after all decisions (empty = nothing)."""
    flags = (
        flag
        for one in tally_view.comments
        for comment in one.comments
        if comment.quoted_words and (comment.flags or comment.is_edited)
        for flag in personal_flags(comment.quoted_words, finder=finder)
    )
    return tuple(dict.fromkeys(flags))


def _figure(survey: EventSurvey, question_tally: QuestionTally | None, label: str) -> Figure | None:
    """Return a sum as key figure with this label, n and per cent (「回収18件中 80.0％」); None for None."""
    if question_tally is None:
        return None
    mark = "（参考値）" if question_tally.is_reference_only else ""
    return Figure(
        label,
        str(question_tally.sum_count),
        unit="人",
        note=f"回収{question_tally.base}件中 {question_tally.sum_percent}％{mark}",
        asked=question_label(survey, question_tally.question.code),
    )


def record_counted_by(context: ActionContext, *, survey_id: int, who: str, on: date) -> ActionResult:
    """Record who counted (受託者, 区（検算）or 区（代行）, not checked) and when.

    Raises:
        UserError: the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    with context.change("集計した者と日付を記録", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, counted_by=who, counted_on=on)
    return ActionResult("集計した者と日付を保存しました。", survey_id)


def reject_frozen(store: Store, net: Collection[RowChange], *, cannot: str) -> None:
    """Raise where answers of fixed totals would be reverted; ``cannot`` is 「元に戻せません」 or the like.

    Raises:
        UserError: ``net`` changes answers of totals that are fixed now, and does not itself fix or reopen them.
    """
    reopened = {
        change.row_id
        for change in net
        if change.table == _SURVEY_TABLE
        and (change.before or {}).get("frozen_at") != (change.after or {}).get("frozen_at")
    }
    for survey_id in {found for change in net if (found := _survey_of(store, change))} - reopened:
        survey = by_id(store.database, EventSurvey, survey_id)
        if survey is not None and survey.frozen_at is not None:
            when = f"{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}"
            raise UserError(
                f"集計が確定しているため、{cannot}（{when}）。",
                "直すときは、集計の画面で、理由を書いて確定を取り消してください。",
            )


def _survey_of(store: Store, change: RowChange) -> int:
    """Return the id of the survey that a change in the journal belongs to, 0 for none."""
    image = change.after or change.before or {}
    if change.table in _ANSWER_TABLES:
        return int(image["survey_id"])
    if change.table == _SECOND:
        sheet = by_id(store.database, SurveyResponse, int(image["sheet_id"]))
        return sheet.survey_id if sheet is not None else 0
    return 0


def facts_beside_survey(store: Store, event: Event, survey: EventSurvey) -> EventFacts:
    """Return the facts printed beside a survey: once its tally is fixed, those in the row of the event alone."""
    if survey.frozen_at:
        return planned_facts(event, kind_of_event(store.database, event))
    return read_event_facts(store, event)
