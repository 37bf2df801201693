"""Two addresses are one only if every sign is the same."""

from datetime import date

from app.common.contacts import contacts_in_force, phone_digits, same_contact
from db.records.organisations import Contact, ContactKind
from db.redactions import REDACTED


def test_an_address_is_another_by_any_of_its_signs():
    same = [
        ("住所", "〒176-0001 練馬区見本1－2", "176-0001練馬区見本1-2"), ("住所", "見本ビル Ｂ１", "見本ビルB1"),
        ("電話", "+81-90-0000-0001", "090（0000）0001"), ("電話", "O3-0000-O001", "03-0000-0001"),
        ("FAX", "3-0000-0001", "03-0000-0001"),
        ("メール", "ＡＢ@example.jp", "ab@Example.jp"),
    ]  # fmt: skip
    other = [
        ("住所", "見本1-11", "見本11-1"), ("住所", "見本一丁目2", "見本二丁目2"), ("住所", "見本3 4", "見本34"),
        ("メール", "a.b@example.jp", "ab@example.jp"), ("電話", "03-0000-0001", "03-0000-0001・090-0000-0002"),
    ]  # fmt: skip
    assert all(same_contact(ContactKind(kind), one, two) for kind, one, two in same)
    assert not any(same_contact(ContactKind(kind), one, two) for kind, one, two in other)


def test_contacts_in_force_are_neither_ended_nor_erased_nor_past_their_day_and_the_one_to_use_stands_first():
    day, kind = date(2026, 10, 1), ContactKind.PHONE
    known = [
        Contact(id=1, value="1", purpose="団体への連絡"), Contact(id=2, value="2"), Contact(id=3, value="3"),
        Contact(id=4, value="4", ended_on=day), Contact(id=5, value=f"{REDACTED}4f2a"),
        Contact(id=6, value="6", kind=ContactKind.FAX), Contact(id=7, value="7", dispose_on=date(2026, 9, 30)),
        Contact(id=8, value="8", dispose_on=day),
    ]  # fmt: skip
    assert [one.id for one in contacts_in_force(known, kind, day=day)] == [8, 3, 2, 1]
    assert [one.id for one in contacts_in_force(known, kind, "連絡")] == [1, 8, 7, 3, 2]


def test_a_number_is_read_with_the_nought_that_it_lost():
    typed = ["+81-3-0000-0001", "(+81)90-0000-0001", "81-0000-0001", "3-0000-0001", "090-0000-0001", "O3-0000-O001"]
    assert [phone_digits(one) for one in typed] == [
        "0300000001", "09000000001", "08100000001", "0300000001", "09000000001", "0300000001",
    ]  # fmt: skip
