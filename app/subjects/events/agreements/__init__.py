"""協議・打合せ: what was settled with the contractor and why, the meetings, what each side took home."""
