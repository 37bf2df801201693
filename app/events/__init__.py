"""Everything about the participants and preparation of an event (募集・通知・参加者・資料)."""
