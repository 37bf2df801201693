"""事業: the list, the month beside it, and the dialog that gives every deadline while one types."""

from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu

from app.actions.action_context import ActionContext
from app.documents.screens.save_dialog import SaveDialog
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from app.event.screens.event_dialog import EventDialog, draft_from, values_of
from app.event.screens.events_screen import EventsScreen
from app.event.services.event_drafts import EventDraft
from app.event.services.event_lists import list_events
from app.event.services.event_view import read_event
from app.main_window.navigation import KindPage
from app.programme.intake import preset
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import LinkListDialog
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen
from app.window.app_context import AppContext
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.rows import rows
from db.tables.agreements import of_event
from tests.support import sample_desk
from tests.support.asked_places import asked_places
from tests.support.doing import do
from tests.support.kinds_r8 import form_of
from tests.support.waiting import wait_idle
from tests.support.years import add_dispatch, add_lecture, the_event

NOW = datetime(2026, 9, 1, 9, 0)


@pytest.fixture
def shown(qtbot, desk_at):
    """Show the list and wait until it has read."""

    def show(width: int = 1190, height: int = 720) -> EventsScreen:
        desk = desk_at(NOW)
        return sample_desk.shown(qtbot, EventsScreen(desk), desk, width=width, height=height)

    return show


@pytest.fixture
def dialog_of(qtbot):
    """Press Ctrl+N and give the dialog."""

    def ask(screen: EventsScreen) -> EventDialog:
        screen.add_event()
        dialog = screen.findChild(EventDialog)
        wait_idle(qtbot, screen.app_context)
        return dialog

    return ask


@pytest.fixture
def screen(shown):
    return shown()


def type_date(qtbot, dialog: EventDialog, text: str) -> None:
    box = dialog.form.editor("event_date")
    box.setFocus()
    box.clear()
    qtbot.keyClicks(box, text)
    dialog._soon.stop()
    do(qtbot, dialog.app_context, dialog._check)


def titles(screen: EventsScreen) -> list[str]:
    return [row.title for row in screen.table.model.records()]


def test_a_day_of_the_calendar_lists_its_deadlines_and_leads_to_them(qtbot, shown, event):
    screen = shown()
    going = []
    screen.app_context.navigation_requested.connect(lambda place, given: going.append((place, dict(given))))

    screen.calendar.day_opened.emit(date(2026, 9, 18))
    dialog = screen.findChild(LinkListDialog)
    assert any("参加人数を連絡する" in entry.words for entry in dialog.entries)
    dialog._follow_entry(next(entry for entry in dialog.entries if "参加人数を連絡する" in entry.words))
    assert going[0][0] == "event"
    screen.calendar.day_opened.emit(date(2026, 9, 13))
    assert len(going) == 1, "a day without anything leads nowhere"
    assert going[0][1]["event_id"] == event


def test_a_new_event_shows_every_deadline_with_its_basis_while_it_is_typed(qtbot, shown, dialog_of):
    dialog = dialog_of(shown())
    dialog.form.editor("subject").setText("LINE講習会")

    type_date(qtbot, dialog, "9/30")

    rows = dialog.view.table.model.records()
    report = next(n for n, task in enumerate(rows) if task.task == "実施報告書")
    cells = [dialog.view.table.model.cell(report, column).plain() for column in range(2)]
    assert dialog.view.name.text() == "第1回 LINE講習会"
    assert {task.task for task in rows} >= {"人数連絡", "資料確認", "実施報告書", "設問の決定"}
    assert cells[0] == "実施報告書の提出 受託者　仕4(1)コ 1か月以内 休日の場合 11/2(月)"
    assert cells[1] == "10/31(土)"
    assert "10/30(金)" in dialog.view.table.model.cell(report, 1).tip
    dialog.done(0)


def test_saving_a_new_event_chooses_it_in_the_list(qtbot, store, dialog_of, screen):
    dialog = dialog_of(screen)
    dialog.form.editor("subject").setText("LINE講習会")
    dialog.form.editor("venue").setText("みほん区民館")
    type_date(qtbot, dialog, "R8.9.30")

    do(qtbot, screen.app_context, dialog.main.click)

    row = list_events(store, today=NOW.date()).rows[0]
    assert (row.title, row.event_date, row.venue_words) == ("第1回 LINE講習会", date(2026, 9, 30), "みほん区民館")
    assert screen.table.current().id == row.id
    assert screen.calendar.page.chosen == date(2026, 9, 30)


@pytest.mark.parametrize("kind", ["講習会", "意見交換会"])
def test_a_new_event_is_of_the_kind_listed_and_chosen_among_older_ones(qtbot, store, shown, dialog_of, kind):
    older = add_lecture(store, date(2026, 9, 24))
    screen = shown()
    screen.kinds.choose("意見交換会")
    dialog = dialog_of(screen)
    assert dialog.form.value("kind") == "意見交換会"
    dialog.form.set_values({"kind": kind})
    dialog.form.changed.emit("kind")
    dialog.form.editor("subject").setText("見本")
    dialog.form.editor("venue").setText("みほん区民館")
    type_date(qtbot, dialog, "R8.11.20")
    do(qtbot, screen.app_context, dialog.main.click)
    added = next(row for row in list_events(store, today=NOW.date()).rows if row.id != older)
    assert screen.table.current().id == added.id
    assert screen.kinds.current() == ("意見交換会" if kind == "意見交換会" else "")


def test_ctrl_n_asks_for_a_new_event(qtbot, screen):
    screen.activateWindow()
    with qtbot.waitActive(screen):
        pass

    qtbot.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    dialog = screen.findChild(EventDialog)
    assert dialog is not None
    dialog.done(0)


def test_a_weekday_that_does_not_match_is_said_under_the_field(qtbot, shown, dialog_of):
    dialog = dialog_of(shown())
    box = dialog.form.editor("event_date")
    box.setText("9/30(木)")
    box.editingFinished.emit()

    assert "水曜日です" in dialog.form.problem_shown("event_date")
    dialog.done(0)


def test_a_date_outside_the_window_is_not_blocked_but_asks_for_a_reason(qtbot, store, dialog_of, screen):
    dialog = dialog_of(screen)
    dialog.form.editor("subject").setText("LINE講習会")
    type_date(qtbot, dialog, "2027/1/20")
    part = dialog.view.reason
    assert "仕様書4(1)ア" in dialog.view.warnings.words()
    place, height = part.mapTo(dialog.view, QPoint()), dialog.view.warnings.height()
    dialog.view.warnings.show_text("もう1つの注意。\n" * 20)
    qtbot.waitUntil(lambda: dialog.view.warnings.height() > height)
    assert part.mapTo(dialog.view, QPoint()) == place, "the box grows, the field in which somebody types stays"
    assert not part.isHidden()

    dialog.main.click()
    assert "理由がまだ入力されていません" in part.form.problem_shown("reason")
    dialog._untouched = dialog.form.values()
    assert not dialog.has_unsaved_input()
    part.form.editor("reason").setText("会場の都合による。受託者と協議済み")
    assert dialog.has_unsaved_input(), "a reason alone is asked about, too"
    part.form.editor("reason").setText("")
    part.form.set_values({"how": CONTRACT_CHANGE})
    part.form.changed.emit("how")
    assert dialog.has_unsaved_input(), "a settlement alone is asked about, too"
    part.form.set_values({"how": AGREEMENT})
    part.form.editor("reason").setText("会場の都合による。受託者と協議済み")
    do(qtbot, screen.app_context, dialog.main.click)

    event = the_event(store, list_events(store, today=NOW.date()).rows[0].id)
    assert event.exception_reason == "会場の都合による。受託者と協議済み"
    assert event.exception_kind == "協議で足りる"


def test_a_day_put_right_just_before_saving_is_saved_without_the_reason_that_was_asked_for(
    qtbot, store, dialog_of, screen
):
    dialog = dialog_of(screen)
    dialog.form.editor("subject").setText("LINE講習会")
    type_date(qtbot, dialog, "2027/1/20")
    assert not dialog.view.reason.isHidden()
    box = dialog.form.editor("event_date")
    box.clear()
    qtbot.keyClicks(box, "2026/12/18")
    dialog.main.click()  # before what follows from the new day was told
    do(qtbot, screen.app_context, dialog.main.click)

    (line,) = list_events(store, today=NOW.date()).rows
    event = the_event(store, line.id)
    assert (event.event_date, event.exception_kind, event.exception_reason) == (date(2026, 12, 18), "", "")


def test_a_day_made_unusual_just_before_saving_asks_for_its_reason(qtbot, store, dialog_of, screen):
    dialog = dialog_of(screen)
    dialog.form.editor("subject").setText("LINE講習会")
    type_date(qtbot, dialog, "2026/12/18")
    box = dialog.form.editor("event_date")
    box.clear()
    qtbot.keyClicks(box, "2027/1/20")
    do(qtbot, screen.app_context, dialog.main.click)
    assert dialog.isVisible()
    assert "理由がまだ入力されていません" in dialog.view.reason.form.problem_shown("reason")
    assert list_events(store, today=NOW.date()).rows == ()


def test_a_third_exchange_meeting_asks_whether_the_contract_must_change(qtbot, store, shown, dialog_of):
    from app.event.services.event_changes import create_event

    for day in (date(2026, 10, 20), date(2026, 11, 20)):
        draft = EventDraft(
            kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会", event_date=day, network="有"
        )
        create_event(ActionContext(store, "見本", NOW), draft=draft)
    screen = shown()
    dialog = dialog_of(screen)
    dialog.form.set_values({"kind": "意見交換会"})
    dialog._on_change("kind")
    type_date(qtbot, dialog, "12/1")
    part = dialog.view.reason

    assert part.exception_kind() == "契約変更の要否を契約課へ確認"
    part.form.set_values({"reason": "追加の要望", "asked_on": date(2026, 9, 1), "asked_who": "契約係"})
    do(qtbot, screen.app_context, dialog.main.click)

    row = list_events(store, today=NOW.date()).rows[-1]
    assert the_event(store, row.id).exception_kind == "契約変更の要否を契約課へ確認"
    assert "契約変更の要否" in row.open_topics


def test_the_answer_of_the_contract_section_settles_the_matter(qtbot, store, dialog_of, screen):

    dialog = dialog_of(screen)
    dialog.form.editor("subject").setText("LINE講習会")
    type_date(qtbot, dialog, "2027/1/20")
    how = "契約変更の要否を契約課へ確認"
    dialog.view.reason.form.set_values(
        {
            "how": how,
            "reason": "会場の都合",
            "asked_on": date(2026, 9, 1),
            "asked_who": "契約係",
            "answer": "変更は不要",
        }
    )

    do(qtbot, screen.app_context, dialog.main.click)

    event_id = list_events(store, today=NOW.date()).rows[0].id
    topic = next(row for row in of_event(store.database, event_id) if row.topic == "契約変更の要否")
    assert (topic.state, topic.note) == ("決定", "9/1(火)　契約係　変更は不要")


def test_coming_back_to_the_list_does_not_ask_for_a_new_event_again(qtbot, screen):
    screen.open_with(new="home-1")
    screen.findChild(EventDialog).done(0)

    screen.open_with(new="home-1")

    assert [dialog for dialog in screen.findChildren(EventDialog) if dialog.isVisible()] == []


def test_what_is_asked_follows_the_kind(qtbot, shown, dialog_of):
    dialog = dialog_of(shown())

    def asked() -> set[str]:
        return {key for key, parts in dialog.form._parts.items() if not parts[1].isHidden()}

    # Six things, and whether they were settled: 種類, 名称, 実施日, 時間 (two fields), 会場, 講師.
    assert asked() == {"kind", "subject", "event_date", "start_time", "end_time", "venue", "lecturer", "agreed"}
    dialog.more.click()
    lecture = asked()
    dialog.form.set_values({"kind": "派遣"})
    dialog._on_change("kind")
    dispatch = asked()
    # What belongs to the venue is asked there; of an event that is there it can be put right in its form.
    assert not {"facility", "venue_named_on", "venue_booked_on"} & (lecture | dispatch)
    dialog.form.editor("venue_capacity").setText("数人")
    dialog.more.click()
    assert "venue_capacity" in asked(), "what can't be read is not folded away"
    dialog.form.editor("venue_capacity").setText("12")
    dialog.more.click()
    assert "venue_capacity" not in asked()
    assert dialog.draft().venue_capacity == 12

    assert {"subject", "hands_on"} <= lecture
    assert "groups" not in lecture
    assert {"organisation_name", "tools", "only_lecture_materials"} <= dispatch
    assert "subject" not in dispatch
    dialog.done(0)


def test_a_dispatch_with_lecture_materials_only_has_no_confirmation_deadline(qtbot, shown, dialog_of):
    dialog = dialog_of(shown())
    dialog.form.set_values({"kind": "派遣", "organisation_name": "みほん町会"})
    dialog._on_change("kind")

    type_date(qtbot, dialog, "10/15")

    # Nobody has to say that there are no others: a new one starts so.
    assert dialog.form.value("only_lecture_materials")
    assert "資料確認" not in {task.task for task in dialog.view.table.model.records()}
    dialog.form.set_values({"only_lecture_materials": False})
    dialog._on_change("only_lecture_materials")
    do(qtbot, dialog.app_context, dialog._check)
    assert "資料確認" in {task.task for task in dialog.view.table.model.records()}
    dialog.done(0)


def test_leaving_a_typed_form_asks_first(qtbot, shown, dialog_of):
    dialog = dialog_of(shown())
    dialog.form.editor("subject").setText("LINE講習会")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.isVisible()
    dialog.done(0)


def test_kinds_and_typed_words_narrow_the_list(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    add_dispatch(store, date(2026, 10, 15))
    screen = shown()

    screen.kinds.choose("派遣")
    only_dispatch = titles(screen)
    screen.kinds.choose("")
    screen.table.filter_field.setText("line")
    qtbot.waitUntil(lambda: titles(screen) == ["第1回 LINE講習会"])

    assert only_dispatch == ["第1回 派遣 みほん若葉町会"]
    assert screen.summary.text().startswith("1件　実施済 0・予定 1")


def test_a_kind_with_a_page_of_its_own_takes_the_place_of_the_list_and_what_is_handed(qtbot, desk_at):
    tool = Button("用紙")

    class Page(Screen):
        event_asked = Signal(int, str)
        kind_asked = Signal(str)
        tools = (tool,)
        handed: ClassVar[list[dict[str, object]]] = []

        def __init__(self, app_context: AppContext):
            super().__init__(app_context)
            self.table = RecordTable(
                "visits", (Column("name", "名", Cell),), title="派遣", empty="ありません。", empty_button="加える"
            )
            in_column(Button("起案資料"), self.table, owner=self)
            self.setFocusProxy(self.table)

        def open_with(self, **arguments: object) -> None:
            self.handed.append(arguments)

        def show_kind(self, kind: str) -> None:
            self.kind = kind

        def view_state(self) -> dict[str, object]:
            return {"wish_id": 4}

    screen = EventsScreen(desk_at(NOW), kind_pages=(KindPage(form=EventForm.VISIT, factory=Page),))
    qtbot.addWidget(screen)
    do(qtbot, screen.app_context, screen.show)
    assert screen.table.isVisible()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.table.setFocus()
    screen.open_with(view="派遣", organisation_id=3)
    assert screen.kind_page.table.isAncestorOf(screen.focusWidget()), "and not at the first link of the page"
    assert (screen.kinds.current(), Page.handed[-1]["organisation_id"]) == ("派遣", 3)
    assert (screen.table.isVisible(), screen.kind_page.isVisible(), tool.isVisible()) == (False, True, True)
    assert screen.view_state()["page"] == {"wish_id": 4}
    screen.kinds.choose("講習会")
    assert (screen.table.isVisible(), screen.kind_page, tool.isVisible()) == (True, None, False)
    with pytest.raises(ValueError, match="no page"):
        screen.open_with(view="総会")
    # The arrows of each list, and of what stands in its place where it is empty, lead through the kinds.
    screen.table.setFocus()
    seen = []
    for key in (*[Qt.Key.Key_Right] * 3, Qt.Key.Key_Left):
        qtbot.keyClick(screen.focusWidget(), key)
        at = screen.kind_page or screen
        seen.append((screen.kinds.current(), at.table.isAncestorOf(screen.focusWidget())))
    assert seen == [("派遣", True), ("意見交換会", True), ("", True), ("意見交換会", True)]


def test_with_one_kind_nothing_asks_which_unless_it_has_a_page_beside_the_list(qtbot, store, desk_at):
    """The requests of a year whose one kind is a visit are reached from the list, and the list from them."""

    def asks(form: EventForm) -> bool:
        screen = EventsScreen(desk_at(NOW), kind_pages=(KindPage(form=EventForm.VISIT, factory=Screen),))
        qtbot.addWidget(screen)
        found = list_events(store, today=NOW.date(), fiscal_year=2026)
        screen._show_kinds(replace(found, kinds=tuple(one for one in found.kinds if one.form is form)))
        return screen.kinds.isVisibleTo(screen)

    assert [form for form in EventForm if asks(form)] == [EventForm.VISIT]


def test_what_is_used_now_and_then_stands_in_one_menu(qtbot, store, shown, tmp_path):
    add_lecture(store, date(2026, 9, 24))
    add_dispatch(store, None)
    screen = shown()
    going = []
    screen.app_context.navigation_requested.connect(lambda place, _given: going.append(place))
    screen.more.click()
    (menu,) = screen.findChildren(QMenu)
    for entry in menu.actions():
        entry.trigger()
    assert going == ["year", "schedules", "ward_days", "agreements", "venues"]
    menu.close()
    # The last entry asks where to save the calendar, and says what is in it and what is not.
    wait_idle(qtbot, screen.app_context)
    dialog = screen.findChild(SaveDialog)
    intro = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "日程の決まっていない1件（派遣 みほん若葉町会）は入りません。" in intro
    assert not dialog.form.editor("way").isVisible()
    dialog.choose_folder(tmp_path)
    do(qtbot, screen.app_context, dialog.main.click)
    assert (tmp_path / "R8-カレンダー.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_list_and_month_share_one_selection(qtbot, store, shown):
    first = add_lecture(store, date(2026, 9, 24))
    add_dispatch(store, date(2026, 9, 29))
    screen = shown()
    page = screen.calendar.page

    qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect_of(date(2026, 9, 29)).center().toPoint())
    by_day = screen.table.current().title
    do(qtbot, screen.app_context, screen.table.choose, lambda row: row.id == first)

    assert by_day == "第1回 派遣 みほん若葉町会"
    assert page.chosen == date(2026, 9, 24)
    assert screen.glance.event_id == first


def test_enter_opens_the_event(qtbot, shown, event):
    screen = shown()
    going = asked_places(screen.app_context)
    screen.table.choose(lambda row: row.id == event)

    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)

    assert going == [("event", {"event_id": event})]


def test_a_recruitment_step_is_ticked_beside_the_month(qtbot, store, shown, event):
    screen = shown()
    wait_idle(qtbot, screen.app_context)
    step_id, box = next(iter(screen.glance.steps.boxes.items()))

    do(qtbot, screen.app_context, box.click)

    step = next(s for s in read_event(store, event_id=event, today=NOW.date()).steps if s.id == step_id)
    assert step.done_on == NOW.date()
    assert screen.table.current().blocks[0].state == "済"


def test_the_paper_of_a_recruitment_step_opens_from_beside_the_month(qtbot, shown, event):
    screen = shown()
    wait_idle(qtbot, screen.app_context)
    going = asked_places(screen.app_context)

    for button in screen.glance.steps.paper_buttons.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert ("event", {"event_id": event, "tab": "書類", "kind": "募集チラシ"}) in going
    assert len(going) == len(screen.glance.steps.paper_buttons) > 3


def test_below_a_thousand_pixels_list_and_month_become_tabs(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown(855, 464)

    assert screen.tabs.isAncestorOf(screen.table)
    assert screen.tabs.isAncestorOf(screen.calendar)
    assert screen.tabs.isAncestorOf(screen.glance)


@pytest.mark.parametrize("kind", ["講習会", "派遣", "意見交換会"])
def test_what_the_form_does_not_show_for_a_kind_stays_as_it_was(kind):
    shown = EventDraft(
        kind=kind,
        form=form_of(kind),
        subject="見本",
        event_date=date(2026, 10, 20),
        start_time="10:00",
        end_time="12:00",
        venue="みほん区民館",
        room="第1研修室",
        venue_capacity=30,
        venue_booked_on=date(2026, 8, 1),
        content="内容",
        lecturer="見本　講師",
        organisation_id=3,
        organisation_name="見本",
        tools=("LINE", "HP"),
        groups=4,
        facilitators=2,
        network="有",
        extra_materials=False,
        hands_on=True,
        exception_reason="追加",
        exception_kind="協議で足りる",
        note="覚え",
        expected_people=12,
    )
    (kind,) = (one for one in preset().kinds if one.form is shown.form)
    typed = draft_from(
        values_of(shown), kind=kind, original=shown, organisation_id=3, reason="追加", exception_kind="協議で足りる"
    )
    assert typed == shown


@pytest.mark.parametrize("visits", [True, False])
def test_the_hint_of_the_line_below_says_visits_only_where_the_contract_has_them(shown, store, visits):
    add_lecture(store)
    with store.change(action="契約の種類", by="見本", now=NOW) as change:
        for kind in rows(store.database, EventKind, form=EventForm.VISIT):
            if not visits:
                change.delete(EventKind, kind.id)
    hint = shown().summary.toolTip()
    assert hint.startswith("募集＝周知・区報原稿締切")
    assert ("派遣は段取りの1つずつ" in hint) == visits
