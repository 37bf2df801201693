"""The login page: ID and password for the folder used last, and links to the other ways of opening."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.data_folder.screens.start_page import WHAT_IT_IS, StartPage, StartSidebar
from app.data_folder.screens.try_pause import PasswordPage, TryPause
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button, link_button
from app.widgets.display_texts import moment_words, path_words
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import small_label, wrapped_label
from app.widgets.layouts import row_of
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.failure_messages import Failure

_FIELDS = (
    Field("login_id", "ID", width=240),
    Field("password", "パスワード", "password", width=340),
)


_COLUMN = 520


class LoginPage(PasswordPage, StartPage):
    """Page to log in to a data folder, for writing or reading.

    Signals: ``login_asked(str, str)`` ID and password; ``read_asked(str, str)`` the same for 閲覧専用;
    ``folder_chosen(Path)``; ``sample_asked()``.
    """

    login_asked = Signal(str, str)
    read_asked = Signal(str, str)
    folder_chosen = Signal(object)

    def __init__(self, tries: TryPause):
        super().__init__(StartSidebar(WHAT_IT_IS), "ログイン")
        self._published_at: datetime | None = None
        self.form = Form(_FIELDS)
        ask = partial(self._ask, self.login_asked)
        for key in ("login_id", "password"):
            box = self.form.editor(key)
            if isinstance(box, QLineEdit):
                box.returnPressed.connect(ask)
        self.problem = NoteBox("", "red")
        self.login_button = Button("開く", ask, kind="main", tall=True)
        self.login_button.setMinimumWidth(160)
        place = Panel("データの場所")
        self._folder_label = wrapped_label()
        self.browse_button = Button("別の場所を選ぶ", self._browse, icon_name="folder-open", low=True)
        self.first_run_button = link_button("新しく始める・同僚のデータを開く")
        place.put(self._folder_label, widget_row(self.browse_button, self.first_run_button, None))
        for part in (self.form, self.problem, row_of(None, self.login_button), place):
            part.setMaximumWidth(t.scaled(_COLUMN))
            self.add(part)
        ways = Panel("ほかの開き方")
        self.read_button = Button("閲覧専用で開く", partial(self._ask, self.read_asked), icon_name="eye", low=True)
        self._published_label = small_label()
        self.recovery_button = Button("回復キーで開く", icon_name="key", low=True)
        self.restore_button = Button("バックアップから復元する", icon_name="clock-counter-clockwise", low=True)
        self.day_button = Button("当日持出しファイルを開く", icon_name="identification-badge", low=True)
        for button, words in (
            (self.read_button, self._published_label),
            (self.recovery_button, "パスワードを忘れたとき。新しいパスワードを決めて開きます。"),
            (self.restore_button, "データが壊れたとき、消えたとき。新しいフォルダーに復元します。"),
            (self.day_button, "会場で、持ち出した1回分の受付をするとき。"),
        ):
            way = widget_row(button, small_label(words) if isinstance(words, str) else words)
            way.setStretch(1, 1)
            ways.put(way)
        self.add(ways, None)
        self.follow_tries(tries, self.form, self.login_button)

    def show_folder(self, folder: Path, *, login_id: str, published_at: datetime | None) -> None:
        """Show the data folder and the last login ID, clear password and message, and focus the first field to fill in.

        The message of a pause stays as long as that.

        ``published_at`` is the time of the published copy; None = there is none, and reading is disabled.
        """
        self._folder_label.setText(path_words(folder))
        self.reset_problem()
        self.form.set_values({"login_id": login_id, "password": ""})
        self.show_published_time(published_at)
        self.focus_first_field()

    def focus_first_field(self) -> None:
        """Set the focus to the ID while it is empty, else to the password."""
        self.form.go_to("password" if self.credentials()[0] else "login_id")

    def show_published_time(self, published_at: datetime | None) -> None:
        """Show the time of the published copy and enable reading it; None says that there is none.

        During a pause reading has to wait too, as it needs the same password, and that is said instead of the time.
        """
        self._published_at = published_at
        self.read_button.setEnabled(published_at is not None and not self.tries.seconds)
        if published_at is None:
            self._published_label.setText("閲覧用の写しは、まだありません。")
        elif self.tries.seconds:
            self._published_label.setText(
                f"閲覧専用で開くときも、パスワードが要ります。{self.tries.seconds}秒たつと、もう一度開けます。"
            )
        else:
            self._published_label.setText(f"{moment_words(published_at)} の写しを見ます。使用中でも開けます。")

    def show_failure(self, failure: Failure) -> None:
        """Show why it did not open; the password is to be typed again."""
        show_failure_in(failure, self.problem)
        self.form.set_values({"password": ""})
        self.form.go_to("password")

    def show_note(self, text: str) -> None:
        """Show a message above the button before the login, and go to the password."""
        self.problem.show_text(text, tone="accent")
        self.form.go_to("password")

    def update_pause(self) -> None:
        """Pause reading too."""
        super().update_pause()
        self.show_published_time(self._published_at)

    def credentials(self) -> tuple[str, str]:
        """Return the ID, without blanks around it, and the password as typed."""
        return self.form.text("login_id").strip(), self.form.text("password")

    def clear_password(self) -> None:
        """Clear the password field."""
        self.form.set_values({"password": ""})

    def _ask(self, asked: SignalInstance) -> None:
        """Emit ``asked`` with ID and password if the form is valid and no pause runs."""
        if not self.tries.seconds and self.form.check_all():
            self.problem.show_text("")
            asked.emit(*self.credentials())

    def _browse(self) -> None:
        """Let the user choose the data folder in a dialog, and emit ``folder_chosen``."""
        chosen = QFileDialog.getExistingDirectory(self, "データのフォルダーを選ぶ")
        if chosen:
            self.folder_chosen.emit(Path(chosen))
