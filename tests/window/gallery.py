"""Draws every part of the window with invented content into pictures, to be looked at.

Run as ``python tests/window/gallery.py FOLDER [WIDTH HEIGHT] [標準|大|特大]``; with QT_SCALE_FACTOR=1.5
it shows what a 150 % screen shows.
"""

import sys
from datetime import datetime, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.surveys.tally.screens.tally_chart_view import TallyChartView
from app.widgets.badges import BADGE_LOOKS, Badge, KindSquare, ProgressBlocks, blocks_of
from app.widgets.buttons import Button, danger_button, main_button
from app.widgets.dialogs.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.dialogs.failure_dialog import FailureDialog, FailureView, RecoveryOption
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.labels import Link, heading, key_cap, label
from app.widgets.lists.record_model import Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.pdf.pdf_pages import PageMark
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import Screen, page_column, scrolled_page_column, widget_row
from app.widgets.tabs import Tabs
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from app.window.failure_messages import Failure, failure_of
from app.window.language import install_japanese
from app.window.style_sheet import apply_text_size
from tests.support.window_parts import TODAY, calendar, due_table, ma_chart, office_form, sa_chart, sample_pdf


class Home(Screen):
    """List, panels and calendar."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        column = page_column(self)
        column.addLayout(widget_row(heading("今日・今週"), None, label("令和8年9月16日（水）", "second")))
        panel = Panel("つぎの実施回", note="あと8日・開庁日 3日", tone="accent")
        panel.body.addLayout(widget_row(KindSquare("講習会"), label("9/24(木) 第3回 LINE講習会", "date"), None))
        panel.body.addLayout(widget_row(label("申込 17人　準備 5 / 8"), None, Button("開く", low=True)))
        progress = Panel("進み具合", note="仕様書の回数に対して")
        for kind, states in (
            ("講習会", blocks_of(2, 4, 1)),
            ("派遣", blocks_of(1, 1, 1)),
            ("意見交換会", blocks_of(0, 2, 0)),
        ):
            progress.body.addLayout(widget_row(KindSquare(kind), label(kind), None, label("2 / 7回程度", "strong")))
            progress.put(ProgressBlocks(states, name=kind))
        days = Panel()
        days.put(calendar())
        column.addWidget(
            FoldingColumns(
                "区がやること", due_table(), (("つぎの実施回", panel), ("進み具合", progress), ("カレンダー", days))
            ),
            1,
        )
        column.addWidget(
            NoteBox("区の自主管理（アプリの目安。期限超過にはしません）　アクセス記録の点検 8月分", tone="quiet")
        )


class Parts(Screen):
    """Badges, buttons, notes, tabs, the full calendar."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        column = scrolled_page_column(self)
        column.addWidget(heading("部品"))
        column.addWidget(FlowRow(*(Badge(kind) for kind in BADGE_LOOKS)))
        column.addWidget(
            FlowRow(
                main_button("10人を取り込む"),
                Button("Excelに出力", icon_name="export"),
                danger_button("中止・変更の連絡"),
                Button("設定を開く", kind="link"),
                Link("すべて見る"),
                key_cap("Enter"),
                _disabled("確認済にする（差 3件）"),
            )
        )
        column.addWidget(
            NoteBox(
                "**9/18(金)**　9/24(木) の5日前＝9/19(土)。9/19–23 は閉庁のため**直前の開庁日 9/18(金)**。",
                tone="amber",
            )
        )
        column.addWidget(NoteBox("届いたファイルには書き込みません。印と確認票は別に残ります。"))
        column.addWidget(NoteBox("講師からの所感がまだ書かれていません。", tone="red"))
        tabs = Tabs()
        for word, count in (("概要", None), ("参加者", 17), ("資料", 2), ("当日", None), ("履歴", None)):
            number = tabs.add(word, QWidget())
            tabs.set_count(number, count)
        tabs.setFixedHeight(44)
        column.addWidget(tabs)
        line = widget_row(spacing=24)
        line.addWidget(calendar(), 1)
        empty = RecordTable(
            "none",
            (Column(key="a", title="氏名", show=str),),
            title="空",
            empty="まだ申込がありません。",
            empty_button="申込を取り込む",
            empty_on_click=empty_act,
        )
        empty.show_rows(())
        line.addWidget(empty, 1)
        column.addLayout(line, 1)


def empty_act() -> None:
    """What the button of the empty list would do."""


def _disabled(words: str) -> Button:
    button = Button(words)
    button.setEnabled(False)
    return button


class Forms(Screen):
    """The form on a page."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        column = scrolled_page_column(self)
        column.addWidget(heading("所属・担当者"))
        form = office_form()
        form.set_problem("start", "「25:00」は時刻として読めません。14:00 のように入力してください。")
        column.addWidget(form)
        column.addStretch(1)


class Charts(Screen):
    """Two questions side by side."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        column = scrolled_page_column(self)
        column.addWidget(heading("集計"))
        line = widget_row(spacing=24)
        for chart in (sa_chart(), ma_chart()):
            panel = Panel()
            panel.put(TallyChartView(chart))
            panel.body.addStretch(1)
            line.addWidget(panel, 1)
        column.addLayout(line)
        column.addStretch(1)


class Preview(Screen):
    """The preview of a PDF."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        column = page_column(self)
        column.setContentsMargins(0, 0, 0, 0)
        preview = PdfPreview()
        preview.show_pdf(sample_pdf())
        preview.show_marks((PageMark(page=1, x=72, y=162, width=120, height=20, words="1"),))
        column.addWidget(preview)


class Failed(Screen):
    """The page of a failure with three ways on."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        column = scrolled_page_column(self)
        failure = Failure(
            happened="共有フォルダーの「desk.db」に、壊れた部分が見つかりました。"
            "これ以上変わらないよう、このファイルには手をつけていません。",
            lost="ありません。本日 8:31 のバックアップは、中身まで読めることを確かめました。",
            todo="",
            details="E-0203　Damaged\nengine.py:40 open",
            number="E-0203",
        )
        ways = (
            RecoveryOption(
                key="new",
                title="バックアップから新しいファイルを作成して開く",
                text="8:31 のバックアップ ＋ 14件の操作。壊れたファイルは名前を変えて残します。",
                verb="新しいファイルを作成して開く",
                recommended=True,
            ),
            RecoveryOption(
                key="read",
                title="閲覧専用で開く",
                text="読める部分だけを開きます。書換えはできません。",
                verb="閲覧専用で開く",
            ),
        )
        column.addWidget(FailureView(failure, title="データのファイルの一部が読めません", options=ways))


def settle(milliseconds: int = 150) -> None:
    """Let the window draw itself."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def gallery_window() -> tuple[MainWindow, AppContext, Tasks]:
    """The window with all the pages of the gallery."""
    tasks = Tasks()
    desk = AppContext(
        tasks=tasks,
        store=None,
        user_name="みほん山田",
        fiscal_year=2026,
        sample=True,
        clock=lambda: datetime.combine(TODAY, time(10, 32)),
        undo=lambda store, **_: None,
    )
    window = MainWindow(desk)
    for place, icon, title, factory in (
        ("home", "house", "ホーム", Home),
        ("parts", "calendar-blank", "事業", Parts),
        ("forms", "users-three", "団体", Forms),
        ("charts", "clipboard-text", "アンケート", Charts),
        ("preview", "printer", "帳票", Preview),
        ("failed", "shield-check", "情報保護", Failed),
        ("settings", "gear", "設定", Forms),
    ):
        window.register_screen(ScreenEntry(screen_name=place, icon=icon, title=title, factory=factory))
    window.set_badge("forms", 3)
    window.set_badge("charts", 12)
    window.set_backup_state("バックアップ済み", "本日 8:31　点検 9/1(火)")
    window.set_search(lambda: None)
    window.set_years((2026, 2027))
    return window, desk, tasks


def main() -> None:
    """Draw everything."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    width, height = (int(sys.argv[2]), int(sys.argv[3])) if len(sys.argv) > 3 else (1366, 768)
    application = QApplication([])
    install_japanese(application)
    apply_text_size(application, sys.argv[4] if len(sys.argv) > 4 else "標準")  # type: ignore[arg-type]
    window, desk, tasks = gallery_window()
    ratio = window.devicePixelRatioF()
    window.resize(round(width / ratio), round(height / ratio))
    window.show()
    for place in ("home", "parts", "forms", "charts", "preview", "failed"):
        window.go(place)
        desk.saved.emit(desk.now())
        if place == "home":
            desk.show_message("第3回 LINE講習会の資料を確認済にしました。", can_undo=True)
        settle()
        window.grab().save(str(folder / f"{place}.png"))
    dialog = DialogFrame(
        "日付を変える", "第3回 LINE講習会", main="期限を3件動かして保存する", note=CAN_UNDO, parent=window
    )
    dialog.put(office_form())
    dialog.body.addStretch(1)
    for name, shown in (
        ("dialog", dialog),
        ("failure", FailureDialog(failure_of(RuntimeError("x")), window)),
        (
            "refusal",
            FailureDialog(
                Failure(
                    happened="この回の報告書はもう確認済です。",
                    lost="保存済みのデータは変わっていません。",
                    todo="直すときは、確認済を取り消してください。",
                    small=True,
                ),
                window,
            ),
        ),
    ):
        shown.show()
        settle()
        shown.grab().save(str(folder / f"{name}.png"))
        shown.close()
    tasks.shutdown()


if __name__ == "__main__":
    main()
