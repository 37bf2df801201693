"""The ward's own list of tablets to lend.

- ``read_tablets(store) -> tuple[Tablet, ...]``
- ``set_tablets(store, tablets, by, now) -> Saved`` the whole list as it stands on the screen
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from db.records.roster import Tablet
from db.store import Store
from db.tables import roster as table


def read_tablets(store: Store) -> tuple[Tablet, ...]:
    """Return every tablet by number, also those no longer used."""
    return tuple(table.tablets(store.database))


def set_tablets(store: Store, *, tablets: Sequence[Tablet], by: str, now: datetime) -> Saved:
    """Make ``tablets`` the list: rows without id are added, missing ones deleted if they were never lent.

    Raises:
        Refusal: a number is empty or stands twice, or a tablet that was lent once is missing (set ``retired_on``).
    """
    numbers = Counter(one.number.strip() for one in tablets)
    if "" in numbers:
        raise Refusal("番号が空のタブレットがあります。", "番号を入れるか、その行を消してください。")
    twice = [number for number, count in numbers.items() if count > 1]
    if twice:
        raise Refusal(f"タブレットの番号「{'」「'.join(twice)}」が重なっています。", "番号を直してください。")
    kept = {one.id for one in tablets if one.id}
    lent = {loan.tablet_id for loan in table.all_loans(store.database)}
    gone = [one for one in table.tablets(store.database) if one.id not in kept]
    stuck = [one.number for one in gone if one.id in lent]
    if stuck:
        raise Refusal(
            f"タブレット{'、'.join(stuck)}番は、貸出しの記録があるため削除できません。",
            "使わなくなったときは「使わない」にしてください。",
        )
    with store.change(action="貸与タブレットの台帳を変えた", by=by, now=now, subject="roster") as change:
        for one in gone:
            change.delete(Tablet, one.id)
        for one in tablets:
            change.save(one)
    return Saved(said="タブレットの台帳を保存しました。")
