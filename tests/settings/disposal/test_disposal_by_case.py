"""What is due on which day, what each act of erasing says and counts, and which words are a name, by case."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.programme.holds import Hold
from app.settings.disposal.services import disposal, due_rows
from app.settings.disposal.services.disposal_documents import RECORD
from app.settings.disposal.services.due_rows import DueLine, contact_kind, due_summary, read_due
from app.settings.disposal.services.holds import read_hold_lines, record_hold, release_hold
from app.settings.disposal.services.name_finder import NameFinder, NameToFind, cell_texts, search_key
from app.settings.disposal.services.naming_texts import NameSearchResult, locations_words
from app.settings.disposal.services.personal_rows import is_representative, people_of
from app.settings.disposal.services.related_rows import count_elsewhere
from db.backups import finish_erasing
from db.records.disposals import Disposal, DisposalHold, DisposalItem, HoldReason, NameCertainty
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.row_history import RowHistory
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, changes, lines_of
from tests.support.sample import BY, sample_store
from tests.support.stores import made_by

store = made_by(sample_store)
SPRING = datetime(2027, 4, 12, 10)


def on(store, moment=SPRING):
    return ActionContext(store, BY, moment)


def listed(store, day):
    return [
        f"{one.state}　{one.id}　{one.title}　{one.count}{one.unit}　{one.until}　{one.why}　{one.basis}"
        for one in read_due(store, today=day).lines
    ]


def test_a_kind_stands_on_the_list_from_thirty_days_before_its_day_and_is_kept_by_a_hold_to_its_last(store):
    first, last = date(2027, 3, 31), date(2027, 4, 30)
    before = listed(store, first - timedelta(days=31))
    assert_paper(before, "31日前")
    assert due_summary(store.database, first - timedelta(days=31)) is None
    assert_paper(changes(before, listed(store, first - timedelta(days=30))), "30日前")
    assert (found := due_summary(store.database, first - timedelta(days=30))) is not None
    assert (found.kinds, found.until, found.passed_printed_days) == (2, first, ())
    assert_paper([str(vars(due_summary(store.database, last + timedelta(days=days)))) for days in (0, 1)], "ホーム")

    for kind, until in (("photos", SPRING.date() + timedelta(days=2)), ("signers", SPRING.date() + timedelta(days=1))):
        said = disposal.keep_longer(on(store), kind=kind, reason=" 事例集 ", until=until).message
        assert said in (
            "写真の元のデータを令和9年4月14日（水）まで残します。",
            "派遣の希望票に署名した人の氏名を令和9年4月13日（火）まで残します。",
        )
    for wrong, says in ((SPRING.date(), "これからの日"), (SPRING.date() - timedelta(days=1), "これからの日")):
        with pytest.raises(UserError, match=says):
            disposal.keep_longer(on(store), kind="photos", reason="事例集", until=wrong)
    kept = [
        {one.kind for one in read_due(store, today=SPRING.date() + timedelta(days=days)).lines if one.state == "kept"}
        for days in range(4)
    ]
    assert kept == [{"photos", "signers"}, {"photos", "signers"}, {"photos"}, set()]
    assert [due_summary(store.database, SPRING.date() + timedelta(days=days)).kinds for days in range(4)] == [
        3,
        3,
        4,
        5,
    ]
    assert_paper(changes(listed(store, SPRING.date() + timedelta(days=3)), listed(store, SPRING.date())), "残した")
    with store.change(action="短くした", by=BY, now=SPRING) as change:
        change.insert(
            DisposalHold(kind="photos", reason="取り消す", until=SPRING.date() - timedelta(days=1), by=BY, at=SPRING)
        )
    assert "photos" in {one.kind for one in read_due(store, today=SPRING.date()).due_lines}, "the newest hold counts"
    copies = [read_due(store, today=date(2028, 3, 31) + timedelta(days=days)).copies_until for days in (0, 1)]
    assert copies == [((2026, date(2028, 3, 31)),), ()]


def test_erasings_are_numbered_by_year_and_say_what_they_did(store):
    said = []

    def mark(moment, *kinds):
        lines = [one.id for one in read_due(store, today=moment.date()).due_lines if one.kind in kinds]
        done = disposal.mark_for_erasing(on(store, moment), lines=lines, witness="立会")
        said.append(done.message)

    with pytest.raises(UserError, match="消す時期でない"):
        disposal.mark_for_erasing(on(store), lines=[])
    with pytest.raises(UserError, match="消したものは、まだありません"):
        RECORD.build(store, DocumentScope(fiscal_year=2026), SPRING)
    march, next_year = datetime(2027, 3, 31, 9), datetime(2027, 4, 1, 9)
    mark(march, "photos")
    mark(march, "signers")
    mark(next_year, "applicants", "presenters")
    assert [(one.fiscal_year, one.number, one.kind) for one in rows(store.database, Disposal, order="id")] == [
        (2026, 1, "photos"), (2026, 2, "signers"), (2027, 1, "applicants"), (2027, 1, "presenters"),
    ]  # fmt: skip
    person = next(one for one in rows(store.database, Person) if not is_representative(one))
    for reason, witness, says in ((" ", "", "理由が書かれていません"), ("電話", person.name, "氏名が書かれています")):
        with pytest.raises(UserError, match=says):
            disposal.mark_person_for_erasing(on(store), person_id=person.id, reason=reason, witness=witness)
    given_up = dict.fromkeys((one.id for one in rows(store.database, Entry)), disposal.WITHDRAWS)
    marked = disposal.mark_person_for_erasing(
        on(store, next_year), person_id=person.id, reason=" 電話 ", places=given_up
    )
    said.append(marked.message)
    assert rows(store.database, Disposal, order="-id")[0].number == 2
    said += [*disposal.erase_marked(store, march), *disposal.erase_marked(store, next_year)]
    said += disposal.erase_marked(store, next_year + timedelta(days=1))
    said += [
        f"{one.kind} {one.count} {one.erased} {one.stayed} {one.removed_before} {one.left_over}"
        f" {one.elsewhere} {one.searched} {one.people_before} {one.people_after}"
        for one in rows(store.database, Disposal, order="id")
    ]
    said += [f"{one.id} {one.title}" for one in RECORD.items(store, DocumentScope(fiscal_year=2026))]
    assert_paper(said, "番号と結果")
    with pytest.raises(UserError, match="消去が、まだ終わっていません"):
        RECORD.build(store, DocumentScope(fiscal_year=2026), SPRING)
    finish_erasing.finish(store, now=next_year + timedelta(days=1))
    paper = RECORD.build(store, DocumentScope(fiscal_year=2026), SPRING)
    assert_paper(lines_of(paper), "本人の求めの記録")
    first = RECORD.build(store, DocumentScope(fiscal_year=2026, item=1), SPRING)
    assert_paper(lines_of(first)[:14], "写真の記録")
    places = [item for one in rows(store.database, Disposal) for item in one.items if item.sort.is_unsure]
    for place, is_theirs in zip(places[:2], (True, False), strict=False):
        words = disposal.judge_text(on(store, next_year), place=place, is_theirs=is_theirs).message
        more = "その文から氏名を消すと、つぎの日からの起動で、変更の履歴からも消えます。"
        assert words == (
            "消した人のこととして記録しました。" + more if is_theirs else "別の人のこととして記録しました。"
        )


def test_what_is_held_says_of_what_and_ends_on_its_day_or_by_hand(store):
    today = SPRING.date()
    given = {"reason": HoldReason.AUDIT, "begins_on": today, "by": "", "at": SPRING}
    for wrong, says in (
        ({}, "何を保留にするか"),
        ({"person_id": 1, "event_id": 1}, "何を保留にするか"),
        ({"event_id": 1, "until": today - timedelta(days=1)}, "始まりより前"),
    ):
        with pytest.raises(UserError, match=says):
            record_hold(on(store), hold=Hold(**given, **wrong))
    said = [
        record_hold(on(store), hold=Hold(**given, **what)).message
        for what in ({"event_id": 1, "until": today}, {"programme_id": 1}, {"person_id": 1})
    ]
    shown = [
        [one.is_active for one in read_hold_lines(store, today=today + timedelta(days=days))] for days in (-1, 0, 1)
    ]
    assert shown == [[False] * 3, [True] * 3, [True, True, False]]
    newest = read_hold_lines(store, today=today)[0].hold.id
    said.append(release_hold(on(store), hold_id=newest).message)
    for number, says in ((newest, "もう解いてあります"), (0, "本人からの請求による保留")):
        with pytest.raises(UserError, match=says):
            release_hold(on(store), hold_id=number)
    said += [f"{one.subject} {one.is_active}" for one in read_hold_lines(store, today=today)]
    assert_paper(said, "保留の言葉")


def test_the_people_of_rows_are_told_by_entry_contact_and_application(store):
    entry = next(one for one in rows(store.database, Entry) if one.person_id and one.application_id)
    contact = next(one for one in rows(store.database, Contact) if one.person_id)
    items = [
        DisposalItem(table="entries", row_id=entry.id),
        DisposalItem(table="contacts", row_id=contact.id),
        DisposalItem(table="people", row_id=1),
        DisposalItem(table="people", row_id=10**6),
        DisposalItem(table="arrangements", row_id=1),
    ]
    assert people_of(store.database, items) == {entry.person_id, contact.person_id, 1}
    name = by_id(store.database, Person, 1).name
    alike = sum(name in (one.name, one.furigana) for one in rows(store.database, Person))
    assert count_elsewhere(store.database, {name, "会長"}) >= alike
    assert count_elsewhere(store.database, {"会長", "区"}) == 0, "words that many rows hold are not looked for"


@pytest.mark.parametrize(
    ("contact", "kind"),
    [
        ({"event_id": 1, "person_id": 1}, "presenters"),
        ({"organisation_id": 1}, "organisations"),
        ({"organisation_id": 1, "person_id": 1}, "applicants"),
        ({"organisation_id": 1, "application_id": 1}, "applicants"),
        ({"person_id": 1}, "applicants"),
        ({}, "applicants"),
    ],
)
def test_a_contact_is_kept_by_the_rule_of_whose_it_is(contact, kind):
    assert contact_kind(Contact(value="03", **contact)) == kind


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ((), ""),
        ((("第1回", 2), ("", 9), ("第2回", 0)), "第1回 2"),
        ((("第1回", 2), ("第2回", 5), ("第3回", 2)), "第2回 5・第1回 2・第3回 2"),
        ((("第1回", 2), ("第2回", 5), ("第3回", 2), ("第4回", 1), ("第5回", 1)), "第2回 5・第1回 2・第3回 2 ほか2回"),
    ],
)
def test_three_events_are_named_the_largest_first(counted, words):
    assert due_rows._events_text(counted) == words


@pytest.mark.parametrize("done", [None, SPRING])
def test_a_line_says_its_kind_and_whether_it_can_be_ticked(done):
    one = Disposal(
        id=7,
        fiscal_year=2026,
        number=3,
        kind="photos",
        what="写真",
        places="第1回 2",
        count=4,
        unit="枚",
        why="済",
        due_on=date(2027, 3, 31),
        marked_at=SPRING,
        by=BY,
        erased_at=done,
        erased=3,
    )
    line = due_rows._recorded_line(one)
    assert (line.kind, line.is_due, line.count, line.until, line.state, line.record_number, line.basis) == (
        "photos", False, 3 if done else 4, SPRING.date() if done else date(2027, 3, 31),
        "erased" if done else "marked", 7, f"第3号　{BY}",
    )  # fmt: skip
    assert replace(line, state="due").is_due
    assert isinstance(line, DueLine)


LIFE, OTHER = (RowHistory("people", number, 1, "") for number in (1, 2))


def finder():
    def name(text, life, *, shared=False, spelled=True):
        spellings = frozenset({text} if spelled else ())
        return NameToFind(key=search_key(text), spellings=spellings, histories=frozenset({life}), is_shared=shared)

    return NameFinder([
        name("鵺鷺　沢子", LIFE), name("戊山　春子", OTHER, shared=True), name("見　一", LIFE), name("山田太郎", LIFE),
        name("03-0000-7777", OTHER, spelled=False), name("12", OTHER, spelled=False), name("はる　こ", LIFE),
        name("林　太郎", OTHER),
    ])  # fmt: skip


WORDS = (
    "鵺鷺沢子", "鵺鷺沢子さんと", "沢子　鵺鷺", "戊山春子", "戊山春子と鵺鷺沢子", "鵺鷺さん", "鵺鷺は欠席",
    "鵺鷺", "鵺鷺台", "小鵺鷺さん", "小鵺鷺は", "鵺鷺林の前", "鍵。鵺鷺", "山田様", "山田町", "見さん",
    "見は", "見一", "はるさん", "はるは", "0300007777", "+81-3-0000-7777", "12", "112", "第12回", "鵺", "",
    '["鵺鷺さん", "別"]', '{"鵺鷺沢子": 3}', "[鵺鷺さん", "沢子さん",
    "太郎林", "K鵺鷺沢子", "K鵺鷺沢子丸", "丸鵺鷺沢子", "鵺鷺沢子丸", "K沢子鵺鷺",
)  # fmt: skip


@pytest.mark.parametrize("way", ["find_whole_name", "find_in_name", "find_in_text"])
def test_which_words_name_somebody_in_a_name_in_a_name_of_others_and_in_a_text(way):
    marks = {NameCertainty.SURE: "その人", NameCertainty.SHARED: "同姓同名", NameCertainty.SURNAME: "名字だけ"}
    found = finder()
    said = []
    for words in WORDS:
        hit = getattr(found, way)(words)
        whose = sorted(life.row_id for life in hit.histories) if hit is not None else []
        said.append(f"{words}　{marks[hit.sort]}　{whose}" if hit is not None else f"{words}　―")
    assert found.name_count == 8
    assert_paper(said, way)


def test_a_cell_is_read_text_by_text_and_a_broken_one_as_it_stands():
    cells = {
        "文": ["文"],
        '["一", {"二": "三"}, 4, null]': ["一", "二", "三"],
        "[壊れた": ["[壊れた"],
        '"x"': ['"x"'],
        "": [""],
    }
    assert {cell: list(cell_texts(cell)) for cell in cells} == cells
    assert list(cell_texts('["[\\"内\\"]"]')) == ["内"]


def test_places_are_counted_by_table_and_column_without_those_of_others():
    def item(table, column, row_id=1, sort=NameCertainty.SURE):
        return DisposalItem(table=table, row_id=row_id, column=column, since=1, sort=sort)

    given = [item("organisations", "note", number) for number in (1, 2)] + [
        item("journal", "by"), item("journal", "action"), item("venues", "note", 3, NameCertainty.ANOTHER),
        item("ledger_rows", "cells"), DisposalItem(table="people", row_id=1),
        item("events", "subject", 1, NameCertainty.SURNAME),
    ]  # fmt: skip
    tables = (
        "organisations", "people", "venues", "events", "contacts", "entries", "applications", "calls", "agreements",
        "materials", "reports", "surveys", "bookings",
    )  # fmt: skip
    many = [[item(table, "note") for table in tables[:count]] for count in (12, 13)]
    assert_paper([locations_words(one) for one in (given, [], *many)], "文の所")


def test_a_place_that_names_nobody_of_a_press_stands_with_the_first():
    lives = [RowHistory("people", number, number, "") for number in range(4)]
    places = [DisposalItem(table="venues", row_id=number, column="note") for number in range(4)]
    named = NameSearchResult(
        in_history={},
        in_current_rows={one: frozenset({life}) for one, life in zip(places, lives, strict=True)}
        | {places[3]: frozenset({lives[0], lives[1]})},
        searched_names=4,
    )
    pressed = {(2026, 1): {lives[0]}, (2026, 2): {lives[1]}}
    found = disposal._naming_texts_by_erasure(named, pressed)
    assert found == {(2026, 1): [places[0], places[2], places[3]], (2026, 2): [places[1], places[3]]}
