"""Every main list of the window leaves as a workbook by Ctrl+E: what is shown, safely, and with a row in the log."""

from io import BytesIO
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication

from app.documents.screens.export_button import ExportButton
from app.documents.screens.outgoing_log import OutgoingDialog
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.document_saving import list_outgoing
from app.event.services.event_lists import list_events
from app.widgets.lists.record_table import RecordTable
from app.window.ui_settings import remember
from tests.support.doing import do
from tests.support.in_full import some
from tests.support.sample_desk import session
from tests.support.waiting import wait_idle
from tests.support.whole_window import whole_window

PASSWORD = "うみかぜと見本の鍵は長い12"
# Place and what it is handed → title of the list, its file, a heading and a text that must stand in it.
LISTS = {
    "ホーム": ("home", {}, "区がやること", "R8-区がやること", "区がやること", "資料の確認を終える"),
    "事業": ("events", {}, "実施回の一覧", "R8-実施回の一覧", "つぎの期限・目安日", "第2回 LINE講習会"),
    "資料・報告": (
        "turns",
        {"kind": "資料"},
        "資料・報告の一覧",
        "R8-資料・報告の一覧",
        "いまの状態",
        "第1回 意見交換会",
    ),
    "資料のタブ": ("event", {"event_id": 1, "tab": "資料"}, "資料の一覧", "R8-講01-資料の一覧", "資料", "次第"),
    "アンケート": ("survey", {}, "アンケートの一覧", "R8-アンケートの一覧", "回収率", "第1回 意見交換会"),
    "設問": ("survey", {"event_id": 1, "page": "設問"}, "設問の一覧", "R8-講01-設問の一覧", "選択肢", "問1"),
}
PERSONAL = {
    "回答": ("survey", {"event_id": 1, "page": "回答"}, "回答の一覧", "R8-講01-回答の一覧"),
    "団体": ("organisations", {}, "団体の一覧", "R8-団体の一覧"),
    "人": ("organisations", {"view": "人"}, "人の一覧", "R8-人の一覧"),
    "参加人数": ("participants", {"event_id": 6}, "参加予定人数", "R8-講06-参加予定人数"),
    "変更": ("changes", {"event_id": 1}, "変更", "R8-変更"),
}


@pytest.fixture
def out(tmp_path) -> Path:
    folder = tmp_path / "出力"
    folder.mkdir()
    remember("papers/folder", str(folder))
    return folder


@pytest.fixture
def window(tmp_path, qtbot, out):
    with session(tmp_path) as desk:
        made = whole_window(desk)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        yield made
        wait_idle(qtbot, desk)


def go(qtbot, window, place, arguments) -> ExportButton:
    """Go to a place and find the one button there: in sight, or behind 「…」 (home, questions)."""
    do(qtbot, window, window.go, place, **arguments)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    every = window.findChildren(ExportButton)
    seen = [each for each in every if each.isVisible()]
    behind = [each for each in every if each.isHidden() and each.parentWidget().isVisible()]
    (button,) = [window.screen_of("home").due.export] if place == "home" else seen or behind
    qtbot.waitUntil(button.isEnabled)
    return button


def ask(qtbot, window, button) -> SaveDialog:
    """Press Ctrl+E where the focus is and wait for the dialog."""
    target = button.window().focusWidget() or button
    do(qtbot, window, qtbot.keyClick, target, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    return next(each for each in window.findChildren(SaveDialog) if each.isVisible())


def save(qtbot, window, dialog) -> None:
    do(qtbot, window, qtbot.mouseClick, dialog.main, Qt.MouseButton.LeftButton)


def texts(data: bytes | Path) -> list[str]:
    book = openpyxl.load_workbook(data if isinstance(data, Path) else BytesIO(data))
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.nightly
def test_each_list_leaves_by_its_key(qtbot, window, out):
    for place, arguments, title, stem, heading, text in some(LISTS.values(), of=3):
        dialog = ask(qtbot, window, go(qtbot, window, place, arguments))
        assert dialog.form.value("name") == f"{stem}-20261201"
        assert dialog.form.value("way") == "そのまま保存"
        save(qtbot, window, dialog)

        (saved,) = out.iterdir()
        assert saved.name == f"{stem}-20261201.xlsx"
        found = texts(saved)
        assert {title, heading, text} <= set(found)
        row = list_outgoing(window.app_context.store)[0]
        assert (row.document_kind, row.file_name, row.personal) == (title, saved.name, False)
        assert window.undo_bar.words() == f"「{saved.name}」を保存しました。"
        assert not window.undo_bar.button.isVisible()
        saved.unlink()


def test_each_list_with_personal_data_is_encrypted_unless_somebody_says_why_not(qtbot, window, out):
    for place, arguments, title, stem in some(PERSONAL.values(), of=2):
        dialog = ask(qtbot, window, go(qtbot, window, place, arguments))
        assert dialog.form.value("way") == "暗号化して保存"
        assert dialog.main.text() == "暗号化して保存する"
        dialog.form.set_values({"password": PASSWORD, "again": PASSWORD})
        save(qtbot, window, dialog)

        saved = out / f"{stem}-20261201.xlsx"
        opened = BytesIO()
        with saved.open("rb") as file:
            locked = msoffcrypto.OfficeFile(file)
            locked.load_key(password=PASSWORD)
            locked.decrypt(opened)
        assert title in texts(opened.getvalue())
        row = list_outgoing(window.app_context.store)[0]
        assert (row.document_kind, row.way, row.personal) == (title, "暗号化して保存", True)

        dialog = ask(qtbot, window, go(qtbot, window, place, arguments))
        dialog.form.set_values({"way": "そのまま保存"})
        dialog._update_fields()
        save(qtbot, window, dialog)
        assert dialog.form.problem_shown("reason")
        dialog.reject()


def test_every_answer_goes_not_only_those_a_sheet_is_known_by(qtbot, window, out):
    button = go(qtbot, window, "survey", {"event_id": 1, "page": "回答"})
    columns, rows = window.screen_of("survey").responses_page.table.export_content()
    assert [heading.split(" ")[0] for heading in columns[4:]] == [f"問{n}" for n in range(1, 11)]
    assert columns[-1] == "問10 ご意見・ご要望をお書きください"
    assert len(rows) == 15
    assert rows[0][-1].startswith("自分の機種と画面が違い")
    assert button.isEnabled()


def test_the_kind_chosen_and_the_filter_narrow_what_leaves(qtbot, window, out):
    button = go(qtbot, window, "events", {})
    screen = window.screen_of("events")
    screen.kinds.choose("講習会")
    screen.table.filter_field.setText("LINE")
    dialog = ask(qtbot, window, button)
    save(qtbot, window, dialog)

    (saved,) = out.iterdir()
    found = texts(saved)
    assert any(text.startswith("2件（「講習会」と「LINE」で絞り込み）") for text in found)
    assert "第2回 LINE講習会" in found
    assert "第1回 事例紹介講習会" not in found


def test_the_count_grid_leaves_with_its_sums(qtbot, window, out):
    dialog = ask(qtbot, window, go(qtbot, window, "participants", {"event_id": 6}))
    dialog.form.set_values({"way": "そのまま保存", "reason": "受託者へ手渡すため"})
    dialog._update_fields()
    save(qtbot, window, dialog)

    sheet = openpyxl.load_workbook(out / "R8-講06-参加予定人数-20261201.xlsx").active
    rows = [[cell.value for cell in row][:6] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] == "団体")
    assert rows[head] == ["団体", "人数（人）", "持参端末（台）", "貸与端末（台）", "配慮（件）", "必要な対応"]
    lines = [row for row in rows[head + 1 :] if row[0]]
    assert lines[-1][0] == "計　8団体"
    assert sum(row[1] for row in lines[:-1]) == 14
    assert lines[-1][1] == f"=SUM(B{head + 2}:B{head + 9})"
    assert list_outgoing(window.app_context.store)[0].reason == "受託者へ手渡すため"


def test_the_log_of_what_left_leaves_too_and_then_shows_itself(qtbot, window, out):
    save(qtbot, window, ask(qtbot, window, go(qtbot, window, "events", {})))
    do(qtbot, window, window.go, "documents")
    do(qtbot, window, window.screen_of("documents").everything.click)
    (log,) = [each for each in window.findChildren(OutgoingDialog) if each.isVisible()]
    save(qtbot, window, ask(qtbot, window, log.export))

    found = texts(out / "R8-出力の記録-20261201.xlsx")
    every = list_outgoing(window.app_context.store)
    first = every[1]
    assert {"出力の記録", "実施回の一覧", first.sha256} <= set(found)
    assert log.table.model.records() == list(every)
    log.reject()


@pytest.mark.parametrize("size", some([(911, 512), (1366, 768), (1920, 1080)], of=3))
def test_the_button_stands_free_of_the_undo_bar_and_inside_the_window(qtbot, window, size):
    window.resize(*size)
    for place, arguments, *_rest in some((*LISTS.values(), *PERSONAL.values()), of=2):
        button = go(qtbot, window, place, arguments)
        window.app_context.show_message("「R8-講06-参加予定人数-20261201.xlsx」を保存しました。", can_undo=True)
        if button.isHidden():
            behind = button.parentWidget()
            button = behind.more if place == "home" else behind.menu_button
        there = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        bar = QRect(window.undo_bar.mapTo(window, QPoint(0, 0)), window.undo_bar.size())
        assert window.rect().contains(there), place
        assert not bar.intersects(there), place
        assert button.width() >= button.sizeHint().width(), place


def test_every_main_list_copies_as_a_table_sorts_filters_and_remembers(qtbot, window):
    for place, arguments, *_rest in some((*LISTS.values(), *PERSONAL.values()), of=2):
        if place == "participants":
            continue
        button = go(qtbot, window, place, arguments)
        shown = [one for one in window.findChildren(RecordTable) if one.isVisible() and one.model.rowCount()]
        sheet = next((one for one in shown if one.isAncestorOf(button)), shown[0])
        sheet.view.clearSelection()
        sheet.view.setFocus()
        qtbot.keyClick(sheet.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QGuiApplication.clipboard().text().split("\n")
        assert len(lines) == len(sheet.model.records()) + 1, place
        assert len({line.count("\t") for line in lines}) == 1, place
        # Questions stand in their order, changes by day, the newest first.
        ordered = arguments.get("page") == "設問" or place == "changes"
        assert any(column.sortable for column in sheet.model.columns) or ordered, place


def test_the_events_of_the_year_stand_in_the_sheet_as_on_the_screen(qtbot, window, out):
    save(qtbot, window, ask(qtbot, window, go(qtbot, window, "events", {})))
    sheet = openpyxl.load_workbook(out / "R8-実施回の一覧-20261201.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] == "実施日")
    place = {name: n for n, name in enumerate(rows[head])}
    stored = list_events(window.app_context.store, today=window.app_context.today()).rows
    body = rows[head + 1 : head + 1 + len(stored)]
    assert [row[place["実施回"]] for row in body] == [row.title for row in stored]
    assert [row[place["人数"]] for row in body] == [row.people for row in stored]
    assert [row[place["会場"]] for row in body] == [row.venue_words for row in stored]
