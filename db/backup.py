"""Backups in generations: made from the living or the published copy, verified by opening, pruned by rule."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from db import copies, file_store, keyring, published, storage_errors
from db.engine import Database
from db.keys import Keys
from db.store import DATABASE_NAME
from db.whole_files import folder_beside, remove_folder, sha256_of, sync_file, write_whole

FOLDER_NAME: Final = "backups"
MANIFEST_NAME: Final = "manifest.json"
CHECKED_NAME: Final = "checked.json"
KEEP_LATEST: Final = 10
KEEP_DAYS: Final = 30
KEEP_YEARS: Final = 3
_NAME: Final = re.compile(r"(\d{5})_")

Reason = Literal["開いたとき", "閉じたとき", "手動", "形の更新前", "閲覧用の写しから", "復元したとき"]


@dataclass(frozen=True)
class Generation:
    """One backup. ``counts_verified`` None = made without a password, its counts wait for the next login."""

    path: Path
    number: int
    made: datetime
    reason: Reason
    contents: copies.Contents
    parts: dict[str, str]
    files: dict[str, str]
    published: datetime | None
    counts_verified: bool | None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the manifest, which names the sum of every part."""
        return sha256_of(self.path / MANIFEST_NAME)


def make(database: Database, keys: Keys, folder: Path, *, target: Path, now: datetime, reason: Reason) -> Generation:
    """Make a backup of the open database in ``target`` and verify it by opening it.

    Args:
        folder: the data folder. target: where the generations lie.

    Raises:
        StorageProblem: no room, no right, or the copy does not hold what the database holds.
    """
    held = copies.contents(database)

    def fill(beside: Path) -> None:
        copies.copy_database(database, keys.pages, beside / DATABASE_NAME)
        found = copies.look_into(beside / DATABASE_NAME, keys)
        if found.findings or found != held:
            raise storage_errors.Damaged(
                "backup", happened="作ったバックアップを開いて確かめたところ、内容が合いませんでした。"
            )

    return _make(folder, target, now, reason, held, fill, published_at=None)


def make_without_password(folder: Path, *, target: Path, now: datetime) -> Generation:
    """Make a backup from the published copy: bytes and sums are checked, the counts at the next login.

    Raises:
        StorageProblem: nothing was published yet, the copy is damaged, no room, no right.
    """
    source = published.find(folder)

    def fill(beside: Path) -> None:
        copy = beside / DATABASE_NAME
        shutil.copyfile(source.path, copy)
        sync_file(copy)
        if sha256_of(copy) != source.sha256:
            raise storage_errors.Damaged("published copy")

    return _make(folder, target, now, "閲覧用の写しから", source.contents, fill, published_at=source.time)


def generations(target: Path) -> list[Generation]:
    """Return every generation with a readable manifest, newest first."""
    found = (read(path) for path in target.iterdir() if number_of(path)) if target.is_dir() else ()
    return sorted((one for one in found if one), key=lambda one: one.number, reverse=True)


def number_of(path: Path) -> int | None:
    """Return the number in the name of a generation's folder, or None when it is no such name."""
    name = _NAME.match(path.name)
    return int(name.group(1)) if name else None


def read(path: Path) -> Generation | None:
    """Return the generation in a folder, or None when it has no manifest that can be understood."""
    try:
        plain = json.loads((path / MANIFEST_NAME).read_bytes())
        return Generation(
            path=path,
            number=int(plain["generation"]),
            made=datetime.fromisoformat(plain["made"]),
            reason=plain["reason"],
            contents=copies.Contents(
                counts={str(table): int(count) for table, count in plain["counts"].items()},
                seq=int(plain["seq"]),
                chain=str(plain["chain"]),
                version=int(plain["version"]),
            ),
            parts={str(part): str(total) for part, total in plain["parts"].items()},
            files={str(item): str(total) for item, total in plain["files"].items()},
            published=datetime.fromisoformat(plain["published"]) if plain["published"] else None,
            counts_verified=_checked(path) if plain["published"] else True,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def findings(generation: Generation, *, known: dict[Path, str] | None = None) -> list[str]:
    """Return which parts of a generation are missing or altered, by their sums (no key is needed).

    Args:
        known: sums of stored files already taken, shared between generations of one look.
    """
    name = f"バックアップ 第{generation.number}世代"
    said = []
    for part, total in generation.parts.items():
        if _sum(generation.path / Path(part).name, None) != total:
            said.append(f"{name}の {part} が、作ったときと違います。")
    for item, total in generation.files.items():
        if _sum(file_store.path_of(generation.path.parent, item), known) != total:
            said.append(f"{name}の保管ファイル {item[:8]}… が、作ったときと違います。")
    if generation.counts_verified is False:
        said.append(f"{name}は、件数の確認で内容が合いませんでした。")
    return said


def check_counts(generation: Generation, keys: Keys) -> bool:
    """Open a generation that was made without a password, compare it with its manifest, and keep the outcome."""
    try:
        found = copies.look_into(generation.path / DATABASE_NAME, keys)
        right = found == generation.contents and not found.findings
    except storage_errors.StorageProblem:
        right = False
    write_whole(generation.path / CHECKED_NAME, json.dumps({"counts_verified": right}).encode())
    return right


def prune(target: Path, *, today: date) -> list[Generation]:
    """Remove what the rule does not keep, and stored files no kept generation names; return what is kept.

    Kept: the latest 10, the latest 10 states (opening and closing without a change pushes nothing
    out), one a day for 30 days, the last one of a month for 3 years, and the newest verified one.
    """
    every = generations(target)
    kept = keep(every, today=today)
    for one in every:
        if one not in kept:
            remove_folder(one.path)
    named = {item for one in kept for item in one.files}
    for path in file_store.stored(target):
        if path.name not in named:
            path.unlink(missing_ok=True)
    return kept


def keep(every: list[Generation], *, today: date) -> list[Generation]:
    """Return those of ``every`` (newest first) that the rule keeps."""
    distinct: list[Generation] = []
    for one in every:
        if sum(_same_state(one, other) for other in distinct) < 2:
            distinct.append(one)
    numbers = {one.number for one in (*every[:KEEP_LATEST], *distinct[:KEEP_LATEST])}
    numbers.update([one.number for one in every if one.counts_verified][:1])
    last_of_day: dict[date, int] = {}
    last_of_month: dict[date, int] = {}
    years_ago = (today.replace(day=1) - timedelta(days=365 * KEEP_YEARS)).replace(day=1)
    for one in every:
        day = one.made.date()
        if day >= today - timedelta(days=KEEP_DAYS):
            last_of_day.setdefault(day, one.number)
        if day >= years_ago:
            last_of_month.setdefault(day.replace(day=1), one.number)
    numbers.update(last_of_day.values(), last_of_month.values())
    return [one for one in every if one.number in numbers]


def _same_state(one: Generation, other: Generation) -> bool:
    return one.contents == other.contents and one.parts.get(keyring.FILE_NAME) == other.parts.get(keyring.FILE_NAME)


def _make(
    folder: Path,
    target: Path,
    now: datetime,
    reason: Reason,
    held: copies.Contents,
    fill: Callable[[Path], None],
    *,
    published_at: datetime | None,
) -> Generation:
    """Fill a folder beside, add keyring and stored files, and give it its name when all of it is on disk."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        files = _copy_files(folder, target)
        number = 1 + max((number_of(path) or 0 for path in target.iterdir()), default=0)
        final = target / f"{number:05d}_{now:%Y-%m-%d_%H%M%S}"
        with folder_beside(final) as beside:
            fill(beside)
            write_whole(beside / keyring.FILE_NAME, _keyring_bytes(folder))
            parts = {name: sha256_of(beside / name) for name in (DATABASE_NAME, keyring.FILE_NAME)}
            generation = Generation(
                final, number, now, reason, held, parts, files, published_at, None if published_at else True
            )
            write_whole(beside / MANIFEST_NAME, _to_manifest(generation))
    except OSError as error:
        raise storage_errors.as_problem(error) or error from error
    return generation


def _keyring_bytes(folder: Path) -> bytes:
    """Return the keyring as it lies in the folder: the first copy that can be read."""
    for name in (keyring.FILE_NAME, keyring.COPY_NAME):
        if keyring.read_file(folder / name) is not None:
            return (folder / name).read_bytes()
    raise storage_errors.Damaged("keyring", happened="鍵ファイルが壊れているため、バックアップを作れませんでした。")


def _copy_files(folder: Path, target: Path) -> dict[str, str]:
    """Copy the stored files the target lacks (they never change under their name); return all sums.

    A file of the target that an earlier manifest names keeps its sum from there, so a backup does
    not read every file again.
    """
    known = {item: total for one in generations(target) for item, total in one.files.items()}
    sums: dict[str, str] = {}
    for path in file_store.stored(folder):
        copy = file_store.path_of(target, path.name)
        if path.name in known and copy.is_file() and copy.stat().st_size == path.stat().st_size:
            sums[path.name] = known[path.name]
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_whole(copy, path.read_bytes())
        sums[path.name] = sha256_of(copy)
    return sums


def _to_manifest(generation: Generation) -> bytes:
    plain = {
        "generation": generation.number,
        "made": generation.made.isoformat(),
        "reason": generation.reason,
        "seq": generation.contents.seq,
        "chain": generation.contents.chain,
        "version": generation.contents.version,
        "rows": generation.contents.rows,
        "counts": generation.contents.counts,
        "parts": generation.parts,
        "files": generation.files,
        "published": generation.published.isoformat() if generation.published else None,
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def _checked(path: Path) -> bool | None:
    try:
        return bool(json.loads((path / CHECKED_NAME).read_bytes())["counts_verified"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sum(path: Path, known: dict[Path, str] | None) -> str:
    if known is not None and path in known:
        return known[path]
    try:
        total = sha256_of(path)
    except OSError:
        total = ""
    if known is not None:
        known[path] = total
    return total
