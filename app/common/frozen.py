"""How a value is declared: what belongs together, by name, and never changed once it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Value = TypeVar("Value")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(kind: type[Value]) -> type[Value]:
    """Make ``kind`` a dataclass that is filled by keyword only and cannot be changed afterwards.

    ``dataclasses.replace``, ``fields`` and ``field`` work with it as with any other.
    """
    return dataclass(frozen=True, kw_only=True)(kind)
