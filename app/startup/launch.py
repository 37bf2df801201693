"""What a start needs to know: where settings and data lie, what time it is, how patient it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from db.frozen_record import frozen_record

SAMPLE_NAME = "見本データ"


def pc_clock() -> datetime:
    """The local time of this PC, to the second."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


@frozen_record
class Launch:
    """One start of the program.

    Attributes: ``settings`` the ini file of sizes, columns and the last place; ``own_folder`` the data
    folder on this PC that is offered first; ``sample_folder`` where the sample year is made; ``clock``
    the local time; ``wait`` seconds for another writer; ``idle_minutes`` until the desk is locked;
    ``heartbeat_seconds`` between two signs of life; ``settle`` seconds that a taker waits before the data are
    copied; ``quiet_seconds`` after a change until the copy for reading is published; ``sample_day`` the day on which
    the sample year is opened at once (None = a usual start): the sample's alone, real data have the PC's clock.
    """

    settings: Path
    own_folder: Path
    sample_folder: Path
    clock: Callable[[], datetime] = pc_clock
    wait: float = 10.0
    idle_minutes: float = 10.0
    heartbeat_seconds: float = 10.0
    settle: float = 15.0
    quiet_seconds: float = 60.0
    sample_day: date | None = None


def default_launch() -> Launch:
    """The start of a double click: the person's own folders, or those beside the portable program."""
    from app.common.file_locations import default_data_folder, portable_folder, settings_file

    own, settings = default_data_folder(), settings_file()
    # A program folder on a file server serves several people: each gets a sample of their own.
    name = f"{SAMPLE_NAME}-{settings.stem}" if portable_folder() is not None else SAMPLE_NAME
    return Launch(settings=settings, own_folder=own, sample_folder=own.parent / name)
