"""内容確認 of a version, counted by the pages shown and never ticked by hand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from app.subjects.submissions.materials.services.materials import viewed_pages_words
from db.records.submissions.materials import MaterialVersion


class ViewedPages(QLabel):
    """The label 「内容確認　3 / 18ページ」 of the version shown; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "second")
        self._turned: dict[int, set[int]] = {}
        self._version: MaterialVersion | None = None

    def track_version(self, version: MaterialVersion | None) -> None:
        """Start counting for a version."""
        self._version = version
        self._show_count()

    def add_page(self, page: int) -> None:
        """Count a page as viewed."""
        if self._version is not None and page:
            self._turned.setdefault(self._version.id, set()).add(page)
            self._show_count()

    def pages_of(self, version_id: int) -> tuple[int, ...]:
        """Return the viewed pages of a version."""
        return tuple(sorted(self._turned.get(version_id, ())))

    def _show_count(self) -> None:
        version = self._version
        looked = {*version.looked, *self.pages_of(version.id)} if version is not None else set()
        words = viewed_pages_words(replace(version, looked=tuple(looked))) if version is not None else ""
        self.setText(f"内容確認　{words}" if words else "")
