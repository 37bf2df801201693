"""What the ward keeps with a received report: 収受番号, place of the original, remarks; printed on the 確認票."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.reports.screens.report_words import PLACES_OF_ORIGINAL
from app.subjects.reports.services.report_check import ReportCheckView
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.panel import Panel


class ReceiptBox(Panel):
    """The fields; saved when one is left. Signals: ``settled(dict)`` the values of ``note_receipt``."""

    settled = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("確認票に載るもの", note="区の1枚・供覧用", parent=parent)
        self._shown: tuple[int, dict[str, str]] = (0, {})
        self.form = Form(self._declared(PLACES_OF_ORIGINAL), label_width=116)
        self.result = label("", "second", wrap=True)
        self.put(self.form)
        self.put(self.result)
        self.form.committed.connect(lambda _key: self._tell())

    @staticmethod
    def _declared(places: tuple[str, ...]) -> tuple[Field, ...]:
        return (
            Field(key="receipt_number", label="収受番号", optional=True),
            Field(key="original_place", label="原本の場所", kind="choice", choices=tuple((one, one) for one in places)),
            Field(key="note", label="備考", kind="lines", optional=True, lines=2),
        )

    def show_view(self, view: ReportCheckView, *, read_only: bool) -> None:
        """Show what is stored; what is being typed is left alone as long as that stays the same."""
        report = view.report
        stored = {"receipt_number": report.receipt_number, "original_place": report.original_place, "note": report.note}
        if (report.id, stored) != self._shown:
            self._shown = (report.id, stored)
            self.form.set_values(stored)
        for key in stored:
            self.form.set_enabled(key, not read_only)
        who = f"確認者　{report.checked_by}" if report.checked_by else "確認者　まだ確認していません"
        self.result.setText(f"{who}　結果　{report.status}")

    def _tell(self) -> None:
        typed = self.form.values()
        self.settled.emit({key: old if typed[key] is None else typed[key] for key, old in self._shown[1].items()})
