"""Our own fields of an application, and which column of a foreign list probably holds which of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.heading_roles import fold_heading
from app.subjects.applications.intake.spoken_needs import speaks_of_need
from app.subjects.register.intake.person_values import name_parts

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
"""Field key to its Japanese label, in the order in which a mapping screen shows them."""

DROPPED = "dropped"
"""The word for a column with personal data that the programme does not need (生年月日, 年齢, 性別): never kept."""

SEVERAL = frozenset({"wishes", "themes", "names", "care", "note", "memo"})
"""Fields that more than one column may hold."""

JOINED: dict[str, str] = {
    "name": " ", "furigana": " ", "contact_name": " ", "contact_furigana": " ", "address": " ", "phone": " / ",
}  # fmt: skip
"""Fields whose parts may stand in columns of their own (姓 and 名, 住所1 and 住所2, 自宅 and 携帯), and what joins
them."""

_SECOND = {"name": "contact_name", "furigana": "contact_furigana", "phone": "contact_phone"}
_CONTACT = re.compile(r"連絡(?:担当|者|先の)|担当|緊急|当日(?:の)?連絡")
_GROUP_OF_CONTACT = re.compile(r"連絡|担当|緊急|当日")
_IGNORED = re.compile(r"^(?:開始時刻|starttime|最終更新日時|言語|language|ipアドレス|合計点|クイズのフィードバック)$")
_OF_COMPANION = re.compile(
    r"(?:(?:参加者|出席者)[2-9]|[2-9](?:人|名)目|同行者|同伴者).*(?:ふりがな|フリガナ|カナ|電話|携帯|メール|役職|肩書)"
    r"|(?:ふりがな|フリガナ|カナ|電話番号?|メール|役職)\(?[2-9]\)?"
)
_CHAIR_NAME = re.compile(r"^(?:町会長?|自治会長?|会長|理事長)(?:の?(?:お?名前|氏名|名))?$")
_HEAD_OF_GROUP = re.compile(r"会長|理事長")
_OF_THE_OFFICE = re.compile(r"紹介者|講師|記入者|受付者|対応者|処理者|確認者|入力者|受付担当")
_PARTICIPANT = re.compile(r"(?:参加|出席|受講)(?:者|(?:を希望)?(?:する|される)(?:方|人))")
_APPLICANT = re.compile(r"申込|申し込み|申請|代表|連絡|担当")
_OTHER_NUMBER = re.compile(r"自宅|携帯|日中|昼間|夜間|予備|その他|[(_]?[2２]\)?$")
_OTHER_ADDRESS = re.compile(r"郵便番号|住所|番地|建物|マンション|方書")
_DAY_NUMBER = re.compile(r"第?([123一二三])(?:希望|候補)?(?:日)?")
_NUMBERS = {"1": 1, "2": 2, "3": 3, "一": 1, "二": 2, "三": 3}
_MARKS = re.compile(r"[※*★●]|必須|任意")
_CLOCK = re.compile(r"(?P<of>(?:受付|申込|申し込み|申請|受信|受理|登録|回答|送信)の?)?(?:時刻|時間)")
_SUGGESTED_FROM = 72

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
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


def propose_columns(headings: Sequence[str], source: str = "", groups: Sequence[str] = ()) -> dict[int, str]:
    """Guess our field for each column (number from 0) by its heading; columns without a guess are missing.

    A heading that stands twice is told apart by its place (the second 氏名 and 電話 are those of the contact), or
    by the group above it (``groups``). ``source`` (the service) decides where a form adds a column of its own.
    ``DROPPED`` marks columns that are not kept.
    """
    found: dict[int, str] = {}
    taken: list[str] = []
    parts = name_parts([fold_heading(heading) for heading in headings])
    halves: dict[tuple[str, str], str] = {}
    for index, heading in enumerate(headings):
        group = groups[index] if index < len(groups) else ""
        part = parts.get(index)
        if part is not None and part.given:
            found[index] = halves.get((part.field, part.stem), "")
            continue
        same = [found[place] for place in found if fold_heading(headings[place]) == fold_heading(heading)]
        field = _place(part.field if part else _field_of(heading, group), heading, group, taken, again=bool(same))
        if part is not None:
            halves[part.field, part.stem] = field
        if field:
            found[index] = field
            taken.append(field)
    found = {index: field for index, field in found.items() if field}
    _put_time_beside_day(headings, found)
    _yield_system_columns(headings, source, found)
    _put_participant_first(headings, found)
    if "name" not in found.values():
        contact = next((index for index, field in found.items() if field == "contact_name"), None)
        head = next((index for index, text in enumerate(headings) if _CHAIR_NAME.search(fold_heading(text))), None)
        if contact is not None:
            found[contact] = "name"
        elif head is not None and head not in found:
            found[head] = "name"
    return found


def propose_care(file: ForeignFile, found: Mapping[int, str]) -> dict[int, str]:
    """``found`` with the columns that hold what people need in order to take part, told by what stands in them.

    A column that no field took is 配慮 when one of its cells speaks of such a need; a column of remarks only when most
    of
    them do. In any other column of remarks the single remark counts as 配慮 beside staying a remark: what people need
    must
    not come to stand where it is printed for the door.
    """
    proposed = dict(found)
    if "care" in proposed.values():
        return proposed
    for index in range(len(file.headings)):
        field = proposed.get(index, "")
        if field not in ("", "note") or index in file.hidden_columns:
            continue
        filled = [
            text
            for row in file.rows
            if not row.problem and index < len(row.cells) and (text := row.cells[index].strip())
        ]
        needs = sum(map(speaks_of_need, filled))
        if needs and (not field or needs * 2 > len(filled)):
            proposed[index] = "care"
    return proposed


def suggest_field(heading: str) -> str:
    """The field whose usual headings resemble an unknown ``heading`` most, or an empty text; only a suggestion."""
    known = {**{fold_heading(label): key for key, label in APPLICATION_FIELDS.items()}, **_EXAMPLES}
    best = process.extractOne(fold_heading(heading), list(known), scorer=fuzz.ratio, score_cutoff=_SUGGESTED_FROM)
    return known[best[0]] if best else ""


def dropped_columns(headings: Sequence[str], columns: Mapping[int, str]) -> tuple[str, ...]:
    """The headings of the columns that are dropped, to be said on the screen."""
    return tuple(headings[index].strip() for index, field in sorted(columns.items()) if field == DROPPED)


def _field_of(heading: str, group: str) -> str:
    folded = _MARKS.sub("", fold_heading(heading))
    if not folded or _IGNORED.fullmatch(folded) or _OF_COMPANION.search(folded):
        return ""
    whole = fold_heading(group) + folded if group and len(folded) <= 5 else folded
    for text in (folded, whole):
        for pattern, field in _PATTERNS:
            if pattern.search(text):
                return field
    return ""


def _place(field: str, heading: str, group: str, taken: Sequence[str], *, again: bool) -> str:
    """Tell apart columns of one meaning by their words, groups and order; ``again`` = the same heading came before."""
    folded = fold_heading(heading)
    if field == "date":
        return _wished_day(folded, fold_heading(group), taken)
    if field in _SECOND and field in taken:
        return _second(field, folded, group, taken, again=again)
    of_another = field == "name" and bool(_OF_THE_OFFICE.search(folded) or _HEAD_OF_GROUP.search(folded))
    more = field in SEVERAL or field == DROPPED
    more = more or (field == "address" and not again and bool(_OTHER_ADDRESS.search(folded)))
    return "" if of_another or (field in taken and not more) else field


def _second(field: str, folded: str, group: str, taken: Sequence[str], *, again: bool) -> str:
    """What a second 氏名, ふりがな or 電話 is: the contact's, another number of the same person, or a
    companion's name."""
    contact = again or _CONTACT.search(folded) or _GROUP_OF_CONTACT.search(group)
    participant = _PARTICIPANT.search(folded)
    if (contact or participant or "name" not in taken) and _SECOND[field] not in taken:
        return _SECOND[field]
    if field == "phone" and _OTHER_NUMBER.search(folded):
        return field
    return "names" if field == "name" and participant else ""


def _put_participant_first(headings: Sequence[str], found: dict[int, str]) -> None:
    """Where a form asks for 申込者 (or 代表者) and for 参加者, who takes part is the person and the other the contact.

    Beside a plain 氏名 somebody else who takes part is a companion.
    """
    folded = [fold_heading(heading) for heading in headings]
    own = [index for index, field in found.items() if field == "name"]
    other = [i for i, field in found.items() if field == "contact_name" and _PARTICIPANT.search(folded[i])]
    if not own or not other:
        return
    swapped = bool(_APPLICANT.search(folded[own[0]])) and not _PARTICIPANT.search(folded[own[0]])
    found.update(dict.fromkeys(own, "contact_name") | dict.fromkeys(other, "name") if swapped else {})
    found.update({} if swapped else dict.fromkeys(other, "names"))
    for index in [place for place, field in found.items() if field in {"furigana", "contact_furigana"}]:
        of_participant = index > other[0] if other[0] > own[0] else index < own[0]
        if swapped:
            found[index] = "furigana" if of_participant else "contact_furigana"
        elif of_participant:
            del found[index]


def _put_time_beside_day(headings: Sequence[str], found: dict[int, str]) -> None:
    """A list with 受付日 and 受付時刻 says one moment in two columns, whichever stands first."""
    folded = [_MARKS.sub("", fold_heading(heading)) for heading in headings]
    clocks = {
        index: match
        for index, text in enumerate(folded)
        if (match := _CLOCK.fullmatch(text)) and found.get(index) in (None, "received_at")
    }
    days = [i for i, text in enumerate(headings) if i not in clocks and _field_of(text, "") == "received_at"]
    day = next((index for index in days if found.get(index) == "received_at"), days[0] if days else None)
    if day is None or found.get(day) not in (None, "received_at"):
        return
    # A bare 「時刻」 belongs to the day only when it stands beside it: elsewhere it may be the time wished for.
    clock = next((index for index, match in clocks.items() if match["of"] or abs(index - day) == 1), None)
    if clock is not None:
        found[day], found[clock] = "received_at", "received_time"


def _wished_day(folded: str, group: str, taken: Sequence[str]) -> str:
    match = _DAY_NUMBER.search(folded) or _DAY_NUMBER.search(group)
    number = _NUMBERS[match.group(1)] if match else 1
    while number <= 3 and f"date{number}" in taken:
        number += 1
    return f"date{number}" if number <= 3 else ""


def _yield_system_columns(headings: Sequence[str], source: str, found: dict[int, str]) -> None:
    """Microsoft Forms adds 「名前」 and 「メール」 of the account: the form's own question goes before them."""
    if source != "ms_forms_xlsx":
        return
    system = next((index for index, heading in enumerate(headings) if fold_heading(heading) in {"名前", "name"}), None)
    own = next((index for index, field in found.items() if field == "contact_name"), None)
    if system is not None and found.get(system) == "name" and own is not None and own > system:
        del found[system]
        found[own] = "name"
