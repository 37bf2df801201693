"""Files of applications written by a test, and the events and 団体 they speak of; all people are invented."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.programme.intake import preset
from app.programme.services import start_programme
from db.records.events import Event
from db.records.organisations import Organisation
from db.store import Store
from tests.support.kinds_r8 import form_of
from tests.support.stores import filled_store

BY = "見本　係員"
NOW = datetime(2026, 9, 16, 10, 20)
HEADINGS = (
    "受付番号", "送信日時", "申込方法", "団体名", "お名前", "フリガナ", "役職", "希望する講習会", "当日の端末", "人数",
    "配慮が必要なこと", "電話番号", "メールアドレス", "生年月日", "性別", "状態",
)  # fmt: skip


def year_store(folder: Path, *, organisations: Sequence[tuple[str, str]] = ()) -> Store:
    """Give a year with two LINE講習会, one Instagram講習会 and one 意見交換会; ids 1 to 4; 団体 as (支部, 名称)."""
    return filled_store(folder, fill_year, organisations=tuple(organisations))[0]


def fill_programme(store: Store, organisations: Sequence[tuple[str, str]] = ()) -> None:
    """Start the year without any event, with 団体 as (支部, 名称)."""
    start_programme(
        ActionContext(store, BY, NOW), programme=preset().programme, numbers=preset().kinds, office=preset().office
    )
    with store.change(action="準備", by="準備", now=NOW, subject="programme", barrier=True) as change:
        for branch, name in organisations:
            change.insert(Organisation(branch=branch, name=name))


def fill_year(store: Store, organisations: Sequence[tuple[str, str]] = ()) -> None:
    """Start the year and put in what ``year_store`` gives."""
    fill_programme(store, organisations)
    days = (date(2026, 9, 30), date(2026, 11, 17), date(2026, 10, 15), date(2026, 11, 12))
    subjects = ("LINE講習会", "LINE講習会（2回目）", "Instagram講習会", "意見交換会")
    with store.change(action="準備", by="準備", now=NOW, subject="programme", barrier=True) as change:
        for ordinal, (day, subject) in enumerate(zip(days, subjects, strict=True), start=1):
            kind = "意見交換会" if subject == "意見交換会" else "講習会"
            change.insert(
                Event(
                    kind=kind, form=form_of(kind), subject=subject, event_date=day, ordinal=ordinal, venue_capacity=20
                )
            )


def row(
    number: int,
    name: str,
    organisation: str = "みほん一丁目町会",
    *,
    at: str = "",
    wishes: str = "LINE講習会",
    phone: str = "",
    **other: str,
) -> tuple[str, ...]:
    """Return the cells of one application; ``other`` by heading (端末=, 人数=, 役職=, 配慮=, 状態=,
    方法=, ふりがな=)."""
    stamp = at or f"2026/09/{1 + number % 28:02d} 9:{number % 60:02d}"
    return (
        f"{number:05d}", stamp, other.get("方法", "電子"), organisation, name, other.get("ふりがな", "ミホン　タロウ"),
        other.get("役職", ""), wishes, other.get("端末", "持参"), other.get("人数", "1"), other.get("配慮", ""),
        phone or f"03-0000-{number:04d}", other.get("メール", ""), "1950/01/01", "女", other.get("状態", "受付"),
    )  # fmt: skip


def write_csv(path: Path, rows: Sequence[Sequence[str]], *, encoding: str = "utf-8") -> Path:
    """Write headings and rows as a CSV."""
    import csv
    import io

    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path
