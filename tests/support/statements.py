"""The statements of the papers: every sentence that the program may print on one, read in its source.

``tests/documents/test_statements.py`` says what counts as a statement, and holds the register against it.
"""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.trees import nodes_of, tree_of

PROJECT: Final = Path(__file__).resolve().parents[2]
SLOT: Final = "◯"
SHORTEST: Final = 4
_LAYERS: Final = {"services", "rules", "documents"}
_OTHER_ROOMS: Final = ("app.documents.pdf", "app.documents.excel", "app.history")
"""How papers are drawn, and what acts were called: no room that says something on a paper."""
_BUILDS: Final = re.compile(r"\b(DocumentContent|Block|Passage)\b")
_DECLARES: Final = re.compile(r"(document_kind|DocumentKind|^Ledger)$")
_BUILDERS: Final = {"build", "build_for", "passages", "mail"}
_FOLLOWED: Final = {"DOCUMENT_MARKS", "EVIDENCE", "SUMMARY_PAGES", "LEDGERS"}
"""Extension points that papers read: whatever the areas contribute to them is reached."""
_SAYS_NOTHING: Final = re.compile(
    r"(Error|Refused|Stop|ActionResult|ActionLink|^compile|^sub|^fullmatch|^clause_of|^cited|^titled)$"
)
"""Calls whose texts reach no paper: refusals, links, patterns, and by what a clause is cited."""
_COMPARES: Final = {"startswith", "endswith", "removeprefix", "removesuffix", "replace", "partition", "split", "change"}
"""Methods that take words of another text apart, and what labels an act of 履歴."""
_NAMES: Final = {"Column", "Heading", "Title", "SheetPart", "TaskKind", "YearTaskKind", "situational_kind", "StepKind"}

_CITED: Final = re.compile(
    r"(?:特記事項[ 　]?|[一-龠]{1,8}法|契約書[ 　]?|約款[ 　]?)?第?\d+条(?:の\d+)?(?:第?\d+項)?(?:\(\d+\)|第?\d+号)?"
    r"|(?<![一-龠々])[特仕機長]\d+(?:-\d+)?(?:\(\d+\))*[ア-ン]?"
)
_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_PATTERN: Final = re.compile(r"\\[dsw]|\[\^|\(\?|\]\+|\.\*|[ア-ン]-[ヲン]\]")
_DIVIDES: Final = re.compile(r"[、，。：／\s→＝（）()「」『』〔〕［］【】]+")
_PARTICLES: Final = re.compile(r"は|が|を|に|で|へ|も")
_INFLECTED: Final = re.compile(
    r"(?:[うくぐすつぬぶむるだん]|(?<!かた)(?<!しか)た|[ぁ-ん]い|[無多高早遅近強弱長短古悪良低安深広狭]い"
    r"|[るたいうくすだ]か|[一-龠ら]ず|ください|ましょう)$"
)
_NOUNS_IN_KANA: Final = re.compile(
    r"(?:ふりがな|くらい|ぐらい|みなさま|いくつ|ひとつ|まとめ|おねがい|しかた|なかった|つなげる|うち|ところ|ようす|かた)$"
)
_STATES: Final = re.compile(
    r"(?:なし|あり|まだ|済|済み|[とど]おり|未定|のみ|だけ|不要|不可|必要|同じ|以内|確認中|検算中|協議中|判断中|すぐ|限り|済んだ|無料)$"
)
_NOUN_AFTER_VERB: Final = re.compile(r"[うくぐすつぬぶむるたいだ][一-龠ァ-ヶ]")


@dataclass(frozen=True)
class Statement:
    """A sentence with the place where it stands; slots, citations of clauses and what joins them are one ◯."""

    text: str
    path: Path
    line: int


def plain(text: str) -> str:
    """Return a constant as the register writes it: a clause is a slot, so that its number may move into a table."""
    cited = _CITED.sub(SLOT, text.replace("\n", "／"))
    return re.sub(rf"{SLOT}(?:[・、／]?{SLOT})*", SLOT, cited).strip()


def is_statement(text: str) -> bool:
    """Whether a constant asserts, promises or asks something, rather than being a name."""
    if len(text) < SHORTEST or not _JAPANESE.search(text) or _PATTERN.search(text):
        return False
    return "。" in text or text.endswith("、") or any(_asserts(piece) for piece in _DIVIDES.split(text))


def _asserts(piece: str) -> bool:
    """Whether a piece between two marks has a predicate: a verb or adjective at its end, a word of a state, a topic,
    or a noun that a particle makes one (「無記名で実施」). A noun with a clause before it is a name (「使う方」)."""
    bare = piece.strip(SLOT + "・")
    if len(bare) > 1 and (_STATES.search(bare) or (_INFLECTED.search(bare) and not _NOUNS_IN_KANA.search(bare))):
        return True
    for found in _PARTICLES.finditer(piece):
        before, rest = piece[: found.start()], piece[found.end() :]
        if not re.search(rf"[一-龠ァ-ヶー々{SLOT}\dA-Za-z]$|(?:こと|もの|から|まで|ため|とき|ところ)$", before):
            continue
        if found[0] == "は" and rest and not _NOUN_AFTER_VERB.search(rest):
            return True
        if re.fullmatch(rf"[一-龠ァ-ヶー々{SLOT}]{{2,}}", rest) and not re.fullmatch(rf"{SLOT}+", rest):
            return True
    return False


def statements() -> dict[str, Statement]:
    """Return every statement that a declared paper reaches, each once, with the first place where it stands."""
    found: dict[str, Statement] = {}
    for module, node in sorted(_reached(), key=lambda one: (one[0], getattr(one[1], "lineno", 0))):
        if set(module.split(".")) & _LAYERS and not module.startswith(_OTHER_ROOMS):
            for text, line in constants_of(node):
                found.setdefault(text, Statement(text, modules()[module], line))
    return found


def constants_of(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the statements in a definition; docstrings, refusals to the window and names of columns are none."""
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, ast.Raise) or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)):
            continue
        if isinstance(one, ast.Subscript) and isinstance(one.value, ast.Name) and one.value.id == "Literal":
            continue
        if isinstance(one, ast.Compare):
            todo += [part for part in (one.left, *one.comparators) if not isinstance(part, ast.Constant | ast.Tuple)]
            continue
        if isinstance(one, ast.Call):
            name = _called(one)
            if _SAYS_NOTHING.search(name):
                continue
            if isinstance(one.func, ast.Attribute) and name in _COMPARES:
                todo.append(one.func.value)
                continue
            if name in _NAMES:
                todo += [part.value for part in one.keywords if part.arg in ("note", "right", "lead")]
                continue
        if isinstance(one, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else SLOT for part in one.values)
            todo += [part.value for part in one.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            text = one.value.replace("{}", SLOT)
        else:
            todo += ast.iter_child_nodes(one)
            continue
        said = plain(text)
        if is_statement(said):
            yield said, one.lineno


# what a paper reaches


@functools.cache
def modules() -> dict[str, Path]:
    """Return every module of the program by its dotted name, without those of the window."""
    found = {}
    for path in sorted((PROJECT / "app").rglob("*.py")):
        parts = path.relative_to(PROJECT).with_suffix("").parts
        if not {"screens", "parts", "window", "main_window", "widgets", "startup", "commands", "sample"} & {*parts}:
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


@dataclass
class _Names:
    """What one module defines at its top, and whence its other names come."""

    defined: dict[str, list[ast.stmt]]
    imported: dict[str, tuple[str, str]]


@functools.cache
def _names_of(module: str) -> _Names:
    found = _Names(defaultdict(list), {})
    path = modules()[module]
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.defined[node.name].append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        found.defined[name.id].append(node)
    for part in nodes_of(path):
        if isinstance(part, ast.ImportFrom):
            found.imported |= {one.asname or one.name: (part.module or "", one.name) for one in part.names}
    return found


@functools.cache
def _definition(module: str, name: str) -> tuple[str, str] | None:
    """Return where a name is defined, as module and name; a module itself has no name."""
    if module not in modules():
        return None
    names = _names_of(module)
    if name in names.defined:
        return module, name
    if name not in names.imported:
        return None
    origin, original = names.imported[name]
    if f"{origin}.{original}" in modules():
        return f"{origin}.{original}", ""
    return _definition(origin, original)


def _named_in(module: str, node: ast.AST) -> Iterator[tuple[str, str]]:
    for one in ast.walk(node):
        found = None
        if isinstance(one, ast.Name):
            found = _definition(module, one.id)
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            whole = _definition(module, one.value.id)
            found = _definition(whole[0], one.attr) if whole and not whole[1] else None
        if found and found[1]:
            yield found


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _declarations() -> Iterator[tuple[str, ast.AST]]:
    """Yield what builds a paper: functions that return contents, blocks or texts, and what a declaration names."""
    for module, path in modules().items():
        text = path.read_text(encoding="utf-8")
        if not (_BUILDS.search(text) or "Ledger(" in text or "ocument_kind(" in text or "DocumentKind(" in text):
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef) and node.returns and _BUILDS.search(ast.unparse(node.returns)):
                yield module, node
            elif isinstance(node, ast.Call) and _DECLARES.search(name := _called(node)):
                parts: Iterable[ast.AST] = [one.value for one in node.keywords if one.arg in _BUILDERS]
                yield from ((module, part) for part in ([node] if name == "Ledger" else parts))


def _reached() -> list[tuple[str, ast.AST]]:
    """Return every definition that a paper reaches by names, with its module."""
    found = list(_declarations())
    seen = {id(node) for _module, node in found}
    names: set[tuple[str, str]] = set()
    for module, node in found:
        for place in _named_in(module, node):
            if place in names:
                continue
            names.add(place)
            places = [place]
            if place[1] in _FOLLOWED:
                areas = [one for one in modules() if one.endswith(".contributions")]
                places += [one for area in areas if (one := _definition(area, place[1]))]
            for origin, name in places:
                for definition in _names_of(origin).defined[name]:
                    if id(definition) not in seen:
                        seen.add(id(definition))
                        found.append((origin, definition))
    return found
