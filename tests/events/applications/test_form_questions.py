"""申込フォームに入れる文: what each service makes of its questions is mapped at once, and its answers are read."""

import csv
import io
from datetime import date
from functools import partial

import pytest
from openpyxl import Workbook

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.form_text import CHOICE_OF_MANY
from app.events.applications.intake.application_fields import propose_columns
from app.events.applications.intake.application_rows import read_applications
from app.events.applications.rules import match_wish, names_wish_alone, wish_match_level
from app.events.applications.services.form_questions import read_application_form
from app.events.calls.services.calls import decide_change
from app.foreign_files.foreign_file import read_foreign_file
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.rows import by_id, rows
from tests.support.cancelling import cancel_event
from tests.support.paper_lines import assert_paper, changes
from tests.support.years import BY, NOW, add_dispatch, add_lecture, at, sign_contract

TODAY = date(2026, 9, 1)
FIELDS = {
    "団体名（町会・自治会名）": "organisation", "氏名": "name", "ふりがな": "furigana", "役職": "role",
    "電話番号": "phone", "メールアドレス": "email", "参加を希望する回": "wishes", "参加する人数": "people",
    "同行者の氏名": "names", "当日に使う端末": "device", "必要な配慮": "care", "記録のための撮影": "photo",
    "質問・連絡事項": "note",
}  # fmt: skip
ANSWERS = {
    "団体名（町会・自治会名）": "みほん三丁目町会", "氏名": "見本　花子", "ふりがな": "みほん　はなこ", "役職": "会計",
    "電話番号": "03-0000-1111", "メールアドレス": "mihon@example.jp", "参加する人数": "2", "同行者の氏名": "見本　次郎",
    "必要な配慮": "車いす", "質問・連絡事項": "駐車場はありますか",
}  # fmt: skip


def answered(form, between: str) -> dict[str, str]:
    """Return an answer to every question: of its options the last one, of several all of them."""
    return {
        one.title: (
            between.join(one.options)
            if one.form_type == CHOICE_OF_MANY
            else one.options[-1]
            if one.options
            else ANSWERS[one.title]
        )
        for one in form.questions
    }


def google(folder, answers):
    path = folder / "申込（回答）.csv"
    line = {"タイムスタンプ": "2026/09/02 1:57:02 午後 GMT+9"} | answers
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([line.keys(), line.values()])
    path.write_bytes(text.getvalue().encode())
    return path


def microsoft(folder, answers):
    path = folder / "申込(1-1).xlsx"
    book = Workbook()
    system = {
        "ID": 1, "開始時刻": "2026-09-02 13:50:00", "完了時刻": "2026-09-02 13:57:00", "メール": "anonymous",
        "名前": "",
    }  # fmt: skip
    book.active.append([*system, *answers])
    book.active.append([*system.values(), *answers.values()])
    book.save(path)
    return path


def logo(folder, answers):
    path = folder / "申込.csv"
    line = {"受付番号": "0000124", "送信日時": "2026/09/02 13:57"} | answers
    text = io.StringIO()
    csv.writer(text).writerows([line.keys(), line.values()])
    path.write_bytes(text.getvalue().encode("cp932"))
    return path


@pytest.mark.parametrize(("service", "between"), [(google, ", "), (microsoft, ";"), (logo, ",")])
@pytest.mark.parametrize("several", [False, True])
def test_every_column_of_the_answers_is_mapped_at_once_and_read(store, tmp_path, service, between, several):
    first = add_lecture(store, date(2026, 9, 24))
    second = add_lecture(store, date(2026, 10, 8), subject="Instagram講習会")
    form = read_application_form(store, event_id=None if several else first, fiscal_year=2026, today=TODAY)
    answers = answered(form, between)
    expected = {title: field for title, field in FIELDS.items() if several or title != "参加を希望する回"}
    assert [one.title for one in form.questions] == list(expected)

    file = read_foreign_file(service(tmp_path, answers))
    columns = propose_columns(file.headings, file.service)
    mapped = {file.headings[place]: field for place, field in columns.items() if file.headings[place] in FIELDS}
    assert mapped == expected
    events = rows(store.database, Event, order="event_date")
    table = read_applications(file, columns, wish_match_level=partial(wish_match_level, events=events))
    (row,) = table.rows
    assert (row.name, row.furigana, row.people) == ("見本　花子", "みほん　はなこ", 2)
    assert (row.device, row.photo) == ("貸与", "不可")
    assert "車いす" in row.care
    assert "見本　次郎" in row.names
    assert (row.values["email"], row.note) == ("mihon@example.jp", "駐車場はありますか")
    assert [one.code for one in (*row.problems, *row.notices)] == []
    if several:
        assert [match_wish(wish, events) for wish in row.wishes] == [(first,), (second,)]


def test_the_text_says_what_the_form_is_for_and_what_becomes_of_the_answers(store):
    event = by_id(store.database, Event, add_lecture(store, date(2026, 9, 24)))
    text = read_application_form(store, event_id=event.id, today=TODAY).text
    assert text.startswith(
        "フォームの題名\n第1回 LINE講習会の申込\n\nフォームの説明\n"
        "日時　令和8年9月24日（木）午後2時から午後4時まで　会場　みほん区民館 研修室\n"
    )
    assert "に使い、ほかの目的には使いません。" in text
    assert "質問7\n参加する人数\n説明\nご本人を含めた人数を、数字で書いてください。\n種類　記述式" in text
    assert "選択肢\n可\n不可\n必須　する" in text


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_a_day_that_was_given_up_is_offered_to_nobody(store, kind):
    given_up, _other = add_lecture(store, date(2026, 9, 24)), add_lecture(store, date(2026, 10, 8))
    decide_change(
        ActionContext(store, BY, NOW),
        event_id=given_up,
        kind=kind,
        decided_at=NOW,
        decided_by="課長",
        reason="台風のため",
    )
    with pytest.raises(UserError, match=f"{kind}が決まっていて、新しい日時がまだ入っていません"):
        read_application_form(store, event_id=given_up, today=TODAY)
    every = read_application_form(store, event_id=None, fiscal_year=2026, today=TODAY)
    assert "10月8日" in every.lead[0], "only one is left, so that nobody is asked which"


def test_what_takes_no_applications_is_refused_in_one_sentence(store):
    dispatch = add_dispatch(store)
    with pytest.raises(UserError, match="申込を受け付ける回ではありません"):
        read_application_form(store, event_id=dispatch, today=TODAY)
    with pytest.raises(UserError, match="これから申込を受け付ける回がありません"):
        read_application_form(store, event_id=None, fiscal_year=2026, today=TODAY)
    lecture = add_lecture(store, date(2026, 9, 24))
    cancel_event(store, event_id=lecture, reason="台風の接近", by=BY, now=at(date(2026, 9, 2)))
    with pytest.raises(UserError, match="は中止です"):
        read_application_form(store, event_id=lecture, today=TODAY)
    assert NOW.date() == TODAY


def test_the_form_to_paste_says_purpose_day_and_every_question_with_its_limit(store):
    sign_contract(store)
    first = add_lecture(store, date(2026, 9, 24))
    alone = read_application_form(store, event_id=first, today=TODAY)
    assert_paper(alone.text.split("\n"), "1回")
    add_lecture(store, date(2026, 10, 24), subject="Excel講習会")
    add_lecture(store, None, subject="日程未定")
    add_lecture(store, TODAY, subject="当日")
    every = read_application_form(store, event_id=None, today=TODAY)
    assert_paper(changes(alone.text.split("\n"), every.text.split("\n")), "みな")


WISHED = [
    Event(id=1, kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", ordinal=3, event_date=date(2026, 10, 7)),
    Event(id=2, kind="講習会", form=EventForm.LECTURE, subject="キャッシュレス決済講習会", ordinal=4,
          event_date=date(2026, 10, 14)),
    Event(id=3, kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", ordinal=5, event_date=date(2026, 11, 4)),
    Event(id=4, kind="講習会", form=EventForm.LECTURE, subject="防災", ordinal=6),
    Event(id=5, kind="意見交換会", form=EventForm.EXCHANGE, subject="運営の工夫", event_date=date(2026, 12, 2)),
    Event(id=6, kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", ordinal=7, status=EventStatus.CANCELLED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "means", "level", "alone"),
    [
        ("第3回 LINE講習会", (1,), 2, True), ("LINE講習会", (1, 3), 2, True), ("LINE", (1, 3), 2, True),
        ("LINE講習会（みほん区民館 10/7）", (1,), 2, True), ("令和8年10月7日", (1,), 2, True), ("3回目", (1,), 2, True),
        ("2026/10/14 14:00から", (2,), 2, True), ("10/8", (), 0, True), ("11/7", (), 0, True),
        ("第3回と第5回", (), 0, False), ("10/7と11/4", (), 0, False), ("LINE講習会 第4回", (), 0, True),
        ("キャッシュレス講習会", (2,), 1, True), ("防災", (4,), 2, True), ("防", (), 0, True),
        ("意見交換会を希望します", (5,), 1, True), ("意見交換会", (5,), 2, True), ("第7回", (), 0, True),
        ("キャッシュレス決済講習会を希望する", (2,), 1, True), ("LINE講習会に参加", (1, 3), 1, True),
        ("Excel講習会を希望する", (), 0, False), ("講習会に参加したい", (1, 2, 3, 4), 1, True),
        ("講習会", (1, 2, 3, 4), 2, True), ("LINEと防災", (1, 3), 1, False),
        ("LINE講習会（車椅子です）", (1, 3), 2, False), ("", (), 0, True),
    ],
)  # fmt: skip
def test_a_wish_means_the_events_that_fit_its_name_number_and_day(wish, means, level, alone):
    assert (match_wish(wish, WISHED), wish_match_level(wish, WISHED)) == (means, level)
    assert names_wish_alone(wish, WISHED) == alone
