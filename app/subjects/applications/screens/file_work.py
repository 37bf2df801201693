"""What a clerk has decided about one file so far: where it belongs, its columns, its wishes, the rows set right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.applications.services.application_import import read_application_file
from app.subjects.applications.services.application_preview import ApplicationPreview, Mend


@dataclass
class FileWork:
    """One file in hand; nothing of it is saved before the import."""

    path: Path
    chosen_at: datetime
    event_id: int
    sheet: str = ""
    file: ForeignFile | None = None
    columns: dict[int, str] | None = None
    wishes: dict[str, int] = field(default_factory=dict)
    mends: dict[int, Mend] = field(default_factory=dict)
    include_doubtful: bool = False
    preview: ApplicationPreview | None = None

    def arguments(self) -> dict[str, Any]:
        """What the preview and the import are asked with."""
        return {
            "path": self.path,
            "file": self.file,
            "event_id": self.event_id or None,
            "columns": self.columns,
            "sheet": self.sheet,
            "wishes": dict(self.wishes),
            "mends": dict(self.mends),
            "include_doubtful": self.include_doubtful,
        }

    def forget_rows(self) -> None:
        """Another sheet or other columns: what was set right in the rows no longer fits."""
        self.mends = {}


def read_beside(tell: Callable[[int, int], None], *, path: Path, sheet: str) -> ForeignFile:
    """Read a file away from the window; ``tell`` is where やめる takes effect."""
    tell(0, 2)
    found = read_application_file(path, sheet=sheet)
    tell(2, 2)
    return found
