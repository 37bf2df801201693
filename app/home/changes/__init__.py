"""The page 変更, on what was changed, by whom and where."""
