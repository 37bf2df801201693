"""Folders that a manager declared as protected, and the terms on which a file may be saved there or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from pathlib import Path, PurePath, PureWindowsPath

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions
from db.files import filesystem
from db.record import record
from db.records.documents import ProtectedFolder
from db.rows import rows
from db.store import Store

PROTECTED_KEY = "保護された保存先"
"""Key in a log row for the protected folder in which the file was saved without a password."""
BASIS = "保護の根拠"
_LONG_SHARE = "UNC\\"


@record
class SavingTerms:
    """The terms of saving a file: its reason, and the log detail of the protected folder ({} = none)."""

    reason: str
    detail: dict[str, str] = field(default_factory=dict)


def list_protected(store: Store) -> tuple[ProtectedFolder, ...]:
    """Return the protected folders in force, in the order in which they were declared."""
    return tuple(rows(store.database, ProtectedFolder, ended_at=None))


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
    options: SaveOptions,
    personal: bool,
    happened: str = "個人情報を含む書類です。",
) -> SavingTerms:
    """Return the terms for saving a file; in a protected folder no password is needed.

    Args:
        personal: people are named. happened: what holds the names.
    Raises:
        UserError: そのまま保存 of something personal without a reason.
    """
    said = options.reason.strip()
    if not options.way.is_plain or not personal:
        return SavingTerms(reason=said)
    place = protected_place_of(list_protected(context.store), options.path.parent)
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


def protected_words(protected: ProtectedFolder) -> str:
    """Return why a file may be stored unencrypted in ``protected``."""
    return f"保護された保存先です（{protected.basis}）。パスワードは要りません。理由は、ファイルごとに書きます。"
