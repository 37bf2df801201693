"""Where the step in turn of a 派遣 is done: here, or at the place where its words lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.acts.action_id import ActionId, Asked
from app.main_window.ways import Route, way_to
from app.subjects.events.dispatches.rules import CALL
from app.subjects.events.event.rules.recruitment import DECISION

_LETTER: Final = "決定通知を開く"
_THERE: Final[Mapping[str, tuple[str, ActionId | None]]] = {
    "日程を決める": ("日程を決める", "日付を変える"),
    "延期した日程を決める": ("日程を決める", "日付を変える"),
    "決定通知の決裁": (_LETTER, None),
    "決定通知を出す": (_LETTER, None),
    "本日の訪問": ("実施結果を記録する", "結果を記録する"),
    "実施結果を記録する": ("実施結果を記録する", "結果を記録する"),
    "報告書を待つ": ("提出を待つ・受領する", "報告書の提出を求める"),
    "修正版を待つ": ("提出を待つ・受領する", "報告書の提出を求める"),
    "報告書を確かめる": ("報告書を確かめる", "報告書を確認する"),
    CALL: ("電話を記録する", "派遣のその後を聞く"),
}
"""What is to be done (``rules.dispatch_steps``): the words of its button, and what is asked for; None = the letter."""
HERE: Final[Mapping[str, str]] = {
    "希望票を記録する": "希望票を記録する",
    "希望票に署名をもらう": "署名を記録する",
    "選定を記録する": "選定を記録する",
    "派遣の実施回を追加する": "派遣の実施回を追加する",
}
"""What is done where the 派遣 stand in their steps, and the words of its button."""


def way_of_step(to_do: str, event_id: int) -> Route | None:
    """Return the button of what is to be done for a 派遣 at another place; None where it is done here, or nothing is.

    Args:
        to_do: in the words of ``rules.dispatch_steps``.
    """
    if to_do not in _THERE:
        return None
    words, what = _THERE[to_do]
    if what is None:
        return Route(label=words, place="letters", arguments={"event_id": event_id, "kind": DECISION})
    way = way_to(Asked(what, event_id=event_id))
    return Route(label=words, place=way.place, arguments=way.arguments)
