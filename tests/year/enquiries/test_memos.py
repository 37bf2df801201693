"""応対メモ: taken in seconds, on home until answered, in the 台帳 without who called, erased with the year."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.ledgers.services import ledger_reading
from app.settings.disposal.services.disposal import erase_marked, mark_for_erasing
from app.settings.disposal.services.due_rows import read_due
from app.widgets.dialogs.form_dialog import FormDialog
from app.year.enquiries.screens import MemosScreen
from app.year.enquiries.services import ENQUIRIES, memo_follow_ups, read_memos, save_memo
from db.records.year.enquiries import ContactMemo
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.erased import text_in
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.undo_enquiries import memo

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
SPRING = datetime(2027, 5, 12, 10, 0)
WHO, NUMBER = "金糸雀　三郎", "03-0000-7788"


def write(store, **more):
    one = memo(caller=WHO, phone=NUMBER, organisation_id=1, **more)
    return save_memo(acting(store), memo=one).id


def on_home(store, today):
    view = read_home(store, today=today)
    found = (*view.rows, *view.passed_targets, *view.later_rows)
    return [(one.task.due, one.task.detail) for one in found if "駐輪場" in one.task.label]


def test_it_stands_on_home_until_it_is_answered_by_its_day_or_after_a_week(store):
    own = write(store, answer_by=date(2026, 12, 3))
    assert on_home(store, TODAY)[0][0] == date(2026, 12, 3)
    assert BY in on_home(store, TODAY)[0][1], "who takes it answers it unless somebody else is named"
    one = by_id(store.database, ContactMemo, own)
    save_memo(acting(store), memo=replace(one, answer_by=None))
    assert on_home(store, TODAY)[0][0] == TODAY + timedelta(days=7)
    save_memo(acting(store), memo=replace(one, answer="ある", answered_on=TODAY))
    assert on_home(store, TODAY) == []
    for about in ("あ" * 30, "い" * 31):
        save_memo(acting(store), memo=replace(memo(), about=about))
    labels = [one.label.partition("：")[2] for one in memo_follow_ups(store.database, TODAY)]
    assert labels[-2:] == ["あ" * 30, f"{'い' * 30}…"]
    save_memo(acting(store), memo=replace(memo(), answer_by=TODAY))
    basis = {one.basis for one in memo_follow_ups(store.database, TODAY) if one.due == TODAY}
    assert basis == {"目安日。応対メモの期限です"}


def test_the_ledger_and_its_paper_have_it_without_who_called(store):
    key = f"contact_memos:{write(store, event_id=2, answer='ある', answered_on=TODAY)}"
    line = ledger_reading.read_ledger(store, key=ENQUIRIES.key, fiscal_year=2026, today=TODAY).book.line(key)
    assert line.cells == {
        "at": "2026-12-01T09:05", "way": "電話", "sort": "問合せ", "organisation": "1", "about": "駐輪場はあるか",
        "event": "2", "answer": "ある", "done": "2026-12-01", "taker": BY,
    }  # fmt: skip
    paper = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=ENQUIRIES.title, now=NOW)
    assert "駐輪場はあるか" in said_by(paper)
    assert WHO not in said_by(paper)
    assert NUMBER not in said_by(paper)
    found = [item for group in search_everything(store, text="駐輪場").groups for item in group.items]
    assert [one.link.memo_id for one in found if one.link.action == "応対メモ"] == [1]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"about": "　"}, "用件が書かれていません"),
        ({"received_at": NOW + timedelta(hours=1)}, "受けた日時が先"),
        ({"answer_by": TODAY - timedelta(days=1)}, "答える期限"),
        ({"answered_on": TODAY}, "答えたことが書かれていません"),
        ({"answered_on": TODAY + timedelta(days=1), "answer": "ある"}, "答えた日"),
        ({"caller": "あ" * 61}, "相手が61字ある"),
    ],
)
def test_what_cannot_be_is_refused(store, wrong, words):
    with pytest.raises(UserError, match=words):
        save_memo(acting(store), memo=replace(memo(), **wrong))
    assert rows(store.database, ContactMemo) == []


def test_caller_and_number_go_with_the_year_and_what_was_asked_stays(store):
    own = write(store)
    counted = {one.kind: one.count for one in read_due(store, today=SPRING.date()).due_lines}
    walked = {one.kind: one.count for one in read_due(store, today=SPRING.date(), by_walk=True).due_lines}
    assert counted["memos"] == walked["memos"] == 1
    lines = [one.id for one in read_due(store, today=SPRING.date()).due_lines if one.kind == "memos"]
    mark_for_erasing(ActionContext(store, BY, SPRING), lines=lines)
    erase_marked(store, SPRING + timedelta(days=1))
    assert WHO not in text_in(store)
    assert NUMBER not in text_in(store)
    assert by_id(store.database, ContactMemo, own).about == "駐輪場はあるか"


def test_a_clerk_writes_one_answers_it_and_takes_it_back(qtbot, tmp_path):
    with session(tmp_path) as desk:
        screen = shown(qtbot, MemosScreen(desk), desk, act="new")
        dialog = dialog_over(screen, FormDialog)
        dialog.form.set_values({"about": "駐輪場はあるか", "caller": WHO, "phone": NUMBER})
        do(qtbot, desk, dialog.confirmed.emit)
        (line,) = read_memos(desk.store, fiscal_year=2026).lines
        assert (line.memo.caller, line.memo.answerer) == (WHO, desk.user_name)
        assert screen.table.current().id == line.id
        qtbot.mouseClick(screen.answer_button, Qt.MouseButton.LeftButton)
        dialog = dialog_over(screen, FormDialog)
        dialog.form.set_values({"answer": "20台分ある", "answered_on": desk.today()})
        do(qtbot, desk, dialog.confirmed.emit)
        assert not read_memos(desk.store, fiscal_year=2026).lines[0].memo.is_open
        do(qtbot, desk, desk.undo)
        assert read_memos(desk.store, fiscal_year=2026).lines[0].memo.is_open
