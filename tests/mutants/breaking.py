"""Finds the places of a module that can be broken on purpose, and writes the module with one of them broken.

A break is one that a hand makes: a comparison turned, 「and」 for 「or」, a number one more, plus for minus, a 「not」
left out, the two branches of an expression swapped. The source is changed at its place alone: every line stays.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Final

_TURNED: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_SIGNS: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_LAYOUT: Final = frozenset({
    "width", "widths", "height", "size", "lines", "spacing", "weight", "indent", "gap", "space", "at_least", "columns",
    "label_width", "min_row_height",
})  # fmt: skip
"""Arguments that say how something is laid out and not what it says."""
_LAID_OUT: Final = frozenset({"Column", "NameRule", "make_passage"})
"""What is called with bare numbers of that kind."""


@dataclass(frozen=True)
class Place:
    """One place: where it begins and ends in the bytes of its module, its line, what stands there, and what instead."""

    start: int
    end: int
    line: int
    old: str
    new: str


def places_of(source: str) -> list[Place]:
    """Return every place of a module, in the order of the source."""
    finder = _Finder(source.encode("utf-8"))
    finder.visit(ast.parse(source))
    return sorted(finder.places, key=lambda one: (one.start, one.end))


def broken(source: str, place: Place) -> str:
    """Return the module with one place broken."""
    text = source.encode("utf-8")
    return (text[: place.start] + place.new.encode("utf-8") + text[place.end :]).decode("utf-8")


class _Finder(ast.NodeVisitor):
    """Collects the places; annotations, docstrings and layout are passed by."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._starts = [0]
        for line in text.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.places: list[Place] = []

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if [ast.unparse(one) for one in node.targets] != ["widths"]:
            self.generic_visit(node)

    def visit_arg(self, _node: ast.arg) -> None:
        return

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        given = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        named = [value for one, value in given if value is not None and one.arg not in _LAYOUT]
        for part in (*node.decorator_list, *node.args.defaults, *named, *node.body):
            self.visit(part)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in _LAYOUT:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        width = isinstance(node.func, ast.Name) and node.func.id in _LAID_OUT
        for part in (node.func, *node.args, *node.keywords):
            if not (width and isinstance(part, ast.Constant)):
                self.visit(part)

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            self._between(left, right, _SIGNS[type(operator)], _TURNED[type(operator)])
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        sign, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        # 「a and b and c」 becomes 「a or b or c」 as a whole: turned alone, one of them may mean the same.
        joints = [self._sign(left, right, sign) for left, right in zip(node.values, node.values[1:], strict=False)]
        if all(joint is not None for joint in joints):
            first, last = joints[0], joints[-1]
            assert first is not None
            assert last is not None
            old = self._text[first[0] : last[1]].decode("utf-8")
            new, done = "", first[0]
            for joint in joints:
                assert joint is not None
                new += self._text[done : joint[0]].decode("utf-8") + other
                done = joint[1]
            self._add(first[0], last[1], node.lineno, old, new)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Add | ast.Sub) and not _is_text(node.left) and not _is_text(node.right):
            sign, other = ("+", "-") if isinstance(node.op, ast.Add) else ("-", "+")
            self._between(node.left, node.right, sign, other)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            start, end = self._at(node)[0], self._at(node.operand)[0]
            # The blank stays: 「return not x」 becomes 「return  x」.
            between = self._text[start + 3 : end].decode("utf-8")
            self._add(start, end, node.lineno, f"not{between}", between or " ")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        (body, body_end), (other, other_end) = self._at(node.body), self._at(node.orelse)
        first, last = self._text[body:body_end].decode("utf-8"), self._text[other:other_end].decode("utf-8")
        middle = self._text[body_end:other].decode("utf-8")
        if first != last and not isinstance(node.orelse, ast.IfExp):
            self._add(body, other_end, node.lineno, first + middle + last, last + middle + first)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if type(node.value) is int:
            start, end = self._at(node)
            self._add(start, end, node.lineno, f"{self._text[start:end].decode()}", f"{node.value + 1}")

    def visit_JoinedStr(self, _node: ast.JoinedStr) -> None:
        return  # before Python 3.12 nothing within it has a place of its own

    def _at(self, node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def _sign(self, left: ast.expr, right: ast.expr, sign: str) -> tuple[int, int] | None:
        """Return where the sign between two expressions stands; None where a comment or bracket hides it."""
        start, end = self._at(left)[1], self._at(right)[0]
        between = self._text[start:end]
        if b"#" in between or between.count(sign.encode()) != 1:
            return None
        at = start + between.index(sign.encode())
        return at, at + len(sign)

    def _between(self, left: ast.expr, right: ast.expr, sign: str, other: str) -> None:
        found = self._sign(left, right, sign)
        if found is not None:
            self._add(*found, left.end_lineno or left.lineno, sign, other)

    def _add(self, start: int, end: int, line: int, old: str, new: str) -> None:
        assert self._text[start:end].decode("utf-8") == old, (line, old)
        self.places.append(Place(start=start, end=end, line=line, old=old, new=new))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
