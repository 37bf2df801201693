"""「鍵を替える」: explains the consequences, has every first password printed, then starts the change of the key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from app.data_folder.screens.recovery import RecoveryKeyView
from app.data_folder.screens.sheet_printing import SheetPrinter
from app.data_folder.services.accounts import MANAGER_MARK, check_own_password, draw_recovery_sheet
from app.data_folder.services.key_change import (
    FirstPassword,
    KeyChangePapers,
    KeyChangeRequest,
    OldBackups,
    draw_first_password,
)
from app.programme.rules import last_day_words
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label, separator, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.window.app_context import AppContext, with_store
from app.window.failure_messages import failure_of

_SAME = "替えたあとも、同じパスワードを使います。"
_OWN = (Field("password", "ご自分のパスワード", "password", width=340, hint=_SAME),)
RECOVERY_KEY = Field("recovery_key", "回復キー", width=460)
_WHY = (
    "人が抜けたときに、**これからのデータを、その人の知る鍵では開けないように**します。"
    "ほかの人がデジ活デスクを使っていない時間に行ってください。"
)
_STEPS_TEXT = (
    "デジ活デスクはいったん閉じ、鍵を替えると、ログインの画面に戻ります。"
    "途中で電源が切れても、前の鍵か新しい鍵のどちらか一方で開けます。"
)
_NOT_YET = "1人ずつの紙と回復キーを控えると、替えられます。"


class RecoveryKeyCheckDialog(DialogFrame):
    """Dialog that asks a person without the manager mark for the recovery key. Signals: those of ``DialogFrame``.

    ``on_accepted`` gets the key as typed; it is checked there, not here.
    """

    def __init__(self, parent: QWidget, *, on_accepted: Callable[[str], None]):
        super().__init__("鍵を替える", main="つぎへ", width=640, parent=parent)
        self.put(wrapped_label(f"「{MANAGER_MARK}」の印のない人が替えるときは、いまの回復キーが要ります。"))
        self.form = Form((RECOVERY_KEY,))
        self.put(self.form, None)
        self._go_on = on_accepted
        self.confirmed.connect(self._go)

    def _go(self) -> None:
        if self.form.check_all():
            self.accept()
            self._go_on(self.form.text("recovery_key"))


class PasswordRow(QWidget):
    """One person's 仮のパスワード after a key change, to be printed or copied by hand. Signals: none.

    Attributes: ``kept`` whether it was printed, or shown to be copied.
    """

    def __init__(self, one: FirstPassword, *, printer: SheetPrinter, changed: Callable[[], None]):
        super().__init__()
        self._one, self._changed, self.kept = one, changed, False
        self.shown = label("", "strong")
        self.state = label("まだ控えていません", "small")
        words = in_column(label(f"{one.display_name}（ID {one.login_id}）", "strong"), self.state, spacing=2)
        self.print_button = with_accessible_name(
            Button("印刷する", partial(printer.print, self._on_printed), icon_name="printer", low=True),
            f"{one.display_name}　仮のパスワードを印刷する",
        )
        self.show_button = with_accessible_name(
            Button("書き写す", self._show, icon_name="eye", low=True),
            f"{one.display_name}　仮のパスワードを表示して書き写す",
        )
        in_row((words, 1), self.shown, self.print_button, self.show_button, owner=self, spacing=8)

    def _on_printed(self) -> None:
        self._mark_on_paper("印刷しました。紙が出ていることを確かめてください。")

    def _show(self) -> None:
        """Show the password until the dialog closes, so that it can be copied by hand."""
        self.shown.setText(self._one.password)
        self._mark_on_paper("表示しました。紙に書き写し、封をして渡してください。")

    def _mark_on_paper(self, words: str) -> None:
        """Mark the password as printed or copied, and say ``words``."""
        self.kept = True
        self.state.setText(words)
        self._changed()


class KeyChangeDialog(DialogFrame):
    """Dialog that puts on paper what a key change needs, then requests it. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        app_context: AppContext,
        parent: QWidget,
        *,
        first_passwords: KeyChangePapers,
        old_backups: OldBackups,
        outside: int,
        folder: Path,
        clock: Callable[[], datetime],
        on_agreed: Callable[[KeyChangeRequest], object],
    ):
        """Build the dialog; ``outside`` is the number of 当日持出しファイル that are not back.

        ``on_agreed`` is called when everything is on paper and the user's own password was correct.
        """
        super().__init__(
            "鍵を替える",
            main="閉じて鍵を替える",
            width=880,
            full=True,
            note=_NOT_YET,
            parent=parent,
        )
        self.app_context, self._handed, self._agreed = app_context, first_passwords, on_agreed
        self.put(Paragraph(consequences_text(first_passwords, old_backups, outside)))
        self.rows = []
        if first_passwords.passwords:
            self.put(label("仮のパスワードの紙（1人ずつ、封をして渡す）", "strong"))
        for number, one in enumerate(first_passwords.passwords):
            draw = partial(draw_first_password, one, folder=folder, issued_by=app_context.user_name, issued_at=clock())
            printer = SheetPrinter(draw, app_context.tasks, self, title="仮のパスワード", on_failed=self._fail)
            line = PasswordRow(one, printer=printer, changed=self._update_button)
            self.rows.append(line)
            self.put(*([separator()] if number else []), line)
        self.put(separator(), label("新しい回復キー", "strong"))
        sheet = partial(
            draw_recovery_sheet,
            key=first_passwords.recovery_key,
            folder=folder,
            issued_by=app_context.user_name,
            issued_at=clock(),
        )
        self.recovery = RecoveryKeyView(first_passwords.recovery_key, draw=sheet, tasks=app_context.tasks)
        self.recovery.confirmed.connect(self._update_button)
        self.put(self.recovery, separator())
        self.form = Form(_OWN)
        self.put(self.form, None)
        box = self.form.editor("password")
        if isinstance(box, QLineEdit):
            box.textChanged.connect(self._update_button)
        self.confirmed.connect(self._check_password)
        self._update_button()

    def _update_button(self) -> None:
        """Enable the main button once everything is on paper."""
        left = sum(not line.kept for line in self.rows) + (not self.recovery.is_confirmed())
        self.main.setEnabled(not left and bool(self.form.value("password")))
        self.set_note(_NOT_YET if left else "替えたあとは、元の鍵に戻せません。")

    def _check_password(self) -> None:
        """Check the user's password, then close the dialog and request the key change."""
        self.set_busy(True)
        self.app_context.read(
            with_store(check_own_password, password=self.form.text("password")),
            lambda _right: self._agree(),
            on_failed=self._show_wrong_password,
        )

    def _agree(self) -> None:
        """Close the dialog and pass on the request for the key change."""
        wish = KeyChangeRequest(password=self.form.text("password"), papers=self._handed)
        self.accept()
        self._agreed(wish)

    def _show_wrong_password(self, problem: Exception) -> None:
        self.set_busy(False)
        self._update_button()
        self._fail(problem)
        self.form.go_to("password")

    def _fail(self, problem: Exception) -> None:
        show_failure_in(failure_of(problem), self.refusal)


def consequences_text(first_passwords: KeyChangePapers, old: OldBackups, outside: int) -> str:
    """Return what will happen, in order, and what the change does not affect."""
    count = len(first_passwords.passwords)
    others = (
        f"**ほかの利用者 {count}人のパスワードは使えなくなります。**仮のパスワードの紙を渡し、"
        "つぎのログインで自分のパスワードに替えてもらいます。"
    )
    said = [
        _WHY,
        others if count else "ほかに、ログインできる利用者はいません。",
        "**いまの回復キーも使えなくなります。**新しい回復キーを、替える前に控えます。",
        _STEPS_TEXT,
    ]
    if old.latest_day is not None:
        said.append(
            f"いままでのバックアップ {old.count}世代は、いまのパスワードで開けるままです"
            f"（データフォルダーの中のものは、最長 {last_day_words(old.latest_day)}まで）。"
            "持ち出された写しには、鍵を替えても届きません。"
        )
    if outside:
        said.append(f"会場に出ている当日持出しファイルが {outside}件 あります。自分の鍵を持つため、そのまま戻せます。")
    return "\n".join(f"・{one}" for one in said)
