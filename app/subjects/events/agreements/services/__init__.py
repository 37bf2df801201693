"""Services of 協議, 打合せ and 宿題."""
