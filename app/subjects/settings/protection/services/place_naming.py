"""Naming a place as protected, and giving it up: what a manager does, with the basis, and can be undone.

- ``name_place(act, place, basis, entrants) -> Saved``
- ``give_up_place(act, place_id) -> Saved``
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.data_folder.services.accounts import MARK, who_manages
from app.papers.services.named_place import check_named
from app.papers.services.protected_places import lies_below, list_protected
from db.files import on_disk
from db.files.storage_errors import Damaged
from db.files.synced_places import synchronised_by
from db.records.papers import ProtectedPlace

SUBJECT: Final = "protected_places"
_REFUSED: Final = "この場所は、保護された保存先にできません。"
_NOTHING: Final = "設定は変わっていません。"
_ANOTHER: Final = "別のフォルダーを選んでください。"


@deed
def name_place(act: Act, *, place: Path, basis: str, entrants: str) -> Saved:
    """Name a folder as protected; it counts with every folder below it.

    Args:
        basis: what protects it in place of encryption (機6-8(2)). entrants: who may enter.

    Raises:
        Refusal: somebody else manages, the basis or who may enter is missing, or the folder is away, a whole drive, a
            medium that is carried about, copied to other PCs, the data folder, or protected already.
    """
    _check_manages(act)
    if not basis.strip() or not entrants.strip():
        missing = "保護の根拠" if not basis.strip() else "入れる人"
        raise Refusal(f"「{missing}」を入力してください。", "暗号化と同等の措置であることを残します。", _NOTHING)
    check_named(place, below=lambda _whole: (), happened=_REFUSED, lost=_NOTHING)
    if not place.is_dir():
        raise Refusal(_REFUSED, "フォルダーがありません。先に作ってから選んでください。", _NOTHING)
    if on_disk.carried_about(place):
        raise Refusal(_REFUSED, f"USBメモリなどの持ち運べる媒体です。暗号化して保存するか、{_ANOTHER}", _NOTHING)
    if service := synchronised_by(place):
        raise Refusal(_REFUSED, f"ほかのPCやクラウドにも複製されます（{service}）。{_ANOTHER}", _NOTHING)
    lies = on_disk.real(on_disk.absolute(place))
    shared = on_disk.on_share(place) or on_disk.on_share(lies)
    if not shared and lies == Path(lies.anchor):
        raise Refusal(_REFUSED, f"ドライブの全体です。{_ANOTHER}", _NOTHING)
    pc = "" if shared else on_disk.machine_id()
    for one in list_protected(act.store):
        if one.pc in ("", pc) and lies_below(lies, Path(one.place)):
            raise Refusal(f"この場所は、もう保護された保存先（{one.place}）の中にあります。", "", _NOTHING)
    with act.change(f"保護された保存先に「{lies}」を加えた", SUBJECT) as change:
        number = change.insert(
            ProtectedPlace(
                place=str(lies), pc=pc, basis=basis.strip(), entrants=entrants.strip(), by=act.by, at=act.now
            )
        )
    own = "" if shared else "このPCのディスクのため、このPCから保存するときだけに使えます。"
    return Saved(f"保護された保存先に「{lies}」を加えました。{own}", number)


@deed
def give_up_place(act: Act, *, place_id: int) -> Saved:
    """Let a place be protected no more; what lies there stays, and the row says until when it counted.

    Raises:
        Refusal: somebody else manages, or it was given up already.
    """
    _check_manages(act)
    place = get_or_refuse(act.store.database, ProtectedPlace, place_id)
    if place.ended_at is not None:
        raise Refusal("この保存先は、もう保護された保存先ではありません。", "画面を開き直してください。", _NOTHING)
    with act.change(f"保護された保存先から「{place.place}」を外した", SUBJECT) as change:
        change.update(ProtectedPlace, place_id, ended_by=act.by, ended_at=act.now)
    return Saved(f"保護された保存先から「{place.place}」を外しました。ファイルはそのまま残ります。", place_id)


def _check_manages(act: Act) -> None:
    try:
        managing = who_manages(act.store)
    except Damaged:  # a damaged file of keys shuts nobody out; it is said at the opening and by the check
        return
    if not managing.own and not act.store.bar:  # who is barred is told so by the change itself
        named = "、".join(f"{name}さん" for name in managing.names)
        raise Refusal(
            f"保護された保存先を決められるのは、「{MARK}」の印のある人（{named}）です。",
            "その人に頼んでください。",
            _NOTHING,
        )
