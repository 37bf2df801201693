"""Enter paper responses and the contractor's numbers, compare a second typing, and decide what counts.

Half-entered responses are drafts, never counted. A second entry is never required; it is kept as typed by somebody
else, and the settled answers are written into the response, which alone counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.surveys.data_entry.rules import AS_READ, OF_SAME_PERSON, SENT_AGAIN, UNREADABLE, sent_at_words
from app.surveys.questions.rules import (
    COUNTED_BY_WARD,
    other_option_of,
    parse_number,
    percent,
    printed_number,
    printed_title,
    was_asked,
)
from app.surveys.questions.services.surveys import (
    SurveyView,
    delete_comment_marks,
    delete_second_entries,
    get_open_survey,
)
from db.journal import Change
from db.record import RowsById, record
from db.records.surveys import Answer, EventSurvey, Question, ResponseDraft, ResponseSource, SecondEntry, SurveyResponse
from db.rows import by_id
from db.store import Store
from db.tables import accounts, surveys


def save_draft(
    context: ActionContext,
    *,
    survey_id: int,
    number: int,
    second: bool = False,
    sheet_id: int = 0,
    answers: Mapping[str, Answer],
    answered: Sequence[str],
    place: int,
    typist: str = "",
) -> ActionResult:
    """Save a half-entered response, replacing an earlier draft with the same number.

    Args:
        second: it is a second entry, by ``typist``.
        sheet_id: a saved response that was being corrected (0 = a new one).
        answered: codes of the answered questions, 無回答 included.
        place: the current question, from 0.

    Raises:
        UserError: the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    before = surveys.response_draft_of(context.database, survey_id, number=number, second=second, response_id=sheet_id)
    with context.change(f"{number}枚目を書きかけで残す", "surveys", event_id=survey.event_id) as change:
        saved = change.update_or_insert(
            ResponseDraft,
            before,
            survey_id=survey_id,
            number=number,
            second=second,
            sheet_id=sheet_id,
            answers=dict(answers),
            answered=tuple(answered),
            place=place,
            typist=typist,
            **context.signature,
        )
    return ActionResult(f"{number}枚目を書きかけで残しました。", saved)


def discard_draft(context: ActionContext, *, draft_id: int) -> ActionResult:
    """Discard a draft; undo brings it back.

    Raises:
        UserError: it does not exist, or the totals are fixed.

    """
    draft = by_id(context.database, ResponseDraft, draft_id)
    if draft is None:
        raise UserError("書きかけの用紙は、もうありません。", "画面を開き直してください。")
    survey = get_open_survey(context.store, draft.survey_id)
    with context.change(f"書きかけの{draft.number}枚目をやめる", "surveys", event_id=survey.event_id) as change:
        change.delete(ResponseDraft, draft_id)
    return ActionResult(f"書きかけの{draft.number}枚目をやめました。", draft_id)


def delete_draft(
    store: Store, change: Change, *, survey_id: int, number: int, second: bool = False, sheet_id: int = 0
) -> None:
    """Delete inside ``change`` the draft of a response that is now saved, if there is one.

    ``second``: that of a second entry. ``sheet_id``: that of a correction of this response, 0 = of a new one.
    """
    before = surveys.response_draft_of(store.database, survey_id, number=number, second=second, response_id=sheet_id)
    if before is not None:
        change.delete(ResponseDraft, before.id)


NO_ANSWER = "無回答"
NOT_APPLICABLE = "非該当"
Purpose = Literal["検算", "代行"]
CHECKING: Purpose = "検算"
ON_BEHALF: Purpose = "代行"
"""The purpose where the ward counts in place of the contractor."""


def set_papers_received(context: ActionContext, *, survey_id: int, count: int) -> ActionResult:
    """Store how many paper responses the ward received; the contractor's tally is not changed.

    Raises:
        UserError: no response at all, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    if count < 1:
        raise UserError("用紙の枚数は1枚以上です。", "受け取った用紙を数えて入力してください。")
    with context.change("受け取った用紙の枚数を入力", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, papers_received=count)
    return ActionResult(f"受け取った用紙を{count}枚と記録しました。", survey_id)


@record
class AnswerPair:
    """The answers to one question in two entries of a response, in words; ``place`` counts from 1 on the paper.

    ``is_same``: blanks in a written text are no difference, and neither is 無回答 against 非該当: nothing was entered
    in both.
    """

    place: int
    question: Question
    first: str
    second: str
    is_same: bool


def answer_text(question: Question, answer: Answer) -> str:
    """Return an answer in words (「操作の体験、その他（…）」, the written text, or 「無回答」)."""
    if not question.type.has_options:
        return answer.text.strip() or "、".join(answer.out_of_list) or NO_ANSWER
    named = other_option_of(question)
    parts = [option for option in question.options if option in answer.chosen and option != named]
    parts += [text for text in answer.chosen if text not in question.options and text != named]
    if answer.other:
        parts.append(f"{named}（{answer.other}）")
    elif named in answer.chosen:
        parts.append(named)
    parts += [text if text == UNREADABLE else f"選択肢にない「{text}」" for text in answer.out_of_list]
    return "、".join(parts) or NO_ANSWER


def answer_words(question: Question, answers: Mapping[str, Answer]) -> str:
    """Return the answer to one question of a response in words, whether it applies or not."""
    return answer_text(question, answers.get(question.code, Answer()))


def answer_text_on_response(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question]) -> str:
    """Return the answer to one question of a response; 「非該当」 where its branch does not apply."""
    answer = answers.get(question.code, Answer())
    if answer == Answer() and not was_asked(question, answers, questions):
        return NOT_APPLICABLE
    return answer_text(question, answer)


def response_answer_rows(
    questions: Sequence[Question], answers: Mapping[str, Answer]
) -> tuple[tuple[str, str, str], ...]:
    """Return every question of a response as (「問3」, title, answer in words)."""
    return tuple(
        (f"問{place}", printed_title(question), answer_text_on_response(question, answers, questions))
        for place, question in enumerate(questions, 1)
    )


def answer_pairs(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer]
) -> tuple[AnswerPair, ...]:
    """Return the questions that apply in at least one of two entries of a response, and so agree or differ."""
    pairs = (
        AnswerPair(
            place=place,
            question=question,
            first=answer_text_on_response(question, first, questions),
            second=answer_text_on_response(question, second, questions),
            is_same=_comparable_answer(question, first) == _comparable_answer(question, second),
        )
        for place, question in enumerate(questions, 1)
    )
    return tuple(one for one in pairs if {one.first, one.second} != {NOT_APPLICABLE})


def answer_differences(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer]
) -> tuple[AnswerPair, ...]:
    """Return where a second entry of a response differs from the first."""
    return tuple(one for one in answer_pairs(questions, first, second) if not one.is_same)


def _comparable_answer(question: Question, answers: Mapping[str, Answer]) -> str:
    """Return the answer in words as two entries are compared; of a written text (FA) without blanks.

    非該当 is the same as 無回答.
    """
    words = answer_words(question, answers)
    return "".join(words.split()) if question.type.is_text else words


def save_purpose(context: ActionContext, *, survey_id: int, purpose: Purpose, agreement: str = "") -> ActionResult:
    """Store why the ward enters responses that are the contractor's work to count (仕様書4(1)ケ).

    検算 checks the contractor's tally; 代行 counts in its place, needs the number of the 協議 (``agreement``), and
    makes the ward the one who counted. 検算 after 代行 makes it the 受託者 again.

    Raises:
        UserError: 代行 without a number, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    number = agreement.strip()
    if purpose == ON_BEHALF and not number:
        raise UserError("代行入力には、受託者との協議の番号が必要です。", "協議記録の番号を入力してください。")
    words = f"{ON_BEHALF}（協議 {number}）" if purpose == ON_BEHALF else CHECKING
    counted_by = survey.counted_by
    if purpose == ON_BEHALF:
        counted_by = COUNTED_BY_WARD
    elif counted_by == COUNTED_BY_WARD:
        counted_by = "受託者"
    with context.change(f"アンケート入力の目的を{purpose}に", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, purpose=words, counted_by=counted_by)
    return ActionResult(f"入力の目的を「{words}」にしました。", survey_id)


def purpose_of(survey: EventSurvey) -> tuple[Purpose | None, str]:
    """Return the chosen purpose and, for 代行, the number of the 協議; (None, "") before."""
    if survey.purpose.startswith(ON_BEHALF):
        return ON_BEHALF, survey.purpose.removeprefix(f"{ON_BEHALF}（協議 ").removesuffix("）")
    return (CHECKING, "") if survey.purpose else (None, "")


def missing_response_numbers(responses: Iterable[SurveyResponse]) -> tuple[int, ...]:
    """Return the numbers from 1 to below the highest number of a paper response that no paper response has."""
    taken = {sheet.number for sheet in responses if sheet.source.is_paper and sheet.number}
    return tuple(number for number in range(1, max(taken, default=0)) if number not in taken)


def add_paper_response(
    context: ActionContext, *, survey_id: int, number: int, answers: Mapping[str, Answer]
) -> ActionResult:
    """Store one paper response under its number and delete its draft; doubts are marked, never corrected.

    Raises:
        UserError: the number is below 1 or was entered before, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    _check_number(context.store, survey_id, number)
    sheet = SurveyResponse(
        survey_id=survey_id,
        source=ResponseSource.PAPER,
        number=number,
        answers=dict(answers),
        problems=response_problems(survey.questions, answers),
        typed_by=context.by,
    )
    with context.change(f"紙の回答 {number} 枚目を入力", "surveys", event_id=survey.event_id) as change:
        sheet_id = change.insert(sheet)
        delete_draft(context.store, change, survey_id=survey_id, number=number)
    return ActionResult(f"{number}枚目を保存しました。", sheet_id)


def change_response(context: ActionContext, *, sheet_id: int, answers: Mapping[str, Answer]) -> ActionResult:
    """Correct the answers of one response; decisions that no longer fit are asked for again.

    Remarks on an online answer as received (再送信, 開始前の回答) stay with it. Its draft is deleted, and its second
    entry is settled where both agree now.

    Raises:
        UserError: no such response, or the totals are fixed.
    """
    sheet, survey = _get_response(context.store, sheet_id)
    again = surveys.second_entry_of_response(context.database, sheet_id)
    with context.change(f"{_response_text(sheet)}を訂正", "surveys", event_id=survey.event_id) as change:
        change.update(SurveyResponse, sheet_id, **corrected_fields(sheet, survey.questions, answers))
        delete_draft(context.store, change, survey_id=survey.id, number=sheet.number or 0, sheet_id=sheet_id)
        waits = again is not None and again.settled_at is None
        if again is not None and waits and not answer_differences(survey.questions, answers, again.answers):
            # Corrected to what the second entry says, so nothing is left to decide.
            change.update(SecondEntry, again.id, settled_at=context.now, settled_by=context.by)
    return ActionResult(f"{_response_text(sheet)}を直しました。", sheet_id)


def corrected_fields(
    response: SurveyResponse, questions: tuple[Question, ...], answers: Mapping[str, Answer]
) -> dict[str, Any]:
    """Return the fields ``answers``, ``problems`` and ``decision`` of a response for new answers.

    The decision is kept, but "" (to be decided again) where a response that counts gets a doubt that it had not. An
    online response keeps its earlier doubts, but for those of questions that are answered otherwise now.
    """
    found = response_problems(questions, answers)
    anew = tuple(
        f"{printed_number(one, place)}の「"
        for place, one in enumerate(questions, 1)
        if answers.get(one.code) != response.answers.get(one.code)
    )
    earlier = () if response.source.is_paper else (one for one in response.problems if not one.startswith(anew))
    problems = tuple(dict.fromkeys((*earlier, *found)))
    asked_again = response.counted and not set(problems) <= set(response.problems)
    return {"answers": dict(answers), "problems": problems, "decision": "" if asked_again else response.decision}


def remove_responses(context: ActionContext, *, sheet_ids: Sequence[int]) -> ActionResult:
    """Delete paper responses of one survey entered by mistake, with their second entries and marks on comments.

    Raises:
        UserError: one is online (which can only be left out) or does not exist, or the totals are fixed.
    """
    words, sheets, survey = _get_responses(context.store, sheet_ids)
    if not all(one.source.is_paper for one in sheets):
        raise UserError("オンラインの回答は削除できません。", "「集計に入れない」を選び、理由を書いてください。")
    with context.change(f"{words}を削除", "surveys", event_id=survey.event_id) as change:
        delete_comment_marks(context.store, change, survey_id=survey.id, sheet_ids=sheet_ids)
        delete_second_entries(context.store, change, sheet_ids=sheet_ids)
        for one in sheet_ids:
            change.delete(SurveyResponse, one)
    return ActionResult(f"{words}を削除しました。", sheet_ids[0])


def decide_responses(context: ActionContext, *, sheet_ids: Sequence[int], counted: bool, reason: str) -> ActionResult:
    """Decide whether responses of one survey count; leaving them out needs a reason.

    Of an answer whose other sendings are all left out then nothing is asked any more: it counts.

    Raises:
        UserError: left out without a reason, no such response, or the totals are fixed.
    """
    words, _sheets, survey = _get_responses(context.store, sheet_ids)
    if not counted and not reason.strip():
        raise UserError("集計に入れないときは理由が必要です。", "理由を書いてください。")
    word = "集計に入れる" if counted else "集計に入れない"
    with context.change(f"{words}を{word}", "surveys", event_id=survey.event_id) as change:
        for one in sheet_ids:
            change.update(SurveyResponse, one, counted=counted, decision=reason.strip() or word)
        found = surveys.responses(context.database, survey.id)
        for each in (one for one in found if one.problems and not one.decision):
            if {other.decision for other in other_sendings(each, found)} == {SENT_AGAIN}:
                left = tuple(problem for problem in each.problems if OF_SAME_PERSON not in problem)
                change.update(SurveyResponse, each.id, problems=left)
    return ActionResult(f"{words}を「{word}」にしました。", sheet_ids[0])


def other_sendings(response: SurveyResponse, responses: Iterable[SurveyResponse]) -> tuple[SurveyResponse, ...]:
    """Return the other responses that a doubt of this one takes for ones of the same person, () = not all are there."""
    doubts = (problem.partition(OF_SAME_PERSON)[0] for problem in response.problems if OF_SAME_PERSON in problem)
    named = "、".join(doubts).split("、")
    others = (one for one in responses if one.id != response.id)
    found = tuple(one for one in others if (at := one.answered_at) and sent_at_words(at) in named)
    return found if len(found) >= len(named) else ()


def decide_answer(
    context: ActionContext, *, sheet_id: int, question_code: str, answer: Answer | None, reason: str = ""
) -> ActionResult:
    """Decide about the doubt of a response at one question; ``answer`` None leaves it as it was read.

    The first reading stays with the response in words. A single answer that stays with two marks belongs to no option.

    Raises:
        UserError: an option is chosen without a word why, there is no such doubt, or the totals are fixed.
    """
    sheet, survey = _get_response(context.store, sheet_id)
    found = ((place, one) for place, one in enumerate(survey.questions, 1) if one.code == question_code)
    place, question = next(found, (0, None))
    others = tuple(one for one in sheet.problems if not one.startswith(f"問{place}　"))
    if question is None or others == sheet.problems:
        raise UserError("この設問に、決めることはもうありません。", "一覧をご確認ください。")
    if answer not in (None, Answer()) and not reason.strip():
        raise UserError(
            "選択肢を選ぶ理由がまだ入力されていません。",
            "訂正の線や書き添えなど、用紙に書いてあることを書いてください。読みとれないときは、そのままにします。",
        )
    before = sheet.answers.get(question_code, Answer())
    now = before if answer is None else answer
    left = UNREADABLE if question.type.takes_one and sheet.source.is_paper else f"「{AS_READ}」"
    read = left if answer is None else answer_text(question, now)
    words = f"問{place}　{answer_text(question, before)} → {read}"
    action = f"{_response_text(sheet)}の問{place}の読みを決めた"
    said = join_nonempty(words, reason.strip(), f"{context.by} {short_date(context.today)}")
    with context.change(action, "surveys", event_id=survey.event_id) as change:
        change.update(
            SurveyResponse,
            sheet_id,
            answers={**sheet.answers, question_code: now},
            problems=others,
            extra={**sheet.extra, f"問{place}のはじめの読み": said},
        )
        delete_draft(context.store, change, survey_id=survey.id, number=sheet.number or 0, sheet_id=sheet_id)
    return ActionResult(f"{_response_text(sheet)}の問{place}は、{read}に決めました。", sheet_id)


def response_problems(questions: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the doubts of an entered response as sentences with their question (「問3　読みとれません」).

    Unreadable, outside the list, no number, too many choices, 特になし with others, everything empty.
    """
    found = []
    for place, question in enumerate(questions, 1):
        answer = answers.get(question.code, Answer())
        found += [
            f"問{place}　読みとれません" if text == UNREADABLE else f"問{place}　「{text}」は選択肢にありません"
            for text in answer.out_of_list
        ]
        if question.type.is_number and answer.text.strip() and not parse_number(answer.text):
            found.append(_not_a_number_problem(place, answer.text.strip()))
        ticks = len(answer.chosen) + (1 if answer.other and other_option_of(question) not in answer.chosen else 0)
        limit = 1 if question.type.takes_one else question.max_select
        if limit and ticks > limit:
            found.append(f"問{place}　選択が{limit}つを超えています")
        if question.exclusive_option in answer.chosen and ticks > 1:
            found.append(f"問{place}　「{question.exclusive_option}」とほかの選択肢が一緒に選ばれています")
    if all(answers.get(question.code, Answer()) == Answer() for question in questions):
        found.append("すべての設問が無回答")
    return tuple(found)


def _not_a_number_problem(place: int, text: str) -> str:
    return f"問{place}　読みとれません" if text == UNREADABLE else f"問{place}　「{text}」は1つの数ではありません"


def _check_number(store: Store, survey_id: int, number: int) -> None:
    """Raise ``UserError`` when the number of a sheet is below 1 or taken."""
    if number < 1:
        raise UserError("用紙の番号は1以上です。", "用紙に書いた番号を確かめてください。")
    if number in _paper_responses(store, survey_id):
        raise UserError(
            f"{number}枚目はもう入力されています。", "用紙の番号を確かめてください。直すときは一覧から開けます。"
        )


def _paper_responses(store: Store, survey_id: int) -> dict[int | None, SurveyResponse]:
    return {sheet.number: sheet for sheet in surveys.responses(store.database, survey_id) if sheet.source.is_paper}


def _get_response(store: Store, sheet_id: int) -> tuple[SurveyResponse, EventSurvey]:
    """Return a response and its survey; raises ``UserError`` where it is missing or the totals are fixed."""
    sheet = get_or_raise(store.database, SurveyResponse, sheet_id)
    return sheet, get_open_survey(store, sheet.survey_id)


def _get_responses(store: Store, sheet_ids: Sequence[int]) -> tuple[str, list[SurveyResponse], EventSurvey]:
    """Return responses with their name (「回答 12 枚」 of several) and their survey; raises as ``_get_response``."""
    found = [_get_response(store, one) for one in sheet_ids]
    first, survey = found[0]
    return _response_text(first) if len(found) == 1 else f"回答 {len(found)} 枚", [one for one, _ in found], survey


def _response_text(response: SurveyResponse) -> str:
    """Return the name of a response for messages (「紙の回答 3 枚目」)."""
    if response.source.is_paper:
        return f"紙の回答 {response.number} 枚目"
    if response.answered_at is None:
        return "オンラインの回答"
    return f"オンラインの回答（{sent_at_words(response.answered_at)}）"


FIRST: Literal["1回目"] = "1回目"
SECOND: Literal["2回目"] = "2回目"
SettlementChoice = Literal["1回目", "2回目"] | Answer
"""Which entry is right, or the answer on the paper."""


@record
class UnsettledResponse:
    """One response with two different entries, and the questions concerned in order."""

    response: SurveyResponse
    second_entry: SecondEntry
    differences: tuple[AnswerPair, ...]


@record
class EntryAgreement:
    """How far two entries agree (responses entered twice, answers compared, and equal ones)."""

    response_count: int = 0
    answer_count: int = 0
    same_count: int = 0

    @property
    def rate(self) -> str:
        """Return the equal answers in per cent with one decimal; "" before anything was compared."""
        return percent(self.same_count, self.answer_count) if self.answer_count else ""


def read_colleagues(store: Store, *, name: str) -> tuple[str, ...]:
    """Return the display names of the other active people with an own ID; ``name`` is that of the one who asks."""
    users = accounts.users(store.database)
    return tuple(user.display_name for user in users if user.active and user.display_name != name)


def add_second_entry(
    context: ActionContext, *, survey_id: int, number: int, answers: Mapping[str, Answer], typist: str = ""
) -> ActionResult:
    """Store the second entry of a response and delete its draft; where both agree it counts as settled at once.

    The response itself is not changed. ``typist`` is the name of a person without an own ID who types at this PC; it
    is accepted only while nobody else has an ID.

    Raises:
        UserError: no such response, entered twice already, the same person entered it first, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    sheet = _get_paper_response(context.store, survey_id, number)
    if surveys.second_entry_of_response(context.database, sheet.id) is not None:
        raise UserError(
            f"{number}枚目は、もう2回目が入力されています。",
            "用紙の番号を確かめてください。打ち直すときは、先に2回目の入力を取り消してください。",
        )
    who = _check_typist(context.store, sheet, typist.strip(), context.by)
    found = answer_differences(survey.questions, sheet.answers, answers)
    second = SecondEntry(
        sheet_id=sheet.id,
        answers=dict(answers),
        first_answers=sheet.answers,
        by=who,
        at=context.now,
        settled_at=None if found else context.now,
        settled_by="" if found else who,
    )
    with context.change(f"紙の回答 {number} 枚目の2回目を入力", "surveys", event_id=survey.event_id) as change:
        entry_id = change.insert(second)
        delete_draft(context.store, change, survey_id=survey_id, number=number, second=True)
    told = f"1回目と{len(found)}問ちがいます。" if found else "1回目と同じでした。"
    return ActionResult(f"{number}枚目は、{told}", entry_id)


def settle_second_entry(
    context: ActionContext, *, entry_id: int, choices: Mapping[str, SettlementChoice]
) -> ActionResult:
    """Write the right answers into the response; ``choices`` has one for every differing question by code.

    Raises:
        UserError: a question is left out, all is settled already, or the totals are fixed.
    """
    second, sheet, survey = _get_second_entry(context.store, entry_id)
    if second.settled_at is not None:
        raise UserError(
            "この用紙のちがいは、もう決めてあります。", "直すときは、回答の一覧で「回答を直す」を使えます。"
        )
    right = dict(sheet.answers)
    for one in answer_differences(survey.questions, sheet.answers, second.answers):
        code = one.question.code
        if code not in choices:
            raise UserError(
                f"問{one.place}がまだ決まっていません。", "1回目、2回目、または用紙の回答を選んでください。"
            )
        choice = choices[code]
        if isinstance(choice, Answer):
            right[code] = choice
        elif choice == SECOND:
            right[code] = second.answers.get(code, Answer())
    with context.change(
        f"紙の回答 {sheet.number} 枚目の1回目と2回目のちがいを決めた", "surveys", event_id=survey.event_id
    ) as change:
        if right != sheet.answers:
            change.update(SurveyResponse, sheet.id, **corrected_fields(sheet, survey.questions, right))
        change.update(SecondEntry, entry_id, settled_at=context.now, settled_by=context.by)
    return ActionResult(f"{sheet.number}枚目のちがいを決めました。", entry_id)


# on what was read already


def numbers_entered_once(view: SurveyView) -> tuple[int, ...]:
    """Return the numbers of the paper responses that were entered only once."""
    done = {second.sheet_id for second in view.second_entries}
    return tuple(sorted(sheet.number or 0 for sheet in view.paper_responses if sheet.id not in done))


def own_first_entries(view: SurveyView, *, name: str) -> tuple[int, ...]:
    """Return the numbers entered only once, by ``name``, so that somebody else must enter them again."""
    own = {sheet.number for sheet in view.paper_responses if sheet.typed_by == name}
    return tuple(number for number in numbers_entered_once(view) if number in own)


def unsettled_responses(view: SurveyView) -> tuple[UnsettledResponse, ...]:
    """Return the responses with two different entries not yet settled, and where they differ."""
    if view.survey is None:
        return ()
    sheets = RowsById(view.paper_responses)
    return tuple(
        UnsettledResponse(
            response=sheets[second.sheet_id],
            second_entry=second,
            differences=answer_differences(view.survey.questions, sheets[second.sheet_id].answers, second.answers),
        )
        for second in view.second_entries
        if second.settled_at is None and second.sheet_id in sheets
    )


def entry_agreement(view: SurveyView) -> EntryAgreement:
    """Return how far the two entries agreed as first typed, before any difference was settled."""
    questions = view.survey.questions if view.survey is not None else ()
    pairs = [
        pair for second in view.second_entries for pair in answer_pairs(questions, second.first_answers, second.answers)
    ]
    return EntryAgreement(
        response_count=len(view.second_entries),
        answer_count=len(pairs),
        same_count=sum(pair.is_same for pair in pairs),
    )


# inside


def _get_paper_response(store: Store, survey_id: int, number: int) -> SurveyResponse:
    """Return the paper response of this number; raises ``UserError`` where it was not entered yet."""
    found = _paper_responses(store, survey_id).get(number)
    if found is None:
        raise UserError(f"{number}枚目は、まだ1回目が入力されていません。", "用紙の番号を確かめてください。")
    return found


def _check_typist(store: Store, response: SurveyResponse, typist: str, by: str) -> str:
    """Return the name of who makes the second entry: ``typist``, else ``by``.

    Raises:
        UserError: that person made the first one, or ``typist`` is another name while others have an own ID.
    """
    others = read_colleagues(store, name=by)
    if typist and typist != by and others:
        raise UserError(
            "ほかの利用者のIDがあるため、名前だけでは2回目を入力できません。",
            "2回目を打つ人が、ご自分のIDで開いて入力してください。",
        )
    who = typist or by
    if response.typed_by and who == response.typed_by:
        raise UserError(
            f"{response.number}枚目の1回目は、{response.typed_by}さんが入力しています。",
            "2回目は、別の人がご自分のIDで開いて入力してください。"
            if others
            else "2回目は、別の人が打ち、その人の名前を入れてください。",
        )
    return who


def _get_second_entry(store: Store, entry_id: int) -> tuple[SecondEntry, SurveyResponse, EventSurvey]:
    """Return the second entry with its response and survey.

    Raises:
        UserError: one is missing, or the totals are fixed.
    """
    second = by_id(store.database, SecondEntry, entry_id)
    sheet = by_id(store.database, SurveyResponse, second.sheet_id) if second is not None else None
    if second is None or sheet is None:
        raise UserError("この2回目の入力は見つかりません。", "画面を開き直してください。")
    return second, sheet, get_open_survey(store, sheet.survey_id)


def paper_response_total(view: SurveyView | None) -> int | None:
    """Return how many paper responses were received; None if nobody recorded it or there is no survey."""
    if view is None or view.survey is None:
        return None
    return view.survey.papers_received


def next_new_number(view: SurveyView | None, *, numbers_in_progress: Collection[int] = ()) -> int:
    """Return the next new number: one above the highest, at first 1.

    Once that reaches the number of papers received, the first number that was skipped, if any.
    """
    if view is None:
        return 1
    highest = max((*(sheet.number or 0 for sheet in view.paper_responses), *numbers_in_progress), default=0)
    total = paper_response_total(view)
    passed_over = [
        number for number in missing_response_numbers(view.paper_responses) if number not in numbers_in_progress
    ]
    if passed_over and total is not None and highest >= total:
        return passed_over[0]
    return highest + 1


def next_second_number(view: SurveyView | None, *, min_number: int, numbers_in_progress: Collection[int]) -> int | None:
    """Return the lowest number entered only once, from ``min_number`` on; None when there is none.

    ``numbers_in_progress`` are being saved and left out.
    """
    waiting = numbers_entered_once(view) if view is not None else ()
    return next((number for number in waiting if number >= min_number and number not in numbers_in_progress), None)


def unentered_below(view: SurveyView, number: int, *, numbers_in_progress: Collection[int]) -> tuple[int, ...]:
    """Return the numbers below ``number`` without a paper response that are not among ``numbers_in_progress``."""
    taken = {sheet.number for sheet in view.paper_responses} | set(numbers_in_progress)
    return tuple(one for one in range(1, number) if one not in taken)
