"""Fields of an application, and guesses which column of a foreign list holds which field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.list_fields import field_labels, heading_patterns, list_fields
from app.registers.register.intake import name_parts
from db.record import FieldSpec
from db.records.applications import Application

DROPPED = "dropped"
"""Marks a column with personal data that the programme does not need (生年月日, 年齢, 性別) and never keeps."""

_THIS_EVENT = (
    r"(?:ご?本人|当日|今回|この|本)?の?(?:(?:.*(?:講習会?|講座|教室)|研修会?|説明会|会|イベント|行事|催し)(?:当日)?)?"
    r"(?:へ?の|に|へ|は|について)?(?:ご|お)?"
)
"""What stands before 出欠 or 参加しますか where it is asked about the event itself, and about no 懇親会 or 昼食."""
_EXTRA_FIELDS: Mapping[str, Sequence[FieldSpec]] = {
    "received_at": (FieldSpec("申込の時刻（日と別の列）", key="received_time"),),
    "way": (
        FieldSpec(
            "状態",
            r"^(?:状態|ステータス|状況|処理状況|申込状態|申込状況|受付状態|取消|取下げ?|キャンセル|参加可否)"
            rf"|^{_THIS_EVENT}出欠|^(?:ご?本人|当日|今回)?の?(?:参加|出席)(?:可否|の?(?:ご?意向|有無))?$"
            rf"|^{_THIS_EVENT}(?:参加|出席|受講)(?:し|され|でき)?ます(?:でしょう)?か[?？]?$",
            key="status",
            match_order=60,
            allows_multiple=True,
        ),
    ),
    "organisation": (FieldSpec("支部", r"支部|ブロック|地区", key="branch", match_order=180),),
    "role": (
        FieldSpec(
            "電話",
            r"電話|携帯|tel|phone|^連絡先$|連絡先\(電話|連絡先番号|^緊急(?:時)?(?:の)?連絡先",
            key="phone",
            match_order=140,
            separator=" / ",
        ),
        FieldSpec(
            "メール",
            r"メール|mail|ユーザー名|username",
            key="email",
            match_order=150,
        ),
        FieldSpec("FAX", r"^(?!.*(?:電話|tel)).*(?:fax|ファックス|ファクシミリ)", key="fax", match_order=130),
        FieldSpec(
            "住所",
            r"住所|所在地|郵便番号|^〒|番地|建物名|address|zip(?:code|コード)?$|postalcode",
            key="address",
            match_order=160,
            separator=" ",
        ),
    ),
    "wishes": (
        FieldSpec(
            "テーマ・相談内容",
            r"テーマ|話し合いたい|相談したい|相談項目|相談分野|依頼内容|知りたい|議題",
            key="themes",
            match_order=190,
            allows_multiple=True,
        ),
    ),
    "people": (
        FieldSpec(
            "同行者の氏名",
            r"同行者|同伴者|(?:参加者|出席者|お?名前|氏名)\(?[2-9]|[2-9](?:人|名)目|付添|付き添い|ほかの参加者"
            r"|他の参加者|参加者(?:全員|一覧)|お連れ|ご一緒|(?:本人|自身|自分|申込者)を?(?:除|含ま)",
            key="names",
            match_order=110,
            allows_multiple=True,
        ),
        FieldSpec("希望日（第1）", key="date1"),
        FieldSpec("希望日（第2）", key="date2"),
        FieldSpec("希望日（第3）", key="date3"),
        FieldSpec("連絡担当の氏名", key="contact_name", separator=" "),
        FieldSpec("連絡担当のふりがな", key="contact_furigana", separator=" "),
        FieldSpec("連絡担当の電話", key="contact_phone"),
    ),
    "care": (
        FieldSpec(
            "撮影",
            r"(?:撮影|写真|肖像|カメラ)(?!.*(?:送|撮り方|使うこと))|掲載(?:の|へ|に|可|不可|$)|録画",
            key="photo",
            match_order=80,
            allows_multiple=True,
        ),
        FieldSpec("掲載", key="publication", allows_multiple=True),
        FieldSpec("該当するもの", key="ticks", allows_multiple=True),
    ),
    "note": (FieldSpec("内部メモ", r"メモ|事務局|内部", key="memo", match_order=20, allows_multiple=True),),
}
"""Fields of lists that an application does not have, by the field after which a screen shows them."""

FIELDS = list_fields(Application, _EXTRA_FIELDS)
"""Fields a list may have by key, in the order of a mapping screen."""
APPLICATION_FIELDS = field_labels(FIELDS)
"""Japanese label by field key."""
MULTIPLE_COLUMN_FIELDS = frozenset(key for key, one in FIELDS.items() if one.allows_multiple)
"""Fields that several columns may hold."""
JOINED_FIELDS = {key: one.separator for key, one in FIELDS.items() if one.separator}
"""Fields whose parts may stand in several columns (姓 and 名, 住所1 and 住所2, 自宅 and 携帯), and their joining
text.
"""

_CONTACT_FIELD_OF = {"name": "contact_name", "furigana": "contact_furigana", "phone": "contact_phone"}
_CONTACT = re.compile(r"連絡(?:担当|者|先の)|担当|緊急|当日(?:の)?連絡")
_CONTACT_GROUP = re.compile(r"連絡|担当|緊急|当日")
_OF_MICROSOFT = {
    "id": "", "開始時刻": "", "starttime": "", "完了時刻": "", "completiontime": "",
    "メール": "email", "email": "email", "名前": "name", "name": "name",
}  # fmt: skip
"""The columns that Microsoft Forms adds before the questions; those of the account with their field."""
_IGNORED = re.compile(r"^(?:開始時刻|starttime|最終更新日時|言語|language|ipアドレス|合計点|クイズのフィードバック)$")
_COMPANION = re.compile(
    r"(?:(?:参加者|出席者)[2-9]|[2-9](?:人|名)目|同行者|同伴者).*(?:ふりがな|フリガナ|カナ|電話|携帯|メール|役職|肩書)"
    r"|(?:ふりがな|フリガナ|カナ|電話番号?|メール|役職)\(?[2-9]\)?"
)
_CHAIR_NAME = re.compile(r"^(?:町会長?|自治会長?|会長|理事長)(?:の?(?:お?名前|氏名|名))?$")
_HEAD_OF_GROUP = re.compile(r"会長|理事長")
_OFFICE_STAFF = re.compile(r"紹介者|講師|記入者|受付者|対応者|処理者|確認者|入力者|受付担当")
_PARTICIPANT = re.compile(r"(?:参加|出席|受講)(?:者|(?:を希望)?(?:する|される)(?:方|人))")
_APPLICANT = re.compile(r"申込|申し込み|申請|代表|連絡|担当")
_OTHER_NUMBER = re.compile(r"自宅|携帯|日中|昼間|夜間|予備|その他|[(_]?[2２]\)?$")
_OTHER_ADDRESS = re.compile(r"郵便番号|〒|zip|postal|住所|番地|建物|マンション|方書")
_DAY_NUMBER = re.compile(r"第?([123一二三])(?:希望|候補)?(?:日)?")
_NUMBERS = {"1": 1, "2": 2, "3": 3, "一": 1, "二": 2, "三": 3}
_HEADING_MARKS = re.compile(r"[※*★●]|必須|任意")
_RECEIPT_TIME = re.compile(r"(?P<of>(?:受付|申込|申し込み|申請|受信|受理|登録|回答|送信)の?)?(?:時刻|時間)")

_ADDED_NUMBER = re.compile(r"(?<=[^0-9０-９第])[2-9]$")
_PUBLISHING = re.compile(r"^(?!.*撮影).*(?:掲載|公開|載せ)")
_NAME_FIRST = re.compile("お?名前|氏名")
_ORGANISATION = re.compile(FIELDS["organisation"].heading)
_PATTERNS = heading_patterns(
    FIELDS,
    (
        (10, r"生年月日|誕生日|生まれ|年齢|性別|年代|マイナンバー|個人番号|国籍|血液型|職業", DROPPED),
        (
            15,  # Whom somebody writes to did not write it.
            (
                r"^(?!.*(?:電話|携帯|メール|fax|自宅|住所)).*(?:へ|宛て?|あて)の?(?:ご?(?:連絡(?!先)|質問|要望|意見|伝言|相談|通信)"
                r"|お願い|一言|ひとこと|メッセージ|お?(?:伝え|尋ね|聞き))|事務局にお?(?:伝え|尋ね|聞き|知らせ)"
            ),
            "note",
        ),
        (
            90,
            r"(?:派遣|実施|開催|参加)?希望日|希望(?:する)?(?:日時|日程)|候補日|実施日|派遣日|^第[1-3一二三]希望$",
            "date",
        ),
    ),
)


def propose_columns(headings: Sequence[str], source: str = "", groups: Sequence[str] = ()) -> dict[int, str]:
    """Guess the field of each column (number from 0) by its heading; columns without a guess are left out.

    Equal headings are told apart by their order (the second 氏名 and 電話 are those of the contact) or by the group
    above (``groups``). ``source`` (the service) matters where a form adds a column of its own. ``DROPPED`` marks
    columns that are not kept.
    """
    headings = _without_lone_numbers(headings)
    of_account = _account_columns(headings) if source == "ms_forms_xlsx" else {}
    asked = ["" if index in of_account else heading for index, heading in enumerate(headings)]
    found = _fields_of(asked, groups)
    # The account's own are taken where the form asks for none.
    found |= {index: field for index, field in of_account.items() if field not in found.values()}
    found = {index: field for index, field in found.items() if field}
    pictures = [index for index, field in found.items() if field == "photo"]
    published = [index for index in pictures if _PUBLISHING.search(fold_heading(headings[index]))]
    found |= dict.fromkeys(published, "publication") if len(published) < len(pictures) else {}
    _join_receipt_day_and_time(headings, found)
    _prefer_participant(headings, found)
    if "organisation" not in found.values():
        # 所属団体・支部 in one cell is parted where the 団体 is looked up.
        found |= {
            i: "organisation" for i, key in found.items() if key == "branch" and _ORGANISATION.search(headings[i])
        }
    if "name" not in found.values():
        contact = next((index for index, field in found.items() if field == "contact_name"), None)
        head = next((index for index, text in enumerate(headings) if _CHAIR_NAME.search(fold_heading(text))), None)
        # お名前（フリガナも） asks for both in one cell.
        both = [at for at, key in found.items() if key == "furigana" and _NAME_FIRST.match(fold_heading(headings[at]))]
        contact = both[0] if both else contact
        if contact is not None:
            found[contact] = "name"
        elif head is not None and head not in found:
            found[head] = "name"
    return found


def _without_lone_numbers(headings: Sequence[str]) -> list[str]:
    """Return the headings without the number that a form adds to a question (氏名2), where no other of them is left."""
    stems = [_ADDED_NUMBER.sub("", heading.strip()) for heading in headings]
    return [stem if stem and stems.count(stem) == 1 else heading for stem, heading in zip(stems, headings, strict=True)]


def dropped_columns(headings: Sequence[str], columns: Mapping[int, str]) -> tuple[str, ...]:
    """Return the headings of the dropped columns, for the screen."""
    return tuple(headings[index].strip() for index, field in sorted(columns.items()) if field == DROPPED)


def _field_of(heading: str, group: str) -> str:
    """Return the field that a heading names, "" where it names none; a short one is read with its ``group`` too.

    A heading about a companion's furigana, telephone and the like names none.
    """
    folded = _HEADING_MARKS.sub("", fold_heading(heading))
    if not folded or _IGNORED.fullmatch(folded) or _COMPANION.search(folded):
        return ""
    whole = fold_heading(group) + folded if group and len(folded) <= 5 else folded
    for text in (folded, whole):
        for pattern, field in _PATTERNS:
            if pattern.search(text):
                return field
    return ""


def _disambiguate(field: str, heading: str, group: str, used_fields: Sequence[str], *, repeated: bool) -> str:
    """Return the field that a column fills, "" = none: it is another person's, or its field is taken.

    Called for every column with its meaning: a wished day is numbered (``date1`` – ``date3``), a second name or
    telephone becomes the contact's or a companion's, a name of staff or of the head of the group fills nothing.

    Args:
        field: the meaning of the heading. used_fields: those of the columns before. repeated: the same heading came
            before.
    """
    folded = fold_heading(heading)
    if field == "date":
        return _wished_day_field(folded, fold_heading(group), used_fields)
    if field in _CONTACT_FIELD_OF and field in used_fields:
        return _second_person_field(field, folded, group, used_fields, repeated=repeated)
    of_another = field == "name" and bool(_OFFICE_STAFF.search(folded) or _HEAD_OF_GROUP.search(folded))
    more = field in MULTIPLE_COLUMN_FIELDS or field == DROPPED
    more = more or (field == "address" and not repeated and bool(_OTHER_ADDRESS.search(folded)))
    return "" if of_another or (field in used_fields and not more) else field


def _second_person_field(field: str, folded: str, group: str, used_fields: Sequence[str], *, repeated: bool) -> str:
    """Return the field of a second 氏名, ふりがな or 電話.

    It is the contact's, another number of the same person, or a companion's name.
    """
    contact = repeated or _CONTACT.search(folded) or _CONTACT_GROUP.search(group)
    participant = _PARTICIPANT.search(folded)
    if (contact or participant or "name" not in used_fields) and _CONTACT_FIELD_OF[field] not in used_fields:
        return _CONTACT_FIELD_OF[field]
    if field == "phone" and _OTHER_NUMBER.search(folded):
        return field
    return "names" if field == "name" and participant else ""


def _prefer_participant(headings: Sequence[str], columns: dict[int, str]) -> None:
    """Where a form asks for 申込者 (or 代表者) and 参加者, make 参加者 the person and the other the contact.

    Beside a plain 氏名 another participant is a companion.
    """
    folded = [fold_heading(heading) for heading in headings]
    own = [index for index, field in columns.items() if field == "name"]
    other = [i for i, field in columns.items() if field == "contact_name" and _PARTICIPANT.search(folded[i])]
    if not own or not other:
        return
    swapped = bool(_APPLICANT.search(folded[own[0]])) and not _PARTICIPANT.search(folded[own[0]])
    columns.update(dict.fromkeys(own, "contact_name") | dict.fromkeys(other, "name") if swapped else {})
    columns.update({} if swapped else dict.fromkeys(other, "names"))
    for index in [place for place, field in columns.items() if field in {"furigana", "contact_furigana"}]:
        of_participant = index > other[0] if other[0] > own[0] else index < own[0]
        if swapped:
            columns[index] = "furigana" if of_participant else "contact_furigana"
        elif of_participant:
            del columns[index]


def _join_receipt_day_and_time(headings: Sequence[str], columns: dict[int, str]) -> None:
    """Join 受付日 and 受付時刻 of a list to one field, whichever stands first.

    A plain 「時刻」 is joined only if it stands beside the day.
    """
    folded = [_HEADING_MARKS.sub("", fold_heading(heading)) for heading in headings]
    clocks = {
        index: match
        for index, text in enumerate(folded)
        if (match := _RECEIPT_TIME.fullmatch(text)) and columns.get(index) in (None, "received_at")
    }
    days = [i for i, text in enumerate(headings) if i not in clocks and _field_of(text, "") == "received_at"]
    day = next((index for index in days if columns.get(index) == "received_at"), days[0] if days else None)
    if day is None or columns.get(day) not in (None, "received_at"):
        return
    # A plain 「時刻」 belongs to the day only beside it; elsewhere it may be the wished time.
    clock = next((index for index, match in clocks.items() if match["of"] or abs(index - day) == 1), None)
    if clock is not None:
        columns[day], columns[clock] = "received_at", "received_time"


def _wished_day_field(folded: str, group: str, used_fields: Sequence[str]) -> str:
    """Return the field of a wished day: that of its number (else 1), or the next still free; "" = none is free."""
    match = _DAY_NUMBER.search(folded) or _DAY_NUMBER.search(group)
    number = _NUMBERS[match.group(1)] if match else 1
    while number <= 3 and f"date{number}" in used_fields:
        number += 1
    return f"date{number}" if number <= 3 else ""


def _account_columns(headings: Sequence[str]) -> dict[int, str]:
    """Return the 「メール」 and 「名前」 of the account that Microsoft Forms puts before the form's own questions."""
    leading = takewhile(lambda pair: fold_heading(pair[1]) in _OF_MICROSOFT, enumerate(headings))
    return {index: field for index, heading in leading if (field := _OF_MICROSOFT[fold_heading(heading)])}


def _fields_of(headings: Sequence[str], groups: Sequence[str]) -> dict[int, str]:
    """Return the field of each column by its heading, the headings before it and its group."""
    found = {}
    taken: list[str] = []
    parts = name_parts([fold_heading(heading) for heading in headings])
    halves: dict[tuple[str, str], str] = {}
    for index, heading in enumerate(headings):
        group = groups[index] if index < len(groups) else ""
        part = parts.get(index)
        if part is not None and part.is_given_name:
            found[index] = halves.get((part.field, part.stem), "")
            continue
        same = [found[place] for place in found if fold_heading(headings[place]) == fold_heading(heading)]
        field = _disambiguate(
            part.field if part else _field_of(heading, group), heading, group, taken, repeated=bool(same)
        )
        if part is not None:
            halves[part.field, part.stem] = field
        if field:
            found[index] = field
            taken.append(field)
    return found
