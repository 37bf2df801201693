"""A dressed application and a desk over a real, started year, for every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.window.background_task import Tasks
from app.window.desk import Desk
from db.store import Store
from tests.support.dressing import dress
from tests.support.years import BY, NOW, started_year

MakeDesk = Callable[..., Desk]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Fonts and style as in the real window, and nothing remembered from another test."""
    dress(qapp)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """令和8年度, started, without any event."""
    return started_year(tmp_path)


@pytest.fixture
def desk_at(store: Store, qtbot) -> Iterator[MakeDesk]:
    """A desk over the store at a moment of the test's choice (default 2026-09-01 9:00)."""
    under_way: list[Tasks] = []

    def make(now: datetime = NOW) -> Desk:
        tasks = Tasks()
        under_way.append(tasks)
        return Desk(tasks=tasks, store=store, user_name=BY, fiscal_year=2026, clock=lambda: now)

    yield make
    for tasks in under_way:
        tasks.shutdown()
