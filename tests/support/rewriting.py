"""Writes what is said now into the test that holds it (``DESK_WORDS=write``), when the run ends."""

import ast
import atexit
import inspect
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_WIDTH: Final = 112
_written: Final[dict[str, dict[int, list[str]]]] = defaultdict(dict)


def write_lines(caller: inspect.FrameInfo, lines: Sequence[str]) -> None:
    """Keep the lines for the call of ``assert_says`` that is under way in a test."""
    if not _written:
        atexit.register(_write)
    _written[caller.filename][caller.lineno] = list(lines)


def _write() -> None:
    for name, calls in _written.items():
        path = Path(name)
        source = path.read_text(encoding="utf-8")
        for node in sorted(_texts(source), key=lambda one: -one.lineno):
            found = next((lines for at, lines in calls.items() if node.lineno <= at <= (node.end_lineno or 0)), None)
            if found is not None:
                source = _with_text(source, node.args[1], found)
        path.write_text(source, encoding="utf-8")


def _texts(source: str) -> list[ast.Call]:
    return [
        one
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "assert_says"
    ]


def _with_text(source: str, node: ast.expr, lines: Sequence[str]) -> str:
    """Return the source with another text; it begins behind the quotes and ends on a line of its own."""
    rows = source.encode("utf-8").split(b"\n")
    last = node.end_lineno or node.lineno
    before, after = rows[node.lineno - 1][: node.col_offset], rows[last - 1][node.end_col_offset :]
    blank = " " * 8
    wrapped = [f"{blank}{part}" for line in lines for part in _wrapped(line.replace("\\", "\\\\"))]
    text = "\n".join(['"""', *wrapped, f'{blank}"""'])
    rows[node.lineno - 1 : last] = [before + text.encode("utf-8") + after]
    return b"\n".join(rows).decode("utf-8")


def _wrapped(line: str) -> list[str]:
    """Return a line in parts of the width of a line; no part but the last ends with a blank."""
    parts, part = [], ""
    for sign in line:
        if _width(part + sign) > _WIDTH:
            whole = part.rstrip() if part.strip() else part
            parts.append(whole)
            part = "　　" + part[len(whole) :]
        part += sign
    return [*parts, part]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
