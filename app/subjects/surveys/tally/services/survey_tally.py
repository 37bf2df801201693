"""The totals of an event's survey: on screen and in the report, with the free texts as decided.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``tally_survey``, ``tally_with_flags``, ``report_part``, ``counted_part``, ``note_counted``.

``read_comments(store, event_id) -> CommentsView``; ``comments_of`` for totals that are counted already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar import dates
from app.papers import paper
from app.papers.blocks import Figure, TallyChart
from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.organisations.register.services.search import name_finder
from app.subjects.surveys.questions.rules.survey_questions import other_option, printed_title
from app.subjects.surveys.questions.rules.tally_result import (
    WARD_COUNTS,
    QuestionTally,
    Tally,
    corrected_words,
    who_counted,
)
from app.subjects.surveys.questions.services import confirmed_tallies
from app.subjects.surveys.questions.services.confirmed_tallies import TallyState
from app.subjects.surveys.questions.services.surveys import SurveyView, open_survey, read_survey
from app.subjects.surveys.tally.papers.survey_part import (
    CommentGroup,
    CommentList,
    SurveyPart,
    tally_chart,
    without_channels,
)
from app.subjects.surveys.tally.rules.tally import tally
from app.subjects.surveys.tally.rules.themes import EDITED, Comment, ThemeGroup, group_comments, left_out_words
from app.subjects.surveys.typing.services.survey_entry import ON_BEHALF, purpose_of
from db.frozen_record import frozen_record
from db.records.accounts import RowChange
from db.records.events import Event
from db.records.programme import Programme
from db.records.surveys import AnswerSheet, CommentTheme, EventSurvey
from db.rows import by_id
from db.store import Store
from db.tables import surveys

NOT_FROZEN = "未確定"
"""What stands beside totals that may still change."""
_SURVEYS = "event_surveys"
_ANSWERS = frozenset({"answer_sheets", "survey_imports"})
_SECOND = "second_entries"


@frozen_record
class QuestionComments:
    """The written answers to one question: to a free question, or the text beside その他.

    ``label`` is 「問10」, ``base`` the n of the question.
    """

    code: str
    label: str
    title: str
    base: int
    themes: tuple[CommentTheme, ...]
    comments: tuple[Comment, ...]

    @property
    def groups(self) -> tuple[ThemeGroup, ...]:
        """The comments by theme; without themes all in one group."""
        return group_comments(self.themes, self.comments)


def comments_of(
    store: Store, survey: EventSurvey, tallies: tuple[QuestionTally, ...], sheets: tuple[AnswerSheet, ...]
) -> tuple[QuestionComments, ...]:
    """Return the comments of every question that has or asks for some.

    Args:
        tallies: the counted questions. sheets: the sheets of the survey, of which the counted ones were counted.
    """
    counted = [sheet for sheet in sheets if sheet.counted]
    marks = {(mark.question_code, mark.sheet_id): mark for mark in surveys.marks(store.database, survey.id)}
    themes: dict[str, list[CommentTheme]] = defaultdict(list)
    for theme in surveys.themes(store.database, survey.id):
        themes[theme.question_code].append(theme)
    places = {question.code: place for place, question in enumerate(survey.questions, 1)}
    found = []
    for one in tallies:
        question = one.question
        if question.type != "FA" and not one.texts:
            continue
        comments = []
        for number, text in enumerate(one.texts, 1):
            sheet = counted[text.place - 1]
            comments.append(
                Comment(
                    sheet_id=sheet.id,
                    question_code=question.code,
                    number=number,
                    text=text.text,
                    source=sheet.source,
                    flags=text.flags,
                    mark=marks.get((question.code, sheet.id)),
                )
            )
        title = printed_title(question)
        found.append(
            QuestionComments(
                code=question.code,
                label=f"問{places[question.code]}",
                title=title if question.type == "FA" else f"{title}　{other_option(question)}の記入",
                base=one.base,
                themes=tuple(themes[question.code]),
                comments=tuple(comments),
            )
        )
    return tuple(found)


@frozen_record
class TallyView:
    """The totals with their charts, ready for the screen.

    ``comments`` are the free texts with what was decided about them. ``flags`` are those that may tell who wrote
    them and about which nothing was decided yet: (「問10」, text, why). Fixed totals stand beside the event and the
    出席 of that time; ``differing`` names what of these the records say otherwise now.
    """

    view: SurveyView
    tally: Tally
    charts: tuple[TallyChart, ...]
    flags: tuple[tuple[str, str, str], ...]
    comments: tuple[QuestionComments, ...] = ()
    differing: tuple[str, ...] = ()


def tally_survey(store: Store, *, event_id: int) -> TallyView:
    """Count the event's sheets; free text with a phone number, a mail address or a known name is flagged."""
    return tally_with_flags(store, read_survey(store, event_id=event_id))[0]


def tally_with_flags(store: Store, view: SurveyView) -> tuple[TallyView, tuple[str, ...]]:
    """Count a survey already read; and say what may tell who somebody is in the words that papers quote.

    The second is about what papers print after all was decided (empty = nothing).

    Raises:
        Refusal: no questions were chosen yet.
    """
    if view.survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    survey = view.survey
    view, differing = _as_fixed(store, view, survey)
    finder = name_finder(store, view.sheets)
    counted = tally(survey.questions, view.sheets, attendance=view.attended, finder=finder)
    comments = comments_of(store, survey, counted.questions, view.sheets)
    flags = tuple(
        (one.label, comment.text, "、".join(comment.flags))
        for one in comments
        for comment in one.comments
        if comment.quoting == "確認が必要"
    )
    found = TallyView(
        view=view, tally=counted, charts=_charts(survey, counted), flags=flags, comments=comments, differing=differing
    )
    return found, quoted_flags_of(found, finder)


def _as_fixed(store: Store, view: SurveyView, survey: EventSurvey) -> tuple[SurveyView, tuple[str, ...]]:
    """Return a survey beside what surrounded it when its totals were fixed, and what the records say otherwise now."""
    kept = confirmed_tallies.tally_state(store, survey)
    if kept is None:
        return view, ()
    now = TallyState(event=view.event, programme=view.programme, attended=view.attended)
    differing = confirmed_tallies.differing_words(kept, now)
    return replace(view, event=kept.event, attended=kept.attended), differing


def counted_part(
    store: Store, survey: EventSurvey, event: Event, attended: int | None, year: Programme
) -> SurveyPart | None:
    """Return the totals of a survey without its free texts, or None while nothing is counted: to stand
    beside another."""
    sheets = tuple(surveys.sheets(store.database, survey.id))
    view = SurveyView(
        event=event, survey=survey, sheets=sheets, imports=(), attended=attended, programme=year, clause=""
    )
    view, _differing = _as_fixed(store, view, survey)
    counted = tally(survey.questions, sheets, attendance=view.attended)
    return report_part(TallyView(view=view, tally=counted, charts=_charts(survey, counted), flags=()))


def question_label(survey: EventSurvey, code: str) -> str:
    """Return 「問3」: the place on the paper of the question with that code."""
    codes = [question.code for question in survey.questions]
    return f"問{codes.index(code) + 1}" if code in codes else code


def _charts(survey: EventSurvey, counted: Tally) -> tuple[TallyChart, ...]:
    return tuple(
        replace(tally_chart(one), code=question_label(survey, one.question.code))
        for one in counted.questions
        if one.question.type != "FA"
    )


def report_part(found: TallyView) -> SurveyPart | None:
    """Return counted totals as a report prints them, or None while nothing is counted."""
    survey, counted = found.view.survey, found.tally
    if survey is None or not counted.base:
        return None
    by_role = {one.question.role: one for one in counted.questions if one.question.role and one.sum_label}
    return SurveyPart(
        paper=counted.paper,
        online=counted.online,
        returned=counted.base,
        rate=f"{counted.return_rate}％" if counted.return_rate else "",
        counted_words=counted_words(survey),
        attended=counted.attendance,
        charts=tuple(without_channels(chart) for chart in found.charts),
        comments=tuple(comment_list(one) for one in found.comments),
        satisfaction=_figure(survey, by_role.get("satisfaction"), "満足計"),
        intent=_figure(survey, by_role.get("intent"), "活用の意向あり"),
    )


def code_of_intent(found: TallyView) -> str:
    """Return the printed number（「問9」）of the question behind 活用の意向あり, or "" where none is asked."""
    if found.view.survey is None:
        return ""
    asked = next((one.question for one in found.tally.questions if one.question.role == "intent"), None)
    return question_label(found.view.survey, asked.code) if asked is not None else ""


def counted_words(survey: EventSurvey) -> str:
    """Return 「集計　受託者（R8.9.18）　確定 R8.9.20」: who counted, and whether the totals are fixed."""
    who = who_counted(survey)
    purpose, agreement = purpose_of(survey)
    if purpose == ON_BEHALF and who == WARD_COUNTS:
        who = f"区（代行・協議 {agreement}）"
    day = f"（{paper.table_day(survey.counted_on)}）" if survey.counted_on else ""
    state = f"確定 {paper.table_day(survey.frozen_at.date())}" if survey.frozen_at else NOT_FROZEN
    return f"集計　{who}{day}{corrected_words(survey)}　{state}"


def comment_list(one: QuestionComments) -> CommentList:
    """Return the free texts of a question as a paper prints them: those that may be quoted, by theme where grouped."""
    groups: tuple[CommentGroup, ...] = ()
    if one.themes:
        groups = tuple(
            CommentGroup(name=group.name, count=len(group.comments), lines=_lines(group.comments))
            for group in one.groups
        )
    return CommentList(
        code=one.label,
        title=one.title,
        lines=tuple(words for _number, words in _lines(one.comments)),
        numbers=tuple(number for number, _words in _lines(one.comments)),
        written=len(one.comments),
        groups=groups,
        left_out=left_out_words(one.comments),
    )


def _lines(comments: tuple[Comment, ...]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (comment.number, comment.words + (EDITED if comment.edited else "")) for comment in comments if comment.words
    )


def quoted_flags_of(found: TallyView, finder: NameFinder | None) -> tuple[str, ...]:
    """Return what may tell who somebody is in the words that papers quote, after all was decided (empty = nothing)."""
    flags = (
        flag
        for one in found.comments
        for comment in one.comments
        if comment.words and (comment.flags or comment.edited)
        for flag in personal_flags(comment.words, finder=finder)
    )
    return tuple(dict.fromkeys(flags))


def _figure(survey: EventSurvey, one: QuestionTally | None, label: str) -> Figure | None:
    if one is None:
        return None
    mark = "（参考値）" if one.reference_only else ""
    return Figure(
        label=label,
        value=str(one.sum_count),
        unit="人",
        note=f"回収{one.base}件中 {one.sum_percent}％{mark}",
        asked=question_label(survey, one.question.code),
    )


@deed
def note_counted(act: Act, *, survey_id: int, who: str, on: date) -> Saved:
    """Note who counted and when; counting by the ward is 検算 or 代行 and says so."""
    survey = open_survey(act.store, survey_id)
    with act.change("集計した者と日付を記録", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, counted_by=who, counted_on=on)
    return Saved("集計した者と日付を保存しました。", survey_id)


def refuse_frozen(store: Store, net: Collection[RowChange], *, cannot: str) -> None:
    """Refuse to bring answers of a frozen survey back to what they were; ``cannot`` is 「元に戻せません」 or the like.

    Raises:
        Refusal: answers would change whose totals somebody has fixed since.
    """
    reopened = {change.row_id for change in net if change.table == _SURVEYS and _fixes(change)}
    for survey_id in {found for change in net if (found := _survey_of(store, change))} - reopened:
        survey = by_id(store.database, EventSurvey, survey_id)
        if survey is not None and survey.frozen_at is not None:
            when = f"{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}"
            raise Refusal(
                f"集計が確定しているため、{cannot}（{when}）。",
                "直すときは、集計の画面で、理由を書いて確定を解いてください。",
            )


def _fixes(change: RowChange) -> bool:
    """Whether the change fixes or opens totals itself."""
    return (change.before or {}).get("frozen_at") != (change.after or {}).get("frozen_at")


def _survey_of(store: Store, change: RowChange) -> int:
    image = change.after or change.before or {}
    if change.table in _ANSWERS:
        return int(image["survey_id"])
    if change.table == _SECOND:
        sheet = by_id(store.database, AnswerSheet, int(image["sheet_id"]))
        return sheet.survey_id if sheet is not None else 0
    return 0
