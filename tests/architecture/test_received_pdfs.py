"""A PDF of others is opened by the child process alone: Qt shows our own papers, pikepdf joins and locks them."""

import ast

QT_PDF = {"app/widgets/pdf/page_source.py"}
PDFIUM = {"app/foreign_files/children/pdf_child.py"}
PIKEPDF = {
    "app/foreign_files/children/pdf_child.py",
    "app/documents/pdf/output/pdf_joining.py",
    "app/documents/pdf/output/pdf_encryption.py",
}
OWN = {
    "OwnPages": {"app/widgets/pdf/page_source.py", "app/widgets/pdf/pdf_pages.py",
    "app/documents/screens/document_print.py",
                 "app/data_folder/screens/sheet_printing.py", "app/widgets/manual/manual_dialog.py"},
    "show_pdf": {"app/widgets/pdf/pdf_preview.py", "app/documents/screens/document_view.py",
                 "app/documents/screens/recorded_later_dialog.py",
                 "app/submissions/reports/screens/report_dialogs.py",
                 "app/surveys/questions/screens/question_workspace.py"},
    "join_pdfs": {"app/documents/pdf/output/pdf_joining.py", "app/event_day/day/services/day_pack.py",
                  "app/documents/services/documents.py"},
    "encrypt_pdf": {"app/documents/pdf/output/pdf_encryption.py", "app/documents/services/file_saving.py"},
}  # fmt: skip
"""Who may hand a PDF to what opens it in this process: places that have just drawn it."""


def test_the_libraries_that_open_a_pdf_are_known_to_few(product):
    found = {"PySide6.QtPdf": set(), "PySide6.QtPdfWidgets": set(), "pypdfium2": set(), "pikepdf": set()}
    for source in product:
        for name, _line in source.imports:
            for library, places in found.items():
                if name == library or name.startswith(f"{library}."):
                    places.add(source.address)

    assert found["PySide6.QtPdf"] == QT_PDF
    assert found["PySide6.QtPdfWidgets"] == set()
    assert found["pypdfium2"] == PDFIUM
    assert found["pikepdf"] == PIKEPDF


def test_only_what_was_drawn_here_is_handed_to_what_opens_it_here(product):
    callers = {name: set() for name in OWN}
    for source in product:
        for node in ast.walk(source.tree) if any(name in source.text for name in OWN) else ():
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in callers:
                    callers[called].add(source.address)

    assert {name: places - OWN[name] for name, places in callers.items()} == {name: set() for name in OWN}


def test_what_was_received_leaves_by_the_child(product):
    """Handouts and kept copies hold pages of others: they are closed with a password and printed by the child."""
    said = {source.address: source.text for source in product}
    for address in (
        "app/events/materials/services/handout_sets.py",
        "app/documents/services/issued_copies.py",
    ):
        assert said[address].count("bytes_to_save(") == said[address].count("received=True") == 1
    assert "received_by=self.app_context" in said["app/events/materials/parts.py"]
