"""What must not move while the house is rebuilt: papers, pictures, journal rows, SELECTs, each as one short line.

python tests/house/unmoved.py write FILE write the lines of this commit (outside of the project, before the first step)
python tests/house/unmoved.py compare FILE do it all again and say each line that differs; ends with 1 where one does

The sample year is the same on every machine and at every time, so equal papers and pictures are equal bytes. What
is drawn by chance (the recovery key) is left out by name.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

BY_CHANCE = ("回復キー", "障害の記録")
"""Pictures of something that is drawn by chance, or that names the folder of the run."""

_DRAWN = re.compile(r'[0-9a-f]{32,}|（消去）[0-9a-f]{4}|\\*"size\\*":\d+')
"""Names of encrypted files, keyed sums, words that stand for an erased name, lengths of compressed files: every folder
has its own. What a service was given is JSON within JSON, its quotation marks with a backslash."""


def main(argv: list[str]) -> int:
    """Write the lines, or compare them with those of ``FILE``."""
    match argv:
        case ["write", file]:
            Path(file).write_text(json.dumps(lines(), ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
            return 0
        case ["compare", file]:
            before: dict[str, str] = json.loads(Path(file).read_text(encoding="utf-8"))
            moved = list(differences(before, lines()))
            sys.stdout.write("\n".join([*moved, f"{len(before)} lines, {len(moved)} moved", ""]))
            return int(bool(moved))
    sys.stderr.write(__doc__ or "")
    return 2


def lines() -> dict[str, str]:
    """Return every line by its name: of papers and pictures the sum of the file, of the rest what stands there."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return dict([*_files(), *_journal(), *_selects()])


def differences(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """Walk the names whose line is new, gone or another."""
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            how = "new" if name not in before else "gone" if name not in after else "moved"
            yield f"{how}: {name}"


def _files() -> Iterator[tuple[str, str]]:
    """Every paper and picture of the sample year, by a process of its own as ``make run`` makes them."""
    with TemporaryDirectory() as place:
        out = Path(place) / "out"
        made = subprocess.run(
            [sys.executable, "-m", "app", "demo", "--out", str(out)], cwd=PROJECT, capture_output=True, check=False
        )
        if made.returncode:
            raise SystemExit(made.stderr.decode("utf-8", "replace"))
        for path in sorted(out.rglob("*")):
            name = path.relative_to(out)
            if path.is_file() and name.parts[0] != "data" and not any(word in path.stem for word in BY_CHANCE):
                yield f"file {name.as_posix()}", sha256(path.read_bytes()).hexdigest()[:16]


def _journal() -> Iterator[tuple[str, str]]:
    """Of every service that writes, what its scenario leaves in the journal: label, subject and images of the rows."""
    from app.contributions import register_contributions
    from tests.history import test_undo_everything as undo

    register_contributions()
    with TemporaryDirectory() as place:
        world = undo.FilledWorld(Path(place))
        try:
            for function in sorted(undo.scenarios(), key=undo.address):
                yield f"journal {undo.address(function)}", _left_by(world, function, undo, place)
        finally:
            world.store.database.conn.close()


def _left_by(world: Any, function: Any, undo: Any, place: str) -> str:
    world.before, world.fills = world.rows(), function not in undo.AS_IT_CAME
    database = world.store.database
    (since,) = database.execute("SELECT max(seq) FROM journal").fetchone()
    try:
        undo.act(function, world, undo.ActionContext(world.store, undo.BY, undo.NOW))
        asked = "SELECT * FROM journal WHERE seq > ? AND by = ? ORDER BY seq"
        left = [{**row, "seq": None} for row in database.query(asked, (since, undo.BY))]
        undo.history_services.undo(world.store, by=undo.BY, now=undo.NOW)
    finally:
        undo._clean_up(world)
    said = json.dumps(left, ensure_ascii=False, default=repr).replace(place, "-")
    return sha256(_DRAWN.sub("-", said).encode()).hexdigest()[:16]


def _selects() -> Iterator[tuple[str, str]]:
    from tests.house.actions import counted_actions

    for found in counted_actions():
        yield f"SELECTs of {found.name}", str(found.selects)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
