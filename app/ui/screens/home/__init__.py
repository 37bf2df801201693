"""ホーム: what the ward does today and this week, what it waits for, and how far the year is."""
