"""How a kind of paper meets the state of its event: one rule, asked before a page is drawn, in the window and beside
it."""

from __future__ import annotations

from typing import Final, Literal

from app.documents.event_facts import EventState, StateWord

EventRole = Literal["案内", "配付", "用意", "変更", "実施後", "結果", "記録", "回によらない"]
"""What a kind of paper is to its event.

案内 invites to it or sets it going (letters, flyer, the numbers told), 配付 is handed to whoever comes or is asked to
tell an example, and to nobody where an event was cancelled, 用意 stays of use whether it takes place or not (roster,
tags, agenda), 変更 tells what was changed in a hurry, 実施後 is only for what took place, 結果 needs what was recorded
of it, 記録 says what was so and 回によらない is about no event (a year, a 団体).
"""
StateEffect = Literal["作成", "印", "停止"]
"""It is made as ever, made with the state on every page, or not made without a reason."""

OFF_STATES: Final[tuple[StateWord, ...]] = ("延期", "中止", "取下げ", "不採択")
"""States in which nobody can rely on the event taking place on its day."""
NO_RESULT: Final = "実施結果の記録前"
"""What a paper that needs the result bears while there is none."""


def state_effect(role: EventRole, state: StateWord) -> StateEffect:
    """Return how a kind of paper meets a state."""
    if state in OFF_STATES:
        return "停止" if role in ("案内", "配付", "実施後", "結果") else "印" if role == "用意" else "作成"
    return "印" if state == "結果未記録" and role == "結果" else "作成"


def can_override(role: EventRole, state: StateWord) -> bool:
    """Whether somebody may go on with a reason where a paper is stopped."""
    return not (role == "配付" and state == "中止")


def state_mark(state: EventState) -> str:
    """Return what stands on every page of a paper that bears a state, "" for a state that needs no mark."""
    if state.word in OFF_STATES:
        return state.word
    return NO_RESULT if state.word == "結果未記録" else ""
