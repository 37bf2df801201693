"""Letters and recruitment papers: names as typed in both files, one letter an addressee, texts that staff edit."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services import document_passages, document_saving, documents
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import document_mail_text
from app.events.headcount.services import make_headcount_notice
from app.events.letters.services import letter_page
from app.programme import services as programme_services
from db.records.documents import LetterForm, LetterState, Outgoing
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows
from tests.support.letter_people import GUEST, KATSURAGI, LONG, LONGEST, TAKASAKI, YOSHIDA, Letters, read_letters
from tests.support.paper_words import cells_of, missing_words, pages_of, pdf_of
from tests.support.second_reader import text_read_by_pdfium
from tests.support.stores import made_by
from tests.support.years import BY, NOW, acting, add_lecture, expect_people

CHOSEN = (
    "募集チラシ",
    "参加申込書",
    "会長あて案内文",
    "支部長あて依頼文",
    "区報原稿",
    "ホームページ原稿",
    "起案資料",
    "決定通知",
    "落選通知",
    "開催通知",
    "宛名ラベル",
)
CHANGED = ("起案資料（中止・変更）", "中止通知")
people = made_by(Letters, scope="module")


fresh = made_by(Letters)


def build(people: Letters, kind: str, **given):
    return letter_page.build_letters(people.store, event_id=people.event_id, kind=kind, now=NOW, **given)


def set_state(people: Letters, state: LetterState, form: LetterForm = LetterForm.FORMAL, **given):
    """Bring the 決定通知 to a state."""
    subject = {"event_id": people.event_id, "kind": "決定通知"}
    return document_saving.set_letter_state(acting(people.store), **subject, form=form, state=state, **given)


@pytest.mark.parametrize("kind", CHOSEN)
def test_every_text_stands_in_pdf_and_workbook(people, kind):
    assert missing_words(build(people, kind)) == []


@pytest.mark.parametrize("kind", CHANGED)
def test_the_papers_of_a_cancellation_say_everything_in_both_files(fresh, kind):
    fresh.decide("中止", substitute="令和8年10月1日（木）")
    assert missing_words(build(fresh, kind)) == []
    assert "大雨警報の発表" in "".join(pages_of(build(fresh, "中止通知")))


def test_a_change_says_the_day_before_and_after(fresh):
    fresh.decide("日時の変更", before_time="令和8年9月3日（木）午後2時から午後4時まで")
    content = build(fresh, "変更通知")
    assert missing_words(content) == []
    assert "令和8年9月3日（木）" in pages_of(content)[0]


def test_the_papers_of_a_change_wait_for_the_decision(people):
    library = read_library(people.store, event_id=people.event_id, today=NOW.date())
    rows = {row.kind: row for row in library.rows}
    assert [rows[kind].is_ready for kind in (*CHANGED, "変更通知")] == [False] * 3
    assert rows["中止通知"].missing_link.action == "中止・変更の連絡"


def test_names_come_out_as_typed(people, qapp):
    content = build(people, "決定通知")
    assert [YOSHIDA in cell for cell in cells_of(content)].count(True) >= 2
    text = text_read_by_pdfium(documents.render(content, format="pdf").data)
    for name in (YOSHIDA, TAKASAKI, LONG):
        assert name in text
    refused = pdf_of(build(people, "落選通知")).pages
    assert KATSURAGI in refused[0].extract_text()
    assert LONGEST in re.sub(r"\s", "", refused[0].extract_text())
    assert GUEST.replace(" ", "") in re.sub(r"\s", "", refused[1].extract_text())


def test_a_letter_to_an_organisation_names_all_its_people_and_counts_its_own_pages(people):
    pages = pages_of(build(people, "落選通知"))
    assert len(pages) == 2
    assert all("1/1" in page for page in pages)
    first, second = pages
    assert LONGEST in first
    assert "補欠の方へ" not in first
    assert "補欠（1番）" in second
    assert "補欠の順に" in second
    decided = pages_of(build(people, "決定通知"))
    assert len(decided) == 1
    assert f"会長{YOSHIDA}様".replace(" ", "") in decided[0]
    assert "氏名未定1人" in decided[0]
    assert "端末貸与" in decided[0]


def test_without_a_choice_everybody_who_applied_is_written_to(fresh):
    with fresh.store.change(action="選び直し", by=BY, now=NOW) as change:
        for entry in fresh.entries:
            change.update(Entry, entry, state="申込", waiting_order=None)
    page = read_letters(fresh.store, event_id=fresh.event_id, kind="決定通知", now=NOW)
    assert len(page.addressees) == 3
    with pytest.raises(UserError, match="まだいません"):
        build(fresh, "落選通知")


def test_only_those_ticked_are_written_to(people):
    page = read_letters(people.store, event_id=people.event_id, kind="落選通知", now=NOW)
    one = page.addressees[1].key
    pages = pages_of(build(people, "落選通知", chosen=(one,)))
    assert len(pages) == 1
    assert "みほん川北町会" in pages[0]
    with pytest.raises(UserError, match="選ばれていません"):
        build(people, "落選通知", chosen=())


def test_the_number_is_printed_only_after_it_was_typed(fresh):
    office = programme_services.read_programme(fresh.store).office
    symbol = replace(office, document_symbol="8練地協")
    programme_services.set_office(acting(fresh.store), office=symbol)
    content = build(fresh, "決定通知")
    assert content.stamp == "案"
    assert "8練地協第号" in pages_of(content)[0]
    with pytest.raises(UserError, match="文書番号が必要"):
        set_state(fresh, LetterState.APPROVED)
    given = {"decided_on": date(2026, 8, 27), "issued_on": date(2026, 8, 28)}
    set_state(fresh, LetterState.ISSUED, document_number="8練地協第391号", **given)
    decided = build(fresh, "決定通知")
    assert decided.stamp == ""
    assert "8練地協第391号" in pages_of(decided)[0]
    assert "令和8年8月28日" in pages_of(decided)[0]


def test_a_step_back_says_which_day_and_number_it_took_away(fresh):
    def said(form, state, **given):
        return set_state(fresh, state, form, **given).message

    decided = {"decided_on": date(2026, 8, 27), "document_number": "391"}
    assert "消えました" not in said("公文書", "決裁済", **decided)
    assert said("公文書", "起案中").endswith("（起案中）にしました。入力してあった決裁日と文書番号は消えました。")
    assert "消えました" not in said("公文書", "案")
    said("公文書", "決裁済", **decided)
    assert said("メール", "案").endswith("入力してあった決裁日と文書番号は消えました。")
    assert "消えました" not in said("メール", "案", issued_on=date(2026, 8, 28))
    assert said("公文書", "案").endswith("入力してあった発信日は消えました。")


def test_a_bare_number_gets_the_symbol_of_the_office_that_may_end_in_its_first_sign(fresh):
    office = programme_services.read_programme(fresh.store).office
    programme_services.set_office(acting(fresh.store), office=replace(office, document_symbol="8練地協第"))
    for kind in ("決定通知", "起案資料"):
        drafted = "".join(pages_of(build(fresh, kind)))
        assert ("8練地協第号" in drafted, "第第" in drafted) == (True, False), kind
    given = {"decided_on": date(2026, 8, 27), "document_number": "１２３４"}
    set_state(fresh, LetterState.APPROVED, **given)
    assert "8練地協第1234号" in pages_of(build(fresh, "決定通知"))[0]
    assert "8練地協第1234号" in pages_of(build(fresh, "起案資料"))[0]
    given["issued_on"] = date(2026, 8, 28)
    set_state(fresh, LetterState.ISSUED, **given)
    set_state(fresh, LetterState.ISSUED, **given)
    with pytest.raises(UserError, match="日付と番号は変えられません"):
        set_state(fresh, LetterState.ISSUED, **(given | {"document_number": "1235"}))


def test_the_drafting_set_holds_reason_drafts_and_everybody(people):
    pages = pages_of(build(people, "起案資料"))
    assert len(pages) == 5, "who is 補欠 has a draft of its own"
    assert "決定通知1団体3人1通" in pages[0]
    assert "落選通知2団体2人2通" in pages[0]
    assert "（「宛先一覧」のとおり）" in pages[1]
    assert YOSHIDA.replace(" ", "") not in pages[1]
    for name in (YOSHIDA, TAKASAKI, KATSURAGI, GUEST):
        assert re.sub(r"\s", "", name) in pages[4]
    assert [page[-8:] for page in pages] != []
    assert "5/5" in pages[4]


def test_an_edit_stays_while_the_event_moves_and_says_so(fresh):
    store, event = fresh.store, fresh.event_id

    def passage(part: str):
        page = read_letters(store, event_id=event, kind="決定通知", now=NOW)
        return next(one for one in page.passages if one.part == part), page

    document_passages.set_passage(
        acting(store), event_id=event, kind="決定通知", part="会場", text="みほん別館　集会室"
    )
    kept, _ = passage("会場")
    assert (kept.edited, kept.outdated, kept.default) == (True, False, "みほん区民館　研修室1")
    with store.change(action="会場を変えた", by=BY, now=NOW) as change:
        change.update(Event, event, room="研修室2", event_date=date(2026, 9, 17))
    kept, page = passage("会場")
    assert (kept.text, kept.outdated) == ("みほん別館　集会室", True)
    assert any("「会場」" in words and "変わっています" in words for words in page.cautions)
    day, _ = passage("日時")
    assert day.text.startswith("令和8年9月17日（木）")
    assert "みほん別館" in pages_of(build(fresh, "決定通知"))[0]

    document_passages.reset_passage(acting(store), event_id=event, kind="決定通知", part="会場")
    kept, page = passage("会場")
    assert (kept.text, kept.edited) == ("みほん区民館　研修室2", False)
    assert not any("変わっています" in words for words in page.cautions)


def test_the_own_wording_typed_again_is_no_edit(fresh):
    default = read_letters(fresh.store, event_id=fresh.event_id, kind="決定通知", now=NOW).passages[2]
    for text in ("筆記用具", default.text):
        document_passages.set_passage(
            acting(fresh.store), event_id=fresh.event_id, kind="決定通知", part=default.part, text=text
        )
    again = read_letters(fresh.store, event_id=fresh.event_id, kind="決定通知", now=NOW).passages[2]
    assert not again.edited
    with pytest.raises(UserError, match="という部分はありません"):
        document_passages.set_passage(
            acting(fresh.store), event_id=fresh.event_id, kind="決定通知", part="住所", text="x"
        )


def test_an_emptied_item_is_left_out_and_the_rest_numbered_on(fresh):
    document_passages.set_passage(acting(fresh.store), event_id=fresh.event_id, kind="決定通知", part="内容", text="")
    page = pages_of(build(fresh, "決定通知"))[0]
    assert "4持ち物" in page
    assert "内容" not in page


def test_what_is_missing_is_said_before_printing(people):
    page = read_letters(people.store, event_id=people.event_id, kind="落選通知", now=NOW)
    said = "".join(page.cautions)
    assert "会長名の登録がなく「御中」とする団体：みほん川北町会（1件）" in said
    decided = read_letters(people.store, event_id=people.event_id, kind="決定通知", now=NOW)
    assert any("氏名未定の方が1人" in words for words in decided.cautions)


def test_a_character_no_font_holds_stops_the_letter_with_the_name(fresh):
    with fresh.store.change(action="届出", by=BY, now=NOW) as change:
        change.insert(Person(name="x"))
        change.update(Person, 1, name="み\U0002ebe0本")
    with pytest.raises(UserError, match="書体にない文字") as problem:
        documents.render(build(fresh, "決定通知"), format="pdf")
    assert "み\U0002ebe0本" in str(problem.value)


@pytest.mark.parametrize("kind", [kind for kind in CHOSEN if kind != "宛名ラベル"])
def test_every_letter_can_be_copied_as_a_mail_without_the_names_of_those_it_concerns(people, kind):
    text = document_mail_text(people.store, event_id=people.event_id, kind=kind, now=NOW)

    assert text.startswith("件名：")
    assert "練馬区" in text.splitlines()[-1]
    assert not any(name in text for name in (TAKASAKI, YOSHIDA, KATSURAGI))


def test_each_step_of_a_letter_says_what_it_set_what_it_cleared_and_a_closed_day(store):
    event = add_lecture(store, date(2026, 12, 15))
    expect_people(store, event, 12)
    make_headcount_notice(acting(store), event_id=event)

    def said(form, state="案", **given):
        step = {"event_id": event, "kind": "参加人数連絡書", "form": form, "state": state, **given}
        try:
            return document_saving.set_letter_state(acting(store, date(2026, 9, 25)), **step).message
        except UserError as refused:
            return refused.happened

    thursday, friday, closed, ahead = (date(2026, 9, day) for day in (24, 25, 22, 26))
    decided = "参加人数連絡書を公文書（決裁済）にしました。"
    on_closed = "の令和8年9月22日（火・祝）は閉庁日です（国民の休日）。違うときは、直してください。"
    cleared = "入力してあった決裁日と文書番号は消えました。"
    made = {"decided_on": date(2026, 9, 18), "document_number": "1"}
    steps = [
        (said("事務連絡", issued_on=thursday), "参加人数連絡書の発信日を令和8年9月24日（木）にしました。"),
        (said("事務連絡", issued_on=thursday), "参加人数連絡書を事務連絡（案）にしました。"),
        (said("事務連絡"), "参加人数連絡書の発信日を出力する日にしました。"),
        (said("メール", issued_on=thursday), "参加人数連絡書をメール（案）にしました。"),
        (said("事務連絡"), "参加人数連絡書を事務連絡（案）にしました。入力してあった発信日は消えました。"),
        (said("公文書", "起案中"), "参加人数連絡書を公文書（起案中）にしました。"),
        (said("公文書", "決裁済", decided_on=thursday), "決裁日と文書番号が必要です。"),
        (said("公文書", "決裁済", document_number="1"), "決裁日と文書番号が必要です。"),
        (said("公文書", "決裁済", **made | {"decided_on": ahead}), "決裁日が、本日より後になっています。"),
        (said("公文書", "決裁済", **made | {"decided_on": closed}), f"{decided}決裁日{on_closed}"),
        (said("公文書", "決裁済", **made | {"decided_on": friday}), decided),
        (said("公文書", "起案中"), f"参加人数連絡書を公文書（起案中）にしました。{cleared}"),
        (said("公文書", "決裁済", **made), decided),
        (said("公文書", "施行", **made), "施行日が必要です。"),
        (said("公文書", "施行", **made, issued_on=date(2026, 9, 17)), "施行日が、決裁日より前になっています。"),
        (
            said("公文書", "施行", **made, issued_on=closed),
            f"参加人数連絡書を公文書（施行）にしました。施行日{on_closed}",
        ),
    ]
    assert [words for words, _expected in steps] == [expected for _words, expected in steps]


@pytest.mark.parametrize(("how", "kept"), [("白黒・両面", "白黒・両面"), ("", None)])
def test_a_print_is_logged_with_its_copies_and_how_it_was_printed(store, event, how, kept):
    kind = "参加人数連絡書"
    expect_people(store, event, 12)
    make_headcount_notice(acting(store), event_id=event)
    content = documents.build_document(store, scope=DocumentScope(event_id=event), kind=kind, now=NOW)
    made = documents.render(content, format="pdf")
    counts = {"copies": 3, "pages": made.pages}
    document_saving.log_print(acting(store), event_id=event, kind=kind, rendered=made, how=how, **counts)
    (row,) = rows(store.database, Outgoing)
    assert (row.copies, row.pages, row.way, row.detail.get("印刷")) == (3, made.pages, "印刷", kept)
