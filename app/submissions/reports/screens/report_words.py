"""Words, badges and icons shared by the report screens, and the header of a report."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.main_window.action_routes import Route
from app.submissions.reports.rules.report_figures import MATERIAL_ITEM, QUESTION_ITEM
from app.widgets.badges import Badge
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Tone
from db.records.events import Event

BADGES = {
    "区が確認中": ("区が確認中", "区が確認中"),
    "受領": ("区が確認中", "区が確認中"),
    "修正依頼": ("修正依頼", "修正依頼"),
    "確認済": ("確認済", "確認済"),
    "様式作成中": ("準備", "様式作成中"),
    "受領前": ("受領前", "受領前"),
    "未着手": ("未着手", "未着手"),
}
STATE_ICONS: dict[str, tuple[str, Tone]] = {
    "済": ("check-circle-fill", "green"),
    "記入待ち": ("hourglass-medium", "amber"),
    "任意": ("circle", "second"),
}
RECEIPT_METHODS = ("メール", "手渡し", "郵送", "ファイル送信サービス", "その他")
PLACES_OF_ORIGINAL = ("文書管理システム", "紙ファイル", "受託者")


def record_route(item: str, event_id: int) -> Route:
    """Return the route to the ward's own record behind a compared number.

    That is the handouts, the survey, the timetable, or for any other number the result of the day.
    """
    name = item.split("　", maxsplit=1)[0]
    if name in (MATERIAL_ITEM, "印刷部数"):
        return Route(label="資料の記録を開く", screen_name="materials", arguments={"event_id": event_id})
    if name in (QUESTION_ITEM, "回収数"):
        return Route(label="アンケートを開く", screen_name="survey", arguments={"event_id": event_id})
    part = "agenda" if name == "時間割の分" else "result"
    words = "進行表を開く" if part == "agenda" else "当日の記録を開く"
    return Route(label=words, screen_name="event", arguments={"event_id": event_id, "tab": "概要", "part": part})


class ReportHead(QWidget):
    """The header of a report.

    Signals: ``list_asked()`` back to all reports.
    """

    list_asked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = heading(title)
        self.badge = Badge("区が確認中")
        self.event_link = link_button("")
        self.parts = FlowRow(self.title, self.badge, spacing=12)
        self._crumbs = FlowRow(
            link_button("報告書", self.list_asked.emit), label("›", "small"), self.event_link, spacing=6
        )
        in_column(self._crumbs, (self.parts, 0, Qt.AlignmentFlag.AlignTop), owner=self, spacing=2)

    def add_action(self, part: QWidget) -> None:
        """Add a button or a choice to the header."""
        self._crumbs.add(part)

    def fold(self, narrow: bool) -> None:
        """Show only the state where there is little room; the page around it names the event."""
        self.title.setVisible(not narrow)
        self._crumbs.setVisible(not narrow)

    def show_event(self, event: Event, today: date) -> None:
        """Show the name of the event."""
        day = f"{short_date(event.event_date, today)}　" if event.event_date else ""
        self.event_link.set_words(f"{day}{event.full_title}")

    def show_state(self, state: str, words: str = "") -> None:
        """Show a state of the report, in ``words`` if given."""
        kind, own = BADGES.get(state, (state, state))
        self.badge.show_status(kind, words or own)
