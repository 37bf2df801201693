"""The staff who may open the data folder, failed log-ins, and the journal entries."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from db.fast_dataclass import fast_dataclass
from db.frozen_record import frozen_record


@frozen_record
class User:
    """One member of staff; the password's key slot lives in the keyring file, not here."""

    id: int = 0
    login_id: str
    display_name: str
    active: bool = True


@frozen_record
class FailedLogin:
    """Failed log-ins at one PC, read from its presence file and stored with somebody's next change.

    Attributes:
        token: of the program start that counted.
        at: the last of them, by the clock of that PC.
        login_id: a known ID, "" for any other (what was typed may be a password).
        way: what was tried (「パスワード」「回復キー」「ロックの解除」).
        times: how many.
    """

    id: int = 0
    token: str
    at: datetime
    pc: str
    login_id: str
    way: str
    times: int


@fast_dataclass
@frozen_record
class RowChange:
    """One row's image before and after (None = the row did not exist)."""

    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@frozen_record
class JournalEntry:
    """One user action with every row it changed, in the order written.

    ``undo_of``/``redo_of`` name the entry this one takes back or repeats. ``barrier`` marks an action with an
    effect outside the program (saving, printing, a key), which undo does not reach past. It holds for the
    changes of the same person that concern the same event; without an event, for theirs of the same subject
    that concern no event. Only the beginning of a folder and an erasing (``db.journal.BARRIER_SUBJECTS``)
    hold for everybody and everything.
    """

    seq: int
    at: datetime
    by: str
    action: str
    subject: str
    event_id: int | None
    changes: tuple[RowChange, ...] = field(default_factory=tuple)
    undo_of: int | None = None
    redo_of: int | None = None
    barrier: bool = False
