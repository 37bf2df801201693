"""Draws every part of the window with invented content into pictures, to be looked at.

Run as ``python tests/ui_frame/gallery.py FOLDER [WIDTH HEIGHT] [標準|大|特大]``; with QT_SCALE_FACTOR=1.5
it shows what a 150 % screen shows.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.documents.blocks import TallyChart, TallyRow
from app.ui.background_task import Tasks
from app.ui.charts.tally_chart_view import TallyChartView
from app.ui.desk import Desk
from app.ui.failure_messages import Failure, failure_of
from app.ui.language import speak_japanese
from app.ui.main_window import MainWindow
from app.ui.style_sheet import put_on
from app.ui.widgets.badge import LOOKS, Badge
from app.ui.widgets.buttons import Button, danger_button, main_button, plain_button
from app.ui.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.ui.widgets.failure_dialog import FailureDialog, FailureView, Way
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.folding_columns import FoldingColumns
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.kind_square import KindSquare
from app.ui.widgets.labels import Link, heading, key_cap, label
from app.ui.widgets.month_calendar import MonthCalendar
from app.ui.widgets.month_days import DayMarks
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.panel import Panel
from app.ui.widgets.pdf_pages import PageMark
from app.ui.widgets.pdf_preview import PdfPreview
from app.ui.widgets.progress_blocks import ProgressBlocks, blocks_of
from app.ui.widgets.record_columns import Cell, Column, RowAction
from app.ui.widgets.record_table import RecordTable
from app.ui.widgets.screen import Screen, page, row, scrolled_page
from app.ui.widgets.tabs import Tabs

TODAY = date(2026, 9, 16)


@dataclass(frozen=True)
class Row:
    """One invented row."""

    id: int
    status: str
    due: str
    basis: str
    left: str
    what: str
    aside: str
    kind: str
    event: str
    verb: str


ROWS = (
    Row(
        1,
        "期限超過",
        "9/15(火)",
        "仕4(1)キ　2週間前",
        "1日超過",
        "資料の確認を終える",
        "第2版・指摘 0",
        "講習会",
        "第4回 事例紹介講習会",
        "資料を開く",
    ),
    Row(
        2,
        "今日",
        "9/16(水)",
        "区の目標　13日前　起案・決裁済 9/15",
        "本日まで",
        "募集の決定通知を送る",
        "14人",
        "講習会",
        "第4回 事例紹介講習会",
        "決定通知を作成",
    ),
    Row(
        3,
        "今日",
        "9/16(水)",
        "区の目標　受領 9/9 から5開庁日",
        "本日まで",
        "届いた報告書の内容確認",
        "差 3件",
        "講習会",
        "第1回 LINE講習会",
        "報告書を確かめる",
    ),
    Row(
        4,
        "今週",
        "9/17(木)",
        "仕4(1)ケ　区の目標　2開庁日前",
        "あと1日",
        "設問を受託者と協議する",
        "残り 2問",
        "講習会",
        "第3回 LINE講習会",
        "協議を記録",
    ),
    Row(
        5,
        "今週",
        "9/18(金)",
        "仕4(1)エ　5日前 9/19(土)→前の開庁日",
        "あと2日",
        "参加人数を受託者へ連絡する",
        "17人",
        "派遣",
        "第3回 派遣 みほん髙﨑𠮷町会",
        "人数連絡を作成",
    ),
    Row(
        6,
        "今週",
        "9/18(金)",
        "仕4(1)キ　2週間前 9/23(水・祝)→前の開庁日",
        "あと2日",
        "資料の確認を終える",
        "1 / 2点",
        "意見交換会",
        "第1回 意見交換会",
        "資料を開く",
    ),
)


def due_table(name: str = "gallery") -> RecordTable:
    """The list of the home screen."""
    table = RecordTable(
        name,
        (
            Column(key="status", title="", show=lambda r: Cell(badge=r.status), sortable=False),
            Column(
                key="due",
                title="期限（開庁日）・区の目標と根拠",
                show=lambda r: Cell(text=r.due, second=r.basis, date=True, tip=f"{r.due}　{r.basis}"),
            ),
            Column(
                key="left",
                title="残り",
                show=lambda r: Cell(
                    text=r.left, second="開庁日 1日", strong=True, tone="red" if "超過" in r.left else ""
                ),
            ),
            Column(
                key="what",
                title="区がやること・実施回",
                stretch=True,
                show=lambda r: Cell(text=r.what, strong=True, aside=r.aside, second=r.event, second_kind=r.kind),
            ),
        ),
        title="区がやること",
        empty="いま、区がやることはありません。",
        action=lambda r: RowAction(text=r.verb, main=r.id == 1),
        filtered=True,
        hint="Enter で開きます。Ctrl+C で表のままコピーできます。",
    )
    table.show_rows(ROWS)
    return table


def calendar(*, compact: bool) -> MonthCalendar:
    """September 2026 with some marks."""
    made = MonthCalendar(today=TODAY, compact=compact)
    made.show_marks(
        {
            date(2026, 9, 1): DayMarks(events=(("講習会", "第1回"),)),
            date(2026, 9, 8): DayMarks(events=(("派遣", "第1回"),)),
            date(2026, 9, 15): DayMarks(flags=1, flag_words="資料", overdue=True),
            date(2026, 9, 16): DayMarks(flags=2, flag_words="2件"),
            date(2026, 9, 18): DayMarks(flags=3, flag_words="3件"),
            date(2026, 9, 21): DayMarks(closed=True, closed_words="敬老"),
            date(2026, 9, 22): DayMarks(closed=True, closed_words="休日"),
            date(2026, 9, 23): DayMarks(closed=True, closed_words="秋分"),
            date(2026, 9, 24): DayMarks(events=(("講習会", "第3回"),), flags=3, flag_words="3件"),
        }
    )
    return made


class Home(Screen):
    """List, panels and calendar."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = page(self)
        column.addLayout(row(heading("今日・今週、区がやること"), None, label("令和8年9月16日（水）", "second")))
        panel = Panel("つぎの実施回", note="あと8日・開庁日 3日", tone="accent")
        panel.body.addLayout(row(KindSquare("講習会"), label("9/24(木) 第3回 LINE講習会", "date"), None))
        panel.body.addLayout(row(label("申込 17人　準備 5 / 8"), None, Button("開く", low=True)))
        progress = Panel("進み具合", note="仕様書の回数に対して")
        for kind, states in (
            ("講習会", blocks_of(2, 4, 1)),
            ("派遣", blocks_of(1, 1, 1)),
            ("意見交換会", blocks_of(0, 2, 0)),
        ):
            progress.body.addLayout(row(KindSquare(kind), label(kind), None, label("2 / 7回程度", "strong")))
            progress.put(ProgressBlocks(states, name=kind))
        days = Panel()
        days.put(calendar(compact=True))
        column.addWidget(
            FoldingColumns(
                "区がやること",
                due_table(),
                (("つぎの実施回", panel), ("進み具合", progress), ("カレンダー", days)),
            ),
            1,
        )
        column.addWidget(
            NoteBox("区の自主管理（アプリの目安。期限超過にはしません）　アクセス記録の点検 8月分", tone="quiet")
        )


class Parts(Screen):
    """Badges, buttons, notes, tabs, the full calendar."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = scrolled_page(self)
        column.addWidget(heading("部品"))
        column.addWidget(FlowRow(*(Badge(kind) for kind in LOOKS)))
        column.addWidget(
            FlowRow(
                main_button("10人を取り込む"),
                plain_button("Excelに出力", icon_name="export"),
                danger_button("中止・変更の連絡", icon_name="phone"),
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
        line = row(spacing=24)
        line.addWidget(calendar(compact=False), 1)
        empty = RecordTable(
            "none",
            (Column(key="a", title="氏名", show=str),),
            title="空",
            empty="まだ申込がありません。",
            empty_button="申込を取り込む",
            empty_act=empty_act,
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


def office_form() -> Form:
    """A form with every kind of field."""
    form = Form(
        (
            Field(key="ward", label="区市町村名", width=300),
            Field(key="staff", label="担当者", hint="「、」で区切ると何人でも。画面の「担当」に並びます。", width=300),
            Field(key="day", label="新しい日付", kind="date", hint="9/28、R8.9.28 でも打てます", width=96),
            Field(key="start", label="開始", kind="time", width=72),
            Field(key="people", label="定員", kind="number", unit="人", width=72, least=1, most=200),
            Field(
                key="stamp",
                label="公印・押印欄",
                kind="choice",
                optional=True,
                width=200,
                choices=((1, "公印省略と印字"), (2, "空けておく")),
            ),
            Field(
                key="nature",
                label="この変更は",
                kind="radio",
                choices=((1, "協議で足りる"), (2, "契約変更の要否を契約課へ確認")),
            ),
            Field(key="net", label="会場", kind="check", words="ネットワークがある"),
            Field(key="reason", label="変える理由", kind="lines", hint="履歴に残ります", lines=2),
        ),
        fiscal_year=2026,
    )
    form.set_values(
        {
            "ward": "練馬区",
            "staff": "みほん山田、みほん林",
            "day": date(2026, 9, 28),
            "start": "14:00",
            "people": 20,
            "stamp": 1,
            "nature": 1,
            "net": True,
        }
    )
    return form


class Forms(Screen):
    """The form on a page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = scrolled_page(self)
        column.addWidget(heading("所属・担当者"))
        form = office_form()
        form.set_problem("start", "「25:00」は時刻として読めません。14:00 のように入力してください。")
        column.addWidget(form)
        column.addStretch(1)


def sa_chart() -> TallyChart:
    """A single-answer question."""
    texts = ("そう思う", "ややそう思う", "どちらともいえない", "あまり思わない", "思わない")
    rows = [
        TallyRow(number=str(n + 1), text=text, count=count, percent=percent)
        for n, (text, count, percent) in enumerate(
            zip(texts, (5, 7, 2, 1, 0), ("31.3", "43.8", "12.5", "6.3", "0.0"), strict=True)
        )
    ]
    rows.append(TallyRow(number="", text="無回答", count=1, percent="6.3", kind="none"))
    return TallyChart(
        code="Q3", title="町会の活動に使えそう", type="SA", base=16, rows=tuple(rows), reference_only=True,
        note="n＝16（回収した16枚）。単位は人。無回答も分母に入れる。％は小数第2位を四捨五入し、足しても100.0にならないことがある。",
        sum_label="肯定計", sum_count=12, sum_percent="75.0",
    )  # fmt: skip


def ma_chart() -> TallyChart:
    """A multiple-answer question."""
    entries = (
        ("お知らせの一斉配信", 11, "68.8", "option"),
        ("回覧板の代わり", 9, "56.3", "option"),
        ("写真の共有", 6, "37.5", "option"),
        ("行事の出欠確認と、その場で人数がわかる集計", 5, "31.3", "option"),
        ("その他", 1, "6.3", "other"),
        ("特になし", 0, "0.0", "exclusive"),
        ("無回答", 1, "6.3", "none"),
    )
    rows = tuple(
        TallyRow(number=str(n + 1), text=text, count=count, percent=percent, kind=kind)  # type: ignore[arg-type]
        for n, (text, count, percent, kind) in enumerate(entries)
    )
    return TallyChart(
        code="Q5",
        title="使ってみたいこと",
        type="MA",
        base=16,
        rows=rows,
        note="複数回答。％は回答者16人に対して。",
        reference_only=True,
    )


class Charts(Screen):
    """Two questions side by side."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = scrolled_page(self)
        column.addWidget(heading("集計"))
        line = row(spacing=24)
        for chart in (sa_chart(), ma_chart()):
            panel = Panel()
            panel.put(TallyChartView(chart))
            panel.body.addStretch(1)
            line.addWidget(panel, 1)
        column.addLayout(line)
        column.addStretch(1)


def sample_pdf(pages: int = 3) -> bytes:
    """A PDF of A4 pages made in memory."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(pages):
        canvas.setFont("Helvetica", 24)
        canvas.drawString(72, 740, f"Page {number + 1}")
        canvas.rect(72, 500, 400, 180)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class Preview(Screen):
    """The preview of a PDF."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = page(self)
        column.setContentsMargins(0, 0, 0, 0)
        preview = PdfPreview(note="PDF・A4たて・白黒で確認済")
        preview.show_pdf(sample_pdf())
        preview.show_marks((PageMark(page=1, x=72, y=162, width=120, height=20, words="1"),))
        column.addWidget(preview)


class Failed(Screen):
    """The page of a failure with three ways on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = scrolled_page(self)
        failure = Failure(
            happened="共有フォルダーの「desk.db」に、壊れた部分が見つかりました。これ以上変わらないよう、このファイルには手をつけていません。",
            lost="ありません。本日 8:31 のバックアップは、中身まで読めることを確かめました。",
            todo="", details="E-0203　Damaged\nengine.py:40 open", number="E-0203",
        )  # fmt: skip
        ways = (
            Way(
                key="new",
                title="バックアップから新しいファイルを作成して開く",
                text="8:31 のバックアップ ＋ 14件の操作。壊れたファイルは名前を変えて残します。",
                verb="新しいファイルを作成して開く",
                recommended=True,
            ),
            Way(
                key="read",
                title="閲覧専用で開く",
                text="読める部分だけを開きます。書換えはできません。",
                verb="閲覧専用で開く",
            ),
        )
        column.addWidget(FailureView(failure, title="データのファイルの一部が読めません", ways=ways))


def settle(milliseconds: int = 150) -> None:
    """Let the window draw itself."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def gallery_window() -> tuple[MainWindow, Desk, Tasks]:
    """The window with all the pages of the gallery."""
    tasks = Tasks()
    desk = Desk(
        tasks=tasks, store=None, user_name="みほん山田", fiscal_year=2026, sample=True,
        clock=lambda: datetime.combine(TODAY, time(10, 32)), undo=lambda store, **_: None,
    )  # fmt: skip
    window = MainWindow(desk)
    for place, icon, title, factory in (
        ("home", "house", "ホーム", Home),
        ("parts", "calendar-blank", "事業・日程", Parts),
        ("forms", "users-three", "団体・参加者", Forms),
        ("charts", "clipboard-text", "アンケート", Charts),
        ("preview", "printer", "帳票", Preview),
        ("failed", "shield-check", "情報保護", Failed),
        ("settings", "gear", "設定", Forms),
    ):
        window.register_screen(place, icon, title, factory)
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
    speak_japanese(application)
    put_on(application, sys.argv[4] if len(sys.argv) > 4 else "標準")  # type: ignore[arg-type]
    window, desk, tasks = gallery_window()
    ratio = window.devicePixelRatioF()
    window.resize(round(width / ratio), round(height / ratio))
    window.show()
    for place in ("home", "parts", "forms", "charts", "preview", "failed"):
        window.go(place)
        desk.saved.emit(desk.now())
        if place == "home":
            desk.say("第3回 LINE講習会の資料を確認済にしました。", can_undo=True)
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
