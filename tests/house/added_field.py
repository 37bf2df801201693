"""What ``tests/house/test_added_field.py`` runs in a scratch copy with one more column of applications: is it there
wherever a column of applications is met? Not collected by itself."""

import csv

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel

from app.actions.action_context import ActionContext
from app.documents.services.file_saving import SaveOptions
from app.documents.services.list_export import export_list
from app.events.applications.parts import ApplicationFields, DataEntryDialog
from app.events.applications.screens.list_page import list_columns
from app.events.applications.services.application_import import import_applications, preview_applications
from app.events.applications.services.applications import applications_of_event
from app.events.applications.services.manual_entry import change_application, typed_application_of
from app.history import services as history_services
from app.widgets.lists.record_table import RecordTable
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from tests.support.application_rows import BY, HEADINGS, NOW, row, year_store
from tests.support.history_lines import list_history
from tests.support.layout import CUT, OUTSIDE, OVER, faults_of
from tests.support.sample_desk import empty_screen
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
NAME, LABEL = "mail_time", "メールの希望時間"

store = made_by(lambda place: year_store(place, organisations=[("第1支部", "みほん一丁目町会")]))


@pytest.fixture
def desk(store):
    tasks = Tasks()
    yield AppContext(tasks=tasks, store=store, user_name=BY, fiscal_year=2026, clock=lambda: NOW)
    tasks.shutdown()


def test_the_column_goes_from_import_to_export_and_a_correction_keeps_it(qtbot, desk, store, tmp_path):
    path = tmp_path / "申込.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        cells = [[*HEADINGS, "メールでのご連絡の時間帯"], [*row(1, "見本　花子"), "夕方"]]
        csv.writer(file).writerows(cells)
    preview = preview_applications(store, path=path, event_id=1)
    assert NAME in [one.field for one in preview.mapped.columns]
    import_applications(ActionContext(store, **WHO), path=path, event_id=1)

    def line():
        (found,) = applications_of_event(store, event_id=1).rows
        return found

    assert getattr(line().application, NAME) == "夕方"

    table = RecordTable("added", list_columns(NOW.date()), title="申込の一覧", empty="")
    qtbot.addWidget(table)
    table.show_rows([line()])
    headings, texts = table.export_content([line()])
    book = tmp_path / "申込の一覧.xlsx"
    out = {"title": "申込の一覧", "columns": headings, "rows": texts, "personal": True, "event_id": 1}
    export_list(ActionContext(store, **WHO), options=SaveOptions(path=book, reason="試し"), **out)
    written = [[cell.value for cell in one] for one in openpyxl.load_workbook(book).active.iter_rows()]
    (place,) = [(at, one.index(LABEL)) for at, one in enumerate(written) if LABEL in one]
    assert written[place[0] + 1][place[1]] == "夕方"

    fields = ApplicationFields(desk)
    qtbot.addWidget(fields)
    shown = typed_application_of(1, line())
    fields.show_application(shown, line().organisation)
    assert fields.further[NAME].value() == "夕方"
    assert fields.further[NAME].target().accessibleName() == LABEL
    fields.care.setText("車いす")
    change_application(
        ActionContext(store, **WHO), application_id=line().id, typed=fields.read_application(shown), shown=shown
    )
    assert getattr(line().application, NAME) == "夕方"
    fields.further[NAME].show_value("午前")
    change_application(
        ActionContext(store, **WHO), application_id=line().id, typed=fields.read_application(shown), shown=shown
    )
    assert getattr(line().application, NAME) == "午前"

    newest = list_history(store)[0]
    assert [(one.field, one.before, one.after) for one in newest.changes] == [(LABEL, "夕方", "午前")]
    history_services.undo(store, **WHO)
    assert getattr(line().application, NAME) == "夕方"


def test_its_word_has_room_in_the_form(qtbot, desk):
    dialog = DataEntryDialog(empty_screen(qtbot, desk), event_id=1)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy)
    words = [one for one in dialog.fields.findChildren(QLabel) if one.text().startswith(LABEL)]
    assert [one.text() for one in words] == [f"{LABEL}（任意）"]
    assert not [str(one) for one in faults_of(dialog) if one.kind in (CUT, OUTSIDE, OVER)]


def test_a_later_list_in_which_it_alone_is_another_changes_it_and_an_empty_cell_keeps_it(store, tmp_path):
    def given(number, text):
        path = tmp_path / f"申込{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            line = [*row(number, "見本　花子", phone="03-0000-0001"), text]
            csv.writer(file).writerows([[*HEADINGS, "メールでのご連絡の時間帯"], line])
        return {"path": path, "event_id": 1}

    def kept():
        (found,) = applications_of_event(store, event_id=1).rows
        return getattr(found.application, NAME)

    import_applications(ActionContext(store, **WHO), **given(1, "夕方"))
    (shown,) = preview_applications(store, **given(2, "午前")).rows
    assert (shown.outcome, shown.reason) == ("更新", f"申込済みの人の申込。{LABEL}　夕方→午前")
    (shown,) = preview_applications(store, **given(2, "")).rows
    assert shown.outcome == "重複"
    import_applications(ActionContext(store, **WHO), **given(2, "午前"))
    assert kept() == "午前"
    history_services.undo(store, **WHO)
    assert kept() == "夕方"
