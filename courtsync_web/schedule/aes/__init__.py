"""Reading what AES publishes. What is known of it was gathered from recorded answers."""
