"""The patterns of the screens: one place of the act, short rows, no bare fraction, nothing cut."""

import re

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.startup.pictures.visible_texts import visible_texts
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.lists.record_view import RecordView
from app.widgets.pdf.pdf_preview import PdfPreview
from app.window import theme as t
from tests.support.layout import CELL, CUT, FILLED, faults_of

SCREENS = (
    "ホーム", "参加人数", "実施回 人数連絡", "実施回 概要", "実施回 参加者", "参加者", "参加者を決める",
    "実施回 支援のあゆみ", "実施回 帳票", "実施回 履歴", "確認の電話", "受付", "紙の名簿から出欠", "班分け",
    "実施回 当日", "当日", "貸与タブレット", "資料のページと指摘", "中止・変更の連絡", "事故の対応",
    "会場・予約", "配慮の手配", "通知・募集", "完了・検査・支払", "年度の期日", "仕様書の読み比べ",
    "次年度提案書の根拠", "検討メモ", "引継書", "実施回 アンケート", "アンケート 設問", "アンケート 用紙",
    "アンケート 回答", "アンケート 検算・代行入力", "アンケート 取り込み", "アンケート 照合", "アンケート 集計",
    "報告書 様式", "情報保護", "従事者名簿", "確認票", "協議・打合せ", "設問のひな形", "区の年中行事",
    "日程の比べ", "年間の集計 中間集計", "申込 取り込み", "申込 一覧", "報告書 内容確認", "受託者の提出物",
    "資料確認", "報告書の一覧", "実施回 資料", "実施回 報告書", "持出し管理簿", "目的を選んで出力",
    "その日の状態", "応対メモ", "設定 numbers", "設定 office", "設定 users", "派遣の希望票",
)  # fmt: skip
"""The visits (``tests/support/visits.py``) that are held to the patterns; the list only gets longer."""
_FRACTION = re.compile(r"^\d+( / |/(?=\d+[件人回台枚済]|\d+団体))\d+(?!\d|団体程度|回程度)")
"""A count without a name; not a day, nor one whose denominator the contract gives."""


def pattern_breaks(window: QWidget) -> list[str]:
    """Return what breaks a pattern in the window, each with the number of its pattern."""
    buttons = [one for one in window.findChildren(Button) if one.isVisible() and one.window() is window]
    filled = [one for one in buttons if one.is_filled and not _in_row(one)]
    found = [
        f"1 「{one.accessibleName()}」 ends {_from_right(one)} from the right" for one in filled if not _at_foot(one)
    ]
    found += [f"4 「{text}」" for text in _second_lines(window) if "\n" in text]
    # Which page of a paper is shown stands between the arrows that turn it.
    pages = {one.count.text() for one in window.findChildren(PdfPreview)}
    found += [f"6 「{text}」" for text in visible_texts(window) if _FRACTION.match(text) and text not in pages]
    found += [f"{1 if one.kind == FILLED else 9} {one}" for one in faults_of(window) if one.kind in (FILLED, CUT, CELL)]
    return found


def _in_row(button: QWidget) -> bool:
    above = button.parentWidget()
    return above is not None and (isinstance(above, RecordView) or _in_row(above))


def _from_right(button: Button) -> int:
    return button.window().width() - button.mapTo(button.window(), QPoint(button.width(), 0)).x()


def _at_foot(button: Button) -> bool:
    return isinstance(button.parentWidget(), ActionBar) and _from_right(button) == t.PAGE_X


def _second_lines(window: QWidget) -> list[str]:
    lists = [one.rows for one in window.findChildren(RecordView) if one.isVisible()]
    return [
        model.cell(row, column).second
        for model in lists
        for row in range(model.rowCount())
        if model.heading(row) is None
        for column in range(model.columnCount())
    ]
