"""What people write: days and numbers as typed, names, pinyin."""
