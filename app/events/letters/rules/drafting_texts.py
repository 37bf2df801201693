"""Default wording of a 起案資料 in the form of a 伺い文: what is decided, why, and its basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import Passage
from app.event.rules.recruitment import DECISION
from app.events.letters.rules.change_letters import change_of_facts, reason_line
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING,
    PLACE_REVOCATION,
    REVOCATION,
    SUBJECT,
    WITHDRAWAL,
    LetterFacts,
    ReplacedEvent,
    make_passage,
)
from app.programme.rules import LOOSE, destination_word, full_clause, in_own_words, people_words, planned_words
from db.records.programme import Office, VisitStep

ASKED, REASON, OVER = "伺い文", "起案理由", "定員を超えて決定する理由"
BASIS, REFERENCE = "決定の根拠", "参考（委託仕様）"
DECIDED_BY, SENDING, OPENNESS, KEEPING = "決裁区分", "施行の方法", "公開区分", "保存年限・分類"
GUIDELINE = "根拠"
"""Name of the setting that holds the ward's 実施要領; ``KEEPING`` is that of the 保存年限."""


def guideline_to_write(office: Office) -> str:
    """Return what stands in place of the 実施要領 until the settings name it."""
    return in_own_words("（区の実施要領の名称と条を記入する）", office)


def drafting_passages(facts: LetterFacts, letters: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages of the 起案資料 about these letters.

    Args:
        letters: kinds of letter.
    """
    over = (make_passage(OVER, _over_limit_words(facts), 4),) if DECISION in letters and facts.people_over_limit else ()
    return (
        make_passage(SUBJECT, f"{facts.name}の{_matter(facts, letters)}について"),
        make_passage(ASKED, _request_sentence(facts, letters), 3),
        make_passage(REASON, _drafted_reason(facts, letters), 5),
        *over,
        make_passage(BASIS, facts.guideline or guideline_to_write(facts.office)),
        make_passage(REFERENCE, _reference(facts, letters), 3),
        *filing_passages(facts.retention_period),
    )


def filing_passages(retention_period: str) -> tuple[Passage, ...]:
    """Return the last passages of every 起案資料: who decides, how it is sent, what is open, how long it is kept."""
    return (
        make_passage(DECIDED_BY, "課長決裁", 1),
        make_passage(SENDING, "郵送（親展の表示をする）、公印省略", 1),
        make_passage(OPENNESS, "□ 公開　■ 一部公開（宛先一覧の氏名等は非公開）　□ 非公開", 1),
        make_passage(KEEPING, retention_period, 1),
        make_passage("備考", ""),
    )


def _matter(facts: LetterFacts, letters: Sequence[str]) -> str:
    """Return what the draft is about by its letters, such as 「中止の通知」."""
    if CANCELLATION in letters:
        return "中止の通知"
    if CHANGE in letters or REVOCATION in letters:
        return f"{change_of_facts(facts).words}の通知"
    if DECISION not in letters:
        return letters[0]
    return "参加者の決定および通知" if facts.event.form.recruits else "実施の決定および通知"


_LEAVING_WORDS = {
    PLACE_REVOCATION: "への参加の決定を、つぎの理由により取り消すこととし",
    WITHDRAWAL: "の辞退の申出を受理することとし",
}


def _request_sentence(facts: LetterFacts, letters: Sequence[str]) -> str:
    ask = "別紙1の案により通知してよろしいか伺います。"
    if CANCELLATION in letters:
        return f"標記の{facts.kind_word}を、つぎの理由により中止することとし、{ask}"
    if CHANGE in letters:
        return f"標記の{facts.kind_word}について、つぎの理由により変更することとし、{ask}"
    if REVOCATION in letters:
        revoked = change_of_facts(facts).kind.revoked
        return f"標記の{facts.kind_word}について、つぎの理由により{revoked}を取り消すこととし、{ask}"
    if DECISION not in letters:
        return f"標記の{facts.kind_word}{_LEAVING_WORDS.get(letters[0], f'の{letters[0]}について')}、{ask}"
    if _is_unnamed_dispatch(facts):
        return f"標記の{facts.kind_word}について、つぎのとおり実施を決定し、{ask}"
    chosen, groups = facts.added or facts.chosen
    refused = fill_nonempty("、{}とし", _not_chosen(facts))
    anew = "新たに" if facts.added else ""
    return (
        f"標記の{facts.kind_word}について、つぎのとおり{anew}参加者{chosen}人（{groups}団体）を決定し{refused}、{ask}"
    )


def _is_unnamed_dispatch(facts: LetterFacts) -> bool:
    """Return whether a 派遣 is decided on before anybody of its 団体 is named, as the 団体 is what was chosen."""
    return facts.event.form.at_organisation and not facts.chosen[0]


def _drafted_reason(facts: LetterFacts, letters: Sequence[str]) -> str:
    """Return the default 起案理由: why it is cancelled or changed, that it is held, or who applied and is chosen."""
    if {CANCELLATION, CHANGE, REVOCATION} & set(letters):
        decision = facts.decision
        why = reason_line(decision.reason if decision else facts.event.cancel_reason)
        what = "中止する" if CANCELLATION in letters else "変更する"
        if REVOCATION in letters:
            what = f"{change_of_facts(facts).kind.revoked}とした決定を取り消し、予定どおり行う"
        planned = f"{facts.time_words}に予定していた" if CHANGE not in letters else ""
        by = ""
        if decision is not None:
            at = decision.decided_at
            who = decision.decided_by.strip()
            by = f"（{dates.stamp_words(at)}、{who}の判断）" if at is not None and who else ""
        outside = _outside_period_words(facts) if CHANGE in letters else ""
        return join_nonempty(f"{planned}{facts.name}を{what}{by}。", why, outside, separator="\n")
    if DECISION not in letters:
        return join_nonempty(f"{facts.name}の{letters[0]}を出す。", reason_line(facts.revoked_because), separator="\n")
    outside = _outside_period_words(facts)
    visited = "希望のあった団体"
    if VisitStep.SELECTION in facts.numbers.steps:
        visited = f"{destination_word(facts.numbers.name)}に選定した団体"
    if _is_unnamed_dispatch(facts):
        return f"{visited}について、実施を決定する。参加される方は、団体からの連絡による。\n{outside}".rstrip()
    people, organisations = facts.applied
    came = ""
    if facts.replaced_event is not None:
        people, organisations = people - facts.replaced_event.people, organisations - facts.replaced_event.organisations
        came = _taken_over_words(facts.replaced_event)
    left = facts.replaced_event is None and facts.withdrawn
    gone = fill_nonempty("（うち{}人から、その後に欠席の連絡または取消しがあった）", left)
    if facts.event.form.at_organisation:
        came += f"{visited}から、参加される方{people}人の連絡があった{gone}。" if people > 0 else ""
    elif facts.replaced_event is not None:
        came += f"ほかに{people}人の申込みがあった。" if people > 0 else ""
    elif people and not is_application_closed(facts):
        came = f"{_span(facts)}参加者を募集しており、これまでに{organisations}団体{people}人の申込みがある{gone}。"
    elif people:
        came = f"{_span(facts)}参加者を募集したところ、{_applications_words(facts)}{gone}。"
    taken = fill_nonempty("うち{}人は、区が決定を取り消した。", facts.revoked)
    how = fill_nonempty("{}により、", facts.method)
    chosen, groups = facts.added or facts.chosen
    rest = _not_chosen(facts)
    end = f"し、{rest}とする" if rest else "する"
    anew = "先に知らせた方のほかに、" if facts.added else ""
    return f"{came}{taken}{how}{anew}{groups}団体{chosen}人の参加を決定{end}。" + fill_nonempty("\n{}", outside)


def _taken_over_words(replaced: ReplacedEvent) -> str:
    """Return the sentence that the event replaces a cancelled one, and who was taken over from it."""
    people = (
        f"その参加者のうち{replaced.people}人（{replaced.organisations}団体）を引き継ぐ。" if replaced.people else ""
    )
    return f"この回は、{replaced.full_name}の代わりに開催する。{people}"


def _applications_words(facts: LetterFacts) -> str:
    """Return 「12団体17人の申込みがあった」 (part of a sentence).

    With late ones 「16人の申込みがあり、締切の後に1人（1団体）の申込みがあった（計12団体17人）」.
    """
    (people, organisations), (late, late_groups) = facts.applied, facts.applied_late
    if not late:
        return f"{organisations}団体{people}人の申込みがあった"
    if late == people:
        return f"期間内の申込みはなく、締切の後に{late_groups}団体{late}人の申込みがあった"
    return (
        f"{people - late}人の申込みがあり、締切の後に{late}人（{late_groups}団体）"
        f"の申込みがあった（計{organisations}団体{people}人）"
    )


def _outside_period_words(facts: LetterFacts) -> str:
    """Return the sentence that the event lies outside the period of the specification; empty if within."""
    day, numbers = facts.event.event_date, facts.numbers
    if not facts.is_outside_period or day is None:
        return ""
    window = f"{dates.long_date_plain(numbers.window_start)}から{dates.long_date_plain(numbers.window_end)}まで"
    return (
        f"実施日（{dates.long_date_plain(day)}）は、{full_clause(numbers.clause_window)}の期間（{window}）の外である。"
    )


def _not_chosen(facts: LetterFacts) -> str:
    """Return 「3人を補欠、1人を不採択」, or empty where everybody may come."""
    counted = ((facts.waiting, "補欠"), (facts.rejected, "不採択"))
    return "、".join(f"{count}人を{outcome}" for count, outcome in counted if count)


def is_application_closed(facts: LetterFacts) -> bool:
    """Return whether applications closed before the day of the document; True where either day is not known."""
    return facts.apply_by is None or facts.issue_date is None or facts.issue_date > facts.apply_by


def past_event_day(facts: LetterFacts) -> date | None:
    """Return the day of the event if it lies before the day of the document, else None."""
    day = facts.event.event_date
    return day if day is not None and facts.issue_date is not None and day < facts.issue_date else None


def can_draft(facts: LetterFacts, kind: str) -> bool:
    """Return whether a 起案資料 can bear its day.

    The day must not lie after the event and, for the 起案資料 that selects people, must lie after the closing day.
    """
    return past_event_day(facts) is None and (kind != DRAFTING or is_application_closed(facts))


def _span(facts: LetterFacts) -> str:
    """Return 「令和8年…（月）から令和8年…（金）まで」 for the period of applications, "" while a day is not known."""
    if not (facts.apply_from and facts.apply_by):
        return ""
    return f"{dates.long_date(facts.apply_from)}から{dates.long_date(facts.apply_by)}まで"


def _over_limit_words(facts: LetterFacts) -> str:
    """Return the sentence on the 協議 about the number of people, with its number; "" without a 協議 with a number."""
    found = facts.agreement
    if found is None or not found.record_number:
        return ""
    day = f"、{dates.long_date(found.settled_on)}" if found.settled_on else ""
    said = found.content.strip().rstrip("。") or f"{found.topic}について協議した"
    return f"{said}（協議記録 {found.record_number}{day}）。"


def _reference(facts: LetterFacts, letters: Sequence[str]) -> str:
    """Return clause and content of the 仕様書: of a 中止 the number of events, of a change the period, else people."""
    numbers = facts.numbers
    if CANCELLATION in letters or REVOCATION in letters:
        return f"{full_clause(numbers.clause_planned)}　{planned_words(numbers)}"
    if CHANGE in letters:
        window = f"{dates.long_date_plain(numbers.window_start)}から{dates.long_date_plain(numbers.window_end)}まで"
        return f"{full_clause(numbers.clause_window)}　{window}"
    return _specification(facts)


def _specification(facts: LetterFacts) -> str:
    """Return the clause for the number of people, with its sentence while that says the year's numbers."""
    numbers = facts.numbers
    clause = full_clause(numbers.clause_people)
    quoted = numbers.people_text
    said, known = (set(re.findall(rf"\d+|{LOOSE}", one)) for one in (people_words(numbers), quoted))
    same = said <= known and not (numbers.people_strict and LOOSE in known) and numbers.headcount_period in quoted
    return f"{clause}「{quoted}」" if same else clause
