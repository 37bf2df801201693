"""辞退受理通知: whoever withdrew gets one answer, whoever comes gets none, however the event stands."""

from datetime import date, datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.event.services.tasks import deadlines
from app.event.services.tasks.task import WITHDRAWN
from app.events.dispatches.services.dispatch_requests import decide_dispatch_request
from app.events.roster.services.entry_changes import set_state
from db.records.dispatches import DispatchRequest
from db.records.documents import LetterForm, LetterState, OutgoingWay
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.rows import by_id
from db.tables.documents import letters_of
from tests.support.cancelling import cancel_event
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.years import BY, add_dispatch, add_lecture, at

KIND = "辞退受理通知"
TODAY = date(2026, 9, 1)
LONG = "見本みどりがおか団地自治会連合会（旧：みほんがおか親睦会）本部"
WHO = {"by": BY, "now": at(TODAY)}
acting = partial(ActionContext, by=BY, now=at(TODAY))


def put(store, event_id, *people, state="決定"):
    with store.change(action="用意", **WHO) as change:
        group = change.insert(Organisation(name=LONG))
        ids = [change.insert(Person(name=name, organisation_id=group)) for name in people]
        return [
            change.insert(Entry(event_id=event_id, organisation_id=group, person_id=one, state=state, device="貸与"))
            for one in ids
        ]


def content(store, event_id):
    return build_document(store, event_id=event_id, kind=KIND, now=datetime.combine(TODAY, datetime.min.time()))


def test_who_withdrew_is_answered_and_nobody_else(store):
    event_id = add_lecture(store, date(2026, 11, 5))
    first, _second = put(store, event_id, "髙﨑　千鶴子", "見本　次郎")
    assert not read_library(store, event_id=event_id, today=TODAY).row(KIND).is_ready
    with pytest.raises(UserError):
        content(store, event_id)
    set_state(acting(store), entry_id=first, state=EntryState.WITHDRAWN)
    paper = content(store, event_id)
    said = said_by(paper)
    assert f"{LONG}　御中" in said
    assert "髙﨑　千鶴子　様" in said
    assert "見本　次郎" not in said
    assert "貸与" not in said, "no tablet waits for who does not come"
    assert "影響することはありません" in said
    assert paper.blocks[0].reference == "事務連絡"
    assert len(pages_of(paper)) == 1
    assert missing_words(paper) == []


def test_it_is_worded_told_and_made_for_a_cancelled_event_too(store):
    event_id = add_lecture(store, date(2026, 11, 5))
    put(store, event_id, "見本　花子", state=EntryState.WITHDRAWN)
    scope = DocumentScope(event_id=event_id)
    set_passage(acting(store), scope=scope, kind=KIND, part="その他", text="またのお申込みをお待ちしています。")
    assert "お待ちしています" in said_by(content(store, event_id))
    told = {"told_on": TODAY, "told_to": "本人", "told_how": "電話", "words": "受けたことを電話で伝えた"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    (line,) = [
        one for one in notification.read_outgoing_view(store, event_id=event_id).lines if one.document_kind == KIND
    ]
    assert line.matter_status.status == "通知済"
    cancel_event(store, event_id=event_id, reason="講師の急病のため。", **WHO)
    assert content(store, event_id).state_mark == ""


def test_a_dispatch_that_was_taken_back_is_answered_to_its_organisation(store):
    with store.change(action="用意", **WHO) as change:
        group = change.insert(Organisation(name=LONG))
    event_id = add_dispatch(store, organisation_id=group)
    assert not read_library(store, event_id=event_id, today=TODAY).row(KIND).is_ready
    with store.change(action="用意", **WHO) as change:
        wish = DispatchRequest(programme_id=1, organisation_id=group, received_on=TODAY)
        request_id = change.insert(wish)
    given = {"outcome": "取下げ", "decided_on": TODAY, "reason": "団体の都合"}
    decide_dispatch_request(acting(store), wish_id=request_id, **given)
    assert f"{LONG}　御中" in said_by(content(store, event_id))


def test_home_asks_to_answer_who_withdrew_until_they_know(store):
    event_id = add_lecture(store, date(2026, 11, 5))
    entry_id, _second = put(store, event_id, "見本　花子", "見本　次郎")

    def waiting():
        found = deadlines.event_tasks(store, event_id=event_id, today=TODAY)
        return [(one.label, one.due, one.detail) for one in found if one.task == WITHDRAWN and one.is_open]

    assert waiting() == []
    set_state(acting(store), entry_id=entry_id, state=EntryState.WITHDRAWN)
    assert waiting() == [("辞退した方に受理を知らせる", TODAY, "1団体 1人")]
    (task,) = [one for one in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if one.task == WITHDRAWN]
    assert "アプリの目安" in task.deadline.basis
    told = {"told_on": TODAY, "told_to": "本人", "told_how": "電話", "words": "受けたことを電話で伝えた"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    assert waiting() == []


def test_a_dispatch_from_which_nobody_withdrew_has_no_such_letter_to_tell(store):
    with store.change(action="用意", **WHO) as change:
        group = change.insert(Organisation(name=LONG))
    event_id = add_dispatch(store, organisation_id=group)
    assert [
        one for one in notification.read_outgoing_view(store, event_id=event_id).lines if one.document_kind == KIND
    ] == []
    assert [one for one in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if one.task == WITHDRAWN] == []


def stands(store, event_id):
    found = notification.read_outgoing_view(store, event_id=event_id).lines
    return {(one.title, one.matter_status.status) for one in found if one.document_kind == KIND}


def test_whoever_withdraws_later_gets_a_letter_with_its_own_day_number_and_words(store, tmp_path):
    event_id = add_lecture(store, date(2026, 11, 5))
    first, second = put(store, event_id, "髙﨑　千鶴子", "見本　次郎")
    set_state(acting(store), entry_id=first, state=EntryState.WITHDRAWN)
    scope = DocumentScope(event_id=event_id)
    set_passage(acting(store), scope=scope, kind=KIND, part="その他", text="またのお申込みをお待ちしています。")
    issued = {
        "form": LetterForm.FORMAL,
        "state": LetterState.ISSUED,
        "decided_on": TODAY,
        "document_number": "8見本協第1号",
    }
    document_saving.set_letter_state(acting(store), scope=scope, kind=KIND, issued_on=TODAY, **issued)
    one = tmp_path / "1.pdf"
    document_saving.save_document(
        acting(store),
        scope=scope,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=one, way=OutgoingWay.PLAIN, reason="郵送"),
    )
    before = said_by(content(store, event_id))
    assert "8見本協第1号" in before
    told = {"told_on": TODAY, "told_to": "本人", "told_how": "郵送"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)

    later = date(2026, 10, 1)
    who = {"by": BY, "now": at(later)}
    set_state(ActionContext(store, **who), entry_id=second, state=EntryState.WITHDRAWN)
    said = said_by(build_document(store, event_id=event_id, kind=KIND, now=at(later)))
    for words in ("髙﨑", "8見本協第1号", "令和8年9月1日", "お待ちしています"):
        assert words not in said, words
    assert ("見本　次郎　様" in said, "令和8年10月1日" in said) == (True, True)
    assert stands(store, event_id) == {("1団体 1人", "通知済"), ("1団体 1人", "未作成")}
    document_saving.set_letter_state(
        ActionContext(store, **who),
        scope=scope,
        kind=KIND,
        issued_on=later,
        **(issued | {"document_number": "8見本協第2号"}),
    )
    document_saving.save_document(
        ActionContext(store, **who),
        scope=scope,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=tmp_path / "2.pdf", way=OutgoingWay.PLAIN, reason="郵送"),
    )
    assert "8見本協第2号" in said_by(build_document(store, event_id=event_id, kind=KIND, now=at(later)))
    notification.notify(ActionContext(store, **who), event_id=event_id, key=f"{KIND}／2", **(told | {"told_on": later}))
    assert stands(store, event_id) == {("1団体 1人", "通知済")}
    again = said_by(build_document(store, event_id=event_id, kind=KIND, now=at(later)))
    assert ("見本　次郎　様" in again, "髙﨑" in again) == (True, False), "the newest letter can be made once more"
    letters = letters_of(store.database, event_id=event_id)
    assert [(row.revision, row.document_number) for row in letters] == [(1, "8見本協第1号"), (2, "8見本協第2号")]


def test_who_is_called_otherwise_after_the_letter_gets_another_one_and_a_stay_takes_the_letter_back(store):
    event_id = add_lecture(store, date(2026, 11, 5))
    first, second = put(store, event_id, "髙﨑　千鶴子", "見本　次郎")
    set_state(acting(store), entry_id=first, state=EntryState.WITHDRAWN)
    told = {"told_on": TODAY, "told_to": "本人", "told_how": "電話", "words": "受けたことを電話で伝えた"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    set_state(acting(store), entry_id=second, state=EntryState.WITHDRAWN)
    assert stands(store, event_id) == {("1団体 1人", "通知済"), ("1団体 1人", "未作成")}
    set_state(acting(store), entry_id=second, state=EntryState.CHOSEN, reason="本人から電話")
    assert stands(store, event_id) == {("1団体 1人", "通知済")}
    person = by_id(store.database, Entry, first).person_id
    with store.change(action="氏名", **WHO) as change:
        change.update(Person, person, name="高崎　千鶴子")
    assert stands(store, event_id) == {("1団体 1人", "通知済"), ("1団体 1人", "未作成")}
    assert "高崎　千鶴子　様" in said_by(content(store, event_id))
