"""The settings of a year as clerks change them: what each act says, refuses and leaves, and what holds on which day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.programme import services as programme
from app.programme.intake import preset
from db.records.applications import ColumnMap, ImportTarget
from db.records.dispatches import DispatchRequest
from db.records.documents import Outgoing, OutgoingWay
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import ClosedDay, Contractor, DocumentSetting, EventKind, Office
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.records.year.practices import OwedPaper, RecordGroup, Requirement, RetentionRow, RetentionStart
from db.rows import rows
from tests.support.paper_lines import assert_paper
from tests.support.stores import new_store
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, TODAY, acting, add_dispatch, add_lecture, at

YEAR = preset()
LECTURE, VISIT, EXCHANGE = YEAR.kinds
FROM = date(2026, 10, 1)


class Story:
    """A started year, and what the acts on its settings say."""

    def __init__(self, store):
        self.store, self.lines = store, []

    def do(self, act, on=TODAY, **given):
        try:
            result = act(acting(self.store, on), **given)
        except UserError as error:
            self.lines.append(f"×{error}")
            return None
        self.lines.append(f"→{result.message}")
        return result.id

    def put(self, *made):
        with self.store.change(action="用意", by=BY, now=NOW) as change:
            return [change.insert(one) for one in made]

    def year(self, on=None):
        return programme.read_programme(self.store, on=on)

    def kinds(self, on=None):
        return [
            f"{one.position} {one.kind}　{one.name}　{one.sign}　{one.planned}{one.planned_unit}　{one.valid_from}"
            f"　{one.reason}　{one.number}"
            for one in self.year(on).kinds
        ]


@pytest.fixture
def story(store):
    return Story(store)


def test_a_year_is_refused_by_what_its_contract_cannot_say(story):
    given = replace(YEAR.programme, fiscal_year=2027)
    sentence = Requirement(item="接続数", text="", clause="", compare="")
    kept = RetentionRow(records=RecordGroup.ACCESSES, months=12)
    for wrong in (
        {"fiscal_year": 2026}, {"proposal_period": "そのうち"}, {"term_begins": "そのうち"}, {"amount": -1},
        {"tax": 1},
        {"tax_rate": 101}, {"tax_rate": -1}, {"amount": 1, "tax": 2}, {"amount": 1, "tax": -1},
        {"requirements": (replace(sentence, item=" "),)}, {"requirements": (sentence, sentence)},
        {"owed": (OwedPaper(paper="実施報告書", when="契約の終わりまで"),)},
        {"owed": (OwedPaper(paper="届", when="そのうち"),)},
        {"retention": (replace(kept, months=11),)}, {"retention": (replace(kept, start=RetentionStart.TERM_END),)},
        {"retention": (kept, kept)},
    ):  # fmt: skip
        story.do(programme.start_programme, programme=replace(given, **wrong), numbers=YEAR.kinds, office=YEAR.office)
    many = [replace(LECTURE, kind=f"種{one}", name=f"種{one}", title=f"種{one}", sign=one) for one in "abcdefghi"]
    for kinds in (
        many, (replace(LECTURE, name="合計"),), (replace(LECTURE, sign="・"),),
        (replace(LECTURE, planned_unit="団体"),),
        (LECTURE, replace(VISIT, sign="講")), (replace(LECTURE, material_period="あと"),),
        (replace(LECTURE, window_end=LECTURE.window_start - timedelta(days=1)),), (replace(LECTURE, people_max=9),),
    ):  # fmt: skip
        story.do(programme.start_programme, programme=given, numbers=kinds, office=YEAR.office)
    fine = replace(
        given,
        amount=0,
        tax=0,
        tax_rate=0,
        retention=(kept,),
        requirements=(sentence, replace(sentence, compare="x")),
        owed=(OwedPaper(paper="接続数", when="契約の終わりまで"),),
        closed_on=TODAY,
        closed_reason="前の年度",
    )
    single = replace(LECTURE, id=5, window_end=LECTURE.window_start, people_max=10, valid_from=TODAY, reason="前")
    setting = DocumentSetting(programme_id=9, document_kind="決定通知", valid_from=TODAY, reason="前")
    started = story.do(
        programme.start_programme,
        programme=fine,
        numbers=(single, *many[:7]),
        office=YEAR.office,
        document_settings=[setting],
    )
    view = programme.read_programme(story.store, fiscal_year=2027)
    story.lines += [f"{view.programme.id == started} {view.programme.closed_on} {view.programme.closed_reason}"]
    story.lines += [f"{one.kind} {one.programme_id == started} {one.valid_from} {one.reason}" for one in view.kinds]
    story.lines += [f"{one.document_kind} {one.valid_from}{one.reason}" for one in view.document_settings]
    story.lines += [str([one.fiscal_year for one in programme.programmes(story.store)])]
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 4, 1), date(2028, 4, 1)):
        story.lines.append(f"{day} {programme.year_to_show(story.store, today=day).fiscal_year}")
    with pytest.raises(UserError) as refused:
        programme.find_programme(story.store, started, 2026)
    assert_paper([*story.lines, str(refused.value)], "年度を始める")


def test_a_folder_without_a_year_says_where_one_is_started(tmp_path):
    empty = new_store(tmp_path)
    for read in (programme.find_programme, programme.read_programme):
        with pytest.raises(
            UserError, match=r"^年度がまだ始まっていません。.*はじめの設定で、年度と契約条件を決めてください。$"
        ):
            read(empty)
    assert programme.programmes(empty) == ()


def test_kinds_are_added_named_ordered_and_taken_out(story):
    year = story.year().programme.id
    new = replace(LECTURE, programme_id=year, kind="", name="相談会", title="個別相談会", sign="相")
    for wrong in ({"title": " "}, {"name": ""}, {"sign": ""}, {"sign": "講"}, {"people_max": 1}):
        story.do(programme.add_kind, kind=replace(new, **wrong))
    story.do(programme.add_kind, kind=new)
    story.lines += story.kinds()
    lecture = story.year().kind("講習会")
    event, late = add_lecture(story.store), add_lecture(story.store, date(2026, 10, 20))
    for more in (
        {"name": "相談会"}, {"reason": " ", "valid_from": FROM}, {"reason": "変更", "valid_from": date(2027, 4, 1)},
        {"reason": " 変更 ", "valid_from": FROM}, {"reason": "変更", "valid_from": FROM},
    ):  # fmt: skip
        kind = replace(lecture, name=more.pop("name", "講座"))
        story.do(programme.describe_kind, kind=kind, **more)
    story.do(programme.describe_kind, kind=replace(lecture, sign="座"))
    story.lines += [*story.kinds(TODAY), *story.kinds()]
    named = {one.id: one.kind_words for one in rows(story.store.database, Event)}
    story.lines += [f"{named[event]}　{named[late]}"]
    story.do(programme.change_numbers, numbers=replace(lecture, report_period="x"))
    story.do(programme.change_numbers, numbers=replace(lecture, planned=8), shown=lecture)
    story.do(programme.change_numbers, numbers=replace(lecture, id=99))
    story.do(programme.order_kinds, programme_id=year, kinds=["相談会", "意見交換会", "講習会"])
    story.lines += story.kinds()
    plan = story.put(SchedulePlan(programme_id=year, ordinal=1, name="", made_on=TODAY, made_by=BY))[0]
    story.put(ScheduleCandidate(plan_id=plan, position=0, kind="意見交換会"))
    place = story.put(Organisation(name="みほん会"))[0]
    story.put(DispatchRequest(programme_id=year, organisation_id=place, received_on=TODAY))
    for kind in ("なし", "講習会", "意見交換会", "派遣", "相談会"):
        story.do(programme.remove_kind, programme_id=year, kind=kind)
    with story.store.change(action="片付け", by=BY, now=NOW) as change:
        for table in (ScheduleCandidate, DispatchRequest):
            for one in rows(story.store.database, table):
                change.delete(table, one.id)
    for kind in ("派遣", "意見交換会"):
        story.do(programme.remove_kind, programme_id=year, kind=kind)
    assert_paper([*story.lines, *story.kinds()], "種類")


def test_the_last_kind_of_a_year_stays(story):
    year = story.year().programme.id
    for kind in ("派遣", "意見交換会", "講習会"):
        story.do(programme.remove_kind, programme_id=year, kind=kind)
    assert_paper([*story.lines, *story.kinds()], "最後の種類")


def test_a_change_of_the_contract_is_checked_and_holds_from_its_day(story):
    view = story.year()
    year, lecture = view.programme.id, view.kind("講習会")
    given = {"programme_id": year, "valid_from": FROM, "reason": "増", "number": "第1号"}

    def rows_of(**more):
        try:
            found = programme.contract_change_rows(story.store, **given | more)
        except UserError as error:
            story.lines.append(f"×{error}")
            return ()
        story.lines += [type(one).__name__ + "　" + "　".join(view_lines(one, "questions")) for one in found]
        return found

    for wrong in ({"reason": " "}, {"valid_from": date(2026, 3, 31)}, {"numbers": [replace(lecture, people_max=1)]}):
        rows_of(**{"numbers": [replace(lecture, planned=9)]} | wrong)
    terms = replace(view.programme, term_end=date(2027, 2, 26), amount=1_100)
    made = rows_of(numbers=[replace(lecture, planned=9)], terms=terms, reason=None)
    rows_of(terms=replace(view.programme, proposal_period="x"))
    later = view.with_change(made, FROM)
    story.lines += [f"{later.programme.term_end} {later.programme.amount} {later.kind('講習会').planned}"]
    story.lines += [str(view.with_change(made, FROM - timedelta(days=1)).programme == view.programme)]
    story.put(*made)
    rows_of(numbers=[lecture])
    rows_of(terms=terms)
    for day in (FROM - timedelta(days=1), FROM, None):
        held = story.year().with_numbers_of(day)
        agreed = story.year().as_last_agreed(day)
        story.lines.append(
            f"{day} {held.kind('講習会').planned} {agreed.kind('講習会').planned} {agreed.programme.amount}"
        )
    with_change = story.year(FROM).programme
    story.do(
        programme.change_programme, on=FROM, programme=replace(with_change, term_end=date(2027, 3, 1), title="件名")
    )
    story.do(programme.change_programme, programme=replace(story.year(TODAY).programme, amount=2_200, tax=100))
    story.do(programme.change_programme, programme=replace(story.year(TODAY).programme, amount=3_300))
    story.do(programme.change_programme, programme=replace(story.year(TODAY).programme, term_begins="契約締結の日"))
    for day in (TODAY, FROM):
        held = story.year(day).programme
        story.lines.append(f"{day} {held.title} {held.term_end} {held.amount} {held.tax} {held.term_begins}")
    story.lines += [
        f"{one.fiscal_year} {one.term_end} {one.amount}" for one in programme.agreed_years(story.store.database)
    ]
    assert_paper(story.lines, "契約変更")


def test_names_hold_from_their_day(story):
    setting = DocumentSetting(programme_id=0, document_kind="決定通知", addressee="会長 様")
    office = story.year().office
    for act, given in (
        (programme.set_office, {"office": replace(office, staff="見本 一")}),
        (programme.set_office, {"office": replace(office, staff="見本 二"), "valid_from": FROM, "reason": " 異動 "}),
        (programme.set_office, {"office": office, "valid_from": FROM, "reason": "異動"}),
        (programme.set_office, {"office": office, "valid_from": date(2026, 3, 31), "reason": "異動"}),
        (programme.set_office, {"office": office, "valid_from": TODAY, "reason": ""}),
        (programme.set_contractor, {"contractor": Contractor(name="べつの会社")}),
        (programme.set_document_setting, {"setting": setting}),
        (programme.set_document_setting, {"setting": replace(setting, addressee="各位")}),
        (programme.set_document_setting, {"setting": setting, "valid_from": FROM, "reason": "変更"}),
    ):  # fmt: skip
        story.do(act, **given)
    event = add_lecture(story.store, FROM)
    for day in (TODAY, FROM, None):
        found = story.year(TODAY).with_names_of(day)
        own = programme.setting_of_event(story.store.database, event, "決定通知", on=day)
        said = (found.office.staff, found.contractor.name, found.setting_of("決定通知").addressee, own.addressee)
        story.lines.append(f"{day} {'　'.join(said)}")
    story.lines += [str(story.year().setting_of("なし"))]
    story.lines += [str(programme.setting_of_event(story.store.database, 0, "決定通知", on=None))]
    plain = programme.read_programme(story.store, with_names=False)
    assert (plain.office, plain.contractor, plain.document_settings) == (Office(), Contractor(), ())
    assert_paper(story.lines, "名前")


def test_a_year_answers_what_its_kinds_are(story):
    view = story.year()
    assert view.find_kind("なし") is None
    with pytest.raises(LookupError):
        view.kind("なし")
    without = replace(view, kinds=(view.kind("意見交換会"),), programme=replace(view.programme, clause_proposal=""))
    with pytest.raises(UserError) as refused:
        without.numbers_of_form(EventForm.VISIT)
    said = [str(refused.value), *(view.clause(one) for one in ("clause_payment", "clause_report", "特22"))]
    said += [programme.contract_items(one) for one in (view, without)]
    said += ["・".join(one.records for one in each.kept_rows) for each in (view, without)]
    said += [view.numbers_of_form(form).kind for form in EventForm]
    said += ["・".join(one.kind for one in view.surveyed_kinds)]
    database = story.store.database
    with story.store.change(action="呼び方", by=BY, now=NOW) as change:
        change.update(EventKind, view.kind("派遣").id, name="訪問支援", name_in_text="訪問による支援")
    said += [programme.visit_words(database, "派遣の希望票", one) for one in (None, view.programme.id, 99)]
    said += [programme.visit_words(database, "募集")]
    exchange = Event(kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会", kind_name="意見交換会")
    for one in (exchange, replace(exchange, subject="防災"), replace(exchange, form=EventForm.LECTURE)):
        named = programme.with_kind_name(one, "語る会")
        said.append(f"{named.kind_name} {named.subject}")
    assert_paper(said, "年度の種類")


def test_a_closed_day_is_added_once_and_taken_out(story):
    story.do(programme.add_closed_day, day=date(2026, 9, 21), reason="休館")
    added = story.do(programme.add_closed_day, day=date(2026, 9, 24), reason="停電")
    story.do(programme.add_closed_day, day=date(2026, 9, 24), reason="停電")
    story.lines.append(str(programme.office_calendar(story.store).closed_reason(date(2026, 9, 24))))
    story.lines.append(str(story.year().calendar.closed_reason(date(2026, 9, 24))))
    story.do(programme.remove_closed_day, closed_day_id=added)
    story.do(programme.remove_closed_day, closed_day_id=added)
    assert rows(story.store.database, ClosedDay) == []
    assert_paper(story.lines, "閉庁日")


@pytest.mark.parametrize(
    ("set_on", "typed", "ends"),
    [
        (date(2026, 5, 1), "2027-06-30", "2027-06-30"), (date(2026, 5, 1), "2027-07-01", "2027-07-01"),
        (date(2026, 5, 1), "2026-07-01", "2026-07-01"), (date(2026, 5, 1), "2026-06-30", "2027-04-30"),
        (date(2027, 5, 1), "2027-06-30", "2027-06-30"), (date(2027, 5, 1), "2028-06-30", "2027-04-30"),
        (date(2026, 5, 1), "2028-06-30", "2028-06-30"), (date(2026, 5, 1), "", "2027-04-30"),
    ],
)  # fmt: skip
def test_a_set_day_of_contacts_concerns_its_year(story, set_on, typed, ends):
    story.put(
        ColumnMap(
            target=ImportTarget.APPLICATIONS,
            source_key=programme.CONTACTS_SETTING,
            columns={"dispose_on": typed},
            remembered_at=at(set_on),
        )
    )
    year = story.year().programme
    assert programme.applicant_retention_end(story.store.database, year) == date.fromisoformat(ends)
    assert programme.organisation_contacts_end(story.store.database, 2026) == date(2027, 4, 30)


def test_documents_that_promised_a_day_are_those_of_the_year(story):
    year = story.year().programme.id
    event, place = add_dispatch(story.store), story.put(Organisation(name="みほん会"))[0]
    given = {
        "document_kind": "派遣不採択通知",
        "way": OutgoingWay.PLAIN,
        "format": "pdf",
        "by": BY,
        "reference": "",
        "version": 1,
    }

    def promised(**more):
        (made,) = story.put(Outgoing(**{"at": NOW, **given, **more}))
        found = programme.documents_with_promise(story.store, programme_id=year)
        with story.store.change(action="片付け", by=BY, now=NOW) as change:
            change.delete(Outgoing, made)
        return found

    letter = ("派遣不採択通知",)
    cases = [
        ({"programme_id": year}, letter), ({"event_id": event}, letter), ({"organisation_id": place}, letter), ({},
            ()),
        ({"organisation_id": place, "at": at(date(2026, 4, 1))}, letter),
        ({"organisation_id": place, "at": at(date(2026, 3, 31))}, ()),
        ({"programme_id": year, "way": OutgoingWay.WITHDRAWAL}, ()),
        ({"programme_id": year, "document_kind": "決定通知"}, ()),
        ({"programme_id": year, "document_kind": "参加申込書"}, ("参加申込書",)),
    ]  # fmt: skip
    assert [promised(**given) for given, _found in cases] == [found for _given, found in cases]
