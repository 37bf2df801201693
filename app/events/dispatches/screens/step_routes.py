"""Maps the current step of a 派遣 to the place where it is done."""

from __future__ import annotations

from collections.abc import Mapping

from app.actions.action_id import ActionId, ActionLink
from app.event.rules.recruitment import DECISION
from app.events.dispatches.rules import ADD_VISIT
from app.main_window.action_routes import Route, route_to
from db.records.dispatches import FollowUpKind

_OPEN_LETTER = "決定通知を開く"
_TASK_ROUTES: Mapping[str, tuple[str, ActionId | None]] = {
    "日程を決める": ("日程を決める", "日付を変える"),
    "延期した日程を決める": ("日程を決める", "日付を変える"),
    "決定通知の決裁": (_OPEN_LETTER, None),
    "決定通知を出す": (_OPEN_LETTER, None),
    "本日の訪問": ("実施結果を記録する", "結果を記録する"),
    "実施結果を記録する": ("実施結果を記録する", "結果を記録する"),
    "報告書を待つ": ("提出を待つ・受領する", "報告書の提出を求める"),
    "修正版を待つ": ("提出を待つ・受領する", "報告書の提出を求める"),
    "報告書を確かめる": ("報告書を確かめる", "報告書を確認する"),
    FollowUpKind.THREE_MONTHS: ("電話を記録する", "派遣のその後を聞く"),
}
"""Button text and action by next task (``rules.dispatch_steps``); None = the letter."""
TASKS_DONE_HERE: Mapping[str, str] = {
    "希望票を記録する": "希望票を記録する",
    "希望票に署名をもらう": "署名を記録する",
    "選定を記録する": "選定を記録する",
    ADD_VISIT: ADD_VISIT,
}
"""Next tasks that are done on the page of 派遣 itself, with their button text."""


def route_of_task(next_task: str, event_id: int) -> Route | None:
    """Return the route of a next task of a 派遣; None where it is done here, or there is none.

    Args:
        next_task: in the words of ``rules.dispatch_steps``.
    """
    if next_task not in _TASK_ROUTES:
        return None
    words, what = _TASK_ROUTES[next_task]
    if what is None:
        return Route(
            label=words, screen_name="event", arguments={"event_id": event_id, "tab": "書類", "kind": DECISION}
        )
    way = route_to(ActionLink(what, event_id=event_id))
    return Route(label=words, screen_name=way.screen_name, arguments=way.arguments)
