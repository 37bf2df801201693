"""留守 and 返戻: ended in the middle nothing is half, a second window sees them, an empty year has neither."""

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.events.letters.services import undelivered
from app.home.today.services.absences import active_absences, end_absence, record_absence
from app.home.today.services.home import read_home
from app.year.enquiries.services import save_memo
from db.connection import connect
from db.files.storage_errors import Locked, StorageProblem
from db.records.documents import ReturnedLetter
from db.records.year.enquiries import Absence
from db.rows import rows
from db.store import DATABASE_NAME, Store
from tests.support.held_act import COLLEAGUE, away, come_back, decision_told
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import new_store, opened_store
from tests.support.undo_enquiries import memo
from tests.support.years import started_year

PROJECT = Path(__file__).resolve().parents[3]
TODAY = NOW.date()
WHO = {"by": BY, "now": NOW}


@pytest.fixture
def store(tmp_path):
    register_contributions()
    found = sample_store(tmp_path)
    save_memo(ActionContext(found, BY, NOW), memo=memo(answer_by=TODAY))
    yield found
    found.database.conn.close()


def on_home(store):
    view = read_home(store, today=TODAY)
    every = (*view.rows, *view.passed_targets, *view.later_rows)
    return next(one.task.detail for one in every if "駐輪場" in one.task.label)


@pytest.mark.parametrize(("name", "act", "record"), [("away", away, Absence), ("come_back", come_back, ReturnedLetter)])
def test_ended_in_the_middle_it_was_not_done_and_is_done_at_the_next_try(store, name, act, record):
    named = undelivered.named_addressees(store, notification_id=decision_told(store).id)
    store.database.conn.close()
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.support.held_act", str(store.folder), name], cwd=PROJECT, stdout=subprocess.PIPE
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"T\n"
    run.kill()
    run.wait()
    run.stdout.close()
    again = opened_store(store.folder)
    assert rows(again.database, record) == []
    assert undelivered.named_addressees(again, notification_id=decision_told(again).id) == named
    assert on_home(again).startswith(BY)
    act(ActionContext(again, BY, NOW))
    assert len(rows(again.database, record)) == 1
    again.database.conn.close()


def test_a_second_window_writes_neither_and_reads_both_from_its_copy(store, tmp_path):
    away(ActionContext(store, BY, NOW))
    come_back(ActionContext(store, BY, NOW))
    with pytest.raises(Locked, match="ほかの画面が使用中"):
        opened_store(store.folder)
    copied = Path(shutil.copytree(store.folder, tmp_path / "copy"))
    second = Store(
        folder=copied,
        database=connect(copied / DATABASE_NAME, store.keys.pages, read_only=True),
        keys=store.keys,
        login_id="other",
    )
    assert on_home(second).startswith(COLLEAGUE)
    (back,) = rows(second.database, ReturnedLetter)
    assert back.addressee in "".join(
        undelivered.returned_words(second, notification_id=back.notification_id, today=TODAY)
    )
    for act in (away, come_back):
        with pytest.raises(StorageProblem):
            act(ActionContext(second, BY, NOW))
    second.database.conn.close()


@pytest.mark.parametrize("make", [new_store, started_year])
def test_before_anything_was_recorded_both_say_so(tmp_path, make):
    register_contributions()
    store = make(tmp_path)
    context = ActionContext(store, BY, NOW)
    assert active_absences(store.database, TODAY) == ()
    with pytest.raises(UserError, match="もうありません"):
        end_absence(context, absence_id=1)
    with pytest.raises(UserError, match="見つかりません"):
        undelivered.named_addressees(store, notification_id=1)
    away(context)
    assert active_absences(store.database, TODAY)[0].colleague == COLLEAGUE
    if make is started_year:
        assert read_home(store, today=TODAY).rows is not None
    store.database.conn.close()


def test_nobody_acts_for_another_while_away(store):
    """The rows of both would stand with somebody who is not there."""
    context = ActionContext(store, BY, NOW)
    away(context)
    days = {"begins_on": TODAY + timedelta(days=1), "until": TODAY + timedelta(days=9)}
    with pytest.raises(UserError, match="代わりをしています"):
        record_absence(context, person="見本同僚", colleague="見本　三郎", **days)
    with pytest.raises(UserError, match="留守です"):
        record_absence(context, person="見本　三郎", colleague=BY, **days)
    later = {"begins_on": TODAY + timedelta(days=4), "until": TODAY + timedelta(days=9)}
    record_absence(context, person=COLLEAGUE, colleague=BY, **later)
