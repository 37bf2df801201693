"""The check before totals are fixed: every question beside the contractor's tally, and what is still to be settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.surveys.data_entry.services import ON_BEHALF, purpose_of, unsettled_responses
from app.surveys.questions.rules import printed_title, row_names, was_asked
from app.surveys.questions.services.surveys import SurveyView, get_open_survey, read_survey
from app.surveys.tally.rules import Comment, Tally, count_responses
from app.surveys.tally.services.survey_comparison import RESPONSE_COUNT_KEY, ComparedRow, compare_rows
from app.surveys.tally.services.survey_tally import QuestionComments
from db.record import group_by_key, record
from db.records.surveys import Answer, EventSurvey, Question, QuestionType, SettledBy, Settlement, SurveyResponse
from db.store import Store
from db.tables import surveys


@record
class QuestionCheck:
    """One question compared with the contractor's tally (the empty code stands for the responses).

    ``rows`` are its printed numbers, none for free text and numbers, of which ``written_count`` answers were
    counted. ``settlement`` is set while it still fits the numbers.
    """

    code: str
    label: str
    title: str
    type: QuestionType | None
    base: int
    written_count: int = 0
    rows: tuple[ComparedRow, ...] = ()
    settlement: Settlement | None = None

    @property
    def id(self) -> str:
        """Return the id by which a list keeps its current row."""
        return self.code

    @property
    def compared_count(self) -> int:
        """Return how many of its numbers the contractor's tally has."""
        return sum(1 for row in self.rows if row.contractor_count is not None)

    @property
    def has_missing_counts(self) -> bool:
        """Return whether a number of the contractor is still to be typed; the response count is optional."""
        return bool(self.code) and self.compared_count < len(self.rows)

    @property
    def differing_rows(self) -> tuple[ComparedRow, ...]:
        """Return the rows whose numbers differ."""
        return tuple(row for row in self.rows if row.is_different)

    @property
    def is_open(self) -> bool:
        """Return whether its numbers differ without a settlement."""
        return bool(self.differing_rows) and self.settlement is None


@record
class SurveyCheck:
    """What is open between counted answers and fixed totals.

    ``is_on_behalf`` True where the ward counts in the contractor's place, so that there is nothing to compare with.
    """

    survey: EventSurvey
    questions: tuple[QuestionCheck, ...]
    doubtful_responses: tuple[SurveyResponse, ...]
    unsettled_count: int
    is_on_behalf: bool

    @property
    def open_questions(self) -> tuple[QuestionCheck, ...]:
        """Return the questions with an unsettled difference."""
        return tuple(one for one in self.questions if one.is_open)

    @property
    def questions_without_counts(self) -> tuple[QuestionCheck, ...]:
        """Return the questions without all numbers of the contractor."""
        return () if self.is_on_behalf else tuple(one for one in self.questions if one.has_missing_counts)

    @property
    def compared_count(self) -> int:
        """Return how many numbers were compared."""
        return sum(one.compared_count for one in self.questions)

    @property
    def waiting_count(self) -> int:
        """Return how many responses and questions must be decided before the totals can be fixed."""
        return len(self.doubtful_responses) + self.unsettled_count + len(self.open_questions)


SHEETS, TEXTS, TWICE, COUNTS = "回答", "自由記述", "2回目とのちがい", "受託者の集計との差"
SETTLED, AGREED, NOT_COMPARED = "決めた差", "一致した設問", "比べない設問"


@record
class CheckItem:
    """One thing in the queue of the check, or a question of which nothing is to be settled.

    Attributes:
        id: by which a list keeps its current row.
        group: its heading; of the last three groups nothing is to be settled.
        said: what is to be settled, in words.
        question: the one concerned, None = the response as a whole, second entries, or numbers nobody has typed.
        response: with the doubt. comment: that may say who wrote it.
    """

    id: str
    group: str
    said: str = ""
    question: QuestionCheck | None = None
    response: SurveyResponse | None = None
    comment: Comment | None = None

    @property
    def is_open(self) -> bool:
        """Return whether it is to be settled."""
        return self.group in (SHEETS, TEXTS, TWICE, COUNTS)


def check_items(check: SurveyCheck, comments: Iterable[QuestionComments]) -> tuple[CheckItem, ...]:
    """Return all that is to be settled in its order, then the questions of which nothing is."""
    questions = {one.label: one for one in check.questions}
    found = []
    for sheet in check.doubtful_responses:
        heads = ((problem.partition("　")[0], problem) for problem in sheet.problems)
        doubts = group_by_key((head if head in questions else SHEETS, problem) for head, problem in heads)
        for label, problems in doubts.items():
            question = questions.get(label)
            said = "、".join(one if question is None else one.partition("　")[2] for one in problems)
            id_ = f"{sheet.id}/{label}"
            found.append(CheckItem(id=id_, group=SHEETS, said=said, question=question, response=sheet))
    found += [
        CheckItem(
            id=f"{each.code}/{comment.sheet_id}",
            group=TEXTS,
            said=f"{'・'.join(comment.flags)}があります",
            question=questions[each.label],
            comment=comment,
        )
        for each in comments
        for comment in each.comments
        if comment.quote_decision == "確認が必要"
    ]
    if check.unsettled_count:
        found.append(CheckItem(id=TWICE, group=TWICE, said=f"{check.unsettled_count}枚"))
    compared = [one for one in check.questions if one.code or one.compared_count]
    groups = group_by_key((_group_of(one, check), one) for one in compared)
    items = {
        group: [CheckItem(id=one.label or "回収", group=group, question=one) for one in groups[group]]
        for group in groups
    }
    if "" in groups:
        waiting = CheckItem(id=COUNTS, group=COUNTS, said=f"{len(groups[''])}問がまだです")
        items[COUNTS] = [*items.get(COUNTS, ()), waiting]
    return (*found, *(one for group in (COUNTS, SETTLED, AGREED, NOT_COMPARED) for one in items.get(group, ())))


def _group_of(question_check: QuestionCheck, check: SurveyCheck) -> str:
    """Return under which heading a question stands; "" = numbers of the contractor are still to be typed."""
    if question_check.differing_rows:
        return COUNTS if question_check.is_open else SETTLED
    if not question_check.rows or check.is_on_behalf:
        return NOT_COMPARED
    return "" if question_check.has_missing_counts else AGREED


def read_check(store: Store, *, event_id: int) -> SurveyCheck:
    """Return the check of one event's survey; raises ``UserError`` before there are questions."""
    view = read_survey(store, event_id=event_id)
    if view.survey is None:
        raise UserError("この実施回の設問がまだありません。", "設問を用意してください。")
    return check_of_view(
        view, view.survey, count_responses(view.survey.questions, view.responses, attendance=view.attendance)
    )


def check_of_view(view: SurveyView, survey: EventSurvey, tally: Tally) -> SurveyCheck:
    """Return what the check of the contractor's tally has found, from a tally already counted."""
    rows = group_by_key((row.code, row) for row in compare_rows(survey, tally))
    found = [
        QuestionCheck(
            code=RESPONSE_COUNT_KEY,
            label="",
            title="回収した枚数",
            type=None,
            base=tally.base,
            rows=tuple(rows[RESPONSE_COUNT_KEY]),
            settlement=settlement_in_effect(survey, RESPONSE_COUNT_KEY, rows[RESPONSE_COUNT_KEY]),
        )
    ]
    for place, one in enumerate(tally.questions, 1):
        code = one.question.code
        own = tuple(rows.get(code, ()))
        found.append(
            QuestionCheck(
                code=code,
                label=f"問{place}",
                title=printed_title(one.question),
                type=one.question.type,
                base=one.base,
                written_count=one.answered_count,
                rows=own,
                settlement=settlement_in_effect(survey, code, own),
            )
        )
    return SurveyCheck(
        survey=survey,
        questions=tuple(found),
        doubtful_responses=view.doubtful_responses,
        unsettled_count=len(unsettled_responses(view)),
        is_on_behalf=purpose_of(survey)[0] == ON_BEHALF,
    )


def settlement_in_effect(survey: EventSurvey, code: str, rows: Sequence[ComparedRow]) -> Settlement | None:
    """Return the settlement of a question if its differing numbers are still those of then, else None."""
    settled = survey.settlements.get(code)
    ours, theirs = _counts_by_row(rows)
    return settled if settled is not None and (settled.ours, settled.theirs) == (ours, theirs) else None


def _counts_by_row(rows: Sequence[ComparedRow]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the ward's and the contractor's counts by option, where they differ."""
    differing = [row for row in rows if row.is_different]
    return {row.text: row.own_count for row in differing}, {row.text: row.contractor_count or 0 for row in differing}


def settle_difference(
    context: ActionContext, *, survey_id: int, code: str, way: SettledBy, reason: str = ""
) -> ActionResult:
    """Settle the difference of one question, by a request to the contractor or with a reason.

    A request becomes a line of the 修正依頼 of the report; nothing is sent. An own entry error is corrected in
    the response instead, and the difference is gone. ``code`` is that of the question, empty for the response
    count.

    Raises:
        UserError: the numbers of the question do not differ, it stays without a reason, or the totals are fixed.
    """
    way = SettledBy(way)
    survey = get_open_survey(context.store, survey_id)
    check = read_check(context.store, event_id=survey.event_id)
    one = next((each for each in check.questions if each.code == code), None)
    if one is None or not one.differing_rows:
        raise UserError("この設問に、受託者の集計との差はありません。", "いまの数を確かめてください。")
    words = reason.strip()
    if not way.is_correction and not words:
        raise UserError("差を残すときは、理由が必要です。", "理由を書いてください。")
    ours, theirs = _counts_by_row(one.rows)
    settled = Settlement(
        way=way,
        reason=words if not way.is_correction else "",
        by=context.by,
        on=context.today,
        ours=ours,
        theirs=theirs,
    )
    name = one.label or one.title
    action = f"{name}の差を、受託者に修正を依頼" if way.is_correction else f"{name}の差を、理由を書いて残す"
    with context.change(action, "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, settlements={**survey.settlements, code: settled})
    said = f"{name}の差を修正の依頼に加えました。" if way.is_correction else f"{name}の差を、理由を付けて残しました。"
    return ActionResult(said, survey_id)


def reject_unchecked(check: SurveyCheck, *, uncompared_reason: str) -> None:
    """Raise for totals that differ from the contractor's, or are not compared without a reason.

    Raises:
        UserError: what is still to be done.
    """
    if check.open_questions:
        names = "、".join(one.label or one.title for one in check.open_questions)
        raise UserError(
            f"受託者の集計との差を決めていない設問があるため、確定できません（{names}）。",
            "「確かめる」で、差の扱いを決めてください。",
        )
    if check.questions_without_counts and not uncompared_reason.strip():
        raise UserError(
            f"受託者の数が入っていない設問が{len(check.questions_without_counts)}問あるため、確定できません。",
            "受託者の集計の数を入れるか、「照合せず確定」を選んで理由を書いてください。",
        )


def check_words(check: SurveyCheck) -> str:
    """Return the result of the comparison as printed (「受託者の集計と40件を照合し、差なし」).

    With how each difference was settled; "" before anything was compared or decided.
    """
    parts = []
    differing = [one for one in check.questions if one.differing_rows]
    if check.compared_count:
        places = sum(len(one.differing_rows) for one in differing)
        parts.append(f"受託者の集計と{check.compared_count}件を照合し、{f'差 {places}件' if places else '差なし'}")
    for one in differing:
        if one.settlement is not None:
            how = f"{SettledBy.DIFFERENCE}：{one.settlement.reason}" if one.settlement.reason else one.settlement.way
            parts.append(f"{one.label or one.title}　{how}")
    if check.is_on_behalf:
        parts.append("区が代行して集計したため、受託者の集計との照合はない")
    elif check.survey.uncompared:
        left = f"{len(check.questions_without_counts)}問は" if check.compared_count else ""
        parts.append(f"{left}受託者の集計と照合せず確定（{check.survey.uncompared}）")
    return "。".join(parts)


def contractor_corrections(store: Store, *, event_id: int) -> tuple[str, ...]:
    """Return the corrections requested of the contractor, a line for each question, for the 修正依頼; () = none."""
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None or not survey.settlements:
        return ()
    lines = []
    for one in read_check(store, event_id=event_id).questions:
        if one.settlement is not None and one.settlement.way.is_correction:
            rows = "、".join(
                f"「{row.text}」受託者の集計 {row.contractor_count}人・区の検算 {row.own_count}人"
                for row in one.differing_rows
            )
            lines.append(f"アンケート集計　{one.label} {one.title}　{rows}".replace("　 ", "　"))
    return tuple(lines)


def responses_in_difference(view: SurveyView, question: Question, texts: Sequence[str]) -> tuple[SurveyResponse, ...]:
    """Return the responses counted in the differing rows ``texts``, which may contain an own error."""
    survey = view.survey
    questions = survey.questions if survey is not None else ()
    return tuple(
        sheet
        for sheet in view.responses
        if sheet.counted
        and was_asked(question, sheet.answers, questions)
        and set(row_names(question, sheet.answers.get(question.code, Answer()))) & set(texts)
    )
