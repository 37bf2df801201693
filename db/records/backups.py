"""The second folder of backups, and the results of restore drills (復元の点検)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from db.fields import (
    FiscalYear,
    Key,
    Number,
    PcName,
    RecordedAt,
    RecordedBy,
    Spec,
)
from db.record import record


@record
class BackupFolder:
    """The second folder of backups as somebody set it; the newest row counts, ``place`` "" = none."""

    id: Key = 0
    place: Annotated[str, Spec("場所", erasing="word")]
    by: RecordedBy
    at: RecordedAt


@record
class BackupRule:
    """How long the last backup of a month is kept, and where that is written; the newest row counts."""

    id: Key = 0
    months: Annotated[int, Spec("月末の保存", unit="か月")]
    basis: Annotated[str, Spec("根拠", erasing="free")]
    by: RecordedBy
    at: RecordedAt


@record
class DrillStep:
    """One step of a 復元の点検, with what was done, when, and the result."""

    what: Annotated[str, Spec("手順")]
    at: RecordedAt
    good: Annotated[bool, Spec("できた")]
    note: Annotated[str, Spec("注記")] = ""


@record
class DrillCount:
    """How many records of one kind the live data hold, and the restored ones."""

    what: Annotated[str, Spec("種類")]
    living: Annotated[int, Spec("いまの件数")]
    restored: Annotated[int, Spec("戻した件数")]


@record
class DrillFolder:
    """One folder of backups at the drill; ``generations`` None = not counted, ``state`` "" = as it should be."""

    where: Annotated[str, Spec("場所")]
    newest: Annotated[datetime | None, Spec("最新の日時")]
    generations: Annotated[int | None, Spec("世代の数")]
    state: Annotated[str, Spec("状態")] = ""


@record
class RestoreDrill:
    """One 復元の点検, in which a backup was really restored into an empty folder, compared and removed.

    It names nobody but staff. ``number`` counts within ``fiscal_year``. ``opened_with`` is 回復キー or パスワード;
    ``generation`` 0 = none could be restored. ``missing`` changes are known to have been made and were not
    restored. ``treatment`` is what staff wrote on what was done about the findings.
    """

    id: Key = 0
    fiscal_year: FiscalYear
    number: Number
    began: Annotated[datetime, Spec("始めた日時")]
    ended: Annotated[datetime, Spec("終えた日時")]
    by: RecordedBy
    witness: Annotated[str, Spec("立会い", erasing="staff")] = ""
    pc: PcName = ""
    opened_with: Annotated[str, Spec("開いた鍵", erasing="word")]
    generation: Annotated[int, Spec("世代")] = 0
    made: Annotated[datetime | None, Spec("作った日時")] = None
    replayed: Annotated[int, Spec("くり返した変更")] = 0
    missing: Annotated[int, Spec("足りない変更")] = 0
    places: Annotated[tuple[DrillFolder, ...], Spec("保存先", erasing="word")] = ()
    steps: Annotated[tuple[DrillStep, ...], Spec("手順", erasing="word")] = ()
    counts: Annotated[tuple[DrillCount, ...], Spec("件数", erasing="word")] = ()
    notes: Annotated[tuple[str, ...], Spec("気づいたこと", erasing="word")] = ()
    treatment: Annotated[str, Spec("処置", erasing="free")] = ""
    treated_by: Annotated[str, Spec("処置を書いた人", erasing="staff")] = ""
    treated_on: Annotated[date | None, Spec("処置を書いた日")] = None

    @property
    def lost_count(self) -> int:
        """Return how many records would be lost (missing changes, or records that the restored data lack)."""
        return max(self.missing, sum(max(0, one.living - one.restored) for one in self.counts))

    @property
    def is_successful(self) -> bool:
        """Return whether every step succeeded, there are counts and all are equal, and no change is missing."""
        same = all(one.living == one.restored for one in self.counts)
        return bool(self.counts) and same and not self.missing and all(one.good for one in self.steps)
