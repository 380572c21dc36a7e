"""Words in, exit code out. Here every CapaError becomes words and a code, and nowhere else is today's date read."""
