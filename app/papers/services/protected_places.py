"""Places that a manager named as protected, and on what terms a file leaves into one of them or elsewhere.

- ``list_protected(store) -> tuple[ProtectedPlace, ...]`` those in force
- ``protecting(places, folder) -> ProtectedPlace | None`` which of them ``folder`` lies in, as the disk says now
- ``read_ground(store, by, today) -> SavingGround`` what the window needs before a file leaves
- ``terms_of(act, path, …) -> Terms`` the reason and the protected place as the log keeps them, or the refusal

A reason is asked for once a day and place: the log of today holds it, so nothing else is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from app.acts.act import Act
from app.acts.refusal import Refusal
from app.papers.services.leaving import Way
from app.papers.services.saved_out import PLACE
from db.files import on_disk
from db.frozen_record import frozen_record
from db.records.papers import Outgoing, ProtectedPlace
from db.rows import rows
from db.store import Store

PROTECTED: Final = "保護された保存先"
"""In the row of the log: the protected place in which the file was saved without a password."""
BASIS: Final = "保護の根拠"
_PLAIN: Final[Way] = "そのまま保存"
_LONG_SHARE: Final = "UNC\\"
_MOST: Final = 200
"""So many rows of the log are asked for a reason of today: nobody saves more on one day."""


@frozen_record
class Terms:
    """On what terms a file leaves: its reason, and what the log keeps of the protected place ({} = it is none)."""

    reason: str
    detail: dict[str, str] = field(default_factory=dict)


@frozen_record
class SavingGround:
    """What decides how a file leaves: the protected places, and what this person saved plain today with a reason."""

    places: tuple[ProtectedPlace, ...]
    today: tuple[Outgoing, ...]

    def reason_in(self, folder: Path, place: ProtectedPlace | None) -> str:
        """Return the reason given last today for this place, "" where none was."""
        return next((one.reason for one in self.today if _saved_in(one, folder, place)), "")


def list_protected(store: Store) -> tuple[ProtectedPlace, ...]:
    """Return the protected places in force, in the order in which they were named."""
    return tuple(rows(store.database, ProtectedPlace, ended_at=None))


def read_ground(store: Store, *, by: str, today: date) -> SavingGround:
    """Return what decides how a file of ``by`` leaves today; no place is looked at."""
    saved = rows(store.database, Outgoing, way=_PLAIN, by=by, order="-id", limit=_MOST)
    own = tuple(one for one in saved if one.reason and one.at.date() == today)
    return SavingGround(places=list_protected(store), today=own)


def protecting(places: Iterable[ProtectedPlace], folder: Path) -> ProtectedPlace | None:
    """Return the protected place in which ``folder`` lies in the end, past links and mapped drives, else None.

    A place that can't be reached protects nothing, nor does a disk of another PC that happens to have the same name.
    """
    given = tuple(places)
    if not given:
        return None
    lies = on_disk.real(on_disk.absolute(folder))
    here = on_disk.machine_id()
    return next(
        (
            one
            for one in given
            if one.pc in ("", here) and lies_below(lies, Path(one.place)) and Path(one.place).is_dir()
        ),
        None,
    )


def lies_below(folder: PurePath, place: PurePath) -> bool:
    """Say whether ``folder`` is ``place`` or one below it, by whole names, as the system compares them."""
    return _short(folder).is_relative_to(_short(place))


def _short(path: PurePath) -> PurePath:
    r"""Return a Windows path without the ``\\?\`` of the long form."""
    plain = str(path)
    if not isinstance(path, PureWindowsPath) or not plain.startswith(on_disk.LONG_FORM):
        return path
    rest = plain[len(on_disk.LONG_FORM) :]
    share = rest[: len(_LONG_SHARE)].upper() == _LONG_SHARE
    return type(path)("\\\\" + rest[len(_LONG_SHARE) :] if share else rest)


def terms_of(
    act: Act,
    *,
    path: Path,
    way: Way,
    reason: str,
    personal: bool,
    happened: str = "個人情報を含む書類です。",
) -> Terms:
    """Return on what terms a file leaves to ``path``; a protected place takes it without a password.

    Args:
        reason: as typed now; "" = the one given before today for this place. personal: people are named.
        happened: what holds the names.

    Raises:
        Refusal: そのまま保存 of something personal, and no reason was given today for this place.
    """
    said = reason.strip()
    if way != _PLAIN or not personal:
        return Terms(reason=said)
    ground = read_ground(act.store, by=act.by, today=act.today)
    place = protecting(ground.places, path.parent)
    said = said or ground.reason_in(path.parent, place)
    if not said:
        raise Refusal(
            happened,
            "この保存先に保存する理由を書いてください。"
            if place is not None
            else "「暗号化して保存」を選ぶか、そのまま保存する理由を書いてください。",
        )
    return Terms(reason=said, detail={PROTECTED: place.place, BASIS: place.basis} if place is not None else {})


def _saved_in(row: Outgoing, folder: Path, place: ProtectedPlace | None) -> bool:
    """Say whether a row of the log is of a file that was saved in the same protected place, or in the same folder."""
    if place is not None:
        return row.detail.get(PROTECTED) == place.place
    where = Path(row.detail.get(PLACE, ""))
    # Of a folder of files the log keeps the folder itself, which lies in the one that was chosen.
    chosen = where.parent if where.name == row.file_name else where
    return PROTECTED not in row.detail and chosen == folder


def said_protected(place: ProtectedPlace, *, asks_reason: bool) -> str:
    """Say why a file may lie in ``place`` as it is."""
    asked = "1日に1回だけ入力します。" if asks_reason else "本日入力したものを記録します。"
    return f"保護された保存先です（{place.basis}）。パスワードは要りません。理由は、{asked}"
