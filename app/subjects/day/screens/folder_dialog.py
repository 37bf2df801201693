"""Saving several files at once: they go into a folder of their own, and no file that is there is replaced."""

from __future__ import annotations

from dataclasses import replace

from app.papers.screens.leaving_dialog import SaveDialog
from app.widgets.form_fields import Field


class SaveFilesDialog(SaveDialog):
    """Asks for the folder's name instead of a file's. Signals: those of ``SaveDialog``.

    A folder that is there is used as it is; the service refuses when a file of the same name lies in it.
    """

    def _fields(self) -> tuple[Field, ...]:
        return tuple(
            replace(field, label="フォルダー名") if field.key == "name" else field for field in super()._fields()
        )

    def save(self, *, overwrite: bool = True) -> None:  # noqa: ARG002 - a folder is never replaced
        """Save; only the service decides about files that are there."""
        super().save(overwrite=True)
