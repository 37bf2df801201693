"""What is derived of the record equals, order included, what stood written here before."""

from __future__ import annotations

import re

from app.subjects.applications.intake import application_fields as derived
from app.subjects.applications.intake.application_cells import _LABELS
from app.subjects.applications.rules import _NOT_IN_LISTS
from db.fields import specs, typed_fields
from db.records.applications import Application

DROPPED = "dropped"
APPLICATION_FIELDS: dict[str, str] = {
    "received_at": "申込日時",
    "received_time": "申込の時刻（日と別の列）",
    "receipt_number": "受付番号",
    "way": "経路",
    "status": "状態（取下げ）",
    "organisation": "団体",
    "branch": "支部",
    "name": "氏名",
    "furigana": "ふりがな",
    "role": "役職",
    "phone": "電話",
    "email": "メール",
    "fax": "FAX",
    "address": "住所",
    "wishes": "希望する実施回",
    "themes": "テーマ・相談内容",
    "people": "人数",
    "names": "同行者の氏名",
    "date1": "希望日（第1）",
    "date2": "希望日（第2）",
    "date3": "希望日（第3）",
    "contact_name": "連絡担当の氏名",
    "contact_furigana": "連絡担当のふりがな",
    "contact_phone": "連絡担当の電話",
    "device": "端末",
    "care": "配慮",
    "photo": "撮影",
    "note": "備考",
    "memo": "内部メモ",
}
SEVERAL = frozenset({"wishes", "themes", "names", "care", "note", "memo"})
JOINED: dict[str, str] = {
    "name": " ", "furigana": " ", "contact_name": " ", "contact_furigana": " ", "address": " ", "phone": " / ",
}  # fmt: skip
_PATTERNS: tuple = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"生年月日|誕生日|生まれ|年齢|性別|年代|マイナンバー|個人番号|国籍|血液型|職業", DROPPED),
        (r"メモ|事務局|内部", "memo"),
        ((r"タイムスタンプ|timestamp|送信日|申込日|申し込み日|申込年月日|受付日|受付年月日|受付月日|受理日|受付時刻|申"
          r"請"
         r"日|完了時刻|completiontime|登録日時|回答日|受信日"), "received_at"),
        ((r"受付番号|申込番号|申し込み番号|整理番号|申請番号|管理番号|回答番号|到達番号|受付no|申込no|^(?:no\.?|id|番号"
          r"|"
         r"連番|項番|#)$"), "receipt_number"),
        (r"経路|申込方法|申し込み方法|受付方法|受付区分|受付種別|手段", "way"),
        ((r"^(?:状態|ステータス|状況|処理状況|申込状態|申込状況|受付状態|取消|取下げ?|キャンセル|参加可否|出欠)|^(?:参"
          r"加"
         r"|出席)$"), "status"),
        (r"配慮|介助|手話|車いす|車椅子|バリアフリー|サポートが必要|支援が必要", "care"),
        (r"撮影|写真|肖像|カメラ", "photo"),
        (r"(?:派遣|実施|開催|参加)?希望日|希望(?:する)?(?:日時|日程)|候補日|実施日|派遣日", "date"),
        (r"人数|何人|何名|参加者数|参加予定数|定員", "people"),
        ((r"同行者|同伴者|(?:参加者|出席者|お?名前|氏名)\(?[2-9]|[2-9](?:人|名)目|付添|付き添い|ほかの参加者|他の参加者"
          r"|"
         r"参加者(?:全員|一覧)|お連れ"), "names"),
        (r"ふりがな|フリガナ|カナ|かな|読み|よみ|ヨミ|furigana|kana", "furigana"),
        (r"^(?!.*(?:電話|tel)).*(?:fax|ファックス|ファクシミリ)", "fax"),
        (r"電話|携帯|tel|phone|^連絡先$|連絡先\(電話|連絡先番号|^緊急(?:時)?(?:の)?連絡先", "phone"),
        (r"メール|mail|ユーザー名|username", "email"),
        (r"住所|所在地|郵便番号|番地|建物名|address", "address"),
        (r"役職|役割|肩書|お立場|立場", "role"),
        (r"支部|ブロック|地区", "branch"),
        (r"テーマ|話し合いたい|相談したい|相談項目|相談分野|依頼内容|知りたい|議題", "themes"),
        (r"端末|スマホ|スマートフォン|タブレット|機種|機器|device", "device"),
        ((r"講習|講座|コース|セミナー|参加(?:を)?希望|受講(?:を)?希望|受講したい|申し込む|希望(?:する|の)?(?:回|会場|内"
         r"容|イベント)|申込(?:む)?回|参加(?:する)?回|開催回|^希望$|日程"), "wishes"),
        (r"団体|町会|自治会|町内会|所属|管理組合|organization", "organisation"),
        (r"氏名|名前|お名|申込者|申し込み者|参加者|代表者|担当者|^name$|会長名", "name"),
        ((r"備考|質問|その他|相談|お困り|困りごと|連絡事項|連絡欄|通信欄|自由記[述入]|補足|コメント|要望|意見|摘要|特記"
          r"|"
         r"メッセージ|伝えたい"), "note"),
    )
)  # fmt: skip
_EXAMPLES = {
    "申込年月日": "received_at", "受付の日時": "received_at", "受付no": "receipt_number", "申込の別": "way",
    "団体の名称": "organisation", "町会名称": "organisation", "氏名漢字": "name", "出席者氏名": "name",
    "なまえ": "name", "氏名よみがな": "furigana", "電話番号": "phone", "連絡のつく番号": "phone",
    "電子メールアドレス": "email", "ご住所": "address", "参加をご希望の講座": "wishes", "受講希望": "wishes",
    "参加される人数": "people", "ご一緒の方": "names", "お使いの端末": "device", "ご配慮の内容": "care",
    "通信欄": "note", "補足": "note", "ご相談の内容": "note",
}  # fmt: skip
NOTES = {
    "receipt_number": "文字のまま", "received_at": "先着順に使用", "way": "電子・電話・FAX",
    "organisation": "名簿と照合",
    "name": "書かれたまま", "furigana": "書かれたまま", "device": "持参／貸与", "care": "受付では内容を隠す",
    "people": "氏名未定の席も確保", "status": "取下げは取り込まない", "phone": "連絡先", "email": "連絡先",
    "fax": "連絡先", "address": "連絡先", "photo": "撮影不可は名札に",
}  # fmt: skip


def test_what_lists_bring_is_what_it_was():
    assert list(derived.APPLICATION_FIELDS.items()) == list(APPLICATION_FIELDS.items())
    assert [(one.pattern, key) for one, key in derived._PATTERNS] == [(one.pattern, key) for one, key in _PATTERNS]
    assert (derived.SEVERAL, derived.JOINED, derived._EXAMPLES) == (SEVERAL, JOINED, _EXAMPLES)
    assert {key: one.note for key, one in derived.FIELDS.items() if one.note} == NOTES


def test_words_and_names_are_what_they_were():
    assert _LABELS == {
        "name": "氏名",
        "furigana": "ふりがな",
        "organisation": "団体名",
        "branch": "支部",
        "names": "同行者の氏名",
        "contact_name": "連絡担当の氏名",
        "contact_furigana": "連絡担当のふりがな",
    }
    assert {"care", "phone", "fax", "email", "address"} == _NOT_IN_LISTS
    assert set(typed_fields(Application)) == {
        "organisation_id", "organisation_name", "name", "furigana", "role", "device", "care", "way", "people",
        "received_at", "note",
    }  # fmt: skip
    assert [name for name, told in specs(Application).items() if told.spec.listed] == [
        "received_at",
        "way",
        "organisation_name",
        "name",
        "people",
        "device",
    ]
