"""Reading one row by its id, with the error text for each kind of row that no longer exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from app.actions.user_error import UserError
from db.engine import Database
from db.records.accounts import AccessReview
from db.records.agreements import Agreement, AgreementFile, Homework, Meeting
from db.records.applications import Application
from db.records.backups import RestoreDrill
from db.records.dispatches import DispatchFollowUp, DispatchRequest
from db.records.disposals import Hold
from db.records.documents import Notification, Outgoing, ProtectedFolder
from db.records.events import EquipmentItem, Event, RecruitmentStep
from db.records.incidents import Incident
from db.records.organisations import Contact, Organisation, Person, PlannedChange, StageMark, Subsidy
from db.records.participants import HeadcountNotice
from db.records.presentations import Presentation
from db.records.programme import ClosedDay, EventKind, Programme
from db.records.protection import Checkout
from db.records.roster import Entry, Selection
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import AcceptedDifference, Report, ReportFigure, ReportPhoto
from db.records.surveys import CommentTheme, EarlierCounts, EventSurvey, Questionnaire, SurveyResponse
from db.records.venues import Booking, Venue
from db.records.year.completion import AccountQuestion, Inspection
from db.records.year.proposal import Evidence, MemoAmount, MemoClause, MemoCut, MemoQuestion, PlanLine, PolicyLine
from db.records.year.rights import DataRequest
from db.records.year.summary import YearAnswer
from db.rows import by_id

Record = TypeVar("Record")

_EVENT_PAGE = "実施回を開き直してください。"
_LIST = "一覧を開き直してください。"
_CHOOSE = "一覧から選び直してください。"
_SCREEN = "画面を開き直してください。"
_MATERIALS = "資料確認を開き直してください。"

_MISSING_ROW_TEXTS: Mapping[type[Any], tuple[str, str]] = {
    AccessReview: ("このアクセスの記録の点検は、もうありません。", _SCREEN),
    DataRequest: ("この請求の記録は、もうありません。", _SCREEN),
    EventKind: ("この実施回の種類は、もうありません。", _SCREEN),
    Hold: ("この保留の記録は、もうありません。", _SCREEN),
    Programme: ("この年度の記録は見つかりません。", _SCREEN),
    RestoreDrill: ("この復元の点検の記録は、もうありません。", _SCREEN),
    AccountQuestion: ("この会計課への確認は、もうありません。", _SCREEN),
    Notification: ("この連絡の記録は見つかりません。", _LIST),
    Agreement: ("この協議の記録は、もうありません。", _EVENT_PAGE),
    AgreementFile: ("この添付は、もうありません。", _LIST),
    Inspection: ("この検査の記録は、もうありません。", _SCREEN),
    Homework: ("この宿題は、もうありません。", _LIST),
    Meeting: ("この打合せの記録は、もうありません。", _LIST),
    SurveyResponse: ("この回答は見つかりません。", _CHOOSE),
    Application: ("この申込は見つかりません。", _LIST),
    Booking: ("この予約は、もうありません。", _SCREEN),
    ClosedDay: ("この閉庁日は、もうありません。", _SCREEN),
    CommentTheme: ("この分類は見つかりません。", _LIST),
    Contact: ("この連絡先は見つかりません。", "開き直してください。"),
    DispatchFollowUp: ("このフォローアップの記録は、もうありません。", _EVENT_PAGE),
    DispatchRequest: ("この希望票の記録は、もうありません。", _LIST),
    EarlierCounts: ("この集計は見つかりません。", _LIST),
    YearAnswer: ("この回答は、もうありません。", _LIST),
    Entry: ("この方は、もう名簿にありません。", _LIST),
    EquipmentItem: ("この機材は、もうありません。", _EVENT_PAGE),
    Evidence: ("この根拠は、もうありません。", _LIST),
    MemoAmount: ("この費目は、もうありません。", _LIST),
    MemoClause: ("この行は、もうありません。", _LIST),
    MemoCut: ("この行は、もうありません。", _LIST),
    MemoQuestion: ("この行は、もうありません。", _LIST),
    PlanLine: ("この実施案は、もうありません。", _LIST),
    PolicyLine: ("この支援方針は、もうありません。", _LIST),
    Event: ("この実施回は見つかりません。", "事業の一覧を開き直してください。"),
    EventSurvey: ("このアンケートは見つかりません。", _CHOOSE),
    Finding: ("この指摘は、もうありません。", _MATERIALS),
    Incident: ("この事故の記録は、もうありません。", _LIST),
    HeadcountNotice: ("この人数連絡は、もうありません。", _EVENT_PAGE),
    Material: ("この資料は、もうありません。", _MATERIALS),
    MaterialVersion: ("この版は、もうありません。", _MATERIALS),
    Outgoing: ("この出力の記録は見つかりません。", _LIST),
    ProtectedFolder: ("この保存先は、もうありません。", _SCREEN),
    Organisation: ("この団体は見つかりません。", "団体の一覧を開き直してください。"),
    Presentation: ("この発表の記録は、もうありません。", _SCREEN),
    Person: ("この人は見つかりません。", _LIST),
    Questionnaire: ("このひな形は見つかりません。", "設問のひな形の一覧を開き直してください。"),
    RecruitmentStep: ("この段取りは、もうありません。", _EVENT_PAGE),
    Report: ("この報告書は見つかりません。", _CHOOSE),
    ReceivedPaper: ("この書類は見つかりません。", _CHOOSE),
    ReportFigure: ("この項目は見つかりません。", _SCREEN),
    ReportPhoto: ("この写真は、もうありません。", _SCREEN),
    AcceptedDifference: ("この食い違いの記録は見つかりません。", _SCREEN),
    PlannedChange: ("この届出の予定は、もうありません。", _SCREEN),
    ScheduleCandidate: ("この候補は、もう案にありません。", _SCREEN),
    SchedulePlan: ("この日程の案は、もうありません。", _SCREEN),
    WardDay: ("この行事は、もうありません。", _SCREEN),
    Selection: ("この決定の記録は見つかりません。", _SCREEN),
    StageMark: ("この記録は見つかりません。", "開き直してください。"),
    Subsidy: ("この記録は見つかりません。", "開き直してください。"),
    Checkout: ("持出し管理簿のこの行は見つかりません。", _LIST),
    Venue: ("この会場は、もう一覧にありません。", _SCREEN),
}


def get_or_raise(database: Database, record: type[Record], row_id: int | None) -> Record:
    """Return one row of a record type by its id; None is the id of no row.

    Args:
        record: a type that ``_MISSING_ROW_TEXTS`` has sentences for.
    Raises:
        UserError: there is no such row; the sentences are those of its type.
    """
    found = by_id(database, record, row_id)
    if found is None:
        raise UserError(*_MISSING_ROW_TEXTS[record])
    return found
