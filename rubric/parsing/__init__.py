"""YAML files read into models, with every fault at its line."""
