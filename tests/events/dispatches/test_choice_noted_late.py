"""A selection whose 決裁 was noted days later: what changed since it was decided stops its 起案資料."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents.services.document_scope import DocumentScope
from app.events.dispatches.documents import DECLINE_NOTICE, SELECTION
from app.events.dispatches.services.decided_selections import HALTS
from db.records.dispatches import DispatchRequest
from db.records.documents import Letter
from tests.support.entries import put_organisation
from tests.support.years import BY, at

DECIDED, NOTED = date(2026, 9, 14), date(2026, 9, 16)


def put(store, day, *, letter=None, **outcomes):
    """Write on that day what became of the requests (their numbers as ``n1``), and the state of the letter."""
    with store.change(action="選定", by=BY, now=at(day)) as change:
        for number, (outcome, reason) in outcomes.items():
            change.update(DispatchRequest, int(number[1:]), outcome=outcome, reason=reason, decided_on=DECIDED)
        if letter:
            change.update(Letter, letter, state="決裁済", decided_on=DECIDED)


def chosen(store, day) -> int:
    """Put two requests and what became of them on that day; return the letter of the one that was declined."""
    clubs = [put_organisation(store, name) for name in ("見本わかば町会", "見本いずみ自治会")]
    with store.change(action="希望票", by=BY, now=at(date(2026, 9, 1))) as change:
        for club in clubs:
            change.insert(DispatchRequest(programme_id=1, organisation_id=club, received_on=date(2026, 9, 1)))
        letter = change.insert(
            Letter(organisation_id=clubs[1], document_kind=DECLINE_NOTICE, form="公文書", state="起案中")
        )
    put(store, day, n1=("決定", "日程が合う"), n2=("不採択", "講習会に参加のない団体"))
    return letter


@pytest.mark.parametrize(
    ("chosen_on", "changed_on", "changed", "said"),
    [
        (date(2026, 9, 10), date(2026, 9, 15), ("決定", "ほかの理由"), "選定の理由（1団体）"),
        (date(2026, 9, 15), date(2026, 9, 17), ("取下げ", "団体の申出"), "決定 1団体 → 0団体"),
    ],
    ids=["changed between the decision and its noting", "chosen in the records after the decision"],
)
def test_what_changed_since_the_decision_stops_the_draft(store, chosen_on, changed_on, changed, said):
    letter = chosen(store, chosen_on)
    if changed_on < NOTED:
        put(store, changed_on, n1=changed)
    put(store, NOTED, letter=letter)
    ((kind, halts),) = HALTS
    if changed_on > NOTED:
        assert halts(store, DocumentScope(fiscal_year=2026), NOTED) == ()
        put(store, changed_on, n1=changed)
    (warning,) = halts(store, DocumentScope(fiscal_year=2026), date(2026, 9, 18))
    assert kind == SELECTION
    assert said in warning


@pytest.mark.parametrize(("day", "is_said"), [(13, False), (14, False), (15, True), (16, True)])
def test_what_changed_up_to_the_day_of_the_decision_was_decided_on(store, day, is_said):
    letter = chosen(store, date(2026, 9, 10))
    put(store, date(2026, 9, day), n1=("決定", "ほかの理由"))
    put(store, NOTED, letter=letter)
    ((_kind, halts),) = HALTS
    assert bool(halts(store, DocumentScope(fiscal_year=2026), date(2026, 9, 18))) == is_said
