"""What the window remembers between sittings: sizes, columns, the last place; never a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings


class _Memory:
    """Values kept in memory until a settings file is named."""

    def __init__(self) -> None:
        self.file: QSettings | None = None
        self.values: dict[str, Any] = {}


_memory = _Memory()


def remember_in(path: Path | None) -> None:
    """Keep what is remembered in the ini file ``path``; None keeps it in memory only."""
    if _memory.file is not None:
        _memory.file.sync()
    _memory.file = QSettings(str(path), QSettings.Format.IniFormat) if path is not None else None
    _memory.values = {}


def remember(key: str, value: Any) -> None:
    """Note ``value`` (text, number, QByteArray) under ``key`` ("tables/events")."""
    if _memory.file is not None:
        _memory.file.setValue(key, value)
    else:
        _memory.values[key] = value


def recall(key: str, otherwise: Any = None) -> Any:
    """What was noted under ``key``, or ``otherwise``. Texts come back for numbers."""
    if _memory.file is not None:
        return _memory.file.value(key, otherwise)
    return _memory.values.get(key, otherwise)


def write_down() -> None:
    """Bring what was noted to the disk now."""
    if _memory.file is not None:
        _memory.file.sync()
