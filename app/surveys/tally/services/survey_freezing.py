"""Fix the totals of a survey with who and when, and open them again with a reason."""

from __future__ import annotations

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents.services.issued_copies import note_withdrawn, withdrawn_words
from app.event.services.event_facts import return_rate
from app.surveys.questions.services.surveys import TALLY_DOCUMENTS, delete_tally_state, get_open_survey
from app.surveys.tally.services import confirmed_tallies
from app.surveys.tally.services.survey_check import read_check, reject_unchecked
from db.records.surveys import EventSurvey
from db.rows import by_id
from db.tables import surveys


def freeze_tally(context: ActionContext, *, survey_id: int, uncompared: str = "") -> ActionResult:
    """Fix the totals (集計確定) with who and when; later changes need a reason and stay visible.

    The event, the year and the 出席 beside the totals are stored as of now. Totals compared with all numbers of
    the contractor finish the ward's 検算 as well.

    Args:
        uncompared: why they are fixed although numbers of the contractor are missing; printed with the tally.

    Raises:
        UserError: nothing to count yet, an undecided answer, two different entries of a response, an unsettled
            difference to the contractor's tally, or missing numbers without a reason.
    """
    survey = get_open_survey(context.store, survey_id)
    present = surveys.responses(context.database, survey_id)
    if not any(sheet.counted for sheet in present):
        raise UserError("集計する回答がまだありません。", "回答を入力するか、取り込んでから確定してください。")
    undecided = [sheet for sheet in present if sheet.problems and not sheet.decision]
    if undecided:
        raise UserError(
            f"確認が必要な回答が{len(undecided)}件あるため、確定できません。",
            "回答の一覧で「集計に入れる」「集計に入れない」を決めてください。",
        )
    check = read_check(context.store, event_id=survey.event_id)
    unsettled = check.unsettled_count
    if unsettled:
        raise UserError(
            f"1回目と2回目のちがいを決めていない用紙が{unsettled}枚あるため、確定できません。",
            "「用紙の入力」の画面で、用紙を見て決めてください。",
        )
    reject_unchecked(check, uncompared_reason=uncompared)
    reason = uncompared.strip() if check.questions_without_counts else ""
    checked = (
        {}
        if check.questions_without_counts or check.is_on_behalf or survey.checked_on
        else {"checked_by": context.by, "checked_on": context.today}
    )
    with context.change("集計を確定", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, frozen_at=context.now, frozen_by=context.by, uncompared=reason, **checked)
        confirmed_tallies.save_tally_state(context.store, change, survey)
    return ActionResult("集計を確定しました。", survey_id)


def freeze_tally_again(context: ActionContext, *, survey_id: int) -> ActionResult:
    """Fix outdated totals again, with unchanged answers and the current context.

    The changes are stored with the survey and printed; a document sent with the old totals gets a 取消 in the log.

    Raises:
        UserError: nothing is fixed, or nothing differs from the stored context (without one it is always possible).
    """
    survey = by_id(context.database, EventSurvey, survey_id)
    if survey is None or survey.frozen_at is None:
        raise UserError("集計は確定していません。", "「集計を確定する」で確定できます。")
    before = confirmed_tallies.tally_state(context.store, survey)
    living = confirmed_tallies.current_tally_state(context.store, survey.event_id)
    differing = confirmed_tallies.tally_difference_words(before, living) if before is not None else ()
    if before is not None and not differing:
        raise UserError("確定した集計は、いまの記録と同じです。", "そのままお使いください。")
    counted = surveys.response_counts(context.database, [survey])[survey_id]
    returned = counted.paper + counted.online
    rates = [return_rate(returned, state.attendance if state is not None else None) for state in (before, living)]
    told = [
        *differing,
        *([f"回収率 {'→'.join(f'{rate}％' if rate else 'なし' for rate in rates)}"] if rates[0] != rates[1] else []),
    ]
    changed = "、".join(told) or "出席者数を残した"
    fixed = f"{dates.stamp_words(survey.frozen_at)}に{survey.frozen_by}が確定"
    line = f"{dates.stamp_words(context.now)}　{context.by}　確定し直し：{changed}（{fixed}）"
    note = join_nonempty(survey.freeze_note, line, separator="\n")
    with context.change(f"集計を確定し直した（{changed}）", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, frozen_at=context.now, frozen_by=context.by, freeze_note=note)
        confirmed_tallies.save_tally_state(context.store, change, survey)
        withdrawn = note_withdrawn(
            context.store,
            change,
            TALLY_DOCUMENTS,
            since=survey.frozen_at,
            reason=f"集計を確定し直した：{changed}",
            who=context.by,
            at=context.now,
            event_id=survey.event_id,
        )
    return ActionResult(join_nonempty(f"集計を確定し直しました（{changed}）。", withdrawn_words(withdrawn)), survey_id)


def unfreeze_tally(context: ActionContext, *, survey_id: int, reason: str) -> ActionResult:
    """Reopen fixed totals; the reason is stored, a document sent with them gets a 取消 in the log.

    Raises:
        UserError: without a reason, or when nothing is fixed.
    """
    survey = by_id(context.database, EventSurvey, survey_id)
    if survey is None or survey.frozen_at is None:
        raise UserError("集計は確定していません。", "そのまま変更できます。")
    if not reason.strip():
        raise UserError("確定を取り消すには理由が必要です。", "理由を書いてください。")
    fixed = f"{dates.stamp_words(survey.frozen_at)}に{survey.frozen_by}が確定"
    line = f"{dates.stamp_words(context.now)}　{context.by}　確定を解除：{reason.strip()}（{fixed}）"
    note = join_nonempty(survey.freeze_note, line, separator="\n")
    with context.change("集計の確定を解除", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, frozen_at=None, frozen_by="", freeze_note=note, uncompared="")
        delete_tally_state(context.store, change, survey_id)
        withdrawn = note_withdrawn(
            context.store,
            change,
            TALLY_DOCUMENTS,
            since=survey.frozen_at,
            reason=reason.strip(),
            who=context.by,
            at=context.now,
            event_id=survey.event_id,
        )
    return ActionResult(join_nonempty("集計の確定を取り消しました。", withdrawn_words(withdrawn)), survey_id)
