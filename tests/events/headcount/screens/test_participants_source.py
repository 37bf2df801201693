"""人数連絡 counts from the roster: read only there, typed where somebody chooses so, and told on as it changes."""

from datetime import datetime

import pytest

from app.actions.action_context import ActionContext
from app.events.headcount import services as headcount_services
from app.events.headcount.screens.count_panel import CountPanel
from app.events.roster.services import entry_changes
from db.records.roster import Device, Entry
from db.rows import rows
from tests.support.doing import do
from tests.support.entries import put_entry, put_organisation
from tests.support.event_pages import all_cells
from tests.support.sample_desk import shown
from tests.support.years import BY, expect_people, tell_people

NOW = datetime(2026, 9, 15, 9, 12)


@pytest.fixture
def people(store, event):
    club = put_organisation(store, "みほん髙﨑𠮷町会")
    return [put_entry(store, event, f"みほん {n}号", organisation_id=club, device="貸与") for n in range(12)]


@pytest.fixture
def panel(qtbot, desk_at, event):
    desk = desk_at(NOW)
    return shown(qtbot, CountPanel(desk, embedded=True), desk, event_id=event)


def test_without_a_roster_the_numbers_are_typed_and_no_switch_is_seen(panel):
    assert not panel.source.isVisible()
    assert panel.grid.isVisible()
    assert not panel.list.isVisible()


class TestWithRoster:
    @pytest.fixture
    def panel(self, store, event, people, qtbot, desk_at):
        expect_people(store, event, 5, 4)
        desk = desk_at(NOW)
        return shown(qtbot, CountPanel(desk), desk, event_id=event)

    def test_the_numbers_of_the_roster_are_only_read(self, panel):
        assert (panel.source.roster.text(), panel.source.typed.text()) == (
            "名簿の人数を使う（12人）",
            "入力した人数を使う（9人）",
        )
        assert panel.source.roster.isChecked()
        assert not panel.grid.isVisible()
        assert [row.people for row in panel.list.table.model.records()] == [12, 12]
        assert all_cells(panel.list.table)[-1] == ["計　1団体", "12人", "0台", "12台", "0件", ""]
        assert panel.notice.make.text() == "参加人数連絡書を作成"

    def test_of_whom_no_device_is_known_is_said_at_the_sum_and_at_the_organisation(self, panel, store, event, qtbot):
        with store.change(action="端末を消した", by=BY, now=NOW, event_id=event, subject="roster") as change:
            change.update(Entry, rows(store.database, Entry, event_id=event)[0].id, device=Device.UNKNOWN)
        do(qtbot, panel.app_context, panel.reload)
        group, whole = all_cells(panel.list.table)
        assert group[0].endswith("端末 未確認 1人")
        assert whole == ["計　1団体 端末 未確認 1人", "12人", "未確認", "11台", "0件", ""]
        do(qtbot, panel.app_context, panel.source.typed.click)
        assert panel.grid.sums["organisation_name"].text() == "計　2団体　端末 未確認 9人"

    def test_the_switch_turns_to_the_typed_numbers_and_back(self, panel, store, event, qtbot):
        do(qtbot, panel.app_context, panel.source.typed.click)
        assert panel.grid.isVisible()
        assert [line.name.text() for line in panel.grid.lines[:-1]] == ["みほん第1町会", "みほん第2町会"]
        assert headcount_services.read_headcount(store, event_id=event, today=NOW.date()).totals.people == 9

        do(qtbot, panel.app_context, panel.source.roster.click)
        assert panel.list.isVisible()
        assert headcount_services.read_headcount(store, event_id=event, today=NOW.date()).totals.people == 12

    def test_an_absence_after_telling_asks_for_a_change_notice(self, panel, store, event, people, qtbot):
        tell_people(store, event, now=NOW)
        entry_changes.record_absence(ActionContext(store, BY, NOW), entry_id=people[0])
        do(qtbot, panel.app_context, panel.refresh)

        assert panel.notice.make.text() == "変更連絡を作成"
        assert ("参加予定人数", 12, 11, "-1") in panel.notice.differences.shown_rows()

    def test_what_leaves_as_a_workbook_is_what_is_shown(self, panel):
        assert [(row.organisation_name, row.people) for row in panel._rows()] == [("みほん髙﨑𠮷町会", 12)]
