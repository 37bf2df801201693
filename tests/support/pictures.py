"""Pictures without people for tests: drawn here, with whatever a camera writes into its file."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

PLACE = 0x8825


def picture(size=(1600, 1200), *, turn=1, taken="", placed=False, comment=b"", kind="JPEG") -> bytes:
    """Return a room with a screen; ``turn`` is the EXIF orientation, ``taken`` 「2026:09:30 14:12:05」."""
    made = Image.new("RGB", size, (214, 214, 208))
    pen = ImageDraw.Draw(made)
    across, down = size
    pen.rectangle((across * 0.3, down * 0.1, across * 0.7, down * 0.45), fill="white", outline=(60, 60, 60), width=8)
    pen.rectangle((0, down * 0.7, across, down), fill=(150, 130, 110))
    pen.rectangle((0, 0, across * 0.1, down * 0.1), fill=(200, 30, 30))
    target = io.BytesIO()
    if kind != "JPEG":
        made.save(target, kind)
        return target.getvalue()
    notes = Image.Exif()
    notes[0x0112] = turn
    notes[0x0110] = "SECRETPHONE"
    if taken:
        notes.get_ifd(0x8769)[0x9003] = taken
    if placed:
        notes.get_ifd(PLACE)[1] = "N"
        notes.get_ifd(PLACE)[2] = (35.0, 44.0, 8.0)
    made.save(target, "JPEG", exif=notes, comment=comment, quality=80)
    return target.getvalue()


def saved(folder: Path, name: str, data: bytes) -> Path:
    """Write a file and return where."""
    path = folder / name
    path.write_bytes(data)
    return path
