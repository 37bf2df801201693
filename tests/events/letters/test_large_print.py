"""拡大版: who asks for large letters, the same words in 18 points, its own file name, and what the log keeps."""

import re
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import LARGE_PRINT, Letterhead
from app.documents.content_json import content_from_json
from app.documents.pdf.render import render_pdf
from app.documents.services import documents
from app.documents.services.document_kind import TYPE_SIZE_KEY
from app.documents.services.document_saving import save_document, set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import open_copy
from app.documents.services.kept_letters.letter_corrections import REPLACEMENT_NOTE, answer_difference
from app.documents.services.stored_files import read_file
from app.event.services.event_changes import duplicate_event
from app.events.letters.services.large_print import is_wish, set_large_print
from app.events.letters.services.letter_documents import render_each, save_each
from app.events.letters.services.letter_page import build_each, build_letters
from app.registers.register.rules import heads_by_organisation
from app.registers.register.services.organisation_merge import merge_organisations
from app.registers.register.services.unlinked_names import link_names
from db.records.applications import Application
from db.records.documents import DifferenceAnswer, KeptPaper, LetterForm, LetterState, Outgoing, OutgoingWay
from db.records.events import EVERYBODY, Event
from db.records.organisations import Organisation, Person
from db.records.roster import Arrangement, Entry
from db.redactions import REDACTED
from db.rows import by_id, rows
from db.tables import journal
from tests.support.cancelling import cancel_event
from tests.support.letter_people import read_letters
from tests.support.paper_words import pages_of
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by
from tests.support.type_sizes import sizes_of

KIND = "決定通知"
EVENT = 6
MARKS = "案見本"
PAGE_NUMBER = re.compile(r"\A\d+/\d+")


class Desk:
    """The sample year with its sixth 講習会, to which eight 団体 come."""

    def __init__(self, folder: Path) -> None:
        self.store, self.event_id = sample_store(folder), EVENT


people = made_by(Desk, scope="module")


fresh = made_by(Desk)


def build(people: Desk, kind: str = KIND, **given):
    return build_letters(people.store, event_id=people.event_id, kind=kind, now=NOW, **given)


def page(people: Desk, kind: str = KIND):
    return read_letters(people.store, event_id=people.event_id, kind=kind, now=NOW)


def keys(people: Desk, kind: str = KIND) -> list[str]:
    return [one.key for one in page(people, kind).addressees] or [EVERYBODY]


def signs_of(content) -> str:
    """Return what the pages say without line ends and page numbers."""
    said = "".join(PAGE_NUMBER.sub("", text) for text in pages_of(content))
    return "".join(sorted(sign for sign in said if sign not in MARKS))


@pytest.mark.parametrize("kind", [KIND, "開催通知", "会長あて案内文", "参加申込書"])
def test_a_large_letter_says_the_same_in_eighteen_points(people, kind):
    ordinary = build(people, kind)
    large = build(people, kind, large=keys(people, kind))

    assert large.blocks[0] == ordinary.blocks[0]
    assert signs_of(large) == signs_of(ordinary)
    small = {sign for (size, sign), _count in sizes_of(render_pdf(large).data).items() if size < LARGE_PRINT}
    assert small <= set(f"{MARKS}/0123456789")
    assert large.version == ordinary.version
    assert large.file_stem == ordinary.file_stem.replace(kind, f"{kind}（拡大版）")


def test_every_large_letter_counts_its_own_pages(people):
    large = build(people, large=keys(people))
    found = [PAGE_NUMBER.match(text).group() for text in pages_of(large)]
    letters = " ".join(found).replace(" 1/", "\n1/").splitlines()
    assert len(letters) == len(keys(people))
    assert set(letters) <= {"1/2 2/2", "1/3 2/3 3/3"}


def test_one_of_several_letters_may_be_large(people):
    _first, second, *rest = keys(people)
    content = build(people, large=[second])

    sizes = [
        one.type_size for one in build_each(people.store, event_id=people.event_id, kind=KIND, large=[second], now=NOW)
    ]
    assert [size == LARGE_PRINT for size in sizes] == [False, True, *(False for _ in rest)]
    assert "決定通知（うち拡大版1通）" in content.file_stem
    assert len(pages_of(content)) == len(pages_of(build(people))) + 1
    assert "拡大版" not in build(people, large=["o999"]).file_stem


def ask(letters: Desk, entry: Entry, care: str) -> None:
    with letters.store.change(action="配慮", by=BY, now=NOW, subject="roster", event_id=letters.event_id) as change:
        change.update(Entry, entry.id, care=care)


def place_of(letters: Desk, key: str) -> Entry:
    """Return the first place that a letter is about; this one is kept since its 起案."""
    heads = (block for block in build(letters).blocks if isinstance(block, Letterhead))
    return by_id(letters.store.database, Entry, next(one.entries[0] for one in heads if one.key == key))


def test_who_asks_for_large_letters_is_found_and_nobody_else(fresh):
    before = page(fresh).large_print
    first, second, third = [one for one in page(fresh).addressees if one.key not in before.keys][:3]
    of_form = page(fresh, "参加申込書").large_print.people
    ask(fresh, place_of(fresh, first.key), "大きな字の資料がほしい。")
    ask(fresh, place_of(fresh, third.key), "車いすの席")
    with fresh.store.change(action="手配", by=BY, now=NOW, subject="roster", event_id=fresh.event_id) as change:
        change.insert(Arrangement(event_id=fresh.event_id, entry_id=place_of(fresh, second.key).id, kind="拡大資料"))

    found = page(fresh)
    assert found.large_print.keys == before.keys | {first.key, second.key}
    assert found.large_print.people == before.people + 2
    assert found.large_print.words == f"大きな文字の希望　{before.people + 2}件（{len(before.keys) + 2}通）"
    assert not any("ほしい" in words for words in (found.large_print.words, *found.cautions))
    assert page(fresh, "参加申込書").large_print.people > of_form
    assert page(fresh, "落選通知").large_print is None


def test_who_wished_for_large_letters_in_the_application_is_asked_for(fresh):
    before = page(fresh).large_print
    applied = [
        (one, wish)
        for one in page(fresh).addressees
        if one.key not in before.keys and (wish := place_of(fresh, one.key).application_id)
    ]
    assert len(applied) >= 2
    (first, wished), (_second, denied) = applied[:2]
    with fresh.store.change(action="申込", by=BY, now=NOW, subject="roster", event_id=fresh.event_id) as change:
        change.update(Application, wished, large_print="はい")
        change.update(Application, denied, large_print="いいえ")
    assert page(fresh).large_print.keys == before.keys | {first.key}


@pytest.mark.parametrize(
    ("answer", "wished"),
    [("希望する", True), ("はい", True), ("○", True), ("18ポイントで", True), ("", False), ("いいえ", False),
     ("不要", False), ("希望しない", False), ("特になし", False),
     (REDACTED, False)],
)  # fmt: skip
def test_an_answer_that_says_no_is_no_wish(answer, wished):
    assert is_wish(answer) == wished


def test_the_remark_at_a_group_asks_for_its_letters(fresh):
    before = page(fresh, "会長あて案内文").large_print.people
    one = rows(fresh.store.database, Organisation, order="id")[0]
    with fresh.store.change(action="備考", by=BY, now=NOW, subject="roster", event_id=fresh.event_id) as change:
        change.update(Organisation, one.id, note="通知は大きな字で送る")
    assert page(fresh, "会長あて案内文").large_print.people == before + 1
    assert page(fresh, "会長あて案内文").large_print.is_for_everybody


def test_the_remark_at_anybody_who_comes_asks_for_the_letter_to_them(fresh):
    before = page(fresh).large_print
    database = fresh.store.database
    heads = {one.id for one in heads_by_organisation(rows(database, Person)).values()}
    wanted, person_id = next(
        (one, entry.person_id)
        for one in build(fresh).blocks
        if isinstance(one, Letterhead)
        for entry in rows(database, Entry, id=one.entries)
        if one.key not in before.keys and entry.person_id and entry.person_id not in heads
    )
    with fresh.store.change(action="備考", by=BY, now=NOW, subject="roster", event_id=fresh.event_id) as change:
        change.update(Person, person_id, note="通知は大きな字で送る")
    assert page(fresh).large_print.keys == before.keys | {wanted.key}
    assert page(fresh).large_print.people == before.people + 1


def test_what_was_sent_large_stands_in_the_log_and_in_the_name(fresh, tmp_path):
    scope = DocumentScope(event_id=fresh.event_id)
    drawn = documents.render(build(fresh, large=keys(fresh)), format="pdf")
    context = ActionContext(fresh.store, BY, NOW)
    target = tmp_path / f"{drawn.content.file_stem}.pdf"
    save_document(
        context,
        scope=scope,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=target, reason="窓口で渡す"),
        rendered=drawn,
    )
    first, second, *_rest = keys(fresh)
    contents = build_each(
        fresh.store, event_id=fresh.event_id, kind=KIND, chosen=(first, second), large=[second], now=NOW
    )
    each = render_each(contents, format="pdf")
    save_each(
        context,
        event_id=fresh.event_id,
        kind=KIND,
        drawn=each,
        options=SaveOptions(path=tmp_path / "通知", reason="窓口で渡す"),
    )

    whole, folder, ordinary, large = rows(fresh.store.database, Outgoing, document_kind=KIND, order="id")[-4:]
    assert whole.detail[TYPE_SIZE_KEY] == "拡大版"
    assert Path(whole.file_name).stem.startswith(f"{drawn.content.reference}（拡大版）")
    assert TYPE_SIZE_KEY not in ordinary.detail
    assert large.detail[TYPE_SIZE_KEY] == "拡大版"
    assert "決定通知（拡大版）-" in large.file_name
    assert folder.file_name == "通知"
    said = [one.action for one in journal.entries(fresh.store.database)][:2]
    assert said == ["決定通知（うち拡大版1通）を1通1ファイルで保存", "決定通知（拡大版）をPDFで保存"]


def put(letters: Desk, state: LetterState, kind: str = KIND) -> None:
    reached = list(LetterState).index(state)
    set_letter_state(
        ActionContext(letters.store, BY, NOW),
        event_id=letters.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=NOW.date() if reached >= 2 else None,
        document_number="412" if reached >= 2 else "",
        issued_on=NOW.date() if reached >= 3 else None,
    )


def enlarge(letters: Desk, *addressees: str, kind: str = KIND, large: bool = True) -> None:
    set_large_print(
        ActionContext(letters.store, BY, NOW),
        event_id=letters.event_id,
        kind=kind,
        addressees=addressees,
        large=large,
    )


def sizes(letters: Desk, kind: str = KIND) -> dict[str, int]:
    each = build_each(letters.store, event_id=letters.event_id, kind=kind, now=NOW)
    return {next(iter(one.letterheads)).key: one.type_size for one in each}


@pytest.mark.parametrize("chosen_at", [LetterState.DRAFT, LetterState.IN_APPROVAL, LetterState.APPROVED])
def test_who_gets_a_large_letter_is_stored_and_is_kept_and_printed_again_as_it_left(fresh, chosen_at):
    kind = "開催通知"
    first, second, *_rest = keys(fresh, kind)
    for state in LetterState:
        put(fresh, state, kind)
        if state == chosen_at:
            enlarge(fresh, first, second, kind=kind)
            enlarge(fresh, second, kind=kind, large=False)

    content = build(fresh, kind)
    assert content.kept.words == "出した時の写し"
    assert "開催通知（うち拡大版1通）" in content.file_stem
    larger = build(fresh, kind, large=[first, second]).kept
    assert larger.words == "出した時の写し（字の大きさを変えて組み直したもの）"
    assert larger.files == ()
    assert {key for key, size in sizes(fresh, kind).items() if size == LARGE_PRINT} == {first}
    (row,) = rows(fresh.store.database, Outgoing, document_kind=kind, way=OutgoingWay.ISSUE)
    assert row.detail[TYPE_SIZE_KEY] == "うち拡大版1通"
    left = sizes_of(open_copy(fresh.store, outgoing_id=row.id).data)
    assert left == sizes_of(documents.render(content, format="pdf").data)
    assert LARGE_PRINT in {size for size, _sign in left}
    enlarge(fresh, first, kind=kind, large=False)
    assert page(fresh, kind).large == {first}, "what left stays as it left"


def test_the_letter_of_a_cancellation_is_as_large_as_the_first_one(fresh):
    first, second, *_rest = keys(fresh)
    enlarge(fresh, first, second)
    cancel_event(fresh.store, event_id=fresh.event_id, reason="大雪", by=BY, now=NOW)
    assert {key for key, size in sizes(fresh, "中止通知").items() if size == LARGE_PRINT} == {first, second}


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.IN_APPROVAL])
def test_two_groups_made_one_keep_the_large_letters_of_either(fresh, state):
    kind = "開催通知"
    first, second = [one for one in keys(fresh, kind) if one.startswith("o")][:2]
    enlarge(fresh, first, kind=kind)
    if state.is_in_approval:
        put(fresh, state, kind)
    merge_organisations(ActionContext(fresh.store, BY, NOW), keep_id=int(second[1:]), drop_id=int(first[1:]))
    assert sizes(fresh, kind)[first if state.is_in_approval else second] == LARGE_PRINT
    enlarge(fresh, "o0", kind=kind)
    put(fresh, LetterState.IN_APPROVAL, kind)
    assert LARGE_PRINT in sizes(fresh, kind).values(), "what is put up keeps its addressee and its size"


def test_a_group_that_is_registered_later_keeps_its_large_letters(fresh):
    kind = "開催通知"
    first = keys(fresh, kind)[0]
    group = place_of(fresh, first).organisation_id
    with fresh.store.change(action="名簿にない団体", by=BY, now=NOW, subject="roster") as change:
        for one in rows(fresh.store.database, Entry, event_id=fresh.event_id, organisation_id=group):
            change.update(Entry, one.id, organisation_id=None, organisation_name="みほん未登録町会")
    (written,) = (one for one in keys(fresh, kind) if one.startswith("n"))
    enlarge(fresh, written, kind=kind)
    link_names(ActionContext(fresh.store, BY, NOW), answers={written[1:]: group})
    assert sizes(fresh, kind)[first] == LARGE_PRINT


def test_a_copied_event_has_other_addressees_and_none_of_the_choices(fresh):
    enlarge(fresh, *keys(fresh))
    assert by_id(fresh.store.database, Event, fresh.event_id).large_letters
    copy = duplicate_event(ActionContext(fresh.store, BY, NOW), event_id=fresh.event_id)
    assert by_id(fresh.store.database, Event, copy.id).large_letters == ()


def test_a_right_letter_in_the_place_of_a_wrong_one_is_large_for_whoever_asked(fresh):
    first = keys(fresh)[0]
    person = by_id(fresh.store.database, Person, place_of(fresh, first).person_id)
    assert sizes(fresh)[first] < LARGE_PRINT, "it left in the ordinary size"
    enlarge(fresh, first)
    with fresh.store.change(action="氏名", by=BY, now=NOW, subject="roster") as change:
        change.update(Person, person.id, name=f"{person.name}子")
    found = next(one for one in page(fresh).differences if person.name in one.before)
    answer_difference(
        ActionContext(fresh.store, BY, NOW),
        scope=DocumentScope(event_id=fresh.event_id),
        kind=KIND,
        differences=[found.key],
        answer=DifferenceAnswer.WRONG,
        told_on=NOW.date(),
        told_how="差替え",
        told_to="課長",
    )
    assert sizes(fresh)[first] == LARGE_PRINT
    sent = rows(fresh.store.database, Outgoing, way=OutgoingWay.ISSUE, order="id")[-1]
    note = rows(fresh.store.database, KeptPaper, document_kind=REPLACEMENT_NOTE)[-1]
    assert note.id in sent.kept_papers
    assert content_from_json(read_file(fresh.store, note.content_file_id).decode()).type_size == LARGE_PRINT
