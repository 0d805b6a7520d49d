"""The parts of a scheme, its texts and answers, and what they compute."""
