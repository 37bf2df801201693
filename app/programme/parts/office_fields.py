"""The fields of office and contractor, with a live preview of the letterhead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.programme.rules.document_numbers import blank_number, symbol_preview
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label, separator, wrapped_label
from app.widgets.layouts import add, in_column, stack_when_narrow
from app.window import theme as t
from db.records.programme import Contractor, Office

OFFICE_FIELDS = (
    Field("ward", "区市町村名", width=300),
    Field("department", "部", width=300),
    Field("section", "課", width=300),
    Field("unit", "係", width=300, optional=True),
    Field("staff", "担当者", width=300, optional=True, hint="「、」で区切ると何人でも。問合せ先に並びます。"),
    Field("phone", "電話（内線）", width=200, optional=True),
    Field("fax", "FAX", width=200, optional=True),
    Field("email", "メール", width=300, optional=True),
    Field("postal_code", "郵便番号", width=120, optional=True),
    Field("address", "住所", width=340, optional=True),
    Field(
        "document_symbol",
        "文書記号",
        width=140,
        optional=True,
        read_back=symbol_preview,
    ),
    Field(
        "sender",
        "公文書の発信者",
        width=340,
        optional=True,
        hint="空けておくと、課長名で出します。",
    ),
)
CONTRACTOR_FIELDS = (
    Field("name", "受託者", width=300, optional=True, hint="会社・団体の名称。あとからでも入れられます。"),
    Field("representative", "代表者", width=300, optional=True, placeholder="代表取締役　○○ ○○"),
    Field("responsible", "業務責任者", width=300, optional=True, hint="人数や資料、報告書の連絡先になります。"),
    Field("email", "メール", width=300, optional=True),
    Field("phone", "電話", width=200, optional=True),
)
INVOICE_FIELDS = (
    Field("address", "住所", width=340, optional=True),
    Field(
        "registration_number",
        "登録番号",
        width=200,
        optional=True,
        placeholder="T0000000000000",
        hint="適格請求書発行事業者の番号。請求書の点検で見くらべます。",
    ),
    Field(
        "account",
        "振込先の口座",
        width=300,
        optional=True,
        placeholder="○○銀行　本店　普通　0000000",
        hint="口座振替の届出のとおりに入力します。",
    ),
    Field("account_holder", "口座の名義", width=300, optional=True),
)
"""Fields of the contractor that are known only from contract and invoices, not at the first start."""

_LETTER, _BETWEEN = 380, 20
_RIGHT, _LEFT, _MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter


def office_values(office: Office) -> dict[str, Any]:
    """Return the form values of an office."""
    return {field.key: getattr(office, field.key) for field in OFFICE_FIELDS}


def contractor_values(contractor: Contractor) -> dict[str, Any]:
    """Return the form values of a contractor."""
    return {field.key: getattr(contractor, field.key) for field in (*CONTRACTOR_FIELDS, *INVOICE_FIELDS)}


class LetterheadView(QWidget):
    """A preview of head and foot of a 公文書. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        outer = in_column(label("発信する公文書では、このように印字されます", "smallink"), owner=self, spacing=8)
        sheet = QFrame()
        sheet.setObjectName("sheet")
        sheet.setStyleSheet(f"#sheet {{ border: 1px solid {t.STRONG_LINE}; background: {t.PAGE}; }}")
        column = in_column(owner=sheet, spacing=6, margins=(24, 20, 24, 18))
        self.reference = _line(column, _RIGHT)
        self.day = _line(column, _RIGHT)
        self.addressee = _line(column, _LEFT)
        self.addressed_person = _line(column, _LEFT)
        column.addSpacing(4)
        self.sender_line = _line(column, _RIGHT)
        self.seal = _line(column, _RIGHT, small=True)
        column.addSpacing(6)
        self.subject = _line(column, _MIDDLE, bold=True)
        add(column, separator(), 2)
        self.contact = _line(column, _LEFT)
        self.staff = _line(column, _LEFT)
        self.phone = _line(column, _LEFT)
        self.fax = _line(column, _LEFT)
        add(
            outer,
            sheet,
            Paragraph(
                "人数連絡と資料の確認結果は、ふだんは「事務連絡」（係の名前、文書番号なし）で出します。", role="small"
            ),
            None,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_letter(self, office: Office, contractor: Contractor, *, year_words: str) -> None:
        """Draw the letterhead; ``year_words`` is the year as printed (令和8年)."""
        symbol = office.document_symbol
        self.reference.setText(blank_number(symbol) if symbol.strip() else "（文書番号　なし）")
        self.day.setText(f"{year_words}　　月　　日")
        name = contractor.name or "（受託者の名称）"
        person = contractor.representative or "代表者"
        self.addressee.setText(name)
        self.addressed_person.setText(f"　{person}　様")
        self.sender_line.setText(office.sender or f"{office.ward}{office.department}{office.section}長")
        self.seal.setText("（公印省略）")
        self.subject.setText("（件名）")
        self.contact.setText(f"問合せ先　{office.section}　{office.unit}".rstrip("　"))
        self.staff.setText(f"担当　{office.staff}")
        self.staff.setVisible(bool(office.staff.strip()))
        self.phone.setText(f"電話　{office.phone}")
        self.phone.setVisible(bool(office.phone))
        self.fax.setText(f"FAX　{office.fax}")
        self.fax.setVisible(bool(office.fax))

    def words(self) -> str:
        """Return all texts in the preview."""
        parts = (
            *(self.reference, self.day, self.addressee, self.addressed_person, self.sender_line),
            *(self.contact, self.staff, self.phone, self.fax),
        )
        return "\n".join(part.text() for part in parts if not part.isHidden())


class FieldsWithLetter(QWidget):
    """Fields and the letterhead that follows from them, side by side or stacked. Signals: none.

    ``fields`` is the form; ``letterhead`` the preview.
    """

    def __init__(self, fields: QWidget) -> None:
        super().__init__()
        self._fields = fields
        self.letterhead = LetterheadView()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(_BETWEEN)
        add(self._across, (fields, 1), self.letterhead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview beside the fields, or under them if there is no room."""
        super().resizeEvent(event)
        # What just fits is folded: beside each other they hold the page at what they need, and it would never fold.
        narrow = self.width() <= self._fields.minimumSizeHint().width() + _BETWEEN + t.scaled(_LETTER)
        stack_when_narrow(self._across, narrow)
        self.letterhead.setMinimumWidth(0 if narrow else t.scaled(_LETTER))
        self.letterhead.setMaximumWidth(t.NO_LIMIT if narrow else t.scaled(_LETTER))


def _line(column: QVBoxLayout, side: Qt.AlignmentFlag, *, small: bool = False, bold: bool = False) -> QLabel:
    made = wrapped_label("", "small" if small else "strong" if bold else "body")
    made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    column.addWidget(made)
    return made
