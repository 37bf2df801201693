"""The 提案書 and the memo as they are written, their sources changed and refused: what every act says, and what page
and papers hold afterwards, whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.events.dispatches.rules import UseAfter
from app.year.dates.services import CurrentEvidence
from app.year_end.proposal import services as proposal
from app.year_end.proposal.documents import MemoFacts, ProposalFacts, _use, budget_memo, proposal_form
from app.year_end.proposal.rules import change_words, computed_total, issue_mark, points_of, quote, sum_problems
from db.query_cache import caching
from db.records.agreements import Agreement
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.year.proposal import (
    BudgetMemo,
    Evidence,
    EvidenceSort,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    MemoQuestion,
    PlanLine,
    PolicyLine,
)
from db.rows import row, rows
from tests.support.history_lines import list_history
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines
from tests.support.years import add_dispatch, add_lecture, at, plain_context, started_year

YEAR = DocumentScope(fiscal_year=2026)
NOTED = Evidence(
    programme_id=1,
    sort=EvidenceSort.NOTICE,
    source_kind="協議",
    source_key="1",
    said="返事",
    source="協議1",
    day=NOW.date(),
    by=BY,
    at=NOW,
)
LINE = PolicyLine(programme_id=1, organisation_id=1, policy="続ける")
TODAY = NOW.date()
year = made_by(sample_store)


class Story:
    """A year, and what the acts on its proposal say."""

    def __init__(self, store, day=TODAY):
        self.store, self.day, self.lines = store, day, []

    def do(self, act, **given):
        try:
            done = act(ActionContext(self.store, BY, at(self.day)), **given)
        except UserError as error:
            self.lines.append(f"×{error}")
            return 0
        self.lines.append(f"→{done.message}")
        return done.id

    def page(self, day):
        with caching(self.store.database):
            found = proposal.read_proposal(self.store, programme_id=1, today=day)
        shown = [
            f"{one.words}｜{one.evidence.source}｜{issue_mark(one.evidence.issue)}｜{one.source_status}｜"
            f"{one.change if one.source_status else ''}｜{one.as_quoted.words}".replace("\n", " / ")
            for one in found.evidence
        ]
        links = [
            f"{one.label}　{one.detail}　{one.due}　{one.link.evidence_id}"
            for one in proposal.changed_follow_ups(self.store, day)
        ]
        groups = [f"{one}　{found.stages[one]}　{found.policy_words[one]}" for one in sorted(found.members)]
        groups = [f"団体 {len(groups)}", *groups[:3]]
        return [*view_lines(found, "evidence", "received", "task", "members", "stages", "policy_words", "programme_id"),
                *groups, *shown, *links,
                proposal.due_words(found, day)]  # fmt: skip

    def paper(self, kind, day):
        return lines_of(build_document(self.store, scope=YEAR, kind=kind, now=at(day)))


def test_a_proposal_whose_sources_changed(year):
    story = Story(year)
    (first, second, third) = rows(year.database, Evidence, source_kind="協議")
    before, form = story.page(TODAY), story.paper(proposal.FORM, TODAY)
    with year.change(action="協議を直した", by=BY, now=NOW, subject="agreements") as change:
        change.update(Agreement, int(first.source_key), decision="別の決定にした")
        change.update(Agreement, int(second.source_key), decision="見本 太郎（090-1234-5678）に確かめる")
        change.update(Agreement, int(third.source_key), decision="", reason="", topic="機材")
        change.update(Organisation, 1, support_policy="月1回、電話で聞く。", stages={"LINE": "2", "HP": ""})
    story.lines += came(before, story.page(TODAY))
    for one in (second, third):
        story.do(proposal.accept_new_words, evidence_id=one.id)
    for one, reason in ((second, " "), (third, " 決めた日の内容 ")):
        story.do(proposal.keep_old_words, evidence_id=one.id, reason=reason)
    story.do(proposal.accept_all_new_words, programme_id=1)
    story.do(proposal.accept_all_new_words, programme_id=1)
    for words in (" ", "見本 太郎が言う", "言いかたを直した"):
        story.do(proposal.reword_evidence, evidence_id=first.id, said=words)
    for number in (-1, 6, 0, 5, None, 1):
        story.do(proposal.assign_issue, evidence_id=first.id, issue=number)
    for given in ({"text": " "}, {"source": ""}, {"source": "見本 太郎 03-1234-5678"}, {}, {"count": " 3件 "}):
        story.do(proposal.add_own_note, fiscal_year=2026, **{"text": "席が狭い", "source": "当日の記録"} | given)
    for kind, key in (("協議", first.source_key), ("協議", third.source_key), ("協議", "9999")):
        story.do(proposal.collect_evidence, kind=kind, key=key)
    for one in (row(year.database, MemoClause).evidence[0], first.id):
        story.do(proposal.drop_evidence, evidence_id=one)
    story.lines += ["――あと――", *came(before, story.page(TODAY)), *came(form, story.paper(proposal.FORM, TODAY))]
    story.lines += story.paper(proposal.MEMO, TODAY)
    assert_paper(story.lines, "出典が変わる")


def test_lines_are_refused_by_what_they_lack_and_stand_last(year):
    story = Story(year)
    texts = [one.text for one in rows(year.database, Issue, order="number")]
    for given in ([*texts, "六"], texts[:4], [texts[0], "", *texts[2:]], [*texts[:4], " 訓練がない "]):
        story.do(proposal.save_issues, programme_id=1, texts=given)
    amount = MemoAmount(programme_id=1, item="謝礼", this_year=0, next_year=0)
    for line in (
        PlanLine(programme_id=1, work=" "), MemoQuestion(programme_id=1, text=""), replace(amount, item=""),
        MemoCut(programme_id=1, text="数を減らす", amount=0), MemoCut(programme_id=1, text="数を減らす", amount=1),
        MemoClause(programme_id=1, clause="", evidence=()), replace(amount, this_year=-1), amount,
        replace(amount, this_year=12, next_year=24, reason="12千円×1"), replace(amount, reason="2千円×3"),
        replace(amount, this_year=20, next_year=24, reason="2千円×12"), PlanLine(programme_id=1, work="出張",
        issues=(2,)),
    ):  # fmt: skip
        story.do(proposal.save_line, line=line)
    members = proposal.participating_organisations(year.database, 1)
    known = rows(year.database, PolicyLine)
    free = next(one for one in members if one not in {each.organisation_id for each in known})
    away = next(one.id for one in rows(year.database, Organisation) if one.id not in members)
    for given in (
        {"organisation_id": away}, {"policy": " "}, {"organisation_id": known[0].organisation_id}, {},
    ):  # fmt: skip
        line = PolicyLine(**{"programme_id": 1, "organisation_id": free, "stage": "1", "policy": "続ける"} | given)
        story.do(proposal.save_policy, line=line)
    story.do(proposal.save_policy, line=replace(known[0], policy="別の方針"))
    for line in (
        known[1],
        rows(year.database, MemoAmount)[-1],
        rows(year.database, PlanLine)[-1],
        rows(year.database, MemoQuestion)[0],
    ):
        story.do(proposal.remove_line, line=line)
    memo = row(year.database, BudgetMemo)
    for day in (memo.made_on + timedelta(days=1), memo.made_on):
        story.do(proposal.save_memo, memo=replace(memo, counted_to=day, total_this=None, total_next=None))
    view = proposal.read_memo(year, fiscal_year=2026, today=TODAY)
    story.lines += view_lines(view, "evidence")
    story.lines += [*story.page(date(2027, 3, 1)), *story.paper(proposal.MEMO, TODAY)]
    assert_paper(story.lines, "行を書く")


def test_a_year_with_one_issue_and_a_number_that_nobody_recorded(tmp_path):
    store = started_year(tmp_path)
    story = Story(store, date(2027, 1, 15))
    for day in (date(2026, 10, 1), date(2026, 10, 2)):
        event = add_lecture(store, day)
        with store.change(action="実施", by=BY, now=NOW) as change:
            change.insert(EventResult(event_id=event, attended=12 if day.day == 1 else None))
            change.update(Event, event, status=EventStatus.HELD)
    story.lines += story.page(story.day)
    story.do(proposal.save_issues, programme_id=1, texts=["知らせが届かない"])
    story.do(proposal.add_own_note, fiscal_year=2026, text="返事がない", source="電話", count="2件")
    story.do(
        proposal.save_line, line=PlanLine(programme_id=1, work="講習会", issues=(1, 2), condition="", confirmed="済")
    )
    story.lines += [*story.page(story.day), *story.paper(proposal.FORM, story.day)]
    assert_paper(story.lines, "はじめの課題")


@pytest.mark.parametrize(
    ("typed", "amounts", "cuts", "found"),
    [
        ((None, None), (1, 2), (2,), 0), ((1, 2), (1, 2), (2,), 0), ((2, 2), (1, 2), (), 1), ((1, 3), (1, 2), (), 1),
        ((None, None), (1, 2), (2, 1), 1), ((0, 0), (1, 2), (3,), 3),
    ],
)  # fmt: skip
def test_sums_and_cuts_are_those_of_the_amounts(typed, amounts, cuts, found):
    memo = BudgetMemo(programme_id=1, made_on=TODAY, counted_to=TODAY, total_this=typed[0], total_next=typed[1])
    line = MemoAmount(programme_id=1, item="費", this_year=amounts[0], next_year=amounts[1])
    less = [MemoCut(programme_id=1, text="減", amount=one) for one in cuts]
    said = sum_problems(memo, [line], less)
    assert (len(said), len(sum_problems(None, [line], less)) <= 1) == (found, True)
    assert [change_words(one) for one in (1200, 0, -1200, 1, -1)] == ["+1,200", "0", "△1,200", "+1", "△1"]
    assert [computed_total(one) for one in ("", "3×2", "3千円×2", "1,000千円×2、5千円×1")] == [None, None, 6, 2005]


def test_a_tool_that_nobody_uses_by_then_is_counted_as_none_and_too_few_have_no_numbers():
    asked = ((1, 4, (("LINE", 2),)), (3, 5, (("HP", 1), ("LINE", 1))), (6, 2, ()))
    found = [UseAfter(months=month, asked=count, using=1, tools=tools) for month, count, tools in asked]
    _heading, table, _chart = blocks = _use(found)
    assert [row[3:] for row in table.rows] == [("2", "0"), ("1", "1"), ("—", "—")]
    assert_paper(lines_of(blocks), "訪問後")
    assert sum(one.width for one in table.columns) == 165


def test_who_was_visited_took_part_and_a_group_of_before_keeps_its_line(store):
    visit = add_dispatch(store, date(2026, 10, 15))
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, visit, status=EventStatus.HELD, organisation_id=None)
        visited, before, _other = (change.insert(Organisation(name=name, stages={"LINE": "1"})) for name in "甲乙丙")
        line = change.insert(replace(LINE, organisation_id=before))
    assert proposal.participating_organisations(store.database, 1) == {}
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, visit, organisation_id=visited)
    view = proposal.read_proposal(store, today=TODAY)
    assert (view.members, view.stages) == ({visited: "甲"}, {visited: "LINE 1", before: "LINE 1"})
    assert ([one.name for one in view.policies], view.received.kind) == (["乙"], "提案書")
    context = ActionContext(store, BY, NOW)
    proposal.remove_line(context, line=replace(LINE, id=line, organisation_id=before))
    plan = PlanLine(programme_id=1, work="派遣")
    proposal.remove_line(context, line=replace(plan, id=proposal.save_line(context, line=plan).id))
    told = [one.action for one in list_history(store, limit=3)][::-1]
    assert told == ["団体支援方針「乙」を消した", "実施案「派遣」を書いた", "実施案「派遣」を消した"]
    now = CurrentEvidence(sort=NOTED.sort, said="返事", count="", source="", day=None, programme_id=1)
    states = [
        proposal._evidence_row(replace(NOTED, kept_reason=kept, seen=seen), current).source_status
        for kept, seen in (("", ""), ("理由", ""), ("", "返事"), ("理由", "返事"))
        for current in (None, now)
    ]
    assert states == ["なくなった", "変わった", "", "変わった", "なくなった", "", "なくなった", ""]
    asked = proposal.DOCUMENTS[0].is_applicable
    of_year = DocumentSubject(scope=YEAR, title="", programme=plain_context().programme)
    none = replace(of_year, programme=replace(of_year.programme, proposal_period=""))
    assert [asked(one) for one in (replace(of_year, programme=None), of_year, none)] == [True, True, False]


def test_papers_of_records_that_say_little_and_of_none():
    context = plain_context(TODAY)
    memo = BudgetMemo(programme_id=1, made_on=TODAY, counted_to=TODAY)
    facts = MemoFacts(memo=memo, counted="なし", amounts=(), clauses=(), cuts=(), questions=(), evidence={})
    noted = quote(replace(NOTED, count="2件"), "", "")
    little = replace(
        facts,
        memo=replace(memo, hand_in="予算要求書", cut_note="順に減らす。"),
        amounts=[MemoAmount(programme_id=1, item=item, this_year=1, next_year=0) for item in ("甲", "乙")],
        clauses=[
            MemoClause(programme_id=1, clause="第1条", evidence=(1, 2)),
            MemoClause(programme_id=1, clause="第2条", this_year="3回", next_year="4回"),
        ],
        cuts=[MemoCut(programme_id=1, text=text, amount=3) for text in ("丙", "丁")],
        questions=[MemoQuestion(programme_id=1, text="場所"), MemoQuestion(programme_id=1, text="日", due=TODAY)],
        evidence={2: noted},
    )
    grown = [((0, 5),), ((5, 5),), ((4, 5), (4, 5)), ((5, 4),)]
    said = []
    for one in (facts, little):
        said += ["――メモ――", *lines_of(budget_memo(context, one))]
    for pairs in grown:
        amounts = [MemoAmount(programme_id=1, item="費", this_year=first, next_year=then) for first, then in pairs]
        said += [line for line in lines_of(budget_memo(context, replace(facts, amounts=amounts))) if "計｜" in line]
    form = ProposalFacts(figures=(), due="期限", issues=(), evidence=(), plans=(), policies=(), unrecorded="")
    issues = [Issue(programme_id=1, number=number, text=f"課題{number}") for number in (1, 2)]
    plans = [
        PlanLine(programme_id=1, work="講習会"),
        PlanLine(programme_id=1, work="派遣", this_year="3回", issues=(1, 2), condition="場所"),
        PlanLine(programme_id=1, work="交流会", next_year="1回", confirmed="済"),
    ]
    policies = [("", "甲会", LINE), ("北", "乙会", replace(LINE, stage="LINE 1", support="派遣"))]
    evidence = [noted, replace(noted, issue=1), replace(noted, issue=1, source="")]
    written = replace(
        form, issues=issues, evidence=evidence, plans=plans, policies=policies, unrecorded="人数のない回がある。"
    )
    for paper in (form, written):
        said += ["――様式――", *lines_of(proposal_form(context, paper))]
    assert_paper(said, "少しだけの記録")
    centred = [
        (block.name, [at for at, one in enumerate(block.columns) if one.align == "center"])
        for paper in (proposal_form(context, written), budget_memo(context, little))
        for block in paper.blocks
        if isinstance(block, Table)
    ]
    assert [one for one in centred if one[1]] == [
        ("課題とその根拠", [0, 2, 4]), ("減額の順", [0]), ("決まっていないこと", [0]),
    ]  # fmt: skip


def test_evidence_says_what_its_source_says_now_and_the_points_what_is_left():
    said = [
        quote(replace(NOTED, count="2件", kept_reason=kept, seen=seen), now, status).outdated
        for kept, seen, now, status in (
            ("", "", "2件", ""), ("", "返事 2件", "2件", ""), ("理由", "", "2件", ""), ("理由", "返事 2件", "3件", ""),
            ("理由", "返事 2件", "2件", ""), ("", "返事 2件", "", "変わった"), ("", "返事 2件", "3件", "変わった"),
            ("", "返事 2件", "3件", "なくなった"),
        )
    ]  # fmt: skip
    now, changed, gone = "出典はいま3件", "出典はそのあと変わった", "出典がなくなった"
    assert said == ["", "", gone, now, changed, changed, now, gone]
    issue, plan = Issue(programme_id=1, number=1, text="課題"), PlanLine(programme_id=1, work="派遣")
    whole = replace(plan, condition="場所", confirmed="済")
    voice = replace(NOTED, sort=EvidenceSort.QUOTE, issue=1)
    done = [
        "".join(str(int(one.done)) for one in points_of(*given))
        for given in (
            ((), (), (), ()), ((), (), (whole, replace(plan, condition="場所")), ()),
            ((), (), (replace(plan, confirmed="済"),), ()), ((), (), (whole,), (LINE,)),
            ((issue,), (NOTED,), (), ()), ((issue,), (replace(NOTED, issue=1),), (), ()), ((issue,), (voice,), (), ()),
            ((), (voice,), (), ()),
        )
    ]  # fmt: skip
    assert done == ["000000", "100000", "100000", "110010", "000000", "001000", "001100", "000000"]
    assert [computed_total(one) for one in ("0千円×2", "5千円×0、2千円×3", f"{'9' * 30}千円×2")] == [0, 6, None]
