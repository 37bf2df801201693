"""区がやること, with counts from 期限超過 to 来週から, the filter by person, and a button in each row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.calendar.dates import month_day, short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import KEYS, ExportButton, ExportTable
from app.event.parts import NO_EVENT_YET, full_basis_words, show_basis_dialog
from app.event.rules.deadline_states import BUCKETS
from app.event.services.tasks.task import STEP
from app.home.today.services.home import HomeRow, HomeView
from app.main_window.action_routes import route_to
from app.submissions.work_queue.rules import WAITING
from app.widgets.buttons import Button, MoreButton, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, heading, label
from app.widgets.layouts import add, fix_size, in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, ExportColumn, RowAction, Tone
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.icons import paint_icon
from app.window.painting import paint_box, paint_focus, painting, stroke, theme_colour

_LEFT_TONE: dict[str, Tone] = {"期限超過": "red", "今日": "", "目安日過ぎ": "second", "今週": "", "来週から": ""}
_DUE = (
    ExportColumn("期限（開庁日）・目安日", lambda row: row.date_words),
    ExportColumn("根拠", lambda row: row.task.basis_short),
)
# bucket → icon, ink, tint when chosen, line
_BUCKET_STYLES: dict[str, tuple[str, str, str, str]] = {
    "期限超過": ("warning-octagon-fill", t.RED, t.RED_TINT, t.RED),
    "今日": ("clock-fill", t.AMBER, t.AMBER_TINT, t.AMBER),
    "今週": ("calendar-blank", t.INK, t.SELECTION, t.CONTROL),
    "来週から": ("dots-three", t.INK_SECONDARY, t.SELECTION, t.CONTROL),
}
_PAD = 10
_GAP = 6
_DUE_WIDEST, _DUE_CLOSE = 192, 144
EVERYBODY = "全員"
_LIST_FIRST = (
    "**はじめに、お持ちの団体の一覧を取り込みます。** 申込に書かれた団体名が、名簿の団体と結び付きます。"
    "申込のあとに取り込んでも、同じ団体名を探して結び付けられます。"
)


class OwnWorkList(QWidget):
    """The ward's own tasks; ``about`` (the day, the changes) is placed where the screen has room for it.

    Signals: ``link_clicked(Route)`` the button of a row or Space; ``event_opened(int)`` Enter on a row; ``add_asked()``
    the button of the empty year, ``waiting_asked()`` what waits for the contractor; ``week_asked()`` 今週の予定 on one
    page; ``away_asked()`` 留守; ``back_asked(int)`` the end of one.
    """

    link_clicked = Signal(object)
    event_opened = Signal(int)
    add_asked = Signal()
    waiting_asked = Signal()
    week_asked = Signal()
    away_asked = Signal()
    back_asked = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._view: HomeView | None = None
        self._narrow = self._close = False
        self.title = heading("今日・今週")
        self.today = label("", "small")
        self.chips = BucketChips()
        self.chips.hide()  # until the count is known
        self.chips.chosen.connect(self._show_bucket)
        self.own = link_button("")
        self._owner = EVERYBODY
        self._owners: tuple[str, ...] = ()
        self.only = Button("", self._show_everybody, icon_name="x", low=True)
        self.only.hide()
        self.export = ExportButton(app_context, self._export_rows, title="区がやること", small=True, parent=self)
        self.export.hide()
        on_key(self, KEYS, self.export.click)  # a hidden button receives no key
        self.more = MoreButton(self.menu_actions, "今週の予定・担当で絞り込む・Excelに出力")
        self.passed = FoldLine("目安日を過ぎたもの")
        self.passed.toggled.connect(self._fill)
        self.moved = Paragraph(role="small")
        self.first = NoteBox()
        self.list_button = inline_button("団体の一覧を取り込む")
        self.first.put(self.list_button)
        self.add_button = inline_button("実施回を追加する", self.add_asked.emit)
        self.first.put(self.add_button)
        self._column = in_column(owner=self, spacing=6)
        self.changes = link_button("きのうからの変更")
        self.about = FlowRow(self.today, self.changes, spacing=4, at_end=1, parent=self)
        # With large letters on a narrow page the choices wrap to the next line.
        choices = QWidget()
        choices.setLayout(widget_row(self.own, self.only, self.more))
        self._bar = FlowRow(self.title, self.chips, choices, at_end=1)
        add(self._column, self._bar, self.first)
        self.table = self._make_table()
        add(self._column, self.table, self.passed, self.moved)
        self._column.addStretch(1)  # height that is left while rows are measured anew is kept below them

    def show_view(self, view: HomeView) -> None:
        """Show the day, counts, hints and tasks of ``view``; the pressed bucket and the chosen 担当 stay."""
        self._view = view
        self.today.setText(view.today_words)
        self.chips.show_counts(view.counts)
        self.own.set_words(f"区の自主管理 {len(view.self_managed)}")
        self.own.setVisible(self._narrow and bool(view.self_managed))
        # The list says it itself while it is empty.
        adds = not view.has_events and bool(view.rows)
        self.first.show_text(_LIST_FIRST if view.is_first_use else NO_EVENT_YET if adds else "")
        self.list_button.setVisible(view.is_first_use)
        self.changes.setHidden(view.is_first_use)  # they are the making of the folder
        self.add_button.setVisible(adds)
        for part in (self.chips, self.more):
            part.setVisible(view.has_events)
        self._owners = tuple(
            sorted({each.task.owner_words for each in (*view.rows, *view.passed_targets, *view.later_rows)})
        )
        self.passed.show_count(len(view.passed_targets), view.passed_words)
        self.moved.show_text(fill_nonempty("日程を動かした回の募集：{}", "、".join(view.moved_texts)))
        self.moved.setVisible(bool(view.moved_texts))
        self._fill()

    def show_change_count(self, count: int) -> None:
        """Show the number of changes since yesterday."""
        self.changes.set_words(f"きのうからの変更 {count}")

    def fold(self, *, narrow: bool, close: bool) -> None:
        """Hide the headings in a ``narrow`` page, where 残り is beside the date; ``close`` hides open days.

        A change of either replaces ``table`` by a new one.
        """
        if (narrow, close) == (self._narrow, self._close):
            return
        self._narrow, self._close = narrow, close
        for part in (self.title, self.about):
            part.setVisible(not narrow)
        before = self.table
        self.table = self._make_table()
        self._column.replaceWidget(before, self.table)
        before.hide()
        before.deleteLater()
        if self._view is not None:
            self.show_view(self._view)

    def _make_table(self) -> FittedTable:
        """Return the table of tasks for this width, with its keys connected."""
        table = FittedTable(
            "home-joined" if self._narrow else "home",
            due_columns(narrow=self._narrow, close=self._close),
            title="区がやること",
            empty="今日・今週、区がやることはありません。",
            action=self._row_action,
            head=not self._narrow,
            on_click=self._explain_date,
            on_open=self._open,
            on_act=lambda row_: self.link_clicked.emit(route_to(row_.link)),
        )
        on_key(table.view, "Alt+Return", lambda: self._explain(table.current()))
        near = Qt.ShortcutContext.WidgetShortcut
        for keys, way in (("Left", -1), ("Right", 1)):
            QShortcut(QKeySequence(keys), table.view, context=near).activated.connect(partial(self.chips.step, way))
        return table

    def _row_action(self, row_: HomeRow) -> RowAction:
        """Return the row's button, filled only for the first row if it is 期限超過 and no check-in is due today."""
        view = self._view
        filled = view is not None and view.rows[:1] == (row_,) and not any(day.check_in for day in view.days)
        return RowAction(route_to(row_.link).label, kind="main" if row_.is_main_action and filled else "link")

    def menu_actions(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the entries of 「…」 (the page of the week, filter by person, export to a workbook)."""
        acts: list[tuple[str, Callable[[], object]]] = [("今週の予定（1枚）", self.week_asked.emit)]
        acts.append(("留守にする（代わりの人を決める）", self.away_asked.emit))
        for one in self._view.absences if self._view is not None else ():
            acts.append((f"{one.person}さんの留守を終える", partial(self.back_asked.emit, one.id)))
        acts += [(f"担当　{owner}", partial(self.show_owner, owner)) for owner in (EVERYBODY, *self._owners)]
        if self.export.isEnabled():
            acts.append((f"Excelに出力　{KEYS}", self.export.click))
        return acts

    def show_owner(self, owner: str) -> None:
        """Show only the tasks whose 担当 is ``owner`` (as in ``Task.owner_words``); ``EVERYBODY`` shows all."""
        self._owner = owner
        self._fill()

    def _fill(self) -> None:
        """Fill the list: the pressed bucket, else all up to this week, of the chosen 担当.

        Passed 目安日 of the ward are among them only while their line is unfolded and no bucket is pressed.
        """
        view = self._view
        if view is None:
            return
        bucket, owner = self.chips.current(), self._owner
        self.only.set_words(f"担当　{owner}" if owner != EVERYBODY else "")
        self.only.setVisible(owner != EVERYBODY)
        passed = view.passed_targets if self.passed.isChecked() else ()
        rows = [*view.rows, *view.later_rows] if bucket else sorted((*view.rows, *passed), key=_list_position)
        if bucket:
            rows = [each for each in rows if each.task.bucket == bucket]
        if owner != EVERYBODY:
            rows = [each for each in rows if each.task.owner_words == owner]
        self._show_empty_text(view, bucket, owner)
        self.table.show_rows(rows)
        self.export.set_available(bool(rows))

    def _show_bucket(self) -> None:
        """Show the pressed bucket, with the focus in its first row."""
        self._fill()
        if self.table.model.rowCount():
            self.table.view.setCurrentIndex(self.table.model.index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _export_rows(self, deliver: Callable[[ExportTable], None]) -> None:
        columns, rows = self.table.export_content()
        owner = self._owner
        shown = [self.chips.current() or "今週まで", *([f"担当 {owner}"] if owner != EVERYBODY else [])]
        deliver(ExportTable(columns=columns, rows=rows, words=f"{len(rows)}件（{'・'.join(shown)}）"))

    def _show_empty_text(self, view: HomeView, bucket: str, owner: str) -> None:
        if not view.has_events:
            words = NO_EVENT_YET
            self.table.set_empty(words, "実施回を追加する", self.add_asked.emit)
        elif owner != EVERYBODY:
            self.table.set_empty(f"担当が「{owner}」のものはありません。", "全員に戻す", self._show_everybody)
        elif bucket:
            self.table.set_empty(f"{bucket}の期限はありません。", "今週までに戻す", lambda: self.chips.choose(""))
        elif view.passed_targets:
            self.table.set_empty(_late_words(view), "目安日を過ぎたものを見る", partial(self.passed.setChecked, True))
        elif view.late_waiting_count:
            self.table.set_empty(_late_words(view), f"{WAITING}を見る", self.waiting_asked.emit)
        elif view.later_rows:
            words = f"来週からの{len(view.later_rows)}件を見る"
            self.table.set_empty("今日・今週、区がやることはありません。", words, lambda: self.chips.choose("来週から"))
        else:
            self.table.set_empty("今日・今週、区がやることはありません。")

    def _show_everybody(self) -> None:
        self.show_owner(EVERYBODY)

    def _open(self, row_: HomeRow) -> None:
        if row_.task.event_id is not None:
            self.event_opened.emit(row_.task.event_id)
        else:
            self.link_clicked.emit(route_to(row_.link))

    def _explain_date(self, row_: HomeRow, key: str) -> None:
        if key == "due":
            self._explain(row_)

    def _explain(self, row_: Any) -> None:
        if row_ is not None:
            show_basis_dialog(row_.task, self)


class BucketChips(QWidget):
    """A row of chips, of which at most one is pressed.

    Signals: ``chosen(str)`` the bucket now shown alone, or "" for what is due up to this week.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        line = in_row(owner=self, spacing=8)
        self.chips = {bucket: BucketChip(bucket) for bucket in _BUCKET_STYLES}
        one_stop = OneStop(self, chooses=False)
        for chip in self.chips.values():
            line.addWidget(chip)
            one_stop.add(chip)
            chip.clicked.connect(lambda _on, chip=chip: self._press(chip))

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each bucket has."""
        for bucket, chip in self.chips.items():
            chip.show_count(counts.get(bucket, 0))

    def current(self) -> str:
        """Return the bucket shown alone, or ""."""
        return next((bucket for bucket, chip in self.chips.items() if chip.isChecked()), "")

    def choose(self, bucket: str) -> None:
        """Press a chip ("" releases all) and emit ``chosen``."""
        for name, chip in self.chips.items():
            chip.setChecked(name == bucket)
        self.chosen.emit(bucket)

    def step(self, direction: int) -> None:
        """Go to the next or previous chip with rows; ← from the first leads to 来週から."""
        order = ["", *(name for name, chip in self.chips.items() if chip.count or chip.isChecked())]
        self.choose(order[(order.index(self.current()) + direction) % len(order)])

    def _press(self, pressed: BucketChip) -> None:
        """Show the bucket of a chip that was clicked alone, or all again if the click released it."""
        self.choose(pressed.bucket if pressed.isChecked() else "")


class BucketChip(QAbstractButton):
    """Button with icon, name and count of one bucket (期限超過, 今日 …), pressed or not; emits ``clicked(bool)``."""

    def __init__(self, bucket: str):
        super().__init__()
        self.bucket = bucket
        self.count = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        fix_size(self)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show the count."""
        self.count = count
        self.setAccessibleName(f"{self.bucket} {count}件")
        self.setToolTip(f"{self.bucket}の{count}件だけを表示します。もう一度押すと戻ります。")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of icon, word and number."""
        words = t.metrics("body").horizontalAdvance(self.bucket)
        number = t.metrics("h2").horizontalAdvance(str(self.count))
        return QSize(round(2 * _PAD + t.scaled(16) + 2 * _GAP + words + number), t.scaled(t.FIELD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip (Qt override)."""
        icon, ink, tint, line = _BUCKET_STYLES[self.bucket]
        colour = ink if self.count else t.INK_SECONDARY
        with painting(self) as painter:
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            edge = line if self.count or self.isChecked() else t.STRONG_LINE
            paint_box(
                painter,
                area,
                stroke(edge, 2.0 if self.isChecked() else 1.0),
                theme_colour(tint if self.isChecked() or self.underMouse() else t.PAGE),
            )
            side = t.scaled(16)
            paint_icon(painter, icon, QRectF(_PAD, (self.height() - side) / 2, side, side), colour)
            left = _PAD + side + _GAP
            painter.setPen(theme_colour(colour))
            painter.setFont(t.font("body"))
            words = QFontMetricsF(painter.font()).horizontalAdvance(self.bucket)
            painter.drawText(QRectF(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.bucket)
            painter.setFont(t.font("h2"))
            rest = QRectF(left + words + _GAP, 0, self.width(), self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(self.count))
            if self.hasFocus():
                paint_focus(painter, area, t.RADIUS)


def _late_words(view: HomeView) -> str:
    """Return the sentence that nothing is due this week, but some 目安日 or days of the contractor have passed."""
    passed = fill_nonempty("目安日を過ぎたものが{}件", len(view.passed_targets))
    waiting = f"{WAITING}で日を過ぎたものが{view.late_waiting_count}件" if view.late_waiting_count else ""
    return f"今日・今週が期限のものはありません。{join_nonempty(passed, waiting, separator='、')}あります。"


def _list_position(row: HomeRow) -> int:
    """Return the sort position of a row; passed targets come after 今日, before 今週."""
    return BUCKETS.index(row.task.bucket)


def badge_cell(row: HomeRow, *, with_left: bool = False, open_days: bool = False) -> Cell:
    """Return the urgency badge; ``with_left`` puts what is left under it, with the ``open_days``."""
    task = row.task
    if not with_left:
        return Cell(badge=task.bucket)
    left = left_cell(row)
    words = join_nonempty(left.text, left.second if open_days else "", separator="・")
    return Cell(
        badge=task.bucket,
        # The badge 今日 says it; what waits since an earlier day says so beside its date.
        second="" if task.bucket == "今日" else words,
        second_tone=left.tone or "second",
        tip=join_nonempty(left.text, left.second, separator="・"),
    )


def due_cell(row: HomeRow, *, with_left: bool) -> Cell:
    """Return the date with the basis under it; ``with_left`` puts what is left beside the date."""
    task = row.task
    if task.bucket == "今日" and row.date_words == short_date(task.due, task.due):
        # The badge says the day; what arose before says since when.
        return Cell("", task.basis_short, tip=full_basis_words(task))
    return Cell(
        row.date_words,
        task.basis_short,
        aside=task.short_words.removeprefix(row.date_words).strip() if with_left else "",
        aside_tone=_LEFT_TONE[task.bucket] or ("" if task.bucket == "今日" else "second"),
        date=True,
        tip=f"{full_basis_words(task)}\n押すと計算方法を表示します。",
    )


def left_cell(row: HomeRow) -> Cell:
    """Return what is left in calendar days, under it in open days."""
    task = row.task
    pressing = task.bucket in ("期限超過", "今日")
    if not task.is_contract_duty and task.days_left < 0:
        # A passed 目安日 is never 超過: it waits, and the row says since when.
        return Cell(task.short_words, tone="second")
    return Cell(task.short_words, task.open_words, tone=_LEFT_TONE[task.bucket], strong=pressing)


def task_cell(row: HomeRow) -> Cell:
    """Return the cell with a task, its event and its detail."""
    task = row.task
    beside = (
        join_nonempty(WAITING, task.detail)
        if row.awaits_contractor
        else task.detail or ("募集" if task.task == STEP else "")
    )
    below = task.event_title or ("" if beside else "年度全体")
    return Cell(
        task.label,
        join_nonempty(row.year_words, below or beside),
        aside=beside if below else "",
        strong=True,
        second_kind=task.kind or "",
        flows=True,
    )


_LEFT = (
    ExportColumn("残り", lambda row: left_cell(row).text),
    ExportColumn("残り（開庁日）", lambda row: left_cell(row).second),
)


_TASK = (
    ExportColumn("区がやること", lambda row: row.task.label),
    ExportColumn("内容", lambda row: task_cell(row).aside),
    ExportColumn("実施回", lambda row: task_cell(row).second),
    ExportColumn("担当", lambda row: row.task.owner_words),
)


def due_columns(*, narrow: bool, close: bool) -> tuple[Column, ...]:
    """Return the columns of the list.

    残り is under the badge (``close``: without the open days), on a ``narrow`` page beside the date.
    """
    due = Column(
        "due",
        "期限（開庁日）・目安日",
        lambda row: due_cell(row, with_left=narrow),
        widest=_DUE_CLOSE if close and not narrow else _DUE_WIDEST,
        sort=lambda row: row.task.due,
        export_parts=(*_DUE, *_LEFT),
    )
    task = Column("task", "区がやること・実施回", task_cell, stretch=True, export_parts=_TASK)
    badge = Column(
        "bucket",
        "" if narrow else "残り",
        lambda row: badge_cell(row, with_left=not narrow, open_days=not close),
        sort=lambda row: row.task.days_left,
        export_parts=(ExportColumn("状態", lambda row: row.task.bucket),),
    )
    return badge, due, task


def today_words(view: HomeView) -> str:
    """Return 「9月16日（水）」, the heading at the narrow page's right end."""
    day = view.today
    return month_day(day)
