"""履歴, undo and redo of one's own actions, newest first, also after a restart, and the wording of changes.

Everything is derived from the change journal: an undo is a new entry (``undo_of``), a redo another (``redo_of``), and
which of them is in effect is read from the journal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Final, Protocol

from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.common.extension_point import ExtensionPoint
from db.backups import image_upgrade
from db.fields import Spec, specs
from db.files import storage_errors
from db.journal import Change
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import journal as table

TABLES: Final[Mapping[str, str]] = {
    "programmes": "年度の事業",
    "kind_numbers": "種別ごとの数値",
    "contract_terms": "契約の内容の変更",
    "task_closings": "手で済みにした期限",
    "closed_days": "閉庁日",
    "offices": "所属・担当者",
    "contractors": "受託者",
    "paper_settings": "書類の宛先",
    "users": "利用者",
    "organisations": "団体",
    "people": "参加者",
    "events": "事業",
    "agenda_items": "当日進行",
    "equipment_items": "機材",
    "recruitment_steps": "募集の段取り",
    "deadline_overrides": "期限の変更",
    "event_results": "当日の結果",
    "agreements": "協議",
    "meetings": "打合せ",
    "homework": "宿題",
    "agreement_files": "協議の添付",
    "dispatch_wishes": "派遣希望票",
    "presentations": "事例発表",
    "dispatch_supports": "派遣の支援のあゆみ",
    "dispatch_follow_ups": "派遣のフォローアップ",
    "expected_counts": "参加見込み",
    "headcount_notices": "参加人数連絡",
    "stored_files": "保管ファイル",
    "letters": "通知文",
    "outgoing": "出力の記録",
    "acts": "連絡・通知の記録",
    "outgoing_people": "控えに載る人",
    "outgoing_organisations": "控えに載る団体",
    "materials": "資料",
    "material_versions": "資料の版",
    "findings": "指摘",
    "questionnaires": "設問のひな形",
    "event_surveys": "アンケート",
    "survey_imports": "オンライン回答の取り込み",
    "answer_sheets": "回答",
    "reports": "実施報告書",
    "received_papers": "受領した書類",
    "evidence": "提案書の根拠",
    "proposal_issues": "提案書の課題",
    "proposal_plans": "次年度の実施案",
    "proposal_policies": "団体の支援方針",
    "budget_memos": "検討メモ",
    "memo_amounts": "検討メモの要求額",
    "memo_clauses": "仕様書で直すところ",
    "memo_cuts": "減額されたときの順",
    "memo_questions": "決まっていないこと",
    "specification_texts": "仕様書の読み比べ",
    "next_values": "つぎの年度の数",
    "paper_readings": "書類の点検",
    "inspections": "検査",
    "payments": "支払",
    "account_questions": "会計課への確認",
    "report_figures": "突合の数字",
    "report_photos": "報告書の写真",
    "kept_numbers": "残した食い違い",
    "confirmed_states": "確認したときの内容",
    "memberships": "役職の履歴",
    "contacts": "連絡先",
    "stage_marks": "活用の段階",
    "not_doubles": "別の登録",
    "subsidies": "補助金",
    "applications": "申込",
    "foreign_imports": "ファイルの取り込み",
    "column_maps": "列の対応",
    "entries": "名簿",
    "selections": "参加者の決定",
    "table_groups": "班",
    "group_wishes": "班の希望",
    "discussion_lines": "討議の記録",
    "discussion_points": "討議のまとめ",
    "arrangements": "配慮の手配",
    "tablets": "貸与タブレット",
    "tablet_loans": "タブレットの貸出",
    "change_decisions": "中止・変更の判断",
    "calls": "電話の記録",
    "second_entries": "2回目の入力",
    "sheet_drafts": "書きかけの用紙",
    "comment_themes": "自由記述の分類",
    "comment_marks": "自由記述の扱い",
    "venues": "会場",
    "bookings": "会場の予約",
    "schedule_plans": "日程の案",
    "schedule_candidates": "候補日",
    "ward_days": "区の年中行事",
    "planned_changes": "届出の予定",
    "takeouts": "持出し管理簿",
    "erasings": "消去",
    "erased_files": "消したファイル",
    "disposals": "消す印",
    "disposal_holds": "残す理由",
    "backup_places": "2つ目の場所",
    "protected_places": "保護された保存先",
    "restore_drills": "復元の点検",
    "incidents": "事故の対応",
    "incident_notes": "事故の経過",
    "incident_measures": "再発防止策",
    "incident_rules": "事故のときの決まり",
    "ledger_rows": "管理簿の行",
    "ledger_notes": "管理簿の訂正・確認",
    "ledger_numbers": "管理簿の番号",
    "ledger_settings": "管理簿の点検",
    "check_sheets": "確認票",
    "paper_texts": "書類の文",
    "earlier_counts": "前の年度の集計",
    "earlier_figures": "前の年度の実績",
    "year_reasons": "仕様との違いの理由",
    "year_answers": "照会への回答",
}

# Fields named once for every table; a table's own word stands in _OWN, one that its record says comes before both.
_FIELDS: Final[Mapping[str, str]] = {
    "action": "操作", "added_at": "保管した日時", "address": "所在地", "addressee": "宛先",
    "agreed_on": "協議が整った日", "agreement": "協議番号", "announce_days": "知らせる日", "answered_at": "回答日時",
    "answers": "回答", "applied": "申込者数", "applied_organisations": "申込団体数", "asked_on": "協議を始めた日",
    "at": "日時", "attended": "出席者数", "attended_organisations": "出席団体数", "absent": "欠席者数",
    "author": "作成者", "basis": "根拠", "body": "本文", "branch": "支部", "by": "行った人",
    "cancel_reason": "中止の理由", "cancelled_on": "中止を決めた日", "care_count": "配慮が必要な人数",
    "care_request": "配慮の内容", "checked_by": "確認者", "checked_on": "確認日",
    "check_open_days": "確認の目安日（開庁日）", "clause_content": "条項（内容）", "clause_equipment": "条項（機材）",
    "clause_material": "条項（資料）", "clause_minutes": "条項（時間）", "clause_people": "条項（人数）",
    "clause_planned": "条項（回数）", "clause_report": "条項（報告）", "clause_survey": "条項（アンケート）",
    "clause_window": "条項（実施期間）", "clause_item": "条項（事業）", "clause_target": "条項（対象）",
    "clause_venue": "条項（会場）", "clause_recruitment": "条項（募集）", "clause_selection": "条項（選定）",
    "clause_discussion": "条項（討議）", "clause_purpose": "条項（件名・目的）", "clause_term": "条項（履行期間）",
    "clause_proposal": "条項（提案書）", "clause_payment": "条項（支払）", "clause_annexes": "条項（特記事項）",
    "clauses_checked": "契約書との照合", "closed_on": "閉じた日",
    "closed_reason": "閉じた理由", "content": "内容", "contract_date": "契約確定日",
    "papers_received": "用紙の枚数", "contractor_counts": "受託者の集計", "contractor_confirmed_on": "受託者の確認日",
    "copy_erased_on": "控えを消去した日", "copy_sha256": "控えの照合値", "copy_years": "控えの保存年数",
    "print_use": "印刷の使い道", "copies": "部数", "counted": "集計に入れる", "counted_by": "集計した者",
    "counted_on": "集計日", "day": "日付", "days": "予定日数", "decided_on": "決裁日", "decision": "判断の理由",
    "department": "部", "detail": "詳細", "display_name": "表示名", "active": "利用中", "distributed": "配布数",
    "document_kind": "書類の種類", "document_number": "文書番号", "document_symbol": "文書記号", "done_by": "行った人",
    "done_on": "済んだ日", "draft_lead_open_days": "案の目安日（開庁日前）", "dropped_columns": "取り込まなかった列",
    "due": "期限", "duplicate": "重複", "duty": "区分", "email": "メール", "end_time": "終了時刻",
    "event_date": "実施日", "exception_kind": "実施期間外の扱い", "exception_reason": "実施期間外の理由",
    "extra": "そのほかの欄", "extra_materials": "追加資料あり", "facilitators": "ファシリテーター数", "fax": "ファクス",
    "file_name": "ファイル名", "fiscal_year": "年度", "fixed_on": "設問を決定した日", "form": "形", "format": "形式",
    "freeze_note": "確定の覚え", "frozen_at": "集計を確定した日時", "frozen_by": "集計を確定した人",
    "furigana": "ふりがな", "groups": "グループ数", "handed_out": "配布部数", "handling": "取扱い",
    "hands_on": "実機操作あり", "has_survey": "アンケートあり", "headcount_period": "人数連絡の期限",
    "honorific": "敬称", "households": "世帯数", "issued_on": "施行日", "item": "項目", "kind": "種別",
    "lecturer": "講師", "lent_devices": "貸与端末", "locked": "確定済", "login_id": "ID", "made_on": "作成日",
    "material_period": "資料確認の期限", "media_type": "ファイルの種類", "minutes": "時間（分）", "name": "名称",
    "nature": "協議の扱い", "needs_check": "確認が必要", "network": "通信環境", "new": "新規", "note": "備考",
    "looked": "見たページ",
    "admission": "入場番号", "admissions": "入場番号を入れる", "last_admission": "最後の入場番号",
    "dated_on": "日程の決定日",
    "aed": "AEDの場所", "refuge": "避難場所", "map_station": "地図の駅", "map_exit": "地図の出口",
    "map_street": "地図の通り", "map_building": "地図の建物", "map_minutes": "地図の徒歩（分）",
    "map_source": "地図の出典", "map_permission": "地図の使用の許可",
    "map_file_id": "地図の絵",
    "number": "番号", "offset_days": "何日前", "online_close": "オンライン締切", "online_url": "オンライン回答の場所",
    "ordinal": "回", "organisation_name": "団体", "organisations": "団体数", "original_place": "原本の保管場所",
    "ours": "区の数字", "own_devices": "持参端末", "owner": "担当", "page": "ページ", "pages": "ページ数",
    "partner": "協議の相手", "payment_period": "支払の期間", "people": "人数", "people_max": "人数の上限",
    "people_min": "人数の下限", "personal": "個人情報あり", "phone": "電話", "planned": "予定回数",
    "planned_unit": "数え方", "points": "条文の項目", "position": "順番", "postal_code": "郵便番号",
    "printed": "印刷部数", "problems": "気になる点", "proposal_period": "提案書の期間", "purpose": "入力の目的",
    "quantity": "数量", "question_lead_open_days": "設問の目安日（開庁日前）", "questions": "設問", "reason": "理由",
    "receipt_number": "受付番号", "received_how": "受領の方法", "received_on": "受領日", "reference": "整理番号",
    "report_period": "報告の期限", "representative": "代表者", "resolved": "対応済", "response": "対応",
    "responsible": "業務責任者", "result": "確認結果", "result_by": "確認した人", "result_note": "確認結果の備考",
    "result_on": "確認結果の日", "review_open_days": "確認の目安日（開庁日）", "revision": "版", "role": "役職",
    "room": "部屋", "sample": "見本", "sample_today": "見本の今日", "section": "課", "sender": "発信者",
    "settled_on": "協議が整った日", "sha256": "ファイルの照合値",
    "gone": "消去済み", "began": "始めた日時", "ended": "終えた日時", "pc": "パソコン",
    "opened_with": "開いた鍵", "generation": "世代", "made": "作った日時", "replayed": "くり返した変更",
    "missing": "足りない変更", "steps": "手順", "counts": "件数", "notes": "気づいたこと", "treatment": "処置",
    "treated_by": "処置を書いた人", "treated_on": "処置を書いた日", "words": "記した言葉",
    "since": "消す印を付けた日", "size": "大きさ", "skipped": "取り込まない",
    "source": "出どころ", "staff": "担当者", "stages": "活用の段階", "start_time": "開始時刻", "state": "状態",
    "status": "状態", "strict": "「程度」なし", "subject": "名称", "support_policy": "支援方針", "tables": "表",
    "task": "期限の種類", "term_end": "履行期間末", "text": "本文", "theirs": "受託者の数字", "title": "題名",
    "told_by": "連絡した人", "told_how": "連絡の方法", "told_on": "連絡日", "told_to": "連絡先", "tools": "ツール",
    "topic": "協議の題", "unit": "係", "uses": "使うもの", "valid_from": "適用する日", "venue": "会場",
    "venue_booked_on": "会場を予約した日", "venue_capacity": "会場の定員", "version": "版", "walk_ins": "当日受付",
    "ward": "区", "way": "方法", "window_end": "実施期間の終わり", "window_start": "実施期間の始め",
    "token": "消去の名", "lives": "消した欄", "files": "消した保管ファイル", "images": "書き直した履歴",
    "places": "どの回", "why": "なぜ消すか", "due_on": "いつまで", "items": "対象の行",
    "marked_at": "印を付けた日時", "erased_at": "消した日時", "erased": "消した数", "stayed": "使われて残した数",
    "removed_before": "前に外していた数", "left_over": "残っていた数", "searched": "探した氏名・番号の数",
    "confirmed_at": "日付を確かめた日時", "elsewhere": "ほかにもある数",
    "people_before": "消す前の延べ人数", "people_after": "消したあとの延べ人数", "until": "いつまで残す",
    "witness": "立会い", "kept_on": "残した日", "sort": "根拠の種類", "source_kind": "出典の種類", "count": "数",
    "seen": "集めたときの内容", "kept_reason": "このままにした理由", "work": "実施案", "this_year": "今年度",
    "next_year": "次年度案", "issues": "応える課題", "condition": "必要な条件", "confirmed": "確認したこと",
    "policy": "支援方針", "support": "次年度の支援", "maker": "作成者", "counted_to": "もとにした日",
    "hand_in": "出すもの", "total_this": "今年度の計", "total_next": "次年度の計", "cut_note": "減額の注意",
    "evidence": "根拠", "kept_by": "残した人", "key": "項目", "confirmed_by": "確かめた人",
    "settlements": "受託者との差の扱い", "uncompared": "照合せず確定した理由", "answered": "答えた設問",
    "place": "設問の位置", "second": "2回目", "typist": "2回目を打つ人", "agreed_with": "協議の相手",
    "archived": "使わない", "asked_of": "聞く相手", "large_copies": "拡大版の部数", "question_code": "設問",
    "quote": "引用する文", "quoted": "引用する", "settled_at": "確かめた日時", "first_answers": "1回目の回答",
    "typed_by": "入力した人", "absent_note": "欠席の連絡の内容", "absent_told_at": "欠席の連絡", "access": "行き方",
    "again_at": "かけ直す時刻", "amount": "金額（円）", "applied_at": "申込日時", "applied_on": "申請日",
    "approval_number": "承認番号", "approved_by": "承認者", "approved_on": "承認日", "attendance": "出欠",
    "attended_at": "受付の時刻", "back_at": "返却の時刻", "barrier_free": "段差・設備", "cancel_by": "取消期限",
    "cancelled": "取消", "capacity": "定員", "care": "配慮", "cleared_by": "片付けを確かめた人",
    "cleared_on": "片付けの確認", "columns": "列", "contents": "格納情報", "count_source": "人数の出どころ",
    "decided_at": "判断した時刻", "decided_by": "判断した者", "destination": "持ち出し先", "device": "端末",
    "dispose_on": "廃棄予定日", "disposed_at": "廃棄した日時", "doubtful": "確認が必要なこと",
    "due_back_at": "返却予定", "encoding": "文字コード", "encryption": "暗号化の方法", "equipment": "備品",
    "facilitator": "ファシリテーター", "composition": "人数・団体数", "step": "段階", "chosen": "選定",
    "facility": "施設の区分",
    "fee": "使用料（円）", "from_on": "就任日", "group_number": "班", "households_text": "世帯数（書かれたまま）",
    "initialised_at": "初期化した時刻", "key_note": "鍵", "lines": "決まり方", "made_at": "行った日時",
    "marked_on": "確かめた日", "medium": "媒体", "method": "決め方", "not_chosen_first": "前に外れた人を先に",
    "ordered_on": "依頼日", "ordered_to": "依頼先", "organisation_limit": "1団体の上限",
    "organisations_first": "1団体1人を先に", "out_at": "貸し出した時刻", "outcome": "結果", "part": "書類の部分",
    "photo": "撮影", "reading": "読み方", "received_at": "受付日時", "reduction": "減免", "remembered_at": "覚えた日時",
    "reserved_on": "仮予約した日", "retired_on": "使わなくした日", "return_checked_by": "返却確認者",
    "returned_at": "返却日時", "returned_copies": "返却部数", "seat": "席", "seed": "抽選の種",
    "settled_by": "確かめた人", "source_key": "出どころ", "stage": "段階", "taken_at": "持ち出し日時",
    "taken_by": "持ち出した者", "target": "相手", "to_on": "退任日", "together": "同じ班にする", "tool": "ツール",
    "answer_by": "確認の期限", "clause": "根拠", "confirmed_how": "確認の方法", "confirmed_on": "確認日",
    "contractor_people": "受託者の出た人", "contractor_view": "受託者の考え", "done_note": "済んだことの覚え",
    "handed": "配ったもの", "held_on": "打合せの日", "next_meeting": "つぎの打合せ", "person": "担当者",
    "related": "関係", "section_answer": "契約課の回答", "section_asked_on": "契約課へ確認した日",
    "section_person": "契約課の相手", "side": "担当", "ward_people": "区の出た人", "ward_view": "区の考え",
    "withdrawn_on": "取り消した日", "cells": "記入", "head": "対象", "filled_on": "確認票の日",
    "filled_by": "受託者の確認者", "review_on": "見直しの日", "list": "確認票の種類", "ledger": "管理簿", "about": "欄",
    "old": "元の値", "every": "点検の間隔", "begins": "点検を始める日", "updated": "更新", "value": "連絡先",
    "venue_name": "会場", "waiting_order": "補欠の順", "walk_in": "当日受付", "late": "遅刻", "what": "種類",
    "received_from": "差出人", "received_time": "受領の時刻", "keep_years": "保存年限（年）", "sensitive": "重要情報",
    "asked_by": "依頼した人", "correction_due": "修正の期限", "correction_text": "修正依頼の文",
    "asked_to_tell": "修正依頼を伝える",
    "contract_number": "契約番号", "tax_rate": "消費税の税率", "tax": "消費税額（円）", "specification": "仕様書の版",
    "specification_on": "仕様書の日付", "payment_way": "支払の方法", "invoice_to": "請求書の宛名",
    "annex_004": "契約外の特記事項を区の自主管理にする", "expiry_days": "満了を知らせる日",
    "registration_number": "登録番号",
    "accounts_due": "会計の締切", "apply_by": "申請期限", "report_by": "実績報告期限", "state_on": "状態の日",
    "invoice_seal": "請求書の押印", "account": "振込先の口座", "account_holder": "口座の名義", "said": "書類の記載",
    "reasons": "そのまま受ける理由", "first_by": "点検した人（1人目）", "second_by": "点検した人（2人目）",
    "inspector_post": "検査員の職", "inspector": "検査員", "witness_post": "立会人の職", "repair": "手直しの内容",
    "repair_due": "手直しの期限", "repaired_on": "手直しが済んだ日", "open_reason": "未了の書類があるまま進める理由",
    "order_number": "支出命令の番号", "paid_on": "支払日", "matter": "確認すること", "answer": "回答",
    "answered_on": "回答の日", "signed": "署名", "signer": "代表者", "signer_role": "代表者の役職", "wish": "希望",
    "current_use": "いまの様子", "trouble": "困っていること", "took_part": "講習会への参加",
    "phones": "スマートフォンを持つ人数", "consent": "受託者へ知らせる同意", "consent_on": "同意を確かめた日",
    "unlinked_reason": "講習会に不参加でも選ぶ理由", "handed_on": "受託者へ渡した日", "handed_how": "渡した方法",
    "hearing_on": "ヒアリングの日", "hearing_how": "ヒアリングの方法", "hearing_people": "ヒアリングをした人",
    "issue": "課題", "agreed": "合意した内容", "agreement_number": "協議の番号", "line": "通信", "question": "問い",
    "next_on": "つぎの日", "figures": "数と出どころ", "typed": "候補日", "made_by": "作った人", "whom": "話した相手",
    "wishes": "希望", "withdrawn": "取下げ", "withdrawn_reason": "取り消した理由",
}  # fmt: skip

_FIELDS_OF_TABLE: Final[Mapping[tuple[str, str], str]] = {
    ("kept_numbers", "number"): "数字",
    ("incident_notes", "step"): "相手・措置",
    ("incidents", "number"): "号",
    ("incidents", "known_at"): "把握した日時",
    ("schedule_plans", "ordinal"): "案の番号",
    ("schedule_plans", "applied_on"): "実施回にした日",
    ("schedule_plans", "made_on"): "案を作った日",
    ("planned_changes", "value"): "変更後",
    ("planned_changes", "from_on"): "替わる日",
    ("planned_changes", "applied_on"): "登録に反映した日",
    ("received_papers", "kind"): "書類の種類",
    ("received_papers", "receipt_number"): "収受番号",
    ("received_papers", "encrypted"): "送りかた",
    ("received_papers", "points"): "内容確認",
    ("received_papers", "asked_on"): "修正を依頼した日",
    ("report_photos", "taken_at"): "撮影の時刻",
    ("report_photos", "scene"): "場面",
    ("report_photos", "seen"): "写っている人",
    ("report_photos", "consent"): "了解の取り方",
    ("report_photos", "permitted"): "使ってよい範囲",
    ("report_photos", "treated"): "加工・確認",
    ("presentations", "of_contractor"): "受託者の講師",
    ("presentations", "addressed"): "宛名",
    ("presentations", "asked"): "お願いする内容",
    ("presentations", "minutes"): "発表の時間（分）",
    ("presentations", "start_time"): "発表の時刻",
    ("presentations", "questions"): "質問の時間（分）",
    ("presentations", "answer_by"): "返事の期限",
    ("presentations", "answer"): "返事",
    ("presentations", "answered_on"): "返事を受けた日",
    ("presentations", "received_by"): "受けた人",
    ("presentations", "presenter"): "発表する人",
    ("presentations", "contact_id"): "電話番号",
    ("presentations", "material"): "資料",
    ("presentations", "sheets"): "紙の枚数",
    ("presentations", "material_id"): "配布資料",
    ("presentations", "use_handout"): "資料を配る",
    ("presentations", "use_report"): "報告書に要旨",
    ("presentations", "use_web"): "ホームページに要旨",
    ("presentations", "use_report_photo"): "報告書に写真",
    ("presentations", "use_web_photo"): "区報・ホームページに写真",
    ("presentations", "pictured_agree"): "写る人の了解",
    ("presentations", "tell_number"): "受託者に電話番号",
    ("presentations", "withdrawn_on"): "承諾の取りやめの日",
    ("presentations", "withdrawn_words"): "取りやめの申し出",
    ("dispatch_wishes", "days"): "希望する日",
    ("dispatch_wishes", "receipt_number"): "収受番号",
    ("dispatch_wishes", "fee"): "使用料",
    ("dispatch_wishes", "equipment"): "会場で使えるもの",
    ("dispatch_wishes", "decided_on"): "決定した日",
    ("dispatch_wishes", "exception_reason"): "それでも選ぶ理由",
    ("dispatch_supports", "fee"): "使用料",
    ("dispatch_supports", "equipment"): "会場で使えるもの",
    ("dispatch_follow_ups", "asked_on"): "受けた日",
    ("dispatch_follow_ups", "answer"): "対応",
    ("dispatch_follow_ups", "answered_on"): "対応日",
    ("dispatch_follow_ups", "counted"): "聞いた数",
    ("kept_numbers", "place"): "紙・報告書",
    ("findings", "place"): "ページの上の場所",
    ("materials", "rights"): "権利",
    ("kept_numbers", "theirs"): "紙・報告書の数字",
    ("people", "name"): "氏名",
    ("stored_files", "name"): "ファイル名",
    ("acts", "title"): "内容",
    ("acts", "withdrawn"): "取消",
    ("answer_sheets", "number"): "用紙の番号",
    ("reports", "way"): "作成・受領",
    ("event_results", "lent_devices"): "貸与端末数",
    ("agreements", "number"): "協議番号",
    ("agreements", "ordinal"): "記録の番号",
    ("agreements", "decision"): "決まったこと",
    ("agreements", "content"): "問い",
    ("meetings", "subject"): "打合せの件名",
    ("homework", "text"): "宿題",
    ("task_closings", "closed_on"): "済んだ日",
    ("programmes", "title"): "契約件名",
    ("programmes", "amount"): "契約金額（円）",
    ("contract_terms", "amount"): "契約金額（円）",
    ("contract_terms", "number"): "契約変更の番号",
    ("kind_numbers", "number"): "契約変更の番号",
    ("kind_numbers", "form"): "実施の形",
    ("kind_numbers", "title"): "正式な名前",
    ("kind_numbers", "name"): "名前",
    ("kind_numbers", "name_in_text"): "文の中での名前",
    ("kind_numbers", "sign"): "記号",
    ("kind_numbers", "lecturer"): "講師の呼び名",
    ("kind_numbers", "position"): "種類の順",
    ("kind_numbers", "questionnaire"): "はじめの設問",
    ("kind_numbers", "lends_devices"): "区がタブレットを貸与",
    ("kind_numbers", "ward_supplies"): "区が準備する機材",
    ("kind_numbers", "report_items"): "報告書に書くこと",
    ("kind_numbers", "people_text"): "仕様書の文（人数）",
    ("events", "form"): "実施の形",
    ("contractors", "address"): "住所",
    ("paper_readings", "checked_on"): "点検を終えた日",
    ("inspections", "held_on"): "検査年月日",
    ("inspections", "witness"): "立会人",
    ("payments", "ordered_on"): "支出命令の日",
    ("account_questions", "asked_on"): "確認を頼んだ日",
    ("arrangements", "settled_on"): "手配が済んだ日",
    ("arrangements", "kind"): "手配の種類",
    ("entries", "number"): "名簿の番号",
    ("entries", "way"): "経路",
    ("tablets", "number"): "タブレットの番号",
    ("table_groups", "number"): "班",
    ("table_groups", "notes"): "付箋の枚数",
    ("discussion_lines", "notes"): "付箋の枚数",
    ("discussion_lines", "text"): "行",
    ("discussion_points", "part"): "まとめの部分",
    ("discussion_points", "lines"): "もとになった討議",
    ("takeouts", "purpose"): "用途",
    ("ledger_notes", "new"): "新しい値",
    ("ledger_notes", "part"): "訂正の番号",
    ("ledger_settings", "basis"): "区の根拠",
    ("check_sheets", "answers"): "判定",
    ("contacts", "purpose"): "使う目的",
    ("earlier_counts", "events"): "回数",
    ("earlier_counts", "sheets"): "回収数",
    ("earlier_figures", "number"): "数",
    ("earlier_figures", "day"): "いつまでの数か",
    ("year_answers", "asked_by"): "聞いた人",
    ("year_answers", "asked_on"): "聞かれた日",
    ("year_answers", "day"): "数が正しかった日",
    ("protected_places", "entrants"): "入れる人",
    ("protected_places", "basis"): "保護の根拠",
    ("protected_places", "ended_by"): "外した人",
    ("protected_places", "ended_at"): "外した日時",
}

# What the parts of a record inside a field are called: of a question, of an answer.
_PART_NAMES: Final[Mapping[str, str]] = {
    "title": "設問の文", "type": "種類", "options": "選択肢", "max_select": "選べる数", "has_other": "その他の記入",
    "exclusive_option": "ほかと一緒に選べない選択肢", "positive": "足して数える選択肢", "role": "集計での役割",
    "personal": "個人情報あり", "note": "注記", "asked_of": "聞く相手", "asked_of_options": "聞く相手の選択",
    "scale": "段階", "unit": "単位", "lines": "記入の行数", "chosen": "選んだもの", "other": "その他", "text": "記入",
    "out_of_list": "選択肢にないもの", "code": "設問の番号", "result": "結果", "page": "ページ",
}  # fmt: skip

# Fields that mean nothing to a reader: links to other rows and keyed hashes; ``scan`` stands in old steps alone.
_HIDDEN_FIELDS: Final = frozenset(
    {
        "id", "event_id", "plan_id", "paper_id", "agreement_id", "meeting_id", "programme_id", "organisation_id",
        "material_id", "version_id", "survey_id", "import_id",
        "report_id", "file_id", "copy_file_id", "disposal_id", "incident_id",
        "withdraws", "keyed_hash", "row_key", "respondent_key", "scan",
        "person_id", "application_id", "tablet_id", "entry_id", "first_entry_id", "second_entry_id", "substitute_for",
        "moved_to", "replaces", "first_id", "second_id", "lecture_id",
        "decision_id", "venue_id", "outgoing_id", "key", "facts", "questionnaire_id", "sheet_id", "theme_id",
    }
)  # fmt: skip

_YES_NO: Final = frozenset(
    {
        "active", "sample", "strict", "has_survey", "extra_materials", "hands_on", "locked", "resolved", "counted",
        "personal", "annex_004", "signed",
        "walk_in", "late", "withdrawn", "together", "organisations_first", "not_chosen_first", "cancelled", "archived",
        "quoted", "chosen", "reason_seen",
    }
)  # fmt: skip

_AMOUNT_FIELDS: Final = frozenset({"amount", "tax", "fee"})

# The column that tells one row of a table from another, for a reader.
_NAMING_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "programmes": ("title",), "kind_numbers": ("kind",), "contract_terms": ("valid_from",), "task_closings": ("task",),
    "closed_days": ("day",), "contractors": ("name",),
    "paper_settings": ("document_kind",), "users": ("display_name",), "organisations": ("name",), "people": ("name",),
    "events": ("subject",), "agenda_items": ("title",), "equipment_items": ("name",), "recruitment_steps": ("name",),
    "deadline_overrides": ("task",), "agreements": ("topic",), "meetings": ("subject",), "homework": ("text",),
    "agreement_files": ("name",), "expected_counts": ("organisation_name",),
    "headcount_notices": ("revision",), "stored_files": ("name",), "letters": ("document_kind",),
    "outgoing": ("document_kind",), "acts": ("document_kind", "title"), "materials": ("title",),
    "material_versions": ("version",), "findings": ("text",),
    "questionnaires": ("name",), "event_surveys": ("title",), "survey_imports": ("file_name",),
    "answer_sheets": ("number",), "reports": ("version",), "received_papers": ("kind",), "report_figures": ("item",),
    "kept_numbers": ("number",),
    "memberships": ("role",), "contacts": ("kind",), "stage_marks": ("tool",), "not_doubles": ("what",),
    "subsidies": ("fiscal_year",),
    "applications": ("receipt_number",), "foreign_imports": ("file_name",), "column_maps": ("target",),
    "entries": ("number",), "selections": ("method",), "table_groups": ("number",), "discussion_lines": ("text",),
    "discussion_points": ("part",), "arrangements": ("kind",),
    "tablets": ("number",), "change_decisions": ("kind",), "calls": ("target",), "venues": ("name",),
    "bookings": ("venue_name",), "takeouts": ("contents",), "ledger_rows": ("number",), "ledger_notes": ("what",),
    "check_sheets": ("number",), "paper_texts": ("document_kind",), "comment_themes": ("name",),
    "earlier_counts": ("fiscal_year",), "inspections": ("held_on",), "payments": ("ordered_on",),
    "account_questions": ("matter",),
    "dispatch_wishes": ("received_on",), "dispatch_supports": (), "dispatch_follow_ups": ("kind",),
    "earlier_figures": ("kind", "item"), "year_reasons": ("item",),
    "year_answers": ("question",),
    "schedule_plans": ("name",), "schedule_candidates": ("subject",), "ward_days": ("title",),
    "presentations": ("organisation_name",),
    "planned_changes": ("what",),
}  # fmt: skip

_EMPTY: Final = "（空欄）"


def table_name(table: str) -> str:
    """Return the name for rows of a table."""
    return TABLES.get(table, "記録")


Names = Mapping[str, Mapping[int, str]]
"""Names of people and 団体 by the column that refers to them."""
NAME_REFERENCES: Final = ("person_id", "organisation_id", "entry_id")
_PERSON_TABLES: Final = frozenset(
    {
        "entries", "applications", "contacts", "memberships", "arrangements", "tablet_loans", "calls", "group_wishes",
        "stage_marks", "subsidies",
        "planned_changes", "dispatch_wishes", "dispatch_supports", "expected_counts", "outgoing_people",
        "outgoing_organisations",
        "proposal_policies",
    }
)  # fmt: skip
"""Tables whose rows are named by the person they are about."""


def row_name(table: str, row: Mapping[str, Any], names: Names | None = None) -> str:
    """Return 「資料「テキスト」」, 「名簿「練馬 花子」」, or the table's name alone when the row has no name of its
    own.

    Args:
        names: of people and 団体 as they stand now.
    """
    if names is not None and table in _PERSON_TABLES:
        about = (names.get(key, {}).get(row.get(key) or 0) for key in NAME_REFERENCES)
        if whose := next((name for name in about if name), ""):
            return f"{table_name(table)}「{whose}」"
    named = [str(row[name]) for name in _NAMING_FIELDS.get(table, ()) if row.get(name)]
    return f"{table_name(table)}「{value_words(_NAMING_FIELDS[table][0], named[0])}」" if named else table_name(table)


def is_shown(field: str) -> bool:
    """Return whether a field is shown in the 履歴."""
    return field not in _HIDDEN_FIELDS


def field_name(table: str, field: str) -> str:
    """Return the Japanese name of a field."""
    return (
        _record_field_names(table).get(field) or _FIELDS_OF_TABLE.get((table, field)) or _FIELDS.get(field, "そのほか")
    )


@cache
def _record_field_names(table: str) -> Mapping[str, str]:
    """Return the field names that the record of a table declares."""
    kind = next((kind for kind, one in TABLE_OF.items() if one == table), None)
    return {name: _amount_field_name(told.spec) for name, told in specs(kind).items()} if kind else {}


def _amount_field_name(spec: Spec) -> str:
    """Return the name of a field, with 「（円）」 for an amount, whose value is shown without the unit."""
    return f"{spec.label}（{spec.unit}）" if spec.unit == "円" else spec.label


def value_words(field: str, value: Any) -> str:
    """Return a stored value as text: dates in full, yes and no, lists joined by 、."""
    if value is None or value in ("", "[]", "{}"):
        return _EMPTY
    if field in _YES_NO:
        return "はい" if value else "いいえ"
    if isinstance(value, str):
        return _text_words(value)
    return f"{value:,}" if field in _AMOUNT_FIELDS and isinstance(value, int) else str(value)


def part_words(field: str, value: Any) -> str:
    """Return the text for one part of a field; a record inside it is described by all its fields."""
    if isinstance(value, str) and value[:1] == "{":
        return _named_words(json.loads(value)) or _EMPTY
    return value_words(field, value)


def _named_words(plain: Mapping[str, Any]) -> str:
    return "、".join(
        f"{_PART_NAMES.get(name, name)}：{_plain_words(item)}"
        for name, item in plain.items()
        if item not in (None, "", [], {})
    )


def _text_words(value: str) -> str:
    if value[:1] in "[{":
        try:
            return _plain_words(json.loads(value))
        except ValueError:
            return value
    if value[:4].isdigit() and value[4:5] == "-":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        day = long_date(date(moment.year, moment.month, moment.day))
        return day if len(value) == 10 else f"{day} {moment:%H:%M}"
    return value


def _plain_words(plain: Any) -> str:
    """Return a list or a mapping in one line; records inside by their title or their values."""
    if isinstance(plain, dict):
        if "title" in plain:
            return str(plain["title"])
        return _named_words(plain)
    if isinstance(plain, list):
        return "、".join(_plain_words(item) for item in plain)
    if isinstance(plain, bool):
        return "はい" if plain else "いいえ"
    return str(plain)


class UndoGuard(Protocol):
    """A check that refuses an undo which would change what a subject has fixed."""

    def __call__(self, store: Store, net: Collection[RowChange], *, cannot: str) -> None:
        """Raise ``UserError`` when the ``net`` changes are not allowed; ``cannot`` is 「元に戻せません」 or the
        like.
        """


_CHANGE_BY_HAND: Final = "直すときは、「変更」でその操作を選び、「この場所を開く」から直せます"
"""Advice to change by hand an action that undo skips because of a later barrier (0014)."""
UNDO_GUARDS: Final[ExtensionPoint[UndoGuard]] = ExtensionPoint("undo_guards")


@dataclass(frozen=True)
class UndoResult:
    """The result of an undo or redo: a sentence for the undo bar, the journal entry and its event."""

    message: str
    seq: int
    event_id: int | None


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as text; ``row_name`` names the row (「資料「テキスト」」)."""

    row_name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """One action in the 履歴 with what it changed; ``is_undone`` = undone since.

    ``outgoing_id`` is the row of the outgoing log whose 控え this action kept, None where nothing left.
    """

    seq: int
    at: datetime
    by: str
    action: str
    event_id: int | None
    changes: tuple[FieldChange, ...]
    is_undone: bool
    outgoing_id: int | None = None


def last_action(store: Store) -> int:
    """Return the number of the newest journal entry (0 = none yet), to mark where a piece of work begins."""
    return table.newest(store.database)


def undo(store: Store, *, by: str, now: datetime, since: int = 0, event_id: int | None = None) -> UndoResult:
    """Undo one's own newest action that is in effect, as a new entry of the journal.

    Undo is per person and in order. An own action before a later barrier (``JournalEntry``) of one's own is skipped
    and named. Saving and printing by others do not block it: what they produced is kept with the log, and what others
    changed since is found row by row.

    Rows of ledgers are never deleted: an added row is marked as 取消, or a 取消 row is added for it.

    Args:
        since: only actions after this journal number. event_id: only actions of this event.
    Raises:
        UserError: there is nothing to undo, an own export stands before it, or a row was changed
            since (the later change is named).
    """
    found, passed = _next_undo(store, by, since=since, event_id=event_id)
    if found is None:
        narrowed = since and passed is None and _next_undo(store, by)[0] is not None
        why = "この画面を開く前の操作は、ほかの画面で元に戻せます。" if narrowed else _undo_problem(store, passed)
        raise UserError("元に戻せる操作がありません。", why)
    entry = _with_images(store, found)
    undone = _write_undo(store, entry, by=by, now=now)
    if passed is None:
        return undone
    kept = f"「{passed.entry.action}」は、「{passed.barrier.action}」より前のため、そのままです（{_CHANGE_BY_HAND}）。"
    return replace(undone, message=undone.message + kept)


def undo_entry(store: Store, *, seq: int, by: str, now: datetime) -> UndoResult:
    """Undo one own action by its number, as a new entry of the journal, in the fields that it changed only.

    Args:
        seq: the number of the action in the journal.
    Raises:
        UserError: ``undo_entry_problem`` says why, or a row was changed since (the later change is named).
    """
    entry = table.entry_of(store.database, seq)
    if entry is None:
        raise UserError("その操作は、履歴にありません。", "画面を開き直してください。")
    refused, net = _undo_changes(store, entry, by)
    if refused:
        raise UserError(f"「{entry.action}」は、元に戻せません。", refused)
    return _write_undo(store, entry, by=by, now=now, changes=net)


def _on_current_rows(read_image: image_upgrade.ReadImage, changes: Sequence[RowChange]) -> list[RowChange]:
    """Return the changes as if made to the rows of now, so that others' later changes in other fields stay.

    A row of which a changed field has another value by now keeps its images, so that the undo is refused.
    """
    found = []
    for item in changes:
        now = read_image(item.table, item.row_id)
        if now is not None and item.before is not None and item.after is not None:
            fields = {name for name, value in item.after.items() if item.before.get(name) != value}
            if all(now.get(name) == item.after[name] for name in fields):
                back = {name: item.before.get(name) for name in fields}
                found.append(replace(item, before=now | back, after=now))
                continue
        found.append(item)
    return found


def undo_entry_problem(store: Store, *, entry: JournalEntry, by: str) -> str:
    """Return why an action can't be undone alone, and what to do instead; "" when it can."""
    return _undo_changes(store, entry, by)[0]


def _undo_changes(store: Store, entry: JournalEntry, by: str) -> tuple[str, list[RowChange]]:
    """Return why an action can't be undone alone ("" = it can), and its changes applied to the current rows."""
    net = table.net_changes(entry)
    if entry.undo_of is not None:
        refused = "元に戻したことは、続けて Ctrl+Y を押すとやり直せます。"
    elif not net or entry.barrier:
        refused = (
            "書類を出したことや消したことは取り消せません。書き直すところがあれば、その場所を開いて直してください。"
        )
    elif entry.seq in table.undone_entries(store.database, [entry.seq]):
        refused = "もう元に戻してあります。"
    elif entry.by != by:
        refused = f"元に戻せるのは、ご自分の操作だけです。{entry.by}さんに頼むか、その場所を開いて直してください。"
    elif barrier := _barrier_of(store, entry, by):
        refused = (
            f"そのあとに「{barrier.action}」（{_moment_text(barrier)}）があります。その場所を開いて直してください。"
        )
    else:
        refused = ""
        try:
            net = _upgraded_changes(store, entry, net, "元に戻せません", adjust=_on_current_rows)
            net = _on_current_rows(partial(table.image_of, store.database), net)
            _check_unchanged(store, entry, net, "元に戻せません")
            _check_guards(store, net, cannot="元に戻せません")
        except UserError as refusal:
            refused = f"{refusal.happened}{refusal.todo}"
    return refused, net


def _barrier_of(store: Store, entry: JournalEntry, by: str) -> JournalEntry | None:
    """Return the later own barrier that covers an action, or None."""
    beginning = table.last_global_barrier(store.database)
    if entry.seq <= beginning:
        return table.entry_of(store.database, beginning)
    events: dict[int, JournalEntry] = {}
    subjects: dict[str, JournalEntry] = {}
    for head in table.own_headers(store.database, by, after=entry.seq):
        if head.barrier and head.event_id is not None:
            events.setdefault(head.event_id, head)
        elif head.barrier:
            subjects.setdefault(head.subject, head)
    return _barrier_over(store, entry, events, subjects)


def _write_undo(
    store: Store, entry: JournalEntry, *, by: str, now: datetime, changes: list[RowChange] | None = None
) -> UndoResult:
    """Write the undo of an action; raises ``UserError`` where a row was changed since or a subject forbids it.

    Args:
        changes: what it changed, where that is not the rows as it left them (``_on_current_rows``).
    """
    changes = (
        _upgraded_changes(store, entry, table.net_changes(entry), "元に戻せません") if changes is None else changes
    )
    _check_unchanged(store, entry, changes, "元に戻せません")
    _check_guards(store, changes, cannot="元に戻せません")
    with (
        _named_reference_errors(store, entry, changes),
        store.change(
            action=f"「{entry.action}」を元に戻した",
            by=by,
            now=now,
            subject=entry.subject,
            event_id=entry.event_id,
            undo_of=entry.seq,
        ) as change,
    ):
        table.hold_references_until_commit(store.database)
        kept = _rows_kept_with_ledger(changes)
        for item in reversed(changes):
            if (item.table, item.row_id) in kept:
                continue
            if not _added_to_ledger(item):
                change.restore(item.table, item.row_id, item.before)
            elif mark := table.withdrawal_column(item.table):
                change.restore(item.table, item.row_id, {**(item.after or {}), mark: 1})
            else:
                _add_ledger_note(change, item, is_undone=True, by=by, now=now)
    return UndoResult(f"「{entry.action}」を元に戻しました。", entry.seq, entry.event_id)


def redo(store: Store, *, by: str, now: datetime) -> UndoResult:
    """Repeat the action that was undone last, as long as nothing else was done since.

    Raises:
        UserError: there is nothing to repeat, or a row was changed since (the later change is named).
    """
    found = _next_redo(store, by)
    if found is None:
        raise UserError("やり直せる操作がありません。", "元に戻した操作は、ほかの操作をする前ならやり直せます。")
    undone = _with_images(store, found)
    entry = _with_images(store, undone, of=undone.undo_of)
    net = [item for item in table.net_changes(undone) if not _added_to_ledger(item)]
    net = _upgraded_changes(store, undone, net, "やり直せません")
    again = table.net_changes(entry)
    kept = _rows_kept_with_ledger(again)
    noted = [
        item
        for item in again
        if _added_to_ledger(item) and not table.withdrawal_column(item.table) and (item.table, item.row_id) not in kept
    ]
    noted = _upgraded_changes(store, entry, noted, "やり直せません")
    _check_unchanged(store, undone, net, "やり直せません")
    _check_guards(store, net, cannot="やり直せません")
    with (
        _named_reference_errors(store, undone, net),
        store.change(
            action=f"「{entry.action}」をやり直した",
            by=by,
            now=now,
            subject=entry.subject,
            event_id=entry.event_id,
            redo_of=entry.seq,
        ) as change,
    ):
        table.hold_references_until_commit(store.database)
        for item in reversed(net):
            change.restore(item.table, item.row_id, item.before)
        for item in noted:
            _add_ledger_note(change, item, is_undone=False, by=by, now=now)
    return UndoResult(f"「{entry.action}」をやり直しました。", entry.seq, entry.event_id)


def read_names(store: Store, images: Sequence[Mapping[str, Any]]) -> Names:
    """Return the current names of people and 団体 whose ids occur in row images."""
    wanted = {key: {int(one[key]) for one in images if isinstance(one.get(key), int)} for key in NAME_REFERENCES}
    entries = rows(store.database, Entry, id=sorted(wanted["entry_id"])) if wanted["entry_id"] else []
    people = wanted["person_id"] | {one.person_id for one in entries if one.person_id is not None}
    places = wanted["organisation_id"]
    of_person = {one.id: one.name for one in rows(store.database, Person, id=sorted(people))} if people else {}
    of_place = {one.id: one.name for one in rows(store.database, Organisation, id=sorted(places))} if places else {}
    return {
        "person_id": of_person,
        "organisation_id": of_place,
        "entry_id": {one.id: of_person.get(one.person_id or 0, "") for one in entries},
    }


def history_lines(store: Store, entries: Sequence[JournalEntry]) -> tuple[HistoryLine, ...]:
    """Return journal entries as 履歴 lines, in the order given."""
    undone = table.undone_entries(store.database, [entry.seq for entry in entries])
    images = [image for entry in entries for item in entry.changes for image in (item.before, item.after) if image]
    names = read_names(store, images)
    return tuple(
        HistoryLine(
            seq=entry.seq,
            at=entry.at,
            by=entry.by,
            action=entry.action,
            event_id=entry.event_id,
            changes=(
                *(line for change in table.net_changes(entry) for line in _field_changes(change, names)),
                *(
                    replace(line, field=f"{line.field}（選ばなかった書きかけ）")
                    for change in table.unchosen_changes(entry)
                    for line in _field_changes(change, names)
                ),
            ),
            is_undone=entry.seq in undone,
            outgoing_id=_outgoing_id(entry),
        )
        for entry in entries
    )


@dataclass(frozen=True)
class _SkippedEntry:
    """An own action that undo skips, and the later barrier that covers it."""

    entry: JournalEntry
    barrier: JournalEntry


def _next_undo(
    store: Store, by: str, *, since: int = 0, event_id: int | None = None
) -> tuple[JournalEntry | None, _SkippedEntry | None]:
    """Return one's newest undoable action, and the newest one that is skipped because of a barrier.

    Going back from the newest, an own export covers everything that one did before for the same event (or the same
    subject, where it concerns no event); exports by others cover nothing.
    """
    taken: set[int | None] = set()
    events: dict[int, JournalEntry] = {}
    subjects: dict[str, JournalEntry] = {}
    passed: _SkippedEntry | None = None
    for head in table.own_headers(store.database, by, after=max(since, table.last_global_barrier(store.database))):
        if head.barrier:
            if head.event_id is not None:
                events.setdefault(head.event_id, head)
            else:
                subjects.setdefault(head.subject, head)
        elif head.undo_of is not None:
            taken.add(head.undo_of)
        elif head.seq not in taken and event_id in (None, head.event_id):
            barrier = _barrier_over(store, head, events, subjects)
            if barrier is None:
                return head, passed
            passed = passed or _SkippedEntry(head, barrier)
    return None, passed


def _barrier_over(
    store: Store, head: JournalEntry, events: dict[int, JournalEntry], subjects: dict[str, JournalEntry]
) -> JournalEntry | None:
    """Return a later barrier that covers an action, or None."""
    if head.event_id in events:
        return events[head.event_id]
    if not events and not subjects:
        return None
    concerned = table.events_of(_with_images(store, head))
    if not concerned:
        return subjects.get(head.subject)
    return next((events[one] for one in sorted(concerned) if one in events), None)


def _next_redo(store: Store, by: str) -> JournalEntry | None:
    """Return the newest own undo that was not repeated, if no other own action (an export too) came after it."""
    repeated: set[int | None] = set()
    for entry in table.own_headers(store.database, by, after=table.last_global_barrier(store.database)):
        if entry.redo_of is not None:
            repeated.add(entry.redo_of)
        elif entry.undo_of is None:
            return None
        elif entry.undo_of not in repeated:
            return entry
    return None


def _undo_problem(store: Store, skipped: _SkippedEntry | None) -> str:
    """Return the sentence that names the barrier before the actions that can no longer be undone."""
    barrier = skipped.barrier if skipped else table.entry_of(store.database, table.last_global_barrier(store.database))
    if barrier is None:
        return "元に戻せるのは、ご自分の操作だけです。"
    return f"{_moment_text(barrier)}の「{barrier.action}」より前の操作は、元に戻せません。{_CHANGE_BY_HAND}。"


def _upgraded_changes(
    store: Store,
    entry: JournalEntry,
    changes: list[RowChange],
    cannot: str,
    *,
    adjust: image_upgrade.AdjustImages | None = None,
) -> list[RowChange]:
    """Return the changes of an entry in today's schema; raises ``UserError`` that names what prevents it."""
    try:
        return image_upgrade.upgrade_images(store.database, entry.seq, changes, adjust=adjust)
    except image_upgrade.ImageNotUpgradable as unfit:
        raise UserError(
            f"「{entry.action}」は{cannot}。{_moment_text(unfit.shape)}の「{unfit.shape.action}」で、"
            "同じところの持ち方が変わっています。",
            "いまの内容を、その場所を開いて直してください。",
        ) from unfit


def _check_unchanged(store: Store, entry: JournalEntry, changes: list[RowChange], cannot: str) -> None:
    """Raise ``UserError``, naming the later change, when a row is no longer as the entry left it."""
    for item in changes:
        if not table.is_row_equal(store.database, item.table, item.row_id, item.after):
            later = table.later_change(store.database, entry.seq, item.table, item.row_id)
            raise _undo_error(entry, later, cannot)


class _named_reference_errors:  # noqa: N801 - reads as a clause of the with statement
    """Turn a foreign-key error at the commit into a ``UserError`` that names the later change."""

    def __init__(self, store: Store, entry: JournalEntry, changes: list[RowChange]) -> None:
        self._store, self._entry, self._changes = store, entry, changes

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, storage_errors.ENGINE_ERRORS) or "constraint" not in str(error).lower():
            return
        for item in self._changes:
            if item.before is None:
                for other, row_id in table.referring_rows(self._store.database, item.table, item.row_id):
                    later = table.later_change(self._store.database, self._entry.seq, other, row_id)
                    if later is not None:
                        raise _undo_error(self._entry, later, "元に戻せません") from error
        raise _undo_error(self._entry, None, "元に戻せません") from error


def _undo_error(entry: JournalEntry, later_entry: JournalEntry | None, cannot: str) -> UserError:
    if later_entry is None:
        return UserError(
            f"「{entry.action}」は、あとから同じところが変わったため、{cannot}。", "履歴で変更をご確認ください。"
        )
    return UserError(
        f"「{entry.action}」は{cannot}。そのあとで、{later_entry.by}さんが{_moment_text(later_entry)}に「{later_entry.action}」を行っています。",
        "先にその変更を元に戻すか、いまの内容を直接直してください。",
    )


def _added_to_ledger(item: RowChange) -> bool:
    """Return whether the row was added to a ledger: such a row is never removed."""
    return table.is_ledger_table(item.table) and item.before is None and item.after is not None


def _outgoing_id(entry: JournalEntry) -> int | None:
    """Return the first row of the outgoing log that an action wrote with a copy."""
    kept = (one for one in entry.changes if one.table == "outgoing" and one.before is None)
    return next((one.row_id for one in kept if one.after and one.after.get("copy_file_id")), None)


def _rows_kept_with_ledger(changes: list[RowChange]) -> set[tuple[str, int]]:
    """Return the rows that are kept with a ledger row: 控え of what left, people named in it, numbers issued."""
    copies = {(item.after or {}).get("copy_file_id") for item in changes if item.table == "outgoing"}
    return {
        (item.table, item.row_id)
        for item in changes
        if item.before is None
        and (
            item.table in ("outgoing_people", "outgoing_organisations", "ledger_numbers")
            or (item.table == "stored_files" and item.row_id in copies)
        )
    }


def _add_ledger_note(change: Change, item: RowChange, *, is_undone: bool, by: str, now: datetime) -> None:
    """Add a ledger row stating that an earlier one was undone, or is in effect again."""
    assert item.after is not None
    row: dict[str, Any] = {
        name: value for name, value in item.after.items() if name not in ("id", "copy_file_id", "copy_sha256")
    }
    change.insert_raw(
        item.table,
        row
        | {
            "way": "取消" if is_undone else item.after["way"],
            "by": by,
            "at": now.isoformat(),
            "detail": f'{{"もとの記録":"{item.row_id}"}}',
            "withdraws": item.row_id if is_undone else item.after["withdraws"],
        },
    )


def _field_changes(change: RowChange, names: Names) -> list[FieldChange]:
    """Return what happened to one row, field by field; a new or removed row in one line."""
    before, after = change.before, change.after
    if before is None or after is None:
        image = after if after is not None else before
        if image is None:
            return []
        what = row_name(change.table, image, names)
        return [FieldChange(what, "", "", "加えた") if before is None else FieldChange(what, "", "", "削除した")]
    what = row_name(change.table, after, names)
    return [
        FieldChange(
            what,
            field_name(change.table, name),
            value_words(name, before.get(name)),
            value_words(name, value),
        )
        for name, value in after.items()
        if before.get(name) != value and is_shown(name)
    ]


def _with_images(store: Store, head: JournalEntry, *, of: int | None = None) -> JournalEntry:
    """Return an entry together with its row images."""
    entry = table.entry_of(store.database, of or head.seq)
    assert entry is not None
    return entry


def _moment_text(entry: JournalEntry) -> str:
    return f"{short_date(entry.at.date())} {entry.at:%H:%M}"


def _check_guards(store: Store, changes: Collection[RowChange], *, cannot: str) -> None:
    for guard in UNDO_GUARDS:
        guard(store, changes, cannot=cannot)
