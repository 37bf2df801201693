"""Detect folders that a service synchronises to other PCs, to warn before data are written there.

Two people who write there lose each other's changes.
"""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path, PurePath

from db.files import filesystem

OFFLINE = "オフライン ファイル"
UNKNOWN_SERVICE = "クラウドの同期"

_NAMES = (
    ("OneDrive", re.compile(r"onedrive($|[ -].*)|.*のonedrive")),
    ("Dropbox", re.compile(r"dropbox($|[ -].*)|.*のdropbox|.* dropbox")),
    ("Google ドライブ", re.compile(r"google ?drive($|[ -].*)|google ?ドライブ|my drive|マイ ?ドライブ")),
    ("iCloud Drive", re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents")),
    ("Nextcloud", re.compile(r"nextcloud\d*")),
    ("ownCloud", re.compile(r"owncloud\d*")),
    ("Box", re.compile(r"box sync|box drive|box-box")),
    (UNKNOWN_SERVICE, re.compile(r"cloudstorage|synology ?drive.*|seafile|pcloud ?drive|proton ?drive|mega ?sync.*")),
)
_BOX = re.compile(r"box", re.IGNORECASE)
_HOMES = frozenset({"users", "home"})
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MARKS = (
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B"),
    ("Dropbox", ".dropbox.cache"),
    ("Dropbox", ".dropbox"),
    ("Google ドライブ", ".tmp.drivedownload"),
    ("Google ドライブ", ".tmp.driveupload"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("ownCloud", ".owncloudsync.log"),
    (UNKNOWN_SERVICE, ".SynologyWorkingDirectory"),
    (UNKNOWN_SERVICE, ".stfolder"),
    (UNKNOWN_SERVICE, ".sync/ID"),
    (UNKNOWN_SERVICE, ".seafile-data"),
)
_ROOTS = ("マイドライブ", "My Drive")
"""What Google ドライブ shows at the root of its drive, without 「共有ドライブ」, which servers may have too."""
_LIST = re.compile(r"\._?sync_[0-9a-f]{12}\.db(-\w+)?")
_MAX_ENTRIES = 500
_OFFLINE = 0x1000  # FILE_ATTRIBUTE_OFFLINE
_RECALLED = 0x400000 | 0x40000 | 0x80000 | 0x100000  # …_RECALL_ON_DATA_ACCESS, …_ON_OPEN, …_PINNED, …_UNPINNED
_CLOUD_TAG, _CLOUD_MASK = 0x9000001A, 0xFFFF0FFF


def synchronised_by(folder: Path) -> str:
    """Return the name of the service that synchronises ``folder`` to other PCs, or "" when none is found.

    Found by names in the path, by OneDrive's environment variables, by files that such services leave, and on
    Windows by the attributes of cloud and offline files. Nothing is written. A folder of Offline Files while
    the server answers looks like any other: Windows tells that only to programs that ask its own service.
    """
    named = filesystem.absolute(folder)
    # A link (on Windows also a junction or a mapped drive) may lead into such a folder.
    for way in dict.fromkeys((named, filesystem.resolve_path(named))):
        found = service_by_name(way)
        if found:
            return found
        for place in (way, *way.parents):
            found = _by_marker_files(place) or _by_attributes(place)
            if found:
                return found
    return ""


def service_by_name(folder: PurePath) -> str:
    """Return the service by names in the path alone, without looking at the disk; "" = none found."""
    given = [type(folder)(given) for name in _VARIABLES if (given := os.environ.get(name))]
    if any(map(folder.is_relative_to, given)):
        return "OneDrive"
    parts = [part.casefold() for part in folder.parts]
    for place, part in enumerate(parts):
        for service, pattern in _NAMES:
            if pattern.fullmatch(part):
                return service
        # 「Box」 is also a word: only directly in somebody's own folder.
        if _BOX.fullmatch(part) and place >= 2 and parts[place - 2] in _HOMES:
            return "Box"
    return ""


def cloud_service_of(attributes: int, tag: int) -> str:
    """Return what attributes and reparse tag of a Windows folder show: synced by an unknown service, offline, or ""."""
    if tag & _CLOUD_MASK == _CLOUD_TAG or attributes & _RECALLED:
        return UNKNOWN_SERVICE
    return OFFLINE if attributes & _OFFLINE else ""


def _by_marker_files(folder: Path) -> str:
    """Return which service synchronises a folder, by files that such services leave; "" = none found."""
    for service, mark in _MARKS:
        if os.path.lexists(folder / mark):
            return service
    try:
        if folder.parent == folder and any((folder / root).is_dir() for root in _ROOTS):
            return "Google ドライブ"
        with os.scandir(folder) as found:
            # Nextcloud and ownCloud keep their list of files beside them.
            if any(_LIST.fullmatch(one.name) for one in islice(found, _MAX_ENTRIES)):
                return "Nextcloud"
    except OSError:
        pass
    return ""


def _by_attributes(folder: Path) -> str:
    """Return which service synchronises a folder, by its Windows attributes; "" = none found."""
    try:
        status = folder.lstat()
    except OSError:
        return ""
    if filesystem.is_link(status):
        return ""
    return cloud_service_of(getattr(status, "st_file_attributes", 0), getattr(status, "st_reparse_tag", 0))


def sync_warning(folder: Path) -> tuple[str, ...]:
    """Return the one sentence that warns before a command makes data in ``folder``; () where nothing syncs it."""
    service = synchronised_by(folder)
    return (synced_data_message(service).replace("*", ""),) if service else ()


def synced_data_message(service: str) -> str:
    """Return the message about a data folder that a service synchronises, with ** around its first sentence."""
    return (
        f"**この場所は各PCに複製されています（{service}）。** "
        "二人で使うと変更が失われます。情報システム担当者にご相談ください。"
    )


def synced_documents_message(service: str) -> str:
    """Return the message about a folder for documents that a service synchronises to other PCs."""
    return f"この保存先は、ほかのPCやクラウドにも複製されます（{service}）。"
