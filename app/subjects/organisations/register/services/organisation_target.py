"""Lists of 団体 as a target of importing: what columns they want, how a row is judged and written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.foreign_files.foreign_shape import ForeignFile
from app.importing.row_target import FreeTarget
from app.subjects.organisations.register.intake.organisation_rows import (
    ORGANISATION_FIELDS,
    STAGE,
    propose_organisation_columns,
    propose_stages,
    tool_of,
)
from app.subjects.organisations.register.services.organisation_import import writer_of
from app.subjects.organisations.register.services.organisation_intake import (
    JudgedOrganisation,
    judge_organisations,
    said_of_list,
)
from db.name_key import name_key
from db.records.organisations import Organisation


def _propose(file: ForeignFile) -> Mapping[int, str]:
    return propose_stages(file, propose_organisation_columns(file.headings, file.groups))


def _key(file: ForeignFile) -> str:
    """What a list of this kind is known by the next time: its headings, each with the one above it."""
    groups = file.groups or ("",) * len(file.headings)
    return "|".join(name_key(f"{group}{heading}") for group, heading in zip(groups, file.headings, strict=False))


def _stages(file: ForeignFile, columns: Mapping[int, str]) -> dict[str, str]:
    """The 段階 that a column may hold: of every tool that a heading names, or that a column was found to be of."""
    held = [name for name in (*columns.values(), *_propose(file).values()) if name.startswith(STAGE)]
    named = [STAGE + tool for heading in file.headings if (tool := tool_of(heading))]
    return {name: f"段階　{name.removeprefix(STAGE)}" for name in dict.fromkeys([*held, *named])}


ORGANISATIONS: Final = FreeTarget(
    target="団体",
    thing="団体",
    list_name="団体の一覧",
    subject="organisations",
    record=Organisation,
    fields=ORGANISATION_FIELDS,
    needed=(frozenset({"name"}),),
    propose=_propose,
    key=_key,
    one_by_one="誤りのある団体は、団体の一覧で1件ずつ直すか削除してください。",
    row_type=JudgedOrganisation,
    settings=said_of_list,
    decide=judge_organisations,
    labels=_stages,
    writer=writer_of,
)
