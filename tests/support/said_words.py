"""What each room says: the words of its screens and dialogs as they are built, and of its source what an act is called
and what a refusal says. Each room keeps them in its ``words.txt``, one text a line with where it stands.

Read from the widgets: title, headings, buttons, names of fields and lists, titles of columns, hints. Data is left out:
of the sample year only 「〈…〉」 and 「#」 remain. Read from the syntax: the label of every ``change(…)`` and every
sentence of a ``UserError(…)``, with 「{…}」 where something is put in.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from app.widgets.labels import Link, Paragraph
from app.widgets.panel import EmptyState
from db.engine import Database
from tests.support.areas import package_folder
from tests.support.trees import tree_of

PROJECT = Path(__file__).resolve().parents[2]
WRITES = os.environ.get("DESK_WORDS") == "write"
"""Whether ``make words`` asks: then what was found is written down instead of compared."""

SEEN, LED, DONE, REFUSED = ORDER = ("画面とダイアログ", "導く先", "履歴と「元に戻す」", "お断り")
_NAME = "words.txt"
_HEADINGS = ("h1", "h2")
_HINTS = ("small", "second", "smallink")
_NUMBER = re.compile(r"E-[0-9A-F]+|(?<![FA+])[\d０-９]+(?:[,.:/][\d０-９]+)*|[①-⑳]")
_LONG_NAME = 30
_PASSING = ("WaitBar", "UndoBar", "LockBand")
"""Bars that come and go with the speed of the machine; they have tests of their own."""
_WRAPS = str.maketrans({"\u200b": None, "\n": "／"})


@dataclass
class SeenWords:
    """The words of widgets by room, each once, in the order in which they were met."""

    data: re.Pattern[str]
    lines: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def read(self, front: QWidget, but: Sequence[QWidget] = ()) -> None:
        """Read a window or dialog, hidden parts of it too: at which width a part folds away is no word.

        ``but`` are the screens that lie behind the one shown: when they are read anew is a matter of the machine.
        """
        typed = {one.text() for one in front.findChildren(QLineEdit)}
        for part in (front, *front.findChildren(QWidget)):
            if part.window() is front and not any(one is part or one.isAncestorOf(part) for one in but):
                for kind, text in _words_of(part):
                    # What was just typed stands in a heading beside it, sooner or later as the machine is quick.
                    if kind != "見出し" or text not in typed:
                        self._take(part, kind, text)

    def _take(self, part: QWidget, kind: str, text: str) -> None:
        plain = _NUMBER.sub("#", self.data.sub("〈…〉", text.translate(_WRAPS))).strip()
        # A name that reads out a row is data: what the row shows stands there, and no word of the program.
        reads_out = kind == "名" and ("〈…〉" in plain or ("#" in plain and len(plain) > _LONG_NAME))
        if plain.strip("〈…〉#　 ・、。%（）()／-") and not reads_out:
            room, where = _stands(part)
            if where not in _PASSING:
                self.lines[room][f"{where} | {kind} | {plain}"] = None


def data_of(database: Database) -> re.Pattern[str]:
    """A pattern of every name that the records hold: of people, 団体, venues and events."""
    asked = (
        "SELECT name FROM people UNION SELECT name FROM organisations UNION SELECT name FROM venues "
        "UNION SELECT subject FROM events WHERE kind = '講習会'"
    )
    names = {str(row[0]).strip() for row in database.execute(asked)} - {""}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))


def _words_of(part: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(part, QDialog):
        yield "題", part.windowTitle()
    if isinstance(part, QAbstractButton):
        yield "ボタン", part.text() or part.accessibleName()
    elif isinstance(part, EmptyState):
        yield "案内", part.words()
    elif isinstance(part, Link):
        yield "リンク", part.accessibleName()
    elif isinstance(part, Paragraph):
        return
    elif isinstance(part, QLabel):
        if part.property("role") in _HEADINGS:
            yield "見出し", _said(part)
    elif isinstance(part, QTableView):
        yield "名", part.accessibleName()
        for title in _columns(part):
            yield "列", title
    else:
        yield "名", part.accessibleName()
        if isinstance(part, QLineEdit | QPlainTextEdit):
            yield "例", part.placeholderText()


def _said(part: QLabel) -> str:
    if part.textFormat() == Qt.TextFormat.RichText:
        return QTextDocumentFragment.fromHtml(part.text()).toPlainText()
    return part.text()


def _columns(part: QTableView) -> Iterator[str]:
    model = part.model()
    for number in range(model.columnCount(QModelIndex()) if model is not None else 0):
        yield str(model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")


def _stands(part: QWidget) -> tuple[str, str]:
    """The room of the nearest part that is a room's own, and its class: a button of the toolkit is the screen's."""
    above: QWidget | None = part
    while above is not None:
        module = type(above).__module__
        if module.startswith("app.") and not module.startswith(("app.widgets.", "app.window.")):
            return room_of(module), type(above).__name__
        above = above.parentWidget()
    return "window", type(part).__name__


def room_of(module: str) -> str:
    """The room of a module by its dotted name, as its tests stand: 「surveys/tally」,
    「ledgers」; what belongs to all of the window is 「window」, a module of no room 「」."""
    parts = module.split(".")[1:]
    if parts[0] in ("main_window", "widgets"):
        return "window"
    return package_folder(parts) if len(parts) > 1 else ""


# from the source


def source_words(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return what acts are called (``DONE``) and what refusals say (``REFUSED``) by room, read from ``folder``/app."""
    found: dict[str, dict[str, list[str]]] = {DONE: defaultdict(list), REFUSED: defaultdict(list)}
    for path in sorted((folder / "app").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(word in text for word in ("UserError", ".change(", "save_leaving(", "Refused")):
            continue
        address = path.relative_to(folder)
        room = room_of(".".join(address.with_suffix("").parts).removesuffix(".__init__"))
        stands = address.as_posix().removeprefix(f"app/{room}/" if room else "app/").removeprefix("app/")
        for kind, name, said in _said_in(path):
            line = f"{stands} {name}".rstrip() + f" | {said}"
            if said and line not in found[kind][room]:
                found[kind][room].append(line)
    return found


def _said_in(path: Path) -> Iterator[tuple[str, str, str]]:
    """Walk what a module says: which kind, the function it stands in, the words."""
    refusals = {"UserError", "__init__"} if _has_refusal(path) else {"UserError"}
    for within in tree_of(path).body:
        name = getattr(within, "name", "")
        for node in ast.walk(within):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("change", "save_leaving") and (given := _label(node)) is not None:
                yield from ((DONE, name, said) for said in _texts(given))
            elif called in refusals or called.endswith("Refused"):
                for argument in (*node.args, *(word.value for word in node.keywords)):
                    yield from ((REFUSED, name, said) for said in _texts(argument))


def _has_refusal(path: Path) -> bool:
    """Whether a kind of refusal is written here, which hands its own sentences on."""
    return any(
        isinstance(node, ast.ClassDef) and any("UserError" in ast.unparse(base) for base in node.bases)
        for node in tree_of(path).body
    )


def _label(call: ast.Call) -> ast.expr | None:
    named = [word.value for word in call.keywords if word.arg in ("action", "label")]
    return named[0] if named else call.args[0] if call.args else None


def _texts(node: ast.expr) -> Iterator[str]:
    """The words written in an expression: both sides of an if, 「{…}」 for what is put in; a mere name has none."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.replace("\n", "／").replace("{}", "{…}")
    elif isinstance(node, ast.JoinedStr):
        words = [str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values]
        yield "".join(words).replace("\n", "／")


# the files

ANEW = "言葉を変えたときは make words（画面を除くなら DESK_WORDS=write で、この検査だけ）で書き直し、差を見ます:\n"


def differences(section: str, found: Mapping[str, Iterable[str]]) -> list[str]:
    """Hold one section of every ``words.txt`` against what was found; with ``make words`` write it instead.

    Screens are met in an order that the speed of the machine decides: their lines are written sorted. What is read in
    the source is written by its place, so that a function that only moves changes no line.

    Returns: 「room - line」 for what is no longer said, 「room + line」 for what is new. The order is not compared.
    """
    told: list[str] = []
    moved: Counter[str] = Counter()
    for room in sorted({*found, *_rooms()}):
        now = list(dict.fromkeys(found.get(room, ())))
        now.sort(key=None if section in (SEEN, LED) else _place)
        kept = _read(room)
        before = kept.get(section, [])
        if WRITES:
            _write(room, kept | {section: now})
            moved[room] = len({*before} ^ {*now})
            continue
        told += [f"{room or '（共通）'} - {line}" for line in before if line not in set(now)]
        told += [f"{room or '（共通）'} + {line}" for line in now if line not in set(before)]
    if WRITES:
        rooms = [room or "（共通）" for room, lines in moved.items() if lines]
        sys.stderr.write(f"\n{section}：{len(rooms)}か所で{moved.total()}行が変わりました。{'、'.join(rooms)}\n")
    return told


def _place(line: str) -> str:
    return line.partition(" | ")[0]


def _rooms() -> Iterator[str]:
    tests = PROJECT / "tests"
    for path in tests.rglob(_NAME):
        room = path.parent.relative_to(tests).as_posix()
        yield "" if room == "." else room


def _read(room: str) -> dict[str, list[str]]:
    path = PROJECT / "tests" / room / _NAME
    sections: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("# "):
            name = line[2:]
        elif line:
            sections.setdefault(name, []).append(line)
    return sections


def _write(room: str, sections: Mapping[str, list[str]]) -> None:
    path = PROJECT / "tests" / room / _NAME
    parts = [f"# {name}\n\n" + "".join(f"{line}\n" for line in sections[name]) for name in ORDER if sections.get(name)]
    if parts:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(parts), encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
