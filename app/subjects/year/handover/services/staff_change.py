"""The change of staff, with the people, the day, and the transferred open 宿題."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.documents.services.document_passages import keep_passage, merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.year.handover.documents.handover import DAY, GIVER, KIND, TAKER
from app.subjects.year.handover.services.handover_documents import passages
from db.frozen_record import frozen_record
from db.records.agreements import Homework
from db.store import Store
from db.tables.agreements import homework_of_year


@frozen_record
class StaffChange:
    """The people named so far, and the open 宿題 of the ward; ``last_day`` of the year is proposed."""

    predecessor: str
    successor: str
    day: str
    last_day: date
    homework: tuple[Homework, ...]

    @property
    def has_successor(self) -> bool:
        """Return whether a successor is named."""
        return bool(self.successor)

    @property
    def remaining_homework(self) -> tuple[Homework, ...]:
        """Return the 宿題 that are not yet the successor's."""
        return tuple(one for one in self.homework if not self.successor or one.person != self.successor)


def read_staff_change(store: Store, *, fiscal_year: int, today: date) -> StaffChange:
    """Return the state of the staff change; raises ``UserError`` for a year not started."""
    view = read_programme(store, fiscal_year=fiscal_year, on=today)
    typed = _typed_texts(store, view)
    known = homework_of_year(store.database, view.programme.id)
    homework = [one for one in known if one.side == "区" and one.done_on is None]
    return StaffChange(
        predecessor=typed[GIVER],
        successor=typed[TAKER],
        day=typed[DAY],
        last_day=date(fiscal_year + 1, 3, 31),
        homework=tuple(homework),
    )


def _typed_texts(store: Store, view: ProgrammeView) -> dict[str, str]:
    scope = DocumentScope(fiscal_year=view.programme.fiscal_year)
    texts = merge_passages(store.database, keys=keys_of(store, scope), kind=KIND, defaults=passages(view))
    return {one.part: one.text.strip() for one in texts}


@deed
def hand_over(
    context: ActionContext,
    *,
    fiscal_year: int,
    predecessor: str,
    successor: str,
    day: date,
    homework_ids: Sequence[int] = (),
) -> ActionResult:
    """Record who hands over to whom on which day, and transfer the chosen open 宿題.

    Raises:
        UserError: nobody or the same person is named, or a 宿題 is done or the contractor's.

    Raises:
        UserError: nobody or the same person is named, or a 宿題 is done or the contractor's.
    """
    view = read_programme(context.store, fiscal_year=fiscal_year, on=context.today)
    words = {GIVER: predecessor.strip(), TAKER: successor.strip(), DAY: long_date(day)}
    if not words[GIVER] or not words[TAKER]:
        raise UserError("前任者か後任者が書かれていません。", "二人の氏名を書いてください。")
    if words[GIVER] == words[TAKER]:
        raise UserError("前任者と後任者が同じです。", "後任者の氏名を確かめてください。")
    homework = [get_or_raise(context.database, Homework, one) for one in homework_ids]
    if any(one.done_on is not None or one.side != "区" for one in homework):
        raise UserError("済んだ宿題か、受託者の宿題が選ばれています。", "画面を開き直してください。")
    keys = keys_of(context.store, DocumentScope(fiscal_year=fiscal_year))
    with context.change(f"{words[TAKER]}へ引き継いだ", "handover") as change:
        for passage in passages(view):
            if passage.part in words:
                keep_passage(change, context.database, keys=keys, kind=KIND, default=passage, text=words[passage.part])
        for one in homework:
            change.update(Homework, one.id, person=words[TAKER])
    told = f"宿題{len(homework)}件の担当を替えました。" if homework else ""
    return ActionResult(f"引継書に{words[TAKER]}を書きました。{told}", view.programme.id)
