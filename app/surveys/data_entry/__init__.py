"""検算・代行入力, to enter paper responses, also twice, and compare totals with the contractor's."""
