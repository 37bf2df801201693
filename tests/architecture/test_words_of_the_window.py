"""What the window shows is Japanese: no English word reaches a label, a button or a message."""

import ast
import re

from app.settings.pages.screens.settings_screen import PAGES
from tests.architecture.conftest import PROJECT

# Names that staff themselves read and say. Anything else in Latin letters is an English word.
SPOKEN = {
    *("LINE", "Instagram", "Facebook", "Zoom", "Google", "Microsoft", "Forms", "LoGo", "YouTube", "Wi-Fi"),
    *(
        "PDF",
        "Excel",
        "Word",
        "CSV",
        "QR",
        "ID",
        "URL",
        "IT",
        "UD",
        "PC",
        "USB",
        "AED",
        "LGWAN",
        "DVD",
        "HTML",
        "SHA-256",
    ),
    *("Ctrl", "Alt", "Shift", "Enter", "Esc", "Tab", "Delete", "Home", "End", "Space", "PageUp", "PageDown"),
    *("No", "mm", "cm", "pt", "MB", "KB", "GB", "SA", "MA", "FA", "NUM", "AES", "PBKDF2", "SQLCipher"),
    *(
        "xlsx",
        "xls",
        "csv",
        "pdf",
        "txt",
        "zip",
        "JPEG",
        "PNG",
        "HEIC",
        "iPhone",
        "UTF-8",
        "cp932",
        "Shift_JIS",
        "BIZ",
        "FAX",
        "HH",
        "MM",
        "DD",
    ),
    *(
        "YYYY",
        "Windows",
        "Python",
        "Qt",
        "SSD",
        "JIS",
        "TEL",
        "Web",
        "OFL",
        "OneDrive",
        "SharePoint",
        "AI",
        "Outlook",
        "BCC",
        "SMS",
        "CC",
        "ics",
    ),
}
SHOWING = re.compile(
    r"^(set(Text|Window\w*Title|Title|ToolTip|StatusTip|WhatsThis|PlaceholderText|AccessibleName|"
    r"AccessibleDescription|InformativeText|DetailedText|LabelText|TabText|ItemText|Suffix|Prefix|"
    r"H\w*HeaderLabels|HeaderLabels|SpecialValueText|Description)|addTab|addItem|addItems|addAction|addRow|"
    r"addButton|insertItem|insertTab|addMenu|drawText|showMessage|Q(Label|PushButton|ToolButton|CheckBox|"
    r"RadioButton|GroupBox|Action|Menu|CommandLinkButton|ListWidgetItem|TableWidgetItem|TreeWidgetItem)|"
    r"Cell|Column|Field|Heading|LedgerColumn|Paragraph|Passage|SheetPart|Title)$"
)
SHOWN_BY_NAME = {
    *("text", "title", "label", "labels", "hint", "placeholder", "tooltip", "message", "heading", "note"),
    *("button", "empty", "question", "subtitle", "caption", "basis", "description", "accessible_name"),
}
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〇]")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9'_\-]*[A-Za-z0-9]")
MARKUP = re.compile(r"\*\.\w+|<[^>]*>|\{[^}]*\}|&[a-z]+;|%\w")
NAME_OF_SOMETHING = re.compile(r"^[a-z0-9_.:\-/#\[\]=*]+$")


def _english(text: str) -> list[str]:
    words = WORD.findall(MARKUP.sub(" ", text))
    return [
        word
        for word in words
        if word not in SPOKEN and not re.fullmatch(r"[A-Za-z]\d+", word) and not set(word.split("-")) <= SPOKEN
    ]


def _literals(node: ast.AST) -> list[ast.Constant]:
    """The literal pieces of an argument: plain, inside an f-string, joined by +, or chosen by a condition."""
    if isinstance(node, ast.Constant):
        return [node] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [piece for value in node.values for piece in _literals(value) if isinstance(value, ast.Constant)]
    if isinstance(node, ast.BinOp):
        return _literals(node.left) + _literals(node.right)
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    if isinstance(node, (ast.List, ast.Tuple)):
        return [piece for element in node.elts for piece in _literals(element)]
    return []


def _shown(source) -> list[ast.Constant]:
    """Literals that are handed to something that shows them."""
    found = []
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if SHOWING.match(name):
            found += [piece for argument in node.args for piece in _literals(argument)]
        for keyword in node.keywords:
            if keyword.arg in SHOWN_BY_NAME:
                found += _literals(keyword.value)
    return found


def test_what_is_handed_to_a_widget_is_japanese(product):
    english = [
        f"{source.address}:{text.lineno} {text.value!r}"
        for source in product
        if source.speaks_qt
        for text in _shown(source)
        if _english(text.value) and not NAME_OF_SOMETHING.match(text.value)
    ]

    assert english == []


def test_no_japanese_sentence_of_the_window_has_an_english_word_in_it(product):
    mixed = [
        f"{source.address}:{text.lineno} {_english(text.value)} in {text.value[:50]!r}"
        for source in product
        if source.speaks_qt or "services" in source.floors
        for text in source.texts
        if JAPANESE.search(text.value) and _english(text.value)
    ]

    assert mixed == []


def test_every_page_of_settings_that_is_named_is_there(product):
    """Who is sent to 「設定」の「…」 finds a page of that name; papers of the project send there too."""
    papers = [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md"), *(PROJECT / "build_spec").glob("*.md")]
    texts = [(text.value, f"{source.address}:{text.lineno}") for source in product for text in source.texts]
    texts += [(path.read_text(encoding="utf-8"), path.name) for path in (*papers, *PROJECT.glob("resources/*/*.txt"))]
    named = [(page, where) for text, where in texts for page in re.findall(r"設定」?の「([^」]+)」", text)]

    assert len(named) > 20
    assert [one for one in named if one[0] not in PAGES] == []
