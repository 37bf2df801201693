"""What is needed on the day and which side prepares it (仕様書4(1)ク, (2)ク, (3)ク)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.records.events import EquipmentItem, Network, Side
from db.records.programme import Kind

_Row = tuple[str, str, Side, str]

TABLET = "貸与タブレット端末"
ROUTER = "モバイルルーター"
_CLAUSES: dict[Kind, str] = {
    "講習会": "仕様書4(1)ク",
    "派遣": "仕様書4(2)ク",
    "意見交換会": "仕様書4(3)ク",
}
_ROOM: tuple[_Row, ...] = (
    ("マイク", "2", "区", ""),
    ("ホワイトボード", "1", "区", ""),
    ("プロジェクター", "1", "区", ""),
    ("投影用スクリーン", "1", "区", ""),
)
_SUPPLIES: tuple[_Row, ...] = (
    ("模造紙", "班の数＋予備", "区", ""),
    ("付箋", "人数分", "区", ""),
    ("マーカー", "班の数", "区", ""),
)
_NETWORK: _Row = ("会場のインターネット環境", "全員分", "区", "受託者および全参加者が使う")
_DISPATCH: tuple[_Row, ...] = (
    ("プロジェクター", "1", "受託者", "会場で使えるものがあれば不要"),
    ("投影用スクリーン", "1", "受託者", "会場で使えるものがあれば不要"),
)
_TABLET_WORDS = ("タブレット",)
_SUPPLY_WORDS = ("模造紙", "付箋", "マーカー")
_WARD_WORDS: dict[Kind, tuple[str, ...]] = {
    "講習会": ("マイク", "ホワイトボード", "プロジェクター", "スクリーン", "タブレット"),
    "派遣": (),
    "意見交換会": (
        "マイク",
        "ホワイトボード",
        "プロジェクター",
        "スクリーン",
        "模造紙",
        "付箋",
        "マーカー",
    ),
}
_ROUTER_WORDS = ("ルーター", "ルータ")


def _holds(name: str, words: Iterable[str]) -> bool:
    """Whether an item's name speaks of one of ``words``; ホワイトボードマーカー is no 消耗品 of the groups."""
    return any(word in name for word in words) and "ホワイトボードマーカー" not in name


def _tablet_row(hands_on: bool, lent_devices: int | None) -> _Row:
    """The lent tablets of a 講習会: none without 操作体験, else the number told plus two in reserve."""
    if not hands_on:
        return (TABLET, "0", "区", "操作体験がないため不要")
    return (TABLET, "貸与数＋予備2" if lent_devices is None else f"{lent_devices}＋予備2", "区", "")


def _rows(kind: Kind, network: Network, hands_on: bool, lent_devices: int | None) -> tuple[_Row, ...]:
    """Name, quantity, owner and note of each thing."""
    if kind == "講習会":
        return (*_ROOM, _tablet_row(hands_on, lent_devices), _NETWORK)
    if kind == "意見交換会":
        return (*_ROOM, *_SUPPLIES, _NETWORK)
    if network == "有":
        return _DISPATCH
    note = "会場にインターネット環境がないため" if network == "無" else "会場のインターネット環境を確かめて決める"
    return (*_DISPATCH, (ROUTER, "1", "受託者", note))


def default_equipment(
    kind: Kind, *, network: Network = "不明", hands_on: bool = True, lent_devices: int | None = None
) -> tuple[EquipmentItem, ...]:
    """The equipment to start from, with ``event_id`` 0.

    Tablets are lent at a 講習会 only; 模造紙・付箋・マーカー belong to an 意見交換会 only; where a 派遣 has no
    usable network the 受託者 brings a mobile router.
    """
    return tuple(
        EquipmentItem(event_id=0, position=position, name=name, quantity=quantity, owner=owner, note=note)
        for position, (name, quantity, owner, note) in enumerate(_rows(kind, network, hands_on, lent_devices))
    )


def equipment_remarks(kind: Kind, items: Sequence[EquipmentItem], network: Network = "不明") -> tuple[str, ...]:
    """What to look at in an equipment list: wrong side, things that belong to another kind, things missing."""
    remarks = [remark for item in items for remark in _item_remarks(kind, item)]
    clause = _CLAUSES[kind]
    for word in _WARD_WORDS[kind]:
        if word != "タブレット" and not any(_holds(item.name, (word,)) for item in items):
            remarks.append(f"{word}が機材にありません。区が準備するものです（{clause}）。")
    if kind == "派遣" and network == "無" and not any(_holds(item.name, _ROUTER_WORDS) for item in items):
        remarks.append(f"会場にインターネット環境がありません。受託者がモバイルルーターなどを用意します（{clause}）。")
    return tuple(remarks)


def _item_remarks(kind: Kind, item: EquipmentItem) -> list[str]:
    """Remarks about one item."""
    clause = _CLAUSES[kind]
    remarks = []
    if kind != "講習会" and item.owner == "区" and _holds(item.name, _TABLET_WORDS):
        remarks.append(f"{item.name}：タブレット端末を区が貸与するのは講習会だけです（仕様書4(1)ク）。")
    elif kind != "意見交換会" and item.owner == "区" and _holds(item.name, _SUPPLY_WORDS):
        remarks.append(f"{item.name}：区が準備するのは意見交換会だけです（仕様書4(3)ク）。")
    elif kind == "派遣" and item.owner == "区":
        remarks.append(f"{item.name}：会場で使えない機材は、協議の上、原則受託者が準備します（{clause}）。")
    if item.owner != "受託者":
        return remarks
    if _holds(item.name, _WARD_WORDS[kind]):
        remarks.append(f"{item.name}：区が準備するものです（{clause}）。用意する側を確かめてください。")
    elif not item.agreement and not (kind == "派遣" and _holds(item.name, _ROUTER_WORDS)):
        remarks.append(
            f"{item.name}：受託者が準備する機材は、あらかじめ協議します（{clause}）。協議の記録がありません。"
        )
    return remarks
