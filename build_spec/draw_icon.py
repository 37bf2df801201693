"""Draws the program's icon file; run ``python build_spec/draw_icon.py`` after the icon's drawing has changed."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

from app.window.fonts import resource_folder
from app.window.icons import product_sign

SIDES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""The sizes Windows uses, from the corner of a window at 100 % to the largest folder view."""

_HEAD = struct.Struct("<3H")
_LINE = struct.Struct("<4B2H2I")


def draw() -> bytes:
    """Return the icon file, drawn separately for each size so that none is blurred."""
    pictures = [_png(product_sign(side).toImage()) for side in SIDES]
    offset = _HEAD.size + _LINE.size * len(SIDES)
    lines = []
    for side, picture in zip(SIDES, pictures, strict=True):
        lines.append(_LINE.pack(side % 256, side % 256, 0, 0, 1, 32, len(picture), offset))
        offset += len(picture)
    return b"".join([_HEAD.pack(0, 1, len(SIDES)), *lines, *pictures])


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


if __name__ == "__main__":
    application = QGuiApplication([])
    path = resource_folder() / "icons" / "desk.ico"
    path.write_bytes(draw())
    print(f"書きました（{path.stat().st_size}バイト）: {path}")
