"""What helps those who write schemes: what each key is for, a schema for their editor, a skeleton to begin with."""
