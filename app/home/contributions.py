"""What the subjects of home declare to other packages (no Qt)."""

from __future__ import annotations

from app.home.today.services import week_sheet

DOCUMENTS = (*week_sheet.DOCUMENTS,)
