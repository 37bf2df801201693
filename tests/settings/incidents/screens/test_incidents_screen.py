"""An incident at 17:05 on a Friday, by the screen and the keys alone."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit

from app.actions.action_context import ActionContext
from app.documents.screens.document_view import DocumentDialog
from app.documents.services import document_saving
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.history import services as history_services
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.documents import KIND
from app.settings.incidents.screens import IncidentsScreen
from app.settings.incidents.services import incidents
from app.settings.incidents.services.incident_view import incident_follow_ups, read_incident
from app.widgets.dialogs.form_dialog import FormDialog
from app.year.dates import services as dates_services
from db.records.incidents import Incident, IncidentLocation, IncidentNote
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.sample_desk import dialog_over
from tests.support.waiting import in_front, press, read_again, wait_idle
from tests.support.years import add_lecture

FRIDAY = datetime(2026, 11, 13, 17, 5)


@pytest.fixture
def screen(qtbot, store, desk_at):
    desk = desk_at(FRIDAY)
    made = IncidentsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    desk.navigation_requested.connect(lambda _place, handed: made.open_with(**handed))
    do(qtbot, desk, made.show)
    yield made
    wait_idle(qtbot, desk)


def again(qtbot, screen):
    wait_idle(qtbot, screen.app_context)
    read_again(qtbot, screen)
    wait_idle(qtbot, screen.app_context)


def saved(qtbot, screen, **typed):
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values(dialog.form.values() | typed)
    dialog.main.click()
    again(qtbot, screen)


def test_a_friday_at_five_past_five_from_the_first_word_to_the_end(qtbot, store, screen):
    qtbot.keyClick(screen.begin_button, Qt.Key.Key_Return)
    saved(qtbot, screen, title="受付名簿(紙) 1部が見あたらない", known_by="見本 太郎")
    (incident,) = rows(store.database, Incident)
    assert (incident.known_at, incident.place, incident.sort) == (FRIDAY, "区", "事故のおそれ")
    assert (screen.title.text(), screen.since.text()) == ("第1号　受付名簿(紙) 1部が見あたらない", "0分")
    assert screen.step_title.text() == "1　広げない"

    for _step in range(3):
        qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)  # leads to the button, records nothing by itself
        qtbot.keyClick(screen.button_of["行った"], Qt.Key.Key_Return)
        again(qtbot, screen)
    assert screen._view.steps[0].done

    in_front(qtbot, screen)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert screen.step_title.text() == "2　知らせる"
    due = {one.text: one.until for one in screen.lines.model.records()}
    assert (due["個人情報保護委員会　速報"], due["個人情報保護委員会　確報"]) == ("11/17(火)", "12/14(月)")
    assert screen.button_of["話した"].is_filled
    for way in ("話した", "不在", "話した", "話した"):
        qtbot.keyClick(screen.button_of[way], Qt.Key.Key_Return)
        again(qtbot, screen)
    assert not [one for one in screen.lines.model.records() if one.kind == "party" and not one.done]
    assert not screen.button_of["話した"].is_filled
    assert screen.paper_button.is_filled

    screen.lines.choose(lambda one: one.id == "速報")
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    saved(qtbot, screen, needed="否", decided_by="協働推進課長", reason="見つかり、だれも見ていない")
    screen.go_to_step(3)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    saved(
        qtbot,
        screen,
        happened="16:30ごろ",
        what="受付名簿（氏名・団体）",
        amount="1部",
        people=14,
        spot="研修室",
        course="片付けのとき2部のうち1部がない",
    )
    screen.go_to_step(4)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    saved(qtbot, screen, needed="否", decided_by="協働推進課長", how="だれも見ていない")
    screen.go_to_step(5)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    saved(qtbot, screen, cause="部数を数える人を決めていなかった")
    screen.add_measure()
    saved(qtbot, screen, what="2人で数える", who="区", done_on=FRIDAY.date())
    screen.more_words.setPlainText("机の下で見つかった")
    qtbot.keyClick(screen.write_button, Qt.Key.Key_Return)
    again(qtbot, screen)
    assert screen.more_words.toPlainText() == ""
    assert [one.words for one in rows(store.database, IncidentNote)][-1] == "机の下で見つかった"

    screen.go_to_step(6)
    assert [one.text for one in screen.lines.model.records()] == ["残っていることはありません。"]
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    qtbot.keyClick(screen.button_of["閉じる"], Qt.Key.Key_Return)
    saved(qtbot, screen)
    closed = read_incident(store, incident_id=incident.id, now=FRIDAY)
    assert (closed.incident.closed_how, closed.next_report) == ("最終の報告", "最終")
    assert all(button.isHidden() for button in screen.button_of.values())
    assert not screen.reopen_button.isHidden()


def test_who_is_sent_to_a_step_of_the_incident_in_sight_stands_at_that_step(qtbot, store, screen):
    qtbot.keyClick(screen.begin_button, Qt.Key.Key_Return)
    saved(qtbot, screen, title="受付名簿(紙) 1部が見あたらない", known_by="見本 太郎")
    (incident,) = rows(store.database, Incident)
    for step, title in ((2, "2　知らせる"), (5, "5　原因と再発防止"), (1, "1　広げない")):
        screen.app_context.go("incidents", incident_id=incident.id, step=step)
        again(qtbot, screen)
        assert (screen.step_title.text(), screen.steps.current().id) == (title, step)


def begun(store, fiscal_year=2026, known_at=FRIDAY, **typed):
    return incidents.begin_incident(
        ActionContext(store, "見本 花子", known_at),
        fiscal_year=fiscal_year,
        incident={"title": "USBを置き忘れた"} | typed,
        known_at=known_at,
        known_by="見本 太郎",
    ).id


def next_year(store):
    """令和9年度 begins as it does for the office."""
    begun = {"by": "見本 花子", "now": datetime(2027, 3, 20, 9)}
    dates_services.start_year(
        ActionContext(store, **begun), draft=dates_services.next_year_draft(store, today=begun["now"].date())
    )


def test_an_incident_of_last_year_opens_from_home_in_april_and_stays_whole(qtbot, store, desk_at):
    event = add_lecture(store, date(2026, 11, 13))
    made = begun(store, event_id=event, known_at=datetime(2026, 11, 13, 17, 5))
    next_year(store)
    desk = desk_at(datetime(2027, 4, 2, 9))
    desk.choose_year(2027)
    screen = IncidentsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1190, 720)
    (row_of_home,) = [one for one in incident_follow_ups(store, date(2027, 4, 2)) if one.label == "事故を知らせる"]
    screen.open_with(incident_id=row_of_home.link.incident_id)
    screen.show()
    again(qtbot, screen)

    assert screen.title.text() == "第1号　USBを置き忘れた"
    screen.go_to_step(3)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    saved(qtbot, screen, amount="1個")
    assert by_id(store.database, Incident, made).event_id == event, "the event of its own year stays"
    screen.show_document()
    paper = dialog_over(screen, DocumentDialog)
    wait_idle(qtbot, desk)
    do(qtbot, desk, paper.reject)
    desk.choose_year(2026)
    again(qtbot, screen)
    assert screen.pages.currentIndex() == 0, "who chooses another year looks at its list"


def test_an_incident_that_is_taken_back_leaves_the_list(qtbot, store, screen):
    made = begun(store)
    screen.open_with(incident_id=made)
    again(qtbot, screen)
    assert screen.pages.currentIndex() == 1
    history_services.undo(store, by="見本 花子", now=FRIDAY)

    again(qtbot, screen)

    assert (screen.pages.currentIndex(), screen.list.model.records()) == (0, [])


def test_a_wrong_moment_of_knowing_is_put_right_in_the_form_of_the_facts(qtbot, store, screen):
    made = begun(store)
    screen.open_with(incident_id=made)
    again(qtbot, screen)
    screen.go_to_step(3)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    saved(qtbot, screen, known_on=date(2026, 11, 12), known_time="16:30", amount="1個")

    one = by_id(store.database, Incident, made)
    assert (one.known_at, one.known_by, one.amount) == (datetime(2026, 11, 12, 16, 30), "見本 太郎", "1個")
    assert "11/12" in screen.since_words.text()
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values(dialog.form.values() | {"known_on": date(2026, 11, 14)})
    press(qtbot, screen.app_context, dialog.main)
    assert "いまより後" in dialog.refusal.words()
    dialog.form.set_values(dialog.form.values() | {"known_on": date(2026, 11, 12)})
    dialog.reject()


def test_empty_fields_are_asked_for_where_they_are_and_nothing_begins(qtbot, store, screen):
    qtbot.keyClick(screen.begin_button, Qt.Key.Key_Return)
    dialog = dialog_over(screen, FormDialog)
    for empty in ({"title": "　"}, {"title": "x", "known_on": None}, {"title": "x", "known_time": None}):
        dialog.form.set_values(dialog.form.values() | {"known_on": FRIDAY.date(), "known_time": "17:05"} | empty)
        press(qtbot, screen.app_context, dialog.main)
        assert dialog.isVisible(), empty
    assert rows(store.database, Incident) == []
    dialog.form.set_values(dialog.form.values() | {"title": "", "known_on": FRIDAY.date(), "known_time": "17:05"})
    dialog.reject()


def test_from_one_incident_to_another_each_opens_at_its_own_step(qtbot, store, screen):
    one, other = begun(store), begun(store, title="名簿を別の人に渡した", place="受託者")
    screen.open_with(incident_id=one, step=5)
    again(qtbot, screen)
    assert screen.step_title.text() == "5　原因と再発防止"

    screen.open_with(incident_id=other)
    again(qtbot, screen)
    assert screen.step_title.text() == "1　広げない"
    assert [line.id for line in screen.lines.model.records()] == list(
        incidents_rules.FIRST_STEPS[IncidentLocation.CONTRACTOR]
    )
    screen.open_with(incident_id=one, step=4)
    again(qtbot, screen)
    assert (screen.step_title.text(), screen.steps.current().id) == ("4　本人へ", 4)


def test_the_report_after_a_correction_is_one_press_from_its_row(qtbot, store, screen, tmp_path):
    made = begun(store)
    scope = DocumentScope(fiscal_year=2026, item=made, as_of=FRIDAY.date())
    who = {"by": "見本 花子", "now": FRIDAY}
    document_saving.save_document(
        ActionContext(store, **who),
        scope=scope,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=tmp_path / "one.pdf"),
    )
    later = {"by": "見本 花子", "now": FRIDAY.replace(hour=18)}
    incidents.write_facts(ActionContext(store, **later), incident_id=made, typed={"people": 20}, shown={"people": None})
    screen.open_with(incident_id=made, step=2)
    again(qtbot, screen)

    screen.lines.choose(lambda one: one.kind == "issue")
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)

    paper = dialog_over(screen, DocumentDialog)
    wait_idle(qtbot, screen.app_context)
    do(qtbot, screen.app_context, paper.reject)


def test_no_more_than_thirty_two_controls_are_in_sight_while_an_incident_is_open(qtbot, store, screen):
    made = begun(store, place="受託者")
    for step in range(1, 7):
        screen.open_with(incident_id=made, step=step)
        again(qtbot, screen)
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
        seen = {one for kind in kinds for one in screen.findChildren(kind) if one.isVisible()}
        assert len(seen) <= 32 - 12, step  # top and side bar have twelve of their own
