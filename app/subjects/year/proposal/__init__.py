"""次年度の提案書: evidence collected all year, the form that comes of it, and the memo that stays in the house."""
