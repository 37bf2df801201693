"""Where things live: beside the program when that folder can be written to, otherwise with the person."""

import os
import pwd
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import platformdirs
import pytest

from app.common import file_locations
from app.common.file_locations import RecentFiles as Found
from app.common.file_locations import recent_files
from build_spec.commit import Commit
from build_spec.edition import FILE, words
from tests.support.saved_files import save_at
from tests.window.conftest import NOW


@pytest.fixture
def copied_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaged program in a folder that was copied somewhere, and no home named by hand."""
    monkeypatch.delenv(file_locations.HOME_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "dejikatsu-desk"))
    return tmp_path


def test_the_resources_stand_beside_the_packages_in_a_checkout(project_folder: Path):
    assert file_locations.resources_folder() == project_folder / "resources"


def test_the_packaged_program_finds_its_resources_where_it_was_unpacked(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert file_locations.resources_folder() == tmp_path / "resources"


def test_the_packaged_program_knows_what_it_was_made_from(tmp_path: Path, monkeypatch):
    assert file_locations.version_lines() == ()

    said = words("0.1.0", Commit("a" * 40, 1_700_000_000, changed=False), "Python　3.11.9\n")
    (tmp_path / FILE).write_bytes(said.encode("utf-8-sig"))
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    first, commit, _system, python = file_locations.version_lines()
    assert (first, python) == ("デジ活デスク 0.1.0", "Python　3.11.9")
    assert "a" * 40 in commit


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_whom_to_ask_is_what_the_ward_wrote_beside_the_program(copied_program: Path, encoding):
    assert file_locations.contact_lines() == ()

    said = "情報システム課　内線 1234\r\n\r\n" + "".join(f"{number}行目\n" for number in range(2, 9))
    (copied_program / "知らせ先.txt").write_bytes(said.encode(encoding))
    assert file_locations.contact_lines() == ("情報システム課　内線 1234", "2行目", "3行目", "4行目", "5行目")


def test_a_copied_program_keeps_everything_beside_itself(copied_program: Path):
    assert file_locations.default_data_folder() == copied_program / "data"
    assert file_locations.settings_file().parent == copied_program / "settings"
    assert file_locations.log_file().parent == copied_program / "logs"


def test_what_is_saved_outside_the_data_is_offered_to_the_persons_own_documents(
    copied_program: Path, tmp_path, monkeypatch
):
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "本人" / "Documents")

    assert file_locations.exports_folder() == tmp_path / "本人" / "Documents" / "デジ活デスク"
    assert file_locations.former_exports_folder() == copied_program / "exports"
    assert sorted(path.name for path in copied_program.iterdir()) == []


def test_an_account_whose_documents_nobody_knows_is_offered_its_home(copied_program: Path, monkeypatch):
    monkeypatch.setattr(platformdirs, "user_documents_path", Path)

    assert file_locations.exports_folder() == Path.home() / "デジ活デスク"


def test_a_home_named_by_hand_on_a_share_is_not_where_papers_go(share: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "Documents")
    monkeypatch.setenv(file_locations.HOME_VARIABLE, str(share / "desk"))

    assert file_locations.exports_folder() == tmp_path / "Documents" / "デジ活デスク"
    assert file_locations.former_exports_folder() == share / "desk" / "exports"
    monkeypatch.setenv(file_locations.HOME_VARIABLE, str(tmp_path / "own"))
    assert file_locations.exports_folder() == tmp_path / "own" / "exports"
    assert file_locations.former_exports_folder() is None


def test_two_people_at_one_shared_folder_do_not_share_settings_or_log(copied_program: Path, monkeypatch):
    seen = set()
    monkeypatch.setenv("USERNAME", "both")
    accounts = pwd.getpwall()[:2]
    for person in accounts:
        monkeypatch.setattr(os, "getuid", lambda person=person: person.pw_uid)
        seen |= {file_locations.settings_file(), file_locations.log_file()}

    assert {path.stem for path in seen} == {person.pw_name for person in accounts}
    assert len(seen) == 4


def test_a_login_that_windows_takes_for_a_device_still_has_its_settings(copied_program: Path, monkeypatch):
    monkeypatch.setattr(pwd, "getpwuid", lambda _number: pwd.struct_passwd(("aux", "", 0, 0, "", "", "")))

    assert file_locations.settings_file() == copied_program / "settings" / "aux_.ini"
    assert file_locations.log_file() == copied_program / "logs" / "aux_.log"


def test_an_account_without_a_name_still_has_its_settings(copied_program: Path, monkeypatch):
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)

    assert file_locations.settings_file() == copied_program / "settings" / "staff.ini"


def test_a_program_reached_by_a_mapped_drive_keeps_to_that_drive(copied_program: Path, tmp_path: Path, monkeypatch):
    server = tmp_path / "server"
    server.mkdir()
    (tmp_path / "Z").symlink_to(server)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Z" / "dejikatsu-desk"))

    assert file_locations.default_data_folder() == tmp_path / "Z" / "data"


def test_a_program_in_a_protected_folder_keeps_to_the_folders_of_the_person(copied_program: Path, monkeypatch):
    gone = copied_program / "protected"
    monkeypatch.setattr(sys, "executable", str(gone / "dejikatsu-desk"))
    with pytest.raises(OSError, match="protected"):  # nothing can be written there, whoever asks
        (gone / "probe").touch()

    assert file_locations.portable_folder() is None
    assert copied_program not in file_locations.default_data_folder().parents
    assert copied_program not in file_locations.settings_file().parents


def test_a_checkout_is_never_filled_with_data(project_folder: Path, monkeypatch):
    monkeypatch.delenv(file_locations.HOME_VARIABLE, raising=False)

    assert project_folder not in file_locations.default_data_folder().parents


def test_a_home_named_by_hand_comes_before_everything(copied_program: Path, desk_home: Path):
    assert file_locations.default_data_folder() == desk_home / "data"


def test_only_whole_files_of_the_kind_and_of_the_last_week_are_found_the_newest_first(downloads, tmp_path, monkeypatch):
    desktop = tmp_path / "デスクトップ"
    desktop.mkdir()
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(desktop))
    for name, ago in (("先週.pdf", 6 * 24), ("今朝.PDF", 2), ("古い.pdf", 8 * 24), ("表.xlsx", 1), (".隠し.pdf", 1)):
        save_at(downloads / name, b"x", NOW - timedelta(hours=ago))
    save_at(downloads / "~$今朝.pdf", b"x", NOW)
    save_at(downloads / "途中.pdf", b"", NOW)
    save_at(desktop / "机の上.pdf", b"x", NOW - timedelta(hours=1))
    (downloads / "フォルダー.pdf").mkdir()

    found = recent_files((".pdf",), now=NOW).files

    assert [(one.path.name, one.folder_name) for one in found] == [
        ("机の上.pdf", "デスクトップ"), ("今朝.PDF", "ダウンロード"), ("先週.pdf", "ダウンロード"),
    ]  # fmt: skip
    assert found[1].saved_at == NOW - timedelta(hours=2)


def test_a_folder_that_is_not_there_offers_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "なし"))
    assert recent_files((".pdf",), now=NOW) == Found()


def test_one_entry_that_cannot_be_looked_at_hides_no_other_and_keeps_from_proposing(monkeypatch, downloads):
    save_at(downloads / "資料.pdf", b"1", NOW)
    save_at(downloads / "固い.pdf", b"2", NOW)
    real = os.scandir

    class Hard:
        """An entry of a server that does not tell about this one file."""

        def __init__(self, entry):
            self._entry = entry

        def __getattr__(self, asked):
            return getattr(self._entry, asked)

        def stat(self, *, follow_symlinks=True):
            raise PermissionError(self._entry.name)

    @contextmanager
    def scandir(folder):
        with real(folder) as entries:
            yield iter([Hard(one) if one.name == "固い.pdf" else one for one in entries])

    monkeypatch.setattr(file_locations.os, "scandir", scandir)
    found = recent_files((".pdf",), now=NOW)
    assert [one.path.name for one in found.files] == ["資料.pdf"]
    assert not found.is_complete
