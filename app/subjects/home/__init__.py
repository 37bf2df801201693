"""ホーム, with what is to be done and what was changed."""
