"""Adds and removes protected folders; done by a manager, with the basis, and undoable."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.data_folder.services.accounts import MANAGER_MARK, account_managers
from app.documents.services.folder_check import check_folder_usable
from app.documents.services.protected_folders import lies_below, list_protected
from db.files import filesystem
from db.files.storage_errors import Damaged
from db.files.synced_folders import synchronised_by
from db.records.documents import ProtectedFolder

SUBJECT: Final = "protected_places"
_NOT_ALLOWED_TEXT: Final = "この場所は、保護された保存先にできません。"
_NOTHING_CHANGED: Final = "設定は変わっていません。"
_CHOOSE_OTHER_FOLDER: Final = "別のフォルダーを選んでください。"


@deed
def protect_folder(context: ActionContext, *, folder: Path, basis: str, entrants: str) -> ActionResult:
    """Add a protected folder, including every folder below it.

    Args:
        basis: what protects it in place of encryption (機6-8(2)). entrants: who has access.

    Raises:
        UserError: the user is no manager, basis or entrants are missing, or the folder does not exist, is a whole
        drive,
            a removable medium, synchronised to other PCs, the data folder, or protected already.
    """
    _require_manager(context)
    if not basis.strip() or not entrants.strip():
        missing = "保護の根拠" if not basis.strip() else "入れる人"
        raise UserError(
            f"「{missing}」を入力してください。", "暗号化と同等の措置であることを残します。", _NOTHING_CHANGED
        )
    check_folder_usable(folder, subfolders=lambda _whole: (), happened=_NOT_ALLOWED_TEXT, lost=_NOTHING_CHANGED)
    if not folder.is_dir():
        raise UserError(_NOT_ALLOWED_TEXT, "フォルダーがありません。先に作ってから選んでください。", _NOTHING_CHANGED)
    if filesystem.is_on_removable_medium(folder):
        raise UserError(
            _NOT_ALLOWED_TEXT,
            f"USBメモリなどの持ち運べる媒体です。暗号化して保存するか、{_CHOOSE_OTHER_FOLDER}",
            _NOTHING_CHANGED,
        )
    if service := synchronised_by(folder):
        raise UserError(
            _NOT_ALLOWED_TEXT,
            f"ほかのPCやクラウドにも複製されます（{service}）。{_CHOOSE_OTHER_FOLDER}",
            _NOTHING_CHANGED,
        )
    lies = filesystem.resolve_path(filesystem.absolute(folder))
    shared = filesystem.is_on_share(folder) or filesystem.is_on_share(lies)
    if not shared and lies == Path(lies.anchor):
        raise UserError(_NOT_ALLOWED_TEXT, f"ドライブの全体です。{_CHOOSE_OTHER_FOLDER}", _NOTHING_CHANGED)
    pc = "" if shared else filesystem.machine_id()
    for one in list_protected(context.store):
        if one.pc in ("", pc) and lies_below(lies, Path(one.place)):
            raise UserError(f"この場所は、もう保護された保存先（{one.place}）の中にあります。", "", _NOTHING_CHANGED)
    with context.change(f"保護された保存先に「{lies}」を加えた", SUBJECT) as change:
        number = change.insert(
            ProtectedFolder(
                place=str(lies), pc=pc, basis=basis.strip(), entrants=entrants.strip(), by=context.by, at=context.now
            )
        )
    own = "" if shared else "このPCのディスクのため、このPCから保存するときだけに使えます。"
    return ActionResult(f"保護された保存先に「{lies}」を加えました。{own}", number)


@deed
def unprotect_folder(context: ActionContext, *, place_id: int) -> ActionResult:
    """End the protection of a folder; its files stay, and the row records until when it was valid.

    Raises:
        UserError: the user is no manager, or it was ended already.
    """
    _require_manager(context)
    place = get_or_raise(context.store.database, ProtectedFolder, place_id)
    if place.ended_at is not None:
        raise UserError(
            "この保存先は、もう保護された保存先ではありません。", "画面を開き直してください。", _NOTHING_CHANGED
        )
    with context.change(f"保護された保存先から「{place.place}」を外した", SUBJECT) as change:
        change.update(ProtectedFolder, place_id, ended_by=context.by, ended_at=context.now)
    return ActionResult(f"保護された保存先から「{place.place}」を外しました。ファイルはそのまま残ります。", place_id)


def _require_manager(context: ActionContext) -> None:
    try:
        managing = account_managers(context.store)
    except Damaged:  # a damaged file of keys shuts nobody out; it is said at the opening and by the check
        return
    if not managing.may_manage and not context.store.restriction:  # who is barred is told so by the change itself
        named = "、".join(f"{name}さん" for name in managing.names)
        raise UserError(
            f"保護された保存先を決められるのは、「{MANAGER_MARK}」の印のある人（{named}）です。",
            "その人に頼んでください。",
            _NOTHING_CHANGED,
        )
