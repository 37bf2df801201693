"""Content of the documents of 派遣: 募集要項, 希望票, 不採択通知, 起案資料（派遣の選定）, 連絡先 given with consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.calendar import dates
from app.calendar.wareki import era_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Closing,
    Column,
    DocumentContent,
    KeyValues,
    LetterItems,
    Look,
    Paragraph,
    Table,
    Title,
)
from app.documents.event_facts import EventFacts
from app.documents.handout_blocks import Banner, FormField, FormRow, FormRows, HandoutItems, NoticeBox
from app.event.rules.basis import RULES_OF_CONTACTS
from app.event.rules.care_needs import MAY_BE_TOLD
from app.events.dispatches.rules import (
    count_organisations,
    objections_to_selection,
    offered_tools,
    signer_text,
    split_exception_reason,
)
from app.events.letters.documents.drafting_set import DraftingContent, approval_day, drafting_blocks, paragraphs_of
from app.events.letters.rules.drafting_texts import REASON
from app.programme.rules import cited_clause, in_own_words, in_visit_words, programme_name
from db.record import record
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.documents import Letter
from db.records.programme import EventKind
from db.redactions import text_beside_name

CALL_FOR_REQUESTS = "アドバイザー派遣募集要項"
REQUEST_FORM = "アドバイザー派遣希望票"
DECLINE_NOTICE = "派遣不採択通知"
CONTACT_SHEET = "派遣先の連絡先"

UNDER, WHO, WHAT, WHEN, WHERE, HOW_MANY, APPLY, CHOOSING, RESULT, USE = (
    "呼びかけ", "対象", "内容", "日時", "場所", "人数", "申込み", "決め方", "結果", "個人情報の取扱い",
)  # fmt: skip
"""Parts of the 募集要項 that staff may word."""
CLOSES = "締切"
SUBJECT, LEAD, OUTCOME, LETTER_REASON, OFFERS, NEXT_YEAR, SLIP = (
    "件名", "前文", "結果", "理由", "ご案内できること", "次年度について", "希望票の取扱い",
)  # fmt: skip
"""Parts of the 不採択通知."""
Texts = Mapping[str, str]
_ITEMS = (WHO, WHAT, WHEN, WHERE, HOW_MANY, APPLY, CHOOSING, RESULT)
_LETTER_ITEMS = (OUTCOME, LETTER_REASON, OFFERS, NEXT_YEAR, SLIP)
_WIDEST_LEAD = 37
_WIDEST_LINE = 36
"""Characters that the line above the 希望票, and a line of its choices, holds."""


def call_for_requests(context: document_frame.DocumentContext, texts: Texts, *, kind: EventKind) -> DocumentContent:
    """Return the 募集要項: one page at 14 pt with what is offered, how is selected, where to send requests."""
    rows = _worded(texts, _ITEMS)
    large = tuple(place for place, (name, _text) in enumerate(rows) if name == APPLY)
    blocks: list[Block] = [
        Banner(
            above=f"{_year(context)}度　{programme_name(context.programme)}",
            headline=f"{kind.name_in_text}　募集要項",
            lead=texts.get(UNDER, ""),
            plain=True,
        ),
        HandoutItems(rows=rows, large=large),
    ]
    if texts.get(USE, "").strip():
        blocks.append(NoticeBox(title=USE, text=texts[USE], size=11))
    blocks.append(NoticeBox(title="申込み・問合せ", text="\n".join(_office(context)), size=12.5))
    return _year_document(context, CALL_FOR_REQUESTS, blocks, first="募集要項", look="card", footer=_section(context))


def request_form(
    context: document_frame.DocumentContext, texts: Texts, *, kind: EventKind, lecture: str
) -> DocumentContent:
    """Return the empty 希望票: one page to fill in by hand and sign; consent has its own checkbox.

    ``lecture`` is the name of the kind whose participants the visits are for, "" = there is none.
    """
    own = partial(in_own_words, office=context.office)
    typed = context.setting.addressee if context.setting is not None else ""
    addressee = typed or document_frame.head_of_ward(context.office)
    year = _year(context) if kind.recruitment.is_yearly else "令和　　年"
    until = texts.get(CLOSES, "").strip()
    times = "□ 午前　□ 午後　□ 夜間"
    wished = "\n".join(f"第{number}希望　　　月　　　日（　　）　{times}" for number in (1, 2, 3))
    place = (
        f"名称　　　　　　　　　　　　　　　所在地　{context.office.ward}\n"
        "インターネット　□ ある　□ ない　□ わからない\n使用料　□ なし　□ ある（　　　　　　円）\n"
        "使えるもの　□ プロジェクター　□ スクリーン\n　　　　　　□ 机・いす（　　　人分）"
    )
    asked, signed_on = f"{addressee}　つぎのとおり{kind.name}を希望します。", f"{year}　　月　　日"
    beside = "　" if len(asked) + len(signed_on) < _WIDEST_LEAD else "\n"
    choices = _choices(kind)
    lines = choices.count("\n") + 1
    written = (
        (
            "団体名",
            11,
            "　　　　　　　　　　　　　　　　　　　　　　　　（　　　　　支部）" if context.programme.branch else "",
        ),
        ("代表者", 12, "役職　　　　　　　氏名（署名）"),
        (
            "連絡先の方",
            15,
            "氏名　　　　　　　　　　　電話　　　　（　　　）\nメール　　　　　　　　　　　　　　（ある方だけ）",
        ),
        ("希望するもの\nいくつでも", max(15, 5 * lines), choices),
        ("いまの様子", 10, "□ まだ使っていない　□ 使っている\n□ 使ってみたが止まっている"),
        ("困りごと\nしたいこと", 17, ""),
        (lecture, 10, "□ 参加した（第　　回）　□ 申し込んでいる　□ 参加していない"),
        ("希望する日", 21, wished),
        ("会場", 27, place),
        (
            "参加する人数\n必要な配慮",
            12,
            (
                "　　　　人くらい（うちスマートフォンを持って来られる方　　　　人）\n"
                f"（{context.programme.care_offered}。締切後も可）"
            ),
        ),
        ("提出先", 12, f"{_office(context)[0]}\n{_fax(context)}"),
    )
    rows = (
        *(FormRow(label=name, fields=(FormField(text=said),), height=high) for name, high, said in written if name),
        FormRow(
            label=own("区使用欄"),
            fields=(
                FormField(caption="受付日", share=1),
                FormField(caption="受付番号", share=1),
                FormField(caption="確認者", share=2),
            ),
            height=9,
        ),
    )
    consent = (
        f"連絡先は、{kind.name}の決定と日程の相談に使います。{texts.get(SLIP, '')}\n"
        f"□ {kind.name}が決まったら、代表者の氏名と電話番号を委託事業者へ知らせることに同意します。\n{MAY_BE_TOLD}\n"
        + own("（同意のない場合も申込みはできます。日程の相談は、区を通して行います。）")
    )
    blocks: list[Block] = [
        Banner(
            headline=f"{kind.name_in_text}　希望票",
            lead=join_nonempty(
                fill_nonempty("締切　{}　必着", until),
                f"{asked}{beside}{signed_on}",
                separator="\n",
            ),
            plain=True,
        ),
        FormRows(rows=rows),
        NoticeBox(title="同意の欄", text=consent, size=10.5),
    ]
    return _year_document(
        context,
        REQUEST_FORM,
        blocks,
        first="希望票",
        look="card",
        footer=f"{document_frame.PERSONAL_DATA_NOTICE}（記入後）",
    )


def _year(context: document_frame.DocumentContext) -> str:
    """Return the year in words without 「度」."""
    return era_year_words(date(context.programme.fiscal_year, 4, 1))


def _worded(texts: Texts, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, texts[name]) for name in names if texts.get(name, "").strip())


def _choices(kind: EventKind) -> str:
    """Return the boxes of what a 団体 can ask for, with one for anything else, as many on a line as it holds.

    "" where the contract names nothing.
    """
    offered = offered_tools(kind)
    lines = [""]
    for one in (*offered, "その他（　　　　　　　　　　　）"):
        box = f"□ {one}"
        longer = join_nonempty(lines[-1], box)
        if len(longer) <= _WIDEST_LINE:
            lines[-1] = longer
        else:
            lines.append(box)
    return "\n".join(lines) if offered else ""


def decline_letter(
    context: document_frame.DocumentContext,
    request: DispatchRequest,
    texts: Texts,
    *,
    organisation: str,
    addressee_placeholder: str,
) -> DocumentContent:
    """Return the letter to one 団体: result, reason by the published rule, alternatives, its request.

    Args:
        addressee_placeholder: text in place of 団体 and 代表者, for a draft that is open to the public.
    """
    context = document_frame.as_draft(context) if addressee_placeholder else context
    honorific = context.setting.honorific if context.setting else "様"
    signer = text_beside_name(request.signer)
    person = join_nonempty(text_beside_name(request.signer_role), signer, honorific)
    addressee = f"{organisation}\n　{person}" if signer else f"{organisation}　御中"
    blocks: list[Block] = [
        replace(document_frame.outgoing_head(context), addressee=addressee_placeholder or addressee),
        Title(texts.get(SUBJECT, ""), lead=texts.get(LEAD, "")),
        Paragraph("記", style="letter", align="center"),
        LetterItems(rows=_worded(texts, _LETTER_ITEMS)),
        Closing(),
        document_frame.office_contact(context.office),
    ]
    reference = f"{context.programme.year_code}-{DECLINE_NOTICE}"
    return document_frame.frame_document(
        context,
        kind=DECLINE_NOTICE,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-{organisation}",
        look="letter",
        personal=True,
        outgoing=True,
    )


def contact_sheet(
    context: document_frame.DocumentContext,
    event: EventFacts,
    *,
    organisation: str,
    person: str,
    phones: Sequence[str],
    agreed_on: date,
) -> DocumentContent:
    """Return the 派遣先の連絡先 for the 業務責任者: the 派遣, and of the 団体 only name and telephone of the 代表者."""
    visit = event.year_kind.name
    blocks = (
        document_frame.outgoing_head(context),
        Title(
            in_visit_words(CONTACT_SHEET, (event.year_kind,)),
            lead=f"{visit}の日程の相談のため、つぎのとおり連絡先をお知らせします。",
        ),
        Paragraph("記", style="letter", align="center"),
        KeyValues(
            rows=(
                (visit, event.title),
                ("日時", document_frame.date_time_words(event)),
                ("団体", organisation),
                ("代表者", person),
                ("電話", "、".join(phones)),
                ("同意", f"{dates.long_date(agreed_on)}　希望票の同意の欄による"),
            )
        ),
        Paragraph(
            f"この連絡先は、この{visit}の日程の相談とフォローアップのほかには使わないでください。"
            f"複写せず、{visit}の終了後に"
            + in_own_words(f"区へ返してください（{cited_clause(RULES_OF_CONTACTS)}）。", context.office)
        ),
        Closing(),
        document_frame.office_contact(context.office),
    )
    made = document_frame.frame_event_document(
        context,
        event,
        kind=CONTACT_SHEET,
        look="letter",
        blocks=blocks,
        first_sheet="連絡先",
        outgoing=True,
    )
    return replace(made, personal=True)


def _office(context: document_frame.DocumentContext) -> list[str]:
    """Return the lines of the ward's section: its name, its address, its telephone and FAX."""
    office = context.office
    own = f"{office.ward}{office.section}{office.unit}"
    return [line for line in (own, *document_frame.where_words(office)) if line]


def _fax(context: document_frame.DocumentContext) -> str:
    """Return 「FAX 03-… 電話 03-…」, by which most requests are sent."""
    office = context.office
    pairs = (("FAX", office.fax), ("電話", office.phone))
    return "　".join(f"{name} {number}" for name, number in pairs if number)


def _section(context: document_frame.DocumentContext) -> str:
    """Return ward, department and section in one word (「練馬区地域文化部協働推進課」)."""
    office = context.office
    return f"{office.ward}{office.department}{office.section}"


def _year_document(
    context: document_frame.DocumentContext,
    kind: str,
    blocks: Sequence[Block],
    *,
    first: str,
    look: Look,
    footer: str,
) -> DocumentContent:
    """Return a document on the visits of a year, dated and outgoing; ``first`` names its sheet, ``footer`` the left."""
    reference = f"{context.programme.year_code}-{kind}"
    return document_frame.frame_document(
        context,
        kind=kind,
        reference=reference,
        blocks=blocks,
        stem=reference,
        look=look,
        first_sheet=first,
        footer_left=footer,
        outgoing=True,
    )


SELECTION = "起案資料（派遣の選定）"


@record
class RequestLine:
    """One request of the year: its 団体, its link to a 講習会 in words, and the draft of its letter if declined."""

    request: DispatchRequest
    organisation: str
    branch: str
    link: str
    letter: tuple[Block, ...]
    closes: date | None


@record
class SelectionFacts:
    """What the document is built from: the requests in the order of receipt, and the planned number (「3団体程度」).

    Attributes:
        letters: to the declined 団体, as they go out.
        events: day (None = not set) and title of the 派遣 of those selected.
        lectures: the names of the year's kinds that are lectures, "" = it has none.
    """

    request_lines: Sequence[RequestLine]
    planned: str
    letters: Sequence[Letter]
    events: Sequence[tuple[date | None, str]]
    lectures: str

    def lines_with_outcome(self, *outcomes: str) -> list[RequestLine]:
        """Return the requests with one of these outcomes ("" = not decided)."""
        return [one for one in self.request_lines if one.request.outcome in outcomes]

    def drafting_date(self, document_date: date) -> date | None:
        """Return the day it is drafted, None if it was decided by then."""
        chosen = (one.request.decided_on for one in self.lines_with_outcome("決定", "不採択"))
        is_decided = approval_day(self.letters) or any(day is not None and day < document_date for day in chosen)
        return None if is_decided else document_date


def selection_drafting(
    context: document_frame.DocumentContext, facts: SelectionFacts, texts: Mapping[str, str]
) -> DocumentContent:
    """Return the 起案資料（派遣の選定）: decision and reasons, then the draft of each letter, then all addressees."""
    letters = [one for one in facts.request_lines if one.letter]
    count = len(letters)
    blocks = drafting_blocks(
        context,
        DraftingContent(
            texts=texts,
            drafted_on=facts.drafting_date(context.issue_day),
            title="選定の内容",
            heading_note="順は希望票を受け取った順",
            decision_blocks=(_counts(facts), _request_blocks(facts)),
            reason_blocks=paragraphs_of(texts.get(REASON, "")),
            annexes=[
                (f"{in_visit_words(DECLINE_NOTICE, context.kinds)}（案）", f"{count}通", "公開"),
                ("宛先一覧（氏名を含む）", f"{count}件", "非公開"),
            ]
            if count
            else [],
            next_actions=_next_steps(facts, count, notice=in_visit_words(DECLINE_NOTICE, context.kinds)),
            letters=facts.letters,
            drafts=[(f"別紙1-{number} 案", one.letter) for number, one in enumerate(letters, 1)],
            addressee_blocks=_addressees(letters) if letters else (),
        ),
    )
    reference = f"{context.programme.year_code}-{SELECTION}"
    return document_frame.frame_document(
        context,
        kind=SELECTION,
        reference=reference,
        blocks=blocks,
        stem=reference,
        look="form",
        first_sheet="起案",
        header_right=f"整理番号　{in_visit_words(reference, context.kinds)}　"
        f"{document_frame.edition_words(document_frame.FIRST_EDITION)}",
        footer_left=document_frame.PERSONAL_DATA_NOTICE,
        stamp="案",
        personal=True,
    )


def _counts(facts: SelectionFacts) -> Table:
    """Return the table of how many 団体 have each outcome, beside the planned number.

    Where a 団体 sent more than one request, the requests stand beside (「4団体（5通）」).
    """
    shown = [
        ("希望票", facts.request_lines),
        ("採択", facts.lines_with_outcome("決定")),
        ("不採択", facts.lines_with_outcome("不採択")),
    ]
    shown += [
        (name, facts.lines_with_outcome(outcome))
        for name, outcome in (("取下げ", "取下げ"), ("選定前", ""))
        if facts.lines_with_outcome(outcome)
    ]

    def words(lines: Sequence[RequestLine]) -> str:
        """Return how many 団体 the lines are of, and how many they are if these are more."""
        number = count_organisations(one.request for one in lines)
        return f"{number}団体" if number == len(lines) else f"{number}団体（{len(lines)}通）"

    return Table(
        (
            *(Column(name, 125 / len(shown), align="right") for name, _ in shown),
            Column("仕様", 40, align="right"),
        ),
        ((*(words(lines) for _, lines in shown), facts.planned),),
        name="選定の数",
    )


def _request_blocks(facts: SelectionFacts) -> Table:
    rows = tuple(
        (
            str(number),
            f"{one.organisation}\n{one.branch}".strip(),
            join_nonempty("・".join(one.request.tools), one.link, separator="\n"),
            {RequestOutcome.CHOSEN: "採択", RequestOutcome.OPEN: "選定前"}.get(
                one.request.outcome, one.request.outcome
            ),
            join_nonempty(
                one.request.reason,
                _unlinked_text(one.request, facts.lectures),
                _exception_text(one.request, one.closes),
                separator="\n",
            ),
        )
        for number, one in enumerate(facts.request_lines, 1)
    )
    return Table(
        (
            Column("No", 8, align="center"),
            Column("団体", 36),
            Column(f"希望・{facts.lectures}への参加" if facts.lectures else "希望", 42),
            Column("結果", 16, align="center"),
            Column("選定の理由", 63),
        ),
        rows,
        name="選定の理由",
    )


def _unlinked_text(request: DispatchRequest, lectures: str) -> str:
    """Return why a 団体 is selected without a lecture in which it took part, "" where that needs no reason."""
    reason = request.unlinked_reason.strip()
    if not reason or not request.outcome.is_chosen:
        return ""
    return f"{lectures}に参加のない団体を選ぶ理由　{reason}" if lectures else reason


def _exception_text(request: DispatchRequest, closes: date | None) -> str:
    """Return why a late or unsigned request was chosen all the same, else "".

    A reason that stands there still, though the request is signed by now and was in time, is printed as such.
    """
    if not request.outcome.is_chosen:
        return ""
    against = objections_to_selection(request, closes, request.received_on)
    reasons = split_exception_reason(request.exception_reason, against)
    return "\n".join(
        f"{'、'.join(one for one in against if reasons.get(one) == reason) or 'この'}希望票を選ぶ理由　{reason}"
        for reason in dict.fromkeys(reasons.values())
        if reason
    )


def _next_steps(facts: SelectionFacts, letters: int, *, notice: str) -> list[tuple[str, str]]:
    """Return day and words of what follows the selection: the ``notice`` of who is declined, decisions, the visits."""
    rows = [("", f"{notice}の施行（{letters}通）")] if letters else []
    if facts.lines_with_outcome("決定"):
        rows.append(("", "採択した団体への決定通知（実施回ごとの起案資料による）"))
    rows += [(dates.table_date(day) if day else "", f"{title}　実施") for day, title in facts.events]
    return rows


def _addressees(letters: Sequence[RequestLine]) -> list[Block]:
    """Return the title 「宛先一覧」 with the number of letters, and the table of their addressees."""
    rows = tuple(
        (str(number), one.branch, one.organisation, signer_text(one.request) or "御中")
        for number, one in enumerate(letters, 1)
    )
    return [
        Title("宛先一覧", subtitle=f"計　{len(letters)}通"),
        Table(
            (
                Column("別紙1-", 16, align="center"),
                Column("支部", 29),
                Column("団体", 60),
                Column("宛名（役職・氏名）", 60),
            ),
            rows,
            name="宛先一覧",
        ),
    ]
