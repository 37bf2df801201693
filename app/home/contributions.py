"""What the subjects of home declare to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.home.today.services import week_sheet

DOCUMENTS: Final = (*week_sheet.DOCUMENTS,)
