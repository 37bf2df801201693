"""The roster of an event, with entries, selections, groups, needs and lent tablets."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from db.fields import (
    CheckedBy,
    ConfirmedBy,
    HiddenWord,
    Key,
    Note,
    PersonalNote,
    Reason,
    RecordedBy,
    Spec,
)
from db.name_key import organisation_key
from db.record import one_of, record


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
    organisation_name: Annotated[str, Spec("団体", erasing="word")] = ""
    role: Annotated[str, Spec("役職", erasing="goes")] = ""
    state: Annotated[EntryState, Spec("状態")] = EntryState.APPLIED
    applied_at: Annotated[datetime | None, Spec("申込日時")] = None
    way: Annotated[str, Spec("経路", erasing="word")] = ""
    device: Annotated[Device, Spec("端末")] = Device.UNKNOWN
    care: Annotated[str, Spec("配慮", erasing="goes")] = ""
    photo: Annotated[PhotoConsent, Spec("撮影")] = PhotoConsent.UNKNOWN
    publication: Annotated[PhotoConsent, Spec("掲載")] = PhotoConsent.UNKNOWN
    photo_words: Annotated[str, Spec("撮影の条件", erasing="goes")] = ""
    words: Annotated[str, Spec("本人のことば", erasing="goes")] = ""
    words_use: Annotated[str, Spec("本人のことばの扱い", erasing="word")] = ""
    number: Annotated[int | None, Spec("名簿の番号", names_row=True)] = None
    admission: Annotated[int | None, Spec("入場番号")] = None
    group_number: Annotated[int | None, Spec("班")] = None
    seat: Annotated[str, Spec("席", erasing="word")] = ""
    waiting_order: Annotated[int | None, Spec("補欠の順")] = None
    state_before: Annotated[EntryState | None, Spec("前の状態")] = None
    waiting_before: Annotated[int | None, Spec("前の補欠の順")] = None
    answer_by: Annotated[date | None, Spec("繰上げの返事の期限")] = None
    walk_in: Annotated[bool, Spec("当日受付")] = False
    attendance: Annotated[Attendance, Spec("出欠")] = Attendance.UNKNOWN
    attended_at: Annotated[datetime | None, Spec("受付の時刻")] = None
    absent_told_at: Annotated[datetime | None, Spec("欠席の連絡")] = None
    absent_note: Annotated[str, Spec("欠席の連絡の内容", erasing="goes")] = ""
    late: Annotated[bool, Spec("遅刻")] = False
    substitute_for: Key | None = None
    moved_to: Key | None = None
    comes_again: Annotated[ComesAgain, Spec("再確認")] = ComesAgain.NOT_ASKED
    doubtful: Annotated[str, Spec("確認が必要なこと", erasing="goes")] = ""
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
    order: Annotated[int, Spec("順")]
    draw: Annotated[str, Spec("抽選の番号")] = ""
    result: Annotated[str, Spec("結果")]
    why: Annotated[str, Spec("理由")] = ""
    applied_at: Annotated[datetime | None, Spec("申込日時")] = None
    application_id: Key | None = None
    organisation: HiddenWord = ""
    organisation_draw: Annotated[str, Spec("団体の抽選の番号")] = ""
    named: Annotated[bool, Spec("氏名あり")] = True
    missed: Annotated[bool, Spec("前に外れた")] = False
    told: Annotated[bool, Spec("決定を通知済み")] = False


@record
class Selection:
    """One selection of participants, kept so that it can be shown and a 抽選 repeated with the same result.

    It keeps the day, hours and place that its event had then (``EVENT_FACTS``).
    """

    id: Key = 0
    event_id: Key
    method: Annotated[SelectionMethod, Spec("決め方", names_row=True)]
    seed: Annotated[str, Spec("抽選の種", erasing="word")] = ""
    capacity: Annotated[int, Spec("定員")]
    organisation_limit: Annotated[int | None, Spec("1団体の上限")] = None
    organisations_first: Annotated[bool, Spec("1団体1人を先に")] = False
    not_chosen_first: Annotated[bool, Spec("前に外れた人を先に")] = False
    reason: Reason = ""
    lines: Annotated[tuple[SelectionLine, ...], Spec("決まり方", erasing="free")] = ()
    made_at: Annotated[datetime, Spec("行った日時")]
    by: RecordedBy
    event_date: Annotated[date | None, Spec("そのときの実施日")] = None
    start_time: Annotated[str, Spec("そのときの開始", erasing="day")] = ""
    end_time: Annotated[str, Spec("そのときの終了", erasing="day")] = ""
    venue: Annotated[str, Spec("そのときの会場", erasing="word")] = ""
    room: Annotated[str, Spec("そのときの部屋", erasing="word")] = ""


@record
class TableGroup:
    """One 班 of a 意見交換会 with its facilitator (from the 受託者's 配置表).

    ``notes`` is the number of its sticky notes, None = not counted. ``composition`` says in words who was in
    it (「5人・4団体」) where the roster does not know.
    """

    id: Key = 0
    event_id: Key
    number: Annotated[int, Spec("班", names_row=True)]
    facilitator: Annotated[str, Spec("ファシリテーター", erasing="staff")] = ""
    note: Note = ""
    notes: Annotated[int | None, Spec("付箋の枚数")] = None
    composition: Annotated[str, Spec("人数・団体数", erasing="free")] = ""


@record
class GroupWish:
    """Two entries to keep in one 班 (``together``) or in different ones."""

    id: Key = 0
    event_id: Key
    first_entry_id: Key
    second_entry_id: Key
    together: Annotated[bool, Spec("同じ班にする")] = False


@record
class Arrangement:
    """An arrangement for a 配慮 (手話, 要約筆記 …) with the day it was ordered and the day it was settled."""

    id: Key = 0
    event_id: Key
    entry_id: Key | None = None
    kind: Annotated[ArrangementKind, Spec("手配の種類", names_row=True)] = ArrangementKind.OTHER
    content: Annotated[str, Spec("内容", erasing="goes")] = ""
    ordered_on: Annotated[date | None, Spec("依頼日")] = None
    ordered_to: Annotated[str, Spec("依頼先", erasing="staff")] = ""
    phone: Annotated[str, Spec("電話", erasing="word")] = ""
    settled_on: Annotated[date | None, Spec("手配が済んだ日")] = None
    settled_by: ConfirmedBy = ""
    note: Annotated[str, Spec("メモ", erasing="goes")] = ""


@record
class Tablet:
    """One tablet of the ward for lending on the day."""

    id: Key = 0
    number: Annotated[str, Spec("タブレットの番号", names_row=True, erasing="word")]
    name: Annotated[str, Spec("名称", erasing="word")] = ""
    note: Note = ""
    retired_on: Annotated[date | None, Spec("使わなくした日")] = None


@record
class TabletLoan:
    """The loan of one tablet to one entry of an event, with return, initialisation and check."""

    id: Key = 0
    tablet_id: Key
    event_id: Key
    entry_id: Key | None = None
    out_at: Annotated[datetime | None, Spec("貸し出した時刻")] = None
    back_at: Annotated[datetime | None, Spec("返却の時刻")] = None
    initialised_at: Annotated[datetime | None, Spec("初期化した時刻")] = None
    checked_by: CheckedBy = ""
    note: PersonalNote = ""
