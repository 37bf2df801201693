"""What a log, a backup and a copy beside the data say against its journal, of each place in the order of changes."""

from pathlib import Path
from types import SimpleNamespace as Facts

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import backups, check_data
from tests.support.years import BY, NOW

LOCK = 5
"""The number of the lock under which the data file began."""


def head(number, lock=LOCK, chain=""):
    return Facts(number=1, lock_number=lock, contents=Facts(seq=number, chain=chain or f"{number}"))


def logged(*numbers, lock=LOCK, chain=""):
    return {number: Facts(lock_number=lock, row={"chain": chain or f"{number}"}) for number in numbers}


ALL = logged(1, 2, 3)
LACK = "変更の控えが {}件 足りません（データは無事です。いちど開いて閉じると補われます）。"
GONE, OTHER = "履歴 {} 番が、{}にはあるのに、データにありません。", "履歴 {} 番が、{}の内容と違います。"
LOG, BACKUP, COPY = "変更の控え", "バックアップ 第1世代", "閲覧用の写し"


@pytest.mark.parametrize(
    ("log", "generations", "note", "unread", "said"),
    [
        (ALL, [head(2)], head(3), (), []),
        (ALL | logged(4), [], None, (), [GONE.format(4, LOG)]),
        (ALL | logged(4, lock=4), [], None, (), []),
        (ALL | logged(2, chain="x"), [], None, (), [OTHER.format(2, LOG)]),
        (ALL | logged(2, lock=4, chain="x"), [], None, (), []),
        (ALL, [head(4)], head(2, chain="x"), (), [GONE.format(4, BACKUP), OTHER.format(2, COPY)]),
        (ALL, [head(4, lock=4)], head(2, lock=4, chain="x"), (), []),
        (ALL, [head(0, chain="x")], None, (), []),
        (logged(1, 2), [], None, (), []),
        (logged(1, 3), [], None, (), [LACK.format(1)]),
        (logged(2, 3), [], None, (), [LACK.format(1)]),
        (logged(1), [], None, (), [LACK.format(2)]),
        (logged(1), [], None, ("控え",), []),
        (logged(3), [head(2)], None, (), []),
        (logged(3), [head(2, lock=4, chain="x")], None, (), [LACK.format(2)]),
        (logged(3), [head(1)], None, (), [LACK.format(1)]),
    ],
)
def test_a_journal_is_held_against_what_was_kept_since_its_file_began(
    monkeypatch, log, generations, note, unread, said
):
    def read_all(_folder, _keys, *, newest, unreadable):
        assert newest == 3
        unreadable.extend(unread)
        return log, []

    monkeypatch.setattr(check_data.copies, "head", lambda _database: (3, "3"))
    monkeypatch.setattr(check_data.copies, "read_note", lambda _folder: note)
    monkeypatch.setattr(check_data.change_log, "read_all", read_all)
    monkeypatch.setattr(check_data.lock_takeover, "takeover_origin", lambda _database: (LOCK, ""))
    monkeypatch.setattr(check_data.backup, "generations", lambda _folder: generations)
    kept = [{"seq": number, "chain": f"{number}"} for number in (1, 2, 3)]
    monkeypatch.setattr(check_data.journal_table, "rows_after", lambda _database, after: kept[after:])
    held = []
    assert check_data._check_anchors(None, Facts(log_keys=None), Path("data"), held) == said
    assert held == list(unread)


def test_months_begin_with_one_and_another_number_than_usual_has_its_basis(store):
    context = ActionContext(store, BY, NOW)
    with pytest.raises(UserError, match="1より小さくなっています"):
        backups.set_backup_months(context, months=0, basis="規程")
    with pytest.raises(UserError, match="根拠が書かれていません"):
        backups.set_backup_months(context, months=1, basis=" ")
    assert backups.set_backup_months(context, months=1, basis="規程").message.startswith("月末のバックアップを1か月")
    told = [backups._ranges(one) for one in ((4,), (4, 5, 6, 9), (1, 3), (1, 2))]
    assert told == ["4", "4～6、9", "1、3", "1～2"]


@pytest.mark.parametrize(
    ("to", "reason", "noted", "accesses"),
    [(None, "手動", 1, True), (None, "終了時", 0, True), (Path("place"), "終了時", 1, True), (None, "手動", 0, False)],
)
def test_who_takes_a_backup_is_noted_where_somebody_asked_for_it(monkeypatch, to, reason, noted, accesses):
    acts, made = [], []
    monkeypatch.setattr(
        backups.backup,
        "make",
        lambda *_given, **named: (
            made.append(named)
            or Facts(
                contents=Facts(rows=7),
                notes=(),
            )
        ),
    )
    monkeypatch.setattr(backups, "replace", lambda one, **_changed: one)
    monkeypatch.setattr(backups, "run_cleanup", lambda _name, _do: ())
    monkeypatch.setattr(backups, "_backup_result", lambda one: one)
    monkeypatch.setattr(backups.second_folder, "read_owner", lambda _to: "")
    monkeypatch.setattr(backups.second_folder, "owner_id_of", lambda _keys: "")
    monkeypatch.setattr(backups, "check_backup_folder_path", lambda _to: None)
    lock = Facts(number=3) if accesses else None
    store = Facts(
        check_unrestricted=list,
        confirm_commits=list,
        read_only=False,
        folder=Path("data"),
        database=None,
        keys=None,
        write_lock=lock,
        accesses=Facts(note=acts.append) if accesses else None,
    )
    backups.make_backup(store, now=NOW, to=to, reason=reason)
    assert [one.count for one in acts] == [7] * noted
    assert [(one["lock_number"], one["target"]) for one in made] == [
        (3 * accesses, to or Path("data") / backups.backup.FOLDER_NAME)
    ]


@pytest.mark.parametrize(("has_log", "kept", "unreadable", "cut"), [
    (True, (4, 2), (), [2]), (True, (), (), []), (True, (4,), ("x",), []), (False, (4,), (), []),
])  # fmt: skip
def test_the_log_is_cut_before_the_oldest_backup_that_is_kept_and_read(
    monkeypatch, store, has_log, kept, unreadable, cut
):
    found, plans = [], []
    monkeypatch.setattr(backups.backup, "write_plan", lambda _to, plan: plans.append(plan))
    monkeypatch.setattr(backups.backup, "prune", lambda _to, today: [head(one) for one in kept])
    monkeypatch.setattr(backups.backup, "unreadable_folders", lambda _to: unreadable)
    monkeypatch.setattr(backups.change_log, "prune_segments", lambda _folder, _keys, floor: found.append(floor))
    log = Facts(close=list) if has_log else None
    given = Facts(database=store.database, change_log=log, folder=Path("data"), keys=Facts(log_keys=None))
    assert backups._prune_backups(Path("data"), NOW, given) == ()
    assert (found, plans) == (cut, [backups.backup.BackupPlan(backups.KEEP_MONTHS, False)])
