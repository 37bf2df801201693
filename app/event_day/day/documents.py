"""Content of the printed documents of a day: 当日進行表, 当日のしおり, 名札, 席札, 班札 and 実施確認票.

当日進行表・機材チェック表 follows 仕様書4 オ・ク. The しおり is equal for all participants, without names of people;
the only 団体 named is that of a 派遣. The 実施確認票 is what the ward's witness saw, evidence for the 履行確認.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.calendar import dates
from app.calendar.dates import long_date, long_date_plain, time_range_words
from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.number_lists import number_ranges
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Certificate,
    Column,
    DocumentContent,
    FillLine,
    Heading,
    NameTag,
    NameTags,
    Paragraph,
    RosterLine,
    RosterList,
    SeatCard,
    SheetBreak,
    SignBoxes,
    Table,
    TableCard,
    Title,
    WriteBox,
)
from app.documents.document_frame import Passage
from app.documents.event_facts import RESPONSE_UNIT, CopyFacts, EventFacts, PeopleFacts, ResponseFacts
from app.documents.guide_blocks import (
    GuideBox,
    GuideLines,
    GuidePanel,
    GuidePart,
    GuideRows,
    GuideSheet,
    GuideTitle,
    GuideWriting,
    PlaceMap,
)
from app.event.documents import day_document
from app.event.rules.agenda import (
    TimedItem,
    clearing_items,
    clock_of,
    clock_times,
    clock_times_before,
    minutes_of,
    setting_up_items,
    total_minutes,
)
from app.event.rules.equipment import TABLET, counted_quantity
from app.event_day.day import rules as texts
from app.events.letters.rules.letter_texts import reception_time
from app.events.roster.rules import AdmissionCode
from app.programme.rules import full_clause, in_brackets
from db.records.event_form import EventForm
from db.records.events import EquipmentItem
from db.records.programme import EventKind
from db.records.surveys import EventSurvey

AGENDA_KIND = "当日進行表・機材チェック表"
AGENDA_SIGN = "進行"
_BREAKS = ("休憩", "換気")
_ROSTER_WORDS = ("名簿", "名札")
_DOCUMENT_WORDS = ("配布資料", "アンケート用紙")


_PHOTO_COLUMNS = (
    Column("番号", 14, align="right"), Column("席", 24), Column("撮影", 32), Column("本人の条件", 100),
)  # fmt: skip


def day_agenda(
    context: document_frame.DocumentContext,
    event: EventFacts,
    numbers: EventKind,
    *,
    roster_copies: int,
    collation: tuple[Block, ...],
    photographs: Sequence[tuple[str, ...]] = (),
    everybody: int = 0,
) -> DocumentContent:
    """Return timetable and check list for the room, if there is a timetable, and the page of the handouts.

    Args:
        roster_copies: copies of the 受付名簿 on the desk, 0 = none.
        collation: the page of the handouts, if there are any.
        photographs: who is not to be photographed freely: number, seat, mark ("" = did not answer), words; no names.
        everybody: how many are on the 受付名簿.
    """
    blocks = _room_blocks(event, numbers, roster_copies) if total_minutes(event.timetable) else ()
    told = photographs if blocks else ()
    rows = tuple(row for row in told if row[2])
    unasked = [int(number) for number, _, mark, _ in told if not mark]
    if told:
        blocks += (Heading(2, "", "撮影に気をつける方（撮影する人へ）"), *[Table(_PHOTO_COLUMNS, rows)] * bool(rows))
    if unasked:
        who = "全員" if len(unasked) == everybody else f"番号 {number_ranges(unasked)}"
        blocks += (Paragraph(f"{who}　撮影未確認（{len(unasked)}人）"),)
    return day_document(
        context,
        event,
        kind=AGENDA_KIND,
        sign=AGENDA_SIGN,
        layout="form",
        blocks=(*blocks, *collation) if blocks else collation[1:],
        personal=any(words for *_, words in rows),
    )


def printed_numbers(content: DocumentContent) -> list[object]:
    """Return what a 受付名簿, 当日進行表 or 受講証 bears of the numbers of the 受付名簿."""
    return [
        [(line.entry_id, line.number) for line in one.lines] if isinstance(one, RosterList) else one
        for one in content.blocks
        if isinstance(one, (RosterList, Certificate, Paragraph)) or getattr(one, "columns", ()) == _PHOTO_COLUMNS
    ]


def _room_blocks(event: EventFacts, numbers: EventKind, roster_copies: int) -> tuple[Block, ...]:
    day = long_date(event.event_date) if event.event_date else "日程を協議中"
    place, venue = event.room or event.venue, event.venue_facts
    return (
        Title(AGENDA_KIND, subtitle=join_nonempty(day, place)),
        _agenda_timetable(event),
        SheetBreak(sheet="機材チェック表"),
        Heading(
            2,
            "",
            "機材チェック表",
            right=f"用意する側の根拠：{full_clause(numbers.clause_equipment)}" if numbers.clause_equipment else "",
        ),
        _equipment(event, numbers, roster_copies),
        FillLine(parts=(("当日責任者　区", 38, ""), ("受託者", 38, ""), ("緊急時　119番・110番", 0, ""))),
        FillLine(
            parts=(
                _known_or_open("会場の管理室", venue.phone),
                _known_or_open("AEDの場所", venue.aed),
                _known_or_open("避難経路", ""),
            )
        ),
    )


def _known_or_open(asked: str, known: str) -> tuple[str, float, str]:
    """Return a part of a line: what the register of venues knows, else room to write."""
    return (f"{asked}　{known}", 0, "") if known else (asked, 34, "")


def responsible_side(owner: str) -> str:
    """Return 区, 受託者, 区・受託者 or ""; persons of the 受託者 are in its own 配置表, never here."""
    ward = "区" in owner
    others = owner.replace("区", "").strip("・、／/ 　")
    if ward:
        return "区・受託者" if others else "区"
    return "受託者" if others else ""


def _agenda_timetable(event: EventFacts) -> Table:
    """Return the table of the timetable, with preparation before and tidying after it."""
    items, needed = event.timetable, event.copies
    before = clock_times_before(event.start_time, setting_up_items(event.year_kind))
    main = clock_times(event.start_time, items)
    total = total_minutes(items)
    end = clock_of(minutes_of(event.start_time) + total)
    rows = [_row(timed, needed) for timed in (*before, *main)]
    rows.append((end, "", f"終了（本体 {total}分）", "", "", ""))
    rows += [(end, "", item.title, responsible_side(item.owner), item.uses, "") for item in event.after_end]
    rows += [_row(timed, needed) for timed in clock_times(end, clearing_items())]
    closing = len(before) + len(main)
    breaks = [
        len(before) + number for number, timed in enumerate(main) if any(word in timed.item.title for word in _BREAKS)
    ]
    return Table(
        (
            Column("時刻", 15, align="right"),
            Column("分", 10, align="right"),
            Column("内容", 66),
            Column("担当", 24),
            Column("使うもの", 36),
            Column("実際", 14),
        ),
        tuple(rows),
        name="進行",
        ruled=True,
        bold_rows=(closing,),
        grey_rows=tuple(breaks),
        min_row_height=7.0,
        note="「実際」には開始した時刻を記入する（実施報告書の時間割に使う）。",
    )


def _row(timed: TimedItem, copies: CopyFacts) -> tuple[str, ...]:
    item = timed.item
    uses = item.uses.replace("配布資料", f"配布資料{copies.total}部") if copies.people else item.uses
    return (timed.start, str(item.minutes), item.title, responsible_side(item.owner), uses, "")


def _handed_out(numbers: EventKind) -> tuple[str, ...]:
    """Return what the 受託者 prints for everybody who comes, as far as the contract asks for it."""
    asked = {"配布資料": bool(numbers.material_period), "アンケート用紙": numbers.has_survey}
    return tuple(name for name in _DOCUMENT_WORDS if asked[name])


def _equipment(event: EventFacts, numbers: EventKind, roster_copies: int) -> Table:
    """Return the table in which the equipment is ticked off."""
    people, needed = event.people, event.copies
    rows: list[tuple[str, str, str, str]] = [
        (item.name, _quantity(item, event), item.owner, _remark(item)) for item in event.equipment
    ]
    names = [item.name for item in event.equipment]
    if people.lent_devices and not any("タブレット" in name for name in names):
        # 仕様書4(2)ク: what the venue lacks is agreed on; until then the line stays open, so that somebody brings it.
        rows.append(
            (TABLET, f"{people.lent_devices}台", event.tablet_side, "" if event.tablet_side else "用意する側は協議中")
        )
    if roster_copies and not any(word in name for name in names for word in _ROSTER_WORDS):
        rows.append(("受付名簿", f"{roster_copies}部", "区", "終了後に回収"))
    if needed.people and not any(word in name for name in names for word in _DOCUMENT_WORDS):
        papers = "、".join(_handed_out(numbers))
        if papers:
            rows.append((papers, f"{needed.total}部", "受託者", f"予備{needed.spare}部を含む"))
    return Table(
        (
            Column("No", 9, align="center"),
            Column("機材", 53),
            Column("数", 18, align="right"),
            Column("用意する側", 20, align="center"),
            Column("搬入", 12, align="center", tick=True),
            Column("動作", 12, align="center", tick=True),
            Column("撤収", 12, align="center", tick=True),
            Column("注意・記入", 29),
        ),
        tuple(
            (str(number), name, quantity, owner, "", "", "", remark)
            for number, (name, quantity, owner, remark) in enumerate(rows, 1)
        ),
        name="機材",
        ruled=True,
        min_row_height=6.6,
    )


def _quantity(item: EquipmentItem, event: EventFacts) -> str:
    """Return the quantity as a number, with the lent tablets for 貸与数."""
    quantity = counted_quantity(item, groups=event.groups, people=event.people.expected)
    lent = event.people.lent_devices
    return quantity.replace("貸与数", str(lent)) if lent else quantity


def _remark(item: EquipmentItem) -> str:
    """Return the note of an item, followed by its 協議 (day or number) if there is one."""
    agreement = item.agreement.strip()
    if agreement and not agreement.startswith("協議"):
        agreement = f"協議　{agreement}"
    return join_nonempty(item.note, agreement)


GUIDE_SIGN = "しおり"
FOLDED = "両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）"
_FONT_SIZES: Mapping[str, int] = {texts.KIND: 14, texts.LARGE_KIND: 18}


def guide(
    context: document_frame.DocumentContext,
    event: EventFacts,
    passages: Mapping[str, str],
    *,
    kind: str,
    access: str,
    venue_safety: Sequence[tuple[str, str]] = (),
    next_lines: Sequence[str] = (),
    place_map: PlaceMap | None = None,
    survey: EventSurvey | None = None,
) -> DocumentContent:
    """Return the 当日のしおり of an event.

    Args:
        passages: texts by part, without proposals that nobody has checked.
        kind: 当日のしおり, or 当日のしおり（拡大版）, which has larger letters and no number of copies.
        access: address and way to the venue, one a line.
        venue_safety: AED and 避難場所 of the venue.
        next_lines: what one may still join, as of today. place_map: of the venue, None = no map.
        survey: of the event, whose address is printed if it has one.
    """
    sheet = GuideSheet(
        front=_front(context, event, access, place_map),
        left=_left(event, reception_time(event.start_time, context.programme), passages),
        right=_right(event, passages),
        back=_back(context, passages, venue_safety, next_lines, survey),
    )
    content = day_document(context, event, kind=kind, sign=GUIDE_SIGN, layout="guide", blocks=(sheet,))
    needed = event.copies
    return replace(
        content,
        type_size=_FONT_SIZES[kind],
        copies=needed.total if needed.people and kind == texts.KIND else 0,
        outgoing=True,
        header_left="",
        header_right="",
        footer_left="",
        footer_right="",
    )


def _front(
    context: document_frame.DocumentContext, event: EventFacts, access: str, place_map: PlaceMap | None
) -> GuidePanel:
    """Return the front of the guide: title, time, place and map."""
    day = dates.month_day(event.event_date) if event.event_date is not None else "日程を協議中"
    visit = event.form.at_organisation
    title = event.organisation_name or event.subject if visit else event.subject or event.year_kind.title
    times = dates.time_range_words(event.start_time, event.end_time)
    opens = f"受付は{dates.clock_words(reception_time(event.start_time, context.programme))}から"
    parts: list[GuidePart] = [
        GuideTitle(
            join_nonempty(context.office.ward, event.year_kind.title, "" if visit else event.ordinal_words),
            title,
            below=(texts.KIND,),
        ),
        GuideLines(day, (times, opens), leading=1),
        GuideLines(
            "", (document_frame.venue_words(event), *(line for line in access.split("\n") if line.strip())), leading=1
        ),
    ]
    if place_map is not None:
        parts.append(place_map)
    phone = context.office.phone
    return GuidePanel(parts=tuple(parts), foot=(GuideLines("", (f"当日の電話　{phone}",), leading=1),) if phone else ())


def _left(event: EventFacts, opens: str, passages: Mapping[str, str]) -> GuidePanel:
    """Return the left inner side of the guide: course of the day and aims."""
    flow = texts.attendee_rows(event.timetable, event.start_time, event.end_time, opens, after=event.after_end)
    parts: list[GuidePart] = [GuideRows("きょうの流れ", flow)]
    parts += _list_parts(texts.USE, passages, mark="□")
    parts += _list_parts(texts.AIMS, passages, mark="・")
    parts += _list_parts(texts.WIFI, passages)
    return GuidePanel(parts=tuple(parts), foot=(_PASSWORDS,))


_PASSWORDS = GuideBox("パスワードは書かない・言わない。", "だれに聞かれても、答えないでください。")


def _right(event: EventFacts, passages: Mapping[str, str]) -> GuidePanel:
    """Return the right inner side of the guide: steps and tasks."""
    parts: list[GuidePart] = []
    for part in (texts.STEPS, texts.TASKS):
        lines = _lines_of(passages, part)
        if lines:
            rows = tuple((str(number), *_split_at_wide_space(line)) for number, line in enumerate(lines, start=1))
            parts.append(GuideRows(part, rows))
    parts.append(GuideWriting("書きとめる", lines=5, least=3))
    place = "帰ってから" if event.year_kind.audience else "うちの会で"
    home = f"{'つぎの集まりまでに' if event.form.at_organisation else place}、まず1つ"
    return GuidePanel(parts=tuple(parts), foot=(GuideWriting(home), *_list_parts(texts.PHOTOS, passages)))


def _back(
    context: document_frame.DocumentContext,
    passages: Mapping[str, str],
    venue_safety: Sequence[tuple[str, str]],
    next_lines: Sequence[str],
    survey: EventSurvey | None,
) -> GuidePanel:
    """Return the back of the guide: safety, what follows and the survey."""
    parts: list[GuidePart] = []
    if after := _lines_of(passages, texts.AFTER):
        url = survey.online_url if survey is not None else ""
        by = survey.online_close if survey is not None and url else None
        online = (
            (f"スマートフォンの方は右から（{dates.month_day(by)}まで）",) if by else ("スマートフォンの方は右から",)
        )
        parts.append(GuideLines(texts.AFTER, (*after, *(online if url else ())), mark="・", url=url))
    helped = (*map(_split_at_wide_space, _lines_of(passages, texts.TROUBLE)), *venue_safety)
    trouble = tuple((first, line, "") for first, line in helped)
    if trouble:
        parts.append(GuideRows(texts.TROUBLE, trouble, bold=False))
    parts += _list_parts(texts.LEARNT, passages, mark="・")
    # The day is printed beside texts computed for it, never beside text that somebody typed on another day.
    heading, today = texts.NEXT, context.made_at.date()
    if next_lines:
        as_of = f"{today.month}月{today.day}日現在"
        parts.append(GuideLines(heading, tuple(next_lines), mark="・", small=True, as_of=as_of))
        heading = ""
    if typed := _lines_of(passages, texts.NEXT):
        parts.append(GuideLines(heading, typed, mark="・", small=True))
    office, contractor = context.office, context.contractor
    lines = (
        office.full_name,
        fill_nonempty("電話　{}", office.phone),
        fill_nonempty("運営　{}", contractor.name),
    )
    return GuidePanel(
        parts=tuple(parts), foot=(GuideLines("問合せ先", tuple(line for line in lines if line), small=True),)
    )


def _list_parts(part: str, passages: Mapping[str, str], *, mark: str = "") -> tuple[GuidePart, ...]:
    """Return the stored lines of one part of the guide as a list, nothing without lines."""
    lines = _lines_of(passages, part)
    return (GuideLines(part, lines, mark=mark),) if lines else ()


def _lines_of(passages: Mapping[str, str], part: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in passages.get(part, "").split("\n") if line.strip())


def _split_at_wide_space(line: str) -> tuple[str, str]:
    """Return the text before and after the first wide space of a line."""
    first, _space, rest = line.partition("　")
    return first, rest.strip()


TAGS, SEATS, TABLES = "名札", "席札", "班札"
CERTIFICATES = "受講証"
_CERTIFIED: Mapping[EventForm, tuple[str, str]] = {
    EventForm.LECTURE: ("受講証", "つぎの講習を受講されたことを証します。"),
    EventForm.VISIT: ("受講証", "つぎの個別支援を受けられたことを証します。"),
    EventForm.EXCHANGE: ("参加証", "つぎの会に参加されたことを証します。"),
}
"""The title and the sentence of a 受講証."""
_SHEET = 10
_BLANKS = 2
STAYS_ON_TABLE = "名簿は持ち帰らず、机に置いたままにしてください。"


def name_tags(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine]
) -> DocumentContent:
    """Return a tag for everybody with a name, then blank ones: one for each unnamed place, two more, and the rest of
    the last sheet.
    """
    head = _head(context, event)
    tags = [
        NameTag(
            event=head,
            organisation=line.organisation,
            name=line.name,
            reading=line.reading,
            role=line.role,
            group=fill_nonempty("{}班", line.group),
            no_photo=line.no_photo or bool(line.photo),
            admission=line.admission,
            barcode=AdmissionCode(event_id=event.id, number=int(line.admission)).digits if line.admission else "",
        )
        for line in lines
        if line.name
    ]
    unnamed = sum(not line.name for line in lines)
    blanks = unnamed + _BLANKS
    blanks += -(len(tags) + blanks) % _SHEET
    tags += [NameTag(event=head)] * blanks
    return day_document(
        context,
        event,
        kind=TAGS,
        sign=TAGS,
        layout="card",
        personal=True,
        blocks=(NameTags(tags=tuple(tags)),),
    )


def certificate_passages(event: EventFacts) -> tuple[Passage, ...]:
    """Return title, sentence and date of a 受講証, which staff may change; the date is the day of the event."""
    title, sentence = _CERTIFIED[event.form]
    return (
        Passage("題名", title, lines=1),
        Passage("文", sentence),
        Passage("日付", long_date_plain(event.event_date) if event.event_date else "", lines=1),
    )


def certificates(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine], words: Mapping[str, str]
) -> DocumentContent:
    """Return a 受講証 for each of ``lines``, who came; its number is that of the roster, so that no two are equal.

    Args:
        words: the text of each of ``certificate_passages``.
    """
    code = document_frame.facts_code(context.programme, event)
    hours = time_range_words(event.start_time, event.end_time)
    when = f"{long_date(event.event_date)}　{hours}" if event.event_date else ""
    rows = (
        ("事業", context.programme.title),
        ("名称", document_frame.event_name(event, with_organisation=False)),
        ("日時", when),
        ("会場", document_frame.venue_words(event)),
    )
    return day_document(
        context,
        event,
        kind=CERTIFICATES,
        sign=CERTIFICATES,
        layout="card",
        personal=True,
        blocks=tuple(
            Certificate(
                title=words["題名"],
                number=f"{code}-{CERTIFICATES}-{line.number}",
                organisation=line.organisation,
                name=line.name,
                sentence=words["文"],
                rows=tuple((label, value) for label, value in rows if value),
                date=words["日付"],
                sender=document_frame.sender_name(context.office),
            )
            for line in lines
        ),
    )


def seat_cards(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine]
) -> DocumentContent:
    """Return one folded card for everybody with a name."""
    head = _head(context, event)
    cards = tuple(SeatCard(name=line.name, organisation=line.organisation, event=head) for line in lines if line.name)
    return day_document(context, event, kind=SEATS, sign=SEATS, layout="card", personal=True, blocks=cards)


def table_cards(
    context: document_frame.DocumentContext,
    event: EventFacts,
    groups: Sequence[int],
    lines: Sequence[RosterLine],
    *,
    with_names: bool,
) -> DocumentContent:
    """Return one folded card for each 班, with the names of its people if asked for.

    A known facilitator is named. With names it is a document with personal data.
    """
    cards = []
    for number in groups:
        session = [line for line in lines if line.group == str(number)]
        cards.append(
            TableCard(
                number=str(number),
                event=_with_sample_mark(context, document_frame.event_name(event)),
                when=document_frame.date_time_words(event),
                facilitator=event.facilitators.get(number, ""),
                members=tuple((line.reading, line.name or "　", line.organisation) for line in session)
                if with_names
                else (),
                note=STAYS_ON_TABLE if with_names else "",
            )
        )
    return day_document(
        context,
        event,
        kind=TABLES,
        sign=TABLES,
        layout="card",
        personal=with_names,
        blocks=tuple(cards),
    )


def _head(context: document_frame.DocumentContext, event: EventFacts) -> str:
    """Return the small line on a card, kind and date; also a cut tag of the sample year is marked as sample."""
    day = long_date(event.event_date) if event.event_date else ""
    return _with_sample_mark(context, f"{event.year_kind.title}　{day}".rstrip("　"))


def _with_sample_mark(context: document_frame.DocumentContext, text: str) -> str:
    return f"{text}（見本）" if context.programme.sample else text


WITNESS_KIND = "実施確認票"
WITNESS_SIGN = "確認票"
_COUNT_ONLY_PATTERN = re.compile(r"\d+\s*[人名]\s*$")


def witness_sheet(context: document_frame.DocumentContext, event: EventFacts, numbers: EventKind) -> DocumentContent:
    """Return the sheet: the plan at the left, room for what was seen; known results are filled in."""
    people, needed = event.people, event.copies
    planned = f"予定　{people.expected}人（{people.expected_organisations}団体）" if people.expected else ""
    rows = [
        ("実施日時", _when(event), event.end_words),
        ("会場", join_nonempty(document_frame.venue_words(event), event.venue_facts.terms, separator="\n"), ""),
        *(((f"{numbers.lecturer}（受託者）", event.lecturer, ""),) if event.lecturer else ()),
        ("出席者数", planned, _people(people)),
        ("欠席・当日受付", "", _other_counts_words(people)),
        *((("配布資料", f"{needed.total}部" if needed.people else "", ""),) if numbers.material_period else ()),
    ]
    if event.form.in_groups:
        rows.append(("ファシリテーター", _facilitators(event), "各グループにいた　　はい・いいえ"))
    if event.form.at_organisation:
        brought = f"{event.router_words}{in_brackets(numbers.clause_equipment)}" if event.network.is_absent else ""
        network = join_nonempty(event.network_words, brought, separator="。")
        rows.append(("通信環境", network, "つながった　　はい・いいえ"))
    if people.lent_devices:
        seen = people.lent_that_day.words("台") or "貸出　　台　返却　　台"
        rows.append(("貸与タブレット", f"{people.lent_devices}台", seen))
    if numbers.has_survey:
        side = next((f"配布・回収は{one.owner}" for one in event.agenda if "アンケート" in one.title), "")
        rows.append(("アンケート", side, _response_words(event.responses)))
    blocks = (
        Title(WITNESS_KIND, subtitle=document_frame.event_name(event)),
        Table(
            (
                Column("項目", 32),
                Column("予定", 66),
                Column("確認した内容", 67),
            ), tuple(rows), name="確認",
            ruled=True,
            min_row_height=8.6,
        ),
        Heading(2, "", "実施した時間割", right=full_clause(numbers.clause_content)),
        _witness_timetable(event),
        WriteBox(label="特記事項（仕様と異なる点、事故・苦情、受託者への指示など）", height=44, text=event.day_note),
        SignBoxes(boxes=(
            ("立会職員（区）", _witness(event.witness)),
            ("記入日時", "　月　　日　　時　　分"),
        )),
    )  # fmt: skip
    return day_document(context, event, kind=WITNESS_KIND, sign=WITNESS_SIGN, layout="form", blocks=blocks)


def _facilitators(event: EventFacts) -> str:
    """Return 「3グループに3人」 as far as known, then the known facilitators, two a line (「1班 …　2班 …」)."""
    people = f"に{event.facilitator_count}人" if event.facilitator_count is not None else ""
    groups = f"{event.groups}グループ{people}" if event.groups else ""
    names = [f"{number}班 {name}" for number, name in sorted(event.facilitators.items())]
    lines = ["　".join(names[first : first + 2]) for first in range(0, len(names), 2)]
    return "\n".join([groups, *lines])


def _witness(witness: str) -> str:
    """Return 「　氏名　見本 花子」, 「　氏名」 for ""; for 「係 2人」, which names nobody, 「　係 2人　氏名」."""
    if not witness:
        return "　氏名"
    return f"　{witness}　氏名" if _COUNT_ONLY_PATTERN.search(witness) else f"　氏名　{witness}"


def _when(event: EventFacts) -> str:
    """Return day and time of an event, 「日程を協議中」 without a day."""
    if event.event_date is None:
        return "日程を協議中"
    return f"{long_date(event.event_date)}\n{time_range_words(event.start_time, event.end_time)}"


def _people(people: PeopleFacts) -> str:
    """Return 「12人（5団体）」, without 団体 if unknown, or blanks to fill in."""
    came = count_words(people.attended, "人")
    if not came:
        return "　　　人（　　　団体）"
    return f"{came}（{people.attended_organisations}団体）" if people.attended_organisations is not None else came


def _other_counts_words(people: PeopleFacts) -> str:
    """Return the numbers of absent people and of 当日受付, with room to write unknown ones."""
    absent, walk_ins = count_words(people.absent, "人"), count_words(people.walk_ins, "人")
    return f"欠席　{absent or '　　人'}　出席のうち当日受付　{walk_ins or '　　人'}"


def _response_words(responses: ResponseFacts | None) -> str:
    """Return 「配布　14枚　回収　12枚」, with room to write in place of an unknown number."""
    given = count_words(responses.distributed, "枚") if responses else ""
    back = count_words(responses.returned or None, RESPONSE_UNIT) if responses else ""
    return f"配布　{given or '　　枚'}　回収　{back or f'　　{RESPONSE_UNIT}'}"


def _witness_timetable(event: EventFacts) -> Table:
    """Return the table of the timetable, in which the witness writes the real times."""
    rows = tuple(
        (timed.start, str(timed.item.minutes), timed.item.title, "", "", "")
        for timed in clock_times(event.start_time, event.timetable)
    )
    return Table(
        (
            Column("予定", 15, align="right"),
            Column("分", 10, align="right"),
            Column("内容", 72),
            Column("実施", 12, align="center", tick=True),
            Column("開始", 18),
            Column("備考", 38),
        ),
        rows,
        name="時間割",
        ruled=True,
        min_row_height=7.0,
    )
