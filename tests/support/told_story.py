"""A story of acts in one store: what each act says or refuses, and what is shown otherwise since the last look."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from db.files.storage_errors import StorageProblem
from db.store import Store
from tests.support.paper_lines import changes


class Story:
    """Acts of one clerk; ``given`` goes to each of them, ``lines`` is what was said and shown."""

    def __init__(self, store: Store, *, by: str, at: datetime, **given: Any) -> None:
        self.store, self.by, self.at, self.given = store, by, at, given
        self.lines: list[str] = []
        self.before: list[str] | None = None

    def do(self, act: Callable[..., Any], **given: Any) -> Any:
        """Act, and note the message or the refusal."""
        try:
            made = act(ActionContext(self.store, self.by, self.at), **self.given | given)
        except (UserError, StorageProblem) as error:
            self.lines.append(f"×{error}")
            return None
        said = getattr(made, "message", None) or f"{act.__name__} {given.get('login_id', '')}"
        self.lines.append(f"→{said}")
        return made

    def put(self, *records: Any) -> list[int]:
        """Insert rows, as they may stand in a year."""
        with self.store.change(action="用意", by=self.by, now=self.at) as change:
            return [change.insert(one) for one in records]

    def change(self, kind: type[Any], row_id: int, **values: Any) -> None:
        """Change a row."""
        with self.store.change(action="用意", by=self.by, now=self.at) as change:
            change.update(kind, row_id, **values)

    def look(self, shown: list[str]) -> None:
        """Note what is shown: the first time all of it, then what came and went."""
        self.lines += shown if self.before is None else changes(self.before, shown) or ["変わらない"]
        self.before = shown
