"""The ways out: Turtle and TriG by our own writer, the other formats by library."""
