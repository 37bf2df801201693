"""Qt widgets without a subject: list, form, dialog, layout, PDF, calendar."""
