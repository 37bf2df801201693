"""One event: what the clerk does in 概要, its tabs and its history."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.documents.screens.save_dialog import SaveDialog
from app.event.parts import CloseTaskDialog, OverrideDialog, ResultDialog
from app.event.rules.event_warning import AGREEMENT
from app.event.screens.day_sections import AgendaDialog, EquipmentDialog
from app.event.screens.event_dialog import EventDialog
from app.event.screens.event_facts import fact_lines
from app.event.screens.side_sections import TopicDialog
from app.event.screens.step_list import StepDateDialog, StepList
from app.event.services.agreements import COUNT_TOPIC, settle_topics
from app.event.services.event_changes import duplicate_event
from app.event.services.event_moves import move_event
from app.event.services.recruitment import tick_step
from app.event.services.tasks.deadlines import override_deadline
from app.events.agreements.services import withdraw_record
from app.events.calls.services.calls import decide_change
from app.history.services import undo
from app.main_window.action_routes import route_to
from app.startup.pictures.album import cut_off
from db.records.agreements import Agreement
from db.records.calls import DecisionKind
from db.records.event_status import CutShort
from db.records.events import EventResult
from db.records.roster import Device
from db.rows import rows
from tests.support import sample
from tests.support.asked_places import asked_places
from tests.support.cancelling import cancel_event
from tests.support.doing import do
from tests.support.entries import put_entry, put_organisation
from tests.support.event_pages import TODAY, all_cells, cells, open_folds, opened, show_event, view_of
from tests.support.history_lines import list_history
from tests.support.pressing import fill_in, press_key
from tests.support.sample_desk import session
from tests.support.waiting import press, wait_idle
from tests.support.years import BY, add_dispatch, add_lecture, at, expect_people, the_event


@pytest.fixture
def event_id(store):
    return add_lecture(store)


@pytest.fixture
def page(event_id, shown):
    return shown(event_id)


def test_each_deadline_has_one_date_and_the_others_stand_in_its_basis(page):
    table = page.overview.deadlines.table
    table.choose(lambda line: line.task is not None and line.task.task == "人数連絡")
    row = table.view.currentIndex().row()

    assert cells(table, row)[:2] == ["9/18(金) あと2日", "参加人数を連絡する 人数は未入力　仕4(1)エ"]
    assert "中5日" in table.model.cell(row, 0).tip
    said = page.overview.deadlines.bar.words.plain_text()
    assert "実施日の5日前 = 9/19(土)。閉庁日のため直前の開庁日 9/18(金)" in said


def test_f9_enters_an_application_for_the_event_wherever_the_keyboard_stands_on_its_page(qtbot, event_id, page):
    for tab in ("概要", "資料"):
        page.open_with(event_id=event_id, tab=tab)
        with qtbot.waitSignal(page.app_context.navigation_requested) as asked:
            QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_F9)
        assert asked.args == ["applications", {"event_id": event_id, "page": "電話"}]


def test_the_bar_says_so_where_the_ward_has_nothing_to_do(store, event_id, page):
    view = view_of(store, event_id)
    done = replace(view, tasks=(), step_tasks=(), lapsed_tasks=(), preparation=())
    section = page.overview.deadlines
    section.show_view(done)
    section.table.view.clearSelection()
    section.table.view.setCurrentIndex(QModelIndex())
    assert section.bar.words.plain_text() == "いま区がやることはありません。"
    section.table.show_rows(())
    section._explain_line(None)
    assert section.bar.words.plain_text(), "rows that are folded away are there all the same"
    section.show_view(done)
    open_folds(section.table)
    section.table.choose(lambda line: line.duty is not None)
    assert section.table.current().label in section.bar.words.plain_text()


def test_what_is_to_be_prepared_stands_among_the_deadlines_once_and_leads_to_where_it_is_done(
    qtbot, store, event_id, page
):
    """A second list beside 期限 said the same again before, and four things that stood nowhere else."""
    view = view_of(store, event_id)
    table = page.overview.deadlines.table
    open_folds(table)
    said = [line.label for line in table.model.records() if line.item is not None]
    steps = {step.name for step in view.steps}
    tasks = {task.task for task in view.tasks}
    assert sorted(said) == ["会場の使用承認", "当日進行表（標準のまま）", "機材の手配"], "nobody has made it"
    elsewhere = {"決定通知の施行", "資料の確認", "アンケートの設問", "参加人数の連絡", "当日資料一式", "協議の事項"}
    assert {item.label for item in view.preparation} == elsewhere | {one.removesuffix("（標準のまま）") for one in said}
    assert "決定通知" in steps
    assert {"資料確認", "設問の決定", "人数連絡", "当日資料一式"} <= tasks

    gone = asked_places(page.app_context)
    table.choose(lambda line: line.label == "会場の使用承認", take_focus=True)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert gone == [("venues", {"event_id": event_id})]
    table.choose(lambda line: line.label == "機材の手配", take_focus=True)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert page.overview.equipment.isVisible()
    qtbot.keyClick(page.overview, Qt.Key.Key_Escape)
    table.choose(lambda line: line.label == "当日進行表（標準のまま）", take_focus=True)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert page.overview.agenda.isVisible()


def test_the_arrows_go_from_step_to_step_and_the_keyboard_comes_back_to_its_step(qtbot, event_id, page):
    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
        do(qtbot, page.app_context, QTest.keyClick, page.focusWidget(), key, held)
        QApplication.processEvents()
        return page.focusWidget()

    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.overview.open_part("募集")
    steps = page.overview.recruitment.steps
    names = [box.text() for box in steps.boxes.values() if box.isVisible()]
    steps.boxes[next(number for number, box in steps.boxes.items() if box.isVisible())].setFocus()
    assert press(Qt.Key.Key_Space).text() == names[0]
    assert [press(Qt.Key.Key_Down).text() for _step in range(2)] == names[1:3], "and not to the day of the same step"
    assert press(Qt.Key.Key_Up).text() == names[1]
    for letter in (Qt.Key.Key_R, Qt.Key.Key_G):
        at = press(letter, Qt.KeyboardModifier.AltModifier)
    assert (at.text(), at.isVisible()) == (names[1], True)


def test_the_name_of_a_step_with_a_paper_is_whole_beside_a_day_of_another_year(qtbot, store, shown):
    page = shown(add_dispatch(store, date(2027, 1, 20)), now=at(date(2027, 2, 1)))
    page.overview.open_part("募集")
    steps = page.overview.recruitment.findChild(StepList)
    assert any(button.text().startswith("R8 ") for button in steps.day_buttons.values())
    # What a step needs is known when it is dressed, a turn after it was read.
    boxes = [box for box in steps.boxes.values() if not box.isHidden()]
    qtbot.waitUntil(lambda: all(box.width() >= box.sizeHint().width() for box in boxes))
    assert len(boxes) == 6


def test_work_of_the_contractor_without_a_date_stands_between_the_deadlines(store, shown, event_id):
    flyer = next(step for step in view_of(store, event_id).steps if step.name == "チラシ校了")
    tick_step(ActionContext(store, BY, at(TODAY)), step_id=flyer.id)
    table = shown(event_id).overview.deadlines.table
    open_folds(table)
    heads = [head.title for head in map(table.model.heading, range(table.model.rowCount())) if head is not None]
    assert heads == ["今日すること", "このあと", "済んだこと", "受託者がすること"]
    assert "チラシ校了" in [line.label for line in table.model.records() if line.is_closed], (
        "what was ticked stands there"
    )
    assert next(row for row in all_cells(table) if row[1].startswith("印刷"))[1].startswith("印刷・配布・回収・集計")


def test_a_deadline_set_by_hand_needs_a_reason_and_keeps_the_computed_date(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 10, 7))
    page = shown(event_id)
    section = page.overview.deadlines
    section.table.choose(lambda line: line.task is not None and line.task.task == "人数連絡")
    section.by_hand.click()
    dialog = opened(page, OverrideDialog)

    dialog.form.set_values({"due": date(2026, 9, 30)})
    dialog.main.click()
    assert dialog.form.problem_shown("reason")
    dialog.form.editor("reason").setText("受託者と協議済み")
    do(qtbot, page.app_context, dialog.main.click)

    task = next(each for each in view_of(store, event_id).tasks if each.task == "人数連絡")
    assert (task.due, task.override_reason, task.working) == (date(2026, 9, 30), "受託者と協議済み", date(2026, 10, 2))
    do(qtbot, page.app_context, section.computed.click)
    section.close_by_hand.click()
    closing = opened(page, CloseTaskDialog)
    closing.main.click()
    assert closing.form.problem_shown("reason"), "a record is missing, so the reason stands for it"
    fill_in(qtbot, page.app_context, closing, {"closed_on": TODAY, "reason": "電話で伝えた（起案 12号）"})
    task = next(each for each in view_of(store, event_id).tasks if each.task == "人数連絡")
    assert (task.completed_on, task.closed_because) == (TODAY, "電話で伝えた（起案 12号）")
    open_folds(section.table)
    section.table.choose(lambda line: line.task is not None and line.task.task == "人数連絡")
    assert "手で済にしました（電話で伝えた（起案 12号））" in section.bar.words.plain_text()
    assert section.close_by_hand.text() == "済でなくす"
    do(qtbot, page.app_context, section.close_by_hand.click)
    assert next(t for t in view_of(store, event_id).tasks if t.task == "人数連絡").due == date(2026, 10, 2)


@pytest.mark.parametrize("day", [TODAY, date(2026, 11, 2)], ids=["before the event", "after the event"])
def test_a_date_by_hand_is_offered_where_the_deadline_can_still_be_met_and_nowhere_else(qtbot, store, shown, day):
    """It was offered on what arises from the present state too, and what was typed was refused."""
    event_id = add_lecture(store, date(2026, 10, 28))
    page = shown(event_id, now=at(day))
    section = page.overview.deadlines
    asked: list[str] = []
    section.override_asked.disconnect()
    section.override_asked.connect(lambda task: asked.append(task.task))
    open_folds(section.table)
    offered, left = [], []
    for line in [one for one in section.table.model.records() if one.task is not None]:
        section.table.choose(lambda one, line=line: one.id == line.id, take_focus=True)
        (offered if section.by_hand.is_offered else left).append(line)
        qtbot.keyClick(section.table.view, Qt.Key.Key_F2)
    assert asked == [line.task.task for line in offered] != []
    refused = set() if day == TODAY else {"実施結果の記録", "人数連絡"}
    assert refused <= {line.task.task for line in left if line.task.is_open}
    for task in asked:
        override_deadline(
            ActionContext(store, BY, at(day)), event_id=event_id, task=task, due=date(2026, 11, 4), reason="協議済み"
        )


def test_the_timetable_counts_minutes_into_clock_times_and_holds_the_sum_against_the_event(
    qtbot, store, event_id, page
):
    page.overview.agenda.edit_button.click()
    dialog = opened(page, AgendaDialog)
    minutes = dialog.lines.field(0, "minutes")
    minutes.selectAll()
    qtbot.keyClicks(minutes, "15")

    assert dialog.lines._leads[1].text() == "14:15"
    assert "130分" in dialog.sum.plain_text()
    assert "10分超えます（仕様書4(1)オ）" in dialog.remarks.words()
    qtbot.keyClick(dialog.lines.field(0, "title"), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    dialog.lines.remove(6)
    dialog.lines.add()
    dialog.lines.field(6, "title").setText("質問の時間")
    do(qtbot, page.app_context, dialog.main.click)

    titles = [row.item.title for row in view_of(store, event_id).agenda]
    assert titles[1] == "開会・本日の目標"
    assert titles[-1] == "質問の時間"


def test_the_dispatch_example_is_110_minutes_and_leaves_the_rest_without_a_warning(store, shown):
    page = shown(add_dispatch(store, date(2026, 10, 15)))

    assert "合計 110分" in page.overview.agenda._sum.text()
    assert page.overview.agenda.remarks.words() == ""
    assert page.overview.agenda.agree.isHidden()


def test_equipment_is_ticked_with_space_and_edited_with_its_side(qtbot, store, event_id, page):
    table = page.overview.equipment.table
    table.choose(lambda item: item.name == "マイク")
    press_key(qtbot, page.app_context, table.view, Qt.Key.Key_Space)
    assert sum(row.checked_on is not None for row in view_of(store, event_id).equipment) == 1

    page.overview.equipment.edit_button.click()
    dialog = opened(page, EquipmentDialog)
    dialog.lines.add()
    dialog.lines.field(6, "name").setText("見本用スマートフォン")
    dialog.lines.field(6, "owner").setCurrentText("受託者")
    dialog.lines.changed.emit()
    assert "見本用スマートフォン：受託者が準備する機材は、あらかじめ協議します" in dialog.remarks.words()
    do(qtbot, page.app_context, dialog.main.click)

    equipment = view_of(store, event_id).equipment
    assert (equipment[-1].name, equipment[-1].owner) == ("見本用スマートフォン", "受託者")
    assert equipment[0].checked_by == BY


def test_a_step_of_recruitment_gets_its_own_day_and_follows_the_event_again(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 11, 12))
    page = shown(event_id)
    step = view_of(store, event_id).steps[1]
    page.overview.recruitment.steps.day_buttons[step.id].click()
    dialog = opened(page, StepDateDialog)
    fill_in(qtbot, page.app_context, dialog, {"day": date(2026, 9, 10), "note": "区報 10/1号"})
    changed = view_of(store, event_id).steps[1]
    assert (changed.due, changed.is_set_by_hand, changed.note) == (date(2026, 9, 10), True, "区報 10/1号")

    page.overview.recruitment.steps.day_buttons[step.id].click()
    do(qtbot, page.app_context, opened(page, StepDateDialog)._reset_to_event)
    assert view_of(store, event_id).steps[1].is_set_by_hand is False


def test_the_note_of_a_step_that_is_done_is_saved_with_its_day(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 11, 12))
    page = shown(event_id)
    step = view_of(store, event_id).steps[1]
    do(qtbot, page.app_context, lambda: page.run_action(tick_step, step_id=step.id))
    page.overview.recruitment.steps.day_buttons[step.id].click()
    dialog = opened(page, StepDateDialog)
    fill_in(qtbot, page.app_context, dialog, {"note": "区報 10/1号"})
    assert view_of(store, event_id).steps[1].note == "区報 10/1号"


def test_matters_are_ticked_and_settled_together_on_one_day_and_their_number_stays(qtbot, store, event_id, page):
    page.overview.open_part("協議")
    topics = page.overview.topics
    before = view_of(store, event_id)
    ids = {row.topic: row.id for row in before.topics}
    assert topics._count.text() == "あと4件"
    assert not topics.button.isEnabled()
    qtbot.mouseClick(topics.all, Qt.MouseButton.LeftButton)
    assert topics.button.text() == f"{len(topics.boxes)}件を済にする"
    assert not topics.all.isVisible()
    for box in topics.boxes.values():
        box.setChecked(False)

    for name in ("内容", "機材"):
        topics.boxes[ids[name]].setFocus()
        qtbot.keyClick(topics.boxes[ids[name]], Qt.Key.Key_Space)
    assert topics.button.text() == "2件を済にする"
    press(qtbot, page.app_context, topics.button)

    after = view_of(store, event_id)
    settled = {row.topic: row.settled_on for row in after.topics if row.settled_on is not None}
    assert settled == {"内容": TODAY, "機材": TODAY}
    assert topics._count.text() == "あと2件"
    assert len(after.preparation) == len(before.preparation)
    assert [line.action for line in list_history(store, event_id=event_id)][:1] == ["協議「内容」、「機材」を済にした"]
    undo(store, by=BY, now=at(TODAY))
    assert all(row.settled_on is None for row in view_of(store, event_id).topics)


def test_a_cancelled_event_asks_for_nothing_that_was_to_be_prepared(qtbot, store, shown, event_id):
    settle_topics(
        ActionContext(store, BY, at(TODAY)),
        agreement_ids=[row.id for row in view_of(store, event_id).topics if row.topic == "内容"],
    )
    cancel_event(store, event_id=event_id, reason="台風の接近", nature=AGREEMENT, by=BY, now=at(TODAY))
    page = shown(event_id)
    page.overview.open_part("協議")
    topics = page.overview.topics
    assert [row.topic for row in view_of(store, event_id).topics] == [COUNT_TOPIC, "内容"]
    assert (topics._count.text(), list(topics.boxes)) == ("あと1件", [view_of(store, event_id).topics[0].id])


def test_a_withdrawn_matter_stands_apart_and_leads_to_its_record(qtbot, store, shown, event_id):
    ids = {row.topic: row.id for row in view_of(store, event_id).topics}
    settle_topics(ActionContext(store, BY, at(TODAY)), agreement_ids=[ids["内容"], ids["機材"]])
    withdraw_record(ActionContext(store, BY, at(TODAY)), agreement_id=ids["内容"], reason="書き直した")
    page = shown(event_id)
    page.overview.open_part("協議")
    topics = page.overview.topics
    assert topics._count.text() == "あと2件"
    assert (topics.fold.words(), topics.withdrawn.words()) == ("済 1", "取消 1")
    gone = asked_places(page.app_context)
    topics.withdrawn.click()
    button = next(one for one in topics.findChildren(QPushButton) if one.accessibleName() == "協議「内容」の記録を開く")
    assert button.isVisible()
    assert "書き直した" in button.toolTip()
    said = [one.text() for one in topics.findChildren(QLabel) if one.isVisible()]
    assert "9/16(水) 取消" in said, said
    button.click()
    assert gone == [("agreements", {"agreement_id": ids["内容"]})]


def test_the_details_of_a_matter_are_written_by_enter_and_a_new_one_is_added(qtbot, store, event_id, page):
    topic = next(row for row in view_of(store, event_id).topics if row.topic == "内容")
    qtbot.keyClick(page.overview.topics.boxes[topic.id], Qt.Key.Key_Return)
    dialog = opened(page, TopicDialog)
    dialog.form.editor("number").setText("第6号")
    do(qtbot, page.app_context, dialog.main.click)
    changed = next(row for row in view_of(store, event_id).topics if row.id == topic.id)
    assert (changed.settled_on, changed.number) == (None, "第6号")

    page.overview.topics.add.click()
    dialog = opened(page, TopicDialog)
    dialog.form.editor("topic").setText("写真の使い方")
    fill_in(qtbot, page.app_context, dialog, {"number": "第7号", "note": "契約課へ確認"})
    begun = next(row for row in view_of(store, event_id).topics if row.topic == "写真の使い方")
    assert (begun.number, begun.note) == ("第7号", "契約課へ確認")


def test_a_day_ahead_settles_nothing(store, event_id):
    ids = [row.id for row in view_of(store, event_id).topics]

    with pytest.raises(UserError):
        settle_topics(ActionContext(store, BY, at(TODAY)), agreement_ids=ids, settled_on=date(2026, 9, 17))
    with pytest.raises(UserError):
        settle_topics(ActionContext(store, BY, at(TODAY)), agreement_ids=[])
    assert all(row.settled_on is None for row in view_of(store, event_id).topics)


def test_the_parts_of_an_event_open_as_pages_and_escape_leads_back(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))
    overview, facts = page.overview, page.overview.facts.table
    said = {line.id: line.value for line in facts.model.records()}
    assert said["協議"] == "日程、内容 ほか2件がまだ"
    assert said["記録"] == "9/24(木) から書けます"
    parts = (overview.recruitment, overview.topics, overview.agenda, overview.equipment, overview.result)
    for name, part in zip(("募集", "協議", "進行", "機材", "記録"), parts, strict=True):
        facts.choose(lambda line, name=name: line.id == name, take_focus=True)
        qtbot.keyClick(facts.view, Qt.Key.Key_Return)
        assert part.isVisible()
        qtbot.keyClick(overview, Qt.Key.Key_Escape)
        assert overview.deadlines.table.view.hasFocus()


def test_minutes_that_do_not_make_the_time_colour_the_sum_and_take_the_tick_away(qtbot, store, event_id, page):
    section = page.overview.agenda
    assert section._sum.property("role") == "small"
    section.edit_button.click()
    dialog = opened(page, AgendaDialog)
    row = dialog.lines.field(1, "minutes")
    above = row.mapTo(dialog, QPoint(0, 0))
    minutes = dialog.lines.field(0, "minutes")
    minutes.selectAll()
    qtbot.keyClicks(minutes, "1")
    qtbot.waitUntil(lambda: "余り" in dialog.remarks.words())
    assert row.mapTo(dialog, QPoint(0, 0)) == above
    do(qtbot, page.app_context, dialog.main.click)

    view = view_of(store, event_id)
    assert section._sum.property("role") == "warned"
    assert "当日進行表" not in {item.label for item in view.preparation if item.is_done}


def test_a_question_not_settled_before_the_event_does_not_vanish(store, shown):
    event_id = add_lecture(store, date(2026, 9, 10))
    page = shown(event_id)
    open_folds(page.overview.deadlines.table)
    rows = all_cells(page.overview.deadlines.table)
    assert next(row for row in rows if row[1].startswith("設問を協議して決める"))[0].endswith("記録なし")
    assert "設問の決定" not in {task.task for task in view_of(store, event_id).tasks}


def test_done_steps_fold_into_one_line_that_space_opens(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 11, 12))
    page = shown(event_id)
    page.overview.open_part("募集")
    steps = page.overview.recruitment.steps
    first = view_of(store, event_id).steps[0]
    assert steps.fold.isHidden()
    do(qtbot, page.app_context, steps.boxes[first.id].click)

    qtbot.keyClick(page.overview, Qt.Key.Key_Escape)
    page.overview.open_part("募集")
    assert steps.fold.isVisible()
    assert not steps.boxes[first.id].isVisible()
    qtbot.keyClick(steps.fold, Qt.Key.Key_Space)
    assert steps.boxes[first.id].isVisible()
    do(qtbot, page.app_context, steps.boxes[first.id].click)
    assert view_of(store, event_id).steps[0].done_on is None


def test_rows_of_ticked_steps_stay_under_the_mouse_until_the_page_is_left(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 9, 24))
    page = shown(event_id)
    page.overview.open_part("募集")
    steps = page.overview.recruitment.steps
    numbers = [one.id for one in view_of(store, event_id).steps]

    def places():
        return [steps.boxes[number].mapTo(page, QPoint(0, 0)).y() for number in numbers]

    wait_idle(qtbot, page.app_context)
    before = places()
    for number in numbers[:3]:
        steps.boxes[number].click()
        wait_idle(qtbot, page.app_context)
        assert places() == before
        assert steps.boxes[number].isChecked()
        assert steps.fold.isHidden()
    qtbot.keyClick(page.overview, Qt.Key.Key_Escape)
    page.overview.open_part("募集")
    assert [steps.boxes[number].isVisible() for number in numbers[:4]] == [False, False, False, True]
    assert steps.fold.isVisible()


def test_whoever_comes_to_do_a_step_stands_at_its_paper_and_not_at_its_tick(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 11, 20))
    page = shown(event_id)
    steps = page.overview.recruitment.steps
    notice, opening = (
        next(number for number, box in steps.boxes.items() if box.text() == name) for name in ("決定通知", "受付開始")
    )
    page.overview.go_to(step_id=notice)
    assert steps.paper_buttons[notice].hasFocus()
    page.overview.go_to(step_id=opening)
    assert steps.boxes[opening].hasFocus()


def test_the_result_is_recorded_after_the_day_and_sums_that_differ_are_said(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 9, 10))
    expect_people(store, event_id, 10, 5)
    page = shown(event_id, part="result")
    dialog = opened(page, ResultDialog)
    assert dialog.form.value("applied") == 15
    dialog.form.set_values({"attended": 13, "absent": 1, "walk_ins": 1})
    dialog._show_comparison()
    assert "2人は、出席にも欠席にも入っていません" in dialog.sums.words()
    dialog.form.set_values({"absent": 5})
    dialog._show_comparison()
    assert "合いません" in dialog.sums.words()
    dialog.form.set_values({"absent": 3})
    dialog._show_comparison()
    assert dialog.sums.words() == ""

    do(qtbot, page.app_context, dialog.main.click)

    view = view_of(store, event_id)
    assert (view.event.status, view.result.attended, view.result.absent) == ("実施済", 13, 3)
    assert "出席 13人" in page.overview.result._words.plain_text()


def test_the_result_begins_with_everybody_who_applied_who_told_an_absence_among_them(qtbot, store, shown):
    event_id = add_dispatch(store, date(2026, 9, 10))
    groups = [put_organisation(store, name) for name in ("見本一町会", "見本二町会")]
    for number in range(8):
        put_entry(store, event_id, f"見本　{number}", organisation_id=groups[0], device=Device.OWN)
    put_entry(store, event_id, "見本　欠席", organisation_id=groups[1], absent_told_at=at(date(2026, 9, 9)))
    put_entry(store, event_id, "見本　当日", organisation_id=groups[0], walk_in=True)
    page = shown(event_id, part="result")
    dialog = opened(page, ResultDialog)
    asked = ("applied", "applied_organisations", "own_devices")
    assert [dialog.form.value(key) for key in asked] == [9, 2, None], "a wish is no record of use"
    dialog.form.set_values({"attended": 8, "absent": 1})
    dialog._show_comparison()
    assert dialog.sums.words() == ""


def test_a_number_of_ten_times_the_plan_is_asked_before_it_is_saved_and_no_field_moves(qtbot, store, shown):
    event_id = add_dispatch(store, date(2026, 9, 10))
    expect_people(store, event_id, 8)
    page = shown(event_id, part="result")
    dialog = opened(page, ResultDialog)
    assert dialog.form.value("attended_organisations") == 1
    field = dialog.form.editor("attended")
    before = field.mapTo(dialog, QPoint())
    dialog.form.set_values({"attended": 80})
    dialog._show_comparison()
    assert dialog.sums.words() == "出席 80人は、予定 8人の10倍以上です。数字を確かめてください。"
    assert field.mapTo(dialog, QPoint()) == before
    do(qtbot, page.app_context, dialog.main.click)
    assert view_of(store, event_id).result is None
    assert dialog.main.text() == "この数で記録する"
    dialog.form.set_values({"attended": 9, "absent": 1})
    dialog._show_comparison()
    assert dialog.main.text() == "記録して実施済にする"
    dialog.main.click()
    assert "まだ保存していません" in dialog.sums.words(), "more people than applied are asked as well"
    do(qtbot, page.app_context, dialog.main.click)
    assert view_of(store, event_id).result.attended == 9
    said = {line.id: (line.value, line.missing, line.second) for line in fact_lines(view_of(store, event_id), TODAY)}
    assert (said["機材"][0].endswith("品目の記録なし"), said["進行"][2]) == (True, "あと10分は団体の時間")
    assert not said["機材"][1]


def test_before_the_day_nothing_can_be_recorded(store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))

    assert page.overview.result.record_button.isHidden()
    assert page.overview.result.held_button.isHidden()


def test_on_the_old_day_of_a_postponement_it_says_what_must_come_first(store, shown):
    event_id, day = add_lecture(store, date(2026, 9, 24)), at(date(2026, 9, 24))
    given = {"decided_at": day, "decided_by": "課長", "reason": "台風のため"}
    decide_change(ActionContext(store, BY, day), event_id=event_id, kind=DecisionKind.POSTPONEMENT, **given)
    part = shown(event_id, now=day).overview.result
    assert "延期のため、新しい日時を入れると記録できます。" in part._words.text()
    assert part.record_button.isHidden()
    assert part.held_button.isHidden()


def test_while_a_colleague_types_the_day_cannot_be_marked_as_held_and_the_button_says_why(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)), now=at(date(2026, 9, 25)))
    held = page.overview.result.held_button
    assert held.isEnabled()
    do(qtbot, page.app_context, lambda: page.app_context.set_read_only(True))
    do(qtbot, page.app_context, page.reload)
    assert not held.isEnabled()
    assert "「入力したい」" in held.toolTip()


def test_the_content_can_be_changed_but_the_date_only_by_moving(qtbot, store, event_id, page):
    page.header.edit.trigger()
    dialog = opened(page, EventDialog)
    wait_idle(qtbot, page.app_context)
    assert dialog.form.editor("event_date").isReadOnly()
    dialog.form.editor("room").setText("大会議室")
    do(qtbot, page.app_context, dialog.main.click)

    assert the_event(store, event_id).room == "大会議室"
    assert "大会議室" in page.header.where.text()


def test_a_copy_opens_as_an_event_without_a_date(qtbot, store, page):
    going = asked_places(page.app_context)

    do(qtbot, page.app_context, page.header.duplicate_asked.emit)

    copied = the_event(store, going[0][1]["event_id"])
    assert (copied.subject, copied.event_date, copied.ordinal) == ("LINE講習会（複写）", None, None)
    assert going[0][1]["act"] == "edit"


def test_the_form_of_a_copy_opens_at_its_top_with_the_name_marked(qtbot, store, shown):
    event_id = add_lecture(store, None)
    copy = duplicate_event(ActionContext(store, BY, at(TODAY)), event_id=event_id).id
    page = shown(copy, act="edit")
    dialog = opened(page, EventDialog)
    dialog.activateWindow()
    name = dialog.form.editor("subject")
    qtbot.waitUntil(lambda: name.hasFocus() and name.selectedText() == "LINE講習会（複写）")
    qtbot.keyClicks(name, "Zoom")
    assert name.text() == "Zoom"
    dialog.done(0)


def test_who_is_sent_to_the_venue_finds_the_keyboard_there(qtbot, shown, event_id):
    page = shown(event_id, act="venue")
    dialog = opened(page, EventDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.form.editor("venue").hasFocus)
    dialog.done(0)


def test_tabs_of_other_subjects_are_handed_the_event_and_an_action_of_this_event_stays_here(
    qtbot, store, event_id, page
):
    line = next(
        row for row in page.overview.deadlines.table.model.records() if row.task and row.task.task == "人数連絡"
    )

    page.overview.deadlines._open(line)

    assert page.tabs.current() == 1
    assert page.tabs.page(2).given == {"event_id": event_id}
    other = add_lecture(store, date(2026, 10, 7))
    page.open_with(event_id=other, tab="資料")
    assert page.tabs.page(2).given == {"event_id": other}


def test_the_tab_that_is_shown_leads_out_of_what_is_open_inside_it(qtbot, event_id, page):
    went = asked_places(page.app_context)
    handouts = page.tabs.bar._group.button(2)
    qtbot.mouseClick(handouts, Qt.MouseButton.LeftButton)
    assert (page.tabs.current(), went) == (2, []), "who turns to a tab finds it as it was left"
    qtbot.mouseClick(handouts, Qt.MouseButton.LeftButton)
    assert went == [("event", {"event_id": event_id, "tab": "資料"})]


def test_whoever_comes_for_a_tab_gets_the_overview_when_it_is_turned_to(store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)), tab="資料")
    assert (page.tabs.current(), page.tabs.is_built(0)) == (2, False)

    page.tabs.choose(0)

    assert page.tabs.is_built(0)
    assert page.overview.isVisible()
    assert page.overview.deadlines.table.model.rowCount() > 5


def test_ctrl_h_leads_to_the_changes_of_the_event(qtbot, event_id, page):
    gone = asked_places(page.app_context)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.overview.deadlines.table.view, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert gone == [("changes", {"event_id": event_id})]
    page.header.changes.trigger()
    page.header.past.trigger()
    assert gone[1:] == [("changes", {"event_id": event_id}), ("past", {"event_id": event_id})]


def test_at_no_width_of_the_window_is_a_column_cut_off(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)), width=1310)

    for width in range(1310, 840, -15):
        page.resize(width, 700)
        # Lists take their new width after this turn of the loop.
        qtbot.waitUntil(lambda: cut_off(page) == [])


def test_another_length_and_what_the_contractor_brings_are_settled_by_their_talks(qtbot, store, shown, event_id):
    store.database.execute("UPDATE events SET end_time = '16:10' WHERE id = ?", (event_id,))
    store.database.execute(
        "UPDATE equipment_items SET owner = '受託者', name = '見本用の端末' WHERE event_id = ? AND position = 0",
        (event_id,),
    )
    store.database.conn.commit()
    page = shown(event_id)
    overview = page.overview
    assert "10分の余り" in overview.agenda.remarks.words()
    assert "「機材」の協議を済にするか" in overview.equipment.remarks.words()

    overview.agenda.agree.click()
    dialog = opened(page, TopicDialog)
    assert dialog.form.value("topic") == "実施時間"
    fill_in(qtbot, page.app_context, dialog, {"content": "質問が多い回のため、10分を予備とする。"})
    assert "10分の余り" in overview.agenda.remarks.words()
    overview.agenda.agree.click()
    assert opened(page, TopicDialog).form.value("content").startswith("質問が多い")
    opened(page, TopicDialog).cancel.click()

    waiting = [topic.id for topic in view_of(store, event_id).topics if topic.topic in ("実施時間", "機材")]
    settle_topics(ActionContext(store, BY, at(TODAY)), agreement_ids=waiting)
    do(qtbot, page.app_context, page.reload)
    assert "余り" not in overview.agenda.remarks.words()
    assert overview.agenda.agree.isHidden()
    assert "協議" not in overview.equipment.remarks.words()
    assert next(item for item in view_of(store, event_id).preparation if item.label == "当日進行表").is_done


def test_what_differs_from_the_contract_is_said_and_never_an_alarm(store, shown):
    event_id = add_lecture(store, date(2026, 11, 4))
    store.database.execute("UPDATE events SET network = '不明' WHERE id = ?", (event_id,))
    store.database.conn.commit()

    for day in (TODAY, date(2026, 10, 7)):
        said = shown(event_id, now=at(day)).overview.warnings
        assert "まだ確かめられていません" in said.words()
        assert said.property("tone") == "quiet"


def test_the_entries_of_one_event_are_saved_as_a_calendar_again_after_a_move(qtbot, store, tmp_path, event_id, page):
    for day in ("20260924", "20260929"):
        do(qtbot, page.app_context, page.header.calendar.trigger)
        dialog = opened(page, SaveDialog)
        dialog.choose_folder(tmp_path)
        do(qtbot, page.app_context, dialog.save, overwrite=True)
        text = (tmp_path / "R8-講01-カレンダー.ics").read_bytes().decode()
        assert f"DTSTART;TZID=Asia/Tokyo:{day}T140000" in text
        if day == "20260924":
            move_event(
                ActionContext(store, BY, at(TODAY)), event_id=event_id, new_date=date(2026, 9, 29), reason="会場の都合"
            )
            do(qtbot, page.app_context, page.refresh)


def test_the_talk_after_a_cancellation_begins_with_the_event_its_reason_and_the_four_points(
    qtbot, store, shown, event_id
):
    cancel_event(store, event_id=event_id, reason="台風の接近のため", by=BY, now=at(TODAY))
    page = shown(event_id)
    page.open_route(route_to(ActionLink("受託者と協議する", event_id=event_id)))
    dialog = opened(page, TopicDialog)
    said = dialog.form.values()
    assert said["topic"] == "中止した回の扱い（回数・代替・費用・契約変更）"
    assert said["content"] == "台風の接近のため\n回数：\n代替：\n費用：\n契約変更："
    do(qtbot, page.app_context, dialog.main.click)
    (talk,) = [one for one in rows(store.database, Agreement, event_id=event_id) if one.topic == said["topic"]]
    assert (talk.state, talk.asked_on) == ("協議中", TODAY)


def test_a_link_of_the_page_leads_to_the_part_of_its_tab(shown, event_id):
    page = shown(event_id)
    page.open_route(route_to(ActionLink("人数を連絡する", event_id=event_id)))
    tab = page.tabs.page(page.tabs.current())
    assert (page.titles[page.tabs.current()], tab.part) == ("参加者", "人数連絡")


def test_recruitment_is_done_by_keys_alone(qtbot, shown, event_id):
    """The keyboard stands on the first step: Space ticks it, Enter opens its paper."""
    page = shown(event_id)
    page.activateWindow()
    asked: list[str] = []
    page.overview.recruitment.document_asked.connect(asked.append)
    page.overview.open_part("募集")
    steps = page.overview.recruitment.steps
    (first, box), *_ = steps.boxes.items()
    qtbot.waitUntil(box.hasFocus)
    do(qtbot, page.app_context, QTest.keyClick, box, Qt.Key.Key_Space)
    assert steps.boxes[first].isChecked()
    assert steps.boxes[first].hasFocus()
    step, paper = next(iter(steps.paper_buttons.items()))
    steps.boxes[step].setFocus()
    page.overview.recruitment.document_asked.disconnect(page.overview._open_document)
    QTest.keyClick(steps.boxes[step], Qt.Key.Key_Return)
    assert len(asked) == 1, paper.accessibleName()


def test_a_result_says_that_the_day_was_broken_off_and_takes_it_back(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 9, 10))
    page = shown(event_id)
    page.overview.record_result()
    dialog = opened(page, ResultDialog)
    assert not dialog.form.editor("ended_at").isVisibleTo(dialog)
    dialog.form.set_values({"attended": 12})
    dialog.form.editor("is_cut_short").click()
    dialog.main.click()
    assert dialog.form.problem_shown("ended_at")
    assert dialog.form.problem_shown("cut_reason")
    fill_in(qtbot, page.app_context, dialog, {"ended_at": "15:10", "cut_reason": "停電のため", "people_at_end": 11})
    assert "午後3時10分に途中で打切り（停電のため。そのとき11人）" in page.overview.result._words.plain_text()

    page.overview.record_result()
    dialog = opened(page, ResultDialog)
    assert dialog.form.value("is_cut_short") is True
    assert dialog.form.editor("ended_at").isVisibleTo(dialog)
    dialog.form.editor("is_cut_short").click()
    do(qtbot, page.app_context, dialog.main.click)
    (found,) = rows(store.database, EventResult, event_id=event_id)
    assert (found.cut_short, found.ended_at, found.cut_reason, found.attended) == (CutShort.NOT, "", "", 12)


def test_equipment_and_care_of_one_day_are_one_errand(store, shown, event_id):
    put_entry(store, event_id, "見本　配慮", state="決定", care="前の席")
    table = shown(event_id).overview.deadlines.table
    found = [row for row in all_cells(table) if "機材と配慮をそろえる" in row[1]]
    assert [row[:2] for row in found] == [["9/18(金) あと2日", "機材と配慮をそろえる あと6品目・あと1人"]]
    assert not {"機材の手配", "配慮の手配"} & {line.label for line in table.model.records()}


def test_the_overview_says_nothing_twice(qtbot, tmp_path):
    with session(tmp_path) as desk:
        lecture = sample.event_id(desk.store, "講習会", 6)
        page = show_event(qtbot, lambda _now: desk, lecture)
        deadlines = page.overview.deadlines
        listed = {row[1].partition(" ")[0]: row for row in all_cells(deadlines.table)}
        assert listed["資料の確認結果を通知する"][0] == "11/20(金) から"
        assert listed["会場の使用を決める"][1] == "会場の使用を決める", "place and day stand in the head of the page"
        deadlines.table.choose(lambda line: line.task is not None and line.task.task == "資料確認")
        assert deadlines.bar.words.plain_text() == "11/24(火) の数えかた　仕様書4(1)キ。実施日の2週間前"
        facts = {line.id: line for line in fact_lines(view_of(desk.store, lecture, desk.today()), desk.today())}
        assert (facts["募集"].value, facts["募集"].is_done) == ("8段 済", True)
