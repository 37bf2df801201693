"""Takes one list of 団体 back later: what it added goes, what it changed is as it was before.

- ``undo_organisation_import(store, import_id, by, now) -> Saved``
"""

from __future__ import annotations

from datetime import datetime

from app.importing.undoing import changes_of_import, take_back
from app.refusal import Refusal
from app.saved import Saved
from db.records.applications import ForeignImport
from db.rows import by_id
from db.store import Store


def undo_organisation_import(store: Store, *, import_id: int, by: str, now: datetime) -> Saved:
    """Take one list back, whole or not at all.

    Raises:
        Refusal: it is gone, or something of it was changed or used since (the later action is named).
    """
    found = by_id(store.database, ForeignImport, import_id)
    if found is None or found.target != "団体":
        raise Refusal("この取り込みは見つかりません。", "画面を開き直してください。")
    try:
        net = changes_of_import(store, found)
    except Refusal as refusal:
        happened = refusal.happened.replace("取り込んだ申込を", "取り込んだ団体を")
        raise Refusal(happened, "誤りのある団体は、団体の一覧で1件ずつ直すか削除してください。") from refusal
    count = sum(item.table == "organisations" for item in net)
    with store.change(
        action=f"団体の一覧の取り込みを取り消し（{count}件）", by=by, now=now, subject="organisations"
    ) as change:
        take_back(store, change, net)
    return Saved(said=f"団体の一覧の取り込みを取り消しました（{count}件）。", id=import_id)
