"""What a clerk does with 実施報告書: form, receipt, numbers side by side, confirmation."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.services import report_check, reports
from app.services.refusal import Refusal
from db.records.events import EventResult
from db.tables import events
from db.tables import reports as table
from tests.support.sample import BY, NOW, event_id, sample_store


@pytest.fixture
def store(tmp_path):
    found = sample_store(tmp_path)
    yield found
    found.database.conn.close()


def test_a_form_says_which_points_of_the_clause_are_still_missing(store):
    fourth = event_id(store, "講習会", 4)
    reports.start_report(store, event_id=fourth, by=BY, now=NOW)
    before = {state.point: state for state in reports.read_report_form(store, event_id=fourth).points}
    assert before["実施内容"].done
    assert not before["講師からの所感"].done
    report = reports.read_report_form(store, event_id=fourth).report
    reports.write_chapter(store, report_id=report.id, key="所感", text="よく学ばれた。", by=BY, now=NOW)
    after = {state.point: state.done for state in reports.read_report_form(store, event_id=fourth).points}
    assert after["講師からの所感"]


def test_the_due_day_of_a_report_follows_the_civil_code(store):
    form = reports.read_report_form(store, event_id=event_id(store, "講習会", 2))
    assert form.due == date(2026, 10, 31)  # 9/30 → 翌日起算 → 10/31


def test_a_form_cannot_be_received_before_the_contractor_confirmed_it(store):
    report = reports.read_report_form(store, event_id=event_id(store, "講習会", 5)).report
    with pytest.raises(Refusal, match="受託者の確認がまだ"):
        reports.mark_received(store, report_id=report.id, on=date(2026, 12, 1), how="メール", by=BY, now=NOW)
    reports.confirm_by_contractor(store, report_id=report.id, on=date(2026, 11, 30), by=BY, now=NOW)
    reports.mark_received(store, report_id=report.id, on=date(2026, 12, 1), how="メール", by=BY, now=NOW)
    assert table.find_report(store.database, report.id).status == "受領"


def test_a_received_file_comes_back_byte_for_byte_and_is_not_readable_on_disk(store, tmp_path):
    fourth = event_id(store, "講習会", 4)
    data = b"%PDF-1.4 report of the contractor"
    saved = report_check.receive_report(
        store, event_id=fourth, data=data, name="報告書.pdf", pages=4, received_on=date(2026, 12, 1),
        received_how="メール", by=BY, now=NOW,
    )  # fmt: skip
    view = report_check.read_report_check(store, report_id=saved.id)
    assert view.data == data
    assert view.in_time is False  # 10/29 の回: 11/29(日) → 11/30(月) まで
    assert all(data not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_report_is_not_confirmed_while_a_difference_is_open(store):
    exchange = event_id(store, "意見交換会", 1)
    received = reports.newest(table.reports_of_event(store.database, exchange), "受領")
    view = report_check.read_report_check(store, report_id=received.id)
    assert view.open_differences == 1
    for point in view.points:
        report_check.tick_point(store, report_id=received.id, point=point, found=True, by=BY, now=NOW)
    with pytest.raises(Refusal, match="回収数"):
        report_check.confirm_report(store, report_id=received.id, on=NOW.date(), by=BY, now=NOW)
    differing = next(figure for figure in view.figures if report_check.is_open(figure))
    with pytest.raises(Refusal, match="理由"):
        report_check.set_figure(
            store, figure_id=differing.id, theirs=differing.theirs, handling="差のまま", by=BY, now=NOW
        )
    report_check.set_figure(
        store, figure_id=differing.id, theirs=differing.theirs, handling="差のまま", reason="白紙1枚を含む数", by=BY,
        now=NOW,
    )  # fmt: skip
    report_check.confirm_report(store, report_id=received.id, on=NOW.date(), by=BY, now=NOW)
    assert table.find_report(store.database, received.id).status == "確認済"


def test_correcting_our_own_record_is_read_into_the_comparison(store):
    exchange = event_id(store, "意見交換会", 1)
    received = reports.newest(table.reports_of_event(store.database, exchange), "受領")
    result = events.result(store.database, exchange)
    with store.change(action="出席を訂正", by=BY, now=NOW) as change:
        change.update(EventResult, result.id, attended=17)
    report_check.refresh_ours(store, report_id=received.id, by=BY, now=NOW)
    figures = {figure.item: figure for figure in table.figures_of_report(store.database, received.id)}
    assert figures["出席"].ours == "17人"


def test_the_correction_request_names_page_and_both_numbers_and_goes_to_the_responsible_person(store):
    third = event_id(store, "講習会", 3)
    received = reports.newest(table.reports_of_event(store.database, third), "受領")
    text = report_check.read_report_check(store, report_id=received.id).request_text
    assert "業務責任者　受託見本　恵子　様" in text
    assert "p.1　出席「15人」（区の記録は14人）" in text
    assert "講師" not in text


def test_the_next_version_takes_the_text_but_not_the_confirmation(store):
    second = event_id(store, "講習会", 2)
    report = reports.read_report_form(store, event_id=second).report
    reports.confirm_by_contractor(store, report_id=report.id, on=date(2026, 11, 30), by=BY, now=NOW)
    saved = reports.make_next_version(store, report_id=report.id, by=BY, now=datetime(2026, 12, 1, 10))
    fresh = table.find_report(store.database, saved.id)
    assert (fresh.version, fresh.contractor_confirmed_on) == (2, None)
    assert fresh.body == report.body
