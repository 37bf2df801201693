"""The menu of the years in the real window: the next year started, another shown, one closed and opened, all taken
back."""

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QLabel

from app.actions.action_context import ActionContext
from app.common.file_locations import resources_folder
from app.event.screens.event_dialog import EventDialog
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.main_window.action_routes import route_to
from app.programme import services as programme_services
from app.widgets.badges import KindSquare, kind_look, kind_looks
from app.widgets.dialogs.form_dialog import FormDialog
from app.year.dates.screens import StartYearDialog
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.rows import row
from tests.support.doing import do
from tests.support.whole_window import whole_window
from tests.support.years import BY, add_lecture, sign_contract, the_event

NOW = datetime(2027, 2, 20, 9, 0)


@pytest.fixture
def window(store, desk_at, qtbot):
    sign_contract(store)
    add_lecture(store, date(2026, 9, 24))
    desk = desk_at(NOW, undoes=True)
    made = whole_window(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("home")
    do(qtbot, desk, made.show)
    return made


def menu(window):
    return {action.text(): action for action in window.top_bar.year_button.menu().actions() if action.text()}


def opened(window, kind):
    return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()][-1]


def start_next(window, qtbot):
    do(qtbot, window, menu(window)["つぎの年度（令和9年度）を始める…"].trigger)
    dialog = opened(window, StartYearDialog)
    do(qtbot, window, dialog.main.click)


def choose(window, qtbot, words):
    do(qtbot, window, menu(window)[words].trigger)


def due_rows(window):
    return list(window.screen_of("home").due.table.model.records())


def years_of(window):
    return [one.fiscal_year for one in programme_services.programmes(window.app_context.store)]


def test_the_menu_names_the_year_and_what_can_be_done(window):
    assert window.top_bar.year_button.isVisible()
    assert window.top_bar.year_button.text() == "令和8年度"
    assert list(menu(window)) == ["令和8年度", "つぎの年度（令和9年度）を始める…", "令和8年度を閉じる…"]


def definition_of_r9(place):
    text = (resources_folder() / "programmes" / "nerima_r8.toml").read_text(encoding="utf-8")
    for old, new in (("2027-", "2028-"), ("2026-", "2027-"), ("= 2026", "= 2027"), ("令和8年度", "令和9年度")):
        text = text.replace(old, new)
    place.write_text(text.replace("planned = 7", "planned = 12").replace('"仕5"', '"仕9"'), encoding="utf-8")
    return place


def test_the_next_year_begins_from_a_definition_file_of_that_year(window, qtbot, tmp_path):
    do(qtbot, window, menu(window)["つぎの年度（令和9年度）を始める…"].trigger)
    dialog = opened(window, StartYearDialog)
    do(qtbot, window, dialog.step.file_chosen.emit, resources_folder() / "programmes" / "nerima_r8.toml")
    assert "「nerima_r8.toml」は令和8年度の定義ファイルです。" in dialog.step.problem.words()
    assert dialog.step.numbers.numbers()[0].planned == 7
    do(qtbot, window, dialog.step.file_chosen.emit, definition_of_r9(tmp_path / "r9.toml"))
    assert dialog.step.numbers.numbers()[0].planned == 12
    assert dialog.step.intro.text().startswith("定義ファイルの契約条件を入れてあります")
    assert dialog.office.isHidden(), "it is the same 所属"
    path = definition_of_r9(tmp_path / "r9.toml")
    moved = path.read_text(encoding="utf-8").replace(
        'section = "協働推進課"\nunit = "区民協働担当係"', 'section = "見本課"'
    )
    moved = moved.replace('key = "意見交換会"', 'key = "交流会"').replace('sign = "意"', 'sign = "交"')
    moved = moved.replace('compare = "意見交換会.', 'compare = "交流会.')
    path.write_text(moved.replace('sign = "講"', 'sign = "学"'), encoding="utf-8")
    store = window.app_context.store
    with store.change(action="記号を変えた", by=BY, now=NOW) as change:
        change.update(EventKind, row(store.database, EventKind, kind="意見交換会").id, sign="見")
    do(qtbot, window, dialog.step.file_chosen.emit, path)
    assert not dialog.office.isHidden()
    shown = dialog.office.findChildren(QLabel)
    said = "\n".join(one.text() for one in shown)
    assert "いまの所属：練馬区地域文化部協働推進課区民協働担当係" in said
    assert "定義ファイル：練馬区地域文化部見本課" in said
    assert "所属　練馬区地域文化部見本課\n" in dialog.carried_over.text()
    dialog.office.editor("office").setCurrentIndex(0)
    dialog.office.editor("office").activated.emit(0)
    assert dialog.office.value("office") is False
    assert "所属　練馬区地域文化部協働推進課区民協働担当係\n" in dialog.carried_over.text()
    dialog.office.editor("office").setCurrentIndex(1)
    dialog.office.editor("office").activated.emit(1)
    squares = dialog.step.numbers.findChildren(KindSquare)
    assert [kind_look(one._kind).sign for one in squares] == ["学", "派", "交"]
    do(qtbot, window, dialog.main.click)
    view = programme_services.read_programme(window.app_context.store)
    assert (view.programme.fiscal_year, view.programme.clause_payment) == (2027, "仕9")
    assert (view.kind("講習会").planned, view.kind("講習会").window_end) == (12, date(2027, 12, 25))
    assert (view.office.full_name, view.office.staff) == ("練馬区地域文化部見本課", ""), (
        "nothing of the old one is left"
    )
    choose(window, qtbot, "令和9年度")
    shown = {key: kind_look(key).sign for key in ("意見交換会", "交流会")}
    assert shown == {"意見交換会": "見", "交流会": "交"}, "a kind of last year keeps its sign"
    assert [key for key, _look in kind_looks()] == ["講習会", "派遣", "交流会"]


def test_the_values_of_the_last_year_are_there_to_check_and_to_change(window, qtbot):
    do(qtbot, window, menu(window)["つぎの年度（令和9年度）を始める…"].trigger)
    dialog = opened(window, StartYearDialog)
    typed = dialog.step.programme()
    assert (typed.title, typed.term_end) == ("令和9年度 町会・自治会デジタル活用支援事業委託", date(2028, 3, 31))
    assert dialog.step.numbers.numbers()[0].window_end == date(2027, 12, 25)

    dialog.step.form.set_values({"term_end": date(2028, 3, 15)})
    do(qtbot, window, dialog.main.click)

    assert [one for one in window.findChildren(StartYearDialog) if one.isVisible()] == []
    assert programme_services.read_programme(window.app_context.store).programme.term_end == date(2028, 3, 15)
    assert window.top_bar.year_button.text() == "令和8年度", "the year that is worked in stays in view"


def test_the_new_year_shows_its_own_lists_and_the_duties_of_the_last_with_their_year(window, qtbot):
    before = [(row.task.label, row.date_words) for row in due_rows(window)]
    start_next(window, qtbot)
    choose(window, qtbot, "令和9年度")

    assert window.shown_screen_name() == "home"
    assert [(row.task.label, row.date_words) for row in due_rows(window) if row.year_words == "令和8年度"] == before
    do(qtbot, window, window.go, "events")
    assert window.screen_of("events").table.model.rowCount() == 0
    choose(window, qtbot, "令和8年度")
    assert window.shown_screen_name() == "events"
    assert window.screen_of("events").table.model.rowCount() == 1


def test_a_duty_of_the_other_year_leads_to_that_year(window, qtbot):
    start_next(window, qtbot)
    window.app_context._clock = lambda: datetime(2027, 5, 20, 9, 0)
    choose(window, qtbot, "令和9年度")
    window.screen_of("home").due.passed.click()
    row = next(row for row in due_rows(window) if row.task.task == "検査を終える")

    do(qtbot, window, window.screen_of("home").open_link, route_to(row.link))

    assert (window.shown_screen_name(), window.app_context.fiscal_year) == ("completion", 2026)
    assert window.screen_of("completion").found.programme.fiscal_year == 2026


def test_taking_the_start_back_leaves_the_year_that_is_left(window, qtbot):
    start_next(window, qtbot)
    choose(window, qtbot, "令和9年度")
    do(qtbot, window, window.undo)

    assert years_of(window) == [2026]
    assert (window.app_context.fiscal_year, window.top_bar.year_button.text()) == (2026, "令和8年度")


def test_a_year_with_an_event_is_not_taken_back(window, qtbot):
    start_next(window, qtbot)
    draft = EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="Zoom", event_date=date(2027, 9, 22), venue="みほん区民館"
    )
    create_event(ActionContext(window.app_context.store, "見本 花子", NOW), draft=draft, fiscal_year=2027)
    said = []
    window.app_context.failed.disconnect()
    window.app_context.failed.connect(said.append)
    do(qtbot, window, window.undo)

    assert years_of(window) == [2027, 2026]
    assert "元に戻せません" in str(said[0])


def test_a_year_is_closed_with_what_is_open_in_view_and_opened_again(window, qtbot):
    assert due_rows(window)
    choose(window, qtbot, "令和8年度を閉じる…")
    dialog = opened(window, FormDialog)
    dialog.form.set_values({"reason": "検査と支払が済んだ"})
    do(qtbot, window, dialog.main.click)

    assert due_rows(window) == []
    closed = programme_services.read_programme(window.app_context.store).programme
    assert (closed.closed_on, closed.closed_reason) == (NOW.date(), "検査と支払が済んだ")
    choose(window, qtbot, "令和8年度をもう一度開く")
    assert due_rows(window)
    do(qtbot, window, window.undo)
    do(qtbot, window, window.undo)
    assert programme_services.read_programme(window.app_context.store).programme.closed_on is None


def test_an_event_is_created_in_the_year_that_is_shown(window, qtbot):
    start_next(window, qtbot)
    choose(window, qtbot, "令和9年度")
    do(qtbot, window, window.go, "events", new="1")
    dialog = opened(window, EventDialog)
    dialog.form.set_values({"subject": "Zoom講習会", "event_date": date(2027, 9, 22), "venue": "みほん区民館"})
    do(qtbot, window, dialog._save)

    assert window.screen_of("events").table.model.rowCount() == 1
    assert (
        the_event(window.app_context.store, 2).programme_id
        == programme_services.read_programme(window.app_context.store).programme.id
    )
