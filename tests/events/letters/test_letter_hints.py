"""What is said of a letter's day and addressee before it is issued."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from app.events.letters.services import letter_checks

BY = date(2026, 8, 24)


@pytest.mark.parametrize(
    ("apply_by", "on", "late"),
    [(None, date(2026, 9, 1), False), (BY, BY, False), (BY, date(2026, 8, 23), False), (BY, date(2026, 8, 25), True)],
)
def test_a_letter_is_late_from_the_day_after_the_closing_day_on(apply_by, on, late):
    said = list(letter_checks._late_issue_hints(SimpleNamespace(apply_by=apply_by), on))
    assert [one.endswith("申込期限（令和8年8月24日（月））より後です。") for one in said] == [True] * late


@pytest.mark.parametrize(
    ("slips", "to", "said"),
    [
        ((), "見本　一郎", 0),
        (((None, "見本 一郎"),), "見本　一郎", 0),
        (((None, "見本 次郎"),), "見本　一郎", 1),
        (((None, "見本 次郎"), (3, "見本 一郎")), "見本　一郎", 0),
        (((3, "見本 一郎"), (None, "")), "見本　一郎", 0),
        (((9, "見本 次郎"),), "見本　一郎", 0),
        (((3, "見本 次郎"),), "", 1),
    ],
)
def test_an_addressee_who_did_not_sign_the_newest_request_is_named(monkeypatch, slips, to, said):
    given = [SimpleNamespace(event_id=event_id, signer=signer) for event_id, signer in slips]
    monkeypatch.setattr(letter_checks, "rows", lambda *_a, **_k: given)
    monkeypatch.setattr(
        letter_checks, "addressees", lambda *_a, **_k: [SimpleNamespace(person=to, role="会長" if to else "")]
    )
    event = SimpleNamespace(id=3, organisation_id=5, programme_id=1)
    found = list(letter_checks._signed_by_another(SimpleNamespace(database=None), event, "実施決定通知", BY))
    assert len(found) == said
    for one in found:
        assert one.startswith("宛名は会長　見本　一郎です。希望票に署名した方は見本 次郎です。" if to else "宛名は（")
