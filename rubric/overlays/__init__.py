"""Overlays: what a trade, a region, a body or a reader's own copy of the standard does differently from a scheme."""
