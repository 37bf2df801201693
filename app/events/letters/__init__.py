"""Letters to participants and recruitment documents (通知・募集の書類)."""
