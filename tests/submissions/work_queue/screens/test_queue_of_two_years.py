"""資料・報告 while two years are open: every row says of which year its event is, on the screen and in Excel."""

from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.event.services import event_changes, event_drafts
from app.year.dates import services as dates_services
from db.records.event_form import EventForm
from tests.support.turns_pages import turns_shown
from tests.support.years import BY, add_lecture

NOW = datetime(2027, 2, 20, 9, 0)


def second_words(table, key):
    column = [one.key for one in table.model.columns].index(key)
    return {table.model.columns[column].show(row).second for row in table.model.records()}


def in_excel(table):
    _heads, rows = table.export_content()
    return {cell for row in rows for cell in row}


def test_rows_of_two_open_years_are_told_apart(qtbot, store, desk_at):
    add_lecture(store)
    dates_services.start_year(
        ActionContext(store, BY, NOW), draft=dates_services.next_year_draft(store, today=NOW.date())
    )
    draft = event_drafts.EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", event_date=date(2027, 9, 22), venue="みほん区民館"
    )
    event_changes.create_event(ActionContext(store, BY, NOW), draft=draft, fiscal_year=2027)
    desk = desk_at(NOW)
    table = turns_shown(qtbot, desk).table

    events = {"令和8年度　第1回 LINE講習会", "令和9年度　第1回 LINE講習会"}
    assert events <= second_words(table, "thing")
    assert events <= in_excel(table)
