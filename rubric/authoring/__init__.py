"""Help for the authors of schemes: an explanation of each key, JSON Schemas for editors, a skeleton to start from."""
