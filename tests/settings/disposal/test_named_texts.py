"""Names in texts that stay: gone from the history where the text says it better now, named where they stand still."""

from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.settings.disposal.services import disposal
from app.settings.disposal.services.due_rows import read_due
from app.settings.disposal.services.erasure_requests import read_erasure_request
from app.settings.disposal.services.name_finder import NameFinder, NameToFind, search_key
from db import journal
from db.backups import as_of, backup
from db.records.disposals import Disposal
from db.records.events import Event
from db.records.ledgers import LedgerRow
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Arrangement, Entry, Tablet, TabletLoan
from db.records.submissions.reports import Report
from db.records.venues import Venue
from db.redactions import REDACTED
from db.row_history import RowHistory
from db.rows import by_id, rows
from tests.support.data_folders import NAME, NOW, closed, keys, opened, opening, prepared_folder, restored_backup
from tests.support.erased import standing_in, text_in
from tests.support.in_full import some
from tests.support.paper_words import said_by
from tests.support.stores import made_by

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


folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder whose texts name a person: now, before, and in a row that is gone; marked on ``MARKED``."""


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
    disposal.mark_person_for_erasing(ActionContext(store, NAME, MARKED), person_id=person, reason="申出")
    closed(store, now=MARKED)


def opened_with_notes(folder, now):
    made = opening(folder, now=now)
    return made.store, [note for note in made.notes if "消去しました" in note]


def test_what_says_it_better_now_loses_the_name_and_what_does_not_is_named(folder):
    store = opened(folder, now=MARKED)
    before = {one.seq: as_of.rebuild(store.database, one.seq) for one in as_of.journal_headers(store.database)}
    store.database.conn.close()
    store.write_lock.abandon()
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
        now = as_of.rebuild(store.database, seq)
        for table in ("events", "venues", "organisations"):
            ids = f"SELECT id FROM {table} ORDER BY id"
            assert now.execute(ids).fetchall() == was.execute(ids).fetchall(), (seq, table)
    closed(store, now=ERASED)


def test_the_page_and_the_record_name_the_place_until_it_is_worded_anew(folder):
    store, _said = opened_with_notes(folder, ERASED)
    assert read_due(store, today=ERASED.date()).naming_text == "団体「残る町会」の備考"
    scope = DocumentScope(fiscal_year=2026, item=rows(store.database, Disposal)[0].id)
    said = said_by(documents.build_document(store, scope=scope, kind="廃棄の記録", now=ERASED))
    for words in (
        "文の中の氏名など",
        "1か所",
        "団体・備考 1",
        "残り 0件（1種とも）。その変更の履歴からも消えている",
        "氏名・番号2件を姓と名の全体で探した。1か所は2に書いた",
        "名字だけの所は、いまの文から探した　見つかった所はない",
        "名だけの所、ローマ字の氏名、電話番号やメールアドレスの一部だけの所は、探していない",
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
    assert read_due(store, today=day.date()).naming_text == ""
    assert journal.check_chain(store.database, store.keys.chain) == []
    closed(store, now=day)
    assert {one.partition(" ")[0] for one in standing_in(folder, keys(), (WHO, WRITTEN, PHONE))} <= {"backup"}


@pytest.mark.nightly
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
        restored_backup(one.path, new, now=FIXED, live_folder=folder, replay=way == "log")
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
    assert "の記入（行は直せません）" in read_due(store, today=ERASED.date()).naming_text
    closed(store, now=ERASED)


def marked_with(folder, write_texts):
    """Mark one more person on ``MARKED`` whom these texts name; return the store of ``ERASED``, and what was said."""
    store = opened(folder, now=MARKED)
    with write(store, now=MARKED) as change:
        person = change.insert(Person(name="戊山　春子", furigana="ぼやま　はるこ"))
        made = write_texts(change)
    disposal.mark_person_for_erasing(ActionContext(store, NAME, MARKED), person_id=person, reason="申出")
    closed(store, now=MARKED)
    store, said = opened_with_notes(folder, ERASED)
    return store, said[0], made


def places(store):
    found = [item for one in rows(store.database, Disposal) for item in one.items if item.column]
    return {(one.table, one.row_id, one.column): one for one in found}


def test_columns_that_go_in_other_rows_are_searched_in_rows_that_stay(folder):
    """Another person's note, another place's 配慮: columns that go in some rows and stay in others."""

    def texts(change):
        other = change.insert(Person(name="己川　残子", role="会長", note="戊山春子さんと一緒に申込"))
        words = dict.fromkeys(("care", "absent_note", "doubtful", "note"), "戊山\u3000春子さんと同席")
        place = change.insert(Entry(event_id=1, person_id=other, **words))
        contact = change.insert(Contact(person_id=other, value="03-0000-5555", note="戊山春子さん方"))
        loose = change.insert(Arrangement(event_id=1, content="戊山春子さんの席"))
        tablet = change.insert(Tablet(number="1"))
        loan = change.insert(TabletLoan(tablet_id=tablet, event_id=1, note="戊山 春子さんへ"))
        call = change.insert(Arrangement(event_id=1, entry_id=place, settled_by="戊山　春子", content="席"))
        staying = [("people", other, "note"), ("contacts", contact, "note"), ("arrangements", call, "settled_by")]
        return [*staying, *(("entries", place, one) for one in words)], loose, loan

    store, said, (staying, loose, loan) = marked_with(folder, texts)
    assert set(staying) <= set(places(store))
    assert all(not places(store)[one].sort for one in staying)
    assert f"{len(staying) + 1}か所あります" in said, "and the one of the other person"
    assert by_id(store.database, Arrangement, loose).content == REDACTED, "what has no seat goes with whom it names"
    assert by_id(store.database, TabletLoan, loan).note == REDACTED
    closed(store, now=ERASED)


def test_a_surname_alone_is_for_a_person_to_judge(folder):
    def texts(change):
        group = change.insert(Organisation(name="戊山台町会", note="戊山さんは耳が遠い。会場は戊山台"))
        couple = change.insert(Venue(name="もう一つの会館", note="担当戊山ご夫妻"))
        venue = change.insert(Venue(name="戊山会館", note="戊山は欠席。鍵は戊山林の前"))
        change.insert(Venue(name="べつの会館", note="戊山山荘・小戊山田"))
        return group, venue, couple

    store, said, (group, venue, couple) = marked_with(folder, texts)
    found = {at: one for at, one in places(store).items() if one.sort == "surname"}
    assert set(found) == {(*one, "note") for one in (("organisations", group), ("venues", venue), ("venues", couple))}
    assert "名字だけの所や、同じ氏名の人がほかにいる所が3か所あります" in said
    view = read_due(store, today=ERASED.date())
    talked = ["戊山さんは耳が遠い。会場は戊山台", "担当戊山ご夫妻", "戊山は欠席。鍵は戊山林の前"]
    assert [one.text for one in view.texts_to_judge] == talked
    assert "戊山台町会" not in view.naming_text
    with write(store, now=ERASED) as change:
        change.update(Venue, venue, note="欠席")
    asked, *others = (one.item for one in view.texts_to_judge)
    other = next(one for one in others if one.row_id == venue)
    disposal.judge_text(ActionContext(store, NAME, ERASED), place=asked, is_theirs=True)
    for one in others:
        disposal.judge_text(ActionContext(store, NAME, ERASED), place=one, is_theirs=False)
    with pytest.raises(UserError, match="すでに確かめて"):
        disposal.judge_text(ActionContext(store, NAME, ERASED), place=other, is_theirs=True)
    said = record_words(store, ERASED)
    assert "名字だけの所は、いまの文から探した　別の人のこと 2か所" in said
    assert "団体「戊山台町会」の備考" in read_due(store, today=ERASED.date()).naming_text
    with write(store, now=ERASED) as change:
        change.update(Organisation, group, note="会場は台")
    closed(store, now=ERASED)
    store, _said = opened_with_notes(folder, AFTER)
    text = text_in(store)
    assert "耳が遠い" not in text, "judged to mean who was erased: worded anew, and gone from the history"
    assert "戊山は欠席" in text, "another person's stays"
    closed(store, now=AFTER)


def test_who_asks_sees_beforehand_which_texts_name_the_person(folder):
    store = opened(folder, now=MARKED)
    with write(store, now=MARKED) as change:
        person = change.insert(Person(name="戊山　春子", furigana="ぼやま　はるこ", note="戊山春子のこと"))
        group = change.insert(Organisation(name="戊山台町会", note="戊山さんは耳が遠い"))
        venue = change.insert(Venue(name="会館", note="鍵は戊山　春子さん"))
        change.insert(Venue(name="べつの会館", note="小戊山田"))
    asked = read_erasure_request(store, person_id=person, today=MARKED.date())
    assert [(one.item.table, one.item.row_id, one.item.sort, one.text) for one in asked.naming_texts] == [
        ("organisations", group, "surname", "戊山さんは耳が遠い"),
        ("venues", venue, "", "鍵は戊山　春子さん"),
    ]
    disposal.mark_person_for_erasing(ActionContext(store, NAME, MARKED), person_id=person, reason="申出")
    closed(store, now=MARKED)
    store, _said = opened_with_notes(folder, ERASED)
    noted = {(at, one.sort) for at, one in places(store).items() if one.table in ("organisations", "venues")}
    asked_about = {((one.item.table, one.item.row_id, one.item.column), one.item.sort) for one in asked.naming_texts}
    assert asked_about <= noted, "what was shown beforehand is what is noted at the erasing"


def record_words(store, now):
    newest = rows(store.database, Disposal, order="-id")[0].id
    paper = documents.build_document(
        store, scope=DocumentScope(fiscal_year=2026, item=newest), kind="廃棄の記録", now=now
    )
    return said_by(paper)


def test_a_name_that_somebody_else_bears_is_for_a_person_to_judge(folder):
    def texts(change):
        namesake = change.insert(Person(name="戊山　春子", role="会長"))
        group = change.insert(Organisation(name="残る会", note="戊山春子さんが会計"))
        return namesake, group

    store, _said, (namesake, group) = marked_with(folder, texts)
    found = {at: one.sort for at, one in places(store).items() if one.sort}
    assert found == {("people", namesake, "name"): "shared", ("organisations", group, "note"): "shared"}
    assert by_id(store.database, Person, namesake).name == "戊山　春子"
    assert "だれのことか未確認 2か所（2）" in record_words(store, ERASED)
    closed(store, now=ERASED)


def test_each_press_names_its_own_places_alone(folder):
    store, _said, group = marked_with(
        folder, lambda change: change.insert(Organisation(name="次", note="戊山春子さん"))
    )
    first, second = rows(store.database, Disposal, order="id")
    assert {one.row_id for one in second.items if one.column} == {group}
    assert group not in {one.row_id for one in first.items if one.column}
    assert {one.searched for one in (first, second)} == {4}
    closed(store, now=ERASED)


def test_a_reason_that_names_the_person_is_refused(folder):
    store = opened(folder, now=MARKED)
    with write(store, now=MARKED) as change:
        person = change.insert(Person(name="戊山　春子"))
    with pytest.raises(UserError, match="氏名が書かれています"):
        disposal.mark_person_for_erasing(
            ActionContext(store, NAME, MARKED), person_id=person, reason="戊山春子さんから電話"
        )
    assert by_id(store.database, Person, person).name == "戊山　春子"
    closed(store, now=MARKED)


def test_a_record_of_before_says_that_it_searched_less(folder):
    store, _said = opened_with_notes(folder, ERASED)
    with write(store, now=ERASED) as change:
        change.update(Disposal, rows(store.database, Disposal)[0].id, searched=None)
    assert "この消去では一部の欄だけを探した" in record_words(store, ERASED)
    closed(store, now=ERASED)


@pytest.mark.parametrize("spelling", ["鵺鷺　沢子", "鵺鷺沢子"])
def test_a_name_is_found_however_its_parts_are_put_together(spelling):
    life = RowHistory("people", 1, 1, "")
    finder = NameFinder(
        NameToFind(key=search_key(one), spellings=names, histories=frozenset({life}), is_shared=False)
        for one, names in ((spelling, frozenset({spelling})), ("03-0000-7777", frozenset()))
    )
    surely = (
        *(
            "鵺鷺 沢子",
            "鵺\u00ad鷺沢\u200b子",
            "沢子 鵺鷺",
            "沢子・鵺鷺さん",
            "鵺鷺_沢子",
            "鵺鷺/沢子",
            "鵺鷺＿沢子.xlsx",
        ),
        *("+81-3-0000-7777", "＋８１－３－００００－７７７７", "+81 (0)3 0000 7777", "03\u00ad0000\u00ad7777"),
    )
    assert [one for one in surely if finder.find_in_text(f"参加　{one}") is None] == []
    # As the record of an erasing says, these are not looked for.
    others = ("沢子さん", "Sawako NUESAGI", "0000-7777", "sawako@example.jp")
    assert [one for one in others if finder.find_in_text(f"参加　{one}") is not None] == []
    assert finder.name_count == 2
