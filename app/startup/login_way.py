"""The way in: the first page, the login, what stands in the way, and the handing over to the sitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from app.data_folder.screens.login import LoginPage
from app.startup.day_login import DayLogin
from app.startup.first_run import FirstRun
from app.startup.handed import Lead, lead_of
from app.startup.key_change import KeyChange
from app.startup.new_password import NewPassword
from app.startup.rescue import Rescue
from app.startup.screens import load_in_steps
from app.startup.start_window import StartWindow
from app.widgets.dialogs.dialog_frame import ask_before
from app.window.failure_messages import Failure, failure_of
from app.window.remembered import recall, remember
from db import layout

if TYPE_CHECKING:
    from app.data_folder.screens.known import KnownFolder
    from app.data_folder.screens.trouble import TroublePage
    from app.data_folder.services.failed_logins import FailedLogins, Way
    from app.startup.doors import Entered
    from app.startup.session import Session

_SOON_MS = 400
_BETWEEN_MS = 20
_OPENING = "データを開いています"
_TAKING = "引き継いでいます（20秒ほどかかります）"
_SETTLING = "あちらのPCが書き終えるのを待ち、データを新しいファイルに写しています。"
_WAITING = "ほかの人が閉じるのを待っています。10秒たっても開けないときは、使用中の人をお知らせします。"


class Login(QObject):
    """Leads from the first page into a sitting. Signals: none."""

    def __init__(self, frame: StartWindow) -> None:
        super().__init__(frame)
        self._frame = frame
        self._folder = Path()
        self._secret: tuple[str, str] = ("", "")
        self._login: LoginPage | None = None
        self._trouble: TroublePage | None = None
        self._session: Session | None = None
        self._reading = False
        self._unguarded = False
        self.day = DayLogin(frame, self)
        self.beginning = FirstRun(frame, self)
        self.rescue = Rescue(frame, self)
        self.new_password = NewPassword(frame, self)
        self.key_change = KeyChange(frame, self)
        self._failed: FailedLogins | None = None

    @property
    def folder(self) -> Path:
        """The data folder that the pages are about."""
        return self._folder

    def begin(self) -> None:
        """Show the first page: the login where there is data, else the first question."""
        remembered = str(recall("start/folder", "") or "")
        own = self._frame.launch.own_folder
        folder = Path(remembered) if remembered else own
        if remembered and folder != own:
            # It may lie on a share that answers slowly or not at all: ask beside the window.
            self.show_login(folder)
            self._frame.tasks.apart(partial(_holds_data, folder), done=partial(self._on_looked, folder), owner=self)
        elif _holds_data(folder):
            self.show_login(folder)
        else:
            self.beginning.show_first()
        self._loading = load_in_steps()
        QTimer.singleShot(_SOON_MS, self, self._prepare)
        self._frame.tasks.apart(_sweep_unfinished, done=_nothing, failed=_nothing, owner=self)
        if self._frame.launch.sample_day is not None:
            QTimer.singleShot(0, self, self.beginning.ask_sample)

    def _on_looked(self, folder: Path, holds_data: bool) -> None:
        if not holds_data and self._frame.page is self._login and self._folder == folder:
            self._say_missing(folder)

    def _prepare(self) -> None:
        """Load the screens while somebody types, one at a turn, so that the window is there at once afterwards.

        Here and not on a thread: a module with Qt classes is loaded where Qt lives.
        """
        if self._session is None and next(self._loading, None) is not None:
            QTimer.singleShot(_BETWEEN_MS, self, self._prepare)

    def show_login(self, folder: Path) -> None:
        """Ask for ID and password of ``folder``."""
        self._folder = folder
        page = self._login_page()
        last = str(recall("start/login_id", "") or "") if str(recall("start/folder", "") or "") == str(folder) else ""
        page.show_place(folder, login_id=last, copied=None)
        self._frame.show_page(page)
        self._frame.tasks.apart(partial(_copy_time, folder), done=page.show_copy, failed=_nothing, owner=page)

    def tell(self, said: str) -> None:
        """Say something good to know at the login."""
        self._login_page().tell(said)

    def refuse(self, failure: Failure) -> None:
        """Say at the login why something was not done."""
        self._login_page().show_failure(failure)

    def open_place(self, named: Path) -> None:
        """Look for data at ``named`` and go to its login; where there is none, say so."""
        self._frame.tasks.apart(partial(_find, named), done=partial(self._found, named), owner=self)

    def _found(self, named: Path, folder: Path | None) -> None:
        if folder is not None:
            self.show_login(folder)
        else:
            self._folder = named
            self._say_missing(named)

    def _say_missing(self, folder: Path) -> None:
        """Say that no data are here; whether the drive is there at all is asked beside the window."""
        self._frame.tasks.apart(partial(_missing, folder), done=self._stand_in_way, owner=self)

    def take(self, handed: Sequence[Path]) -> None:
        """Go where a file or folder leads that was dropped on the program; looked at beside the window."""
        self._frame.tasks.apart(partial(lead_of, tuple(handed)), done=self._follow, owner=self)

    def _follow(self, lead: Lead) -> None:
        from app.widgets.dialogs.failure_dialog import show_failure

        if lead.words is not None:
            show_failure(lead.words, self._frame)
        elif lead.way == "day":
            self.day.show(lead.path)
        else:
            self.open_place(lead.path)

    def back(self) -> None:
        """To the login where there is data, else to the first question."""
        if _holds_data(self._folder):
            self.show_login(self._folder)
        else:
            self.beginning.show_first()

    def show_restore(self) -> None:
        """List the backups of the folder."""
        self.rescue.show_restore(self._folder)

    def show_day(self) -> None:
        """Ask for a 当日持出しファイル."""
        self.day.show()

    # opening

    def enter(self, login_id: str, password: str, *, take_over: bool = False) -> None:
        """Open the folder for writing."""
        from app.startup import doors

        self._secret, self._reading = (login_id, password), False
        launch = self._frame.launch
        self._frame.work(
            _TAKING if take_over else _OPENING,
            partial(
                doors.enter,
                self._folder,
                login_id=login_id,
                password=password,
                now=launch.clock(),
                take_over=take_over,
                wait=launch.wait,
                settle=launch.settle,
            ),
            done=self.sit_down,
            failed=self._not_entered,
            if_long=_SETTLING if take_over else _WAITING,
        )

    def _not_entered(self, problem: Exception) -> None:
        """A colleague who types is no trouble but the usual day: one reads at once, and the band says the rest.

        So does who only ever reads.
        """
        from db.files.storage_errors import Barred, GivenPassword, LeftOpen, Locked

        if isinstance(problem, Barred) and not isinstance(problem, GivenPassword):
            self._reading = True
            self._read_copy(failed=self._stand_in_way)
        elif isinstance(problem, Locked) and problem.holder and not isinstance(problem, LeftOpen):
            self._reading = True
            self._read_copy(failed=lambda _problem: self._stand_in_way(problem))
        else:
            self._stand_in_way(problem)

    def read(self, login_id: str, password: str, *, locked: Exception | None = None) -> None:
        """Open the published copy for reading; also with a password that somebody else set where the folder is
        ``locked``, which is said when there is no copy either."""
        self._secret, self._reading = (login_id, password), True
        self._read_copy(
            failed=self._stand_in_way if locked is None else lambda _problem: self._stand_in_way(locked),
            given=locked is not None,
        )

    def _read_copy(self, *, failed: Callable[[Exception], None], given: bool = False) -> None:
        from app.startup import doors

        login_id, password = self._secret
        self._frame.work(
            "閲覧用の写しを開いています",
            partial(
                doors.read_copy,
                self._folder,
                login_id=login_id,
                password=password,
                now=self._frame.launch.clock(),
                given=given,
            ),
            done=self.sit_down,
            failed=failed,
        )

    def sit_down(self, entered: Entered) -> None:
        """Hand over to the sitting: the main window takes the place of the start pages."""
        from app.startup.session import Session

        self._secret = ("", "")
        if self._login is not None:
            self._login.forget_password()
            self._login.forget_wrong()
        if not entered.sample:
            self._folder = entered.store.folder
            remember("start/folder", str(self._folder))
            remember("start/login_id", entered.store.login_id)
        self._session = Session(self._frame, entered)
        if self._unguarded and self._session.keeper is not None:
            self._session.keeper.turn.unguarded = entered.store.read_only
        self._session.over.connect(self._on_over)
        self._session.not_unlocked.connect(partial(self.count_failed, entered.store.login_id, "ロックの解除"))
        self._session.begin()
        self._frame.entered.emit(self._session.main)
        if entered.lacks_recovery_key:
            self.rescue.offer_key(self._session)

    def _on_over(self, wants_restore: bool) -> None:
        session, self._session = self._session, None
        if session is not None and session.key_wish is not None:
            self.key_change.change(session.desk.store, session.key_wish)
        elif wants_restore:
            self.rescue.show_restore(self._folder)
        else:
            self._frame.end()

    # what stands in the way

    def _stand_in_way(self, problem: Exception) -> None:
        from app.acts.refusal import Refusal
        from db.files.storage_errors import GivenPassword, WrongPassword

        if isinstance(problem, GivenPassword):
            self.new_password.ask(*self._secret)
            return
        if isinstance(problem, WrongPassword | Refusal):
            page = self._login_page()
            if self._frame.page is not page:
                self.show_login(self._folder)
            if isinstance(problem, WrongPassword):
                self.count_failed(self._secret[0], "パスワード")
                page.count_wrong(failure_of(problem))
            else:
                page.show_failure(failure_of(problem))
            return
        from app.startup import doors

        self._frame.tasks.apart(
            partial(doors.known_about, self._folder),
            done=partial(self._show_trouble, problem),
            owner=self,
            title="データの状態を確かめています",
        )

    def _show_trouble(self, problem: Exception, known: KnownFolder) -> None:
        from app.data_folder.screens.trouble import TroublePage, trouble_of
        from db.files.storage_errors import NoGuard

        if self._trouble is None:
            self._trouble = TroublePage()
            self._trouble.way_taken.connect(self._take)
            self._trouble.log_asked.connect(self._show_log)
            self._trouble.left.connect(self.back)
        self._unguarded = isinstance(problem, NoGuard)
        title, failure, ways = trouble_of(problem, known)
        self._trouble.show_trouble(failure, ways, title=title, place=self._folder, user=self._secret[0])
        self._frame.show_page(self._trouble)

    def _show_log(self) -> None:
        from app.data_folder.screens.failure_log_dialog import FailureLogDialog

        frame = self._frame
        FailureLogDialog(frame.tasks, folder=self._folder, clock=frame.launch.clock, parent=frame).open()

    def _take(self, way: str) -> None:
        login_id, password = self._secret
        if way == "again":
            self._again()
        elif way == "read" and login_id:
            self.read(login_id, password)
        elif way == "take_over":
            self._ask_take_over()
        elif way == "restore":
            self.rescue.show_restore(self._folder, login_id=login_id, password=password)
        elif way == "elsewhere":
            self._choose_elsewhere()
        elif way == "first":
            self.beginning.show_first()
        else:
            self.back()

    def _again(self) -> None:
        login_id, password = self._secret
        if not login_id:
            self.open_place(self._folder)
        elif self._reading:
            self.read(login_id, password)
        else:
            self.enter(login_id, password)

    def _ask_take_over(self) -> None:
        login_id, password = self._secret
        self.confirm_take_over(partial(self.enter, login_id, password, take_over=True))

    def count_failed(self, login_id: str, way: Way) -> None:
        """Count in the folder that a log-in failed; who types writes it down with their next change."""
        from app.data_folder.services.data_folder import this_pc
        from app.data_folder.services.failed_logins import FailedLogins

        if self._failed is None:
            self._failed = FailedLogins(pc=this_pc())
        now = self._frame.launch.clock()
        # On the store thread, where each try runs: one after the other, and before the next.
        self._frame.tasks.on_store(
            partial(self._failed.note, self._folder, login_id=login_id, way=way, now=now),
            done=_nothing,
            failed=_nothing,
            owner=self,
        )

    def confirm_take_over(self, then: Callable[[], object]) -> None:
        """Ask whether the silent PC is not in use, and then go on."""
        ask_before(
            self._frame,
            title="引き継いで開く",
            text=(
                "その人が使っていないことを、電話などで確かめましたか。\n"
                "引き継ぐと、あちらの画面は閲覧専用になります。保存済みの内容は失われません。"
                "あちらで入力途中のものは、保存されません。"
            ),
            verb="引き継いで開く",
            then=then,
            danger=False,
        )

    def _choose_elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._frame, "データのフォルダーを選ぶ", str(self._folder.parent))
        if chosen:
            self.open_place(Path(chosen))

    def _login_page(self) -> LoginPage:
        if self._login is None:
            page = LoginPage()
            page.login_asked.connect(self.enter)
            page.read_asked.connect(self.read)
            page.folder_chosen.connect(self.open_place)
            page.recovery_asked.connect(self.rescue.show_recovery)
            page.restore_asked.connect(self.show_restore)
            page.first_asked.connect(self.beginning.show_first)
            page.day_asked.connect(self.show_day)
            page.sample_asked.connect(self.beginning.ask_sample)
            self._login = page
        return self._login


def _holds_data(folder: Path) -> bool:
    """Whether there is a data folder here; without loading what opens it (it is asked before the first page shows)."""
    try:
        return layout.database_of(folder) is not None
    except OSError:
        return False


def _missing(folder: Path) -> Exception:
    from app.data_folder.services.place_checks import missing_data

    return missing_data(folder)


def _copy_time(folder: Path) -> Any:
    from app.startup import doors

    return doors.copy_time(folder)


def _find(folder: Path) -> Path | None:
    from app.startup import doors

    return doors.find(folder)


def _sweep_unfinished() -> int:
    from app.data_folder.services.drill_place import sweep_drills
    from app.papers.services.unfinished_files import sweep_unfinished

    sweep_drills()
    return sweep_unfinished()


def _nothing(_found: object) -> None:
    """What cannot be found out is not said."""
