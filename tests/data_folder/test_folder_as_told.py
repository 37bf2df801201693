"""What a data folder says of its people, backups, checks and waiting, act by act, and at the edges of its numbers."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.actions.action_context import ActionContext
from app.common.failure_log import FailureLog
from app.data_folder import documents
from app.data_folder.services import (
    accounts,
    background_checks,
    backups,
    check_data,
    drill,
    failed_logins,
    folder_choice,
    key_change,
    lock_acquisition,
    lock_transfer,
    opening_checks,
    support_report,
)
from app.data_folder.services.background_checks import BackgroundChecks
from app.data_folder.services.second_folder import NEVER_COPIED
from db.backups.restore import RestoreResult
from db.files.presence_files import MAX_FAILED_LOGINS
from db.lock_takeover import UnmergedChange
from db.tables import accounts as accounts_table
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened, rename_event
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.told_story import Story
from tests.support.view_lines import view_lines

OWN = "じぶんだけのとてもながい言葉"
OTHER = "つつじ台の猫は三毛でしたよ"
TODAY = NOW.date()


@pytest.fixture
def store(tmp_path):
    return opened(copied_folder(tmp_path))


class People(Story):
    """The accounts of a folder."""

    def __init__(self, store):
        super().__init__(store, by=NAME, at=NOW)

    def add(self, login_id, name="", **more):
        given = {"login_id": login_id, "display_name": name, "password": OWN} | more
        return self.do(accounts.add_user, **given)

    def rights(self, login_id, role="担当", *, manages=False, **more):
        self.do(accounts.set_rights, login_id=login_id, role=role, manages=manages, **more)

    def list_all(self):
        self.lines += view_lines(list(accounts.list_users(self.store)), "id")
        found = accounts.account_managers(self.store)
        self.lines += [*view_lines(found), f"印のある人：{found.named}"]


def test_people_are_added_given_rights_and_stopped_with_a_word_for_each_refusal(store):
    office = People(store)
    for login_id, name in (("", "空"), (" b", "空白"), ("b" * 65, "長い"), (LOGIN, "別"), ("b", NAME)):
        office.add(login_id, name)
    office.add("b" * 64)
    office.add("b", "見本 太郎", password_is_own=True)
    office.add("c", "見本 閲覧", role="閲覧")
    office.add("d", "見本 点検", role="点検")
    office.list_all()
    for login_id, role, manages in (
        ("z", "担当", False), (LOGIN, "閲覧", False), ("c", "閲覧", True), ("b", "担当", False), ("b", "担当", True),
        (LOGIN, "担当", True), ("c", "担当", True), ("c", "点検", True),
    ):  # fmt: skip
        office.rights(login_id, role, manages=manages)
    office.list_all()
    for login_id in (LOGIN, "z", "b", "c"):
        office.do(accounts.set_temporary_password, login_id=login_id, password=OTHER)
    for old, new in (("ちがう言葉", OTHER), (PASSWORD, PASSWORD), (PASSWORD, "みじかい"), (PASSWORD, OTHER)):
        office.do(accounts.change_password, login_id=LOGIN, old_password=old, new_password=new)
    office.do(accounts.set_password_after_recovery, login_id="b", new_password=OTHER)
    for login_id in ("z", LOGIN, "d", "d"):
        office.do(accounts.deactivate_user, login_id=login_id)
    office.add("d", "見本 閲覧")
    office.list_all()
    key = accounts.issue_recovery_key(ActionContext(store, NAME, NOW))
    store.login_id = "b" * 64
    office.list_all()
    for given in ({}, {"recovery_key": key[:-1]}, {"recovery_key": key.lower()}):
        office.rights("c", "閲覧", **given)
    for reason in ("", " 紙が 見つからない "):
        office.do(accounts.issue_recovery_key, reason=reason)
    store.login_id = ""
    for login_id, can_write in (("z", False), ("d", False), ("c", True)):
        given = {"login_id": login_id, "new_password": "ひまわり畑の犬は白黒でした", "can_write": can_write}
        office.do(accounts.set_password_after_recovery, **given)
    for login_id in ("b", LOGIN, "b" * 64, "c"):
        office.rights(login_id, "点検")
        office.do(accounts.deactivate_user, login_id=login_id)
    office.list_all()
    office.lines += [f"{one.action}｜{one.by}" for one in accounts.list_access_changes(store)]
    assert_paper(office.lines, "利用者")
    closed(store)


def test_the_papers_that_bear_a_secret_say_what_it_is_and_how_it_is_kept():
    given = {"folder": "共有/みほん課", "issued_by": "見本 花子", "issued_at": datetime(2026, 9, 1, 9, 5)}
    key = documents.recovery_sheet(key="ABCDE-FGHJK-LMNPQ-RSTUV", **given)
    first = documents.first_password_sheet(name="見本 太郎", login_id="b", password="7kqm-3xpa-9dtr", **given)
    for paper in (key, first):
        assert_paper([*lines_of(paper), *view_lines(paper, "blocks")], paper.kind)


def test_the_days_of_waiting_count_for_thirty_days_and_are_kept_for_sixty_two(store):
    waits = lock_transfer.LockSession(SimpleNamespace())
    for seconds, ago in ((0.9, 0), (1, 62), (119, 30), (60, 29), (3600, 1), (59, 0), (1, 0)):
        waits.waited_seconds = seconds
        lock_transfer.save_waited_seconds(store, waits, today=TODAY - timedelta(days=ago))
    assert waits.waited_seconds == 0.0
    assert vars(lock_transfer.minutes_waited(store, today=TODAY)) == {
        "today": 1, "last_30_days": 62, "longest_day": 60,
    }  # fmt: skip
    assert min(lock_transfer._waited_by_day(store)) == TODAY - timedelta(days=62)
    waits.waited_seconds = 5
    lock_transfer.save_waited_seconds(store, waits, today=TODAY + timedelta(days=1))
    assert min(lock_transfer._waited_by_day(store)) == TODAY - timedelta(days=30), "the day 62 days before has gone"
    assert lock_transfer.minutes_waited(store, today=TODAY).last_30_days == 62, "tomorrow is not among them"
    for spoiled in ("[]", "{", '{"x": 1}', '{"2026-09-01": []}'):
        accounts_table.set_fact(store.database, lock_transfer.WAITED_FACT, spoiled)
        assert lock_transfer.minutes_waited(store, today=TODAY).last_30_days == 0
    store.read_only = True
    waits.waited_seconds = 50
    lock_transfer.save_waited_seconds(store, waits, today=TODAY)
    assert accounts_table.fact(store.database, lock_transfer.WAITED_FACT) == spoiled
    store.read_only = False
    closed(store)


def test_backups_are_made_listed_and_kept_as_long_as_somewhere_is_written(store):
    office = People(store)
    for months, basis in ((0, "規程"), (35, " "), (36, ""), (12, " 文書管理規程 ")):
        office.do(backups.set_backup_months, months=months, basis=basis)
    said = [*office.lines]
    for hours, reason in ((1, "手動"), (2, "終了時")):
        rename_event(store, f"題名 {hours}", now=NOW + timedelta(hours=hours))
        said.append(backups.make_backup(store, now=NOW + timedelta(hours=hours), reason=reason).message)
    said.append(backups.back_up_published(folder=store.folder, now=NOW + timedelta(hours=3)).message)
    said += view_lines(list(backups.list_backups(folder=store.folder)), "path", "rows")
    said += backups.check_unverified_backups(store, now=NOW + timedelta(hours=4))
    (backups.list_backups(folder=store.folder)[0].path / "desk.db").write_bytes(b"x")
    said += view_lines(list(backups.list_backups(folder=store.folder))[:1], "path", "rows")
    said += [str(one) for one in backups.moments_of_backups(store.folder)]
    for number, deactivated in ((1, False), (2, True)):
        found = key_change.old_backups(store, today=TODAY + timedelta(days=1))
        said.append(f"鍵{number}{deactivated}：{view_lines(found)}")
        office.add("b", "見本 太郎")
        office.do(accounts.deactivate_user, login_id="b")
    store.keys = replace(store.keys, earlier=(store.keys,))
    said += ["―鍵を替えたあと", *view_lines(key_change.old_backups(store, today=TODAY))]
    assert_paper([one.replace(str(store.folder), "データ") for one in said], "バックアップ")


@pytest.mark.parametrize(
    ("numbers", "said"), [((4,), "4"), ((4, 5), "4～5"), ((4, 6), "4、6"), ((1, 4, 5, 6, 9), "1、4～6、9")]
)
def test_missing_changes_are_said_by_their_numbers(numbers, said):
    result = RestoreResult(Path("x"), 3, datetime(2026, 9, 1, 9, 5), 7, numbers, 0, 9, ("注。",))
    head = [
        "2026年9月1日 09:05 のバックアップ（第3世代）から復元しました。",
        "そのあとの変更 7件 を、変更の控えから戻しました。",
    ]
    lacking = f"戻せなかった変更が {len(numbers)}件 あります（変更の番号：{said}）。"
    assert backups.restore_messages(result) == (*head, lacking, "注。")
    behind = "このうち 2件 は控えにありますが、前の変更が欠けているため戻していません。"
    assert backups.restore_messages(replace(result, not_replayed=2)) == (*head, lacking, behind, "注。")
    assert backups.restore_messages(replace(result, missing=(), notes=())) == tuple(head)


def test_at_most_five_are_named_and_the_rest_counted():
    changes = [UnmergedChange("desk.db", one, f"2026-09-01T09:0{one}:00", "見本", f"題名{one}") for one in range(7)]
    said = [lock_acquisition.unmerged_message(changes[:count]) for count in (1, 5, 6, 7)]
    for names in ("", "甲", "甲乙甲丙丁", "甲乙丙丁戊己庚"):
        said += check_data._unreadable_notes(list(names))
    assert_paper(said, "名を挙げる数")


def test_a_step_of_the_checks_reads_one_file_and_more_while_they_are_small(store, monkeypatch):
    read = []
    monkeypatch.setattr(background_checks, "BYTES_PER_STEP", 10)
    monkeypatch.setattr(background_checks, "_check_contents", lambda *given: read.append(list(given[2])) or ())
    monkeypatch.setattr(background_checks, "_file_copies", lambda *_: SimpleNamespace(due_files=lambda _known: []))
    going = BackgroundChecks()
    going._files_listed_at, going._files_to_check = NOW, [("a", 50), ("b", 4), ("c", 6), ("d", 1), ("e", 10), ("f", 11)]
    for _ in range(5):
        going._check_files(store, NOW)
    assert read == [["a"], ["b", "c"], ["d"], ["e"], ["f"]]
    going._add_notes(tuple("一二三"))
    going._add_notes(tuple("三四五六"))
    assert going.notes == tuple("二三四五六")
    hour = timedelta(hours=1)
    cases = {None: True, NOW: False, NOW - hour: True, NOW - hour + timedelta(seconds=1): False, NOW + hour: True}
    assert [background_checks._is_due(since, NOW) for since in cases] == list(cases.values())
    closed(store)


def test_rows_are_compared_by_kind_with_the_history_and_the_rest():
    live = ({"events": 3, "people": 2, "ledger_rows": 1, "takeouts": 2, "settings": 5, "rooms": 1}, 40)
    restored = ({"events": 3, "people": 1, "ledger_rows": 3, "settings": 5, "others": 4}, 41)
    found = {one.what: (one.living, one.restored) for one in drill.count_by_kind(live, restored)}
    assert {what: both for what, both in found.items() if any(both)} == {
        "実施回": (3, 3), "参加者（人）": (2, 1), "管理簿の行": (3, 3), "変更の履歴": (40, 41),
        "設定とそのほかの記録": (6, 9),
    }  # fmt: skip
    assert [drill._no_findings(one, "異常 0") for one in ([], ["甲", "乙"])] == [(True, "異常 0"), (False, "甲")]


def test_a_drill_is_recorded_whole(store):
    rename_event(store, "いま変えた題名")
    steps = []
    given = {"secret": PASSWORD, "login_id": LOGIN, "clock": lambda: NOW}
    found = drill.run_drill(lambda *at: steps.append(at), drill.read_drill_baseline(store), **given)
    said = view_lines(found, "pc", "made", "at")
    assert_paper([f"{steps[0]}–{steps[-1]}", *(one.replace(str(store.folder), "データ") for one in said)], "復元の点検")
    closed(store)


def test_failed_logins_of_one_id_more_than_there_is_room_for_count_as_unknown():
    counted = ()
    for number in range(MAX_FAILED_LOGINS + 2):
        counted = failed_logins._incremented(counted, f"b{min(number, MAX_FAILED_LOGINS)}", "パスワード", NOW)
    counted = failed_logins._incremented(counted, "b0", "パスワード", NOW + timedelta(seconds=1))
    assert [(one[0], one[2]) for one in counted] == [
        ("b0", 2), *((f"b{number}", 1) for number in range(1, MAX_FAILED_LOGINS)), ("", 2),
    ]  # fmt: skip
    assert counted[0][3] == "2026-09-01T09:00:01"


def test_a_folder_is_chosen_empty_or_with_the_data_in_it(store, tmp_path):
    closed(store)
    used, empty, file, two = (tmp_path / name for name in ("使った所", "空", "紙.txt", "二つ"))
    for place in (used / "ほか", empty, two):
        place.mkdir(parents=True)
    file.write_text("x")
    (used / "資料.txt").write_text("x")
    copied_folder(two / "a")
    copied_folder(two / "b")
    said = []
    places = (store.folder, tmp_path, used, empty, file, tmp_path / "新しい", two, Path("短い"))
    for name, place in zip(("データ", "親", "使", "空", "紙", "新", "二", "短"), places, strict=True):
        for check in (folder_choice.check_new_folder, folder_choice.check_restore_folder):
            found = check(place)
            where = "そこ" if found.folder == place else str(found.folder).removeprefix(f"{place}/")
            said.append(f"{name}｜{check.__name__}｜{found.kind}｜{where}｜{found.problem}")
        said.append(f"{name}｜見つかる {folder_choice.find_data_folder(place) == store.folder}")
    for _ in range(3):
        beside = folder_choice.new_folder_beside(empty, today=TODAY)
        beside.mkdir()
        said.append(beside.name)
    assert_paper(said, "フォルダー")


def test_the_text_for_support_says_what_is_known_of_program_and_folder(store, monkeypatch):
    backups.make_backup(store, now=NOW, reason="手動")
    closed(store)
    machine = {"system": "Linux", "machine": "x86_64", "python_version": "3.11.2", "release": "6.1.0-99-みほん課"}
    for name, words in machine.items():
        monkeypatch.setattr(support_report.platform, name, lambda words=words: words)
    monkeypatch.setattr(support_report.platform, "win32_ver", lambda: ("", "", "", ""))
    monkeypatch.setattr(support_report, "read_log", lambda _path: FailureLog(entries=()))
    monkeypatch.setattr(support_report.shutil, "disk_usage", lambda _path: SimpleNamespace(free=3 << 29))
    said = support_report.support_report(store.folder, now=NOW, screen="1920×1080").split("\n")
    for share, copied in ((True, "みほんドライブ"), (False, "")):
        monkeypatch.setattr(support_report.filesystem, "is_on_share", lambda _path, share=share: share)
        monkeypatch.setattr(support_report, "synchronised_by", lambda _path, copied=copied: copied)
        said += support_report._folder_lines(store.folder)
    said += support_report._folder_lines(store.folder.parent)
    monkeypatch.setattr(support_report.shutil, "disk_usage", lambda _path: (_ for _ in ()).throw(OSError(13, "no")))
    said += support_report._folder_lines(store.folder)
    assert_paper(said, "障害の記録")
    kinds = ["db.files.storage_errors.Locked", "db.files.storage_errors.Path", "builtins.ValueError", "ValueError"]
    assert [bool(support_report._storage_problem_text(one)) for one in kinds] == [True, False, False, False]


def test_the_second_folder_is_named_with_its_last_copy_or_that_there_is_none(store, monkeypatch):
    target = SimpleNamespace(second_folder=Path("別の場所"))
    tried = SimpleNamespace(newest_time=NOW, problem="つながりません。")
    never, last = [("別の場所", None, NEVER_COPIED)], [("別の場所", NOW, tried.problem)]
    cases = ((None, None, []), (target, None, never), (target, tried, last))
    for where, attempt, said in cases:
        second = SimpleNamespace(target=where, last_attempt=attempt)
        monkeypatch.setattr(drill, "read_second_folder", lambda _store, second=second: second)
        found = drill.read_drill_baseline(store)
        assert [(one.where, one.newest, one.state) for one in found.places] == said
    assert (found.folder, found.seq) == (store.folder, 3)
    closed(store)


def test_another_keyring_is_said_unless_it_is_the_newer_one(store):
    ring = accounts._read_keyring(store)
    older = "鍵ファイルが、データが最後に使っていたものと違います（古いものに替わっているようです）。"
    other = ["鍵ファイルが、前に使っていたものと違います。利用者の一覧をご確認ください。"]
    for fact, findings, notes in (
        (ring.mark, [], []), (f"{ring.number}:x", [older], other), (f"{ring.number + 1}:x", [older], other),
        (f"{ring.number - 1}:x", [], []), ("", [], []), ("x:y", [], []),
    ):  # fmt: skip
        accounts_table.set_fact(store.database, accounts_table.KEYRING_FACT, fact)
        assert [one for one in check_data.check_open_store(store).findings if "鍵ファイル" in one] == findings, fact
        assert opening_checks.check_keyring_number(store, ring) == notes, fact
    assert accounts_table.fact(store.database, accounts_table.KEYRING_FACT) == ring.mark, "the newer one is noted"
    closed(store)
