"""What the window remembers between sessions: sizes, columns, folders; never the name of a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings


class _SettingsStore:
    """Settings kept in memory until a file is set."""

    def __init__(self) -> None:
        self.file: QSettings | None = None
        self.values: dict[str, Any] = {}


_settings = _SettingsStore()


def use_settings_file(path: Path | None) -> None:
    """Store settings in the ini file ``path``; None keeps them in memory only. What memory held is forgotten."""
    if _settings.file is not None:
        _settings.file.sync()
    _settings.file = QSettings(str(path), QSettings.Format.IniFormat) if path is not None else None
    _settings.values = {}


def remember(key: str, value: Any) -> None:
    """Store ``value`` (text, number, QByteArray) under ``key`` ("tables/events")."""
    if _settings.file is not None:
        _settings.file.setValue(key, value)
    else:
        _settings.values[key] = value


def recall(key: str, default: Any = None) -> Any:
    """Return the value stored under ``key``, or ``default``; numbers may come back from the file as text."""
    if _settings.file is not None:
        return _settings.file.value(key, default)
    return _settings.values.get(key, default)


def sync_to_disk() -> None:
    """Write the settings to disk now."""
    if _settings.file is not None:
        _settings.file.sync()
