"""持出し管理簿 and 目的を選んで出力 on the screen."""

from datetime import date, datetime
from functools import partial

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.action_context import ActionContext
from app.documents.screens.save_dialog import PLAIN, SaveDialog
from app.documents.services.document_saving import list_outgoing
from app.event_day.checkouts import services as checkouts_services
from app.event_day.checkouts.parts import CheckoutDialog, CheckoutReturnDialog, CheckoutsScreen
from app.event_day.checkouts.rules import PURPOSES
from app.event_day.checkouts.screens import PurposeExportScreen
from app.event_day.day_file.parts import bring_back, check_out_event
from app.ledgers.screens.ledgers_screen import LedgersScreen
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.lists.record_model import as_cell
from app.widgets.lists.record_table import RecordTable
from db.records.protection import Checkout
from db.tables import protection
from tests.support import sample_desk
from tests.support.called_people import fill_roster
from tests.support.doing import do
from tests.support.pressing import fill_in, press_key
from tests.support.waiting import opened
from tests.support.years import BY, add_lecture

TAKEOUTS = partial(CheckoutsScreen, check_out=check_out_event, return_file=bring_back)
NOW = datetime(2026, 9, 24, 12, 30)
CLAUSE = ("格納情報", "持ち出し日時", "持ち出した者", "承認者", "用途", "持ち出し先", "返却日時", "返却確認者")


@pytest.fixture
def event_id(store):
    made = add_lecture(store, date(2026, 9, 24))
    fill_roster(store, made, now=NOW)
    return made


@pytest.fixture
def shown(qtbot, desk_at, event_id):
    def show(kind):
        desk = desk_at(NOW)
        return sample_desk.shown(qtbot, kind(desk), desk, event_id=event_id)

    return show


def test_a_row_is_written_given_back_and_kept(qtbot, store, event_id, shown):
    screen = shown(TAKEOUTS)
    screen.add_button.click()
    dialog = opened(screen, CheckoutDialog)
    assert dialog.form.value("taken_by") == BY
    dialog.form.set_values(
        {"contents": "受付名簿（17人分）", "purpose": "当日の受付", "destination": "みほん区民館", "copies": 2}
    )
    dialog.main.click()
    assert dialog.form.problem_shown("approved_by")
    fill_in(qtbot, screen.app_context, dialog, {"approved_by": "見本 係長"})
    row = protection.checkouts(store.database)[0]
    assert (row.event_id, row.taken_at, row.due_back_at) == (event_id, NOW, NOW.replace(hour=17, minute=15))
    assert screen.open_count.text() == "未返却 1件"

    screen.return_row(screen.table.model.records()[0])
    back = opened(screen, CheckoutReturnDialog)

    def fill(**values):
        back.form.set_values(values)
        back.form.changed.emit(next(iter(values)))

    fill(who=BY)
    assert "同じ人" in back.same.words()
    fill(who="見本 係長")
    assert back.same.words() == ""
    fill(copies=1)
    back.main.click()
    assert back.form.problem_shown("reason")
    fill(copies=2)
    do(qtbot, screen.app_context, back.main.click)
    assert screen.open_count.text() == "未返却はありません"


def test_the_sheet_has_the_eight_columns_of_the_clause_in_its_order(shown):
    screen = shown(TAKEOUTS)
    columns, _rows = screen.table.export_content([])
    assert tuple(words.replace("\n", "") for words in columns[:8]) == CLAUSE


def test_a_wrong_row_is_marked_and_stays(qtbot, store, event_id, shown):
    screen = shown(TAKEOUTS)
    screen.add_row()
    dialog = opened(screen, CheckoutDialog)
    dialog.form.set_values({"contents": "名札", "purpose": "受付", "destination": "会場", "approved_by": "見本 係長"})
    do(qtbot, screen.app_context, dialog.main.click)
    screen.table.choose(lambda _row: True)
    screen.cancel.click()
    ask = opened(screen, ReasonDialog)
    ask.main.click()
    assert ask.form.problem_shown("reason")
    fill_in(qtbot, screen.app_context, ask, {"reason": "二重に書いた"})
    assert protection.checkouts(store.database)[0].cancelled
    assert not screen.cancel.isEnabled()


def test_whose_data_leave_is_said_before_and_the_ledger_is_written_with_the_file(
    qtbot, store, event_id, shown, tmp_path
):
    screen = shown(PurposeExportScreen)
    assert "17人分の氏名・ふりがな" in screen.takes.words()
    assert screen.leaves.isChecked()
    screen.export.click()
    assert screen.form.problem_shown("approved_by")
    screen.form.set_values({"approved_by": "見本 係長"})
    do(qtbot, screen.app_context, screen.export.click)
    save = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SaveDialog) and one.isVisible())
    save.choose_folder(tmp_path)
    save.form.set_values({"way": PLAIN})
    save.form.changed.emit("way")
    save.form.editor("reason").setText("庁内の印刷に使う")
    do(qtbot, screen.app_context, save.main.click)
    files = list(tmp_path.glob("*受付用の一覧*.xlsx"))
    assert len(files) == 1
    text = [str(cell.value) for line in load_workbook(files[0]).active.iter_rows() for cell in line if cell.value]
    assert "髙橋 見本子" in text
    row = protection.checkouts(store.database)[0]
    assert (row.approved_by, row.destination, row.purpose) == ("見本 係長", "みほん区民館", "受付用")
    assert checkouts_services.list_checkouts(store, now=NOW).open_count == 1


def test_numbers_ask_for_no_ledger(qtbot, store, event_id, shown):
    screen = shown(PurposeExportScreen)
    do(qtbot, screen.app_context, lambda: screen.choose(next(one for one in PURPOSES if one.name == "人数連絡用")))
    assert screen.takes.words() == "個人情報は入りません。"
    assert not screen.leaves.isVisible()
    assert not screen.ledger.isVisible()
    assert screen.export.text() == "Excelに出力する"


def test_the_list_can_be_exported_as_soon_as_this_person_may_write(qtbot, shown):
    screen = shown(PurposeExportScreen)
    desk = screen.app_context
    for read_only in (True, False):
        desk.set_read_only(read_only)
        do(qtbot, desk, screen.reload)
        assert screen.export.isEnabled() is not read_only


def test_a_list_of_names_is_not_copied_by_a_reader_and_logged_for_who_may_write(qtbot, store, event_id, shown):
    screen = shown(PurposeExportScreen)
    desk, purpose = screen.app_context, next(one for one in PURPOSES if one.names_people)
    do(qtbot, desk, lambda: screen.choose(purpose))
    told: list[str] = []
    desk.message_shown.connect(lambda said, _undo: told.append(said))
    board = QApplication.clipboard()
    board.clear()

    desk.set_read_only(True)
    press_key(qtbot, desk, screen._table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert (board.text(), told) == ("", ["閲覧専用で開いているため、出力できません。コピーもできません。"])

    do(qtbot, desk, lambda: desk.set_read_only(False))
    press_key(qtbot, desk, screen._table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = len(board.text().splitlines()) - 1
    assert rows > 0
    kept = list_outgoing(store, event_id=event_id)[0]
    assert (kept.way, kept.document_kind, kept.personal) == ("コピー", screen._sheet.title, True)
    assert kept.detail == {"件数": f"{rows}件"}


def test_what_other_years_returned_is_left_out_and_said(qtbot, store, shown):
    last = datetime(2026, 3, 20, 9)
    made = checkouts_services.record_checkout(
        ActionContext(store, BY, last),
        checkout=Checkout(
            contents="前の年度の名簿",
            taken_at=last,
            taken_by=BY,
            approved_by="見本 係長",
            purpose="当日の受付",
            destination="見本会館",
            due_back_at=last,
        ),
    )
    screen = shown(TAKEOUTS)
    do(qtbot, screen.app_context, lambda: screen.only.setChecked(False))
    assert [one.checkout.contents for one in screen.table.model.records()] == ["前の年度の名簿"]
    assert screen.open_count.text() == "未返却 1件"
    checkouts_services.record_return(
        ActionContext(store, BY, last), checkout_id=made.id, returned_at=last, checked_by="見本 次郎"
    )
    do(qtbot, screen.app_context, screen.reload)
    assert screen.table.model.records() == []
    assert "ほかの年度の返却済・取消 1件は、年度を替えると出ます" in screen.table.count_line.text()
    assert screen.table._none.words().startswith("この年度に持ち出した記録は、まだありません。")
    do(qtbot, screen.app_context, lambda: screen.only.setChecked(True))
    assert screen.table._none.words().startswith("持ち出した記録は、まだありません。")
    assert screen.table.count_line.text() == ""


def test_a_list_to_merge_asks_what_for_and_its_erasing_is_recorded(qtbot, store, event_id, shown, tmp_path):
    screen = shown(PurposeExportScreen)
    screen.open_with(event_id=event_id, purpose="差し込み用", kind="決定通知")
    do(qtbot, screen.app_context, screen.reload)
    assert screen.merge.value("letter") == "決定通知"
    view = screen._table.view
    assert [n for n in range(view.model().columnCount()) if view.columnWidth(n) < view.heading_width(n)] == []
    assert screen.leaves.isHidden()
    screen.choose_save_path()
    assert screen.merge.problems().keys() == {"purpose", "approved_by"}
    screen.merge.set_values({"letter": "すべての団体", "purpose": "会長あての案内", "approved_by": "見本 係長"})
    do(qtbot, screen.app_context, screen._choose_letter)
    assert (screen.merge.value("purpose"), screen.export.text()) == ("会長あての案内", "出力して管理簿に記入する")
    do(qtbot, screen.app_context, screen.choose_save_path)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SaveDialog) and one.isVisible())
    dialog.choose_folder(tmp_path)
    dialog.form.set_values({"way": PLAIN})
    dialog.form.changed.emit("way")
    dialog.form.editor("reason").setText("保護された場所で差し込む")
    do(qtbot, screen.app_context, dialog.main.click)
    (row,) = protection.checkouts(store.database)
    assert (row.event_id, row.purpose, row.approved_by) == (None, "会長あての案内", "見本 係長")

    book = sample_desk.shown(qtbot, LedgersScreen(screen.app_context), screen.app_context, ledger="takeouts")
    (table,) = [one for one in book.findChildren(RecordTable) if one.isVisible()]
    taken = next(one for one in table.model.columns if one.key == "taken")
    assert "返却・消去の予定" in as_cell(taken.show(table.model.records()[0])).second, "the day of erasing is in sight"

    ledger = shown(TAKEOUTS)
    do(qtbot, ledger.app_context, lambda: ledger.only.setChecked(False))
    ledger.table.choose(lambda _row: True)
    ledger.return_row(ledger.table.current())
    asked = opened(ledger, CheckoutReturnDialog)
    assert asked.main.text() == "消去を記録する"
    fill_in(qtbot, ledger.app_context, asked, {"who": "見本 係長"})
    assert protection.checkouts(store.database)[0].disposed_at is not None
