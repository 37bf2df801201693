"""The month calendar says by a sign, not by red alone, that a deadline has passed."""

from datetime import date

import pytest

from app.widgets.month_calendar import DayMarks, MonthPage
from app.window import theme as t

DAY = date(2026, 11, 25)


def drawn(qtbot, height: int, **marks) -> bytes:
    page = MonthPage()
    qtbot.addWidget(page)
    page.resize(460, height)
    page.show_month(2026, 11)
    page.show_marks({DAY: DayMarks(flags=2, **marks)}, lambda day: False)
    image = page.grab().toImage()
    return bytes(image.constBits())


@pytest.mark.parametrize("height", [420, 240])
def test_a_deadline_that_has_passed_differs_also_where_red_and_amber_are_one_grey(qtbot, monkeypatch, height):
    monkeypatch.setattr(t, "RED", t.AMBER)
    events = (("講習会", "講1"), ("派遣", "派2"))
    assert drawn(qtbot, height, overdue=True, events=events) != drawn(qtbot, height, events=events)
    assert drawn(qtbot, height, events=events) == drawn(qtbot, height, events=events)


def test_the_name_of_a_holiday_that_is_too_long_is_cut_and_not_left_out(qtbot):
    page = MonthPage()
    qtbot.addWidget(page)
    page.resize(200, 300)
    page.show_month(2026, 11)

    def seen(name):
        page.show_marks({DAY: DayMarks(closed=True, closed_words=name)}, lambda day: False)
        image = page.grab().toImage()
        # Its pixels are read while something holds it.
        return bytes(image.constBits())

    assert seen("勤労感謝") == seen("勤労") != seen("文化")
