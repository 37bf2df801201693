"""What a 差替え puts right is said no more once it was sent, and everything else of its letter is still asked."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.screens.letter_differences_panel import DifferencesPanel
from app.documents.services import document_saving, notification
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.kept_letters import letter_corrections
from app.event.services.event_moves import move_event
from app.event.services.event_notifications import facts_known_to_participants, read_notification_rows
from app.event.services.event_results import mark_held
from app.events.letters.services import undelivered
from app.events.roster.services.entry_changes import set_state
from app.home.today.services.home import read_home
from app.year_end.document_library.services import read_event_documents
from db.records.calls import ChangeDecision, DecisionKind
from db.records.documents import DifferenceAnswer, LetterState, Notification
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows
from tests.documents.test_kept_papers import (
    DAY,
    LATER,
    WHO,
    answer,
    later,
    page_of,
    put,
    put_all,
    store,  # noqa: F401
)
from tests.support.letter_people import LONG, Letters
from tests.support.years import BY


def put_off(people: Letters) -> None:
    """Move the event, and decide nothing: with a decision the day is told by a 変更通知."""
    with people.store.change(action="日を直した", event_id=people.event_id, **LATER) as change:
        change.update(Event, people.event_id, event_date=date(2026, 10, 20))


def test_a_right_letter_that_was_sent_is_done_while_the_letter_itself_waits_for_what_else_changed(people):
    put_all(people)
    entry = by_id(people.store.database, Entry, people.entries[0])
    with people.store.change(action="氏名を直した", **LATER) as change:
        change.update(Person, entry.person_id, name="濱田 直")
    put_off(people)
    answer(people, "宛先", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    done = notification.notify(
        ActionContext(people.store, by=BY, now=LATER["now"] + timedelta(hours=1)),
        event_id=people.event_id,
        key="決定通知",
        told_to=LONG,
        told_how="メール",
    )
    found = read_event_documents(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    listed = [one for one in found.rows if one.kind == "決定通知" and one.outgoing is not None]
    assert [(one.status, "施行" in one.words, "差替え" in one.words) for one in listed] == [
        ("変更あり", True, False),
        ("通知済", False, True),
    ]
    assert [one.outgoing.line.notification.id == done.id for one in listed] == [False, True]


def on_top(people: Letters) -> str:
    """Return what the line on top of 書類 and home say of the 決定通知; "" where nothing has changed."""
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    changed = [one for one in view.lines if (one.matter_kind, one.status) == ("決定通知", "変更あり")]
    return "、".join(fact.words for one in changed for fact in one.matter_status.changed_facts)


def call_anew(people: Letters, *entries: int) -> None:
    for number in entries or (0,):
        entry = by_id(people.store.database, Entry, people.entries[number])
        with people.store.change(action="氏名を直した", **LATER) as change:
            change.update(Person, entry.person_id, name=f"濱田 直{number}")


def send_right(people: Letters, *, hours: int = 2) -> None:
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    (line,) = (one for one in view.lines if one.matter_status.replacement is not None)
    notification.notify(
        ActionContext(people.store, by=BY, now=LATER["now"] + timedelta(hours=hours)),
        event_id=people.event_id,
        key=line.id,
        told_to=LONG,
        told_how="郵送",
    )


REPLACED: dict[str, Any] = {"told_on": DAY, "told_how": "差替え", "told_to": "課長"}
DAY_MOVED = "実施日 9/10(木) → 10/20(火)"


def test_what_a_right_letter_put_right_is_said_no_more_once_it_was_sent(people):
    put_all(people)
    call_anew(people)
    put_off(people)
    assert on_top(people) == f"宛先の名前が変わりました、{DAY_MOVED}"
    answer(people, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    assert on_top(people) == f"宛先の名前が変わりました、{DAY_MOVED}", "nobody was sent it yet"
    send_right(people)
    assert on_top(people) == DAY_MOVED
    for one in page_of(people).differences:
        answer(people, one.part, DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert on_top(people) == ""


def test_a_right_letter_to_one_addressee_leaves_the_name_of_another_to_be_answered(people):
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    put_all(people)
    call_anew(people, 0, 4)

    def wrong():
        one, other = (one for one in page_of(people).differences if one.part == "参加される方")
        return one if "直0" in one.after else other

    scope = DocumentScope(event_id=people.event_id)
    given = {"scope": scope, "kind": "決定通知", "differences": [wrong().key], "answer": DifferenceAnswer.WRONG}
    letter_corrections.answer_difference(later(people.store), **given, **REPLACED)
    send_right(people)
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    (line,) = (one for one in view.lines if one.status == "変更あり" and one.matter_kind == "決定通知")
    (name,) = line.matter_status.changed_facts
    assert (name.words, name.changed_ids) == ("宛先の名前が変わりました", {people.entries[4]})
    given["answer"] = DifferenceAnswer.NOT_TO_TELL
    for one in page_of(people).differences:
        given["differences"] = [one.key]
        letter_corrections.answer_difference(later(people.store), **given, reason="本人に伝えた")
    assert on_top(people) == ""


@pytest.mark.parametrize("wrong", ["宛先", "参加される方"])
def test_what_was_answered_before_a_right_letter_was_sent_is_not_asked_again_by_it(people, wrong):
    put_all(people)
    put_off(people)
    assert on_top(people) == DAY_MOVED
    for one in page_of(people).differences:
        answer(people, one.part, DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert on_top(people) == ""
    if wrong == "宛先":
        call_anew(people)
    else:
        with people.store.change(action="役職を直した", **LATER) as change:
            change.update(Entry, people.entries[0], role="副会長")
    answer(people, wrong, DifferenceAnswer.WRONG, hours=1, **REPLACED)
    assert on_top(people) == ""
    send_right(people)
    assert on_top(people) == ""


def test_a_right_letter_sent_after_the_notice_of_a_change_says_no_day_anew(people):
    put_all(people)
    call_anew(people)
    answer(people, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    move_event(later(people.store), event_id=people.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    for state in list(LetterState)[1:]:
        put(people, state, kind="変更通知", on=LATER["now"].date(), **LATER)

    def known():
        event = by_id(people.store.database, Event, people.event_id)
        records = read_notification_rows(people.store.database, event)
        return facts_known_to_participants(people.store.database, records)["実施日"]

    assert known() == "2026-10-20"
    send_right(people, hours=48)
    assert known() == "2026-10-20", "it is the letter of before"


def test_whom_a_letter_did_not_reach_waits_though_a_right_letter_went_to_another(people):
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    put_all(people)
    (told,) = rows(people.store.database, Notification, document_kind="決定通知")
    undelivered.note_undelivered(
        later(people.store),
        notification_id=told.id,
        entry_ids=[people.entries[4]],
        returned_on=DAY,
        reason="あて所不明",
    )
    call_anew(people)
    answer(people, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    send_right(people)
    assert on_top(people) == "返戻の1人に、電話か同じ写しの再送で伝える"


def test_whoever_gets_no_letter_any_more_is_sent_none_instead(people, desk_at, qtbot):
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    put_all(people)
    set_state(later(people.store), entry_id=people.entries[4], state=EntryState.WITHDRAWN)
    (gone,) = page_of(people).differences
    assert (gone.part, gone.before, gone.after) == ("宛先", "みほん川北町会　御中", "")
    with pytest.raises(UserError, match=r"差替えでは直せません.*宛先がなくなったときは、「あとで変わった」"):
        answer(people, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    assert page_of(people).differences == (gone,), "nothing was written"
    panel = DifferencesPanel(desk_at(LATER["now"]))
    qtbot.addWidget(panel)
    panel.show_differences(DocumentScope(event_id=people.event_id), "決定通知", (gone,), kept_words="出した時の写し")
    assert panel.form.value("answer") == DifferenceAnswer.CHANGED


def test_a_right_letter_to_an_organisation_without_a_head_waits_for_the_organisation(people):
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    put_all(people)
    third = by_id(people.store.database, Entry, people.entries[4]).organisation_id
    with people.store.change(action="団体名を直した", **LATER) as change:
        change.update(Organisation, third, name="みほん川北町内会")
    answer(people, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    (line,) = (one for one in view.lines if one.matter_status.replacement is not None)
    assert notification.usual_party(line.matter_status, "申込団体") == "みほん川北町会"


def test_a_copy_of_a_letter_that_left_is_nothing_new_to_tell_once_what_changed_is_answered(people, tmp_path):
    put_all(people)
    call_anew(people)
    answer(people, "宛先", DifferenceAnswer.NOT_TO_TELL, reason="本人に伝えた")
    for form in ("pdf", "docx"):
        document_saving.save_document(
            ActionContext(people.store, by=BY, now=LATER["now"] + timedelta(hours=3)),
            event_id=people.event_id,
            kind="決定通知",
            format=form,
            options=SaveOptions(path=tmp_path / f"写し.{form}", reason="控え"),
        )
        view = notification.read_outgoing_view(people.store, event_id=people.event_id)
        assert [one.status for one in view.lines if one.matter_kind == "決定通知"] == ["通知済", "見送り"]


@pytest.mark.parametrize("what", ["held on its day", "day is past", "put off", "cancelled"])
def test_a_change_waits_in_the_list_of_documents_as_on_home_until_its_event_is_over(people, what):
    put_all(people)
    call_anew(people)
    event = by_id(people.store.database, Event, people.event_id)
    on = event.event_date if what == "held on its day" else event.event_date + timedelta(days=3)
    if what == "held on its day":
        mark_held(ActionContext(people.store, BY, datetime.combine(on, time(17))), event_id=people.event_id)
    elif what != "day is past":
        kind = DecisionKind.POSTPONEMENT if what == "put off" else DecisionKind.CANCELLATION
        told = "令和8年9月10日（木）　午後2時から午後4時まで"
        by: dict[str, Any] = {"decided_at": LATER["now"], "decided_by": "課長", "reason": "大雪"}
        with people.store.change(action="決めた", **LATER) as change:
            change.insert(ChangeDecision(event_id=event.id, kind=kind, before_time=told, **by))
            if what == "cancelled":
                change.update(Event, event.id, status=EventStatus.CANCELLED)

    def listed(today):
        now = datetime.combine(today, time(18))
        found = read_event_documents(people.store, event_id=people.event_id, kind="決定通知", now=now)
        return [one.status for one in found.rows if one.kind == "決定通知"]

    assert listed(event.event_date - timedelta(days=3)) == (["通知済"] if what == "held on its day" else ["変更あり"])
    assert listed(on) == (["変更あり"] if what == "put off" else ["通知済"])
    owed = [one.task.detail for one in read_home(people.store, today=on).rows]
    assert ("前の名前で出した通知1件" in owed) == (what == "put off")
