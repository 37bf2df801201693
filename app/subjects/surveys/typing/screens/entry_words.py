"""The line under the sheet being typed: what the keys do now, and what waits."""

from __future__ import annotations

from collections.abc import Sequence

from app.subjects.surveys.typing.parts.entry_numbers import said_numbers
from app.subjects.surveys.typing.screens.choice_keys import UNREADABLE_KEY
from app.subjects.surveys.typing.screens.typed_sheet import TypedSheet

HALF_TYPED = "この用紙の入力が途中です。確定してから、ほかの用紙を開いてください。"
STAY_BLIND = "2回目の入力中は、1回目の回答を開きません。打ち直すときは、Ctrl+Z で戻して打ちます。"


def usual_hint(sheet: TypedSheet | None) -> str:
    """What to do at the question now asked."""
    question = sheet.entry.question if sheet is not None else None
    if sheet is None or question is None:
        return "この紙の入力が終わりました。Enter で保存して、つぎの紙へ進みます。"
    if sheet.entry.passed(question):
        return "↑↓ で、聞いていない設問にも行けます。"
    if question.type == "FA":
        return "読みとれないところは、読めたところまで打ってください。"
    if question.type == "SA":
        return (
            f"読みとれないとき、2つ以上に印があるときは {UNREADABLE_KEY} を押すと「要確認」になり、あとで見直せます。"
        )
    return f"読みとれないときは {UNREADABLE_KEY} を押すと「要確認」になり、あとで見直せます。"


def gap_words(untyped: Sequence[int]) -> str:
    """What to say when a number further on was chosen: which ones are passed over."""
    return f"{said_numbers(untyped)}枚目がまだ入力されていません。あとで番号を選んで入力できます。" if untyped else ""
