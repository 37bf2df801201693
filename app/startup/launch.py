"""Parameters of a start: folders of settings and data, the clock, timeouts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from db.record import record

SAMPLE_NAME = "見本データ"


def pc_clock() -> datetime:
    """Return the local time of this PC, to the second."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


@record
class Launch:
    """Parameters of one start of the program.

    Attributes: ``settings`` the ini file of sizes and columns; ``own_folder`` the data folder on
    this PC offered first; ``sample_folder`` where the sample year is created; ``clock`` the local time;
    ``lock_wait_seconds`` how long to wait for another writer; ``idle_minutes`` until the screen is locked (None = as
    chosen on this PC); ``heartbeat_seconds`` between two heartbeats; ``takeover_wait_seconds`` how long to wait before
    the data are copied at a takeover; ``quiet_seconds`` after a change until the copy for readers is published;
    ``sample_day`` opens the sample year at once on that day (None = a usual start); real data always use the PC's
    clock.
    """

    settings: Path
    own_folder: Path
    sample_folder: Path
    clock: Callable[[], datetime] = pc_clock
    lock_wait_seconds: float = 10.0
    idle_minutes: float | None = None
    heartbeat_seconds: float = 10.0
    takeover_wait_seconds: float = 15.0
    quiet_seconds: float = 60.0
    sample_day: date | None = None


def default_launch() -> Launch:
    """Return the parameters of a double click: the user's own folders, or those beside the portable program."""
    from app.common.file_locations import default_data_folder, portable_folder, settings_file

    own, settings = default_data_folder(), settings_file()
    # A program folder on a file server serves several people: each gets a sample of their own.
    name = f"{SAMPLE_NAME}-{settings.stem}" if portable_folder() is not None else SAMPLE_NAME
    return Launch(settings=settings, own_folder=own, sample_folder=own.parent / name)
