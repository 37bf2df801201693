"""The list of backups: when, why, how many rows, and whether each is intact."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.widgets.display_texts import short_moment_words
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column

if TYPE_CHECKING:
    from app.data_folder.services.backups import BackupLine


class BackupList(FittedTable):
    """The list of backups, newest first. Signals: those of ``RecordTable``."""

    def __init__(self, name: str, *, today: date, empty: str = "バックアップは、まだありません。"):
        columns = (
            Column(
                "made",
                "作成した日時",
                show=lambda line: short_moment_words(line.created_at, today),
                sort=lambda line: line.created_at,
            ),
            Column("reason", "きっかけ", show=lambda line: line.reason),
            Column("rows", "行数", show=lambda line: f"{line.rows:,}", align="right", sort=lambda line: line.rows),
            Column("state", "状態", show=_state_cell, stretch=True),
        )
        super().__init__(
            name, columns, title="バックアップの一覧", empty=empty, sort="-made", unit="世代", names_people=False
        )


def _state_cell(line: BackupLine) -> Cell:
    """Return the cell of the state: green if verified, plain if only its counts wait for a login, else red."""
    if line.is_verified:
        return Cell(line.state, icon="check-circle-fill", tone="green")
    if line.state.startswith("照合済"):
        return Cell(line.state, icon="check-circle")
    return Cell(line.state, icon="warning-octagon-fill", tone="red")
