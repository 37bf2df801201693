"""Choosing on the screen: seen while it is set up, saved in one act, made again, picked by hand."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.common.text_rules import holds_personal_number
from app.documents.screens.document_view import DocumentDialog
from app.events.roster.screens import screens
from app.events.roster.screens.selection_screen import SelectionScreen
from app.events.roster.services import selection_documents
from app.events.roster.services.selections import propose_selection
from db.records.roster import Entry
from db.tables import roster
from tests.support.doing import do
from tests.support.entries import put_entry, put_organisation
from tests.support.sample_desk import rows_in_sight
from tests.support.stray_windows import StrayWindows

NOW = datetime(2026, 9, 9, 10, 20)


@pytest.fixture
def people(store, event):
    clubs = [put_organisation(store, f"みほん{number}丁目町会") for number in range(1, 6)]
    return [put_entry(store, event, f"みほん {n}号", organisation_id=clubs[n % 5]) for n in range(23)]


@pytest.fixture
def show(qtbot, desk_at, event):
    def make(*, width: int = 1190, height: int = 720) -> SelectionScreen:
        desk = desk_at(NOW)
        screen = SelectionScreen(desk)
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.open_with(event_id=event)
        do(qtbot, screen, screen.show)
        return screen

    return make


@pytest.fixture
def screen(show):
    return show()


def settle(qtbot, screen) -> None:
    """Wait until the outcome of the terms as they stand is shown."""
    qtbot.waitUntil(lambda: not screen._soon.isActive() and screen.app_context.tasks.is_idle)


def click(qtbot, screen, button) -> None:
    assert button.isVisible()
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, screen)


def turn(qtbot, screen, way: str) -> None:
    screen.form.buttons[way].click()
    settle(qtbot, screen)


def test_the_keyboard_begins_at_how_it_is_decided(screen):
    screen.setFocus()
    assert screen.window().focusWidget() is screen.form.buttons["先着順"]


def results(screen) -> dict[int, str]:
    return {row.id: row.line.result for row in screen.proposal.rows}


def states(store, event) -> list[str]:
    return [one.state for one in roster.entries(store.database, event)]


def test_the_outcome_is_seen_while_the_terms_are_set_and_saved_in_one_act(qtbot, store, event, people, screen):
    assert screen.summary.text() == "対象 23人・5団体 → 決定 20・補欠 3・落選 0"
    assert screen.save.text() == "20人を決定、3人を補欠にする"
    assert [row.id for row in screen.table.model.records()] == people

    box = screen.form.form.editor("capacity")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "12")
    settle(qtbot, screen)
    assert screen.save.text() == "12人を決定、5人を補欠にする"
    assert set(states(store, event)) == {"申込"}

    click(qtbot, screen, screen.save)
    assert [states(store, event).count(state) for state in ("決定", "補欠", "落選")] == [12, 5, 6]
    assert "前に先着順で決めています。" in screen.remarks.words()


def test_a_drawn_number_that_looks_like_a_personal_number_keeps_no_lottery_from_being_saved(
    qtbot, store, event, people, screen
):
    turn(qtbot, screen, "抽選")
    terms = screen.proposal.terms
    seed = next(
        word
        for word in map("見本{}".format, range(100_000))
        if any(
            holds_personal_number(row.line.draw)
            for row in propose_selection(store, event_id=event, terms=replace(terms, seed=word)).rows
        )
    )
    screen.form.seed.editor("seed").setText(seed)
    screen.form.seed.editor("seed").editingFinished.emit()
    settle(qtbot, screen)

    click(qtbot, screen, screen.save)
    assert roster.selections(store.database, event)[0].seed == seed


def test_a_lottery_shows_its_seed_and_another_seed_is_counted(qtbot, store, event, people, screen):
    turn(qtbot, screen, "抽選")
    seed, first = screen.form.seed.value("seed"), results(screen)
    assert len(seed) == 11
    click(qtbot, screen, screen.form.make_seed)
    assert screen.form.seed.value("seed") != seed
    screen.form.seed.editor("seed").setText(seed)
    screen.form.seed.editor("seed").editingFinished.emit()
    settle(qtbot, screen)
    assert results(screen) == first, "the same seed and the same people give the same"
    screen.form.reason.set_values({"reason": "立会い　見本 次郎"})

    click(qtbot, screen, screen.save)

    kept = roster.selections(store.database, event)[0]
    assert (kept.method, kept.seed) == ("抽選", seed)
    assert kept.reason == "立会い　見本 次郎\n結果を見たあとに種を変えた回数　2回"
    click(qtbot, screen, screen.past.check)
    assert "記録と同じ結果になりました" in screen.past.answer.words()
    click(qtbot, screen, screen.past.record)
    assert screen.findChildren(DocumentDialog)[-1].windowTitle().startswith(selection_documents.RECORD)


def test_the_ward_picks_by_space_and_button_and_gives_its_reason(qtbot, store, event, people, screen):
    turn(qtbot, screen, "区の調整")
    assert screen.summary.text().endswith("決定にする方を選んでください")
    assert not screen.save.isEnabled()

    view = screen.table.view
    view.setFocus()
    screen.table.choose(lambda row: row.id == people[4])
    QTest.keyClick(view, Qt.Key.Key_Space)
    settle(qtbot, screen)
    screen.table.choose(lambda row: row.id == people[7])
    QTest.keyClick(view, Qt.Key.Key_Space)
    settle(qtbot, screen)
    assert [row.id for row in screen.table.model.records()] == people, "the rows stay where they were"
    assert screen.save.text() == "2人を決定、5人を補欠にする"

    click(qtbot, screen, screen.save)
    assert screen.form.reason.problem_shown("reason") == "区の調整の理由がまだ入力されていません。"
    screen.form.reason.set_values({"reason": "支部の均衡のため"})
    click(qtbot, screen, screen.save)
    chosen = [one.id for one in roster.entries(store.database, event) if one.state == "決定"]
    assert chosen == [people[4], people[7]]


def test_a_number_that_cannot_be_read_stops_the_saving(qtbot, people, screen):
    box = screen.form.form.editor("capacity")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "2x")
    settle(qtbot, screen)

    assert not screen.save.isEnabled()
    assert screen.remarks.words() == "定員や人数の欄を確かめてください。"


def test_when_the_roster_changes_meanwhile_the_new_outcome_is_shown_and_nothing_was_saved(
    qtbot, store, event, people, screen
):
    with store.change(action="辞退", by="他", now=NOW) as change:
        change.update(Entry, people[0], state="辞退")
    click(qtbot, screen, screen.save)

    assert roster.selections(store.database, event) == []
    assert len(screen.table.model.records()) == 22
    click(qtbot, screen, screen.save)
    assert len(roster.selections(store.database, event)) == 1


def test_nobody_to_choose_among_is_said(qtbot, event, screen):
    assert screen.summary.text() == "まだ申込がありません。"
    assert not screen.save.isEnabled()


def test_the_terms_and_the_outcome_fit_a_narrow_window(qtbot, show, people):
    screen = show(width=855, height=464)
    turn(qtbot, screen, "区の調整")

    assert screen.table.view.horizontalScrollBar().maximum() == 0
    assert screen.left.horizontalScrollBar().maximum() == 0


def test_the_screen_shows_no_stray_window(qtbot, desk_at, event, people):
    desk = desk_at(NOW)
    with StrayWindows() as strays:
        screen = SelectionScreen(desk)
        strays._allowed = (screen,)
        qtbot.addWidget(screen)
        screen.open_with(event_id=event)
        do(qtbot, desk, screen.show)

    assert strays.found == []


def test_on_a_low_page_what_is_to_be_looked_at_is_one_line_and_four_people_are_in_sight(qtbot, people, show):
    screen = show(width=766, height=438)
    click(qtbot, screen, screen.save)
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen._remarks))
    assert (screen.folded.isVisible(), screen.remarks.isVisible()) == (True, False)
    assert screen.folded.words() == f"確かめること {len(screen._remarks)}"
    assert screen.folded.toolTip() == "・".join(screen._remarks)
    assert rows_in_sight(screen.table) >= 4
    screen.folded.click()
    assert screen.remarks.words() == "".join(screen._remarks)
    screen.resize(1190, 720)
    qtbot.waitUntil(lambda: not screen.folded.isVisible())
    assert screen.remarks.isVisible()


def test_whoever_decides_who_comes_stands_in_the_events():
    assert {one.screen_name: one.parent_screen for one in screens()}["choice"] == "events"
