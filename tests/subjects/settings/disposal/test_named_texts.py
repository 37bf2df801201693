"""Names in texts that stay: gone from the history where the text says it better now, named where they stand still."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.data_folder.services import backups, data_folder
from app.papers.services import papers
from app.papers.services.paper_scope import PaperScope
from app.subjects.settings.disposal.services import disposal
from app.subjects.settings.disposal.services.due import read_due
from db import journal
from db.backups import backup, past
from db.records.disposals import Disposal
from db.records.events import Event
from db.records.ledgers import LedgerRow
from db.records.organisations import Contact, Organisation, Person
from db.records.submissions.reports import Report
from db.records.venues import Venue
from db.rows import by_id, rows
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, keys, opened, prepared_folder
from tests.support.erased import standing_in, text_in
from tests.support.in_full import some
from tests.support.paper_words import said_by

WHO = "乙川　髙郎"
WRITTEN = "乙川高郎"
"""As somebody typed it in a text: without the space, with the plain character."""
PHONE = "03-0000-7777"
MARKED = NOW + timedelta(days=1)
ERASED = NOW + timedelta(days=2)
FIXED = NOW + timedelta(days=3)
AFTER = NOW + timedelta(days=4)


def write(store, action="書いた", now=NOW):
    return store.change(action=action, by=NAME, now=now, subject="events")


@pytest.fixture
def folder(tmp_path):
    """A closed folder whose texts name a person: now, before, and in a row that is gone; marked on ``MARKED``."""
    return prepared_folder(tmp_path, _prepare)


def _prepare(place):
    store = opened(place)
    with write(store) as change:
        person = change.insert(Person(name=WHO))
        change.insert(Contact(person_id=person, value=PHONE))
        change.insert(Person(name="丙田　同名", role="会長"))
        change.insert(Person(name="丙田　同名"))
        change.insert(Organisation(name="残る町会", note=f"{WRITTEN}さんの紹介"))
        change.update(Event, 1, subject=f"{WHO}さんを囲む会", exception_reason="丙田　同名さんの都合")
        gone = change.insert(Venue(name="みほん区民館", note=f"鍵は{PHONE}へ"))
        report = Report(event_id=1, way="作成", version=1, author="受託者", status="作成中")
        change.insert(report)
    with write(store) as change:
        change.update(Event, 1, subject="高齢者の会")
        change.delete(Venue, gone)
    closed(store)
    store = opened(place, now=MARKED)
    disposal.mark_person(store, person_id=person, reason="申出", by=NAME, now=MARKED)
    closed(store, now=MARKED)


def opened_with_notes(folder, now):
    made = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=now, pc="MADO-01", settle=0.0)
    return made.store, [note for note in made.notes if "消去しました" in note]


def test_what_says_it_better_now_loses_the_name_and_what_does_not_is_named(folder):
    store = opened(folder, now=MARKED)
    before = {one.seq: past.rebuilt(store.database, one.seq) for one in past.marks(store.database)}
    store.database.conn.close()
    store.seat.forget()
    store, (said,) = opened_with_notes(folder, ERASED)
    assert "文の中に残っている所が1か所あります（団体・備考 1）" in said
    text = text_in(store)
    assert WHO not in text
    assert PHONE not in text, "in the row that is gone, too"
    assert rows(store.database, Organisation)[0].note == f"{WRITTEN}さんの紹介", "what the ward wrote is not erased"
    assert by_id(store.database, Event, 1).subject == "高齢者の会"
    assert "丙田　同名さんの都合" in text, "somebody bears that name who stays"
    assert journal.check_chain(store.database, store.keys.chain) == []
    for seq, was in before.items():
        now = past.rebuilt(store.database, seq)
        for table in ("events", "venues", "organisations"):
            ids = f"SELECT id FROM {table} ORDER BY id"
            assert now.execute(ids).fetchall() == was.execute(ids).fetchall(), (seq, table)
    closed(store, now=ERASED)


def test_the_page_and_the_record_name_the_place_until_it_is_worded_anew(folder):
    store, _said = opened_with_notes(folder, ERASED)
    assert read_due(store, today=ERASED.date()).named == "団体「残る町会」の備考"
    scope = PaperScope(fiscal_year=2026, item=rows(store.database, Disposal)[0].id)
    said = said_by(papers.build_paper(store, scope=scope, kind="廃棄の記録", now=ERASED))
    for words in (
        "文の中の氏名など",
        "1か所",
        "団体・備考 1",
        "文の中の1か所（2）のほかは、変更の履歴からも消えている",
    ):
        assert words in said, words
    assert WRITTEN not in said
    group = rows(store.database, Organisation)[0].id
    with write(store, now=FIXED) as change:
        change.update(Organisation, group, households=12)
    closed(store, now=FIXED)
    store, notes = opened_with_notes(folder, AFTER)
    assert notes == [], "the text is as it was"
    with write(store, now=AFTER) as change:
        change.update(Organisation, group, note="紹介あり")
    closed(store, now=AFTER)
    store, notes = opened_with_notes(folder, AFTER)
    assert notes == [], "it can be taken back today"
    closed(store, now=AFTER)
    day = AFTER + timedelta(days=1)
    store, notes = opened_with_notes(folder, day)
    assert notes == ["直した文1か所の前の文を、変更の履歴からも消去しました。"]
    assert WRITTEN not in text_in(store)
    assert rows(store.database, Organisation)[0].note == "紹介あり"
    assert read_due(store, today=day.date()).named == ""
    assert journal.check_chain(store.database, store.keys.chain) == []
    closed(store, now=day)
    assert {one.partition(" ")[0] for one in standing_in(folder, keys(), (WHO, WRITTEN, PHONE))} <= {"backup"}


@pytest.mark.parametrize("way", ["log", "alone"])
def test_every_generation_loses_them_too(folder, tmp_path, way):
    store, _said = opened_with_notes(folder, ERASED)
    with write(store, now=ERASED) as change:
        change.update(Organisation, rows(store.database, Organisation)[0].id, note="紹介あり")
    closed(store, now=ERASED)
    store, notes = opened_with_notes(folder, FIXED)
    assert len(notes) == 1
    closed(store, now=FIXED)
    for one in some(backup.generations(folder / "backups")[::-1], of=3):
        new = tmp_path / f"new{one.number}"
        backups.restore_backup(
            source=one.path, to=new, secret=PASSWORD, login_id=LOGIN, now=FIXED, living=folder, replay=way == "log"
        )
        again = opened(new, now=FIXED)
        text = text_in(again)
        assert [word for word in (WHO, WRITTEN, PHONE) if word in text] == [], one.number
        assert journal.check_chain(again.database, again.keys.chain) == []
        closed(again, now=FIXED)


def test_a_reason_in_the_head_of_a_step_stays_and_is_named(folder):
    store = opened(folder, now=MARKED)
    with write(store, action=f"確認済を取り消した（{WRITTEN}さんの申出）", now=MARKED) as change:
        change.insert(Organisation(name="あとの町会"))
    closed(store, now=MARKED)
    store, (said,) = opened_with_notes(folder, ERASED)
    assert "団体・備考 1、変更の履歴の見出し（直せません） 1" in said
    assert journal.check_chain(store.database, store.keys.chain) == []
    closed(store, now=ERASED)


def test_a_row_of_a_ledger_that_names_somebody_is_said_to_stay_as_it_is(folder):
    """It is never changed: nobody is sent there to word it anew."""
    store = opened(folder, now=MARKED)
    with write(store, now=MARKED) as change:
        row = LedgerRow(
            programme_id=1, ledger="enquiries", number=1, cells={"about": f"{WRITTEN}さん"}, by=NAME, at=MARKED
        )
        change.insert(row)
    closed(store, now=MARKED)
    store, (said, *_) = opened_with_notes(folder, ERASED)
    assert "管理簿の行・記入（行は直せません） 1" in said
    assert "の記入（行は直せません）" in read_due(store, today=ERASED.date()).named
    closed(store, now=ERASED)
