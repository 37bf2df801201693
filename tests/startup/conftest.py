"""A dressed application, and nothing remembered from another test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.window.style_sheet import apply_text_size
from app.window.ui_settings import use_settings_file


@pytest.fixture(autouse=True, scope="module")
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_text_size(qapp, "標準")
    use_settings_file(None)
    yield
    use_settings_file(None)
