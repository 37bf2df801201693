"""Texts to copy into a mail: headcount, result of a review; nothing is ever sent."""

from __future__ import annotations

from datetime import datetime

from app.documents import headcount_notice, material_result
from app.services import letters, paper_building
from app.services.paper_kind import read_subject
from app.services.paper_scope import PaperScope, scope_of, year_of
from app.services.programme import programme_of_event
from app.services.programme_view import ProgrammeView
from app.services.refusal import Refusal
from db.records.events import Event
from db.rows import by_id
from db.store import Store
from db.tables import participants


def mail_text(store: Store, *, event_id: int, change: bool, now: datetime) -> str:
    """Return the headcount as a mail to copy (nothing is sent): the newest one as a change, or the first."""
    event = by_id(store.database, Event, event_id)
    notices = participants.notices(store.database, event_id)
    if event is None or not notices:
        raise Refusal("参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。")
    view = programme_of_event(store, event, on=now.date())
    notice, previous = (notices[-1], notices[-2]) if change and len(notices) > 1 else (notices[0], None)
    return headcount_notice.mail_text(
        event, view.numbers[event.kind], notice, previous, addressee=_addressee(view), sender=_sender(view)
    )


def paper_mail_text(
    store: Store, *, event_id: int | None = None, scope: PaperScope | None = None, kind: str, now: datetime
) -> str:
    """Return what the paper ``kind`` says as a mail to copy.

    Args:
        scope: what the paper is about, where that is no event: the paper is sent with it, the mail says which.

    Raises:
        Refusal: there is no such text, or what it is about is not there yet.
    """
    about = scope_of(event_id, scope)
    if about.event_id is None:
        return _covering_mail(store, about, kind, now)
    event_id = about.event_id
    if kind in (paper_building.HEADCOUNT, paper_building.CHANGE):
        return mail_text(store, event_id=event_id, change=kind == paper_building.CHANGE, now=now)
    if kind in letters.KINDS:
        return letters.mail_text(store, event_id=event_id, kind=kind, today=now.date())
    if kind != paper_building.MATERIAL:
        raise Refusal(f"「{kind}」には、メールの文面がありません。", "書類を保存して添付してください。")
    event = by_id(store.database, Event, event_id)
    reviewed = paper_building.reviewed_materials(store, event_id)
    if event is None or not reviewed:
        raise Refusal("確認の結果がまだありません。", "資料の結果を選んでから作成してください。")
    view = programme_of_event(store, event, on=now.date())
    due = paper_building.resubmit_by(view, event, reviewed, now.date())
    return material_result.mail_text(event, reviewed, due, addressee=_addressee(view), sender=_sender(view))


def _covering_mail(store: Store, scope: PaperScope, kind: str, now: datetime) -> str:
    """The texts that staff wrote, over the name of the paper that goes with the mail."""
    title = f"{read_subject(store, scope).title}　{kind}"
    texts = [
        row.text for row in letters.read_passages(store, scope=scope, kind=kind, on=now.date()) if row.text.strip()
    ]
    sender = _sender(year_of(store, scope, on=now.date()))
    return "\n".join([f"件名：{title}", "", f"{title}をお送りします。", "", *(f"{text}\n" for text in texts), sender])


def _addressee(view: ProgrammeView) -> str:
    """The contractor and its 業務責任者, never a lecturer."""
    contractor = view.contractor
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    return f"{contractor.name or '受託者'}\n{responsible}"


def _sender(view: ProgrammeView) -> str:
    office = view.office
    return f"{office.ward}{office.department}{office.section}{office.unit}　電話 {office.phone}"
