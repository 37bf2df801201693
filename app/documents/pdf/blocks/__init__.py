"""Each kind of block, laid out on paper."""
