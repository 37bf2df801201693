"""Invented content for the parts of the window: a list, a calendar, a form, two questions, a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from app.documents.blocks import TallyChart, TallyRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.month_calendar import DayMarks, MonthCalendar

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
        "目安日　13日前　起案・決裁済 9/15",
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
        "目安日　受領 9/9 から5開庁日",
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
        "仕4(1)ケ　目安日　2開庁日前",
        "あと1日",
        "設問を協議して決める",
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
        "参加人数を連絡する",
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
                title="期限（開庁日）・目安日と根拠",
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
        action=lambda r: RowAction(text=r.verb, kind="main" if r.id == 1 else "plain"),
        filtered=True,
        hint="Enter で開きます。Ctrl+C で表のままコピーできます。",
    )
    table.show_rows(ROWS)
    return table


def calendar() -> MonthCalendar:
    """September 2026 with some marks."""
    made = MonthCalendar(today=TODAY)
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
        code="Q3",
        title="町会の活動に使えそう",
        type="SA",
        base=16,
        rows=tuple(rows),
        reference_only=True,
        note="n＝16（回収した16枚）。単位は人。無回答も分母に入れる。"
        "％は小数第2位を四捨五入し、足しても100.0にならないことがある。",
        sum_label="肯定計",
        sum_count=12,
        sum_percent="75.0",
    )


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
