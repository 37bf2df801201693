"""Immutable records named in the terms of the field, without logic beyond simple facts."""
