"""情報保護 on the screen: the shelf, entry, corrections by F2, the three answers to a 要確認, a check, print form,
Excel."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.documents.screens.document_view import DocumentDialog
from app.ledgers.rules import DerivedRow, LedgerDoubt
from app.ledgers.screens.ledger_dialogs import (
    AskContractorDialog,
    CorrectionDialog,
    LedgerCheckDialog,
    LedgerSettingDialog,
    NewRowDialog,
)
from app.ledgers.screens.ledger_overview_page import LedgerOverviewPage
from app.ledgers.screens.ledgers_screen import LedgersScreen
from app.ledgers.services import ledger_writing
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.labels import Paragraph
from tests.support.doing import do
from tests.support.ledgers import KEYS, ROW, declare, with_rows
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, rows_in_sight, session, shown
from tests.support.waiting import wait_idle

YEAR = {"key": "keys", "fiscal_year": 2026}


def _many(_database, _programme, found, _today):
    for line in found.lines:
        if int(line.cells["count"]) > 3:
            yield LedgerDoubt(
                row=line.key,
                rule="多い",
                words="本数が多い",
                explanation="本数を確かめてください。",
                column="count",
                question="本数は何本ですか。",
            )


@pytest.fixture
def screen(qtbot, tmp_path, monkeypatch):
    """The screen over two ledgers; the first has a row."""
    other = replace(KEYS, key="cards", title="入館証の貸出簿", sign="入館", allows_typed_rows=False)
    with session(tmp_path) as desk:
        declare(monkeypatch, replace(KEYS, doubt_rules=(_many,)), other)
        made = LedgersScreen(desk)
        desk.read(
            lambda store: ledger_writing.enter_row(ActionContext(store, BY, NOW), cells=ROW, **YEAR),
            lambda _saved: None,
        )
        shown(qtbot, made, desk)
        yield made
        wait_idle(qtbot, desk)


def rows(screen):
    return [(entry.number, entry.line.cells["count"]) for entry in screen.table.model.records()]


def press(qtbot, screen, button):
    do(qtbot, screen.app_context, button.click)


def test_the_page_lists_what_has_rows_folds_the_rest_and_opens_by_enter(qtbot, screen, monkeypatch):
    went = []
    monkeypatch.setattr(screen.app_context, "go", lambda place, **more: went.append((place, more)))
    shelf = shown(qtbot, LedgerOverviewPage(screen.app_context), screen.app_context)

    assert [row.ledger.title for row in shelf.table.model.records()] == ["鍵の貸出簿"]
    assert shelf.fold.accessibleName() == "行のない管理簿 1　入館証の貸出簿"
    assert not shelf.empty.isVisible()
    shelf.fold.click()
    assert [row.ledger.title for row in shelf.empty.model.records()] == ["入館証の貸出簿"]
    assert shelf.empty.isVisible()
    shelf.table.choose(lambda row: row.id == "keys")
    qtbot.keyClick(shelf.table.view, Qt.Key.Key_Return)
    assert went == [("ledgers", {"ledger": "keys"})]


def test_a_row_is_typed_and_corrected_and_every_step_can_be_taken_back(qtbot, screen):
    assert rows(screen) == [("1", "2")]
    screen.add_button.click()
    dialog = dialog_over(screen, NewRowDialog)
    dialog.main.click()
    assert dialog.form.problem_shown("room")
    dialog.form.set_values({"room": "会議室", "who": "見本　係員", "count": 1})
    press(qtbot, screen, dialog.main)
    assert rows(screen) == [("2", "1"), ("1", "2")]
    assert screen.table.current().number == "2", "what was entered is what 訂正する and 取消にする are about"
    screen.table.choose(lambda entry: entry.number == "1")
    qtbot.keyClick(screen.table.view, Qt.Key.Key_F2)
    dialog = dialog_over(screen, CorrectionDialog)
    assert dialog.form.value("_column") == "back"
    assert dialog.main.text() == "記入する"
    dialog.form.set_values({"_column": "count", "count": 3})
    dialog.form.changed.emit("_column")
    assert dialog.old.plain_text() == "いまの本数　2本"
    dialog.main.click()
    assert dialog.form.problem_shown("_reason")
    dialog.form.set_values({"_reason": "数え直した"})
    press(qtbot, screen, dialog.main)
    assert rows(screen) == [("2", "1"), ("1", "3"), ("1-1", "3")]
    do(qtbot, screen, screen.undo)
    assert rows(screen) == [("2", "1"), ("1", "2"), ("1-1", "2")]
    assert screen.table.model.records()[2].correction.withdrawn
    screen.table.choose(lambda entry: entry.number == "2")
    screen.cancel_button.click()
    dialog = dialog_over(screen, ReasonDialog)
    dialog.form.set_values({"reason": "二重に記入した"})
    press(qtbot, screen, dialog.main)
    assert screen.table.model.records()[0].line.cancel_reason == "二重に記入した"


def test_a_doubt_is_asked_of_the_contractor_then_left_with_a_reason(qtbot, screen):
    do(
        qtbot,
        screen,
        screen.app_context.write,
        lambda act: ledger_writing.enter_row(replace(act, by=BY, now=NOW), cells=ROW | {"count": "5"}, **YEAR),
    )
    assert screen.badge.isVisible()
    screen.table.choose(lambda entry: entry.number == "2")
    assert screen.doubt.isVisible()
    assert screen.doubt.words.text() == "2番　本数が多い"
    screen.doubt.ask.click()
    dialog = dialog_over(screen, AskContractorDialog)
    press(qtbot, screen, dialog.main)
    assert "本数は何本ですか。" in QGuiApplication.clipboard().text()
    assert not screen.badge.isVisible()
    assert not screen.doubt.ask.isVisible()
    screen.doubt.reason.click()
    dialog = dialog_over(screen, ReasonDialog)
    dialog.form.set_values({"reason": "合鍵を含む"})
    press(qtbot, screen, dialog.main)
    assert not screen.doubt.isVisible()
    screen.table.choose(lambda entry: entry.number == "1")
    assert not screen.doubt.isVisible()


def test_a_check_its_period_the_print_form_and_the_workbook(qtbot, screen):
    screen.setting.click()
    dialog = dialog_over(screen, LedgerSettingDialog)
    dialog.form.set_values({"every": "毎月", "begins": NOW.date(), "basis": "区の鍵の手順"})
    dialog.form.changed.emit("every")
    press(qtbot, screen, dialog.main)
    assert "区の鍵の手順" in screen.basis.text()
    assert "点検 12/1(火)" in screen.basis.text()
    screen.check.click()
    press(qtbot, screen, dialog_over(screen, LedgerCheckDialog).main)
    assert "点検 R9 1/1" in screen.basis.text()
    screen.open_document()
    paper = dialog_over(screen, DocumentDialog)
    wait_idle(qtbot, screen.app_context)
    assert paper.view.content.kind == "鍵の貸出簿"
    assert paper.view.xlsx_button.isVisible()
    paper.reject()
    headings, lines = screen.table.export_content(screen.table.model.records())
    assert headings[:5] == ("番号", "貸出日時", "場所", "借りた者", "本数")
    assert lines[0][:3] == ("1", "2026/11/20 10:30", "倉庫")


def test_every_day_of_the_workbook_has_its_year_and_a_correction_says_when_it_was_made(qtbot, screen):
    def correct(column, value):
        given = {"row_key": screen.table.model.records()[0].line.key, "column": column, "value": value}
        do(
            qtbot,
            screen,
            screen.app_context.write,
            lambda act: ledger_writing.correct_row(replace(act, by=BY, now=NOW), reason="書き違い", **given, **YEAR),
        )

    correct("count", "3")
    correct("at", "2027-02-03T10:30")
    headings, lines = screen.table.export_content(screen.table.model.records())
    said = headings.index("理由・元の値")
    assert [line[1] for line in lines] == ["2027/2/3 10:30", "2026/12/1 9:05", "2027/2/3 10:30"]
    assert [line[said] for line in lines] == [
        "",
        "本数　2本 → 3本　書き違い",
        "貸出日時　2026/11/20 10:30 → 2027/2/3 10:30　書き違い　2026/12/1 9:05",
    ]
    do(qtbot, screen, screen.undo)
    _headings, lines = screen.table.export_content(screen.table.model.records())
    assert lines[2][said].endswith("2026/12/1 9:05　取消になりました")


def test_a_ledger_of_records_takes_no_rows_and_a_search_opens_one_narrowed(qtbot, screen):
    screen.open_with(ledger="cards")
    do(qtbot, screen, screen.reload)
    assert screen.title.text() == "入館証の貸出簿"
    assert not screen.add_button.isVisible()
    assert not screen.cancel_button.isVisible()
    screen.open_with(ledger="keys", text="倉庫")
    do(qtbot, screen, screen.reload)
    assert screen.title.text() == "鍵の貸出簿"
    assert screen.table.filter_field.text() == "倉庫"
    assert rows(screen) == [("1", "2")]
    assert screen.view_state() == {"ledger": "keys"}


def test_a_doubt_about_what_another_record_says_leads_there(qtbot, screen, monkeypatch):
    went = []
    monkeypatch.setattr(screen.app_context, "go", lambda place, **more: went.append((place, more)))

    def outside(_database, _programme, found, _today):
        for line in found.lines:
            yield LedgerDoubt(
                row=line.key, rule="返却", words="返却がまだです", explanation="返却を記録してください。", column="back"
            )

    columns = (*KEYS.columns[:-1], replace(KEYS.columns[-1], recorded_elsewhere="鍵の画面の「返却を記録」"))
    cells = {"at": "2026-11-01T09:00", "room": "会議室", "who": "見本", "count": "1"}
    held = DerivedRow(
        key="rooms:1", cells=cells, written_at=NOW, made_by="鍵を渡した", link=ActionLink(action="持出し管理簿")
    )
    declare(monkeypatch, with_rows(replace(KEYS, columns=columns, doubt_rules=(outside,)), [held]))
    do(qtbot, screen, screen.reload)
    screen.table.choose(lambda entry: entry.line.key == "rooms:1")
    assert screen.doubt.correct.text() == "元の画面で記録する"
    screen.doubt.correct.click()
    assert [place for place, _more in went] == ["takeouts"]
    screen.correct_value()
    dialog = dialog_over(screen, CorrectionDialog)
    assert "返却日時は、鍵の画面の「返却を記録」で記録します。" in [
        one.plain_text() for one in dialog.findChildren(Paragraph)
    ]
    assert "back" not in [
        key for key, _title in next(one for one in dialog.form.fields if one.key == "_column").choices
    ]
    dialog.reject()
    screen.table.choose(lambda entry: entry.line.is_typed)
    assert screen.doubt.correct.text() == "値を訂正する"


def test_on_a_low_page_four_rows_are_in_sight_beside_all_their_buttons(qtbot, tmp_path):
    with session(tmp_path) as desk:
        screen = shown(qtbot, LedgersScreen(desk), desk, width=766, height=438, ledger="transfers")
        table = screen.table
        qtbot.waitUntil(screen.doubt.isVisible)
        assert rows_in_sight(table) >= 4
        parts = (screen.correct_button, screen.add_button, screen.export, screen.bar.more)
        assert all(part.isVisible() for part in (*parts, table.filter_field))
        assert not table.count_line.isVisible()

        screen.open_with(ledger="workers")
        do(qtbot, desk, screen.reload)
        assert screen.table is not table
        parts = (screen.bar.more, screen.export, screen.table.filter_field)
        qtbot.waitUntil(lambda: all(one.isVisible() for one in parts))

        screen.resize(1190, 720)
        qtbot.waitUntil(screen.table.count_line.isVisible)
        assert screen.table.isAncestorOf(screen.table.filter_field)
        assert screen.table.isAncestorOf(screen.export)
        assert not screen.table.isAncestorOf(screen.check)
        wait_idle(qtbot, desk)
