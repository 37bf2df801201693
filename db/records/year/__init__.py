"""Records of a year as a whole: its end and payment, next year's proposal, the texts of the 仕様書, figures typed
beside it."""
