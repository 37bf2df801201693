"""Folders that a manager declared as protected, and the terms on which a file may be saved there or elsewhere.

A reason is asked for once a day and place: it is found in today's log, nothing else is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from pathlib import Path, PurePath, PureWindowsPath

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveWay
from app.documents.services.saved_outside import FOLDER_KEY
from db.files import filesystem
from db.record import record
from db.records.documents import Outgoing, OutgoingWay, ProtectedFolder
from db.rows import rows
from db.store import Store

PROTECTED_KEY = "保護された保存先"
"""Key in a log row for the protected folder in which the file was saved without a password."""
BASIS = "保護の根拠"
_PLAIN: SaveWay = OutgoingWay.PLAIN
_LONG_SHARE = "UNC\\"
_MAX_LOG_ROWS = 200
"""Limit of log rows searched for today's reason: nobody saves more on one day."""


@record
class SavingTerms:
    """The terms of saving a file: its reason, and the log detail of the protected folder ({} = none)."""

    reason: str
    detail: dict[str, str] = field(default_factory=dict)


@record
class SavingRules:
    """What decides how a file is saved: the protected folders, and what this person saved plain today with a
    reason.
    """

    places: tuple[ProtectedFolder, ...]
    saved_today: tuple[Outgoing, ...]

    def reason_in(self, folder: Path, protected: ProtectedFolder | None) -> str:
        """Return the reason given last today for this place, "" if none.

        The place is the protected folder, or where ``protected`` is None, ``folder`` itself.
        """
        return next((one.reason for one in self.saved_today if _is_saved_in(one, folder, protected)), "")


def list_protected(store: Store) -> tuple[ProtectedFolder, ...]:
    """Return the protected folders in force, in the order in which they were declared."""
    return tuple(rows(store.database, ProtectedFolder, ended_at=None))


def read_saving_rules(store: Store, *, by: str, today: date) -> SavingRules:
    """Return what decides how a file of ``by`` is saved today, without looking at any folder."""
    saved = rows(store.database, Outgoing, way=_PLAIN, by=by, order="-id", limit=_MAX_LOG_ROWS)
    own = tuple(one for one in saved if one.reason and one.at.date() == today)
    return SavingRules(places=list_protected(store), saved_today=own)


def protected_place_of(places: Iterable[ProtectedFolder], folder: Path) -> ProtectedFolder | None:
    """Return the protected folder that contains ``folder`` after resolving links and mapped drives, else None.

    An unreachable folder protects nothing, nor does a disk of another PC that happens to have the same name.
    """
    given = tuple(places)
    if not given:
        return None
    lies = filesystem.resolve_path(filesystem.absolute(folder))
    here = filesystem.machine_id()
    return next(
        (
            one
            for one in given
            if one.pc in ("", here) and lies_below(lies, Path(one.place)) and Path(one.place).is_dir()
        ),
        None,
    )


def lies_below(folder: PurePath, place: PurePath) -> bool:
    """Return whether ``folder`` is ``place`` or below it, by whole names, as the system compares them."""
    return _short(folder).is_relative_to(_short(place))


def _short(path: PurePath) -> PurePath:
    r"""Return a Windows path without the ``\\?\`` of the long form."""
    plain = str(path)
    if not isinstance(path, PureWindowsPath) or not plain.startswith(filesystem.LONG_FORM):
        return path
    rest = plain[len(filesystem.LONG_FORM) :]
    share = rest[: len(_LONG_SHARE)].upper() == _LONG_SHARE
    return type(path)("\\\\" + rest[len(_LONG_SHARE) :] if share else rest)


def saving_terms(
    context: ActionContext,
    *,
    path: Path,
    way: SaveWay,
    reason: str,
    personal: bool,
    happened: str = "個人情報を含む書類です。",
) -> SavingTerms:
    """Return the terms for saving a file to ``path``; in a protected folder no password is needed.

    Args:
        reason: as typed now; "" = the one given earlier today for this place. personal: people are named.
        happened: what holds the names.
    Raises:
        UserError: そのまま保存 of something personal, and no reason was given today for this place.
    """
    said = reason.strip()
    if not way.is_plain or not personal:
        return SavingTerms(reason=said)
    ground = read_saving_rules(context.store, by=context.by, today=context.today)
    place = protected_place_of(ground.places, path.parent)
    said = said or ground.reason_in(path.parent, place)
    if not said:
        raise UserError(
            happened,
            "この保存先に保存する理由を書いてください。"
            if place is not None
            else "「暗号化して保存」を選ぶか、そのまま保存する理由を書いてください。",
        )
    return SavingTerms(
        reason=said, detail={PROTECTED_KEY: place.place, BASIS: place.basis} if place is not None else {}
    )


def _is_saved_in(row: Outgoing, folder: Path, protected: ProtectedFolder | None) -> bool:
    """Return whether a log row's file was saved in the same protected folder, or in the same folder."""
    if protected is not None:
        return row.detail.get(PROTECTED_KEY) == protected.place
    where = Path(row.detail.get(FOLDER_KEY, ""))
    # Of a folder of files the log keeps the folder itself, which lies in the one that was chosen.
    chosen = where.parent if where.name == row.file_name else where
    return PROTECTED_KEY not in row.detail and chosen == folder


def protected_words(protected: ProtectedFolder, *, asks_reason: bool) -> str:
    """Return why a file may be stored unencrypted in ``protected``.

    ``asks_reason``: the reason is still to be typed; False = that of earlier today is used.
    """
    asked = "1日に1回だけ入力します。" if asks_reason else "本日入力したものを記録します。"
    return f"保護された保存先です（{protected.basis}）。パスワードは要りません。理由は、{asked}"
