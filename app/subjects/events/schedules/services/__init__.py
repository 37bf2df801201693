"""What a user can do, without Qt: 案, 候補日, 実施回にする, 区の年中行事."""
