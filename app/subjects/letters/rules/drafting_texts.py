"""The app's own wording of the 起案資料: subject, reason, basis; every passage can be edited by staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.papers.rules.passages import Passage
from app.subjects.events.rules.basis import full_clause
from app.subjects.letters.rules.letter_facts import LetterFacts, passage
from app.subjects.letters.rules.letter_texts import CANCELLATION, CHANGE, INVITATION, SUBJECT

DRAFTING, DRAFTING_CHANGE = "起案資料", "起案資料（中止・変更）"
KINDS: Final = (DRAFTING, DRAFTING_CHANGE)
REASON, BASIS, DECIDED_BY, SENDING = "起案理由", "根拠", "決裁区分", "施行の方法"


def drafting_passages(facts: LetterFacts, letters: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages of the drafting set for ``letters`` (kinds of letter)."""
    return (
        passage(SUBJECT, f"{facts.name}の{_matter(facts, letters)}について", 2),
        passage(REASON, _reason(facts, letters), 5),
        passage(BASIS, _basis(facts), 2),
        passage(DECIDED_BY, "課長決裁", 1),
        passage(SENDING, "郵送（親展の表示をする）、公印省略", 1),
        passage("備考", "", 2),
    )


def _matter(facts: LetterFacts, letters: Sequence[str]) -> str:
    if CANCELLATION in letters:
        return "中止の通知"
    if CHANGE in letters:
        return f"{facts.decision.kind if facts.decision else '変更'}の通知"
    if INVITATION in letters:
        return "開催の通知"
    return "参加者の決定および通知"


def _reason(facts: LetterFacts, letters: Sequence[str]) -> str:
    if CANCELLATION in letters or CHANGE in letters:
        cause = (facts.decision.reason if facts.decision else facts.event.cancel_reason).strip().rstrip("。")
        why = f"{cause}のため、" if cause else ""
        what = "中止すること" if CANCELLATION in letters else "変更すること"
        return f"{facts.when}に予定していた{facts.name}について、{why}{what}とし、参加を予定していた方へ案のとおり通知する。"
    if INVITATION in letters:
        return f"{facts.name}を開催するにあたり、参加を予定している方へ案のとおり通知する。"
    people, organisations = facts.applied
    span = ""
    if facts.apply_from and facts.apply_by:
        span = f"{dates.long_date(facts.apply_from)}から{dates.long_date(facts.apply_by)}まで"
    came = f"{span}参加者を募集したところ、{organisations}団体{people}人の申込みがあった。" if people else ""
    how = f"{facts.method}により、" if facts.method else ""
    refused = f"、{facts.refused}人を不採択として" if facts.refused else ""
    chosen, groups = facts.chosen
    return f"{facts.name}について、{came}{how}{groups}団体{chosen}人の参加を決定し{refused}、案のとおり通知する。"


def _basis(facts: LetterFacts) -> str:
    year = fiscal_year_words(facts.programme.fiscal_year)
    title = facts.programme.title.removeprefix(f"{year} ").removeprefix(year).strip()
    return f"{year} {title} {full_clause(facts.numbers.clause_people)}（募集・受付は区が行う。）"
