"""A dressed application, and nothing remembered from another test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.window.remembered import remember_in
from app.window.style_sheet import put_on


@pytest.fixture(autouse=True, scope="module")
def dressed(qapp: QApplication) -> Iterator[None]:
    put_on(qapp, "標準")
    remember_in(None)
    yield
    remember_in(None)
