"""Scores and grades of answers, improvements, and the comparison of schemes."""
