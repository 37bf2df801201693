"""Login: ID and password for the place of last time, and the other ways in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.data_folder.screens.railed_page import Rail, RailedPage
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row
from app.widgets.sending import note_failure
from app.widgets.shown_words import moment_words, path_words
from app.window.failure_messages import Failure
from app.window.later import later

WRONG_AT_ONCE: Final = 5
FIRST_PAUSE: Final = 5
LONGEST_PAUSE: Final = 60
"""So many wrong passwords go by without a pause; then so many seconds, twice as many each time, up to the longest."""
_FIELDS = (
    Field("login_id", "ID", width=240),
    Field("password", "パスワード", "password", width=340),
)


class LoginPage(RailedPage):
    """The page.

    Signals: ``login_asked(str, str)`` ID and password; ``read_asked(str, str)`` the same for 閲覧専用;
    ``folder_chosen(Path)``; ``recovery_asked()``; ``restore_asked()``; ``first_asked()`` to the first
    question; ``day_asked()`` to a 当日持出しファイル; ``sample_asked()``.
    """

    login_asked = Signal(str, str)
    read_asked = Signal(str, str)
    folder_chosen = Signal(object)
    recovery_asked = Signal()
    restore_asked = Signal()
    first_asked = Signal()
    day_asked = Signal()
    second_ms = 1000

    def __init__(self) -> None:
        super().__init__(Rail("町会・自治会デジタル活用支援事業を進める、区職員用の管理ソフトです。"), "ログイン")
        self._wrong = 0
        self._pause = later(self, lambda: self._rest(on=False))
        self.form = Form(_FIELDS)
        for key in ("login_id", "password"):
            box = self.form.editor(key)
            if isinstance(box, QLineEdit):
                box.returnPressed.connect(self._enter)
        self.problem = NoteBox("", "red")
        self.put(self.form, self.problem)
        self.problem.say("")
        self.enter = Button("開く", self._enter, kind="main", tall=True)
        self.enter.setMinimumWidth(160)
        self.put(row(self.enter, None))
        place = Panel("データの場所")
        self._where = wrapped_label("")
        self.browse = Button("別の場所を選ぶ", self._browse, icon_name="folder-open", low=True)
        self.begin = Button("新しく始める・同僚のデータを開く", self.first_asked.emit, kind="link")
        place.put(self._where, row(self.browse, self.begin, None))
        self.put(place)
        ways = Panel("ほかの開き方")
        self.read = Button("閲覧専用で開く", self._read, icon_name="eye", low=True)
        self._copy_time = wrapped_label("", "small")
        reading = row(self.read, self._copy_time)
        reading.setStretch(1, 1)
        self.recovery = Button("回復キーで開く", self.recovery_asked.emit, icon_name="key", low=True)
        recovering = row(
            self.recovery, wrapped_label("パスワードを忘れたとき。新しいパスワードを決めて開きます。", "small")
        )
        recovering.setStretch(1, 1)
        self.restore = Button(
            "バックアップから復元する", self.restore_asked.emit, icon_name="clock-counter-clockwise", low=True
        )
        restoring = row(
            self.restore, wrapped_label("データが壊れたとき、消えたとき。新しいフォルダーに復元します。", "small")
        )
        restoring.setStretch(1, 1)
        self.day = Button("当日持出しファイルを開く", self.day_asked.emit, icon_name="identification-badge", low=True)
        receiving = row(self.day, wrapped_label("会場で、持ち出した1回分の受付をするとき。", "small"))
        receiving.setStretch(1, 1)
        ways.put(reading, recovering, restoring, receiving)
        self.put(ways, None)

    def show_place(self, folder: Path, *, login_id: str, copied: datetime | None) -> None:
        """Show where the data lies and who logged in last; ``copied`` is the time of the copy for reading."""
        self._where.setText(path_words(folder))
        self.problem.say("")
        self.form.set_values({"login_id": login_id, "password": ""})
        self.show_copy(copied)
        self.take_focus()

    def take_focus(self) -> None:
        """The first field that is still empty."""
        self.form.go_to("password" if self.typed()[0] else "login_id")

    def show_copy(self, copied: datetime | None) -> None:
        """Say from when the copy for reading is."""
        self.read.setEnabled(copied is not None)
        if copied is None:
            self._copy_time.setText("閲覧用の写しは、まだありません。")
        else:
            self._copy_time.setText(f"{moment_words(copied)} の写しを見ます。ほかの人が使用中でも開けます。")

    def show_failure(self, failure: Failure) -> None:
        """Say in place why it did not open; the password is to be typed again."""
        note_failure(failure, self.problem)
        self.form.set_values({"password": ""})
        self.form.go_to("password")

    def tell(self, said: str) -> None:
        """Say something good to know above the button; the next thing is to log in."""
        self.problem.say(said, tone="accent")
        self.form.go_to("password")

    def count_wrong(self, failure: Failure) -> None:
        """Say a wrong password with how often it was wrong; from the fifth on a pause comes before the next try."""
        self._wrong += 1
        if self._wrong < WRONG_AT_ONCE:
            self.show_failure(
                replace(failure, lost=f"{self._wrong}回目です。{failure.lost}") if self._wrong > 1 else failure
            )
            return
        seconds = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self._wrong - WRONG_AT_ONCE))
        self.show_failure(
            replace(failure, lost=f"{self._wrong}回、違っていました。{seconds}秒たつと、もう一度入力できます。")
        )
        self._rest(on=True)
        self._pause.start(seconds * self.second_ms)

    def forget_wrong(self) -> None:
        """The right password was typed: the count begins anew."""
        self._wrong = 0

    def _rest(self, *, on: bool) -> None:
        self.form.setEnabled(not on)
        self.enter.setEnabled(not on)
        if not on:
            self.form.go_to("password")

    def typed(self) -> tuple[str, str]:
        """ID and password as typed."""
        return str(self.form.value("login_id")).strip(), str(self.form.value("password"))

    def forget_password(self) -> None:
        """Leave no password in the field."""
        self.form.set_values({"password": ""})

    def _enter(self) -> None:
        if not self._pause.isActive() and self.form.check_all():
            self.problem.say("")
            self.login_asked.emit(*self.typed())

    def _read(self) -> None:
        if not self._pause.isActive() and self.form.check_all():
            self.problem.say("")
            self.read_asked.emit(*self.typed())

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "データのフォルダーを選ぶ")
        if chosen:
            self.folder_chosen.emit(Path(chosen))
