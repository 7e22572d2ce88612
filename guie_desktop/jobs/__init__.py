"""Long tasks as generators: each yield is progress and a safe place to stop."""
