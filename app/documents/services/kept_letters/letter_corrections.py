"""Acts on what a kept letter says otherwise than today's records: 了承 before it is 施行, four answers after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Closing, Contact, DocumentContent, LetterItems, Title
from app.documents.content_json import content_to_json
from app.documents.rules import REPLACEMENT, with_changed_words
from app.documents.services.document_kind import DocumentKind, document_of
from app.documents.services.document_saving import draw_letters, issue_row
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import log_outgoing
from app.documents.services.kept_letters.kept_papers import (
    REPLACEMENT_NOTE,
    fix_content,
    is_drawn_here,
    issued_contents,
    kept_papers_of,
    letter_with_kept,
    release_content,
    sized,
)
from app.documents.services.kept_letters.letter_differences import (
    LetterDifference,
    differing_letters,
    unanswered_differences,
)
from app.documents.services.notification import note_answered
from app.documents.services.stored_files import keep_file
from db.journal import Change
from db.records.documents import (
    DifferenceAnswer,
    KeptPaper,
    KeptSource,
    Letter,
    LetterAnswer,
)
from db.records.events import Event
from db.rows import by_id

CORRECTIONS = (REPLACEMENT, "訂正の通知")
"""How a letter is put right that was wrong when it left: by a right one under its number, or by a letter of its own."""


def agree_to_changes(
    context: ActionContext, *, scope: DocumentScope, kind: str, agreed_on: date | None, agreed_by: str
) -> ActionResult:
    """Put up a letter before its 施行 as today's records say, since who decides agreed to it; undo can take it back.

    With a 起案資料 every letter that it decides on is put up so.

    Raises:
        UserError: day or name is missing, the day is ahead, or nothing has changed.
    """
    paper, letter = _letter(context, scope, kind)
    if letter.state.is_issued:
        raise UserError(f"{kind}は施行になっています。", "違いへの答えを、1つずつ記録してください。")
    if agreed_on is None or not agreed_by.strip() or agreed_on > context.today:
        raise UserError("了承の日と、了承した人が必要です。", "日（本日まで）と、だれが了承したかを書いてください。")
    if not unanswered_differences(context.store, letter, paper, scope, context.now):
        raise UserError(f"{kind}に、起案した時と違うところはありません。", "画面を開き直してください。")
    drafted = ((scope, kind),) if paper.drafts is None else paper.drafts(context.store, scope)
    put_up = [
        (own, about, each)
        for about, name in drafted
        for each in (document_of(about, name),)
        if (own := letter_with_kept(context.store, each, about, context.today)) is not None and not own.state.is_issued
    ]
    words = f"{long_date_plain(agreed_on)}、{agreed_by.strip()}"
    with context.change(
        f"{kind}を変わったとおりに改めた（了承　{words}）", "papers", event_id=scope.event_id
    ) as change:
        for own, _about, _paper in put_up:
            release_content(context.store, change, own)
        for own, about, each in put_up:
            fix_content(change, context, own.id, each, about, source=KeptSource.AGREED)
    return ActionResult(f"{kind}を、変わったとおりの内容にしました。", letter.id)


def answer_difference(
    context: ActionContext,
    *,
    scope: DocumentScope,
    kind: str,
    differences: Sequence[str],
    answer: DifferenceAnswer,
    told_on: date | None = None,
    told_how: str = "",
    told_to: str = "",
    reason: str = "",
) -> ActionResult:
    """Record what differences of a letter are, so that they are not asked again; a 差替え makes the right letter.

    Where the letter says the same in several parts (a name in 宛先 and in 参加される方), one answer is for all.

    Args:
        differences: their keys, several only where they have one reason and nothing was wrong.
        told_on, told_how, told_to: of ほかの方法で伝えた day, way and party; of 出した時に誤っていた how it is put
            right (``CORRECTIONS``), and day and name of who agreed, or day and number of the 訂正の通知.
    Raises:
        UserError: nothing differs so any more, or what the answer needs is missing.
    """
    paper = document_of(scope, kind)
    letter, found, every = next(
        (
            (letter, one, every)
            for letter in differing_letters(context.store, paper, scope, context.today)
            for every in (unanswered_differences(context.store, letter, paper, scope, context.now),)
            for one in every
            if one.key in differences
        ),
        (None, None, ()),
    )
    if letter is None or found is None:
        raise UserError("この違いは、もうありません。", "画面を開き直してください。")
    answer = DifferenceAnswer(answer)
    if answer.is_wrong and not found.is_sent:
        raise UserError(f"{kind}は出す書類ではありません。", "出した通知の誤りは、その通知の「違い」で答えてください。")
    if answer.is_wrong and not letter.state.is_issued:
        raise UserError(f"{kind}は、まだ施行していません。", "起案し直すか、決裁者の了承を記録してください。")
    if answer.needs_reason and not reason.strip():
        raise UserError("理由が書かれていません。", "伝えることではない理由を書いてください。履歴に残ります。")
    if (answer.needs_telling or answer.is_wrong) and (
        told_on is None or told_on > context.today or not told_how.strip() or not told_to.strip()
    ):
        raise UserError(
            "日、方法、相手のどれかが足りません。", "いつ（本日まで）、どの方法で、だれにかを書いてください。"
        )
    replaces = answer.is_wrong and told_how == CORRECTIONS[0]
    same = [one for one in every if one.key in differences or one.says_the_same_as(found)]
    parts = "・".join(dict.fromkeys(one.part for one in same))
    with context.change(
        f"{kind}の違い「{parts}」に答えた：{answer}", "papers", event_id=scope.event_id, barrier=replaces
    ) as change:
        for one in same:
            answer_id = change.insert(
                LetterAnswer(
                    letter_id=letter.id,
                    document_kind=kind,
                    difference=one.key,
                    answer=answer,
                    told_on=told_on,
                    told_how=told_how.strip(),
                    told_to=told_to.strip(),
                    reason=reason.strip(),
                    **context.signature,
                )
            )
        said, row_id = "", answer_id
        if replaces:
            count, row_id = _replace_letters(context, change, scope, letter, same)
            said = f"正しい{kind}{count}通と差替えのお願いを作りました。送ったら、「通知したと記録する」。"
        if letter.state.is_issued:
            note_answered(change, context, scope)
    return ActionResult(f"「{parts}」の違いに答えました。{said}", row_id, can_undo=not replaces)


def _letter(context: ActionContext, scope: DocumentScope, kind: str) -> tuple[DocumentKind, Letter]:
    """Return a document kind with the letter that is kept; raises ``UserError`` where nothing is kept."""
    paper = document_of(scope, kind)
    letter = letter_with_kept(context.store, paper, scope, context.today)
    if letter is None:
        raise UserError(f"{kind}は、まだ起案していません。", "画面を開き直してください。")
    return paper, letter


def _replace_letters(
    context: ActionContext, change: Change, scope: DocumentScope, letter: Letter, same: Sequence[LetterDifference]
) -> tuple[int, int]:
    """Keep, inside ``change``, right letters under the number of the wrong ones, each with a 差替えのお願い.

    Returns how many, with the id of their row in the log; the wrong ones stay as they left.
    """
    store, kind, made = context.store, letter.document_kind, []
    kept = list(filter(is_drawn_here, kept_papers_of(store, letter, kind)))
    contents = issued_contents(store, letter, kind=kind, wanted=is_drawn_here)
    if (event := by_id(context.database, Event, scope.event_id)) is not None:
        contents = [
            sized(content, is_large=event.is_large(kind, one.addressee))
            for one, content in zip(kept, contents, strict=True)
        ]
    for one, content in zip(kept, contents, strict=True):
        right = with_changed_words(content, lambda text: reduce(_corrected, same, text))
        if right == content or not right.letterheads[0].addressee:
            continue
        change.update(KeptPaper, one.id, replaced=True)
        note = _replacement_note(right, letter, same, context.today)
        for part, name in ((note, REPLACEMENT_NOTE), (right, kind)):
            made.append(_keep(context, change, replace(one, id=0, document_kind=name), part))
    if not made:
        raise UserError(
            "この違いは、差替えでは直せません。",
            "送った書類にない行は、直し方に「訂正の通知」を選んでください。宛先がなくなったときは、「あとで変わった」を選んでください。",
        )
    left, parts = [each for each, _ in made], "・".join(one.part for one in same)
    row = replace(
        issue_row(store, scope, left[-1], context),
        personal=True,
        detail={REPLACEMENT: join_nonempty(f"{len(made) // 2}通", *_organisations(same[0]), f"{parts}の誤り")},
        kept_papers=tuple(number for _, number in made),
    )
    return len(made) // 2, log_outgoing(store, change, row, copy=None, content=left)


def _organisations(difference: LetterDifference) -> list[str]:
    """Return the 団体 of the letters of a difference; the log keeps no name of a person."""
    return [
        name
        for one in difference.addressees
        if not (name := one.partition("\n")[0].removesuffix("　御中")).endswith("様")
    ]


def _keep(
    context: ActionContext, change: Change, one: KeptPaper, content: DocumentContent
) -> tuple[DocumentContent, int]:
    """Keep one content with its pages; return it with the id of what is kept."""
    (drawn,) = draw_letters([content])
    text, pages = (
        keep_file(context.store, change, data=data, name=f"{one.document_kind}.{form}", now=context.now)
        for data, form in ((content_to_json(content).encode(), "json"), (drawn.data, "pdf"))
    )
    kept = replace(
        one,
        content_file_id=text.id,
        file_id=pages.id,
        sha256=pages.sha256,
        pages=drawn.pages,
        source=KeptSource.REPLACEMENT,
        **context.signature,
    )
    return content, change.insert(kept)


def _corrected(text: str, difference: LetterDifference) -> str:
    """Return a text whose lines of before are those of after; a text without any of them is returned as it is."""
    before, after = difference.before.split("\n"), difference.after.split("\n")
    lines = text.split("\n")
    if not difference.before or not set(before) & set(lines):
        return text
    # The last line of before has all that is left of after: a 会長 may have come in below the name of the 団体.
    right = {line: after[at : None if line == before[-1] else at + 1] for at, line in enumerate(before)}
    return "\n".join(new for line in lines for new in right.get(line, [line]))


def _replacement_note(
    right: DocumentContent, letter: Letter, same: Sequence[LetterDifference], today: date
) -> DocumentContent:
    """Return the note that asks the addressee, as he is called rightly, to put the right letter in its place."""
    issued = long_date_plain(letter.issued_on or today)
    lead = (
        f"{issued}付け{letter.document_number}でお送りした{letter.document_kind}に、つぎのとおり誤りがありました。"
        "おわび申し上げます。お手数ですが、同封の正しいものと差し替えてくださいますようお願いいたします。"
    )
    contacts = (block for block in right.blocks if isinstance(block, Contact))
    return replace(
        right,
        kind=REPLACEMENT_NOTE,
        first_sheet=REPLACEMENT_NOTE,
        blocks=(
            replace(
                right.letterheads[0], date=long_date_plain(today), reference="", admission=(), places=(), barcode=""
            ),
            Title(f"{letter.document_kind}の差替えについて（お願い）", lead=lead),
            LetterItems(
                rows=tuple(
                    (name, text or "（記載なし）")
                    for one in same
                    for name, text in (("誤", one.before), ("正", one.after))
                )
            ),
            Closing(),
            *contacts,
        ),
    )
