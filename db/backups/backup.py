"""Make generations of backups, verify them by opening, and prune them by the retention rule."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import stat
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from db import connection, keyring
from db.backups import copies, erasing_lists
from db.backups.retention import KEEP_MONTHS, MAX_CLOCK_LEAP, plausible_today, select_kept
from db.engine import Database
from db.files import file_copies, file_store, storage_errors
from db.files.atomic_files import (
    PARSE_ERRORS,
    as_local_time,
    as_text,
    as_whole_number,
    atomic_folder,
    discard_folder,
    parse_json_object,
    read_note,
    sha256_of,
    write_atomic,
)
from db.files.file_copies import BACKUPS_FOLDER, FileCopies
from db.files.filesystem import is_link, make_folders, remove, sync_file
from db.keys import Keys
from db.record import frozen
from db.store import DATABASE_NAME
from db.tables import documents

FOLDER_NAME = BACKUPS_FOLDER
MANIFEST_NAME = "manifest.json"
MANIFEST_COPY = "manifest2.json"
QUARANTINE_NAME = "aside.json"
VERIFIED_NAME = "looked.json"
COUNT_CHECK_NAME = "checked.json"
QUARANTINE_DAYS = 30
"""Days that an unusable generation is kept in quarantine, with the stored files that it may name."""
VERIFY_INTERVAL = timedelta(days=15)

_HELD = "held"
_NAME = re.compile(r"(\d{5,12})_\d{4}-\d{2}-\d{2}_\d{6}(_\d{6,}-\d{6,})?")
_MAX_NUMBER_GAP = 1000  # a number further ahead is no unreadable backup of this folder, but a mishap
_MAX_FIRST_NUMBER = 1_000_000  # the same where no manifest can be read at all

Reason = Literal["開いたとき", "閉じたとき", "手動", "形の更新前", "閲覧用の写しから", "復元したとき"]


@frozen
class Generation:
    """One backup.

    Attributes:
        counts_verified: whether its counts were right; None = made without a password, they are verified at the next
            login.
        lock_number: the write lock under which it, or the published copy it was made from, was made.
        key_number: of the data key that encrypts its database.
        parts, files: the SHA-256 of database and keyring, and of the stored files, by name.
        published_at: when the published copy that it was made from was made, None = made from the open database.
        notes: what was repaired or could not be copied while it was made.
    """

    path: Path
    number: int
    created_at: datetime
    reason: Reason
    contents: copies.DatabaseContents
    parts: dict[str, str]
    files: dict[str, str]
    published_at: datetime | None
    counts_verified: bool | None
    lock_number: int = 0
    key_number: int = 1
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the manifest, which names the checksum of every part."""
        whole = _read_manifest(self.path, MANIFEST_NAME) is not None
        return sha256_of(self.path / (MANIFEST_NAME if whole else MANIFEST_COPY))

    @property
    def state(self) -> object:
        """Return what the database holds and the checksum of the keyring, for comparison by the retention rule."""
        return self.contents, self.parts.get(keyring.FILE_NAME)


def make(
    database: Database, keys: Keys, folder: Path, *, target: Path, now: datetime, reason: Reason, lock_number: int = 0
) -> Generation:
    """Make a backup of the open database and its stored files in ``target`` and verify it by opening it.

    Missing lists of erasings are written there first. A stored file that is damaged or cannot be copied
    becomes a note of the generation and does not stop it.

    Args:
        folder: the data folder.
        target: the folder of the generations.
        lock_number: of the write lock that is held.

    Raises:
        StorageProblem: no room, no right, or the copy does not hold what the database holds.
    """
    erasing_lists.write_lists(target, database, keys)
    held = copies.contents(database)
    expected = connection.read_with_retry(database, documents.checksums_of_stored_files, database)

    def fill(beside: Path) -> None:
        """Copy the database into the folder of the new backup and open the copy to check it; raises Damaged."""
        copies.copy_database(database, keys.pages, beside / DATABASE_NAME)
        found = copies.inspect_copy(beside / DATABASE_NAME, keys)
        if found.findings or found != held:
            raise storage_errors.Damaged(
                "backup", happened="作ったバックアップを開いて確かめたところ、内容が合いませんでした。"
            )

    return _create_generation(
        folder,
        target,
        now,
        reason,
        held,
        fill,
        file_copies_of(folder, target, keys, now),
        expected,
        lock_number=lock_number,
        key_number=keys.number,
        published_at=None,
    )


def make_without_password(folder: Path, *, target: Path, now: datetime) -> Generation:
    """Make a backup from the published copy; only checksums are verified, the counts at the next login.

    Raises:
        StorageProblem: nothing was published yet, the copy is damaged, no room, no right.
    """
    source = copies.find_published(folder)
    if target != folder / FOLDER_NAME:
        erasing_lists.copy_lists(folder / FOLDER_NAME, target)

    def fill(beside: Path) -> None:
        """Copy the published copy into the folder of the backup; raises Damaged where its checksum differs."""
        copy = beside / DATABASE_NAME
        shutil.copyfile(source.path, copy)
        sync_file(copy)
        if sha256_of(copy) != source.sha256:
            raise storage_errors.Damaged("published copy")

    return _create_generation(
        folder,
        target,
        now,
        "閲覧用の写しから",
        source.contents,
        fill,
        file_copies_of(folder, target, None, now),
        (),
        lock_number=source.lock_number,
        key_number=source.key_number,
        published_at=source.time,
    )


def file_copies_of(folder: Path, target: Path, keys: Keys | None, now: datetime) -> FileCopies:
    """Return the stored files of a data folder and of its folder of backups, paired for repair."""

    def numbers() -> dict[str, int]:
        """Return the lowest data key number among the generations that name it, by stored file."""
        found: dict[str, int] = {}
        for one in generations(target):
            for name in one.files:
                found[name] = min(one.key_number, found.get(name, one.key_number))
        return found

    return FileCopies(folder, target, keys, now, key_numbers=numbers)


def generations(target: Path, *, any_name: bool = False) -> list[Generation]:
    """Return every generation with a readable manifest that is not in quarantine.

    The order is by write lock number, highest first, then by number; of two with the same number the later one.

    Args:
        any_name: a folder that somebody renamed (「… - コピー」) counts too. Used for a restore, never for pruning.
    """
    found = (read(path) for path in folders(target, any_name=any_name) if not is_quarantined(path))
    return sorted(
        (one for one in found if one), key=lambda one: (one.lock_number, one.number, one.created_at), reverse=True
    )


def folders(target: Path, *, any_name: bool = False) -> list[Path]:
    """Return the folders of the generations in ``target``, also those whose manifest is broken; [] if unreadable.

    With ``any_name`` every folder is returned; its manifest says whether it is a generation.
    """
    try:
        return sorted(
            path for path in target.iterdir() if (is_real_folder(path) if any_name else number_of(path) is not None)
        )
    except OSError:
        return []


def unreadable_folders(target: Path) -> list[Path]:
    """Return the folders of generations whose manifest and its copy are unreadable, without quarantine."""
    return [path for path in folders(target) if not is_quarantined(path) and read(path) is None]


def is_quarantined(path: Path) -> bool:
    """Return whether a generation is in quarantine because it could not be used."""
    try:
        (path / QUARANTINE_NAME).lstat()
    except OSError:
        return False
    return True


@frozen
class QuarantinedGeneration:
    """A generation in quarantine, since when and why."""

    path: Path
    number: int
    since: date
    reason: str

    @property
    def removal_date(self) -> date:
        """Return the first day on which it may be removed."""
        return min(self.since, date.max - timedelta(days=QUARANTINE_DAYS)) + timedelta(days=QUARANTINE_DAYS)


def quarantined_generations(target: Path) -> list[QuarantinedGeneration]:
    """Return the generations in quarantine; an unreadable note counts from the day in the folder's name."""
    found = []
    for path in folders(target):
        if is_quarantined(path):
            plain = read_note(path / QUARANTINE_NAME) or {}
            try:
                since, why = date.fromisoformat(as_text(plain["since"])), as_text(plain["why"])
            except PARSE_ERRORS:
                since, why = _date_in_name(path), "目録が読めません。"
            found.append(QuarantinedGeneration(path, number_of(path) or 0, since, why))
    return found


def _date_in_name(path: Path) -> date:
    try:
        return date.fromisoformat(path.name.split("_")[1])
    except ValueError:
        return date.min


def quarantine(path: Path, *, today: date, reason: str) -> None:
    """Put a generation into quarantine, so that no restore tries it and no rule keeps it; a failure is ignored."""
    with contextlib.suppress(OSError):  # it is found and tried again another day
        note = {"since": today.isoformat(), "why": reason}
        write_atomic(path / QUARANTINE_NAME, json.dumps(note, ensure_ascii=False).encode())


def generations_to_verify(target: Path, *, now: datetime) -> list[Generation]:
    """Return the generations whose parts were not verified within ``VERIFY_INTERVAL``, longest ago first.

    Reads every manifest, so it is too slow to be asked at each heartbeat.
    """
    waiting = [
        (seen, one.number, one)
        for one in generations(target)
        if not timedelta(0) <= now - (seen := max(_verified_at(one.path), one.created_at)) < VERIFY_INTERVAL
    ]
    return [one for *_, one in sorted(waiting, key=lambda each: each[:2])]


def verify_parts(generation: Generation, *, now: datetime) -> str:
    """Compare a generation with its manifest, note the time, and quarantine an unusable one.

    Return a sentence only where it was put into quarantine, else "". Where no other generation is sound it stays:
    what is damaged in part may be all there is. One that was removed meanwhile is no damage.
    """
    if read(generation.path) is None:
        return ""
    held: list[str] = []
    said = generation_findings(generation, unreadable=held)
    if held:
        return ""
    with contextlib.suppress(OSError):
        write_atomic(generation.path / VERIFIED_NAME, json.dumps({"looked": now.isoformat()}).encode())
    others = generations(generation.path.parent)
    if not said or not any(other.number != generation.number and not generation_findings(other) for other in others):
        return ""
    quarantine(generation.path, today=now.date(), reason=said[0])
    ends = now.date() + timedelta(days=QUARANTINE_DAYS)
    return f"{said[0]}ほかの世代は正しいため、これを脇に置きました（{ends.month}月{ends.day}日を過ぎると消します）。"


def _verified_at(path: Path) -> datetime:
    """Return when the parts of a backup were last verified, ``datetime.min`` where they never were."""
    plain = read_note(path / VERIFIED_NAME) or {}
    try:
        return as_local_time(plain["looked"])
    except PARSE_ERRORS:
        return datetime.min  # noqa: DTZ901 - every moment here is a local one


def number_of(path: Path) -> int | None:
    """Return the number in the name of a generation's folder, or None for any other folder."""
    name = _NAME.fullmatch(path.name)
    return int(name.group(1)) if name and is_real_folder(path) else None


def is_real_folder(path: Path) -> bool:
    """Return whether ``path`` is a folder and no link to one."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and not is_link(status)


def read(path: Path) -> Generation | None:
    """Return the generation in a folder, or None when neither its manifest nor the copy can be parsed."""
    return _read_manifest(path, MANIFEST_NAME) or _read_manifest(path, MANIFEST_COPY)


def _read_manifest(path: Path, name: str) -> Generation | None:
    """Return the generation that a manifest describes, None where it is damaged."""
    try:
        one = _parse_manifest((path / name).read_bytes())
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None
    if one is None:
        return None
    return replace(one, path=path, counts_verified=_read_count_check(path) if one.published_at else True)


@lru_cache(maxsize=256)
def _parse_manifest(manifest: bytes) -> Generation | None:
    """Return the generation that a manifest describes, without its folder; None where it is damaged.

    Cached, since one opening asks for each about four times.
    """
    plain = parse_json_object(manifest)
    if plain is None:
        return None
    try:
        return Generation(
            path=Path(),
            number=as_whole_number(plain["generation"]),
            created_at=as_local_time(plain["made"]),
            reason=cast("Reason", as_text(plain["reason"])),  # a newer program may know a further one
            contents=copies.DatabaseContents.from_plain(plain),
            parts={part: as_text(total) for part, total in plain["parts"].items()},
            files={item: as_text(total) for item, total in plain["files"].items() if file_store.is_name(item)},
            published_at=as_local_time(plain["published"]) if plain["published"] else None,
            counts_verified=None,
            lock_number=as_whole_number(plain.get("seat", 0)),
            key_number=as_whole_number(plain.get("key", 1)),
        )
    except PARSE_ERRORS:
        return None


def generation_findings(generation: Generation, *, unreadable: list[str] | None = None) -> list[str]:
    """Return why a generation's database is unreliable, by the checksums of its parts (needs no key).

    Args:
        unreadable: gets the parts that cannot be read now; without it they are findings.
    """
    name = f"バックアップ 第{generation.number}世代"
    said = []
    for part in (DATABASE_NAME, keyring.FILE_NAME):
        try:
            right = sha256_of(generation.path / part) == generation.parts.get(part)
        except PermissionError:
            if unreadable is not None:
                unreadable.append(f"{name}の {part}")
                continue
            right = False
        except OSError:
            right = False
        if not right:
            said.append(f"{name}の {part} が、作ったときと違います。")
    if generation.counts_verified is False:
        said.append(f"{name}は、件数の確認で内容が合いませんでした。")
    return said


def damaged_files(target: Path, to_check: Iterable[Generation]) -> dict[str, list[int]]:
    """Return the stored files that fail their checksum, with the numbers of the generations that name them.

    A sum that the key proved later counts as well: a file mended from the living folder may be encrypted anew.
    """
    proved = {name: one.checksum for name, one in file_copies.load(target).items() if one.checked_at}
    found: dict[str, list[int]] = {}
    sums = {}
    for one in to_check:
        for name, total in one.files.items():
            if name not in sums:
                sums[name] = _checksum(file_store.path_of(target, name))
            if sums[name] not in {total, proved.get(name)}:
                found.setdefault(name, []).append(one.number)
    return found


def check_counts(generation: Generation, keys: Keys) -> bool:
    """Open a generation made without a password, compare its counts, store and return whether they agree."""
    try:
        found = copies.inspect_copy(generation.path / DATABASE_NAME, keys.for_number(generation.key_number))
        right = found == generation.contents and not found.findings
    except storage_errors.StorageProblem:
        right = False
    with contextlib.suppress(OSError):  # then it is counted again at the next login
        write_atomic(generation.path / COUNT_CHECK_NAME, json.dumps({"counts_verified": right}).encode())
    return right


RULE_NAME = "rule.json"
_WITHOUT_END = 1200
"""Months of a whole century."""


@frozen
class BackupPlan:
    """How long month ends are kept in a folder of backups, in months; while something is held, without end."""

    months: int = KEEP_MONTHS
    is_held: bool = False


def write_plan(target: Path, plan: BackupPlan) -> None:
    """Store how long a folder of backups keeps, for whoever prunes it without the key."""
    write_atomic(target / RULE_NAME, json.dumps({"months": plan.months, "held": plan.is_held}).encode())


def read_plan(target: Path) -> BackupPlan:
    """Return how long a folder of backups keeps; as usual without a note, as if held where it can't be read."""
    plain = read_note(target / RULE_NAME)
    try:
        if plain is not None:
            return BackupPlan(as_whole_number(plain["months"]), bool(plain["held"]))
    except PARSE_ERRORS:
        plain = None
    return BackupPlan(is_held=(target / RULE_NAME).exists())


def prune(target: Path, *, today: date) -> list[Generation]:
    """Remove generations that the retention rule does not keep; return those kept.

    Kept are the latest 10, the latest 10 states (opening and closing without a change pushes nothing out),
    one a day for 30 days, the last one of a month as ``BackupPlan`` says, and the newest verified one. Stored files
    stay as long as the live folder has them or a manifest that cannot be read may name them; such a manifest is
    restored from its copy, and a generation without either is quarantined and removed after
    ``QUARANTINE_DAYS``. Nothing is removed where the folder of backups is a link.
    """
    every = generations(target)
    if is_link(target.lstat()):
        return every
    believed = plausible_today(every, today)
    plan = read_plan(target)
    kept = select_kept(every, today=believed, months=_WITHOUT_END if plan.is_held else plan.months)
    for path in folders(target):
        _repair_manifest(path, today=believed)
    ended = [
        one.path
        for one in quarantined_generations(target)
        if one.removal_date < believed or one.since > believed + MAX_CLOCK_LEAP
    ]
    sound = any(one.counts_verified for one in kept)
    for path in [*(one.path for one in every if one not in kept), *(ended if sound else [])]:
        with contextlib.suppress(OSError):  # another program has it open; it is removed another day
            discard_folder(path)
    if unreadable_folders(target) or quarantined_generations(target):
        return kept
    named = {item for one in kept for item in one.files}
    named |= {path.name for path in file_store.stored_files(target.parent)}
    for path in file_store.stored_files(target):
        if path.name not in named:
            with contextlib.suppress(OSError):
                remove(path)
    return kept


def _repair_manifest(path: Path, *, today: date) -> None:
    """Write a manifest anew from its copy or the copy from it; quarantine a generation lacking both."""
    here, copy = path / MANIFEST_NAME, path / MANIFEST_COPY
    whole = next((name for name in (here, copy) if _read_manifest(path, name.name) is not None), None)
    try:
        if whole is None:
            if _is_readable(here) and _is_readable(copy) and not is_quarantined(path):
                quarantine(path, today=today, reason="目録が読めません。")
            return
        other = copy if whole is here else here
        if _read_manifest(path, other.name) is None and _is_readable(other):
            write_atomic(other, whole.read_bytes())
    except OSError:
        return  # held, or no room: it is tried again with the next backup


def _is_readable(path: Path) -> bool:
    """Return whether a file can be opened for reading; a damaged or missing one counts as readable."""
    try:
        path.read_bytes()
    except PermissionError:
        return False
    except OSError:
        return True
    return True


def _create_generation(
    folder: Path,
    target: Path,
    now: datetime,
    reason: Reason,
    contents: copies.DatabaseContents,
    fill: Callable[[Path], None],
    files: FileCopies,
    expected: Iterable[str],
    *,
    lock_number: int,
    key_number: int,
    published_at: datetime | None,
) -> Generation:
    """Fill a temporary folder, add keyring and stored files, rename it when complete; return the generation.

    Raises:
        StorageProblem: a file can't be written.
    """
    try:
        make_folders(target)
        earlier = generations(target)
        known = {item: total for one in reversed(earlier) for item, total in one.files.items()}
        kept = files.update_backups(expected, known, thorough=reason != "開いたとき")
        number = _next_number(target, earlier)
        final = target / f"{number:05d}_{now:%Y-%m-%d_%H%M%S}_{lock_number:06d}-{contents.seq:06d}"
        with atomic_folder(final) as beside:
            fill(beside)
            write_atomic(
                beside / keyring.FILE_NAME,
                _keyring_bytes(folder, files.keys.keyring if files.keys is not None else None),
            )
            parts = {name: sha256_of(beside / name) for name in (DATABASE_NAME, keyring.FILE_NAME)}
            generation = Generation(
                final,
                number,
                now,
                reason,
                contents,
                parts,
                kept.checksums,
                published_at,
                None if published_at else True,
                lock_number,
                key_number,
            )
            for name in (MANIFEST_NAME, MANIFEST_COPY):
                write_atomic(beside / name, _to_manifest(generation))
    except OSError as error:
        raise storage_errors.to_storage_problem(error) or error from error
    return replace(generation, notes=kept.notes)


def _next_number(target: Path, earlier: list[Generation]) -> int:
    """Return the next number, counting unreadable folders too unless their number is far off."""
    highest = max((one.number for one in earlier), default=0)
    others = [number for path in folders(target) if (number := number_of(path)) is not None]
    limit = highest + _MAX_NUMBER_GAP if highest else _MAX_FIRST_NUMBER
    return 1 + max([highest, *(number for number in others if number <= limit)])


def _keyring_bytes(folder: Path, seal_key: bytes | None) -> bytes:
    """Return the first copy of the folder's keyring that can be read, as bytes; raises Damaged where none can."""
    pair = keyring.current_paths(folder, seal_key)
    for path in pair:
        if keyring.read_file(path) is not None:
            return path.read_bytes()
    keyring.reject_newer(pair)
    raise storage_errors.Damaged("keyring", happened="鍵ファイルが壊れているため、バックアップを作れませんでした。")


def _to_manifest(generation: Generation) -> bytes:
    plain = {
        "generation": generation.number,
        "seat": generation.lock_number,
        "made": generation.created_at.isoformat(),
        "reason": generation.reason,
        "seq": generation.contents.seq,
        "chain": generation.contents.chain,
        "version": generation.contents.version,
        "rows": generation.contents.rows,
        "counts": generation.contents.counts,
        "parts": generation.parts,
        "files": generation.files,
        "published": generation.published_at.isoformat() if generation.published_at else None,
        **({"key": generation.key_number} if generation.key_number > 1 else {}),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def _read_count_check(path: Path) -> bool | None:
    """Return the result that ``check_counts`` stored, None where there is none."""
    plain = read_note(path / COUNT_CHECK_NAME) or {}
    right = plain.get("counts_verified")
    return right if isinstance(right, bool) else None


def _checksum(path: Path) -> str:
    """Return the checksum of a file; ``_HELD`` where another program holds it, "" where it cannot be read."""
    try:
        return sha256_of(path)
    except PermissionError:
        return _HELD
    except OSError:
        return ""
