"""Surveys: questions, data entry, answers, tally, comparison (アンケート)."""
