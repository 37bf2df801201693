"""Records of a whole year (completion, payment, next year's proposal, 仕様書, typed figures)."""
