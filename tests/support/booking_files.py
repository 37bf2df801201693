"""A list of bookings as a facility reservation system gives it, with invented rooms."""

from __future__ import annotations

BOOKING_TEXT = (
    "予約番号,施設名,部屋名,利用日,利用開始時刻,利用終了時刻,状態,使用料,利用目的\r\n"
    "0000101,見本つつじ区民館,研修室,2026/12/15,13:00,17:00,承認,0,LINE講習会\r\n"
    "0000102,見本つつじ区民館,会議室,2026/12/22,09:00,12:00,申請中,1200,打合せ\r\n"
    "0000103,見本星空区民センター,大会議室,2027/02/04,13:00,17:00,仮予約,0,意見交換会\r\n"
    "0000104,見本星空区民センター,大会議室,2027/02/31,13:00,17:00,仮予約,0,\r\n"
)
BOOKING_CSV = BOOKING_TEXT.encode("cp932")
