"""Whose turn it is to type, in one sitting: asks the folder every two seconds, speaks through the band, and exchanges
the store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.data_folder.services import lock_transfer
from app.data_folder.services.data_folder import Opened
from app.data_folder.services.lock_transfer import SeenDesk, TurnAtSeat, Waiting
from app.history.screens.edit_conflict import EditConflictDialog
from app.history.services.history_words import is_shown
from app.main_window import lock_words as words
from app.main_window.main_window import MainWindow
from app.startup.launch import Launch
from app.startup.start_window import leads_to
from app.widgets.forms.form import Form
from app.widgets.screen import Screen
from app.widgets.standing import typed_outside_forms
from app.window.background_task import Job
from app.window.desk import Desk, LockAct, LockSaying, LockTone, forget_seen, hold, is_held, note_seen
from app.window.later import later
from db.files.desk_files import Holds
from db.files.storage_errors import ENGINE_ERRORS, KeyChanged, Locked, NoGuard, WriteLockLost, barred
from db.stale_check import Choice, EditConflict, Where
from db.store import Store

_TOLD_MS: Final = 60_000


class TurnKeeper(QObject):
    """The turn of one sitting. Signals: none.

    Attributes: ``idle_seconds``, ``more_seconds``: after how long without a touch the seat goes to who waits, and how
    long 「あと10分」 keeps it; ``warn_seconds``: for how long at least it is said before; ``unguarded``: the place
    cannot tell who writes, so one reads and nothing else; ``key_changed`` the data lie under another key by now.
    """

    def __init__(self, desk: Desk, main: MainWindow, launch: Launch, parent: QObject) -> None:
        super().__init__(parent)
        self.idle_seconds: float = lock_transfer.IDLE_SECONDS
        self.more_seconds: float = lock_transfer.MORE_SECONDS
        self.warn_seconds: float = lock_transfer.WARN_SECONDS
        self.unguarded = False
        self.key_changed = False
        self._desk, self._main, self._launch = desk, main, launch
        self.turns: TurnAtSeat | None = None
        self._looking, self._moving, self._ended = False, False, False
        self._waits: tuple[Waiting, ...] = ()
        self._more: QElapsedTimer | None = None
        self._waited = QElapsedTimer()
        self._tried = QElapsedTimer()
        self._failure_told = False
        self._away = False
        self._last = SeenDesk()
        self._newest: tuple[str, datetime | None] = ("", None)
        self._long: set[Job] = set()
        self._kept: set[Form] = set()
        self._standing: set[Screen] = set()
        self._timer = QTimer(self, interval=int(lock_transfer.POLL_SECONDS * 1000))
        self._timer.timeout.connect(self.look)
        self._told = later(self, self._say, _TOLD_MS)
        desk.known_field = is_shown
        desk.lock_asked.connect(self.ask)
        desk.edit_conflict.connect(self._ask_between)
        desk.lock_act.connect(self._act)
        desk.tasks.long_started.connect(self._note_long)
        desk.tasks.long_ended.connect(self._long.discard)
        desk.tasks.idle_changed.connect(self._forget_saved)

    def begin(self) -> None:
        """Sit down at the folder: from now on colleagues see who is here."""
        self._on_store(lock_transfer.begin, self._begun)

    def end(self) -> None:
        """Ask the folder no more: the sitting closes."""
        self._ended = True
        self._timer.stop()

    def leave(self) -> None:
        """Nobody is at this desk: it is locked. Who asked for the seat does so no more, it would come to nobody."""
        self._away = True
        turns = self.turns
        if turns is not None:  # asked on the store thread: what was pressed just before is under way there
            self._on_store(lambda _store: _stop_asking(turns), lambda asked: self._stopped() if asked else None)

    def come_back(self) -> None:
        """Somebody is at this desk again."""
        self._away = False
        self._look_at_once()

    def look(self) -> None:
        """Ask the folder how things stand; a look under way is not asked twice."""
        turns = self.turns
        if turns is None or self._looking or self._moving or self._ended:
            return
        self._looking = True
        self._release_what_is_no_longer_typed()
        if self._desk.read_only:
            self._on_store(lambda store: lock_transfer.look(store, turns), self._seen, failed=self._cut)
        else:
            holds = self._holds()
            self._on_store(lambda store: _who_waits(store, turns, holds), self._asked_for, failed=self._cut)

    # who reads

    def _seen(self, seen: SeenDesk) -> None:
        self._looking, self._last = False, seen
        turns = self.turns
        if turns is None or not self._desk.read_only:
            return
        if turns.asking and self._desk.bar:  # became 閲覧 while waiting: nobody gives the seat away for nothing
            self._on_store(lambda _store: lock_transfer.stop_asking(turns), lambda _none: self._stopped())
            return
        if seen.may_sit and not self._away:
            self._follow(take_over=False)
        elif seen.newer:
            self._move(lock_transfer.read_newer, self._read_newer, self._not_read)
        self._timer.setInterval(
            int(1000 * (lock_transfer.ASKING_SECONDS if turns.asking else lock_transfer.POLL_SECONDS))
        )
        if not self._told.isActive():
            self._say()

    def _not_read(self, problem: Exception) -> None:
        """The copy of before is read on; under a new key none will ever open again in this sitting."""
        if isinstance(problem, KeyChanged):
            self.key_changed = True
            self.end()
            self._band(words.KEY_CHANGED, tone="amber", sign="key")

    def _note_newest(self, newest: tuple[str, datetime | None]) -> None:
        self._newest = newest
        self._say()

    def _read_newer(self, _opened: Opened) -> None:
        if self._desk.copies_while_waiting:
            self._desk.copies_while_waiting += 1
            self._on_store(lock_transfer.last_change, self._note_newest)
        self._desk.changed.emit()
        self._say()

    def _follow(self, *, take_over: bool) -> None:
        turns, launch = self.turns, self._launch
        assert turns is not None

        def follow(store: Store) -> Opened:
            return lock_transfer.follow(
                store, turns, now=launch.clock(), take_over=take_over, wait=launch.wait, settle=launch.settle
            )

        self._move(follow, self._got, self._not_got, title="席に着いています")

    def _got(self, opened: Opened) -> None:
        self._waits, self._more = (), None
        if self._desk.copies_while_waiting:
            self._desk.copies_while_waiting += 1
        self._timer.setInterval(int(lock_transfer.POLL_SECONDS * 1000))
        self._desk.set_read_only(False)
        by, at = lock_transfer.last_change(opened.store)
        self._tell(words.got(by, at), tone="green")
        for note in opened.notes:
            self._desk.say(note)
        now = self._launch.clock()
        self._on_store(lambda store: lock_transfer.check_after_following(store, now=now), self._checked)

    def _not_got(self, problem: Exception) -> None:
        if isinstance(problem, Locked):  # somebody else was first: the wish stays
            return
        turns = self.turns
        if turns is not None:
            self._on_store(lambda _store: lock_transfer.stop_asking(turns), lambda _none: None)
        self.unguarded = isinstance(problem, NoGuard)
        if self.unguarded:
            self._say()
        else:
            self._desk.fail(problem)

    def _checked(self, notes: tuple[str, ...]) -> None:
        for note in notes:
            self._desk.say(note)

    # who types

    def _asked_for(self, waiting: tuple[Waiting, ...]) -> None:
        self._looking = False
        if self._desk.read_only or self.turns is None:
            return
        if not waiting:
            self._more, self._failure_told = None, False
        elif not self._waits:
            self._waited.start()
        self._waits = waiting
        if waiting and self._holds() == "" and self._left_seconds() <= 0:
            self._give(by_itself=True)
        elif waiting or not self._told.isActive():
            self._told.stop()
            self._say()

    def _left_seconds(self) -> int:
        """How long the one who types keeps the seat if nobody touches anything.

        Who reads without a touch is told before it goes; where the desk is locked nobody would see that. What could not
        be given is tried again after as long as nobody touches anything.
        """
        again = self.idle_seconds - self._tried.elapsed() / 1000 if self._tried.isValid() else 0.0
        if self._more is not None:
            return round(max(self.more_seconds - self._more.elapsed() / 1000, again))
        left = self.idle_seconds - self._main.idle_watch.untouched_seconds
        told = 0.0 if self._away else self.warn_seconds - self._waited.elapsed() / 1000
        return round(max(left, told, again))

    def _holds(self) -> Holds:
        shown = self._main.shown_screen()
        if isinstance(shown, Screen) and shown.keeps_lock:
            return "reception"
        # An open dialog keeps nothing: what is typed in it stays, as in every form, until the seat is back.
        return "task" if self._long else ""

    def _give(self, *, by_itself: bool = False) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._main.isAncestorOf(focused):
            focused.clearFocus()  # a field that is whole is saved as when it is left
            focused.setFocus()
        turns, launch = self.turns, self._launch
        assert turns is not None
        name = self._waits[0].name if self._waits else ""
        self._desk.read_only = True  # what is pressed from now on is told to wait, not lost
        self._move(
            lambda store: lock_transfer.hand_over(store, turns, now=launch.clock()),
            lambda _opened: self._gave(name),
            lambda problem: self._not_given(problem, by_itself=by_itself),
            title="席を譲っています",
        )

    def _gave(self, name: str) -> None:
        self._waits, self._more, self._failure_told = (), None, False
        self._tried.invalidate()
        self._desk.set_read_only(True)
        self._tell(words.gave(name), tone="quiet", acts=("ask",))

    def _not_given(self, problem: Exception, *, by_itself: bool) -> None:
        if isinstance(problem, WriteLockLost):
            self.lose(problem)
            return
        self._desk.read_only = False
        self._tried.start()
        # Nobody may be here: it is said once, however often it is tried again.
        if not (by_itself and self._failure_told):
            self._desk.fail(problem)
        self._failure_told = True

    # who lost the seat

    def lose(self, problem: WriteLockLost) -> None:
        """A colleague took over while this PC slept: read on, and say what was not saved."""
        turns = self.turns
        if turns is None or self._moving:
            return
        action = self._desk.store.unconfirmed_action
        self._desk.read_only = True
        who = problem.holder.partition("さん（")[0]

        def lost(_opened: Opened) -> None:
            self._desk.set_read_only(True)
            self._tell(words.woke_up(who, action), tone="amber", acts=("ask",))

        self._move(lambda store: lock_transfer.fall_back(store, turns), lost, self._desk.fail)

    # inside

    def _keep_open_forms(self, seen: int) -> None:
        """What is half typed stays as it is, with the rows as they were loaded: up to where the journal went.

        A form keeps its fields over what is read anew. A screen with text in a field of its own, or with work in hand,
        reads nothing until that is saved or cleared.
        """
        for dialog in self._dialogs(hidden=True):
            note_seen(dialog, seen)
        for form in self._main.findChildren(Form):
            if form.dirty_fields():
                form.keep_typed()
                self._kept.add(form)
                for part in _parts_up_to_screen(form):
                    note_seen(part, seen)
        for screen in self._main.findChildren(Screen):
            typed = typed_outside_forms(screen)
            if typed or screen.unfinished:
                note_seen(screen, seen)
                self._standing.add(screen)
            if typed:
                hold(screen, True)

    def _release_what_is_no_longer_typed(self) -> None:
        for screen in list(self._standing):
            if isValid(screen) and is_held(screen) and not typed_outside_forms(screen):
                hold(screen, False)
                screen.release()

    def _forget_saved(self, idle: bool) -> None:
        """Forms whose text was saved meanwhile show what is; what holds another half typed one waits for that."""
        if not idle or not (self._kept or self._standing):
            return
        ended = {one for one in self._standing if not isValid(one) or not (typed_outside_forms(one) or one.unfinished)}
        self._standing -= ended
        for screen in filter(isValid, ended):
            if is_held(screen):
                hold(screen, False)
                screen.release()
            if not any(screen.isAncestorOf(form) for form in self._kept if isValid(form)):
                forget_seen(screen)
        saved = {form for form in self._kept if not isValid(form) or not form.dirty_fields()}
        self._kept -= saved
        still = {part for form in self._kept for part in _parts_up_to_screen(form)} | self._standing
        for form in filter(isValid, saved):
            for part in _parts_up_to_screen(form):
                if part not in still:
                    forget_seen(part)

    def _ask_between(self, problem: EditConflict, go_on: Callable[[dict[Where, Choice] | None], None]) -> None:
        above = self._dialogs()
        EditConflictDialog(problem.both, go_on, parent=above[-1] if above else self._main).open()

    def _dialogs(self, *, hidden: bool = False) -> list[QDialog]:
        """The dialogs that stand over the window; behind the lock they are hidden, and keep the seat no longer."""
        every = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
        return [one for one in every if (hidden or one.isVisible()) and leads_to(one, self._main)]

    def _begun(self, turns: TurnAtSeat) -> None:
        self.turns = turns
        held = self._desk.store.seat
        if held is not None:
            self._desk.own_locks.add(held.number)
        if not self._ended:
            self._timer.start()
            self.look()

    def _act(self, act: str) -> None:
        turns = self.turns
        if turns is None or self._moving:
            return
        if act == "ask":
            self.ask()
        elif act == "stop":
            self._on_store(lambda _store: lock_transfer.stop_asking(turns), lambda _none: self._stopped())
        elif act == "take_over":
            self._follow(take_over=True)
        elif act == "give":
            self._give()
        elif act == "more":
            self._more = QElapsedTimer()
            self._more.start()
            self._say()

    def _stopped(self) -> None:
        self._desk.copies_while_waiting = 0
        self._desk.changed.emit()
        self._look_at_once()

    def ask(self) -> None:
        """Say in the folder that one would like to type; who only reads is told why not."""
        turns = self.turns
        if bar := self._desk.bar:
            self._desk.fail(barred(bar))
        elif turns is not None:
            self._on_store(lambda _store: lock_transfer.ask(turns), lambda _none: self._asked(), failed=self._desk.fail)

    def _asked(self) -> None:
        self._desk.copies_while_waiting = max(1, self._desk.copies_while_waiting)
        self._newest = ("", None)
        self._look_at_once()

    def _look_at_once(self) -> None:
        self._told.stop()
        self.look()

    def _say(self) -> None:
        """Say how things stand; nobody else at the folder: nothing is said, and no place taken that was not before."""
        turns, seen = self.turns, self._last
        if turns is None:
            return
        if bar := self._desk.bar:
            copied = words.seen_of(self._desk.store.published_at)
            self._band(words.ONLY_READS[bar], copied, tone="quiet")
            return
        if not self._desk.read_only:
            self._say_to_who_types(turns)
        elif self.unguarded:
            self._band(words.NO_GUARD, tone="amber")
        elif seen.silent_minutes:
            said = (
                words.silent_giving(seen.name)
                if seen.fell_silent_giving
                else words.silent(seen.name, seen.silent_minutes)
            )
            self._band(said, tone="amber", sign="wifi-slash", acts=("take_over",))
        elif turns.asking:
            self._band(
                words.asked_line(seen.name, seen.place, seen.holds),
                words.tinted(*self._newest),
                tone="accent",
                sign="hourglass",
                acts=("stop",),
            )
        else:
            mine = (seen.name, seen.pc) == (turns.desk.sign.name, turns.pc)
            first = words.reading(seen.name, seen.pc, seen.since, self._desk.store.published_at, mine=mine)
            second = "" if turns.can_ask else words.ALONE_READS
            self._band(first, second, tone="accent", acts=("ask",) if turns.can_ask else (), main="ask")

    def _say_to_who_types(self, turns: TurnAtSeat) -> None:
        if self._waits:
            name = self._waits[0].name
            second = words.soon(name, max(0, self._left_seconds()), self._holds())
            acts: tuple[LockAct, ...] = ("give",) if self._more is not None else ("more", "give")
            self._band(words.waits(name), second, tone="amber", acts=acts, main="give")
        elif turns.looking:
            self._band(words.there(list(turns.looking)), tone="quiet")
        elif self._desk.lock_saying is not None:
            self._band("", tone="quiet", sign="pencil-simple")

    def _band(
        self,
        first: str,
        second: str = "",
        *,
        tone: LockTone,
        acts: tuple[LockAct, ...] = (),
        main: LockAct | None = None,
        sign: str = "",
    ) -> None:
        self._desk.tell_lock(LockSaying(first, second, tone, acts, main, sign))

    def _tell(self, sentence: str, *, tone: LockTone, acts: tuple[LockAct, ...] = ()) -> None:
        """Say something that has just happened; it stays for a minute."""
        self._band(sentence, tone=tone, acts=acts)
        self._told.start()

    def _cut(self, problem: Exception) -> None:
        self._looking = False
        if isinstance(problem, WriteLockLost):
            self.lose(problem)
        elif isinstance(problem, OSError):
            self._band(words.CUT, tone="amber", sign="wifi-slash")

    def _note_long(self, job: Job) -> None:
        if job.title:
            self._long.add(job)

    def _move(
        self,
        work: Callable[[Store], Opened],
        done: Callable[[Opened], object],
        failed: Callable[[Exception], object],
        *,
        title: str = "",
    ) -> None:
        """Put another store behind the screens, on the store thread, after everything asked before."""
        self._moving = True
        desk = self._desk

        def move() -> tuple[Opened, int | None]:
            seen = lock_transfer.seen_until(desk.store)
            opened = work(desk.store)
            before = desk.take_store(opened.store)
            with suppress(*ENGINE_ERRORS):  # it may be closed already
                before.database.conn.close()
            return opened, seen

        def finish(moved: tuple[Opened, int | None]) -> None:
            opened, seen = moved
            self._moving = False
            if opened.store.seat is not None:
                desk.own_locks.add(opened.store.seat.number)
            if seen is not None:
                self._keep_open_forms(seen)
            done(opened)

        def refuse(problem: Exception) -> None:
            self._moving = False
            failed(problem)

        desk.tasks.on_store(move, done=finish, failed=refuse, owner=self, title=title)

    def _on_store(
        self,
        work: Callable[[Store], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        desk = self._desk
        desk.tasks.on_store(
            lambda: work(desk.store), done=done, failed=failed or (lambda _problem: None), owner=self, writes=False
        )


def _parts_up_to_screen(form: Form) -> list[QWidget]:
    """The form and what holds it, up to the screen: whichever of them saves, it saves by what the form showed."""
    parts: list[QWidget] = [form]
    above = form.parentWidget()
    while above is not None and not isinstance(above, Screen):
        parts.append(above)
        above = above.parentWidget()
    return [*parts, above] if above is not None else parts


def _who_waits(store: Store, turns: TurnAtSeat, holds: Holds) -> tuple[Waiting, ...]:
    if store.seat is None:
        raise WriteLockLost("lost")
    if store.seat.lost:
        store.seat.confirm()  # says by whom
    return lock_transfer.who_waits(store, turns, holds=holds)


def _stop_asking(turns: TurnAtSeat) -> bool:
    if turns.asking:
        lock_transfer.stop_asking(turns)
        return True
    return False
