"""Sheets and drafts that a version before wrote from a scan: nobody reads that column, and no step loses it."""

import pytest
from PySide6.QtCore import Qt

from app.history import services as history_services
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services.surveys import read_survey
from app.widgets.buttons import Button
from db.records.surveys import Answer, ResponseDraft, SurveyResponse
from tests.support.survey_pages import key_in, press, show_survey
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of
from tests.support.years import BY

PAGES = "f3a1c09e77d2 0be4417d9c55"
"""Two signs of pages, as they stand in the column."""


@pytest.fixture
def surveyed(tmp_path):
    """A survey with sheet 1 and a draft of sheet 2, both from a scan: only its second question was left open."""
    store, event_id = fixed_survey(tmp_path / "year")
    survey_id = survey_of(store, event_id).id
    sheet = SurveyResponse(survey_id=survey_id, source="紙", number=1, answers=answered(), typed_by=BY)
    left = {code: answer for code, answer in answered().items() if code != "satisfaction"}
    draft = ResponseDraft(survey_id=survey_id, number=2, answers=left, answered=tuple(left), place=1, by=BY, at=AFTER)
    for action, row in (("紙の回答 1 枚目を入力", sheet), ("2枚目を書きかけで残す", draft)):
        with store.change(action=action, by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
            change.insert(row, scan=PAGES)
    return store, event_id


def _scans(store):
    return {
        table: [row[0] for row in store.database.execute(f"SELECT scan FROM {table} ORDER BY id")]
        for table in ("answer_sheets", "sheet_drafts")
    }


def test_undo_and_redo_bring_old_rows_back_whole(surveyed):
    store, event_id = surveyed
    (sheet,) = read_survey(store, event_id=event_id).responses
    (draft,) = read_survey(store, event_id=event_id).drafts
    written = {"answer_sheets": [PAGES], "sheet_drafts": [PAGES]}
    assert _scans(store) == written

    for _ in range(2):
        history_services.undo(store, by=BY, now=AFTER)
    assert _scans(store) == {"answer_sheets": [], "sheet_drafts": []}
    for _ in range(2):
        history_services.redo(store, by=BY, now=AFTER)
    assert _scans(store) == written

    data_entry_services.change_response(
        acting(store), sheet_id=sheet.id, answers=answered(comments=Answer(text="よかった"))
    )
    data_entry_services.remove_responses(acting(store), sheet_ids=(sheet.id,))
    data_entry_services.discard_draft(acting(store), draft_id=draft.id)
    assert _scans(store) == {"answer_sheets": [], "sheet_drafts": []}
    for _ in range(3):
        history_services.undo(store, by=BY, now=AFTER)
    assert _scans(store) == written
    assert read_survey(store, event_id=event_id).responses == (sheet,)
    assert read_survey(store, event_id=event_id).drafts == (draft,)
    assert not history_services.is_shown("answer_sheets", "scan")


def test_a_draft_from_a_scan_opens_as_one_that_was_typed(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, "検算・代行入力")
    (go_on,) = [
        one
        for one in panel.entry_page.start_page.drafts.findChildren(Button)
        if one.isVisible() and one.text() == "つづきから打つ"
    ]
    qtbot.keyClick(go_on, Qt.Key.Key_Return)
    board = panel.entry_page.board

    assert (panel.entry_page.header.number.text(), board.entry.place) == ("2", 1)
    press(qtbot, panel, "2")
    # As in a sheet that was typed, the next question comes, though it has its answer.
    assert board.entry.place == 2
    key_in(qtbot, panel, "⏎" * 9)

    found = read_survey(store, event_id=event_id)
    assert [(sheet.number, sheet.answers) for sheet in found.responses] == [(1, answered()), (2, answered())]
    assert found.drafts == ()
    # What is saved now was read from nothing.
    assert _scans(store) == {"answer_sheets": [PAGES, ""], "sheet_drafts": []}
