"""A button that has no words yet is neither seen nor pressed; the words let it appear, as long as nobody hid it."""

import pytest
from PySide6.QtWidgets import QWidget

from app.events.calls.screens.call_panels import DecisionPanel
from app.widgets.buttons import Button
from app.widgets.layouts import in_column


@pytest.fixture
def place(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def put(place: QWidget, button: Button) -> Button:
    in_column(button, owner=place)
    place.show()
    return button


def test_words_that_come_later_let_it_appear_in_its_place_and_never_as_a_window(place):
    before, after = Button(""), Button("")
    before.set_words("中止にする")
    assert not before.isVisible()
    in_column(before, after, owner=place)
    place.show()
    assert before.isVisible()
    assert not after.isVisible()
    after.set_words("判断を記録する")
    assert after.isVisible()
    after.set_words("")
    assert not after.isVisible()


def test_one_that_is_shown_before_it_has_words_waits_for_them(place):
    button = put(place, Button(""))
    button.show()
    assert not button.isVisible()
    button.set_words("日付を変える")
    assert button.isVisible()


def test_one_that_was_hidden_stays_hidden_whatever_it_says(place):
    button = put(place, Button(""))
    button.hide()
    button.set_words("日付を変える")
    assert not button.isVisible()
    button.show()
    assert button.isVisible()


def test_the_change_of_an_event_is_not_offered_before_anything_was_decided(qtbot):
    """Nothing was read yet: the box says 中止, for which there is no other place to go to."""
    panel = DecisionPanel(fiscal_year=2026)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    asked: list[str] = []
    panel.change_asked.connect(asked.append)
    assert (panel.kind.currentText(), panel.change.isVisible()) == ("中止", False)
    with qtbot.capture_exceptions() as caught:
        panel.change.click()
    assert (asked, caught) == ([], [])
