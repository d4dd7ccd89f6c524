"""``make bench-live``: one update to thousands of readers, here and elsewhere."""
