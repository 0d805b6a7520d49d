"""`xingping serve`: updates in, turns taken, screens out, each surviving whatever happens to the others."""

import os

os.environ.setdefault(
    "PTB_TIMEDELTA", "true"
)  # python-telegram-bot's switch: how long to wait, as a timedelta
