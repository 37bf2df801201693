"""The files themselves: addresses, names that change hands, trees with links in them, new folders, who is at the PC."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from io import FileIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2

from db.files import filesystem
from tests.support.windows_errors import windows_error


@pytest.fixture
def pauses(monkeypatch):
    """The pauses asked for, which take no time."""
    asked: list[float] = []
    monkeypatch.setattr(filesystem.time, "sleep", asked.append)
    return asked


class HeldPath(type(Path())):  # type: ignore[misc]
    """A path whose file another program lets go of after so many tries."""

    def held(self, tries: int, number: int = 32) -> HeldPath:
        self.tries, self.number = tries, number
        return self

    def _busy(self) -> None:
        if self.tries:
            self.tries -= 1
            raise windows_error(self.number, self)

    def replace(self, target):
        self._busy()
        return super().replace(target)

    def rename(self, target):
        self._busy()
        return super().rename(target)

    def unlink(self, missing_ok=False):
        self._busy()
        super().unlink(missing_ok)

    def rmdir(self):
        self._busy()
        super().rmdir()

    def lstat(self):
        self._busy()
        return super().lstat()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath(r"C:\desk\desk.db"), "file:///C:/desk/desk.db"),
        (PureWindowsPath(r"Z:\共有 #1\100%?\desk.db"), "file:///Z:/%E5%85%B1%E6%9C%89%20%231/100%25%3F/desk.db"),
        (PureWindowsPath(r"\\fs01\kyodo\desk.db"), "file:////fs01/kyodo/desk.db"),
        (PureWindowsPath(r"\\fs01\kyodo$\課\desk.db"), "file:////fs01/kyodo%24/%E8%AA%B2/desk.db"),
        (PureWindowsPath("\\\\?\\C:\\a b\\desk.db"), "file:///%5C%5C%3F%5CC%3A%5Ca%20b%5Cdesk.db"),
        (PureWindowsPath("\\\\?\\UNC\\fs01\\kyodo\\desk.db"), "file:///%5C%5C%3F%5CUNC%5Cfs01%5Ckyodo%5Cdesk.db"),
        (PurePosixPath("/srv/町 #1?/desk.db"), "file:///srv/%E7%94%BA%20%231%3F/desk.db"),
    ],
)
def test_a_file_on_a_drive_a_share_or_a_long_path_has_an_address_without_a_server_in_it(path, address):
    assert filesystem.database_uri(path, mode="rw") == f"{address}?mode=rw"


def test_the_engine_refuses_the_address_of_a_share_that_the_library_makes_and_takes_ours(tmp_path):
    (tmp_path / "kyodo").mkdir()
    share = PureWindowsPath("//fs01/kyodo/desk.db")
    with pytest.raises(dbapi2.OperationalError, match="invalid uri authority"):
        dbapi2.connect(share.as_uri(), uri=True)

    # The same form with a place that exists here: two slashes before the first name, no authority.
    ours = filesystem.database_uri(PurePosixPath(f"/{tmp_path}/kyodo/desk.db"), mode="rwc")
    dbapi2.connect(ours, uri=True).execute("create table seen (x)").connection.close()

    assert ours.startswith("file:////")
    assert (tmp_path / "kyodo" / "desk.db").stat().st_size > 0


@pytest.mark.parametrize("name", ["町会 #1?.db", "100%41.db", "a&mode=ro.db", "二つ;の'名前.db"])
def test_whatever_the_file_is_called_the_engine_opens_that_file_and_no_other(tmp_path, name):
    where = filesystem.database_uri(tmp_path / name, mode="rwc")
    dbapi2.connect(where, uri=True).execute("create table seen (x)").connection.close()

    assert [path.name for path in tmp_path.iterdir()] == [name]
    with pytest.raises(dbapi2.OperationalError):
        dbapi2.connect(filesystem.database_uri(tmp_path / name, mode="ro", immutable=True), uri=True).execute(
            "create table more (x)"
        )


def test_a_volume_by_its_number_has_an_address_like_every_path_of_the_long_form():
    volume = PureWindowsPath(r"\\?\Volume{1b3b1146-4076-11e1-84aa-806e6f6e6963}\係\desk.db")

    # To the library it is absolute from Python 3.12 on.
    assert filesystem.database_uri(volume, mode="ro").startswith("file:///%5C%5C%3F%5CVolume%7B1b3b1146")


def test_a_path_without_a_root_has_no_address():
    with pytest.raises(ValueError, match="desk"):
        filesystem.database_uri(PurePosixPath("desk.db"), mode="rw")


def test_a_place_is_made_absolute_without_following_a_link(tmp_path, monkeypatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "drive").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)

    assert filesystem.absolute(Path("drive/x/../data")) == tmp_path / "drive" / "data"


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_is_held_for_a_moment_gets_its_name_a_little_later(tmp_path, number, pauses):
    source = HeldPath(tmp_path / "new").held(0)
    source.write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    filesystem.replace(source.held(3, number), tmp_path / "old")

    assert (tmp_path / "old").read_bytes() == b"new"
    assert (pauses, len(pauses)) == (sorted(pauses), 3)


def test_a_file_that_stays_held_is_given_up_within_two_seconds(tmp_path, pauses):
    source = HeldPath(tmp_path / "new").held(0)
    source.write_bytes(b"new")
    with pytest.raises(PermissionError):
        filesystem.replace(source.held(1000), tmp_path / "old")

    assert 1 < sum(pauses) < 2
    assert source.read_bytes() == b"new"


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no right"), windows_error(19), OSError(28, "full")])
def test_what_does_not_pass_by_itself_is_said_at_once(error, pauses):
    def refused() -> None:
        raise error

    with pytest.raises(OSError, match=r"."):
        filesystem.retry_while_in_use(refused)
    assert pauses == []


def test_removing_and_renaming_wait_for_who_holds_the_file(tmp_path, pauses):
    (tmp_path / "file").write_bytes(b"1")
    (tmp_path / "empty").mkdir()
    (tmp_path / "from").write_bytes(b"2")

    filesystem.remove(HeldPath(tmp_path / "file").held(1))
    filesystem.remove_empty_folder(HeldPath(tmp_path / "empty").held(1))
    filesystem.rename(HeldPath(tmp_path / "from").held(1), tmp_path / "to")

    assert [path.name for path in tmp_path.iterdir()] == ["to"]
    assert len(pauses) == 3


def test_a_file_that_is_gone_already_is_only_told_when_asked_for(tmp_path):
    filesystem.remove(tmp_path / "none", missing_ok=True)
    with pytest.raises(FileNotFoundError):
        filesystem.remove(tmp_path / "none")


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("nowhere")])
def test_renaming_takes_no_name_that_somebody_has(tmp_path, make):
    source, folder = tmp_path / "source", tmp_path / "folder"
    source.write_bytes(b"mine")
    folder.mkdir()
    make(tmp_path / "taken")

    with pytest.raises(FileExistsError):
        filesystem.rename(source, tmp_path / "taken")
    with pytest.raises(FileExistsError):
        filesystem.rename(folder, tmp_path / "taken")

    assert source.read_bytes() == b"mine"
    assert folder.is_dir()


def test_a_tree_goes_and_what_its_links_lead_to_stays(tmp_path):
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "kept").write_bytes(b"kept")
    tree = tmp_path / "tree"
    (tree / "a" / "b").mkdir(parents=True)
    (tree / "a" / "b" / "file").write_bytes(b"1")
    (tree / "a" / "folder").symlink_to(outside, target_is_directory=True)
    (tree / "file").symlink_to(outside / "deep" / "kept")

    filesystem.remove_tree(tree)
    (tmp_path / "way").symlink_to(outside, target_is_directory=True)
    filesystem.remove_tree(tmp_path / "way")

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "kept", "outside"]


def test_a_junction_counts_as_a_link_and_a_folder_of_the_cloud_does_not():
    folder = 0o040777
    assert filesystem.is_link(SimpleNamespace(st_mode=folder, st_reparse_tag=0xA0000003))
    assert filesystem.is_link(SimpleNamespace(st_mode=folder, st_reparse_tag=0xA000000C))
    assert not filesystem.is_link(SimpleNamespace(st_mode=folder, st_reparse_tag=0x9000601A))
    assert not filesystem.is_link(SimpleNamespace(st_mode=folder))


def test_what_is_held_in_a_tree_is_tried_again_and_what_stays_held_keeps_only_itself(tmp_path, monkeypatch, pauses):
    unlink = os.unlink
    left = {"a": 2, "c": 1000}

    def held(path, **place):
        name = os.path.basename(path)  # noqa: PTH119
        if left.get(name, 0):
            left[name] -= 1
            raise windows_error(32, path)
        unlink(path, **place)

    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    for name in ("a", "b", "sub/d"):
        (tree / name).write_bytes(b"1")
    monkeypatch.setattr(os, "unlink", held)
    filesystem.remove_tree(tree)
    assert not tree.exists()
    assert len(pauses) == 1

    tree.mkdir()
    for name in ("a", "b", "c"):
        (tree / name).write_bytes(b"1")
    with pytest.raises(PermissionError):
        filesystem.remove_tree(tree)
    assert [path.name for path in tree.iterdir()] == ["c"]


def test_a_new_file_is_written_whole_and_never_over_another(tmp_path):
    filesystem.create_exclusive(tmp_path / "note", b"\r\n\x1a first", rights=0o600)
    with pytest.raises(FileExistsError):
        filesystem.create_exclusive(tmp_path / "note", b"second")

    assert (tmp_path / "note").read_bytes() == b"\r\n\x1a first"
    assert (tmp_path / "note").stat().st_mode & 0o077 == 0


def test_a_new_file_that_finds_no_room_leaves_nothing_behind(tmp_path):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            filesystem.create_exclusive(tmp_path / "note", b"x" * (3 << 20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


def test_every_new_folder_is_synced_in_the_one_above_it(tmp_path, monkeypatch):
    synced = []
    fsync = os.fsync

    def seen(handle):
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))  # noqa: PTH115
        fsync(handle)

    monkeypatch.setattr(os, "fsync", seen)
    filesystem.make_folders(tmp_path / "a" / "b" / "c")
    filesystem.make_folders(tmp_path / "a" / "b" / "c")

    assert (tmp_path / "a" / "b" / "c").is_dir()
    assert synced == [str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b")]
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        filesystem.make_folders(tmp_path / "file" / "under")


def test_a_folder_that_takes_files_is_told_by_one_try(tmp_path, monkeypatch):
    tries = []
    real = os.open

    def refusing(path, flags, *mode):
        tries.append(path)
        raise windows_error(5, path)

    assert filesystem.can_write_in(tmp_path)
    assert not filesystem.can_write_in(tmp_path / "none")
    assert not list(tmp_path.iterdir())

    monkeypatch.setattr(os, "open", refusing)
    assert not filesystem.can_write_in(tmp_path)
    monkeypatch.setattr(os, "open", real)
    assert len(tries) == 1


def test_the_login_is_known_without_the_environment(project_folder):
    asked = "from db.files import filesystem; print(filesystem.user_name())"
    plain = subprocess.run(
        [sys.executable, "-c", asked], cwd=project_folder, env={}, check=True, capture_output=True, text=True
    )
    lied = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=project_folder,
        env={"USER": "x", "LOGNAME": "x", "USERNAME": "x"},
        check=True,
        capture_output=True,
        text=True,
    )

    assert plain.stdout == lied.stdout == f"{filesystem.user_name()}\n"
    assert plain.stdout.strip()


def test_an_account_without_a_name_is_no_fault(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)

    assert filesystem.user_name() == ""


def test_held_by_another_is_told_from_write_protected(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "protected").touch(mode=0o444)
    crt = PermissionError(errno.EACCES, "refused", str(tmp_path / "file"))  # Python's own open names no number

    assert filesystem.is_in_use(windows_error(32))
    assert filesystem.is_in_use(BlockingIOError(errno.EAGAIN, "busy"))
    assert filesystem.is_in_use(windows_error(5, tmp_path / "file"))
    assert filesystem.is_in_use(crt, windows=True)
    assert not filesystem.is_in_use(crt, windows=False)
    assert not filesystem.is_in_use(windows_error(5, tmp_path / "protected"))
    assert not filesystem.is_in_use(windows_error(5, tmp_path / "none" / "file"))
    assert not filesystem.is_in_use(windows_error(5))
    assert not filesystem.is_in_use(OSError(errno.ENOSPC, "full"))


def test_a_share_that_is_gone_is_told_from_a_file_that_is_not_there(tmp_path):
    assert filesystem.is_connection_lost(windows_error(53))
    assert filesystem.is_connection_lost(OSError(errno.ESTALE, "stale"))
    assert not filesystem.is_connection_lost(FileNotFoundError(errno.ENOENT, "none"))
    assert not filesystem.is_connection_lost(windows_error(32))


def test_one_program_alone_takes_a_file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"1")
    with FileIO(path, "r+b") as first, FileIO(path, "r+b") as second:
        assert filesystem.lock_exclusively(first) is True
        assert filesystem.lock_exclusively(second) is False
    with FileIO(path, "r+b") as third:
        assert filesystem.lock_exclusively(third) is True
    with FileIO(os.open(os.devnull, os.O_PATH)) as medium:  # nothing that could be locked
        assert filesystem.lock_exclusively(medium) is None


def test_a_place_lies_within_another_whatever_link_leads_there(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "data")

    assert filesystem.lies_within(tmp_path / "way" / "key", tmp_path / "data")
    assert filesystem.lies_within(tmp_path / "data", tmp_path / "way")
    assert not filesystem.lies_within(tmp_path / "data2", tmp_path / "data")


def test_a_folder_for_a_while_is_gone_afterwards_also_after_a_fault(tmp_path):
    with (
        pytest.raises((IsADirectoryError, PermissionError)),
        filesystem.temporary_subfolder(tmp_path / "out") as folder,
    ):
        folder.write_bytes(b"")
    assert list((tmp_path / "out").iterdir()) == []


MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:50 / /mnt/server rw - cifs //server/share rw,vers=3.1.1
41 22 0:51 / /mnt/two\\040words rw master:2 - nfs4 server:/x rw
42 40 8:17 / /mnt/server/stick rw shared:9 - vfat /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/mnt/server/係/papers", "cifs"),
        ("/mnt/server", "cifs"),
        ("/mnt/server2", "ext4"),
        ("/mnt/server/stick/key", "vfat"),
        ("/mnt/two words/data", "nfs4"),
    ],
)
def test_the_nearest_mount_says_what_a_place_lies_on(place, kind):
    assert filesystem.mount_type(MOUNTS, PurePosixPath(place)) == kind


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\server\share\係", True),
        ("//server/share/係", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\unc\server\share", True),
        (r"\\?\C:\desk", False),
        (r"\\.\C:\desk", False),
        (r"C:\desk", False),
        (r"C:\desk\server", False),
    ],
)
def test_a_windows_path_that_names_a_server_is_known_by_its_name(path, share):
    assert filesystem.is_share_path(path) is share


@pytest.mark.skipif(sys.platform != "linux", reason="another system keeps no such list")
def test_a_place_is_on_a_share_when_the_system_says_so_of_its_disk(tmp_path, monkeypatch):
    kind = filesystem.mount_type(Path("/proc/self/mountinfo").read_text(encoding="utf-8"), tmp_path)

    assert kind
    assert not filesystem.is_on_share(tmp_path)
    monkeypatch.setattr(filesystem, "_SHARES", frozenset({kind}))
    assert filesystem.is_on_share(tmp_path / "not there yet")
