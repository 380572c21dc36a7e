"""The outside world, thin: files, mail, chat robots, journal."""
