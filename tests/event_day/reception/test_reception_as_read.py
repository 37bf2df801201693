"""What the check-in shows from the door being opened to its being closed, and what a scanned code leads to."""

from dataclasses import replace
from datetime import timedelta

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.reception import services
from app.events.roster.rules import AdmissionCode
from app.events.roster.services import entry_changes
from app.events.roster.services.entry_names import WantedPerson
from app.events.tablets import services as tablets
from db.records.roster import Entry
from db.tables import roster
from tests.support.door_people import DOOR, acting, door_event, entries_by_name, waiting_one
from tests.support.door_people import tablets as put_tablets
from tests.support.paper_lines import assert_paper, came
from tests.support.view_lines import view_lines
from tests.support.years import BY


def said(store, event_id):
    found = services.read_reception(store, event_id=event_id)
    counts = (found.expected_count, found.walk_in_count, found.late_count)
    rest = ("event", "last_action", "other_events", "search_keys", "organisation", "organisation_id", "furigana")
    return [f"名簿{counts[0]} 当日受付{counts[1]} 遅刻{counts[2]}", *view_lines(found, *rest)]


def test_the_check_in_is_read_from_opening_to_closing(store):
    event_id = door_event(store)
    waiting = waiting_one(store, event_id)
    put_tablets(store, 4)
    tablets.assign_tablets(acting(store), event_id=event_id, spare=1)
    place = {name: one.id for name, one in entries_by_name(store, event_id).items()}
    before = said(store, event_id)
    assert_paper(before, "はじめ")
    lines = []

    def act(doing, minutes=0, **given):
        nonlocal before
        try:
            message = doing(ActionContext(store, BY, DOOR + timedelta(minutes=minutes)), **given).message
        except UserError as error:
            message = f"×{error}"
        after = said(store, event_id)
        lines.extend((f"■{message}", *came(before, after)))
        before = after

    act(services.receive, entry_id=place["髙橋 見本子"])
    act(services.receive, entry_id=place["髙橋 見本子"])
    act(services.receive, minutes=1, entry_id=waiting)
    act(services.note_late, entry_id=place["伊藤 試"])
    act(services.note_late, entry_id=place["伊藤 試"])
    act(services.mark_absent, entry_id=place["𠮷田 例男"])
    act(services.note_late, entry_id=place["𠮷田 例男"])
    act(entry_changes.record_absence, entry_id=place["齋藤 見本"])
    wanted = WantedPerson(name="飛入 見本", furigana="とびいり みほん")
    act(services.add_walk_in, minutes=2, event_id=event_id, wanted=wanted, device="貸与")
    act(services.record_attendance, event_id=event_id, present=[1, 99], absent=[4])
    act(services.undo_check_in, entry_id=waiting)
    act(services.undo_check_in, entry_id=waiting)
    lent = [one.id for one in roster.loans(store.database, event_id) if one.out_at]
    act(tablets.note_returned, minutes=3, loan_ids=lent[:1])
    closing = services.read_closing(store, event_id=event_id)
    lines += [f"閉じる前｜{one}" for one in view_lines(closing.counts)]
    for part in (closing.unmarked, closing.absent, closing.absence_notices):
        lines.append("・".join(one.name for one in part))
    act(services.close_reception, event_id=event_id, witness="見本 係長")
    assert_paper(lines, "受付")


def test_a_code_stands_for_a_number_where_it_is_of_one_person_of_this_event(store):
    event_id = door_event(store)
    own = AdmissionCode(event_id=event_id, number=503)
    codes = (own, replace(own, event_id=event_id + 1), replace(own, is_for_several=True))
    given = [one.digits for one in codes] + ["123456789012", "1,2"]
    assert [services.numbers_of_codes(one, event_id) for one in given] == ["503", *given[1:]]
    first, second, third = list(entries_by_name(store, event_id).values())[:3]
    with store.change(action="用意", by=BY, now=DOOR) as change:
        for one, number in ((second, 503), (first, 502), (third, 504)):
            change.update(Entry, one.id, admission=number)
    door = services.read_reception(store, event_id=event_id)

    def scanned(code):
        place = services.scanned_place(door, code)
        return place and ([row.name for row in place.rows], place.refusal, place.short)

    texts = [*given[:4], replace(own, number=999).digits, "503"]
    assert_paper([str(scanned(one)) for one in texts], "読み取り")
    assert [services.is_being_scanned(one) for one in ("123456", "1234567", "12345ab")] == [False, True, False]
    assert [services.parse_number(one) for one in ("9番", "０９", "123456", "1234567", "九")] == [
        9,
        9,
        123456,
        None,
        None,
    ]


def test_a_care_need_is_told_with_its_arrangement_and_words_that_say_no_more_once(store):
    event_id = door_event(store)
    place = entries_by_name(store, event_id)["伊藤 試"].id
    said = []
    for care, words in (("", ""), ("前の席", ""), ("", "前の席で"), ("前の席", "前の席"), ("前の席", "手話も")):
        with store.change(action="用意", by=BY, now=DOOR) as change:
            change.update(Entry, place, care=care, words=words)
        said.append(services.read_care(store, entry_id=place))
    assert said == ["", "前の席", "本人のことば：前の席で", "前の席", "前の席\n本人のことば：手話も"]
