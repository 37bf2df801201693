"""内容確認 of a version: which of its pages were shown, counted while somebody turns them, never ticked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from app.subjects.submissions.materials.services.materials import viewed_pages_words
from db.records.submissions.materials import MaterialVersion


class ViewedPages(QLabel):
    """「内容確認　3 / 18ページ」 of the version shown. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "second")
        self._turned: dict[int, set[int]] = {}
        self._version: MaterialVersion | None = None

    def track_version(self, version: MaterialVersion | None) -> None:
        """Count for a version from now on."""
        self._version = version
        self._show_count()

    def add_page(self, page: int) -> None:
        """A page of it is in sight."""
        if self._version is not None and page:
            self._turned.setdefault(self._version.id, set()).add(page)
            self._show_count()

    def pages_of(self, version_id: int) -> tuple[int, ...]:
        """The pages of a version that were shown here."""
        return tuple(sorted(self._turned.get(version_id, ())))

    def _show_count(self) -> None:
        version = self._version
        looked = {*version.looked, *self.pages_of(version.id)} if version is not None else set()
        words = viewed_pages_words(replace(version, looked=tuple(looked))) if version is not None else ""
        self.setText(f"内容確認　{words}" if words else "")
