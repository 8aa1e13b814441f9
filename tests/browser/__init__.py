"""What a reader sees: a real server, a real Chromium, the fictitious data."""
