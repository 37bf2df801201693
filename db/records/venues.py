"""Venues and the bookings of their rooms (仮予約 → 申請 → 承認 → 減免 → 備品・鍵 → 片付け)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from db.fields import Spec
from db.frozen_record import frozen_record

Facility = Literal["", "区立施設", "その他の施設"]
"""Whether a venue belongs to the ward (仕4(1)イ); "" = unknown."""
BookingState = Literal["仮予約", "申請中", "承認", "取消"]


@frozen_record
class Venue:
    """One venue.

    ``facility`` says whether it is the ward's own, ``access`` is the way there, ``barrier_free`` what matters for
    wheelchairs and the like. ``aed`` and ``refuge`` (避難場所) are told to participants. ``map_…`` are the five
    words of its small map, who drew it and who permits printing; without both of these it is printed nowhere. A
    supplied picture of it is the stored file ``map_file_id``.
    """

    id: int = 0
    name: str
    room: str = ""
    address: str = ""
    access: str = ""
    phone: str = ""
    capacity: int | None = None
    equipment: str = ""
    network: str = "不明"
    facility: Facility = ""
    barrier_free: str = ""
    note: str = ""
    aed: str = ""
    refuge: str = ""
    map_station: str = ""
    map_exit: str = ""
    map_street: str = ""
    map_building: str = ""
    map_minutes: int | None = None
    map_source: str = ""
    map_permission: str = ""
    map_file_id: int | None = None


@frozen_record
class Booking:
    """One room for one day, times "HH:MM"; ``row_key`` recognises the row of an imported list."""

    id: int = 0
    venue_id: int | None = None
    venue_name: Annotated[
        str,
        Spec(
            "会場",
            r"施設|会場|館名|利用場所|^場所$",
            import_label="施設",
            key="venue",
            match_order=150,
            custom_parsing=True,
            is_editable=True,
        ),
    ]
    room: Annotated[
        str,
        Spec(
            "部屋", r"室場|部屋|室名|会議室|^室$|面$", match_order=140, custom_parsing=True, is_editable=True, width=240
        ),
    ] = ""
    event_id: int | None = None
    day: Annotated[
        date,
        Spec(
            "利用日",
            r"利用日|使用日|利用年月日|使用年月日|利用期日|^日付$|^年月日$",
            match_order=60,
            custom_parsing=True,
            is_editable=True,
            width=120,
        ),
    ]
    start_time: Annotated[
        str,
        Spec(
            "開始",
            r"開始|^(?:利用)?時間\(?自\)?$|から$",
            key="start",
            match_order=70,
            custom_parsing=True,
            is_editable=True,
            width=88,
        ),
    ] = ""
    end_time: Annotated[
        str,
        Spec(
            "終了",
            r"終了|^(?:利用)?時間\(?至\)?$|まで$",
            key="end",
            match_order=80,
            custom_parsing=True,
            is_editable=True,
            width=88,
        ),
    ] = ""
    approval_number: Annotated[
        str,
        Spec(
            "承認番号",
            r"受付番号|申請番号|承認番号|予約番号|申込番号|許可番号|利用番号|管理番号",
            import_label="受付・承認番号",
            key="number",
            match_order=100,
            is_editable=True,
            width=240,
        ),
    ] = ""
    state: Annotated[
        BookingState,
        Spec(
            "状態",
            r"状態|状況|ステータス|申請区分|予約区分|取消",
            match_order=110,
            custom_parsing=True,
            is_editable=True,
            width=160,
        ),
    ] = "仮予約"
    reserved_on: Annotated[date | None, Spec("仮予約した日", is_editable=True, width=120)] = None
    applied_on: Annotated[
        date | None,
        Spec(
            "申請日", r"申請日|申込日|受付日|予約日", match_order=50, custom_parsing=True, is_editable=True, width=120
        ),
    ] = None
    approved_on: Annotated[
        date | None,
        Spec("承認日", r"承認日|許可日|決定日", match_order=40, custom_parsing=True, is_editable=True, width=120),
    ] = None
    cancel_by: Annotated[
        date | None,
        Spec(
            "取消期限",
            r"取消(?:可能)?(?:期限|期日|締切)|キャンセル期限",
            match_order=10,
            custom_parsing=True,
            is_editable=True,
            width=120,
        ),
    ] = None
    use_confirmed_on: Annotated[date | None, Spec("使うことを確認した日", is_editable=True, width=120)] = None
    fee: Annotated[
        int | None,
        Spec(
            "使用料",
            r"使用料|利用料|料金|金額",
            unit="円",
            match_order=30,
            custom_parsing=True,
            is_editable=True,
            width=120,
        ),
    ] = None
    reduction: Annotated[
        str, Spec("減免", r"減免|免除", match_order=20, is_editable=True, width=320, hint="全額免除（申請済）／なし")
    ] = ""
    purpose: Annotated[
        str, Spec("利用目的", r"目的|催物|行事|内容|名称\(?催", match_order=120, is_editable=True, width=320)
    ] = ""
    equipment: Annotated[str, Spec("備品", r"備品|設備|附属|付属", match_order=130, is_editable=True, width=320)] = ""
    key_note: Annotated[str, Spec("鍵", is_editable=True, width=320, hint="当日13:00 窓口で受け取り")] = ""
    cleared_on: date | None = None
    cleared_by: str = ""
    row_key: str = ""
    import_id: int | None = None
    note: Annotated[
        str, Spec("備考", r"備考|メモ|摘要|連絡", match_order=160, custom_parsing=True, is_editable=True)
    ] = ""
