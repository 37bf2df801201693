"""The form of a report stands under the tabs of its event; a received one is checked on a screen of its own."""

from app.submissions.reports.screens.report_panel import ReportPanel
from tests.support.report_pages import EVENTS
from tests.support.sample import event_id
from tests.support.waiting import wait_idle
from tests.support.whole_window import open_window


def test_a_form_stands_in_the_tab_of_its_event_and_the_way_back_passes_what_led_there(qtbot, qapp, tmp_path):
    with open_window(tmp_path, qtbot, qapp, lambda window: window.go("home")) as window:
        desk = window.app_context
        draft, received = (event_id(desk.store, *EVENTS[key]) for key in ("L5", "E1"))

        window.go("report", event_id=draft)
        wait_idle(qtbot, desk)
        tab = window.screen_of("event").findChild(ReportPanel)
        assert (window.shown_screen_name(), tab.form.isVisible()) == ("event", True)
        assert not tab.form.head.event_link.isVisible()
        tab.form.to_list.click()
        wait_idle(qtbot, desk)
        assert (tab.form.isVisible(), tab._listed.isVisible()) == (False, True)
        window.go_back()
        assert window.shown_screen_name() == "home"

        window.go("report", event_id=received)
        wait_idle(qtbot, desk)
        check = window.screen_of("report").check
        assert (window.shown_screen_name(), check.isVisible()) == ("report", True)
        check.form_asked.emit()
        wait_idle(qtbot, desk)
        tab = window.screen_of("event").findChild(ReportPanel)
        assert (window.shown_screen_name(), tab.form.isVisible()) == ("event", True)
        tab.form.to_check.click()
        wait_idle(qtbot, desk)
        assert (window.shown_screen_name(), check.isVisible()) == ("report", True)
        window.go_back()
        wait_idle(qtbot, desk)
        assert tab.form.isVisible()
