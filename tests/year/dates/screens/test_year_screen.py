"""年度の期日 on the screen: every date with its basis, closed, moved and taken back by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.screens.save_dialog import SaveDialog
from app.event.parts import BasisDialog, CloseTaskDialog, OverrideDialog
from app.event.services.tasks import deadlines
from app.main_window.action_routes import route_to
from app.programme import services as programme_services
from app.programme.intake import preset
from app.year.dates.screens import YearScreen
from app.year.dates.services import read_year_dates
from tests.support.doing import do
from tests.support.sample_desk import shown
from tests.support.waiting import opened
from tests.support.years import BY, add_lecture

NOW = datetime(2027, 3, 12, 10, 0)


@pytest.fixture
def screen(qtbot, store, desk_at):
    add_lecture(store, date(2026, 9, 24))
    desk = desk_at(NOW)
    return shown(qtbot, YearScreen(desk), desk, task="業務完了届")


def choose(screen, task):
    screen.table.choose(lambda one: one.id == task, take_focus=False)


def due(store, task):
    found = read_year_dates(store, today=NOW.date())
    return next(row for row in found.rows if row.id == task)


def test_it_stands_on_the_row_that_was_asked_for_and_says_its_basis(screen):
    assert screen.table.current().id == "業務完了届"
    assert "検査の10日以内が履行期間に収まる開庁日" in screen.note.words()
    assert screen.summary.text() == "令和8年度　未了 13件・済 0件"
    assert [one.is_offered for one in (screen.close_button, screen.move_button, screen.back_button)] == [
        True,
        True,
        False,
    ]


def test_the_deadlines_of_the_ward_are_saved_as_a_calendar(qtbot, screen, tmp_path):
    do(qtbot, screen, screen.calendar_button.click)
    dialog = opened(screen, SaveDialog)
    dialog.choose_folder(tmp_path)
    do(qtbot, screen, dialog.main.click)
    text = (tmp_path / "R8-カレンダー-区の期限.ics").read_text(encoding="utf-8")
    assert "SUMMARY:【目安】検査を終える" in text
    assert "業務完了届の提出" not in text


def test_a_paper_is_noted_as_received_and_the_inspection_counts_from_it(qtbot, store, screen):
    screen.close_button.click()
    dialog = opened(screen, CloseTaskDialog)
    dialog.main.click()
    assert dialog.form.problem_shown("reason")
    dialog.form.set_values({"closed_on": date(2027, 3, 11), "reason": "メールで受領"})
    do(qtbot, screen, dialog.main.click)

    assert due(store, "業務完了届").closing.closed_on == date(2027, 3, 11)
    assert due(store, "検査").task.nominal == date(2027, 3, 21)
    assert screen.summary.text() == "令和8年度　未了 12件・済 1件"
    choose(screen, "業務完了届")
    assert "メールで受領" in screen.note.words()
    assert [one.is_offered for one in (screen.close_button, screen.move_button, screen.back_button)] == [
        False,
        False,
        True,
    ]

    do(qtbot, screen, screen.back_button.click)
    assert due(store, "業務完了届").task.is_open


def test_what_has_steps_of_its_own_is_left_to_its_page(qtbot, store, screen):
    gone = []
    screen.app_context.navigation_requested.connect(lambda place, given: gone.append((place, given)))
    for task in ("検査を終える", "支払を終える"):
        choose(screen, task)
        assert not screen.close_button.is_offered
        screen.steps_button.click()
        screen.table.opened.emit(screen.table.current())
    assert gone == [("completion", {"programme_id": 1})] * 4
    choose(screen, "出納閉鎖")
    assert screen.close_button.is_offered
    assert not screen.steps_button.isVisible()


def test_a_date_is_moved_with_its_reason_and_computed_again(qtbot, store, screen):
    choose(screen, "提案書")
    screen.move_button.click()
    dialog = opened(screen, OverrideDialog)
    dialog.form.set_values({"due": date(2027, 3, 19), "reason": "予算の説明に使う"})
    do(qtbot, screen, dialog.main.click)

    task = due(store, "提案書").task
    assert (task.due, task.override_reason) == (date(2027, 3, 19), "予算の説明に使う")
    choose(screen, "提案書")
    assert "予算の説明に使う" in screen.note.words()
    do(qtbot, screen, screen.back_button.click)
    assert due(store, "提案書").task.override is None


def test_a_press_on_a_date_opens_its_arithmetic(screen):
    model = screen.table.model
    column = [column.key for column in model.columns].index("margin")
    row = next(number for number in range(model.rowCount()) if model.record(number).id == "出納閉鎖")
    screen.table.view.clicked.emit(model.index(row, column))

    assert opened(screen, BasisDialog).isVisible()


def test_enter_on_an_interim_date_goes_to_its_paper(screen):
    gone = []
    screen.app_context.navigation_requested.connect(lambda place, given: gone.append((place, given)))
    choose(screen, "中間集計（査定資料）")
    screen.table.opened.emit(screen.table.current())

    assert gone == [("survey_year", {"page": "中間集計"})]


def test_a_row_of_an_earlier_year_leads_to_that_year_and_choosing_a_year_leaves_it(qtbot, store, desk_at):
    known = preset()
    programme_services.start_programme(
        ActionContext(store, BY, NOW),
        programme=replace(known.programme, fiscal_year=2027, term_end=date(2028, 3, 31)),
        numbers=known.kinds,
        office=known.office,
    )
    desk = desk_at(datetime(2027, 3, 15, 9, 0))
    desk.choose_year(2027)
    task = next(one for one in deadlines.all_tasks(store, today=date(2027, 3, 15)) if one.task == "業務完了届")
    made = shown(qtbot, YearScreen(desk), desk, **route_to(task.link).arguments)
    assert made.summary.text().startswith("令和8年度")
    assert made.table.current().id == "業務完了届"

    desk.choose_year(2026)
    do(qtbot, desk, desk.choose_year, 2027)
    assert made.summary.text().startswith("令和9年度")
