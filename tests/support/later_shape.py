"""An update of the program while data stand: one further step of migration, taken and written down as at an opening."""

from datetime import datetime
from pathlib import Path

import pytest

from app.data_folder.services.data_folder import update_schema
from db import migrations
from db.backups import backup
from db.store import Store


def give_later_shape(patch: pytest.MonkeyPatch, store: Store, place: Path, statements: str, *, now: datetime) -> None:
    """Let a store take ``statements`` as the next step, as the opening of its folder by a later version does.

    The backup before it is left out: a store alone has no folder to make it of.

    Args:
        place: a folder for the file of the step.
    """
    number = migrations.NEWEST + 1
    step = place / f"{number:04d}_later.sql"
    step.write_text(statements, encoding="utf-8")
    patch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    patch.setattr(migrations, "NEWEST", number)
    patch.setattr(migrations, "_EMPTY", {one: made for one, made in migrations._EMPTY.items() if one < number})
    patch.setattr(backup, "make", lambda *_given, **_named: None)
    assert update_schema(store, now=now)
