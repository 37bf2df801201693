"""The second typing of paper sheets by somebody else: kept as typed, compared, settled; and which sheet comes next.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``colleagues``, ``add_second_entry``, ``settle_second_entry``; on what was read already:
``numbers_entered_once``, ``own_numbers``, ``unsettled_responses``, ``agreement``.

A second typing is never needed. What counts is the sheet: the settled answers are written into it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.subjects.surveys.data_entry.services.response_drafts import delete_draft
from app.subjects.surveys.data_entry.services.survey_entry import (
    AnswerDifference,
    answer_differences,
    corrected_fields,
    missing_response_numbers,
    questions_asked_in_either,
)
from app.subjects.surveys.questions.rules.tally_result import percent
from app.subjects.surveys.questions.services.surveys import SurveyView, get_open_survey
from db.frozen_record import frozen_record
from db.records.surveys import Answer, EventSurvey, SecondEntry, SurveyResponse
from db.rows import by_id
from db.store import Store
from db.tables import accounts, surveys

FIRST: Literal["1回目"] = "1回目"
SECOND: Literal["2回目"] = "2回目"
SettlementChoice = Literal["1回目", "2回目"] | Answer
"""Which typing is right, or what the paper really says."""


@frozen_record
class SecondEntryResult(ActionResult):
    """A second typing that was kept; ``differing`` questions are still to be settled (0 = both agree)."""

    differing_count: int = 0


@frozen_record
class UnsettledResponse:
    """One sheet whose two typings differ: the sheet, the second typing and the questions in the paper's order."""

    response: SurveyResponse
    second_entry: SecondEntry
    differences: tuple[AnswerDifference, ...]


@frozen_record
class EntryAgreement:
    """How far the two typings agree: sheets typed twice, answers compared, and those that were the same."""

    response_count: int = 0
    answer_count: int = 0
    same_count: int = 0

    @property
    def rate(self) -> str:
        """The same answers in per cent with one place; empty before anything was compared."""
        return percent(self.same_count, self.answer_count) if self.answer_count else ""


def read_colleagues(store: Store, *, name: str) -> tuple[str, ...]:
    """Return the other people with an ID of their own; ``name`` is the display name of the one who asks."""
    users = accounts.users(store.database)
    return tuple(user.display_name for user in users if user.active and user.display_name != name)


@deed
def add_second_entry(
    context: ActionContext, *, survey_id: int, number: int, answers: Mapping[str, Answer], typist: str = ""
) -> SecondEntryResult:
    """Keep the second typing of a sheet beside the first; where both agree nothing is left to settle.

    ``typist`` is the name of a person without an ID of their own who types at this PC; it is taken only while nobody
    else has an ID.

    Raises:
        UserError: no such sheet, typed twice already, the same person typed it first, or the totals are frozen.
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
    return SecondEntryResult(message=f"{number}枚目は、{told}", id=entry_id, differing_count=len(found))


@deed
def settle_second_entry(
    context: ActionContext, *, entry_id: int, choices: Mapping[str, SettlementChoice]
) -> ActionResult:
    """Write the right answers into the sheet; ``choices`` names one for every question that differs, by its code.

    Raises:
        UserError: a question is left out, all is settled already, or the totals are frozen.
    """
    second, sheet, survey = _get_second_entry(context.store, entry_id)
    if second.settled_at is not None:
        raise UserError(
            "この用紙のちがいは、もう決めてあります。", "直すときは、回答の一覧で「回答を直す」を使えます。"
        )
    right = dict(sheet.answers)
    for one in answer_differences(survey.questions, sheet.answers, second.answers):
        if one.code not in choices:
            raise UserError(
                f"問{one.place}がまだ決まっていません。", "1回目、2回目、または用紙の回答を選んでください。"
            )
        choice = choices[one.code]
        if isinstance(choice, Answer):
            right[one.code] = choice
        elif choice == SECOND:
            right[one.code] = second.answers.get(one.code, Answer())
    with context.change(
        f"紙の回答 {sheet.number} 枚目の1回目と2回目のちがいを決めた", "surveys", event_id=survey.event_id
    ) as change:
        if right != sheet.answers:
            change.update(SurveyResponse, sheet.id, **corrected_fields(sheet, survey.questions, right))
        change.update(SecondEntry, entry_id, settled_at=context.now, settled_by=context.by)
    return ActionResult(f"{sheet.number}枚目のちがいを決めました。", entry_id)


# on what was read already


def numbers_entered_once(view: SurveyView) -> tuple[int, ...]:
    """Return the numbers of the paper sheets that were typed once only."""
    done = {second.sheet_id for second in view.second_entries}
    return tuple(sorted(sheet.number or 0 for sheet in view.paper_responses if sheet.id not in done))


def own_first_entries(view: SurveyView, *, name: str) -> tuple[int, ...]:
    """Return those of the waiting sheets whose first typing was by ``name``: somebody else has to type them again."""
    waiting = set(numbers_entered_once(view))
    return tuple(
        sorted(
            sheet.number or 0 for sheet in view.paper_responses if sheet.number in waiting and sheet.typed_by == name
        )
    )


def unsettled_responses(view: SurveyView) -> tuple[UnsettledResponse, ...]:
    """Return the sheets whose two typings differ and about which nothing was decided yet."""
    if view.survey is None:
        return ()
    sheets = {sheet.id: sheet for sheet in view.paper_responses}
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
    """Return how far the two typings agreed when the second was made, whatever was settled since."""
    questions = view.survey.questions if view.survey is not None else ()
    compared = same = 0
    for second in view.second_entries:
        asked = len(questions_asked_in_either(questions, second.first_answers, second.answers))
        compared += asked
        same += asked - len(answer_differences(questions, second.first_answers, second.answers))
    return EntryAgreement(response_count=len(view.second_entries), answer_count=compared, same_count=same)


# inside


def _get_paper_response(store: Store, survey_id: int, number: int) -> SurveyResponse:
    found = next(
        (one for one in surveys.responses(store.database, survey_id) if one.source == "紙" and one.number == number),
        None,
    )
    if found is None:
        raise UserError(f"{number}枚目は、まだ1回目が入力されていません。", "用紙の番号を確かめてください。")
    return found


def _check_typist(store: Store, response: SurveyResponse, typist: str, by: str) -> str:
    """Return who typed the second time; the one who typed first may not."""
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
    second = by_id(store.database, SecondEntry, entry_id)
    sheet = by_id(store.database, SurveyResponse, second.sheet_id) if second is not None else None
    if second is None or sheet is None:
        raise UserError("この2回目の入力は見つかりません。", "画面を開き直してください。")
    return second, sheet, get_open_survey(store, sheet.survey_id)


def paper_response_total(view: SurveyView | None) -> int | None:
    """How many paper sheets came back as far as somebody said so, else None."""
    if view is None or view.survey is None:
        return None
    return view.survey.papers_received


def next_new_number(view: SurveyView | None, *, numbers_in_progress: Collection[int] = ()) -> int:
    """The number of the next new sheet: one above the highest; at the end of the pile the first one passed over."""
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
    """The number of the next sheet to type a second time, not below ``min_number``; None when there is none."""
    waiting = numbers_entered_once(view) if view is not None else ()
    return next((number for number in waiting if number >= min_number and number not in numbers_in_progress), None)


def unentered_below(view: SurveyView, number: int, *, numbers_in_progress: Collection[int]) -> tuple[int, ...]:
    """The numbers below ``number`` under which no sheet was typed yet."""
    taken = {sheet.number for sheet in view.paper_responses} | set(numbers_in_progress)
    return tuple(one for one in range(1, number) if one not in taken)


def number_ranges(numbers: Iterable[int]) -> str:
    """「1～3、5」: runs of three and more are drawn together."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{run[0]}～{run[-1]}" if len(run) > 2 else "、".join(str(number) for number in run) for run in runs
    )
