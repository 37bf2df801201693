"""What a screen reader costs: the queries of every page, and what is left of 200 screens opened and closed."""

import gc
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.opening import NOW, ROOT, Pulse, make_sample_folder, open_sample_folder, visits, window_on

LIMIT = 0.05
SCREENS = 200
_GROWS, _SLACK = 1.2, 50
"""What may differ where nothing is left behind: a menu, a tip. 200 screens hold more than 50,000 parts."""


def measure() -> dict[str, Any]:
    """Open the screens in a process of their own, with accessibility on, and return what was found."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        home = Path(place)
        made = home / "made"
        make_sample_folder(made)
        shutil.copytree(made, home / "sample")
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.spoken", str(home)],
            check=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "DEJIKATSU_DESK_HOME": place},
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def is_over(found: dict[str, Any]) -> bool:
    """Return whether a page takes too long, or parts and interfaces grow with the screens opened."""
    parts, interfaces = found["parts"], found["interfaces"]
    grew = any(after > before * _GROWS + _SLACK for before, after in (parts, interfaces))
    return bool(found["longest"] > LIMIT or grew)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield what was found, line by line."""
    yield (
        f"画面読み上げの問合せ（1画面の部品ぜんぶの名前・種類・状態）\n"
        f"    いちばん長い画面 {found['name']} {found['longest'] * 1000:.1f} ms（上限 {LIMIT * 1000:.0f} ms）、"
        f"中央値 {found['median'] * 1000:.1f} ms"
    )
    yield (
        f"    {SCREENS}画面を開いて閉じる　部品 {found['parts'][0]} → {found['parts'][1]}、"
        f"読み上げの口 {found['interfaces'][0]} → {found['interfaces'][1]}{'　超過' if is_over(found) else ''}"
    )


# in the child


def _ask(told: Any) -> None:
    """Ask name, value, description and state of everything in sight from here down, as a screen reader does."""
    from PySide6.QtGui import QAccessible

    if told is None or told.state().invisible:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        told.text(kind)
    told.role()
    if told.role() not in (QAccessible.Role.Table, QAccessible.Role.List):
        for place in range(told.childCount()):
            _ask(told.child(place))


def main(home: Path) -> None:
    """Open every screen of ``home / "sample"`` and print what was found as JSON."""
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QApplication, QDialog
    from shiboken6 import isValid

    from app.startup.pictures.sample_additions import event_ids
    from app.window import accessible_roles
    from tests.support.visits import until_quiet

    store = open_sample_folder(home / "sample")
    window = window_on(store, home)
    QAccessible.setActive(True)
    made: list[Any] = []
    begin = accessible_roles._PartInterface.__init__

    def note(self: Any, part: Any, role: Any) -> None:
        begin(self, part, role)
        made.append(self)

    accessible_roles._PartInterface.__init__ = note  # type: ignore[method-assign]
    until_quiet(window)
    places = list(visits(dict(event_ids(store, NOW.date()))))
    pulse = Pulse(window)
    took: dict[str, float] = {}
    alive: list[tuple[int, int]] = []
    # Counted at the end of whole rounds: which hidden screens are kept depends on where a round stands.
    whole = len(places) * (1 + -(-SCREENS // len(places)))
    for number, (name, place, arguments) in enumerate(islice(cycle(places), whole), 1):
        window.go(place, **arguments)
        until_quiet(window)
        began = time.thread_time()
        _ask(QAccessible.queryAccessibleInterface(window._stack.currentWidget()))
        took[name] = min(took.get(name, 9.0), time.thread_time() - began)
        # Some places open a dialog; while one is open no hidden screen is let go.
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.reject()
            until_quiet(window)
        if number in (len(places), whole):
            window.go("home")
            until_quiet(window)
            pulse.rest()
            gc.collect()
            alive.append((len(QApplication.allWidgets()), sum(isValid(one) for one in made)))
    worst = max(took, key=lambda name: took[name])
    found = {"name": worst, "longest": took[worst], "median": sorted(took.values())[len(took) // 2]}
    found |= {"parts": [one for one, _ in alive], "interfaces": [one for _, one in alive]}
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
