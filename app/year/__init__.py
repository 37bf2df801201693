"""The days of the year and enquiries (年度の期日・問合せ)."""
