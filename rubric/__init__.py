"""The certification schemes, and how answers are scored under them."""
