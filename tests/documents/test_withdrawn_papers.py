"""What left is withdrawn once, and again only after its withdrawal was taken back."""

from __future__ import annotations

from datetime import datetime, time

from app.documents.services.issued_copies import note_withdrawn, withdraw_row
from db.records.documents import Outgoing
from db.rows import rows
from tests.support.door_people import write
from tests.support.years import BY, NOW, TODAY, add_lecture, started_year

KIND = "参加人数連絡書"


def test_a_withdrawn_paper_is_not_withdrawn_again_until_its_withdrawal_is_taken_back(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    sent = Outgoing(
        event_id=event_id, document_kind=KIND, reference="", version=1, format="pdf", way="印刷", by=BY, at=NOW
    )
    (left,) = write(store, sent)

    def withdraw() -> list[int]:
        with store.change(action="取消", by=BY, now=NOW) as change:
            found = note_withdrawn(
                store,
                change,
                {KIND},
                since=datetime.combine(TODAY, time()),
                reason="人数が変わった",
                who=BY,
                at=NOW,
                event_id=event_id,
            )
        return [row.id for row in found]

    assert withdraw() == [left]
    assert withdraw() == []
    (withdrawal,) = rows(store.database, Outgoing, way="取消")
    assert withdrawal.withdraws == left
    with store.change(action="取消の取消", by=BY, now=NOW) as change:
        withdraw_row(change, withdrawal, reason="誤り", who=BY, at=NOW)
    assert withdraw() == [left]
