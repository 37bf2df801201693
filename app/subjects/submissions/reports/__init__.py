"""実施報告書: made here, or received and checked."""
