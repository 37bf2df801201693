"""契約変更 in 設定: a day and a reason beside the plain correction, and the rows of the past in view."""

from datetime import date

import pytest

from app.events.headcount.services import HEADCOUNT
from app.history import services as history_services
from app.programme import services as programme_services
from app.settings.pages.screens.change_dialog import ContractChangeDialog, NamesChangeDialog
from tests.support.doing import do
from tests.support.sample_desk import dialog_over
from tests.support.settings_pages import shown_settings, turn_to
from tests.support.waiting import in_front, press
from tests.support.years import BY, NOW, TODAY, add_lecture

FROM = date(2026, 10, 1)
WHEN = {"day": FROM, "reason": "契約変更 第1回"}


@pytest.fixture
def page_of(desk_at, qtbot, store):
    screen = shown_settings(qtbot, desk_at, store)
    return lambda name: turn_to(qtbot, screen, name)


def agreed(page_of):
    """Return 数 and the dialog of a 契約変更 over it."""
    page = page_of("numbers")
    page.agree.click()
    return page, dialog_over(page, ContractChangeDialog)


def test_a_number_that_will_not_do_is_gone_to_wherever_the_dialog_stands(page_of, qtbot, store):
    _page, dialog = agreed(page_of)
    dialog.form.set_values(WHEN)
    in_front(qtbot, dialog)
    box = dialog.numbers.editor("講習会", "people_max")
    box.setText("三")
    qtbot.waitUntil(dialog.main.isEnabled)
    dialog._scroll.verticalScrollBar().setValue(dialog._scroll.verticalScrollBar().maximum())
    dialog.main.click()
    qtbot.waitUntil(lambda: box.visibleRegion().boundingRect() == box.rect())
    assert dialog.focusWidget() is box
    dialog.form.set_values({"reason": ""})
    dialog.numbers.editor("講習会", "people_max").setText("30")
    qtbot.waitUntil(dialog.main.isEnabled)
    dialog._scroll.verticalScrollBar().setValue(dialog._scroll.verticalScrollBar().maximum())
    dialog.main.click()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.form.editor("reason").visibleRegion().isEmpty())
    assert dialog.focusWidget() is dialog.form.editor("reason")


def test_numbers_hold_from_a_day_on_and_the_page_shows_those_of_today(page_of, qtbot, store):
    page = page_of("numbers")
    assert page.past.isHidden()
    page.agree.click()
    dialog = dialog_over(page, ContractChangeDialog)
    dialog.form.set_values(WHEN)
    dialog.terms.set_values({"payment_period": "20日以内"})
    dialog.numbers.editor("講習会", "people_max").setText("30")
    press(qtbot, page.app_context, dialog.main)

    before, after = (programme_services.read_programme(store, on=day) for day in (TODAY, FROM))
    assert (before.kind("講習会").people_max, after.kind("講習会").people_max) == (20, 30)
    assert (before.programme.payment_period, after.programme.payment_period) == ("30日以内", "20日以内")
    assert [row.kind for row in after.rows.numbers if row.valid_from] == ["講習会"], "what did not change has no row"
    assert (page.numbers.editor("講習会", "people_max").text(), page.past.isVisible()) == ("20", True)
    assert "令和8年10月1日（木）から　講習会の数　理由：契約変更 第1回" in page.past.words()


def test_the_dialog_names_what_would_move_before_it_is_saved(page_of, qtbot, store):
    add_lecture(store, date(2026, 9, 24))
    add_lecture(store, date(2026, 10, 14))
    page, dialog = agreed(page_of)
    assert dialog.moves.isHidden()
    dialog.form.set_values({"day": FROM, "reason": ""})
    dialog.numbers.editor("講習会", "headcount_period").setText("7日前")
    do(qtbot, page.app_context, dialog.preview_moves)

    (moved,) = dialog.moves.model.records()
    assert (moved.title, moved.label) == ("第2回 LINE講習会", "参加人数を連絡する")
    assert (moved.old, moved.new) == (date(2026, 10, 9), date(2026, 10, 7))
    assert dialog.main.text() == "期限を1件動かして適用する"
    assert [row.valid_from for row in programme_services.read_programme(store).rows.numbers] == [None] * 3
    dialog.form.set_values({"day": date(2027, 4, 1)})
    do(qtbot, page.app_context, dialog.preview_moves)
    assert "令和8年度の日ではありません" in dialog.count.plain_text()
    assert dialog.moves.isHidden()


def test_a_late_preview_of_an_earlier_input_leaves_the_newer_one_alone(page_of, qtbot, store):
    add_lecture(store, date(2026, 10, 14))
    page, dialog = agreed(page_of)
    dialog.form.set_values({"day": FROM, "reason": ""})
    box = dialog.numbers.editor("講習会", "headcount_period")
    box.setText("7日前")
    dialog.preview_moves()
    box.setText("5日前")
    do(qtbot, page.app_context, dialog.preview_moves)

    assert dialog.moves.isHidden(), "what the first input would have moved came after the second was shown"
    assert dialog.main.text() == "この日から適用する"


def test_a_change_without_a_reason_is_not_saved(page_of, qtbot, store):
    page, dialog = agreed(page_of)
    dialog.form.set_values({"day": FROM, "reason": ""})
    dialog.numbers.editor("講習会", "people_max").setText("30")
    press(qtbot, page.app_context, dialog.main)

    assert dialog.isVisible()
    assert programme_services.read_programme(store, on=FROM).kind("講習会").people_max == 20


def test_office_and_contractor_hold_from_a_day_on_and_undo_takes_it_back(page_of, qtbot, store):
    page = page_of("office")
    for button, values in (
        (page.office_change, {"section": "地域デジタル課"}),
        (page.contractor_change, {"responsible": "見本 次郎"}),
    ):
        button.click()
        dialog = dialog_over(page, NamesChangeDialog)
        dialog.form.set_values(WHEN)
        dialog.values.set_values(values)
        press(qtbot, page.app_context, dialog.main)

    before, after = (programme_services.read_programme(store, on=day) for day in (TODAY, FROM))
    assert (before.office.section, after.office.section) == ("協働推進課", "地域デジタル課")
    assert (before.contractor.responsible, after.contractor.responsible) == ("見本 花子", "見本 次郎")
    assert after.office.ward == before.office.ward
    assert page.office_form.value("section") == "協働推進課"
    assert "受託者　理由：契約変更 第1回" in page.past.words()
    history_services.undo(store, by=BY, now=NOW)
    assert programme_services.read_programme(store, on=FROM).contractor.responsible == "見本 花子"


def test_the_addressee_of_a_paper_holds_from_a_day_on(page_of, qtbot, store):
    page = page_of("papers")
    page.changes[HEADCOUNT].click()
    dialog = dialog_over(page, NamesChangeDialog)
    dialog.form.set_values(WHEN)
    dialog.values.set_values({"addressee": "みほん受託株式会社 支店"})
    press(qtbot, page.app_context, dialog.main)

    assert programme_services.read_programme(store, on=TODAY).setting_of(HEADCOUNT) is None
    setting = programme_services.read_programme(store, on=FROM).setting_of(HEADCOUNT)
    assert (setting.addressee, setting.reason) == ("みほん受託株式会社 支店", "契約変更 第1回")
