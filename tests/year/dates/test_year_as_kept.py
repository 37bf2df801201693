"""The dates of a year as clerks keep them: what each act says, what stays open, and how the year is closed."""

from dataclasses import replace
from datetime import date, timedelta

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.programme.services import change_programme, read_programme
from app.received import services as received
from app.received.services import ReceiptScope
from app.year.dates.services import (
    YEAR_PAGES,
    close_year,
    close_year_task,
    evidence_source,
    missing_start_follow_ups,
    next_year_draft,
    next_year_values,
    override_year_deadline,
    read_closing,
    read_year_dates,
    remove_year_override,
    reopen_year,
    reopen_year_task,
)
from app.year_end.completion.services import inspections, payments
from db.records.submissions.received import Receipt
from db.records.year.completion import Payment
from db.records.year.practices import OwedPaper
from tests.support.completion import an_inspection
from tests.support.paper_lines import assert_paper, came
from tests.support.view_lines import view_lines
from tests.support.years import BY, TODAY, add_lecture, at

PAID = date(2027, 4, 20)


class Story:
    """A started year, and what the acts on its dates say."""

    def __init__(self, store):
        self.store, self.lines, self.known = store, [], []

    def do(self, act, on=TODAY, /, **given):
        try:
            self.lines.append(f"{on:%m/%d}→{act(ActionContext(self.store, BY, at(on)), **given).message}")
        except UserError as error:
            self.lines.append(f"{on:%m/%d}×{error}")

    def year(self, day):
        """Say which dates of the year stand otherwise than before."""
        found = read_year_dates(self.store, today=day)
        now = []
        for one in found.rows:
            task, closing = one.task, one.closing
            done = f"済 {task.completed_on}" if not task.is_open else ""
            by = f"{closing.closed_on} {closing.reason}" if closing is not None else ""
            back = "・".join(f"{each.return_closing.closed_on}" for each in one.returns)
            now.append(f"{task.task}　{task.due}　{done}　{by}　{back}")
        self.lines += [f"――{day}　未了 {found.open_count}", *(came(self.known, now) if self.known else now)]
        self.lines += [page.read_status(self.store, programme_id=1, today=day).words for page in YEAR_PAGES]
        self.known = now


def test_dates_are_closed_opened_and_moved(store):
    story = Story(store)
    story.year(TODAY)
    done = {"programme_id": 1, "task": "次年度の仕様書案", "closed_on": TODAY, "reason": " 係で決めた "}
    task = read_year_dates(store, today=TODAY).rows[0].task.task
    done["task"] = task
    for wrong in ({"reason": " "}, {"closed_on": TODAY + timedelta(days=1)}, {"task": "なし"}, {}, {}):
        story.do(close_year_task, **done | wrong)
    story.year(TODAY)
    moved = {"programme_id": 1, "task": task, "due": date(2026, 12, 24), "reason": "相手の都合"}
    for wrong in ({"reason": " "}, {"task": "なし"}, {}, {"due": date(2026, 12, 25)}):
        story.do(override_year_deadline, **moved | wrong)
    for _again in range(2):
        story.do(reopen_year_task, programme_id=1, task=task)
    story.year(TODAY)
    for _again in range(2):
        story.do(remove_year_override, programme_id=1, task=task)
    signed = replace(read_programme(store).programme, contract_date=date(2026, 8, 3))
    story.do(change_programme, programme=signed)
    for kind, day in (("業務完了届", date(2026, 8, 2)), ("業務完了届", date(2026, 8, 3)), ("請求書", date(2027, 4, 5))):
        receipt = Receipt(
            received_on=day, receipt_number="第31号" if kind == "請求書" else "", original_place="紙ファイル"
        )
        story.do(received.receive_paper, PAID, kind=kind, scope=ReceiptScope(programme_id=1), receipt=receipt)
    story.do(inspections.save_inspection, PAID, inspection=an_inspection(date(2027, 4, 1)))
    payment = Payment(programme_id=1, ordered_on=PAID, paid_on=PAID, reason="急ぐため")
    story.do(payments.save_payment, PAID, payment=payment)
    for name in ("検査", "支払", "業務完了届", "検査を終える", "支払を終える", "請求書"):
        story.do(reopen_year_task, PAID, programme_id=1, task=name)
    story.year(PAID)
    assert_paper(story.lines, "期日")


def test_a_year_is_closed_with_a_reason_and_opened_again(store):
    story = Story(store)
    add_lecture(store, date(2026, 9, 24))
    for day in (date(2026, 9, 23), date(2026, 9, 25)):
        story.lines += view_lines(read_closing(store, fiscal_year=2026, today=day), "programme")
    day = date(2027, 4, 1)
    for given in ({"reason": " "}, {"day": day + timedelta(days=1)}, {}, {}):
        story.do(close_year, day, **{"fiscal_year": 2026, "day": day, "reason": " 完結 "} | given)
    found = read_programme(store).programme
    story.lines.append(f"{found.closed_on} {found.closed_reason}")
    for _again in range(2):
        story.do(reopen_year, day, fiscal_year=2026)
    try:
        evidence_source("なし")
    except UserError as error:
        story.lines.append(f"×{error}")
    assert_paper(story.lines, "閉じる")


def test_what_has_no_day_without_the_beginning_is_asked_for_from_april_on(store):
    def asked(day):
        return [
            f"{day} {one.label}　{one.detail}　{one.due}　{one.basis}"
            for one in missing_start_follow_ups(store.database, day)
        ]

    said = [*asked(date(2026, 3, 31)), *asked(date(2026, 4, 1))]
    story = Story(store)
    story.do(change_programme, programme=replace(read_programme(store).programme, term_begins=""))
    said += asked(TODAY)
    story.do(change_programme, programme=replace(read_programme(store).programme, term_begins="令和8年8月1日"))
    assert_paper([*said, *asked(TODAY), *story.lines], "始まり")


def test_the_next_year_is_a_year_later(store):
    view = read_programme(store)
    leap = replace(
        view.kinds[0], window_start=date(2024, 2, 29), window_end=date(2027, 2, 28), held_last_year={"LINE": 2}
    )
    owed = (OwedPaper(paper="届", when="令和8年7月30日"), OwedPaper(paper="票", when="求めたとき"))
    year = replace(
        view.programme,
        owed=owed,
        term_begins="令和8年8月1日",
        amount=100,
        tax=9,
        contract_number="8-1",
        specification="第2版",
        accounts_due=date(2027, 5, 14),
        contract_date=date(2026, 7, 31),
        clauses_checked="一致",
    )
    programme, kinds = next_year_values(replace(view, programme=year, kinds=(leap,)))
    draft = next_year_draft(store, today=TODAY)
    said = [*view_lines(programme, "id"), *view_lines(list(kinds)), draft.words, *sorted(draft.confirmed)]
    assert_paper([*said, *view_lines(draft.programme, "id")], "つぎの年度")
