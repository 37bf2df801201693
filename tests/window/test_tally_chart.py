"""Charts on the screen say the same numbers as on paper, in shape, number and word."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.documents.screens.painted_table import ink_on
from app.surveys.tally.screens.tally_chart_view import TallyChartView, band_fill, bar_fill
from app.window.theme import CHART_BANDS
from tests.support.window_parts import ma_chart, sa_chart


def test_the_chart_is_told_in_words_to_a_screen_reader(qtbot):
    view = TallyChartView(sa_chart())
    qtbot.addWidget(view)
    assert "ややそう思う 7人 43.8%" in view.accessibleDescription()
    assert "肯定計 12人 75.0%" in view.accessibleDescription()


def test_no_answer_is_a_hatch_and_special_options_differ_from_ordinary_ones():
    sa, ma = sa_chart(), ma_chart()
    assert band_fill(sa.rows[-1], 5) == "hatch"
    assert [band_fill(row, n) for n, row in enumerate(sa.rows[:5])] == list(CHART_BANDS)
    assert bar_fill(ma.rows[0]) != bar_fill(ma.rows[4])
    assert bar_fill(ma.rows[-1]) == "hatch"
    assert ink_on(CHART_BANDS[0]) != ink_on(CHART_BANDS[2])


def test_the_view_is_as_tall_as_its_content_at_any_width(qtbot):
    view = TallyChartView(ma_chart())
    qtbot.addWidget(view)
    assert view.heightForWidth(300) > view.heightForWidth(700) > 200


def test_a_question_nobody_answered_still_draws(qtbot):
    empty = replace(sa_chart(), base=0, rows=tuple(replace(row, count=0, percent="—") for row in sa_chart().rows))
    for chart in (empty, replace(ma_chart(), base=0)):
        view = TallyChartView(chart)
        qtbot.addWidget(view)
        view.resize(500, view.heightForWidth(500))
        assert not view.grab().isNull()


def test_the_band_is_divided_by_people(qtbot):
    view = TallyChartView(sa_chart())
    qtbot.addWidget(view)
    view.resize(480, view.heightForWidth(480))
    image = view.grab().toImage()
    rows = [[image.pixelColor(x, y).name().upper() for x in range(480)] for y in range(image.height())]
    band = max(rows, key=lambda line: line.count(CHART_BANDS[1]))
    assert abs(band.count(CHART_BANDS[0]) / 480 - 5 / 16) < 0.06
    assert abs(band.count(CHART_BANDS[1]) / 480 - 7 / 16) < 0.06


def test_ctrl_c_copies_the_numbers_as_a_table(qtbot):
    view = TallyChartView(ma_chart())
    qtbot.addWidget(view)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (lines[0], lines[1]) == ("Q5 使ってみたいこと\t人数\t％", "お知らせの一斉配信\t11\t68.8")
