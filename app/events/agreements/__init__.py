"""協議 and 打合せ with the contractor: decisions with reasons, meetings, and homework of each side."""
