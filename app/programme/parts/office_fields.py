"""The fields of who we are and of the contractor: the same at the first start and in the settings."""

from __future__ import annotations

from typing import Any

from app.widgets.form_fields import Field
from db.records.programme import Contractor, Office

OFFICE_FIELDS = (
    Field(key="ward", label="区市町村名", width=300),
    Field(key="department", label="部", width=300),
    Field(key="section", label="課", width=300),
    Field(key="unit", label="係", width=300, optional=True),
    Field(key="staff", label="担当者", width=300, optional=True, hint="「、」で区切ると何人でも。問合せ先に並びます。"),
    Field(key="phone", label="電話（内線）", width=200, optional=True),
    Field(key="fax", label="FAX", width=200, optional=True),
    Field(key="email", label="メール", width=300, optional=True),
    Field(key="postal_code", label="郵便番号", width=120, optional=True),
    Field(key="address", label="住所", width=340, optional=True),
    Field(
        key="document_symbol",
        label="文書記号",
        width=140,
        optional=True,
        hint="決裁後に文書管理システムで付いた番号を入れる欄の頭に使います。",
    ),
    Field(
        key="sender",
        label="公文書の発信者",
        width=340,
        optional=True,
        hint="空けておくと、課長名で出します。",
    ),
)
CONTRACTOR_FIELDS = (
    Field(key="name", label="受託者", width=300, optional=True, hint="会社・団体の名称。あとからでも入れられます。"),
    Field(key="representative", label="代表者", width=300, optional=True, placeholder="代表取締役　○○ ○○"),
    Field(
        key="responsible", label="業務責任者", width=300, optional=True, hint="人数や資料、報告書の連絡先になります。"
    ),
    Field(key="email", label="メール", width=300, optional=True),
    Field(key="phone", label="電話", width=200, optional=True),
)


def office_values(office: Office) -> dict[str, Any]:
    """The form's values of an office."""
    return {field.key: getattr(office, field.key) for field in OFFICE_FIELDS}


def contractor_values(contractor: Contractor) -> dict[str, Any]:
    """The form's values of a contractor."""
    return {field.key: getattr(contractor, field.key) for field in CONTRACTOR_FIELDS}
