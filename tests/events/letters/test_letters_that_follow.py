"""Who moves up after the 決定通知 of the others went gets a letter with a day and a number of its own."""

import re
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.documents.rules import sealed_ids, shown_fact
from app.documents.services import document_saving, notification
from app.documents.services.document_passages import read_passages, set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_facts import read_event_facts
from app.event.services.tasks import deadlines
from app.event.services.tasks.task import DECIDED_LATER, NOTIFY_CHANGE
from app.events.letters.services.letter_batches import read_batches
from app.events.letters.services.letter_building import read_letter_facts
from app.events.roster.services.entry_changes import set_state
from app.year_end.consistency.services.event_numbers import _decision_source
from db.records.documents import LetterForm, LetterState, Notification, Outgoing, OutgoingWay
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.redactions import EARLIER_SEPARATOR, ERASED_SUM, SUM_SEPARATOR
from db.rows import by_id, rows
from db.tables.documents import letters_of
from tests.support.paper_words import said_by
from tests.support.years import BY, add_dispatch, add_lecture, at

KIND = "決定通知"
TODAY, LATER = date(2026, 9, 1), date(2026, 9, 15)
WHO, THEN = {"by": BY, "now": at(TODAY)}, {"by": BY, "now": at(LATER)}
TOLD = {"told_to": "申込団体", "told_how": "郵送"}
FIRST, SECOND = "8見本協第391号", "8見本協第420号"


def put(store, event_id, *people):
    """Put one 決定 and the others 補欠, each of a 団体 of its own."""
    ids = []
    with store.change(action="用意", **WHO) as change:
        for place, name in enumerate(people):
            group = change.insert(Organisation(name=f"見本{place}町会"))
            person = change.insert(Person(name=name, organisation_id=group))
            state = "補欠" if place else "決定"
            waits = place or None
            ids.append(
                change.insert(
                    Entry(
                        event_id=event_id,
                        organisation_id=group,
                        person_id=person,
                        state=state,
                        waiting_order=waits,
                    )
                )
            )
    return ids


def people_of(store, event_id):
    return read_event_facts(store, by_id(store.database, Event, event_id)).people


def issue(store, event_id, number, day, who):
    document_saving.set_letter_state(
        ActionContext(store, **who),
        scope=DocumentScope(event_id=event_id),
        kind=KIND,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=day,
        document_number=number,
        issued_on=day,
    )


def save(store, event_id, path, who):
    scope = DocumentScope(event_id=event_id)
    document_saving.save_document(
        ActionContext(store, **who),
        scope=scope,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=path, way=OutgoingWay.PLAIN, reason="郵送"),
    )


def letter(store, event_id, day=LATER):
    return said_by(build_document(store, event_id=event_id, kind=KIND, now=at(day)))


@pytest.fixture
def told(store, tmp_path):
    """An event whose first letter went: (event, entries)."""
    event_id = add_lecture(store, date(2026, 11, 5))
    ids = put(store, event_id, "髙﨑　千鶴子", "見本　次郎", "例川　幸子")
    set_passage(
        ActionContext(store, **WHO), scope=DocumentScope(event_id=event_id), kind=KIND, part="持ち物", text="老眼鏡。"
    )
    issue(store, event_id, FIRST, TODAY, WHO)
    save(store, event_id, tmp_path / "1.pdf", WHO)
    notification.notify(ActionContext(store, **WHO), event_id=event_id, key=KIND, told_on=TODAY, **TOLD)
    return event_id, ids


def waiting(store, event_id, task, today=LATER):
    found = deadlines.event_tasks(store, event_id=event_id, today=today)
    return [(one.label, one.detail) for one in found if one.task == task and one.is_open]


def test_who_moves_up_after_the_letter_went_gets_its_own_day_and_number(store, told, tmp_path):
    event_id, (_first, second, third) = told
    assert waiting(store, event_id, DECIDED_LATER) == []
    set_state(ActionContext(store, **THEN), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    assert waiting(store, event_id, DECIDED_LATER) == [("あとから決まった方に決定を知らせる", "決定通知（1団体 1人）")]
    assert waiting(store, event_id, NOTIFY_CHANGE) == [], "what the others were told is still so"
    said = letter(store, event_id)
    assert ("見本　次郎　様" in said, "髙﨑" in said, FIRST in said, "令和8年9月1日" in said) == (
        True,
        False,
        False,
        False,
    )
    assert "老眼鏡。" in said, "who moves up reads what the others read"
    issue(store, event_id, SECOND, LATER, THEN)
    assert (SECOND in letter(store, event_id), "令和8年9月15日" in letter(store, event_id)) == (True, True)
    save(store, event_id, tmp_path / "2.pdf", THEN)
    notification.notify(ActionContext(store, **THEN), event_id=event_id, key=f"{KIND}／2", told_on=LATER, **TOLD)
    assert waiting(store, event_id, DECIDED_LATER) == []
    kept = [(row.revision, row.document_number) for row in letters_of(store.database, event_id=event_id)]
    assert kept == [(1, FIRST), (2, SECOND)]
    left = [(row.way, *row.facts) for row in rows(store.database, Outgoing, document_kind=KIND)]
    second_key = f"{KIND}／2"
    assert left == [("施行", KIND), ("そのまま保存", KIND), ("施行", second_key), ("そのまま保存", second_key)]
    number = _decision_source(store, event_id, people_of(store, event_id))
    assert (number.day, number.values) == (LATER, {"決定": "2"})

    set_state(ActionContext(store, **THEN), entry_id=third, state=EntryState.CHOSEN, reason="空きが出たため")
    said = letter(store, event_id)
    assert ("例川　幸子　様" in said, "見本　次郎" in said, SECOND in said) == (True, False, False)


def test_the_draft_for_who_moves_up_asks_and_counts_for_him_alone(store, told):
    event_id, (_first, second, _third) = told

    def drafted():
        said = said_by(build_document(store, event_id=event_id, kind="起案資料", now=at(LATER))).replace("\n", "")
        return said, said.split("について、つぎのとおり")[1].partition("、別紙")[0]

    assert drafted()[1] == "参加者1人（1団体）を決定し、2人を補欠とし"
    set_state(ActionContext(store, **THEN), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    said, asked = drafted()
    assert asked == "新たに参加者1人（1団体）を決定し、1人を補欠とし", "nobody was told yet that he waits"
    assert "先に知らせた方のほかに、1団体1人の参加を決定し、1人を補欠とする。" in said
    assert "決定通知　1団体　1人　1通 落選通知　1団体　1人　1通" in said
    assert "人数3人2人1人0人" in said, "the numbers of the contract count all"

    notification.notify(
        ActionContext(store, **THEN), event_id=event_id, key="落選通知", told_on=LATER, **TOLD | {"words": "補欠"}
    )
    said, asked = drafted()
    assert asked == "新たに参加者1人（1団体）を決定し"
    assert "ほかに、1団体1人の参加を決定する。" in said
    assert "落選通知" not in said, "whoever was told before is not put up again"


def test_before_the_letter_went_who_moves_up_stands_in_it(store):
    event_id = add_lecture(store, date(2026, 11, 5))
    _first, second = put(store, event_id, "髙﨑　千鶴子", "見本　次郎")
    set_state(ActionContext(store, **WHO), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    said = letter(store, event_id)
    assert ("見本　次郎　様" in said, "髙﨑　千鶴子　様" in said) == (True, True)


def test_words_are_the_same_for_all_letters_and_corrected_once(store, told):
    event_id, (_first, second, _third) = told
    set_state(ActionContext(store, **THEN), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    scope = DocumentScope(event_id=event_id)
    set_passage(ActionContext(store, **THEN), scope=scope, kind=KIND, part="持ち物", text="筆記用具。")
    words = {one.part: one.text for one in read_passages(store, scope=scope, kind=KIND, on=LATER)}
    assert words["持ち物"] == "筆記用具。"
    assert "筆記用具。" in letter(store, event_id)


def test_a_change_cites_each_letter_by_its_day_and_number(store, told):
    event_id, (_first, second, _third) = told
    event = by_id(store.database, Event, event_id)
    assert read_letter_facts(store, event=event).earlier_letter.citation == f"令和8年9月1日付け{FIRST}により"
    set_state(ActionContext(store, **THEN), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    issue(store, event_id, SECOND, LATER, THEN)
    assert (
        read_letter_facts(store, event=event).earlier_letter.citation
        == f"令和8年9月1日付け{FIRST}および令和8年9月15日付け{SECOND}により"
    )


def test_a_moved_day_asks_for_no_second_letter_of_those_who_were_told(store, told):
    event_id, (first, second, _third) = told
    with store.change(action="日付", **THEN) as change:
        change.update(Event, event_id, event_date=date(2026, 11, 12))
    event = by_id(store.database, Event, event_id)
    assert [one.id for one in read_batches(store, event, KIND).current_entries] == [first]
    assert read_batches(store, event, KIND).current_revision == 1
    set_state(ActionContext(store, **THEN), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    batches = read_batches(store, event, KIND)
    assert ([one.id for one in batches.current_entries], batches.current_revision) == ([second], 2)


def test_of_a_letter_whose_names_were_erased_nobody_is_told_anew(store, told):
    event_id, (_first, second, _third) = told
    set_state(ActionContext(store, **THEN), entry_id=second, state=EntryState.CHOSEN, reason="空きが出たため")
    erased = {"宛先": f"1団体 1人{SUM_SEPARATOR}{ERASED_SUM}"}
    with store.change(action="消去", **THEN) as change:
        for act in rows(store.database, Notification):
            change.update(Notification, act.id, facts=dict(act.facts) | erased)
        for row in rows(store.database, Outgoing):
            change.update(Outgoing, row.id, facts={KIND: dict(row.facts[KIND]) | erased})
    event = by_id(store.database, Event, event_id)
    assert read_batches(store, event, KIND).current_revision == 1


def test_who_has_no_organisation_is_none_and_what_earlier_versions_told_stands(store):
    """They counted such a person as a 団体."""
    event_id = add_lecture(store, date(2026, 11, 5))
    put(store, event_id, "髙﨑　千鶴子")
    with store.change(action="用意", **WHO) as change:
        person = change.insert(Person(name="見本　次郎"))
        change.insert(Entry(event_id=event_id, person_id=person, state="決定"))
    issue(store, event_id, FIRST, TODAY, WHO)
    (act,), (row,) = rows(store.database, Notification), rows(store.database, Outgoing, document_kind=KIND)
    fact = act.facts["宛先"]
    assert (act.title, shown_fact(fact), len(sealed_ids(fact))) == ("1団体 2人", "1団体 2人", 2)
    assert sorted(_decision_source(store, event_id, people_of(store, event_id)).values.values()) == ["1", "2"]

    _now, _sign, once = fact.partition(EARLIER_SEPARATOR)
    assert shown_fact(once) == "2団体 2人"
    unknown = re.sub(r":[0-9a-f]{6}$", ":", once)  # a name that was not known then
    for earlier in (once, unknown, f"2団体 2人{SUM_SEPARATOR}{ERASED_SUM}"):
        with store.change(action="前の版", **WHO) as change:
            change.update(Notification, act.id, facts=dict(act.facts) | {"宛先": earlier})
            change.update(Outgoing, row.id, facts={KIND: dict(row.facts[KIND]) | {"宛先": earlier}})
        assert waiting(store, event_id, NOTIFY_CHANGE) == [], earlier
        assert waiting(store, event_id, DECIDED_LATER) == [], earlier
    with store.change(action="氏名", **WHO) as change:
        change.update(Notification, act.id, facts=dict(act.facts) | {"宛先": once})
        change.update(Person, person, name="見本　三郎")
    assert len(waiting(store, event_id, NOTIFY_CHANGE)) == 1, "another name is a change in any wording"


def test_a_dispatch_is_told_of_its_choice_once(store):
    with store.change(action="用意", **WHO) as change:
        group = change.insert(Organisation(name="見本町会"))
    event_id = add_dispatch(store, organisation_id=group)
    issue(store, event_id, FIRST, TODAY, WHO)
    notification.notify(ActionContext(store, **WHO), event_id=event_id, key=KIND, told_on=TODAY, **TOLD)
    with store.change(action="用意", **THEN) as change:
        person = change.insert(Person(name="見本　花子", organisation_id=group))
        change.insert(Entry(event_id=event_id, organisation_id=group, person_id=person, state="決定"))
    event = by_id(store.database, Event, event_id)
    assert read_batches(store, event, KIND).current_revision == 1
    assert waiting(store, event_id, DECIDED_LATER) == []


def test_who_was_without_an_organisation_and_gets_one_is_a_change_of_the_addressees(store, tmp_path):
    event_id = add_lecture(store, date(2026, 11, 5))
    put(store, event_id, "髙﨑　千鶴子")
    with store.change(action="用意", **WHO) as change:
        person = change.insert(Person(name="見本　次郎"))
        entry = change.insert(Entry(event_id=event_id, person_id=person, state="決定"))
    issue(store, event_id, FIRST, TODAY, WHO)
    save(store, event_id, tmp_path / "1.pdf", WHO)
    notification.notify(ActionContext(store, **WHO), event_id=event_id, key=KIND, told_on=TODAY, **TOLD)
    assert waiting(store, event_id, NOTIFY_CHANGE) == []
    with store.change(action="団体", **WHO) as change:
        change.update(Entry, entry, organisation_name="見本第二町会")
    assert len(waiting(store, event_id, NOTIFY_CHANGE)) == 1
