"""The sample year carried from 業務完了届 to the payment: on each day the view, what home asks for, what keeps papers
back and the papers themselves, whole."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services import event_results
from app.ledgers.services import ledger_writing
from app.received import services as received
from app.received.services import ReceiptScope
from app.year_end.completion.rules import CellState, DayStrip
from app.year_end.completion.services import checks, inspections, payments
from app.year_end.completion.services.completion import Completion, read_completion
from app.year_end.completion.services.document_doubts import completion_doubts
from app.year_end.completion.services.follow_ups import completion_follow_ups
from app.year_end.completion.services.inspection_documents import result_halts
from db.query_cache import caching
from db.records.events import EventResult
from db.records.submissions.received import Receipt
from db.records.year.completion import Payment
from tests.support.completion import an_inspection
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import BY
from tests.support.view_lines import view_lines
from tests.support.years import at

pytestmark = pytest.mark.sample_year
YEAR = DocumentScope(fiscal_year=2026)
NOTICE, RECORD, RESULT, ANNEX, CHECK = "業務完了届", "検査調書", "検査結果通知", "検査調書別紙", "請求書の点検票"
PAPERS = (NOTICE, RECORD, RESULT, ANNEX, CHECK)
_SIGNS: dict[CellState, str] = {"受領": "受", "数えた": "済", "止めた": "止", "これから": "・", "閉庁日": "休"}
_ELSEWHERE = (
    "view", "today", "tasks", "papers", "later_papers", "event_records", "cancelled", "holdings", "cells", "register",
    "reading", "compare", "fields", "is_ward_rule", "at", "by", "programme_id",
)  # fmt: skip
"""What the papers say, or nobody reads."""


class Story:
    """The year, and what its acts and days say."""

    def __init__(self, store):
        self.store, self.lines, self.known = store, [], {}

    def do(self, act, on, /, **given):
        try:
            done = act(ActionContext(self.store, BY, at(on)), **given)
        except UserError as error:
            self.lines.append(f"{on:%m/%d}×{error}")
            return 0
        self.lines.append(f"{on:%m/%d}→{done.message}")
        return done.id

    def receive(self, kind, day, event_id=None, **more):
        scope = ReceiptScope(event_id=event_id, programme_id=None if event_id else 1)
        receipt = Receipt(received_on=day, receipt_number="9見本収第31号", original_place="紙ファイル", **more)
        return self.do(received.receive_paper, day, kind=kind, scope=scope, receipt=receipt)

    def year(self, day) -> Completion:
        return read_completion(self.store, programme_id=1, today=day)

    def day(self, day, *kinds):
        """Say what is otherwise than on the day before: how the end of the year stands, and its papers."""
        self.lines.append(f"――{day}――")
        with caching(self.store.database):
            self.say("", self.stands(day))
            for kind in kinds:
                self.say(f"〔{kind}〕", lines_of(build_document(self.store, scope=YEAR, kind=kind, now=at(day))))

    def say(self, head, lines):
        self.lines += [head, *(came(self.known[head], lines) if head in self.known else lines)]
        self.known[head] = lines

    def stands(self, day):
        found = self.year(day)
        said = [*view_lines(found, *_ELSEWHERE), *filter(None, [_strip(found.clock)])]
        for one in completion_follow_ups(self.store.database, day):
            said.append(f"□{one.task}　{one.label}　{one.detail}　{one.due}　{one.basis}　{one.link.action}")
        for one in (NOTICE, ANNEX, CHECK):
            said += [f"{one}：{doubt}" for doubt in completion_doubts(self.store, YEAR, one, day)]
        said += [f"{RESULT}：{halt}" for halt in result_halts(self.store, YEAR, day)]
        rows = read_library(self.store, scope=YEAR, today=day).rows
        return said + [f"{one.kind}　{one.title}　{one.state}" for one in rows if one.kind in PAPERS]


def _strip(clock: DayStrip | None) -> str:
    """Say the days of a payment period, a sign each, ⌋ after the last and ^ after today."""
    days = clock.cells if clock is not None else ()
    return "".join(_SIGNS[one.state] + "⌋" * one.last + "^" * one.today for one in days)


def test_the_year_is_inspected_returned_and_paid(store):
    story = Story(store)
    begun, mended, over = date(2027, 3, 25), date(2027, 3, 29), date(2027, 3, 31)
    story.day(date(2027, 3, 15))
    story.day(date(2027, 3, 24), NOTICE, ANNEX, CHECK, RECORD)
    notice = story.receive(NOTICE, begun)
    story.receive("実施報告書", begun, event_id=3)
    story.receive("提案書", begun)
    certificate = story.receive("廃棄・消去証明書", begun)
    proven = {
        "done": "2027-03-25", "item": "アンケート回答用紙", "medium": "紙", "quantity": "63枚",
        "way": "返還", "who": "見本　太郎",
    }  # fmt: skip
    story.do(ledger_writing.enter_row, begun, key="disposals", fiscal_year=2026, cells=proven)
    for event, came_, groups in ((6, 15, 9), (7, 0, None), (10, 10, 1), (12, None, None)):
        result = EventResult(event_id=event, attended=came_, attended_organisations=groups, witness="見本　三郎")
        story.do(event_results.record_result, begun, event_id=event, result=result)
    agreed = story.year(begun).notice.register.values
    dated = {"届出の日付": "2027-03-24", "完了年月日": "2027-03-23"}
    said = {name: agreed.get(name, "") for one in story.year(begun).notice.points for name in one.point.fields} | dated
    story.do(checks.note_reading, begun, paper_id=notice, said=said | {"講習会の回数": "8"})
    story.do(checks.accept_point, begun, paper_id=notice, point="業務の内訳", reason="中止の1回を含む")
    story.day(begun, NOTICE, ANNEX)
    finish = {"paper_id": notice, "on": begun, "first_by": "見本　太郎"}
    story.do(checks.finish_check, begun, **finish | {"on": date(2027, 3, 24)})
    story.do(checks.finish_check, begun, **finish | {"first_by": " "})
    story.do(checks.finish_check, begun, **finish)
    first = an_inspection(begun, result="手直し", repair="第3回の写真", repair_due=mended)
    first_id = story.do(inspections.save_inspection, begun, inspection=first)
    story.day(date(2027, 3, 26), NOTICE, ANNEX, RECORD, RESULT)
    for one in (certificate, first_id):
        story.do(inspections.note_repaired, mended, inspection_id=one, repaired_on=mended)
    story.do(inspections.save_inspection, over, inspection=an_inspection(over))
    story.day(over, ANNEX, RECORD, RESULT)
    assert_paper(story.lines, "届から合格まで")
    story.lines = []

    for day in (date(2027, 4, 5), date(2027, 4, 12)):
        invoice = story.receive("請求書", day)
        said = {name: story.year(day).invoice.register.values.get(name, "") for name in _asked(story, day)}
        said |= {"請求日": day.isoformat(), "押印": "なし", "登録番号": "T123" if day.day == 5 else said["登録番号"]}
        story.do(checks.note_reading, day, paper_id=invoice, said=said)
        story.do(checks.accept_point, day, paper_id=invoice, point="押印の要否", reason="会計課に確かめた")
        story.day(day, CHECK)
        if day.day == 5:
            story.do(checks.return_invoice, date(2027, 4, 7), programme_id=1, returned_on=day, reason=" 番号の誤り ")
            story.do(payments.ask_accounts, day, programme_id=1, matter=payments.BOTH_ENDS)
            story.day(date(2027, 4, 9), CHECK)
            story.day(date(2027, 4, 20))
    paid = date(2027, 4, 30)
    story.do(checks.finish_check, paid, paper_id=invoice, on=paid, first_by="見本　一", second_by="別府　二")
    story.do(payments.note_answer, paid, question_id=1, answer="両端とも数えない", answered_on=paid)
    story.do(payments.save_payment, paid, payment=Payment(programme_id=1, ordered_on=date(2027, 4, 20)))
    story.day(date(2027, 5, 11), CHECK)
    payment = Payment(programme_id=1, ordered_on=date(2027, 4, 20), order_number="第18号", paid_on=paid)
    story.do(payments.save_payment, paid, payment=replace(payment, id=1))
    story.day(date(2027, 5, 12), CHECK, NOTICE, ANNEX)
    assert_paper(story.lines, "請求書から支払まで")


def _asked(story: Story, day: date) -> list[str]:
    return [name for one in story.year(day).invoice.points for name in one.point.fields]
