"""報告書 of one event: its check, and the two ways where nothing is there yet."""

import pytest

from app.event.parts import RequestDraftDialog
from tests.support.doing import do
from tests.support.report_pages import click, id_of, reports_shown, stored
from tests.support.sample import event_id
from tests.support.sample_desk import dialog_over


@pytest.fixture
def panel(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path) as found:
        yield found


def opened(qtbot, panel, event_id):
    panel.open_with(event_id=event_id)
    do(qtbot, panel, panel.reload)


def test_a_received_report_opens_at_its_check(panel, qtbot):
    opened(qtbot, panel, id_of(panel, "E1"))

    assert panel.check.isVisible()
    assert panel.check.head.event_link.text() == "11/12(木)　第1回 意見交換会"


def test_the_form_promises_only_what_goes_into_one_of_its_kind(panel, qtbot):
    for event, inside in (
        (("講習会", 6), "当日の記録、進行表、資料、アンケートの集計が入った様式"),
        (("派遣", 3), "当日の記録、進行表が入った様式"),
    ):
        wanted = event_id(panel.app_context.store, *event)
        opened(qtbot, panel, wanted)
        assert panel.start.isVisible()
        assert panel.start.what.plain_text().startswith(inside)


def test_where_nothing_is_there_both_ways_are_offered_and_the_request_is_at_hand(panel, qtbot):
    opened(qtbot, panel, id_of(panel, "L4"))

    assert panel.start.isVisible()
    assert panel.start.head.badge.kind == "期限超過"
    assert "休日の場合 11/30(月)" in panel.start.due.text()
    click(qtbot, panel, panel.start.remind)
    dialog = dialog_over(panel, RequestDraftDialog)
    assert "業務責任者" in dialog.text.toPlainText()
    dialog.reject()


def test_a_report_of_an_event_still_to_come_cannot_be_received_yet(panel, qtbot):
    opened(qtbot, panel, id_of(panel, "L6"))

    assert not panel.start.receive.isEnabled()
    assert "実施日を過ぎると" in panel.start.not_yet.words()
    assert panel.start.make.isEnabled()


def test_the_form_is_made_by_the_ward_or_in_the_name_of_the_contractor(panel, qtbot):
    opened(qtbot, panel, id_of(panel, "L4"))
    click(qtbot, panel, panel.start.make)

    assert panel.form.isVisible()
    assert stored(panel, "L4").author == "区"
    assert panel.form.head.badge.words == "区が事前記入・受託者確認前"
