"""Below the form: how far this version is (受託者の確認, 受領, 確認済) and the next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.reports.services.reports import ReportFormView
from app.widgets.buttons import Button
from app.widgets.labels import label
from db.records.reports import Report


class FormSteps(QFrame):
    """The steps.

    Signals: ``confirm_asked()`` note the contractor's confirmation; ``unconfirm_asked()``; ``receive_asked()``
    note the receipt; ``check_asked()`` 確認済; ``withdraw_asked()`` take the receipt or 確認済 back; ``version_asked()``
    the next version; ``earlier_asked()``.
    """

    confirm_asked = Signal()
    unconfirm_asked = Signal()
    receive_asked = Signal()
    check_asked = Signal()
    withdraw_asked = Signal()
    version_asked = Signal()
    earlier_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self.words = label("", "small", wrap=True)
        self.confirm = Button("受託者の確認日を記録", self.confirm_asked.emit)
        self.unconfirm = Button("確認を取り消す", self.unconfirm_asked.emit)
        self.receive = Button("受領を記録", self.receive_asked.emit)
        self.check = Button("確認済にする", self.check_asked.emit)
        self.withdraw = Button("", self.withdraw_asked.emit)
        self.version = Button("つぎの版を作成", self.version_asked.emit)
        self.earlier = Button("前の版を見る", self.earlier_asked.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for button in (
            self.confirm, self.receive, self.check, self.unconfirm, self.withdraw, self.version, self.earlier,
        ):
            line.addWidget(button)

    def show_form(self, view: ReportFormView, *, read_only: bool) -> None:
        """Show where the newest version stands."""
        report = view.report
        if report is None:
            return
        confirmed, received = report.contractor_confirmed_on is not None, report.received_on is not None
        done = report.status == "確認済"
        self.words.setText(_words(view, report))
        self.confirm.setVisible(not confirmed)
        self.unconfirm.setVisible(confirmed and not received)
        self.receive.setVisible(confirmed and not received)
        self.check.setVisible(received and not done)
        self.withdraw.setVisible(received)
        self.withdraw.set_words(withdraw_words(report))
        self.version.setVisible(confirmed)
        self.earlier.setVisible(len(view.versions) > 1)
        missing = [point.point for point in view.points if not point.done]
        self.check.setEnabled(not missing and not read_only)
        self.check.setToolTip(f"まだそろっていません：{'、'.join(missing)}" if missing else "")
        for button in (self.confirm, self.unconfirm, self.receive, self.withdraw, self.version):
            button.setEnabled(not read_only)


def withdraw_words(report: Report) -> str:
    """What the button says that takes the newest step back."""
    return "確認済を取り消す" if report.status == "確認済" else "受領を取り消す"


def _words(view: ReportFormView, report: Report) -> str:
    parts = [f"第{report.version}版"]
    came = view.received
    if came is not None and came.received_on is not None:
        parts.append(f"受託者の報告書を {short_date(came.received_on)} に受領しています。この様式は控えです。")
    elif report.contractor_confirmed_on is None:
        parts.append("受託者が確認するまで、全ページの「様式・受託者確認前」は外れません。")
    elif view.kept:
        parts.append(f"受託者が確認済（{short_date(report.contractor_confirmed_on)}）の内容です")
    else:
        parts.append(f"受託者の確認 {short_date(report.contractor_confirmed_on)}（内容は変更できません）")
    if report.received_on is not None:
        parts.append(f"受領 {short_date(report.received_on)} {report.received_how}")
    if report.status == "確認済" and report.checked_on is not None:
        parts.append(f"確認済 {short_date(report.checked_on)} {report.checked_by}")
    return "　".join(parts)
