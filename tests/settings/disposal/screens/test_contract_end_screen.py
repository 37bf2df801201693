"""契約の終わり on the sample year: what is left, one thing entered, a row of the certificate matched, its buttons."""

from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.documents.screens.document_view import DocumentDialog
from app.history import services as history_services
from app.ledgers.services import ledger_writing
from app.settings.disposal.screens import ContractEndScreen, SettleItemsDialog
from app.widgets.dialogs.form_dialog import FormDialog
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import read_again


@pytest.fixture
def screen(qtbot, tmp_path):
    with session(tmp_path) as desk:
        found = shown(qtbot, ContractEndScreen(desk), desk)
        do(qtbot, desk, found.reload)
        yield found


def states(screen: ContractEndScreen) -> dict[str, str]:
    return {row.item: row.state for row in screen.found.rows}


def choose(screen: ContractEndScreen, what: str) -> None:
    assert screen.table.choose(lambda row: row.item == what)


def save(qtbot: Any, screen: ContractEndScreen, dialog: FormDialog) -> None:
    do(qtbot, screen.app_context, dialog.save)
    read_again(qtbot, screen)


def test_it_shows_both_shelves_and_what_comes_next(screen):
    found = states(screen)
    assert (found["アンケート回答用紙"], found["申込者・参加者の連絡先"]) == ("left", "ward")
    assert [box.words().split("　")[0] for box in screen.steps.boxes] == [
        "1 残っているもの",
        "2 指示",
        "3 証明書",
        "4 検査",
    ]
    assert screen.main.text() == "指示書を開く"
    acts = [words for words, _act in screen._document_actions()]
    assert acts == ["指示書を開く", "証明書の様式を開く", "データ返還一式を開く"], "nothing was made that could be told"
    assert screen.badge.isHidden()
    screen.open_next_step()
    assert dialog_over(screen, DocumentDialog) is not None


def test_one_thing_is_entered_and_undo_brings_it_back(qtbot, screen):
    choose(screen, "派遣の聞き取りの記録")
    screen.settle_items()
    dialog = dialog_over(screen, SettleItemsDialog)
    dialog.form.set_values({"way": "区が認めて残す", "who": "受託見本　さくら"})
    save(qtbot, screen, dialog)
    assert "残す理由と期限" in dialog.refusal.words()
    dialog.form.set_values({"tool": "次年度の支援に使う。令和10年3月31日まで"})
    save(qtbot, screen, dialog)
    assert states(screen)["派遣の聞き取りの記録"] == "proven"
    history_services.undo(screen.app_context.store, by=BY, now=NOW)
    read_again(qtbot, screen)
    assert states(screen)["派遣の聞き取りの記録"] == "left"


def test_a_certificate_on_paper_is_entered_for_several_things_at_once(qtbot, screen):
    screen.table.view.selectAll()
    screen.settle_items()
    dialog = dialog_over(screen, SettleItemsDialog)
    assert "quantity" not in dialog.form.values(), "each thing keeps its own"
    dialog.form.set_values({"who": "受託見本　さくら"})
    save(qtbot, screen, dialog)
    assert "left" not in states(screen).values()
    assert screen.found.remaining_count == 0
    history_services.undo(screen.app_context.store, by=BY, now=NOW)
    read_again(qtbot, screen)
    assert screen.found.remaining_count == 9, "one action, one step back"


def test_a_row_of_other_words_says_which_thing_it_is(qtbot, screen):
    cells = {
        "done": "2026-11-30", "item": "アンケート用紙一式", "medium": "紙", "quantity": "63枚", "way": "裁断",
        "who": "受託見本　さくら",
    }  # fmt: skip
    ledger_writing.enter_row(
        ActionContext(screen.app_context.store, BY, NOW), key="disposals", fiscal_year=2026, cells=cells
    )
    read_again(qtbot, screen)
    assert states(screen)["アンケート用紙一式"] == "stray"
    assert not screen.badge.isHidden()
    choose(screen, "アンケート用紙一式")
    screen.match_stray_row()
    save(qtbot, screen, dialog_over(screen, FormDialog))
    found = states(screen)
    assert "アンケート用紙一式" not in found
    assert found["アンケート回答用紙"] == "proven"
