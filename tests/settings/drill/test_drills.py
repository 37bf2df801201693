"""復元の点検: the newest backup really comes back into an empty place, is compared, goes, and leaves its record."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services.drill import read_drill_baseline, run_drill
from app.data_folder.services.drill_folder import FOLDER_PREFIX
from app.documents.services import documents, stored_files
from app.documents.services.document_scope import DocumentScope
from app.settings.contributions import drill_follow_ups
from app.settings.drill.services import read_drills, record_drill, record_treatment
from db import keyring
from db.backups import backup
from db.files import file_store, storage_errors
from db.records.programme import TaskClosing
from db.rows import rows
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, copied_folder, opened, recovery_key, rename_event
from tests.support.paper_words import said_by
from tests.support.stores import made_by

WHO = {"by": NAME, "now": NOW}
store = made_by(lambda place: opened(copied_folder(place)))


def drilled(store, secret=PASSWORD, login_id=LOGIN):
    return run_drill(
        lambda _done, _total: None, read_drill_baseline(store), secret=secret, login_id=login_id, clock=lambda: NOW
    )


def left():
    return list(Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"))


def closed_on(store):
    return next((one.closed_on for one in rows(store.database, TaskClosing, task="復元の点検")), None)


def test_what_was_saved_a_moment_ago_comes_back_by_the_recovery_key_and_closes_the_task_of_the_year(store):
    rename_event(store, "いま変えた題名")
    assert closed_on(store) is None
    drill = drilled(store, keyring.normalise_recovery_key(recovery_key()), None)

    assert [one.what for one in drill.steps if not one.good] == []
    assert (drill.is_successful, drill.lost_count, drill.opened_with, drill.replayed) == (True, 0, "回復キー", 1)
    assert len(drill.counts) == 14
    assert {one.what: one.restored for one in drill.counts}["実施回"] == 1
    assert left() == []
    rename_event(store, "点検のあとも書ける")

    record_drill(ActionContext(store, **WHO), drill=drill, witness="立会い 花子")
    assert closed_on(store) == NOW.date()
    assert drill_follow_ups(store, NOW.date()) == []
    scope = DocumentScope(fiscal_year=2026, item=read_drills(store)[0].id)
    said = said_by(documents.build_document(store, scope=scope, kind="復元の点検記録", now=NOW))
    for words in ("立会い 花子", "回復キーで開いた", "変更の履歴", "つぎの点検", "所見はありません"):
        assert words in said


def test_what_would_be_lost_is_counted_said_on_home_and_printed_only_with_its_treatment(store):
    rename_event(store, "控えにある")
    ground = read_drill_baseline(store)
    more = {table: number + (table == "events") for table, number in ground.counts.items()}
    drill = run_drill(
        lambda _done, _total: None, replace(ground, counts=more), secret=PASSWORD, login_id=LOGIN, clock=lambda: NOW
    )
    assert (drill.is_successful, drill.lost_count) == (False, 1)
    saved = record_drill(ActionContext(store, **WHO), drill=drill)
    assert "確かめることが見つかりました" in saved.message
    assert closed_on(store) is None
    assert [row.link.action for row in drill_follow_ups(store, NOW.date())] == ["復元の点検"]
    scope = DocumentScope(fiscal_year=2026, item=saved.id)
    with pytest.raises(UserError, match="処置"):
        documents.build_document(store, scope=scope, kind="復元の点検記録", now=NOW)
    record_treatment(ActionContext(store, **WHO), drill_id=saved.id, words="実施回1件を入れ直した")
    said = said_by(documents.build_document(store, scope=scope, kind="復元の点検記録", now=NOW))
    assert [word for word in ("実施回：元 2、復元 1", "実施回1件を入れ直した") if word not in said] == []
    assert drill_follow_ups(store, NOW.date()) == []


def test_backups_that_cannot_be_restored_are_an_outcome_a_wrong_key_is_none(store):
    with pytest.raises(storage_errors.WrongPassword):
        drilled(store, "ちがうパスワードです")
    assert left() == []
    for one in backup.generations(store.folder / "backups"):
        (one.path / "desk.db").write_bytes(b"broken")

    drill = drilled(store)

    assert [(one.good, one.what) for one in drill.steps] == [
        (False, "空の場所に、いちばん新しい世代を戻した"),
        (True, "戻したものを消した"),
    ]
    assert "使えるバックアップがありません" in drill.steps[0].note
    assert not drill.is_successful
    assert drill.places[0].state != ""
    assert left() == []


def test_a_kept_file_that_is_gone_everywhere_is_found(store):
    with store.change(action="受領した", by=NAME, now=NOW, subject="received") as change:
        kept = stored_files.keep_file(store, change, data=b"%PDF-1.4 scan", name="scan.pdf", now=NOW)
    assert drilled(store).is_successful
    for place in (store.folder, store.folder / "backups"):
        file_store.remove(place, kept.keyed_hash)

    (bad,) = (one for one in drilled(store).steps if not one.good)
    assert (bad.what, bad.note) == ("保管ファイルを開いた", "1件に異常")


def test_the_record_of_a_drill_in_april_is_there_before_the_new_year_is_begun(store):
    april = NOW.replace(year=2027, month=4, day=6)
    old, new = (
        replace(drilled(store), fiscal_year=year, began=day, ended=day) for year, day in ((2026, NOW), (2027, april))
    )
    record_drill(ActionContext(store, **WHO), drill=old)
    saved = record_drill(ActionContext(store, NAME, april), drill=new)
    scope = DocumentScope(fiscal_year=2026, item=saved.id)
    assert "R9-復元-01" in documents.build_document(store, scope=scope, kind="復元の点検記録", now=april).reference
