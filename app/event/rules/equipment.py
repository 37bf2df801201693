"""Equipment of the day and which side prepares it (仕様書4(1)ク, (2)ク, (3)ク)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.programme.rules import in_brackets
from db.records.events import EquipmentItem
from db.records.programme import EventKind, Side
from db.records.venues import Network

_Row = tuple[str, str, Side, str]

EQUIPMENT_TOPIC = "機材"
"""Topic of the 協議 about what the contractor brings."""
TABLET = "貸与タブレット端末"
ROUTER = "モバイルルーター"
NETWORK_SUPPLY = "インターネット環境"
"""The word by which a contract says that the ward's venue has internet for everybody."""
_KNOWN_SUPPLIES: tuple[_Row, ...] = (
    ("マイク", "2", Side.WARD, ""),
    ("ホワイトボード", "1", Side.WARD, ""),
    ("プロジェクター", "1", Side.WARD, ""),
    ("投影用スクリーン", "1", Side.WARD, ""),
    ("模造紙", "班の数＋予備2枚", Side.WARD, ""),
    ("付箋", "人数分", Side.WARD, ""),
    ("マーカー", "班の数", Side.WARD, ""),
    (f"会場の{NETWORK_SUPPLY}", "全員分", Side.WARD, "受託者および全参加者が使う"),
)
"""What the ward prepares mostly, with the usual number; of anything else one."""
_DISPATCH: tuple[_Row, ...] = (
    ("プロジェクター", "1", Side.CONTRACTOR, "会場で使えるものがあれば不要"),
    ("投影用スクリーン", "1", Side.CONTRACTOR, "会場で使えるものがあれば不要"),
)
SUPPLY_NAMES = ("模造紙", "付箋", "マーカー")
"""消耗品 of the groups (仕様書4(3)ク)."""
_USUAL_NAMES = {
    "スクリーン": "投影用スクリーン",
    NETWORK_SUPPLY: f"会場の{NETWORK_SUPPLY}",
    **dict.fromkeys(("タブレット", "タブレット端末", "貸与タブレット"), TABLET),
    **dict.fromkeys(("ルーター", "ルータ", "Wi-Fiルーター", "モバイルWi-Fiルーター"), ROUTER),
}
"""Other words for an item. A word is matched whole: one that is only part of a name is another thing."""


def _usual_name(word: str) -> str:
    return _USUAL_NAMES.get(word.strip(), word.strip())


def is_named(name: str, words: Iterable[str]) -> bool:
    """Return whether an item is one of those that words name, by these or by its usual name."""
    return _usual_name(name) in map(_usual_name, words)


def _tablet_row(hands_on: bool, lent_devices: int | None) -> _Row:
    """Return the row of the ward's tablets: 「0」 without 操作体験, else ``lent_devices`` (None = 貸与数) plus two."""
    if not hands_on:
        return (TABLET, "0", Side.WARD, "操作体験がないため不要")
    return (TABLET, "貸与数＋予備2" if lent_devices is None else f"{lent_devices}＋予備2", Side.WARD, "")


def _supply_row(word: str) -> _Row:
    """Return the row of what the ward prepares, with the usual number where the word is known."""
    usual = next((row for row in _KNOWN_SUPPLIES if row[0] == _usual_name(word)), (word, "1", Side.WARD, ""))
    return usual if word == NETWORK_SUPPLY else (word, *usual[1:])


def _rows(kind: EventKind, network: Network, hands_on: bool, lent_devices: int | None) -> tuple[_Row, ...]:
    """Return name, quantity, owner and note of each item of the default equipment.

    A 派遣 has a router where the contract asks for equipment, unless the venue has the internet.
    """
    supplied = tuple(dict.fromkeys(map(_supply_row, kind.ward_supplies)))
    if not kind.form.at_organisation:
        lent = (_tablet_row(hands_on, lent_devices),) if kind.lends_devices else ()
        of_room = [row for row in supplied if not is_named(row[0], (NETWORK_SUPPLY,))]
        return (*of_room, *lent, *(row for row in supplied if row not in of_room))
    if not kind.clause_equipment:
        return supplied
    brought = (*supplied, *(row for row in _DISPATCH if not is_named(row[0], kind.ward_supplies)))
    if network.is_present:
        return brought
    note = "会場にインターネット環境がないため" if network.is_absent else "会場のインターネット環境を確かめて決める"
    return (*brought, (ROUTER, "1", Side.CONTRACTOR, note))


def network_clause(kind: EventKind) -> str:
    """Return the clause about the internet of the venue; "" where the contract says nothing of it."""
    said = kind.form.at_organisation or is_named(NETWORK_SUPPLY, kind.ward_supplies)
    return kind.clause_equipment if said else ""


def consumables_of(kind: EventKind) -> tuple[str, ...]:
    """Return which of 模造紙, 付箋 and マーカー the ward prepares by its contract."""
    return tuple(name for name in SUPPLY_NAMES if is_named(name, kind.ward_supplies))


def default_equipment(
    kind: EventKind, *, network: Network = Network.UNKNOWN, hands_on: bool = True, lent_devices: int | None = None
) -> tuple[EquipmentItem, ...]:
    """Return the default equipment of a kind of event, with ``event_id`` 0.

    The ward prepares what its contract names and lends tablets where it says so, never at a visit. To a visit the
    受託者 brings a mobile router if ``network`` is 無 or 不明 and the contract has a clause about equipment.
    ``lent_devices`` is how many tablets the ward lends, None = not known; without ``hands_on`` none are.
    """
    return tuple(
        EquipmentItem(event_id=0, position=position, name=name, quantity=quantity, owner=owner, note=note)
        for position, (name, quantity, owner, note) in enumerate(_rows(kind, network, hands_on, lent_devices))
    )


def counted_quantity(item: EquipmentItem, *, groups: int | None, people: int | None) -> str:
    """Return the number of an item: 「班の数＋予備2枚」 is 「6枚」 for four 班, 「人数分」 is 「20人分」
    (仕様書4(3)ク).

    A typed number, or one that depends on an unknown value (None, or 0 people), is returned as typed.
    """
    by_group = re.fullmatch(r"班の数(?:[＋+]予備(\d{1,9}))?(\D*)", item.quantity.strip())
    if by_group is not None and groups is not None:
        return f"{groups + int(by_group[1] or 0)}{by_group[2]}"
    if item.quantity.strip() == "人数分" and people:
        return f"{people}人分"
    return item.quantity


def has_router(items: Iterable[EquipmentItem]) -> bool:
    """Return whether a list contains a mobile router (仕様書4(2)ク)."""
    return any(is_named(item.name, (ROUTER,)) for item in items)


def supplies(items: Iterable[EquipmentItem], *, groups: int | None, people: int | None) -> tuple[tuple[str, str], ...]:
    """Return (name, number as by ``counted_quantity``) of 模造紙, 付箋 and マーカー of a list (仕様書4(3)ク)."""
    return tuple(
        (item.name, counted_quantity(item, groups=groups, people=people))
        for item in items
        if is_named(item.name, SUPPLY_NAMES)
    )


def tablet_side(kind: EventKind, items: Iterable[EquipmentItem], *, agreed: bool = False) -> str:
    """Return who brings the tablets to lend (「区」, 「受託者」): 区 where the kind says so, else as agreed, or "".

    Args:
        agreed: the 協議 「機材」 of the event is settled, which covers every line of the list.
    """
    if kind.lends_devices:
        return "区"
    settled = [item for item in items if is_named(item.name, (TABLET,)) and (agreed or item.agreement.strip())]
    return settled[0].owner if settled else ""


def tablet_remark(kind: EventKind, items: Iterable[EquipmentItem], lent_devices: int, *, agreed: bool = False) -> str:
    """Return what to settle where people borrow tablets that nobody has agreed to bring, or "".

    ``agreed`` as in ``tablet_side``; then the agreement only has to be entered in the list.
    """
    if not lent_devices or tablet_side(kind, items, agreed=agreed):
        return ""
    if agreed:
        return (
            f"貸与タブレットを使う方が{lent_devices}人いますが、機材の一覧にタブレットの行がありません。"
            f"協議で決めた用意する側の行を加えてください。"
        )
    asks = (
        "会場にない機材は、協議の上、原則受託者が準備します"
        if kind.form.at_organisation and kind.clause_equipment
        else f"{kind.name}では、区はタブレット端末を貸与しません"
    )
    return (
        f"貸与タブレットを使う方が{lent_devices}人いますが、だれが用意するか決まっていません。"
        f"{asks}{in_brackets(kind.clause_equipment)}。協議を記録してください。"
    )


def equipment_remarks(
    kind: EventKind, items: Sequence[EquipmentItem], network: Network = Network.UNKNOWN, *, agreed: bool = False
) -> tuple[str, ...]:
    """Return remarks about an equipment list: wrong side, items of another kind of event, missing items.

    Args:
        network: of the venue; 無 at a visit asks for a mobile router.
        agreed: the 協議 「機材」 of the event is settled, so that no line needs its own day or number.
    """
    remarks = [remark for item in items for remark in _item_remarks(kind, item, agreed=agreed)]
    clause = in_brackets(kind.clause_equipment)
    for word in kind.ward_supplies:
        if not any(is_named(item.name, (word,)) for item in items):
            remarks.append(f"{word}が機材にありません。区が準備するものです{clause}。")
    if kind.form.at_organisation and kind.clause_equipment and network.is_absent and not has_router(items):
        remarks.append(f"会場にインターネット環境がありません。受託者がモバイルルーターなどを用意します{clause}。")
    return tuple(remarks)


def _item_remarks(kind: EventKind, item: EquipmentItem, *, agreed: bool) -> list[str]:
    """Return remarks if the wrong side is noted to bring an item, or if it still has to be agreed."""
    clause = in_brackets(kind.clause_equipment)
    remarks = []
    if not kind.lends_devices and item.owner.is_ward and is_named(item.name, (TABLET,)):
        remarks.append(f"{item.name}：{kind.name}では、区はタブレット端末を貸与しません{clause}。")
    elif item.owner.is_ward and is_named(item.name, {*SUPPLY_NAMES} - {*consumables_of(kind)}):
        remarks.append(f"{item.name}：{kind.name}では、区が準備するものではありません{clause}。")
    elif (
        kind.form.at_organisation
        and kind.clause_equipment
        and item.owner.is_ward
        and not is_named(item.name, kind.ward_supplies)
    ):
        remarks.append(f"{item.name}：会場で使えない機材は、協議の上、原則受託者が準備します{clause}。")
    if item.owner.is_ward:
        return remarks
    if is_named(item.name, (*kind.ward_supplies, *((TABLET,) if kind.lends_devices else ()))):
        remarks.append(f"{item.name}：区が準備するものです{clause}。用意する側を確かめてください。")
    elif kind.clause_equipment and not (
        agreed or item.agreement or (kind.form.at_organisation and is_named(item.name, (ROUTER,)))
    ):
        remarks.append(
            f"{item.name}：受託者が準備する機材は、あらかじめ協議します{clause}。"
            f"「{EQUIPMENT_TOPIC}」の協議を済にするか、この行に協議の日か番号を書いてください。"
        )
    return remarks
