"""The context of a user action: who acts, when, and in which data folder.

Every service that writes takes an ``ActionContext`` first and opens its one transaction with it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the first page needs no database
    from db.engine import Database
    from db.journal import Change
    from db.store import Store


from db.record import frozen


@frozen
class ActionContext:
    """Who runs an action, when, and in which opened data folder.

    Attributes: ``store`` the opened data folder; ``by`` who acts (display name); ``now`` when (local time).
    """

    store: Store
    by: str
    now: datetime

    @property
    def database(self) -> Database:
        """Return the database of the opened folder."""
        return self.store.database

    @property
    def today(self) -> date:
        """Return the date of the action."""
        return self.now.date()

    @property
    def signature(self) -> dict[str, Any]:
        """Return who acts and when, as the rows that an action writes bear them."""
        return {"by": self.by, "at": self.now}

    def change(
        self, label: str, subject: str = "", *, event_id: int | None = None, barrier: bool = False
    ) -> AbstractContextManager[Change]:
        """Open the one transaction of the action: a context manager that yields its ``Change``, see ``Store.change``.

        Args:
            label: what was done, as 履歴 and 「元に戻す」 show it (「資料を確認済にした」), no personal names.
            subject: the part of the program it belongs to ("materials"), as kept in the journal.
            event_id: the event it concerns, for its 履歴.
            barrier: something left the program or can't be brought back: undo stops here.
        """
        return self.store.change(
            action=label, by=self.by, now=self.now, subject=subject, event_id=event_id, barrier=barrier
        )
