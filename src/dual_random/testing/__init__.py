"""Unit tests of fairness: for any procedure that draws, ours or not, in whatever language."""
