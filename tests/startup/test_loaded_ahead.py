"""What is loaded while somebody types a password: no screen loads more, no source text stays of it, and the rounds of
Python's collector pass it by."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.sample import sample_store

_TELL = """
import gc, json, linecache, sys
from pathlib import Path
from app.startup.pictures.sample_additions import event_ids
from app.startup.pictures.waiting import run_event_loop
from app.contributions import register_contributions
from app.startup.screens import preload_screens
from app.window import language
from tests.bench.opening import NOW, visits, window_on
from tests.support.stores import opened_store

register_contributions()
home = Path(sys.argv[1])
store = opened_store(home / "data")
screens = visits(event_ids(store, NOW.date()))
for _step in preload_screens():
    pass
ahead = set(sys.modules)
looked_at = len(gc.get_objects())
def characters_of_sources():
    return sum(one[0] for one in linecache.cache.values())

sources = characters_of_sources()
window = window_on(store, home)
sources = max(sources, characters_of_sources())
told = {"the window": sorted(set(sys.modules) - ahead)}
for name, place, arguments in screens:
    before = set(sys.modules)
    window.go(place, **arguments)
    quiet = 0
    while quiet < 3:
        run_event_loop(10)
        quiet = quiet + 1 if window.app_context.tasks.is_idle else 0
    told[name] = sorted(set(sys.modules) - before)
window.hide()
window.app_context.tasks.shutdown()
store.database.conn.close()
print(sources)
print(looked_at)
print(json.dumps({name: [one for one in loaded if one.split(".")[0] in ("app", "db", "reportlab", "openpyxl", "PIL")]
    for name, loaded in told.items()}))
"""


@pytest.mark.in_full
def test_no_screen_loads_a_module_when_it_is_first_opened(project_folder, tmp_path):
    sample_store(tmp_path).database.conn.close()
    environment = {**os.environ, "QT_LOGGING_RULES": "default.warning=false", "PYTHONPATH": str(project_folder)}
    done = subprocess.run(
        [sys.executable, "-c", _TELL, str(tmp_path)],
        cwd=project_folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    sources, looked_at, told = (json.loads(line) for line in done.stdout.splitlines()[-3:])
    # A reading already under way may ask for one module's text again; kept they were 19 MB.
    assert sources < 500_000, "the source texts of the program stay in memory"
    assert looked_at < 10_000, "a round of the collector looks at all that was loaded, and holds the window"
    assert len(told) > 50
    loaded = {name: modules for name, modules in told.items() if modules}
    assert loaded == {}, json.dumps(loaded, ensure_ascii=False)
