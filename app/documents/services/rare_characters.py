"""What is said of names whose characters no font of the papers draws, where a name is typed or a list is read.

Such a name is kept as it is written; a paper leaves room for the character. Whoever hears of it at the printer on the
day hears of it too late.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.common.text_rules import name_problem

_NAMED: Final = 8


def rare_in_list(names: Iterable[str]) -> str:
    """Say which names of a list hold such characters, empty = none; a name that is refused anyway is passed by."""
    from app.documents.pdf.printable import unprintable_in_names

    missing = unprintable_in_names(dict.fromkeys(name for name in names if name and not name_problem(name)))
    if not missing:
        return ""
    said = [f"「{name}」の{'・'.join(f'「{one}」' for one in signs)}" for name, signs in missing.items()]
    more = f"ほか{len(said) - _NAMED}件" if len(said) > _NAMED else ""
    return (
        f"書類の書体にない字　{'、'.join(said[:_NAMED])}{more}。"
        "書かれたまま取り込みます。印刷では、その字の場所を空けて手で書きます"
    )


def rare_in_input(*names: str) -> str:
    """Say which characters of names that were typed no font draws, as a sentence behind what was saved; else empty."""
    from app.documents.pdf.printable import unprintable_in_names

    signs = dict.fromkeys(sign for found in unprintable_in_names(names).values() for sign in found)
    if not signs:
        return ""
    return f"「{'」「'.join(signs)}」は書類の書体にない字です。印刷では、その字の場所を空けて手で書きます。"
