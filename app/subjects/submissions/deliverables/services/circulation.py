"""供覧: that a received paper went round, to whom and when. Nothing leaves the house by it; it stands beside the
receipt.

- ``circulate(act, paper_id, on, to, note) -> Saved``; taking it back marks it
- ``circulations_of(store, paper) -> tuple[Notification, ...]`` those that stand, oldest first
"""

from __future__ import annotations

from datetime import date

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from db.records.papers import CIRCULATED, Notification
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store


@deed
def circulate(act: Act, *, paper_id: int, on: date, to: str, note: str = "") -> Saved:
    """Note that a received paper went round.

    Args:
        to: who has seen it, as typed (「係長、課長」). note: what was said of it.

    Raises:
        Refusal: nobody is named, or the day is before its receipt or after today.
    """
    paper = get_or_refuse(act.database, ReceivedPaper, paper_id)
    if not to.strip():
        raise Refusal("供覧した人が書かれていません。", "「係長、課長」のように記入してください。")
    if not paper.received_on <= on <= act.today:
        raise Refusal("供覧した日が、受領日より前か本日より後です。", "日付をご確認ください。")
    with act.change(f"{paper.kind}を供覧した", "received", event_id=paper.event_id) as change:
        act_id = change.insert(
            Notification(
                event_id=paper.event_id,
                programme_id=paper.programme_id,
                document_kind=paper.kind,
                key=_key(paper),
                version=paper.version,
                title=f"第{paper.version}版",
                told_on=on,
                told_to=to.strip(),
                told_how=CIRCULATED,
                told_by=act.by,
                reason=note.strip(),
                by=act.by,
                at=act.now,
            )
        )
    return Saved(f"供覧を記録しました（{short_date(on, act.today)} {to.strip()}）。", act_id)


def circulations_of(store: Store, *, paper_id: int) -> tuple[Notification, ...]:
    """Return the 供覧 of a received paper that were not taken back, oldest first."""
    paper = get_or_refuse(store.database, ReceivedPaper, paper_id)
    return tuple(
        rows(
            store.database,
            Notification,
            key=_key(paper),
            withdrawn=False,
            event_id=paper.event_id,
            programme_id=paper.programme_id,
            order=("told_on", "id"),
        )
    )


def _key(paper: ReceivedPaper) -> str:
    return f"{CIRCULATED}:{paper.id}"
