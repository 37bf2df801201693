"""契約変更 on a real store: numbers hold from a day on for the events of that day, names for the papers of that day."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Letterhead
from app.documents.services import document_context, document_saving, documents
from app.event.services.expected_counts import initial_capacity
from app.event.services.tasks import deadlines
from app.event.services.tasks.year_task_kind import proposal_deadline_of
from app.events.headcount import services as headcount_services
from app.events.letters.services import letter_building
from app.events.materials.services import material_documents, materials
from app.history import services as history_services
from app.programme import services as programme_services
from app.year.contract import services as contract_services
from db.records.documents import Letter, LetterState
from db.records.programme import DocumentSetting
from db.records.submissions.materials import MaterialResult
from tests.support.years import (
    BY,
    NOW,
    TODAY,
    acting,
    add_lecture,
    at,
    expect_people,
    started_year,
    tell_people,
    the_event,
)

FROM = date(2026, 10, 1)


def numbers(store, on=None):
    return programme_services.read_programme(store, on=on).kind("講習会")


def due(store, event_id, task="人数連絡"):
    return next(row.due for row in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if row.task == task)


def written(store):
    """How many rows this connection has written so far, those taken back again too."""
    return store.database.execute("SELECT total_changes()").fetchone()[0]


def change(store, **values):
    return contract_services.record_contract_change(
        acting(store),
        programme_id=1,
        numbers=[replace(numbers(store), **values)],
        valid_from=FROM,
        reason="契約変更 第1回",
    )


def test_an_event_takes_the_numbers_of_its_own_day(tmp_path):
    store = started_year(tmp_path)
    before, after = add_lecture(store, date(2026, 9, 30)), add_lecture(store, date(2026, 10, 14))

    change(store, headcount_period="7日前", people_max=30)

    assert (due(store, before), due(store, after)) == (date(2026, 9, 25), date(2026, 10, 7))
    assert numbers(store, TODAY).headcount_period == "5日前"
    assert programme_services.programme_of_event(store, the_event(store, before)).kind("講習会").people_max == 20
    assert programme_services.programme_of_event(store, the_event(store, after)).kind("講習会").people_max == 30
    many = replace(the_event(store, after), venue_capacity=None)
    assert initial_capacity(store.database, many) == 30
    assert initial_capacity(store.database, replace(many, event_date=date(2026, 9, 30))) == 20


def test_the_open_deadlines_that_move_are_named(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 9, 30))
    add_lecture(store, date(2026, 10, 14))

    saved = change(store, headcount_period="7日前")

    moved = {(row.title, row.task, row.old, row.new) for row in saved.moves}
    assert ("第2回 LINE講習会", "人数連絡", date(2026, 10, 9), date(2026, 10, 7)) in moved
    assert not any(row.title.startswith("第1回") for row in saved.moves)
    assert f"期限{len(saved.moves)}件が動きました" in saved.message
    assert "講習会の数を、令和8年10月1日（木）から適用します。" in saved.message


def test_what_a_change_would_move_is_named_before_it_is_saved_and_nothing_is_written(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 9, 30))
    add_lecture(store, date(2026, 10, 14))
    given = {
        "programme_id": 1,
        "numbers": [replace(numbers(store), headcount_period="7日前")],
        "terms": replace(programme_services.read_programme(store).programme, proposal_period="1か月以内"),
        "valid_from": FROM,
    }
    before = written(store)

    shown = contract_services.preview_contract_change(store, **given, today=TODAY)

    assert written(store) == before, "not even taken back"
    assert [(row.title, row.label, row.old, row.new) for row in shown if row.task == "人数連絡"] == [
        ("第2回 LINE講習会", "参加人数を連絡する", date(2026, 10, 9), date(2026, 10, 7))
    ]
    assert any(row.task == "提案書" for row in shown)
    assert not any(row.title.startswith("第1回") for row in shown)
    saved = contract_services.record_contract_change(acting(store), **given, reason="契約変更 第1回")
    assert saved.moves == shown
    after = {(row.event_title, row.task): row.due for row in deadlines.all_tasks(store, today=TODAY)}
    assert all(after[row.title, row.task] == row.new for row in shown)


def test_a_deadline_that_ends_is_named_by_its_old_day_and_what_moved_stands_by_the_new(tmp_path):
    store = started_year(tmp_path)
    for day in (date(2026, 10, 14), date(2026, 10, 20)):
        add_lecture(store, day)
    view = programme_services.read_programme(store)
    without = [replace(view.kind("講習会"), headcount_period="1日前", material_period="")]
    given = {"programme_id": 1, "valid_from": FROM, "today": TODAY}
    moves = contract_services.preview_contract_change(store, numbers=without, **given)
    days = [one.new or one.old for one in moves]
    assert (days, len(moves)) == (sorted(days), 6)
    (first, _second) = [one for one in moves if one.task == "資料確認"]
    assert (first.title, first.label) == ("第1回 LINE講習会", "資料の確認を終える")
    assert (first.old, first.new) == (date(2026, 9, 30), None)


def test_a_preview_refuses_a_day_outside_the_year_but_asks_no_reason(tmp_path):
    store = started_year(tmp_path)
    with pytest.raises(UserError, match="令和8年度の日ではありません"):
        contract_services.preview_contract_change(
            store,
            programme_id=1,
            numbers=[replace(numbers(store), people_max=30)],
            valid_from=date(2027, 4, 1),
            today=TODAY,
        )


def test_a_change_that_moves_nothing_says_so_and_undo_takes_it_back(tmp_path):
    store = started_year(tmp_path)

    assert change(store, people_max=30).message.endswith("動いた期限はありません。")
    history_services.undo(store, by=BY, now=NOW)

    assert numbers(store).people_max == 20
    assert [row.valid_from for row in programme_services.read_programme(store).rows.numbers] == [None] * 3


def test_a_correction_puts_right_the_row_that_holds_and_leaves_the_others(tmp_path):
    store = started_year(tmp_path)
    change(store, people_max=30)

    programme_services.change_numbers(acting(store), numbers=replace(numbers(store, FROM), people_max=31))

    assert (numbers(store, TODAY).people_max, numbers(store, FROM).people_max) == (20, 31)
    assert numbers(store, FROM).reason == "契約変更 第1回"


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [
        (FROM, " ", "理由が書かれていません"),
        (date(2027, 4, 1), "変更", "令和8年度の日ではありません"),
        (date(2026, 3, 31), "変更", "令和8年度の日ではありません"),
    ],
)
def test_a_change_needs_a_reason_and_a_day_of_the_year(tmp_path, day, reason, said):
    store = started_year(tmp_path)
    for act in (
        lambda: contract_services.record_contract_change(
            acting(store), programme_id=1, numbers=[numbers(store)], valid_from=day, reason=reason
        ),
        lambda: programme_services.set_office(
            acting(store), office=programme_services.read_programme(store).office, valid_from=day, reason=reason
        ),
        lambda: contract_services.record_contract_change(
            acting(store),
            programme_id=1,
            terms=programme_services.read_programme(store).programme,
            valid_from=day,
            reason=reason,
        ),
    ):
        with pytest.raises(UserError, match=said):
            act()


def test_a_day_has_one_change_of_a_thing(tmp_path):
    store = started_year(tmp_path)
    change(store, people_max=30)

    with pytest.raises(UserError, match="もう記録されています"):
        change(store, people_max=40)


def test_the_term_of_the_contract_changes_from_a_day_on_and_a_correction_keeps_the_first(tmp_path):
    store = started_year(tmp_path)
    first = programme_services.read_programme(store).programme

    contract_services.record_contract_change(
        acting(store), programme_id=1, terms=replace(first, proposal_period="3週間以内"), valid_from=FROM, reason="変更"
    )
    later = at(date(2026, 10, 2))
    held = programme_services.read_programme(store, on=later.date()).programme
    programme_services.change_programme(
        ActionContext(store, BY, later), programme=replace(held, proposal_period="4週間以内", check_open_days=6)
    )

    assert programme_services.read_programme(store, on=TODAY).programme.proposal_period == "2週間以内"
    after = programme_services.read_programme(store, on=FROM).programme
    assert (after.proposal_period, after.check_open_days) == ("4週間以内", 6)


def test_the_proposal_falls_due_by_the_period_of_the_last_event(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 9, 24))
    add_lecture(store, date(2026, 12, 10))

    def proposal():
        events = [file.event for file in deadlines.read_records_of_year(store, 1)]
        return proposal_deadline_of(events, deadlines.read_year(store, TODAY))

    before = proposal()
    first = programme_services.read_programme(store).programme
    contract_services.record_contract_change(
        acting(store), programme_id=1, terms=replace(first, proposal_period="1か月以内"), valid_from=FROM, reason="変更"
    )

    assert (before.nominal, proposal().nominal) == (date(2026, 12, 24), date(2027, 1, 10))


def test_a_paper_carries_the_names_of_its_own_day(tmp_path):
    store = started_year(tmp_path)
    event = the_event(store, add_lecture(store, date(2026, 10, 14)))
    view = programme_services.read_programme(store)
    programme_services.set_office(
        acting(store),
        office=replace(view.office, section="地域デジタル課", phone="03-0000-0009"),
        valid_from=FROM,
        reason="組織改正",
    )
    programme_services.set_contractor(
        acting(store), contractor=replace(view.contractor, responsible="見本 次郎"), valid_from=FROM, reason="交代"
    )
    for addressee, day in (("見本 花子", None), ("見本 次郎", FROM)):
        setting = DocumentSetting(document_kind="参加人数連絡書", addressee=addressee)
        programme_services.set_document_setting(acting(store), setting=setting, valid_from=day, reason="交代")

    def made(day):
        now = at(day)
        year = programme_services.programme_of_event(store, event, on=now.date())
        context = document_context.event_document_context(store, event, "参加人数連絡書", now, view=year)
        return context.office.section, context.contractor.responsible, context.setting.addressee

    assert made(date(2026, 9, 30)) == ("協働推進課", "見本 花子", "見本 花子")
    assert made(FROM) == ("地域デジタル課", "見本 次郎", "見本 次郎")


def test_an_issued_letter_keeps_the_names_of_the_day_it_was_issued(tmp_path):
    store = started_year(tmp_path)
    event = the_event(store, add_lecture(store, date(2026, 10, 14)))
    letter = Letter(
        event_id=event.id,
        document_kind="決定通知",
        form="公文書",
        state="施行",
        decided_on=date(2026, 9, 24),
        document_number="8練地第1号",
        issued_on=date(2026, 9, 25),
    )
    with store.change(action="施行", by=BY, now=NOW) as kept:
        kept.insert(letter)
    office = programme_services.read_programme(store).office
    programme_services.set_office(
        acting(store),
        office=replace(office, section="地域デジタル課", phone="03-0000-0009"),
        valid_from=FROM,
        reason="組織改正",
    )
    later = at(date(2026, 10, 5))
    year = programme_services.programme_of_event(store, event, on=later.date())

    context = document_context.event_document_context(store, event, "決定通知", later, view=year)
    passages = letter_building.passages_of(store, event=event, kind="決定通知", on=context.issue_day)

    assert context.office.section == "協働推進課"
    assert not any("03-0000-0009" in row.text for row in passages)
    assert any(
        "03-0000-0009" in row.text
        for row in letter_building.passages_of(store, event=event, kind="決定通知", on=later.date())
    )


def reorganised(store):
    """From October on the ward's section and the contractor's 業務責任者 are others."""
    view = programme_services.read_programme(store)
    programme_services.set_office(
        acting(store), office=replace(view.office, section="地域デジタル課"), valid_from=FROM, reason="組織改正"
    )
    programme_services.set_contractor(
        acting(store), contractor=replace(view.contractor, responsible="見本 次郎"), valid_from=FROM, reason="交代"
    )


def head_of(store, event_id, kind, day):
    """Date, addressee and sender of a paper as it is drawn on a day."""
    content = documents.build_document(store, event_id=event_id, kind=kind, now=at(day))
    (head,) = (block for block in content.blocks if isinstance(block, Letterhead))
    return head.date, head.addressee, head.sender[0]


OLD = ("見本 花子", "協働推進課")
NEW = ("見本 次郎", "地域デジタル課")
LATER = date(2026, 10, 20)


def carries(head, day, names):
    said, addressee, sender = head
    return (said, names[0] in addressee, names[1] in sender) == (day, True, True)


def test_a_notice_told_before_a_change_is_drawn_again_with_the_date_and_the_names_of_that_day(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 12, 15))
    expect_people(store, event, 12)
    tell_people(store, event, now=at(date(2026, 9, 28)))
    reorganised(store)

    assert carries(head_of(store, event, headcount_services.HEADCOUNT, LATER), "令和8年9月28日", OLD)

    expect_people(store, event, 14)
    tell_people(store, event, now=at(date(2026, 10, 5)), reason="追加")
    assert carries(head_of(store, event, headcount_services.CHANGE, LATER), "令和8年10月5日", NEW)
    assert carries(head_of(store, event, headcount_services.HEADCOUNT, LATER), "令和8年9月28日", OLD), "the first stays"


def test_a_paper_without_a_day_of_its_own_takes_the_names_of_the_day_it_is_made(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 10, 14))
    expect_people(store, event, 12)
    headcount_services.make_headcount_notice(acting(store), event_id=event, reason="")
    reorganised(store)

    assert carries(head_of(store, event, headcount_services.HEADCOUNT, date(2026, 9, 30)), "令和8年9月30日", OLD)
    assert carries(head_of(store, event, headcount_services.HEADCOUNT, FROM), "令和8年10月1日", NEW)


@pytest.mark.parametrize("form", ["事務連絡", "公文書"])
def test_the_day_noted_for_a_paper_goes_before_every_other(tmp_path, form):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 12, 15))
    expect_people(store, event, 12)
    tell_people(store, event, now=at(date(2026, 10, 5)))
    reorganised(store)
    document_saving.set_letter_state(
        ActionContext(store, BY, at(LATER)),
        event_id=event,
        kind=headcount_services.HEADCOUNT,
        form=form,
        state=LetterState.ISSUED if form == "公文書" else LetterState.DRAFT,
        decided_on=date(2026, 9, 28),
        document_number="8練地第1号",
        issued_on=date(2026, 9, 29),
    )

    said, addressee, sender = head_of(store, event, headcount_services.HEADCOUNT, LATER)

    assert said == "令和8年9月29日"
    assert "みほん受託株式会社" in addressee
    assert NEW[0] not in addressee
    assert OLD[1] in sender


def test_the_result_on_the_materials_of_a_past_event_keeps_the_names_of_its_day(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 9, 24))
    material = materials.add_material(acting(store), event_id=event, title="当日スライド").id
    version = materials.receive_version(acting(store), material_id=material, received_on=TODAY).id
    materials.set_result(
        ActionContext(store, BY, at(date(2026, 9, 10))), version_id=version, result=MaterialResult.CHECKED
    )
    reorganised(store)

    assert carries(head_of(store, event, material_documents.MATERIAL, LATER), "令和8年9月10日", OLD)


def test_one_change_may_hold_numbers_and_terms_and_is_listed(tmp_path):
    store = started_year(tmp_path)
    view = programme_services.read_programme(store)

    saved = contract_services.record_contract_change(
        acting(store),
        programme_id=1,
        numbers=[replace(view.kind("派遣"), planned=9)],
        terms=replace(view.programme, payment_period="20日以内"),
        valid_from=FROM,
        reason="契約変更 第1回",
    )

    assert saved.message.startswith("派遣の数、契約の内容を、令和8年10月1日（木）から適用します。")
    assert contract_services.contract_change_words(programme_services.read_programme(store)) == (
        "令和8年10月1日（木）から　契約の内容　理由：契約変更 第1回",
        "令和8年10月1日（木）から　派遣の数　理由：契約変更 第1回",
    )


def test_a_change_of_nothing_is_refused(tmp_path):
    with pytest.raises(UserError, match="変わった数がありません"):
        contract_services.record_contract_change(
            acting(started_year(tmp_path)), programme_id=1, valid_from=FROM, reason="変更"
        )
