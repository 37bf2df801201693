"""A new password is typed twice unseen, or shown and read; never is one in sight that nobody asked to see."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.password_form import PasswordForm
from tests.support.waiting import in_front

GOOD = "asagao to himawari 8"


@pytest.fixture
def form(qtbot):
    made = PasswordForm()
    qtbot.addWidget(made)
    made.show()
    in_front(qtbot, made)
    return made


def write(qtbot, form, key, text):
    form.go_to(key)
    qtbot.keyClicks(form.editor(key), text)


def masked(form):
    return form.editor("password").echoMode() == QLineEdit.EchoMode.Password


def tick(qtbot, form):
    form.go_to("shown")
    qtbot.keyClick(form.editor("shown"), Qt.Key.Key_Space)


def test_unseen_it_is_typed_twice_alike(form, qtbot):
    write(qtbot, form, "password", GOOD)
    assert masked(form)
    assert not form.check_all()
    write(qtbot, form, "again", f"{GOOD}9")
    assert not form.check_all()
    assert "上のパスワードと違います" in form.problem_shown("again")
    qtbot.keyClick(form.editor("again"), Qt.Key.Key_Backspace)
    assert form.check_all()
    assert form.password() == GOOD


def test_shown_and_read_it_is_typed_once(form, qtbot):
    write(qtbot, form, "password", GOOD)
    tick(qtbot, form)
    assert not masked(form)
    assert (form.editor("password").displayText(), form.editor("again").isVisible()) == (GOOD, False)
    # Shown or not, nothing is composed or learned: it is typed as it will be at the login.
    assert not form.editor("password").testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert form.check_all()
    assert form.password() == GOOD


def test_one_that_is_too_short_is_refused_shown_or_not(form, qtbot):
    write(qtbot, form, "password", "kurz")
    tick(qtbot, form)
    assert not form.check_all()
    assert form.problem_shown("password")


def test_masked_again_it_is_asked_for_twice_again(form, qtbot):
    write(qtbot, form, "password", GOOD)
    write(qtbot, form, "again", "other than it")
    tick(qtbot, form)
    tick(qtbot, form)
    assert masked(form)
    assert (form.editor("again").isVisible(), form.value("again")) == (True, "")
    assert not form.check_all()


def test_what_is_cleared_is_out_of_sight(form, qtbot):
    write(qtbot, form, "password", GOOD)
    tick(qtbot, form)
    form.clear_passwords()
    assert masked(form)
    assert (form.password(), form.value("shown"), form.editor("again").isVisible()) == ("", False, True)
