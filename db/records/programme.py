"""The programme of one fiscal year, with contract, its numbers, offices and closed days."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Literal

from db.frozen_record import frozen_record
from db.records.event_form import EventForm

Kind = Literal["講習会", "派遣", "意見交換会"]
KINDS: tuple[Kind, ...] = ("講習会", "派遣", "意見交換会")
ReportAnswer = Literal["実施内容", "集計結果", "所感", "支援方針", "討議内容", ""]
"""The chapter of a 実施報告書 that answers what a contract asks for; "" = a chapter of free text of its own."""


@frozen_record
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
        has_survey: those who came are asked, and nothing else decides about a survey.
        questionnaire: the questionnaire of the program that it begins with, "" = none.
        lends_devices: the ward lends tablets to those who bring none.
        ward_supplies: the words by which equipment is known that the ward prepares, tablets aside.
        report_items: what its 実施報告書 must hold, in the contract's words, each with the chapter that answers it
            (``ReportAnswer``).
        people_text: the contract's sentence about the number of people, to be quoted.
        clause_item, clause_target: the item itself, and the sentence that says for whom it is.
    """

    id: int = 0
    programme_id: int = 1
    kind: Kind
    form: EventForm
    title: str
    name: str
    name_in_text: str
    sign: str
    lecturer: str
    position: int
    window_start: date
    window_end: date
    planned: int
    planned_unit: str
    strict: bool
    days: int | None
    people_min: int
    people_max: int
    minutes: int
    headcount_period: str
    material_period: str
    has_survey: bool
    report_period: str
    questionnaire: str
    lends_devices: bool
    ward_supplies: tuple[str, ...]
    report_items: dict[str, ReportAnswer]
    people_text: str
    clause_item: str
    clause_target: str
    clause_window: str
    clause_venue: str
    clause_planned: str
    clause_people: str
    clause_minutes: str
    clause_content: str
    clause_material: str
    clause_equipment: str
    clause_survey: str
    clause_report: str
    clause_recruitment: str
    clause_selection: str
    clause_discussion: str
    valid_from: date | None = None
    reason: str = ""
    number: str = ""


@frozen_record
class Programme:
    """One fiscal year's contract (仕様書1–3, 5) and the periods that belong to no single event.

    Attributes:
        title: 契約件名.
        contract_number: 契約番号, as in the contract.
        contract_date: 契約確定日; the term begins on the next day (仕様書3) and ends on ``term_end``.
        amount: 契約金額 in yen, tax included; None = unknown.
        tax_rate: in percent.
        tax: the tax in it in yen, None = by the rate.
        specification, specification_on: 版 of the 仕様書 and its day.
        payment_way: 一括 (仕様書5).
        invoice_to: 宛名 of the 請求書; empty = the head of the ward.
        invoice_seal: whether the 請求書 needs a seal (要, 不要, "" = unknown).
        accounts_due: 会計の締切, the last day for a 支出命令 of the year.
        annex_004: the ward follows 「機密保持及び個人情報保護に関する特記事項」 voluntarily; it is no part of
        the contract.
        expiry_days: how many days before its end the end is announced, as a 目安日.
        closed_on, closed_reason: the day on which the year was closed by hand.
        copy_years: how many years after the fiscal year of its end the 控え are kept; an older year keeps its 5.
        clause_purpose … clause_annexes: the clauses that belong to no kind of event, as short forms (「仕5」), "" = the
        contract has none: 件名 and 目的, 履行期間, 提案書, 支払, and what makes the 特記事項 part of the contract.
    """

    id: int = 0
    fiscal_year: int
    title: str
    contract_date: date | None = None
    term_end: date
    clauses_checked: str = "未確認"
    proposal_period: str = "2週間以内"
    payment_period: str = "30日以内"
    sample: bool = False
    sample_today: date | None = None
    draft_lead_open_days: int = 5
    question_lead_open_days: int = 2
    review_open_days: int = 5
    check_open_days: int = 4
    announce_days: tuple[int, ...] = (7, 3, 0)
    closed_on: date | None = None
    closed_reason: str = ""
    copy_years: int = 1
    contract_number: str = ""
    amount: int | None = None
    tax_rate: int = 10
    tax: int | None = None
    specification: str = ""
    specification_on: date | None = None
    payment_way: str = "一括"
    invoice_to: str = ""
    annex_004: bool = False
    expiry_days: tuple[int, ...] = (90, 60, 30, 7)
    accounts_due: date | None = None
    invoice_seal: str = ""
    clause_purpose: str = ""
    clause_term: str = ""
    clause_proposal: str = ""
    clause_payment: str = ""
    clause_annexes: str = ""


@frozen_record
class ContractTerms:
    """Dates, periods, amount and 仕様書 of the contract as a 契約変更 sets them from a day on.

    ``number`` is that of the change (第1号変更契約). Amount, rate and tax belong together, ``amount`` None = as
    before; so do the 版 of the 仕様書 and its day, "" = as before.
    """

    id: int = 0
    programme_id: int
    valid_from: date
    reason: str
    term_end: date
    proposal_period: str
    payment_period: str
    number: str = ""
    amount: int | None = None
    tax_rate: int | None = None
    tax: int | None = None
    specification: str = ""
    specification_on: date | None = None


@frozen_record
class TaskClosing:
    """A task of the year closed by hand, or 返戻 and 再受領 of the 請求書, with the day and the reason."""

    id: int = 0
    programme_id: int
    task: str
    closed_on: date
    reason: str
    by: str
    at: datetime


@frozen_record
class ClosedDay:
    """A day the office is closed beyond weekends, national holidays and 12/29–1/3."""

    id: int = 0
    day: date
    reason: str


@frozen_record
class Office:
    """The ward's section as printed on outgoing documents (仕様書8); ``staff`` are the 担当者.

    A row belongs to a year and holds from ``valid_from`` on (None = from its beginning).
    """

    id: int = 0
    ward: str = ""
    department: str = ""
    section: str = ""
    unit: str = ""
    sender: str = ""
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    document_symbol: str = ""
    staff: str = ""
    programme_id: int | None = None
    valid_from: date | None = None
    reason: str = ""


@frozen_record
class Contractor:
    """The contractor (受託者); requests go to its 業務責任者, never to a lecturer.

    Year and day as for ``Office``. ``registration_number`` is that of its invoices (T and 13 digits);
    ``account`` and ``account_holder`` are for the payment.
    """

    id: int = 0
    name: str = ""
    representative: str = ""
    responsible: str = ""
    email: str = ""
    phone: str = ""
    programme_id: int | None = None
    valid_from: date | None = None
    reason: str = ""
    address: str = ""
    registration_number: str = ""
    account: str = ""
    account_holder: str = ""


@frozen_record
class DocumentSetting:
    """How one kind of outgoing document is addressed (form, addressee, honorific).

    Year and day as for ``Office``.
    """

    id: int = 0
    document_kind: str
    form: str = "事務連絡"
    addressee: str = ""
    honorific: str = "様"
    sender: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    programme_id: int | None = None
    valid_from: date | None = None
    reason: str = ""
