"""Our own fields of an application, and which column of a foreign list probably holds which of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.list_fields import fields_of_lists, headings_of, labels_of
from app.subjects.events.applications.intake.spoken_needs import speaks_of_need
from app.subjects.organisations.register.intake.person_values import name_parts
from db.fields import Spec
from db.records.applications import Application

DROPPED = "dropped"
"""The word for a column with personal data that the programme does not need (生年月日, 年齢, 性別): never kept."""

_BESIDE: Final[Mapping[str, Sequence[Spec]]] = {
    "received_at": (Spec("申込の時刻（日と別の列）", key="received_time"),),
    "way": (
        Spec(
            "状態（取下げ）",
            r"^(?:状態|ステータス|状況|処理状況|申込状態|申込状況|受付状態|取消|取下げ?|キャンセル|参加可否|出欠)"
            r"|^(?:参加|出席)$",
            key="status",
            turn=60,
            note="取下げは取り込まない",
        ),
    ),
    "organisation": (Spec("支部", r"支部|ブロック|地区", key="branch", turn=180),),
    "role": (
        Spec(
            "電話",
            r"電話|携帯|tel|phone|^連絡先$|連絡先\(電話|連絡先番号|^緊急(?:時)?(?:の)?連絡先",
            key="phone",
            turn=140,
            joined=" / ",
            also=("電話番号", "連絡のつく番号"),
            note="連絡先",
        ),
        Spec(
            "メール",
            r"メール|mail|ユーザー名|username",
            key="email",
            turn=150,
            also=("電子メールアドレス",),
            note="連絡先",
        ),
        Spec("FAX", r"^(?!.*(?:電話|tel)).*(?:fax|ファックス|ファクシミリ)", key="fax", turn=130, note="連絡先"),
        Spec(
            "住所",
            r"住所|所在地|郵便番号|^〒|番地|建物名|address|zip(?:code|コード)?$|postalcode",
            key="address",
            turn=160,
            joined=" ",
            also=("ご住所",),
            note="連絡先",
        ),
    ),
    "wishes": (
        Spec(
            "テーマ・相談内容",
            r"テーマ|話し合いたい|相談したい|相談項目|相談分野|依頼内容|知りたい|議題",
            key="themes",
            turn=190,
            several=True,
        ),
    ),
    "people": (
        Spec(
            "同行者の氏名",
            r"同行者|同伴者|(?:参加者|出席者|お?名前|氏名)\(?[2-9]|[2-9](?:人|名)目|付添|付き添い|ほかの参加者"
            r"|他の参加者|参加者(?:全員|一覧)|お連れ",
            key="names",
            turn=110,
            several=True,
            also=("ご一緒の方",),
        ),
        Spec("希望日（第1）", key="date1"),
        Spec("希望日（第2）", key="date2"),
        Spec("希望日（第3）", key="date3"),
        Spec("連絡担当の氏名", key="contact_name", joined=" "),
        Spec("連絡担当のふりがな", key="contact_furigana", joined=" "),
        Spec("連絡担当の電話", key="contact_phone"),
    ),
    "care": (Spec("撮影", r"撮影|写真|肖像|カメラ", key="photo", turn=80, note="撮影不可は名札に"),),
    "note": (Spec("内部メモ", r"メモ|事務局|内部", key="memo", turn=20, several=True),),
}
"""What lists have and an application has not, behind the field after which a screen of columns shows it."""

FIELDS: Final = fields_of_lists(Application, _BESIDE)
"""What a list may bring, by key, in the order in which a mapping screen shows it."""
APPLICATION_FIELDS: Final = labels_of(FIELDS)
"""Field key to its Japanese label."""
SEVERAL: Final = frozenset(key for key, one in FIELDS.items() if one.several)
"""Fields that more than one column may hold."""
JOINED: Final = {key: one.joined for key, one in FIELDS.items() if one.joined}
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
_OTHER_ADDRESS = re.compile(r"郵便番号|〒|zip|postal|住所|番地|建物|マンション|方書")
_DAY_NUMBER = re.compile(r"第?([123一二三])(?:希望|候補)?(?:日)?")
_NUMBERS = {"1": 1, "2": 2, "3": 3, "一": 1, "二": 2, "三": 3}
_MARKS = re.compile(r"[※*★●]|必須|任意")
_CLOCK = re.compile(r"(?P<of>(?:受付|申込|申し込み|申請|受信|受理|登録|回答|送信)の?)?(?:時刻|時間)")

_PATTERNS: Final = headings_of(
    FIELDS,
    (
        (10, r"生年月日|誕生日|生まれ|年齢|性別|年代|マイナンバー|個人番号|国籍|血液型|職業", DROPPED),
        (90, r"(?:派遣|実施|開催|参加)?希望日|希望(?:する)?(?:日時|日程)|候補日|実施日|派遣日", "date"),
    ),
)


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
    of them do. In any other column of remarks the single remark counts as 配慮 beside staying a remark: what people
    need must not come to stand where it is printed for the door.
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
