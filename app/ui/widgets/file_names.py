"""Names of files that are saved: what Windows does not take, and the next name that is free."""

from __future__ import annotations

from itertools import count
from pathlib import Path

_FORBIDDEN = '\\/:*?"<>|'
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(1, 10)), *(f"LPT{n}" for n in range(1, 10))}


def name_problem(name: str) -> str:
    """A sentence when ``name`` can't be the name of a file on an office PC, else ""."""
    found = [sign for sign in _FORBIDDEN if sign in name]
    if found:
        return f"ファイル名に「{'」「'.join(found)}」は使えません。"
    if any(ord(sign) < 32 for sign in name):
        return "ファイル名に改行などは使えません。"
    if name.strip().split(".")[0].upper() in _DEVICES or name.strip(" .") == "":
        return "この名前はファイル名に使えません。別の名前にしてください。"
    return "" if len(name) <= 120 else "ファイル名が長すぎます。120文字までにしてください。"


def free_name(path: Path) -> Path:
    """The first of 「名前（2）」「名前（3）」 … beside ``path`` that no file has."""
    return next(
        found for number in count(2) if not (found := path.with_name(f"{path.stem}（{number}）{path.suffix}")).exists()
    )
