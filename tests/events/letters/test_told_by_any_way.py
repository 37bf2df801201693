"""A move, a cancellation and a new place rest on what was told, whichever button told it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.blocks import Table
from app.documents.services import document_saving, documents, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.services import event_moves, event_results, recruitment
from app.event.services.event_records import read_event_or_error
from app.event.services.event_view import read_event
from app.event.services.tasks import task as words
from app.event.services.tasks.deadlines import event_tasks
from app.events.calls.services import calls
from app.events.calls.services.call_sheet import CALL_AGAIN, NOTIFY_OTHERS
from app.events.calls.services.call_view import read_calls
from app.events.letters.rules.letter_texts import WITHDRAWAL
from app.events.letters.services import letter_documents, letter_page
from app.events.letters.services.letter_batches import read_batches
from app.events.roster.services.entry_changes import set_state
from app.history import services as history_services
from app.home.today.services import home
from app.year_end.document_library.services import read_event_documents
from db.records.calls import CallOutcome, ChangeDecision, DecisionKind
from db.records.documents import LetterForm, LetterState, Notification, PrintUse
from db.records.events import Event, EventResult, RecruitmentStep
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.records.venues import Venue
from db.rows import row, rows
from tests.support.letter_people import LONG, TAKASAKI, YOSHIDA, Letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW, acting

KIND = "決定通知"
LATER = NOW + timedelta(days=1)
AFTERWARDS = NOW + timedelta(days=30)
THEN: dict[str, Any] = {"by": BY, "now": LATER}
acting_later = partial(ActionContext, by=BY, now=LATER)
OLD, NEW = date(2026, 9, 10), date(2026, 9, 17)
Way = Callable[[Letters, Path], None]
OLD_WORDS, NEW_WORDS = "令和8年9月10日（木）", "令和8年9月17日（木）"


@pytest.fixture
def people(tmp_path):
    register_contributions()
    found = Letters(tmp_path / "data")
    with found.store.change(action="用意", by=BY, now=NOW - timedelta(days=9)) as change:
        change.insert(RecruitmentStep(event_id=found.event_id, position=2, name=KIND, offset_days=13))
    yield found
    found.close()


def saved(people: Letters, folder: Path) -> None:
    document_saving.save_document(
        acting(people.store),
        event_id=people.event_id,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=folder / "1.pdf", reason="郵送"),
    )


def printed(people: Letters, folder: Path, use: str = "配る") -> None:
    drawn = documents.render_document(
        people.store, scope=DocumentScope(event_id=people.event_id), kind=KIND, format="pdf", now=NOW
    )
    document_saving.log_print(
        acting(people.store), event_id=people.event_id, kind=KIND, copies=1, pages=drawn.pages, rendered=drawn, use=use
    )


def in_a_folder(people: Letters, folder: Path) -> None:
    contents = letter_page.build_each(people.store, event_id=people.event_id, kind=KIND, now=NOW)
    letter_documents.save_each(
        acting(people.store),
        event_id=people.event_id,
        kind=KIND,
        drawn=letter_documents.render_each(contents, format="pdf"),
        options=SaveOptions(path=folder / "each", reason="郵送"),
    )


def tell(people: Letters, **given: Any) -> None:
    how = {"told_to": "申込団体", "told_how": "郵送"} | given
    notification.notify(acting(people.store), event_id=people.event_id, key=KIND, **how)


def put(people: Letters, form: str = "公文書", **given: Any) -> None:
    document_saving.set_letter_state(acting(people.store), event_id=people.event_id, kind=KIND, form=form, **given)


def issued(people: Letters, _folder: Path) -> None:
    put(people, state=LetterState.ISSUED, decided_on=NOW.date(), document_number="8練地協第391号", issued_on=NOW.date())


def ticked(people: Letters, _folder: Path) -> None:
    step = row(people.store.database, RecruitmentStep, event_id=people.event_id, name=KIND)
    recruitment.tick_step(acting(people.store), step_id=step.id)


def office_letter(people: Letters, _folder: Path) -> None:
    put(people, form=LetterForm.OFFICE, issued_on=NOW.date())


def by_mail(people: Letters, _folder: Path) -> None:
    put(people, form=LetterForm.MAIL)


def told(**how: Any) -> Way:
    return lambda people, _folder: tell(people, **how)


def each_of(*steps: Way) -> Way:
    """The way that takes several steps, one after the other."""

    def way(people: Letters, folder: Path) -> None:
        for step in steps:
            step(people, folder)

    return way


saved_and_told = each_of(saved, told())
issued_and_told = each_of(issued, saved_and_told)
WAYS = {
    "saved_and_told": saved_and_told,
    "printed_and_told": each_of(printed, told(told_how="手渡し")),
    "folder_and_told": each_of(in_a_folder, told()),
    "mailed": each_of(by_mail, told(told_how="メール")),
    "telephoned": told(told_how="電話", words="決定と日時を電話で伝えた"),
    "by_another_document": told(told_how="アプリの外の文書", words="9月1日付けの文書で伝えた"),
    "as_office_letter": each_of(office_letter, saved_and_told),
    "office_letter_sent": each_of(office_letter, saved),
    "issued": issued,
    "issued_and_told": issued_and_told,
    "ticked": ticked,
    "saved_and_ticked": each_of(saved, ticked),
}


def shelf_row(people: Letters, kind: str):
    found = read_library(people.store, event_id=people.event_id, today=LATER.date()).row(kind)
    assert found is not None
    return found


def asked(people: Letters) -> dict[str, str]:
    """What home asks for about the event: task and words."""
    shown = home.read_home(people.store, today=LATER.date())
    mine = [
        one.task
        for one in (*shown.rows, *shown.later_rows, *shown.passed_targets)
        if one.task.event_id == people.event_id
    ]
    return {one.task if one.task != words.STEP else one.label: one.label for one in mine}


def move(people: Letters, day: date, **who: Any) -> None:
    event_moves.move_event(
        ActionContext(people.store, **(who or THEN)), event_id=people.event_id, new_date=day, reason="会場の都合"
    )


def cancel(people: Letters) -> str:
    """Cancel the event; return what is said on the telephone."""
    calls.decide_change(
        acting_later(people.store),
        event_id=people.event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=LATER,
        decided_by="課長",
        reason="大雨警報の発表のため",
    )
    return read_calls(people.store, event_id=people.event_id, caller="見本", today=LATER.date()).texts[0].text


def call_everybody(people: Letters) -> None:
    """Reach everybody on the list by telephone."""
    sheet = read_calls(people.store, event_id=people.event_id, caller="見本", today=LATER.date()).sheet
    for line in sheet.lines:
        calls.note_call(acting_later(people.store), event_id=people.event_id, key=line.key, outcome=CallOutcome.REACHED)


def tell_later(people: Letters, key: str, **given: Any) -> None:
    how = {"told_to": "申込団体", "told_how": "郵送"} | given
    notification.notify(acting_later(people.store), event_id=people.event_id, key=key, **how)


def decisions(people: Letters) -> list[ChangeDecision]:
    return rows(people.store.database, ChangeDecision, event_id=people.event_id)


def letter(people: Letters, kind: str) -> str:
    return said_by(documents.build_document(people.store, event_id=people.event_id, kind=kind, now=LATER))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_move_and_a_cancellation_rest_on_what_was_told(way, people, tmp_path):
    way(people, tmp_path)
    preview = event_moves.preview_move(people.store, event_id=people.event_id, new_date=NEW, today=LATER.date())
    needs = "\n".join(one.text for one in preview.follow_ups)
    for said in ("決定通知", "3人分（9/1(火) ", "9/10(木)　14:00–16:00 と知らせた書類：", "変更通知（起案・決裁）"):
        assert said in needs
    assert f"{LONG}（{YOSHIDA}、{TAKASAKI}、氏名未定）" in needs
    assert "1団体へ電話" in needs

    move(people, NEW)
    assert shelf_row(people, "変更通知").can_be_made
    if way in (issued, issued_and_told):
        assert OLD_WORDS in letter(people, KIND), "a 公文書 is what left"
    else:
        assert not shelf_row(people, KIND).can_be_made, "what was told is read from its 控え"
    assert {words.CHANGED, CALL_AGAIN} <= asked(people).keys()
    assert not {words.NOTIFY, words.NOTIFY_CHANGE, "決定通知を出す"} & asked(people).keys()
    told = letter(people, "変更通知")
    before, after = told.index(OLD_WORDS), told.index(NEW_WORDS)
    assert before < after
    assert "令和8年9月1日付け" in told

    talk = cancel(people)
    for said in (talk, letter(people, "中止通知")):
        assert (OLD_WORDS in said, "9月17日" in said) == (True, False)
    calls_and_letter = {CALL_AGAIN, NOTIFY_OTHERS, words.CANCELLED, words.CANCELLATION_TALK}
    assert asked(people).keys() == calls_and_letter, "a dead event asks for nothing twice"


def kept_only(people: Letters, folder: Path) -> None:
    printed(people, folder, use=PrintUse.COPY)


def decided_only(people: Letters, _folder: Path) -> None:
    put(people, state=LetterState.APPROVED, decided_on=NOW.date(), document_number="391")


def taken_back(people: Letters, folder: Path) -> None:
    saved_and_told(people, folder)
    act = row(people.store.database, Notification, event_id=people.event_id)
    notification.withdraw_notification(acting(people.store), notification_id=act.id, reason="誤り")


def unticked(people: Letters, folder: Path) -> None:
    ticked(people, folder)
    step = row(people.store.database, RecruitmentStep, event_id=people.event_id, name=KIND)
    recruitment.untick_step(acting(people.store), step_id=step.id)


@pytest.mark.parametrize("way", [saved, kept_only, decided_only, taken_back, unticked], ids=lambda one: one.__name__)
def test_what_nobody_was_told_is_made_anew_for_the_new_day(way, people, tmp_path):
    way(people, tmp_path)
    preview = event_moves.preview_move(people.store, event_id=people.event_id, new_date=NEW, today=LATER.date())
    assert not any("知らせています" in one.text or "変更通知" in one.text for one in preview.follow_ups)
    move(people, NEW)
    assert decisions(people) == []
    assert shelf_row(people, KIND).can_be_made
    assert not shelf_row(people, "変更通知").is_ready
    day = OLD_WORDS if way is decided_only else NEW_WORDS
    assert f"{day}　午後2時" in letter(people, KIND), "what was decided stays until it is put up anew"
    assert "9月17日（木）" in cancel(people)


def test_a_step_that_what_was_told_has_done_is_not_opened_by_a_click(people, tmp_path):
    saved_and_told(people, tmp_path)
    shown = read_event(people.store, event_id=people.event_id, today=LATER.date())
    step = next(one for one in shown.steps if one.name == KIND)
    assert step.done_on == NOW.date()
    with pytest.raises(UserError, match="ほかの記録（通知"):
        recruitment.untick_step(acting_later(people.store), step_id=step.id)


def test_a_change_of_which_nobody_heard_is_corrected_and_undone_with_its_move(people, tmp_path):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    (first,) = decisions(people)
    assert (first.kind, first.decided_by, first.reason) == ("日時の変更", "", "会場の都合")
    move(people, NEW + timedelta(days=7))
    assert [(one.id, one.before_time) for one in decisions(people)] == [(first.id, first.before_time)]
    move(people, OLD)
    assert not shelf_row(people, "変更通知").is_ready, "back on the day that people know nothing is to be told"
    assert words.CHANGED not in asked(people)
    assert shelf_row(people, KIND).can_be_made
    move(people, NEW)
    assert len(decisions(people)) == 2
    history_services.undo(people.store, by=BY, now=LATER)
    assert len(decisions(people)) == 1


def test_whoever_was_reached_by_telephone_has_the_new_day_in_mind(people, tmp_path):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    call_everybody(people)
    after = {"by": BY, "now": LATER + timedelta(hours=1)}
    move(people, NEW + timedelta(days=7), **after)
    first, second = decisions(people)
    assert (OLD_WORDS in first.before_time, NEW_WORDS in second.before_time) == (True, True), (
        "everybody is to be called anew"
    )
    assert NEW_WORDS in cancel(people)


@pytest.mark.parametrize("told_by", ["電話", "変更通知"])
def test_after_a_move_that_reached_all_a_cancellation_names_the_day_they_know(people, tmp_path, told_by):
    """On the same day too: whoever heard the day of before would come on the new one."""
    issued_and_told(people, tmp_path)
    move(people, NEW)
    if told_by == "電話":
        call_everybody(people)
    else:
        tell_later(people, "変更通知", told_how="電話", words="新しい日時を電話で伝えた")
    talk = cancel(people)
    assert ("9月17日" in talk, "9月10日" in talk) == (True, False)
    told = letter(people, "中止通知")
    assert (NEW_WORDS in told, OLD_WORDS in told) == (True, False)


def test_a_change_that_its_letter_told_is_what_the_next_one_starts_from(people, tmp_path):
    issued_and_told(people, tmp_path)
    move(people, NEW)
    scope = DocumentScope(event_id=people.event_id)
    document_saving.set_letter_state(
        acting_later(people.store),
        scope=scope,
        kind="変更通知",
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=LATER.date(),
        document_number="8練地協第400号",
        issued_on=LATER.date(),
    )
    tell_later(people, "変更通知")
    assert words.CHANGED not in asked(people)
    two_days = {"by": BY, "now": LATER + timedelta(days=2)}
    move(people, NEW + timedelta(days=7), **two_days)
    assert [NEW_WORDS in one.before_time for one in decisions(people)] == [False, True]
    assert words.CHANGED in asked(people)
    talk = cancel(people)
    assert (NEW_WORDS in talk, "9月24日" in talk) == (True, False)


def test_a_second_move_asks_for_a_letter_of_its_own_though_nobody_noted_that_the_first_one_was_told(people, tmp_path):
    issued(people, tmp_path)
    move(people, NEW)
    letter_row: dict[str, Any] = {"event_id": people.event_id, "kind": "変更通知"}
    issue: dict[str, Any] = {
        "state": LetterState.ISSUED,
        "document_number": "8練地協第400号",
        "issued_on": LATER.date(),
    }
    document_saving.set_letter_state(
        acting_later(people.store), **letter_row, form=LetterForm.FORMAL, decided_on=LATER.date(), **issue
    )
    assert not {words.NOTIFY, words.CHANGED} & asked(people).keys(), "it was told by its 施行"
    move(people, NEW + timedelta(days=7), by=BY, now=LATER + timedelta(days=2))
    assert words.CHANGED in asked(people)
    assert words.NOTIFY not in asked(people)
    told = letter(people, "変更通知")
    assert told.index(NEW_WORDS) < told.index("令和8年9月24日（木）")


def test_who_moved_up_after_a_change_is_told_by_the_issue_of_a_letter_of_its_own(people, tmp_path):
    issued_and_told(people, tmp_path)
    move(people, NEW)
    set_state(acting_later(people.store), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    assert words.DECIDED_LATER in asked(people)
    after: dict[str, Any] = {"by": BY, "now": LATER + timedelta(days=1)}
    document_saving.set_letter_state(
        ActionContext(people.store, **after),
        event_id=people.event_id,
        kind=KIND,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=after["now"].date(),
        document_number="8練地協第401号",
        issued_on=after["now"].date(),
    )
    assert not {words.NOTIFY, words.DECIDED_LATER} & asked(people).keys()


def test_an_invitation_stops_while_people_know_another_day(people, tmp_path):
    issued_and_told(people, tmp_path)
    assert shelf_row(people, "開催通知").can_be_made
    move(people, NEW)
    one = shelf_row(people, "開催通知")
    assert (one.can_be_made, "9/10(木)" in one.state_answer.why) == (False, True)


@pytest.mark.parametrize("kind", ["会長あて案内文", "支部長あて依頼文"])
def test_a_letter_to_presidents_made_anew_for_another_day_bears_the_day_it_is_made(kind, people):
    told = {"told_to": "会長", "told_how": "アプリの外の文書", "words": "送付"}
    notification.notify(acting(people.store), event_id=people.event_id, key=kind, **told)
    assert "令和8年9月1日" in letter(people, kind), "made once more, it bears the day on which it went"
    move(people, NEW)
    said = letter(people, kind)
    assert ("令和8年9月2日" in said, "令和8年9月1日" in said, "9月17日" in said) == (True, False, True)
    talk = cancel(people)
    assert (OLD_WORDS in talk, "9月17日" in talk) == (True, False), "who applied knows the day that the public was told"


def correct_a_name(people: Letters) -> None:
    """Correct the name of somebody who comes."""
    person = row(people.store.database, Person, name=TAKASAKI)
    with people.store.change(action="氏名を直した", subject="organisations", **THEN) as change:
        change.update(Person, person.id, name="髙﨑　千鶴")


@pytest.mark.parametrize("name", [one for one in WAYS if one != "ticked"])
def test_a_corrected_name_rests_on_what_was_told_too(name, people, tmp_path):
    """What a tick alone says kept no name to hold it against."""
    WAYS[name](people, tmp_path)
    correct_a_name(people)
    shown = home.read_home(people.store, today=LATER.date()).rows
    mine = [one.task for one in shown if one.task.event_id == people.event_id]
    said = [one.detail for one in mine if one.task in (words.NOTIFY_CHANGE, words.NOTIFY)]
    assert len(said) == 1, said
    assert any(words in said[0] for words in ("宛先の名前が変わりました", "前の名前で出した通知1件"))
    assert shelf_row(people, KIND).can_be_made
    move(people, NEW)
    assert "髙﨑　千鶴　様" in letter(people, "変更通知")


def test_a_spelling_that_the_letter_did_not_print_is_no_change_of_its_addressee(people, tmp_path):
    with people.store.change(action="申込", by=BY, now=NOW) as change:
        written = [
            change.insert(
                Entry(event_id=people.event_id, organisation_name=name, state=EntryState.CHOSEN, applied_at=NOW)
            )
            for name in ("桜台北町会", "桜台北町 会")
        ]
    issued_and_told(people, tmp_path)
    with people.store.change(action="名簿と結び付けた", **THEN) as change:
        registered = change.insert(Organisation(name="桜台北町会"))
        for entry_id in written:
            change.update(Entry, entry_id, organisation_id=registered)
    shown = home.read_home(people.store, today=LATER.date()).rows
    assert not [one.task.detail for one in shown if one.task.task == words.NOTIFY_CHANGE]
    correct_a_name(people)
    shown = home.read_home(people.store, today=LATER.date()).rows
    assert len([one.task.detail for one in shown if one.task.task == words.NOTIFY_CHANGE]) == 1


def test_a_name_put_right_after_a_change_that_was_told_is_one_task_and_no_change_of_the_day(people, tmp_path):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    call_everybody(people)
    tell_later(people, "変更通知", told_how="電話", words="新しい日時を電話で伝えた")
    assert words.CHANGED not in asked(people)
    correct_a_name(people)

    names = [one for one in asked(people) if one in (words.CHANGED, words.NOTIFY, words.NOTIFY_CHANGE)]
    assert names == [words.NOTIFY_CHANGE]


def test_who_withdrew_waits_from_that_day_whatever_changes_of_others(people):
    def waits_from() -> list[date]:
        found = event_tasks(people.store, event_id=people.event_id, today=OLD)
        return [one.due for one in found if one.task == words.WITHDRAWN and one.is_open]

    tell(people)
    taken = people.entries[0]
    set_state(acting_later(people.store), entry_id=taken, state=EntryState.WITHDRAWN, reason="都合")
    assert waits_from() == [LATER.date()]
    with people.store.change(action="受付", by=BY, now=LATER + timedelta(days=5)) as change:
        change.update(Entry, people.entries[1], note="遅れる")
        change.update(Entry, taken, note="電話を受けた")
    assert waits_from() == [LATER.date()]


def test_who_withdrew_is_told_the_day_that_he_knew_and_nothing_after_that(people):
    """Seen before: 辞退受理通知 of somebody who was told 9/10 said 9/17, and was to be told anew after the move."""
    tell(people)
    entry = next(one for one in rows(people.store.database, Entry, event_id=people.event_id) if one.state == "決定")
    set_state(acting(people.store), entry_id=entry.id, state=EntryState.WITHDRAWN, reason="都合")
    event_moves.move_event(acting_later(people.store), event_id=people.event_id, new_date=NEW, reason="講師の都合")
    scope = DocumentScope(event_id=people.event_id)

    before = said_by(documents.build_document(people.store, scope=scope, kind=WITHDRAWAL, now=LATER))
    assert OLD_WORDS in before
    assert NEW_WORDS not in before
    tell_later(people, WITHDRAWAL)
    event_moves.move_event(
        acting_later(people.store), event_id=people.event_id, new_date=NEW + timedelta(days=7), reason="会場の都合"
    )
    event = read_event_or_error(people.store.database, people.event_id)
    assert read_batches(people.store, event, WITHDRAWAL).not_yet_addressed == []
    assert OLD_WORDS in said_by(documents.build_document(people.store, scope=scope, kind=WITHDRAWAL, now=LATER))


@pytest.mark.parametrize("venue_first", [True, False])
def test_day_and_place_moved_are_said_as_both_by_letter_draft_and_call_list(people, tmp_path, venue_first):
    house = "みほん区民館 本館"
    with people.store.change(action="会場", **THEN) as change:
        change.update(Event, people.event_id, venue=house)
        change.insert(Venue(name=house, phone="03-0000-0001"))
        change.insert(Venue(name="第二みほん区民館", phone="03-0000-0002"))
    saved_and_told(people, tmp_path)

    def to_another_house() -> None:
        with people.store.change(action="会場", event_id=people.event_id, **THEN) as change:
            change.update(Event, people.event_id, venue="第二みほん区民館", room="大会議室")

    if venue_first:
        to_another_house()
    move(people, NEW)
    if not venue_first:
        to_another_house()
    at = {"event_id": people.event_id, "now": LATER}

    letter = said_by(documents.build_document(people.store, kind="変更通知", **at))
    draft = said_by(documents.build_document(people.store, kind="起案資料（中止・変更）", **at))
    listed = said_by(documents.build_document(people.store, kind="電話一覧", **at))

    assert "日時および会場の変更について（通知）" in letter
    assert "日時および会場の変更の通知" in draft
    assert "日時および会場の変更の連絡" in listed
    assert "日時および会場を変更します" in listed
    assert f"新しい日時は、{NEW_WORDS}" in listed
    assert "新しい会場は、第二みほん区民館　大会議室です" in listed
    assert "もとの日時に、もとの会場へお越しにならない" in listed
    assert all(f"{house}　研修室1" in said for said in (letter, draft, listed)), "its own blank is as it was typed"
    assert f"もとの会場　{house}" in listed
    assert "03-0000-0001" in listed
    assert f"もとの会場（{house}　研修室1）の予約を取り消す" in listed


def test_the_change_letter_says_who_the_letter_before_named_and_comes_no_more(people, tmp_path):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    at = {"event_id": people.event_id, "now": LATER}
    before = documents.build_document(people.store, kind="変更通知", **at)
    set_state(acting_later(people.store), entry_id=people.entries[1], state=EntryState.WITHDRAWN, reason="本人から")
    after = documents.build_document(people.store, kind="変更通知", **at)
    draft = documents.build_document(people.store, kind="起案資料（中止・変更）", **at)

    assert _who_comes(before)[2] == "変更なし"
    _, told, now = _who_comes(after)
    assert TAKASAKI in told
    assert now.startswith("▶ ")
    assert TAKASAKI not in now
    assert YOSHIDA in now
    assert _who_comes(draft) == ("参加される方", "（「宛先一覧」のとおり）", "▶ 一部の宛先で変更")


def test_a_second_change_letter_goes_by_the_first_one(people, tmp_path):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    set_state(acting_later(people.store), entry_id=people.entries[1], state=EntryState.WITHDRAWN, reason="本人から")
    tell_later(people, "変更通知")
    again = documents.build_document(people.store, event_id=people.event_id, kind="変更通知", now=LATER)
    assert TAKASAKI in _who_comes(again)[1]
    later = {"by": BY, "now": LATER + timedelta(days=1)}
    move(people, NEW + timedelta(days=7), **later)
    second = documents.build_document(people.store, event_id=people.event_id, kind="変更通知", now=later["now"])
    assert _who_comes(second)[2] == "変更なし"
    assert TAKASAKI not in said_by(second)


def _who_comes(content) -> tuple[str, ...]:
    tables = [block for block in content.blocks if isinstance(block, Table) and block.name == "変更の内容"]
    return next(row for table in tables for row in table.rows if row[0] == "参加される方")


def _rows_of(content) -> list[tuple[str, ...]]:
    """What each letter says of its people, in the order of the letters."""
    tables = [block for block in content.blocks if isinstance(block, Table) and block.name == "変更の内容"]
    return [row for table in tables for row in table.rows if row[0] in ("参加される方", "補欠の方")]


def test_who_was_told_of_a_place_and_waits_now_is_not_told_that_nothing_changed(people, tmp_path):
    saved_and_told(people, tmp_path)
    notification.notify(
        acting(people.store), event_id=people.event_id, key="落選通知", told_to="申込団体", told_how="郵送"
    )
    move(people, NEW)
    with people.store.change(action="前の版で状態を変えた", **THEN) as change:
        change.update(Entry, people.entries[1], state=EntryState.WAITING, waiting_order=2)
    content = documents.build_document(people.store, event_id=people.event_id, kind="変更通知", now=LATER)

    (mine,) = [row for row in _rows_of(content) if row[2].startswith("▶") and TAKASAKI in row[2]]
    assert mine == ("参加される方", f"{TAKASAKI}　様（副会長）", f"▶ {TAKASAKI}　様（副会長）　補欠（2番）")
    (waiting,) = [row for row in _rows_of(content) if row[0] == "補欠の方"]
    assert waiting[2] == "変更なし", "who waited before waits still"


@pytest.mark.parametrize("is_told", [False, True])
def test_a_letter_of_a_change_that_a_cancellation_overtook_waits_no_more(people, tmp_path, is_told):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    document_saving.save_document(
        acting_later(people.store),
        event_id=people.event_id,
        kind="変更通知",
        format="pdf",
        options=SaveOptions(path=tmp_path / "変更.pdf", reason="郵送"),
    )

    def listed():
        found = read_event_documents(people.store, event_id=people.event_id, now=LATER)
        return [one.group for one in found.rows if one.kind == "変更通知"]

    assert listed() == ["いま進めるもの"]
    if is_told:
        notification.notify(
            acting_later(people.store), event_id=people.event_id, key="変更通知", told_to="団体", told_how="郵送"
        )
    cancel(people)
    assert listed() == ["出したもの" if is_told else "いまは作らないもの"]


@pytest.mark.parametrize(
    ("way", "group"),
    [
        (saved, "いまは作らないもの"), (printed, "いまは作らないもの"), (each_of(issued, saved), "出したもの"),
        (saved_and_told, "出したもの"),
    ],
)  # fmt: skip
def test_of_a_cancelled_event_only_a_letter_that_left_is_in_hand(people, tmp_path, way, group):
    way(people, tmp_path)
    cancel(people)
    found = read_event_documents(people.store, event_id=people.event_id, now=LATER)
    assert [one.group for one in found.rows if one.kind == KIND] == [group]


def hold(people: Letters) -> None:
    event_results.record_result(
        ActionContext(people.store, BY, AFTERWARDS),
        event_id=people.event_id,
        result=EventResult(event_id=people.event_id, attended=3),
    )


def groups_afterwards(people: Letters, *kinds: str) -> list[str]:
    found = read_event_documents(people.store, event_id=people.event_id, now=AFTERWARDS)
    return [one.group for one in found.rows if one.kind in kinds]


@pytest.mark.parametrize(
    ("way", "group"),
    [
        (each_of(), "募集・通知"), (saved, "募集・通知"), (printed, "募集・通知"),
        (each_of(issued, saved), "出したもの"), (saved_and_told, "出したもの"),
    ],
)  # fmt: skip
def test_of_a_held_event_only_a_letter_that_left_is_in_hand(people, tmp_path, way, group):
    way(people, tmp_path)
    hold(people)
    assert groups_afterwards(people, KIND) == [group]


@pytest.mark.parametrize("is_told", [False, True])
def test_a_letter_of_a_change_is_due_no_more_once_the_event_was_held(people, tmp_path, is_told):
    saved_and_told(people, tmp_path)
    move(people, NEW)
    if is_told:
        notification.notify(
            acting_later(people.store),
            event_id=people.event_id,
            key="変更通知",
            told_to="団体",
            told_how="電話",
            words="新しい日を話した",
        )
    hold(people)
    assert ("いま進めるもの" in groups_afterwards(people, "変更通知")) is False
    assert ("出したもの" in groups_afterwards(people, "変更通知")) is is_told


def test_who_waited_and_withdrew_is_named_to_those_who_wait_still(people, tmp_path):
    guest = row(people.store.database, Entry, id=people.entries[4])
    with people.store.change(action="用意", by=BY, now=NOW) as change:
        also = change.insert(
            replace(guest, id=0, person_id=None, role="書記", waiting_order=2, applied_at=NOW - timedelta(days=1))
        )
        named = change.insert(Person(organisation_id=guest.organisation_id, name="見本　もう一人", role="書記"))
        change.update(Entry, also, person_id=named)
    saved_and_told(people, tmp_path)
    notification.notify(
        acting(people.store), event_id=people.event_id, key="落選通知", told_to="申込団体", told_how="郵送"
    )
    move(people, NEW)
    same = documents.build_document(people.store, event_id=people.event_id, kind="変更通知", now=LATER)
    set_state(acting_later(people.store), entry_id=also, state=EntryState.WITHDRAWN, reason="本人から")
    content = documents.build_document(people.store, event_id=people.event_id, kind="変更通知", now=LATER)

    assert [row[2] for row in _rows_of(same)] == ["変更なし", "変更なし"]
    (waiting,) = [row for row in _rows_of(content) if row[0] == "補欠の方"]
    assert "見本　もう一人" in waiting[1]
    assert waiting[2].startswith("▶ ")
    assert "見本　もう一人" not in waiting[2]


def test_a_letter_of_which_nobody_knows_whom_it_named_lets_nobody_say_that_nothing_changed(people, tmp_path):
    ticked(people, tmp_path)
    move(people, NEW)
    content = documents.build_document(people.store, event_id=people.event_id, kind="変更通知", now=LATER)
    draft = documents.build_document(people.store, event_id=people.event_id, kind="起案資料（中止・変更）", now=LATER)

    coming = next(row for row in _rows_of(content) if row[0] == "参加される方")
    assert coming[1] == "さきの通知のとおり"
    assert TAKASAKI in coming[2]
    assert "▶" not in coming[2]
    assert _who_comes(draft) == ("参加される方", "さきの通知のとおり", "（「宛先一覧」のとおり）")


def test_whom_a_letter_of_refusal_is_about_is_said_by_what_they_are(people):
    assert shelf_row(people, "落選通知").state.startswith("2団体　落選1人・補欠1人")
    assert shelf_row(people, KIND).state.startswith("1団体　3人")
