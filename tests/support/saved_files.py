"""Files as they stand in ダウンロード after somebody saved them from a mail."""

import os
from datetime import datetime
from pathlib import Path


def save_at(path: Path, data: bytes, moment: datetime) -> Path:
    """Write ``data`` to ``path`` as if it had been saved at ``moment`` (local time)."""
    path.write_bytes(data)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path
