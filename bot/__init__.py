"""Everything that touches the world: channels, store, delivery, reminders, reports, command line."""

__version__ = "0.1.0"
