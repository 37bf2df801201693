"""The app's own wording of letters and 起案資料: the facts it is put together from, and the default passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.calendar.wareki import fiscal_year_words
from app.papers.paper import Passage
from app.subjects.events.rules.basis import full_clause
from app.subjects.events.rules.deadlines import HEADCOUNT, event_deadlines
from app.subjects.events.rules.recruitment import DECISION
from app.subjects.letters.rules.change_texts import BEFORE_PLACE, BEFORE_TIME, SUBSTITUTE, note_value
from db.records.calls import ChangeDecision
from db.records.events import Event
from db.records.programme import KindNumbers, Office, Programme

ABSENCE_OPEN_DAYS = 2
_RECEPTION_MINUTES = 30
_TOOLS = ("LINE", "Instagram", "Facebook", "Zoom", "YouTube", "Googleフォーム", "キャッシュレス")
_WORD = {"講習会": "講習会", "派遣": "アドバイザー派遣", "意見交換会": "意見交換会"}


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """One event and its circumstances, in the words and numbers that texts use.

    ``name`` is the event as it stands in a paper, without the 団体 of a 派遣. ``place`` holds venue, address and way
    there, one a line. ``apply_from`` and ``apply_by`` are the steps of recruitment. ``method`` is how the newest choice
    was made, or empty. ``applied`` / ``chosen`` are people and 団体.
    """

    event: Event
    name: str
    title: str
    numbers: KindNumbers
    programme: Programme
    office: Office
    place: str = ""
    content: str = ""
    absence_by: date | None = None
    apply_from: date | None = None
    apply_by: date | None = None
    method: str = ""
    applied: tuple[int, int] = (0, 0)
    chosen: tuple[int, int] = (0, 0)
    refused: int = 0
    decision: ChangeDecision | None = None

    @property
    def word(self) -> str:
        """「講習会」「アドバイザー派遣」「意見交換会」."""
        return _WORD[self.event.kind]

    @property
    def when(self) -> str:
        """Day and times in full, or that the day is still discussed."""
        if self.event.event_date is None:
            return "日程を協議中"
        times = dates.time_range_words(self.event.start_time, self.event.end_time)
        return f"{dates.long_date(self.event.event_date)}　{times}"

    @property
    def when_with_reception(self) -> str:
        """The same with the time the reception opens in a second line."""
        if self.event.event_date is None:
            return self.when
        return f"{self.when}\n（受付　{dates.clock_words(reception_time(self.event.start_time))}から）"

    @property
    def capacity(self) -> int:
        """How many can come: the specification's upper number (仕様書4)."""
        return self.numbers.people_max

    @property
    def programme_year(self) -> str:
        """「令和8年度」."""
        return fiscal_year_words(self.programme.fiscal_year)

    @property
    def tool(self) -> str:
        """The app that is practised, as named in the event, or empty."""
        named = (*self.event.tools, *(tool for tool in _TOOLS if tool in self.event.subject))
        return named[0] if named else ""

    @property
    def section(self) -> str:
        """The section that answers questions, in full."""
        office = self.office
        return f"{office.ward}{office.department}{office.section}{office.unit}"

    @property
    def contact(self) -> str:
        """Section, telephone and FAX in lines."""
        office = self.office
        staff = f"担当　{office.staff}" if office.staff else ""
        lines = (
            self.section,
            staff,
            f"電話　{office.phone}" if office.phone else "",
            f"FAX　{office.fax}" if office.fax else "",
        )
        return "\n".join(line for line in lines if line)


def absence_day(event: Event, numbers: KindNumbers, programme: Programme, calendar: OfficeCalendar) -> date | None:
    """Return until when absences are asked for: two open days before our own 人数連絡 (仕様書4 エ), None undated."""
    if event.event_date is None:
        return None
    rows = event_deadlines(numbers, programme, event.event_date, calendar)
    told = next(row.working for row in rows if row.task == HEADCOUNT)
    return calendar.add_open_days(told, -ABSENCE_OPEN_DAYS)


def reception_time(start: str) -> str:
    """Return when the reception opens, half an hour before ``start`` ("HH:MM"); never before midnight."""
    hour, minute = (int(part) for part in start.split(":"))
    opens = max(timedelta(hours=hour, minutes=minute) - timedelta(minutes=_RECEPTION_MINUTES), timedelta())
    total = int(opens.total_seconds()) // 60
    return f"{total // 60:02d}:{total % 60:02d}"


def passage(part: str, text: str, lines: int = 2) -> Passage:
    """Return a passage; a short way to write the many that a paper has."""
    return Passage(part=part, text=text, lines=lines)


REFUSAL_LETTER, INVITATION = "落選通知", "開催通知"
CANCELLATION, CHANGE = "中止通知", "変更通知"
SUBJECT, LEAD, WAITING_PART = "件名", "前文", "補欠の方へ"
PEOPLE_AFTER: Final = ("会場", "変更後")
"""The items after which the people of a letter are named; the first that stands in it."""

_THANKS = "日ごろから区政にご理解とご協力をいただき、ありがとうございます。"
_HOW = {
    "抽選": "抽選を行った結果",
    "先着順": "お申込みの順に受け付けた結果",
    "区の調整": "より多くの団体に参加いただけるよう調整した結果",
}
_WHY = {
    "抽選": "抽選により参加される方を決定したためです。",
    "先着順": "お申込みの順に参加される方を決定したためです。",
    "区の調整": "参加団体の数などを考えて、区で参加される方を決定したためです。",
}


def notice_passages(kind: str, facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of one letter in their order; raises ``KeyError`` for a kind that is no letter."""
    return _LETTERS[kind](facts)


def _decision(facts: LetterFacts) -> tuple[Passage, ...]:
    decided = "実施を決定しました" if facts.event.kind == "派遣" else "参加を決定しました"
    what = "実施決定" if facts.event.kind == "派遣" else "参加決定"
    return (
        passage(SUBJECT, f"{facts.name}の{what}について（通知）"),
        passage(
            LEAD, f"{_THANKS}お申込みのありました{facts.word}について、つぎのとおり{decided}ので、お知らせします。", 3
        ),
        *_on_the_day(facts),
    )


def _invitation(facts: LetterFacts) -> tuple[Passage, ...]:
    return (
        passage(SUBJECT, f"{facts.name}の開催について（通知）"),
        passage(LEAD, f"{_THANKS}{facts.word}をつぎのとおり開催しますので、ご参加くださいますようお願いします。", 3),
        *_on_the_day(facts),
    )


def _on_the_day(facts: LetterFacts) -> tuple[Passage, ...]:
    """What somebody who comes has to know: the same for 決定 and 開催."""
    return (
        passage("日時", facts.when_with_reception),
        passage("会場", facts.place, 3),
        passage("内容", facts.content),
        passage("持ち物", belongings(facts)),
        passage("参加費", "無料", 1),
        passage("欠席・代理出席", absence_words(facts), 3),
        passage("荒天時", "中止するときは、お申込みの電話番号へ前日までにご連絡します。", 2),
        passage("当日の連絡先", f"電話　{facts.office.phone}（{facts.office.unit or facts.office.section}）" if facts.office.phone else "", 1),
        passage("その他", other_words(facts), 5),
    )  # fmt: skip


def belongings(facts: LetterFacts) -> str:
    """Return what to bring; never a password (nobody is asked to bring one)."""
    if facts.event.kind == "意見交換会":
        return "この通知、筆記用具"
    state = (
        f"充電し、{facts.tool}を使える状態にした端末"
        if facts.tool and facts.tool != "キャッシュレス"
        else "充電した端末"
    )
    return f"この通知、筆記用具\n端末を持参される方は、{state}"


def absence_words(facts: LetterFacts) -> str:
    """Return until when an absence or a substitute is told."""
    day = facts.absence_by
    by = f"{day.month}月{day.day}日（{dates.weekday_mark(day)}）までに" if day else "お早めに"
    return f"欠席される方、代理の方が出席される団体は、\n{by}問合せ先へご連絡ください。"


def other_words(facts: LetterFacts) -> str:
    """Return the remaining notes, one a line."""
    network = "会場のインターネットを使えます。" if facts.event.network == "有" else ""
    return "\n".join(
        (
            f"・公共交通機関をご利用ください。{network}",
            "・車いすの席など、配慮が必要な方はご相談ください。",
            "・会場の写真を撮ります。望まない方は受付へお申し出ください。",
        )
    )


def _refusal(facts: LetterFacts) -> tuple[Passage, ...]:
    how = _HOW.get(facts.method, "参加される方を決定した結果")
    return (
        passage(SUBJECT, f"{facts.name}の参加の結果について（通知）"),
        passage(
            LEAD,
            f"{facts.word}へのお申込みをいただき、ありがとうございました。定員を上回るお申込みがあり、{how}、"
            "今回は参加いただけないこととなりました。ご希望に沿うことができず、申し訳ありません。",
            4,
        ),
        passage("対象の事業", facts.name),
        passage("日時", facts.when),
        passage("会場", facts.place.split("\n")[0]),
        passage("理由", f"定員（{facts.capacity}人程度）を上回るお申込みがあり、{_WHY.get(facts.method, '参加される方を決定したためです。')}"),
        passage(WAITING_PART, "参加される方に欠席が出たときは、補欠の順に電話でご連絡します。"),
        passage("今後のご案内", f"つぎの{facts.word}を開くときは、あらためてご案内します。"),
        passage("その他", "", 2),
    )  # fmt: skip


def _cancellation(facts: LetterFacts) -> tuple[Passage, ...]:
    note = facts.decision.note if facts.decision else ""
    substitute = note_value(note, SUBSTITUTE)
    later = f"{substitute}に振り替えて開催する予定です。" if substitute else "振替の日程は、決まりしだいご案内します。"
    return (
        passage(SUBJECT, f"{facts.name}の中止について（通知）"),
        passage(LEAD, f"{_THANKS}お申込みをいただきました{facts.word}は、つぎのとおり中止することとしましたので、"
                "お知らせします。参加を予定されていた皆さまには、申し訳ありません。", 4),
        passage("中止する事業", facts.name),
        passage("予定の日時", note_value(note, BEFORE_TIME) or facts.when),
        passage("会場", note_value(note, BEFORE_PLACE) or facts.place.split("\n")[0]),
        passage("理由", _reason(facts)),
        passage("振替の予定", later),
        passage("その他", "", 2),
    )  # fmt: skip


def _change(facts: LetterFacts) -> tuple[Passage, ...]:
    decision = facts.decision
    kind = decision.kind if decision else "日時の変更"
    note = decision.note if decision else ""
    what = {"延期": "延期", "会場の変更": "会場の変更"}.get(kind, "日時の変更")
    if kind == "会場の変更":
        before, after = note_value(note, BEFORE_PLACE), facts.place
    else:
        before, after = note_value(note, BEFORE_TIME), facts.when_with_reception
    if after.split("\n")[0].replace("　", "") == before.replace("　", ""):
        substitute = note_value(note, SUBSTITUTE)
        after = substitute or "決まりしだいご案内します。"
    kept = passage("日時", facts.when) if kind == "会場の変更" else passage("会場", facts.place.split("\n")[0])
    return (
        passage(SUBJECT, f"{facts.name}の{what}について（通知）"),
        passage(LEAD, f"{_THANKS}お申込みをいただきました{facts.word}について、つぎのとおり変更しますので、お知らせします。"
                "ご迷惑をおかけし、申し訳ありません。", 3),
        passage("対象の事業", facts.name),
        passage("変更前", before),
        passage("変更後", after, 3),
        kept,
        passage("理由", _reason(facts)),
        passage("参加できないとき", absence_words(facts), 3),
        passage("その他", "", 2),
    )  # fmt: skip


def _reason(facts: LetterFacts) -> str:
    reason = facts.decision.reason if facts.decision else facts.event.cancel_reason
    reason = reason.strip().rstrip("。")
    return f"{reason}のため" if reason and not reason.endswith("ため") else reason


_LETTERS: dict[str, Callable[[LetterFacts], tuple[Passage, ...]]] = {
    DECISION: _decision,
    REFUSAL_LETTER: _refusal,
    INVITATION: _invitation,
    CANCELLATION: _cancellation,
    CHANGE: _change,
}
LETTERS: Final = tuple(_LETTERS)


DRAFTING, DRAFTING_CHANGE = "起案資料", "起案資料（中止・変更）"
KINDS: Final = (DRAFTING, DRAFTING_CHANGE)
REASON, BASIS, DECIDED_BY, SENDING = "起案理由", "根拠", "決裁区分", "施行の方法"


def drafting_passages(facts: LetterFacts, letters: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages of the drafting set for ``letters`` (kinds of letter)."""
    return (
        passage(SUBJECT, f"{facts.name}の{_matter(facts, letters)}について", 2),
        passage(REASON, _drafted_reason(facts, letters), 5),
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


def _drafted_reason(facts: LetterFacts, letters: Sequence[str]) -> str:
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
