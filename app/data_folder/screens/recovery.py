"""Opening with the printed recovery key, and showing a new one.

To open, the key is typed first, then the user and a new password are chosen. A new key is printed from memory or
written down, and confirmed before going on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QLineEdit, QRadioButton, QWidget

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.password_form import PasswordForm
from app.data_folder.screens.sheet_printing import SheetPrinter
from app.data_folder.screens.try_pause import PasswordPage, TryPause
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceEditor, Field
from app.widgets.labels import Paragraph, heading, label, styled_frame, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_column, in_grid
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.background_task import Tasks
from app.window.failure_messages import failure_of
from app.window.fonts import ui_font

_GROUPS_PER_ROW = 4
_KEY_FIELDS = (
    Field(
        "key",
        "回復キー",
        hint="印刷した紙の番号の順に。小文字でも、間の空白やハイフンがなくてもかまいません。",
    ),
)


class RecoveryKeyView(QWidget):
    """Shows a recovery key, prints its sheet and asks the user to confirm that it is kept.

    印刷した can be ticked only after printing.
    Signals: ``confirmed(bool)`` whether 印刷した or 書き写した is ticked.
    """

    confirmed = Signal(bool)

    def __init__(self, key: str, *, draw: Callable[[], bytes], tasks: Tasks):
        """Build the view; ``draw`` returns the sheet as a PDF in memory and runs in the background."""
        super().__init__()
        self._printer = SheetPrinter(draw, tasks, self, title="回復キー", on_failed=self._show_error)
        column = in_column(
            Paragraph(
                "パスワードを忘れたときは、このキーだけが頼りです。**この画面を閉じると、二度と表示できません。**\n"
                "ファイルには保存しません。印刷するか、紙に書き写して、鍵のかかる場所に保管してください。"
            ),
            self._groups(key),
            owner=self,
            spacing=12,
        )
        self.print_button = Button("回復キーを印刷する", self._print, icon_name="printer")
        column.addLayout(widget_row(self.print_button, None))
        self.note = NoteBox("", "red")
        add(column, self.note, label("回復キーを控えましたか", "strong"))
        self.printed = QRadioButton("印刷した")
        self.written = QRadioButton("書き写した")
        self._group = QButtonGroup(self)
        for button in (self.printed, self.written):
            self._group.addButton(button)
        column.addLayout(widget_row(self.printed, self.written, None, spacing=16))
        self._hint = label("「印刷した」は、印刷したあとで選べます。", "small")
        column.addWidget(self._hint)
        self.printed.setEnabled(False)
        self._group.buttonToggled.connect(lambda _button, _on: self.confirmed.emit(self.is_confirmed()))

    def is_confirmed(self) -> bool:
        """Return whether 印刷した or 書き写した is ticked."""
        return self._group.checkedButton() is not None

    def _groups(self, key: str) -> QFrame:
        frame = styled_frame("panel")
        frame.setProperty("tone", "top")
        grid = in_grid(frame, margins=(24, 16, 24, 16), across=32, down=4)
        for number, group in enumerate(key.split("-")):
            line, place = divmod(number, _GROUPS_PER_ROW)
            count = label(str(number + 1), "small")
            count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            signs = with_accessible_name(label(group, "strong"), f"{number + 1}番目　{' '.join(group)}")
            signs.setFont(ui_font(t.points("h1"), bold=True))
            signs.setStyleSheet(f"font-size: {t.points('h1')}pt; letter-spacing: 2px;")
            signs.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(count, line * 3, place)
            grid.addWidget(signs, line * 3 + 1, place)
        grid.setRowMinimumHeight(2, 12)
        grid.setColumnStretch(_GROUPS_PER_ROW, 1)
        frame.setAccessibleName("回復キー")
        return frame

    def _print(self) -> None:
        """Print the sheet with the recovery key; the button is disabled meanwhile."""
        self.print_button.setEnabled(False)
        self._printer.print(self._on_printed, lambda: self.print_button.setEnabled(True))

    def _on_printed(self) -> None:
        """Tick 印刷した, and ask to check that the sheet came out."""
        self.note.show_text("")
        self.printed.setEnabled(True)
        self.printed.setChecked(True)
        self._hint.setText("紙が出ていることを確かめてください。")

    def _show_error(self, problem: Exception) -> None:
        show_failure_in(failure_of(problem), self.note)


class RecoveryPage(PasswordPage, CentredPage):
    """The page to open with the recovery key.

    Signals: ``key_entered(str)``; ``password_chosen(str, str, bool)`` ID, new password and whether the user
    becomes 担当.
    """

    key_entered = Signal(str)
    password_chosen = Signal(str, str, bool)

    def __init__(self, tries: TryPause):
        super().__init__()
        self.add(heading("回復キーで開く"))
        self._words = wrapped_label()
        self.key_form = Form(_KEY_FIELDS)
        self.user_field = ChoiceEditor(Field("who", "利用者", "choice", width=340))
        self.user_field.target().setAccessibleName("利用者")
        self.user_label = label("新しいパスワードを決める人", "strong")
        self.user_field.box.currentIndexChanged.connect(self._update_role)
        self.role = wrapped_label("この人は、担当ではありません。印を付けないときは、役割はそのままです。")
        self.write_box = QCheckBox("役割を「担当」にする（入力も出力もできるようになります）")
        self.password_form = PasswordForm(label="新しいパスワード")
        self.problem = NoteBox("", "red")
        who = (self.user_label, self.user_field, self.role, self.write_box)
        self.add(self._words, self.key_form, *who, self.password_form, self.problem, None)
        self.cancel = Button("やめる", tall=True)
        self.confirm_button = Button("", self._confirm, kind="main", tall=True)
        self.add_buttons(None, self.cancel, self.confirm_button)
        self._users: tuple[tuple[str, str, bool], ...] = ()
        box = self.key_form.editor("key")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._confirm)
        self.follow_tries(tries, self.key_form, self.confirm_button)
        self.ask_key()

    def ask_key(self) -> None:
        """Show the emptied field for the recovery key."""
        self._users = ()
        self._words.setText("パスワードを忘れたときに使います。開いたあと、新しいパスワードを決めます。")
        self.key_form.set_values({"key": ""})
        self.reset_problem()
        self._show(asking_key=True)
        self.focus_first_field()

    def ask_password(self, users: Sequence[tuple[str, str, bool]]) -> None:
        """Show, after a correct key, the fields for the user (ID, name, whether no 担当) and the new password."""
        self._users = tuple(users)
        self.key_form.set_values({"key": ""})
        self.problem.show_text("")
        self.user_field.box.clear()
        for login_id, name, _reader in self._users:
            self.user_field.box.addItem(f"{name}（ID {login_id}）", login_id)
        self._words.setText(
            "回復キーで開きました。新しいパスワードを決めてください。古いパスワードは使えなくなります。"
        )
        self.password_form.clear_passwords()
        self._show(asking_key=False)
        self.focus_first_field()

    def focus_first_field(self) -> None:
        """Set the focus to the key, or to the new password."""
        if self._users:
            self.password_form.go_to("password")
        else:
            self.key_form.go_to("key")

    def clear_secrets(self) -> None:
        """Clear the recovery key and the new password."""
        self.key_form.set_values({"key": ""})
        self.password_form.clear_passwords()

    def _show(self, *, asking_key: bool) -> None:
        """Show the field for the key (``asking_key``), or those for the user and the new password."""
        self.key_form.setVisible(asking_key)
        for part in (self.user_label, self.user_field, self.password_form):
            part.setVisible(not asking_key)
        self._update_role()
        self.confirm_button.set_words("回復キーで開く" if asking_key else "パスワードを決めて開く")

    def _update_role(self) -> None:
        """Show the box that makes the user 担当 (for when no 担当 is left) only where the role is another."""
        at = self.user_field.box.currentIndex()
        reads = 0 <= at < len(self._users) and self._users[at][2]
        for part in (self.role, self.write_box):
            part.setVisible(reads)
        if not reads:
            self.write_box.setChecked(False)

    def _confirm(self) -> None:
        """Emit ``key_entered``, or ``password_chosen`` once the key was correct, if the form is valid."""
        self.problem.show_text("")
        if not self._users:
            if self.key_form.check_all():
                self.key_entered.emit(str(self.key_form.value("key")))
            return
        login_id, writes = str(self.user_field.box.currentData()), self.write_box.isChecked()
        self.password_form.set_owner(login_id, next((name for one, name, _ in self._users if one == login_id), ""))
        if self.password_form.check_all():
            self.password_chosen.emit(login_id, self.password_form.password(), writes)
