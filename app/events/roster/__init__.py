"""Rosters (実施回の参加者): who comes to an event, and how participants were selected."""
