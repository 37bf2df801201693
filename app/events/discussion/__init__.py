"""討議の記録: what each 班 of an 意見交換会 wrote on its sheets, and what follows from it (仕様書4(3)オ・コ)."""
