"""The roster of an event, with entries, selections, groups, needs and lent tablets."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import (
    CheckedBy,
    ConfirmedBy,
    HiddenWord,
    Key,
    Note,
    PersonalNote,
    Reason,
    RecordedBy,
)
from db.name_key import organisation_key
from db.record import data_field, one_of, optional_field, record, text_field


class EntryState(StrEnum):
    """Whether an applicant takes part."""

    APPLIED = "申込"
    CHOSEN = "決定"
    WAITING = "補欠"
    NOT_CHOSEN = "落選"
    WITHDRAWN = "辞退"
    REVOKED = "決定取消"

    is_coming = one_of(APPLIED, CHOSEN)
    """Whether somebody may come."""
    is_out = one_of(NOT_CHOSEN, WITHDRAWN, REVOKED)
    """Whether somebody was not chosen, withdrew, or had the place taken back by the ward."""
    is_decided = one_of(CHOSEN, WAITING, NOT_CHOSEN, REVOKED)
    missed_out = one_of(WAITING, NOT_CHOSEN, REVOKED)
    """Whether somebody was not chosen, waits for a place, or lost it to the ward."""
    is_waiting = one_of(WAITING)
    is_withdrawn = one_of(WITHDRAWN)
    is_revoked = one_of(REVOKED)
    is_chosen = one_of(CHOSEN)
    is_not_chosen = one_of(NOT_CHOSEN)
    is_applied = one_of(APPLIED)


class Attendance(StrEnum):
    """Whether somebody came."""

    UNKNOWN = ""
    PRESENT = "出席"
    ABSENT = "欠席"

    is_present = one_of(PRESENT)
    is_absent = one_of(ABSENT)


class Device(StrEnum):
    """Whose device somebody uses."""

    UNKNOWN = ""
    OWN = "持参"
    LENT = "貸与"

    is_lent = one_of(LENT)
    is_own = one_of(OWN)


class PhotoConsent(StrEnum):
    """Whether somebody may be photographed."""

    UNKNOWN = ""
    GIVEN = "可"
    REFUSED = "不可"
    CONDITIONAL = "条件つき"

    is_refused = one_of(REFUSED)
    is_conditional = one_of(CONDITIONAL)
    may_not_be_shown = one_of(REFUSED, CONDITIONAL)
    """Whether a picture has to be looked at for this person before it is used."""
    is_given = one_of(GIVEN)


class ComesAgain(StrEnum):
    """Whether somebody comes to an event whose 中止 or 延期 was taken back; whoever does not is 辞退."""

    NOT_ASKED = ""
    AWAITED = "待ち"
    COMES = "来る"

    is_awaited = one_of(AWAITED)


class SelectionMethod(StrEnum):
    """How the participants are chosen."""

    FIRST_COME = "先着順"
    WARD = "区の調整"
    LOTS = "抽選"

    by_lot = one_of(LOTS)
    by_ward = one_of(WARD)
    first_come = one_of(FIRST_COME)


class ArrangementKind(StrEnum):
    """What is arranged for somebody."""

    SIGN_LANGUAGE = "手話通訳"
    WRITTEN_SUMMARY = "要約筆記"
    LARGE_PRINT = "拡大資料"
    SEAT = "席"
    OTHER = "その他"

    is_other = one_of(OTHER)
    is_interpreting = one_of(SIGN_LANGUAGE, WRITTEN_SUMMARY)
    """Whether interpreters are asked."""


class ToContractor(StrEnum):
    """Whether the contractor may be told what is arranged for somebody."""

    NOT_ASKED = ""
    MAY_BE_TOLD = "伝えてよい"
    NOT_TO_BE_TOLD = "伝えない"

    may_be_told = one_of(MAY_BE_TOLD)


@record
class Entry:
    """One place in one event, of a named person or one still unnamed (``person_id`` None = 氏名未定).

    Attributes:
        organisation_name: what was written when the 団体 is not in the register.
        number: the number on the 受付名簿, given once and kept.
        admission: the 入場番号 on its letter.
        waiting_order: counts 補欠 from 1.
        state_before, waiting_before: the place that 辞退, 欠席 or a move last took away; None = not stored.
        answer_by: until when a 補欠 who was asked to move up answers.
        absent_told_at: when an absence was reported before the day.
        substitute_for: the entry whose place this one took.
        moved_to: the entry in another event that its person has instead.
        late: 遅刻, reported before and kept when the person has come.
        doubtful: says in words what somebody still has to check.
        care: 配慮, never shown at the check-in.
        publication: whether pictures may be published, where that was asked apart from photographing, "" = as photo.
        photo_words: the condition under which somebody may be photographed, as written.
        words: what the applicant wrote in his own words, shown as 配慮 is; words_use says what was made of them,
            "" = nobody has read them.
    """

    id: Key = 0
    event_id: Key
    application_id: Key | None = None
    person_id: Key | None = None
    organisation_id: Key | None = None
    organisation_name: str = text_field("団体", "word")
    role: str = text_field("役職", "goes")
    state: EntryState = data_field("状態", default=EntryState.APPLIED)
    applied_at: datetime | None = optional_field("申込日時")
    way: str = text_field("経路", "word")
    device: Device = data_field("端末", default=Device.UNKNOWN)
    care: str = text_field("配慮", "goes")
    photo: PhotoConsent = data_field("撮影", default=PhotoConsent.UNKNOWN)
    publication: PhotoConsent = data_field("掲載", default=PhotoConsent.UNKNOWN)
    photo_words: str = text_field("撮影の条件", "goes")
    words: str = text_field("本人のことば", "goes")
    words_use: str = text_field("本人のことばの扱い", "word")
    number: int | None = optional_field("名簿の番号", names_row=True)
    admission: int | None = optional_field("入場番号")
    group_number: int | None = optional_field("班")
    seat: str = text_field("席", "word")
    waiting_order: int | None = optional_field("補欠の順")
    state_before: EntryState | None = optional_field("前の状態")
    waiting_before: int | None = optional_field("前の補欠の順")
    answer_by: date | None = optional_field("繰上げの返事の期限")
    walk_in: bool = data_field("当日受付", default=False)
    attendance: Attendance = data_field("出欠", default=Attendance.UNKNOWN)
    attended_at: datetime | None = optional_field("受付の時刻")
    absent_told_at: datetime | None = optional_field("欠席の連絡")
    absent_note: str = text_field("欠席の連絡の内容", "goes")
    late: bool = data_field("遅刻", default=False)
    substitute_for: Key | None = None
    moved_to: Key | None = None
    comes_again: ComesAgain = data_field("再確認", default=ComesAgain.NOT_ASKED)
    doubtful: str = text_field("確認が必要なこと", "goes")
    note: PersonalNote = ""

    @property
    def awaits_answer(self) -> bool:
        """Return whether its person was asked again, did not answer yet, and neither came nor called off."""
        is_out = self.attendance.is_present or self.absent_told_at is not None
        return self.comes_again.is_awaited and self.state.is_coming and not is_out

    @property
    def pictures(self) -> PhotoConsent:
        """Return whether the person may be shown, the stricter answer of photographing and publishing."""
        strict = (
            one for one in (PhotoConsent.REFUSED, PhotoConsent.CONDITIONAL) if one in (self.photo, self.publication)
        )
        return next(strict, self.photo)

    @property
    def has_unread_words(self) -> bool:
        """Return whether nobody has read yet what the applicant wrote in his own words."""
        return bool(self.words.strip()) and not self.words_use

    @property
    def organisation_key(self) -> int | str:
        """Return the key by which its 団体 is counted, its id or else its folded name, "" = none; never shown."""
        return organisation_key(self.organisation_id, self.organisation_name)


@record
class SelectionLine:
    """The result of one entry in a selection, with its place in the order and the reason in words.

    The data it was based on are kept, so that it can be run again after the roster has changed:
    ``applied_at``, ``application_id``, ``organisation`` (a key, never shown), ``named``, ``missed`` (not
    chosen before). ``draw`` is the entry's own number of a 抽選, ``organisation_draw`` that of its 団体. ``told``: the
    place was told in writing before and took no part; ``why`` names the letter.
    """

    entry_id: Key
    order: int = data_field("順", default=0)
    draw: str = data_field("抽選の番号", default="")
    result: str = data_field("結果")
    why: str = data_field("理由", default="")
    applied_at: datetime | None = optional_field("申込日時")
    application_id: Key | None = None
    organisation: HiddenWord = ""
    organisation_draw: str = data_field("団体の抽選の番号", default="")
    named: bool = data_field("氏名あり", default=True)
    missed: bool = data_field("前に外れた", default=False)
    told: bool = data_field("決定を通知済み", default=False)


@record
class Selection:
    """One selection of participants, kept so that it can be shown and a 抽選 repeated with the same result.

    It keeps the day, hours and place that its event had then (``EVENT_FACTS``).
    """

    id: Key = 0
    event_id: Key
    method: SelectionMethod = data_field("決め方", names_row=True)
    seed: str = text_field("抽選の種", "word")
    capacity: int = data_field("定員")
    organisation_limit: int | None = optional_field("1団体の上限")
    organisations_first: bool = data_field("1団体1人を先に", default=False)
    not_chosen_first: bool = data_field("前に外れた人を先に", default=False)
    reason: Reason = ""
    lines: tuple[SelectionLine, ...] = data_field("決まり方", erasing="free", default=())
    made_at: datetime = data_field("行った日時")
    by: RecordedBy
    event_date: date | None = optional_field("そのときの実施日")
    start_time: str = text_field("そのときの開始", "day")
    end_time: str = text_field("そのときの終了", "day")
    venue: str = text_field("そのときの会場", "word")
    room: str = text_field("そのときの部屋", "word")


@record
class TableGroup:
    """One 班 of a 意見交換会 with its facilitator (from the 受託者's 配置表).

    ``notes`` is the number of its sticky notes, None = not counted. ``composition`` says in words who was in
    it (「5人・4団体」) where the roster does not know.
    """

    id: Key = 0
    event_id: Key
    number: int = data_field("班", names_row=True)
    facilitator: str = text_field("ファシリテーター", "staff")
    note: Note = ""
    notes: int | None = optional_field("付箋の枚数")
    composition: str = text_field("人数・団体数", "free")


@record
class GroupWish:
    """Two entries to keep in one 班 (``together``) or in different ones."""

    id: Key = 0
    event_id: Key
    first_entry_id: Key
    second_entry_id: Key
    together: bool = data_field("同じ班にする", default=False)


@record
class Arrangement:
    """An arrangement for a 配慮 (手話, 要約筆記 …) with the day it was ordered and the day it was settled.

    One that could not be made is settled with the reason why, ``refused_because``, and what was ``offered`` instead.
    """

    id: Key = 0
    event_id: Key
    entry_id: Key | None = None
    kind: ArrangementKind = data_field("手配の種類", names_row=True, default=ArrangementKind.OTHER)
    content: str = text_field("内容", "goes")
    ordered_on: date | None = optional_field("依頼日")
    ordered_to: str = text_field("依頼先", "staff")
    phone: str = text_field("電話", "word")
    settled_on: date | None = optional_field("手配が済んだ日")
    settled_by: ConfirmedBy = ""
    note: str = text_field("メモ", "goes")
    to_contractor: ToContractor = data_field("受託者へ", default=ToContractor.NOT_ASKED)
    refused_because: str = text_field("手配できなかった理由", "goes")
    offered: str = text_field("代わりに案内したこと", "goes")


@record
class Tablet:
    """One tablet of the ward for lending on the day."""

    id: Key = 0
    number: str = data_field("タブレットの番号", names_row=True, erasing="word")
    name: str = text_field("名称", "word")
    note: Note = ""
    retired_on: date | None = optional_field("使わなくした日")


@record
class TabletLoan:
    """The loan of one tablet to one entry of an event, with return, initialisation and check."""

    id: Key = 0
    tablet_id: Key
    event_id: Key
    entry_id: Key | None = None
    out_at: datetime | None = optional_field("貸し出した時刻")
    back_at: datetime | None = optional_field("返却の時刻")
    initialised_at: datetime | None = optional_field("初期化した時刻")
    checked_by: CheckedBy = ""
    note: PersonalNote = ""
