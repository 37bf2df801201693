"""Every stop of a letter leads to the place where it is mended: nobody has to know where the 会場 is typed."""

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_passages, document_saving
from app.events.letters.rules.change_letters import REPLACEMENT, WHY_CANCELLED, WHY_CHANGED
from app.events.letters.rules.letter_texts import CANCELLATION, CHANGE, LETTERS
from app.events.letters.services import letter_checks
from app.main_window.action_routes import route_to
from db.records.documents import LetterForm, LetterState
from db.records.events import Event
from db.rows import by_id
from tests.support.years import BY, NOW

WHO = {"by": BY, "now": NOW}
ISSUED = date(2026, 8, 28)
FORMAL = {"form": LetterForm.FORMAL, "decided_on": ISSUED, "document_number": "8見本地第1号", "issued_on": ISSUED}


def test_every_stop_leads_to_where_it_is_mended(people):
    with people.store.change(action="会場を消した", by=BY, now=NOW) as change:
        change.update(Event, people.event_id, venue="", event_date=None)
    texts = (
        (CHANGE, WHY_CHANGED, ""),
        (CANCELLATION, WHY_CANCELLED, ""),
        (CANCELLATION, REPLACEMENT, "9月30日（水）まで受け付けます。"),
    )
    for kind, part, text in texts:
        document_passages.set_passage(
            ActionContext(people.store, **WHO), event_id=people.event_id, kind=kind, part=part, text=text
        )
    event, said = by_id(people.store.database, Event, people.event_id), {}
    for kind in LETTERS:
        for one in letter_checks.issue_blockers(people.store, event=event, kind=kind, on=ISSUED):
            assert one.link is not None, one.words
            said[kind, one.words] = route_to(one.link)
    assert len(said) > 6
    assert all(one.label for one in said.values())
    assert said["決定通知", "会場が決まっていません。"].arguments == {
        "event_id": people.event_id, "tab": "概要", "act": "venue",
    }  # fmt: skip
    assert said["決定通知", "実施日が決まっていません。"].label == "日程を決める"
    assert said[CHANGE, f"「{WHY_CHANGED}」がまだ書かれていません。"].label == "変更通知の文を開く"
    with pytest.raises(UserError, match="会場が決まっていません") as refused:
        document_saving.set_letter_state(
            ActionContext(people.store, **WHO),
            event_id=people.event_id,
            kind="決定通知",
            state=LetterState.ISSUED,
            **FORMAL,
        )
    assert [one.action for one in refused.value.links] == ["日程を決める", "会場"]
