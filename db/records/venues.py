"""Venues and the bookings of their rooms (仮予約 → 申請 → 承認 → 減免 → 備品・鍵 → 片付け)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import HiddenKey, Key
from db.record import data_field, one_of, optional_field, record, text_field


class Facility(StrEnum):
    """Whether a venue belongs to the ward (仕4(1)イ); "" = unknown."""

    UNKNOWN = ""
    WARD = "区立施設"
    OTHER = "その他の施設"

    is_other = one_of(OTHER)


class Network(StrEnum):
    """Whether a venue has a network."""

    PRESENT = "有"
    ABSENT = "無"
    UNKNOWN = "不明"

    is_present = one_of(PRESENT)
    is_absent = one_of(ABSENT)
    is_unknown = one_of(UNKNOWN)


class BookingState(StrEnum):
    """How far a booking has come."""

    TENTATIVE = "仮予約"
    APPLIED = "申請中"
    APPROVED = "承認"
    CANCELLED = "取消"

    is_cancelled = one_of(CANCELLED)
    is_approved = one_of(APPROVED)
    is_filed = one_of(APPLIED, APPROVED)
    is_applied = one_of(APPLIED)
    """Whether the venue was asked."""


@record
class Venue:
    """One venue.

    ``facility`` says whether it is the ward's own, ``access`` is the way there, ``barrier_free`` what matters for
    wheelchairs and the like. ``aed`` and ``refuge`` (避難場所) are told to participants. ``map_…`` are the five
    words of its small map, who drew it and who permits printing; without both of these it is printed nowhere. A
    supplied picture of it is the stored file ``map_file_id``.
    """

    id: Key = 0
    name: str = data_field(
        "名称", r"会場|施設|館名|名称|場所", match_order=200, names_row=True, erasing="word", max_length=100
    )
    room: str = data_field(
        "部屋", r"部屋|室場|室名|会議室|^室$", match_order=110, erasing="word", max_length=60, default=""
    )
    address: str = data_field(
        "所在地", r"所在地|住所|番地", match_order=120, erasing="word", max_length=120, default=""
    )
    access: str = data_field(
        "行き方", r"行き方|アクセス|交通|最寄り?", match_order=100, erasing="word", max_length=300, default=""
    )
    phone: str = data_field("電話", r"電話|tel|連絡先", match_order=130, erasing="word", max_length=60, default="")
    capacity: int | None = data_field("定員", r"定員|収容|人数|席数", match_order=140, unit="人", default=None)
    equipment: str = data_field(
        "備品", r"備品|設備|機材|附属|付属", match_order=150, erasing="word", max_length=500, default=""
    )
    network: Network = data_field(
        "ネット環境", r"ネット|wi-?fi|無線|通信|lan$", match_order=80, default=Network.UNKNOWN
    )
    facility: Facility = data_field("施設の区分", r"区分|種別|区立", match_order=90, default=Facility.UNKNOWN)
    barrier_free: str = data_field(
        "段差・設備",
        r"段差|バリア|車いす|車椅子|エレベーター|トイレ",
        match_order=70,
        erasing="word",
        max_length=300,
        default="",
    )
    note: str = data_field("備考", r"備考|メモ|摘要", match_order=160, erasing="free", max_length=1000, default="")
    aed: str = data_field("AEDの場所", r"aed", match_order=10, erasing="word", max_length=100, default="")
    refuge: str = data_field("避難場所", r"避難", match_order=20, erasing="word", max_length=100, default="")
    map_station: str = data_field("地図の駅", r"地図の駅", match_order=30, erasing="word", max_length=60, default="")
    map_exit: str = data_field("地図の出口", r"地図の出口", match_order=31, erasing="word", max_length=60, default="")
    map_street: str = data_field("地図の通り", r"地図の通り", match_order=32, erasing="word", max_length=60, default="")
    map_building: str = data_field(
        "地図の建物", r"地図の建物", match_order=33, erasing="word", max_length=100, default=""
    )
    map_minutes: int | None = data_field("地図の徒歩", r"地図の徒歩", match_order=34, unit="分", default=None)
    map_source: str = data_field(
        "地図の出典", r"地図の出典", match_order=35, erasing="word", max_length=120, default=""
    )
    map_permission: str = data_field(
        "地図の使用の許可", r"地図の使用の許可", match_order=36, erasing="word", max_length=120, default=""
    )
    map_file_id: int | None = optional_field("地図の絵")


@record
class Booking:
    """One room for one day, times "HH:MM"; ``row_key`` recognises the row of an imported list."""

    id: Key = 0
    venue_id: Key | None = None
    venue_name: str = data_field(
        "会場",
        r"(?:施設|会場)(?:の?名称?|等|\d|[・/／].*|\(.*)?$|館名|利用場所|^場所$",
        import_label="施設",
        key="venue",
        match_order=150,
        custom_parsing=True,
        is_editable=True,
        erasing="word",
        max_length=100,
        names_row=True,
    )
    room: str = data_field(
        "部屋",
        r"室場|(?:部屋|会議室)(?:の?名称?|番号|等|\d|[・/／].*|\(.*)?$|室名|^室$|面$",
        match_order=140,
        custom_parsing=True,
        is_editable=True,
        width=240,
        erasing="word",
        max_length=60,
        default="",
    )
    event_id: Key | None = None
    day: date = data_field(
        "利用日",
        r"利用日|使用日|利用年月日|使用年月日|利用期日|^日付$|^年?月日$",
        match_order=60,
        custom_parsing=True,
        is_editable=True,
        width=120,
    )
    start_time: str = data_field(
        "開始",
        r"開始|^(?:利用)?時間\(?自\)?$|から$",
        key="start",
        match_order=70,
        custom_parsing=True,
        is_editable=True,
        width=88,
        erasing="day",
        default="",
    )
    end_time: str = data_field(
        "終了",
        r"終了|^(?:利用)?時間\(?至\)?$|まで$",
        key="end",
        match_order=80,
        custom_parsing=True,
        is_editable=True,
        width=88,
        erasing="day",
        default="",
    )
    approval_number: str = data_field(
        "承認番号",
        r"受付番号|申請番号|承認番号|予約番号|申込番号|許可番号|利用番号|管理番号",
        import_label="受付・承認番号",
        key="number",
        match_order=100,
        is_editable=True,
        width=240,
        erasing="word",
        max_length=60,
        default="",
    )
    state: BookingState = data_field(
        "状態",
        r"状態|状況|ステータス|申請区分|予約区分|取消",
        match_order=110,
        custom_parsing=True,
        is_editable=True,
        width=160,
        default=BookingState.TENTATIVE,
    )
    reserved_on: date | None = optional_field("仮予約した日", is_editable=True, width=120)
    applied_on: date | None = data_field(
        "申請日",
        r"申請日|申込日|受付日|予約日",
        match_order=50,
        custom_parsing=True,
        is_editable=True,
        width=120,
        default=None,
    )
    approved_on: date | None = data_field(
        "承認日",
        r"承認日|許可日|決定日",
        match_order=40,
        custom_parsing=True,
        is_editable=True,
        width=120,
        default=None,
    )
    cancel_by: date | None = data_field(
        "取消期限",
        r"取消(?:可能)?(?:期限|期日|締切)|キャンセル期限",
        match_order=10,
        custom_parsing=True,
        is_editable=True,
        width=120,
        default=None,
    )
    use_confirmed_on: date | None = optional_field("使うことを確認した日", is_editable=True, width=120)
    fee: int | None = data_field(
        "使用料",
        r"使用料|利用料|料金|金額",
        unit="円",
        match_order=30,
        custom_parsing=True,
        is_editable=True,
        width=120,
        default=None,
    )
    reduction: str = data_field(
        "減免",
        r"減免|免除",
        match_order=20,
        is_editable=True,
        width=320,
        hint="全額免除（申請済）／なし",
        erasing="word",
        max_length=100,
        default="",
    )
    purpose: str = data_field(
        "利用目的",
        r"目的|催物|行事|内容|名称\(?催",
        match_order=120,
        is_editable=True,
        width=320,
        erasing="free",
        max_length=200,
        default="",
    )
    equipment: str = data_field(
        "備品",
        r"備品|設備|附属|付属",
        match_order=130,
        is_editable=True,
        width=320,
        erasing="word",
        max_length=500,
        default="",
    )
    key_note: str = text_field(
        "鍵", "free", is_editable=True, width=320, hint="当日13:00 窓口で受け取り", max_length=300
    )
    cleared_on: date | None = optional_field("片付けの確認")
    cleared_by: str = text_field("片付けを確かめた人", "staff")
    row_key: HiddenKey = ""
    import_id: Key | None = None
    note: str = data_field(
        "備考",
        r"備考|メモ|摘要|連絡",
        match_order=160,
        custom_parsing=True,
        is_editable=True,
        erasing="free",
        max_length=1000,
        default="",
    )

    @property
    def place(self) -> str:
        """Return venue and room with a space between, or the one that is not empty."""
        return f"{self.venue_name} {self.room}".strip()
