"""The fields for a new password, typed twice or shown, with feedback on its strength."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.common.password_rules import PasswordOwner, password_feedback, password_problem
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field

_DIFFERENT = "上のパスワードと違います。もう一度、同じものを入力してください。"


class PasswordForm(Form):
    """Form with further ``fields`` above the password and its repetition.

    A password that the user shows and reads need not be repeated. Only what is being typed is shown, never a stored
    password.

    Fields: those of ``fields``, ``password``, ``shown``, ``again``. Signals: those of ``Form``.
    """

    def __init__(
        self,
        fields: Sequence[Field] = (),
        *,
        login_id: str = "",
        name: str = "",
        label: str = "パスワード",
    ):
        """Build the form, empty; ``login_id`` and ``name`` must not make up the password.

        Fields with the keys ``login_id`` and ``display_name``, where there are any, count before them.
        """
        twice = (
            Field("password", label, "password", width=340),
            Field("shown", "", "check", words="パスワードを表示して確かめる"),
            Field("again", f"{label}（もう一度）", "password", width=340),
        )
        super().__init__((*fields, *twice))
        self._owner = PasswordOwner(login_id=login_id, name=name)
        for key in ("password", "again"):
            self._mask(key, True)
        self.editor("shown").setAccessibleName("パスワードを表示して確かめる")
        self.changed.connect(self._update_strength)
        # Leaving a field brings back its declared hint; the strength stays said instead.
        self._editors["password"].focus_left.connect(lambda: self._update_strength("password"))
        self._editors["again"].focus_left.connect(self._show_difference)
        self._update_strength("password")

    def _show_difference(self) -> None:
        """Say beside the second field that it differs from the first, once it is left."""
        again = self.value("again")
        if again and again != self.value("password"):
            self.set_problem("again", _DIFFERENT)

    def check_all(self) -> bool:
        """Return whether the form is valid, the password acceptable and, unless it is shown, both entries equal.

        What is not is shown beside its field, and the first such field gets the focus.
        """
        sound = super().check_all()
        password = str(self.value("password") or "")
        problem = ("", "")
        if password and password_problem(password, owner=self._password_owner()):
            problem = ("password", self._strength_text(password))
        elif sound and not self.value("shown") and password != self.value("again"):
            problem = ("again", _DIFFERENT)
        if problem[0]:
            self.set_problem(*problem)
            if sound:
                self.go_to(problem[0])
        self._update_strength("")
        return sound and not problem[0]

    def password(self) -> str:
        """Return the password as typed."""
        return str(self.value("password"))

    def clear_passwords(self) -> None:
        """Clear both passwords and mask them again."""
        self.set_values({"password": "", "again": "", "shown": False})
        self._show_or_mask()
        self._update_strength("password")

    def set_owner(self, login_id: str, name: str) -> None:
        """Set the person whose password it becomes; what the form's own fields say of them counts before it."""
        self._owner = PasswordOwner(login_id=login_id, name=name)

    def _password_owner(self) -> PasswordOwner:
        """Return whose password is typed: by the fields of the form where they are filled, else as set."""
        login_id, name = (
            str(self.value(key) or "") if key in self._editors else "" for key in ("login_id", "display_name")
        )
        return PasswordOwner(login_id=login_id or self._owner.login_id, name=name or self._owner.name)

    def _strength_text(self, password: str) -> str:
        return password_feedback(password, owner=self._password_owner())

    def _show_or_mask(self) -> None:
        """Show the password as plain text, then without the second field, or as dots."""
        shown = bool(self.value("shown"))
        self._mask("password", not shown)
        self.show_field("again", not shown)
        self.set_hint(
            "shown",
            "まわりから見えないことを確かめてください。表示している間は、もう一度の入力はいりません。" if shown else "",
        )
        if shown:
            self.set_values({"again": ""})

    def _mask(self, key: str, masked: bool) -> None:
        """Show the password field ``key`` as dots (``masked``) or as plain text.

        Either way its input method stays off, so that nothing is composed or learned.
        """
        box = self.editor(key)
        if isinstance(box, QLineEdit):
            box.setEchoMode(QLineEdit.EchoMode.Password if masked else QLineEdit.EchoMode.Normal)
            # Shown or not, keys are taken as they are at the login: nothing is composed or learned.
            box.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
            box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def _update_strength(self, key: str) -> None:
        """Show how strong the password is, and hide problems that no longer hold; ``key`` is the edited field."""
        if key == "shown":
            self._show_or_mask()
        password = str(self.value("password") or "")
        if self.problem_shown("password") and not password_problem(password, owner=self._password_owner()):
            self.set_problem("password", "")
        self.set_hint("password", self._strength_text(password))
        if key in ("password", "again") and self.problem_shown("again") and password == self.value("again"):
            self.set_problem("again", "")
