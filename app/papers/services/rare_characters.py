"""What is said of names whose characters no font of the papers draws, where a name is typed or a list is read.

Such a name is kept as it is written; a paper leaves room for the character. Whoever hears of it at the printer on the
day hears of it too late.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.common.written_texts import odd_in_name

_NAMED: Final = 8


def rare_in_list(names: Iterable[str]) -> str:
    """Say which names of a list hold such characters, empty = none; a name that is refused anyway is passed by."""
    from app.papers.pdf.printable import no_font_draws

    missing = no_font_draws(dict.fromkeys(name for name in names if name and not odd_in_name(name)))
    if not missing:
        return ""
    said = [f"「{name}」の{'・'.join(f'「{one}」' for one in signs)}" for name, signs in missing.items()]
    more = f"ほか{len(said) - _NAMED}件" if len(said) > _NAMED else ""
    return (
        f"書類の書体にない字　{'、'.join(said[:_NAMED])}{more}。"
        "書かれたまま取り込みます。印刷では、その字の場所を空けて手で書きます"
    )


def rare_in_typed(*names: str) -> str:
    """Say which characters of names that were typed no font draws, as a sentence behind what was saved; else empty."""
    from app.papers.pdf.printable import no_font_draws

    signs = dict.fromkeys(sign for found in no_font_draws(names).values() for sign in found)
    if not signs:
        return ""
    return f"「{'」「'.join(signs)}」は書類の書体にない字です。印刷では、その字の場所を空けて手で書きます。"
