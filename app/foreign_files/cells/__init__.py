"""Parsing cells of others: choices, ticks, days, names, suspicious texts."""
