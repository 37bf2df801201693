"""Taking in a list of 団体 in the window: the file, its columns, every row, one action, and back."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.documents.screens.save_dialog import PLAIN, SaveDialog
from app.events.applications.services.manual_entry import TypedApplication, add_application
from app.importing.parts import MAPPING, ListImportDialog, PastImportsDialog
from app.registers.register.screens.organisations_screen import (
    OrganisationChoiceDialog,
    OrganisationsScreen,
    UnlinkedNamesDialog,
)
from app.registers.register.services.organisation_intake import NEW_ORGANISATION
from app.registers.register.services.organisations import create_organisation, list_organisations
from app.widgets.buttons import filled_button
from db.records.organisations import Organisation, Person, StageMark
from db.records.roster import Entry
from db.rows import rows as rows_of
from tests.support.doing import do
from tests.support.mapping import choose_columns
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import wait_idle
from tests.support.years import BY, NOW, acting, add_lecture

SAMPLES = Path(__file__).parents[3] / "fixtures" / "organisations"
BOOK = SAMPLES / "11_団体一覧.xlsx"
TEXT = SAMPLES / "12_団体一覧_SJIS.csv"


@pytest.fixture
def desk(desk_at):
    return desk_at(NOW, user_name=BY, undoes=True)


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, OrganisationsScreen(desk), desk, width=1366, height=768)


def press(qtbot, desk, button) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)


def take(qtbot, desk, screen, path: Path) -> ListImportDialog:
    """The dialog as it opens for a file."""
    do(qtbot, desk, screen.import_menu.take_file, path)
    return dialog_over(screen, ListImportDialog)


def rows(dialog):
    return dialog.table.model.records()


def test_a_year_of_247_organisations_goes_in_and_comes_back(qtbot, desk, screen, store):
    dialog = take(qtbot, desk, screen, BOOK)
    assert dialog.main.text() == "247件を取り込む"
    said = []
    desk.message_shown.connect(lambda sentence, can_undo: said.append((sentence, can_undo)))
    press(qtbot, desk, dialog.main)
    assert said == [("団体247件を加えました。", True)]
    assert screen.organisation_page.table.count_line.text() == "247団体・17支部"
    assert screen.organisation_page.table.current().organisation.name == "桜見台西町会"
    do(qtbot, desk, dict(screen.import_menu.menu_actions())["これまでの取り込み"])
    past = dialog_over(screen, PastImportsDialog)
    (taken,) = past.table.model.records()
    assert taken.new == 247
    do(qtbot, desk, past.table.acted.emit, taken)
    assert list_organisations(store).total == 0


def test_a_list_that_comes_after_the_applications_asks_once_and_links_them_by_one_press(
    qtbot, desk, screen, store, tmp_path
):
    event = add_lecture(store)
    for name, town in (
        ("見本　一子", "桜見台　上町会"),
        ("見本　二子", "桜見台上町会"),
        ("小嶋　健三", "桜見台上町会"),
        ("見本　四子", "桜見台下自治会"),
        ("見本　五子", "よそ町会"),
    ):
        typed = TypedApplication(event_id=event, name=name, organisation_name=town)
        add_application(acting(store), typed=typed)
    do(qtbot, desk, screen.reload)
    assert screen.unlinked_button.isVisible()
    assert screen.unlinked_button.text() == "名簿にない団体名 3"
    assert not [one for one in screen.findChildren(UnlinkedNamesDialog) if one.isVisible()]

    press(qtbot, desk, take(qtbot, desk, screen, BOOK).main)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.findChildren(UnlinkedNamesDialog)))
    asked = dialog_over(screen, UnlinkedNamesDialog)
    # What no 団体 of the list can mean is not asked about now.
    assert [field.label for field in asked.form.fields] == ["桜見台　上町会／桜見台上町会", "桜見台下自治会"]
    assert asked.main.text() == "1団体を結び付ける"
    words = [words for _value, words in asked.form.fields[1].choices]
    assert (words[0], words[-1]) == ("選んでください", "「桜見台下自治会」を新しく加える")
    assert "桜見台下町会（桜見台支部）と同じ" in words
    people = len(rows_of(store.database, Person))
    press(qtbot, desk, asked.main)
    known = rows_of(store.database, Organisation, name="桜見台上町会")[0].id
    assert [one.organisation_id for one in rows_of(store.database, Entry)][:3] == [known] * 3
    assert len(rows_of(store.database, Person)) == people - 1, "小嶋　健三 is the 会長 of the list"
    assert screen.unlinked_button.text() == "名簿にない団体名 2"
    do(qtbot, desk, desk.undo)
    assert not screen._ask_timer.isActive(), "asked once"
    press(qtbot, desk, screen.unlinked_button)
    assert len(dialog_over(screen, UnlinkedNamesDialog).form.fields) == 3


def test_names_that_nothing_registered_resembles_are_all_added_by_one_press(qtbot, desk, screen, store):
    press(qtbot, desk, take(qtbot, desk, screen, BOOK).main)
    event = add_lecture(store)
    for number, town in enumerate(("桜見台下自治会", "よそ町会", "ほか自治会", "べつ会")):
        typed = TypedApplication(event_id=event, name=f"見本　{number}子", organisation_name=town)
        add_application(acting(store), typed=typed)
    do(qtbot, desk, screen.reload)
    press(qtbot, desk, screen.unlinked_button)
    asked = dialog_over(screen, UnlinkedNamesDialog)
    assert asked.main.text() == "3団体を新しく加える"
    press(qtbot, desk, asked.main)
    known = {one.name for one in rows_of(store.database, Organisation)}
    added = known & {"桜見台下自治会", "よそ町会", "ほか自治会", "べつ会"}
    assert added == {"よそ町会", "ほか自治会", "べつ会"}, "what may be a registered one is asked by itself"


def test_names_that_can_only_be_new_are_proposed_as_new_and_added_by_the_filled_buttons(qtbot, desk, screen, store):
    event = add_lecture(store)
    for name, town in (("見本　一子", "よそ町会"), ("見本　二子", "ほか自治会")):
        typed = TypedApplication(event_id=event, name=name, organisation_name=town)
        add_application(acting(store), typed=typed)
    do(qtbot, desk, screen.reload)
    assert filled_button(screen) is screen.unlinked_button
    press(qtbot, desk, screen.unlinked_button)
    asked = dialog_over(screen, UnlinkedNamesDialog)
    assert asked.main.text() == "2団体を新しく加える"
    asked.form.set_values({"1": ""})
    asked._update_button()
    assert asked.main.text() == "1団体を新しく加える", "what is proposed can be changed"
    press(qtbot, desk, asked.main)
    assert {one.name for one in rows_of(store.database, Organisation)} == {"よそ町会"}


def test_ten_rows_are_in_sight_and_the_ways_stand_in_different_corners(qtbot, desk, screen):
    dialog = take(qtbot, desk, screen, BOOK)
    view = dialog.table.view
    assert view.rowAt(view.viewport().height() - 2) >= 9
    assert (
        dialog.back.mapToGlobal(dialog.back.rect().center()).y()
        < dialog.main.mapToGlobal(dialog.main.rect().center()).y()
    )


def test_a_list_with_lost_characters_shows_them_and_leaves_the_names_alone(qtbot, desk, screen):
    press(qtbot, desk, take(qtbot, desk, screen, BOOK).main)
    dialog = take(qtbot, desk, screen, TEXT)
    assert dialog.main.text() == "9件を取り込む"
    chips = dialog.chips.chips.items()
    assert {word for word, chip in chips if chip.isVisible()} == {"すべて", *(word for word, one in chips if one.count)}
    dialog.chips.chips["重複"].click()
    first = rows(dialog)[0]
    assert first.outcome == "重複"
    assert "文字が失われている。登録のまま" in dialog.table.view.text_below(first)


def test_the_columns_are_shown_and_a_wrong_choice_is_said_before_going_on(qtbot, desk, screen):
    dialog = take(qtbot, desk, screen, BOOK)
    press(qtbot, desk, dialog.back)
    lines = dialog.mapping.table.lines
    assert [line.field.title for line in lines.values()][:6] == [
        "支部",
        "団体名",
        "会長名",
        "電話",
        "世帯数",
        "段階　LINE",
    ]
    assert dialog.form.value("fiscal_year") == 2026
    names = lines["name"].columns
    choose_columns(lines["name"], ())
    assert not dialog.main.isEnabled()
    assert "団体名" in dialog.problem.words()
    choose_columns(lines["name"], lines["branch"].columns)
    assert "ほかの項目と同じ列" in dialog.problem.words()
    choose_columns(lines["branch"], ())
    assert dialog.main.isEnabled()
    press(qtbot, desk, dialog.main)
    assert {row.source.branch for row in rows(dialog)} == {""}
    assert names[0] not in dialog._preview.columns


def test_the_day_of_a_list_is_asked_and_counts(qtbot, desk, screen, store, tmp_path):
    path = tmp_path / "一覧.csv"
    path.write_text("支部,団体名,LINE\n第1支部,見本町会,2\n", encoding="utf-8")
    dialog = take(qtbot, desk, screen, path)
    press(qtbot, desk, dialog.back)
    dialog.form.set_values({"as_of": date(2026, 6, 1)})
    press(qtbot, desk, dialog.main)
    press(qtbot, desk, dialog.main)
    assert [mark.marked_on for mark in rows_of(store.database, StageMark)] == [date(2026, 6, 1)]


def test_a_doubtful_row_is_decided_in_place(qtbot, desk, screen, store, tmp_path):
    create_organisation(acting(store), organisation=Organisation(branch="第1支部", name="見本髙台町会"))
    path = tmp_path / "一覧.csv"
    path.write_text("支部,団体名,会長名,世帯数\n第1支部,見本高台町会,見本　一,50\n", encoding="utf-8")
    dialog = take(qtbot, desk, screen, path)
    assert [row.outcome for row in rows(dialog)] == ["確認が必要"]
    assert not dialog.main.isEnabled()
    dialog.table.acted.emit(rows(dialog)[0])
    decide = dialog_over(dialog, OrganisationChoiceDialog)
    assert decide.picker.line.text() == "見本髙台町会（第1支部）"
    press(qtbot, desk, decide.main)
    assert dialog.main.text() == "1件を取り込む"
    assert [row.outcome for row in rows(dialog)] == ["更新"]
    dialog.table.acted.emit(rows(dialog)[0])
    decide = dialog_over(dialog, OrganisationChoiceDialog)
    decide.form.set_values({"action": NEW_ORGANISATION})
    press(qtbot, desk, decide.main)
    press(qtbot, desk, dialog.main)
    assert [row.organisation.name for row in list_organisations(store).rows] == ["見本髙台町会", "見本高台町会"]


def test_the_rows_to_look_at_leave_as_a_workbook_with_the_reason(qtbot, desk, screen, tmp_path):
    folder = tmp_path / "出力"
    folder.mkdir()
    dialog = take(qtbot, desk, screen, BOOK)
    press(qtbot, desk, dialog.export)
    save = dialog_over(dialog, SaveDialog)
    save.choose_folder(folder)
    save.form.set_values({"way": PLAIN, "reason": "見本の確認"})
    save.form.changed.emit("way")
    press(qtbot, desk, save.main)
    sheet = openpyxl.load_workbook(next(folder.glob("*.xlsx"))).active
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    found = next(row for row in cells if "早稲見本町会" in row)
    assert any("約300" in cell for cell in found)
    assert any("数として読めない" in cell for cell in found)


def test_a_file_that_cannot_be_taken_says_why_and_nothing_happens(qtbot, desk, screen, store, tmp_path):
    path = tmp_path / "写真.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    problems = []
    desk.failed.connect(problems.append)
    do(qtbot, desk, screen.import_menu.take_file, path)
    assert len(problems) == 1
    assert list_organisations(store).total == 0


def test_escape_goes_back_step_by_step(qtbot, desk, screen):
    dialog = take(qtbot, desk, screen, BOOK)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.pages.currentIndex() == MAPPING
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_row_with_what_may_be_a_personal_number_goes_on_only_with_a_reason(qtbot, desk, screen, tmp_path):
    path = tmp_path / "一覧.csv"
    path.write_text(
        "支部,団体名,会長名,連絡先,世帯数,LINE,補助金\n第1支部,みほん町会,123456789018,,,,\n", encoding="utf-8"
    )
    dialog = take(qtbot, desk, screen, path)
    (waiting,) = rows(dialog)
    assert (waiting.outcome, waiting.has_personal_number) == ("確認が必要", True)
    assert "123456789018" not in repr(waiting)
    dialog.table.acted.emit(waiting)
    decide = dialog_over(dialog, OrganisationChoiceDialog)
    decide.main.click()
    assert decide.isVisible()
    decide.form.set_values({"action": "新しい団体", "reason": "管理番号と確認"})
    do(qtbot, desk, decide.main.click)
    assert [row.outcome for row in rows(dialog)] == ["新規"]


def test_another_sheet_is_another_list(qtbot, desk, screen, tmp_path):
    book = openpyxl.Workbook()
    for sheet, name in ((book.active, "見本町会"), (book.create_sheet("次年度"), "見本みどり町会")):
        for line in (("支部", "団体名", "会長名"), ("第1支部", name, "見本　一")):
            sheet.append(line)
    path = tmp_path / "一覧.xlsx"
    book.save(path)
    dialog = take(qtbot, desk, screen, path)
    assert [row.source.name for row in rows(dialog)] == ["見本町会"]
    press(qtbot, desk, dialog.back)
    dialog.form.set_values({"sheet": "次年度"})
    do(qtbot, desk, dialog.form.changed.emit, "sheet")
    assert dialog.pages.currentIndex() == MAPPING
    press(qtbot, desk, dialog.main)
    assert [row.source.name for row in rows(dialog)] == ["見本みどり町会"]
