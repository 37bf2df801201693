"""The 引継書 at the end of its year, after it, and of a year that just began, and the change of staff, whole."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.event_day.checkouts.services import record_checkout, record_return
from app.programme.services import read_programme
from app.year_end.handover.documents import FIRST, KIND, remark_of
from app.year_end.handover.services import hand_over, practice_words, read_handover, read_staff_change
from db.query_cache import caching
from db.records.agreements import Agreement, Homework
from db.records.programme import TaskClosing
from db.records.protection import Checkout
from db.records.venues import Booking
from db.records.year.enquiries import ContactMemo
from db.rows import rows
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import BY, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines
from tests.support.years import at, started_year

YEAR = DocumentScope(fiscal_year=2026)
END, AFTER = date(2027, 3, 30), date(2027, 5, 10)
year = made_by(sample_store)


def facts_lines(store, day):
    with caching(store.database):
        facts = read_handover(store, fiscal_year=2026, now=at(day))
    for one in fields(facts):
        if one.name != "rows":
            yield from view_lines(
                replace(facts, **{other.name: () for other in fields(facts) if other.name != one.name})
            )
    for chapter, lines in facts.rows.items():
        yield f"■{chapter} {len(lines)}"
        yield from ("｜".join(line).replace("\n", " / ") for line in lines)


def paper(store, day):
    return lines_of(documents.build_document(store, scope=YEAR, kind=KIND, now=at(day)))


@pytest.fixture
def handed(year):
    """What is outside the house, undated, undecided and remarked."""
    act = ActionContext(year, BY, at(END))
    for number, copies in ((1, 3), (2, 2), (3, 1)):
        taken = Checkout(
            contents=f"名簿{number}",
            copies=copies,
            taken_at=at(END),
            taken_by="見本",
            approved_by="見本 課長",
            purpose="会場へ",
            destination=f"会場{number}",
            due_back_at=at(AFTER) if number == 1 else None,
        )
        made = record_checkout(act, checkout=taken).id
        if number > 1:
            record_return(act, checkout_id=made, returned_at=at(END), checked_by="見本", copies=1, reason="1部は会場")
    with act.change("見本", "agreements") as change:
        event = rows(year.database, Booking)[0].event_id
        for topic, given in (("会場", {"event_id": event}), ("機材", {"event_id": event}), ("次の年度", {})):
            change.insert(Agreement(programme_id=1, topic=topic, **given))
        for text, given in (
            ("見積を取る", {}), ("名簿を直す", {"person": "見本 一"}), ("済んだこと", {"done_on": END}),
            ("台数を知らせる", {"due": AFTER}),
        ):  # fmt: skip
            change.insert(Homework(programme_id=1, text=text, side="区", **given))
        back = (
            ("", 25, "届いた"),
            ("の返戻", 26, "番号の誤り"),
            ("の再受領", 27, "届いた"),
            ("の返戻", 29, "印がない"),
        )
        for task, day, reason in back:
            closing = {"programme_id": 1, "closed_on": date(2027, 3, day), "reason": reason, "by": BY, "at": at(END)}
            change.insert(TaskClosing(task=f"請求書{task}", **closing))
        memo = {"programme_id": 1, "received_at": at(END), "way": "電話", "caller": "仮名", "phone": "", "answer": ""}
        for sort in ("苦情", "要望"):
            change.insert(ContactMemo(sort=sort, about=f"{sort}の電話", by=BY, answerer=BY, **memo))
    set_passage(act, scope=YEAR, kind=KIND, part=remark_of(FIRST), text="会場の抽選は4月1日。")
    return year


def test_the_facts_and_the_paper_of_the_end_and_after_it(handed):
    before = list(facts_lines(handed, END))
    assert_paper(before, "年度の終わり")
    assert_paper(came(before, list(facts_lines(handed, AFTER))), "終わったあと")
    before = paper(handed, END)
    assert_paper(before, "年度の終わりの引継書")
    assert_paper(came(before, paper(handed, AFTER)), "終わったあとの引継書")


def test_a_year_that_just_began(tmp_path):
    store = started_year(tmp_path)
    day = date(2026, 9, 1)
    assert_paper([*facts_lines(store, day), *paper(store, day)], "始まった年度")


def test_staff_changes_by_name_day_and_homework(handed):
    said = view_lines(read_staff_change(handed, fiscal_year=2026, today=END))
    ours = [one.id for one in read_staff_change(handed, fiscal_year=2026, today=END).homework]
    done = next(one.id for one in rows(handed.database, Homework) if one.done_on is not None)
    theirs = next(one.id for one in rows(handed.database, Homework, done_on=None) if not one.side.is_ward)
    known = {"fiscal_year": 2026, "predecessor": "見本 太郎", "successor": " 別府　一 ", "day": END + timedelta(days=2)}
    for given in (
        {"predecessor": " "}, {"successor": ""}, {"successor": "見本　太郎"}, {"homework_ids": [done]},
        {"homework_ids": [theirs]}, {}, {"homework_ids": ours[:1]}, {"homework_ids": ours},
    ):  # fmt: skip
        try:
            said.append(f"→{hand_over(ActionContext(handed, BY, at(END)), **known | given).message}")
        except UserError as error:
            said.append(f"×{error}")
    assert_paper([*said, *view_lines(read_staff_change(handed, fiscal_year=2026, today=END))], "担当の交代")


def test_how_each_kind_is_carried_out_is_told_by_its_contract(year):
    kinds = read_programme(year).kinds
    more = [
        replace(kinds[1], steps=(), follow_up_months=()), replace(kinds[0], steps=("下見",), surveys_online=False),
        replace(kinds[2], steps=(), report_extras=("写真", "感想")),
    ]  # fmt: skip
    assert_paper([practice_words(one) for one in (*kinds, *more)], "この事務のやり方")
