"""`xingping rubric check`: every fault of the files at given paths."""
