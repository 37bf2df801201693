"""How a document kind depends on the state of its event; checked before anything is drawn."""

from __future__ import annotations

from typing import Final, Literal

from app.documents.event_facts import EventState, StateWord

EventRole = Literal["案内", "配付", "用意", "変更", "実施後", "結果", "記録", "回によらない"]
"""What a document kind is to its event.

案内 invites to it or starts it (letters, flyer, numbers notified); 配付 is handed to participants or those asked for
an example, and to nobody if the event was cancelled; 用意 stays useful whether it takes place or not (roster, tags,
agenda); 変更 tells of an urgent change; 実施後 is only for what took place; 結果 needs its recorded result; 記録
states what happened; 回によらない is about no event (a year, a 団体).
"""
StateEffect = Literal["作成", "印", "停止"]
"""Whether the document is made as usual, made with the state on every page, or stopped unless there is a reason."""

OFF_STATES: Final[tuple[StateWord, ...]] = ("延期", "中止", "取下げ", "不採択")
"""States in which the event cannot be relied on to take place on its day."""
NO_RESULT: Final = "実施結果の記録前"
"""The mark of a document that needs the result while there is none."""


def state_effect(role: EventRole, state: StateWord) -> StateEffect:
    """Return the effect of an event's state on a document of ``role``."""
    if state in OFF_STATES:
        return "停止" if role in ("案内", "配付", "実施後", "結果") else "印" if role == "用意" else "作成"
    return "印" if state == "結果未記録" and role == "結果" else "作成"


def can_override(role: EventRole, state: StateWord) -> bool:
    """Return whether a stopped document may be made with a reason."""
    return not (role == "配付" and state == "中止")


def state_mark(state: EventState) -> str:
    """Return the mark on every page for a state, "" for a state that needs none."""
    if state.word in OFF_STATES:
        return state.word
    return NO_RESULT if state.word == "結果未記録" else ""
