"""The program around the dialogue: channels, store, delivery, reminders, reports, command line."""

__version__ = "0.1.0"
