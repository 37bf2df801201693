"""Which pictures the program takes of itself, in the order of the work; each says what must be seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.startup.pictures.sample import numbered
from app.startup.pictures.shot import Shot
from app.startup.pictures.shots_of_an_event import shots_before_the_day, shots_of_people, shots_of_the_day
from app.startup.pictures.steps import fill, press


def shots(events: Mapping[str, int], scratch: Path) -> Iterator[Shot]:
    """Yield the pictures of the main window; ``scratch`` takes files that are read for one."""
    yield from _year(events)
    yield from shots_of_people(events, scratch)
    yield from shots_before_the_day(events)
    yield from shots_of_the_day(events)
    yield from _surveys(events)
    yield from _reports(events)
    yield from _settings()


def _year(events: Mapping[str, int]) -> Iterator[Shot]:
    coming, moved = numbered(events, "第6回"), numbered(events, "第7回")
    overview = {"event_id": coming, "tab": "概要"}
    yield Shot(name="ホーム", place="home", shows="来週から", paper="home")
    yield Shot(name="事業・日程", place="events", shows="実施回を追加")
    yield Shot(
        name="実施回を追加", place="events", shows="実施回を追加する",
        steps=(press("実施回を追加"), fill("名称", "防災とLINE講習会"), fill("実施日", "12/22"),
               fill("会場", "見本つつじ台区民館")),
    )  # fmt: skip
    yield Shot(name="実施回の概要", place="event", shows="期限と根拠", arguments=overview, paper="event")
    yield Shot(
        name="日付を変える", place="event", shows="動く期限", arguments={"event_id": moved, "tab": "概要"},
        steps=(press("日付を変える"), fill("新しい日付", "12/22")), paper="event-move",
    )  # fmt: skip
    yield Shot(name="会場・予約", place="venues", shows="予約の一覧を取り込む")
    yield Shot(name="年度の期日", place="year", shows="日付を変える")
    yield Shot(
        name="中止・変更の連絡", place="calls", shows="電話一覧", arguments={"event_id": coming},
        bare=("判断を記録すると、文がここに出ます。",),
    )  # fmt: skip


def _surveys(events: Mapping[str, int]) -> Iterator[Shot]:
    coming, line, fifth = (numbered(events, part) for part in ("第6回", "第2回 LINE", "第5回"))
    versions = (("ひな形", 1), ("ひな形", 2))

    def of(event: int, page: str) -> dict[str, Any]:
        return {"event_id": event, "page": page}

    yield Shot(name="アンケートの一覧", place="survey", shows="中間集計")
    yield Shot(name="設問のひな形", place="questionnaires", shows="ひな形を作る")
    yield Shot(name="設問を比べる", place="questionnaires", shows="入れ替える", arguments={"compare": versions})
    yield Shot(name="設問", place="survey", shows="設問を加える", arguments=of(coming, "設問"))
    yield Shot(name="検算・代行入力", place="survey", shows="入力を始める", arguments=of(fifth, "検算・代行入力"))
    yield Shot(
        name="紙の回答の入力", place="survey", shows="問1", arguments=of(fifth, "検算・代行入力"),
        steps=(press("入力を始める"),), paper="survey-entry",
    )  # fmt: skip
    yield Shot(name="オンラインの取込み", place="survey", shows="回答のファイルを選ぶ", arguments=of(fifth, "取り込み"))
    yield Shot(name="回答", place="survey", shows="合わせ方の決まり", arguments=of(fifth, "回答"))
    yield Shot(name="集計", place="survey", shows="集計表を出力", arguments=of(line, "集計"))
    yield Shot(name="年間の集計", place="survey_year", shows="今年度の回ごとに並べる")


def _reports(events: Mapping[str, int]) -> Iterator[Shot]:
    line, exchange, fifth = (numbered(events, part) for part in ("第2回 LINE", "第1回 意見交換会", "第5回"))
    yield Shot(name="報告書の一覧", place="report", shows="受託者からの提出待ち")
    yield Shot(
        name="報告書の様式", place="report", shows="章と記入する者", arguments={"event_id": line, "view": "form"}
    )
    yield Shot(
        name="報告書の内容確認", place="report", shows="数字の突合", arguments={"event_id": exchange, "view": "check"},
        paper="report-check",
    )  # fmt: skip
    yield Shot(name="履歴", place="event", shows="つぎに戻せるもの", arguments={"event_id": fifth, "tab": "履歴"})


def _settings() -> Iterator[Shot]:
    pages = (
        ("numbers", "契約の数", "すべて元の値に戻す"), ("closed_days", "閉庁日", "閉庁日を加える"),
        ("office", "所属・担当者", "文書記号"), ("papers", "帳票の宛先", "公文書（起案・決裁）"),
        ("users", "利用者", "新しい回復キーを発行する"), ("backup", "バックアップ", "データを点検する"),
        ("look", "表示", "文字の大きさ"),
    )  # fmt: skip
    for page, name, shows in pages:
        paper = page if page == "backup" else ""
        yield Shot(name=f"設定 {name}", place="settings", shows=shows, arguments={"page": page}, paper=paper)
