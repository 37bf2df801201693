"""Opening with the printed recovery key, and showing a new one.

To open, first the key is typed, then it is said whose password is to be new. A new key is printed from memory or
written down, and confirmed before going on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QLineEdit, QRadioButton, QWidget

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.password_form import PasswordForm
from app.data_folder.screens.sheet_printing import SheetPrinter
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceEditor, Field
from app.widgets.labels import Paragraph, framed, heading, label, named, wrapped_label
from app.widgets.layouts import add, in_column, in_grid
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.widgets.sending import note_failure
from app.window import theme as t
from app.window.background_task import Tasks
from app.window.failure_messages import Failure, failure_of
from app.window.fonts import face

_IN_A_ROW = 4
_READER = "この人の役割は「閲覧」です。印を付けないときは、見るだけで開きます。"
_WRITES = "役割を「担当」にする（入力も出力もできるようになります）"
_KEY = (
    Field(
        "key",
        "回復キー",
        hint="印刷した紙の番号の順に。小文字でも、間の空白やハイフンがなくてもかまいません。",
    ),
)


class RecoveryKeyView(QWidget):
    """Shows a key, prints its sheet, asks for the confirmation.

    Signals: ``confirmed(bool)`` whether 印刷した or 書き写した is marked.
    """

    confirmed = Signal(bool)

    def __init__(self, key: str, *, draw: Callable[[], bytes], tasks: Tasks) -> None:
        """``draw`` gives the sheet as a PDF in memory; it runs beside the window."""
        super().__init__()
        self._printer = SheetPrinter(draw, tasks, self, title="回復キー", failed=self._fail)
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
        column.addLayout(row(self.print_button, None))
        self.note = NoteBox("", "red")
        add(column, self.note, label("回復キーを控えましたか", "strong"))
        self.printed = QRadioButton("印刷した")
        self.written = QRadioButton("書き写した")
        self._group = QButtonGroup(self)
        for button in (self.printed, self.written):
            self._group.addButton(button)
        column.addLayout(row(self.printed, self.written, None, spacing=16))
        self._hint = label("「印刷した」は、印刷したあとで選べます。", "small")
        column.addWidget(self._hint)
        self.printed.setEnabled(False)
        self._group.buttonToggled.connect(lambda _button, _on: self.confirmed.emit(self.is_confirmed()))

    def is_confirmed(self) -> bool:
        """Whether one of the two is marked."""
        return self._group.checkedButton() is not None

    def _groups(self, key: str) -> QFrame:
        frame = framed("panel")
        frame.setProperty("tone", "top")
        grid = in_grid(frame, margins=(24, 16, 24, 16), across=32, down=4)
        for number, group in enumerate(key.split("-")):
            line, place = divmod(number, _IN_A_ROW)
            count = label(str(number + 1), "small")
            count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            signs = named(label(group, "strong"), f"{number + 1}番目　{' '.join(group)}")
            signs.setFont(face(t.points("h1"), bold=True))
            signs.setStyleSheet(f"font-size: {t.points('h1')}pt; letter-spacing: 2px;")
            signs.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(count, line * 3, place)
            grid.addWidget(signs, line * 3 + 1, place)
        grid.setRowMinimumHeight(2, 12)
        grid.setColumnStretch(_IN_A_ROW, 1)
        frame.setAccessibleName("回復キー")
        return frame

    def _print(self) -> None:
        self.print_button.setEnabled(False)
        self._printer.print(self._on_printed, lambda: self.print_button.setEnabled(True))

    def _on_printed(self) -> None:
        self.note.say("")
        self.printed.setEnabled(True)
        self.printed.setChecked(True)
        self._hint.setText("紙が出ていることを確かめてください。")

    def _fail(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.note)


class RecoveryPage(CentredPage):
    """The page.

    Signals: ``key_given(str)``; ``password_given(str, str, bool)`` ID, new password and whether a 閲覧 becomes one of
    the 担当; ``left()``.
    """

    key_given = Signal(str)
    password_given = Signal(str, str, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.put(heading("回復キーで開く"))
        self._words = wrapped_label("")
        self.key_form = Form(_KEY)
        self.who = ChoiceEditor(Field("who", "利用者", "choice", width=340))
        self.who.target().setAccessibleName("利用者")
        self.who_label = label("新しいパスワードを決める人", "strong")
        self.who.box.currentIndexChanged.connect(self._tell_role)
        self.role = wrapped_label(_READER)
        self.writes = QCheckBox(_WRITES)
        self.password_form = PasswordForm(label="新しいパスワード")
        self.problem = NoteBox("", "red")
        who = (self.who_label, self.who, self.role, self.writes)
        self.put(self._words, self.key_form, *who, self.password_form, self.problem, None)
        self.cancel = Button("やめる", self.left.emit, tall=True)
        self.main = Button("", self._go, kind="main", tall=True)
        self.put_foot(None, self.cancel, self.main)
        self._users: tuple[tuple[str, str, bool], ...] = ()
        box = self.key_form.editor("key")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._go)
        self.ask_key()

    def ask_key(self) -> None:
        """Ask for the key."""
        self._users = ()
        self._words.setText("パスワードを忘れたときに使います。開いたあと、新しいパスワードを決めます。")
        self.key_form.set_values({"key": ""})
        self.problem.say("")
        self._show(asking_key=True)
        self.take_focus()

    def ask_password(self, users: Sequence[tuple[str, str, bool]]) -> None:
        """The key fits: ask for whom (ID, name, whether 閲覧) and for the new password."""
        self._users = tuple(users)
        self.key_form.set_values({"key": ""})
        self.problem.say("")
        self.who.box.clear()
        for login_id, name, _reader in self._users:
            self.who.box.addItem(f"{name}（ID {login_id}）", login_id)
        self._words.setText(
            "回復キーで開きました。新しいパスワードを決めてください。古いパスワードは使えなくなります。"
        )
        self.password_form.clear_passwords()
        self._show(asking_key=False)
        self.take_focus()

    def take_focus(self) -> None:
        """The key, or the new password."""
        if self._users:
            self.password_form.go_to("password")
        else:
            self.key_form.go_to("key")

    def show_failure(self, failure: Failure) -> None:
        """Say in place why it did not work."""
        note_failure(failure, self.problem)

    def forget(self) -> None:
        """Leave no secret in the fields."""
        self.key_form.set_values({"key": ""})
        self.password_form.clear_passwords()

    def _show(self, *, asking_key: bool) -> None:
        self.key_form.setVisible(asking_key)
        for part in (self.who_label, self.who, self.password_form):
            part.setVisible(not asking_key)
        self._tell_role()
        self.main.set_words("回復キーで開く" if asking_key else "パスワードを決めて開く")

    def _tell_role(self) -> None:
        """Who is 閲覧 stays so unless it is ticked: where no 担当 is left, somebody has to be able to type."""
        at = self.who.box.currentIndex()
        reads = 0 <= at < len(self._users) and self._users[at][2]
        for part in (self.role, self.writes):
            part.setVisible(reads)
        if not reads:
            self.writes.setChecked(False)

    def _go(self) -> None:
        self.problem.say("")
        if not self._users:
            if self.key_form.check_all():
                self.key_given.emit(str(self.key_form.value("key")))
            return
        login_id, writes = str(self.who.box.currentData()), self.writes.isChecked()
        self.password_form.set_owner(login_id, next((name for one, name, _ in self._users if one == login_id), ""))
        if self.password_form.check_all():
            self.password_given.emit(login_id, self.password_form.password(), writes)
