"""Content of a 起案資料: a 伺い文 of one page with the decision and its reasons, the drafts, the addressee list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, repeat

from app.calendar import dates
from app.calendar.wareki import era_year_words
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from app.event.rules.recruitment import DECISION
from app.events.letters.documents.letter_layout import Addressee, Texts, letter_blocks, people_lines, person_line
from app.events.letters.rules.change_letters import AFTER, BEFORE, BY_PHONE, CHANGED_ITEMS, REPLACEMENT, same_words
from app.events.letters.rules.drafting_texts import (
    ASKED,
    BASIS,
    DECIDED_BY,
    KEEPING,
    OPENNESS,
    OVER,
    REASON,
    REFERENCE,
    SENDING,
    can_draft,
)
from app.events.letters.rules.letter_texts import CANCELLATION, CHANGE, REVOCATION, SUBJECT, LetterFacts
from app.programme.rules import blank_number, people_words
from db.record import record
from db.records.documents import Letter

ADDRESSEE_LIST = "（「宛先一覧」のとおり）"
"""Stands in the drafts in place of the addressees, whose list unlike the drafts is not open to the public."""
_DRAFTED, _ANNEXES, _NEXT_ACTIONS = DRAFTING_OF_ITS_DAY = ("起案", "案文および別紙", "この後の予定")
"""Parts of a 起案資料 that hold for its day alone: what is decided is told in the others."""
_TITLES = {CHANGE: "変更の内容", REVOCATION: "取消しの内容", CANCELLATION: "中止の内容"}
_BLANK_DAY = "　　月　　日"


@record
class LetterDraft:
    """One letter put up for decision: its kind, form, passages and addressees."""

    kind: str
    context: document_frame.DocumentContext
    texts: Texts
    addressees: tuple[Addressee, ...]

    @property
    def name(self) -> str:
        """Return the kind of letter as the draft's name, with 「（補欠の方）」 where its first addressee is 補欠."""
        return f"{self.kind}（補欠の方）" if self.addressees[0].is_waiting_list else self.kind

    @property
    def people(self) -> int:
        """Return how many people the letters concern."""
        return sum(len(one.people) for one in self.addressees)


@record
class DraftingContent:
    """Content of a 起案資料 about an event or a year.

    Attributes:
        texts: passages by part.
        drafted_on: day beside 起案; None leaves it blank for staff to write.
        title, heading_note: the heading over what is decided, and the note at its right.
        decision_blocks, reason_blocks: what is decided, and the text under 理由.
        annexes: name, number of copies, whether open to the public; empty = no annex.
        counts: text at the right of the heading of the annexes.
        next_actions: day and text of each step after the 決裁.
        letters: the letters that are decided on.
        drafts: sheet name and blocks of each draft.
        addressee_blocks: the list of addressees.
    """

    texts: Mapping[str, str]
    drafted_on: date | None
    title: str
    heading_note: str
    decision_blocks: Sequence[Block]
    reason_blocks: Sequence[Block]
    annexes: Sequence[tuple[str, str, str]]
    counts: str = ""
    next_actions: Sequence[tuple[str, str]]
    letters: Sequence[Letter]
    drafts: Sequence[tuple[str, Sequence[Block]]]
    addressee_blocks: Sequence[Block]


def drafting_blocks(context: document_frame.DocumentContext, facts: DraftingContent) -> tuple[Block, ...]:
    """Return the blocks of a 起案資料: decision and reasons, then each draft, then the addressee list."""
    known = facts.texts
    chapters: list[tuple[str, str, Sequence[Block]]] = [
        (facts.title, facts.heading_note, facts.decision_blocks),
        ("理由", "", facts.reason_blocks),
        (
            "根拠",
            "",
            (KeyValues(rows=tuple((part, known[part]) for part in (BASIS, REFERENCE) if known.get(part, "").strip())),),
        ),
    ]
    if facts.annexes:
        chapters.append((_ANNEXES, facts.counts, (_annex_table(facts.annexes),)))
    chapters.append((_NEXT_ACTIONS, "", (_next_action_table(facts.next_actions),)))
    blocks: list[Block] = [
        Title("起案資料"),
        KeyValues(rows=_head(context, known, facts.drafted_on)),
        Paragraph(known.get(ASKED, ""), style="strong"),
    ]
    for number, (title, right, inside) in enumerate(chapters, 1):
        blocks += [Heading(2, str(number), title, right=right), *inside]
    blocks += _end(context, known, facts.letters, chapter=len(chapters) + 1)
    for sheet, draft in facts.drafts:
        blocks += [SheetBreak(sheet=sheet, page=True, look="letter"), *draft]
    if facts.addressee_blocks:
        blocks += [SheetBreak(sheet="宛先一覧", page=True, look="form"), *facts.addressee_blocks]
    return tuple(blocks)


def drafting_set(
    context: document_frame.DocumentContext,
    facts: LetterFacts,
    *,
    kind: str,
    texts: Texts,
    drafts: Sequence[LetterDraft],
) -> DocumentContent:
    """Return a 起案資料 about letters: one page with the decision, each of ``drafts``, the addressee list.

    Args:
        kind: 起案資料 or 起案資料（中止・変更）.

    Its day is the issue day of ``context``, or a blank once a letter is 決裁済 or where ``can_draft`` is False.
    """
    known = dict(texts)
    letters = [draft.context.letter for draft in drafts if draft.context.letter is not None]
    title, right, decided = _decision_block(facts, drafts)
    today = None if approval_day(letters) or not can_draft(facts, kind) else context.issue_day
    blocks = drafting_blocks(
        context,
        DraftingContent(
            texts=known,
            drafted_on=today,
            title=title,
            heading_note=right,
            decision_blocks=(decided,),
            reason_blocks=_reasons(known),
            annexes=_annexes(facts, drafts),
            counts=_counts(drafts),
            next_actions=_next_action_rows(facts, drafts),
            letters=letters,
            drafts=[
                (
                    f"別紙{number} 案（{draft.name}）",
                    letter_blocks(
                        document_frame.as_draft(draft.context),
                        kind=draft.kind,
                        texts=_mark_partial_passages(draft),
                        addressee=_collective_addressee(draft),
                        people_placeholder=ADDRESSEE_LIST if draft.people else "",
                    ),
                )
                for number, draft in enumerate(drafts, 1)
            ],
            addressee_blocks=_addressee_blocks(drafts),
        ),
    )
    content = document_frame.frame_event_document(
        context,
        facts.event,
        kind=kind,
        look="form",
        first_sheet="起案",
        stamp=document_frame.DRAFT_MARK,
        blocks=blocks,
        header_right=f"整理番号　{document_frame.facts_code(context.programme, facts.event)}-{kind}　"
        f"{document_frame.edition_words(document_frame.FIRST_EDITION)}",
    )
    return replace(content, personal=True, footer_left=document_frame.PERSONAL_DATA_NOTICE)


def approval_day(letters: Iterable[Letter]) -> date | None:
    """Return the day of the 決裁 of the first letter that is 決裁済 or 施行 and has that day, None without one."""
    return next((one.decided_on for one in letters if one.state.is_decided and one.decided_on), None)


def _head(
    context: document_frame.DocumentContext, passages: Mapping[str, str], drafted_on: date | None
) -> tuple[tuple[str, str], ...]:
    """Return the rows at the head of a 起案資料 from its passages: 件名, 起案, 決裁区分, 公開, 保存年限.

    Args:
        drafted_on: None leaves the date blank for staff to write.
    """
    office = context.office
    unit = office.full_name
    phone = fill_nonempty("電話　{}　　", office.phone)
    day = dates.long_date(drafted_on) if drafted_on else f"{era_year_words(context.made_at.date())}{_BLANK_DAY}"
    rows = (
        ("件名", passages.get(SUBJECT, "")),
        (_DRAFTED, f"{day}　{unit}\n{phone}起案者　{office.staff}".rstrip("　")),
        (
            "決裁区分・施行",
            "　".join(part for part in (passages.get(DECIDED_BY, ""), passages.get(SENDING, "")) if part.strip()),
        ),
        (OPENNESS, passages.get(OPENNESS, "")),
        (KEEPING, passages.get(KEEPING, "").strip() or "　　年（令和　　年度末まで）"),
    )
    return tuple(row for row in rows if row[1])


def _end(
    context: document_frame.DocumentContext, passages: Mapping[str, str], letters: Sequence[Letter], *, chapter: int
) -> list[Block]:
    """Return the end of the first page of a 起案資料: 備考 if there is any, and the boxes of the 決裁.

    Args:
        chapter: the number of 備考.
        letters: the letters decided on; known facts of their 決裁 fill the boxes, the rest stays blank.
    """
    numbers = list(dict.fromkeys(one.document_number for one in letters if one.document_number))
    number = f"{numbers[0]}{'ほか' if len(numbers) > 1 else ''}" if numbers else ""
    decided, issued = approval_day(letters), next((one.issued_on for one in letters if one.issued_on), None)
    blocks = []
    if passages.get("備考", "").strip():
        blocks += [Heading(2, str(chapter), "備考"), *paragraphs_of(passages["備考"])]
    blocks.append(
        SignBoxes(
            boxes=(
                ("決裁日", _boxed(decided)),
                ("文書番号", number or blank_number(context.office.document_symbol)),
                ("施行日", _boxed(issued)),
            )
        )
    )
    blocks.append(Paragraph("注　この紙は、決裁を受ける本文に付ける写しである。", style="note"))
    return blocks


def _boxed(day: date | None) -> str:
    return dates.long_date_plain(day) if day else f"令和　　年{_BLANK_DAY}"


def _counts(drafts: Sequence[LetterDraft]) -> str:
    """Return 「決定通知 11団体 12人 11通」 for each kind of letter; people without a 団体 add none, as in 伺い文."""
    said = []
    for kind in dict.fromkeys(draft.kind for draft in drafts):
        to = [one for draft in drafts if draft.kind == kind for one in draft.addressees]
        people = sum(len(one.people) for one in to)
        said.append(
            f"{kind}　{len({one.organisation for one in to} - {''})}団体{fill_nonempty('　{}人', people)}　{len(to)}通"
        )
    return " ".join(said)


def _decision_block(facts: LetterFacts, drafts: Sequence[LetterDraft]) -> tuple[str, str, Block]:
    """Return title, note and block of what is decided: numbers against the specification, or what changes."""
    kind = drafts[0].kind
    if kind != DECISION:
        return _TITLES.get(kind, "通知の内容"), "", _change(drafts[0])
    by = f"申込みの締切　{dates.table_date(facts.apply_by)}" if facts.apply_by and facts.replaced_event is None else ""
    return "決定の内容", by, _numbers(facts)


def _change(draft: LetterDraft) -> KeyValues | Table:
    """Return the table of what is changed, or the facts of what is cancelled."""
    known = dict(draft.texts)
    if draft.kind == CHANGE:
        rows = []
        for name in CHANGED_ITEMS:
            before, after = known.get(f"{BEFORE}{name}", ""), known.get(f"{AFTER}{name}", "")
            rows.append((name, before, "変更なし" if same_words(before, after) else after))
        return Table(
            (
                Column("項目", 25),
                Column("変更前", 70),
                Column("変更後", 70),
            ),
            tuple(rows),
            name="変更の内容",
            bold_rows=tuple(number for number, row in enumerate(rows) if row[2] != "変更なし"),
        )
    told = (REPLACEMENT,) if draft.kind == CANCELLATION else ("対象の事業", "日時", "会場")
    shown = [row for row in draft.texts if row[1] and (row[0].startswith("中止する") or row[0] in told)]
    return KeyValues(rows=tuple(shown))


def _numbers(facts: LetterFacts) -> Table:
    """Return the table of applications, chosen people and limits."""
    people, organisations = facts.applied
    chosen, groups = facts.chosen
    least, most = facts.numbers.people_min, facts.numbers.people_max
    span = people_words(facts.numbers)
    difference = "範囲内" if people else "—"
    if facts.people_over_limit:
        tenths = (facts.people_over_limit * 2000 + most) // (2 * most)  # rounded half up
        difference = f"+{facts.people_over_limit}人（{tenths // 10}.{tenths % 10}％）"
    elif people and chosen < least:
        difference = f"下限より{least - chosen}人少ない"
    counted = [
        ("申込", f"{people}人", f"{organisations}団体"),
        ("決定計" if facts.added else "決定", f"{chosen}人", f"{groups}団体"),
    ]
    counted += [("補欠", f"{facts.waiting}人", "")] if facts.waiting else []
    counted += [("不参加決定", f"{facts.rejected}人", "")]
    counted += [("欠席・取消", f"{facts.withdrawn}人", "")] if facts.withdrawn else []
    counted += [("決定取消", f"{facts.revoked}人", "")] if facts.revoked else []
    return Table(
        (
            Column("区分", 20),
            *(Column(name, 75 / len(counted), align="right") for name, _, _ in counted),
            Column("仕様", 35, align="right"),
            Column("仕様との差", 35, align="right"),
        ),
        (
            ("人数", *(one for _, one, _ in counted), span, difference),
            ("団体", *(one for _, _, one in counted), "—", "—"),
        ),
        name="決定の内容",
    )


def _reasons(passages: dict[str, str]) -> list[Block]:
    """Return 起案理由; where the passages have 定員を超えて決定する理由, numbered, with that after it.

    An empty 定員を超えて決定する理由 becomes a gap to fill in by hand.
    """
    over = passages.get(OVER, "").strip()
    if OVER not in passages:
        return paragraphs_of(passages.get(REASON, ""))
    return [
        Paragraph(f"(1) {passages.get(REASON, '').strip()}"),
        Paragraph(f"(2) {OVER}　{over or '（理由と協議番号を記入する）'}"),
    ]


def _annexes(facts: LetterFacts, drafts: Sequence[LetterDraft]) -> list[tuple[str, str, str]]:
    """Return name, count and openness of each annex; names of people stand only in the addressee list."""
    rows = [(f"{draft.name}（案）", f"{len(draft.addressees)}通", "公開") for draft in drafts]
    people = sum(draft.people for draft in drafts)
    rows.append(("宛先一覧（氏名を含む）", f"{people}人" if people else "1部", "非公開"))
    if facts.people_over_limit and facts.agreement is not None and facts.agreement.record_number:
        rows.append((f"協議記録 {facts.agreement.record_number}（写し）", "1部", "公開"))
    return rows


def _annex_table(rows: Sequence[tuple[str, str, str]]) -> Table:
    return Table(
        (
            Column("別紙", 15, align="center"),
            Column("名称", 90),
            Column("数", 30, align="right"),
            Column("公開", 30, align="center"),
        ),
        tuple((str(number), *row) for number, row in enumerate(rows, 1)),
        name="別紙",
    )


def _next_action_rows(facts: LetterFacts, drafts: Sequence[LetterDraft]) -> list[tuple[str, str]]:
    """Return the lines about what follows after the letters."""
    letters = [draft.context.letter for draft in drafts if draft.context.letter is not None]
    issued = next((one.issued_on for one in letters if one.issued_on), None)
    copies = sum(len(draft.addressees) for draft in drafts)
    rows = [(dates.table_date(issued) if issued else "", f"通知の施行（{copies}通）")]
    if any(draft.kind == DECISION for draft in drafts) and facts.headcount_by is not None:
        rows.append(
            (dates.table_date(facts.headcount_by), f"参加人数を受託者へ連絡（{facts.numbers.headcount_period}）")
        )
    if facts.event.event_date is not None and not any(draft.kind == CANCELLATION for draft in drafts):
        rows.append((dates.table_date(facts.event.event_date), "実施"))
    return rows


def _next_action_table(rows: Sequence[tuple[str, str]]) -> Table:
    """Return the table of the steps after the 決裁: day ("" = not known yet) and action."""
    return Table(
        (Column("日", 35), Column("すること", 130)),
        tuple(rows),
        name="この後の予定",
    )


def paragraphs_of(text: str) -> list[Block]:
    """Return each non-empty line of a passage as a paragraph."""
    return [Paragraph(part) for part in text.split("\n") if part.strip()]


def _mark_partial_passages(draft: LetterDraft) -> Texts:
    """Return the passages of a draft; 「電話での連絡」 states how many letters have it, where not all do."""
    called = sum(one.was_called for one in draft.addressees)
    if called in (0, len(draft.addressees)):
        return draft.texts
    note = f"（先に電話がつながった{called}通だけに入れる）"
    return tuple((part, f"{text}\n{note}" if part == BY_PHONE and text.strip() else text) for part, text in draft.texts)


def _collective_addressee(draft: LetterDraft) -> Addressee:
    return Addressee(
        key="",
        full_line=ADDRESSEE_LIST,
        is_waiting_list=any(one.is_waiting_list for one in draft.addressees),
        was_called=any(one.was_called for one in draft.addressees),
        previously_named=tuple(person for one in draft.addressees for person in one.previously_named),
        is_previously_named_unknown=any(one.is_previously_named_unknown for one in draft.addressees),
    )


def _addressee_blocks(drafts: Sequence[LetterDraft]) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for draft in drafts:
        honorific = draft.context.setting.honorific if draft.context.setting else "様"
        for addressee in draft.addressees:
            states = chain((person.state for person in addressee.people if person.name), repeat(""))
            named = "\n".join(
                f"{left}　{one}".rstrip("　")
                for (left, _), one in zip(people_lines(addressee.people), states, strict=False)
            )
            rows.append(
                (
                    str(len(rows) + 1),
                    draft.kind,
                    addressee.branch,
                    addressee.organisation or addressee.full_line,
                    person_line(addressee, honorific) or ("" if addressee.full_line else "御中"),
                    named,
                )
            )
    total = sum(len(draft.addressees) for draft in drafts)
    people = sum(draft.people for draft in drafts)
    return [
        Title("宛先一覧", subtitle=f"計　{total}通{fill_nonempty('　{}人', people)}"),
        Table(
            (
                Column("No", 8, align="center"),
                Column("通知", 19),
                Column("支部", 20),
                Column("団体", 42),
                Column("宛名（役職・氏名）", 36),
                Column("対象の方（氏名）", 40),
            ),
            tuple(rows),
            name="宛先一覧",
        ),
    ]
