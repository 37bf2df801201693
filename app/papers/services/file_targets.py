"""Names that somebody gives to a file: what Windows does not take is said in words before anything is written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from itertools import count
from pathlib import Path, PurePath
from typing import Final, TypeVar

from app.refusal import Refusal
from db import file_names, on_disk, path_lengths

NOTHING_WRITTEN: Final = "何も書き出していません。"
_Path = TypeVar("_Path", bound=PurePath)
_MOST: Final = 120
_ANOTHER: Final = "別の名前にしてください。"
_SAID: Final = {
    "sign": "{what}に「{signs}」は使えません。",
    "control": f"{{what}}に改行などは使えません。{_ANOTHER}",
    "direction": "{what}に、文字の向きを変える見えない記号が入っています。名前を入力し直してください。",
    "reserved": f"{{what}}「{{name}}」は、Windowsが別の用途に使っています。{_ANOTHER}",
    "end": "{what}の終わりに、「.」や空白は使えません。",
    "empty": f"この名前は{{what}}に使えません。{_ANOTHER}",
}


def flaw_in_words(name: str, *, what: str = "ファイル名") -> str:
    """Return a sentence when no office PC takes ``name``, called ``what`` in it, else ""."""
    flaw = file_names.flaw(name)
    if not flaw:
        return ""
    signs = "」「".join(dict.fromkeys(sign for sign in name if sign in file_names.FORBIDDEN))
    return _SAID[flaw].format(what=what, name=name, signs=signs)


def name_problem(name: str) -> str:
    """Return a sentence when ``name`` can't be the name of a file or folder on an office PC, else ""."""
    said = flaw_in_words(name.strip(" "))
    if said or len(name) <= _MOST:
        return said
    return f"ファイル名が長すぎます。{_MOST}文字までにしてください。"


def length_problem(path: PurePath) -> str:
    """Return a sentence when ``path``, an absolute one, is too long for this system, else ""."""
    over = max(path_lengths.excess(one) for one in (path, beside(path)))
    if not over:
        return ""
    return f"保存先と名前を合わせると、{over}文字長すぎます。名前を短くするか、場所を変えてください。"


def beside(path: _Path) -> _Path:
    """Return the name under which a file is written before it gets its own: a new one each time."""
    return path.with_name(f".{secrets.token_hex(6)}.part")


def check_targets(paths: Iterable[Path]) -> None:
    """Look at the names of files that are to be written, before any of them is.

    Raises:
        Refusal: one of them has a name that Windows does not take, or is too long.
    """
    for path in paths:
        said = flaw_in_words(path.name) or length_problem(on_disk.absolute(path))
        if said:
            raise Refusal(f"「{_shown(path.name)}」という名前では保存できません。", said, NOTHING_WRITTEN)


def free_name(path: Path) -> Path:
    """Return the first of 「名前（2）」「名前（3）」 … beside ``path`` that no file has."""
    return next(
        found for number in count(2) if not (found := path.with_name(f"{path.stem}（{number}）{path.suffix}")).exists()
    )


def _shown(name: str) -> str:
    """Return a name as it may stand in a sentence: what can't be seen or turns the writing round is left out."""
    kept = "".join(sign for sign in name if sign.isprintable())
    return kept if len(kept) <= _MOST else f"{kept[:_MOST]}…"
