"""What was found out about a folder that did not open; found beside the window, so free of Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FolderFacts:
    """What was found out about the folder before the page is shown.

    Attributes: ``published_at`` the time of the copy for reading, or None; ``backups`` how many generations
    there are; ``newest_backup`` the time of the newest sound one, or None.
    """

    published_at: datetime | None = None
    backups: int = 0
    newest_backup: datetime | None = None
