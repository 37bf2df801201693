"""What comes after the day of an event opens no task of it and moves no figure of the year."""

from datetime import date

from app.actions.action_context import ActionContext
from app.documents.services.notification import notify
from app.event.services.agreements import open_topic, settle_topics
from app.event.services.event_results import record_result
from app.event.services.event_view import read_event
from app.event.services.tasks.deadlines import close_unrecorded, event_tasks
from app.event.services.tasks.task import Task
from app.events.headcount.services import read_headcount
from app.events.materials.services.materials import add_material, receive_version, set_result
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.reports.services.report_facts import gather_facts, own_numbers
from app.submissions.work_queue.services import read_event_work_queue
from app.year_end.summary.services.summary_context import read_context
from db.records.agreements import Agreement
from db.records.events import EventResult
from db.records.roster import Entry
from db.records.submissions.materials import MaterialResult
from db.records.submissions.reports import Report, ReportOrigin
from db.rows import rows
from db.store import Store
from tests.support.years import BY, add_lecture, at, expect_people, tell_people, the_event

DAY, AFTER = date(2026, 9, 24), date(2026, 12, 1)


def test_a_handout_or_version_after_the_day_does_not_undo_the_check_before_it(store):
    event_id = add_lecture(store, DAY)

    def act(day):
        return ActionContext(store, BY, at(day))

    def said(today):
        """Return the check of the handouts: its task, its line of preparation, its figure of 総括, and whose turn."""
        view = read_event(store, event_id=event_id, today=today)
        tasks = [(one.task, one.bucket, one.state_words) for one in (*view.tasks, *view.lapsed_tasks)]
        items = [one for one in view.preparation if one.label == "資料の確認"]
        figures = [one.material_check for one in read_context(store, today=today).facts("講習会")]
        queue = read_event_work_queue(store, event_id=event_id, today=today)
        return tasks, items, figures, [(one.title, one.turn) for one in queue.rows if one.kind == "資料"]

    first = add_material(act(date(2026, 9, 1)), event_id=event_id, title="講習資料").id
    for day in (date(2026, 9, 2), date(2026, 9, 5)):
        version = receive_version(act(day), material_id=first, data=None).id
    set_result(act(date(2026, 9, 8)), version_id=version, result=MaterialResult.CHECKED)
    record_result(act(DAY), event_id=event_id, result=EventResult(event_id=event_id, attended=9))
    before = said(AFTER)
    assert ("資料確認", "済") in [one[:2] for one in before[0]]
    assert before[2][0].done_on == date(2026, 9, 8)

    add_material(act(AFTER), event_id=event_id, title="足した資料")
    receive_version(act(AFTER), material_id=first, data=None, reason="誤字")
    assert said(AFTER) == before


def tasks_on(store: Store, event_id: int, today: date) -> dict[tuple[str, str], Task]:
    """Return the tasks of an event by their words and small words."""
    return {(one.label, one.detail): one for one in read_event(store, event_id=event_id, today=today).tasks}


def test_a_handout_that_comes_after_the_last_day_of_the_check_is_a_task_of_its_own_until_the_event(store):
    event_id = add_lecture(store, DAY)
    # The check ends on 9/10 (仕様書4(1)キ, two weeks before); what comes by then belongs to it.
    for title, added, checked in (("講習資料", 1, 4), ("次第", 8, 9), ("足した資料", 14, 0)):
        act = ActionContext(store, BY, at(date(2026, 9, added)))
        material = add_material(act, event_id=event_id, title=title).id
        version = receive_version(act, material_id=material, data=None).id
        if title == "次第":
            (task,) = [one for one in tasks_on(store, event_id, act.today).values() if one.task == "資料確認"]
            assert (task.is_open, task.detail) == (True, "あと1点")
        if checked:
            set_result(ActionContext(store, BY, at(date(2026, 9, checked))), version_id=version, result="確認済")
    for today, bucket, words in ((14, "今日", "本日まで"), (16, "今日", "9/14(月) から")):
        found = tasks_on(store, event_id, date(2026, 9, today))
        task = found["足した資料を確認する", "足した資料"]
        assert (task.bucket, task.state_words, task.is_own_target) == (bucket, words, False)
        assert [one.completed_on for one in found.values() if one.task == "資料確認"] == [date(2026, 9, 9)]
    queue = read_event_work_queue(store, event_id=event_id, today=date(2026, 9, 16))
    assert [(one.due, one.turn) for one in queue.rows if one.title == "足した資料"] == [
        (date(2026, 9, 14), "区の対応待ち")
    ]
    assert not [
        one for one in tasks_on(store, event_id, date(2026, 9, 25)).values() if one.is_open and "資料" in one.task
    ]
    set_result(ActionContext(store, BY, at(date(2026, 9, 17))), version_id=version, result="確認済")
    assert ("足した資料を確認する", "足した資料") not in tasks_on(store, event_id, date(2026, 9, 17))


def test_a_new_talk_about_the_questions_is_open_itself_and_reopens_nothing(store):
    event_id = add_lecture(store, DAY)
    settled, asked = date(2026, 9, 10), date(2026, 9, 14)
    (first,) = [one for one in rows(store.database, Agreement, event_id=event_id) if one.topic == "設問"]
    settle_topics(ActionContext(store, BY, at(settled)), agreement_ids=[first.id])
    open_topic(ActionContext(store, BY, at(asked)), event_id=event_id, topic="設問", asked_on=asked)

    (task,) = [one for one in tasks_on(store, event_id, asked).values() if one.task == "設問の決定"]
    assert task.completed_on == settled
    said = {one.label: one.state_word for one in read_event(store, event_id=event_id, today=asked).preparation}
    assert (said["アンケートの設問"], said["協議の事項"]) == ("9/10(木) 済", "協議中 日程、内容、機材、設問")


def test_what_was_owed_before_the_event_waits_for_its_record_and_its_papers_for_nothing_once_it_was_held(store):
    event_id = add_lecture(store, DAY)
    material = add_material(ActionContext(store, BY, at(date(2026, 9, 1))), event_id=event_id, title="講習資料").id
    receive_version(ActionContext(store, BY, at(date(2026, 9, 2))), material_id=material, data=None)
    before = event_tasks(store, event_id=event_id, today=DAY)
    assert {"人数連絡", "資料確認", "当日資料一式"} <= {one.task for one in before if one.is_open}

    held = ActionContext(store, BY, at(DAY))
    record_result(held, event_id=event_id, result=EventResult(event_id=event_id, attended=9))
    for day, words in ((DAY, "本日まで"), (AFTER, "9/25(金) から")):
        found = {one.label: one for one in event_tasks(store, event_id=event_id, today=day) if one.is_open}
        assert "当日の紙を印刷する" not in found, "on the day of the event too"
        owed = [found["人数連絡の記録を残す"], found["資料確認の記録を残す"]]
        assert [(one.detail, one.state_words) for one in owed] == [("連絡の記録なし", words), ("確認の記録なし", words)]
    close_unrecorded(held, event_id=event_id, task="資料確認", reason="口頭で確認した")
    late = [one.basis for one in read_due_list(store, today=AFTER).ward.items]
    assert [one for one in late if one.endswith("（確認の記録なし：口頭で確認した）")]
    left = [one.label for one in event_tasks(store, event_id=event_id, today=AFTER) if one.task == "記録のないこと"]
    assert left == ["人数連絡の記録を残す"]


def test_who_was_not_chosen_and_not_told_is_a_task_and_what_led_to_the_letter_is_over(store):
    event_id = add_lecture(store, date(2026, 12, 22))
    told, later = date(2026, 12, 8), date(2026, 12, 11)
    with store.change(action="決定", by=BY, now=at(told), subject="roster", event_id=event_id) as change:
        for name, state in (("みほん一", "決定"), ("みほん二", "補欠"), ("みほん三", "落選")):
            change.insert(Entry(event_id=event_id, organisation_name=name, state=state))
    assert not [one for one in tasks_on(store, event_id, told).values() if one.task == "補欠・落選の連絡"]
    tell_letter(store, event_id, "決定通知", told)

    for today, bucket, words in ((told, "今日", "本日まで"), (later, "今日", "12/8(火) から")):
        task = tasks_on(store, event_id, today)["補欠・落選の方に知らせる", "2団体 2人"]
        assert (task.bucket, task.state_words) == (bucket, words)
    steps = read_event(store, event_id=event_id, today=later).steps
    assert {one.done_on for one in steps if not one.is_inferred} == {told}
    assert all(one.is_closed for one in steps)
    with store.change(
        action="当日受付", by=BY, now=at(date(2026, 12, 22)), subject="roster", event_id=event_id
    ) as change:
        change.insert(Entry(event_id=event_id, organisation_name="みほん四", state="決定", walk_in=True))
    task = tasks_on(store, event_id, date(2026, 12, 22))["補欠・落選の方に知らせる", "2団体 2人"]
    assert task.state_words == "12/8(火) から", "who comes on the day does not move it"
    after = tasks_on(store, event_id, date(2026, 12, 23))
    assert after["補欠・落選の方に知らせる", "2団体 2人"].state_words == "12/8(火) から", "nobody told them yet"

    tell_letter(store, event_id, "落選通知", later)
    assert not [one for one in tasks_on(store, event_id, later).values() if one.task == "補欠・落選の連絡"]


def tell_letter(store: Store, event_id: int, key: str, day: date) -> None:
    """Tell a letter by telephone."""
    notify(
        ActionContext(store, BY, at(day)), event_id=event_id, key=key, told_to="団体", told_how="電話", words="伝えた"
    )


def test_what_is_confirmed_after_the_day_takes_nothing_of_the_report_away(store):
    """The participants got the first version, in time; a correction to the contractor would be a false one."""
    event_id = add_lecture(store, DAY)

    def act(day):
        return ActionContext(store, BY, at(day))

    def said():
        report = Report(event_id=event_id, way=ReportOrigin.MADE, version=1)
        facts = gather_facts(store, event=the_event(store, event_id), report=report)
        view = read_event(store, event_id=event_id, today=AFTER)
        lines = [one[:2] for one in own_numbers(facts) if one[0].startswith("資料の版")]
        return lines, [one.label for one in view.other_preparation if not one.is_done]

    material = add_material(act(date(2026, 9, 1)), event_id=event_id, title="講習資料").id
    version = receive_version(act(date(2026, 9, 2)), material_id=material, data=None).id
    set_result(act(date(2026, 9, 8)), version_id=version, result=MaterialResult.CHECKED)
    record_result(act(DAY), event_id=event_id, result=EventResult(event_id=event_id, attended=9))
    before = said()
    assert before == ([("資料の版　講習資料", "第1版")], [])
    later = receive_version(act(AFTER), material_id=material, data=None, reason="誤字").id
    set_result(act(AFTER), version_id=later, result=MaterialResult.CHECKED)
    assert said() == before


def test_a_number_that_changes_after_the_day_is_told_to_nobody_any_more(store):
    event_id = add_lecture(store, DAY)
    expect_people(store, event_id, 12)
    tell_people(store, event_id, now=at(date(2026, 9, 17)))
    expect_people(store, event_id, 13)
    ahead = read_headcount(store, event_id=event_id, today=date(2026, 9, 18))
    assert ahead.next_kind == "変更連絡"
    over = read_headcount(store, event_id=event_id, today=AFTER)
    assert (over.next_kind, over.next_words) == ("", "実施日を過ぎたため、変更の連絡は要りません。")
