"""The error for a text that Excel cannot hold, in sentences for the user."""

from __future__ import annotations


class TooLongForExcel(ValueError):
    """Error for a text longer than Excel allows; nothing is cut.

    Attributes: ``happened`` which text does not fit where, ``todo`` what to do, as whole sentences.
    """

    KEPT = "入力した内容はそのまま残っています。"

    def __init__(self, happened: str, todo: str):
        self.happened = happened
        self.todo = todo
        super().__init__(f"{happened}{self.KEPT}{todo}")
