"""Applications as received, the files they came from, and the remembered columns of each source."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from db.fields import Checksum, Key, Origin, PersonalKey, Reason, RecordedAt, RecordedBy
from db.record import ListColumn, data_field, optional_field, record, text_field

READ_WHOLE = 1
"""``ForeignImport.reading`` of a file whose cells were parsed whole, or later compared with that."""


class ApplicationChannel(StrEnum):
    """How an application came."""

    ONLINE = "電子"
    PHONE = "電話"
    FAX = "FAX"
    COUNTER = "窓口"
    POST = "郵送"
    MAIL = "メール"
    ON_THE_DAY = "当日"
    UNKNOWN = ""


class ImportTarget(StrEnum):
    """What a foreign list is read into."""

    APPLICATIONS = "申込"
    ORGANISATIONS = "団体"
    VENUES = "会場"
    BOOKINGS = "会場予約"
    SURVEY = "アンケート"


@record
class Application:
    """One application as received; it is kept once and creates entries in the events it wishes for.

    ``wishes`` are the wished events as written; ``people`` how many come (named or not); ``row_key`` the
    keyed hash that recognises the row of a file; ``receipt_number`` a text, with leading zeros. A field
    without ``Spec`` is neither shown, imported nor exported.
    """

    id: Key = 0
    import_id: Key | None = None
    source: Origin = ""
    received_at: datetime | None = data_field(
        "申込日時",
        r"タイムスタンプ|timestamp|送信日|申し?込み?日|申込年月日|受付日|受付年月日|受付月日|受理日|到達日|受付時刻"
        r"|申請日|完了時刻|completiontime|登録日時|回答日|受信日",
        match_order=30,
        custom_parsing=True,
        is_editable=True,
        list_column=ListColumn(),
        default=None,
    )
    receipt_number: str = data_field(
        "受付番号",
        r"受付番号|申込番号|申し込み番号|整理番号|申請番号|管理番号|回答番号|到達番号|受付no|申込no"
        r"|^(?:no\.?|id|番号|連番|項番|#)$",
        match_order=40,
        erasing="goes",
        names_row=True,
        default="",
    )
    way: ApplicationChannel = data_field(
        "経路",
        r"経路|申込方法|申し込み方法|受付方法|受付区分|受付種別|(?:申込|申し込み|受付|^)の?手段",
        match_order=50,
        custom_parsing=True,
        is_editable=True,
        list_column=ListColumn(),
        default=ApplicationChannel.UNKNOWN,
    )
    organisation_id: int | None = optional_field("団体", is_editable=True, is_hidden=True)
    organisation_name: str = data_field(
        "団体",
        r"団体|町会|自治会|町内会|所属|管理組合|organization",
        key="organisation",
        match_order=220,
        custom_parsing=True,
        is_editable=True,
        list_column=ListColumn(max_width=200),
        erasing="word",
        default="",
    )
    branch: str = data_field("支部", erasing="word", default="")
    name: str = data_field(
        "氏名",
        r"氏名|名前|お名|申込者|申し込み者|参加者|代表者|担当者|^name$|会長名",
        match_order=230,
        separator=" ",
        custom_parsing=True,
        is_editable=True,
        erasing="goes",
        width=260,
        list_column=ListColumn(max_width=180),
        default="",
    )
    furigana: str = data_field(
        "ふりがな",
        r"ふりがな|フリガナ|カナ|かな|読み|よみ|ヨミ|furigana|kana",
        match_order=120,
        separator=" ",
        custom_parsing=True,
        is_editable=True,
        erasing="goes",
        width=260,
        default="",
    )
    role: str = data_field(
        "役職",
        r"役職|役割|役目|肩書|お立場|立場",
        match_order=170,
        custom_parsing=True,
        is_editable=True,
        erasing="goes",
        width=180,
        default="",
    )
    wishes: tuple[str, ...] = data_field(
        "希望する実施回",
        r"(?:講習会?|講座|コース|セミナー)(?:名|の?(?:名称|種類|選択|希望|内容|回|日程?|会場))?"
        r"(?:[)\]」】\[【※*_・、,0-9].*|\((?:必須|任意|複数|いくつでも).*)?$"
        r"|参加(?:を)?希望|受講(?:を)?希望|受講したい|申し込む"
        r"|希望(?:する|の)?(?:回|会場|内容|イベント)|申込(?:む)?回|参加(?:する)?回|開催回|^希望$|日程"
        r"|(?:どの|どちらの|いずれの)(?:回|日|講)",
        match_order=210,
        allows_multiple=True,
        custom_parsing=True,
        erasing="word",
        default=(),
    )
    people: int = data_field(
        "人数",
        r"^(?!.*(?:除く|を除|含ま)).*(?:人数|何人|何名|参加者数|参加予定数|定員)",
        match_order=100,
        unit="人",
        custom_parsing=True,
        is_editable=True,
        width=64,
        list_column=ListColumn(),
        default=1,
    )
    device: str = data_field(
        "端末",
        r"端末|スマホ|スマートフォン|タブレット|機種|機器|device",
        match_order=200,
        allows_multiple=True,
        custom_parsing=True,
        is_editable=True,
        list_column=ListColumn(min_list_width=620),
        erasing="word",
        default="",
    )
    care: str = data_field(
        "配慮",
        r"配慮|介助|手話|車いす|車椅子|バリアフリー|サポートが必要|支援が必要",
        match_order=70,
        allows_multiple=True,
        custom_parsing=True,
        is_editable=True,
        is_secret=True,
        erasing="goes",
        hint="手話通訳、前の席、車いす など",
        default="",
    )
    large_print: str = data_field(
        "大きな字の通知を希望",
        r"大きな(?:文)?字(?:で|の)|(?:通知|手紙|案内|お知らせ).*(?:大きな(?:文)?字|拡大)|拡大版|大活字",
        match_order=65,
        is_editable=True,
        is_secret=True,
        erasing="goes",
        hint="希望する など",
        width=180,
        default="",
    )
    row_key: PersonalKey = ""
    withdrawn: bool = data_field("取下げ", default=False)
    note: str = data_field(
        "備考",
        r"備考|質問|その他|相談|お困り|困りごと|連絡事項|連絡欄|通信欄|自由記[述入]|補足|コメント|要望|意見|摘要"
        r"|特記|メッセージ|伝えたい",
        match_order=240,
        import_label="本人のことば",
        allows_multiple=True,
        custom_parsing=True,
        is_editable=True,
        erasing="goes",
        default="",
    )


@record
class ForeignImport:
    """One imported file (申込, 団体 or 会場予約) with who imported it and the results.

    ``reading`` says how its answers were parsed: 0 by words searched in cells and never compared since, else
    whole (``READ_WHOLE``).
    """

    id: Key = 0
    target: ImportTarget = data_field("取り込み先")
    event_id: Key | None = None
    file_name: str = data_field("ファイル名", names_row=True, erasing="file")
    sha256: Checksum
    source: Origin
    encoding: str = text_field("文字コード", "word")
    at: RecordedAt
    by: RecordedBy
    new: int = data_field("新規", default=0)
    updated: int = data_field("更新", default=0)
    duplicate: int = data_field("重複", default=0)
    needs_check: int = data_field("確認が必要", default=0)
    skipped: int = data_field("取り込まない", default=0)
    dropped_columns: tuple[str, ...] = data_field("取り込まなかった列", erasing="word", default=())
    value_counts: dict[str, str] = data_field("数だけ残した列", erasing="word", default_factory=dict)
    reason: Reason = ""
    reading: int = data_field("読み方", default=0)


@record
class ColumnMap:
    """The columns of a source as last set by hand, from column number (text, from 0) to our field; "" = ignored."""

    id: Key = 0
    target: ImportTarget = data_field("取り込み先", names_row=True)
    source_key: Origin
    columns: dict[str, str] = data_field("列", erasing="word", default_factory=dict)
    remembered_at: datetime = data_field("覚えた日時")
