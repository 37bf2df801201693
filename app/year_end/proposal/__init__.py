"""次年度の提案書, with evidence collected all year, its form, and the ward's internal memo."""
