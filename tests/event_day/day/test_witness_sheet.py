"""実施確認票 asks for what the contract has seen to: who led each 班, whether the network worked, who watched."""

import pytest

from app.documents.blocks import SignBoxes, Table
from app.documents.services.document_scope import DocumentScope
from app.event_day.day.services import day_documents
from db.records.events import EventResult
from db.rows import rows
from tests.support.sample import BY, NOW, event_id

pytestmark = pytest.mark.sample_year


def sheet(store, kind, number):
    paper = next(one for one in day_documents.DOCUMENTS if one.kind == "実施確認票")
    return paper.build(store, DocumentScope(event_id=event_id(store, kind, number)), NOW)


def lines(content):
    table = next(one for one in content.blocks if isinstance(one, Table) and one.name == "確認")
    return {row[0]: row[1:] for row in table.rows}


def signed(content):
    return dict(next(one for one in content.blocks if isinstance(one, SignBoxes)).boxes)["立会職員（区）"]


def test_who_led_each_group_and_whether_the_network_worked_are_asked_where_the_contract_asks(store):
    led = lines(sheet(store, "意見交換会", 1))["ファシリテーター"]
    assert "4グループに4人" in led[0]
    assert "はい・いいえ" in led[1]
    assert lines(sheet(store, "派遣", 1))["通信環境"][0].startswith("会場になし")
    assert lines(sheet(store, "派遣", 2))["通信環境"][0] == "会場にあり"
    assert not {"ファシリテーター", "通信環境"} & set(lines(sheet(store, "講習会", 2)))


def test_a_number_of_staff_leaves_room_for_their_names_and_a_name_stands_as_one(store):
    assert signed(sheet(store, "講習会", 2)) == "　区民協働担当係　2人　氏名"
    (result,) = rows(store.database, EventResult, event_id=event_id(store, "講習会", 2))
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(EventResult, result.id, witness="見本　花子")
    assert signed(sheet(store, "講習会", 2)) == "　氏名　見本　花子"
