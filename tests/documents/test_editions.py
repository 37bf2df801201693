"""A paper that says something else is another 版, of whatever kind; what is taken back names all that left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.documents.document_frame import as_edition
from app.documents.services.document_kind import FINGERPRINT_KEY, document_of, formats_of, read_subject
from app.documents.services.document_saving import log_print, save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document, render_document
from app.documents.services.file_saving import SaveOptions
from app.documents.services.notification import read_outgoing_view
from app.events.headcount import services as headcount
from app.surveys.tally.services.survey_check import read_check
from app.surveys.tally.services.survey_cross import CrossChoice, choose_cross
from app.surveys.tally.services.survey_freezing import freeze_tally, unfreeze_tally
from app.surveys.tally.services.survey_tally import record_counted_by
from db.records.documents import Outgoing, PrintUse
from db.records.events import CountSource, Event, EventResult
from db.records.participants import HEADCOUNT_KEY, ExpectedCount
from db.records.surveys import EventSurvey
from db.records.venues import Booking
from db.rows import row, rows
from tests.support.cancelling import cancel_event
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of, type_sheets

WHO = {"by": BY, "now": NOW}
LATER = {"by": BY, "now": AFTER}
TALLY, CROSS = "アンケート集計表", "クロス集計表"

year = made_by(sample_store)


def _saved(store, scope, kind, folder, *, format="pdf", now=NOW):  # noqa: A002
    path = folder / f"{kind}-{len(list(folder.iterdir()))}.{format}"
    return save_document(
        ActionContext(store, BY, now),
        scope=scope,
        kind=kind,
        format=format,
        options=SaveOptions(path=path, reason="回覧"),
    )


def test_a_corrected_tally_is_another_edition_in_name_and_head(tmp_path):
    store, event = fixed_survey(tmp_path / "data")
    scope = DocumentScope(event_id=event)
    type_sheets(store, event, 15)
    first = build_document(store, scope=scope, kind=TALLY, now=AFTER)
    _saved(store, scope, TALLY, tmp_path, now=AFTER)
    again = build_document(store, scope=scope, kind=TALLY, now=AFTER + timedelta(days=3))
    type_sheets(store, event, 1, first=16)
    corrected = build_document(store, scope=scope, kind=TALLY, now=AFTER)
    _saved(store, scope, TALLY, tmp_path, now=AFTER)
    after = build_document(store, scope=scope, kind=TALLY, now=AFTER)

    assert [one.version for one in (first, again, corrected, after)] == [1, 1, 2, 2]
    assert corrected.file_stem == first.file_stem.replace("第1版", "第2版")
    assert corrected.header_right.endswith("第2版")
    assert [one.version for one in rows(store.database, Outgoing, order="id")] == [1, 2]


def test_what_was_corrected_back_is_a_third_edition_and_a_copy_of_an_old_one_is_none(tmp_path):
    store, event = fixed_survey(tmp_path / "data")
    scope = DocumentScope(event_id=event)
    title = row(store.database, Event, id=event).subject
    for subject in (title, "別の題", title):
        with store.change(action="x", by=BY, now=AFTER) as change:
            change.update(Event, event, subject=subject)
        _saved(store, scope, "区報原稿", tmp_path, now=AFTER)

    assert [one.version for one in rows(store.database, Outgoing, order="id")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("kind", "number"), [("募集チラシ", 6), ("参加申込書", 6), ("起案資料", 7), ("アンケート用紙", 6)]
)
def test_each_kind_of_an_event_is_counted(year, kind, number, tmp_path):
    scope = DocumentScope(event_id=event_id(year, "講習会", number))
    content = build_document(year, scope=scope, kind=kind, now=NOW)
    assert content.counted_version
    assert content.says
    left = max((one.version for one in rows(year.database, Outgoing, document_kind=kind, **_keys(scope))), default=0)
    folder = tmp_path / "out"
    folder.mkdir()
    _saved(year, scope, kind, folder)
    assert build_document(year, scope=scope, kind=kind, now=NOW).version == left + 1
    with year.change(action="x", by=BY, now=NOW) as change:
        event = row(year.database, Event, id=scope.event_id)
        change.update(Event, event.id, subject=f"{event.subject}（続き）")
    assert build_document(year, scope=scope, kind=kind, now=NOW).version == left + 2


def _keys(scope):
    return {"event_id": scope.event_id}


def test_a_paper_of_a_year_says_from_the_second_on_which_edition_it_is(year, tmp_path):
    scope = DocumentScope(fiscal_year=2026)
    kind = "アンケート中間集計"
    first = build_document(year, scope=scope, kind=kind, now=NOW)
    folder = tmp_path / "out"
    folder.mkdir()
    _saved(year, scope, kind, folder)
    with year.change(action="x", by=BY, now=NOW) as change:
        for event in rows(year.database, Event):
            change.update(Event, event.id, subject=f"{event.subject}（続き）")
    second = build_document(year, scope=scope, kind=kind, now=NOW)

    assert (first.version, second.version) == (1, 2)
    assert second.header_right == f"{first.header_right}　第2版"
    assert second.file_stem == f"{first.file_stem}-第2版"


def test_the_card_of_a_cancelled_event_is_the_same_edition_at_every_making(year, tmp_path):
    event = event_id(year, "講習会", 6)
    scope = DocumentScope(event_id=event)
    cancel_event(year, event_id=event, reason="会場が使えなくなったため", **WHO)
    made = []
    for _ in range(3):
        drawn = render_document(year, scope=scope, kind="席札", format="pdf", now=NOW)
        log_print(acting(year), scope=scope, kind="席札", copies=1, pages=drawn.pages, rendered=drawn)
        made.append(drawn.content.version)

    assert len(set(made)) == 1
    assert drawn.content.state_mark


def test_an_edition_changes_its_own_number_and_no_words_of_others(year):
    content = build_document(year, event_id=event_id(year, "講習会", 6), kind="受付名簿", now=NOW)
    named = replace(content, header_left="「手引き第1版」を読む会")

    assert as_edition(named, 2).header_left == "「手引き第1版」を読む会"


def test_opening_a_fixed_tally_again_takes_back_all_that_left(tmp_path):
    store, event = fixed_survey(tmp_path / "data")
    scope = DocumentScope(event_id=event)
    type_sheets(store, event, 30)
    survey = survey_of(store, event)
    assert read_check(store, event_id=event).questions_without_counts
    freeze_tally(ActionContext(store, BY, AFTER), survey_id=survey.id, uncompared="届いていない")
    choice = CrossChoice(row="satisfaction", column="position", percent_base="row")
    choose_cross(ActionContext(store, **LATER), event_id=event, choice=choice, on=True)
    for kind, form in ((TALLY, "pdf"), (TALLY, "xlsx"), (CROSS, "pdf")):
        _saved(store, scope, kind, tmp_path, format=form, now=AFTER)
    drawn = render_document(store, scope=scope, kind=TALLY, format="pdf", now=AFTER)
    log_print(
        ActionContext(store, BY, AFTER), scope=scope, kind=TALLY, copies=1, pages=1, rendered=drawn, use=PrintUse.COPY
    )

    said = unfreeze_tally(ActionContext(store, BY, AFTER), survey_id=survey.id, reason="1枚見つかった").message

    logged = rows(store.database, Outgoing, order="id")
    gone = {one.withdraws for one in logged if one.way == "取消"}
    assert gone == {one.id for one in logged if one.way != "取消" and one.print_use != "控え用"}
    assert "出したもの3件" in said
    assert f"{TALLY}（10/1 PDF、10/1 Excel）" in said
    assert CROSS in said
    assert row(store.database, EventSurvey, id=survey.id).frozen_at is None


def test_a_corrected_tally_does_not_say_that_the_contractor_counted_it(tmp_path):
    store, event = fixed_survey(tmp_path / "data")
    scope = DocumentScope(event_id=event)
    type_sheets(store, event, 15)
    survey = survey_of(store, event)
    record_counted_by(ActionContext(store, **LATER), survey_id=survey.id, who="受託者", on=AFTER.date())
    freeze_tally(ActionContext(store, **LATER), survey_id=survey.id, uncompared="届いていない")
    before = said_by(build_document(store, scope=scope, kind=TALLY, now=AFTER))
    unfreeze_tally(ActionContext(store, **LATER), survey_id=survey.id, reason="1枚見つかった")
    type_sheets(store, event, 1, first=16)
    freeze_tally(ActionContext(store, **LATER), survey_id=survey.id, uncompared="届いていない")
    after = said_by(build_document(store, scope=scope, kind=TALLY, now=AFTER))

    assert "確定後に区が訂正" not in before
    assert "受託者（令和8年10月1日）、確定後に区が訂正" in after
    assert "集計　受託者（R8.10.1）、確定後に区が訂正" in after


@pytest.mark.parametrize("kind", ["会長あて案内文", "支部長あて依頼文"])
def test_one_letter_to_everybody_is_another_edition_once_it_says_something_else(year, kind, tmp_path):
    event = event_id(year, "講習会", 7)
    scope = DocumentScope(event_id=event)
    folder = tmp_path / "out"
    folder.mkdir()
    first = build_document(year, scope=scope, kind=kind, now=NOW).version
    _saved(year, scope, kind, folder)
    left = max(one.version for one in rows(year.database, Outgoing, document_kind=kind, event_id=event))
    assert build_document(year, scope=scope, kind=kind, now=NOW + timedelta(days=3)).version == left >= first
    with year.change(action="x", by=BY, now=NOW) as change:
        change.update(Event, event, subject="別の題の講習会")
    changed = build_document(year, scope=scope, kind=kind, now=NOW)
    assert changed.version == left + 1
    assert f"第{left + 1}版" in changed.file_stem


REPORT, CHECK, RESULT = "実施報告書", "実施報告書確認票", "資料確認結果通知"
HEADCOUNT, MORE_PEOPLE = "参加人数連絡書", "参加人数変更連絡書"
OF_RECORDS = (
    (REPORT, 2), (CHECK, 2), (RESULT, 2), (HEADCOUNT, 2), (MORE_PEOPLE, 2), ("会場使用・減免申請書", 2),
    ("報告書の受領の通知", 2), ("実施報告書の数字（様式）", 2), ("参加者決定の記録", 6),
)  # fmt: skip
"""Papers of a numbered record, each with the number of a 講習会 of the sample that has one."""


def _version(store, scope, kind):
    return build_document(store, scope=scope, kind=kind, now=NOW + timedelta(days=1)).version


def _as_before_the_number_was_kept(store):
    """Make the rows of the log those of a folder from before they kept the number of the record."""
    with store.change(action="x", by=BY, now=NOW) as change:
        for one in rows(store.database, Outgoing):
            detail = {key: words for key, words in one.detail.items() if key != FINGERPRINT_KEY}
            change.update(Outgoing, one.id, ordinal=0, detail=detail)


def _statuses(store, event):
    return [(one.key, one.status) for one in read_outgoing_view(store, event_id=event).lines]


def test_a_paper_of_a_record_is_another_edition_once_it_says_something_else(year, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    about = [(kind, DocumentScope(event_id=event_id(year, "講習会", number))) for kind, number in OF_RECORDS]
    given = {kind: _version(year, scope, kind) for kind, scope in about}
    assert set(given.values()) == {1, 2}, "the 変更連絡 is the second notice"
    for kind, scope in about:
        _saved(year, scope, kind, folder, format=formats_of(kind)[0])
    same = {kind: _version(year, scope, kind) for kind, scope in about}
    with year.change(action="x", by=BY, now=NOW) as change:
        for _, scope in about:
            change.update(Event, scope.event_id, subject="別の題の講習会")
        for room in rows(year.database, Booking):
            change.update(Booking, room.id, room="別の部屋")
    changed = {kind: _version(year, scope, kind) for kind, scope in about}

    assert same == given
    assert changed == {kind: version + 1 for kind, version in given.items()}
    logged = rows(year.database, Outgoing, order="-id", limit=len(about))
    assert {one.document_kind: (one.version, one.ordinal) for one in logged} == {
        kind: (version, version) for kind, version in given.items()
    }


def test_a_report_with_other_numbers_is_the_second_edition_and_says_so(year, tmp_path):
    event = event_id(year, "講習会", 5)
    scope = DocumentScope(event_id=event)
    folder = tmp_path / "out"
    folder.mkdir()
    _saved(year, scope, REPORT, folder)
    result = row(year.database, EventResult, event_id=event)
    with year.change(action="出席を訂正", by=BY, now=NOW) as change:
        change.update(EventResult, result.id, attended=3, source="入力")
    again = build_document(year, scope=scope, kind=REPORT, now=NOW)

    assert (again.version, again.ordinal) == (2, 1)
    assert again.file_stem.endswith("-実施報告書-第2版")
    assert again.header_right == "第2版"
    _saved(year, scope, REPORT, folder)
    words = document_of(scope, REPORT).state_words(year, read_subject(year, scope), NOW.date())
    assert words.startswith("第2版")


def test_nothing_that_left_before_the_number_was_kept_is_another_paper_by_that_alone(year, tmp_path):
    """What was told stays told, a notice that was made waits, and the next notice is the next 版."""
    event = event_id(year, "講習会", 2)
    scope = DocumentScope(event_id=event)
    folder = tmp_path / "out"
    folder.mkdir()
    expected = [ExpectedCount(event_id=event, position=0, organisation_name="みほん一町会", people=5)]
    headcount.set_count_source(acting(year), event_id=event, source=CountSource.TYPED)
    headcount.set_expected_counts(acting(year), event_id=event, rows=expected)
    headcount.make_headcount_notice(acting(year), event_id=event, reason="追加")
    kinds = [kind for kind, number in OF_RECORDS if number == 2]
    for kind in kinds:
        _saved(year, scope, kind, folder, format=formats_of(kind)[0])
    given = {kind: _version(year, scope, kind) for kind in kinds}
    told = _statuses(year, event)
    assert (HEADCOUNT_KEY, "未通知") in told

    _as_before_the_number_was_kept(year)
    assert {kind: _version(year, scope, kind) for kind in kinds} == given
    assert _statuses(year, event) == told

    with year.change(action="x", by=BY, now=NOW) as change:
        change.update(Event, event, subject="別の題の講習会")
    _saved(year, scope, MORE_PEOPLE, folder)
    with year.change(action="x", by=BY, now=NOW) as change:
        change.update(Event, event, subject="また別の題の講習会")
    _saved(year, scope, MORE_PEOPLE, folder)
    newest = rows(year.database, Outgoing, order="-id", limit=1)[0]
    assert (newest.version, newest.ordinal) == (given[MORE_PEOPLE] + 1, given[MORE_PEOPLE])
    assert _statuses(year, event) == told
    waiting = (one.matter_status for one in read_outgoing_view(year, event_id=event).lines if one.status == "未通知")
    made = {one.matter.key: one.outgoing.id for one in waiting if one.outgoing is not None}
    assert made[HEADCOUNT_KEY] == newest.id, "the notice of that number waits as it left last, whichever 版"
