"""What a clerk does, and when: every service that writes is given an ``Act``, and opens its one change with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:  # the first page needs no database
    from db.engine import Database
    from db.journal import Change
    from db.store import Store

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class ActionContext:
    """One act of a person.

    Attributes: ``store`` the opened data folder; ``by`` who does it (display name); ``now`` when (local time).
    """

    store: Store
    by: str
    now: datetime

    @property
    def database(self) -> Database:
        """The records of the folder."""
        return self.store.database

    @property
    def today(self) -> date:
        """The day of the act."""
        return self.now.date()

    def change(
        self, label: str, subject: str = "", *, event_id: int | None = None, barrier: bool = False
    ) -> AbstractContextManager[Change]:
        """Open the one transaction of the act, as ``Store.change``.

        Args:
            label: what was done, as 履歴 and 「元に戻す」 say it (「資料を確認済にした」), no personal names.
            subject: which column of the house it belongs to ("materials").
            event_id: the event it concerns, for its 履歴.
            barrier: something left the house or can't be brought back: undo does not reach past it.
        """
        return self.store.change(
            action=label, by=self.by, now=self.now, subject=subject, event_id=event_id, barrier=barrier
        )


def deed(
    service: Callable[Concatenate[ActionContext, Given], Result],
) -> Callable[Concatenate[ActionContext, Given], Result]:
    """``service(act, …)``, also for who still says ``(store, …, by=, now=)``: the tests, and nobody in the program,
    where types know only the first form."""

    @wraps(service)
    def done(act: ActionContext, /, *positional: Given.args, **given: Given.kwargs) -> Result:
        if isinstance(act, ActionContext):
            return service(act, *positional, **given)
        signed: dict[str, Any] = given
        act = ActionContext(act, signed.pop("by"), signed.pop("now"))
        return service(act, *positional, **given)

    return done
