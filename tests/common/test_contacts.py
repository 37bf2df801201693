"""Two addresses are one only if every sign is the same."""

from app.common.contacts import same_contact
from db.records.organisations import ContactKind


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
