"""What cells of others say: choices, ticks, days, and texts that tell something of themselves."""
