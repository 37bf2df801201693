"""Records of what the contractor hands in (handouts, reports and all other documents)."""
