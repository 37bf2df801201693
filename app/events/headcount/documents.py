"""Content of 参加人数連絡書 and 変更連絡: numbers only, never a name or a 団体 (仕様書4(1)エ, (2)エ, (3)エ)."""

from __future__ import annotations

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import (
    BigNumber,
    Block,
    Closing,
    Column,
    DocumentContent,
    LetterItems,
    Paragraph,
    Table,
    Title,
)
from app.documents.event_facts import EventFacts, devices_words
from app.event.rules import copies
from app.event.rules.expected_attendance import unknown_devices
from app.event.rules.participation import UNDECIDED_CARE
from app.programme.rules import based_on, in_brackets, people_words
from db.records.participants import NoticeWithNotification
from db.records.programme import EventKind

KIND = "参加人数連絡書"
CHANGE_KIND = "参加人数変更連絡書"


def headcount_notice(
    context: document_frame.DocumentContext,
    event: EventFacts,
    numbers: EventKind,
    notice: NoticeWithNotification,
    previous: NoticeWithNotification | None,
    event_before: EventFacts | None = None,
) -> DocumentContent:
    """Return the 参加人数連絡書; with ``previous`` (the notice before) the 参加人数変更連絡書, 前回 → 今回.

    Args:
        event_before: the event as the notice before told it, None = there is none.
    """
    name = document_frame.event_name(event, with_organisation=False)
    common = (("事業名", name), *_time_and_place(event, event_before))
    blocks: tuple[Block, ...]
    if previous is None:
        lead = f"{based_on(numbers.clause_people)}つぎのとおり参加人数を連絡します。"
        blocks = (LetterItems(rows=common), *_first(event, notice, numbers))
        kind = KIND
    else:
        told = dates.long_date_plain(previous.notified_on or previous.made_on)
        what = "参加人数" if _time_and_place(event, None) == _time_and_place(event, event_before) else "内容"
        lead = f"{told}に連絡した{what}（第{previous.revision}報）について、つぎのとおり変更します。"
        blocks = (LetterItems(rows=common), *_change(event, notice, previous))
        kind = CHANGE_KIND
    return document_frame.frame_event_document(
        context,
        event,
        kind=kind,
        ordinal=notice.revision,
        look="letter",
        first_sheet="人数連絡",
        outgoing=True,
        blocks=(
            document_frame.outgoing_head(context),
            Title(kind, lead=lead),
            Paragraph("記", style="letter", align="center"),
            *blocks,
            Closing(),
            document_frame.office_contact(context.office),
        ),
    )


def _time_and_place(event: EventFacts, before: EventFacts | None) -> tuple[tuple[str, str], ...]:
    """Return 日時 and 会場, each with what was told before where it differs now: 「…（前回の連絡　…）」."""
    rows = []
    for label, words_of in (("日時", document_frame.date_time_words), ("会場", document_frame.venue_words)):
        words, told = words_of(event), words_of(before) if before is not None else ""
        rows.append((label, f"{words}（前回の連絡　{told}）" if told and told != words else words))
    return tuple(rows)


def _mentions_lent_tablets(event: EventFacts, *notices: NoticeWithNotification) -> bool:
    """Return whether lent tablets are mentioned: the kind of event lends them (仕様書4(1)ク), or a notice has some."""
    return event.year_kind.lends_devices or any(notice.lent_devices for notice in notices)


def _mentions_devices(event: EventFacts, *notices: NoticeWithNotification) -> bool:
    """Return whether devices are mentioned: an 意見交換会 needs none (仕様書4(3)), unless somebody brings or borrows
    one.
    """
    return not event.form.in_groups or any(one.own_devices or one.lent_devices for one in notices)


def _devices(count: int, notice: NoticeWithNotification) -> str:
    """Return a number of people who use devices as 「3人」, 「未確認」 for 0 while not everybody was asked."""
    return devices_words(count, unknown_devices(notice), "人")


def _tablet_provider_words(event: EventFacts, notice: NoticeWithNotification, numbers: EventKind) -> str:
    """Return who brings the tablets, or that it is still to be agreed (仕様書4(1)ク, (2)ク); "" if none are lent."""
    if not notice.lent_devices:
        return ""
    open_words = f"用意する側は協議中{in_brackets(numbers.clause_equipment)}"
    return f"{event.tablet_side}が準備" if event.tablet_side else open_words


def _care_words(notice: NoticeWithNotification) -> str:
    """Return what the contractor is asked to do for people; where somebody has a need, that it is not theirs."""
    if notice.care_request:
        asked = "" if notice.care_request.startswith(UNDECIDED_CARE) else "\u3000ご対応をお願いします。"
        return f"{notice.care_request}{asked}"
    return "受託者にお願いするものはなし" if notice.care_count else "なし"


def _first(event: EventFacts, notice: NoticeWithNotification, numbers: EventKind) -> tuple[Block, ...]:
    """Return the blocks of the first notice: 4 number and 内訳, 5 copies of handouts, 6 必要な対応, 7 変更の連絡.

    Lent tablets and devices stand only where they are mentioned (``_mentions_devices``).
    """
    needed = copies.required_copies(notice.people)
    lent = (
        "貸与タブレットを使用する方",
        _devices(notice.lent_devices, notice),
        _tablet_provider_words(event, notice, numbers),
    )
    devices = (
        *((lent,) if _mentions_lent_tablets(event, notice) else ()),
        ("端末を持参する方", _devices(notice.own_devices, notice), ""),
        *(
            (("端末　未確認", f"{unknown_devices(notice)}人", "持参するかどうかを、まだ確認していない方"),)
            if unknown_devices(notice)
            else ()
        ),
    )
    rows = (
        ("参加団体", f"{notice.organisations}団体", ""),
        *(devices if _mentions_devices(event, notice) else ()),
        ("配慮を必要とする方", f"{notice.care_count}件", "必要な対応は6のとおり" if notice.care_request else ""),
    )
    items = [("配布資料の部数", f"{needed.total}部（参加予定{notice.people}人＋予備{needed.spare}部）")]
    items.extend(
        (
            ("必要な対応", _care_words(notice)),
            ("変更の連絡", "人数に変更が生じたときは、変更連絡書により連絡します。"),
        )
    )
    return (
        LetterItems(rows=(("参加予定人数", ""),), start=4),
        BigNumber(
            label="参加予定人数",
            value=str(notice.people),
            unit="人",
            note=f"第{notice.revision}報\n仕様の範囲　{people_words(numbers)}",
        ),
        Table(
            (Column("内訳", 62), Column("数", 22, align="right"),
                     Column("備考", 40)), rows, name="内訳",
        ),
        LetterItems(rows=tuple(items), start=5),
    )  # fmt: skip


def notice_differences(
    event: EventFacts, notice: NoticeWithNotification, previous: NoticeWithNotification
) -> tuple[tuple[str, str, str, str, bool], ...]:
    """Return the items as 項目, 前回, 今回, 増減 in words and whether the number changed; unchanged ones are included.

    Devices are left out where neither notice has any and the form of the event needs none, lent tablets also where
    none are lent; 端末　未確認 where both are 0.
    """
    lends = _mentions_lent_tablets(event, notice, previous)
    pairs = (
        ("参加予定人数", "人", previous.people, notice.people),
        ("参加団体", "団体", previous.organisations, notice.organisations),
        ("貸与タブレットを使用する方", "人", previous.lent_devices, notice.lent_devices),
        ("端末を持参する方", "人", previous.own_devices, notice.own_devices),
        ("端末　未確認", "人", unknown_devices(previous), unknown_devices(notice)),
        ("配慮を必要とする方", "件", previous.care_count, notice.care_count),
        ("配布資料の部数（予備を含む）", "部", copies.required_copies(previous.people).total,
         copies.required_copies(notice.people).total),
    )  # fmt: skip
    devices = {"貸与タブレットを使用する方", "端末を持参する方"}
    left_out = set() if _mentions_devices(event, notice, previous) else {*devices, "端末　未確認"}

    def shown(label: str, count: int, unit: str, of: NoticeWithNotification) -> str:
        """Return a number with its unit; devices as ``_devices``."""
        return _devices(count, of) if label in devices else f"{count}{unit}"

    return tuple(
        (
            label,
            shown(label, old, unit, previous),
            shown(label, new, unit, notice),
            f"{new - old:+d}".replace("-", "−") if new != old else "変更なし",
            new != old,
        )
        for label, unit, old, new in pairs
        if label not in left_out
        and (lends or not label.startswith("貸与"))
        and (old or new or not label.startswith("端末　"))
    )


def _change(event: EventFacts, notice: NoticeWithNotification, previous: NoticeWithNotification) -> tuple[Block, ...]:
    """Return the blocks of a later notice: changes since the one before, their reason, and what is asked for."""
    lines = notice_differences(event, notice, previous)
    before = document_frame.table_day(previous.notified_on or previous.made_on)
    table = Table(
        (
            Column("項目", 56),
            Column(f"前回（第{previous.revision}報　{before}）", 42, align="right"),
            Column(f"今回（第{notice.revision}報　{document_frame.table_day(notice.made_on)}）", 42, align="right"),
            Column("増減", 25, align="right"),
        ),
        tuple(line[:4] for line in lines),
        name="変更の内容",
        bold_rows=tuple(number for number, line in enumerate(lines) if line[4]),
    )
    items = [("変更の理由", notice.reason or "—")]
    if notice.notified_on is not None:
        items.append(("連絡の方法", f"{dates.long_date(notice.notified_on)}に{notice.notified_how}で連絡済みです。"))
    items.extend(
        (
            ("必要な対応", _care_words(notice)),
            ("準備のお願い", _request(notice, previous)),
        )
    )
    return (LetterItems(rows=(("変更の内容", ""),), start=4), table, LetterItems(rows=tuple(items), start=5))


def _request(notice: NoticeWithNotification, previous: NoticeWithNotification) -> str:
    """Return the sentence on the handouts: how many more are needed, that none are, or that fewer may be printed."""
    more = copies.required_copies(notice.people).total - copies.required_copies(previous.people).total
    if more > 0:
        return f"配布資料を{more}部追加してください。"
    return "配布資料の部数は前回のままで差し支えありません。" if more == 0 else "印刷前であれば部数を減らしてください。"


def notice_mail(
    event: EventFacts,
    numbers: EventKind,
    notice: NoticeWithNotification,
    previous: NoticeWithNotification | None,
    event_before: EventFacts | None = None,
    *,
    addressee: str,
    sender: str,
) -> str:
    """Return the numbers of a notice as a mail to copy (with ``previous`` a 変更連絡); nothing is sent by the app.

    ``event_before`` as for ``headcount_notice``.
    """
    title = CHANGE_KIND if previous else KIND
    name = document_frame.event_name(event, with_organisation=False)
    where = _time_and_place(event, event_before)
    what = "参加人数の変更" if where == _time_and_place(event, None) else "内容の変更"
    opening = f"{what}を連絡します。" if previous else f"{based_on(numbers.clause_people)}参加人数を連絡します。"
    lines = [f"件名：{title}（{name}）", "", addressee, "", opening, "", f"事業名：{name}"]
    lines += [f"{label}：{words}" for label, words in where]
    if previous is None:
        lines.append(f"参加予定人数：{notice.people}人（{notice.organisations}団体）")
        if _mentions_lent_tablets(event, notice):
            lines.append(f"貸与タブレットを使用する方：{_devices(notice.lent_devices, notice)}")
        if _mentions_devices(event, notice):
            lines.append(f"端末を持参する方：{_devices(notice.own_devices, notice)}")
        if _mentions_devices(event, notice) and unknown_devices(notice):
            lines.append(f"端末　未確認：{unknown_devices(notice)}人")
        lines += [
            f"配慮を必要とする方：{notice.care_count}件",
            f"配布資料の部数：{copies.required_copies(notice.people).total}部（予備を含む）",
        ]
    else:
        changed = notice_differences(event, notice, previous)
        lines += [f"{label}：{old} → {new}（{delta}）" for label, old, new, delta, _ in changed]
        lines.append(f"変更の理由：{notice.reason or '—'}")
    if notice.care_request:
        lines.append(f"必要な対応：{_care_words(notice)}")
    return "\n".join([*lines, "", sender])
