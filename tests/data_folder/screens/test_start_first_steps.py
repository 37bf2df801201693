"""The first start: where the data may lie, three steps that keep what was typed, a password judged in words."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea

from app.common.file_locations import resources_folder
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.welcome import WelcomePage
from app.data_folder.screens.wizard import NewYearWizard
from tests.support.sessions import LOGIN, PASSWORD, Sessions, in_main, radio
from tests.support.stray_windows import StrayWindows


def looked(sessions: Sessions, page: WelcomePage, folder: Path) -> str:
    with sessions.qtbot.waitSignal(page.choice.folder_check.checked, check_params_cb=lambda place: place is not None):
        page.choice.set_folder(folder)
    return page.choice.folder_check.text.plain_text()


def test_a_shared_folder_is_tried_before_it_is_used(sessions, tmp_path):
    page = sessions.on_page(sessions.start(), WelcomePage)
    shared = tmp_path / "共有"
    shared.mkdir()

    assert "書き込めることを確かめました" in looked(sessions, page, shared)
    assert (page.choice.folder_check.checked_folder.folder, page.new_button.isEnabled()) == (shared, True)

    (shared / "別の書類.txt").write_text("何か", encoding="utf-8")
    assert "デジ活デスクのデータ" in looked(sessions, page, shared)
    assert page.choice.folder_check.checked_folder.folder.parent == shared

    assert "「別の書類.txt」はフォルダーではありません" in looked(sessions, page, shared / "別の書類.txt" / "下")
    assert not page.new_button.isEnabled()


def test_enter_on_the_place_that_is_chosen_begins(sessions):
    window = sessions.start()
    page = sessions.on_page(window, WelcomePage)
    sessions.qtbot.waitUntil(page.new_button.isEnabled)
    sessions.qtbot.keyClick(page.choice.local_option, Qt.Key.Key_Return)
    assert sessions.on_page(window, NewYearWizard)


def test_a_place_from_the_dialog_is_shown_as_a_person_writes_it(sessions, tmp_path, monkeypatch):
    page = sessions.on_page(sessions.start(), WelcomePage)
    (tmp_path / "共有").mkdir()
    # As the dialog gives //server/share where people write \\server\share.
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: f"{tmp_path.as_posix()}//共有/")
    sessions.click(page.browse)

    assert page.path.text() == str(tmp_path / "共有")


def test_a_place_not_named_from_its_drive_on_is_said_to_need_that(sessions):
    page = sessions.on_page(sessions.start(), WelcomePage)

    assert "ドライブや共有フォルダーから指定" in looked(sessions, page, Path("デジ活"))
    assert not page.new_button.isEnabled()


def test_a_place_that_holds_data_already_is_opened_instead(sessions):
    sessions.make_and_close()

    assert sessions.on_page(sessions.start(settings="colleague"), LoginPage)
    page = sessions.on_page(sessions.start(settings="third", own="nothing"), WelcomePage)
    looked(sessions, page, sessions.home)
    assert page.new_button.text() == "このデータを開く"
    window = page.window()
    sessions.click(page.new_button)
    assert sessions.on_page(window, LoginPage)


def test_a_place_that_is_copied_to_other_pcs_is_used_only_by_who_knows_it(sessions):
    window = sessions.start(own="OneDrive - みほん区/デスクトップ/data")
    page = sessions.on_page(window, WelcomePage)
    sessions.qtbot.waitUntil(lambda: page.choice.folder_check.checked_folder is not None)

    said = page.choice.folder_check.caution.words()
    assert "この場所は各PCに複製されています（OneDrive）" in said
    assert "二人で使うと変更が失われます。情報システム担当者にご相談ください。" in said
    assert not page.new_button.isEnabled()
    sessions.click(page.choice.folder_check.accept_box)
    assert page.new_button.isEnabled()
    sessions.click(page.new_button)
    wizard = sessions.on_page(window, NewYearWizard)
    assert wizard.user.caution.words() == said
    assert not (sessions.home / "OneDrive - みほん区").exists()

    sessions.click(wizard.back_button)
    page = sessions.on_page(window, WelcomePage)
    assert "書き込めることを確かめました" in looked(sessions, page, sessions.home)
    assert (page.choice.folder_check.caution.words(), page.new_button.isEnabled()) == ("", True)
    sessions.click(page.new_button)
    assert sessions.on_page(window, NewYearWizard).user.caution.words() == ""


def test_a_name_no_office_pc_takes_is_said_at_the_place(sessions, tmp_path):
    page = sessions.on_page(sessions.start(), WelcomePage)

    assert "Windowsが別の用途に使っています" in looked(sessions, page, tmp_path / "aux")
    assert "文字長すぎます" in looked(sessions, page, tmp_path / ("長" * 80))
    assert not page.new_button.isEnabled()


def test_going_back_keeps_what_was_typed(sessions):
    window = sessions.start()
    wizard = sessions.begin_anew(window)
    sessions.write(wizard.year.form.editor("title"), "令和8年度 みほん事業")
    sessions.write(wizard.year.numbers.editor("講習会", "planned"), "8")
    sessions.click(wizard.next_button)
    sessions.write(wizard.office.office_form.editor("staff"), "みほん林")
    sessions.click(wizard.next_button)
    sessions.write(wizard.user.form.editor("login_id"), "mihon02")
    for _step in range(3):
        sessions.click(wizard.back_button)
    wizard = sessions.begin_anew(window)

    assert (wizard.step, wizard.year.programme().title) == (0, "令和8年度 みほん事業")
    assert (wizard.year.numbers.numbers()[0].planned, wizard.office.office().staff) == (8, "みほん林")
    assert wizard.user.form.value("login_id") == "mihon02"


def test_the_year_begins_from_a_definition_file_and_one_that_can_not_be_read_changes_nothing(sessions, tmp_path):
    window = sessions.start()
    wizard = sessions.begin_anew(window)
    folder = wizard.checked_folder
    text = (resources_folder() / "programmes" / "nerima_r8.toml").read_text(encoding="utf-8")
    place = tmp_path / "市.toml"
    place.write_text(text.replace("planned = 7", "planned = 0"), encoding="utf-8")
    wizard.year.file_chosen.emit(place)
    sessions.qtbot.waitUntil(lambda: bool(wizard.year.problem.words()) and not window.is_busy)
    assert "（講習会）の planned：1から1,000までの数ではありません" in wizard.year.problem.words()
    place.write_text(text.replace("planned = 7", "planned = 9").replace("練馬区", "見本市"), encoding="utf-8")
    wizard.year.file_chosen.emit(place)
    sessions.qtbot.waitUntil(lambda: sessions.on_page(window, NewYearWizard) is not wizard and not window.is_busy)
    wizard = sessions.on_page(window, NewYearWizard)
    assert (wizard.step, wizard.checked_folder) == (0, folder)
    assert (wizard.year.numbers.numbers()[0].planned, wizard.office.office().ward) == (9, "見本市")
    assert wizard.year.intro.text().startswith("定義ファイルの契約条件を入れてあります")


def test_the_filled_button_of_each_start_page_is_pressed_by_its_key(sessions, qtbot):
    def filled(window) -> None:
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    window = sessions.start()
    page = sessions.on_page(window, WelcomePage)
    qtbot.waitUntil(page.new_button.isEnabled)
    filled(window)
    wizard = sessions.on_page(window, NewYearWizard)
    filled(window)
    assert wizard.step == 1
    sessions.write(wizard.office.contractor_form.editor("name"), "みほん受託株式会社")
    filled(window)
    assert wizard.step == 2
    filled(window)
    assert wizard.step == 2
    for key, words in (
        ("login_id", LOGIN),
        ("display_name", "みほん山田"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ):
        sessions.write(wizard.user.form.editor(key), words)
    filled(window)
    qtbot.waitUntil(lambda: wizard.step == 3 and not window.is_busy)

    filled(window)
    assert (window.page, window.is_busy) == (wizard, False)
    sessions.click(radio(wizard, "書き写した"))
    with qtbot.waitSignal(window.session_started):
        filled(window)


def test_a_number_that_cannot_be_read_keeps_one_on_the_step(sessions):
    wizard = sessions.begin_anew(sessions.start())

    sessions.write(wizard.year.numbers.editor("講習会", "headcount_period"), "いつか")
    sessions.click(wizard.next_button)

    assert wizard.step == 0
    assert "いつか" in wizard.year.numbers.find_problem()


def test_the_clause_numbers_can_be_corrected_where_they_differ(sessions):
    wizard = sessions.begin_anew(sessions.start())
    clause = wizard.year.numbers.editor("講習会", "clause_report")
    assert not clause.isVisible()

    wizard.area.ensureWidgetVisible(wizard.year.question)
    sessions.click(radio(wizard.year.question, "違うところがある"))
    sessions.write(clause, "仕4(1)サ")

    assert wizard.year.programme().clauses_checked == "相違"
    assert wizard.year.numbers.numbers()[0].clause_report == "仕4(1)サ"


def test_the_letterhead_follows_what_is_typed(sessions):
    wizard = sessions.begin_anew(sessions.start())
    sessions.click(wizard.next_button)

    sessions.write(wizard.office.office_form.editor("section"), "みほん課")
    sessions.write(wizard.office.office_form.editor("document_symbol"), "8みほん")
    sessions.write(wizard.office.contractor_form.editor("representative"), "代表 見本 太郎")

    words = wizard.office.letterhead.words()
    assert "練馬区地域文化部みほん課長" in words
    assert "8みほん第" in words
    assert "代表 見本 太郎　様" in words


@pytest.mark.parametrize(
    ("password", "again", "key", "words"),
    [
        ("short", "short", "password", "あと7文字必要です"),
        (PASSWORD, "something else here", "again", "上のパスワードと違います"),
    ],
)
def test_a_password_that_will_not_do_is_said_at_its_field(sessions, password, again, key, words):
    wizard = sessions.begin_anew(sessions.start())
    sessions.fill_steps(wizard)
    sessions.write(wizard.user.form.editor("password"), password)
    sessions.write(wizard.user.form.editor("again"), again)

    sessions.click(wizard.next_button)

    assert wizard.step == 2
    assert words in wizard.user.form.problem_shown(key)


def test_the_first_change_cannot_take_the_year_itself_back(sessions, qtbot):
    main = sessions.make_data(sessions.start())
    refused: list[Exception] = []
    main.app_context.failed.disconnect(main.show_failure)
    main.app_context.failed.connect(refused.append)

    main.app_context.undo()

    qtbot.waitUntil(lambda: bool(refused))
    assert getattr(refused[0], "happened", "") == "元に戻せる操作がありません。"


def test_from_the_first_minute_there_is_a_backup_and_a_copy_for_readers(sessions, qtbot):
    window = sessions.start()
    sessions.make_data(window)

    qtbot.waitUntil(lambda: in_main(window).side_bar._backup.text() == "バックアップ済み")
    assert in_main(window).side_bar._backup_more.text() == "本日 9:00　1世代"
    assert list((sessions.home / "data" / "published").glob("*.db"))


def test_nothing_flashes_up_as_a_window_of_its_own(sessions):
    with StrayWindows() as stray:
        main = sessions.make_data(sessions.start())
        for name in ("numbers", "closed_days", "office", "papers", "users", "backup", "look"):
            main.go("settings", page=name)
        main.app_context.lock_screen()

    assert {found.split()[0] for found in stray.found} == {"StartWindow"}


def test_the_letter_beside_the_form_goes_under_it_when_the_window_becomes_narrow(sessions):
    window = sessions.start()
    wizard = sessions.begin_anew(window)
    sessions.click(wizard.next_button)
    area = next(one for one in wizard.findChildren(QScrollArea) if one.isAncestorOf(wizard.office))
    for width, beside in ((1366, True), (911, False), (1366, True)):
        window.resize(width, 768)
        sessions.qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
        assert (wizard.office.letterhead.x() > 0) == beside
