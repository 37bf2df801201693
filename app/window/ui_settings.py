"""What the window remembers between sittings: sizes, columns, the last place; never a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings


class _SettingsStore:
    """Values kept in memory until a settings file is named."""

    def __init__(self) -> None:
        self.file: QSettings | None = None
        self.values: dict[str, Any] = {}


_settings = _SettingsStore()


def use_settings_file(path: Path | None) -> None:
    """Keep what is remembered in the ini file ``path``; None keeps it in memory only."""
    if _settings.file is not None:
        _settings.file.sync()
    _settings.file = QSettings(str(path), QSettings.Format.IniFormat) if path is not None else None
    _settings.values = {}


def remember(key: str, value: Any) -> None:
    """Note ``value`` (text, number, QByteArray) under ``key`` ("tables/events")."""
    if _settings.file is not None:
        _settings.file.setValue(key, value)
    else:
        _settings.values[key] = value


def recall(key: str, default: Any = None) -> Any:
    """What was noted under ``key``, or ``default``. Texts come back for numbers."""
    if _settings.file is not None:
        return _settings.file.value(key, default)
    return _settings.values.get(key, default)


def sync_to_disk() -> None:
    """Bring what was noted to the disk now."""
    if _settings.file is not None:
        _settings.file.sync()
