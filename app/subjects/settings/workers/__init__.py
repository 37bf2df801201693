"""従事者: whom the contractor assigned to the work, in which role and from when until when."""
