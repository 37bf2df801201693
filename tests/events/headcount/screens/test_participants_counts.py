"""Expected numbers are typed like a sheet: saved field by field, held against the specification, undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.events.headcount import services as headcount_services
from app.events.headcount.screens.count_panel import CountPanel, OrganisationsDialog
from app.registers.register.services.search import find_organisations
from app.window.app_context import bind_action
from db.records.participants import ExpectedCount
from db.rows import rows
from tests.support.doing import do
from tests.support.entries import type_the_numbers_of_the_roster
from tests.support.pressing import press_key
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.stray_windows import StrayWindows
from tests.support.waiting import press
from tests.support.years import add_dispatch, the_event

EVENT = 6


@pytest.fixture
def desk(tmp_path, qtbot):
    with session(tmp_path) as made:
        type_the_numbers_of_the_roster(made.store, EVENT)
        yield made


@pytest.fixture
def panel(qtbot, desk):
    return shown(qtbot, CountPanel(desk), desk, event_id=EVENT)


def stored(desk) -> list[tuple[str, int]]:
    view = headcount_services.read_headcount(desk.store, event_id=EVENT, today=NOW.date())
    return [(row.organisation_name, row.people) for row in view.rows]


def type_into(qtbot, desk, line, key: str, text: str) -> None:
    """Go into a field, write, and leave it with Enter."""
    field = line.fields[key]
    field.setFocus()
    field.setText(text)
    press_key(qtbot, desk, field, Qt.Key.Key_Return)


def test_a_line_is_saved_as_soon_as_its_fields_are_left_and_the_sums_follow(panel, desk, qtbot):
    before = stored(desk)
    type_into(qtbot, desk, panel.grid.lines[-1], "organisation_name", "みほん髙﨑𠮷町会")
    type_into(qtbot, desk, panel.grid.lines[-2], "people", "３")

    assert stored(desk) == [*before, ("みほん髙﨑𠮷町会", 3)]
    assert panel.grid.sums["people"].text() == "17人"
    assert panel.grid.sums["organisation_name"].text() == "計　9団体　端末 未確認 3人"
    assert panel.copies_sum.text() == "17＋予備2＝19部（仮）"


def test_the_keyboard_of_the_page_stands_in_the_empty_line(panel, desk, qtbot):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.setFocus()
    assert panel.grid.lines[-1].name.hasFocus()

    type_into(qtbot, desk, panel.grid.lines[-1], "organisation_name", "みほん髙﨑𠮷町会")
    panel.export.setFocus()
    panel.setFocus()
    assert panel.grid.lines[-1].name.hasFocus()
    assert panel.grid.lines[-1].is_empty


def test_the_first_line_of_a_visit_names_whom_it_goes_to_and_nothing_is_stored_before_a_number(desk, qtbot):
    visit = the_event(
        desk.store, add_dispatch(desk.store, date(2027, 1, 20), exception_reason="追加", exception_kind="協議で足りる")
    )
    panel = shown(qtbot, CountPanel(desk), desk, event_id=visit.id)
    line = panel.grid.lines[0]
    assert (line.name.text(), panel.grid.focusProxy()) == (visit.organisation_name, line.fields["people"])
    assert line.fields["people"].text() == "", "an 8 must not become 80"
    assert not rows(desk.store.database, ExpectedCount, event_id=visit.id)
    type_into(qtbot, desk, line, "people", "8")
    saved = rows(desk.store.database, ExpectedCount, event_id=visit.id)
    assert [(one.organisation_id, one.people) for one in saved] == [(visit.organisation_id, 8)]


def test_what_was_typed_can_be_taken_back(panel, desk, qtbot):
    before = stored(desk)
    type_into(qtbot, desk, panel.grid.lines[0], "people", "7")
    assert stored(desk)[0][1] == 7
    do(qtbot, desk, desk.undo)

    assert stored(desk) == before
    assert panel.grid.lines[0].fields["people"].text() == "2"


def test_a_line_is_removed_with_its_button_and_comes_back_with_undo(panel, desk, qtbot):
    before = stored(desk)
    press(qtbot, desk, panel.grid.lines[1].remove)
    assert stored(desk) == [before[0], *before[2:]]
    assert len(panel.grid.lines) == len(before)

    do(qtbot, desk, desk.undo)
    assert stored(desk) == before
    assert [line.name.text() for line in panel.grid.lines[:-1]] == [name for name, _people in before]


def test_the_lines_are_only_read_while_a_colleague_writes(panel, desk, qtbot):
    def may_edit() -> set[bool]:
        return {not field.isReadOnly() for line in panel.grid.lines for field in line.fields.values()}

    def removable() -> list[bool]:
        return [line.remove.isVisibleTo(panel) for line in panel.grid.lines]

    before = stored(desk)
    assert (may_edit(), removable()) == ({True}, [True] * len(before) + [False])
    do(qtbot, desk, lambda: desk.set_read_only(True))
    assert (may_edit(), removable()) == ({False}, [False] * len(removable()))
    field = panel.grid.lines[0].fields["people"]
    QGuiApplication.clipboard().setText("5\t1")
    field.setFocus()
    press_key(qtbot, desk, field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), panel.unsaved.words()) == (str(before[0][1]), "")
    do(qtbot, desk, lambda: desk.set_read_only(False))
    assert (may_edit(), removable()) == ({True}, [True] * len(before) + [False])


def test_a_number_that_cannot_be_read_is_said_and_nothing_is_saved(panel, desk, qtbot):
    before = stored(desk)
    line = panel.grid.lines[0]
    type_into(qtbot, desk, line, "people", "ふたり")

    assert stored(desk) == before
    assert "数として読めません" in line.under.text()
    assert line.fields["people"].property("wrong")


def test_more_people_than_the_specification_says_draws_a_warning_with_its_clause(panel, desk, qtbot):
    assert panel.warnings.words() == ""
    type_into(qtbot, desk, panel.grid.lines[0], "people", "15")

    assert "仕様書4(1)エ" in panel.warnings.words()
    assert "会場の定員24人を超えます" in panel.warnings.words()


@pytest.mark.parametrize("heading", ["", "団体\t人数\t持参端末\t貸与端末\r\n"])
def test_a_table_from_the_clipboard_fills_the_lines_below(panel, desk, qtbot, heading):
    before = stored(desk)
    table = "みほん一町会\t2\t1\t1\r\nみほん二自治会\t4\t0\t4\r\n"
    QGuiApplication.clipboard().setText(f"{heading}{table}")
    field = panel.grid.lines[-1].name
    field.setFocus()
    press_key(qtbot, desk, field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert stored(desk) == [*before, ("みほん一町会", 2), ("みほん二自治会", 4)]
    view = headcount_services.read_headcount(desk.store, event_id=EVENT, today=NOW.date())
    assert (view.rows[-1].own_devices, view.rows[-1].lent_devices) == (0, 4)


def test_what_is_being_typed_stays_while_something_else_is_saved(panel, desk, qtbot):
    field = panel.grid.lines[2].fields["care_request"]
    field.setFocus()
    field.setText("車いすの席")
    rows = [
        ExpectedCount(event_id=EVENT, position=0, organisation_name=name, people=people)
        for name, people in stored(desk)
    ]
    do(qtbot, desk, lambda: desk.write(bind_action(headcount_services.set_expected_counts, event_id=EVENT, rows=rows)))

    assert panel.grid.lines[2].fields["care_request"].text() == "車いすの席"


def test_a_name_too_long_for_its_field_stands_in_full_under_it(panel, desk, qtbot):
    name = "みほん東西南北中央台地区町会自治会連合会準備会第二分会"
    type_into(qtbot, desk, panel.grid.lines[-1], "organisation_name", name)

    assert panel.grid.lines[-2].under.text() == name


def test_a_name_of_the_register_is_proposed_and_linked(panel, desk, qtbot):
    line = panel.grid.lines[-1]
    first = panel.view.organisations[30]
    assert line.name.completer().model().rowCount() == len(panel.view.organisations)
    type_into(qtbot, desk, line, "organisation_name", first.name)

    view = headcount_services.read_headcount(desk.store, event_id=EVENT, today=NOW.date())
    assert view.rows[-1].organisation_id == first.id


def test_the_panel_shows_no_stray_window_and_stands_in_a_tab_too(desk, qtbot):
    with StrayWindows() as strays:
        inside = CountPanel(desk, embedded=True)
        strays._allowed = (inside,)
        inside.open_with(event_id=EVENT)
        shown(qtbot, inside, desk, width=855, height=360)

    assert strays.found == []
    assert not inside.picker.isVisible()
    assert inside.notice.isVisible()


def test_typed_organisations_are_known_again_asked_about_or_added_and_all_that_is_undone(panel, desk, qtbot):
    known = panel.view.organisations[30]
    stem = known.name.removesuffix("自治会").removesuffix("町会")
    near = f"{stem}町会" if known.name.endswith("自治会") else f"{stem}自治会"
    for name in (f" {known.name[:3]} {known.name[3:]}", near, "みほん新町連絡会"):
        type_into(qtbot, desk, panel.grid.lines[-1], "organisation_name", name)

    rows = headcount_services.read_headcount(desk.store, event_id=EVENT, today=NOW.date()).rows[-3:]
    assert [row.organisation_id for row in rows] == [known.id, None, None], "the first differs by blanks only"
    assert f"「{near}」は「{known.name}」のことですか。" in panel.unknown.words()
    assert "みほん新町連絡会は、団体の名簿にありません。" in panel.unknown.words()

    panel.ask.click()
    dialog = dialog_over(panel, OrganisationsDialog)
    assert dialog.answers() == {"みほん新町連絡会": "new"}, "a near name is a question without an answer yet"
    dialog.form.set_values({"0": str(known.id)})
    dialog._follow()
    assert dialog.main.text() == "2団体を決める"
    do(qtbot, desk, dialog.main.click)

    rows = headcount_services.read_headcount(desk.store, event_id=EVENT, today=NOW.date()).rows[-2:]
    assert [row.organisation_name for row in rows] == [near, "みほん新町連絡会"], "as typed"
    assert rows[0].organisation_id == known.id
    (hit,) = find_organisations(desk.store, text="新町連絡会")
    assert hit.organisation.id == rows[1].organisation_id
    assert not panel.unknown.isVisible()

    do(qtbot, desk, desk.undo)
    assert find_organisations(desk.store, text="新町連絡会") == ()
    assert len(panel.view.unknown_organisations) == 2


def test_a_line_typed_with_tab_ends_with_enter_at_the_first_field_of_the_next(panel, desk, qtbot):
    panel.window().activateWindow()
    qtbot.waitUntil(panel.window().isActiveWindow)
    panel.grid.go_to_end()
    count = len(panel.grid.lines)
    for name, people in (("Mihon A", "8"), ("Mihon B", "6")):
        line = panel.grid.lines[-1]
        assert line.name.hasFocus()
        qtbot.keyClicks(line.name, name)
        press_key(qtbot, desk, line.name, Qt.Key.Key_Tab)
        field = QApplication.focusWidget()
        assert field.accessibleName() == "人数"
        qtbot.keyClicks(field, people)
        press_key(qtbot, desk, field, Qt.Key.Key_Return)
    assert len(panel.grid.lines) == count + 2
    assert panel.grid.lines[-1].name.hasFocus()
    # Enter in the empty line: there is no other 団体, and the keyboard goes to what comes next.
    qtbot.keyClick(panel.grid.lines[-1].name, Qt.Key.Key_Return)
    assert panel.notice.make.hasFocus()
    assert len(panel.grid.lines) == count + 2

    # In the lines that stand there already Enter goes down its column, as before.
    above = panel.grid.lines[0].fields["people"]
    above.setFocus()
    qtbot.keyClick(above, Qt.Key.Key_Return)
    assert panel.grid.lines[1].fields["people"].hasFocus()
