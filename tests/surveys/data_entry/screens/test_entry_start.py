"""Data entry has room in a narrow window: its start, and the sheet that is typed."""

import pytest
from PySide6.QtWidgets import QScrollArea

from app.startup.pictures.sample_additions import event_ids, event_with
from app.surveys.data_entry.screens.entry_start import EntryStart
from app.surveys.data_entry.screens.question_row import QuestionRow
from app.widgets.screen import in_scroll_area
from app.window.style_sheet import apply_style, apply_text_size
from app.window.ui_settings import use_settings_file
from db.records.surveys import Question
from tests.support.layout import CUT, OUTSIDE, OVER, faults_of
from tests.support.sample import NOW
from tests.support.sample_desk import session
from tests.support.visits import until_quiet
from tests.support.whole_window import whole_window


def test_labels_go_above_their_fields_where_there_is_no_room_beside_them(qtbot):
    start = EntryStart("見本", read_only=False)
    qtbot.addWidget(start)
    apply_style(start)
    start.resize(900, 353)
    start.show()
    name, holder = start.form._parts["number"]
    bar = start.findChild(QScrollArea).horizontalScrollBar()
    for width, is_above in ((320, True), (900, False), (320, True)):
        start.resize(width, 353)
        qtbot.waitUntil(lambda above=is_above: (name.geometry().bottom() < holder.geometry().top()) == above)
        assert bar.maximum() == 0, width


@pytest.fixture
def largest_letters(qapp):
    use_settings_file(None)
    apply_text_size(qapp, "最大")
    yield
    apply_text_size(qapp, "標準")


def test_at_200_percent_in_the_largest_letters_nothing_is_scrolled_sideways(tmp_path, qtbot, largest_letters):
    """683×384 is what a PC of 1366×768 has left."""
    with session(tmp_path) as desk:
        event_id = event_with(event_ids(desk.store, NOW.date()), "第5回")
        window = whole_window(desk)
        window.go("survey")
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.setMinimumSize(0, 0)
        for place in ({}, {"event_id": event_id, "page": "検算・代行入力"}):
            window.go("survey", **place)
            window.resize(683, 384)
            until_quiet(window)
        panel = window._stack.currentWidget()
        page = panel.entry_page

        def sideways():
            return [area for area in window.findChildren(QScrollArea) if area.horizontalScrollBar().isVisible()]

        def faults():
            return [str(one) for one in faults_of(panel) if one.kind in (OUTSIDE, OVER, CUT)]

        assert window.width() == 683
        assert page.start_page.begin_button.isVisible()
        assert (sideways(), faults()) == ([], [])

        page.start_page.begin_button.click()
        until_quiet(window)
        row = page.board.rows[0]
        assert row.isVisible()
        assert (sideways(), faults()) == ([], [])
        # A choice stands in sight under its question, once the page has scrolled there.
        qtbot.waitUntil(lambda: not row.chips[0].visibleRegion().isEmpty())
        assert (sideways(), faults()) == ([], [])
        window.close()
        window.deleteLater()


@pytest.mark.parametrize(("width", "below"), [(900, False), (420, True)])
def test_the_choices_go_below_their_question_where_there_is_no_room_beside_it(qtbot, width, below):
    long = "どれも当てはまらないので、くわしいことを下の欄にできるだけ短く書きます"
    question = Question(code="a", title="役割", type="SA", options=("会長", long))
    row = QuestionRow(0, question)
    sheet = in_scroll_area(row)
    qtbot.addWidget(sheet)
    apply_style(sheet)
    sheet.resize(width, 300)
    sheet.show()
    qtbot.waitUntil(lambda: (row._answers.y() > row._holder.geometry().bottom()) == below)
    chip = row.chips[1]
    assert chip.mapTo(row, chip.rect().bottomRight()).x() < width
    assert chip.toolTip() == (long if below else "")
