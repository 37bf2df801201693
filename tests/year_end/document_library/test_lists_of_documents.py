"""The documents of events in one list: where every row stands and what it says, on days before and after the event,
told and untold, changed since and not held; and which row is meant by a key or a kind."""

from datetime import date
from types import SimpleNamespace

from app.documents.rules import REPLACEMENT
from app.documents.services.document_library import read_library
from app.documents.services.notification import read_outgoing_view
from app.year_end.document_library.services import OutgoingRow, list_documents, read_event_documents
from db.query_cache import caching
from db.records.events import Event
from tests.support.paper_lines import assert_paper, came
from tests.support.sample import BY, NOW, back_to_draft, event_id, sample_store
from tests.support.stores import made_by

year = made_by(sample_store)


def listed(store, event, day):
    with caching(store.database):
        library = read_library(store, event_id=event, today=day)
        found = list_documents(library, read_outgoing_view(store, event_id=event), day)
    lines = []
    for one in found:
        told = one.outgoing
        marks = [
            name
            for name, is_so in (
                ("済", one.is_told), ("待", one.waits), ("未作成", told is not None and told.is_unmade),
                ("問う", told is not None and told.is_asked),
                ("差替え", told is not None and told.replacement is not None),
            )
            if is_so
        ]  # fmt: skip
        sent = f"記録{told.row.id} {told.party}" if told is not None and told.row is not None else ""
        lines.append(f"{one.group}｜{one.kind}｜{one.words}｜{one.status or ''}｜{'・'.join(marks)}｜{sent}")
    return lines


def test_every_list_of_the_year(year):
    for kind, ordinal in (("講習会", 5), ("講習会", 6), ("派遣", 2), ("派遣", 3), ("意見交換会", 2), ("講習会", 8)):
        event = event_id(year, kind, ordinal)
        before = listed(year, event, NOW.date())
        assert_paper(before, f"{kind}{ordinal}")
        assert_paper(came(before, listed(year, event, date(2027, 3, 20))), f"{kind}{ordinal}　年度の終わり")


def test_what_changed_since_it_left_waits_until_the_event_is_over(year):
    event = event_id(year, "講習会", 6)
    before = listed(year, event, NOW.date())
    with year.change(action="会場を変えた", by=BY, now=NOW, event_id=event) as change:
        change.update(Event, event, venue="べつの会館", start_time="13:00")
    changed = listed(year, event, NOW.date())
    assert_paper(came(before, changed), "会場が変わった")
    for day in (date(2026, 12, 8), date(2026, 12, 9)):
        assert_paper(came(changed, listed(year, event, day)), f"会場が変わった　{day}")
    back_to_draft(year, event)
    assert_paper(came(changed, listed(year, event, NOW.date())), "案に戻した")


def test_the_row_that_is_meant_by_key_matter_or_kind(year):
    said = []
    for event in (event_id(year, "講習会", 5), event_id(year, "派遣", 3), event_id(year, "講習会", 8)):

        def chosen(event=event, **asked):
            return read_event_documents(year, event_id=event, now=NOW, **asked)

        known = chosen().rows
        for one in known:
            found = chosen(kind=one.kind)
            assert (found.chosen.kind, found.page is None) == (one.kind, one.document is None)
            said += [f"{one.kind}　{one.key} → {found.chosen.key}"] if found.chosen.key != one.key else []
            said += [f"{one.kind}　記録 {'・'.join(str(row.id) for row in found.log)}"] if found.log else []
        told = [one for one in known if one.outgoing is not None]
        assert [chosen(key=one.key).chosen for one in told] == told
        for asked in (
            {}, {"kind": "なし"}, {"key": ("x", 0, "")}, {"kind": told[-1].kind, "key": (told[-1].key[0], 99,
            "未通知")},
            {"kind": "名簿"}, {"kind": "封筒の宛名"}, {"kind": "アンケート用紙（拡大版）"}, {"kind": "会議の記録"},
        ):  # fmt: skip
            found = chosen(**asked)
            said.append(f"{asked} → {found.chosen.kind}　{found.chosen.key}　{found.page.kind if found.page else ''}")
    assert_paper(said, "選ばれた行")


def test_a_replacement_is_the_one_that_waits_else_the_one_that_was_sent():
    sent, letter = SimpleNamespace(detail={REPLACEMENT: "1通"}), SimpleNamespace(detail={})

    def found(waiting, row):
        line = SimpleNamespace(matter_status=SimpleNamespace(replacement=waiting))
        return OutgoingRow(line=line, row=row, today=NOW.date()).replacement

    assert [found(*one) for one in ((None, sent), ("待つ", sent), ("待つ", None), (None, letter), (None, None))] == [
        sent,
        "待つ",
        "待つ",
        None,
        None,
    ]
