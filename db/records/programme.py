"""The programme of one fiscal year, with contract, its numbers, offices and closed days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeAlias

from db.fields import (
    DocumentKindName,
    FiscalYear,
    Key,
    Name,
    Reason,
    RecordedAt,
    RecordedBy,
    ValidFrom,
)
from db.record import data_field, one_of, optional_field, record, text_field
from db.records.event_form import EventForm
from db.records.surveys import Question
from db.records.year.practices import OwedPaper, OwnDate, Requirement, RetentionRow

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


class ReportExtra(StrEnum):
    """A chapter of a 実施報告書 that an office has in its form without an item of the contract that asks for it."""

    HEARING = "事前ヒアリングと課題"
    STAGES = "到達状況"
    IMPROVEMENTS = "課題と次回への改善"
    FOLLOW_UPS = "フォローアップ"
    TALK = "講義"
    SUMMARY = "まとめ"

    is_talk = one_of(TALK)


class Counted(StrEnum):
    """What the number of a kind counts, whatever word stands behind it."""

    EVENTS = "回"
    ORGANISATIONS = "団体"

    by_organisation = one_of(ORGANISATIONS)


class Recruitment(StrEnum):
    """How the 団体 are found to whom visits go."""

    YEARLY = "年1回"
    EACH = "回ごと"
    ANYTIME = "随時"
    NONE = "なし"

    is_yearly = one_of(YEARLY)
    """Whether all visits of a year share one call, one closing day and one day of the results."""
    is_called = one_of(YEARLY, EACH, ANYTIME)
    """Whether 団体 are asked for requests at all."""
    closes = one_of(YEARLY, EACH)


class VisitStep(StrEnum):
    """A step between the request for a visit and the visit."""

    HEARING = "ヒアリング"
    CONSULTATION = "協議"
    SELECTION = "選定"


class FollowUpBy(StrEnum):
    """Whether 団体 are called once after their last visit, or after each visit."""

    ORGANISATION = "団体"
    EVENT = "回"

    by_organisation = one_of(ORGANISATION)


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
        planned, planned_unit, strict: 回数 and the word behind it; ``strict`` = without 程度.
        counted: what ``planned`` counts.
        people_strict, minutes_strict: the number of people, the length stand without 程度.
        has_survey: those who came are asked, and nothing else decides about a survey.
        surveys_online: the contract asks for answers online too.
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
        recruitment, visits_per_request, steps: of visits: how 団体 are called, to how many events one request leads,
            and what lies between; other forms have 協議 or none.
        follow_up_months, follow_up_by: when 団体 are called after a visit; () = never.
        report_extras: chapters that its 実施報告書 has beside them.
        clause_item, clause_target: the item itself, and the sentence that says for whom it is.
    """

    id: Key = 0
    programme_id: Key = 1
    kind: Kind = data_field("種別", names_row=True, erasing="word")
    form: EventForm = data_field("実施の形")
    title: str = data_field("正式な名前", erasing="free")
    name: str = data_field("名前", erasing="free")
    name_in_text: str = data_field("文の中での名前", erasing="free")
    sign: str = data_field("記号", erasing="word")
    lecturer: str = data_field("講師の呼び名", erasing="free")
    position: int = data_field("種類の順")
    window_start: date = data_field("実施期間の始め")
    window_end: date = data_field("実施期間の終わり")
    planned: int = data_field("予定回数")
    planned_unit: str = data_field("数え方", erasing="word")
    strict: bool = data_field("「程度」なし")
    days: int | None = data_field("予定日数")
    people_min: int = data_field("人数の下限")
    people_max: int = data_field("人数の上限")
    minutes: int = data_field("時間（分）")
    headcount_period: str = data_field("人数連絡の期限", erasing="word")
    material_period: str = data_field("資料確認の期限", erasing="word")
    has_survey: bool = data_field("アンケートあり")
    report_period: str = data_field("報告の期限", erasing="word")
    questionnaire: str = data_field("はじめの設問", erasing="word")
    lends_devices: bool = data_field("区がタブレットを貸与")
    ward_supplies: tuple[str, ...] = data_field("区が準備する機材", erasing="free")
    report_items: dict[str, ReportAnswer] = data_field("報告書に書くこと", erasing="free")
    people_text: str = data_field("仕様書の文（人数）", erasing="free")
    people_strict: bool = data_field("人数の「程度」なし", default=False)
    minutes_strict: bool = data_field("時間の「程度」なし", default=False)
    question_time: str = text_field("質問の時間", "free")
    audience: str = text_field("対象", "free")
    content: tuple[str, ...] = data_field("実施内容", erasing="free", default=())
    clause_item: str = data_field("条項（事業）", erasing="word")
    clause_target: str = data_field("条項（対象）", erasing="word")
    clause_window: str = data_field("条項（実施期間）", erasing="word")
    clause_venue: str = data_field("条項（会場）", erasing="word")
    clause_planned: str = data_field("条項（回数）", erasing="word")
    clause_people: str = data_field("条項（人数）", erasing="word")
    clause_minutes: str = data_field("条項（時間）", erasing="word")
    clause_content: str = data_field("条項（内容）", erasing="free")
    clause_material: str = data_field("条項（資料）", erasing="word")
    clause_equipment: str = data_field("条項（機材）", erasing="word")
    clause_survey: str = data_field("条項（アンケート）", erasing="word")
    clause_report: str = data_field("条項（報告）", erasing="word")
    clause_recruitment: str = data_field("条項（募集）", erasing="word")
    clause_selection: str = data_field("条項（選定）", erasing="word")
    clause_discussion: str = data_field("条項（討議）", erasing="word")
    valid_from: ValidFrom = None
    reason: Reason = ""
    number: str = text_field("契約変更の番号", "word")
    held_last_year: dict[str, int] = data_field("前年度の実績", erasing="word", default_factory=dict)
    held_last_year_source: str = text_field("前年度の実績の出どころ", "word")
    questions: tuple[Question, ...] = data_field("定義ファイルの設問", erasing="free", default=())
    counted: Counted = data_field("数えるもの", default=Counted.EVENTS)
    recruitment: Recruitment = data_field("募集", default=Recruitment.EACH)
    visits_per_request: int = data_field("希望票1枚の回数", default=1)
    steps: tuple[VisitStep, ...] = data_field("訪問までの段", default=(), erasing="word")
    follow_up_months: tuple[int, ...] = data_field("その後の電話（月）", default=(), erasing="word")
    follow_up_by: FollowUpBy = data_field("その後の電話の単位", default=FollowUpBy.ORGANISATION)
    report_extras: tuple[ReportExtra, ...] = data_field("報告書に加える章", default=(), erasing="word")
    surveys_online: bool = data_field("オンラインのアンケート", default=False)


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
        decision_open_days: how many open days a 決裁 takes: so many before it leaves the 起案 of a 公文書 goes up.
        closed_on, closed_reason: the day on which the year was closed by hand.
        copy_years: how many years after the fiscal year of its end the 控え are kept unless ``retention`` says it; an
            older year keeps its 5.
        clause_purpose … clause_annexes: the clauses that belong to no kind of event, as short forms (「仕5」), "" = the
        contract has none: 件名 and 目的, 履行期間, 提案書, 支払, and what makes the 特記事項 part of the contract.
        presidents, branches, branch: how letters to all 会長 and to all heads of branches are addressed, and what a
            branch is called ("" = the office has none). care_offered: what can be arranged for people, wherever they
            are called.
        requirements, owed: sentences of the 仕様書 to compare with, and papers that the contractor owes the year.
        retention: how long records are kept, where it is not as usual.
        reception_minutes: how long before an event begins people are received.
        own_dates: the days of its own by which the office does something.
        practices_open: somebody is to check how the office works, as it began with an older program.
    """

    id: Key = 0
    fiscal_year: FiscalYear
    title: str = data_field("契約件名", names_row=True, erasing="free")
    contract_date: date | None = optional_field("契約確定日")
    term_begins: str = data_field("履行期間の始まり", erasing="word", default="契約確定日の翌日")
    term_end: date = data_field("履行期間の末日")
    clauses_checked: str = data_field("契約書との照合", erasing="word", default="未確認")
    proposal_period: str = data_field("提案書の期限", erasing="word", default="2週間以内")
    payment_period: str = data_field("支払の期限", erasing="word", default="30日以内")
    sample: bool = data_field("見本", default=False)
    sample_today: date | None = optional_field("見本の今日")
    draft_lead_open_days: int = data_field("案の目安日（開庁日前）", default=5)
    question_lead_open_days: int = data_field("設問の目安日（開庁日前）", default=2)
    review_open_days: int = data_field("確認の目安日（開庁日）", default=5)
    check_open_days: int = data_field("確認の目安日（開庁日）", default=4)
    decision_open_days: int = data_field("決裁にかかる開庁日", default=3)
    announce_days: tuple[int, ...] = data_field("知らせる日", erasing="word", default=(7, 3, 0))
    closed_on: date | None = optional_field("閉じた日")
    closed_reason: str = text_field("閉じた理由", "free")
    copy_years: int = data_field("控えの保存年数", default=1)
    contract_number: str = text_field("契約番号", "word")
    amount: int | None = optional_field("契約金額", unit="円")
    tax_rate: int = data_field("消費税の税率", default=10)
    tax: int | None = optional_field("消費税額", unit="円")
    specification: str = text_field("仕様書の版", "word")
    specification_on: date | None = optional_field("仕様書の日付")
    payment_condition: str = data_field(
        "支払の条件", erasing="free", default="全ての委託業務の履行確認後、受託者からの書面による請求に基づき"
    )
    payment_way: str = data_field("支払の方法", erasing="word", default="一括")
    invoice_to: str = text_field("請求書の宛名", "word")
    annex: str = data_field("契約に含む特記事項", erasing="word", default="情報の保護および管理に関する特記事項")
    annex_004: bool = data_field("契約外の特記事項を区の自主管理にする", default=False)
    expiry_days: tuple[int, ...] = data_field("満了を知らせる日", erasing="word", default=(90, 60, 30, 7))
    accounts_due: date | None = optional_field("会計の締切")
    invoice_seal: str = text_field("請求書の押印", "word")
    clause_purpose: str = text_field("条項（件名・目的）", "word")
    clause_term: str = text_field("条項（履行期間）", "word")
    clause_proposal: str = text_field("条項（提案書）", "word")
    clause_payment: str = text_field("条項（支払）", "word")
    clause_annexes: str = text_field("条項（特記事項）", "word")
    presidents: str = data_field("会長あての宛名", erasing="word", default="各町会・自治会会長 様")
    branches: str = text_field("支部長あての宛名", "word")
    branch: str = text_field("支部の呼び名", "word")
    care_offered: str = data_field(
        "手配できる配慮", erasing="word", default="手話、要約筆記、車いすの席、大きい字の資料など"
    )
    requirements: tuple[Requirement, ...] = data_field("仕様書の文", erasing="free", default=())
    owed: tuple[OwedPaper, ...] = data_field("受託者の提出物", erasing="word", default=())
    retention: tuple[RetentionRow, ...] = data_field("保存の期間", erasing="word", default=())
    practices_open: bool = data_field("契約の決まりの確認待ち", default=False)
    reception_minutes: int = data_field("受付を始める（開始の前）", default=30)
    own_dates: tuple[OwnDate, ...] = data_field("区の目安日", default=(), erasing="word")

    @property
    def year_code(self) -> str:
        """Return 「R8」, by which the papers of the year are numbered."""
        return f"R{self.fiscal_year - 2018}"


@record
class ContractTerms:
    """Dates, periods, amount and 仕様書 of the contract as a 契約変更 sets them from a day on.

    ``number`` is that of the change (第1号変更契約). Amount, rate and tax belong together, ``amount`` None = as
    before; so do the 版 of the 仕様書 and its day, "" = as before, and the four words, papers, sentences and times of
    keeping, each None = as before.
    """

    id: Key = 0
    programme_id: Key
    valid_from: date = data_field("適用する日", names_row=True)
    reason: Reason
    term_end: date = data_field("履行期間の末日")
    proposal_period: str = data_field("提案書の期限", erasing="word")
    payment_period: str = data_field("支払の期限", erasing="word")
    number: str = text_field("契約変更の番号", "word")
    amount: int | None = optional_field("契約金額", unit="円")
    tax_rate: int | None = optional_field("消費税の税率")
    tax: int | None = optional_field("消費税額", unit="円")
    specification: str = text_field("仕様書の版", "word")
    specification_on: date | None = optional_field("仕様書の日付")
    presidents: str | None = optional_field("会長あての宛名", erasing="word")
    branches: str | None = optional_field("支部長あての宛名", erasing="word")
    branch: str | None = optional_field("支部の呼び名", erasing="word")
    care_offered: str | None = optional_field("手配できる配慮", erasing="word")
    requirements: tuple[Requirement, ...] | None = optional_field("仕様書の文", erasing="free")
    owed: tuple[OwedPaper, ...] | None = optional_field("受託者の提出物", erasing="word")
    retention: tuple[RetentionRow, ...] | None = optional_field("保存の期間", erasing="word")


@record
class TaskClosing:
    """A task closed on a day with the reason: by hand, or by a received paper, a 検査, a payment or a 復元の点検.

    ``task`` names a task of the year (also 返戻 and 再受領 of the 請求書), or an event's deadline by ``closing_key``.
    Under ``unrecorded_key`` nothing is closed: the row keeps why an event has no record of the 人数連絡.
    """

    id: Key = 0
    programme_id: Key
    task: str = data_field("期限の種類", names_row=True, erasing="word")
    closed_on: date = data_field("済んだ日")
    reason: Reason
    by: RecordedBy
    at: RecordedAt


@record
class ClosedDay:
    """A day the office is closed beyond weekends, national holidays and 12/29–1/3."""

    id: Key = 0
    day: date = data_field("日付", names_row=True)
    reason: Reason


@record
class Office:
    """The ward's section as printed on outgoing documents (仕様書8); ``staff`` are the 担当者.

    A row belongs to a year and holds from ``valid_from`` on (None = from its beginning).
    """

    id: Key = 0
    ward: str = text_field("区市町村名", "word")
    department: str = text_field("部", "word")
    section: str = text_field("課", "word")
    unit: str = text_field("係", "word")
    sender: str = text_field("公文書の発信者", "staff")
    postal_code: str = text_field("郵便番号", "word")
    address: str = text_field("住所", "word")
    phone: str = text_field("電話（内線）", "word")
    fax: str = text_field("FAX", "word")
    email: str = text_field("メール", "word")
    document_symbol: str = text_field("文書記号", "word")
    staff: str = text_field("担当者", "staff")
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
    representative: str = text_field("代表者", "staff")
    responsible: str = text_field("業務責任者", "staff")
    email: str = text_field("メール", "word")
    phone: str = text_field("電話", "word")
    programme_id: Key | None = None
    valid_from: ValidFrom = None
    reason: Reason = ""
    address: str = text_field("住所", "word")
    registration_number: str = text_field("登録番号", "word")
    account: str = text_field("振込先の口座", "word")
    account_holder: str = text_field("口座の名義", "free")


@record
class DocumentSetting:
    """How one kind of outgoing document is addressed (form, addressee, honorific).

    Year and day as for ``Office``.
    """

    id: Key = 0
    document_kind: DocumentKindName
    form: str = data_field("形式", erasing="word", default="事務連絡")
    addressee: str = text_field("宛先", "word")
    honorific: str = data_field("敬称", erasing="word", default="様")
    sender: str = text_field("発信者", "staff")
    extra: dict[str, str] = data_field("そのほかの欄", erasing="free", default_factory=dict)
    programme_id: Key | None = None
    valid_from: ValidFrom = None
    reason: Reason = ""
