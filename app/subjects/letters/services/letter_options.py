"""How a letter, a label or a manuscript is made by itself: its unit, honorific, window, labels, room in characters.

- ``read_options(database, kind, event_id, on) -> LetterOptions``
- ``set_letter_option(store, event_id, kind, name, value, by, now) -> Saved``
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, get_args

from app.programme.services.programme_view import setting_of_event
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.rules.recruitment import DECISION, TO_BRANCHES, TO_PRESIDENTS
from app.subjects.events.services.event_file import required_event
from app.subjects.letters.papers.address_labels import SIZES
from app.subjects.letters.rules.letter_texts import LETTERS
from app.subjects.letters.rules.recruitment_texts import LIMITS
from app.subjects.letters.services.letter_addressees import ORGANISATIONS, Unit
from db.engine import Database
from db.records.programme import PaperSetting
from db.store import Store

UNIT, HONORIFIC, WINDOW, CONFIDENTIAL = "宛名の単位", "敬称", "窓あき封筒", "親展"
SIZE, LABELS_FOR, LIMIT = "ラベルの面数", "ラベルの宛先", "字数の目安"
_YES, _NO = "する", "しない"
_GENERAL = (TO_PRESIDENTS, TO_BRANCHES)


@dataclass(frozen=True, kw_only=True)
class LetterOptions:
    """The settings of one kind of paper.

    ``labels_for`` is the letter whose addressees the labels are for (or 「すべての団体」); ``limit`` the room of a
    manuscript in characters, None = none given.
    """

    unit: Unit = "団体ごと"
    honorific: str = "様"
    window: bool = False
    confidential: bool = True
    label_size: int = 12
    labels_for: str = DECISION
    limit: int | None = None


def read_options(database: Database, kind: str, *, event_id: int, on: date | None = None) -> LetterOptions:
    """Return the settings of ``kind`` in the year of an event, those never touched as the app proposes them.

    ``on`` is today; None = as set last.
    """
    setting = setting_of_event(database, event_id, kind, on=on) or PaperSetting(document_kind=kind)
    kept = setting.extra
    unit = kept.get(UNIT, "共通" if kind in _GENERAL else "団体ごと")
    size, limit = kept.get(SIZE, ""), kept.get(LIMIT, str(LIMITS.get(kind, "")))
    return LetterOptions(
        unit=unit if unit in get_args(Unit) else "団体ごと",  # type: ignore[arg-type]
        honorific=setting.honorific,
        window=kept.get(WINDOW) == _YES,
        confidential=kept.get(CONFIDENTIAL, _YES) == _YES,
        label_size=int(size) if size.isdigit() and int(size) in SIZES else SIZES[0],
        labels_for=kept.get(LABELS_FOR, DECISION),
        limit=int(limit) if limit.isdigit() and int(limit) else None,
    )


_WORDS: Final = {
    UNIT: get_args(Unit),
    HONORIFIC: ("様", "殿", ""),
    WINDOW: (_YES, _NO),
    CONFIDENTIAL: (_YES, _NO),
    SIZE: tuple(str(size) for size in SIZES),
    LABELS_FOR: (*LETTERS, ORGANISATIONS),
}


def set_letter_option(
    store: Store, *, event_id: int, kind: str, name: str, value: str, by: str, now: datetime
) -> Saved:
    """Set one option of a kind of paper for all events of the year of an event.

    Args:
        name: one of the names above. value: 「する」／「しない」, a word of the option, or a number.

    Raises:
        Refusal: the value does not fit the option.
    """
    if name == LIMIT:
        if value and not value.isdigit():
            raise Refusal(f"「{value}」は字数として読めません。", "200 のように数字で入力してください。")
    elif value not in _WORDS.get(name, ()):
        raise Refusal(f"「{name}」を「{value}」にすることはできません。", "画面の選択肢から選んでください。")
    year = required_event(store.database, event_id).programme_id
    present = setting_of_event(store.database, event_id, kind, on=now.date())
    form = "公文書" if kind in LETTERS else "事務連絡"
    setting = present or PaperSetting(programme_id=year, document_kind=kind, form=form)
    if name == HONORIFIC:
        setting = replace(setting, honorific=value)
    else:
        setting = replace(setting, extra={**setting.extra, name: value})
    with store.change(action=f"{kind}の「{name}」を変えた", by=by, now=now, subject="programme") as change:
        row_id = change.save(setting)
    return Saved(said=f"{kind}の「{name}」を変えました。", id=row_id)
