"""The papers about who can come: 参加者決定の記録 and 追加募集の対象団体."""

from __future__ import annotations

from datetime import date, datetime

from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal
from app.subjects.events.services.event_file import EventFile
from app.subjects.events.services.event_paper import event_paper
from app.subjects.roster.papers import not_applied_list, selection_record
from app.subjects.roster.papers.selection_record import Fared, HandChange
from app.subjects.roster.services.not_applied import anybody_to_ask, read_not_applied
from app.subjects.roster.services.roster import UNNAMED
from app.subjects.roster.services.selections import ChoiceRow, Past, past_choices
from db.records.events import Event
from db.store import Store
from db.tables import roster as table

RECORD = selection_record.KIND
NOT_APPLIED = not_applied_list.KIND
GONE = "（名簿から外しました）"


def record(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the record of the newest choice over all, with what was changed by hand after it.

    Raises:
        Refusal: nobody has chosen yet.
    """
    past = past_choices(store.database, event)
    whole = [one for one in past if not one.by_hand]
    newest = whole[-1] if whole else next(reversed(past), None)
    if newest is None:
        raise Refusal("参加者はまだ決められていません。", "「参加者を決める」で決めると作成できます。")
    later = [one for one in past if one.by_hand and one.id > newest.id]
    return selection_record.selection_record(
        paper_context(store, programme_of_event(store, event, on=now.date()), event, RECORD, now),
        event,
        newest.selection,
        _fared(newest),
        version=max(1, len(whole)),
        hand_changes=[HandChange(selection=one.selection, fared=_fared(one)[0]) for one in later],
        earlier=max(0, len(whole) - 1),
    )


def not_applied(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the list of the 団体 that can still be asked.

    Raises:
        Refusal: every 団体 of the register has applied or does not wish to.
    """
    found = read_not_applied(store, event_id=event.id, today=now.date())
    if not found.count:
        raise Refusal("まだ申込のない団体は、登録にありません。", "団体の登録を確かめてください。")
    return not_applied_list.not_applied_list(
        paper_context(store, programme_of_event(store, event, on=now.date()), event, NOT_APPLIED, now),
        event,
        [(part.branch, [one.name for one in part.organisations]) for part in found.branches],
        coming=found.coming,
        least=found.least,
        closing_words=found.closing_words,
        applied=found.applied,
        unwilling=found.unwilling,
    )


def _fared(past: Past) -> list[Fared]:
    return [Fared(line=row.line, organisation=_organisation(row), name=_name(row)) for row in past.rows]


def _organisation(row: ChoiceRow) -> str:
    return row.row.organisation_name if row.row is not None else ""


def _name(row: ChoiceRow) -> str:
    if row.row is None:
        return GONE
    return row.row.name if row.row.person is not None else UNNAMED


def _decided(store: Store, file: EventFile, _today: date) -> str:
    newest = next(reversed(table.selections(store.database, file.event.id)), None)
    return f"{newest.method}　{newest.made_at.month}/{newest.made_at.day}" if newest else ""


PAPERS: tuple[PaperKind, ...] = (
    event_paper(
        kind=RECORD,
        shelf="募集・通知",
        build=record,
        ready=lambda store, file: bool(table.selections(store.database, file.event.id)),
        fits=lambda file: file.event.kind != "派遣",
        state=_decided,
        missing="参加者を決めると作成できます。",
        todo="参加者の決定",
        personal=True,
    ),
    event_paper(
        kind=NOT_APPLIED,
        shelf="募集・通知",
        build=not_applied,
        ready=lambda store, file: file.event.status == "予定" and anybody_to_ask(store, file.event),
        fits=lambda file: file.event.kind != "派遣" and file.event.status == "予定",
        missing="まだ申込のない団体があるときに作成できます。",
        todo="名簿",
    ),
)
