"""Qt: the screens of ホーム・検索."""
