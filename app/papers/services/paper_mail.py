"""A paper as a mail to copy; nothing is ever sent."""

from __future__ import annotations

from datetime import datetime

from app.papers.services.paper_kind import read_subject
from app.papers.services.paper_kinds import paper_of
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of, scope_of, year_of
from app.programme.services.programme_view import ProgrammeView
from app.refusal import Refusal
from db.store import Store


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
    paper = paper_of(about, kind)
    if paper.mail is not None:
        return paper.mail(store, about, now)
    if about.event_id is None:
        return _covering_mail(store, about, kind, now)
    raise Refusal(f"「{kind}」には、メールの文面がありません。", "書類を保存して添付してください。")


def _covering_mail(store: Store, scope: PaperScope, kind: str, now: datetime) -> str:
    """The texts that staff wrote, over the name of the paper that goes with the mail."""
    title = f"{read_subject(store, scope).title}　{kind}"
    texts = [
        row.text
        for row in merge_passages(
            store.database,
            keys=keys_of(store, scope),
            kind=kind,
            defaults=paper_of(scope, kind).passages(store, scope, now.date()),
        )
        if row.text.strip()
    ]
    signed = sender(year_of(store, scope, on=now.date()))
    return "\n".join([f"件名：{title}", "", f"{title}をお送りします。", "", *(f"{text}\n" for text in texts), signed])


def addressee(view: ProgrammeView) -> str:
    """The contractor and its 業務責任者, never a lecturer."""
    contractor = view.contractor
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    return f"{contractor.name or '受託者'}\n{responsible}"


def sender(view: ProgrammeView) -> str:
    """The ward as it signs a mail, with its telephone number."""
    office = view.office
    return f"{office.ward}{office.department}{office.section}{office.unit}　電話 {office.phone}"
