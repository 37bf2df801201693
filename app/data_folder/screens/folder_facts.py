"""Facts about a folder that did not open, collected in the background and free of Qt."""

from __future__ import annotations

from datetime import datetime

from db.record import frozen


@frozen
class FolderFacts:
    """Facts about the folder, collected before the trouble page is shown.

    Attributes: ``published_at`` the time of the published copy, or None; ``backups`` the number of backups;
    ``newest_backup`` the time of the newest intact one, or None.
    """

    published_at: datetime | None = None
    backups: int = 0
    newest_backup: datetime | None = None
