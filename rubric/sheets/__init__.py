"""Answer sheets in YAML."""
