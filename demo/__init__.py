"""A world to look at: a person with an audience larger than her server, and everybody who writes back."""
