"""従事者: the contractor's people assigned to the work, with role and period."""
