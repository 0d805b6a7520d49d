"""`xingping serve`: updates in, turns taken, screens out, each surviving whatever happens to the others."""
