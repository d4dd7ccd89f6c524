"""Coverage plans: which matches a photographer means to be at."""
