"""消す時期が来たもの: data whose retention ends, marking it, erasing it, and the record of that."""
