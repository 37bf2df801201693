"""契約 in 設定: the register is typed and saved field by field, wrong input is said, a 契約変更 stands in
the history."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from app.history import services as history_services
from app.programme import services as programme_services
from app.programme.intake import preset, read_definition
from app.settings.pages.screens.change_dialog import ContractChangeDialog
from app.settings.pages.screens.contract_page import ContractPage, parse_days_before
from app.widgets.dialogs.dialog_frame import DialogFrame
from tests.support.doing import do
from tests.support.sessions import open_dialog
from tests.support.settings_pages import shown_settings, turn_to
from tests.support.waiting import press, read_again, wait_idle
from tests.support.years import BY, NOW


@pytest.fixture
def page(desk_at, qtbot, store) -> Iterator[ContractPage]:
    screen = shown_settings(qtbot, desk_at, store)
    yield turn_to(qtbot, screen, "contract")
    screen.close()


def leave_with(qtbot, page, form, key: str, text: str) -> None:
    box = form.editor(key)
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.setText(text)
    box.textEdited.emit(text)
    box.editingFinished.emit()
    wait_idle(qtbot, page.app_context)


def test_the_contract_is_saved_as_it_is_typed_and_amounts_have_separators(page, store, qtbot):
    for form, key, text in (
        (page.contract, "contract_number", "8-0000"),
        (page.contract, "contract_date", "R8.7.31"),
        (page.money, "amount", "２９７００００"),
    ):
        leave_with(qtbot, page, form, key, text)
    press(qtbot, page.app_context, page.contract.editor("annex_004"))

    saved = programme_services.read_programme(store).programme
    assert (saved.contract_number, saved.contract_date) == ("8-0000", date(2026, 7, 31))
    assert (saved.amount, saved.tax, saved.annex_004) == (2_970_000, None, True)
    assert page.money.editor("amount").text() == "2,970,000"
    assert page.taxes.text() == "税抜 2,700,000円　消費税（10％・税率から計算）270,000円"
    assert page.term.text() == "履行期間　令和8年8月1日（土）から令和9年3月31日（水）まで"
    leave_with(qtbot, page, page.contract, "term_begins", "契約締結日から")
    assert programme_services.read_programme(store).programme.term_begins == "契約締結日"
    assert page.term.text() == "履行期間　令和8年7月31日（金）から令和9年3月31日（水）まで"
    history_services.undo(store, by=BY, now=NOW)
    history_services.undo(store, by=BY, now=NOW)
    read_again(qtbot, page)
    assert not programme_services.read_programme(store).programme.annex_004
    assert not page.contract.value("annex_004")


def test_wrong_input_is_said_in_words_and_what_is_stored_stays(page, store, qtbot):
    leave_with(qtbot, page, page.money, "amount", "約300万")
    assert "数として読めません" in page.money.problems()["amount"]
    leave_with(qtbot, page, page.money, "amount", "1,000")
    leave_with(qtbot, page, page.money, "tax", "2,000")
    assert "消費税額が、契約金額（税込）より大きく" in page.problem.words()
    leave_with(qtbot, page, page.notice, "expiry_days", "あした")
    leave_with(qtbot, page, page.contract, "title", "令和7年度 町会・自治会デジタル活用支援事業委託")
    saved = programme_services.read_programme(store).programme
    assert (saved.amount, saved.tax, saved.expiry_days) == (1000, None, (90, 60, 30, 7))
    assert "契約件名は令和7年度ですが" in page.doubts.words()


def test_a_change_of_the_contract_is_agreed_with_its_number_and_stands_in_the_history(page, store, qtbot):
    leave_with(qtbot, page, page.money, "amount", "2970000")
    leave_with(qtbot, page, page.money, "tax", "270000")
    page.agree.click()
    dialog = open_dialog(ContractChangeDialog)
    dialog.form.set_values({"day": date(2026, 10, 1), "number": "第1号", "reason": "回数の見直し"})
    box = dialog.terms.editor("amount")
    assert isinstance(box, QLineEdit)
    box.setText("3300000")
    box.textEdited.emit("3300000")
    dialog.main.click()  # not before it was shown what the change moves
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.main.isEnabled)
    press(qtbot, page.app_context, dialog.main)

    rows = page.history.model.records()
    assert [(one.number, one.item, one.old, one.new) for one in rows] == [
        ("第1号", "契約金額（円）", "2,970,000", "3,300,000"),
        ("第1号", "消費税額（円）", "270,000", "（空欄）"),
    ]
    assert page.money.editor("amount").text() == "2,970,000"


def test_the_paper_of_the_register_is_opened_on_the_shelf_of_the_year(page, qtbot):
    asked: list[tuple[str, dict[str, object]]] = []
    page.app_context.navigation_requested.connect(lambda place, arguments: asked.append((place, arguments)))
    page.paper.click()
    assert asked == [("documents", {"kind": "契約台帳"})]


@pytest.mark.parametrize(("typed", "days"), [("90、60、30、7", (90, 60, 30, 7)), ("7,30", (30, 7)), ("あした", None)])
def test_days_before_are_read_as_they_are_typed(typed, days):
    assert parse_days_before(typed) == days


def test_the_definition_is_written_out_where_it_is_asked_for(page, qtbot, tmp_path, monkeypatch):
    asked: list[str] = []

    def choose(_owner, _title, start, _kinds, **_options):
        asked.append(Path(start).name)
        return (str(tmp_path / "わたし.toml"), "")

    monkeypatch.setattr("app.settings.pages.screens.contract_page.QFileDialog.getSaveFileName", choose)
    press(qtbot, page.app_context, page.write_out)
    assert asked == ["年度の定義_令和8年度.toml"]
    assert page.written.words() == "「わたし.toml」に書き出しました。"
    assert read_definition(tmp_path / "わたし.toml") == preset()
    (tmp_path / "ない").mkdir()
    monkeypatch.setattr(
        "app.settings.pages.screens.contract_page.QFileDialog.getSaveFileName",
        lambda *_, **_options: (str(tmp_path / "なくなった" / "x.toml"), ""),
    )
    press(qtbot, page.app_context, page.write_out)
    assert "保存先のフォルダー「なくなった」が見つかりません" in page.problem.words()


def words_of(dialog):
    return "\n".join(part.text() for part in dialog.findChildren(QLabel))


def test_a_questionnaire_of_the_same_name_is_replaced_only_after_a_question(page, qtbot, tmp_path):
    written = programme_services.DefinitionFile(
        name="年度.toml", data=b"new", beside={"設問.json": b"new", "別の設問.json": b"new"}
    )
    own, chosen = tmp_path / "設問.json", tmp_path / "年度.toml"
    own.write_bytes(b"own")
    do(qtbot, page.app_context, page.save_written, chosen, written)
    asked = open_dialog(DialogFrame)
    assert "「設問.json」は、もうあります。" in words_of(asked)
    asked.reject()
    assert own.read_bytes() == b"own"
    assert (chosen.exists(), page.written.words()) == (False, "")

    chosen.write_bytes(b"old")
    do(qtbot, page.app_context, page.save_written, chosen, written)
    asked = open_dialog(DialogFrame)
    assert "「年度.toml」「設問.json」は、もうあります。" in words_of(asked)
    press(qtbot, page.app_context, asked.main)
    assert {path.read_bytes() for path in (own, chosen, tmp_path / "別の設問.json")} == {b"new"}
    assert page.written.words() == "「年度.toml」に書き出しました。"
