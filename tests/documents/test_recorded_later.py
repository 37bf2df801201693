"""A 決裁 or 施行 recorded on a later day: the office says whether the letter was as put up, or what else it was."""

from datetime import timedelta
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.documents.services import document_saving, notification
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import render_document
from app.documents.services.issued_copies import open_copy
from app.documents.services.kept_letters.letter_corrections import agree_to_changes
from app.documents.services.kept_letters.letter_differences import read_comparison
from app.documents.services.kept_letters.recorded_later import RecordedLater, read_recorded_later
from app.history.services import undo
from db.records.documents import KeptPaper, LetterForm, LetterState, Outgoing, OutgoingWay
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.rows import by_id, rows
from db.tables import journal
from tests.support.letter_people import LONG, Letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW

DAY = NOW.date()
KIND = "決定通知"


def who(people: Letters, days: int = 0) -> ActionContext:
    return ActionContext(people.store, by=BY, now=NOW + timedelta(days=days))


def step(people: Letters, state: LetterState, *, days: int = 0, decided: Any = DAY, on: Any = DAY, **given: Any) -> str:
    reached = list(LetterState).index(state)
    return document_saving.set_letter_state(
        who(people, days),
        event_id=people.event_id,
        kind=KIND,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=decided if reached >= 2 else None,
        document_number="391" if reached >= 2 else "",
        issued_on=on if reached >= 3 else None,
        **given,
    ).message


def rename(people: Letters, name: str = "改名町会") -> None:
    entry = by_id(people.store.database, Entry, people.entries[0])
    with people.store.change(action="団体名を直した", by=BY, now=NOW + timedelta(days=1)) as change:
        change.update(Organisation, entry.organisation_id, name=name)


def later(people: Letters, *, days: int, issued: bool, on: Any = DAY) -> RecordedLater | None:
    scope = DocumentScope(event_id=people.event_id)
    now = NOW + timedelta(days=days)
    return read_recorded_later(people.store, scope=scope, kind=KIND, day=on, issued=issued, now=now)


def test_a_decision_or_an_issue_on_a_closed_day_is_taken_and_said(people):
    sunday = DAY - timedelta(days=DAY.isoweekday() % 7)
    step(people, LetterState.IN_APPROVAL, days=-14)
    assert "閉庁日" not in step(people, LetterState.APPROVED, days=4)
    step(people, LetterState.IN_APPROVAL, days=4)
    said = step(people, LetterState.APPROVED, days=4, decided=sunday)
    assert f"決裁日の{long_date(sunday)}は閉庁日です（日曜日）。違うときは、直してください。" in said
    assert f"施行日の{long_date(sunday)}は閉庁日です" in step(
        people, LetterState.ISSUED, days=4, decided=sunday, on=sunday
    )


def test_what_was_put_up_stands_beside_what_todays_records_say_and_is_what_left(people):
    step(people, LetterState.IN_APPROVAL)
    assert later(people, days=4, issued=False) is None, "nothing has changed"
    rename(people)
    assert later(people, days=0, issued=False) is None, "what is decided today follows the rule of today"
    found = later(people, days=4, issued=False)
    assert [one.part for one in found.differences] == ["宛先"]
    assert LONG in "".join(said_by(one) for one in found.put_up)
    assert "改名町会" in "".join(said_by(one) for one in found.today)

    said = step(people, LetterState.APPROVED, days=4, as_it_was=True)
    assert said.startswith("決定通知を、起案した内容のまま公文書（決裁済）にしました。")
    assert "起案した内容のまま" in journal.entries(people.store.database, limit=1)[0].action
    undo(people.store, by=BY, now=NOW + timedelta(days=4))
    with pytest.raises(UserError, match="起案したあとに、つぎのことが変わりました"):
        step(people, LetterState.APPROVED, days=0, as_it_was=True)
    step(people, LetterState.APPROVED, days=4, as_it_was=True)

    found = later(people, days=4, issued=True)
    assert "391" in "".join(said_by(one) for one in found.put_up), "as it leaves"
    drawn = document_saving.draw_letters(found.put_up)
    step(people, LetterState.ISSUED, days=4, as_it_was=True, drawn=drawn)
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert open_copy(people.store, outgoing_id=row.id).data == drawn[0].data
    scope = DocumentScope(event_id=people.event_id)
    (asked,) = read_comparison(people.store, scope=scope, kind=KIND, now=NOW + timedelta(days=4)).differences
    assert asked.has_left, "what changed since is asked of what left"
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    told = [one.notification for one in view.lines if one.document_kind == KIND]
    assert [one.told_on for one in told] == [DAY]


def test_what_was_printed_before_the_letter_was_put_up_anew_may_be_what_left(people):
    scope = DocumentScope(event_id=people.event_id)
    step(people, LetterState.IN_APPROVAL)
    step(people, LetterState.APPROVED)
    printed = render_document(people.store, scope=scope, kind=KIND, format="pdf", now=NOW)
    document_saving.log_print(who(people), scope=scope, kind=KIND, copies=1, pages=printed.pages, rendered=printed)
    assert later(people, days=4, issued=True) is None, "it is what was put up"
    rename(people)
    agree_to_changes(who(people, 2), scope=scope, kind=KIND, agreed_on=DAY, agreed_by="課長")
    assert later(people, days=4, issued=True, on=DAY - timedelta(days=1)) is None, "printed after it had left"

    found = later(people, days=4, issued=True)
    assert found.differences == ()
    assert found.printed.data == printed.data
    assert found.printed_at == NOW
    with pytest.raises(UserError, match=r"決裁した内容と違うところがあります.*施行は記録していません"):
        step(people, LetterState.ISSUED, days=4, as_it_was=True, handed=found.printed)
    agreed = type(found.printed)(**{**vars(found.printed), "agreed_by": "課長", "agreed_on": DAY})
    assert "出したもののまま" in step(people, LetterState.ISSUED, days=4, as_it_was=True, handed=agreed)
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert open_copy(people.store, outgoing_id=row.id).data == printed.data
    kept = rows(people.store.database, KeptPaper, document_kind=KIND)
    assert all(one.source.is_taken_in for one in kept)
