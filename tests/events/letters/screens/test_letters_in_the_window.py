"""A letter that may not be issued yet, in the one window: the refusal has a button that leads to what is missing."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.calendar.dates import long_date
from app.documents.screens.recorded_later_dialog import RecordedLaterDialog
from app.documents.services.document_context import letter_of
from app.documents.services.document_saving import set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.event.screens.event_dialog import EventDialog
from app.events.roster.rules import SelectionTerms
from app.events.roster.services.selections import save_selection
from app.main_window.action_routes import route_to
from app.widgets.buttons import Button
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.year_end.document_library.screens import DocumentsTab
from db.records.documents import KeptPaper, LetterForm, LetterState
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.pressing import press_key
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, session
from tests.support.waiting import choose_more, wait_idle
from tests.support.whole_window import whole_window


def tab(window) -> DocumentsTab:
    return window.screen_of("event").tabs.page(7)


EVENT = 7
"""第7回: its 決定通知 is an 案 still."""
VISIT = 10
"""A 派遣: its 決定通知 is 決裁済."""


@pytest.fixture
def window(qtbot, tmp_path):
    with session(tmp_path) as desk:
        made = whole_window(desk)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        yield made
        wait_idle(qtbot, desk)


def put_letter(desk, state, now=NOW, **given):
    letter = {"scope": DocumentScope(event_id=EVENT), "kind": "決定通知", "form": LetterForm.FORMAL}
    set_letter_state(ActionContext(desk.store, BY, now), state=state, **letter, **given)


def test_the_refusal_of_a_letter_leads_to_where_its_venue_is_typed(window, qtbot):
    desk, scope = window.app_context, DocumentScope(event_id=EVENT)
    with desk.store.change(action="会場を消した", by=BY, now=NOW) as change:
        change.update(Event, EVENT, venue="")
    decided = {"decided_on": date(2026, 11, 27), "document_number": "8見本地第7号"}
    put_letter(desk, LetterState.APPROVED, **decided)
    window.go("event", tab="書類", event_id=EVENT, kind="決定通知")
    do(qtbot, desk, window.show)
    letter = tab(window).letter
    letter.form.set_values({"issued_on": date(2026, 11, 30)})
    do(qtbot, desk, letter.next.click)
    assert letter_of(desk.store, scope, "決定通知", on=NOW.date()).state == "決裁済"
    refused = dialog_over(window, FailureDialog)
    assert "会場が決まっていません" in refused.failure.happened
    door = next(one for one in refused.doors if one.text() == "会場を入力する")
    assert door.isVisible()
    do(qtbot, desk, lambda: qtbot.mouseClick(door, Qt.MouseButton.LeftButton))
    edited = dialog_over(window.screen_of("event"), EventDialog)
    assert edited.isVisible()
    assert edited.form.value("venue") == ""
    edited.reject()


def test_the_document_chosen_is_chosen_again_when_the_tab_was_built_anew(window, qtbot):
    desk = window.app_context
    window.go("event", tab="書類", event_id=EVENT, kind="募集チラシ")
    do(qtbot, desk, window.show)
    before = tab(window)
    do(qtbot, desk, lambda: before.list.choose(lambda row: row.kind == "宛名ラベル"))
    assert before.kind == "宛名ラベル"
    do(qtbot, desk, lambda: window.go("home"))
    window._discard_hidden_screens()
    do(qtbot, desk, window.go_back)
    again = tab(window)
    assert again is not before
    assert (window.shown_screen_name(), window.screen_of("event").tabs.current()) == ("event", 7)
    assert (again.kind, again.list.current().kind) == ("宛名ラベル", "宛名ラベル")


def test_what_its_own_texts_lack_leads_to_them(window, qtbot):
    window.go("event", tab="書類", event_id=EVENT, kind="決定通知")
    do(qtbot, window.app_context, window.show)
    way = route_to(ActionLink("通知の文", event_id=EVENT, kind="決定通知"))
    assert way.label == "決定通知の文を開く"
    do(qtbot, window.app_context, lambda: window.go(way.screen_name, **way.arguments))
    screen = tab(window)
    assert screen.texts.isVisible()
    assert not screen.letter.isVisible(), "in the place of the steps"
    do(qtbot, window.app_context, screen.side.back.click)
    assert (screen.texts.isVisible(), screen.letter.isVisible()) == (False, True)


def test_the_next_step_of_a_decision_is_the_filled_button_beside_the_page(window, qtbot):
    """Without a change of tab; where a day is asked for, its field is shown with the keyboard in it."""
    desk, scope = window.app_context, DocumentScope(event_id=EVENT)
    window.go("event", tab="書類", event_id=EVENT, kind="決定通知")
    do(qtbot, desk, window.show)
    screen = tab(window)

    def filled():
        return [one for one in screen.findChildren(Button) if one.is_filled and one.isVisible()]

    assert [one.text() for one in filled()] == ["この内容で起案する"]
    assert not filled()[0].visibleRegion().isEmpty()
    assert screen.letter.isVisible(), "the paper and its steps"
    do(qtbot, desk, lambda: qtbot.mouseClick(filled()[0], Qt.MouseButton.LeftButton))
    assert letter_of(desk.store, scope, "決定通知", on=NOW.date()).state == "起案中"

    # What was decided elsewhere has no key until its day and number are typed.
    assert filled() == []
    assert screen.letter.next.text() == "決裁日と文書番号を入れる"
    qtbot.waitUntil(lambda: not screen.letter.next.is_resting)
    assert screen.letter.form.editor("decided_on").hasFocus(), "what the next step needs is typed at once"
    screen.list.view.setFocus()
    do(qtbot, desk, lambda: qtbot.mouseClick(screen.letter.next, Qt.MouseButton.LeftButton))
    assert screen.letter.form.editor("decided_on").hasFocus()
    assert letter_of(desk.store, scope, "決定通知", on=NOW.date()).state == "起案中"
    for key, words in (("decided_on", "11/27"), ("document_number", "7")):
        qtbot.keyClicks(screen.letter.form.editor(key), words)
    assert [one.text() for one in filled()] == ["決裁を記録する"]
    do(qtbot, desk, lambda: qtbot.mouseClick(filled()[0], Qt.MouseButton.LeftButton))
    assert letter_of(desk.store, scope, "決定通知", on=NOW.date()).state == "決裁済"
    assert screen.letter.form.editor("issued_on").hasFocus()
    # What needs no decision is saved.
    do(qtbot, desk, lambda: window.go("event", tab="書類", event_id=EVENT, kind="募集チラシ"))
    assert [one.text() for one in filled()] == ["PDFで保存"]


def test_a_step_that_lacks_its_number_brings_that_field_into_view(window, qtbot):
    """The day was there, so the step counted as taken, and nothing showed why it was not."""
    desk, scope = window.app_context, DocumentScope(event_id=EVENT)
    put_letter(desk, LetterState.IN_APPROVAL)
    window.go("event", tab="書類", event_id=EVENT, kind="決定通知")
    do(qtbot, desk, window.show)
    screen = tab(window)
    screen.letter.form.set_values({"decided_on": date(2026, 11, 27)})
    do(qtbot, desk, screen.letter.next.click)
    assert screen.letter.form.editor("document_number").hasFocus()
    assert screen.letter.form.editor("document_number").isVisible()
    assert letter_of(desk.store, scope, "決定通知", on=NOW.date()).state == "起案中"


def test_a_step_of_an_earlier_day_asks_what_the_letter_said_then(window, qtbot):
    """It was refused, though what changed since has nothing to do with what was decided and left."""
    desk = window.app_context

    def kept(event_id):
        letter = letter_of(desk.store, DocumentScope(event_id=event_id), "決定通知", on=NOW.date())
        return {one.source for one in rows(desk.store.database, KeptPaper, letter_id=letter.id)}, letter.state

    def rename(organisation_id):
        with desk.store.change(action="団体名を直した", by=BY, now=NOW) as change:
            change.update(Organisation, organisation_id, name="改名町会")

    put_letter(desk, LetterState.IN_APPROVAL, now=NOW - timedelta(days=5))
    rename(rows(desk.store.database, Entry, event_id=EVENT, state=EntryState.APPLIED)[0].organisation_id)
    rename(by_id(desk.store.database, Event, VISIT).organisation_id)
    window.show()
    letter = tab(window).letter

    def press(event_id, **typed):
        do(qtbot, desk, lambda: window.go("event", tab="書類", event_id=event_id, kind="決定通知"))
        letter.form.set_values(typed)
        qtbot.waitUntil(lambda: not letter.next.is_resting)
        do(qtbot, desk, letter.next.click)
        return dialog_over(letter, RecordedLaterDialog)

    def choose(dialog, words):
        next(one for one in dialog.findChildren(QRadioButton) if one.text() == words).click()

    asked = press(EVENT, decided_on=date(2026, 11, 27), document_number="7")
    assert [asked.put_up.title.text(), asked.other.title.text()] == ["起案した内容", "いまの記録のとおり"]
    assert asked.put_up.page_count() == asked.other.page_count() > 0
    assert not asked.main.isEnabled()
    choose(asked, "起案した内容")
    do(qtbot, desk, asked.main.click)
    assert kept(EVENT) == ({"起案"}, "決裁済")

    asked = press(VISIT, issued_on=date(2026, 11, 30))
    choose(asked, "いまの記録のとおり")
    do(qtbot, desk, asked.main.click)
    assert asked.isVisible(), "whoever decided must have agreed"
    asked.form.set_values({"agreed_on": date(2026, 11, 30), "agreed_by": "課長"})
    do(qtbot, desk, asked.main.click)
    assert kept(VISIT) == ({"了承"}, "施行")


def test_a_day_before_the_decision_is_said_where_it_is_typed_and_mended_without_typing_the_number_again(window, qtbot):
    desk, scope = window.app_context, DocumentScope(event_id=EVENT)
    chosen, early = NOW.date(), NOW.date() - timedelta(days=1)
    terms = SelectionTerms(method="先着順", capacity=10, seed="4F2A", waitlist_size=2)
    save_selection(ActionContext(desk.store, BY, NOW), event_id=EVENT, terms=terms)
    window.go("event", tab="書類", event_id=EVENT, kind="決定通知")
    do(qtbot, desk, window.show)
    screen = tab(window)
    letter = screen.letter
    before = f"決定通知の日付（{long_date(early)}）が、参加者を決めた日（{long_date(chosen)}）より前です。"
    do(qtbot, desk, letter.next.click)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    def type_day(day):
        box = letter.form.editor("decided_on")
        box.setFocus()
        box.selectAll()
        qtbot.keyClicks(box, f"{day.year}/{day.month}/{day.day}")
        press_key(qtbot, desk, box, Qt.Key.Key_Tab)

    type_day(early)
    assert letter.day_note.accessibleName().startswith(before)
    assert letter.day_note.isVisible()
    type_day(chosen)
    assert letter.day_note.accessibleName() == ""
    type_day(early)
    letter.form.set_values({"document_number": "8練地協第391号"})
    do(qtbot, desk, letter.next.click)

    assert letter_of(desk.store, scope, "決定通知", on=NOW.date()).state == "決裁済"
    line = letter.lines.model.records()[0]
    assert line.text.startswith(before), "what blocks stands first"
    assert (line.tone, line.link) == ("amber", "発信・決裁を開く")
    screen.show_page("文面")
    do(qtbot, desk, lambda: letter.lines.opened.emit(line))
    assert letter.form.isVisible()
    choose_more(qtbot, desk, screen, "決裁の記録を取り消す（起案中に戻す）")
    kept = letter_of(desk.store, scope, "決定通知", on=NOW.date())
    assert (kept.state, kept.decided_on, kept.document_number) == ("起案中", None, "8練地協第391号")
    assert letter.form.value("document_number") == "8練地協第391号"
    assert letter.form.value("decided_on") is None
