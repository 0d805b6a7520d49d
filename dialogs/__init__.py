"""How it is asked: a pure function from what was said to what happens."""
