"""An incident at 17:05 on a Friday, by the screen and the keys alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app.subjects.settings.incidents.screens.incidents_screen import IncidentsScreen
from app.subjects.settings.incidents.services import incidents
from app.subjects.settings.incidents.services.incident_view import read_incident
from app.subjects.year.dates.services import years
from app.widgets.dialogs.form_dialog import FormDialog
from db.records.incidents import Incident, IncidentNote
from db.rows import rows
from tests.support.sample_desk import dialog_over
from tests.support.waiting import wait_idle

FRIDAY = datetime(2026, 11, 13, 17, 5)


@pytest.fixture
def screen(qtbot, store, desk_at):
    desk = desk_at(FRIDAY)
    made = IncidentsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    desk.going.connect(lambda _place, handed: made.open_with(**handed))
    made.show()
    wait_idle(qtbot, desk)
    yield made
    wait_idle(qtbot, desk)


def again(qtbot, screen):
    wait_idle(qtbot, screen.desk)
    screen.reload()
    wait_idle(qtbot, screen.desk)
    wait_idle(qtbot, screen.desk)


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
    assert screen.title.text() == "第1号　受付名簿(紙) 1部が見あたらない"
    assert screen.since.text() == "0分"
    assert screen.step_title.text() == "1　広げない"

    for _step in range(3):
        qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)  # leads to the button, records nothing by itself
        qtbot.keyClick(screen.acts["行った"], Qt.Key.Key_Return)
        again(qtbot, screen)
    assert screen._view.steps[0].done

    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert screen.step_title.text() == "2　知らせる"
    due = {one.what: one.until for one in screen.lines.model.records()}
    assert due["個人情報保護委員会　速報"] == "11/17(火)"
    assert due["個人情報保護委員会　確報"] == "12/14(月)"
    assert screen.acts["話した"].is_filled
    for way in ("話した", "不在", "話した", "話した"):
        qtbot.keyClick(screen.acts[way], Qt.Key.Key_Return)
        again(qtbot, screen)
    assert not [one for one in screen.lines.model.records() if one.kind == "party" and not one.done]
    assert not screen.acts["話した"].is_filled
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
    assert [one.what for one in screen.lines.model.records()] == ["残っていることはありません。"]
    qtbot.keyClick(screen.lines.view, Qt.Key.Key_Return)
    qtbot.keyClick(screen.acts["閉じる"], Qt.Key.Key_Return)
    saved(qtbot, screen)
    closed = read_incident(store, incident_id=incident.id, now=FRIDAY)
    assert (closed.incident.closed_how, closed.next_report) == ("最終の報告", "最終")
    assert all(button.isHidden() for button in screen.acts.values())
    assert not screen.reopen_button.isHidden()


def test_who_is_sent_to_a_step_of_the_incident_in_sight_stands_at_that_step(qtbot, store, screen):
    qtbot.keyClick(screen.begin_button, Qt.Key.Key_Return)
    saved(qtbot, screen, title="受付名簿(紙) 1部が見あたらない", known_by="見本 太郎")
    (incident,) = rows(store.database, Incident)
    for step, title in ((2, "2　知らせる"), (5, "5　原因と再発防止"), (1, "1　広げない")):
        screen.desk.go("incidents", incident_id=incident.id, step=step)
        again(qtbot, screen)
        assert screen.step_title.text() == title
        assert screen.steps.current().id == step


def test_an_incident_of_the_year_before_is_opened_in_its_year_from_home_and_left_with_it(qtbot, store, screen):
    who = {"by": "見本 花子", "now": FRIDAY}
    made = incidents.begin_incident(
        store, fiscal_year=2026, incident={"title": "名簿が足りない"}, known_at=FRIDAY, known_by="", **who
    )
    years.start_year(store, draft=years.next_year_draft(store, today=date(2027, 4, 1)), **who)
    desk = screen.desk
    desk.choose_year(2027)
    screen.open_with(incident_id=made.id)
    again(qtbot, screen)
    assert (desk.fiscal_year, screen.title.text()) == (2026, "第1号　名簿が足りない")
    assert screen.pages.currentIndex() == 1

    desk.choose_year(2027)
    again(qtbot, screen)
    assert (desk.fiscal_year, screen.pages.currentIndex()) == (2027, 0)
