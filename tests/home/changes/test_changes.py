"""変更: what was changed since a day, in words and with names; each is taken back alone, or says why not."""

from collections import Counter
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.history import services as history_services
from app.history.services import FieldChange
from app.home.changes import screens as changes_screens
from app.home.changes.screens import ChangesScreen, SinceDayDialog
from app.home.changes.services import (
    _single_change,
    _summary,
    count_changes,
    location_of,
    read_change,
    read_changes,
)
from app.home.today.services.global_search import search_everything
from db.records.documents import SET_ASIDE
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import by_id, rows
from db.tables import journal
from tests.support.doing import do
from tests.support.history_lines import list_history
from tests.support.left_papers import notification
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import wait_idle

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
GIVEN = {"by": BY, "now": NOW}


def changed(store, action, subject, number=None, *, by=BY, now=NOW, **rows_changed):
    """Change rows (record name → (record, id, fields)) in one action; return its number."""
    with store.change(action=action, by=by, now=now, subject=subject, event_id=number) as change:
        for record, row_id, fields in rows_changed.values():
            change.update(record, row_id, **fields)
    return history_services.last_action(store)


def renamed(store, name, *, by=BY, now=NOW):
    sixth = event_id(store, "講習会", 6)
    return changed(
        store, f"題名を「{name}」に変えた", "events", sixth, by=by, now=now, one=(Event, sixth, {"subject": name})
    )


def title_of(store, event_id):
    return by_id(store.database, Event, event_id).full_title


def test_what_one_action_did_to_fourteen_people_is_one_row_with_their_names(store):
    sixth = event_id(store, "講習会", 6)
    people = rows(store.database, Entry, event_id=sixth, state="決定")[:5]
    changed(
        store,
        f"{title_of(store, sixth)}：参加者5人を申込に戻した",
        "roster",
        sixth,
        **{f"p{one.id}": (Entry, one.id, {"state": "申込"}) for one in people},
    )
    newest = read_changes(store, since=TODAY, today=TODAY).rows[0]
    assert newest.words == "参加者5人を申込に戻した"  # the event is said once, beside it
    assert newest.location.startswith("第6回")
    assert [word for word in ("状態 決定 → 申込", "ほか2件") if word not in newest.summary] == []
    parts = read_change(store, seq=newest.seq, by=BY, today=TODAY).parts
    names = {part.row_name for part in parts}
    assert len(names) == 5
    assert all("名簿「" in name and not name.split("「")[1][0].isdigit() for name in names), names
    line = list_history(store, event_id=sixth, limit=1)[0]
    assert {change.row_name for change in line.changes} == names


def test_an_older_action_is_taken_back_alone_and_the_later_one_stays(store):
    first = renamed(store, "一")
    sixth = event_id(store, "講習会", 6)
    changed(store, "会場の部屋を変えた", "events", sixth, one=(Event, sixth, {"room": "第二会議室"}))
    one = read_change(store, seq=first, by=BY, today=TODAY)
    assert one.undo_problem == ""
    assert any("「会場の部屋を変えた」は残ります" in sentence for sentence in one.undo_effects)
    assert one.undo_verb.startswith("名称を ")
    history_services.undo_entry(store, seq=first, **GIVEN)
    event = by_id(store.database, Event, sixth)
    assert (event.subject != "一", event.room) == (True, "第二会議室")
    newest = read_changes(store, since=TODAY, today=TODAY).rows[0]
    assert "を元に戻した" in newest.words
    assert next(row for row in read_changes(store, since=TODAY, today=TODAY).rows if row.seq == first).is_undone


@pytest.mark.parametrize("case", ["another's", "twice", "changed since", "an undo"])
def test_each_refusal_says_why_and_what_to_do(store, case):
    number = renamed(store, "一", by="見本 太郎" if case == "another's" else BY)
    if case == "twice":
        history_services.undo_entry(store, seq=number, **GIVEN)
    if case == "changed since":
        renamed(store, "二")
    if case == "an undo":
        history_services.undo_entry(store, seq=number, **GIVEN)
        number = history_services.last_action(store)
    refused = read_change(store, seq=number, by=BY, today=TODAY).undo_problem
    assert {
        "another's": "ご自分の操作だけ", "twice": "もう元に戻して", "changed since": "題名を「二」に変えた",
        "an undo": "Ctrl+Y",
    }[case] in refused  # fmt: skip
    before = history_services.last_action(store)
    with pytest.raises(UserError):
        history_services.undo_entry(store, seq=number, **GIVEN)
    assert history_services.last_action(store) == before


@pytest.mark.parametrize(("record", "subject"), [(Organisation, "organisations"), (Person, "participants")])
def test_a_group_or_person_that_has_gone_since_leads_nowhere_and_not_to_another_one(store, record, subject):
    with store.change(action="加えた", subject=subject, **GIVEN) as change:
        change.insert(record(name="試しの名"))
    number = history_services.last_action(store)
    assert read_change(store, seq=number, by=BY, today=TODAY).row.link is not None
    history_services.undo_entry(store, seq=number, **GIVEN)
    assert read_change(store, seq=number, by=BY, today=TODAY).row.link is None


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("きのう", TODAY - timedelta(days=1)),
        ("昨日", TODAY - timedelta(days=1)),
        ("今週", date(2026, 11, 30)),
        ("だれが変えた", TODAY - timedelta(days=1)),
        ("きのうの変更", TODAY - timedelta(days=1)),
        ("11/27", date(2026, 11, 27)),
    ],
)
def test_words_of_time_find_the_changes_first_and_nobody_is_added_by_that_name(store, typed, since):
    found = search_everything(store, text=typed, today=TODAY)
    assert found.groups[0].title == "変更"
    first = found.groups[0].items[0]
    assert (first.link.action, first.link.since) == ("変更", since)
    assert first.detail.split("件")[0].isdigit()
    assert not any(item.creates_record for group in found.groups for item in group.items)


@pytest.mark.parametrize("typed", ["小泉 今日子", "今日子"])
def test_a_name_that_begins_like_a_word_of_time_is_a_name(store, typed):
    found = search_everything(store, text=typed, today=TODAY)
    assert "変更" not in {group.title for group in found.groups}
    assert [item.title for group in found.groups for item in group.items if item.creates_record] == [
        f"「{typed}」を新しい人として加える"
    ]
    assert "変更" not in {group.title for group in search_everything(store, text="変更通知", today=TODAY).groups}


def test_a_clerk_finds_yesterday_opens_a_place_and_takes_one_back(tmp_path, qtbot):
    with session(tmp_path) as desk:
        gone = []
        desk.navigation_requested.connect(lambda place, arguments: gone.append((place, arguments)))
        number = renamed(desk.store, "直す前の題")
        sixth = event_id(desk.store, "講習会", 6)
        screen = shown(qtbot, ChangesScreen(desk), desk, width=1366)
        assert (screen.spans["きのうから"].isChecked(), screen.table.current().seq) == (True, number)
        assert "直す前の題" in screen.detail.changed.text()
        QTest.keyClick(screen.table.view, Qt.Key.Key_Return)
        assert gone[-1] == ("event", {"event_id": sixth})

        assert screen.detail.undo.isVisible()
        qtbot.mouseClick(screen.detail.undo, Qt.MouseButton.LeftButton)
        wait_idle(qtbot, desk)
        assert by_id(desk.store.database, Event, sixth).subject != "直す前の題"
        assert "を元に戻した" in screen.table.model.records()[0].words

        screen.who.setCurrentText("見本データ")
        assert {row.by for row in screen.table.model.records()} == {"見本データ"}
        screen.who.setCurrentText("全員")

        qtbot.mouseClick(screen.day, Qt.MouseButton.LeftButton)
        dialog = dialog_over(screen, SinceDayDialog)
        dialog.form.set_values({"since": date(2026, 10, 1)})
        qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
        wait_idle(qtbot, desk)
        assert min(row.day for row in screen.table.model.records()) < date(2026, 11, 1)
        assert screen.day.text() == "10/1(木)から"

        screen.open_with(event_id=sixth)
        do(qtbot, desk, screen.refresh)
        (where,) = {row.location for row in screen.table.model.records()}
        assert screen.of_event.text() == f"‹ {where}に戻る"
        assert screen.spans["はじめから"].isChecked(), "of one event all that was ever changed"
        qtbot.mouseClick(screen.spans["今週"], Qt.MouseButton.LeftButton)
        again = ChangesScreen(desk)
        qtbot.addWidget(again)
        again.restore_state(screen.full_state())
        assert again.view_state() == {"since": date(2026, 11, 30), "event_id": sixth}, (
            "built anew, it stands where it stood"
        )


def test_home_says_as_many_changes_as_their_own_page(tmp_path):
    store = sample_store(tmp_path)
    since = TODAY - timedelta(days=1)
    assert count_changes(store, since=since) == read_changes(store, since=since, today=TODAY).count_yesterday > 0


def test_what_is_of_no_event_says_where_it_was_done(store):
    of_the_year = [one for one in journal.entries(store.database) if one.event_id is None]
    made_by_hand = [one for one in of_the_year if not one.action.startswith("見本の")]
    assert {one.action for one in made_by_hand if not location_of(one, None, existing_rows=()).words} == set()
    incident = next(one for one in made_by_hand if one.subject == "incidents")
    assert location_of(incident, None, existing_rows=()).link == ActionLink("事故の対応")


def test_the_newest_are_shown_with_the_counts_of_all_and_the_rest_comes_on_asking_filtering_and_searching(
    tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr(changes_screens, "FIRST_ROWS", 4)
    with session(tmp_path) as desk:
        whole = read_changes(desk.store, since=TODAY - timedelta(days=1), today=TODAY)
        part = read_changes(desk.store, since=TODAY - timedelta(days=1), today=TODAY, limit=4)
        assert (part.rows, part.count_left) == (whole.rows[:4], len(whole.rows) - 4)
        assert (part.tally, part.people, part.count_this_week) == (whole.tally, whole.people, whole.count_this_week)
        assert {day: one.total() for day, one in part.tally.items()} == Counter(row.day for row in whole.rows)

        screen = shown(qtbot, ChangesScreen(desk), desk, width=1366)

        def seen():
            wait_idle(qtbot, desk)
            return [row.seq for row in screen.table.model.records()]

        everything = [row.seq for row in whole.rows]
        assert (seen(), screen.rest.text()) == (everything[:4], f"残り {len(everything) - 4}件も表示する")
        screen.rest.click()
        assert seen() == everything
        assert not screen.rest.isVisible()
        screen._choose_span("きのうから")
        assert seen() == everything[:4]
        rarest = part.people[-1]
        screen.who.setCurrentText(rarest)
        assert seen() == [row.seq for row in whole.rows if row.by == rarest]
        screen._choose_span("きのうから")
        assert seen() == [row.seq for row in whole.rows if row.by == rarest], "of one person still all"
        screen.who.setCurrentText("全員")
        screen._choose_span("きのうから")
        assert seen() == everything[:4]
        screen.table.filter_field.setText(whole.rows[-1].words)
        qtbot.waitUntil(lambda: everything[-1] in seen())


def test_what_is_of_no_event_does_not_stand_under_an_event_of_the_same_list(store):
    place = rows(store.database, Organisation)[0]
    changed(store, "部屋を変えた", "events", 1, one=(Event, 1, {"room": "第二会議室"}))
    changed(store, "電話を直した", "organisations", None, one=(Organisation, place.id, {"note": "電話は夕方に"}))
    newest = {row.words: row for row in read_changes(store, since=TODAY, today=TODAY).rows[:2]}
    assert newest["部屋を変えた"].location == by_id(store.database, Event, 1).full_title
    assert newest["部屋を変えた"].event_id == 1
    assert (newest["電話を直した"].location, newest["電話を直した"].kind) == (place.name, "")
    assert newest["電話を直した"].event_id is None


def test_before_it_is_taken_back_it_says_what_fields_go_back_or_that_what_was_added_goes(store):
    edited = renamed(store, "一")
    with store.change(action="加えた", subject="organisations", **GIVEN) as change:
        change.insert(Organisation(name="試しの名"))
    added = history_services.last_action(store)
    first = {seq: read_change(store, seq=seq, by=BY, today=TODAY).undo_effects[0] for seq in (edited, added)}
    assert first == {
        edited: "1か所が、この操作の前に戻ります（名称）。",
        added: "加えたものは消え、消したものは戻ります。",
    }


def test_of_later_changes_those_taken_back_since_do_not_stay(store):
    sixth = event_id(store, "講習会", 6)
    first = renamed(store, "一")

    def room(number: int) -> int:
        return changed(store, f"部屋を{number}に変えた", "events", sixth, one=(Event, sixth, {"room": f"{number}号室"}))

    def said() -> list[str]:
        effects = read_change(store, seq=first, by=BY, today=TODAY).undo_effects
        assert effects[0] == "1か所が、この操作の前に戻ります（名称）。"
        return list(effects[1:])

    assert said() == []
    room(1)
    assert said() == ["あとの変更「部屋を1に変えた」は残ります。"]
    history_services.undo(store, **GIVEN)
    assert said() == []
    history_services.redo(store, **GIVEN)
    assert said() == ["あとの変更「「部屋を1に変えた」をやり直した」は残ります。"]
    for number in (2, 3):
        room(number)
    assert said() == ["あとの変更「部屋を3に変えた」「部屋を2に変えた」「「部屋を1に変えた」をやり直した」は残ります。"]
    room(4)
    assert said() == ["あとの変更「部屋を4に変えた」「部屋を3に変えた」「部屋を2に変えた」ほか1件は残ります。"]


@pytest.mark.parametrize("minutes", [-5, 0, 5])
@pytest.mark.parametrize("is_told", [True, False])
def test_only_what_was_told_after_a_change_is_told_wrong_by_taking_it_back(store, minutes, is_told):
    sixth = event_id(store, "講習会", 6)
    number = renamed(store, "一")
    with store.change(action="伝えた", subject="papers", event_id=sixth, by=BY, now=NOW) as change:
        change.insert(
            notification(
                "参加人数連絡書",
                event_id=sixth,
                key="人数",
                told_on=TODAY,
                told_to="業務責任者",
                told_how="電話" if is_told else SET_ASIDE,
                by=BY,
                at=NOW + timedelta(minutes=minutes),
            )
        )
    effects = read_change(store, seq=number, by=BY, today=TODAY).undo_effects
    assert any("を伝えています" in one for one in effects) == (is_told and minutes > 0)


def field(name, before, after, row="資料「甲」"):
    return FieldChange(row_name=row, field=name, before=before, after=after)


ROOM, ADDED = field("部屋", "1", "2"), field("", "", "加えた")


@pytest.mark.parametrize(
    ("parts", "summary", "is_single"),
    [
        ((), "", False),
        ((ROOM,), "資料「甲」　1 → 2", True),
        ((ADDED,), "資料「甲」　加えた", False),
        ((ROOM, ROOM), "資料「甲」　部屋 1 → 2", False),
        (tuple(field("部屋", "1", "2", row) for row in "甲乙丙"), "甲、乙、丙　部屋 1 → 2", False),
        (tuple(field("部屋", "1", "2", row) for row in "甲乙丙丁"), "甲、乙、丙 ほか1件　部屋 1 → 2", False),
        ((ROOM, field("部屋", "1", "3"), field("席", "1", "2")), "資料「甲」　部屋 1 → 2　ほか2か所", False),
        ((ADDED, ROOM), "資料「甲」　加えた　ほか1か所", False),
    ],
)
def test_a_change_is_summed_up_by_its_first_field_with_whom_it_shares_it(parts, summary, is_single):
    assert (_summary(parts), _single_change(parts) is not None) == (summary, is_single)


@pytest.mark.parametrize(("length", "verb"), [(23, "名称を {} に戻す"), (24, "これだけを元に戻す")])
def test_a_short_value_stands_on_the_button_that_brings_it_back(store, length, verb):
    renamed(store, "あ" * length)
    number = renamed(store, "い")
    details = read_change(store, seq=number, by=BY, today=TODAY)
    assert details.undo_verb == verb.format("あ" * length)
    assert read_changes(store, since=TODAY, today=TODAY, limit=1).rows[0] == details.row


def test_of_many_fields_three_are_named(store):
    sixth = event_id(store, "講習会", 6)
    for values, said in (
        ({"room": "甲", "note": "乙", "lecturer": "丙"}, "3か所が、この操作の前に戻ります（"),
        ({"room": "あ", "note": "い", "lecturer": "う", "subject": "え"}, "4か所が、この操作の前に戻ります（"),
    ):
        number = changed(store, "直した", "events", sixth, one=(Event, sixth, values))
        (effect, *_more) = read_change(store, seq=number, by=BY, today=TODAY).undo_effects
        assert effect.startswith(said)
        assert (effect.count("、") - 1, " など" in effect) == (2, len(values) > 3)


def test_who_made_how_many_is_said_where_several_did(store):
    for number, (by, day) in enumerate(((BY, 0), ("同僚", 0), ("同僚", 0), ("同僚", 0), (BY, 1))):
        renamed(store, f"題{number}", by=by, now=NOW + timedelta(days=day))
    tomorrow = TODAY + timedelta(days=1)
    found = read_changes(store, since=TODAY, today=tomorrow, event_id=event_id(store, "講習会", 6))
    assert found.counts_by_person() == {tomorrow: "", TODAY: f"同僚 3・{BY} 2"}
    assert (found.people, len(found.rows), found.count_left) == ((BY, "同僚"), 6, 0)
    assert (found.count_today, found.count_yesterday) == (1, 6)
    with pytest.raises(UserError, match="履歴にありません"):
        read_change(store, seq=10**6, by=BY, today=TODAY)


def test_what_is_done_to_a_row_of_a_group_is_named_after_it_and_other_subjects_after_their_place(store):
    group = rows(store.database, Organisation)[0]
    for subject, location in (("organisations", group.name), ("participants", group.name), ("dispatches", "希望票")):
        changed(store, "直した", subject, one=(Organisation, group.id, {"note": subject}))
        assert read_changes(store, since=TODAY, today=TODAY).rows[0].location == location
