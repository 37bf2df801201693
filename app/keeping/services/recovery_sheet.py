"""The printed recovery key: drawn in memory, never written to a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path


def draw_recovery_sheet(*, key: str, folder: Path, issued_by: str, issued_at: datetime) -> bytes:
    """Return the sheet as a PDF in memory; needs no store and runs beside the window.

    Args:
        key: as issued. folder: the data folder. issued_by: display name. issued_at: local time.
    """
    from app.keeping.papers.recovery_sheet import recovery_sheet
    from app.papers.pdf.render import render_pdf

    content = recovery_sheet(key=key, place=str(folder), issued_by=issued_by, issued_at=issued_at)
    return render_pdf(content).data
