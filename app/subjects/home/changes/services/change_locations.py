"""Find the place where a change was made, by subject and rows of its journal entry."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final

from app.actions.action_id import ActionId, ActionLink
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry
from db.records.events import Event
from db.records.organisations import Organisation, Person


@frozen_record
class ChangeLocation:
    """The words of a place without an event, and the link to it (None = no place to open)."""

    words: str = ""
    link: ActionLink | None


_OF_EVENT: Final[Mapping[str, ActionId]] = {
    "surveys": "アンケート", "roster": "名簿", "participants": "参加人数", "selections": "参加者の決定",
    "reports": "報告書",
    "materials": "資料", "papers": "変わったことを伝える", "calls": "中止・変更の連絡",
    "change_decisions": "中止・変更の連絡",
    "discussion": "討議の記録", "takeouts": "持出し管理簿", "applications": "申込を受け付ける",
    "deadlines": "実施回の期限を見る",
    "received": "報告書", "bookings": "実施回", "incidents": "事故の対応",
}  # fmt: skip
_OF_YEAR: Final[Mapping[str, tuple[str, ActionId | None]]] = {
    "programme": ("年度と契約", "契約"), "agreements": ("協議・打合せ", "協議の記録"),
    "deadlines": ("年度の期日", "年度の期日"),
    "received": ("資料・報告", "提出物"), "completion": ("完了・検査・支払", "完了の手続きを進める"),
    "proposal": ("提案書の根拠", "提案書の根拠"),
    "specification": ("仕様書の読み比べ", "仕様書の読み比べ"), "ledgers": ("管理簿", "管理簿"),
    "handover": ("引継書", "引継書"),
    "takeouts": ("持出し管理簿", "持出し管理簿"), "venues": ("会場・予約", None), "bookings": ("会場・予約", None),
    "accounts": ("利用者", None),
    "surveys": ("アンケート", "アンケート"), "paper_texts": ("書類の文", None), "papers": ("書類", None),
    "organisations": ("団体", None),
    "participants": ("団体", None), "events": ("事業", None),
    "selections": ("派遣の選定", "派遣の希望票"),
    "summary": ("年度", "年度まとめ"), "dispatches": ("派遣の希望票", "派遣の希望票"),
    "presentations": ("事例発表", "事例発表"),
    "shape": ("データの形", None), "copies": ("控え", None),
    "backups": ("バックアップ", "2つ目の場所"), "drill": ("復元の点検", "復元の点検"),
    "incidents": ("事故の対応", "事故の対応"), "protected_places": ("保護された保存先", "保護された保存先"),
    "disposal": ("消す時期が来たもの", "消す時期が来たもの"), "erasing": ("消去", "消す時期が来たもの"),
}  # fmt: skip
_ACTIONS_WITHOUT_ROW: Final = frozenset({"申込を受け付ける"})


def concerned_id(entry: JournalEntry, record: type[Organisation | Person]) -> int | None:
    """Return the id of the 団体, or of the person, that an action wrote, or None."""
    about = (
        item.row_id for item in reversed(entry.changes) if item.table == TABLE_OF[record] and item.after is not None
    )
    return next(about, None)


def location_of(
    entry: JournalEntry, event: Event | None, *, existing_rows: Container[tuple[type[Any], int]]
) -> ChangeLocation:
    """Return the place of an action; if it no longer exists, its event or none.

    Args:
        existing_rows: those rows of ``concerned_id`` that still exist, by record and id.
    """
    if event is not None:
        what = _OF_EVENT.get(entry.subject, "実施回")
        return ChangeLocation(link=ActionLink("参加者" if what in _ACTIONS_WITHOUT_ROW else what, event_id=event.id))
    words, asked = _OF_YEAR.get(entry.subject, ("", None))
    if (organisation := concerned_id(entry, Organisation)) is not None:
        gone = (Organisation, organisation) not in existing_rows
        return ChangeLocation(words=words, link=None if gone else ActionLink("団体", organisation_id=organisation))
    if (person := concerned_id(entry, Person)) is not None:
        gone = (Person, person) not in existing_rows
        return ChangeLocation(words=words, link=None if gone else ActionLink("人", person_id=person))
    return ChangeLocation(words=words, link=ActionLink(asked) if asked is not None else None)
