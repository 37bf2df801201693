"""The first start: the first question, a wizard of three steps, the recovery key, the sample year."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.startup.login_host import LoginHost
from app.startup.start_window import StartWindow
from app.widgets.action_mixin import show_failure_in
from app.widgets.dialogs.dialog_frame import confirm_first
from app.window.failure_messages import failure_of
from app.window.ui_settings import recall, remember
from db import folder_layout

if TYPE_CHECKING:
    from app.data_folder.screens.welcome import WelcomePage
    from app.data_folder.screens.wizard import NewData, NewYearWizard
    from app.data_folder.services.folder_choice import CheckedFolder
    from app.programme.rules import YearDefinition
    from app.startup.folder_opening import SessionStart
    from db.store import Store


class FirstRun(QObject):
    """Leads a user without data to a data folder. Signals: none."""

    def __init__(self, frame: StartWindow, login_host: LoginHost):
        super().__init__(frame)
        self._frame = frame
        self._login_host = login_host
        self._welcome: WelcomePage | None = None
        self._wizard: NewYearWizard | None = None
        self._created: SessionStart | None = None
        self._definition: YearDefinition | None = None

    def show_first(self) -> None:
        """Ask whether to create data, open a colleague's data, or try the sample."""
        from app.data_folder.screens.welcome import WelcomePage

        if self._welcome is None:
            self._welcome = WelcomePage(self._frame.tasks, self._frame.launch.own_folder, check=_check_folder)
            self._welcome.new_asked.connect(self._show_wizard)
            self._welcome.open_asked.connect(self._login_host.open_folder)
            self._welcome.restore_button.chosen.connect(self._login_host.show_restore)
            self._welcome.day_button.chosen.connect(self._login_host.show_day_login)
            self._welcome.sample_asked.connect(self.choose_sample)
        else:
            self._welcome.choice.folder_check.check_now()
        self._frame.show_page(self._welcome)

    # new data

    def _show_wizard(self, folder: CheckedFolder) -> None:
        """Show the wizard for new data at the first step, for the checked folder."""
        wizard = self._new_wizard()
        wizard.start(folder)
        self._frame.show_page(wizard)

    def _new_wizard(self) -> NewYearWizard:
        """Return the wizard, built when first needed: from the definition file chosen before, else from the preset."""
        if self._wizard is None:
            from app.data_folder.screens.wizard import NewYearWizard
            from app.programme.intake import preset

            definition = self._definition or preset()
            # Without a sender of its own a 公文書 goes out in the name of the 課長.
            office = replace(definition.office, sender="")
            self._wizard = NewYearWizard(definition.programme, definition.kinds, office)
            self._wizard.year.file_chosen.connect(self._read_definition)
            self._wizard.back_asked.connect(self.show_first)
            self._wizard.finished.connect(self._create_data)
            self._wizard.confirmed.connect(self._start_session)
            self._wizard.sample_asked.connect(self.choose_sample)
        return self._wizard

    def _read_definition(self, path: Path) -> None:
        """Read a definition file in the background, then start the wizard from it."""
        from app.programme.intake import read_definition

        self._frame.run_work(
            "定義ファイルを読んでいます",
            partial(read_definition, path),
            on_done=self._start_from,
            on_failed=lambda problem: show_failure_in(failure_of(problem), self._new_wizard().year.problem),
        )

    def _start_from(self, definition: YearDefinition) -> None:
        """Begin the wizard anew with the contract of a definition file; who types is asked again."""
        before = self._new_wizard()
        self._definition, self._wizard = definition, None
        wizard = self._new_wizard()
        wizard.start(before.checked_folder)
        wizard.year.say_from_file()
        self._frame.show_page(wizard)
        before.deleteLater()

    def _create_data(self, new_data: NewData) -> None:
        """Create the data folder in the background, then show its recovery key."""
        from app.startup import folder_opening

        self._frame.run_work(
            "データフォルダーを作成しています",
            partial(folder_opening.create_data, new_data, now=self._frame.launch.clock()),
            on_done=self._show_key,
            on_failed=self._show_error,
        )

    def _show_error(self, problem: Exception) -> None:
        self._new_wizard().show_failure(failure_of(problem))

    def _show_key(self, created: tuple[SessionStart, str]) -> None:
        """Show the recovery key of the new data; remember folder and ID for the next login."""
        from app.data_folder.screens.recovery import RecoveryKeyView
        from app.data_folder.services.accounts import draw_recovery_sheet

        self._created, key = created
        store = self._created.store
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
        self._frame.may_close = self._may_close

    def _start_session(self) -> None:
        """Start the session with the new data, once, and discard the wizard."""
        made, self._created = self._created, None
        if made is not None:
            self._frame.may_close = None
            self._login_host.start_session(made)
            self._drop_wizard()

    def _drop_wizard(self) -> None:
        """Discard the wizard, so that the key stays in memory no longer than it is shown."""
        if self._wizard is not None:
            self._wizard.deleteLater()
            self._wizard = None

    def _may_close(self) -> bool:
        """Return False, so that the window stays open; after new data were made ask first whether the key was noted."""
        if self._created is not None:
            confirm_first(
                self._frame,
                title="終了する",
                text=(
                    "回復キーを控えましたか。この画面を閉じると、もう表示できません。\n"
                    "控えていないときは、つぎにログインしたあと「設定」の「利用者とこの版」で新しい回復キーを発行してください。"
                ),
                verb="終了する",
                on_confirmed=self._go_back,
            )
        return False

    def _go_back(self) -> None:
        """Close the new data, for which no session was started, and end the program."""
        made, self._created = self._created, None
        if made is not None:
            close_unused_store(self._frame, made.store, on_closed=self._frame.shut_down)

    # the sample

    def choose_sample(self) -> None:
        """Create and open the sample year the first time; later ask whether it is opened as it was left or anew."""
        from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog

        password = str(recall("sample/password", "") or "")
        if not password or folder_layout.database_of(self._frame.launch.sample_folder) is None:
            self.open_sample(recreate=True)
            return
        entries = (
            LinkEntry(
                words="前回の見本を開く",
                second="前に見本で試した内容が、そのまま残っています。",
                follow=partial(self.open_sample, recreate=False),
            ),
            LinkEntry(
                words="新しい見本を作成する",
                second="前の見本は消して、12月1日の状態から試します。",
                verb="作成して開く",
                follow=partial(self.open_sample, recreate=True),
            ),
            LinkEntry(
                words="年度末の見本を作成する",
                second="前の見本は消して、年度が終わった4月5日の状態から試します。",
                verb="作成して開く",
                follow=partial(self.open_sample, recreate=True, after_year_end=True),
            ),
        )
        LinkListDialog("見本データで試す", entries, parent=self._frame).open()

    def open_sample(self, *, recreate: bool, after_year_end: bool = False) -> None:
        """Open the sample year without a question.

        ``recreate`` replaces the one that is there by a new one; False opens that as it was left. ``after_year_end``
        (only with ``recreate``) creates it in the state after its end.
        """
        from app.sample.services.sample_folder import new_sample_password
        from app.startup import folder_opening

        password = new_sample_password() if recreate else str(recall("sample/password"))
        launch = self._frame.launch
        self._frame.run_work(
            "見本データを用意しています" if recreate else "見本データを開いています",
            partial(
                folder_opening.open_sample,
                launch.sample_folder,
                password=password,
                recreate=recreate,
                now=launch.clock(),
                day=launch.sample_day,
                after_year_end=after_year_end,
            ),
            on_done=partial(self._on_sample_opened, password),
            on_failed=self._on_sample_failed,
        )

    def _on_sample_opened(self, password: str, entered: SessionStart) -> None:
        """Remember the password of the sample and start its session."""
        remember("sample/password", password)
        self._login_host.start_session(entered)

    def _on_sample_failed(self, problem: Exception) -> None:
        """Show why the sample year could not be opened."""
        from app.widgets.dialogs.failure_dialog import show_failure

        show_failure(failure_of(problem), self._frame)


def close_unused_store(frame: StartWindow, store: Store, *, on_closed: Any) -> None:
    """Close an opened folder for which no session was started, then call ``on_closed``."""
    from app.startup import folder_opening

    frame.run_work(
        "データを閉じています",
        partial(folder_opening.close_folder, store, now=frame.launch.clock()),
        on_done=lambda _notes: on_closed(),
        on_failed=lambda _problem: on_closed(),
    )


def _check_folder(folder: Path) -> Any:
    """Return the ``CheckedFolder`` that says whether new data can be created at ``folder``, or why not."""
    from app.startup import folder_opening

    return folder_opening.check_new_folder(folder)
