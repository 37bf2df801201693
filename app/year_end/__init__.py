"""The end of the year: proposal, inspection, payment, handover (完了・引継)."""
