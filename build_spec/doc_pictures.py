"""Makes the pictures of README and manual, and stores the hash of each and of its screen's texts.

Usage: python build_spec/doc_pictures.py. A test compares the hashes, so that no picture becomes outdated; the texts
are in the ``words.txt`` of the packages.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections import Counter
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

PROJECT = Path(__file__).resolve().parent.parent
PICTURES = PROJECT / "docs" / "pictures"
WIDTH, HEIGHT = 1366, 768
_COLOURS = 256


def main() -> int:
    """Make all pictures again, replacing those in ``docs/pictures``."""
    sys.path.insert(0, str(PROJECT))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    with TemporaryDirectory() as work:
        place = Path(work)
        written = _take(place)
        record = {
            name: {"picture": _store_picture(place / f"{name}.png"), "words": hash_of(words)}
            for name, words in written.items()
        }
    for old in PICTURES.glob("*.png"):
        if old.stem not in record:
            old.unlink()
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    (PICTURES / "sums.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(record)}枚の絵を docs/pictures/ に書き出しました。")
    return 0


def hash_of(words: list[str]) -> str:
    """Return the hash of a screen's fixed texts; any changed word changes it."""
    return sha256("\n".join(words).encode()).hexdigest()[:16]


def _take(place: Path) -> dict[str, list[str]]:
    """Take the pictures into ``place``; return the texts of each."""
    from app.contributions import register_contributions
    from app.data_folder.services.data_folder import close_data_folder
    from app.sample.services.sample_folder import create_sample_folder
    from app.startup.pictures.picture_run import STRUCTURE_NAME, take_pictures

    register_contributions()
    now = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
    store, _ = create_sample_folder(
        place / "data",
        login_id="mihon",
        display_name="見本　係員",
        password=secrets.token_urlsafe(18),
        now=now,
    )
    try:
        take_pictures(store, place, WIDTH, HEIGHT, for_documents=True)
    finally:
        close_data_folder(store, now=now)
    words: dict[str, list[str]] = json.loads((place / STRUCTURE_NAME).read_text(encoding="utf-8"))
    return words


def with_fewer_colours(picture: Image.Image) -> Image.Image:
    """Return an RGB picture with at most 256 colours, of which the most frequent ones stay exactly as they are.

    A palette made by coverage alone turns the tints of panels pink or yellow, which read as errors.
    """
    raw = picture.tobytes()
    pixels = list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
    counted = Counter(pixels)
    rest = picture.quantize(_COLOURS // 2, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    exact = [colour for colour, _ in counted.most_common(_COLOURS // 2)]
    palette = [*exact, *zip(rest[::3], rest[1::3], rest[2::3], strict=True)][:_COLOURS]
    # Pillow's own way to the nearest colour goes by boxes of colours, and misses those that are there.
    places = {colour: at for at, colour in reversed([*enumerate(palette)])}
    for one in counted.keys() - places.keys():
        off = [sum((a - b) ** 2 for a, b in zip(known, one, strict=True)) for known in palette]
        places[one] = off.index(min(off))
    made = Image.frombytes("P", picture.size, bytes(places[one] for one in pixels))
    made.putpalette([*chain(*palette)])
    return made


def _store_picture(taken: Path) -> str:
    """Copy one picture into ``docs/pictures`` with fewer colours, a third of its size; return its hash."""
    kept = PICTURES / taken.name
    with Image.open(taken) as picture:
        with_fewer_colours(picture.convert("RGB")).save(kept, optimize=True)
    return sha256(kept.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
