"""Kinds of event in 契約条件: add, rename, order, take out; refusals are said, all of it can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.events.dispatches.services import dispatch_requests
from app.events.schedules import services as schedules
from app.history import services as history_services
from app.programme import services as programme_services
from app.settings.pages.screens.kind_dialogs import AddKindDialog, KindDialog
from app.settings.pages.screens.numbers_page import NumbersPage
from db.records.dispatches import DispatchRequest
from db.records.event_form import EventForm
from db.records.programme import EventKind
from tests.support.sessions import open_dialog
from tests.support.settings_pages import shown_settings, turn_to
from tests.support.waiting import press, read_again
from tests.support.years import BY, NOW, TODAY, add_lecture


@pytest.fixture
def page(desk_at, qtbot, store) -> Iterator[NumbersPage]:
    screen = shown_settings(qtbot, desk_at, store)
    yield turn_to(qtbot, screen, "numbers")
    screen.close()


def kinds(store, on: date | None = None):
    return programme_services.read_programme(store, on=on).kinds


def names_button(page, kind: str) -> QPushButton:
    return next(
        one
        for one in page.numbers.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName() == f"{kind}　名前・順"
    )


def eight(store, act) -> None:
    """Five more kinds beside the three of the year."""
    base = kinds(store)[0]
    for name, sign, form in (
        ("個別相談会", "相", EventForm.LECTURE),
        ("出前講座", "出", EventForm.VISIT),
        ("体験会", "体", EventForm.LECTURE),
        ("交流会", "交", EventForm.EXCHANGE),
        ("展示会", "展", EventForm.LECTURE),
    ):
        programme_services.add_kind(
            act, kind=replace(base, title=f"デジタル{name}", name=name, name_in_text=name, sign=sign, form=form)
        )


@pytest.fixture
def act(store) -> ActionContext:
    return ActionContext(store, BY, NOW)


def test_a_kind_is_added_by_its_form_names_and_the_numbers_of_another(page, store, qtbot):
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    dialog = open_dialog(AddKindDialog)
    dialog.cards.choose(EventForm.VISIT)
    assert dialog.start.value("start") == "派遣"
    dialog.names.set_values(
        dialog.names.values() | {"title": "デジタル出前講座", "name": "派遣", "name_in_text": "", "sign": "派"}
    )
    dialog.main.click()
    assert dialog.names.problems() == {
        "name": "「派遣」は、「派遣」が使っています。",
        "sign": "「派」は、「派遣」が使っています。",
    }
    dialog.names.set_values(dialog.names.values() | {"name": "出前講座", "sign": "🙂"})
    dialog.main.click()
    assert "記号に使えません" in dialog.names.problems()["sign"]
    dialog.names.set_values(dialog.names.values() | {"sign": "出"})
    press(qtbot, page.app_context, dialog.main)

    added = kinds(store)[-1]
    assert (added.kind, added.title, added.name_in_text, added.sign) == (
        "出前講座",
        "デジタル出前講座",
        "出前講座",
        "出",
    )
    assert (added.form, added.planned_unit, added.report_period) == (EventForm.VISIT, "団体", "3週間以内")
    assert (added.clause_window, added.clause_people) == ("", "")
    assert page.numbers.editor("出前講座", "planned").isVisible()
    history_services.undo(store, by=BY, now=NOW)
    assert [one.kind for one in kinds(store)] == ["講習会", "派遣", "意見交換会"]


def test_a_kind_is_renamed_from_a_day_on_and_its_key_stays(page, store, qtbot):
    qtbot.mouseClick(names_button(page, "講習会"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(KindDialog)
    dialog.names.set_values(
        dialog.names.values() | {"title": "デジタル講座", "name": "講座", "report_items": "実施内容\n使った端末の台数"}
    )
    dialog.since.set_values({"day": date(2026, 10, 1)})
    press(qtbot, page.app_context, dialog.main)
    assert "理由" in dialog.refusal.words()
    dialog.since.set_values({"day": date(2026, 10, 1), "reason": "契約変更第1号による"})
    press(qtbot, page.app_context, dialog.main)

    before, after = (kinds(store, on=day)[0] for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert (before.name, after.name, after.title) == ("講習会", "講座", "デジタル講座")
    assert before.kind == after.kind == "講習会"
    assert after.report_items == {"実施内容": "実施内容", "使った端末の台数": ""}
    assert before.report_items != after.report_items


def test_what_the_office_does_with_visits_is_set_from_a_day_on_with_any_unit(page, store, act, qtbot):
    qtbot.mouseClick(names_button(page, "派遣"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(KindDialog)
    assert dialog.names.value("counted") == "団体"
    typed = {
        "planned_unit": "町内会",
        "recruitment": "随時",
        "visits_per_request": 3,
        "ヒアリング": False,
        "follow_up_months": "6、1",
        "follow_up_by": "回",
    }
    dialog.names.set_values(dialog.names.values() | typed | {"follow_up_months": "三"})
    dialog.since.set_values({"day": date(2026, 10, 1), "reason": "やり方の変更"})
    dialog.main.click()
    assert dialog.names.problems() == {"follow_up_months": "1から24までの数を「、」で区切ります。"}
    dialog.names.set_values(dialog.names.values() | typed)
    press(qtbot, page.app_context, dialog.main)

    before, after = (kinds(store, on=day)[1] for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert (before.recruitment, before.visits_per_request, before.follow_up_months) == ("年1回", 1, (3,))
    assert (after.planned_unit, after.counted) == ("町内会", "団体")
    assert (after.recruitment, after.visits_per_request, after.steps, after.follow_up_months, after.follow_up_by) == (
        "随時",
        3,
        ("協議", "選定"),
        (1, 6),
        "回",
    )
    lecture = kinds(store)[0]
    with pytest.raises(UserError, match="単位が「回」のときは、数えるものも「回」です"):
        programme_services.describe_kind(act, kind=replace(lecture, counted="団体"))


def test_kinds_are_put_into_another_order(page, store, qtbot):
    qtbot.mouseClick(names_button(page, "意見交換会"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(KindDialog)
    assert not dialog.later.isEnabled()
    press(qtbot, page.app_context, dialog.earlier)

    assert [one.kind for one in kinds(store)] == ["講習会", "意見交換会", "派遣"]


def test_a_kind_that_a_plan_or_a_request_needs_is_not_taken_out(store, act):
    plan = schedules.start_plan(act, name="A案").id
    with pytest.raises(UserError, match=r"案に「意見交換会」の回が\d+件ある"):
        programme_services.remove_kind(act, programme_id=1, kind="意見交換会")
    schedules.remove_plan(act, plan_id=plan)
    wish = DispatchRequest(programme_id=1, organisation_id=0, received_on=TODAY, wish="LINE", signed=False)
    dispatch_requests.save_dispatch_request(act, wish=wish, new_name="みほん町会")
    with pytest.raises(UserError, match="希望票が1件ある"):
        programme_services.remove_kind(act, programme_id=1, kind="派遣")
    programme_services.remove_kind(act, programme_id=1, kind="意見交換会")
    with store.change(action="前の版で外した", subject="programme", by=BY, now=NOW) as change:
        change.delete(EventKind, next(one.id for one in kinds(store) if one.kind == "派遣"))
    assert list(dispatch_requests.request_follow_ups(store, TODAY)) == [], "a folder of before opens"


def test_only_a_kind_without_events_is_taken_out_and_never_the_last(store, act):
    add_lecture(store)
    with pytest.raises(UserError, match="実施回が1件ある"):
        programme_services.remove_kind(act, programme_id=1, kind="講習会")
    programme_services.remove_kind(act, programme_id=1, kind="派遣")
    programme_services.remove_kind(act, programme_id=1, kind="意見交換会")
    assert [one.kind for one in kinds(store)] == ["講習会"]
    with pytest.raises(UserError, match="もうこの年度にありません"):
        programme_services.remove_kind(act, programme_id=1, kind="派遣")
    history_services.undo(store, by=BY, now=NOW)
    assert [one.kind for one in kinds(store)] == ["講習会", "意見交換会"]


def test_eight_kinds_stand_there_side_by_side_and_under_tabs_and_a_ninth_is_refused(page, store, act, qtbot):
    eight(store, act)
    read_again(qtbot, page)

    names = [one.name for one in kinds(store)]
    assert len(names) == 8
    assert not page.add.isEnabled()
    for name in names:
        page.numbers.tabs.choose(names.index(name))
        qtbot.waitUntil(lambda name=name: page.numbers.editor(name, "planned").isVisible())
        assert page.numbers.tabs.isVisible()
    with pytest.raises(UserError, match="種類が9"):
        programme_services.add_kind(
            act, kind=replace(kinds(store)[0], title="九つ目", name="九つ目", name_in_text="九つ目", sign="九")
        )
