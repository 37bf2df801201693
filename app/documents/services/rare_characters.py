"""Messages about names with characters that no font draws, shown when a name is typed or a list is read.

Such a name is stored as written; a document leaves a gap for the character. At the printer on the day it would be too
late to learn of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.common.and_others import and_others
from app.common.text_rules import name_problem

_NAMED = 8


def rare_in_list(names: Iterable[str]) -> str:
    """Return a sentence on the names of a list with characters that no font of the documents draws, "" = none.

    At most eight names are named, the rest is counted. Names that are refused anyway are skipped.
    """
    from app.documents.pdf.printable import unprintable_in_names

    missing = unprintable_in_names([name for name in dict.fromkeys(names) if name and not name_problem(name)])
    if not missing:
        return ""
    said = [f"「{name}」の{'・'.join(f'「{one}」' for one in signs)}" for name, signs in missing.items()]
    more = and_others(said, _NAMED, "ほか{}件")
    return (
        f"書類の書体にない字　{'、'.join(said[:_NAMED])}{more}。"
        "書かれたまま取り込みます。印刷では、その字の場所を空けて手で書きます"
    )


def rare_in_input(*names: str) -> str:
    """Return a sentence naming the characters of typed names that no font of the documents draws, "" = none."""
    from app.documents.pdf.printable import unprintable_in_names

    signs = dict.fromkeys(sign for found in unprintable_in_names(names).values() for sign in found)
    if not signs:
        return ""
    return f"「{'」「'.join(signs)}」は書類の書体にない字です。印刷では、その字の場所を空けて手で書きます。"
