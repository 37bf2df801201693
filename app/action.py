"""The button of a row: its words and the place it leads to.

Places an ``Action`` may name: "event" (arguments ``event_id``, ``tab`` 概要/参加者/人数連絡/資料/アンケート/報告書/履歴, and
``step_id`` or ``part`` for a place inside 概要), "materials", "report" and "documents" (``event_id``),
"year" (``task``, the row to stand on) and "survey_year" (``page``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Action:
    """The button of a row: its words and where it leads."""

    label: str
    place: str
    arguments: Mapping[str, object] = field(default_factory=dict)
