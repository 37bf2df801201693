"""検算・代行入力: paper sheets typed, twice where it is wished, and held against others’ numbers."""
