"""Overlays: changes to a scheme for a trade, a region, a certification body or a user's copy of the standard."""
