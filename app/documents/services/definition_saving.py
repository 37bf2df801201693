"""Saves the definition of a year as a file; it names nobody, so that no log says where it lies."""

from __future__ import annotations

from pathlib import Path

from app.documents.services.file_saving import TargetExistsError, write_atomically
from app.programme.services import DefinitionFile


def save_definition(path: Path, definition: DefinitionFile, *, overwrite: bool = False) -> None:
    """Write a definition to a file, and its questionnaires beside it.

    ``overwrite`` replaces existing files, else nothing is written where some of them exist, which the error names all;
    raises as ``write_atomically``.
    """
    if not overwrite:
        places = (path, *(path.parent / name for name in definition.beside))
        if there := [place.name for place in places if place.exists()]:
            raise TargetExistsError("」「".join(there))
    write_atomically(path, definition.data, overwrite=overwrite)
    for name, data in definition.beside.items():
        write_atomically(path.parent / name, data, overwrite=overwrite)
