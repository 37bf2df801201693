"""A dressed application, tasks that end with the test, and a desk over a store that only remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.window.app_context import AppContext
from app.window.background_task import Tasks
from db.touched_tables import TouchedTables
from tests.support.dressing import dress

NOW = datetime.combine(date(2026, 9, 16), time(10, 32))


@dataclass
class Notebook:
    """What stands in for an opened data folder: services write what they were given into it."""

    written: list[dict[str, Any]] = field(default_factory=list)
    undone: list[dict[str, Any]] = field(default_factory=list)

    def read_with_retry(self, ask: Callable[[Notebook], Any], touched: TouchedTables) -> Any:
        before = len(self.written)
        answer = ask(self)
        if len(self.written) > before:
            touched.written |= {"journal"}
        return answer


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Fonts and style as in the real window, and nothing remembered from another test."""
    dress(qapp)


@pytest.fixture
def tasks(qtbot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shutdown()


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def desk(tasks: Tasks, notebook: Notebook) -> AppContext:
    def undo(store: Notebook, **given: Any) -> None:
        store.undone.append(given)

    return AppContext(
        tasks=tasks,
        store=notebook,
        user_name="みほん山田",
        fiscal_year=2026,
        clock=lambda: NOW,
        undo=undo,
        redo=undo,
        sample=True,
    )
