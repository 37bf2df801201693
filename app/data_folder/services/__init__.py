"""Operations on a data folder, without Qt."""
