"""Two sessions at one folder in one process: the seat goes to and fro, and forms are saved as they were opened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import TracebackType

from app.data_folder.services import data_folder, lock_transfer
from db.backups import copies
from db.stale_check import StaleCheck
from tests.support.data_folders import LOGIN, NOW, PASSWORD, opened

LATER = NOW + timedelta(minutes=5)


class TwoSessions:
    """One folder, the seat with 見本 花子 (``a``); ``b`` is a second session.

    Attributes: ``own`` the seats that A held; ``seen`` the head of the journal when A's forms were opened.
    """

    def __init__(self, folder: Path) -> None:
        self.a = opened(folder)
        self.turns_a = lock_transfer.begin_session(self.a, pc="MADO-01")
        self.b = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD).store
        self.turns_b = lock_transfer.begin_session(self.b, pc="MADO-02")
        self.own: set[int] = set()
        self.open_forms()

    def open_forms(self) -> None:
        """A, who has the seat, opens forms: what stands now is what is seen in them."""
        assert self.a.write_lock is not None
        self.own.add(self.a.write_lock.number)
        self.seen = copies.head(self.a.database)[0]

    def loaded(self) -> StaleCheck:
        """What A saw."""
        return StaleCheck(self.seen, frozenset(self.own))

    def to_b(self) -> None:
        """A gives the seat."""
        self._pass_on("a", "b")

    def back_to_a(self) -> None:
        """B gives it back."""
        self._pass_on("b", "a")
        assert self.a.write_lock is not None
        self.own.add(self.a.write_lock.number)

    def _pass_on(self, giver: str, taker: str) -> None:
        lock_transfer.request_lock(getattr(self, f"turns_{taker}"))
        lock_transfer.waiting_people(getattr(self, giver), getattr(self, f"turns_{giver}"))
        setattr(
            self,
            giver,
            lock_transfer.transfer_lock(getattr(self, giver), getattr(self, f"turns_{giver}"), now=NOW).store,
        )
        before = getattr(self, taker)
        assert lock_transfer.read_status(before, getattr(self, f"turns_{taker}")).may_acquire
        setattr(self, taker, lock_transfer.acquire_and_open(before, getattr(self, f"turns_{taker}"), now=NOW).store)
        before.database.conn.close()

    def __enter__(self) -> TwoSessions:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for store, turns in ((self.a, self.turns_a), (self.b, self.turns_b)):
            data_folder.close_data_folder(store, now=NOW)
            lock_transfer.end_session(turns)
