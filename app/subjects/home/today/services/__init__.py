"""What a user can do, without Qt: ホーム・検索."""
