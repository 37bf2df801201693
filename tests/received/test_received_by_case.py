"""The kinds of received paper in a year that owes more, and the versions and corrections of papers, by case."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.programme.services import read_programme
from app.received import rules, services
from app.received.services import IncomingFile, ReceiptScope, find_received_kind
from db.records.programme import Programme
from db.records.submissions.received import PointCheck, Receipt, ReceivedPaper
from db.records.year.practices import OwedPaper
from db.rows import by_id, row, rows
from tests.support.paper_lines import assert_paper
from tests.support.years import BY, add_lecture, at

CAME = date(2027, 3, 16)
YEAR = ReceiptScope(programme_id=1)


def acting(store):
    return ActionContext(store, BY, at(CAME))


def receive(store, kind, scope=YEAR, **more):
    receipt = Receipt(received_on=CAME, original_place="紙ファイル")
    return services.receive_paper(acting(store), kind=kind, scope=scope, receipt=receipt, **more).id


@pytest.fixture
def owing(store):
    """A year whose contract owes two papers more, one of them instead of a declared one."""
    year = row(store.database, Programme)
    owed = (
        OwedPaper(paper="中間報告", when="令和8年12月10日", clause="仕9"),
        OwedPaper(paper="業務完了届", when="契約の終了まで", clause="仕10"),
    )
    with store.change(action="契約", by=BY, now=at(CAME)) as change:
        change.update(Programme, year.id, owed=owed)
    return store


def test_each_kind_of_a_year_says_by_when_and_by_which_clause_it_is_owed(owing):
    view = read_programme(owing)
    kinds = services.kinds_of_year(view.programme)
    said = []
    for one in (*kinds, *(kind for kind in services.RECEIVED_KINDS if kind.about == "実施回")):
        wanted = one.wanted_on(view.programme, date(2027, 2, 3), view.calendar)
        marks = "複数" * one.allows_multiple + "単独" * one.is_standalone_in(view.programme)
        times = f"{one.rule_in(view)}　{wanted}　{one.awaited_task}"
        said.append(f"{one.kind}（{one.about}）　{one.clause_in(view)}　{times}　{marks}　{one.check_verb}")
    assert_paper(said, "種類")
    assert find_received_kind("中間報告", view.programme).clause == find_received_kind("前の届").clause == "契約"
    with pytest.raises(UserError) as refused:
        find_received_kind("見積書", view.programme)
    assert refused.value.todo.endswith("、中間報告")
    assert refused.value.todo.count("業務完了届") == 1


def test_papers_of_one_year_have_matters_and_versions_of_their_own(store):
    said = []

    def look(title, paper_id):
        one = by_id(store.database, ReceivedPaper, paper_id)
        said.append((title, one.matter, one.version, services.correction_key(one)))
        return paper_id

    first = look("変更届", receive(store, "変更届"))
    second = look("変更届", receive(store, "変更届"))
    again = look("変更届", receive(store, "変更届", follows=first))
    look("変更届", receive(store, "変更届", follows=again))
    look("提案書", receive(store, "提案書"))
    look("提案書", receive(store, "提案書", follows=second))
    assert said == [
        ("変更届", 1, 1, "修正の依頼:変更届:1"), ("変更届", 2, 1, "修正の依頼:変更届:2"),
        ("変更届", 1, 2, "修正の依頼:変更届:1"), ("変更届", 1, 3, "修正の依頼:変更届:1"),
        ("提案書", 0, 1, "修正の依頼:提案書"), ("提案書", 0, 2, "修正の依頼:提案書"),
    ]  # fmt: skip
    with pytest.raises(UserError, match="もうありません"):
        receive(store, "変更届", follows=999)
    newest = services.newest_of_each(services.received_of_kind(store, "変更届", YEAR))
    assert [(one.matter, one.version) for one in newest] == [(1, 3), (2, 1)]
    with pytest.raises(UserError, match="第3版があるため、第1版の確認済"):
        services.withdraw_confirmation(acting(store), paper_id=first, reason="誤り")
    with pytest.raises(UserError, match="この変更届は、確認済になっていません"):
        services.withdraw_confirmation(acting(store), paper_id=second, reason="誤り")


def test_a_correction_that_waits_ends_with_the_report_it_is_about_and_waits_again(store):
    event_id = add_lecture(store)
    file = IncomingFile(data=b"x", name="数字.xlsx")
    paper_id, other = (
        receive(store, "実施報告書の数字", ReceiptScope(event_id=one), file=file)
        for one in (event_id, add_lecture(store, date(2026, 10, 8)))
    )
    for one in (paper_id, other):
        services.ask_correction(acting(store), paper_id=one, text="直してください。")
    services.save_receipt_notes(acting(store), paper_id=paper_id, notes={"note": "一行目"})

    def states():
        return [(one.status, one.note, one.checked_on) for one in rows(store.database, ReceivedPaper)]

    waiting = [("修正依頼", "一行目", None), ("修正依頼", "", None)]
    for resumed in (False, True):
        with store.change(action="確認", by=BY, now=at(CAME)) as change:
            if resumed:
                services.resume_waiting_corrections(store, change, "実施報告書", event_id=event_id)
            else:
                services.end_waiting_corrections(change, acting(store), "提案書", event_id=event_id, on=CAME)
                services.end_waiting_corrections(change, acting(store), "実施報告書", event_id=event_id, on=CAME)
        ended = [("確認済", "一行目\n報告書の確認で終わり", CAME), waiting[1]]
        assert states() == (waiting if resumed else ended)
    with store.change(action="確認", by=BY, now=at(CAME)) as change:
        paper = by_id(store.database, ReceivedPaper, paper_id)
        services.mark_confirmed(change, paper, on=CAME, note="報告書の確認で終わり\n手で確かめた", who=BY)
    with store.change(action="確認", by=BY, now=at(CAME)) as change:
        services.resume_waiting_corrections(store, change, "実施報告書", event_id=event_id)
    assert states()[0][0] == "確認済", "somebody confirmed it by hand"


def test_days_and_points_of_a_check_are_refused_in_words(store):
    paper_id = receive(store, "提案書")
    said = []

    def tried(act, **given):
        try:
            said.append(act(acting(store), paper_id=paper_id, **given).message)
        except UserError as error:
            said.append(f"×{error}".replace("\n", ""))

    points = find_received_kind("提案書").points(store, YEAR)
    tried(services.judge_point, point="ない項目", result="○")
    tried(services.judge_point, point=points[0], result="よい")
    tried(services.judge_point, point=points[0], result=None)
    tried(services.ask_correction, text=" ")
    tried(services.ask_correction, text="直す", due=date(2027, 3, 15))
    tried(services.notify_correction, notified=None)
    for point in points:
        services.judge_point(acting(store), paper_id=paper_id, point=point, result="○")
    tried(services.confirm_paper, on=date(2027, 3, 15))
    tried(services.confirm_paper, on=date(2027, 3, 17))
    tried(services.confirm_paper, on=CAME)
    tried(services.ask_correction, text="直す", due=CAME)
    tried(services.withdraw_confirmation, reason="誤り")
    tried(services.ask_correction, text="直す", due=CAME)
    assert_paper(said, "断り")


PAPER = ReceivedPaper(kind="提案書", received_on=date(2027, 3, 31), version=2)


def test_a_request_for_correction_names_each_point_that_is_not_fine():
    checks = {
        "甲": PointCheck(result="なし", page=" "),
        "乙": PointCheck(result="要確認", page="3", note="短い。"),
        "丙": PointCheck(result="○"),
        "丁": PointCheck(result="要確認"),
    }
    paper = replace(PAPER, points=checks)
    said = []
    for addressee, due in (("見本", "3月23日（火）"), ("", "")):
        text = rules.correction_request_text(
            paper, (*checks, "戊"), addressee=addressee, about="令和8年度", due_words=due
        )
        said += text.split("\n")
    assert_paper(said, "修正の依頼")
    ends = [
        rules.retention_end(replace(PAPER, received_on=day, keep_years=kept))
        for day, kept in (
            (date(2027, 3, 31), 5),
            (date(2027, 4, 1), 5),
            (date(2027, 4, 1), 0),
            (date(2027, 4, 1), None),
        )
    ]
    assert ends == [date(2032, 3, 31), date(2033, 3, 31), date(2028, 3, 31), None]
    assert rules.note_without_reason("甲：よい\n残る", ()) == "甲：よい\n残る"
    assert rules.unprotected_words(replace(PAPER, sensitive="なし", encrypted="平文")) == ""
