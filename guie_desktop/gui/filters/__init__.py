"""Which photos are browsed and searched: the button with its menu, and the line of what holds."""
