"""A letter of change or 中止 cites to everybody the newest letter that named him, with the day that it said."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import Letterhead
from app.documents.services import document_saving, documents, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.event.services import event_cancellation, event_moves
from app.event.services.tasks.deadlines import event_tasks
from app.events.as_of.rules import entry_state_words
from app.events.calls.rules import TALK
from app.events.calls.services import calls
from app.events.calls.services.call_view import read_calls
from app.events.headcount.services import read_headcount
from app.events.letters.services.letter_checks import issue_blockers
from app.events.letters.services.undelivered import named_addressees, note_undelivered, returned_words
from app.events.roster.services.entries import read_entries
from app.events.roster.services.entry_changes import set_state
from db.records.calls import CallOutcome, ChangeDecision, DecisionKind
from db.records.documents import Letter, LetterForm, LetterState, Notification, Outgoing
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry, EntryState, Selection, SelectionLine, SelectionMethod
from db.rows import by_id, rows
from tests.support.letter_people import LONG, LONGEST, TAKASAKI, Letters, read_letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW

DECIDED, CHANGED, CANCELLED, INVITED = "決定通知", "変更通知", "中止通知", "開催通知"
REVOKED, CALLED = "中止・変更の取消通知", "確認の電話一覧"
OLD, NEW, THIRD = date(2026, 9, 10), date(2026, 9, 17), date(2026, 9, 24)
OLD_WORDS, NEW_WORDS = "令和8年9月10日（木）", "令和8年9月17日（木）"
REFUSED = "落選通知"
GUESTS = "みほん川北町会　御中"


def on(day: int) -> dict[str, Any]:
    """Return who acts some days after the first."""
    return {"by": BY, "now": NOW + timedelta(days=day)}


def tell(people: Letters, kind: str, number: str, day: int, key: str = "") -> None:
    """Issue a letter under its number, and note that it was told."""
    context = ActionContext(people.store, **on(day))
    document_saving.set_letter_state(
        context,
        scope=DocumentScope(event_id=people.event_id),
        kind=kind,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=context.today,
        document_number=number,
        issued_on=context.today,
    )
    notification.notify(
        context, event_id=people.event_id, key=key or kind, told_to="申込団体", told_how="郵送", told_on=context.today
    )


def move(people: Letters, day: date, after: int) -> None:
    event_moves.move_event(
        ActionContext(people.store, **on(after)), event_id=people.event_id, new_date=day, reason="会場の都合"
    )


def cancel(people: Letters, after: int, kind: DecisionKind = DecisionKind.CANCELLATION) -> None:
    context = ActionContext(people.store, **on(after))
    calls.decide_change(
        context,
        event_id=people.event_id,
        kind=kind,
        decided_at=context.now,
        decided_by="課長",
        reason="大雨警報の発表のため",
    )


def letters(people: Letters, kind: str, day: int) -> dict[str, str]:
    """Return what each letter says, by the first line of its addressee."""
    content = documents.build_document(people.store, event_id=people.event_id, kind=kind, now=on(day)["now"])
    heads = [place for place, block in enumerate(content.blocks) if isinstance(block, Letterhead)]
    parts = [content.blocks[start:end] for start, end in zip(heads, [*heads[1:], None], strict=True)]
    return {part[0].addressee.split("\n")[0]: said_by(replace(content, blocks=part)) for part in parts}


def is_made(people: Letters, kind: str, day: int) -> bool:
    shelf = read_library(people.store, event_id=people.event_id, today=on(day)["now"].date())
    return shelf.row(kind).can_be_made


def waiting_letters(people: Letters, day: int) -> dict[str, str]:
    """Return by kind of document whom those reach that wait to be told."""
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    return {one.document_kind: one.title for one in view.lines if one.status in ("未作成", "未通知", "変更あり")}


def test_everybody_reads_the_number_and_the_day_of_the_letter_that_named_him(people):
    tell(people, DECIDED, "第391号", 0)
    move(people, NEW, 1)
    set_state(
        ActionContext(people.store, **on(1)), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ"
    )
    tell(people, DECIDED, "第401号", 2, key=f"{DECIDED}／2")
    scope = DocumentScope(event_id=people.event_id)
    rest = "参加の決定をお知らせした講習会について、日を改めます。"
    every = f"令和8年9月1日付け第391号および令和8年9月3日付け第401号により{rest}"
    set_passage(ActionContext(people.store, **on(2)), scope=scope, kind=CHANGED, part="前文", text=every)

    said = letters(people, CHANGED, 3)
    assert f"令和8年9月1日付け第391号により{rest}" in said[LONG]
    assert ("第401号" in said[LONG], OLD_WORDS in said[LONG]) == (False, True)
    assert f"令和8年9月3日付け第401号により{rest}" in said[GUESTS]
    assert ("第391号" in said[GUESTS], OLD_WORDS in said[GUESTS]) == (False, False), "the day that his letter said"
    draft = documents.build_document(people.store, scope=scope, kind="起案資料（中止・変更）", now=on(3)["now"])
    assert [name for name in said_by(draft).split("\n") if name == "変更通知（案）"] == ["変更通知（案）"] * 2
    cancel(people, 4)
    cancelled = letters(people, CANCELLED, 4)
    assert (OLD_WORDS in cancelled[LONG], OLD_WORDS in cancelled[GUESTS]) == (True, False)

    with people.store.change(action="統合", **on(4)) as change:
        group = by_id(people.store.database, Entry, people.entries[0]).organisation_id
        change.update(Entry, people.entries[4], organisation_id=group)
    both = letters(people, CANCELLED, 4)[LONG]
    assert "令和8年9月1日付け第391号および令和8年9月3日付け第401号により参加の決定をお知らせした" in both


def test_a_name_put_right_since_is_no_unchanged_one_in_the_letter_of_a_change(people):
    tell(people, DECIDED, "第391号", 0)
    whose = by_id(people.store.database, Entry, people.entries[0]).person_id
    before = by_id(people.store.database, Person, whose).name
    with people.store.change(action="氏名を直した", **on(1)) as change:
        change.update(Person, whose, name="濱田　直")
    move(people, NEW, 1)

    lines = letters(people, CHANGED, 2)[LONG].split("\n")
    assert any(before in one for one in lines), "what the letter before said"
    assert any(one.startswith("▶ 濱田　直") for one in lines)
    named = lines[lines.index("参加される方") : lines.index("持ち物・参加費")]
    assert (sum("▶" in one for one in named), [one for one in named if "端末" in one]) == (1, [])


def test_moved_twice_and_back_the_letter_cites_the_change_and_an_invitation_stops(people):
    tell(people, DECIDED, "第391号", 0)
    left = letters(people, DECIDED, 0)
    move(people, NEW, 1)
    tell(people, CHANGED, "第400号", 1)
    assert letters(people, DECIDED, 1) == left
    move(people, OLD, 2)

    said = letters(people, CHANGED, 2)[LONG]
    assert "令和8年9月2日付け第400号により変更をお知らせした講習会について" in said
    assert said.index(NEW_WORDS) < said.index(OLD_WORDS)
    assert "さきにお送りした変更通知（第400号）は" in said
    assert not is_made(people, INVITED, 2), "it would say the day of now and nothing of the change they hold"
    tell(people, CHANGED, "第410号", 3)
    assert letters(people, DECIDED, 3) == left
    assert "令和8年9月4日付け第410号により変更をお知らせした講習会を" in letters(people, INVITED, 3)[LONG]
    cancel(people, 5)
    said = letters(people, CANCELLED, 5)[LONG]
    assert ("第410号により変更をお知らせした" in said, "第400号" in said) == (True, False)


def test_a_reason_typed_where_it_is_said_that_letters_quote_it_is_not_asked_about_again(people):
    tell(people, DECIDED, "391", 0)
    move(people, NEW, 1)
    move(people, THIRD, 1)
    (decision,) = rows(people.store.database, ChangeDecision)
    assert (decision.reason, decision.reason_seen) == ("会場の都合", True)
    page = read_letters(people.store, event_id=people.event_id, kind=CHANGED, now=on(1)["now"])
    assert page.passages
    assert not [words for words in page.cautions if "変更の理由" in words]


def test_a_change_that_left_is_not_made_for_another_place_under_its_number(people):
    tell(people, DECIDED, "第391号", 0)
    cancel(people, 1, DecisionKind.POSTPONEMENT)
    tell(people, CHANGED, "第400号", 1)
    assert is_made(people, CHANGED, 1)
    move(people, NEW, 2)
    kinds = [one.kind for one in rows(people.store.database, ChangeDecision, event_id=people.event_id)]
    assert kinds == [DecisionKind.POSTPONEMENT, DecisionKind.NEW_TIME], "the new day has a letter of its own"
    tell(people, CHANGED, "第401号", 3)
    with people.store.change(action="会場", **on(4)) as change:
        change.update(Event, people.event_id, venue="みほん会館", room="")
    assert "みほん会館" not in letters(people, CHANGED, 4)[LONG]


def test_a_deadline_before_the_day_of_the_letter_is_not_printed(people):
    assert "までに問合せ先" in letters(people, DECIDED, 1)[LONG].replace("\n", "")
    assert "までに問合せ先" not in letters(people, DECIDED, 3)[LONG].replace("\n", "")
    scope = DocumentScope(event_id=people.event_id)
    typed = "欠席される方は、9月2日（水）までにご連絡ください。"
    set_passage(ActionContext(people.store, **on(2)), scope=scope, kind=DECIDED, part="欠席・代理出席", text=typed)
    event = by_id(people.store.database, Event, people.event_id)
    stops = issue_blockers(people.store, event=event, kind=DECIDED, on=on(2)["now"].date())
    assert ["9月2日" in one.words for one in stops] == [True]


def today(day: int) -> date:
    return on(day)["now"].date()


def take_back(people: Letters, day: int) -> str:
    return event_cancellation.restore_event(ActionContext(people.store, **on(day)), event_id=people.event_id).message


def call(people: Letters, day: int, key: str, outcome: CallOutcome, entry_id: int) -> None:
    context = ActionContext(people.store, **on(day))
    calls.note_call(context, event_id=people.event_id, key=key, outcome=outcome, entry_ids=(entry_id,))


def again(people: Letters) -> list[str]:
    return [by_id(people.store.database, Entry, one).comes_again for one in people.entries]


def tasks(people: Letters, day: int) -> list[str]:
    return [f"{one.task} {one.label}" for one in event_tasks(people.store, event_id=people.event_id, today=today(day))]


def test_a_cancellation_that_was_told_and_taken_back_is_told_and_everybody_asked_again(people):
    database, scope = people.store.database, DocumentScope(event_id=people.event_id)
    tell(people, DECIDED, "第391号", 0)
    cancel(people, 1)
    tell(people, CANCELLED, "第541号", 1)
    said = take_back(people, 2)
    assert "中止と伝えた2か所に、取り消して予定どおり行うことを通知と電話で知らせ" in said
    assert again(people) == ["待ち", "待ち", "待ち", "", "待ち"], "but not whoever was not chosen"
    (_cancelled, revoked) = rows(database, ChangeDecision, event_id=people.event_id)
    assert revoked.kind == DecisionKind.CANCELLATION_REVOKED

    assert [is_made(people, kind, 2) for kind in (INVITED, REVOKED)] == [False, True]
    assert any(REVOKED in one or "中止の取消し" in one for one in tasks(people, 2)), tasks(people, 2)
    head = read_headcount(people.store, event_id=people.event_id, today=today(2))
    assert head.roster_people == 0, "who was not heard yet is not counted"
    assert read_entries(people.store, event_id=people.event_id, today=today(2)).coming_count == 0
    assert entry_state_words(by_id(database, Entry, people.entries[0])) == "確認中"
    event = by_id(database, Event, people.event_id)
    stops = issue_blockers(people.store, event=event, kind=REVOKED, on=today(2))
    assert any("取消しの理由" in one.words for one in stops)
    calls.decide_change(
        ActionContext(people.store, **on(2)),
        event_id=people.event_id,
        kind=revoked.kind,
        decided_at=on(2)["now"],
        decided_by="課長",
        reason="警報が解除されたため",
    )
    letter = letters(people, REVOKED, 2)
    said = letter[LONG].replace("\n", "")
    assert "令和8年9月2日付け第541号により中止をお知らせした講習会は、中止を取り消し、つぎのとおり予定どおり" in said
    assert ("の中止の取消しについて（通知）" in said, OLD_WORDS in said, "警報が解除された" in said) == (True,) * 3
    paper = documents.build_document(people.store, scope=scope, kind="起案資料（中止・変更）", now=on(2)["now"])
    assert "中止を取り消すこととし、別紙1の案により通知してよろしいか" in said_by(paper).replace("\n", "")
    tell(people, REVOKED, "第560号", 2)
    assert is_made(people, DECIDED, 2)
    assert letters(people, REVOKED, 3).keys() == letter.keys(), "it stays the letter that left"

    sheet = read_calls(people.store, event_id=people.event_id, caller=BY, today=today(3))
    (line,) = sheet.sheet.lines
    talk = next(one.text for one in sheet.texts if one.key == TALK)
    assert "中止を取り消し、予定どおり行います。" in talk
    for entry, outcome in zip(line.people, (CallOutcome.REACHED, CallOutcome.NOT_COMING), strict=False):
        call(people, 3, line.key, outcome, entry.entry_id)
    assert again(people) == ["来る", "", "待ち", "", "待ち"]
    states = [by_id(database, Entry, one).state for one in people.entries]
    assert states == ["決定", "辞退", "決定", "落選", "補欠"]
    head = read_headcount(people.store, event_id=people.event_id, today=today(3))
    assert head.roster_people == 1
    names = said_by(documents.build_document(people.store, scope=scope, kind="受付名簿", now=on(3)["now"]))
    assert names.count("確認中") == 1
    move(people, NEW, 4)
    tell(people, CHANGED, "第570号", 4)
    assert "第560号により予定どおりの開催をお知らせした" in letters(people, CHANGED, 4)[LONG].replace("\n", "")


def test_too_near_for_a_decision_another_event_is_proposed(people):
    days = (OLD - NOW.date()).days
    tell(people, DECIDED, "第391号", 0)
    cancel(people, days - 3)
    tell(people, CANCELLED, "第541号", days - 3)
    said = take_back(people, days - 2)
    assert "実施日まで開庁日が2日で、決裁（3日）が間に合わないときは、実施回を新しく加える" in said


def test_what_nobody_was_told_of_is_taken_back_without_a_word(people):
    tell(people, DECIDED, "第391号", 0)
    cancel(people, 1)
    assert "知らせ" not in take_back(people, 2)
    assert again(people) == [""] * 5
    assert [one.kind for one in rows(people.store.database, ChangeDecision, event_id=people.event_id)] == ["中止"]
    assert is_made(people, DECIDED, 2)


def test_a_postponement_told_by_telephone_and_taken_back_asks_whom_was_called(people):
    cancel(people, 1, DecisionKind.POSTPONEMENT)
    (line,) = read_calls(people.store, event_id=people.event_id, caller=BY, today=today(1)).sheet.lines
    call(people, 1, line.key, CallOutcome.MESSAGE, people.entries[1])
    event_cancellation.revoke_change(ActionContext(people.store, **on(2)), event_id=people.event_id)
    assert again(people) == ["", "待ち", "", "", ""]
    assert letters(people, REVOKED, 2).keys() == {LONG}
    assert not is_made(people, CALLED, 2)
    assert "受託者・会場に延期の取消しを伝える" in "".join(tasks(people, 2))


def test_the_list_of_confirmation_calls_waits_until_people_know_the_day(people):
    tell(people, DECIDED, "第391号", 0)
    assert is_made(people, CALLED, 1)
    move(people, NEW, 1)
    assert not is_made(people, CALLED, 1), "they would hear of another day in a call that asks whether they come"
    with pytest.raises(StoppedByState, match="実施日 9/10"):
        documents.build_document(people.store, event_id=people.event_id, kind=CALLED, now=on(1)["now"])
    (line,) = read_calls(people.store, event_id=people.event_id, caller=BY, today=today(1)).sheet.lines
    for person in line.people:
        call(people, 1, line.key, CallOutcome.REACHED, person.entry_id)
    assert is_made(people, CALLED, 1)
    call(people, 2, line.key, CallOutcome.ABSENT, line.people[0].entry_id)
    assert not is_made(people, CALLED, 2), "the number was wrong, so he was told nothing"
    tell(people, CHANGED, "第400号", 2)
    assert is_made(people, CALLED, 2)


def test_who_was_never_told_to_wait_is_not_told_of_another_day(people):
    tell(people, DECIDED, "第391号", 0)
    move(people, NEW, 1)
    assert {*letters(people, CHANGED, 2)} == {LONG}
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    (line,) = [one for one in view.lines if one.matter_kind == CHANGED]
    assert line.matter_status.matter.title == "1団体 3人"
    draft = documents.build_document(
        people.store, event_id=people.event_id, kind="起案資料（中止・変更）", now=on(2)["now"]
    )
    assert "みほん川北町会" not in said_by(draft)
    tell(people, "落選通知", "第392号", 2)
    assert {*letters(people, CHANGED, 3)} == {LONG, GUESTS}


def test_who_was_never_told_to_wait_reads_of_a_cancellation_as_an_applicant(people):
    tell(people, DECIDED, "第391号", 0)
    cancel(people, 1)

    def says_otherwise(said: str) -> bool:
        assert ("補欠" in said) == ("お申込みいただいた講習会を、つぎのとおり中止します。ご迷惑" not in said)
        assert "決定" not in said
        return "補欠" not in said

    said = letters(people, CANCELLED, 1)
    assert says_otherwise(said[GUESTS]), "a decision he never got"
    assert "第391号により参加の決定をお知らせした講習会を" in said[LONG]
    draft = documents.build_document(
        people.store, event_id=people.event_id, kind="起案資料（中止・変更）", now=on(1)["now"]
    )
    assert "補欠" not in said_by(draft)
    tell(people, CANCELLED, "第541号", 1)
    take_back(people, 2)
    back = letters(people, REVOKED, 3)[GUESTS]
    assert ("補欠" in back, "第541号により中止をお知らせした講習会は" in back) == (False, True)


def test_who_was_never_told_that_he_is_not_chosen_hears_of_the_cancellation_as_an_applicant(people):
    tell(people, DECIDED, "第391号", 0)
    with people.store.change(action="同じ団体", **on(0)) as change:
        change.insert(
            replace(by_id(people.store.database, Entry, people.entries[0]), id=0, state=EntryState.NOT_CHOSEN)
        )
    assert REFUSED in waiting_letters(people, 0)
    cancel(people, 1)
    assert [REFUSED in waiting_letters(people, 1), is_made(people, REFUSED, 1)] == [False, False]

    content = documents.build_document(people.store, event_id=people.event_id, kind=CANCELLED, now=on(1)["now"])
    heads = [block for block in content.blocks if isinstance(block, Letterhead)]
    assert sum(len(head.entries) for head in heads) == 6
    said = letters(people, CANCELLED, 1)
    as_applicant = "お申込みいただいた講習会を、つぎのとおり中止します。"
    assert {*said} == {LONG, LONGEST, GUESTS}
    assert (as_applicant in said[LONGEST], "決定をお知らせした" in said[LONGEST]) == (True, False)
    assert not [words for one in said.values() for words in ("落選", "補欠") if words in one]
    (first, own) = [one for one in heads if one.addressee.startswith(LONG)]
    assert (len(first.entries), len(own.entries)) == (3, 1), "of one 団体 he reads by himself"
    assert as_applicant in said[LONG], "the last letter to them"
    shelf = read_library(people.store, event_id=people.event_id, today=today(1))
    assert shelf.row(CANCELLED).state == "3団体　6人（うち補欠 1人）"
    assert waiting_letters(people, 1)[CANCELLED] == "3団体 6人"
    draft = said_by(
        documents.build_document(
            people.store, event_id=people.event_id, kind="起案資料（中止・変更）", now=on(1)["now"]
        )
    )
    assert ("中止通知　3団体　6人　4通" in draft, "落選" in draft) == (True, False)
    sheet = read_calls(people.store, event_id=people.event_id, caller=BY, today=today(1))
    assert len(sheet.sheet.lines) == 1, "whoever has no place is not called"
    assert [one.words for one in sheet.next_steps if one.key == "waiting"] == ["補欠・落選 3人にも通知"]
    tell(people, CANCELLED, "第541号", 1)

    take_back(people, 2)
    assert {*letters(people, REVOKED, 2)} == {LONG, GUESTS}
    assert REFUSED in waiting_letters(people, 2), "that he is not chosen he still has to hear"


@pytest.mark.parametrize("names", [True, False])
def test_who_was_told_that_he_is_not_chosen_hears_nothing_of_the_cancellation(people, names):
    tell(people, DECIDED, "第391号", 0)
    tell(people, REFUSED, "第392号", 0)
    if not names:  # of an earlier version, or ticked
        with people.store.change(action="前の版", **on(0)) as change:
            for act in rows(people.store.database, Notification, document_kind=REFUSED):
                change.update(Notification, act.id, facts={})
            change.update_each(Outgoing, {one.id: {"facts": {}} for one in rows(people.store.database, Outgoing)})
    cancel(people, 1)
    assert {*letters(people, CANCELLED, 1)} == {LONG, GUESTS}


def test_a_decision_that_kept_no_names_told_of_a_place_nobody_who_has_none(people):
    tell(people, DECIDED, "第391号", 0)
    with people.store.change(action="前の版", **on(0)) as change:
        for act in rows(people.store.database, Notification, document_kind=DECIDED):
            change.update(Notification, act.id, facts={})
        change.update_each(Outgoing, {one.id: {"facts": {}} for one in rows(people.store.database, Outgoing)})
    cancel(people, 1)
    said = letters(people, CANCELLED, 1)
    assert {name: "第391号により参加の決定を" in one for name, one in said.items()} == {
        LONG: True,
        LONGEST: False,
        GUESTS: False,
    }


def test_who_was_told_otherwise_before_he_is_not_chosen_hears_of_the_cancellation(people):
    tell(people, DECIDED, "第391号", 0)
    tell(people, REFUSED, "第392号", 0)
    with people.store.change(action="決め直し", **on(1)) as change:
        for day, result in ((0, "補欠1"), (1, "落選")):
            change.insert(
                Selection(
                    event_id=people.event_id,
                    method=SelectionMethod.FIRST_COME,
                    capacity=3,
                    lines=(SelectionLine(entry_id=people.entries[4], order=1, result=result),),
                    made_at=on(day)["now"],
                    by=BY,
                )
            )
        change.update(Entry, people.entries[4], state=EntryState.NOT_CHOSEN, waiting_order=None)
        change.update(Entry, people.entries[1], state=EntryState.NOT_CHOSEN)
        (letter,) = rows(people.store.database, Letter, document_kind=REFUSED)
        change.update(Letter, letter.id, selection_id=rows(people.store.database, Selection)[0].id)
        waiting = by_id(people.store.database, Entry, people.entries[4])
        change.insert(replace(waiting, id=0, state=EntryState.WAITING, waiting_order=1))
    cancel(people, 2)
    said = letters(people, CANCELLED, 2)
    assert {*said} == {LONG, GUESTS}
    assert "第391号により参加の決定をお知らせした講習会を" in said[LONG], "also whoever lost his place, apart"
    assert TAKASAKI in said[LONG]
    assert ("お申込みいただいた講習会を、つぎのとおり中止します。" in said[GUESTS], "補欠" in said[GUESTS]) == (
        True,
        False,
    )


def test_a_letter_to_one_who_waits_and_one_without_an_answer_says_what_both_know(people):
    tell(people, DECIDED, "第391号", 0)
    tell(people, REFUSED, "第392号", 0)
    with people.store.change(action="あとの申込", **on(1)) as change:
        waiting = by_id(people.store.database, Entry, people.entries[4])
        change.insert(replace(waiting, id=0, state=EntryState.NOT_CHOSEN, waiting_order=None))
    cancel(people, 2)
    said = letters(people, CANCELLED, 2)[GUESTS]
    assert "お申込みいただいた講習会を、つぎのとおり中止します。" in said
    assert "補欠" not in said


def test_who_was_told_to_wait_reads_so_of_a_cancellation_and_nobody_was_told_where_nothing_left(people):
    cancel(people, 1)
    assert not [one for one in letters(people, CANCELLED, 1).values() if "補欠" in one or "参加を予定" in one]


@pytest.mark.parametrize("names", [True, False])
def test_a_refusal_that_left_told_the_waiting_that_they_wait(people, names):
    tell(people, DECIDED, "第391号", 0)
    tell(people, "落選通知", "第392号", 0)
    if not names:  # of an earlier version, or ticked
        with people.store.change(action="前の版", **on(0)) as change:
            for act in rows(people.store.database, Notification, document_kind="落選通知"):
                change.update(Notification, act.id, facts={})
            change.update_each(Outgoing, {one.id: {"facts": {}} for one in rows(people.store.database, Outgoing)})
    cancel(people, 1)
    assert "補欠としてお待ちいただいていた講習会を" in letters(people, CANCELLED, 1)[GUESTS]


def test_a_letter_that_did_not_arrive_told_that_addressee_nothing(people):
    tell(people, DECIDED, "第391号", 0)
    tell(people, "落選通知", "第392号", 0)
    move(people, NEW, 1)
    tell(people, CHANGED, "第400号", 1)
    assert not any(CHANGED in one for one in tasks(people, 2))
    (told,) = rows(people.store.database, Notification, document_kind=CHANGED, withdrawn=False)
    by_name = {name: ids for ids, name in named_addressees(people.store, notification_id=told.id)}
    assert {*by_name} == {LONG, "みほん川北町会"}
    context = ActionContext(people.store, **on(2))
    gone = {"returned_on": context.today, "reason": "宛所不明"}
    note_undelivered(context, notification_id=told.id, entry_ids=by_name[LONG], **gone)
    (returned,) = returned_words(people.store, notification_id=told.id, today=context.today)
    assert (LONG in returned, "まだ伝えていません" in returned) == (True, True)
    assert any(CHANGED in one for one in tasks(people, 2)), "it is told again"
    assert OLD_WORDS in letters(people, DECIDED, 2)[LONG]
    tell_again = {"event_id": people.event_id, "key": CHANGED, "told_to": "申込団体", "told_how": "郵送"}
    notification.notify(context, told_on=context.today, **tell_again)
    assert not any(CHANGED in one for one in tasks(people, 2))
    assert "郵送" in returned_words(people.store, notification_id=told.id, today=context.today)[0], "it was sent again"
    again_told = rows(people.store.database, Notification, document_kind=CHANGED)[-1]
    for ids in by_name.values():
        note_undelivered(context, notification_id=again_told.id, entry_ids=ids, **gone)
    assert by_id(people.store.database, Notification, again_told.id).withdrawn, "with nobody left it told nobody"
    cancel(people, 3)
    said = letters(people, CANCELLED, 3)[LONG]
    assert ("第391号" in said, "第400号" in said) == (True, False), "he knows the first letter alone"
