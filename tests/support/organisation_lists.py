"""A list of 団体 looked at and taken in by a test, as the window does it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.importing.row_target import ImportedList, ListPreview, import_list, preview_list
from app.registers.register.services.organisation_intake import JudgedOrganisation
from app.registers.register.services.organisation_target import ORGANISATIONS
from db.store import Store


def preview_organisations(
    store: Store, *, path: Path, today: date, as_of: date | None = None, **given: Any
) -> ListPreview[JudgedOrganisation]:
    """Look at a list; ``as_of`` the day it is true for."""
    return preview_list(store, path=path, target=ORGANISATIONS, today=today, settings=_settings(as_of), **given)


def import_organisations(
    store: Store, *, path: Path, by: str, now: datetime, as_of: date | None = None, **given: Any
) -> ImportedList:
    """Take a list in."""
    return import_list(
        ActionContext(store, by, now), path=path, target=ORGANISATIONS, settings=_settings(as_of), **given
    )


def _settings(as_of: date | None) -> dict[str, Any]:
    return {"as_of": as_of} if as_of else {}
