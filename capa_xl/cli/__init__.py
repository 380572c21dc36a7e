"""Words in, exit code out. The only place that catches CapaError and reads today's date."""
