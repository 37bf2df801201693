"""Small words and looks the report screens share: badges, places of the records, icons of a state."""

from __future__ import annotations

from collections.abc import Callable

from app.main_window.ways import WayThere
from app.saved import Saved
from app.subjects.reports.rules.report_figures import MATERIAL_ITEM, QUESTION_ITEM
from app.widgets.record_columns import Tone
from db.store import Store

BADGES = {
    "区が確認中": ("区が確認中", "区が確認中"),
    "受領": ("区が確認中", "区が確認中"),
    "修正依頼": ("修正依頼", "修正依頼"),
    "確認済": ("確認済", "確認済"),
    "様式作成中": ("準備", "様式作成中"),
    "受領前": ("受領前", "受領前"),
    "未着手": ("未着手", "未着手"),
}
STATE_ICONS: dict[str, tuple[str, Tone]] = {
    "済": ("check-circle-fill", "green"),
    "記入待ち": ("hourglass-medium", "amber"),
    "任意": ("circle", "second"),
}
WAYS_OF_RECEIPT = ("メール", "手渡し", "郵送", "ファイル送信サービス", "その他")
PLACES_OF_ORIGINAL = ("文書管理システム", "紙ファイル", "受託者")


def record_place(item: str, event_id: int) -> WayThere:
    """Where the ward's own record behind a compared number is changed."""
    name = item.split("　", maxsplit=1)[0]
    if name in (MATERIAL_ITEM, "印刷部数"):
        return WayThere(label="資料の記録を開く", place="materials", arguments={"event_id": event_id})
    if name in (QUESTION_ITEM, "回収数"):
        return WayThere(label="アンケートを開く", place="survey", arguments={"event_id": event_id})
    part = "agenda" if name == "時間割の分" else "result"
    words = "進行表を開く" if part == "agenda" else "当日の記録を開く"
    return WayThere(label=words, place="event", arguments={"event_id": event_id, "tab": "概要", "part": part})


def quietly(change: Callable[[Store], Saved]) -> Callable[[Store], int]:
    """``change`` without its sentence: what is saved while one types on brings no bar over the text."""
    return lambda store: change(store).id
