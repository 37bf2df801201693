"""The month: whole weeks from Sunday, marks in words, by mouse and by keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.widgets.month_calendar import DayMarks, MonthCalendar, page_days
from tests.support.window_parts import TODAY, calendar


def shown(qtbot) -> MonthCalendar:
    made = calendar()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    return made


def test_a_page_holds_whole_weeks_from_sunday():
    days = page_days(2026, 9)
    assert days[0] == date(2026, 8, 30)
    assert days[-1] == date(2026, 10, 3)
    assert len(page_days(2026, 2)) == 28
    assert page_days(2026, 12)[-1] == date(2027, 1, 2)


def test_a_day_says_in_words_what_it_holds(qtbot):
    made = shown(qtbot)
    assert made.page.day_text(date(2026, 9, 15)) == "9/15(火)　期限 1件（超過あり）"
    assert made.page.day_text(date(2026, 9, 21)) == "9/21(月)　閉庁日 敬老"
    assert "講習会 第3回" in made.page.day_text(date(2026, 9, 24))


def test_arrow_keys_choose_and_enter_opens(qtbot):
    made = shown(qtbot)
    made.page.setFocus()
    with qtbot.waitSignal(made.day_chosen) as told:
        qtbot.keyClick(made.page, Qt.Key.Key_Right)
    assert told.args[0] == TODAY
    qtbot.keyClick(made.page, Qt.Key.Key_Down)
    with qtbot.waitSignal(made.day_opened) as told:
        qtbot.keyClick(made.page, Qt.Key.Key_Return)
    assert told.args[0] == date(2026, 9, 23)
    assert made.page.accessibleDescription() == "9/23(水)　閉庁日 秋分"


def test_turning_the_page_asks_for_the_marks_of_that_month(qtbot):
    made = shown(qtbot)
    with qtbot.waitSignal(made.month_changed) as told:
        qtbot.keyClick(made.page, Qt.Key.Key_PageDown)
    assert told.args == [2026, 10]
    made.show_month(2026, 12)
    made.turn(1)
    assert made.month() == (2027, 1)
    next(button for button in made.findChildren(QPushButton) if button.text() == "今日").click()
    assert made.month() == (2026, 9)


def test_clicking_a_day_of_the_next_month_turns_there(qtbot):
    made = shown(qtbot)
    place = made.page.rect_of(date(2026, 10, 1)).center().toPoint()
    qtbot.mouseClick(made.page, Qt.MouseButton.LeftButton, pos=place)
    assert made.month() == (2026, 10)


def test_closed_days_come_from_the_calendar_of_the_office(qtbot):
    made = shown(qtbot)
    made.show_marks({date(2026, 9, 9): DayMarks(tip="くわしい説明")}, lambda day: day == date(2026, 9, 30))
    assert made.page.day_text(date(2026, 9, 30)) == "9/30(水)　閉庁日"
    assert made.page.day_text(date(2026, 9, 9)) == "くわしい説明"
