"""The first start: the first question, the three steps, the recovery key, the sample year."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.startup.doorway import Doorway
from app.startup.start_window import StartWindow
from app.widgets.dialogs.dialog_frame import ask_before
from app.window.failure_messages import failure_of
from app.window.remembered import recall, remember
from db import layout

if TYPE_CHECKING:
    from app.data_folder.screens.welcome import WelcomePage
    from app.data_folder.screens.wizard import NewData, NewYearWizard
    from app.data_folder.services.places import LookedFolder
    from app.startup.doors import Entered
    from db.store import Store


class FirstRun(QObject):
    """Leads a person without data to data. Signals: none."""

    def __init__(self, frame: StartWindow, login_way: Doorway) -> None:
        super().__init__(frame)
        self._frame = frame
        self._login_way = login_way
        self._welcome: WelcomePage | None = None
        self._wizard: NewYearWizard | None = None
        self._made: Entered | None = None

    def show_first(self) -> None:
        """Ask: begin anew, open a colleague's data, or try the sample."""
        from app.data_folder.screens.welcome import WelcomePage

        if self._welcome is None:
            self._welcome = WelcomePage(self._frame.tasks, self._frame.launch.own_folder, look=_look)
            self._welcome.new_asked.connect(self._begin)
            self._welcome.open_asked.connect(self._login_way.open_place)
            self._welcome.restore_asked.connect(self._login_way.show_restore)
            self._welcome.day_asked.connect(self._login_way.show_day)
            self._welcome.sample_asked.connect(self.ask_sample)
        else:
            self._welcome.choice.seen.look_again()
        self._frame.show_page(self._welcome)

    # new data

    def _begin(self, place: LookedFolder) -> None:
        wizard = self._new_wizard()
        wizard.begin_in(place)
        self._frame.show_page(wizard)

    def _new_wizard(self) -> NewYearWizard:
        if self._wizard is None:
            from app.data_folder.screens.wizard import NewYearWizard
            from app.programme.rules import presets

            # Without a sender of its own a 公文書 goes out in the name of the 課長.
            office = replace(presets.office_r8(), sender="")
            self._wizard = NewYearWizard(presets.programme_r8(), presets.kind_numbers_r8(), office)
            self._wizard.left.connect(self.show_first)
            self._wizard.finished.connect(self._make)
            self._wizard.confirmed.connect(self._sit_down)
            self._wizard.sample_asked.connect(self.ask_sample)
        return self._wizard

    def _make(self, new: NewData) -> None:
        from app.startup import doors

        self._frame.work(
            "データフォルダーを作成しています",
            partial(doors.begin, new, now=self._frame.launch.clock()),
            done=self._show_key,
            failed=self._refuse,
        )

    def _refuse(self, problem: Exception) -> None:
        self._new_wizard().show_failure(failure_of(problem))

    def _show_key(self, made: tuple[Entered, str]) -> None:
        from app.data_folder.screens.recovery import RecoveryKeyView
        from app.data_folder.services.accounts import draw_recovery_sheet

        self._made, key = made
        store = self._made.store
        remember("start/folder", str(store.folder))
        remember("start/login_id", store.login_id)
        draw = partial(
            draw_recovery_sheet,
            key=key,
            folder=store.folder,
            issued_by=store.display_name,
            issued_at=self._frame.launch.clock(),
        )
        self._new_wizard().show_recovery_key(RecoveryKeyView(key, draw=draw, tasks=self._frame.tasks))
        self._frame.before_close = self._may_close

    def _sit_down(self) -> None:
        made, self._made = self._made, None
        if made is not None:
            self._frame.before_close = None
            self._login_way.sit_down(made)
            self._drop_wizard()

    def _drop_wizard(self) -> None:
        """The key is not to stay in memory longer than it is shown."""
        if self._wizard is not None:
            self._wizard.deleteLater()
            self._wizard = None

    def _may_close(self) -> bool:
        if self._made is not None:
            ask_before(
                self._frame,
                title="終了する",
                text=(
                    "回復キーを控えましたか。この画面を閉じると、もう表示できません。\n"
                    "控えていないときは、つぎにログインしたあと「設定」の「利用者」で新しい回復キーを発行してください。"
                ),
                verb="終了する",
                then=self._leave,
            )
        return False

    def _leave(self) -> None:
        made, self._made = self._made, None
        if made is not None:
            close_unused(self._frame, made.store, then=self._frame.end)

    # the sample

    def ask_sample(self) -> None:
        """Open the sample year: made at once the first time, afterwards as it was left or anew."""
        from app.widgets.dialogs.usual_dialogs import ListedThing, ThingsDialog

        password = str(recall("sample/password", "") or "")
        if not password or layout.database_of(self._frame.launch.sample_folder) is None:
            self.open_sample(anew=True)
            return
        entries = (
            ListedThing(
                words="前回の見本を開く",
                second="前に見本で試した内容が、そのまま残っています。",
                follow=partial(self.open_sample, anew=False),
            ),
            ListedThing(
                words="新しい見本を作成する",
                second="前の見本は消して、12月1日の状態から試します。",
                verb="作成して開く",
                follow=partial(self.open_sample, anew=True),
            ),
            ListedThing(
                words="年度末の見本を作成する",
                second="前の見本は消して、年度が終わった4月5日の状態から試します。",
                verb="作成して開く",
                follow=partial(self.open_sample, anew=True, april=True),
            ),
        )
        ThingsDialog("見本データで試す", entries, parent=self._frame).open()

    def open_sample(self, *, anew: bool, april: bool = False) -> None:
        """Open the sample year, nothing asked; ``april`` = made as it stands after its end."""
        from app.sample.services.sample_folder import new_sample_password
        from app.startup import doors

        password = new_sample_password() if anew else str(recall("sample/password"))
        launch = self._frame.launch
        self._frame.work(
            "見本データを用意しています" if anew else "見本データを開いています",
            partial(
                doors.sample,
                launch.sample_folder,
                password=password,
                anew=anew,
                now=launch.clock(),
                day=launch.sample_day,
                april=april,
            ),
            done=partial(self._sample_made, password),
            failed=self._sample_failed,
        )

    def _sample_made(self, password: str, entered: Entered) -> None:
        remember("sample/password", password)
        self._login_way.sit_down(entered)

    def _sample_failed(self, problem: Exception) -> None:
        from app.widgets.dialogs.failure_dialog import show_failure

        show_failure(failure_of(problem), self._frame)


def close_unused(frame: StartWindow, store: Store, *, then: Any) -> None:
    """Close a folder that no sitting took over, then go on."""
    from app.startup import doors

    frame.work(
        "データを閉じています",
        partial(doors.leave, store, now=frame.launch.clock()),
        done=lambda _notes: then(),
        failed=lambda _problem: then(),
    )


def _look(folder: Path) -> Any:
    from app.startup import doors

    return doors.look(folder)
