"""The Qt toolkit without a subject: list, form, dialog, layout, PDF, month."""
