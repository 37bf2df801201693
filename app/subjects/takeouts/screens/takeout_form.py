"""The fields of a row of the 持出し管理簿, as a form of their own and as a part of an export."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.subjects.takeouts.services.takeouts import PAPER
from app.widgets.form import Form
from app.widgets.form_fields import Field
from db.records.protection import Takeout

_ENCRYPTION = {
    True: "情報を入れた媒体は、暗号化して持ち出します",
    False: "つぎの画面で「暗号化して保存」を選ぶときは、空のまま",
}
MEDIA = (PAPER, "USBメモリ", "ノートパソコン", "タブレット", "DVD")


def takeout_fields(*, contents: bool) -> tuple[Field, ...]:
    """The fields; ``contents`` False where 格納情報 and 用途 are known already."""
    about = (
        Field(
            key="contents",
            label="格納情報",
            placeholder="受付名簿（17人分）",
            hint="入っていない媒体は「なし（空の媒体）」",
        ),
        Field(key="purpose", label="用途", width=280, placeholder="当日の受付"),
    )
    rest = (
        Field(key="taken_by", label="持ち出した者", width=240),
        Field(key="approved_by", label="承認者", width=240),
        Field(key="destination", label="持ち出し先", width=260),
        Field(key="medium", label="媒体", kind="choice", choices=tuple((one, one) for one in MEDIA), width=180),
        Field(key="copies", label="部数", kind="number", unit="部", width=72, least=1, most=999),
        Field(key="encryption", label="暗号化の方法", width=240, placeholder="AESによる暗号化", optional=not contents, hint=_ENCRYPTION[contents]),
        Field(key="back_day", label="返却予定の日", kind="date", width=120, optional=True),
        Field(key="back_time", label="返却予定の時刻", kind="time", width=88, optional=True),
        Field(key="reference", label="管理番号", width=200, optional=True),
    )  # fmt: skip
    return (*about, *rest) if contents else rest


def show_takeout(form: Form, row: Takeout) -> None:
    """Fill the form with a row."""
    due = row.due_back_at
    form.set_values(
        {
            "contents": row.contents, "purpose": row.purpose, "taken_by": row.taken_by, "approved_by": row.approved_by,
            "destination": row.destination, "medium": row.medium, "copies": row.copies, "encryption": row.encryption,
            "back_day": due.date() if due else None, "back_time": f"{due.hour}:{due.minute:02d}" if due else "",
            "reference": row.reference,
        }
    )  # fmt: skip
    follow_medium(form)


def follow_medium(form: Form) -> None:
    """The way of encryption is asked for what is not paper."""
    form.show_field("encryption", form.value("medium") != PAPER)


def typed_takeout(form: Form, base: Takeout) -> Takeout:
    """The row as typed over ``base``."""
    values = form.values()
    day, clock = values["back_day"], values["back_time"] or "17:15"
    hour, minute = (int(part) for part in clock.split(":"))
    due = datetime(day.year, day.month, day.day, hour, minute) if day else None  # noqa: DTZ001 - local time, as everywhere
    return replace(
        base,
        contents=values.get("contents", base.contents),
        purpose=values.get("purpose", base.purpose),
        taken_by=values["taken_by"],
        approved_by=values["approved_by"],
        destination=values["destination"],
        medium=values["medium"],
        copies=values["copies"] or 1,
        encryption="" if values["medium"] == PAPER else values["encryption"],
        due_back_at=due,
        reference=values["reference"],
    )
