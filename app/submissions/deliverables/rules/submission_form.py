"""Declarations of forms to fill in, with items in named cells and tables with named headings.

A form is declared by what it asks; its document, and how it is read when returned, follow from that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, field
from typing import Literal

from app.common.own_file_marks import FORM_CELL_PREFIX
from app.programme.rules import titled
from db.record import frozen, record
from db.records.surveys import Question

FIGURES = "実施報告書の数字"
WORKERS = "従事者・配置表"
GOODS = "物品持込許可申請書"
FORM_VERSION = 1
"""Raised when an item changes; forms of another version are reported and not read."""
GUIDE = "記入のしかた"
"""The sheet of every form with its instructions and identity."""
VERSION, ABOUT = f"{FORM_CELL_PREFIX}版", f"{FORM_CELL_PREFIX}対象"
VERSION_LABEL, ABOUT_LABEL = "様式の版", "様式の対象"
VALUE = "記入"
"""The heading of the column in which items are filled in."""
ITEM, UNIT, HOW = "項目", "単位", "書きかた"
WARD, BY_WARD = "区の欄", "記入（区）"
PAGE_HEADINGS = ((ITEM, VALUE, HOW), (ITEM, VALUE, UNIT, HOW), (WARD, BY_WARD))
"""The headings of a page of items, and of the ward's box, for all forms."""

ItemKind = Literal["count", "rate", "day", "text", "choice"]
WRITE: dict[ItemKind, str] = {
    "count": "数", "rate": "数（小数1けたまで）", "day": "日付（年月日）", "text": "文字", "choice": "一覧から選ぶ",
}  # fmt: skip


@frozen
class FormItem:
    """One item of a form; ``title`` is printed beside its cell and unique in the form.

    ``group`` is the question of which it is one answer; ``needed`` False = it may stay empty. ``figure`` is its
    number in 数字の突合.
    """

    key: str
    title: str
    _: KW_ONLY
    kind: ItemKind = "text"
    unit: str = ""
    choices: tuple[str, ...] = ()
    group: str = ""
    needed: bool = True
    hint: str = ""
    figure: str = ""

    @property
    def name(self) -> str:
        """Return the defined name of its cell in the workbook."""
        return f"{FORM_CELL_PREFIX}{self.key}"


@frozen
class FormColumn:
    """One column of a table filled in row by row; ``key`` is the ledger column for its values."""

    key: str
    title: str
    _: KW_ONLY
    kind: ItemKind = "text"
    choices: tuple[str, ...] = ()
    needed: bool = True
    width: float = 30

    @property
    def name(self) -> str:
        """Return the defined name of its heading in the workbook."""
        return f"{FORM_CELL_PREFIX}列_{self.title}"


@record
class FormSheet:
    """One sheet, with items one below the other or a table.

    A table has ``lines`` empty rows; ``grows``: rows may be added.
    """

    sheet: str
    lead: str = ""
    items: tuple[FormItem, ...] = ()
    columns: tuple[FormColumn, ...] = ()
    lines: int = 20
    grows: bool = True


@record
class SubmissionForm:
    """One form; ``about`` identifies its subject (「R8-講06-0006」, 「令和8年度」), ``subject`` says it in words.

    ``submission_sentence`` is the sentence with which the contractor hands it in under its name and seal; "" = a
    list without one. ``ward_boxes`` are the boxes that the ward ticks at its foot; ``personal`` = it names people
    before it goes out.
    """

    title: str
    about: str
    subject: str
    pages: tuple[FormSheet, ...]
    instructions: tuple[str, ...] = ()
    version: int = FORM_VERSION
    submission_sentence: str = ""
    ward_boxes: tuple[str, ...] = ()
    personal: bool = False

    @property
    def sign(self) -> str:
        """Return the reference for documents (「R8-講06」, 「令和8年度」)."""
        return re.sub(r"-\d{4,}$", "", self.about)

    @property
    def items(self) -> tuple[FormItem, ...]:
        """Return the items of all pages."""
        return tuple(item for page in self.pages for item in page.items)

    @property
    def units(self) -> tuple[str, ...]:
        """Return the countable units (an item, a question with all its answers, a column of a table)."""
        return tuple(dict.fromkeys(unit for page in self.pages for unit in units_of(page)))


def units_of(page: FormSheet) -> Iterator[str]:
    """Yield the title of each item, group and column of a page, as they are counted."""
    for item in page.items:
        yield item.group or item.title
    for column in page.columns:
        yield column.title


@record
class FormPrefill:
    """What a form contains already when handed out, as items by key, and rows of its table by column."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Mapping[str, str], ...] = ()


NO_PREFILL = FormPrefill()


NO_ANSWER = "無回答"


def figures_form(
    *, about: str, subject: str, tablets: bool, questions: Sequence[Question] | None, handouts: Sequence[str]
) -> SubmissionForm:
    """Return the form of one event's numbers, as the 実施報告書 has them (仕様書4コ・ケ).

    Beside the people it asks for lent tablets, the survey with its ``questions`` (None = there is none), and the
    versions of the ``handouts``, by title.
    """
    numbers = _numbers(tablets=tablets, copies=bool(handouts))
    pages = [FormSheet(sheet="数字", lead="当日の数を、数だけで記入してください。", items=numbers)]
    if questions is not None:
        pages.append(
            FormSheet(
                sheet="アンケート",
                lead="選択肢ごとの人数を記入してください。選んだ人がいないときは 0 と記入します。",
                items=_survey(questions),
            )
        )
    if handouts:
        pages.append(
            FormSheet(
                sheet="配布資料",
                lead="配った資料の版を、数だけで記入してください（第2版は 2）。",
                items=tuple(
                    FormItem(f"資料_{number}", f"資料　{title}", kind="count", unit="版", figure=f"資料の版　{title}")
                    for number, title in enumerate(handouts, 1)
                ),
            )
        )
    return SubmissionForm(
        title=FIGURES, about=about, subject=subject, pages=tuple(pages),
        instructions=(
            "白い「記入」の列だけに記入してください。行やシートを消したり、項目名を書きかえたりしないでください。",
            "人数や部数は、単位を付けずに数だけで記入してください（16人は 16）。",
            "記入したファイルは、実施報告書に添えて区に提出してください。氏名は記入しません。",
        ),
    )  # fmt: skip


def _count(figure: str, unit: str, *, title: str = "", hint: str = "") -> FormItem:
    return FormItem(figure, title or figure, kind="count", unit=unit, figure=figure, hint=hint)


def _numbers(*, tablets: bool, copies: bool) -> tuple[FormItem, ...]:
    """Return the form's items on people, organisations, tablets and times."""
    return (
        _count("申込", "人"),
        _count("出席", "人", hint="当日受付を含む"),
        _count("欠席", "人"),
        _count("団体", "団体", title="出席した団体"),
        *((_count("貸与タブレット", "台"),) if tablets else ()),
        _count("時間割の分", "分", title="時間割の合計", hint="休憩を含む"),
        *((_count("印刷部数", "部", hint="1種類あたり"),) if copies else ()),
    )


def _survey(questions: Sequence[Question]) -> tuple[FormItem, ...]:
    """Return the form's items on responses, satisfaction and the answers to each question."""
    items = [
        _count("回収数", "枚", hint="紙とオンラインの合計"),
        FormItem("回収率", "回収率", kind="rate", unit="％", figure="回収率", hint="回収数÷出席"),
    ]
    if any(one.asks_satisfaction for one in questions):
        items.append(_count("満足計", "人", hint="満足した人の合計"))
    if any(one.asks_intent for one in questions):
        items.append(FormItem("活用の意向", "活用の意向あり", kind="count", unit="人", figure="活用の意向あり"))
    for place, question in enumerate(questions, 1):
        code = f"問{place}"
        for number, option in enumerate((*question.options, NO_ANSWER) if question.type.has_options else (), 1):
            items.append(
                FormItem(
                    f"{code}_{number}",
                    f"{code}　{option}",
                    kind="count",
                    unit="人",
                    group=code,
                    hint=question.title if number == 1 else "",
                )
            )
    return tuple(items)


def workers_form(*, about: str, subject: str, roles: tuple[str, ...]) -> SubmissionForm:
    """Return the form of the workers (F-02, 特7: 氏名, 所属, 従事開始日, 従事終了予定日; the role is the ward's)."""
    columns = (
        FormColumn("name", "氏名", width=38),
        FormColumn("belongs", "所属", width=44),
        FormColumn("role", "役割", kind="choice", choices=roles),
        FormColumn("begins", "従事開始日", kind="day", width=26),
        FormColumn("ends", "従事終了予定日", kind="day", width=27),
    )
    return SubmissionForm(
        title=WORKERS, about=about, subject=subject,
        pages=(FormSheet(sheet="従事者", lead="1人を1行に記入してください。", columns=columns, lines=25),),
        instructions=(
            "従事する人を、1行に1人ずつ記入してください。見出しを書きかえたり、列を消したりしないでください。",
            "日付は、年・月・日の順に、年から記入してください。",
            "氏名を記入したファイルは重要情報です。暗号化して区に提出してください。",
        ),
        submission_sentence=f"本契約に従事する者を、"
        f"{titled('従事者の氏名・所属・従事期間の提出')}により、つぎのとおり届け出ます。",
        ward_boxes=("氏名・所属・従事期間の記載", "履行期間との照合", "従事者名簿への記入"),
    )  # fmt: skip


def goods_form(*, about: str, subject: str) -> SubmissionForm:
    """Return the form F-08 (特21) of goods that the contractor asks to bring, with purpose and days."""
    head = (
        FormItem("履行場所", "履行場所"),
        FormItem("持込日", "持込日", kind="day"),
        FormItem("搬出日", "搬出日", kind="day", needed=False),
    )
    columns = (
        FormColumn("goods", "物品名", width=50),
        FormColumn("quantity", "数量", kind="count", width=18),
        FormColumn("use", "用途", width=47),
        FormColumn("computer", "情報機器", kind="choice", choices=("有", "無"), width=22),
        FormColumn("antivirus", "ウイルス対策", needed=False, width=28),
    )
    return SubmissionForm(
        title=GOODS, about=about, subject=subject,
        pages=(
            FormSheet(sheet="申請", lead="1つの履行場所について、1つのファイルにしてください。", items=head),
            FormSheet(sheet="物品", lead="物品を、1行に1種類ずつ記入してください。", columns=columns, lines=15),
        ),
        instructions=(
            "履行場所と日付、持ち込む物品を記入してください。見出しや項目名は書きかえないでください。",
            "情報機器（パソコン、ルーターなど）は「有」とし、ウイルス対策の方法を記入してください。",
            "持ち込む前に区に提出してください。許可または不許可は、区から連絡します。",
        ),
        submission_sentence=f"{titled('物品等の持ち込みの禁止')}により、つぎの物品を履行場所に持ち込む許可を申請します。",
        ward_boxes=("許可", "不許可", "条件"),
    )  # fmt: skip
