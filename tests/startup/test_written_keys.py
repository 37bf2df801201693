"""Every key that is written on a button, in a line or in a tip of a screen, or in a dialog that such a key opens, does
something where it is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QLabel, QMenu, QWidget

from app.startup.pictures.sample_additions import event_ids, event_with
from app.startup.pictures.shot import close_dialogs
from app.startup.pictures.visible_texts import visible_texts as words_in_sight
from app.surveys.overview.screens import TALLY
from app.surveys.tally.screens.tally_page import THEMES_VIEW, TallyPage
from app.widgets.buttons import Button
from app.widgets.focus_keeper import first_work_part
from app.widgets.layouts import front_window
from db.records.events import Event
from db.rows import by_id
from tests.bench.opening import visits
from tests.support.sample import NOW
from tests.support.sample_desk import give_users, session
from tests.support.system_dialogs import answer_file_dialogs
from tests.support.waiting import in_front, wait_idle
from tests.support.whole_window import whole_window

_KEY = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|(?<=\+)[A-Z0-9]|(?<=\+)Enter|Delete"
    r"|(?<![A-Za-z+])(?:Enter|Space|PageUp|PageDown)"
    r"|(?<![A-Za-z0-9+.])[A-Z](?=　| [^A-Za-z0-9 ]))(?![A-Za-z0-9])"
)
_QT_NAMES = {"PageUp": "PgUp", "PageDown": "PgDown", "Enter": "Return"}
_TAG = re.compile(r"<[^>]*>")
_ABOUT_OTHERS = re.compile(r"「[^」]*」で F\d+|F6 協議、.*$|あとからは Ctrl\+Z.*$")
"""「欠席の電話は「参加者」で F4」: a key of the places that are named, tried there."""
_WRITTEN_ANSWERS = "アンケート 自由記述"
_COLLECTED = {
    "協議・打合せ": "F6",
    "情報保護": "F6",
    "討議の記録 班の記録": "F6",
    "報告書 様式": "F6",
    _WRITTEN_ANSWERS: "F6",
    "資料のページと指摘": "Shift+F6",
}
"""Where the 提案書 says that evidence is collected by a key."""
_ON_ITS_DAY = ("受付", "紙の名簿から出欠")
"""Before their day nobody is received, which is said as soon as they are opened."""
_TYPED_FIRST = {("受付", "Enter"): "1", ("紙の名簿から出欠", "Enter"): "1", ("申込 電話", "Enter"): "豊玉"}
"""Where something is typed before the key that takes it."""
_ELSEWHERE = ("Ctrl+Z", "Ctrl+Y", "Ctrl+K", "Ctrl+L")
"""What the window itself hears, anywhere: tried in its own tests. What was not done here is not taken back here."""


class Asked:
    """How often a file or a printer was asked for: no dialog of the system opens in a test."""

    def __init__(self, monkeypatch: Any) -> None:
        self.times = 0
        answer_file_dialogs(monkeypatch.setattr, self._count)
        monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: self._count())

    def _count(self) -> None:
        self.times += 1


@pytest.fixture
def window(qtbot, tmp_path):
    with session(tmp_path) as desk:
        give_users(desk.store)
        made = whole_window(desk)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        in_front(qtbot, made)
        yield made
        close_dialogs(made)
        made.hide()  # before waiting: pytest-qt has closed it by now, and a turn of the event loop ends it
        wait_idle(qtbot, desk)


Written = tuple[str, QWidget, str]
"""A key, the part on which it is written, and the text."""


def written_keys(place: QWidget) -> list[Written]:
    """The keys that can be read in a place: a button that rests or is pressed already promises nothing now."""
    found: dict[str, Written] = {}
    for part in place.findChildren(QWidget):
        if not part.isVisible() or part.visibleRegion().isEmpty() or not isinstance(part, QAbstractButton | QLabel):
            continue
        if isinstance(part, QAbstractButton) and (part.isChecked() or not part.isEnabled()):
            continue
        for text in (part.text(), part.toolTip(), part.key if isinstance(part, Button) else ""):
            for key in _KEY.findall(_ABOUT_OTHERS.sub("", _TAG.sub("", text))):
                if key not in _ELSEWHERE:
                    found.setdefault(key, (key, part, _TAG.sub("", text)[:60]))
    return list(found.values())


class Visit:
    """One place of the window, and what a key changes there that can be seen."""

    def __init__(self, window: Any, qtbot: Any, asked: Asked, name: str, place: str, given: Any) -> None:
        self.window, self.qtbot, self.asked = window, qtbot, asked
        self.name, self.place, self.given, self.ready = name, place, given, _READY.get(name)
        self._begun_at: object = None

    def settle(self) -> None:
        wait_idle(self.qtbot, self.window.app_context)
        for _turn in range(4):
            QApplication.processEvents()

    def begin(self) -> None:
        """Come from elsewhere: the keyboard stands where it does after a click in the side bar."""
        while menu := QApplication.activePopupWidget():
            menu.close()
        close_dialogs(self.window)
        self.window.go("duties" if self.place != "duties" else "takeouts")
        self.settle()
        self.window.go(self.place, **self.given)
        self.window.activateWindow()
        self.settle()
        if self.ready is not None:
            self.ready(self.window.shown_screen())
            self.settle()
        self._begun_at = self.window.shown_screen_name()

    def go_on(self, over: QWidget) -> None:
        """Put away what the key before opened over the window or the dialog that the place opens, and come again where
        it led away."""
        if front_window(self.window) is not over:
            close_dialogs(self.window)
            self.settle()
        if self.window.shown_screen_name() != self._begun_at or front_window(self.window) is not over:
            self.begin()

    def seen(self) -> tuple[object, ...]:
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog | QMenu)]
        at = front_window(self.window)
        return (
            self.asked.times,
            [one for one in dialogs if one.isVisible()],
            QApplication.clipboard().text(),
            self.window.shown_screen_name(),
            QApplication.focusWidget(),
            words_in_sight(at),
            [one.currentIndex() for one in at.findChildren(QAbstractItemView) if one.isVisible()],
            [one.isChecked() for one in at.findChildren(QAbstractButton) if one.isVisible()],
        )

    def offers(self, key: str) -> bool:
        """Whether the key can be read in front: a paper is drawn before it is saved."""
        return any(one == key for one, _part, _text in written_keys(front_window(self.window)))

    def press(self, key: str) -> bool:
        """Whether anything is seen while a key is held, or after it is let go."""
        QApplication.clipboard().clear()
        # After a dialog that Ctrl+Enter left, the key rests for a moment.
        rest = self.window.findChild(QTimer, "filled key rests")
        self.qtbot.waitUntil(lambda: not rest.isActive())
        at = front_window(self.window).focusWidget() or front_window(self.window)
        if (self.name, key) in _TYPED_FIRST:
            typed = QInputMethodEvent()
            typed.setCommitString(_TYPED_FIRST[self.name, key])
            QApplication.sendEvent(at, typed)
            self.settle()
        before = self.seen()
        combination = QKeySequence(_QT_NAMES.get(key, key))[0]
        QTest.keyPress(at, combination.key(), combination.keyboardModifiers())
        self.settle()
        changed = self.seen() != before
        # With no modifier left: while Ctrl is held the bar of a page lets nothing act after the first.
        QTest.keyRelease(front_window(self.window), combination.key(), Qt.KeyboardModifier.NoModifier)
        self.settle()
        return changed or self.seen() != before


def at_somebody_with_a_care(door: Any) -> None:
    """Somebody at the door whose care F8 shows."""
    while not door.list.current_row().care_mark:
        before = door.list.current_row()
        door.list.move_current(1)
        assert door.list.current_row() != before


def at_the_written_answers(survey: QWidget) -> None:
    """自由記述の分類, a part of the page 集計."""
    next(page for page in survey.findChildren(TallyPage) if page.isVisible()).show_view_named(THEMES_VIEW)


_READY: Mapping[str, Callable[[Any], None]] = {
    "受付": at_somebody_with_a_care,
    _WRITTEN_ANSWERS: at_the_written_answers,
}


def stands_on_a_part_of(screen: QWidget) -> bool:
    """Whether the keyboard is at a part of the screen that takes keys, where it has one."""
    at = screen.window().focusWidget()
    if at is not None and screen.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return True
    return first_work_part(screen) is None


def places(events: dict[str, int]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every screen, and what opens inside one."""
    yield from visits(events)
    yield _WRITTEN_ANSWERS, "survey", {"event_id": event_with(events, "第5回"), "page": TALLY}


def tried_keys(visit: Visit, tried: set[tuple[QWidget, str]], also: str = "") -> Iterator[tuple[str, str, bool]]:
    """Press every key of a place that was come to, and of the dialogs that they open: the key, where it stands, whether
    it lives."""
    over = front_window(visit.window)
    keys = written_keys(over if isinstance(over, QDialog) else visit.window.shown_screen())
    if also:
        keys.append((also, visit.window.shown_screen(), "次年度提案書の根拠"))
    for key, part, where in keys:
        if (part, key) in tried:
            continue
        visit.go_on(over)
        shown = front_window(visit.window) if isinstance(over, QDialog) else visit.window.shown_screen()
        if key != also and key not in [one for one, _part, _text in written_keys(shown)]:
            # A tab that stays at the page to which the key before led: this one is tried when its page is visited.
            continue
        tried.add((part, key))
        # The first key is pressed as who comes presses it: with the keyboard where it stands by itself.
        first, lives = key == keys[0][0], visit.press(key)
        if not lives and not first:
            # What the key before left may have taken it: again as it is after coming.
            visit.begin()
            lives = visit.press(key)
        yield key, where, lives
        dialog = front_window(visit.window)
        if not isinstance(dialog, QDialog) or isinstance(over, QDialog):
            continue
        for inner, _part, said in written_keys(dialog):
            while dialog.isVisible() and (over_it := front_window(visit.window)) is not dialog:
                over_it.reject()  # what the key before opened over it
                dialog.activateWindow()
                visit.settle()
            if not dialog.isVisible():
                visit.begin()
                visit.press(key)
                dialog = front_window(visit.window)
                visit.qtbot.waitUntil(partial(visit.offers, inner))
            yield f"{key}, {inner}", said, visit.press(inner)


@pytest.mark.parametrize(("of", "most"), [(6, 10), pytest.param(1, 60, marks=pytest.mark.nightly)])
def test_every_key_that_is_written_does_something_where_it_is_written(window, qtbot, monkeypatch, of, most):
    asked, tried, missing = Asked(monkeypatch), set(), dict(_COLLECTED) if of == 1 else {}
    dead, lives, nowhere = [], [], []
    desk = window.app_context
    wait_idle(qtbot, desk)
    for name, place, given in list(places(dict(event_ids(desk.store, NOW.date()))))[::of]:
        wait_idle(qtbot, desk)  # the store has one thread at a time
        day = by_id(desk.store.database, Event, given["event_id"]).event_date if name in _ON_ITS_DAY else NOW.date()
        monkeypatch.setattr(desk, "_clock", lambda day=day: datetime.combine(day, NOW.time()))
        visit = Visit(window, qtbot, asked, name, place, given)
        # As a clerk comes: from another page, with nothing of the page before left open.
        visit.begin()
        try:
            # What is read for a page comes when it comes, and the keyboard with it.
            qtbot.waitUntil(lambda: stands_on_a_part_of(window.shown_screen()), timeout=5_000)
        except qtbot.TimeoutError:
            nowhere.append(f"{name}: {window.focusWidget()!r}")
        for key, where, lived in tried_keys(visit, tried, missing.pop(name, "")):
            (lives if lived else dead).append((name, key, where))
    # The keyboard stands on what only holds other parts.
    assert nowhere == [], nowhere
    assert dead == [], dead
    assert missing == {}
    assert len(lives) > most


@pytest.mark.parametrize("before", ["home", "workers"])
def test_a_ledger_begins_in_its_list_and_its_keys_work_at_once(window, qtbot, monkeypatch, before):
    """Come to from another place, and from another ledger, whose list went with it."""
    visit = Visit(window, qtbot, Asked(monkeypatch), "情報保護", "ledgers", {"ledger": "transfers"})
    if before == "home":
        window.go("home")
    else:
        window.go("ledgers", ledger=before)
    visit.settle()
    window.go("ledgers", ledger="transfers")
    visit.settle()

    assert window.focusWidget() is window.shown_screen().table.view
    assert visit.press("F2")
    assert isinstance(front_window(window), QDialog)
