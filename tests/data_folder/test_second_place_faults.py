"""The second place of the backups where something is wrong with it: said as what it is, and good again by itself."""

import errno
import os
import shutil
from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import backups, second_folder
from app.data_folder.services.second_folder_child import _answer_to
from app.startup import folder_opening
from db.backups import backup
from db.backups import second_folder as at_place
from db.files import file_store
from tests.support.data_folders import NAME, NOW, copied_folder, opened, rename_event
from tests.support.in_full import some
from tests.support.refused_starts import refuse_starts

WHO = {"by": NAME, "now": NOW}


@pytest.fixture
def place(tmp_path):
    return tmp_path / "disk"


def decided(folder, place):
    store = opened(folder)
    second_folder.set_second_folder(ActionContext(store, **WHO), folder=place)
    return store


def asked(store, day=NOW):
    """What the child answers, in this process."""
    wanted = second_folder.copy_target(store)
    return _answer_to(
        {
            "folder": str(wanted.folder),
            "place": str(wanted.second_folder),
            "owner": wanted.owner,
            "today": day.date().isoformat(),
        }
    )


def test_the_backups_of_the_data_under_another_name_are_no_second_place(folder, tmp_path):
    """A drive letter, a share or a link may lead to the very disk place of the first."""
    store = opened(folder)
    way = tmp_path / "Z"
    way.symlink_to(folder / "backups", target_is_directory=True)

    for chosen in (way, way / "second"):
        with pytest.raises(UserError, match="データのフォルダー「data」の中"):
            second_folder.set_second_folder(ActionContext(store, **WHO), folder=chosen)
    assert second_folder.copy_target(store) is None
    folder_opening.close_folder(store, now=NOW)


def test_the_second_place_of_another_office_gets_nothing_of_ours(folder, place):
    at_place.mark_folder(place, "f" * 32)
    before = sorted(path.name for path in place.rglob("*"))
    store = opened(folder)

    with pytest.raises(UserError, match="ほかのデータ"):
        second_folder.set_second_folder(ActionContext(store, **WHO), folder=place)

    assert sorted(path.name for path in place.rglob("*")) == before
    folder_opening.close_folder(store, now=NOW)


def test_the_data_folder_of_another_office_gets_nothing_of_ours(folder, tmp_path):
    (tmp_path / "other").mkdir()
    other = copied_folder(tmp_path / "other")
    store = opened(folder)

    for chosen in (other, other / "backups", other / "deep" / "er"):
        with pytest.raises(UserError, match="デジ活デスクのデータのフォルダー"):
            second_folder.set_second_folder(ActionContext(store, **WHO), folder=chosen)

    assert not [path for path in other.rglob("*") if "バックアップ" in path.name or path.name == at_place.OWNER_NAME]
    folder_opening.close_folder(store, now=NOW)


def test_a_kept_file_that_the_first_place_lost_keeps_no_generation_from_the_second(folder, place):
    store = decided(folder, place)
    file_store.put(folder, store.keys, b"first scan")
    lost = file_store.put(folder, store.keys, b"second scan")
    backups.make_backup(store, now=NOW)
    file_store.path_of(folder / "backups", lost).unlink(missing_ok=True)

    answer = asked(store)

    assert answer.get("made"), answer
    assert [one.number for one in backup.generations(place)]
    folder_opening.close_folder(store, now=NOW)


@pytest.mark.nightly
def test_a_full_disk_gets_room_from_the_generations_whose_time_is_over(folder, place, monkeypatch):
    store = decided(folder, place)
    for number in range(14):
        day = NOW + timedelta(minutes=number)
        rename_event(store, f"題名 {number}", now=day)
        backups.make_backup(store, now=day)
        newest = backup.generations(folder / "backups")[0]
        at_place._copy_generation(newest, place)  # as of a time when nothing was tidied there
    later = NOW + timedelta(days=40)
    rename_event(store, "いま", now=later)
    backups.make_backup(store, now=later)
    many = len(backup.generations(place))
    right = shutil.copyfile

    def full(source, target, **more):
        if len(backup.generations(place)) >= many:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return right(source, target, **more)

    monkeypatch.setattr(shutil, "copyfile", full)

    assert asked(store, later).get("made")
    folder_opening.close_folder(store, now=later)


@pytest.mark.nightly
def test_what_a_killed_copy_left_behind_goes_at_the_next(folder, place):
    store = decided(folder, place)
    backups.make_backup(store, now=NOW)
    newest = backup.generations(folder / "backups")[0]
    half = place / f"{newest.path.name}.0a0b0c0d.unfinished"
    shutil.copytree(newest.path, half)
    stray = file_store.path_of(place, "ab" * 32).with_name("x.0a0b0c0d.unfinished")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"half")
    under_way = place / "another.0a0b0c0d.unfinished"
    under_way.write_bytes(b"being written")
    for one in (half, stray):
        os.utime(one, (one.stat().st_mtime - 7200,) * 2)

    assert asked(store).get("made")

    assert not half.exists()
    assert not stray.exists()
    assert under_way.exists(), "somebody may still write it"
    folder_opening.close_folder(store, now=NOW)


@pytest.mark.parametrize(
    ("number", "said"),
    some(
        [
            (errno.EROFS, "2つ目の場所に書き込めません"),
            (errno.EACCES, "2つ目の場所に書き込めません"),
            (errno.ENOENT, "2つ目の場所とのつながりが切れました"),
            (errno.EIO, "2つ目の場所とのつながりが切れました"),
            (errno.ENOSPC, "2つ目の場所の空きが足りません"),
            (errno.EINVAL, "2つ目の場所に写せませんでした"),
        ],
        of=2,
    ),
)
def test_what_is_wrong_is_said_of_the_second_place_and_never_of_the_data(folder, place, monkeypatch, number, said):
    store = decided(folder, place)
    backups.make_backup(store, now=NOW)

    def fails(*_given, **_more):
        # In a folder that takes no file: "access denied" in one that does is on Windows what another program holds.
        raise OSError(number, "no", str(place / "none" / "desk.db"))

    monkeypatch.setattr(shutil, "copyfile", fails)
    problem = asked(store)["problem"]

    assert said in problem
    assert not [
        word for word in ("データフォルダー", "新しく始める", "閲覧専用", "同じ操作", "Excel") if word in problem
    ]
    folder_opening.close_folder(store, now=NOW)


def test_a_child_that_could_not_go_on_is_no_matter_of_time(folder, place, monkeypatch):
    store = decided(folder, place)
    wanted = second_folder.copy_target(store)
    monkeypatch.setattr(second_folder, "ask_child", lambda *_given, **_more: ({"refused": "memory"}, b""))

    problem = second_folder.copy_to_second_folder(wanted, now=NOW).problem

    assert "時間内" not in problem
    assert "2つ目の場所に写せませんでした" in problem
    folder_opening.close_folder(store, now=NOW)


def test_a_copy_that_the_system_let_nothing_begin_is_said_and_the_program_closes_all_the_same(
    folder, place, monkeypatch
):
    store = decided(folder, place)
    wanted = second_folder.copy_target(store)
    folder_opening.close_folder(store, now=NOW)
    refuse_starts(monkeypatch, times=2)

    said = second_folder.copy_at_closing(wanted, now=NOW)

    assert len(said) == 1
    assert "2つ目の場所に写せませんでした" in said[0]
    assert "データフォルダーのバックアップは作ってあります。" in said[0]
    assert second_folder.copy_at_closing(wanted, now=NOW) == ()


@pytest.mark.nightly
def test_whatever_lies_there_becomes_words_and_no_silence(folder, place, monkeypatch):
    store = decided(folder, place)

    def fails(*_given, **_more):
        raise ValueError("みほん")

    monkeypatch.setattr(at_place.erasing_lists, "copy_lists", fails)

    problem = asked(store)["problem"]

    assert "2つ目の場所に写せませんでした" in problem
    assert "みほん" not in problem
    monkeypatch.undo()
    folder_opening.close_folder(store, now=NOW)


def test_a_backup_made_elsewhere_is_put_into_no_second_place_of_another_office(folder, place):
    """There its generations would grow old by the other's rule, among the other's."""
    at_place.mark_folder(place, "f" * 32)
    store = opened(folder)

    with pytest.raises(UserError, match="ほかのデータ"):
        backups.make_backup(store, now=NOW, to=place)

    assert [path.name for path in place.iterdir()] == [at_place.OWNER_NAME]
    second_folder.set_second_folder(ActionContext(store, **WHO), folder=place.with_name("own"))
    assert backups.make_backup(store, now=NOW, to=place.with_name("own")).path.is_dir()
    folder_opening.close_folder(store, now=NOW)
