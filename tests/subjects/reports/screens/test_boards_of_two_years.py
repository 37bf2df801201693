"""資料確認 and 報告書 while two years are open: every row says of which year its event is, on the screen
and in Excel."""

from __future__ import annotations

from datetime import date, datetime

from app.subjects.events.services import event_changes, event_drafts
from app.subjects.materials.screens.materials_panel import MaterialsPanel
from app.subjects.reports.screens.report_panel import ReportPanel
from app.subjects.year.services import years
from tests.support.sample_desk import shown
from tests.support.years import BY, add_lecture

NOW = datetime(2027, 2, 20, 9, 0)


def second_words(table, key):
    column = [one.key for one in table.model.columns].index(key)
    return {table.model.columns[column].show(row).second for row in table.model.records()}


def in_excel(table):
    _heads, rows = table.content()
    return {cell for row in rows for cell in row}


def test_rows_of_two_open_years_are_told_apart(qtbot, store, desk_at):
    add_lecture(store)
    years.start_year(store, draft=years.next_year_draft(store, today=NOW.date()), by=BY, now=NOW)
    draft = event_drafts.EventDraft(
        kind="講習会", subject="LINE講習会", event_date=date(2027, 9, 22), venue="みほん区民館"
    )
    event_changes.create_event(store, draft=draft, fiscal_year=2027, by=BY, now=NOW)
    desk = desk_at(NOW)
    reports, handouts = ReportPanel(desk), MaterialsPanel(desk)
    for panel in (reports, handouts):
        shown(qtbot, panel, desk)

    assert second_words(reports.list.table, "event") == {"令和8年度　R8 9/24(木)", "令和9年度　9/22(水)"}
    assert second_words(handouts.table, "title") == {
        "R8 9/24(木) 令和8年度　第1回 LINE講習会",
        "9/22(水) 令和9年度　第1回 LINE講習会",
    }
    for table in (reports.list.table, handouts.table):
        assert {"令和8年度　第1回 LINE講習会", "令和9年度　第1回 LINE講習会"} <= in_excel(table)
