"""The sample year's 派遣: six requests, three of them chosen, their hearings and follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.documents.services.document_saving import set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.event.rules.recruitment import DECISION
from app.events.dispatches.documents import DECLINE_NOTICE
from app.events.dispatches.rules import PLAN, STAGES
from app.events.dispatches.services import dispatch_requests, support
from app.registers.register.services.organisations import mark_stage
from app.sample.services.sample_events import SampleEvents
from db.records.agreements import Agreement
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, FollowUpState, RequestOutcome
from db.records.documents import LetterForm, LetterState
from db.rows import rows
from db.store import Store

RunService = Callable[..., ActionResult]
DISPOSE_ON = date(2027, 3, 31)
_RULE = "募集要項の「決め方」により、講習会で学んだ内容を続けて支援する団体を優先したためです。"

# By index of the 団体: the request, then the decision (day, outcome, event, 講習会, reason).
_REQUEST_FORMS: tuple[tuple[int, dict[str, Any], tuple[str, str, str, str, str] | None], ...] = (
    (
        0,
        {
            "received_on": date(2026, 8, 28),
            "received_how": "郵送",
            "receipt_number": "第310号",
            "tools": ("LINE公式アカウント", "ホームページ"),
            "wish": "公式アカウントで行事と防災を知らせたい",
            "current_use": "使ってみたが止まっている",
            "trouble": "担当者の交代で止まった。回覧板が一巡するまで2週間かかる。",
            "took_part": "申し込んでいる",
            "days": "10月21日（水）午前\n10月23日（金）午前\n10月28日（水）午後",
            "venue": "見本あおば会館",
            "network": "無",
            "fee": "なし（団体の会館）",
            "equipment": "投影機、スクリーン、机・いす15人分",
            "people": 10,
            "phones": 10,
            "consent": "同意あり",
        },
        (
            "2026-09-11 10:00",
            "決定",
            "D1",
            "L1",
            "中断した取組の再開であり、役員がそろって参加する。講習会の内容を続けて支援できる。",
        ),
    ),
    (
        3,
        {
            "received_on": date(2026, 8, 31),
            "received_how": "窓口",
            "receipt_number": "第316号",
            "tools": ("LINE公式アカウント",),
            "wish": "役員の連絡を公式アカウントに移したい",
            "current_use": "まだ使っていない",
            "trouble": "電話の連絡網に時間がかかる。",
            "took_part": "申し込んでいる",
            "days": "11月25日（水）午前\n12月2日（水）午前",
            "venue": "見本そよかぜ集会所",
            "network": "有",
            "fee": "1回 500円（団体が負担）",
            "equipment": "スクリーン、机・いす20人分",
            "people": 9,
            "phones": 7,
            "consent": "同意あり",
        },
        ("2026-09-11 10:10", "決定", "D2", "L1", "講習会で学んだ内容を役員の連絡に使う希望であり、日程が合う。"),
    ),
    (
        4,
        {
            "received_on": date(2026, 9, 1),
            "received_how": "FAX",
            "receipt_number": "第321号",
            "tools": ("Instagram",),
            "wish": "行事の写真を載せたい",
            "current_use": "まだ使っていない",
            "trouble": "何から始めるか分からない。",
            "took_part": "参加していない",
            "days": "11月中の平日",
            "venue": "見本みどりば集会所",
            "people": 8,
            "phones": 6,
            "consent": "同意あり",
        },
        ("2026-09-11 10:20", "不採択", "", "", _RULE),
    ),
    (
        11,
        {
            "received_on": date(2026, 9, 2),
            "received_how": "窓口",
            "receipt_number": "第324号",
            "tools": ("ホームページ",),
            "wish": "ホームページを新しくしたい",
            "current_use": "使っている",
            "trouble": "更新できる人が1人しかいない。",
            "took_part": "参加していない",
            "days": "いつでもよい",
            "venue": "見本いずみ会館",
            "people": 6,
            "phones": 3,
            "consent": "同意なし",
        },
        ("2026-09-11 10:30", "不採択", "", "", _RULE),
    ),
    (
        8,
        {
            "received_on": date(2026, 9, 2),
            "received_how": "窓口",
            "receipt_number": "第325号",
            "tools": ("Instagram",),
            "wish": "町会の行事を若い世帯に知らせたい",
            "current_use": "まだ使っていない",
            "trouble": "写真に人が写るときの断り方が分からない。",
            "took_part": "申し込んでいる",
            "days": "1月13日（水）午前\n1月20日（水）午前",
            "venue": "見本わかば会館",
            "fee": "なし",
            "equipment": "机・いす20人分",
            "people": 8,
            "phones": 7,
            "consent": "同意なし",
        },
        (
            "2026-09-11 10:40",
            "決定",
            "D3",
            "L4",
            "講習会（第4回）に申し込んでおり、そのあとに新しく始める取組である。年内に役員の話合いができる。",
        ),
    ),
    # This one came long after the closing day: nobody had promised an answer with the others.
    (
        6,
        {
            "received_on": date(2026, 11, 24),
            "received_how": "郵送",
            "receipt_number": "第472号",
            "tools": ("キャッシュレス決済",),
            "wish": "会費の集金に使いたい",
            "current_use": "まだ使っていない",
            "trouble": "集金に3日かかる。",
            "took_part": "申し込んでいる",
            "days": "2月の土曜日",
            "venue": "見本つきみ台会館",
            "people": 12,
            "phones": 9,
        },
        None,
    ),
)

_HEARINGS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "D1",
        "2026-10-08 16:30",
        {
            "hearing_on": date(2026, 10, 1),
            "hearing_how": "電話",
            "hearing_people": "受託者、区　見本　係員",
            "issue": "止まった理由は引継ぎ。操作よりも、決まりづくりが要る。",
            "agreed": "例の110分のうち、運用の決まりを30分にする。",
            "equipment": "会館の投影機とスクリーン。スマートフォンは各自",
            "line": "回線なし。受託者がルーターを持参する",
            "fee": "なし（団体の会館）",
        },
    ),
    (
        "D2",
        "2026-11-05 11:00",
        {
            "hearing_on": date(2026, 11, 2),
            "hearing_how": "電話",
            "hearing_people": "受託者、区　見本　係長",
            "issue": "役員の半分は、公式アカウントの画面を見たことがない。",
            "agreed": "友だち追加と受信の確認までを全員で行う。",
            "equipment": "スクリーン。投影機は受託者が持参する",
            "line": "集会所の無線を使う",
            "fee": "1回 500円（団体が負担）",
        },
    ),
)

_FOLLOW_UPS = (
    (
        date(2026, 10, 26),
        "メール",
        "管理者の1人が配信画面に入れない。",
        "権限の再設定を案内し、入れることを確かめた。",
        date(2026, 10, 26),
        None,
    ),
    (
        date(2026, 11, 4),
        "電話",
        "友だち追加の案内の貼り方を知りたい。",
        "手順書の7ページを案内した。",
        date(2026, 11, 4),
        None,
    ),
    (
        date(2026, 11, 6),
        "メール",
        "会計の人も管理者に加えたい。",
        "役員会の決定後に手順を案内する。",
        None,
        date(2026, 12, 15),
    ),
)


def fill_dispatches(store: Store, sample: SampleEvents, run_service: RunService) -> None:
    """Insert requests, decisions, hearings and follow-ups up to the sample's today, each by the service for it.

    Also issue the letters of decision, mark a stage of one 団体, type the tables of the report of the first 派遣, and
    hand its request over.

    Args:
        run_service: calls a service at a given moment, as staff would.
    """
    for place, slip, decided in _REQUEST_FORMS:
        signer = next(
            one["name"] for one in sample.data["people"] if one["organisation"] == place and one["role"] == "会長"
        )
        wish = DispatchRequest(
            programme_id=1,
            organisation_id=sample.organisation_ids[place],
            signer=signer,
            signer_role="会長",
            original_place="紙ファイル",
            dispose_on=DISPOSE_ON,
            **slip,
        )
        saved = run_service(dispatch_requests.save_dispatch_request, f"{wish.received_on} 11:40", wish=wish)
        if decided is not None:
            at, outcome, event, lecture, reason = decided
            run_service(
                dispatch_requests.decide_dispatch_request,
                at,
                wish_id=saved.id,
                outcome=RequestOutcome(outcome),
                decided_on=date.fromisoformat(at[:10]),
                reason=reason,
                event_id=sample.event_ids[event] if event else None,
                lecture_id=sample.event_ids[lecture] if lecture else None,
            )
    # Who had said 希望しない in spring asks for it now.
    run_service(
        mark_stage,
        "2026-09-02 11:45",
        organisation_id=sample.organisation_ids[8],
        tool="Instagram",
        stage="1",
        marked_on=date(2026, 9, 2),
        source="派遣希望票",
    )
    for scope, kind, number in (
        (DocumentScope(event_id=sample.event_ids["D1"]), DECISION, "見本第411号"),
        (DocumentScope(event_id=sample.event_ids["D2"]), DECISION, "見本第412号"),
        (DocumentScope(organisation_id=sample.organisation_ids[4]), DECLINE_NOTICE, "見本第413号"),
        (DocumentScope(organisation_id=sample.organisation_ids[11]), DECLINE_NOTICE, "見本第414号"),
    ):
        run_service(
            set_letter_state,
            "2026-09-15 10:00",
            scope=scope,
            kind=kind,
            form=LetterForm.FORMAL,
            state=LetterState.ISSUED,
            decided_on=date(2026, 9, 14),
            document_number=number,
            issued_on=date(2026, 9, 15),
        )
    for key, at, said in _HEARINGS:
        heard = get_or_raise(store.database, Agreement, sample.topics[key, "事前ヒアリング"][0])
        hearing = DispatchSupport(
            event_id=sample.event_ids[key], agreement_number=f"協議 {heard.record_number}", **said
        )
        run_service(support.save_hearing, at, support=hearing)
    first = sample.event_ids["D1"]
    for day, way, question, answer, answered_on, next_on in _FOLLOW_UPS:
        one = DispatchFollowUp(
            event_id=first,
            asked_on=day,
            way=way,
            question=question,
            answer=answer,
            answered_on=answered_on,
            state=FollowUpState.OPEN if next_on else FollowUpState.DONE,
            next_on=next_on,
        )
        run_service(support.save_follow_up, f"{day} 15:30", follow_up=one)
    typed = sample.data["reports"]["D1"]["tables"]
    for key in (STAGES, PLAN):
        run_service(support.save_report_table, "2026-11-13 14:20", event_id=first, key=key, lines=typed[key])
    agreed = [one for one in rows(store.database, DispatchRequest, event_id=first) if one.outcome.is_chosen]
    run_service(
        dispatch_requests.note_form_handed_over,
        "2026-10-01 09:30",
        wish_id=agreed[0].id,
        on=date(2026, 10, 1),
        how="業務責任者へ手渡し（写し）",
    )
