"""Default wording of the recruitment documents, and the count of characters as an editor of 区報 makes it."""

from __future__ import annotations

from collections.abc import Callable

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import Passage
from app.event.rules.care_needs import LATER
from app.event.rules.recruitment import FLYER, FORM, GAZETTE, TO_BRANCHES, TO_PRESIDENTS, WEB_PAGE
from app.events.letters.rules.letter_texts import LEAD, NOTHING_ELSE, SUBJECT, THANKS, LetterFacts, make_passage
from app.programme.rules import PARTICIPANTS, most_people_words, promise_text

HEADLINE, CALL, UNDER, INVITING, BODY = "見出し", "呼びかけ", "副題", "さそい文", "本文"
PRIVACY, HOW_TO_APPLY, ASK = "個人情報の取扱い", "申込方法", "問合せ先"
FAX_TO = "送り先"
CARE = "配慮"
ONLINE, ORGANISER, LECTURER = "申込フォームのURL", "主催", "講師"
_LONGEST_CALL = 24
"""Characters of the audience that fit into the one line above the headline."""
LIMITS = {GAZETTE: 200, WEB_PAGE: 400}
"""Default maximum length of each manuscript in characters; a setting."""


def recruitment_passages(kind: str, facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a recruitment document in their order.

    Raises:
        KeyError: the kind is no recruitment document.
    """
    return _PASSAGES_OF_KIND[kind](facts)


def apply_by_words(facts: LetterFacts) -> str:
    """Return 「令和8年9月7日（月）まで」, or empty while there is no closing day."""
    return f"{dates.long_date(facts.apply_by)}まで" if facts.apply_by else ""


def _capacity_words(facts: LetterFacts) -> str:
    """Return the highest number of people, and how places are shared out if more apply."""
    shared_out = facts.in_own_words("申込みが多いときは、抽選、先着順または区の調整により決定します")
    return f"{most_people_words(facts.numbers)}（{shared_out}）"


def _belongings_words(facts: LetterFacts) -> str:
    """Return what people are asked to bring, by the form of the event; of a lecture also that tablets are lent."""
    if facts.event.form.in_groups:
        return "筆記用具"
    if facts.event.form.at_organisation:
        return "筆記用具、ふだん使っている端末"
    ready = f"{facts.app}を使える状態にした" if facts.app else "充電した"
    lent = "\n（お持ちでない方には、タブレットをお貸しします）" if facts.numbers.lends_devices else ""
    return f"筆記用具、{ready}スマートフォンまたはタブレット{lent}"


def _invitation_words(facts: LetterFacts) -> str:
    is_open = not facts.numbers.audience
    if facts.event.form.in_groups:
        whose, others = ("町会・自治会の", "団体の方") if is_open else ("", "参加者")
        return f"{whose}デジタル活用について、ほかの{others}と話し合い、これからの活動に役立てる会です。"
    tool = f"{facts.tool}を" if facts.tool else "デジタルを"
    with_whom = fill_nonempty("{}とともに", facts.numbers.lecturer)
    practises = any(one.form == "実習" for one in facts.event.agenda)
    how = join_nonempty(with_whom, "その場で操作しながら" if practises else "", separator="、")
    where = "町会・自治会の連絡や回覧に" if is_open else "毎日の暮らしや活動に"
    return f"{where}、{tool}役立ててみませんか。" + fill_nonempty("{}学びます。", how)


def _call_words(facts: LetterFacts) -> str:
    """Return the line above the headline that says who is called, without the audience if its name is too long."""
    if not facts.numbers.audience:
        return "町会・自治会のみなさまへ　参加者募集"
    return f"{facts.audience}へ　参加者募集" if len(facts.audience) <= _LONGEST_CALL else "参加者募集"


def _apply_to(facts: LetterFacts) -> str:
    """Return how to apply, for documents that carry the 問合せ先 themselves."""
    until = fill_nonempty("{}に、", apply_by_words(facts))
    return f"参加申込書に記入し、{until}問合せ先へ{_ways(facts)}お申し込みください。"


def _ways(facts: LetterFacts) -> str:
    """Return 「、FAXまたは電話で」 as far as the ward has their numbers."""
    known = (("FAX", facts.office.fax), ("電話", facts.office.phone))
    ways = "または".join(name for name, number in known if number)
    return fill_nonempty("、{}で", ways)


def _apply_by_form(facts: LetterFacts) -> str:
    """Return how to apply on the flyer, beside the QR code of the event's form if there is one."""
    by = apply_by_words(facts)
    if not facts.application_url:
        return _apply_to(facts)
    form = "参加申込書（FAX）" if facts.office.fax else "参加申込書"
    ways = f"{form}か電話で" if facts.office.phone else f"{form}で"
    return f"右の二次元コードから、または{ways}、{f'{by}に' if by else ''}お申し込みください。"


def _apply_short(facts: LetterFacts) -> str:
    """Return 「9月7日(月)までに電話で協働推進課（電話番号）へ」, without a number 「…までに協働推進課へ」."""
    day, office = facts.apply_by, facts.office
    until = f"{day.month}月{day.day}日({dates.weekday_mark(day)})までに" if day else ""
    if office.phone:
        return f"{until}電話で{office.section}{office.unit}（{office.phone}）へ"
    return f"{until}{office.unit or office.section or office.ward}へ"


def _subtitle(facts: LetterFacts) -> str:
    """Return the name of the kind of event below a headline; "" where the headline says the same."""
    kind = facts.event.year_kind
    name = kind.title if kind.form.recruits else kind.name
    return "" if facts.title == name else name


def _lecturer(facts: LetterFacts) -> str:
    """Return the lecturer in one line; assistants are named in other documents."""
    first = facts.event.lecturer.split("\n")[0].strip()
    for word in (LECTURER, facts.numbers.lecturer):
        first = first.removeprefix(word).strip(" 　：")
    return first


def _flyer(facts: LetterFacts) -> tuple[Passage, ...]:
    ordinal = fill_nonempty("　第{}回", facts.event.ordinal)
    return (
        make_passage(CALL, _call_words(facts), 1),
        make_passage(HEADLINE, facts.title),
        make_passage(UNDER, f"{_subtitle(facts)}{ordinal}".strip(), 1),
        make_passage(INVITING, _invitation_words(facts), 3),
        make_passage("日時", facts.time_words_with_reception),
        make_passage("会場", facts.venue_lines, 3),
        make_passage("内容", facts.content),
        make_passage(LECTURER, _lecturer(facts), 1),
        make_passage("対象", facts.audience, 1),
        make_passage("定員", _capacity_words(facts)),
        make_passage("参加費", facts.fee, 1),
        make_passage("持ち物", _belongings_words(facts)),
        make_passage(CARE, f"{facts.programme.care_offered}は、お申込みのときに。過ぎてもご相談ください。"),
        make_passage(HOW_TO_APPLY, _apply_by_form(facts), 3),
        make_passage(ONLINE, "", 1),
        make_passage(
            ORGANISER,
            f"{facts.office.ward}（{facts.office.section}）" if facts.office.section else facts.office.ward,
            1,
        ),
        make_passage(ASK, facts.contact.replace("\nFAX", "　　FAX"), 4),
    )


def _form(facts: LetterFacts) -> tuple[Passage, ...]:
    by = apply_by_words(facts)
    fax = fill_nonempty("FAX　{}", facts.office.fax)
    return (
        make_passage(SUBJECT, "参加申込書", 1),
        make_passage(UNDER, f"{facts.name}\n{facts.time_words}"),
        make_passage(
            FAX_TO,
            join_nonempty(fax, f"{facts.section}　あて", fill_nonempty("申込期限　{}", by), separator="\n"),
            3,
        ),
        make_passage(
            PRIVACY,
            f"記入された個人情報は、この{facts.kind_word}の受付、連絡、名簿の作成および中止・変更の連絡に使います。"
            f"ほかの目的には使いません。"
            + promise_text(
                PARTICIPANTS,
                facts.programme,
                "氏名（団体の代表者として名簿にあるものを除く）、連絡先、配慮などの記録",
                backups=facts.backups,
                end=facts.contacts_until,
            ),
            4,
        ),
        make_passage(ASK, facts.contact, 4),
    )


def _common(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of both recruitment letters: 日時, 会場, 内容, 対象, 定員, 参加費."""
    return (
        make_passage("日時", facts.time_words_with_reception),
        make_passage("会場", facts.venue_lines, 3),
        make_passage("内容", facts.content),
        make_passage("対象", facts.audience, 1),
        make_passage("定員", _capacity_words(facts)),
        make_passage("参加費", facts.fee, 1),
    )


def _to_presidents(facts: LetterFacts) -> tuple[Passage, ...]:
    return (
        make_passage(SUBJECT, f"{facts.name}の参加者募集について（ご案内）"),
        make_passage(
            LEAD,
            f"{facts.in_own_words(THANKS)}{facts.kind_word}をつぎのとおり開催します。"
            "会員の皆さまへの周知と、参加のお申込みをお願いします。",
            3,
        ),
        *_common(facts),
        make_passage(
            HOW_TO_APPLY,
            _apply_to(facts) + ("同封のチラシの二次元コードからも申し込めます。" if facts.application_url else ""),
            3,
        ),
        make_passage(CARE, care_offer(facts.programme.care_offered, apply_by_words(facts), _ways(facts)), 3),
        make_passage("同封の書類", "募集チラシ、参加申込書　各1部", 1),
        NOTHING_ELSE,
    )


def _to_branches(facts: LetterFacts) -> tuple[Passage, ...]:
    sent = "各会長あてには、別に案内文、募集チラシおよび参加申込書を送ります。" if facts.writes_to_presidents else ""
    return (
        make_passage(SUBJECT, f"{facts.name}の周知について（依頼）"),
        make_passage(LEAD, f"{facts.in_own_words(THANKS)}{facts.kind_word}をつぎのとおり開催します。"
                f"{facts.programme.branch}内の町会・自治会への周知に、ご協力をお願いします。",
                3),
        make_passage(
            "お願いしたいこと", f"{facts.programme.branch}の会議などで、募集のご案内をお配りください。{sent}", 3
        ),
        *_common(facts),
        make_passage("申込期限", apply_by_words(facts), 1),
        NOTHING_ELSE,
    )  # fmt: skip


def _article(facts: LetterFacts, form: str = "") -> str:
    parts = [f"▷日時：{_short_when(facts)}", f"▷場所：{facts.venue_lines.split(chr(10))[0]}"]
    parts += [f"▷内容：{facts.content}"] if facts.content else []
    parts += [
        f"▷対象：{facts.audience}",
        f"▷定員：{most_people_words(facts.numbers)}",
        f"▷申込：{_apply_short(facts)}{form}",
    ]
    fax = fill_nonempty("FAX{}も可、", facts.office.fax)
    offered = facts.programme.care_offered.split("、")[0].removesuffix("など")
    parts.append(f"▷配慮：{offered}などは申込時に（{fax}過ぎても相談可）")
    return "\n".join(parts)


def _short_when(facts: LetterFacts) -> str:
    """Return 「9月24日(木)午後2時～午後4時」, 「日程を協議中」 without a day."""
    event = facts.event
    if event.event_date is None:
        return "日程を協議中"
    day = f"{event.event_date.month}月{event.event_date.day}日({dates.weekday_mark(event.event_date)})"
    return f"{day}{dates.time_range_words(event.start_time, event.end_time).removesuffix('まで')}".replace("から", "～")


def _gazette(facts: LetterFacts) -> tuple[Passage, ...]:
    return (make_passage(HEADLINE, facts.title, 1), make_passage(BODY, _article(facts), 9))


def _web_page(facts: LetterFacts) -> tuple[Passage, ...]:
    form = fill_nonempty("、または申込フォーム（{}）から", facts.application_url)
    return (
        make_passage(HEADLINE, f"{facts.name}の参加者を募集します", 1),
        make_passage(
            BODY,
            f"{_invitation_words(facts)}\n\n{_article(facts, form)}\n▷持ち物：{_belongings_words(facts)}\n"
            f"▷費用：{facts.fee}\n▷問合せ：{facts.section}",
            12,
        ),
    )


_PASSAGES_OF_KIND: dict[str, Callable[[LetterFacts], tuple[Passage, ...]]] = {
    FLYER: _flyer,
    FORM: _form,
    TO_PRESIDENTS: _to_presidents,
    TO_BRANCHES: _to_branches,
    GAZETTE: _gazette,
    WEB_PAGE: _web_page,
}
RECRUITMENT = tuple(_PASSAGES_OF_KIND)


def care_offer(offered: str, by: str, ways: str) -> str:
    """Return how to ask for what is ``offered`` until a day (「…まで」, "" = when applying), in the office's ways."""
    return f"{offered}は、{by or 'お申込みのとき'}に{ways}お知らせください。{LATER}"
