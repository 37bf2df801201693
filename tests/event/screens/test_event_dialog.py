"""A new event: what earlier ones had is offered in its fields, and a venue brings what is known of it."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.actions.action_context import ActionContext
from app.event.screens.event_dialog import EventDialog
from app.event.services.event_lists import list_events
from app.history.services import undo
from app.programme.intake import preset
from app.registers.venues.services import save_venue
from db.records.venues import Venue
from db.tables import agreements
from db.tables.agreements import of_event
from tests.support.doing import do
from tests.support.event_pages import TODAY
from tests.support.pressing import fill_in
from tests.support.sample_desk import empty_screen
from tests.support.waiting import wait_idle
from tests.support.years import BY, add_lecture, at


def offered(qtbot, field) -> list[str]:
    qtbot.keyClick(field, Qt.Key.Key_Down)
    return [action.text() for action in QApplication.activePopupWidget().actions()]


def test_names_places_and_lecturers_of_earlier_events_are_taken_by_digit(qtbot, desk_at, store):
    add_lecture(store, date(2026, 9, 24), subject="LINEの使い方", lecturer="みほん講師", facility="区立施設")
    hall = Venue(name="みほん会館", room="大会議室", capacity=40, network="有", facility="その他の施設")
    save_venue(ActionContext(store, BY, at(TODAY)), venue=hall)
    desk = desk_at(at(TODAY))
    owner = empty_screen(qtbot, desk)
    owner.resize(1366, 768)
    owner.show()
    dialog = EventDialog(owner, kinds=preset().kinds)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    wait_idle(qtbot, desk)
    form = dialog.form

    assert offered(qtbot, form.editor("subject"))[:2] == ["&1　LINEの使い方", "&2　LINE講習会"]
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_2)
    assert offered(qtbot, form.editor("venue")) == [
        "&1　みほん区民館 研修室　定員 24人",
        "&2　みほん会館 大会議室　定員 40人",
    ]
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_1)
    assert offered(qtbot, form.editor("lecturer")) == ["&1　みほん講師"]
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_1)

    typed = dialog.draft()
    assert (typed.subject, typed.venue, typed.room, typed.venue_capacity, typed.network, typed.lecturer) == (
        "LINE講習会", "みほん区民館", "研修室", 24, "有", "みほん講師",
    )  # fmt: skip
    assert typed.facility == "区立施設"

    # What came with one venue goes with it, when another is taken or typed.
    form.set_values({"venue": "", "room": ""})
    offered(qtbot, form.editor("venue"))
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_2)
    other = dialog.draft()
    assert (other.venue_capacity, other.facility) == (40, "その他の施設")
    qtbot.keyClicks(form.editor("venue"), "2")
    typed = dialog.draft()
    assert (typed.venue, typed.venue_capacity, typed.network, typed.facility) == ("みほん会館2", None, "不明", "")
    # What was said by hand is not overwritten.
    form.set_values({"venue": "", "room": "", "venue_capacity": 15, "network": "無", "facility": "その他の施設"})
    offered(qtbot, form.editor("venue"))
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_1)
    again = dialog.draft()
    assert (again.venue, again.venue_capacity, again.network) == ("みほん区民館", 15, "無")
    assert again.facility == "その他の施設"

    # What was said once at the place of the register comes with it.
    form.set_values({"venue": "", "room": "", "venue_capacity": None, "network": "不明", "facility": ""})
    offered(qtbot, form.editor("venue"))
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_2)
    at_hall = dialog.draft()
    assert (at_hall.room, at_hall.venue_capacity, at_hall.network, at_hall.facility) == (
        "大会議室", 40, "有", "その他の施設",
    )  # fmt: skip
    dialog.close()


def test_what_was_agreed_beforehand_is_settled_with_the_event_and_goes_with_it(qtbot, desk_at, store):
    desk = desk_at(at(TODAY))
    owner = empty_screen(qtbot, desk)
    owner.resize(1366, 768)
    owner.show()
    dialog = EventDialog(owner, kinds=preset().kinds)
    do(qtbot, desk, dialog.open)
    assert dialog.form.value("agreed") is False
    fill_in(qtbot, desk, dialog, {"subject": "LINE講習会", "agreed": True, "network": "有", "venue": "みほん区民館"})
    # A day that stands nowhere cannot have been agreed.
    assert dialog.isVisible()
    assert list_events(store, today=TODAY, fiscal_year=2026).rows == ()

    fill_in(qtbot, desk, dialog, {"event_date": date(2026, 9, 30)})
    (line,) = list_events(store, today=TODAY, fiscal_year=2026).rows
    assert {row.topic: row.settled_on for row in of_event(store.database, line.id)} == {
        "日程": TODAY, "内容": TODAY, "機材": TODAY, "設問": None,
    }  # fmt: skip
    assert [row.ordinal for row in agreements.of_event(store.database, line.id)] == [1, 2, 3, None]
    undo(store, by=BY, now=at(TODAY))
    assert list_events(store, today=TODAY, fiscal_year=2026).rows == ()


def test_the_end_follows_start_and_kind_until_another_is_typed(qtbot, desk_at):
    desk = desk_at(at(TODAY))
    owner = empty_screen(qtbot, desk)
    lecture, visit, _talk = preset().kinds
    short = replace(lecture, kind="相談会", name="相談会", minutes=60)
    dialog = EventDialog(owner, kinds=(visit, short))
    wait_idle(qtbot, desk)
    seen = [dialog.draft().end_time]
    for key, value in (("kind", "相談会"), ("start_time", "10:00"), ("end_time", "10:30"), ("start_time", "9:00")):
        dialog.form.set_values({key: value})
        dialog.form.changed.emit(key)
        seen.append(dialog.draft().end_time)
    assert seen == ["16:00", "15:00", "11:00", "10:30", "10:30"]


def test_a_visit_without_checked_lectures_has_its_own_handouts_and_no_kind_is_asked_for(qtbot, desk_at):
    desk = desk_at(at(TODAY))
    owner = empty_screen(qtbot, desk)
    lecture, visit, _talk = preset().kinds
    alone = EventDialog(owner, kinds=(visit,))
    assert "アドバイザー" in [one.text() for one in alone.form.findChildren(QLabel)]
    both = EventDialog(owner, kinds=(lecture, visit))
    unchecked = EventDialog(owner, kinds=(replace(lecture, material_period=""), visit))
    wait_idle(qtbot, desk)
    for dialog, asked, choice in ((alone, False, False), (both, True, True), (unchecked, False, True)):
        dialog.form.set_values({"kind": visit.kind})
        dialog.more.setChecked(True)
        assert dialog.draft().extra_materials is not asked
        assert dialog.form.editor("only_lecture_materials").isVisibleTo(dialog) is asked
        assert dialog.form.editor("kind").isVisibleTo(dialog) is choice
