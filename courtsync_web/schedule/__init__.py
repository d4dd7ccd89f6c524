"""Reading schedules from elsewhere: read, draft, preview, apply. Never touches live scores."""
