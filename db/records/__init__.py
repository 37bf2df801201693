"""Frozen records in the words of the field; they hold no logic beyond plain facts."""
