"""完了・検査・支払 on the screen: the steps one after the other by mouse and keyboard, the clock, the points, the
papers."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.submissions.deliverables.parts import ReceiveDialog
from app.submissions.deliverables.services.holdings import HoldingLine, Holdings
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.year_end.completion.screens.completion_screen import CompletionScreen
from app.year_end.completion.screens.dialogs import inspection_dialog
from app.year_end.completion.services import checks, inspections
from tests.support.completion import (
    CHECKED,
    INSPECTED,
    INVOICE_DAY,
    NOTICE_DAY,
    REASON,
    as_the_register_has_it,
    inspect,
    know_contract,
    receive,
    shown,
    up_to_invoice,
    up_to_return,
)
from tests.support.doing import do
from tests.support.paper_words import said_by
from tests.support.sample_desk import dialog_over
from tests.support.waiting import wait_idle
from tests.support.years import BY, at


@pytest.fixture
def days():
    return [at(CHECKED)]


@pytest.fixture
def screen(qtbot, store, desk_at, days):
    know_contract(store)
    desk = desk_at()
    desk._clock = lambda: days[-1]
    made = CompletionScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    yield made
    wait_idle(qtbot, desk)


def show(qtbot, screen):
    screen.show()
    do(qtbot, screen, screen.reload)


def answer(qtbot, screen, dialog, **values):
    found = dialog_over(screen, dialog)
    found.form.set_values(values)
    do(qtbot, screen, found.main.click)
    do(qtbot, screen, screen.reload)
    return found


def test_each_step_is_recorded_where_it_is_the_next_one(qtbot, store, screen, days):
    days.append(at(NOTICE_DAY))
    show(qtbot, screen)
    assert screen.main.text() == "業務完了届を受領する"
    screen.main.click()
    answer(qtbot, screen, ReceiveDialog, original_place="文書管理システム")
    assert screen.found.notice_on == NOTICE_DAY
    assert (screen.main.text(), screen.check_head.text()) == ("検査を記録する", "業務完了届の点検")

    screen.main.click()
    dialog = answer(qtbot, screen, FormDialog, inspector="見本太郎", staff="見本　太郎")
    assert dialog.form.value("result") is None, "the verdict is proposed by nobody"
    assert dialog.form.problem_shown("result")
    dialog = answer(qtbot, screen, FormDialog, result="合格")
    assert "この契約の担当です" in dialog.refusal.words()
    answer(qtbot, screen, FormDialog, inspector="見本　昭子", open_reason=REASON)
    assert screen.main.text() == "請求書を受領する"

    days.append(at(INVOICE_DAY))
    receive(store, "請求書", INVOICE_DAY)
    do(qtbot, screen, screen.reload)
    screen._looked = "請求書"
    screen._show_points()
    screen._offer()
    screen.type_button.click()
    answer(qtbot, screen, FormDialog, 宛名="練馬区長", 請求額=2_970_001, 請求日=INVOICE_DAY)
    states = {one.id: one.state for one in screen.table.model.records()}
    assert (states["請求額"], states["宛名・請求者"], states["請求日（検査のあと）"]) == ("合わない", "未入力", "合う")
    screen.table.choose(lambda one: one.id == "請求額")
    screen.reason_button.click()
    answer(qtbot, screen, ReasonDialog, reason="端数の扱いを会計課に確認した")
    assert {one.id: one.state for one in screen.table.model.records()}["請求額"] == "理由あり"

    screen.return_button.click()
    answer(qtbot, screen, FormDialog, reason="登録番号の誤り")
    assert (screen.main.text(), screen.left.text()) == ("再受領を記録する", "返戻中・再受領まで止まっています")
    assert "再受領まで期限は数えない" in screen.clock.words()


def test_an_invoice_that_counts_before_the_inspection_is_said(qtbot, store, screen, days):
    days.append(at(INVOICE_DAY))
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store)
    receive(store, "請求書", NOTICE_DAY)
    show(qtbot, screen)
    assert "請求書の受領日が、検査に合格した日より前です" in screen.term.words()
    assert not screen.ask_term.isVisible()


def test_the_clock_the_points_and_the_payment_to_its_end(qtbot, store, screen, days):
    up_to_return(store)
    show(qtbot, screen)
    assert screen.clock.words() == (
        "支払の時計　4/5(月) 受領、経過 2日、止めた日 6日、残り 28日（開庁日 16日）、期限 5/11(火)"
    )
    assert "止めた日4日とみて 5/8(土) → 前の開庁日 5/7(金)" in screen.counted.text()
    assert [box.words() for box in screen.steps.boxes][3:] == [
        "返戻　4/7(水)　登録番号の誤り　再受領 4/12(月)",
        "支払　期限 5/11(火)　区の対応　30日以内・一括　目安日 5/7(金)",
    ]
    do(qtbot, screen, screen.ask_ends.click)
    do(qtbot, screen, screen.reload)
    assert "会計課に確認中（4/13(火)" in screen.counted.text()
    screen.answer.click()
    answer(qtbot, screen, FormDialog, answer="両端とも数えない")
    assert "会計課の回答（4/13(火)）　両端とも数えない" in screen.counted.text()

    screen.type_button.click()
    dialog = dialog_over(screen, FormDialog)
    assert (dialog.form.value("請求額"), dialog.form.value("登録番号")) == (2_970_000, "")
    answer(qtbot, screen, FormDialog, 登録番号="T1234567890123", 請求日=date(2027, 4, 9))
    assert screen.check_count.text() == "済"
    assert "代表者・押印の要否・消費税の端数" in screen.rest.text()
    screen.finish_button.click()
    answer(qtbot, screen, FormDialog, second_by="見本　次郎")
    assert not screen.type_button.is_offered

    screen.main.click()
    answer(qtbot, screen, FormDialog, order_number="第18号")
    days.append(at(date(2027, 4, 30)))
    screen.main.click()
    answer(qtbot, screen, FormDialog, paid_on=date(2027, 4, 28))
    assert not screen.main.isVisible()
    assert screen.left.text() == "4/28(水) 支払済"


def test_a_payment_that_is_late_is_said_to_be_late(qtbot, store, screen, days):
    up_to_return(store)
    days.append(at(date(2027, 5, 11)))
    show(qtbot, screen)
    assert screen.left.text() == "残り 0日", "its last day"
    days.append(at(date(2027, 5, 14)))
    show(qtbot, screen)
    assert screen.left.text() == "期限を3日過ぎています"


def test_only_points_that_match_are_folded_and_one_with_a_reason_stays_in_the_list(qtbot, store, screen, days):
    days.append(at(INVOICE_DAY))
    paper_id = up_to_invoice(store)
    said = as_the_register_has_it(shown(store, INVOICE_DAY).invoice, INVOICE_DAY, 代表者="代表取締役　見本　二郎")
    context = ActionContext(store, BY, at(INVOICE_DAY))
    checks.note_reading(context, paper_id=paper_id, said=said)
    checks.accept_point(context, paper_id=paper_id, point="代表者", reason="代表者の変更届を受けた")
    show(qtbot, screen)
    assert screen.check_count.text() == "済"
    assert screen.rest.text() == "ほか 2点　合う（押印の要否・消費税の端数）"
    screen.table.choose(lambda one: one.id == "代表者")
    assert (screen.table.current().state, screen.reason_button.is_offered) == ("理由あり", True)


def test_the_result_of_each_inspection_is_chosen_by_its_own_name(qtbot, store, screen):
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, result="手直し", repair="印刷を直す", repair_due=date(2027, 4, 1))
    show(qtbot, screen)
    assert [screen.kinds.itemText(place) for place in range(screen.kinds.count())][2] == "検査結果通知"
    inspections.note_repaired(ActionContext(store, "見本", at(CHECKED)), inspection_id=1, repaired_on=INSPECTED)
    inspect(store, INSPECTED)
    do(qtbot, screen, screen.reload)
    named = [screen.kinds.itemText(place) for place in range(screen.kinds.count())]
    assert named[2:4] == ["検査結果通知　3/30(火)の検査　手直し", "検査結果通知　3/30(火)の検査　合格"]
    do(qtbot, screen, screen.show_paper, "検査結果通知")
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert "印刷を直す" in said_by(screen.paper.content), "the one that waits longest comes first"
    screen.kinds.setCurrentIndex(3)
    screen.kinds.activated.emit(3)
    qtbot.waitUntil(lambda: screen.paper.content is not None and "請求書は" in said_by(screen.paper.content))
    gone = []
    screen.app_context.navigation_requested.connect(lambda place, given: gone.append((place, given)))
    screen.letter.click()
    assert gone[-1][1]["item"] == screen.found.inspections[-1].id


@pytest.mark.parametrize("open_left", ["holdings", "awaited_items"])
def test_what_keeps_an_inspection_from_passing_has_a_field_for_its_reason(qtbot, store, screen, open_left):
    show(qtbot, screen)
    kept = {"holdings": screen.found.holdings, "awaited_items": ("従事者名簿 3番の変更届",)}
    nothing = {"papers": (), "holdings": Holdings(lines=(), unmatched_rows=()), "awaited_items": ()}
    if not screen.found.holdings.remaining:
        line = HoldingLine(item="名簿", medium="紙", quantity="1部", holder="受託者", source="")
        kept["holdings"] = Holdings(lines=(line,), unmatched_rows=())
    for given, asked in ((nothing, False), (nothing | {open_left: kept[open_left]}, True)):
        dialog = inspection_dialog(screen.app_context, replace(screen.found, **given), parent=screen)
        assert any(field.key == "open_reason" for field in dialog.form.fields) is asked
        dialog.close()
