"""Golden vectors: matches with known ends, which both engines must reproduce."""
