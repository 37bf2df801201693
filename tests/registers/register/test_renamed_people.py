"""A person whose name was written wrong: papers made anew bear the right one; what somebody wrote on paper stays as
written, and is said, since papers are made from it too."""

import re
from dataclasses import replace

import pytest

from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.events.dispatches.services import dispatch_requests
from app.registers.register.services.people import update_person
from db.records.dispatches import DispatchRequest
from db.records.documents import KeptPaper, Letter
from db.records.organisations import Person
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.sample import NOW, acting

pytestmark = pytest.mark.sample_year

NEW = "正名　三郎"
SIGNER = 4
"""The head of a 団体, who signed a slip, presents, and stands in rosters whose letters were issued."""
EVENT, DISPATCH = 2, 9


def rename(store, person_id=SIGNER, name=NEW):
    one = by_id(store.database, Person, person_id)
    return one.name, update_person(
        acting(store), person_id=person_id, name=name, furigana=one.furigana, note=one.note
    ).message


def said_in(store, kind, event_id):
    return repr(build_document(store, scope=DocumentScope(event_id=event_id), kind=kind, now=NOW))


def test_what_is_made_after_the_correction_bears_the_right_name_and_what_was_signed_is_said(store):
    old, said = rename(store)
    for kind in ("決定通知", "宛名ラベル", "受付名簿", "名札", "席札"):
        words = said_in(store, kind, EVENT)
        assert repr(NEW)[1:-1] in words, kind
        assert repr(old)[1:-1] not in words, kind
    signed = rows(store.database, DispatchRequest, signer=old)
    assert len(signed) == 1, "as it was signed"
    (letters,) = re.findall("前の氏名で出した通知が([0-9]+)件あります。実施回の「書類」の「違い」で、", said)
    of_kept = rows(store.database, KeptPaper, letter_id=[one.id for one in rows(store.database, Letter, state="施行")])
    own = {one.id for one in rows(store.database, Entry, person_id=SIGNER)}
    assert int(letters) == len({one.letter_id for one in of_kept if own & set(one.entries)})
    assert f"派遣の希望票1件と事例発表1件には、書かれたとおりの「{old}」が残っています。" in said
    assert repr(old)[1:-1] in said_in(store, "派遣先の連絡先", DISPATCH)
    doubts = "".join(read_doubts(store, scope=DocumentScope(event_id=DISPATCH), kind="開催通知", today=NOW.date()))
    assert "書き間違いのときは希望票の代表者を直します" in doubts
    dispatch_requests.save_dispatch_request(acting(store), wish=replace(signed[0], signer=NEW))
    assert repr(NEW)[1:-1] in said_in(store, "派遣先の連絡先", DISPATCH)
    doubts = "".join(read_doubts(store, scope=DocumentScope(event_id=DISPATCH), kind="開催通知", today=NOW.date()))
    assert "署名した方" not in doubts


def test_nothing_is_said_where_nobody_wrote_that_name_or_it_stays(store):
    _old, said = rename(store, person_id=2)
    assert "残っています" not in said
    one = by_id(store.database, Person, SIGNER)
    said = update_person(acting(store), person_id=SIGNER, name=one.name, furigana="べつ", note="").message
    assert "残っています" not in said
    assert "前の氏名" not in said
    assert rows(store.database, Presentation, organisation_id=one.organisation_id)
