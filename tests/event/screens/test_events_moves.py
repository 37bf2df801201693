"""Another day for an event, or none: everything that moves is seen before it moves."""

from datetime import date, timedelta

from app.actions.action_context import ActionContext
from app.event.screens.move_dialog import MoveDialog
from app.event.services.recruitment import tick_step
from app.events.calls.services.calls import decide_change
from db.records.calls import DecisionKind
from tests.support.doing import do
from tests.support.event_pages import TODAY, opened, view_of
from tests.support.waiting import wait_idle
from tests.support.years import BY, add_lecture, at, expect_people, the_event


def moving(page) -> MoveDialog:
    """Ask for another day."""
    page.change_date()
    return opened(page, MoveDialog)


def preview(qtbot, page, dialog, day) -> None:
    """Enter a day and wait until what it moves is shown."""
    dialog.day.set_values({"day": day})
    do(qtbot, page.app_context, dialog.load_preview)


def test_moving_shows_every_deadline_before_saving_and_counts_them_on_the_button(qtbot, store, shown, event):
    page = shown(event)
    page.header.move_button.click()
    dialog = opened(page, MoveDialog)
    assert not dialog.main.isEnabled()

    box = dialog.day.editor("day")
    assert box.fontMetrics().horizontalAdvance(box.placeholderText()) <= box.width() - 24, "the example is not cut"
    box.setFocus()
    qtbot.keyClicks(box, "9/28")
    do(qtbot, page.app_context, dialog.load_preview)

    moved = dialog._preview.moved_count
    head = next(line for line in dialog.table.model.records() if line.task == "人数連絡")
    assert (head.old.due, head.new.due, head.words) == (date(2026, 9, 18), date(2026, 9, 18), "変わりません")
    assert dialog.main.text() == f"期限を{moved}件動かして保存する"
    assert f"動く期限 {moved}件" in dialog.count.plain_text()
    assert the_event(store, event).event_date == date(2026, 9, 24)

    dialog.main.click()
    assert dialog.reason.form.problem_shown("reason")
    dialog.reason.form.editor("reason").setText("受託者の申出による")
    do(qtbot, page.app_context, dialog.main.click)
    assert the_event(store, event).event_date == date(2026, 9, 28)
    assert page.header.move_button.text() == "9/28(月) 14:00–16:00"


def test_new_dates_that_lie_behind_are_marked_and_counted_and_the_reason_stands_above_them(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 12, 10))
    page = shown(event_id)
    dialog = moving(page)
    preview(qtbot, page, dialog, date(2026, 9, 24))

    past = [line for line in dialog._preview.rows if line.is_past]
    assert past
    assert all(line.new.due < TODAY and line.done_on is None for line in past)
    assert len(past) == sum(
        line.new.due is not None and line.new.due < TODAY and line.done_on is None for line in dialog._preview.rows
    )
    assert f"期限切れになるもの {len(past)}件" in dialog.count.plain_text()
    assert dialog._new(past[0]).text.endswith("過ぎています")
    assert dialog.reason.isVisibleTo(dialog)
    assert (
        dialog.reason.mapTo(dialog, dialog.reason.rect().bottomLeft()).y()
        < dialog.table.mapTo(dialog, dialog.table.rect().topLeft()).y()
    )
    assert "本日より前の日" not in dialog.warnings.words()
    preview(qtbot, page, dialog, TODAY - timedelta(days=1))
    assert "は、本日より前の日です。" in dialog.warnings.words()


def test_a_day_typed_anew_is_saved_only_after_what_it_moves_was_shown(qtbot, store, shown, event):
    page = shown(event)
    dialog = moving(page)
    box = dialog.day.editor("day")
    qtbot.keyClicks(box, "2026/9/28")
    qtbot.waitUntil(dialog.main.isEnabled)
    dialog.reason.form.set_values({"reason": "会場の都合"})
    first = dialog.main.text()
    box.clear()
    qtbot.keyClicks(box, "2026/12/10")
    dialog.main.click()
    assert not dialog.main.isEnabled()
    assert dialog.isVisible()
    wait_idle(qtbot, page.app_context)
    qtbot.waitUntil(dialog.main.isEnabled)
    assert the_event(store, event).event_date == date(2026, 9, 24)
    assert (dialog.main.text(), dialog._preview.rows[0].new.due) != (first, None)
    do(qtbot, page.app_context, dialog.main.click)
    assert the_event(store, event).event_date == date(2026, 12, 10)


def test_what_was_done_stays_done_and_letters_sent_are_named(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 9, 29))
    expect_people(store, event_id, 9, 5)
    notice = next(step for step in view_of(store, event_id).steps if step.name == "決定通知")
    tick_step(ActionContext(store, BY, at(TODAY)), step_id=notice.id, on=date(2026, 9, 11))
    page = shown(event_id)
    dialog = moving(page)
    preview(qtbot, page, dialog, date(2026, 10, 6))

    assert "9/29(火)　14:00–16:00 と知らせた書類：決定通知 14人分（9/11(金) 済）" in dialog.follow_ups.words()
    assert "2団体へ電話" in dialog.follow_ups.words()
    dialog.reject()


def test_an_undated_event_gets_its_first_date_without_a_reason(qtbot, store, shown):
    event_id = add_lecture(store, None)
    page = shown(event_id)
    assert page.header.move_button.text() == "日程を決める"
    page.header.move_button.click()
    dialog = opened(page, MoveDialog)
    preview(qtbot, page, dialog, date(2026, 11, 12))

    do(qtbot, page.app_context, dialog.main.click)

    assert the_event(store, event_id).full_title == "第1回 LINE講習会"
    settled = {row.topic: row.settled_on for row in view_of(store, event_id).topics}
    assert settled == {"日程": TODAY, "内容": None, "機材": None, "設問": None}


def test_a_cancelled_event_says_why_leads_to_its_calls_and_can_be_brought_back(qtbot, store, shown, event):
    decide_change(
        ActionContext(store, BY, at(TODAY)),
        event_id=event,
        kind=DecisionKind.CANCELLATION,
        decided_at=at(TODAY),
        decided_by="協働推進課長",
        reason="大雨警報の発表",
    )
    page = shown(event)
    assert "大雨警報の発表" in page.overview.notices.words()
    with qtbot.waitSignal(page.app_context.navigation_requested) as went:
        page.header.cancel.click()
    assert went.args == ["calls", {"event_id": event}]

    do(qtbot, page.app_context, page.header.restore.click)
    assert the_event(store, event).status == "予定"


def test_deciding_another_day_hands_its_reason_to_the_move(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)), act="move", reason="講師の都合（協働推進課長の判断）")

    move = opened(page, MoveDialog)
    assert move.reason.reason() == "講師の都合（協働推進課長の判断）"
    move.reject()


def test_a_day_outside_the_term_is_refused_before_saving_and_the_contract_is_one_click_away(qtbot, shown, event):
    page = shown(event)
    dialog = moving(page)
    gone = []
    page.app_context.navigation_requested.connect(lambda *where: gone.append(where))

    preview(qtbot, page, dialog, date(2027, 4, 6))
    assert "この日にはできません" in dialog.refusal.accessibleName()
    assert not dialog.main.isEnabled()
    assert dialog.reason.isHidden()
    assert dialog.refused.link.isVisibleTo(dialog)

    preview(qtbot, page, dialog, date(2027, 1, 13))
    assert dialog.main.isEnabled()
    assert dialog.refusal.isHidden()

    preview(qtbot, page, dialog, date(2027, 4, 6))
    dialog.refused.link.click()
    assert not dialog.isVisible()
    assert gone == [("settings", {"page": "contract"})]
