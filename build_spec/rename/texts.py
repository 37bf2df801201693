"""Let docstrings, comments and documents follow the names that were changed."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from typing import Final

_WORD: Final = re.compile(r"[^\W\d]\w*")
_QUOTED: Final = re.compile(r"(`+)([^`\n]+)\1")


def follow(source: str, names: Mapping[str, str], arguments: Mapping[tuple[int, str], str]) -> str:
    """Return a module whose docstrings and comments say the new names.

    Args:
        names: new name by old, of names that mean one thing in the whole program.
        arguments: new name by line of the definition and old name of its argument.
    """
    lines = source.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            line = lines[row - 1]
            lines[row - 1] = line[:column] + in_text(line[column:], names)
    text = "".join(lines)
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        own = dict(names)
        for (line_number, old), new in arguments.items():
            if not isinstance(node, ast.Module) and node.lineno == line_number:
                own[old] = new
        for statement in node.body:
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                for number in range(value.lineno - 1, value.end_lineno or value.lineno):
                    lines[number] = in_text(lines[number], own)
    return "".join(lines)


def in_text(text: str, names: Mapping[str, str]) -> str:
    """Return a text with the new names: names of classes anywhere, all others between backquotes or before a colon."""

    def quoted(found: re.Match[str]) -> str:
        return found[1] + _WORD.sub(lambda word: names.get(word[0], word[0]), found[2]) + found[1]

    text = _QUOTED.sub(quoted, text)
    text = re.sub(r"^(\s+)(\w+)(?=: )", lambda hit: hit[1] + names.get(hit[2], hit[2]), text)
    return _WORD.sub(lambda word: names.get(word[0], word[0]) if _is_class(word[0]) else word[0], text)


def _is_class(word: str) -> bool:
    return word[:1].isupper() and any(sign.islower() for sign in word) and any(sign.isupper() for sign in word[1:])
