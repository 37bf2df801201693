"""The one place of the figures that README and the papers give: ``docs/measured.json``, written by ``make bench``.

Rounded, so that the next run on the same machine gives the same.
"""

import json
import math
from pathlib import Path

from tests.bench.opening import ROOT, Round

PLACE = ROOT / "docs" / "measured.json"
_TENS = 10
_MILLION = 1_000_000


def read() -> dict[str, int]:
    """Return the figures by name, in megabytes."""
    found: dict[str, int] = json.loads(PLACE.read_text(encoding="utf-8"))
    return found


def write(found: Round, *, dist: Path = ROOT / "dist") -> None:
    """Keep what was found; the size of a folder for staff stays as it was where none was made in ``dist``."""
    kept = read() if PLACE.is_file() else {}
    for name, program in (("program_mb", dist), ("program_windows_mb", dist / "windows")):
        files = [path for path in (program / "dejikatsu-desk").rglob("*") if path.is_file() and not path.is_symlink()]
        if files:
            kept[name] = _up(sum(path.stat().st_size for path in files) / _MILLION)
    kept |= {
        "data_mb": math.ceil(found.data),
        "memory_home_mb": _up(found.home),
        "memory_all_mb": _up(found.resident),
        "memory_peak_mb": _up(found.peak),
    }
    PLACE.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n", encoding="utf-8")


def _up(megabytes: float) -> int:
    """Round up to tens."""
    return math.ceil(megabytes / _TENS) * _TENS
