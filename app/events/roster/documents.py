"""Content of 追加募集の対象団体, 受付名簿 and 参加者決定の記録.

The 受付名簿 has no telephone numbers or addresses, and 配慮 only as a ● (特18). The 参加者決定の記録 has rules, input
and result of the selection, and how to reproduce it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import compress

from app.calendar.date_only_moments import clock_words_if_timed, is_date_only
from app.calendar.dates import clock_words, stamp_words, table_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    RosterLine,
    RosterList,
    Table,
    Title,
)
from app.documents.event_facts import EventFacts
from app.event.documents import day_document
from app.event.rules.agenda import clock_times_before, setting_up_items
from app.events.roster.rules import RESULTS, count_results
from app.programme.rules import BRANCH
from db.record import record
from db.records.roster import Selection, SelectionLine

NOT_APPLIED_KIND = "追加募集の対象団体"


def not_applied_list(
    context: document_frame.DocumentContext,
    event: EventFacts,
    branches: Sequence[tuple[str, Sequence[str]]],
    *,
    coming: int,
    minimum: int,
    closing_day: date | None,
    applied: int,
    unwilling: int,
) -> DocumentContent:
    """Return the list with a checkbox for each 団体.

    Args:
        branches: 支部 with the names of their 団体.
        coming, minimum: people expected, and the lower number of the 仕様書.
        closing_day: last day of applications; None = not printed.
        applied, unwilling: how many 団体 are left out because they applied, or because of 「希望しない（×）」.
    """
    rows: list[tuple[str, ...]] = []
    groups = []
    for branch, names in branches:
        groups.append(len(rows))
        rows.append((f"{branch}　{len(names)}団体", "", "", ""))
        rows += [("", name, "", "") for name in names]
    count = sum(len(names) for _branch, names in branches)
    closed = f"　受付締切 {table_date(closing_day)}" if closing_day else ""
    lead = f"参加予定 {coming}人　仕様の下限 {minimum}人{closed}　まだ申込のない団体 {count}団体"
    note = f"申込のあった{applied}団体を除いた。" + fill_nonempty("「希望しない（×）」の{}団体も除いた。", unwilling)
    made = document_frame.frame_event_document(
        context,
        event,
        kind=NOT_APPLIED_KIND,
        look="form",
        first_sheet="追加募集",
        header_right=f"整理番号　{document_frame.facts_code(context.programme, event)}-追加募集",
        blocks=(
            Title(
                NOT_APPLIED_KIND,
                subtitle=f"{document_frame.event_name(event)}　{document_frame.date_time_words(event)}",
                lead=lead,
            ),
            Table(
                (
                    Column("連絡", 16, tick=True),
                    Column("団体", 74),
                    Column("連絡した日・相手", 40),
                    Column("返事", 35),
                ),
                tuple(rows),
                name=NOT_APPLIED_KIND,
                group_rows=tuple(groups),
                ruled=True,
                min_row_height=9,
            ),
            Paragraph(note, style="note"),
        ),
    )
    return replace(made, header_left=f"{NOT_APPLIED_KIND}　{document_frame.event_name(event)}")


ROSTER_KIND = "受付名簿"
SIGN = "名簿"
HANDLING = "取扱注意（個人情報）　終了後回収"
COPIES = 2


def roster_sheet(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine]
) -> DocumentContent:
    """Return the roster in the order of ``lines``; each of its copies carries its number.

    A repeated 団体 is drawn as 〃, except in the workbook, which staff sort.
    """
    content = day_document(
        context,
        event,
        kind=ROSTER_KIND,
        sign=SIGN,
        layout="roster",
        personal=True,
        blocks=(
            Title(ROSTER_KIND, subtitle=document_frame.event_name(event), lead=_lead(event)),
            RosterList(
                lines=tuple(lines),
                totals=_totals(event, lines),
                counted=(("出席", "人"), ("うち当日受付", "人"), ("確認者", "")),
                grouped=any(line.group for line in lines),
                branch=context.programme.branch or (BRANCH if any(line.branch for line in lines) else ""),
            ),
        ),
    )
    return replace(
        content,
        header_left=f"名簿番号　{content.reference}　{document_frame.edition_words(content.version)}",
        header_right=HANDLING,
        footer_left=document_frame.COLLECT_AFTER_USE,
        numbered_copies=COPIES,
    )


def _lead(event: EventFacts) -> str:
    """Return when and where the event takes place, with the start of the check-in; without a day the venue alone."""
    if event.event_date is None:
        return document_frame.venue_words(event)
    opens = clock_times_before(event.start_time, setting_up_items())[-1].start
    return (
        f"{document_frame.date_time_words(event)}（受付　{clock_words(opens)}から）　"
        f"{document_frame.venue_words(event)}"
    )


def _totals(event: EventFacts, lines: Sequence[RosterLine]) -> str:
    """Return the sums below the roster: people expected, unnamed places included, and walk-ins separately."""
    people = event.people
    return join_nonempty(
        f"予定　{people.expected}人（{people.expected_organisations}団体）",
        fill_nonempty("うち氏名未定　{}人", sum(not line.name for line in lines)),
        fill_nonempty("ほかに当日受付　{}人", sum(line.walk_in for line in lines)),
        f"貸与タブレット　{people.lent_devices}台{_lender_text(event)}" if people.lent_devices else "",
        fill_nonempty("端末　未確認　{}人", people.unknown_devices),
        fill_nonempty("配慮　{}件（●。内容は担当者が保持）", people.care_count),
    )


def _lender_text(event: EventFacts) -> str:
    """Return who brings the tablets, where it is not the ward (仕様書4(2)ク)."""
    if event.year_kind.lends_devices:
        return ""
    return f"（{event.tablet_side}が準備）" if event.tablet_side else "（用意する側は協議中）"


SELECTION_KIND = "参加者決定の記録"
_MIN_DIGITS, _ALL_DIGITS = 4, 16
"""How many digits of a drawn number are printed at least, and how many it has."""


@record
class SelectionResultLine:
    """One line of the result with names as registered; 「氏名未定」 and removed places are stated in words."""

    line: SelectionLine
    organisation: str
    name: str


@record
class ManualChange:
    """One place whose state was set by hand after the selection."""

    selection: Selection
    result_line: SelectionResultLine


def selection_record(
    context: document_frame.DocumentContext,
    event: EventFacts,
    selection: Selection,
    result_lines: Sequence[SelectionResultLine],
    *,
    version: int,
    by_hand: bool,
    manual_changes: Sequence[ManualChange],
) -> DocumentContent:
    """Return the 参加者決定の記録 of one selection.

    Args:
        version: which selection of the event it is; it replaces those before.
        by_hand: ``selection`` is one place set by hand, because all were set so; nothing was put in order.
        manual_changes: those after a selection, or before the one set by hand.
    """
    totals = "" if by_hand else _totals_text(selection)
    again = Heading(1, "4" if manual_changes else "3", "もう一度確かめる方法")
    blocks = (
        Title(SELECTION_KIND),
        KeyValues(rows=_facts(event, selection, totals, version - 1), label_width=34),
        Heading(1, "1", "順番の決め方", sheet="決定の記録"),
        Bullets(items=_steps(selection, by_hand=by_hand)),
        Heading(1, "2", "結果", right=totals),
        _table(selection, result_lines),
        *_manual_change_blocks(manual_changes, "その前に" if by_hand else "そのあと"),
        *(() if by_hand else (again, *_reproduction_blocks(selection))),
    )
    made = document_frame.frame_event_document(
        context,
        event,
        kind=SELECTION_KIND,
        ordinal=version,
        look="form",
        blocks=blocks,
        first_sheet="決定の記録",
        header_right=f"整理番号　{document_frame.facts_code(context.programme, event)}-決定　第{version}版",
    )
    return replace(made, personal=True, footer_left=document_frame.PERSONAL_DATA_NOTICE)


def _facts(event: EventFacts, selection: Selection, totals: str, earlier_count: int) -> tuple[tuple[str, str], ...]:
    """Return event, way of choosing and numbers of a selection."""
    rows = [
        ("事業", document_frame.event_name(event)),
        ("日時", document_frame.date_time_words(event)),
        ("会場", document_frame.venue_words(event)),
        ("決め方", selection.method),
        ("決めた日時・者", f"{stamp_words(selection.made_at)}　{selection.by}"),
        *([("人数", totals)] if totals else []),
        ("定員", f"{selection.capacity}人"),
        ("1団体の上限", f"{selection.organisation_limit}人" if selection.organisation_limit else "なし"),
        ("先にする方", _priority_text(selection)),
    ]
    before = fill_nonempty("この実施回では、前に{}回決めている。この記録が最後のものである。", earlier_count)
    further = (("抽選の種", selection.seed), ("理由・立会いなど", selection.reason), ("前の決定", before))
    return (*rows, *(row for row in further if row[1]))


def _priority_text(selection: Selection) -> str:
    """Return the rules by which some came before others in a selection, in words; 「なし」 without any."""
    first = "1団体1人目を先に" if selection.organisations_first else ""
    missed = "前の実施回で外れた方を先に" if selection.not_chosen_first else ""
    return join_nonempty(first, missed, separator="、") or "なし"


def _totals_text(selection: Selection) -> str:
    """Return 「申込 17人　決定 12人　補欠 3人　落選 2人」."""
    counts = (f"{word} {count_results(selection.lines, word)}人" for word in RESULTS)
    return "　".join((f"申込 {len(selection.lines)}人", *counts))


def _steps(selection: Selection, *, by_hand: bool) -> tuple[str, ...]:
    """Return the rules in words, in the order in which they were applied."""
    if by_hand:
        return (f"区が、1人を手で{selection.lines[0].result}にした。理由は上のとおり。",)
    if selection.method.by_ward:
        others = fill_nonempty("ほかの方は、{}とした。", _others_words(selection, "申込日時の早い順に"))
        return ("区が、申込の内容をみて決定にする方を1人ずつ選んだ。理由は上のとおり。", *filter(None, [others]))
    if selection.method.first_come:
        steps = [
            (
                "申込日時の早い順に並べた。申込日時のない方は最後とした。"
                "同じ日時では、氏名のある方を先に、名簿に入った順とした。"
            )
        ]
    else:
        steps = [
            "種と、枠の番号・申込日時から、1枠ずつ抽選の数を求め、小さい順に並べた（求め方は最後の項）。",
            "同じ申込の中では、小さい数から順に、氏名のある方、氏名未定の枠へ割り当てた。",
        ]
    if selection.not_chosen_first:
        steps.append(
            "この年度の前の実施回で補欠・落選・決定取消となり、そのあと決定になっていない方を先にした。"
            "氏名未定の枠は、団体について同じようにみた。"
        )
    if selection.organisations_first:
        drawn = "団体ごとの抽選の数の順に、" if selection.method.by_lot else ""
        steps.append(f"はじめに、{drawn}1団体から1人ずつ取った。つぎに、残りの方を並びの順に取った。")
    limit = fill_nonempty("1団体{}人の上限に達した団体の方は、補欠の最後にまわした。", selection.organisation_limit)
    others = fill_nonempty("とし、そのあとを{}", _others_words(selection))
    steps.append(f"定員{selection.capacity}人まで決定{others}とした。{limit}")
    return tuple(steps)


def _others_words(selection: Selection, order: str = "") -> str:
    """Return 「3人まで補欠とし、残りの方を落選」, what those became who were not chosen; "" without any."""
    _chosen, waiting, lost = (count_results(selection.lines, word) for word in RESULTS)
    if waiting and lost:
        return f"{order}{waiting}人まで補欠とし、残りの方を落選"
    return f"{order}補欠" if waiting else "落選" if lost else ""


def _table(selection: Selection, result_lines: Sequence[SelectionResultLine]) -> Table:
    """Return everybody in the order of the result; 「順」 counts them."""
    widths = (8, 9, 14, 28, 26, 29, 21, 30) if selection.method.by_lot else (10, 10, 16, 40, 32, 29, 0, 28)
    titles = ("順", "番号", "結果", "団体", "氏名", "申込日時", "抽選の数", "理由")
    columns = (
        Column(title, width, align="right" if title in titles[:2] else "left")
        for title, width in zip(titles, widths, strict=True)
    )
    digits = distinguishing_digits(selection)
    rows = (
        (
            str(number),
            str(one.line.entry_id),
            one.line.result,
            one.organisation,
            one.name,
            _application_time_text(one.line.applied_at),
            _draw_words(one.line, digits),
            one.line.why,
        )
        for number, one in enumerate(result_lines, 1)
    )
    chosen = tuple(number for number, one in enumerate(result_lines) if one.line.result == "決定")
    # Without a draw its column has no width.
    shown = tuple(tuple(compress(cells, widths)) for cells in rows)
    return Table(tuple(compress(columns, widths)), shown, name="結果", bold_rows=chosen)


def _application_time_text(at: datetime | None) -> str:
    """Return the time of an application, with seconds if there are any, because the draw used it."""
    if at is None:
        return "なし"
    seconds = f":{at.second:02d}" if at.second and not is_date_only(at) else ""
    return f"{document_frame.table_day(at.date())} {clock_words_if_timed(at)}{seconds}"


def distinguishing_digits(selection: Selection) -> int:
    """Return how many digits of the drawn numbers tell them all apart, at least four."""
    drawn = {line.draw for line in selection.lines}, {line.organisation_draw for line in selection.lines}
    return next(
        (
            few
            for few in range(_MIN_DIGITS, _ALL_DIGITS)
            if all(len({number[:few] for number in numbers}) == len(numbers) for numbers in drawn)
        ),
        _ALL_DIGITS,
    )


def _draw_words(line: SelectionLine, digits: int) -> str:
    """Return the first ``digits`` of the drawn number; on a second line 「団体12 …」 with that of a drawn 団体."""
    own = line.draw[:digits]
    side = line.organisation if re.fullmatch(r"団体\d+", line.organisation) else "団体"
    return f"{own}\n{side} {line.organisation_draw[:digits]}" if line.organisation_draw else own


def _manual_change_blocks(changes: Sequence[ManualChange], when: str) -> tuple[Block, ...]:
    """Return the table of changes made by hand, nothing if there is none; ``when`` it was, for the heading."""
    if not changes:
        return ()
    columns = (
        Column("日時", 34),
        Column("した人", 26),
        Column("団体・氏名", 50),
        Column("変更後", 16),
        Column("理由", 39),
    )
    rows = tuple(
        (
            stamp_words(one.selection.made_at),
            one.selection.by,
            f"{one.result_line.organisation}　{one.result_line.name}",
            one.result_line.line.result,
            one.selection.reason,
        )
        for one in changes
    )
    return (
        Heading(1, "3", f"{when}手で変えたもの"),
        Table(columns, rows, name="手での変更"),
    )


def _reproduction_blocks(selection: Selection) -> tuple[Block, ...]:
    """Return instructions to reproduce the selection without this program."""
    if not selection.method.by_lot:
        return (
            Paragraph(
                "参加者を決める画面の「もう一度確かめる」で、記録した申込日時からもう一度並べて比べることができる。"
            ),
        )
    first = next((line for line in selection.lines if line.draw), None)
    text = f"{first.entry_id}|{first.applied_at.isoformat() if first.applied_at else ''}" if first else ""
    return (
        Paragraph(
            "参加者を決める画面の「同じ種でもう一度確かめる」で、"
            "記録した申込者からもう一度抽選して比べることができる。"
            "別の道具でも、つぎのとおり同じ数になる。"
        ),
        Bullets(
            items=(
                "抽選の数＝種を鍵とし、つぎの文字列を入れた HMAC-SHA-256 の、はじめの16桁（16進）。",
                f"表には、全員の数を見分けられるはじめの{distinguishing_digits(selection)}桁を載せる。",
                f"文字列＝表の番号、縦棒、申込日時。例　{text}",
                (
                    "団体の数＝「団体|」のあとに、表の「団体」と番号（登録のない団体は団体名）"
                    "をつけた文字列から、同じように求める。"
                ),
                "数は小さいほど先になる。申込の順や、ほかの申込の数には左右されない。",
            )
        ),
    )
