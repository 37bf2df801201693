"""Taking in a list of 団体 in the window: the file, its columns, every row, one action, and back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.history.services import history
from app.papers.screens.leaving_dialog import PLAIN, SaveDialog
from app.subjects.register.screens.import_page import NEW, DecisionDialog
from app.subjects.register.screens.organisations_screen import OrganisationsScreen
from app.subjects.register.services.organisations import create_organisation, list_organisations
from app.window.background_task import Tasks
from app.window.desk import Desk
from db.records.organisations import Organisation
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import wait_idle
from tests.support.years import BY, NOW

SAMPLES = Path(__file__).parents[3] / "fixtures" / "organisations"
BOOK = SAMPLES / "11_団体一覧.xlsx"
TEXT = SAMPLES / "12_団体一覧_SJIS.csv"


@pytest.fixture
def desk(store, qtbot):
    tasks = Tasks()
    yield Desk(
        tasks=tasks, store=store, user_name=BY, fiscal_year=2026, clock=lambda: NOW, undo=history.undo,
        redo=history.redo,
    )  # fmt: skip
    tasks.shutdown()


@pytest.fixture
def screen(qtbot, desk):
    made = OrganisationsScreen(desk)
    shown(qtbot, made, desk)
    press(qtbot, desk, made.take_in)
    return made


def press(qtbot, desk, button) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)


def to_rows(qtbot, desk, screen, path: Path) -> None:
    screen.intake.ask_file = lambda: path
    press(qtbot, desk, screen.intake.start.choose)
    assert screen.intake.columns.isVisible()
    press(qtbot, desk, screen.intake.columns.on)
    assert screen.intake.rows.isVisible()


def rows(screen):
    return screen.intake.rows.table.model.records()


def test_a_year_of_247_organisations_goes_in_and_comes_back(qtbot, desk, screen, store):
    to_rows(qtbot, desk, screen, BOOK)
    take = screen.intake.rows.take
    assert take.text() == "247件を取り込む"
    press(qtbot, desk, take)
    start = screen.intake.start
    assert "247件加えました" in start.result.words()
    assert start.imports.model.records()[0].new == 247
    assert list_organisations(store).total == 247
    press(qtbot, desk, start.undo)
    assert list_organisations(store).total == 0


def test_after_the_import_the_list_stands_by_branch(qtbot, desk, screen):
    to_rows(qtbot, desk, screen, BOOK)
    press(qtbot, desk, screen.intake.rows.take)
    press(qtbot, desk, screen.intake.start.back)
    assert screen.organisations.table.count_line.text() == "247団体・17支部"
    assert screen.organisations.table.current().organisation.name == "桜見台西町会"


def test_a_list_with_lost_characters_shows_them_and_leaves_the_names_alone(qtbot, desk, screen):
    to_rows(qtbot, desk, screen, BOOK)
    press(qtbot, desk, screen.intake.rows.take)
    to_rows(qtbot, desk, screen, TEXT)
    view = screen.intake.rows
    assert view.take.text() == "9件を取り込む"
    view.tabs.choose(3)
    first = rows(screen)[0]
    assert first.outcome == "重複"
    cell = view.table.model.cell(0, 3)
    assert "文字が失われている。登録のまま" in cell.second


def test_the_columns_are_shown_and_a_wrong_choice_is_said_before_going_on(qtbot, desk, screen):
    screen.intake.ask_file = lambda: BOOK
    press(qtbot, desk, screen.intake.start.choose)
    columns = screen.intake.columns
    assert [box.currentText() for box in columns.boxes][:6] == [
        "支部",
        "団体名",
        "会長名",
        "電話",
        "世帯数",
        "段階　LINE",
    ]
    assert columns.columns() is None
    columns.boxes[1].setCurrentIndex(0)
    assert not columns.on.isEnabled()
    assert "団体名" in columns.problem.words()
    columns.boxes[1].setCurrentIndex(columns.boxes[1].findData("branch"))
    columns.boxes[2].setCurrentIndex(columns.boxes[2].findData("name"))
    assert "「支部」に2つ以上" in columns.problem.words()
    columns.boxes[1].setCurrentIndex(0)
    assert columns.on.isEnabled()
    assert columns.columns()[2] == "name"


def test_a_doubtful_row_is_decided_in_place(qtbot, desk, screen, store, tmp_path):
    create_organisation(store, organisation=Organisation(branch="第1支部", name="見本髙台町会"), by=BY, now=NOW)
    path = tmp_path / "一覧.csv"
    path.write_text("支部,団体名,会長名,世帯数\n第1支部,見本高台町会,見本　一,50\n", encoding="utf-8")
    to_rows(qtbot, desk, screen, path)
    view = screen.intake.rows
    assert [row.outcome for row in rows(screen)] == ["確認が必要"]
    assert not view.take.isEnabled()
    view.table.acted.emit(rows(screen)[0])
    dialog = dialog_over(screen, DecisionDialog)
    assert dialog.picker.field.text() == "見本髙台町会（第1支部）"
    press(qtbot, desk, dialog.main)
    assert view.take.text() == "1件を取り込む"
    view.tabs.choose(0)
    assert [row.outcome for row in rows(screen)] == ["更新"]
    view.table.acted.emit(rows(screen)[0])
    dialog = dialog_over(screen, DecisionDialog)
    dialog.form.set_values({"action": NEW})
    press(qtbot, desk, dialog.main)
    press(qtbot, desk, view.take)
    assert [row.organisation.name for row in list_organisations(store).rows] == ["見本髙台町会", "見本高台町会"]


def test_the_rows_to_look_at_leave_as_a_workbook_with_the_reason(qtbot, desk, screen, tmp_path):
    folder = tmp_path / "出力"
    folder.mkdir()
    to_rows(qtbot, desk, screen, BOOK)
    press(qtbot, desk, screen.intake.rows.export)
    dialog = dialog_over(screen.window(), SaveDialog)
    dialog.choose_folder(folder)
    dialog.form.set_values({"way": PLAIN, "reason": "見本の確認"})
    dialog.form.changed.emit("way")
    press(qtbot, desk, dialog.main)
    sheet = openpyxl.load_workbook(next(folder.glob("*.xlsx"))).active
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    found = next(row for row in cells if "早稲見本町会" in row)
    assert any("約300" in cell for cell in found)
    assert any("数として読めない" in cell for cell in found)


def test_a_file_that_cannot_be_taken_says_why_and_nothing_happens(qtbot, desk, screen, store, tmp_path):
    path = tmp_path / "写真.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    screen.intake.ask_file = lambda: path
    press(qtbot, desk, screen.intake.start.choose)
    assert screen.intake.start.isVisible()
    assert screen.intake.start.problem.words()
    assert list_organisations(store).total == 0


def test_escape_goes_back_step_by_step(qtbot, desk, screen):
    to_rows(qtbot, desk, screen, BOOK)
    for part in (screen.intake.columns, screen.intake.start, screen.organisations):
        QTest.keyClick(screen.intake, Qt.Key.Key_Escape)
        wait_idle(qtbot, desk)
        assert part.isVisible()
