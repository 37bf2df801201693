"""Totals fixed with who and when, and opened again with a reason.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``): ``freeze_tally``,
``refix_tally``, ``unfreeze_tally``.
"""

from __future__ import annotations

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar import dates
from app.common.together import together
from app.papers.services.issued_copies import note_withdrawn, withdrawn_words
from app.subjects.events.event.services.event_facts import return_rate
from app.subjects.surveys.questions.services import confirmed_tallies
from app.subjects.surveys.questions.services.confirmed_tallies import TALLY_PAPERS
from app.subjects.surveys.questions.services.surveys import open_survey
from app.subjects.surveys.tally.services.survey_settling import read_check, refuse_unchecked
from db.records.surveys import EventSurvey
from db.rows import by_id
from db.tables import surveys


@deed
def freeze_tally(act: Act, *, survey_id: int, uncompared: str = "") -> Saved:
    """Fix the totals (集計確定) with who and when; later changes ask for a reason and stay visible.

    The event, the year and the 出席 that stand beside the totals are kept as they are now. Totals that were compared
    with all numbers of the contractor end the ward's 検算 as well.

    Args:
        uncompared: why they are fixed although numbers of the contractor are missing; it is printed with the tally.

    Raises:
        Refusal: nothing to count yet, an answer still waits for a decision, two typings of a sheet differ, a difference
            to the contractor's tally is not settled, or numbers to compare with are missing without a reason.
    """
    survey = open_survey(act.store, survey_id)
    present = surveys.sheets(act.database, survey_id)
    if not any(sheet.counted for sheet in present):
        raise Refusal("集計する回答がまだありません。", "回答を入力するか、取り込んでから確定してください。")
    undecided = [sheet for sheet in present if sheet.problems and not sheet.decision]
    if undecided:
        raise Refusal(
            f"確認が必要な回答が{len(undecided)}件あるため、確定できません。",
            "回答の一覧で「集計に入れる」「集計に入れない」を決めてください。",
        )
    check = read_check(act.store, event_id=survey.event_id)
    unsettled = check.unsettled
    if unsettled:
        raise Refusal(
            f"1回目と2回目のちがいを決めていない用紙が{unsettled}枚あるため、確定できません。",
            "「用紙の入力」の画面で、用紙を見て決めてください。",
        )
    refuse_unchecked(check, uncompared=uncompared)
    reason = uncompared.strip() if check.missing else ""
    checked = (
        {} if check.missing or check.on_behalf or survey.checked_on else {"checked_by": act.by, "checked_on": act.today}
    )
    with act.change("集計を確定", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, frozen_at=act.now, frozen_by=act.by, uncompared=reason, **checked)
        confirmed_tallies.keep_tally(act.store, change, survey)
    return Saved("集計を確定しました。", survey_id)


@deed
def refix_tally(act: Act, *, survey_id: int) -> Saved:
    """Fix totals again that the records have left behind: the answers stay, what surrounds them is taken as it is now.

    What changed stays with the survey and is printed; a paper that left of the old ones stands in the log with a 取消.

    Raises:
        Refusal: nothing is fixed, or the records still agree.
    """
    survey = by_id(act.database, EventSurvey, survey_id)
    if survey is None or survey.frozen_at is None:
        raise Refusal("集計は確定していません。", "「集計を確定する」で確定できます。")
    before = confirmed_tallies.tally_state(act.store, survey)
    living = confirmed_tallies.living_state(act.store, survey.event_id)
    differing = confirmed_tallies.differing_words(before, living) if before is not None else ()
    if before is not None and not differing:
        raise Refusal("確定した集計は、いまの記録と同じです。", "そのままお使いください。")
    counted = surveys.sheet_counts(act.database).get(survey_id, surveys.SheetCount())
    returned = counted.paper + counted.online
    rates = [return_rate(returned, state.attended if state is not None else None) for state in (before, living)]
    told = [
        *differing,
        *([f"回収率 {'→'.join(f'{rate}％' if rate else 'なし' for rate in rates)}"] if rates[0] != rates[1] else []),
    ]
    changed = "、".join(told) or "出席者数を残した"
    fixed = f"{dates.stamp_words(survey.frozen_at)}に{survey.frozen_by}が確定"
    line = f"{dates.stamp_words(act.now)}　{act.by}　確定し直し：{changed}（{fixed}）"
    note = together(survey.freeze_note, line, by="\n")
    with act.change(f"集計を確定し直した（{changed}）", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, frozen_at=act.now, frozen_by=act.by, freeze_note=note)
        confirmed_tallies.keep_tally(act.store, change, survey)
        withdrawn = note_withdrawn(
            act.store,
            change,
            TALLY_PAPERS,
            since=survey.frozen_at,
            reason=f"集計を確定し直した：{changed}",
            who=act.by,
            at=act.now,
            event_id=survey.event_id,
        )
    return Saved(together(f"集計を確定し直しました（{changed}）。", withdrawn_words(withdrawn)), survey_id)


@deed
def unfreeze_tally(act: Act, *, survey_id: int, reason: str) -> Saved:
    """Open fixed totals again; the reason stays with the survey, a paper that left of them in the log with a 取消.

    Raises:
        Refusal: without a reason, or when nothing is fixed.
    """
    survey = by_id(act.database, EventSurvey, survey_id)
    if survey is None or survey.frozen_at is None:
        raise Refusal("集計は確定していません。", "そのまま変更できます。")
    if not reason.strip():
        raise Refusal("確定を解くには理由が必要です。", "理由を書いてください。")
    fixed = f"{dates.stamp_words(survey.frozen_at)}に{survey.frozen_by}が確定"
    line = f"{dates.stamp_words(act.now)}　{act.by}　確定を解除：{reason.strip()}（{fixed}）"
    note = together(survey.freeze_note, line, by="\n")
    with act.change("集計の確定を解除", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, frozen_at=None, frozen_by="", freeze_note=note, uncompared="")
        confirmed_tallies.lift_tally(act.store, change, survey_id)
        withdrawn = note_withdrawn(
            act.store,
            change,
            TALLY_PAPERS,
            since=survey.frozen_at,
            reason=reason.strip(),
            who=act.by,
            at=act.now,
            event_id=survey.event_id,
        )
    return Saved(together("集計の確定を解きました。", withdrawn_words(withdrawn)), survey_id)
