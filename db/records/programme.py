"""The programme of one fiscal year, with contract, its numbers, offices and closed days."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeAlias

from db.fields import (
    DocumentKindName,
    FiscalYear,
    Key,
    Name,
    Reason,
    RecordedAt,
    RecordedBy,
    Spec,
    ValidFrom,
)
from db.record import one_of, record
from db.records.event_form import EventForm
from db.records.surveys import Question
from db.records.year.practices import OwedPaper, Requirement, RetentionRow

Kind: TypeAlias = str
"""The key of a kind of event: what the contract of its first year called it."""


class Side(StrEnum):
    """The two sides of the contract."""

    WARD = "区"
    CONTRACTOR = "受託者"

    is_ward = one_of(WARD)


class ReportAnswer(StrEnum):
    """The chapter of a 実施報告書 that answers what a contract asks for; "" = a chapter of free text of its own."""

    CONDUCT = "実施内容"
    TALLY = "集計結果"
    IMPRESSIONS = "所感"
    SUPPORT = "支援方針"
    DISCUSSION = "討議内容"
    OWN = ""

    is_tally = one_of(TALLY)
    is_conduct = one_of(CONDUCT)
    is_discussion = one_of(DISCUSSION)


@record
class EventKind:
    """What a year's contract calls one kind of event and asks of it (仕様書4), all of it settings.

    Periods are written as the contract words them ("5日前", "2週間前", "1か月以内", "3週間以内"). Clauses are
    short forms ("仕4(1)エ"); one that the contract does not have is empty, and no sentence cites it. ``valid_from``
    is the day from which a 契約変更 puts the row into force, with its ``reason``; None = from the beginning of the
    year.

    Attributes:
        kind: the key by which events refer to their kind; it is the first name of the kind and never changes.
        form: how its events work in this program.
        title: as the contract calls it (「デジタル活用講習会」).
        name: its short name, for lists and columns (「派遣」).
        name_in_text: its name in a sentence (「アドバイザー派遣」).
        sign: one character that tells it from the others of the year (「講」), in marks and document numbers.
        lecturer: what the person who leads it is called (「講師」).
        position: its place among the kinds of the year, from 1.
        planned, planned_unit, strict: 回数, counted in 「回」 or 「団体」; ``strict`` = without 程度.
        people_strict, minutes_strict: the number of people, the length stand without 程度.
        has_survey: those who came are asked, and nothing else decides about a survey.
        questionnaire, questions: the questionnaire that it begins with: one of the program by its name, or the name of
            the file that lay beside the definition file, with its questions; "" = none.
        lends_devices: the ward lends tablets to those who bring none.
        ward_supplies: the words by which equipment is known that the ward prepares, tablets aside; a new event begins
            with them.
        report_items: what its 実施報告書 must hold, in the contract's words, each with the chapter that answers it
            (``ReportAnswer``).
        people_text: the contract's sentence about the number of people, to be quoted.
        question_time: what the contract calls the time for questions that its minutes include; "" = it asks for none.
        audience: for whom it is, as printed where people are invited; "" = those of all 町会・自治会.
        content: what is done at an event, in the contract's words and order; () = the contract leaves it open.
        held_last_year, held_last_year_source: what the contract says was held in the year before (回数 by name), and
            under which heading; {} = it says nothing.
        clause_item, clause_target: the item itself, and the sentence that says for whom it is.
    """

    id: Key = 0
    programme_id: Key = 1
    kind: Annotated[Kind, Spec("種別", names_row=True, erasing="word")]
    form: Annotated[EventForm, Spec("実施の形")]
    title: Annotated[str, Spec("正式な名前", erasing="free")]
    name: Annotated[str, Spec("名前", erasing="free")]
    name_in_text: Annotated[str, Spec("文の中での名前", erasing="free")]
    sign: Annotated[str, Spec("記号", erasing="word")]
    lecturer: Annotated[str, Spec("講師の呼び名", erasing="free")]
    position: Annotated[int, Spec("種類の順")]
    window_start: Annotated[date, Spec("実施期間の始め")]
    window_end: Annotated[date, Spec("実施期間の終わり")]
    planned: Annotated[int, Spec("予定回数")]
    planned_unit: Annotated[str, Spec("数え方", erasing="word")]
    strict: Annotated[bool, Spec("「程度」なし")]
    days: Annotated[int | None, Spec("予定日数")]
    people_min: Annotated[int, Spec("人数の下限")]
    people_max: Annotated[int, Spec("人数の上限")]
    minutes: Annotated[int, Spec("時間（分）")]
    headcount_period: Annotated[str, Spec("人数連絡の期限", erasing="word")]
    material_period: Annotated[str, Spec("資料確認の期限", erasing="word")]
    has_survey: Annotated[bool, Spec("アンケートあり")]
    report_period: Annotated[str, Spec("報告の期限", erasing="word")]
    questionnaire: Annotated[str, Spec("はじめの設問", erasing="word")]
    lends_devices: Annotated[bool, Spec("区がタブレットを貸与")]
    ward_supplies: Annotated[tuple[str, ...], Spec("区が準備する機材", erasing="free")]
    report_items: Annotated[dict[str, ReportAnswer], Spec("報告書に書くこと", erasing="free")]
    people_text: Annotated[str, Spec("仕様書の文（人数）", erasing="free")]
    people_strict: Annotated[bool, Spec("人数の「程度」なし")] = False
    minutes_strict: Annotated[bool, Spec("時間の「程度」なし")] = False
    question_time: Annotated[str, Spec("質問の時間", erasing="free")] = ""
    audience: Annotated[str, Spec("対象", erasing="free")] = ""
    content: Annotated[tuple[str, ...], Spec("実施内容", erasing="free")] = ()
    clause_item: Annotated[str, Spec("条項（事業）", erasing="word")]
    clause_target: Annotated[str, Spec("条項（対象）", erasing="word")]
    clause_window: Annotated[str, Spec("条項（実施期間）", erasing="word")]
    clause_venue: Annotated[str, Spec("条項（会場）", erasing="word")]
    clause_planned: Annotated[str, Spec("条項（回数）", erasing="word")]
    clause_people: Annotated[str, Spec("条項（人数）", erasing="word")]
    clause_minutes: Annotated[str, Spec("条項（時間）", erasing="word")]
    clause_content: Annotated[str, Spec("条項（内容）", erasing="free")]
    clause_material: Annotated[str, Spec("条項（資料）", erasing="word")]
    clause_equipment: Annotated[str, Spec("条項（機材）", erasing="word")]
    clause_survey: Annotated[str, Spec("条項（アンケート）", erasing="word")]
    clause_report: Annotated[str, Spec("条項（報告）", erasing="word")]
    clause_recruitment: Annotated[str, Spec("条項（募集）", erasing="word")]
    clause_selection: Annotated[str, Spec("条項（選定）", erasing="word")]
    clause_discussion: Annotated[str, Spec("条項（討議）", erasing="word")]
    valid_from: ValidFrom = None
    reason: Reason = ""
    number: Annotated[str, Spec("契約変更の番号", erasing="word")] = ""
    held_last_year: Annotated[dict[str, int], Spec("前年度の実績", erasing="word")] = field(default_factory=dict)
    held_last_year_source: Annotated[str, Spec("前年度の実績の出どころ", erasing="word")] = ""
    questions: Annotated[tuple[Question, ...], Spec("定義ファイルの設問", erasing="free")] = ()


@record
class Programme:
    """One fiscal year's contract (仕様書1–3, 5) and the periods that belong to no single event.

    Attributes:
        title: 契約件名.
        contract_number: 契約番号, as in the contract.
        contract_date: 契約確定日, the day on which the contract was made.
        term_begins, term_end: the first day of 履行期間 in the words of the contract (「契約確定日の翌日」,
        「令和9年4月1日」; "" = it says nothing), and the last one.
        amount: 契約金額 in yen, tax included; None = unknown.
        tax_rate: in percent.
        tax: the tax in it in yen, None = by the rate.
        specification, specification_on: 版 of the 仕様書 and its day.
        payment_condition, payment_way: on what the contract pays, and how (一括), in its words; "" = it says nothing.
        invoice_to: 宛名 of the 請求書; empty = the head of the ward.
        invoice_seal: whether the 請求書 needs a seal (要, 不要, "" = unknown).
        accounts_due: 会計の締切, the last day for a 支出命令 of the year.
        annex: the title of the 特記事項 that is part of the contract, "" = none.
        annex_004: the ward follows 「機密保持及び個人情報保護に関する特記事項」 voluntarily; it is no part of
        the contract.
        expiry_days: how many days before its end the end is announced, as a 目安日.
        closed_on, closed_reason: the day on which the year was closed by hand.
        copy_years: how many years after the fiscal year of its end the 控え are kept unless ``retention`` says it; an
            older year keeps its 5.
        clause_purpose … clause_annexes: the clauses that belong to no kind of event, as short forms (「仕5」), "" = the
        contract has none: 件名 and 目的, 履行期間, 提案書, 支払, and what makes the 特記事項 part of the contract.
        presidents, branches, branch: how letters to all 会長 and to all heads of branches are addressed, and what a
            branch is called.
        requirements, owed: sentences of the 仕様書 to compare with, and papers that the contractor owes the year.
        retention: how long records are kept, where it is not as usual.
        practices_open: somebody is to check how the office works, as it began with an older program.
    """

    id: Key = 0
    fiscal_year: FiscalYear
    title: Annotated[str, Spec("契約件名", names_row=True, erasing="free")]
    contract_date: Annotated[date | None, Spec("契約確定日")] = None
    term_begins: Annotated[str, Spec("履行期間の始まり", erasing="word")] = "契約確定日の翌日"
    term_end: Annotated[date, Spec("履行期間の末日")]
    clauses_checked: Annotated[str, Spec("契約書との照合", erasing="word")] = "未確認"
    proposal_period: Annotated[str, Spec("提案書の期限", erasing="word")] = "2週間以内"
    payment_period: Annotated[str, Spec("支払の期限", erasing="word")] = "30日以内"
    sample: Annotated[bool, Spec("見本")] = False
    sample_today: Annotated[date | None, Spec("見本の今日")] = None
    draft_lead_open_days: Annotated[int, Spec("案の目安日（開庁日前）")] = 5
    question_lead_open_days: Annotated[int, Spec("設問の目安日（開庁日前）")] = 2
    review_open_days: Annotated[int, Spec("確認の目安日（開庁日）")] = 5
    check_open_days: Annotated[int, Spec("確認の目安日（開庁日）")] = 4
    announce_days: Annotated[tuple[int, ...], Spec("知らせる日", erasing="word")] = (7, 3, 0)
    closed_on: Annotated[date | None, Spec("閉じた日")] = None
    closed_reason: Annotated[str, Spec("閉じた理由", erasing="free")] = ""
    copy_years: Annotated[int, Spec("控えの保存年数")] = 1
    contract_number: Annotated[str, Spec("契約番号", erasing="word")] = ""
    amount: Annotated[int | None, Spec("契約金額", unit="円")] = None
    tax_rate: Annotated[int, Spec("消費税の税率")] = 10
    tax: Annotated[int | None, Spec("消費税額", unit="円")] = None
    specification: Annotated[str, Spec("仕様書の版", erasing="word")] = ""
    specification_on: Annotated[date | None, Spec("仕様書の日付")] = None
    payment_condition: Annotated[str, Spec("支払の条件", erasing="free")] = (
        "全ての委託業務の履行確認後、受託者からの書面による請求に基づき"
    )
    payment_way: Annotated[str, Spec("支払の方法", erasing="word")] = "一括"
    invoice_to: Annotated[str, Spec("請求書の宛名", erasing="word")] = ""
    annex: Annotated[str, Spec("契約に含む特記事項", erasing="word")] = "情報の保護および管理に関する特記事項"
    annex_004: Annotated[bool, Spec("契約外の特記事項を区の自主管理にする")] = False
    expiry_days: Annotated[tuple[int, ...], Spec("満了を知らせる日", erasing="word")] = (90, 60, 30, 7)
    accounts_due: Annotated[date | None, Spec("会計の締切")] = None
    invoice_seal: Annotated[str, Spec("請求書の押印", erasing="word")] = ""
    clause_purpose: Annotated[str, Spec("条項（件名・目的）", erasing="word")] = ""
    clause_term: Annotated[str, Spec("条項（履行期間）", erasing="word")] = ""
    clause_proposal: Annotated[str, Spec("条項（提案書）", erasing="word")] = ""
    clause_payment: Annotated[str, Spec("条項（支払）", erasing="word")] = ""
    clause_annexes: Annotated[str, Spec("条項（特記事項）", erasing="word")] = ""
    presidents: Annotated[str, Spec("会長あての宛名", erasing="word")] = "各町会・自治会会長 様"
    branches: Annotated[str, Spec("支部長あての宛名", erasing="word")] = "各支部長 様"
    branch: Annotated[str, Spec("支部の呼び名", erasing="word")] = "支部"
    requirements: Annotated[tuple[Requirement, ...], Spec("仕様書の文", erasing="free")] = ()
    owed: Annotated[tuple[OwedPaper, ...], Spec("受託者の提出物", erasing="word")] = ()
    retention: Annotated[tuple[RetentionRow, ...], Spec("保存の期間", erasing="word")] = ()
    practices_open: Annotated[bool, Spec("契約の決まりの確認待ち")] = False


@record
class ContractTerms:
    """Dates, periods, amount and 仕様書 of the contract as a 契約変更 sets them from a day on.

    ``number`` is that of the change (第1号変更契約). Amount, rate and tax belong together, ``amount`` None = as
    before; so do the 版 of the 仕様書 and its day, "" = as before, and the three words, papers, sentences and times of
    keeping, each None = as before.
    """

    id: Key = 0
    programme_id: Key
    valid_from: Annotated[date, Spec("適用する日", names_row=True)]
    reason: Reason
    term_end: Annotated[date, Spec("履行期間の末日")]
    proposal_period: Annotated[str, Spec("提案書の期限", erasing="word")]
    payment_period: Annotated[str, Spec("支払の期限", erasing="word")]
    number: Annotated[str, Spec("契約変更の番号", erasing="word")] = ""
    amount: Annotated[int | None, Spec("契約金額", unit="円")] = None
    tax_rate: Annotated[int | None, Spec("消費税の税率")] = None
    tax: Annotated[int | None, Spec("消費税額", unit="円")] = None
    specification: Annotated[str, Spec("仕様書の版", erasing="word")] = ""
    specification_on: Annotated[date | None, Spec("仕様書の日付")] = None
    presidents: Annotated[str | None, Spec("会長あての宛名", erasing="word")] = None
    branches: Annotated[str | None, Spec("支部長あての宛名", erasing="word")] = None
    branch: Annotated[str | None, Spec("支部の呼び名", erasing="word")] = None
    requirements: Annotated[tuple[Requirement, ...] | None, Spec("仕様書の文", erasing="free")] = None
    owed: Annotated[tuple[OwedPaper, ...] | None, Spec("受託者の提出物", erasing="word")] = None
    retention: Annotated[tuple[RetentionRow, ...] | None, Spec("保存の期間", erasing="word")] = None


@record
class TaskClosing:
    """A task closed on a day with the reason: by hand, or by a received paper, a 検査, a payment or a 復元の点検.

    ``task`` names a task of the year (also 返戻 and 再受領 of the 請求書), or an event's deadline by ``closing_key``.
    Under ``unrecorded_key`` nothing is closed: the row keeps why an event has no record of the 人数連絡.
    """

    id: Key = 0
    programme_id: Key
    task: Annotated[str, Spec("期限の種類", names_row=True, erasing="word")]
    closed_on: Annotated[date, Spec("済んだ日")]
    reason: Reason
    by: RecordedBy
    at: RecordedAt


@record
class ClosedDay:
    """A day the office is closed beyond weekends, national holidays and 12/29–1/3."""

    id: Key = 0
    day: Annotated[date, Spec("日付", names_row=True)]
    reason: Reason


@record
class Office:
    """The ward's section as printed on outgoing documents (仕様書8); ``staff`` are the 担当者.

    A row belongs to a year and holds from ``valid_from`` on (None = from its beginning).
    """

    id: Key = 0
    ward: Annotated[str, Spec("区市町村名", erasing="word")] = ""
    department: Annotated[str, Spec("部", erasing="word")] = ""
    section: Annotated[str, Spec("課", erasing="word")] = ""
    unit: Annotated[str, Spec("係", erasing="word")] = ""
    sender: Annotated[str, Spec("公文書の発信者", erasing="staff")] = ""
    postal_code: Annotated[str, Spec("郵便番号", erasing="word")] = ""
    address: Annotated[str, Spec("住所", erasing="word")] = ""
    phone: Annotated[str, Spec("電話（内線）", erasing="word")] = ""
    fax: Annotated[str, Spec("FAX", erasing="word")] = ""
    email: Annotated[str, Spec("メール", erasing="word")] = ""
    document_symbol: Annotated[str, Spec("文書記号", erasing="word")] = ""
    staff: Annotated[str, Spec("担当者", erasing="staff")] = ""
    programme_id: Key | None = None
    valid_from: ValidFrom = None
    reason: Reason = ""

    @property
    def full_name(self) -> str:
        """Return 「練馬区地域文化部協働推進課…係」, as far as known."""
        return f"{self.ward}{self.department}{self.section}{self.unit}"


@record
class Contractor:
    """The contractor (受託者); requests go to its 業務責任者, never to a lecturer.

    Year and day as for ``Office``. ``registration_number`` is that of its invoices (T and 13 digits);
    ``account`` and ``account_holder`` are for the payment.
    """

    id: Key = 0
    name: Name = ""
    representative: Annotated[str, Spec("代表者", erasing="staff")] = ""
    responsible: Annotated[str, Spec("業務責任者", erasing="staff")] = ""
    email: Annotated[str, Spec("メール", erasing="word")] = ""
    phone: Annotated[str, Spec("電話", erasing="word")] = ""
    programme_id: Key | None = None
    valid_from: ValidFrom = None
    reason: Reason = ""
    address: Annotated[str, Spec("住所", erasing="word")] = ""
    registration_number: Annotated[str, Spec("登録番号", erasing="word")] = ""
    account: Annotated[str, Spec("振込先の口座", erasing="word")] = ""
    account_holder: Annotated[str, Spec("口座の名義", erasing="free")] = ""


@record
class DocumentSetting:
    """How one kind of outgoing document is addressed (form, addressee, honorific).

    Year and day as for ``Office``.
    """

    id: Key = 0
    document_kind: DocumentKindName
    form: Annotated[str, Spec("形式", erasing="word")] = "事務連絡"
    addressee: Annotated[str, Spec("宛先", erasing="word")] = ""
    honorific: Annotated[str, Spec("敬称", erasing="word")] = "様"
    sender: Annotated[str, Spec("発信者", erasing="staff")] = ""
    extra: Annotated[dict[str, str], Spec("そのほかの欄", erasing="free")] = field(default_factory=dict)
    programme_id: Key | None = None
    valid_from: ValidFrom = None
    reason: Reason = ""
