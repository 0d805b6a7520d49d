"""The conversation about an assessment and its certification: pure functions from an input to events and a screen."""
