"""The 段階 of a tool in one 団体 as a history: every mark with its day and where it was learnt; never a ranking.

- ``mark_stage`` · ``remove_stage_mark`` · ``save_subsidy`` · ``remove_subsidy``
"""

from __future__ import annotations

from datetime import date, datetime

from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from app.subjects.register.rules.stages import current_stages, is_stage, stage_words
from app.subjects.register.services.organisations import required_organisation
from db.records.organisations import Organisation, StageMark, Subsidy
from db.store import Store
from db.tables import register


def mark_stage(
    store: Store,
    *,
    organisation_id: int,
    tool: str,
    stage: str,
    marked_on: date,
    source: str = "",
    event_id: int | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Note the 段階 ("0" … "5", "×" 希望しない) of one tool on a day; earlier marks stay.

    Raises:
        Refusal: no such 段階, no tool, or the 団体 is gone.
    """
    organisation = required_organisation(store.database, organisation_id)
    if not is_stage(stage):
        raise Refusal("段階は0から5、または×（希望しない）です。", "選び直してください。")
    if not tool.strip():
        raise Refusal("ツールの名前がまだ入力されていません。", "ツールの名前を入力してください。")
    mark = StageMark(
        organisation_id=organisation_id, tool=tool, stage=stage, marked_on=marked_on, source=source,
        event_id=event_id, by=by,
    )  # fmt: skip
    with store.change(action="活用の段階を記録", by=by, now=now, subject="organisations", event_id=event_id) as change:
        made = change.insert(mark)
        marks = register.stage_marks(store.database, organisation_id)
        change.update(Organisation, organisation_id, stages=current_stages(marks, organisation.stages))
    return Saved(said=f"{tool} を「{stage_words(stage)}」としました。", id=made)


def remove_stage_mark(store: Store, *, mark_id: int, by: str, now: datetime) -> Saved:
    """Take one mark out of the history; the tool's 段階 of now follows the marks that stay.

    Raises:
        Refusal: the mark is gone.
    """
    found = required(store.database, StageMark, mark_id)
    organisation = required_organisation(store.database, found.organisation_id)
    with store.change(action="活用の段階の記録を削除", by=by, now=now, subject="organisations") as change:
        change.delete(StageMark, mark_id)
        marks = register.stage_marks(store.database, organisation.id)
        kept = {tool: stage for tool, stage in organisation.stages.items() if tool != found.tool}
        change.update(Organisation, organisation.id, stages=current_stages(marks, kept))
    return Saved(said=f"{found.tool} の記録を1件削除しました。", id=mark_id)


def save_subsidy(store: Store, *, subsidy: Subsidy, by: str, now: datetime) -> Saved:
    """Add a 補助金 (``id`` 0) or save it as given: yen, or in words what is no number.

    Raises:
        Refusal: neither an amount nor words, or the 団体 is gone.
    """
    required_organisation(store.database, subsidy.organisation_id)
    if subsidy.amount is None and not subsidy.note.strip():
        raise Refusal("補助金の金額がまだ入力されていません。", "金額、または「申請中」などの覚えを入力してください。")
    with store.change(action="補助金を記録", by=by, now=now, subject="organisations") as change:
        made = change.save(subsidy)
    return Saved(said="補助金を記録しました。", id=made)


def remove_subsidy(store: Store, *, subsidy_id: int, by: str, now: datetime) -> Saved:
    """Take a 補助金 away; raises ``Refusal`` when it is gone."""
    required(store.database, Subsidy, subsidy_id)
    with store.change(action="補助金の記録を削除", by=by, now=now, subject="organisations") as change:
        change.delete(Subsidy, subsidy_id)
    return Saved(said="補助金の記録を削除しました。", id=subsidy_id)
