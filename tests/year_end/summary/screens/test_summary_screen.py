"""年度まとめ on the screen: numbers open the rows behind them, a reason and the year before are typed, the line is
copied."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.action_context import ActionContext
from app.history import services as history_services
from app.main_window.action_routes import route_to
from app.programme.services import read_programme
from app.submissions.work_queue.services import read_work_queue
from app.widgets.buttons import Button
from app.widgets.dialogs.form_dialog import FormDialog
from app.year.dates import services as dates_services
from app.year_end.summary.rules import NO_BRANCH
from app.year_end.summary.screens.answers_page import InquiryAnswerDialog
from app.year_end.summary.screens.number_dialogs import EarlierYearDialog
from app.year_end.summary.screens.summary_screen import SourceRowsDialog, SummaryScreen
from app.year_end.summary.services.typed_numbers import remove_reason
from db.records.year.summary import AnswerFigure, YearAnswer
from db.rows import rows
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import wait_idle

HEADINGS = [
    "事業", "仕様書・期間", "実施", "予定", "未定", "1回の人数", "延べ人数", "実人数", "延べ団体", "実団体", "初参加",
    "前年 延べ", "見込み",
]  # fmt: skip


@pytest.fixture
def screen(qtbot, tmp_path):
    with session(tmp_path) as desk:
        made = shown(qtbot, SummaryScreen(desk), desk)
        yield made
        wait_idle(qtbot, desk)


def column(table, key: str) -> int:
    return [one.key for one in table.model.columns].index(key)


def press(qtbot, screen, table, row: int, key: str) -> None:
    """Click the number in a row."""
    index = table.model.index(row, column(table, key))
    table.view.scrollTo(index)
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=table.view.visualRect(index).center())
    wait_idle(qtbot, screen.app_context)


def test_who_came_to_a_kind_of_lecture_last_year_is_typed_where_it_is_missing(screen, qtbot):
    screen.show_page("満足計・前年")
    table = screen.earlier.lectures
    place = next(n for n, one in enumerate(table.model.records()) if one.name == "LINE講習会")
    cell = table.model.index(place, column(table, "visits_before"))
    assert cell.data() == "記録なし"
    do(qtbot, screen, table.opened.emit, table.model.record(place))
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values({"visits": 21})
    do(qtbot, screen, dialog.main.click)
    assert "出どころ" in dialog.refusal.words()
    dialog.form.set_values({"source": "令和7年度 実施報告書"})
    do(qtbot, screen, dialog.main.click)
    now = {one.name: one.visits_before for one in screen.earlier.lectures.model.records()}
    assert now["LINE講習会"] == 21
    assert screen.found.summary.kinds[0].earlier is not None, "the numbers of the whole kind stay as they were typed"


def test_the_foot_leads_into_the_year_that_is_shown(screen, qtbot):
    desk, went = screen.app_context, []
    desk.navigation_requested.connect(lambda place, given: went.append((place, given)))
    now = datetime(2027, 3, 20, 9)
    dates_services.start_year(
        ActionContext(desk.store, BY, now), draft=dates_services.next_year_draft(desk.store, today=now.date())
    )
    mine = read_programme(desk.store, fiscal_year=2027).programme.id
    do(qtbot, desk, desk.choose_year, 2027)
    next(one for one in screen.overview.links if one.text().startswith("資料・報告")).click()
    assert went == [("turns", {"programme_id": mine})]


def test_the_picture_stands_there_and_a_number_opens_its_rows(screen, qtbot):
    table = screen.overview.table
    assert [one.title for one in table.model.columns] == HEADINGS
    assert [one.name for one in table.model.records()] == ["講習会", "アドバイザー派遣", "意見交換会", "計"]
    press(qtbot, screen, table, 0, "実人数")
    dialog = dialog_over(screen, SourceRowsDialog)
    figures = screen.found.summary.kinds[0]
    assert (dialog.windowTitle(), dialog.accessibleDescription()) == ("講習会　実人数", f"{figures.counts.people}人")
    assert len(dialog.table.model.records()) == figures.counts.people
    # Esc leads back to the number; Enter opens the list of the number on which one stands.
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(3, column(table, "延べ団体")))
    qtbot.keyClick(table.view, Qt.Key.Key_Right)
    assert screen.overview.hint.text().endswith("いまの Enter：計の実団体")
    do(qtbot, screen, qtbot.keyClick, table.view, Qt.Key.Key_Return)
    found = dialog_over(screen, SourceRowsDialog)
    assert len(found.table.model.records()) == screen.found.summary.total.counts.groups
    went = []
    screen.app_context.navigation_requested.connect(lambda place, arguments: went.append((place, arguments)))
    qtbot.keyClick(found.table.view, Qt.Key.Key_Down)
    qtbot.keyClick(found.table.view, Qt.Key.Key_Return)
    assert [place for place, _arguments in went] == ["organisations"]


def test_table_and_line_are_copied(screen, qtbot):
    qtbot.keyClick(screen.overview.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().split("\n")
    assert copied[0].split("\t")[:4] == ["事業", "仕様書", "期間", "実施"]
    assert len(copied) == 5
    screen.overview.copy_button.click()
    assert QApplication.clipboard().text() == screen.found.summary.line_to_copy
    assert "令和8年12月1日現在" in QApplication.clipboard().text()


def test_every_row_of_a_season_leads_to_where_it_is_done_by_mouse_and_by_enter(screen, qtbot):
    went = []
    screen.app_context.navigation_requested.connect(lambda place, arguments: went.append((place, arguments)))
    rows = {one.shown.title: one for one in screen.overview.cards.rows}
    assert len(rows) == 12
    for one in rows.values():
        assert route_to(one.shown.link).screen_name
    qtbot.mouseClick(rows["完了・検査・支払"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(rows["引継書"], Qt.Key.Key_Return)
    assert [place for place, _arguments in went] == ["completion", "handover"]
    turns = read_work_queue(screen.app_context.store, today=screen.app_context.today(), fiscal_year=2026)
    assert [one.text() for one in screen.overview.links].count(f"資料・報告　{turns.words}") == 1
    # A page of 年度 itself opens here, and Esc leads back.
    rows["照会への回答"].click()
    assert (screen.current_page, screen.title.text(), screen.back.isVisible()) == ("照会への回答", "照会への回答", True)
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert (screen.current_page, screen.title.text(), screen.back.isVisible()) == ("", "年度", False)
    screen.open_with(page="満足計・前年")
    assert screen.view_state() == {"page": "満足計・前年"}


def test_specification_outlook_and_the_year_before_open_their_pages(screen, qtbot):
    table = screen.overview.table
    for key, page in (("spec", "仕様との対照"), ("outlook", "仕様との対照"), ("before", "満足計・前年")):
        press(qtbot, screen, table, 1, key)
        assert screen.current_page == page
        screen.show_page("")
    assert table.model.index(1, column(table, "before")).data() == "記録なし"
    press(qtbot, screen, table, 3, "実団体")
    more = next(
        one for one in dialog_over(screen, SourceRowsDialog).findChildren(Button) if one.text() == "支部ごとの数"
    )
    more.click()
    assert screen.current_page == "支部ごとの数"


def test_a_number_that_is_not_as_asked_gets_its_reason(screen, qtbot):
    remove_reason(ActionContext(screen.app_context.store, BY, NOW), programme_id=1, item="講習会/実施報告書")
    do(qtbot, screen, screen.reload)
    assert screen.overview.stops.text() == "仕様と違うのに理由のない数 1"
    screen.overview.stops.click()
    assert screen.current_page == "仕様との対照"
    assert "デジタル活用講習会の実施報告書" in screen.judged.note.words()
    line = next(one for one in screen.found.summary.lines if one.blocks_document)
    screen.judged.table.choose(lambda one: one.id == line.id)
    do(qtbot, screen, screen.judged.table.acted.emit, screen.judged.table.current())
    dialog = dialog_over(screen, FormDialog)
    do(qtbot, screen, dialog.main.click)
    assert dialog.refusal.isVisible()
    dialog.form.set_values({"reason": "受託者の担当者が入院した", "agreement_id": None})
    do(qtbot, screen, dialog.main.click)
    assert not screen.found.summary.blocking_lines
    assert not screen.judged.note.isVisible()
    # Enter shows the events behind the judgement.
    screen.judged.table.opened.emit(screen.judged.table.current())
    behind = dialog_over(screen, SourceRowsDialog)
    assert [one.cells[2] for one in behind.table.model.records()].count("仕様と違う") == 1
    behind.reject()
    do(qtbot, screen, screen.judged.table.delete_asked.emit, [screen.judged.table.current()])
    assert [one.id for one in screen.found.summary.blocking_lines] == [line.id]


def test_the_year_before_is_typed_and_taken_back(screen, qtbot):
    screen.show_page("満足計・前年")
    assert "仕様書4(1)カ" in screen.earlier.source.text()
    do(qtbot, screen, screen.earlier_button.click)
    dialog = dialog_over(screen, EarlierYearDialog)
    # What was typed of a kind stands there; another kind begins anew.
    assert (dialog.form.value("kind"), dialog.form.value("延べ人数")) == ("講習会", 58)
    kind = dialog.form.editor("kind")
    kind.setCurrentIndex(kind.findText("意見交換会"))
    kind.activated.emit(kind.currentIndex())
    assert dialog.form.value("延べ人数") is None
    dialog.form.set_values({"延べ人数": 30, "source": "係の記録"})
    do(qtbot, screen, dialog.main.click)
    assert screen.found.summary.kinds[2].earlier.number == 30
    history_services.undo(screen.app_context.store, by=BY, now=NOW)
    do(qtbot, screen, screen.reload)
    assert screen.found.summary.kinds[2].earlier is None


def test_a_branch_opens_the_people_who_came_from_it(screen, qtbot):
    do(qtbot, screen, screen.show_page, "支部ごとの数")
    press(qtbot, screen, screen.branches.branches, 0, "延べ人数")
    dialog = dialog_over(screen, SourceRowsDialog)
    assert len(dialog.table.model.records()) == screen.found.summary.branches[0].counts.visits
    assert {one.cells[2] for one in dialog.table.model.records()} == {screen.found.summary.branches[0].name}


def test_a_question_of_the_council_is_answered_with_numbers_and_kept(screen, qtbot):
    screen.show_page("照会への回答")
    assert len(screen.answers.table.model.records()) == 1
    screen.answers.add.click()
    dialog = dialog_over(screen, InquiryAnswerDialog)
    dialog.head.set_values({"question": "延べ何人か", "asked_by": "見本議員"})
    dialog.boxes["/延べ人数"].setChecked(True)
    visits = screen.found.summary.total.counts.visits
    assert dialog.words.value("answer") == f"令和8年12月1日現在、全体の延べ人数は{visits}人です。"
    do(qtbot, screen, dialog.main.click)
    table = screen.answers.table
    assert table.model.records()[0].question == "延べ何人か"
    table.choose(lambda one: one.question == "延べ何人か")
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert f"全体の延べ人数　{visits}人" in QApplication.clipboard().text()


def test_who_asks_next_gets_the_same_number_or_a_named_difference(screen, qtbot):
    screen.show_page("照会への回答")
    store, visits = screen.app_context.store, screen.found.summary.total.counts.visits
    (before,) = rows(store.database, YearAnswer)
    figures = (
        AnswerFigure(title="全体の延べ人数", value="99人", source="出席の記録"),
        AnswerFigure(title="全体の実施", value="8回", source="実施の記録"),
    )
    with store.change(action="前の回答", by="見本　係員", now=screen.app_context.now()) as change:
        change.update(YearAnswer, before.id, figures=figures, day=date(2026, 11, 2), asked_by="広報課")
    do(qtbot, screen, screen.reload)
    screen.answers.add.click()
    dialog = dialog_over(screen, InquiryAnswerDialog)
    dialog.boxes["/延べ人数"].setChecked(True)
    assert dialog.words.value("answer") == (
        f"令和8年12月1日現在、全体の延べ人数は{visits}人です。令和8年11月2日現在の全体の延べ人数は99人と回答しています。"
    )
    dialog.boxes["/延べ人数"].setChecked(False)
    dialog.boxes["/実施"].setChecked(True)
    assert "広報課へ同じ数を答えています" in dialog.before.text()
    assert "回答しています" not in dialog.words.value("answer")


def test_what_an_answer_still_lacks_is_said_all_at_once_with_the_keyboard_on_the_first(screen):
    screen.show_page("照会への回答")
    screen.answers.add.click()
    dialog = dialog_over(screen, InquiryAnswerDialog)
    dialog.words.set_values({"answer": ""})
    dialog.main.click()
    assert all((dialog.head.problem_shown("question"), dialog.words.problem_shown("answer")))
    assert dialog.focusWidget() is dialog.head.editor("question")


def test_no_column_of_dashes_stands_where_no_first_visit_was_counted(screen, qtbot):
    table, number = screen.overview.table, column(screen.overview.table, "初参加")
    found = screen.found.summary
    screen.resize(1600, 900)
    qtbot.waitUntil(lambda: table.view.viewport().width() > 900)

    def show(first: int | None) -> None:
        kinds = tuple(replace(one, first=first) for one in found.kinds)
        changed = replace(found, kinds=kinds, total=replace(found.total, first=None))
        screen.overview.show_page(replace(screen.found, summary=changed))

    show(3)
    assert not table.view.isColumnHidden(number)
    show(None)
    assert table.view.isColumnHidden(number)


def test_each_mark_of_the_pictures_opens_what_it_was_counted_from(screen, qtbot):
    desk, went = screen.app_context, []
    desk.navigation_requested.connect(lambda place, given: went.append((place, given)))
    screen.pictures_button.click()
    assert screen.view_state() == {"page": "数を絵で"}
    page, found = screen.pictures, screen.found.summary
    assert page.attendance.view.buttons[3].accessibleName() == (
        "第1回 派遣 見本あおば町会　10/21　派 第1回　9人　仕様の人数 10人"
    )
    qtbot.mouseClick(page.attendance.view.buttons[3], Qt.MouseButton.LeftButton)
    assert went.pop() == ("event", {"event_id": found.attendance[3].event.id})
    # With the keyboard: Tab goes through the marks, Enter opens.
    button = page.satisfaction.view.buttons[0]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(page.satisfaction.view.buttons[1], Qt.Key.Key_Return)
    assert went.pop() == ("survey", {"event_id": found.satisfaction.events[1].event.id})
    do(qtbot, desk, page.branches.view.buttons[0].click)
    dialog = dialog_over(screen, SourceRowsDialog)
    assert dialog.windowTitle() == "第1支部　延べ人数"
    assert dialog.accessibleDescription().startswith("20人")
    dialog.reject()
    do(qtbot, desk, page.attendance.table_link.click)
    assert len(dialog_over(screen, SourceRowsDialog).table.model.records()) == len(found.attendance)
    dialog_over(screen, SourceRowsDialog).reject()
    # Of the year before there are typed numbers, and no rows.
    do(qtbot, desk, page.earlier.view.buttons[1].click)
    assert dialog_over(screen, SourceRowsDialog).windowTitle() == "講習会　延べ人数"
    assert dialog_over(screen, SourceRowsDialog).accessibleDescription() == "75人"
    dialog_over(screen, SourceRowsDialog).reject()
    page.earlier.view.buttons[0].click()
    assert screen.current_page == "満足計・前年"
    screen.earlier.satisfaction_chart.view.buttons[0].click()
    assert went.pop()[0] == "survey"
    do(qtbot, desk, screen.earlier.earlier_chart.view.buttons[0].click)
    assert dialog_over(screen, EarlierYearDialog).isVisible()
    dialog_over(screen, EarlierYearDialog).reject()
    screen.show_page("支部ごとの数")
    do(qtbot, desk, screen.branches.chart.view.buttons[1].click)
    assert dialog_over(screen, SourceRowsDialog).windowTitle().startswith("第4支部")
    qtbot.keyClick(screen.branches.chart.view.buttons[1], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().split("\n")[:2] == ["支部\t延べ人数", "第1支部\t20"]


def test_an_office_without_branches_has_no_picture_of_them(screen, qtbot):
    screen.show_page("数を絵で")
    assert screen.pictures.branches.isVisible()
    found = screen.found.summary
    alone = tuple(replace(one, name=NO_BRANCH) for one in found.branches[:1])
    screen.pictures.show_summary(replace(found, branches=alone))
    assert not screen.pictures.branches.isVisible()


def test_a_year_without_numbers_says_so_in_place_of_the_pictures(screen, qtbot):
    desk = screen.app_context
    now = datetime(2027, 3, 20, 9)
    dates_services.start_year(
        ActionContext(desk.store, BY, now), draft=dates_services.next_year_draft(desk.store, today=now.date())
    )
    do(qtbot, desk, desk.choose_year, 2027)
    screen.show_page("数を絵で")
    assert screen.pictures.attendance.empty.isVisible()
    assert not screen.pictures.attendance.view.isVisible()
    assert "まだありません" in screen.pictures.satisfaction.empty.text()
