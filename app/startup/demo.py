"""The command ``demo`` with pictures, taken in the real window on the sample year."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from app.commands import demo as command
from app.commands import main as dispatcher
from db.store import Store

# A small and a large screen, and what Windows leaves of them when it enlarges: 125 and 150 are of 1366×768. 175 and 200
# are of 1920×1080, since 1366×768 would then be less than the least window (800×480).
SIZES = {
    "1366x768": (1366, 768, 1.0),
    "125": (1093, 614, 1.25),
    "150": (911, 512, 1.5),
    "175": (1097, 617, 1.75),
    "200": (960, 540, 2.0),
    "1920x1080": (1920, 1080, 1.0),
}


def main(argv: Sequence[str]) -> int:
    """Run ``demo`` and return its exit status; the window is started only when pictures are wanted."""
    return dispatcher.main(argv, run=_run)


def _run(arguments: argparse.Namespace) -> int:
    """Run the command ``demo``, with the function that takes its pictures; return the exit status."""
    size = arguments.size

    def take(store: Store, folder: Path) -> list[str]:
        """Take the pictures of the sample year in the wanted size; return their paths."""
        return _take_pictures(store, folder / size, size)

    return command.run(arguments, take_pictures=take)


def _take_pictures(store: Store, folder: Path, size: str) -> list[str]:
    """Take the pictures of the sample in one size, off screen where there is no display; return their paths."""
    width, height, factor = SIZES[size]
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        # The plug-in without a screen remarks in English, for each window, that it has no window manager.
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    os.environ["QT_SCALE_FACTOR"] = str(factor)
    from app.startup.pictures.picture_run import take_pictures

    return take_pictures(store, folder, width, height)
