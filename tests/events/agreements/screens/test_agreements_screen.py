"""協議・打合せ as a clerk uses it: a word, the record beside it, a new record, a meeting, 宿題, the papers."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.passage_fields import WordingDialog
from app.documents.services.document_passages import read_passages
from app.documents.services.document_scope import DocumentScope
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.events.agreements.documents import KIND as CHANGE
from app.events.agreements.rules import has_content
from app.events.agreements.screens.agreements_screen import OPEN, AgreementsScreen
from app.events.agreements.screens.record_dialogs import ConfirmDialog, HomeworkDialog, MeetingDialog, RecordDialog
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from db.records.agreements import Agreement, Homework, Meeting
from db.rows import rows
from tests.support.doing import do
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import press, wait_idle


@pytest.fixture
def screen(qtbot, tmp_path):
    with session(tmp_path) as desk:
        made = shown(qtbot, AgreementsScreen(desk), desk)
        yield made
        wait_idle(qtbot, desk)


def stored(screen, record):
    return rows(screen.app_context.store.database, record)


def type_word(qtbot, screen, text):
    do(qtbot, screen.app_context, lambda: screen.table.filter_field.setText(text))
    qtbot.waitUntil(lambda: screen.listed.text == text)
    screen.table.apply_filter_now()


def test_a_word_brings_what_it_stands_in_first_and_f3_goes_from_one_to_the_next(screen, qtbot):
    all_rows = screen.table.model.rowCount()
    assert all_rows
    type_word(qtbot, screen, "無料Wi-Fi")
    assert sum(row.is_match for row in screen.listed.rows) == 2
    assert screen.table.model.rowCount() == all_rows + 2
    seen = []
    for _press in range(3):
        do(qtbot, screen.app_context, screen._select_next_match)
        seen.append(screen.view.record.topic)
    assert seen[0] == seen[2] != seen[1]
    assert "<span" in screen.panel.title.text()
    type_word(qtbot, screen, "")
    assert screen.table.model.rowCount() == all_rows


def test_mere_ticks_are_folded_and_the_questions_come_first(screen, qtbot):
    def is_mere(row):
        return row.record.settled_on is not None and not has_content(row.record)

    def mere():
        return [row for row in screen.table.model.records() if is_mere(row)]

    everything = len(screen.listed.rows)
    folded = [row for row in screen.listed.rows if is_mere(row)]
    assert folded
    assert mere() == []
    assert screen.ticked.words().endswith(f" {len(folded)}")
    screen.ticked.click()
    assert len(mere()) == len(folded)
    assert screen.table.model.rowCount() == everything
    screen.ticked.click()
    # Whoever is led to one of them stands at it.
    do(qtbot, screen.app_context, lambda: screen._select_record(folded[0].id))
    assert screen.table.current().id == folded[0].id


def test_a_row_of_the_list_shows_one_sentence_that_with_the_word_where_one_is_sought(screen, qtbot):
    def shown(start: str) -> list[str]:
        question = next(one for one in screen.table.model.columns if one.key == "question")
        return [question.show(row).text for row in screen.table.model.records() if row.question.startswith(start)]

    assert shown("申込みが20人") == ["申込みが20人程度を超えた"]
    type_word(qtbot, screen, "会場の定員")
    for typed in ("会場の定員", "ない 確かめた", "支障 上限", "３０人 ﾃｲｲﾝ 定員"):
        type_word(qtbot, screen, typed)
        assert shown("申込みが20人") == ["会場の定員は30人であり、20人を超えて受け入れても支障がないことを確かめた"], (
            typed
        )


def test_what_the_search_takes_for_the_word_is_marked_in_the_record(screen, qtbot):
    with screen.app_context.store.change(action="直した", by="見本", now=NOW) as change:
        change.update(
            Agreement, screen.view.record.id, content="Ｗｉ－Ｆｉのルータを借りる。\nルーター＜２台＞も wifi も要る"
        )
    for typed, marked in (("wi-fi", ["Ｗｉ－Ｆｉ", "wifi"]), ("るーた 2台", ["ルータ", "ルータ", "２台"])):
        type_word(qtbot, screen, typed)
        do(qtbot, screen.app_context, screen.reload)
        assert re.findall("<span[^>]*>(.*?)</span>", screen.panel.title.text()) == marked


def test_a_new_record_is_kept_with_its_number_and_stands_in_the_panel(screen, qtbot):
    before = len(stored(screen, Agreement))
    qtbot.mouseClick(screen.add_button, Qt.MouseButton.LeftButton)
    dialog = dialog_over(screen, RecordDialog)
    dialog.confirmed.emit()
    assert dialog.isVisible()
    assert dialog.words.problem_shown("content")
    dialog.words.set_values(
        {
            "content": "控室を借りるか",
            "ward_view": "",
            "contractor_view": "要る。",
            "decision": "借りる。",
            "reason": "着替えのため。",
        }
    )
    dialog.confirmed.emit()
    assert dialog.facts.problem_shown("event"), "which event it is about is chosen, not guessed from the list"
    dialog.facts.set_values({"event": 0, "settled_on": screen.app_context.today(), "clause": "仕7"})
    do(qtbot, screen.app_context, dialog.confirmed.emit)
    made = stored(screen, Agreement)
    assert len(made) == before + 1
    assert (made[-1].event_id, made[-1].topic, made[-1].ordinal) == (
        None,
        "控室を借りるか",
        max(one.ordinal or 0 for one in made),
    )
    assert screen.table.current().id == made[-1].id
    assert screen.panel.number.text() == made[-1].record_number
    do(qtbot, screen.app_context, screen.app_context.undo)
    assert len(stored(screen, Agreement)) == before


def test_what_is_missing_is_said_beside_the_record_and_stops_the_confirmation(screen, qtbot):
    screen.kinds.choose(OPEN)
    assert all(row.record.state == "協議中" for row in [screen.table.current()] if row)
    screen.kinds.choose("")
    rich = next(one for one in stored(screen, Agreement) if one.decision and one.confirmed_on is None)
    do(qtbot, screen.app_context, lambda: screen._select_record(rich.id))
    screen._confirm()
    dialog = dialog_over(screen, ConfirmDialog)
    dialog.form.set_values({"confirmed_on": screen.app_context.today(), "confirmed_how": "電話"})
    do(qtbot, screen.app_context, dialog.confirmed.emit)
    assert next(one for one in stored(screen, Agreement) if one.id == rich.id).confirmed_how == "電話"
    words = list(dict(screen.menu_actions()))
    assert "確認を取り消す" in words
    assert "受託者の確認を記録" not in words
    screen._take_back_confirmation()
    asked = dialog_over(screen, ReasonDialog)
    asked.reject()


def test_a_meeting_takes_its_records_and_prints_and_homework_goes_from_the_list_when_done(screen, qtbot):
    qtbot.mouseClick(screen.meeting_button, Qt.MouseButton.LeftButton)
    dialog = dialog_over(screen, MeetingDialog)
    dialog.form.set_values({"subject": "年明けの進め方", "held_on": screen.app_context.today()})
    chosen = next(iter(dialog.boxes))
    dialog.boxes[chosen].setChecked(True)
    do(qtbot, screen.app_context, dialog.confirmed.emit)
    assert stored(screen, Meeting)[-1].subject == "年明けの進め方"
    do(qtbot, screen.app_context, lambda: screen._select_record(chosen))
    screen._print_minutes()
    paper = dialog_over(screen, DocumentDialog)
    qtbot.waitUntil(lambda: paper.view.content is not None)
    assert paper.view.content.kind == "打合せ記録"
    paper.reject()

    screen._add_homework()
    task = dialog_over(screen, HomeworkDialog)
    task.form.set_values({"text": "鍵を返す", "side": "区", "person": "", "due": screen.app_context.today()})
    do(qtbot, screen.app_context, task.confirmed.emit)
    made = stored(screen, Homework)[-1]
    assert made.agreement_id == chosen
    press(qtbot, screen.app_context, screen.homework.buttons[made.id])
    assert made.id not in screen.homework.buttons
    assert stored(screen, Homework)[-1].done_on == screen.app_context.today()


def test_it_opens_at_its_first_row_with_the_keyboard_in_the_list_and_homework_rests_while_it_is_only_read(
    screen, qtbot
):
    assert screen.table.current() is not None
    qtbot.waitUntil(lambda: screen.view is not None)
    assert screen.focusProxy() is screen.table
    assert screen.homework.buttons
    assert all(button.isEnabled() for button in screen.homework.buttons.values())
    screen.app_context.set_read_only(True)
    assert not any(button.isEnabled() for button in screen.homework.buttons.values())


def pressed(qtbot, screen, name):
    button = next(one for one in screen.findChildren(Button) if one.accessibleName() == name and one.isVisible())
    press(qtbot, screen.app_context, button)


def test_a_meeting_without_a_matter_and_homework_noted_by_mistake_are_met_and_removed_in_the_window(screen, qtbot):
    assert screen.meetings.isHidden()
    screen.add_meeting()
    dialog = dialog_over(screen, MeetingDialog)
    dialog.form.set_values({"subject": "まだ決まらない話", "held_on": screen.app_context.today()})
    do(qtbot, screen.app_context, dialog.confirmed.emit)
    made = stored(screen, Meeting)[-1]
    name = f"第{made.ordinal}回の打合せの記録を"
    pressed(qtbot, screen, f"{name}直す")
    assert dialog_over(screen, MeetingDialog).form.value("subject") == "まだ決まらない話"
    dialog_over(screen, MeetingDialog).reject()
    pressed(qtbot, screen, f"{name}消す")
    assert made.id not in {one.id for one in stored(screen, Meeting)}
    assert screen.meetings.isHidden()

    one = next(one for one in screen.listed.homework if one.homework.done_on is None)
    task, acts = one.homework, dict(screen.homework.menu_actions(one, screen.app_context))
    assert list(acts) == [f"{one.source}を開く", "直す", "消す"]
    do(qtbot, screen.app_context, acts["消す"])
    assert task.id not in {one.id for one in stored(screen, Homework)}


def test_homework_of_a_meeting_leads_to_its_minutes(screen, qtbot):
    meeting = screen.listed.meetings[0]
    with screen.app_context.store.change(action="宿題", by="見本", now=NOW) as change:
        task = change.insert(Homework(programme_id=screen.listed.programme_id, meeting_id=meeting.id, text="鍵を返す"))
    do(qtbot, screen.app_context, screen.reload)
    row = next(one for one in screen.listed.homework if one.id == task)
    dict(screen.homework.menu_actions(row, screen.app_context))[f"第{meeting.ordinal}回 打合せを開く"]()
    paper = dialog_over(screen, DocumentDialog)
    qtbot.waitUntil(lambda: paper.view.content is not None)
    assert paper.view.content.kind == "打合せ記録"
    paper.reject()


def test_a_confirmed_record_offers_no_form_that_would_not_be_saved(screen, qtbot):
    confirmed = next(row.id for row in screen.listed.rows if row.record.state == "確認済" and row.record.meeting_id)
    do(qtbot, screen.app_context, lambda: screen._select_record(confirmed))
    assert screen.panel.change.isHidden()
    assert "打合せの記録を直す" not in dict(screen.menu_actions())
    screen._change()
    assert not [one for one in screen.findChildren(RecordDialog) if one.isVisible()]


def test_a_screen_built_anew_is_narrowed_as_it_was_with_the_keyboard_in_the_list(screen, qtbot):
    do(qtbot, screen.app_context, lambda: screen.kinds.choose(OPEN))
    do(qtbot, screen.app_context, screen.table.choose, lambda row: row.id == screen.table.model.records()[-1].id)
    current, again = screen.table.current().id, AgreementsScreen(screen.app_context)
    again.restore_state(screen.full_state())
    shown(qtbot, again, screen.app_context)
    assert again.kinds.current() == OPEN
    assert again.table.current().id == current
    assert not again.panel.print.hasFocus()


def test_a_change_of_the_contract_is_worded_from_the_record_that_it_rests_on(screen, qtbot):
    store = screen.app_context.store
    scope = DocumentScope(fiscal_year=2026)
    with store.change(action="契約課へ", by="見本", now=NOW) as change:
        change.update(Agreement, screen.view.record.id, nature=CONTRACT_CHANGE)
    do(qtbot, screen.app_context, screen.reload)
    do(qtbot, screen.app_context, dict(screen.menu_actions())["契約変更の協議書の文を直す"])
    dialog = dialog_over(screen, WordingDialog)
    field = next(one for one in dialog.texts.fields if one.part == "定めのない事項")
    field.editor.box.setPlainText("疑義は、双方で協議する。")
    do(qtbot, screen.app_context, dialog.reject)
    kept = read_passages(store, scope=replace(scope, item=screen.view.record.id), kind=CHANGE, on=NOW.date())
    assert [one.text for one in kept if one.edited] == ["疑義は、双方で協議する。"]
