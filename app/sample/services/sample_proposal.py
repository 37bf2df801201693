"""The sample year's evidence for the 提案書, its draft, and the ward's memo of October."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.get_or_raise import get_or_raise
from app.sample.services.sample_events import STAFF, SampleEvents
from app.submissions.reports.services.evidence import KIND as CHAPTER
from app.submissions.reports.services.evidence import key_of as chapter_key
from app.surveys.compare.services import EVIDENCE_KIND as TOTAL
from app.surveys.compare.services import read_year_options
from app.surveys.tally.services.evidence import KIND as ANSWER
from app.surveys.tally.services.evidence import evidence_key as answer_key
from app.surveys.tally.services.evidence import read_evidence
from app.year.dates.services import evidence_source
from app.year_end.proposal import services as proposal_services
from app.year_end.proposal.rules import OWN_NOTES
from db.journal import Change
from db.records.agreements import Agreement
from db.records.organisations import Organisation
from db.records.surveys import SurveyResponse
from db.records.year.proposal import (
    BudgetMemo,
    ClauseState,
    Evidence,
    EvidenceSort,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    MemoQuestion,
    PlanLine,
    PolicyLine,
    QuestionState,
)
from db.rows import rows

_ISSUES = (
    "操作を教える人が団体の中にいない", "役員の交代で取組が止まる", "操作体験の時間が足りない",
    "紙の回覧と併せる方法が決まっていない", "災害時の連絡に使えるか試していない",
)  # fmt: skip
# Words in an option of the year's totals, and its 課題.
_TOTALS = (("教える", 1), ("引継", 2), ("速い", 3), ("紙", 4), ("災害", 5))
_OWN_EVIDENCE = (
    ("機材の説明に10分かかった", "3回", "実施確認票 第2回・第3回・第5回", 3),
    ("改選で管理者が替わり、更新が止まっていた", "2団体", "派遣の事前ヒアリングの記録", 2),
    ("回覧板と同じ日に知らせを出すと読まれる", "", "意見交換会の当日の記録", 4),
    ("安否の連絡を一度も試していない", "", "意見交換会の当日の記録", 5),
    ("夜の開催を望む声が電話であった", "2件", "問合せの控え", None),
)
_PLANS = (
    (
        "デジタル活用講習会",
        "7回",
        "6回",
        (3,),
        "操作体験を55分以上とする。",
        "機材を先に並べる。",
        "第5回で20分早く始められた。",
    ),
    (
        "出張講習（支部単位、新規）",
        "",
        "4支部",
        (1, 4),
        "各支部で「教え手」を2人育てる。",
        "支部の会館の予約、教え手の推薦",
        "3支部から開催の希望がある。",
    ),
    (
        "アドバイザー派遣",
        "3団体",
        "5団体",
        (2,),
        "役員改選の前後に1回ずつ行う。",
        "改選（4月）の後の日程",
        "受けた団体が4月以降の確認を希望した。",
    ),
    ("デジタル意見交換会", "2回", "2回", (4, 5), "1回は防災の配信訓練とする。", "防災の主管課との調整", ""),
)
_POLICIES = (
    ("投稿を確かめる人を決め、月2回の配信を続ける。", "講習会、電話"), ("更新の担当を2人にする。", "講習会"),
    ("役員間の連絡から始め、半年後に会員へ広げる。", "出張講習"), ("改選後の管理者の引継ぎを確かめる。", "派遣 2回目"),
    ("紙の回覧を続ける。希望があれば案内する。", "案内のみ"),
)  # fmt: skip
_AMOUNTS = (
    ("委託料", 2970, 3300, "派遣を3団体から5団体へ（165千円×2）"),
    ("会場使用料", 96, 84, "講習会を7回から6回へ（12千円×1）"),
    ("郵送料", 42, 48, "40団体に2通"),
    ("消耗品費", 18, 18, "模造紙、付箋、マーカー"),
    ("手話通訳等", 60, 60, "申出のあった回（30千円×2）"),
)
_CLAUSES: tuple[tuple[str, str, str, int, ClauseState], ...] = (
    ("仕4(1)ウ 回数", "全7回程度", "全6回程度", 3, ClauseState.OPINION), ("仕4(1)オ 時間", "2時間程度",
        "操作のある回は2時間30分程度", 3, ClauseState.OPINION),
    ("仕4(2)ウ 団体", "3団体程度", "5団体程度", 2, ClauseState.SETTLED),
    ("新設", "", "役員改選後の確認（4月・5月）", 2, ClauseState.OPEN),
)  # fmt: skip
_QUESTIONS: tuple[tuple[str, str, date, QuestionState], ...] = (
    ("派遣の会場使用料の負担", "契約課", date(2026, 12, 11), QuestionState.ASKED),
    ("貸与タブレット20台の更新", "情報の主管課", date(2026, 12, 18), QuestionState.OPEN),
    ("防災の主管課との合同の訓練", "防災の主管課", date(2027, 1, 29), QuestionState.OPEN),
)  # fmt: skip


def fill_proposal(context: ActionContext, *, sample: SampleEvents, programme_id: int, fiscal_year: int) -> None:
    """Insert the evidence collected over the year, the draft of the 提案書, and the memo."""
    evidence = _collected_evidence(context, sample, programme_id, fiscal_year)
    with context.change("見本の提案書の根拠を用意", "proposal") as change:
        ids = {one: change.insert(one) for one in evidence}
        for number, text in enumerate(_ISSUES, 1):
            change.insert(Issue(programme_id=programme_id, number=number, text=text))
        for position, (work, this_year, next_year, issues, content, condition, confirmed) in enumerate(_PLANS, 1):
            change.insert(
                PlanLine(
                    programme_id=programme_id,
                    position=position,
                    work=work,
                    this_year=this_year,
                    next_year=next_year,
                    issues=issues,
                    content=content,
                    condition=condition,
                    confirmed=confirmed,
                )
            )
        members = list(proposal_services.participating_organisations(context.database, programme_id))
        for organisation_id, (policy, support) in zip(members, _POLICIES, strict=False):
            stages = get_or_raise(context.database, Organisation, organisation_id).stages
            change.insert(
                PolicyLine(
                    programme_id=programme_id,
                    organisation_id=organisation_id,
                    policy=policy,
                    support=support,
                    stage="、".join(f"{tool} {stage}" for tool, stage in list(stages.items())[:1]),
                )
            )
    with context.change("見本の検討メモを用意", "proposal") as change:
        _fill_memo(change, programme_id, ids)


def _collected_evidence(
    context: ActionContext, sample: SampleEvents, programme_id: int, fiscal_year: int
) -> list[Evidence]:
    """Return evidence as collected with F6 from the current text of each source, and own observations; store none."""
    choices = read_year_options(context.store, fiscal_year=fiscal_year)
    chosen: list[tuple[str, str, int | None]] = []
    for word, issue in _TOTALS:
        found = next((one for one in choices if word in one.option and one.count), None)
        chosen += [(TOTAL, found.key, issue)] if found is not None else []
    decided = [one for one in rows(context.database, Agreement) if one.decision]
    chosen += [("協議", str(one.id), issue) for one, issue in zip(decided, (4, 0, 3), strict=False)]
    answers = [
        answer_key(sheet.id, code)
        for sheet in rows(context.database, SurveyResponse, counted=True)
        for code, answer in sheet.answers.items()
        if answer.text
    ]
    quotable = [
        key for key, now_said in read_evidence(context.store, answers).items() if not now_said.not_quotable_reason
    ][:_QUOTES]
    chosen += [(ANSWER, key, 3 if place == 0 else None) for place, key in enumerate(quotable)]
    chosen.append((CHAPTER, chapter_key(sample.event_ids["E1"], "グループワークの討議内容"), 4))
    found_now = {
        (kind, key): said
        for kind in dict.fromkeys(kind for kind, _key, _issue in chosen)
        for key, said in evidence_source(kind)
        .read(context.store, [key for of, key, _issue in chosen if of == kind])
        .items()
    }
    collected = [
        Evidence(
            programme_id=programme_id,
            sort=said.sort,
            source_kind=kind,
            source_key=key,
            count=said.count,
            source=said.source,
            said="紙の回覧と併せて使う解決策を、班の話合いで選んだ" if kind == CHAPTER else said.said,
            day=said.day,
            issue=number,
            seen=said.full_words,
            **context.signature,
        )
        for kind, key, number in chosen
        if (said := found_now.get((kind, key))) is not None
    ]
    return collected + [
        Evidence(
            programme_id=programme_id,
            sort=EvidenceSort.NOTICE,
            source_kind=OWN_NOTES,
            source_key="",
            said=text,
            count=count,
            source=source,
            day=context.today,
            issue=own_issue,
            **context.signature,
        )
        for text, count, source, own_issue in _OWN_EVIDENCE
    ]


_QUOTES = 4


def _fill_memo(change: Change, programme_id: int, evidence: Mapping[Evidence, int]) -> None:
    """Insert the 検討メモ with its amounts, clauses to change, possible cuts and questions."""
    day = date(2026, 11, 30)
    change.insert(
        BudgetMemo(
            programme_id=programme_id,
            made_on=day,
            maker=f"区民協働担当係　{STAFF}",
            counted_to=day,
            hand_in="各部要求　令和8年10月23日（金）　査定資料の差替え　令和8年12月4日（金）",
            total_this=sum(one[1] for one in _AMOUNTS),
            total_next=sum(one[2] for one in _AMOUNTS),
            cut_note="講習会の回数（6回）は減らさない。延べ人数の大半を占めるため。",
        )
    )
    for position, (item, this_year, next_year, reason) in enumerate(_AMOUNTS, 1):
        change.insert(
            MemoAmount(
                programme_id=programme_id,
                position=position,
                item=item,
                this_year=this_year,
                next_year=next_year,
                reason=reason,
            )
        )
    for position, (clause, before, after, issue, state) in enumerate(_CLAUSES, 1):
        mine = tuple(row_id for one, row_id in evidence.items() if one.issue == issue and (one.day or day) <= day)[:1]
        change.insert(
            MemoClause(
                programme_id=programme_id,
                position=position,
                clause=clause,
                this_year=before,
                next_year=after,
                evidence=mine,
                state=state,
            )
        )
    for position, (text, amount) in enumerate((("派遣を5団体から4団体にする", 165), ("手話通訳等を1回とする", 30)), 1):
        change.insert(MemoCut(programme_id=programme_id, position=position, text=text, amount=amount))
    for position, (text, asked_of, due, standing) in enumerate(_QUESTIONS, 1):
        change.insert(
            MemoQuestion(
                programme_id=programme_id, position=position, text=text, asked_of=asked_of, due=due, state=standing
            )
        )
