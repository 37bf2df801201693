"""The error for actions that a rule forbids, in three Japanese sentences like an error of the environment."""

from __future__ import annotations

from app.actions.action_id import ActionLink

NOTHING_CHANGED = "保存済みのデータは変わっていません。"


class UserError(Exception):
    """Error for a user action that a rule of the programme does not allow.

    Attributes: ``happened`` what was refused and why, ``lost`` what was (not) lost, ``todo`` what to do next. Whole
    sentences, no personal data beyond what the person just typed. ``links`` lead to where it can be corrected.
    """

    def __init__(
        self, happened: str, todo: str = "", lost: str = NOTHING_CHANGED, *, links: tuple[ActionLink, ...] = ()
    ):
        self.happened = happened
        self.lost = lost
        self.todo = todo
        self.links = tuple(dict.fromkeys(links))
        super().__init__(f"{happened}{lost}{todo}")


def require_reason(reason: str, record_name: str) -> str:
    """Return the reason for withdrawing ``record_name``, stripped; raise ``UserError`` when it is empty or blank.

    ``record_name`` is the word of the error for what is withdrawn (「施行」).
    """
    words = reason.strip()
    if not words:
        raise UserError(f"{record_name}を取り消す理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    return words
