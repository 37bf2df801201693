"""The second folder of backups, and the results of restore drills (復元の点検)."""

from __future__ import annotations

from datetime import date, datetime

from db.frozen_record import frozen_record


@frozen_record
class BackupFolder:
    """The second folder of backups as somebody set it; the newest row counts, ``place`` "" = none."""

    id: int = 0
    place: str
    by: str
    at: datetime


@frozen_record
class DrillStep:
    """One step of a 復元の点検, with what was done, when, and the result."""

    what: str
    at: datetime
    good: bool
    note: str = ""


@frozen_record
class DrillCount:
    """How many records of one kind the live data hold, and the restored ones."""

    what: str
    living: int
    restored: int


@frozen_record
class DrillFolder:
    """One folder of backups at the drill; ``generations`` None = not counted, ``state`` "" = as it should be."""

    where: str
    newest: datetime | None
    generations: int | None
    state: str = ""


@frozen_record
class RestoreDrill:
    """One 復元の点検, in which a backup was really restored into an empty folder, compared and removed.

    It names nobody but staff. ``number`` counts within ``fiscal_year``. ``opened_with`` is 回復キー or パスワード;
    ``generation`` 0 = none could be restored. ``missing`` changes are known to have been made and were not
    restored. ``treatment`` is what staff wrote on what was done about the findings.
    """

    id: int = 0
    fiscal_year: int
    number: int
    began: datetime
    ended: datetime
    by: str
    witness: str = ""
    pc: str = ""
    opened_with: str
    generation: int = 0
    made: datetime | None = None
    replayed: int = 0
    missing: int = 0
    places: tuple[DrillFolder, ...] = ()
    steps: tuple[DrillStep, ...] = ()
    counts: tuple[DrillCount, ...] = ()
    notes: tuple[str, ...] = ()
    treatment: str = ""
    treated_by: str = ""
    treated_on: date | None = None

    @property
    def lost_count(self) -> int:
        """Return how many records would be lost (missing changes, or records that the restored data lack)."""
        return max(self.missing, sum(max(0, one.living - one.restored) for one in self.counts))

    @property
    def is_successful(self) -> bool:
        """Return whether every step succeeded and nothing would be lost."""
        same = all(one.living == one.restored for one in self.counts)
        return bool(self.counts) and same and not self.missing and all(one.good for one in self.steps)
