"""Two people, two windows, one folder: asking, giving, following, and what the band says to each."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.restore_page import RestorePage
from app.data_folder.screens.unlock import UnlockPage
from app.data_folder.services import accounts, data_folder, key_change
from app.event.screens.event_dialog import EventDialog
from app.event.services.event_changes import create_event, update_event
from app.event.services.event_drafts import EventDraft
from app.history.screens import EditConflictDialog
from app.main_window import lock_messages
from app.programme import services as programme_services
from app.programme.intake import preset
from app.startup.lock_polling import LockPolling
from app.startup.session import Session
from app.submissions.reports.screens.form_page import FormPage
from app.submissions.reports.screens.report_panel import ReportPanel
from app.submissions.reports.services import reports
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.widgets.lists.record_table import RecordTable
from app.window.app_context import bind_action, with_store
from db import write_lock
from db.files import storage_errors
from db.records import events
from db.records.event_form import EventForm
from db.records.submissions.reports import Report
from db.rows import by_id
from tests.support.history_lines import list_history
from tests.support.sessions import PASSWORD, Sessions, open_dialog

OTHER, OTHER_NAME, OTHER_PASSWORD = "suzuki", "見本鈴木", "another long password"


class Pair:
    """みほん山田 types and 見本鈴木 reads, each in a window of their own."""

    def __init__(self, sessions: Sessions, qtbot) -> None:
        self.qtbot, self.sessions = qtbot, sessions
        self.first = sessions.start()
        sessions.make_data(self.first)
        self.write(
            self.first,
            accounts.add_user,
            login_id=OTHER,
            display_name=OTHER_NAME,
            password=OTHER_PASSWORD,
            password_is_own=True,
        )
        self.publish(self.first)
        self.second = sessions.start(settings="other")
        login = sessions.on_page(self.second, LoginPage)
        sessions.write(login.form.editor("login_id"), OTHER)
        with qtbot.waitSignal(self.second.session_started):
            sessions.log_in(self.second, OTHER_PASSWORD)
        self.until(lambda: all(self.turn(one).lock_session is not None for one in (self.first, self.second)))

    def turn(self, window) -> LockPolling:
        return window.findChildren(LockPolling)[-1]

    def desk(self, window):
        return window.main_window.app_context

    def band(self, window):
        return window.main_window.lock_banner

    def until(self, reached) -> None:
        def looked() -> bool:
            for window in (self.first, self.second):
                for turn in window.findChildren(LockPolling):
                    turn.poll()
            return bool(reached())

        self.qtbot.waitUntil(looked)

    def write(self, window, service, **given) -> None:
        desk, ends = window.main_window.app_context, []
        desk.write(bind_action(service, **given), ends.append, on_failed=ends.append, owner=desk)
        self.qtbot.waitUntil(lambda: bool(ends))
        assert not isinstance(ends[0], Exception), ends[0]

    def press(self, window, act: str) -> None:
        button = self.band(window).buttons[act]
        assert button.isVisible()
        button.click()

    def ask(self) -> None:
        self.until(lambda: "入力中です" in self.band(self.second).words())
        self.press(self.second, "ask")
        self.until(lambda: f"{OTHER_NAME}さんが入力を待っています。" in self.band(self.first).words())

    def given(self) -> None:
        self.until(lambda: not self.desk(self.second).read_only and self.desk(self.first).read_only)

    def publish(self, window) -> None:
        """The minute after the first change is over."""
        self.turn(window).parent().publish()
        self.qtbot.waitUntil(lambda: self.desk(window).tasks.is_idle)

    def closed_days(self, window) -> set[date]:
        found: list[object] = []
        desk = self.desk(window)
        desk.read(with_store(programme_services.read_programme, fiscal_year=2026), found.append, owner=desk)
        self.qtbot.waitUntil(lambda: bool(found))
        return {one.day for one in found[0].closed_days}


@pytest.fixture
def pair(qtbot, tmp_path):
    sessions = Sessions(qtbot, tmp_path)
    yield Pair(sessions, qtbot)
    sessions.end_all()


def test_three_minutes_without_a_touch_or_a_button_give_the_seat_and_ten_more_are_had_once(pair):
    first, second = pair.first, pair.second
    pair.ask()
    waits = "みほん山田さんに伝えました。3分間操作がなければ、自動で交代します。（待ち：1番目）"
    pair.until(lambda: pair.band(second).words() == waits)
    turn, band = pair.turn(first), pair.band(first)
    turn.idle_seconds = 0  # nobody has touched anything here for long: it is said before the seat goes all the same
    pair.until(lambda: f"秒後に{OTHER_NAME}さんと交代します。書きかけの文字はこの画面に残ります。" in band.words())
    pair.press(first, "more")
    assert not band.buttons["more"].isVisible()
    turn.idle_seconds = turn.warn_seconds = 0
    pair.until(lambda: "書きかけの文字はこの画面に残ります。" in band.words())
    assert not pair.desk(first).read_only
    turn.more_seconds = 0
    pair.given()
    assert pair.band(second).words().startswith("入力できます。みほん山田さんの09:00までの変更が入っています。")
    assert band.words() == (
        f"{OTHER_NAME}さんと交代しました。保存したものは引き継がれています。"
        f"書きかけは残してあり、席に戻ると保存できます。"
    )
    day = date(2026, 12, 28)
    pair.write(second, programme_services.add_closed_day, day=day, reason="臨時の閉庁")
    assert day not in pair.closed_days(first)
    pair.publish(second)
    pair.until(lambda: day in pair.closed_days(first))
    pair.press(first, "ask")
    pair.until(lambda: "みほん山田さんが入力を待っています。" in pair.band(second).words())
    pair.press(second, "give")
    pair.until(lambda: not pair.desk(first).read_only and pair.desk(second).read_only)
    assert pair.band(first).words().startswith(f"入力できます。{OTHER_NAME}さんの")


@pytest.mark.nightly
def test_who_becomes_a_reader_while_waiting_waits_no_longer_and_no_seat_is_given_for_nothing(pair):
    first, second = pair.first, pair.second
    pair.ask()
    pair.write(first, accounts.set_rights, login_id=OTHER, role="閲覧", manages=False)
    pair.publish(first)
    pair.until(lambda: "閲覧のみの利用者です。" in pair.band(second).words())
    pair.until(lambda: "待っています" not in pair.band(first).words())
    assert not pair.desk(first).read_only
    pair.write(first, accounts.set_rights, login_id=OTHER, role="担当", manages=False)
    pair.publish(first)
    pair.ask()


@pytest.mark.nightly
def test_rows_saved_while_one_waits_stand_out_and_an_import_and_a_reception_keep_the_seat(pair):
    first, second = pair.first, pair.second
    for subject in ("LINE講習会", "地図講習会"):
        pair.write(first, create_event, draft=replace(draft(), subject=subject, venue="区民館"), fiscal_year=2026)
    pair.publish(first)
    pair.until(lambda: event_of_or_none(pair, second) is not None)
    pair.desk(second).go("events")
    table = second.main_window.shown_screen().findChildren(RecordTable)[0]
    pair.until(lambda: len(table.model.records()) == 2)
    pair.ask()
    pair.until(pair.band(second).buttons["stop"].isVisible)
    pair.write(first, update_event, event_id=1, draft=draft(venue="文化会館"))
    pair.write(first, create_event, draft=draft(), fiscal_year=2026)
    pair.publish(first)
    pair.until(lambda: len(table.model.records()) == 3)
    marked = {row.id: table.model.is_marked(row) for row in table.model.records()}
    assert marked == {1: True, 2: False, 3: True}
    pair.until(lambda: "色の行＝待つ間にみほん山田さんが保存したところ（09:00）" in pair.band(second).words())
    pair.press(second, "stop")
    pair.until(lambda: "待っています" not in pair.band(first).words())
    pair.until(lambda: not any(table.model.is_marked(row) for row in table.model.records()))
    assert not pair.desk(first).read_only

    # and what keeps the seat of the one who types: both are told
    desk, ended = pair.desk(first), Event()
    desk.run_in_background(lambda: ended.wait(30), lambda _done: None, owner=desk, title="申込を取り込んでいます")
    pair.qtbot.waitUntil(lambda: bool(pair.turn(first)._long_jobs))
    pair.ask()
    pair.turn(first).idle_seconds = pair.turn(first).warn_seconds = 0

    def is_told_to_both(words: str) -> None:
        pair.until(lambda: all(words in pair.band(one).words() for one in (first, pair.second)))
        assert not desk.read_only

    is_told_to_both("取込みなどの作業が終わってから交代します。")
    desk.go("reception", event_id=1)
    ended.set()
    is_told_to_both("受付の画面が開いているため、受付を終えてから交代します。")
    desk.go("home")
    pair.given()


@pytest.mark.nightly
def test_a_dialog_keeps_the_seat_no_longer_than_three_minutes_and_its_words_through_hand_over_and_lock(pair):
    first, second = pair.first, pair.second
    pair.write(first, create_event, draft=draft(), fiscal_year=2026)
    pair.publish(first)
    pair.until(lambda: event_of_or_none(pair, second) is not None)

    # opened while reading: it bears 「入力したい」 and keeps what is typed until the seat comes
    reading = EventDialog(second.main_window, kinds=preset().kinds[:1], event=event_of(pair, second))
    reading.open()
    assert (reading.ask_button.isVisible(), reading.main.isVisible()) == (True, False)
    reading.form.editor("note").setPlainText("鈴木の覚え")
    pair.until(lambda: "入力中です" in reading.lock_banner.words())
    assert not any(button.isVisible() for button in pair.band(second).buttons.values())  # they lie out of reach
    reading.ask_button.click()
    pair.until(lambda: "待ち：1番目" in reading.lock_banner.words())
    assert not reading.ask_button.isEnabled()

    # the one who typed has left with a dialog open, and is asked in it
    typing = EventDialog(first.main_window, kinds=preset().kinds[:1], event=event_of(pair, first))
    typing.open()
    typing.form.editor("room").setText("山田の部屋")
    pair.until(typing.lock_banner.buttons["give"].isVisible)
    assert pair.band(first).isHidden() or not pair.band(first).buttons["give"].isVisible()
    turn = pair.turn(first)
    turn.idle_seconds = turn.warn_seconds = 0
    pair.given()
    assert (typing.ask_button.isVisible(), typing.form.value("room")) == (True, "山田の部屋")
    assert (reading.main.isVisible(), reading.form.value("note")) == (True, "鈴木の覚え")
    reading.main.click()
    pair.qtbot.waitUntil(lambda: pair.desk(second).tasks.is_idle and event_of(pair, second).note == "鈴木の覚え")

    # a desk that asks and locks itself, even at once, asks no more, and has its words when it is opened again
    busy = Event()
    pair.desk(first).read(lambda _store: busy.wait(20), lambda _went_on: None, owner=pair.desk(first))
    typing.ask_button.click()
    pair.turn(first).withdraw_request()
    busy.set()
    pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle)
    assert not pair.turn(first).lock_session.is_waiting
    pair.turn(first).poll_now()
    typing.ask_button.click()
    pair.until(lambda: bool(pair.turn(second)._waiting_people))
    pair.desk(first).lock_screen()
    pair.until(lambda: not pair.turn(second)._waiting_people)
    pair.turn(second).idle_seconds = pair.turn(second).warn_seconds = 0
    pair.until(lambda: not pair.turn(first).lock_session.is_waiting)
    assert not pair.desk(second).read_only
    lock = pair.sessions.on_page(first, UnlockPage)
    pair.sessions.write(lock.form.editor("password"), PASSWORD)
    pair.qtbot.keyClick(lock.form.editor("password"), Qt.Key.Key_Return)
    pair.qtbot.waitUntil(lambda: not pair.desk(first).is_screen_locked)
    assert typing.form.value("room") == "山田の部屋"
    hand(pair, second, first)
    typing.main.click()
    pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle and event_of(pair, first).room == "山田の部屋")
    assert event_of(pair, first).note == "鈴木の覚え"


@pytest.mark.nightly
def test_a_seat_that_cannot_be_given_is_said_once_to_who_is_away_and_given_when_it_can(pair, monkeypatch):
    first = pair.first
    pair.ask()
    tries: list[object] = []
    published = data_folder.publish

    def no_room(store, *, now):
        tries.append(store)
        raise storage_errors.DiskFull("publish")

    monkeypatch.setattr(data_folder, "publish", no_room)
    turn = pair.turn(first)
    turn.idle_seconds = turn.warn_seconds = 0
    pair.until(lambda: len(tries) >= 3)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert [type(one) for one in shown] == [FailureDialog]
    shown[0].reject()
    # While a further try is under way nobody writes; what counts is that it ends.
    pair.until(lambda: not pair.desk(first).read_only)
    turn.idle_seconds, made = 180, len(tries)
    pair.until(lambda: turn._remaining_seconds() > 100)
    pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle)
    assert len(tries) <= made + 1
    monkeypatch.setattr(data_folder, "publish", published)
    turn.idle_seconds = 0
    pair.given()


def test_the_seat_of_one_who_closed_is_had_at_once(pair):
    pair.until(lambda: "入力中です" in pair.band(pair.second).words())
    pair.sessions.end(pair.first)
    pair.qtbot.waitUntil(
        lambda: pair.turn(pair.second).poll() or "だれも入力していません" in pair.band(pair.second).words()
    )
    with pytest.MonkeyPatch.context() as unguarded:  # a share that lets two programs make one file
        unguarded.setattr(write_lock.filesystem, "create_exclusive", lambda path, data, **_: path.write_bytes(data))
        pair.press(pair.second, "ask")
        pair.qtbot.waitUntil(
            lambda: pair.turn(pair.second).poll() or "閲覧だけで開きました。" in pair.band(pair.second).words()
        )
    assert pair.desk(pair.second).read_only
    assert not pair.band(pair.second).buttons["ask"].isVisible()
    pair.turn(pair.second).lacks_locking = False
    for claim in (pair.sessions.home / "data" / write_lock.FOLDER_NAME).glob("*.claim"):
        write_lock.filesystem.remove(claim)  # patient: a look may just be reading it
    pair.turn(pair.second).request_lock()
    pair.qtbot.waitUntil(lambda: pair.turn(pair.second).poll() or not pair.desk(pair.second).read_only)


def draft(**more) -> EventDraft:
    return EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", event_date=date(2026, 11, 12), **more
    )


def event_of(pair: Pair, window) -> events.Event:
    found: list[events.Event] = []
    desk = pair.desk(window)
    desk.read(lambda store: by_id(store.database, events.Event, 1), found.append, owner=desk)
    pair.qtbot.waitUntil(lambda: bool(found))
    return found[0]


def hand(pair: Pair, giver, taker) -> None:
    """The seat goes over although a dialog is open here: as when somebody took over meanwhile."""
    pair.until(lambda: "ask" in pair.desk(taker).lock_message.actions)
    open_forms = [one for one in QApplication.topLevelWidgets() if isinstance(one, EventDialog) and one.isVisible()]
    if open_forms and open_forms[0].app_context is pair.desk(taker):
        open_forms[0].ask_button.click()
    else:
        pair.press(taker, "ask")

    def handed() -> bool:
        return not pair.desk(taker).read_only and pair.desk(giver).read_only

    # On a slow machine who has nothing open gives by itself before anybody has looked.
    pair.until(lambda: bool(pair.turn(giver)._waiting_people) or handed())
    if pair.turn(giver)._waiting_people:
        pair.turn(giver)._transfer()
    pair.until(handed)


def test_an_open_form_is_saved_after_a_colleagues_work_and_asks_only_what_both_changed(pair):
    first, second = pair.first, pair.second
    pair.write(first, create_event, draft=draft(), fiscal_year=2026)
    for key, stays in ((Qt.Key.Key_1, "鈴木の覚え"), (Qt.Key.Key_2, "山田の覚え")):
        both_type(pair, first, second, key, stays)
        pair.write(first, update_event, event_id=1, draft=draft())


def both_type(pair: Pair, first, second, key: Qt.Key, stays: str) -> None:
    """The colleague changes note and venue while note and room stand half typed; the key says whose note stays."""
    dialog = EventDialog(first.main_window, kinds=preset().kinds[:1], event=event_of(pair, first))
    dialog.open()
    dialog.form.editor("note").setPlainText("山田の覚え")
    dialog.form.editor("room").setText("山田の部屋")
    hand(pair, first, second)
    assert (dialog.ask_button.text(), dialog.main.isVisible()) == ("入力したい", False)
    pair.write(second, update_event, event_id=1, draft=draft(note="鈴木の覚え", venue="鈴木の会場"))
    hand(pair, second, first)
    assert (dialog.form.value("note"), dialog.form.value("room")) == ("山田の覚え", "山田の部屋")

    dialog.main.click()
    pair.qtbot.waitUntil(lambda: EditConflictDialog in map(type, QApplication.topLevelWidgets()))
    asked = open_dialog(EditConflictDialog)
    assert [(one.name, one.conflict.theirs, one.conflict.mine) for one in asked.questions] == [
        ("メモ", "鈴木の覚え", "山田の覚え")
    ]
    assert not asked.main.isEnabled()
    assert event_of(pair, first).room == ""
    pair.qtbot.keyClick(asked, key)
    assert asked.main.isEnabled()
    asked.main.click()
    pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle and event_of(pair, first).room != "")
    kept = event_of(pair, first)
    assert (kept.note, kept.room, kept.venue) == (stays, "山田の部屋", "鈴木の会場")
    found: list[object] = []
    pair.desk(first).read(list_history, found.append, owner=pair.desk(first))
    pair.qtbot.waitUntil(lambda: bool(found))
    newest = " ".join(f"{line.before}{line.after}" for line in found[0][0].changes)
    assert [word for word in ("鈴木の覚え", "山田の覚え") if word not in newest] == []


def test_who_was_taken_over_reads_on_and_gets_the_seat_back(pair):
    first, second = pair.first, pair.second
    dialog = DialogFrame("見本の画面", main="保存する", parent=first.main_window)
    dialog.open()
    pair.until(lambda: "入力中です" in pair.band(second).words())
    pair.turn(first)._has_ended = True  # its PC sleeps, and gives no sign either
    pair.turn(first).parent()._heartbeat_timer.stop()
    # A look or a sign under way would still write that it works, over what it is made to say below.
    pair.qtbot.waitUntil(lambda: not pair.turn(first)._is_polling and pair.desk(first).tasks.is_idle)
    data = pair.sessions.home / "data"
    turns = pair.turn(second).lock_session
    awake, slept = turns.monotonic, [0]
    turns.monotonic = lambda: awake() + slept[0]

    def silent(seconds: int, words: str) -> bool:
        slept[0] += seconds  # the last sign may have come just before it fell asleep
        return words in pair.band(second).words()

    pair.desk(first).store.write_lock.update_presence(mode="HANDING")
    fall_silent(data, 40)
    pair.until(lambda: silent(35, "席を譲る途中で応答しなくなりました。「引き継ぐ」で続けられます"))
    assert pair.band(second).buttons["take_over"].isVisible()
    pair.desk(first).store.write_lock.update_presence(mode="WORKING")
    fall_silent(data, 7 * 60)
    pair.until(lambda: silent(60, "分前から応答がありません。本人に確かめてから引き継いでください。"))
    pair.press(second, "take_over")
    pair.qtbot.waitUntil(lambda: not pair.desk(second).read_only)
    pair.write(second, create_event, draft=draft(), fiscal_year=2026)

    pair.turn(first)._has_ended = False
    pair.turn(first).parent()._send_heartbeat()
    pair.until(lambda: pair.desk(first).read_only)
    said = f"このPCが休んでいる間に、{OTHER_NAME}が引き継ぎました。文字は残してあります。"
    pair.until(lambda: pair.band(first).words().replace("さん", "") == said)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert shown == [dialog]  # what the band says is not said once more over it
    dialog.reject()
    hand(pair, second, first)
    assert event_of(pair, first).subject == "LINE講習会"


def fall_silent(data, seconds):
    """Make every sign of life as old as if its PC had been silent for so long; what asks the folder for its clock
    comes and goes meanwhile, and is none."""
    for path in (*(data / write_lock.PRESENCE_NAME).iterdir(), *(data / write_lock.FOLDER_NAME).iterdir()):
        with suppress(FileNotFoundError):
            os.utime(path, (path.stat().st_mtime - seconds,) * 2)


def text_begun_is_not_read_over(pair: Pair) -> None:
    """Words in any field of a screen: nothing is read over them until they are gone."""
    first = pair.first
    read_again: list[bool] = []
    screen = first.main_window.shown_screen()
    pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle)
    screen.reload = lambda: read_again.append(True)
    box = QLineEdit(screen)
    box.show()
    first.main_window.activateWindow()
    box.setFocus()
    pair.qtbot.keyClicks(box, "half")
    hand(pair, first, pair.second)
    pair.publish(pair.second)
    pair.write(pair.second, create_event, draft=draft(), fiscal_year=2026)
    pair.publish(pair.second)
    pair.until(lambda: event_of_or_none(pair, first, 2) is not None)
    assert box.text() == "half"
    assert read_again == []
    box.clear()
    pair.until(lambda: bool(read_again))


def test_what_is_half_typed_outside_a_form_stays_over_a_hand_over_and_is_saved_beside_the_colleagues_work(pair):
    first, second = pair.first, pair.second
    pair.write(first, create_event, draft=draft(), fiscal_year=2026)
    pair.write(first, reports.start_report, event_id=1)
    pair.desk(first).go("event", event_id=1, tab="報告", part="様式")
    screen = first.main_window.shown_screen()
    pair.qtbot.waitUntil(lambda: screen.findChild(FormPage) is not None and pair.desk(first).tasks.is_idle)
    panel = screen.findChild(ReportPanel)

    def chapter(title: str):
        panel.form.chapters.choose(title)
        pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle)
        return panel.form.editor.parts[0]

    chapter("要点").editor.insertPlainText("山田の要点")
    hand(pair, first, second)
    chapter("講師所感").editor.insertPlainText("山田の所感")
    assert chapter("要点").editor.toPlainText() == "山田の要点"
    for key, text in (("要点", "鈴木の要点"), ("写真", "鈴木の説明")):
        pair.write(second, reports.write_chapter, report_id=1, key=key, text=text)
    pair.publish(second)
    pair.until(lambda: not pair.desk(first).tasks.is_idle or report_of(pair, first).body.get("要点") == "鈴木の要点")
    assert panel.form.editor.parts[0].editor.toPlainText() == "山田の要点"
    first.main_window.close()
    [asked] = [
        one for one in first.main_window.findChildren(DialogFrame) if one.main.text() == "書きかけを捨てて閉じる"
    ]
    asked.reject()
    assert first.main_window.isVisible()
    hand(pair, second, first)
    chapter("講師所感")
    panel.form.editor.save()
    pair.qtbot.waitUntil(lambda: EditConflictDialog in map(type, QApplication.topLevelWidgets()))
    asked = open_dialog(EditConflictDialog)
    assert [(one.name, one.conflict.theirs, one.conflict.mine) for one in asked.questions] == [
        ("本文「要点」", "鈴木の要点", "山田の要点")
    ]
    pair.qtbot.keyClick(asked, Qt.Key.Key_2)
    asked.main.click()
    kept = {"要点": "山田の要点", "写真": "鈴木の説明", "所感": "山田の所感"}
    pair.qtbot.waitUntil(lambda: pair.desk(first).tasks.is_idle and report_of(pair, first).body == kept)
    pair.desk(first).go("home")
    text_begun_is_not_read_over(pair)


@pytest.mark.nightly
@pytest.mark.parametrize("discards", [False, True])
def test_a_restore_given_up_at_the_question_about_what_is_half_typed_is_not_gone_to_at_the_next_close(pair, discards):
    first = pair.first
    pair.write(first, create_event, draft=draft(), fiscal_year=2026)
    pair.write(first, reports.start_report, event_id=1)
    pair.desk(first).go("event", event_id=1, tab="報告", part="様式")
    screen = first.main_window.shown_screen()
    pair.qtbot.waitUntil(lambda: screen.findChild(FormPage) is not None and pair.desk(first).tasks.is_idle)
    panel = screen.findChild(ReportPanel)
    panel.form.editor.parts[0].editor.insertPlainText("書きかけ")
    hand(pair, first, pair.second)
    panel.form.editor.parts[0].editor.insertPlainText("の要点")

    first.findChild(Session).close_for_restore()
    asked = open_dialog(DialogFrame)
    if discards:
        asked.main.click()
        pair.sessions.on_page(first, RestorePage)
        return
    asked.reject()
    assert first.main_window.isVisible()
    pair.sessions.end(first)


def report_of(pair: Pair, window) -> Report:
    found: list[Report] = []
    desk = pair.desk(window)
    desk.read(lambda store: by_id(store.database, Report, 1), found.append, owner=desk)
    pair.qtbot.waitUntil(lambda: bool(found))
    return found[0]


def event_of_or_none(pair: Pair, window, event_id: int = 1) -> events.Event | None:
    found: list[events.Event | None] = []
    desk = pair.desk(window)
    desk.read(lambda store: by_id(store.database, events.Event, event_id), found.append, owner=desk)
    pair.qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_who_reads_while_the_key_is_changed_is_told_to_come_in_anew(pair):
    first, second = pair.first, pair.second
    store, folder, now = pair.desk(first).store, pair.desk(first).store.folder, pair.sessions.now
    keys, login = store.keys, store.login_id
    handed = key_change.prepare_papers(store)
    pair.sessions.end(first)
    key_change.change_key(folder, keys, login_id=login, password=PASSWORD, papers=handed, now=now, settle=0.0)
    opened = data_folder.open_data_folder(folder, login_id=login, password=PASSWORD, now=now, pc="MADO-01", settle=0.0)
    data_folder.close_data_folder(opened.store, now=now)
    pair.turn(second).poll()
    pair.qtbot.waitUntil(lambda: pair.band(second).words() == lock_messages.KEY_CHANGED)
    assert "渡されたパスワードで開き直してください。" in lock_messages.KEY_CHANGED
    assert list_history(pair.desk(second).store), "what was read before is still there"
    pair.turn(second).poll()
    assert pair.band(second).words() == lock_messages.KEY_CHANGED
