"""The form of a report stands under the tabs of its event; a received one is checked on a screen of its own."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.submissions.reports.screens.report_panel import ReportPanel
from tests.support.report_pages import EVENTS
from tests.support.sample import event_id
from tests.support.waiting import wait_idle
from tests.support.whole_window import open_window


def test_a_form_stands_in_the_tab_of_its_event_and_the_way_back_passes_what_led_there(qtbot, qapp, tmp_path):
    with open_window(tmp_path, qtbot, qapp, lambda window: window.go("home")) as window:
        desk = window.app_context
        draft, received = (event_id(desk.store, *EVENTS[key]) for key in ("L5", "E1"))

        def until(place: str, seen: Callable[[], QWidget]) -> None:
            """Each page leads on in turns of its own, so that what is to be seen is waited for."""
            qtbot.waitUntil(lambda: window.shown_screen_name() == place and seen().isVisible(), timeout=60_000)
            wait_idle(qtbot, desk)

        def tab() -> ReportPanel:
            return window.screen_of("event").findChild(ReportPanel)

        window.go("report", event_id=draft)
        until("event", lambda: tab().form)
        assert not tab().form.head.event_link.isVisible()
        tab().form.to_list.click()
        until("event", lambda: tab()._listed)
        assert not tab().form.isVisible()
        window.go_back()
        assert window.shown_screen_name() == "home"

        window.go("report", event_id=received)
        until("report", lambda: window.screen_of("report").check)
        window.screen_of("report").check.form_asked.emit()
        until("event", lambda: tab().form)
        tab().form.to_check.click()
        until("report", lambda: window.screen_of("report").check)
        window.go_back()
        until("event", lambda: tab().form)
