"""Folders that a service copies to other PCs are noticed by name, by the service's own files, and by attributes."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from db.files import synced_folders

PERSON = PureWindowsPath("C:/", "Users", "tanaka")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        (r"~\OneDrive\ドキュメント", "OneDrive"),
        (r"~\OneDrive - 練馬区\デスクトップ\desk", "OneDrive"),
        (r"~\ONEDRIVE - Nerima\x", "OneDrive"),
        (r"~\Dropbox (個人)\desk", "Dropbox"),
        (r"~\見本 Dropbox\desk", "Dropbox"),
        (r"G:\マイドライブ\係", "Google ドライブ"),
        (r"~\Google ドライブ\係", "Google ドライブ"),
        (r"~\iCloudDrive\係", "iCloud Drive"),
        (r"~\Nextcloud\係", "Nextcloud"),
        (r"~\Box\係", "Box"),
        (r"D:\SynologyDrive\係", synced_folders.UNKNOWN_SERVICE),
        (r"P:\pCloud Drive\係", synced_folders.UNKNOWN_SERVICE),
        (r"~\Documents\係", ""),
        (r"\\fs01\kyodo\共有ドライブ\係", ""),
        (r"\\fs01\kyodo\box\係", ""),
        (r"C:\OneDriveではない場所\係", ""),
    ],
)
def test_known_names_on_the_way_tell(folder, service):
    assert synced_folders.service_by_name(PureWindowsPath(folder.replace("~", str(PERSON)))) == service


def test_a_onedrive_of_another_name_is_told_by_the_environment(monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", r"D:\個人用\雲")

    assert synced_folders.service_by_name(PureWindowsPath(r"d:\個人用\雲\係")) == "OneDrive"
    assert synced_folders.service_by_name(PureWindowsPath(r"D:\個人用\雲の上")) == ""
    assert synced_folders.service_by_name(PurePosixPath("/srv/CloudStorage/x")) != ""


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropbox.cache", "Dropbox"),
        (".tmp.driveupload", "Google ドライブ"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".sync_0a1b2c3d4e5f.db-wal", "Nextcloud"),
        (".stfolder", synced_folders.UNKNOWN_SERVICE),
        (".seafile-data", synced_folders.UNKNOWN_SERVICE),
        (".SynologyWorkingDirectory", synced_folders.UNKNOWN_SERVICE),
    ],
)
def test_a_renamed_folder_is_told_by_what_the_service_leaves_in_it(tmp_path, mark, service):
    inner = tmp_path / "雲" / "係" / "まだない"
    assert synced_folders.synchronised_by(inner) == ""
    (tmp_path / "雲").mkdir()
    (tmp_path / "雲" / mark).touch()

    assert synced_folders.synchronised_by(inner) == service
    assert [path.name for path in (tmp_path / "雲").iterdir()] == [mark]


def test_a_link_into_such_a_folder_is_followed(tmp_path):
    (tmp_path / "OneDrive - みほん区" / "係").mkdir(parents=True)
    (tmp_path / "係").symlink_to(tmp_path / "OneDrive - みほん区" / "係")

    assert synced_folders.synchronised_by(tmp_path / "係" / "data") == "OneDrive"


def test_windows_says_it_with_attributes_too():
    assert synced_folders.cloud_service_of(0x400010, 0) == synced_folders.UNKNOWN_SERVICE
    assert synced_folders.cloud_service_of(0x80010, 0) == synced_folders.UNKNOWN_SERVICE
    assert synced_folders.cloud_service_of(0x10, 0x9000601A) == synced_folders.UNKNOWN_SERVICE
    assert synced_folders.cloud_service_of(0x10, 0x9000001A) == synced_folders.UNKNOWN_SERVICE
    assert synced_folders.cloud_service_of(0x1010, 0) == synced_folders.OFFLINE
    assert synced_folders.cloud_service_of(0x10, 0xA0000003) == ""
    assert synced_folders.cloud_service_of(0x10, 0) == ""
