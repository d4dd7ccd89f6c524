"""Teams that a person follows, over all events; guests too."""
