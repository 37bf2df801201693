"""The syntax trees of source files: each file is read and parsed once in a run, however many tests ask."""

import ast
import functools
import gc
from pathlib import Path


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """Return the tree of a file; whoever gets it leaves it as it is."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file in the order of ``ast.walk``."""
    working = gc.isenabled()
    gc.disable()
    try:
        return _walked(tree_of(path))
    finally:
        # They stay to the end: Python's collector walks them neither here nor with the tests after.
        gc.freeze()
        if working:
            gc.enable()


def _walked(tree: ast.Module) -> tuple[ast.AST, ...]:
    """What ``ast.walk`` gives, without a generator for every one of two million nodes."""
    found: list[ast.AST] = [tree]
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                found.append(value)
            elif isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
    return tuple(found)
