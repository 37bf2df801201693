"""The whole program is closed in the middle of a sheet of paper: what was typed is there at the next start."""

from functools import partial

import pytest

from app.event.services.event_lists import list_events
from app.startup.first_run import FirstRun
from app.surveys.questions.services import surveys
from tests.support.doing import do
from tests.support.in_full import some
from tests.support.sessions import in_main
from tests.support.survey_pages import press, settle
from tests.support.waiting import stored

FIFTH = "第5回 LINE講習会（2回目）"


def in_sample(sessions, *, anew):
    window = sessions.start()
    beginning = window.findChild(FirstRun)
    with sessions.qtbot.waitSignal(window.session_started):
        beginning.open_sample(recreate=anew)
    main = in_main(window)
    events = stored(sessions.qtbot, main.app_context, partial(list_events, today=main.app_context.today())).rows
    event_id = next(row.id for row in events if row.title == FIFTH)
    return window, main, event_id


@pytest.mark.parametrize("locked", some([False, True], of=2))
def test_a_half_typed_sheet_is_kept_when_the_program_is_closed(sessions, qtbot, locked):
    window, main, event_id = in_sample(sessions, anew=True)
    before = stored(qtbot, main.app_context, partial(surveys.read_survey, event_id=event_id)).drafts
    main.go("survey", event_id=event_id, page="検算・代行入力")
    panel = main.screen_of("survey")
    settle(qtbot, panel)
    do(qtbot, panel, panel.entry_page.start_page.begin_button.click)
    press(qtbot, panel, "12")
    assert before == ()

    if locked:
        main.screen_lock_requested.emit()
        assert main.app_context.is_screen_locked
    sessions.end(window)

    _window, again, event_id = in_sample(sessions, anew=False)
    (kept,) = stored(qtbot, again.app_context, partial(surveys.read_survey, event_id=event_id)).drafts
    assert kept.answered == ("position", "satisfaction")
