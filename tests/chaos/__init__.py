"""The torture bench: simulated phones against a real server (docs/protocol.md)."""
