"""What `tests/bench/test_telegram.py` measures with: bots, each a process, and a crowd that talks to them."""
