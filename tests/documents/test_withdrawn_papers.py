"""What left is withdrawn once, and again only after its withdrawal was taken back."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

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


def test_of_papers_that_follow_one_another_the_newest_number_alone_is_withdrawn(tmp_path):
    store = started_year(tmp_path)
    event_id, other = add_lecture(store), add_lecture(store)
    sent = Outgoing(
        event_id=event_id, document_kind=KIND, reference="", version=1, format="pdf", way="印刷", by=BY, at=NOW
    )
    first, second, again, _own, _before, elsewhere = write(
        store,
        sent,
        replace(sent, version=2),
        replace(sent, version=2, way="そのまま保存"),
        replace(sent, version=2, print_use="控え用"),
        replace(sent, version=2, at=NOW - timedelta(minutes=1)),
        replace(sent, version=2, event_id=other),
    )

    def withdraw(**given: Any) -> list[int]:
        with store.change(action="取消", by=BY, now=NOW) as change:
            found = note_withdrawn(
                store, change, {KIND}, **{"since": NOW, "reason": "誤り", "who": BY, "at": NOW, **given}
            )
        return [row.id for row in found]

    assert withdraw(event_id=event_id, of_newest=True) == [second, again]
    assert withdraw(event_id=event_id, of_newest=True) == [first], "what is withdrawn is the newest no more"
    assert withdraw(event_id=event_id) == []
    assert withdraw(event_id=event_id, since=NOW + timedelta(days=1)) == []
    assert withdraw(event_id=other, since=TODAY) == [elsewhere]
