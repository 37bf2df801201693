"""Half-entered responses, kept as drafts until somebody resumes or discards them; never counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.subjects.surveys.questions.services.surveys import get_open_survey
from db.journal import Change
from db.records.surveys import Answer, ResponseDraft
from db.rows import by_id
from db.store import Store
from db.tables import surveys


@deed
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
            by=context.by,
            at=context.now,
        )
    return ActionResult(f"{number}枚目を書きかけで残しました。", saved)


@deed
def discard_draft(context: ActionContext, *, draft_id: int) -> ActionResult:
    """Discard a draft; undo brings it back.

    Raises:
        UserError: it does not exist, or the totals are fixed.

    Raises:
        UserError: it is not there any more, or the totals are frozen.
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
    """Delete inside ``change`` the draft of a response that is now saved."""
    before = surveys.response_draft_of(store.database, survey_id, number=number, second=second, response_id=sheet_id)
    if before is not None:
        change.delete(ResponseDraft, before.id)
