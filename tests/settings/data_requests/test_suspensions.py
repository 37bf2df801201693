"""利用停止: from its decision and as far as it goes out of letters, lists and exports, never out of calls of a 中止."""

from datetime import timedelta

import pytest
from openpyxl import load_workbook

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Column, RosterList, Table
from app.documents.services import documents
from app.documents.services.document_marks import _without, reject_suspended
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import note_copied_text
from app.documents.services.list_export import export_list
from app.events.calls.services.call_sheet import read_call_sheet
from app.events.letters.services.letter_addressees import addressees
from app.events.roster.services.entries import read_entries
from app.events.roster.services.mail_addresses import read_addresses
from app.events.roster.services.roster import roster_of
from app.programme.suspensions import SuspendedName, suspended_names, suspension_words
from app.registers.register.screens.people_page import PeoplePage
from app.registers.register.services.people import add_person
from app.settings.data_requests.services import save_request
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.year.rights import DataRequest
from db.rows import by_id, rows
from tests.support.letter_pages import read_letters
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, sample_store
from tests.support.sample_desk import session, shown
from tests.support.stores import made_by
from tests.support.undo_rights import request
from tests.support.waiting import wait_idle

TODAY = NOW.date()
LEFT = {"reference": "", "version": 0, "format": "txt", "way": "印刷", "by": BY, "at": NOW}
store = made_by(sample_store)


@pytest.fixture
def somebody(store):
    """A person who was chosen for an event of the sample year, and that event."""
    for event in rows(store.database, Event):
        for row in roster_of(store.database, event).rows:
            if row.person is not None and row.entry.state.is_chosen and row.is_coming and not event.status.is_held:
                return row.person, event
    raise AssertionError


def suspend(store, person, *uses, **more):
    told = {f"stops_{one}": True for one in uses or ("letters", "lists", "exports")}
    decided = {"decision": "利用停止する", "decided_on": TODAY, "kind": "利用停止", **told, **more}
    one = request(person_id=person.id, basis="法102条", proof="免許証", **decided)
    return save_request(ActionContext(store, BY, NOW), request=one).id


def roster_lines(store, event):
    paper = documents.build_document(store, event_id=event.id, kind="受付名簿", now=NOW)
    return [line.name for block in paper.blocks if isinstance(block, RosterList) for line in block.lines]


def test_it_begins_with_its_decision_and_ends_with_its_end(store, somebody):
    person, _event = somebody
    suspend(store, person, ended_on=TODAY + timedelta(days=5), received_on=TODAY - timedelta(days=3))
    assert [bool(suspended_names(store.database, "lists", TODAY + timedelta(days=day))) for day in (-1, 0, 4, 5)] == [
        False,
        True,
        True,
        False,
    ]
    assert suspension_words(rows(store.database, DataRequest), TODAY) == "利用停止 決定第1号"


def test_the_roster_says_it_beside_the_place(store, somebody):
    person, event = somebody
    suspend(store, person, "letters")
    found = {one.entry.person_id: one.status_hint for one in read_entries(store, event_id=event.id, today=TODAY).rows}
    assert "利用停止 決定第1号" in found.pop(person.id)
    assert not any("利用停止" in hint for hint in found.values())


def test_a_list_has_nobody_whom_it_must_not_have_and_all_others(store, somebody):
    person, event = somebody
    before = roster_lines(store, event)
    suspend(store, person, "letters", "exports")
    assert roster_lines(store, event) == before, "the decision does not reach so far"
    suspend(store, person, "lists")
    assert roster_lines(store, event) == [one for one in before if one != person.name]
    for kind in ("名札", "席札"):
        assert person.name not in said_by(documents.build_document(store, event_id=event.id, kind=kind, now=NOW))


def test_a_letter_is_not_addressed_to_whom_it_must_not_use_and_a_head_goes_unnamed(store, somebody):
    person, event = somebody
    asked = {"event": event, "kind": "決定通知", "unit": "1人ごと", "today": TODAY}
    before = addressees(store, **asked)
    suspend(store, person, "letters")
    assert [one.person for one in addressees(store, **asked)] == [
        one.person for one in before if one.person != person.name
    ]
    cautions = read_letters(store, event_id=event.id, kind="開催通知", now=NOW).cautions
    assert "利用停止の決定を受けた1人は、宛先にも本文にも入りません。" in cautions
    everybody = {"event": event, "kind": "すべての団体", "unit": "団体ごと", "today": TODAY}
    written = {one.key: one.person for one in addressees(store, **everybody)}
    head = next(one for one in rows(store.database, Person) if written.get(f"o{one.organisation_id}") == one.name)
    suspend(store, head, "letters")
    found = {one.key: one for one in addressees(store, **everybody)}
    assert found[f"o{head.organisation_id}"].person != head.name


def test_no_mail_reaches_whom_it_must_not_use(store, somebody):
    person, event = somebody
    (place,) = [one.id for one in roster_of(store.database, event).rows if one.person and one.person.id == person.id]
    with store.change(action="試し", by=BY, now=NOW) as change:
        change.insert(Contact(person_id=person.id, kind="メール", value="a@example.jp", purpose="申込の連絡"))
    asked = {"event_id": event.id, "entry_ids": [place], "today": TODAY}
    assert read_addresses(store, **asked).addresses
    suspend(store, person, "letters")
    found = read_addresses(store, **asked)
    assert (found.addresses, found.asked, found.suspended) == ((), 0, 1)


def test_an_export_leaves_the_row_out_and_says_so(store, somebody, tmp_path):
    person, _event = somebody
    suspend(store, person, "exports")
    listed = [(person.name, "03-0000-0000"), ("別の人", "03-0000-0001")]
    saved = export_list(
        ActionContext(store, BY, NOW),
        title="人の一覧",
        columns=("氏名", "電話"),
        rows=listed,
        options=SaveOptions(path=tmp_path / "一覧.xlsx", reason="確認のため"),
        personal=True,
    )
    assert "利用停止の1行は除きました" in saved.message
    cells = [str(cell.value) for row in load_workbook(saved.path).active for cell in row]
    assert ("別の人" in cells, person.name in cells) == (True, False)


def test_the_calls_of_a_cancellation_have_everybody(store):
    event = next(one for one in rows(store.database, Event) if read_call_sheet(store.database, one).decision)
    person = next(one.person for one in roster_of(store.database, event).rows if one.person and one.is_coming)
    suspend(store, person)
    sheet = read_call_sheet(store.database, event)
    assert person.name in [one.name for line in sheet.lines for one in line.people]
    paper = documents.build_document(store, event_id=event.id, kind="電話一覧", now=NOW)
    assert person.name in said_by(paper)
    reject_suspended(store, Outgoing(document_kind="電話一覧", **LEFT), lambda: person.name)


def test_a_sentence_that_names_somebody_does_not_leave_but_as_our_own_copy(store, somebody):
    person, event = somebody
    suspend(store, person, "exports")
    with pytest.raises(UserError, match="利用停止の決定を受けた人"):
        note_copied_text(
            ActionContext(store, BY, NOW), scope=DocumentScope(event_id=event.id), kind="メモ", text=f"{person.name}様"
        )
    reject_suspended(store, Outgoing(document_kind="メモ", print_use="控え用", **LEFT), lambda: person.name)


def test_a_namesake_of_another_organisation_stays(store, somebody):
    person, _event = somebody
    add_person(ActionContext(store, BY, NOW), name=person.name, organisation_id=None)
    suspend(store, person)
    (known,) = suspended_names(store.database, "lists", TODAY)
    assert known.is_in([known.name, known.organisation])
    assert not known.is_in([known.name])


def test_rows_that_a_table_names_by_their_place_move_up():
    table = Table(
        (Column("氏名", width=20),),
        (("甲",), ("乙",), ("丙",), ("計",)),
        bold_rows=(2,),
        grey_rows=(1, 3),
        total_row=True,
    )
    made = _without(table, [SuspendedName(name="乙")])
    assert made.rows == (("甲",), ("丙",), ("計",))
    assert (made.bold_rows, made.grey_rows) == ((1,), (2,))


def test_it_is_seen_at_the_person_and_why_is_not(qtbot, tmp_path):
    with session(tmp_path) as desk:
        person = by_id(desk.store.database, Person, 1)
        suspend(desk.store, person, notified_on=TODAY, notice_number="7見協第8号")
        page = PeoplePage(desk)
        page.select_person(1)
        page.reload()
        shown(qtbot, page, desk)
        assert (page.detail.suspended.words, page.detail.suspended.isVisible()) == ("利用停止 決定7見協第8号", True)
        wait_idle(qtbot, desk)
