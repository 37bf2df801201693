"""A letter that was wrong from the first is put right by another one under the same number, and stays as it is."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pypdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.screens.letter_differences_panel import DifferencesPanel
from app.documents.screens.outgoing_log import document_words
from app.documents.services import document_saving, notification
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import open_copy
from app.documents.services.kept_letters import letter_corrections
from app.event.services.event_moves import move_event
from app.event.services.event_notifications import facts_known_to_participants, read_notification_rows
from app.event.services.event_results import mark_held
from app.event.services.event_view import read_event
from app.events.letters.services import undelivered
from app.events.letters.services.letter_page import build_each, build_letters
from app.events.roster.services.entry_changes import set_state
from app.home.today.services.home import read_home
from app.year_end.document_library.services import read_event_documents
from db.records.documents import (
    DifferenceAnswer,
    KeptPaper,
    LetterState,
    Notification,
    Outgoing,
    OutgoingWay,
)
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows
from tests.support.letter_people import LONG, Letters
from tests.support.letter_steps import (
    DAY,
    LATER,
    answer,
    call_anew,
    document,
    later,
    page_of,
    pdf,
    put,
    put_all,
    put_all_to_three,
    rename,
)
from tests.support.paper_words import said_by
from tests.support.years import BY, acting

REPLACED: dict[str, Any] = {"told_on": DAY, "told_how": "差替え", "told_to": "課長"}
DAY_MOVED = "実施日 9/10(木) → 10/20(火)"


@pytest.fixture
def store(people):
    return people.store


def test_a_wrong_name_is_put_right_under_the_same_number_and_the_wrong_letter_stays(issued):
    first, before = pdf(issued), rename(issued)
    answer(issued, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    content = build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    assert "濱田 直　様（会長）" in said_by(content)
    assert "391" in said_by(content)
    assert "改名町会" not in said_by(content), "the other difference has not been answered"
    issues = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert open_copy(issued.store, outgoing_id=issues[0].id).data == first
    sent = open_copy(issued.store, outgoing_id=issues[1].id)
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent.data)).pages)
    assert "差替えについて" in words
    assert before.split()[-1] in words
    assert "参加される方" not in [one.part for one in page_of(issued).differences]


def test_a_head_who_came_in_stands_below_the_right_name_of_the_group_in_letter_and_note(people):
    head = by_id(people.store.database, Entry, people.entries[0])

    def call(role, name):
        with people.store.change(action="団体を直した", **LATER) as change:
            change.update(Person, head.person_id, role=role)
            change.update(Organisation, head.organisation_id, name=name)

    call("会員", LONG)
    put_all(people)
    call("会長", "改名町会")
    (wrong,) = (one for one in page_of(people).differences if one.part == "宛先")
    assert (wrong.before, wrong.after) == (f"{LONG}　御中", "改名町会\n　会長　𠮷田 榮一　様")
    answer(people, "宛先", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    assert [one for one in page_of(people).differences if one.part == "宛先"] == []
    sent = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)[-1]
    note, right = (
        page.extract_text()
        for page in pypdf.PdfReader(io.BytesIO(open_copy(people.store, outgoing_id=sent.id).data)).pages
    )
    assert "御中" not in right
    for page in (note, right):
        assert page.index("改名町会") < page.index("榮一") < page.index("練馬区")


def test_a_line_that_a_letter_lacked_is_put_right_by_a_letter_of_its_own_alone(people):
    def bring(device):
        with people.store.change(action="端末を直した", **LATER) as change:
            for entry in rows(people.store.database, Entry):
                change.update(Entry, entry.id, device=device)

    bring("")
    put_all(people)
    bring("持参")
    (lacked,) = page_of(people).differences
    assert (lacked.part, lacked.before) == ("参加される方", "")
    wrong = {"told_on": DAY, "told_to": "8見本第391号の2"}
    with pytest.raises(UserError, match=r"差替えでは直せません.*送った書類にない行は、直し方に「訂正の通知」"):
        answer(people, lacked.part, DifferenceAnswer.WRONG, told_how="差替え", **wrong)
    assert page_of(people).differences == (lacked,), "nothing was written"
    answer(people, lacked.part, DifferenceAnswer.WRONG, told_how="訂正の通知", **wrong)
    assert page_of(people).differences == ()


def test_one_name_in_two_parts_is_put_right_by_one_letter_that_waits_until_it_is_sent(issued):
    entry = by_id(issued.store.database, Entry, issued.entries[0])
    with issued.store.change(action="氏名を直した", **LATER) as change:
        change.update(Person, entry.person_id, name="濱田 直")
    assert [one.part for one in page_of(issued).differences] == ["宛先", "参加される方"]
    done = answer(issued, "宛先", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    assert done.message.endswith("送ったら、「通知したと記録する」。"), "a button of that name stands in 書類"
    assert page_of(issued).differences == ()
    assert said_by(document(issued, "決定通知")).count("濱田 直") == 2
    _, sent = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert sent.id == done.id
    assert document_words(sent) == f"決定通知　第1版　差替え（1通　{LONG}　宛先・参加される方の誤り）"

    def waits():
        view = notification.read_outgoing_view(issued.store, event_id=issued.event_id)
        return [one.status for one in view.lines if one.document_kind == "決定通知" and one.status != "通知済"]

    assert "未通知" in waits()
    notification.notify(
        ActionContext(issued.store, by=BY, now=LATER["now"] + timedelta(hours=1)),
        event_id=issued.event_id,
        key="決定通知",
        told_to="申込団体",
        told_how="郵送",
    )
    assert waits() == []


def test_a_right_letter_binds_its_addressee_alone_before_and_after_it_is_sent(issued):
    entry = by_id(issued.store.database, Entry, issued.entries[0])
    with issued.store.change(action="氏名を直した", **LATER) as change:
        change.update(Person, entry.person_id, name="濱田 直")
    answer(issued, "宛先", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    words = f"差替え（1通　{LONG}　宛先・参加される方の誤り）"

    def listed(**told):
        found = read_event_documents(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"], **told)
        of_kind = [one for one in found.rows if one.kind == "決定通知" and one.outgoing is not None]
        return found, {one.status: one.words for one in of_kind}

    found, said = listed()
    assert said["未通知"] == f"{words}　未通知"
    assert "変更" not in said["通知済"], "what changed is answered"
    (wrong,) = rows(issued.store.database, KeptPaper, document_kind="決定通知", replaced=True)
    (waiting,) = (one.outgoing.replacement for one in found.rows if one.kind == "決定通知" and one.status == "未通知")
    kept = [by_id(issued.store.database, KeptPaper, one) for one in found.replaced]
    assert [one.addressee for one in kept] == [wrong.addressee] * 2
    assert found.replaced == waiting.kept_papers
    pages = build_letters(
        issued.store, event_id=issued.event_id, kind="決定通知", chosen=found.replaced, now=LATER["now"]
    )
    assert "差替えについて" in said_by(pages)
    assert said_by(pages).count("濱田 直") > 1
    assert pages.kind == "決定通知"
    done = notification.notify(
        ActionContext(issued.store, by=BY, now=LATER["now"] + timedelta(hours=1)),
        event_id=issued.event_id,
        key="決定通知",
        told_to=LONG,
        told_how="郵送",
    )
    assert f"決定通知（{words}）" in done.message
    told = by_id(issued.store.database, Notification, done.id)
    assert told.title == words
    named = undelivered.named_addressees(issued.store, notification_id=told.id)
    assert [name for _entries, name in named] == [LONG], "who got the first letter alone can't send this one back"
    assert listed(key=("決定通知", told.id, "通知済"))[0].replaced == waiting.kept_papers


def test_a_right_letter_is_owed_after_the_day_of_the_event_too(issued):
    rename(issued)
    answer(issued, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    event = by_id(issued.store.database, Event, issued.event_id)

    def owed(today):
        view = read_event(issued.store, event_id=issued.event_id, today=today)
        shown = read_home(issued.store, today=today).rows
        return (
            [one.task.detail for one in shown if one.task.label == "伝えたと記録する"],
            [one.detail for one in view.tasks if one.is_open and one.label == "伝えたと記録する"],
            [one.detail for one in view.lapsed_tasks if one.label == "伝えたと記録する"],
        )

    words = f"決定通知（差替え（1通　{LONG}　参加される方の誤り））"
    assert owed(event.event_date) == ([words], [words], [])
    mark_held(ActionContext(issued.store, BY, datetime.combine(event.event_date, time(17))), event_id=issued.event_id)
    assert owed(event.event_date) == ([words], [words], [])
    assert owed(event.event_date + timedelta(days=20)) == ([words], [words], [])


def put_off(people: Letters) -> None:
    """Move the event, and decide nothing: with a decision the day is told by a 変更通知."""
    with people.store.change(action="日を直した", event_id=people.event_id, **LATER) as change:
        change.update(Event, people.event_id, event_date=date(2026, 10, 20))


def test_a_right_letter_that_was_sent_is_done_while_the_letter_itself_waits_for_what_else_changed(issued):
    entry = by_id(issued.store.database, Entry, issued.entries[0])
    with issued.store.change(action="氏名を直した", **LATER) as change:
        change.update(Person, entry.person_id, name="濱田 直")
    put_off(issued)
    answer(issued, "宛先", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    done = notification.notify(
        ActionContext(issued.store, by=BY, now=LATER["now"] + timedelta(hours=1)),
        event_id=issued.event_id,
        key="決定通知",
        told_to=LONG,
        told_how="メール",
    )
    found = read_event_documents(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
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


def test_what_a_right_letter_put_right_is_said_no_more_once_it_was_sent(issued):
    call_anew(issued)
    put_off(issued)
    assert on_top(issued) == f"宛先の名前が変わりました、{DAY_MOVED}"
    answer(issued, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    assert on_top(issued) == f"宛先の名前が変わりました、{DAY_MOVED}", "nobody was sent it yet"
    send_right(issued)
    assert on_top(issued) == DAY_MOVED
    for one in page_of(issued).differences:
        answer(issued, one.part, DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert on_top(issued) == ""


def test_a_right_letter_to_one_addressee_leaves_the_name_of_another_to_be_answered(to_three):
    call_anew(to_three, 0, 4)

    def wrong():
        one, other = (one for one in page_of(to_three).differences if one.part == "参加される方")
        return one if "直0" in one.after else other

    scope = DocumentScope(event_id=to_three.event_id)
    given = {"scope": scope, "kind": "決定通知", "differences": [wrong().key], "answer": DifferenceAnswer.WRONG}
    letter_corrections.answer_difference(later(to_three.store), **given, **REPLACED)
    send_right(to_three)
    view = notification.read_outgoing_view(to_three.store, event_id=to_three.event_id)
    (line,) = (one for one in view.lines if one.status == "変更あり" and one.matter_kind == "決定通知")
    (name,) = line.matter_status.changed_facts
    assert (name.words, name.changed_ids) == ("宛先の名前が変わりました", {to_three.entries[4]})
    for one in page_of(to_three).differences:
        letter_corrections.answer_difference(
            later(to_three.store),
            scope=scope,
            kind="決定通知",
            differences=[one.key],
            answer=DifferenceAnswer.NOT_TO_TELL,
            reason="本人に伝えた",
        )
    assert on_top(to_three) == ""


@pytest.mark.parametrize("wrong", ["宛先", "参加される方"])
def test_what_was_answered_before_a_right_letter_was_sent_is_not_asked_again_by_it(issued, wrong):
    put_off(issued)
    assert on_top(issued) == DAY_MOVED
    for one in page_of(issued).differences:
        answer(issued, one.part, DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert on_top(issued) == ""
    if wrong == "宛先":
        call_anew(issued)
    else:
        with issued.store.change(action="役職を直した", **LATER) as change:
            change.update(Entry, issued.entries[0], role="副会長")
    answer(issued, wrong, DifferenceAnswer.WRONG, hours=1, **REPLACED)
    assert on_top(issued) == ""
    send_right(issued)
    assert on_top(issued) == ""


def test_a_right_letter_sent_after_the_notice_of_a_change_says_no_day_anew(issued):
    call_anew(issued)
    answer(issued, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    for state in list(LetterState)[1:]:
        put(issued, state, kind="変更通知", on=LATER["now"].date(), **LATER)

    def known():
        event = by_id(issued.store.database, Event, issued.event_id)
        records = read_notification_rows(issued.store.database, event)
        return facts_known_to_participants(issued.store.database, records)["実施日"]

    assert known() == "2026-10-20"
    send_right(issued, hours=48)
    assert known() == "2026-10-20", "it is the letter of before"


def test_whom_a_letter_did_not_reach_waits_though_a_right_letter_went_to_another(to_three):
    (told,) = rows(to_three.store.database, Notification, document_kind="決定通知")
    undelivered.note_undelivered(
        later(to_three.store),
        notification_id=told.id,
        entry_ids=[to_three.entries[4]],
        returned_on=DAY,
        reason="あて所不明",
    )
    call_anew(to_three)
    answer(to_three, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    send_right(to_three)
    assert on_top(to_three) == "返戻の1人に、電話か同じ写しの再送で伝える"


def test_whoever_gets_no_letter_any_more_is_sent_none_instead(people, desk_at, qtbot):
    put_all_to_three(people)
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


def test_a_right_letter_to_an_organisation_without_a_head_waits_for_the_organisation(to_three):
    third = by_id(to_three.store.database, Entry, to_three.entries[4]).organisation_id
    with to_three.store.change(action="団体名を直した", **LATER) as change:
        change.update(Organisation, third, name="みほん川北町内会")
    answer(to_three, "宛先", DifferenceAnswer.WRONG, **REPLACED)
    view = notification.read_outgoing_view(to_three.store, event_id=to_three.event_id)
    (line,) = (one for one in view.lines if one.matter_status.replacement is not None)
    assert notification.usual_party(line.matter_status, "申込団体") == "みほん川北町会"


@pytest.mark.parametrize("first", [0, 1])
def test_two_right_letters_wait_each_by_itself_and_are_told_in_any_order(to_three, first):
    for number, entry_id in enumerate((to_three.entries[0], to_three.entries[4])):
        entry = by_id(to_three.store.database, Entry, entry_id)
        with to_three.store.change(action="氏名を直した", **LATER) as change:
            change.update(Person, entry.person_id, name=f"濱田 直{number}")
        answer(to_three, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")

    def waiting():
        found = read_event_documents(to_three.store, event_id=to_three.event_id, kind="決定通知", now=LATER["now"])
        return [one for one in found.rows if one.kind == "決定通知" and one.status == "未通知"]

    one, other = waiting()[first], waiting()[1 - first]
    assert one.key != other.key
    papers = {}
    for row in (one, other):
        found = read_event_documents(to_three.store, event_id=to_three.event_id, key=row.key, now=LATER["now"])
        assert found.chosen.key == row.key
        pages = build_letters(
            to_three.store,
            event_id=to_three.event_id,
            kind="決定通知",
            chosen=found.replaced,
            now=LATER["now"],
        )
        line = row.outgoing.line
        made = notification.read_pending_notification(
            to_three.store, event_id=to_three.event_id, key=line.id, now=LATER["now"]
        ).made
        assert made == line.matter_status.outgoing, "what is recorded is the row's own"
        papers[row.key] = said_by(pages)
    name = "濱田 直{}".format
    assert [name(number) in papers[one.key] for number in (first, 1 - first)] == [True, False]
    assert [name(number) in papers[other.key] for number in (first, 1 - first)] == [False, True]
    for hours, row in enumerate((one, other), 1):
        line = row.outgoing.line
        done = notification.notify(
            ActionContext(to_three.store, by=BY, now=LATER["now"] + timedelta(hours=hours)),
            event_id=to_three.event_id,
            key=line.id,
            told_to="申込団体",
            told_how="郵送",
        )
        told = by_id(to_three.store.database, Notification, done.id)
        assert (told.key, told.outgoing_id) == ("決定通知", line.matter_status.outgoing.id)
        assert [each.key for each in waiting()] == ([other.key] if hours == 1 else [])
        view = notification.read_outgoing_view(to_three.store, event_id=to_three.event_id)
        assert not [each for each in view.lines if each.document_kind == "決定通知" and each.status == "変更あり"]


def test_two_right_letters_to_one_addressee_show_each_its_own_and_are_told_to_its_group(issued):
    for number in (0, 1):
        entry = by_id(issued.store.database, Entry, issued.entries[number])
        with issued.store.change(action="氏名を直した", **LATER) as change:
            change.update(Person, entry.person_id, name=f"濱田 直{number}")
        answer(issued, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    found = read_event_documents(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    older, newer = sorted(
        (one for one in found.rows if one.kind == "決定通知" and one.status == "未通知"),
        key=lambda one: one.outgoing.replacement.id,
    )
    for row, names in ((older, (True, False)), (newer, (True, True))):
        own = read_event_documents(issued.store, event_id=issued.event_id, key=row.key, now=LATER["now"])
        asked = {"event_id": issued.event_id, "kind": "決定通知", "chosen": own.replaced, "now": LATER["now"]}
        content = build_letters(issued.store, **asked)
        said = said_by(content)
        assert tuple(f"濱田 直{number}" in said for number in (0, 1)) == names
        assert said.count("差替えについて（お願い）") == 1, "with what asks for this one"
        assert content.kept.ids == row.outgoing.replacement.kept_papers
        assert [said_by(one) for one in build_each(issued.store, **asked)] == [said]
        assert row.outgoing.party == LONG
        waiting = notification.read_pending_notification(
            issued.store, event_id=issued.event_id, key=row.outgoing.line.id, now=LATER["now"]
        )
        assert waiting.party == LONG, "and not every 団体"


def test_a_right_letter_is_set_aside_by_itself_or_told_with_all_as_earlier_versions_did(to_three):
    for entry_id in (to_three.entries[0], to_three.entries[4]):
        entry = by_id(to_three.store.database, Entry, entry_id)
        with to_three.store.change(action="氏名を直した", **LATER) as change:
            change.update(Person, entry.person_id, name="濱田 直")
        answer(to_three, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")

    def waiting():
        view = notification.read_outgoing_view(to_three.store, event_id=to_three.event_id)
        return [one for one in view.lines if one.document_kind == "決定通知" and one.status == "未通知"]

    one, other = waiting()
    notification.set_aside(later(to_three.store), event_id=to_three.event_id, key=other.id, reason="取りに来た")
    assert [each.id for each in waiting()] == [one.id]
    (act,) = rows(to_three.store.database, Notification, told_how="見送り", document_kind="決定通知")
    with to_three.store.change(action="前の版", **LATER) as change:
        change.update(Notification, act.id, title=f"{one.title}、{other.title}")
    assert waiting() == []


def test_a_wrong_word_that_no_list_compares_waits_as_well_until_its_right_letter_is_sent(issued):
    with issued.store.change(action="役職を直した", **LATER) as change:
        change.update(Entry, issued.entries[0], role="副会長")
    answer(issued, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    view = notification.read_outgoing_view(issued.store, event_id=issued.event_id)
    waits = [one for one in view.lines if one.document_kind == "決定通知" and one.status == "未通知"]
    assert ["参加される方の誤り" in one.title for one in waits] == [True]


def test_what_was_not_sent_was_not_told_in_a_corrected_way_either(issued):
    (told,) = rows(issued.store.database, Notification, document_kind="決定通知")
    notification.correct_notification(
        acting(issued.store), notification_id=told.id, told_on=DAY, told_to="申込団体", told_how="手渡し"
    )
    scope = DocumentScope(event_id=issued.event_id)
    document_saving.withdraw_issue(later(issued.store), scope=scope, kind="決定通知", reason="施行日の誤り")
    assert all(one.withdrawn for one in rows(issued.store.database, Notification, document_kind="決定通知"))
