"""What the settings need from the running session: the folder, the PC's clock, restoring and changing the key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.data_folder.services.key_change import KeyChangeRequest
from db.record import record


@record
class SettingsHost:
    """Access to the running session, passed in by the start.

    Attributes: ``folder`` the data folder; ``login_id`` of the user; ``clock`` the PC's local time (backups use it
    even in the sample year); ``on_backup_made`` is called after a backup was made; ``leave_for_restore`` closes the
    folder and starts restoring; ``leave_to_change_key`` closes it, changes its key and shows the login.
    """

    folder: Path
    login_id: str
    clock: Callable[[], datetime]
    on_backup_made: Callable[[], None]
    leave_for_restore: Callable[[], None]
    leave_to_change_key: Callable[[KeyChangeRequest], object]
