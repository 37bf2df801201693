"""What falls due is marked, hidden at once, and erased at the first opening of a later day; the record names nobody."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.documents.services import documents
from app.documents.services.document_context import document_context_of
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks.deadlines import read_year, tasks_without_event
from app.event_day.checkouts import services as checkouts_services
from app.history import services as history_services
from app.settings.contributions import disposal_follow_ups
from app.settings.disposal.documents import (
    DISPOSAL_RECORD_KIND,
    ErasureFacts,
    SavedFile,
    TextLocations,
    disposal_record,
)
from app.settings.disposal.services import disposal
from app.settings.disposal.services.due_rows import due_summary, read_due
from db import journal
from db.backups import finish_erasing, restore
from db.records.disposals import Disposal, DisposalHold
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.protection import Checkout
from db.records.roster import Arrangement, Entry, Tablet, TabletLoan
from db.redactions import REDACTED
from db.rows import rows
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    closed,
    keys,
    opened,
    opened_at,
    opening,
    prepared_folder,
)
from tests.support.erased import standing_in, text_in
from tests.support.paper_words import pages_of, said_by
from tests.support.stores import made_by

DAY = datetime(2027, 4, 12, 10, 0)
NEXT = DAY + timedelta(days=1)
END = date(2027, 4, 30)
PHONES = ("03-0000-2001", "03-0000-2002", "03-0000-3001", "03-0000-4001", "03-0000-2009")
WHO = {"by": NAME, "now": DAY}
folder = made_by(lambda place: prepared_folder(place, _prepare))


def _prepare(place):
    store = opened(place)
    with store.change(action="申込を受け付けた", by=NAME, now=NOW, subject="roster") as change:
        group = change.insert(Organisation(name="見本町会"))
        first = change.insert(Person(name="乙川 一郎", organisation_id=group))
        second = change.insert(Person(name="丙田 二郎", organisation_id=group))
        for person, phone in ((first, PHONES[0]), (second, PHONES[1])):
            change.insert(Contact(person_id=person, value=phone, purpose="連絡", dispose_on=END))
            change.insert(Entry(event_id=1, person_id=person, state="決定", attendance="出席"))
        change.insert(Contact(event_id=1, value=PHONES[2], note="発表 太郎", purpose="連絡", dispose_on=END))
        later = date(2027, 9, 30)
        change.insert(Contact(organisation_id=group, value=PHONES[3], purpose="連絡", dispose_on=later))
        gone = change.insert(Contact(person_id=first, value=PHONES[4], purpose="連絡", dispose_on=END))
    with store.change(action="連絡先を外した", by=NAME, now=NOW, subject="roster") as change:
        change.delete(Contact, gone)
    closed(store)


store = opened_at(DAY)
TODAY = DAY.date()


def due(store, today=TODAY):
    return read_due(store, today=today)


CONTACTS = ("applicants:now", "presenters:now")


def mark(store, *lines):
    return disposal.mark_for_erasing(ActionContext(store, **WHO), lines=lines or CONTACTS, witness="立会 花子")


def values(store):
    return [one.value for one in rows(store.database, Contact)]


def record(store):
    scope = DocumentScope(fiscal_year=2026, item=rows(store.database, Disposal)[0].id)
    return said_by(documents.build_document(store, scope=scope, kind="廃棄の記録", now=NEXT))


def test_a_kind_stands_on_the_list_thirty_days_before_its_day_without_a_name(store):
    found = {line.id: line for line in due(store).lines}
    assert {(one.state, one.count, one.unit, one.until) for one in found.values()} == {
        ("due", 2, "件", END), ("due", 2, "人", END), ("due", 1, "件", END), ("later", 1, "件", date(2027, 9, 30)),
    }  # fmt: skip
    assert not any(word in str(found) for word in ("乙川", "03-", "はじめの題名"))
    assert "講習会 2" in found["applicants:now"].events_text
    assert due(store, date(2027, 3, 30)).due_lines == ()
    assert [one.due for one in disposal_follow_ups(store.database, DAY.date())] == [END]
    assert disposal_follow_ups(store.database, date(2027, 3, 30)) == []


def test_after_the_day_that_papers_promised_home_says_so_as_overdue(store):
    """Until that day it is an aim of ours; after it the papers that people hold are untrue each day."""
    (aim,) = disposal_follow_ups(store.database, END)
    assert (aim.clause, aim.label) == ("", "消す時期が来たものを確かめる")
    (broken,) = disposal_follow_ups(store.database, END + timedelta(days=1))
    assert (broken.due, broken.clause, broken.label) == (END, "本人への約束", "約束した消去の日を過ぎたものを消す")
    assert "参加申込書に令和9年4月30日（金）までと書いてある" in broken.detail
    after = END + timedelta(days=3)
    row = next(one for one in tasks_without_event(store, read_year(store, after)) if one.label == broken.label)
    assert (row.bucket, row.overdue_days) == ("期限超過", 3)
    mark(store, *(line.id for line in due(store).due_lines))
    assert disposal_follow_ups(store.database, after) == []


def test_a_day_typed_earlier_than_the_printed_one_breaks_no_promise_yet(store):
    early = date(2027, 3, 1)
    with store.change(action="日を直した", by=NAME, now=DAY, subject="roster") as change:
        for one in rows(store.database, Contact):
            change.update(Contact, one.id, dispose_on=early)
    (found,) = disposal_follow_ups(store.database, date(2027, 4, 20))
    assert (found.due, found.clause) == (early, "")


def test_a_mark_hides_at_once_and_undo_takes_it_away(store):
    before = values(store)
    said = mark(store).message
    assert said == "2種・3件に消す印を付けました。あす以降の最初の起動で消えます。それまでは元に戻せます。"
    assert values(store) == [REDACTED, REDACTED, REDACTED, PHONES[3]]
    assert {line.state for line in due(store).lines if line.unit == "件"} == {"marked", "later"}
    assert disposal.erase_marked(store, DAY + timedelta(hours=8)) == (), "never on the same day"
    history_services.undo(store, by=NAME, now=DAY)
    assert values(store) == before
    assert rows(store.database, Disposal) == []
    assert disposal.erase_marked(store, NEXT) == ()


def test_it_is_erased_at_the_first_opening_of_a_later_day_and_the_record_says_what(folder):
    store = opened(folder, now=DAY)
    mark(store)
    closed(store, now=DAY)
    found = opening(folder, now=NEXT)
    store = found.store
    assert "印を付けたもの2種・3を消去しました。" in found.notes
    text = text_in(store)
    assert [one for one in (*PHONES[:3], PHONES[4], "発表 太郎") if one in text] == []
    assert all(one in text for one in (PHONES[3], "乙川 一郎"))
    assert journal.check_chain(store.database, store.keys.chain) == []
    assert {one.erased for one in rows(store.database, Disposal)} == {2, 1}
    assert sum(one.removed_before for one in rows(store.database, Disposal)) == 1
    said = record(store)
    for words in (
        "申込者・参加者の連絡先",
        "残り 0件",
        "延べ 2人",
        "履歴だけに残っていた1件",
        "申込のない役員の氏名は、名簿として残る",
        "立会 花子",
    ):
        assert words in said, words
    assert "令和12年4月30日" in said
    assert not any(one in said for one in (*PHONES, "乙川", "見本町会"))
    with pytest.raises(UserError):
        history_services.undo(store, by=NAME, now=NEXT)
    closed(store, now=NEXT)
    assert all(place.startswith("backup ") for place in standing_in(folder, keys(), PHONES[:3]))


def test_what_was_typed_anew_since_its_mark_stays_and_is_said(store):
    mark(store)
    with store.change(action="電話を直した", by=NAME, now=DAY, subject="roster") as change:
        change.update(Contact, 1, value="03-0000-5555")
    assert disposal.erase_marked(store, NEXT) == (
        "印を付けたもの2種・2を消去しました。印を付けたあとで使われた1件は残しました。",
    )
    assert values(store)[0] == "03-0000-5555"
    with pytest.raises(UserError, match="まだ終わっていません"):
        record(store)
    assert finish_erasing.finish(store, now=NEXT) == ()
    assert "印を付けたあとで使われた" in record(store)


def test_a_kind_is_kept_with_a_reason_and_a_day_and_comes_back_after_it(store):
    kind = "applicants"
    with pytest.raises(UserError, match="理由が書かれていません"):
        disposal.keep_longer(ActionContext(store, **WHO), kind=kind, reason=" ", until=END)
    with pytest.raises(UserError, match="これからの日"):
        disposal.keep_longer(ActionContext(store, **WHO), kind=kind, reason="確認中", until=DAY.date())
    disposal.keep_longer(
        ActionContext(store, **WHO), kind=kind, reason="報告書の確認が済んでいない", until=date(2027, 5, 20)
    )
    kept = next(line for line in due(store).lines if line.state == "kept")
    assert (kept.why, kept.until, kept.count) == ("報告書の確認が済んでいない", date(2027, 5, 20), 2)
    with pytest.raises(UserError, match="消す時期でない"):
        mark(store, kept.id)
    assert {line.count for line in due(store, date(2027, 5, 21)).due_lines} == {2, 1}


def test_who_stands_in_a_day_file_that_is_outside_waits(store):
    with store.change(action="持ち出した", by=NAME, now=DAY, subject="takeouts") as change:
        change.insert(
            Checkout(event_id=1, contents="名簿", taken_at=DAY, taken_by=NAME, medium=checkouts_services.MEDIUM)
        )
    assert due(store).waiting_for_day_file == 2
    assert {line.id for line in due(store).due_lines} == {"presenters:now"}
    assert rows(store.database, Event)[0].id == 1


def test_nothing_comes_back_by_a_restore_of_the_day_before(folder, tmp_path):
    store = opened(folder, now=DAY)
    mark(store)
    closed(store, now=DAY)
    closed(opened(folder, now=NEXT), now=NEXT)
    oldest = sorted((folder / "backups").glob("0*"))[0]
    restore.restore(oldest, to=tmp_path / "new", secret=PASSWORD, owner=LOGIN, now=NEXT, replay=False)
    again = opened(tmp_path / "new", now=NEXT)
    assert [one for one in PHONES[:3] if one in text_in(again)] == []
    closed(again, now=NEXT)


def test_who_was_taken_out_of_the_register_goes_from_the_history_too_unless_brought_back(store):
    with store.change(action="人を加えた", by=NAME, now=DAY, subject="organisations") as change:
        first = change.insert(Person(name="庚山 外子", furigana="かのえやま", role="会計"))
        change.insert(Person(name="乙川 一郎"))
    for number in (first + 1, first):
        with store.change(action="人を削除", by=NAME, now=DAY, subject="organisations") as change:
            change.delete(Person, number)
    line = next(one for one in due(store, TODAY + timedelta(days=31)).due_lines if one.id == "taken_out:now")
    assert (line.count, line.until) == (1, TODAY + timedelta(days=60)), "of whom another entry stays is not meant"
    assert "taken_out:now" not in [one.id for one in due(store).lines], "undo has its time"
    later = DAY + timedelta(days=31)
    disposal.mark_for_erasing(ActionContext(store, NAME, later), lines=["taken_out:now"], witness="")
    assert "taken_out:now" not in [one.id for one in due(store, later.date()).lines]
    assert disposal.erase_marked(store, later + timedelta(days=1)) == ("印を付けたもの1種・1を消去しました。",)
    text = text_in(store)
    assert [word for word in ("庚山", "かのえやま", "会計") if word in text] == []
    assert "乙川 一郎" in text
    assert journal.check_chain(store.database, store.keys.chain) == []


def test_the_record_of_three_kinds_and_a_saved_file_is_one_page(store):
    def kind(number, what):
        return Disposal(
            fiscal_year=2026,
            number=4,
            kind=str(number),
            what=what,
            places="講習会 2・派遣 1・意見交換会 3",
            count=46,
            unit="件",
            why="年度が終わった",
            due_on=END,
            marked_at=DAY,
            by="見本　花子",
            erased_at=NEXT,
            erased=46,
            stayed=1,
            removed_before=3,
            elsewhere=2,
            searched=178,
        )

    what = ("中止の連絡に使う電話・メール", "申込者・参加者の氏名など", "オンラインの回答の照合の値")
    hold = DisposalHold(kind="photos", reason="事例集で使う", until=date(2027, 9, 30), by="見本　太郎", at=DAY)
    facts = ErasureFacts(
        number=4,
        year_words="R8",
        kinds=tuple(kind(number, one) for number, one in enumerate(what)),
        holds=(("実施報告書の写真", hold),),
        backups_until=date(2030, 5, 31),
        next_due=("派遣の希望票", date(2027, 9, 30)),
        rules="アプリの目安",
        outside_files=(
            SavedFile(document="参加者名簿", day=TODAY, by="見本　花子", locked=True, where="データの外の場所"),
        ),
        has_second_folder=True,
        naming_texts=TextLocations(count=3, words="議事録・発言 1、団体・備考 2"),
        uncertain_texts=TextLocations(count=2, words="協議・内容 1、場所・備考 1"),
        judged_as_others=4,
    )
    scope = DocumentScope(fiscal_year=2026)
    paper = disposal_record(document_context_of(store, scope, DISPOSAL_RECORD_KIND, NEXT), facts)
    assert len(pages_of(paper)) == 1
    headings = [column.title for block in paper.blocks if isinstance(block, Table) for column in block.columns]
    assert "こと" not in headings
    alone = disposal_record(
        document_context_of(store, scope, DISPOSAL_RECORD_KIND, NEXT), replace(facts, kinds=facts.kinds[:1])
    )
    assert "残り 0件（1種とも）" in said_by(alone)


@pytest.mark.parametrize("by_walk", [False, True])
def test_a_presenter_without_a_day_of_disposal_falls_due_with_the_year_of_the_event(store, by_walk):
    found = read_due(store, today=TODAY, by_walk=by_walk)
    (before,) = (one for one in found.due_lines if one.id == "presenters:now")
    with store.change(action="発表者", by=NAME, now=NOW, subject="calls") as change:
        change.insert(Contact(event_id=1, value="", note="発表 次郎"))
    found = read_due(store, today=TODAY, by_walk=by_walk)
    (line,) = (one for one in found.due_lines if one.id == "presenters:now")
    assert line.count == before.count + 1
    mark(store, "presenters:now")
    disposal.erase_marked(store, NEXT)
    assert "発表 次郎" not in [one.note for one in rows(store.database, Contact)]


def test_what_has_no_seat_falls_due_with_its_event(store):
    """手配 and 貸出 of an event without a place: with everybody's, and alone, where nobody took part."""
    with store.change(action="手配", by=NAME, now=NOW, subject="roster") as change:
        tablet = change.insert(Tablet(number="1"))
        apart = change.insert(replace(rows(store.database, Event, id=1)[0], id=0))
        loose = [change.insert(Arrangement(event_id=event, content="手話 乙川一郎さん")) for event in (1, apart)]
        loan = change.insert(TabletLoan(tablet_id=tablet, event_id=apart, note="乙川一郎さんへ"))
        for event in (1, apart):
            gone = change.insert(Arrangement(event_id=event, content="取りやめた 乙川一郎さん"))
            change.delete(Arrangement, gone)
    disposal.mark_for_erasing(ActionContext(store, **WHO), lines=["participants:now"])
    disposal.erase_marked(store, NEXT)
    texts = [one.content for one in rows(store.database, Arrangement, id=loose)]
    assert texts == [REDACTED, REDACTED]
    assert [one.note for one in rows(store.database, TabletLoan, id=loan)] == [REDACTED]
    assert "取りやめた" not in text_in(store), "what was deleted by hand goes with the rest of its event"
    later = TODAY + timedelta(days=1)
    before = due_summary(store.database, later)
    with store.change(action="手配", by=NAME, now=NEXT, subject="roster") as change:
        change.insert(Arrangement(event_id=apart, content="席の近く"))
    line = next(one for one in due(store, later).due_lines if one.id == "participants:now")
    assert (line.count, line.unit) == (1, "件")
    known = due_summary(store.database, later)
    assert known is not None
    assert known.kinds == 1 + (before.kinds if before is not None else 0), "home asks about it, too"
    disposal.mark_for_erasing(ActionContext(store, NAME, NEXT), lines=[line.id])
    assert "1種・1を消去しました" in disposal.erase_marked(store, NEXT + timedelta(days=1))[0]
