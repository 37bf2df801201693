"""The words for what a foreign file is: the form or list behind it, and the damage or container that shows."""

from __future__ import annotations

GOOGLE_FORMS = "google_forms_csv"
GOOGLE_SHEETS = "google_sheets_csv"
MS_FORMS = "ms_forms_xlsx"
LOGO_FORM = "logo_form_like_csv"
E_APPLICATION = "e_application_like_csv"
ORGANISATION_LIST = "organisation_list_csv"
ORGANISATION_BOOK = "organisation_list_xlsx"
BOOKING_LIST = "booking_list_csv"
BOOKING_BOOK = "booking_list_xlsx"
CLERK_BOOK = "clerk_xlsx"
UTF16_TEXT = "utf16le_tsv"
OTHER_CSV = "other_csv"

MIXED_ENCODING = "mixed_encoding_csv"
WITH_NUL = "nul_csv"
UNCLOSED_QUOTE = "unclosed_quote_csv"
HEADINGS_ONLY = "header_only_csv"
FORMULA_TEXT = "formula_injection_csv"
NAMED_WORKBOOK = "csv_named_xlsx"
ZIPPED = "zipped_csv"
FORMULA_CELLS = "formula_xlsx"
FAR_CELL = "far_cell_xlsx"
MANY_SHEETS = "multi_sheet_xlsx"

SOURCE_WORDS = {
    GOOGLE_FORMS: "GoogleフォームのCSV",
    GOOGLE_SHEETS: "Googleスプレッドシート経由のCSV",
    MS_FORMS: "Microsoft FormsのExcelブック",
    LOGO_FORM: "LoGoフォーム風のCSV",
    E_APPLICATION: "電子申請風のCSV",
    ORGANISATION_LIST: "団体一覧のCSV",
    ORGANISATION_BOOK: "団体一覧のExcelブック",
    BOOKING_LIST: "施設予約のCSV",
    BOOKING_BOOK: "施設予約のExcelブック",
    CLERK_BOOK: "職員が作ったExcelブック",
    UTF16_TEXT: "ExcelのUnicodeテキスト",
    OTHER_CSV: "そのほかのCSV",
    MIXED_ENCODING: "文字コードの混ざったCSV",
    WITH_NUL: "文章に現れない符号（NUL）の入ったCSV",
    UNCLOSED_QUOTE: "引用符の閉じていないCSV",
    HEADINGS_ONLY: "見出しだけのCSV",
    FORMULA_TEXT: "数式のような文字の入ったCSV",
    NAMED_WORKBOOK: "名前がExcelブックで中身がCSVのファイル",
    ZIPPED: "圧縮（zip）されたCSV",
    FORMULA_CELLS: "数式のあるExcelブック",
    FAR_CELL: "離れたセルに値のあるExcelブック",
    MANY_SHEETS: "複数のシートのあるExcelブック",
}
"""The words for staff."""
