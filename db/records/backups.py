"""The second folder of backups, and the results of restore drills (復元の点検)."""

from __future__ import annotations

from datetime import date, datetime

from db.fields import (
    FiscalYear,
    Key,
    Number,
    PcName,
    RecordedAt,
    RecordedBy,
)
from db.record import data_field, optional_field, record, text_field


@record
class BackupFolder:
    """The second folder of backups as somebody set it; the newest row counts, ``place`` "" = none."""

    id: Key = 0
    place: str = data_field("場所", erasing="word")
    by: RecordedBy
    at: RecordedAt


@record
class BackupRule:
    """How long the last backup of a month is kept, and where that is written; the newest row counts."""

    id: Key = 0
    months: int = data_field("月末の保存", unit="か月")
    basis: str = data_field("根拠", erasing="free")
    by: RecordedBy
    at: RecordedAt


@record
class DrillStep:
    """One step of a 復元の点検, with what was done, when, and the result."""

    what: str = data_field("手順")
    at: RecordedAt
    good: bool = data_field("できた")
    note: str = data_field("注記", default="")


@record
class DrillCount:
    """How many records of one kind the live data hold, and the restored ones."""

    what: str = data_field("種類")
    living: int = data_field("いまの件数")
    restored: int = data_field("戻した件数")


@record
class DrillFolder:
    """One folder of backups at the drill; ``generations`` None = not counted, ``state`` "" = as it should be."""

    where: str = data_field("場所")
    newest: datetime | None = data_field("最新の日時")
    generations: int | None = data_field("世代の数")
    state: str = data_field("状態", default="")


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
    began: datetime = data_field("始めた日時")
    ended: datetime = data_field("終えた日時")
    by: RecordedBy
    witness: str = text_field("立会い", "staff")
    pc: PcName = ""
    opened_with: str = data_field("開いた鍵", erasing="word")
    generation: int = data_field("世代", default=0)
    made: datetime | None = optional_field("作った日時")
    replayed: int = data_field("くり返した変更", default=0)
    missing: int = data_field("足りない変更", default=0)
    places: tuple[DrillFolder, ...] = data_field("保存先", erasing="word", default=())
    steps: tuple[DrillStep, ...] = data_field("手順", erasing="word", default=())
    counts: tuple[DrillCount, ...] = data_field("件数", erasing="word", default=())
    notes: tuple[str, ...] = data_field("気づいたこと", erasing="word", default=())
    treatment: str = text_field("処置", "free")
    treated_by: str = text_field("処置を書いた人", "staff")
    treated_on: date | None = optional_field("処置を書いた日")

    @property
    def lost_count(self) -> int:
        """Return how many records would be lost (missing changes, or records that the restored data lack)."""
        return max(self.missing, sum(max(0, one.living - one.restored) for one in self.counts))

    @property
    def is_successful(self) -> bool:
        """Return whether every step succeeded, there are counts and all are equal, and no change is missing."""
        same = all(one.living == one.restored for one in self.counts)
        return bool(self.counts) and same and not self.missing and all(one.good for one in self.steps)
