"""引継書, the handover document for the next clerk, built from records."""
