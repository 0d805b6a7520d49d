"""What a scheme says and what answers are worth."""
