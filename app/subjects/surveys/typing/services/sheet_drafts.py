"""Sheets left half typed: kept as they are until somebody goes on with them or puts them away; they count nowhere.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``): ``keep_draft``,
``discard_draft``; ``drop_draft`` inside the change that saves the sheet itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.subjects.surveys.questions.services.surveys import open_survey
from db.journal import Change
from db.records.surveys import Answer, SheetDraft
from db.rows import by_id
from db.store import Store
from db.tables import surveys


@deed
def keep_draft(
    act: Act,
    *,
    survey_id: int,
    number: int,
    second: bool = False,
    sheet_id: int = 0,
    answers: Mapping[str, Answer],
    answered: Sequence[str],
    place: int,
    typist: str = "",
) -> Saved:
    """Keep a sheet as far as it was typed; the one kept before under the same number gives way to it.

    Args:
        second: it is a second typing, of ``typist``. sheet_id: a saved sheet that was being corrected (0 = a new one).
        answered: codes of the questions answered, 無回答 among them. place: the question that was asked, from 0.

    Raises:
        Refusal: the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    before = surveys.draft_of(act.database, survey_id, number=number, second=second, sheet_id=sheet_id)
    with act.change(f"{number}枚目を書きかけで残す", "surveys", event_id=survey.event_id) as change:
        saved = change.keep(
            SheetDraft,
            before,
            survey_id=survey_id,
            number=number,
            second=second,
            sheet_id=sheet_id,
            answers=dict(answers),
            answered=tuple(answered),
            place=place,
            typist=typist,
            by=act.by,
            at=act.now,
        )
    return Saved(f"{number}枚目を書きかけで残しました。", saved)


@deed
def discard_draft(act: Act, *, draft_id: int) -> Saved:
    """Put a half typed sheet away; Ctrl+Z brings it back.

    Raises:
        Refusal: it is not there any more, or the totals are frozen.
    """
    draft = by_id(act.database, SheetDraft, draft_id)
    if draft is None:
        raise Refusal("書きかけの用紙は、もうありません。", "画面を開き直してください。")
    survey = open_survey(act.store, draft.survey_id)
    with act.change(f"書きかけの{draft.number}枚目をやめる", "surveys", event_id=survey.event_id) as change:
        change.delete(SheetDraft, draft_id)
    return Saved(f"書きかけの{draft.number}枚目をやめました。", draft_id)


def drop_draft(
    store: Store, change: Change, *, survey_id: int, number: int, second: bool = False, sheet_id: int = 0
) -> None:
    """Delete inside ``change`` what was half typed of a sheet that is saved now."""
    before = surveys.draft_of(store.database, survey_id, number=number, second=second, sheet_id=sheet_id)
    if before is not None:
        change.delete(SheetDraft, before.id)
