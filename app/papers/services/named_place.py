"""A place that a person names, typed or chosen: accepted, or refused with its reason, before anything is written there.

The window and the commands ask here, and always in this order: the name as it was typed, the drive or share, what
stands there, the lengths of what will lie below it, and whether it takes files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final, Literal

from app.acts.refusal import Refusal
from app.papers.services.leaving import NOTHING_WRITTEN, beside, data_folder_problem, flaw_in_words
from db.files import file_names, on_disk
from db.files.storage_errors import DiskFull, as_problem
from db.frozen_record import frozen_record

Kind = Literal["free", "closed", "missing", "unfit"]
Standing = Literal["folder", "file", "hidden", ""]
"""What stands at a path: ``hidden`` = nobody may look, so it may well be a folder; "" = nothing."""
Below = Callable[[PurePath], Iterable[PurePath]]
"""Given the place from the root: the longest paths that will be asked for there."""

FULL_FORM: Final = (
    "場所は、「C:\\デジ活」や「\\\\サーバー\\共有\\デジ活」のように、ドライブや共有フォルダーから指定してください。"
)
CHECK_THE_WAY: Final = "機器の電源とネットワークの接続をご確認のうえ、もう一度お試しください。"
_SHORTER: Final = "名前の短いフォルダーか、もっと浅い場所を選んでください。"
_ANOTHER: Final = "別のフォルダーを選んでください。"
_NEW_FOLDER: Final = "0" * 11
"""With its separator: a new folder must leave room for a short name of twelve characters on Windows."""


@frozen_record
class NamedPlace:
    """What came of looking at a place.

    Attributes: ``folder`` the place from the root, or as typed where that can't be said; ``kind`` free (may be used),
    closed (takes no files), missing (no such drive or share now), unfit (name, length, no room, or no folder);
    ``problem`` the reason and what to do, "" where free.
    """

    folder: PurePath
    kind: Kind
    problem: str = ""


def look_at_named(
    named: PurePath,
    *,
    below: Below,
    may_be_data: bool = False,
    standing: Callable[[PurePath], Standing] | None = None,
    try_writing: Callable[[PurePath], None] | None = None,
) -> NamedPlace:
    """Accept or refuse a place.

    Args:
        named: as it was typed or chosen; one that is not absolute counts from the current folder.
        below: the longest paths that will be asked for there.
        may_be_data: the place may be a data folder itself; it may lie in one in no case.
        standing, try_writing: stand in for the disk, so that the drives of Windows are tried on every system.
    """
    if said := spelling_problem(named):
        return NamedPlace(folder=named, kind="unfit", problem=said)
    standing, try_writing = standing or what_stands_at, try_writing or _try_writing
    whole = on_disk.absolute(named) if isinstance(named, Path) else named
    # One look at the root first: each name below a server that is switched off would wait for it anew.
    if not standing(_root_of(whole)):
        return NamedPlace(folder=whole, kind="missing", problem=f"{away_in_words(whole)}{CHECK_THE_WAY}")
    ground = next(one for one in (whole, *whole.parents) if standing(one))
    new = [one for one in (whole, *whole.parents) if ground in one.parents]
    if said := _unfit(whole, new, ground_is_file=standing(ground) == "file", ground=ground, below=below):
        return NamedPlace(folder=whole, kind="unfit", problem=said)
    if isinstance(whole, Path) and (said := data_folder_problem(whole.parent if may_be_data else whole)):
        return NamedPlace(folder=whole, kind="unfit", problem=said)
    try:
        try_writing(ground)
    except OSError as error:
        return _closed(whole, error)
    return NamedPlace(folder=whole, kind="free")


def check_named(named: PurePath, *, below: Below, happened: str, lost: str, may_be_data: bool = False) -> None:
    """Look at a place; ``happened`` says what can't be put there, ``lost`` that nothing was made.

    Raises:
        Refusal: with the reason, and what to do.
    """
    if said := look_at_named(named, below=below, may_be_data=may_be_data).problem:
        raise Refusal(happened, said, lost)


def check_paper_place(folder: PurePath, names: Iterable[str]) -> None:
    """Look at a folder into which papers called ``names`` are to be written; raises as ``check_named``."""
    check_named(
        folder,
        below=lambda whole: [one for name in names for one in (whole / name, beside(whole / name))],
        happened="この場所には、書き出せません。",
        lost=NOTHING_WRITTEN,
    )


def spelling_problem(named: PurePath) -> str:
    r"""Return a sentence when Windows would read ``named`` as something else than what is written, else "".

    Without looking at the disk, and before anything is normalised: there ``aux`` becomes the device ``\\.\aux``, and
    「係.」 becomes 「係」. In the long form names are taken as they are.
    """
    if not isinstance(named, PureWindowsPath):
        return ""
    plain = str(named)
    if not plain.startswith(on_disk.LONG_FORM):
        for name in reversed(named.parts[1:] if named.anchor else named.parts):
            if name != ".." and file_names.flaw(name) in ("reserved", "end"):
                return flaw_in_words(name, what="フォルダー名")
    whole = on_disk.absolute(named) if isinstance(named, Path) else named
    return FULL_FORM if not whole.is_absolute() or whole.drive.startswith("\\\\.\\") else ""


def away(folder: Path) -> bool:
    """Say whether the drive or share of ``folder`` is not there now; waits as long as the system does."""
    return not what_stands_at(_root_of(on_disk.absolute(folder)))


def away_in_words(folder: PurePath) -> str:
    """Say that the drive or share of ``folder`` is not there."""
    return f"ドライブまたは共有フォルダー「{folder.anchor}」が、いまは見つかりません。"


def what_stands_at(path: PurePath) -> Standing:
    """Look at ``path``; a device of Windows (``nul``) is nothing."""
    try:
        status = os.stat(path)  # noqa: PTH116 - Path.is_dir calls what it may not look at an error, what is away not
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "file" if os.path.islink(path) else ""  # noqa: PTH114 - a PurePath has no is_link
    except OSError as error:
        return "" if on_disk.connection_lost(error) else "hidden"
    return on_disk.folder_or_file(status)


def _root_of(whole: PurePath) -> PurePath:
    return type(whole)(whole.anchor)


def _unfit(whole: PurePath, new: list[PurePath], *, ground: PurePath, ground_is_file: bool, below: Below) -> str:
    """Return what is wrong with names and lengths; a folder that is there already may have any name."""
    for one in new:
        if said := flaw_in_words(one.name, what="フォルダー名"):
            return said
    if ground_is_file:
        return f"「{ground.name}」はフォルダーではありません。{_ANOTHER}"
    over = max(map(file_names.excess, (*below(whole), *([whole / _NEW_FOLDER] if new else []))), default=0)
    return f"フォルダーの名前が、場所と合わせて{over}文字長すぎます。{_SHORTER}" if over else ""


def _closed(whole: PurePath, error: OSError) -> NamedPlace:
    if on_disk.connection_lost(error):
        return NamedPlace(folder=whole, kind="missing", problem=f"{away_in_words(whole)}{CHECK_THE_WAY}")
    if isinstance(as_problem(error), DiskFull):
        return NamedPlace(
            folder=whole, kind="unfit", problem="この場所には空きがありません。空きを作るか、別の場所を選んでください。"
        )
    return NamedPlace(folder=whole, kind="closed", problem=f"このフォルダーには書き込めません。{_ANOTHER}")


def _try_writing(ground: PurePath) -> None:
    on_disk.try_writing_in(Path(ground))
