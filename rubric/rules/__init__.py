"""The rules that go beyond the form of a file."""
