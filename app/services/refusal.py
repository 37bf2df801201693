"""What our own rules refuse, in the same three Japanese sentences as a fault of the environment."""

from __future__ import annotations

NOTHING_CHANGED = "保存済みのデータは変わっていません。"


class Refusal(Exception):
    """A user action that a rule of the programme does not allow.

    Attributes: ``happened`` what was refused and why, ``lost`` what was (not) lost, ``todo`` what to
    do next. Whole sentences, no personal data beyond what the person just typed.
    """

    def __init__(self, happened: str, todo: str = "", lost: str = NOTHING_CHANGED) -> None:
        self.happened = happened
        self.lost = lost
        self.todo = todo
        super().__init__(f"{happened}{lost}{todo}")
