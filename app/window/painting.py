"""Painting what a widget draws by itself: with smooth edges, and ended when it is done."""

from __future__ import annotations

from PySide6.QtGui import QPaintDevice, QPainter


def painting(on: QPaintDevice) -> QPainter:
    """Return a painter of ``on`` with smooth edges: ``with painting(self) as painter``."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
