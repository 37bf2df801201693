"""施行 and 通知済 of a letter: 施行 tells; one that did not go out is told by word alone."""

from datetime import date, datetime

import pytest

from app.actions.user_error import UserError
from app.documents.services import document_saving, notification
from app.documents.services.document_kind import document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters.letter_differences import open_differences
from app.event.services.event_view import read_event
from app.event.services.tasks.task import CANCELLED
from app.events.calls.services import calls
from app.home.today.services import home
from app.registers.register.services.unlinked_names import link_names, read_unlinked_names
from db.records.calls import DecisionKind
from db.records.documents import LetterForm, Notification
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.rows import rows
from tests.support.letter_people import Letters
from tests.support.years import BY, NOW, acting

ISSUED = date(2026, 8, 28)
TODAY = NOW.date()


def put(people: Letters, kind: str, state: str = "施行") -> None:
    document_saving.set_letter_state(
        acting(people.store),
        event_id=people.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=ISSUED,
        document_number="8練地協第391号",
        issued_on=ISSUED if state == "施行" else None,
    )


def standing(people: Letters, kind: str) -> list[str]:
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    return [one.matter_status.status for one in view.lines if one.document_kind == kind]


def test_a_cancellation_is_told_by_its_issue_and_home_asks_nothing_more(people):
    def asked():
        shown = [one.task for one in home.read_home(people.store, today=TODAY).rows]
        tasks = read_event(people.store, event_id=people.event_id, today=TODAY).tasks
        return [(one.label, one.link.action) for one in (*shown, *tasks) if one.task == CANCELLED]

    calls.decide_change(
        acting(people.store),
        event_id=people.event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=datetime(2026, 8, 31, 8, 30),
        decided_by="課長",
        reason="大雨警報の発表",
    )
    waits = [("中止通知を伝える", "中止・変更の通知")] * 2
    assert (standing(people, "中止通知"), asked()) == (["未作成"], waits), "nothing is made yet"
    put(people, "中止通知")
    assert (standing(people, "中止通知"), asked()) == (["通知済"], [])
    (told,) = rows(people.store.database, Notification, document_kind="中止通知")
    assert (told.told_on, told.told_how) == (ISSUED, "施行（郵送）")


def test_a_decided_letter_is_told_by_post_only_once_it_is_issued_and_by_word_before(people):
    def tell(**given):
        notification.notify(acting(people.store), event_id=people.event_id, key="決定通知", told_to="申込団体", **given)

    put(people, "決定通知", "決裁済")
    waiting = notification.read_pending_notification(people.store, event_id=people.event_id, key="決定通知", now=NOW)
    assert waiting.lacks.startswith("決定通知（")
    assert "まだ施行になっていません（決裁済）。" in waiting.lacks
    with pytest.raises(UserError, match="施行になっていません"):
        tell(told_how="郵送")
    tell(told_how="アプリの外の文書", words="8月28日付けの通知の写しを、先に手渡した")
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    assert all(one.matter_status.status != "未通知" for one in view.lines)


def test_what_was_set_aside_is_told_by_its_issue_all_the_same_and_asked_again_when_something_changes(people):
    def move(venue: str) -> None:
        with people.store.change(action="変更", by=BY, now=NOW) as change:
            change.update(Event, people.event_id, venue=venue)

    about = {"event_id": people.event_id, "key": "決定通知"}
    by_phone = {"told_to": "申込団体", "told_how": "電話", "words": "決定と会場を伝えた"}
    notification.notify(acting(people.store), **about, **by_phone)
    move("みほん第二区民館")
    notification.set_aside(acting(people.store), **about, reason="通知で伝える")
    assert standing(people, "決定通知")[-1] == "見送り"
    put(people, "決定通知")
    assert standing(people, "決定通知")[-1] == "通知済"
    move("みほん第三区民館")
    assert "変更あり" in standing(people, "決定通知")


def test_a_spelling_that_the_program_calls_the_same_is_no_other_name_and_a_corrected_name_is_one(people):
    """北町二丁目 of the application is linked to 北町2丁目 of the register after the letter has left."""
    store, scope = people.store, DocumentScope(event_id=people.event_id)
    with store.change(action="用意", by=BY, now=NOW) as change:
        for number in people.entries[:3]:
            change.update(Entry, number, organisation_id=None, organisation_name="北町二丁目町会")
    put(people, "決定通知")

    def differing() -> list[str]:
        return [one.words for one in open_differences(store, document_of(scope, "決定通知"), scope, NOW)]

    def rename(name: str) -> None:
        with store.change(action="直す", by=BY, now=NOW) as change:
            change.update(Organisation, organisation_id, name=name)

    with store.change(action="用意", by=BY, now=NOW) as change:
        organisation_id = change.insert(Organisation(name="北町2丁目町会"))
    (unlinked,) = read_unlinked_names(store)
    link_names(acting(store), answers={unlinked.key: organisation_id})
    assert (standing(people, "決定通知"), differing()) == (["通知済"], [])
    for other in ("北町3丁目町会", "北町2丁目町內会"):
        rename(other)
        assert standing(people, "決定通知") == ["変更あり"]
        assert other in "".join(differing())
    rename("北町　２丁目町会")
    assert (standing(people, "決定通知"), differing()) == (["通知済"], [])
