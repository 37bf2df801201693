"""What most records of the program are: every field named when one is made, nothing set afterwards."""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from typing import TypeVar, dataclass_transform

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, Field))
def frozen_record(kind: type[Record]) -> type[Record]:
    """Make ``kind`` a dataclass whose fields are named when one is made and that stays as it was made."""
    return dataclass(frozen=True, kw_only=True)(kind)
