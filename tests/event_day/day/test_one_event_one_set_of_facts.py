"""Every paper of every event of the sample year says the same title, end, length, lecturer and numbers."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace

import pytest

from app.actions.user_error import UserError
from app.calendar.dates import time_range_words
from app.contributions import register_contributions
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.documents.services.documents import build_document, document_mail_text
from app.event.services.event_facts import read_event_facts
from app.submissions.deliverables.services.outstanding import read_outstanding_report
from db.query_cache import cached_queries
from db.records.participants import HeadcountNotice
from db.records.roster import Device, Entry
from db.rows import rows
from db.tables import events
from tests.support.sample import NOW, back_to_draft, event_id, sample_store

SENT = ("参加人数連絡書", "参加人数変更連絡書", "資料確認結果通知", "実施報告書", "報告書の提出のお願い",
    "報告書の受領の通知",
        "報告書の修正の依頼", "実施報告書の数字（様式）", "派遣先の連絡先")  # fmt: skip
TIMES = re.compile(r"(?:午前|午後)\d+時(?:\d+分)?から(?:正午|(?:午前|午後)\d+時(?:\d+分)?)まで")


@dataclass
class Year:
    store: object
    facts: dict
    texts: dict


def words_of(value) -> list[str]:
    """Every text in a block, depth first, each cell a text of its own."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in words_of(getattr(value, field.name))]
    if isinstance(value, (tuple, list)):
        return [text for one in value for text in words_of(one)]
    return []


@cached_queries
def _said_of(store):
    """The facts of each event and the words of each of its papers, in one reading: the rows are asked for once."""
    facts, texts = {}, {}
    for event in events.events_of_year(store.database, 1):
        scope = DocumentScope(event_id=event.id)
        subject = read_subject(store, scope)
        facts[event.id] = read_event_facts(store, event)
        for kind in documents_about(scope):
            if kind.is_applicable(subject) and kind.is_ready(store, subject):
                try:
                    content = build_document(store, event_id=event.id, kind=kind.kind, now=NOW)
                except UserError:
                    continue
                texts[event.id, kind.kind] = [*words_of(content.blocks), content.header_left]
    return facts, texts


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    register_contributions()
    store = sample_store(tmp_path_factory.mktemp("year"))
    facts, texts = _said_of(store)
    yield Year(store, facts, texts)
    store.database.conn.close()


@pytest.fixture(scope="module")
def visits(tmp_path_factory):
    """The coming 派遣 with a tablet for each who comes, which the ward does not lend there."""
    store = sample_store(tmp_path_factory.mktemp("visits"))
    coming = event_id(store, "派遣", 3)
    with store.change(action="端末", by="準備", now=NOW, subject="entries") as change:
        for entry in rows(store.database, Entry, event_id=coming):
            change.update(Entry, entry.id, device=Device.LENT)
        for notice in rows(store.database, HeadcountNotice, event_id=coming):
            change.update(HeadcountNotice, notice.id, lent_devices=notice.people)
    back_to_draft(store, coming)
    facts, texts = _said_of(store)
    yield Year(store, facts, texts)
    store.database.conn.close()


def papers(year):
    for (number, kind), texts in year.texts.items():
        yield year.facts[number], kind, texts


def test_the_year_has_papers_of_every_kind_of_event(year):
    assert len(year.texts) > 120
    assert {facts.kind for facts, _kind, _texts in papers(year)} == {"講習会", "派遣", "意見交換会"}


def test_the_title_stands_in_one_order_everywhere(year):
    """講習会, 意見交換会 and 派遣 alike: programme, ordinal, name."""
    wrong = [
        (kind, text)
        for facts, kind, texts in papers(year)
        for text in texts
        if re.search(r"第\d+回[　 ]*(デジタル意見交換会|デジタル活用講習会|アドバイザー派遣による)", text)
        or (
            re.search(r"(デジタル意見交換会|アドバイザー派遣による個別支援)　?第\d+回", text)
            and facts.title_without_organisation not in text
        )
    ]
    assert wrong == []


def test_an_event_has_one_name_in_all_that_is_sent(year):
    """The name of the window is for the window: letters, mails and requests to one contractor say the formal one."""
    sent = {}
    for event in events.events_of_year(year.store.database, 1):
        facts, scope = year.facts[event.id], DocumentScope(event_id=event.id)
        said = []
        with suppress(UserError):  # a report of what was cancelled is not owed
            said += [row.text for row in read_outstanding_report(year.store, event=event, today=NOW.date()).texts]
        for kind in documents_about(scope):
            if kind.mail is not None and (event.id, kind.kind) in year.texts:
                with suppress(StoppedByState):  # a paper that was kept before its event was cancelled
                    said.append(document_mail_text(year.store, event_id=event.id, kind=kind.kind, now=NOW))
        said += [text for kind in SENT for text in year.texts.get((event.id, kind), ())]
        sent[facts.full_title] = said
    assert [short for short, said in sent.items() for text in said if short in text] == []
    assert sum(bool(said) for said in sent.values()) > 10


def test_every_paper_ends_the_event_when_it_was_booked_to_end(year):
    wrong, seen = [], 0
    booked = {one.id: one for one in events.events_of_year(year.store.database, 1)}
    for facts, kind, texts in papers(year):
        own = time_range_words(booked[facts.id].start_time, booked[facts.id].end_time)
        for text in texts:
            for found in TIMES.findall(text):
                seen += 1
                if found != own:
                    wrong.append((facts.title, kind, found, own))
    assert wrong == []
    assert seen > 60
    assert {facts.minutes for facts in year.facts.values() if facts.kind == "派遣"} == {110}


def test_the_length_is_the_sum_of_the_timetable_beside_what_is_specified(year):
    lengths = re.compile(r"本体 (\d+)分|まで（(?:進行の合計)?(\d+)分）")
    for facts, kind, texts in papers(year):
        found = {int(one or two) for text in texts for one, two in lengths.findall(text)}
        assert found <= {facts.minutes}, (facts.title, kind, found)
        if "実施時間" in texts:
            place = texts.index("実施時間")
            assert texts[place + 2].startswith(f"{facts.minutes}分"), (facts.title, kind)
            assert texts[place + 3] == "範囲内"


def test_no_paper_puts_a_hint_at_the_list_of_staff_where_a_name_stands(year):
    hints = [(facts.title, kind) for facts, kind, texts in papers(year) if any("配置表のとおり" in t for t in texts)]
    assert hints == []
    exchange = next(facts for facts in year.facts.values() if facts.kind == "意見交換会" and facts.ordinal == 1)
    assert exchange.facilitators == {
        1: "例野　一子", 2: "仮井　三郎", 3: "見本木　ゆり", 4: "渡邉見本　大地",
    }  # fmt: skip
    cards = year.texts[exchange.id, "班札"]
    assert "例野　一子" in cards


def test_one_lecturer_stands_on_report_and_witness_sheet(year):
    found = [
        (facts, kind, texts[texts.index(label) + 1])
        for facts, kind, texts in papers(year)
        for label in ("講師", "講師（受託者）", "アドバイザー")
        if label in texts and kind in ("実施報告書", "実施確認票")
    ]
    assert len(found) > 8
    for facts, kind, name in found:
        assert name == (facts.lecturer or "（受託者記入）"), (facts.title, kind)


def test_the_parts_of_every_headcount_make_its_whole(year):
    seen = 0
    for facts, kind, texts in papers(year):
        if kind == "参加人数連絡書":
            whole = int(texts[texts.index("参加予定人数", texts.index("参加予定人数") + 1) + 1])
            labels = ("貸与タブレットを使用する方", "端末を持参する方", "端末　未確認")
            parts = [texts[texts.index(label) + 1] for label in labels if label in texts]
            if not parts:
                assert facts.kind == "意見交換会", "nobody needs a device there"
                continue
            assert sum(int(part.removesuffix("人")) for part in parts if part != "未確認") == whole, facts.title
            assert "0人" not in parts or "端末　未確認" not in texts
            seen += 1
    assert seen >= 8


def test_planned_attended_and_returned_are_the_same_numbers_on_every_paper(year):
    shapes = {
        "予定": re.compile(r"^予定　(\d+)人"),
        "出席": re.compile(r"出席　(\d+)人"),
        "欠席": re.compile(r"欠席　(\d+)人"),
        "回収": re.compile(r"回収　?(\d+)[件枚]"),
    }
    seen = dict.fromkeys(shapes, 0)
    for facts, kind, texts in papers(year):
        own = {
            "予定": facts.people.expected,
            "出席": facts.people.attended,
            "欠席": facts.people.absent,
            "回収": facts.responses.returned if facts.responses else None,
        }
        for name, shape in shapes.items():
            for text in texts:
                for number in shape.findall(text):
                    seen[name] += 1
                    assert int(number) == own[name], (facts.title, kind, text)
        assert not any(re.search(r"\d+枚・オンライン", text) for text in texts)
    assert min(seen.values()) > 3


def test_walk_ins_are_not_among_the_expected_and_are_said_apart(year):
    second = next(facts for facts in year.facts.values() if facts.kind == "講習会" and facts.ordinal == 1)
    line = next(text for text in year.texts[second.id, "受付名簿"] if text.startswith("予定　"))
    assert f"予定　{second.people.expected}人" in line
    assert "ほかに当日受付　1人" in line
    report = year.texts[second.id, "実施報告書"]
    assert any("出席のうち当日受付　1人" in text for text in report)


def test_the_survey_sheet_is_counted_among_what_is_handed_out(year):
    second = next(facts for facts in year.facts.values() if facts.kind == "講習会" and facts.ordinal == 2)
    whole = year.texts[second.id, "当日進行表・機材チェック表"]
    checklist = whole[whole.index("配布資料チェック表（帳合い）") :]
    assert checklist[checklist.index("アンケート用紙") + 2 : checklist.index("アンケート用紙") + 5] == [
        "2",
        "両面",
        "1",
    ]
    sheets = int(re.search(r"A4 (\d+)枚×", " ".join(checklist))[1])
    assert f"A4 {sheets}枚×{second.copies.total}部＝{sheets * second.copies.total:,}枚" in " ".join(checklist)
    report = year.texts[second.id, "実施報告書"]
    assert report[report.index("アンケート用紙") + 2] == "2"


def test_tablets_that_nobody_agreed_to_bring_are_not_promised(visits):
    year = visits
    lent = [facts for facts in year.facts.values() if facts.kind == "派遣" and facts.people.lent_devices]
    assert lent
    for facts in lent:
        assert facts.tablet_side == ""
        if (facts.id, "参加人数連絡書") not in year.texts:
            continue
        assert "用意する側は協議中（仕様書4(2)ク）" in year.texts[facts.id, "参加人数連絡書"]
        assert "区が準備" not in year.texts[facts.id, "参加人数連絡書"]
        assert f"{facts.people.lent_devices}台" in year.texts[facts.id, "当日進行表・機材チェック表"]


def test_a_letter_promises_no_tablet_that_nobody_brings(visits):
    year = visits
    facts = next(facts for facts in year.facts.values() if facts.kind == "派遣" and facts.people.lent_devices)
    letter = " ".join(year.texts[facts.id, "決定通知"])
    assert "端末　貸与" not in letter
    assert "貸与　" not in letter
    assert f"貸与を希望　{facts.people.lent_devices}人" in letter
    lecture = next(facts for facts in year.facts.values() if facts.kind == "講習会" and facts.people.lent_devices)
    assert "端末　貸与" in year.texts[lecture.id, "決定通知"]


def test_an_unfinished_timetable_does_not_end_the_event(year):
    store = year.store
    event = next(one for one in events.events_of_year(store.database, 1) if one.kind == "講習会" and one.ordinal == 7)
    facts = read_event_facts(store, event)
    assert facts.minutes == facts.booked_minutes == 120
    assert replace(facts, ordinal=None).title == f"デジタル活用講習会　「{event.subject}」"
