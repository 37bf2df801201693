"""Saves the definition of a year as a file; it names nobody, so that no log says where it lies."""

from __future__ import annotations

from pathlib import Path

from app.documents.services.file_saving import write_atomically
from app.programme.services import DefinitionFile


def save_definition(path: Path, definition: DefinitionFile, *, overwrite: bool = False) -> None:
    """Write a definition to a file, and its questionnaires beside it, one after the other.

    ``overwrite`` replaces existing files, else one of them ends it there; raises as ``write_atomically``.
    """
    write_atomically(path, definition.data, overwrite=overwrite)
    for name, data in definition.beside.items():
        write_atomically(path.parent / name, data, overwrite=overwrite)
