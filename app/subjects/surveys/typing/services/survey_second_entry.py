"""The second typing of paper sheets by somebody else: kept as typed, compared, settled; and which sheet comes next.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``colleagues``, ``add_second_entry``, ``settle_second_entry``; on what was read already:
``waiting_numbers``, ``own_numbers``, ``to_settle``, ``agreement``.

A second typing is never needed. What counts is the sheet: the settled answers are written into it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.subjects.surveys.questions.rules.tally_result import percent
from app.subjects.surveys.questions.services.surveys import SurveyView, open_survey
from app.subjects.surveys.typing.services.sheet_drafts import drop_draft
from app.subjects.surveys.typing.services.survey_entry import (
    AnswerDifference,
    asked_in_either,
    corrected,
    differences,
    missing_numbers,
)
from db.frozen_record import frozen_record
from db.records.surveys import Answer, AnswerSheet, EventSurvey, SecondEntry
from db.rows import by_id
from db.store import Store
from db.tables import accounts, surveys

FIRST: Literal["1回目"] = "1回目"
SECOND: Literal["2回目"] = "2回目"
Choice = Literal["1回目", "2回目"] | Answer
"""Which typing is right, or what the paper really says."""


@frozen_record
class SecondSaved(Saved):
    """A second typing that was kept; ``differing`` questions are still to be settled (0 = both agree)."""

    differing: int = 0


@frozen_record
class Unsettled:
    """One sheet whose two typings differ: the sheet, the second typing and the questions in the paper's order."""

    sheet: AnswerSheet
    second: SecondEntry
    found: tuple[AnswerDifference, ...]


@frozen_record
class TypingAgreement:
    """How far the two typings agree: sheets typed twice, answers compared, and those that were the same."""

    sheets: int = 0
    answers: int = 0
    same: int = 0

    @property
    def rate(self) -> str:
        """The same answers in per cent with one place; empty before anything was compared."""
        return percent(self.same, self.answers) if self.answers else ""


def colleagues(store: Store, *, name: str) -> tuple[str, ...]:
    """Return the other people with an ID of their own; ``name`` is the display name of the one who asks."""
    users = accounts.users(store.database)
    return tuple(user.display_name for user in users if user.active and user.display_name != name)


@deed
def add_second_entry(
    act: Act, *, survey_id: int, number: int, answers: Mapping[str, Answer], typist: str = ""
) -> SecondSaved:
    """Keep the second typing of a sheet beside the first; where both agree nothing is left to settle.

    ``typist`` is the name of a person without an ID of their own who types at this PC; it is taken only while nobody
    else has an ID.

    Raises:
        Refusal: no such sheet, typed twice already, the same person typed it first, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    sheet = _paper_sheet(act.store, survey_id, number)
    if surveys.second_entry_of_sheet(act.database, sheet.id) is not None:
        raise Refusal(
            f"{number}枚目は、もう2回目が入力されています。",
            "用紙の番号を確かめてください。打ち直すときは、先に2回目の入力を取り消してください。",
        )
    who = _typist(act.store, sheet, typist.strip(), act.by)
    found = differences(survey.questions, sheet.answers, answers)
    second = SecondEntry(
        sheet_id=sheet.id,
        answers=dict(answers),
        first_answers=sheet.answers,
        by=who,
        at=act.now,
        settled_at=None if found else act.now,
        settled_by="" if found else who,
    )
    with act.change(f"紙の回答 {number} 枚目の2回目を入力", "surveys", event_id=survey.event_id) as change:
        entry_id = change.insert(second)
        drop_draft(act.store, change, survey_id=survey_id, number=number, second=True)
    told = f"1回目と{len(found)}問ちがいます。" if found else "1回目と同じでした。"
    return SecondSaved(said=f"{number}枚目は、{told}", id=entry_id, differing=len(found))


@deed
def settle_second_entry(act: Act, *, entry_id: int, choices: Mapping[str, Choice]) -> Saved:
    """Write the right answers into the sheet; ``choices`` names one for every question that differs, by its code.

    Raises:
        Refusal: a question is left out, all is settled already, or the totals are frozen.
    """
    second, sheet, survey = _second(act.store, entry_id)
    if second.settled_at is not None:
        raise Refusal("この用紙のちがいは、もう決めてあります。", "直すときは、回答の一覧で「回答を直す」を使えます。")
    right = dict(sheet.answers)
    for one in differences(survey.questions, sheet.answers, second.answers):
        if one.code not in choices:
            raise Refusal(f"問{one.place}がまだ決まっていません。", "1回目、2回目、または用紙の回答を選んでください。")
        choice = choices[one.code]
        if isinstance(choice, Answer):
            right[one.code] = choice
        elif choice == SECOND:
            right[one.code] = second.answers.get(one.code, Answer())
    with act.change(
        f"紙の回答 {sheet.number} 枚目の1回目と2回目のちがいを決めた", "surveys", event_id=survey.event_id
    ) as change:
        if right != sheet.answers:
            change.update(AnswerSheet, sheet.id, **corrected(sheet, survey.questions, right))
        change.update(SecondEntry, entry_id, settled_at=act.now, settled_by=act.by)
    return Saved(f"{sheet.number}枚目のちがいを決めました。", entry_id)


# on what was read already


def waiting_numbers(view: SurveyView) -> tuple[int, ...]:
    """Return the numbers of the paper sheets that were typed once only."""
    done = {second.sheet_id for second in view.second}
    return tuple(sorted(sheet.number or 0 for sheet in view.paper if sheet.id not in done))


def own_numbers(view: SurveyView, *, name: str) -> tuple[int, ...]:
    """Return those of the waiting sheets whose first typing was by ``name``: somebody else has to type them again."""
    waiting = set(waiting_numbers(view))
    return tuple(
        sorted(sheet.number or 0 for sheet in view.paper if sheet.number in waiting and sheet.typed_by == name)
    )


def to_settle(view: SurveyView) -> tuple[Unsettled, ...]:
    """Return the sheets whose two typings differ and about which nothing was decided yet."""
    if view.survey is None:
        return ()
    sheets = {sheet.id: sheet for sheet in view.paper}
    return tuple(
        Unsettled(
            sheet=sheets[second.sheet_id],
            second=second,
            found=differences(view.survey.questions, sheets[second.sheet_id].answers, second.answers),
        )
        for second in view.second
        if second.settled_at is None and second.sheet_id in sheets
    )


def agreement(view: SurveyView) -> TypingAgreement:
    """Return how far the two typings agreed when the second was made, whatever was settled since."""
    questions = view.survey.questions if view.survey is not None else ()
    compared = same = 0
    for second in view.second:
        asked = len(asked_in_either(questions, second.first_answers, second.answers))
        compared += asked
        same += asked - len(differences(questions, second.first_answers, second.answers))
    return TypingAgreement(sheets=len(view.second), answers=compared, same=same)


# inside


def _paper_sheet(store: Store, survey_id: int, number: int) -> AnswerSheet:
    found = next(
        (one for one in surveys.sheets(store.database, survey_id) if one.source == "紙" and one.number == number), None
    )
    if found is None:
        raise Refusal(f"{number}枚目は、まだ1回目が入力されていません。", "用紙の番号を確かめてください。")
    return found


def _typist(store: Store, sheet: AnswerSheet, typist: str, by: str) -> str:
    """Return who typed the second time; the one who typed first may not."""
    others = colleagues(store, name=by)
    if typist and typist != by and others:
        raise Refusal(
            "ほかの利用者のIDがあるため、名前だけでは2回目を入力できません。",
            "2回目を打つ人が、ご自分のIDで開いて入力してください。",
        )
    who = typist or by
    if sheet.typed_by and who == sheet.typed_by:
        raise Refusal(
            f"{sheet.number}枚目の1回目は、{sheet.typed_by}さんが入力しています。",
            "2回目は、別の人がご自分のIDで開いて入力してください。"
            if others
            else "2回目は、別の人が打ち、その人の名前を入れてください。",
        )
    return who


def _second(store: Store, entry_id: int) -> tuple[SecondEntry, AnswerSheet, EventSurvey]:
    second = by_id(store.database, SecondEntry, entry_id)
    sheet = by_id(store.database, AnswerSheet, second.sheet_id) if second is not None else None
    if second is None or sheet is None:
        raise Refusal("この2回目の入力は見つかりません。", "画面を開き直してください。")
    return second, sheet, open_survey(store, sheet.survey_id)


def paper_total(view: SurveyView | None) -> int | None:
    """How many paper sheets came back as far as somebody said so, else None."""
    if view is None or view.survey is None:
        return None
    return view.survey.papers_received


def next_new(view: SurveyView | None, *, under_way: Collection[int] = ()) -> int:
    """The number of the next new sheet: one above the highest; at the end of the pile the first one passed over."""
    if view is None:
        return 1
    highest = max((*(sheet.number or 0 for sheet in view.paper), *under_way), default=0)
    total = paper_total(view)
    passed_over = [number for number in missing_numbers(view.paper) if number not in under_way]
    if passed_over and total is not None and highest >= total:
        return passed_over[0]
    return highest + 1


def next_second(view: SurveyView | None, *, least: int, under_way: Collection[int]) -> int | None:
    """The number of the next sheet to type a second time, not below ``least``; None when there is none."""
    waiting = waiting_numbers(view) if view is not None else ()
    return next((number for number in waiting if number >= least and number not in under_way), None)


def untyped_below(view: SurveyView, number: int, *, under_way: Collection[int]) -> tuple[int, ...]:
    """The numbers below ``number`` under which no sheet was typed yet."""
    taken = {sheet.number for sheet in view.paper} | set(under_way)
    return tuple(one for one in range(1, number) if one not in taken)


def said_numbers(numbers: Iterable[int]) -> str:
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
