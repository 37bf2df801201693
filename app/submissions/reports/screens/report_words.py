"""Words, badges and icons shared by the report screens, and the header of a report."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty
from app.main_window.action_routes import Route
from app.submissions.reports.rules.report_figures import MATERIAL_ITEM, QUESTION_ITEM
from app.widgets.badges import Badge
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Tone
from app.widgets.pages import ensure_visible
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
    "記入待ち": ("hourglass-medium", "second"),
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

    def __init__(self, title: str):
        super().__init__()
        self.title = heading(title)
        self.badge = Badge("区が確認中")
        self.event_link = link_button("")
        self.back = Button("報告書の一覧", self.list_asked.emit, kind="icon", icon_name="arrow-left")
        self._beside = FlowRow(self.event_link)
        self.parts = FlowRow(self.back, self.title, self.badge, self._beside, spacing=12)
        in_column((self.parts, 0, Qt.AlignmentFlag.AlignTop), owner=self)

    def add_action(self, part: QWidget) -> None:
        """Add a button or a choice to the header."""
        self._beside.add(part)

    def fold(self, narrow: bool) -> None:
        """Show only the state where there is little room; the page around it names the event."""
        for part in (self.title, self._beside):
            part.setVisible(not narrow)

    def names_event(self, is_named: bool) -> None:
        """Set whether the header names the event; the page of the event does so itself."""
        ensure_visible(self._beside, seen=is_named)

    def show_event(self, event: Event, today: date) -> None:
        """Show the name of the event."""
        day = fill_nonempty("{}　", short_date_or("", event.event_date, today))
        self.event_link.set_words(f"{day}{event.full_title}")

    def show_state(self, state: str, words: str = "") -> None:
        """Show a state of the report, in ``words`` if given."""
        kind, own = BADGES.get(state, (state, state))
        self.badge.show_status(kind, words or own)
